//! The indicators whose weights belong together, and the sum the document means them to have.

use super::prelude::*;
use crate::audit::lists::{listed, own_number};

/// Indicators under one result.
pub(super) struct Weighed<'a> {
    /// The objective of the first.
    pub objective: usize,
    pub weights: Vec<(Decimal, &'a Measure)>,
    pub sum: Decimal,
    /// A group of indicators under one result, over one objective or more.
    grouped: bool,
    /// What these weights should add up to, where it isn't what all others do: the points that the objective itself weighs.
    wanted: Option<Decimal>,
    /// The sheet whose objectives share the base, where they do.
    pub sheet: Option<String>,
}

impl Weighed<'_> {
    /// What the weights should add up to, by what most sets have.
    pub fn base(&self, usual: Decimal) -> Decimal {
        self.wanted.unwrap_or(usual)
    }

    /// The sum is one hundred, or shares of actions that are.
    fn whole(&self) -> bool {
        let hundred = Decimal::ONE_HUNDRED;
        self.sum == hundred || self.sum == Decimal::ONE || self.nearly(hundred) || self.by_action(hundred)
    }

    /// The sum misses the base by rounding of equal shares only.
    pub fn nearly(&self, base: Decimal) -> bool {
        let first = self.weights.first().map(|w| w.0);
        let equal = self.weights.iter().all(|w| Some(w.0) == first);
        let steps = Decimal::from(self.weights.len()) * Decimal::new(1, first.map_or(0, |w| w.normalize().scale()));
        equal && self.weights.len() > 2 && (self.sum - base).abs() < steps
    }

    /// A single indicator.
    pub fn lone(&self) -> bool {
        self.weights.len() == 1 && !self.grouped && self.wanted.is_none()
    }

    /// How many runs of consecutive weights reach the base exactly; `None` where the weights can't be cut so.
    pub fn parts(&self, base: Decimal) -> Option<usize> {
        let (mut parts, mut run) = (0, Decimal::ZERO);
        for (weight, _) in &self.weights {
            run += weight;
            if run == base {
                (parts, run) = (parts + 1, Decimal::ZERO);
            }
        }
        (run == Decimal::ZERO).then_some(parts)
    }

    /// Two runs or more, each with the whole base.
    pub fn by_action(&self, base: Decimal) -> bool {
        self.sum > base && self.parts(base).is_some_and(|parts| parts > 1)
    }

    /// "50 + 30 + 50 = 130".
    pub fn addition(&self) -> String {
        let terms: Vec<String> = self.weights.iter().map(|w| italian(w.0, 4)).collect();
        format!("{} = {}", terms.join(" + "), italian(self.sum, 4))
    }
}

/// All sets of indicators that share a result and have all their weights, in document order. Sets from which a sheet is
/// missing are left out: the missing sheet is its own finding.
pub(super) fn groups<'a>(view: &View<'a>) -> Vec<Weighed<'a>> {
    let mut out = Vec::new();
    for index in 0..view.plan.groups.len() {
        let members: Vec<(usize, &Indicator)> =
            view.indicators().filter(|(_, i)| i.group == Some(index) && i.same_as.is_none()).collect();
        out.extend(weighed(&members, true));
    }
    for (index, _) in view.objectives() {
        let mut members: Vec<(usize, &Indicator)> = Vec::new();
        for (at, indicator) in view.members(index).filter(|(_, i)| i.group.is_none() && !i.targets.is_empty()) {
            if !members.iter().any(|(_, known)| told_again(known, indicator)) {
                members.push((at, indicator));
            }
        }
        let told: Vec<Option<u32>> = view.members(index).map(|(_, i)| own_number(i.code.as_deref())).collect();
        let missing = listed(view, index).iter().flat_map(|e| e.numbers.clone()).any(|n| !told.contains(&Some(n)));
        if !missing {
            out.extend(weighed(&members, false).map(|group| with_shares(view, index, group)));
        }
    }
    out.sort_by_key(|g| g.objective);
    scoped(view, out)
}

/// The sets as the document weighs: within the objective; as points of the objective's own weight; or within a sheet over
/// its objectives. Whichever holds for at least half of them.
fn scoped<'a>(view: &View<'a>, mut sets: Vec<Weighed<'a>>) -> Vec<Weighed<'a>> {
    let half = |n: usize, of: usize| n * 2 >= of;
    if half(sets.iter().filter(|g| g.whole()).count(), sets.len()) {
        return sets;
    }
    let own = |g: &Weighed| {
        let weight = view.plan.objectives.get(g.objective)?.weight.as_ref();
        weight.and_then(number).filter(|_| !g.grouped)
    };
    let points = sets.iter().filter(|g| own(g) == Some(g.sum)).count();
    if points > 2 && half(points, sets.len()) {
        for set in &mut sets {
            set.wanted = own(set);
        }
        return sets;
    }
    let mut sheets: Vec<Weighed<'a>> = Vec::new();
    for set in &sets {
        let section = view.plan.objectives.get(set.objective).and_then(|o| o.section.clone());
        match sheets.iter_mut().find(|s| section.is_some() && s.sheet == section) {
            Some(sheet) => {
                sheet.weights.extend(set.weights.iter().copied());
                sheet.sum += set.sum;
            }
            None => sheets.push(Weighed {
                weights: set.weights.clone(),
                grouped: true,
                sheet: section,
                wanted: None,
                ..*set
            }),
        }
    }
    let right = sheets.iter().filter(|s| s.whole()).count();
    if right > 1 && half(right, sheets.len()) { sheets } else { sets }
}

/// The same with what other things than indicators contribute: a row "Contributo degli obiettivi operativi | 50%".
fn with_shares<'a>(view: &View<'a>, objective: usize, mut group: Weighed<'a>) -> Weighed<'a> {
    let shares = view.plan.passages.iter().filter(|p| p.objective == Some(objective) && p.table.is_some());
    let share = |p: &crate::extract::Passage| {
        let labelled =
            p.cells.iter().any(|c| c.raw.lines().any(|l| view.phrases.shares.iter().any(|s| key(l).starts_with(s))));
        let percent = p.cells.iter().rev().find_map(|c| {
            let digits = c.raw.rsplit(' ').next()?.trim().strip_suffix('%')?.replace(',', ".");
            digits.parse::<Decimal>().ok()
        });
        labelled.then_some(percent)?
    };
    group.sum += shares.filter_map(share).take(1).sum::<Decimal>();
    group
}

fn weighed<'a>(members: &[(usize, &'a Indicator)], grouped: bool) -> Option<Weighed<'a>> {
    let objective = members.first()?.1.objective?;
    let weight = |(_, i): &(usize, &'a Indicator)| Some((number(i.weight.as_ref()?)?, i.weight.as_ref()?));
    let weights = members.iter().map(weight).collect::<Option<Vec<_>>>()?;
    let sum = weights.iter().map(|w| w.0).sum();
    Some(Weighed { objective, weights, sum, grouped, wanted: None, sheet: None })
}

/// What the weights of a set add up to in this document: the sum that most sets with several indicators have, else 100.
pub(super) fn base(groups: &[Weighed<'_>]) -> Decimal {
    let sums: Vec<Decimal> = groups.iter().filter(|g| g.weights.len() > 1).map(|g| g.sum.normalize()).collect();
    let often = |sum: &Decimal| sums.iter().filter(|other| *other == sum).count();
    let usual = sums.iter().max_by_key(|sum| (often(sum), **sum == Decimal::ONE_HUNDRED));
    usual.copied().filter(|sum| often(sum) * 2 > sums.len() && often(sum) > 2).unwrap_or(Decimal::ONE_HUNDRED)
}

/// Whether several objectives of the level of a lone indicator have a lone one that doesn't weigh the base: then weights are
/// parts of something larger, else one is wrong.
pub(super) fn many_lone(view: &View<'_>, groups: &[Weighed<'_>], base: Decimal, lone: &Weighed<'_>) -> bool {
    let level = |g: &Weighed<'_>| view.plan.objectives.get(g.objective).map(|o| o.level);
    groups.iter().filter(|g| g.lone() && g.sum != base && level(g) == level(lone)).count() > 2
}

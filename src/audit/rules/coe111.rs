//! COE111: i pesi degli obiettivi di un'area non fanno 100.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE111",
    severity: Severity::Error,
    title: Text {
        it: "i pesi degli obiettivi di un'area non fanno 100",
        en: "the weights of an area's objectives don't add up to 100",
    },
    what: "Somma i pesi stampati nelle schede per area, ambito o responsabile, o per l'obiettivo sopra, quando per altri fanno 100.",
    why: "Il risultato dell'area o del dirigente non si può calcolare.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Ambito A: 30 + 25 + 20 + 25 = 100; ambito B: 50 + 40 = 90.",
    advice: Text { it: "correggere i pesi", en: "correct the weights" },
    gather: None,
    check: Check::Document(check),
};

/// Objectives whose weights are parts of one whole.
struct Group<'a> {
    /// As readers know it, in both languages.
    name: (String, String),
    /// The objective above, where that is what they share.
    above: Option<usize>,
    weights: Vec<(usize, &'a Measure)>,
}

impl Group<'_> {
    fn sum(&self) -> Decimal {
        self.weights.iter().filter_map(|(_, w)| number(w)).sum()
    }

    /// The whole is there, alone or with what the indicators of the objective above weigh.
    fn whole(&self, view: &View<'_>) -> bool {
        let own = |o: usize| view.members(o).filter_map(|(_, i)| number(i.weight.as_ref()?)).sum::<Decimal>();
        let all = self.sum();
        all == Decimal::ONE_HUNDRED || self.above.is_some_and(|o| all + own(o) == Decimal::ONE_HUNDRED)
    }
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let (by_section, by_parent) = (groups(view, false), groups(view, true));
    let right = |groups: &[Group<'_>]| groups.iter().filter(|g| g.weights.len() > 1 && g.whole(view)).count();
    let many = |groups: &[Group<'_>]| groups.iter().filter(|g| g.weights.len() > 1).count();
    // The weights are shares of the area's or of the objective's above, whichever adds up more often.
    let share = |groups: &[Group<'_>]| right(groups) * 100 / many(groups).max(1);
    let groups = if share(&by_parent) > share(&by_section) { by_parent } else { by_section };
    let right = right(&groups);
    let mut out: Vec<Finding> = overall(rule, view, &groups).into_iter().collect();
    for group in groups.iter().filter(|g| g.weights.len() > 1 && right > 0 && !g.whole(view)) {
        let all = group.sum();
        let off = (all - Decimal::ONE_HUNDRED).abs();
        if off < Decimal::ONE || off > Decimal::from(60) {
            continue;
        }
        let Some((first, _)) = group.weights.first() else { continue };
        let mut finding = view.on_objective(rule, *first);
        (finding.subject, finding.subject_en) = (Some(group.name.0.clone()), Some(group.name.1.clone()));
        (finding.subject_id, finding.place) = (None, None);
        out.push(told(finding, view, &group.weights, all, ""));
    }
    out
}

/// A finding with the weights and the objectives they are of.
fn told(mut finding: Finding, view: &View<'_>, weights: &[(usize, &Measure)], all: Decimal, of: &str) -> Finding {
    let mut terms = Vec::new();
    for (index, weight) in weights {
        let (Some(objective), Some(n)) = (view.plan.objectives.get(*index), number(weight)) else { continue };
        let name = objective.code.clone().unwrap_or_else(|| cut(&objective.title));
        finding = finding.quote("peso", "weight", &format!("{name}: {}", weight.raw));
        terms.push(italian(n, 4));
    }
    let (n, all) = (weights.len(), italian(all, 4));
    let article = if n == 8 || n == 11 { "degli" } else { "dei" };
    let en = if of.is_empty() { "" } else { " of the document" };
    finding
        .says(
            format!("i pesi {article} {n} obiettivi{of} fanno {all}, non 100"),
            format!("the weights of the {n} objectives{en} add up to {all}, not 100"),
        )
        .reckons(format!("{} = {all}", terms.join(" + ")))
}

/// The objectives with a weight by what they share: the objective above, or their area or owner.
fn groups<'a>(view: &View<'a>, by_parent: bool) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (index, objective) in view.objectives() {
        let Some(weight) = &objective.weight else { continue };
        // A weight that the table of weights changes is told there.
        if objective.revised_weight.is_some() || objective.table_weight.is_some() || number(weight).is_none() {
            continue;
        }
        let within = objective.section.as_ref().or(objective.owner.as_ref());
        let above = objective.parent.filter(|_| by_parent);
        let name = match (above.and_then(|o| view.plan.objectives.get(o)), within) {
            (Some(upper), _) => (
                format!("obiettivi sotto {}", objective_name(upper)),
                format!("objectives below {}", objective_name_in(upper, Language::English)),
            ),
            (None, Some(within)) if !by_parent => {
                let level = match objective.level {
                    crate::extract::Level::Altro => String::new(),
                    level => format!(", obiettivi di livello {}", level.as_str()),
                };
                let level_en =
                    if level.is_empty() { String::new() } else { format!(", level {}", objective.level.as_str()) };
                (format!("{within}{level}"), format!("{within}{level_en}"))
            }
            _ => continue,
        };
        match groups.iter_mut().find(|g| g.name == name) {
            Some(group) => group.weights.push((index, weight)),
            None => groups.push(Group { name, above, weights: vec![(index, weight)] }),
        }
    }
    groups
}

/// The weights of all objectives of the one level that has any, where they are shares of one whole and don't make it.
fn overall(rule: &Rule, view: &View<'_>, groups: &[Group<'_>]) -> Option<Finding> {
    let weighed: Vec<(usize, &Measure)> = view
        .objectives()
        .filter(|(_, o)| o.revised_weight.is_none() && o.table_weight.is_none())
        .filter_map(|(n, o)| Some((n, o.weight.as_ref().filter(|w| number(w).is_some())?)))
        .collect();
    let level = |n: usize| view.plan.objectives.get(n).map(|o| o.level);
    let (first, _) = *weighed.first()?;
    let one_level = weighed.iter().all(|(n, _)| level(*n) == level(first));
    let sum: Decimal = weighed.iter().filter_map(|(_, w)| number(w)).sum();
    let parts = groups.iter().any(|g| g.weights.len() > 1 && g.sum() == Decimal::ONE_HUNDRED);
    let off = (sum - Decimal::ONE_HUNDRED).abs();
    if !one_level || parts || weighed.len() < 3 || off < Decimal::ONE || off > Decimal::from(20) {
        return None;
    }
    // An objective of the tree that has no sheet takes its weight with it: that is told.
    let lost = super::coe233::check(&super::coe233::RULE, view).iter().any(|f| f.severity == Severity::Warning);
    if lost {
        return None;
    }
    let source = &view.plan.objectives.get(first)?.source;
    Some(told(Finding::of(rule).at(source), view, &weighed, sum, " del documento"))
}

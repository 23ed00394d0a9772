//! Objectives from their indicators, owners and the entity from their objectives.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rust_decimal::Decimal;

use super::context::{Context, weight};
use super::days::Day;
use super::mean::{Mean, Part, objective_mean, weighted_mean};
use super::owners::{known, owners};
use super::policy::{EntityRule, HUNDRED};
use super::published::{entity_figure, published_for, whole_slug};
use super::scores::{Gap, Score, Subject};
use super::words::count;
use crate::normalise::{Measure, Objective, Plan};

/// How objectives are counted in Italian.
pub(super) const OBJECTIVES: (&str, &str) = ("obiettivo", "obiettivi");

/// An objective's achievement on each day, as [`Context::days`].
pub(super) struct ObjectiveResult<'a> {
    pub objective: &'a Objective,
    /// Its place in [`Plan::objectives`].
    index: usize,
    /// What it is made of: its indicators, each once, those of its namesake where it has none of its own, and those of the
    /// objectives below it where they make it.
    indicators: Vec<usize>,
    /// Whether it stands in larger means: with indicators of its own, or for the objectives below it, whose weights make it.
    counts: bool,
    /// Whether the objectives below it stand in larger means only through it.
    stands_for_below: bool,
    days: Vec<Mean>,
}

/// Weights that make a whole may be off by this much: thirds are cut.
const OFF: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// Whether weights make 100, thirds cut.
fn make_100(weights: impl Iterator<Item = Decimal>) -> bool {
    let sum = weights.fold(Decimal::ZERO, Decimal::saturating_add);
    (sum.saturating_sub(HUNDRED)).abs() <= OFF
}

/// As the plan's objectives.
pub(super) fn objectives<'a>(context: &Context<'a>) -> Vec<ObjectiveResult<'a>> {
    let titles = measured_titles(context.plan);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); context.plan.objectives.len()];
    for (index, objective) in context.plan.objectives.iter().enumerate() {
        if let Some(list) = objective.parent.filter(|parent| *parent != index).and_then(|parent| below.get_mut(parent))
        {
            list.push(index);
        }
    }
    let mut done: Vec<Option<ObjectiveResult<'a>>> = context.plan.objectives.iter().map(|_| None).collect();
    // Whatever stands above is made after what stands below; what a circle leaves is made of its indicators alone.
    for last in [false, true] {
        let mut more = true;
        while more {
            more = false;
            for (index, objective) in context.plan.objectives.iter().enumerate() {
                let ready = below[index].iter().all(|child| done[*child].is_some());
                if done[index].is_some() || !(ready || last) {
                    continue;
                }
                let children: Vec<&ObjectiveResult<'_>> =
                    below[index].iter().filter_map(|child| done[*child].as_ref()).collect();
                let result = result(context, &titles, (index, objective), &children);
                done[index] = Some(result);
                more = true;
            }
        }
    }
    done.into_iter().flatten().collect()
}

/// An objective from its indicators and from the objectives below it. Those make it where it has no indicators, or where their
/// weights make 100 only together with its indicators'.
fn result<'a>(
    context: &Context<'a>,
    titles: &BTreeMap<String, Vec<usize>>,
    (index, objective): (usize, &'a Objective),
    below: &[&ObjectiveResult<'a>],
) -> ObjectiveResult<'a> {
    let own = context.of_objective(index).to_vec();
    let of_indicators = |indicators: &[usize]| -> Vec<Decimal> {
        let weights = indicators.iter().filter_map(|i| context.plan.indicators.get(*i));
        weights.filter_map(|indicator| weight(indicator.weight.as_ref())).collect()
    };
    let below: Vec<&ObjectiveResult<'a>> = below.iter().copied().filter(|child| child.counts).collect();
    let of_below: Vec<Decimal> = below.iter().filter_map(|child| own_weight(context, child.objective)).collect();
    let weighted = !below.is_empty() && of_below.len() == below.len();
    let together = of_indicators(&own).into_iter().chain(of_below.iter().copied());
    let stands_for_below = weighted && !make_100(of_indicators(&own).into_iter()) && make_100(together);
    if stands_for_below || own.is_empty() && !below.is_empty() {
        let day = |(place, day): (usize, &Day)| {
            let mut parts = context.parts(&own, day);
            parts.extend(below.iter().filter_map(|child| part(context, &Member::whole(child), place)));
            let what = if own.is_empty() { OBJECTIVES } else { ("parte", "parti") };
            weighted_mean(&parts, what, context.policy)
        };
        let days = context.days.iter().enumerate().map(day).collect();
        let mut indicators = own;
        indicators.extend(below.iter().flat_map(|child| child.indicators.iter().copied()));
        return ObjectiveResult { objective, index, indicators, counts: stands_for_below, stands_for_below, days };
    }
    let namesake = if own.is_empty() { namesake(titles, context.plan, objective) } else { None };
    let indicators = namesake.map_or(own, |other| context.of_objective(other).to_vec());
    let told = namesake.and_then(|other| context.plan.objectives.get(other));
    let day = |day: &Day| {
        let mean = objective_mean(&context.parts(&indicators, day), context.policy);
        let Some(told) = told else { return mean };
        let explanation = format!(
            "{}; l'obiettivo non ha qui indicatori: sono quelli dello stesso obiettivo in {}",
            mean.explanation, told.objective_id
        );
        Mean { explanation, ..mean }
    };
    let days = context.days.iter().map(day).collect();
    ObjectiveResult { objective, index, counts: !indicators.is_empty(), indicators, stands_for_below: false, days }
}

/// The first objective of the same title that has indicators, of the same code where there is one: a sheet that only sends
/// to another, or tells an objective of another sheet again, is measured there. Long titles of one code may differ by a
/// letter or two ("tenga conto", "tengano conto"). `titles` are those of the objectives that have indicators, as slugs.
fn namesake(titles: &BTreeMap<String, Vec<usize>>, plan: &Plan, objective: &Objective) -> Option<usize> {
    let title = Some(whole_slug(&objective.title)).filter(|title| !title.is_empty())?;
    let same_code = |other: &&usize| plan.objectives.get(**other).is_some_and(|other| other.code == objective.code);
    if let Some(fitting) = titles.get(&title) {
        return fitting.iter().find(same_code).or(fitting.first()).copied();
    }
    objective.code.as_ref()?;
    titles
        .iter()
        .filter_map(|(other, fitting)| Some((slips(&title, other)?, fitting.iter().find(same_code)?)))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, other)| *other)
}

/// Titles of at least this many letters may differ by a letter in so many.
const LONG_TITLE: usize = 40;
const LETTERS_A_DIFFERENCE: usize = 25;

/// By how many letters two slugs differ, where they are one long title with slips of the pen: the same figures in it, and few
/// other letters.
fn slips(title: &str, other: &str) -> Option<usize> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let shorter = title.len().min(other.len());
    let most = shorter / LETTERS_A_DIFFERENCE;
    if shorter < LONG_TITLE || title.len().abs_diff(other.len()) > most || digits(title) != digits(other) {
        return None;
    }
    Some(strsim::levenshtein(title, other)).filter(|slips| *slips <= most)
}

/// The objectives that have indicators, by the slug of their title.
fn measured_titles(plan: &Plan) -> BTreeMap<String, Vec<usize>> {
    let measured: BTreeSet<usize> = plan.indicators.iter().filter_map(|indicator| indicator.objective).collect();
    let mut titles: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in measured {
        if let Some(objective) = plan.objectives.get(index) {
            titles.entry(whole_slug(&objective.title)).or_default().push(index);
        }
    }
    titles
}

/// One row per objective and day.
pub(super) fn objective_scores(context: &Context<'_>, objectives: &[ObjectiveResult<'_>]) -> Vec<Score> {
    let mut scores = Vec::new();
    for result in objectives {
        let objective = result.objective;
        let label = objective
            .code
            .as_ref()
            .map_or_else(|| objective.title.clone(), |code| format!("{code} {}", objective.title));
        for (day, mean) in context.days.iter().zip(&result.days) {
            if mean.value.is_some() || day.main {
                let printed = objective.achievement.as_ref();
                scores.push(context.made_of(day, Subject::Objective, &objective.objective_id, &label, mean, printed));
            }
        }
    }
    scores
}

/// One row per owner and day: the mean of the owner's objectives, those shared with others by the owner's own weight where
/// one is printed.
pub(super) fn owner_scores(context: &Context<'_>, objectives: &[ObjectiveResult<'_>]) -> Vec<Score> {
    let known = known(context.plan.objectives.iter());
    let mut owned: Vec<(&str, String, Vec<Member<'_, '_>>)> = Vec::new();
    for result in objectives {
        let Some(text) = result.objective.owner.as_deref() else { continue };
        for owner in owners(text, own_weight(context, result.objective), &known) {
            let slug = whole_slug(owner.name);
            let member = Member { result, weight: owner.weight, shared: owner.shared };
            match owned.iter_mut().find(|(_, known, _)| *known == slug) {
                Some((_, _, members)) => members.push(member),
                None => owned.push((owner.name, slug, vec![member])),
            }
        }
    }
    let mut scores = Vec::new();
    for (name, slug, members) in owned {
        scores.extend(mean_scores(context, (Subject::Owner, &context.id("owner", &slug), name), &members, None));
    }
    scores
}

/// An objective in a mean of objectives.
#[derive(Clone, Copy)]
pub(super) struct Member<'r, 'a> {
    pub result: &'r ObjectiveResult<'a>,
    /// In place of its own.
    pub weight: Option<Decimal>,
    /// Whether it stands in other means of the kind, too.
    pub shared: bool,
}

impl<'r, 'a> Member<'r, 'a> {
    pub(super) fn whole(result: &'r ObjectiveResult<'a>) -> Self {
        Member { result, weight: None, shared: false }
    }
}

/// The entity's result where the document has no points: the mean of its objectives, or of its indicators where it has no
/// objectives.
pub(super) fn entity_scores(context: &Context<'_>, objectives: &[ObjectiveResult<'_>]) -> Vec<Score> {
    let all: Vec<Member<'_, '_>> = objectives.iter().map(Member::whole).collect();
    let (id, label, printed) = (context.entity_id(), context.entity_label(), entity_figure(context.plan));
    if context.policy.entity != EntityRule::Objectives
        && let Some(scores) = of_areas(context, objectives, printed)
    {
        return scores;
    }
    if objectives.iter().any(|result| result.counts) {
        return mean_scores(context, (Subject::Entity, &id, &label), &all, printed);
    }
    let indicators = context.counted(|_| true);
    let row = |day: &Day| {
        let mean = weighted_mean(&context.parts(&indicators, day), ("indicatore", "indicatori"), context.policy);
        (mean.value.is_some() || day.main).then(|| context.made_of(day, Subject::Entity, &id, &label, &mean, printed))
    };
    context.days.iter().filter_map(row).collect()
}

/// An area as a part of the entity.
struct Area<'r, 'a> {
    slug: String,
    /// As printed beside its result.
    weight: Option<Decimal>,
    members: Vec<Member<'r, 'a>>,
}

/// The entity's result as the mean of its areas; `None` where the document has fewer than two, or where the policy leaves it to
/// the weights and these don't tell of areas.
fn of_areas(
    context: &Context<'_>,
    objectives: &[ObjectiveResult<'_>],
    printed: Option<&Measure>,
) -> Option<Vec<Score>> {
    let areas: Vec<Area<'_, '_>> = by_name(objectives, |objective| objective.section.as_deref())
        .into_iter()
        .map(|(name, slug, members)| {
            let printed = published_for(context.plan, name).and_then(|index| context.plan.published.get(index));
            let weight = printed.and_then(|published| weight(published.weight.as_ref()));
            Area { slug, weight, members: counted_once(context, &members).0 }
        })
        .filter(|area| !area.members.is_empty())
        .collect();
    if areas.len() < 2 {
        return None;
    }
    let weighted = areas.iter().all(|area| area.weight.is_some());
    let of_area = |area: &Area<'_, '_>| {
        let weights: Vec<Decimal> =
            area.members.iter().filter_map(|member| own_weight(context, member.result.objective)).collect();
        !weights.is_empty() && make_100(weights.into_iter())
    };
    if context.policy.entity == EntityRule::ByWeights && !weighted && !areas.iter().all(of_area) {
        return None;
    }
    let mut scores = Vec::new();
    for (place, day) in context.days.iter().enumerate() {
        let area = |area: &Area<'_, '_>| {
            let parts: Vec<Part> = area.members.iter().filter_map(|member| part(context, member, place)).collect();
            let mean = weighted_mean(&parts, OBJECTIVES, context.policy);
            let of = (Subject::Section, context.id("section", &area.slug));
            let weight = area.weight.filter(|_| weighted && context.policy.entity == EntityRule::ByWeights);
            Part { of, value: mean.value.ok_or(Gap::NoParts), weight, coverage: mean.coverage }
        };
        let parts: Vec<Part> = areas.iter().map(area).collect();
        let mean = weighted_mean(&parts, ("area", "aree"), context.policy);
        if mean.value.is_some() || day.main {
            let (id, label) = (context.entity_id(), context.entity_label());
            scores.push(context.made_of(day, Subject::Entity, &id, &label, &mean, printed));
        }
    }
    Some(scores)
}

/// Rows of something made of objectives (its kind, id and label), one per day.
pub(super) fn mean_scores(
    context: &Context<'_>,
    (subject, id, label): (Subject, &str, &str),
    members: &[Member<'_, '_>],
    printed: Option<&Measure>,
) -> Vec<Score> {
    let (once, repeated) = counted_once(context, members);
    let shared = once.iter().filter(|member| member.shared).count();
    let mut scores = Vec::new();
    for (place, day) in context.days.iter().enumerate() {
        let parts: Vec<Part> = once.iter().filter_map(|member| part(context, member, place)).collect();
        let mut mean = weighted_mean(&parts, OBJECTIVES, context.policy);
        if mean.value.is_none() && !day.main {
            continue;
        }
        if shared > 0 {
            let others = count(shared, "obiettivo condiviso", "obiettivi condivisi");
            mean.explanation.push_str(&format!("; {others} con altri responsabili"));
        }
        if repeated > 0 {
            let already = count(repeated, "obiettivo già contato", "obiettivi già contati");
            mean.explanation.push_str(&format!("; fuori dalla media {already} altrove nel documento"));
        }
        scores.push(context.made_of(day, subject, id, label, &mean, printed));
    }
    scores
}

fn part(context: &Context<'_>, member: &Member<'_, '_>, place: usize) -> Option<Part> {
    let mean = member.result.days.get(place)?;
    let objective = member.result.objective;
    let weight = member.weight.or_else(|| own_weight(context, objective));
    let of = (Subject::Objective, objective.objective_id.clone());
    Some(Part { of, value: mean.value.ok_or(Gap::NoParts), weight, coverage: mean.coverage })
}

/// The objective's weight, the revised one where the policy uses those.
fn own_weight(context: &Context<'_>, objective: &Objective) -> Option<Decimal> {
    let revised = weight(objective.revised_weight.as_ref()).filter(|_| context.policy.use_revised);
    revised.or_else(|| weight(objective.weight.as_ref()))
}

/// The objectives that have indicators not told before, and how many only repeat. Objectives without indicators are
/// headings of the tree and no part of a mean, unless they stand for the objectives below them, which are then none.
fn counted_once<'r, 'a>(context: &Context<'_>, members: &[Member<'r, 'a>]) -> (Vec<Member<'r, 'a>>, usize) {
    let mut seen = HashSet::new();
    let (mut once, mut repeated) = (Vec::new(), 0);
    let standing: HashSet<usize> =
        members.iter().filter(|member| member.result.stands_for_below).map(|member| member.result.index).collect();
    let through =
        |member: &&Member<'_, '_>| member.result.objective.parent.is_some_and(|parent| standing.contains(&parent));
    for &member in members.iter().filter(|member| member.result.counts && !through(member)) {
        let mut new = false;
        for &indicator in &member.result.indicators {
            new |= seen.insert(context.root(indicator));
        }
        if new {
            once.push(member);
        } else {
            repeated += 1;
        }
    }
    (once, repeated)
}

/// Objectives under the same name, in order of first appearance, with a slug that is unique among them.
pub(super) fn by_name<'r, 'a>(
    objectives: &'r [ObjectiveResult<'a>],
    name: impl Fn(&'a Objective) -> Option<&'a str>,
) -> Vec<(&'a str, String, Vec<Member<'r, 'a>>)> {
    let mut named: Vec<(&'a str, String, Vec<Member<'r, 'a>>)> = Vec::new();
    for result in objectives {
        let Some(name) = name(result.objective).filter(|name| !name.trim().is_empty()) else { continue };
        let (slug, member) = (whole_slug(name), Member::whole(result));
        match named.iter_mut().find(|(_, known, _)| *known == slug) {
            Some((_, _, members)) => members.push(member),
            None => named.push((name, slug, vec![member])),
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::AggregateKind;
    use crate::score::sample::{dated, indicator, measure, objective, plan, published};
    use crate::score::{Policy, Scores, score};

    /// Objectives with section, weight, place of the one above, and the results of their indicators, each with a weight.
    type Row<'t> = (&'t str, &'t str, &'t str, Option<usize>, &'t [(&'t str, &'t str)]);

    fn tree(rows: &[Row<'_>], areas: &[(&str, &str)]) -> Scores {
        let end = Some(jiff::civil::Date::constant(2019, 12, 31));
        let mut plan = plan(Vec::new());
        for (code, section, weight, parent, results) in rows {
            let mut of = objective(code);
            (of.parent, of.section) = (*parent, Some((*section).to_owned()));
            of.weight = (!weight.is_empty()).then(|| measure(weight));
            plan.objectives.push(of);
            for (weight, actual) in *results {
                let mut one = indicator(&format!("{code}.{actual}"));
                one.objective = Some(plan.objectives.len() - 1);
                one.weight = Some(measure(weight));
                one.targets = vec![dated(end, "100", false)];
                one.actuals = vec![dated(end, actual, false)];
                plan.indicators.push(one);
            }
        }
        for (name, weight) in areas {
            let mut area = published(AggregateKind::Area, name, None, "50%");
            area.weight = Some(measure(weight));
            plan.published.push(area);
        }
        score(&plan, &Policy::default_policy())
    }

    fn entity(scores: &Scores) -> Option<Decimal> {
        scores.scores.iter().find(|row| row.subject == Subject::Entity).and_then(|row| row.value)
    }

    #[test]
    fn weights_that_make_100_in_each_area_make_areas() {
        let areas = [
            ("1", "Area 1", "60", None, &[("100", "50")][..]),
            ("2", "Area 1", "40", None, &[("100", "100")][..]),
            ("3", "Area 2", "100", None, &[("100", "90")][..]),
        ];
        assert_eq!(entity(&tree(&areas, &[])), Some(80.into()), "(70 + 90) / 2");
        assert_eq!(entity(&tree(&areas, &[("Area 1", "75"), ("Area 2", "25")])), Some(75.into()), "70 × 75 + 90 × 25");
        // Weights that make 100 over all of them weigh the objectives.
        let whole =
            [("1", "Area 1", "60", None, &[("100", "50")][..]), ("2", "Area 2", "40", None, &[("100", "100")][..])];
        assert_eq!(entity(&tree(&whole, &[])), Some(70.into()));
    }

    #[test]
    fn what_weighs_100_together_makes_the_objective_above() {
        let rows = [
            ("1", "Area", "100", None, &[("40", "100")][..]),
            ("1.1", "Area", "30", Some(0), &[("100", "90")][..]),
            ("1.2", "Area", "30", Some(0), &[("100", "80")][..]),
        ];
        let scores = tree(&rows, &[]);
        let above = scores.scores.iter().find(|row| row.subject == Subject::Objective).and_then(|row| row.value);
        assert_eq!(above, Some(91.into()), "(100 × 40 + 90 × 30 + 80 × 30) / 100");
        assert_eq!(entity(&scores), Some(91.into()), "the objectives below count through it");
        // An objective without indicators is shown as the mean of those below it, which count themselves.
        let heading = [
            ("1", "Area", "", None, &[][..]),
            ("1.1", "Area", "", Some(0), &[("100", "90")][..]),
            ("1.2", "Area", "", Some(0), &[("100", "80")][..]),
        ];
        let scores = tree(&heading, &[]);
        let above = scores.scores.iter().find(|row| row.subject == Subject::Objective).and_then(|row| row.value);
        assert_eq!((above, entity(&scores)), (Some(85.into()), Some(85.into())));
    }

    #[test]
    fn long_titles_may_have_slips_of_the_pen() {
        let one = "realizzazione-di-un-nuovo-sistema-di-valutazione-che-tenga-conto-del-merito";
        assert_eq!(slips(one, &one.replace("tenga", "tengano")), Some(2));
        assert_eq!(slips(one, &one.replace("nuovo", "altro-diverso")), None);
        assert_eq!(slips("customer-satisfaction-2018", "customer-satisfaction-2019"), None);
        let dated = format!("{one}-entro-il-2018");
        assert_eq!(slips(&dated, &format!("{one}-entro-il-2019")), None);
    }
}

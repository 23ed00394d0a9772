//! Objectives from their indicators, owners and the entity from their objectives.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::context::{Context, weight};
use super::days::Day;
use super::mean::{Mean, Part, objective_mean, weighted_mean};
use super::published::{entity_figure, whole_slug};
use super::scores::{Gap, Score, Subject};
use super::words::count;
use crate::normalise::{Measure, Objective, Plan};

/// How objectives are counted in Italian.
pub(super) const OBJECTIVES: (&str, &str) = ("obiettivo", "obiettivi");

/// An objective's achievement on each day, as [`Context::days`].
pub(super) struct ObjectiveResult<'a> {
    pub objective: &'a Objective,
    /// Its indicators, each once; those of its namesake where it has none of its own.
    indicators: Vec<usize>,
    days: Vec<Mean>,
}

/// As the plan's objectives.
pub(super) fn objectives<'a>(context: &Context<'a>) -> Vec<ObjectiveResult<'a>> {
    let titles = measured_titles(context.plan);
    let result = |(index, objective): (usize, &'a Objective)| {
        let mut indicators = context.counted(|indicator| indicator.objective == Some(index));
        let namesake = if indicators.is_empty() { namesake(&titles, context.plan, objective) } else { None };
        if let Some(other) = namesake {
            indicators = context.counted(|indicator| indicator.objective == Some(other));
        }
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
        ObjectiveResult { objective, indicators, days }
    };
    context.plan.objectives.iter().enumerate().map(result).collect()
}

/// The first objective of the same title that has indicators, of the same code where there is one: a sheet that only sends
/// to another, or tells an objective of another sheet again, is measured there. `titles` are those of the objectives that
/// have indicators, as slugs.
fn namesake(titles: &HashMap<String, Vec<usize>>, plan: &Plan, objective: &Objective) -> Option<usize> {
    let title = Some(whole_slug(&objective.title)).filter(|title| !title.is_empty())?;
    let fitting = titles.get(&title)?;
    let same_code =
        fitting.iter().find(|other| plan.objectives.get(**other).is_some_and(|other| other.code == objective.code));
    same_code.or(fitting.first()).copied()
}

/// The objectives that have indicators, by the slug of their title.
fn measured_titles(plan: &Plan) -> HashMap<String, Vec<usize>> {
    let measured: BTreeSet<usize> = plan.indicators.iter().filter_map(|indicator| indicator.objective).collect();
    let mut titles: HashMap<String, Vec<usize>> = HashMap::new();
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

/// One row per owner and day: the mean of the owner's objectives.
pub(super) fn owner_scores(context: &Context<'_>, objectives: &[ObjectiveResult<'_>]) -> Vec<Score> {
    let mut scores = Vec::new();
    for (name, slug, own) in by_name(objectives, |objective| objective.owner.as_deref()) {
        scores.extend(mean_scores(context, Subject::Owner, &context.id("owner", &slug), name, &own, None));
    }
    scores
}

/// The entity's result where the document has no points: the mean of its objectives, or of its indicators where it has no
/// objectives.
pub(super) fn entity_scores(context: &Context<'_>, objectives: &[ObjectiveResult<'_>]) -> Vec<Score> {
    let all: Vec<&ObjectiveResult<'_>> = objectives.iter().collect();
    let (id, label, printed) = (context.entity_id(), context.entity_label(), entity_figure(context.plan));
    if objectives.iter().any(|result| !result.indicators.is_empty()) {
        return mean_scores(context, Subject::Entity, &id, &label, &all, printed);
    }
    let indicators = context.counted(|_| true);
    let row = |day: &Day| {
        let mean = weighted_mean(&context.parts(&indicators, day), ("indicatore", "indicatori"), context.policy);
        (mean.value.is_some() || day.main).then(|| context.made_of(day, Subject::Entity, &id, &label, &mean, printed))
    };
    context.days.iter().filter_map(row).collect()
}

/// Rows of something made of objectives, one per day.
pub(super) fn mean_scores(
    context: &Context<'_>,
    subject: Subject,
    id: &str,
    label: &str,
    objectives: &[&ObjectiveResult<'_>],
    printed: Option<&Measure>,
) -> Vec<Score> {
    let (once, repeated) = counted_once(context, objectives);
    let mut scores = Vec::new();
    for (place, day) in context.days.iter().enumerate() {
        let parts: Vec<Part> = once.iter().filter_map(|result| part(context, result, place)).collect();
        let mut mean = weighted_mean(&parts, OBJECTIVES, context.policy);
        if mean.value.is_none() && !day.main {
            continue;
        }
        if repeated > 0 {
            let already = count(repeated, "obiettivo già contato", "obiettivi già contati");
            mean.explanation.push_str(&format!("; fuori dalla media {already} altrove nel documento"));
        }
        scores.push(context.made_of(day, subject, id, label, &mean, printed));
    }
    scores
}

fn part(context: &Context<'_>, result: &ObjectiveResult<'_>, place: usize) -> Option<Part> {
    let mean = result.days.get(place)?;
    let objective = result.objective;
    let revised = weight(objective.revised_weight.as_ref()).filter(|_| context.policy.use_revised);
    let weight = revised.or_else(|| weight(objective.weight.as_ref()));
    let of = (Subject::Objective, objective.objective_id.clone());
    Some(Part { of, value: mean.value.ok_or(Gap::NoParts), weight, coverage: mean.coverage })
}

/// The objectives that have indicators not told before, and how many only repeat. Objectives without indicators are
/// headings of the tree and no part of a mean.
fn counted_once<'r, 'a>(
    context: &Context<'_>,
    objectives: &[&'r ObjectiveResult<'a>],
) -> (Vec<&'r ObjectiveResult<'a>>, usize) {
    let mut seen = HashSet::new();
    let (mut once, mut repeated) = (Vec::new(), 0);
    for &result in objectives.iter().filter(|result| !result.indicators.is_empty()) {
        let mut new = false;
        for &indicator in &result.indicators {
            new |= seen.insert(context.root(indicator));
        }
        if new {
            once.push(result);
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
) -> Vec<(&'a str, String, Vec<&'r ObjectiveResult<'a>>)> {
    let mut named: Vec<(&'a str, String, Vec<&'r ObjectiveResult<'a>>)> = Vec::new();
    for result in objectives {
        let Some(name) = name(result.objective).filter(|name| !name.trim().is_empty()) else { continue };
        let slug = whole_slug(name);
        match named.iter_mut().find(|(_, known, _)| *known == slug) {
            Some((_, _, members)) => members.push(result),
            None => named.push((name, slug, vec![result])),
        }
    }
    named
}

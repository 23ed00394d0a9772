//! Results the document publishes for sections and the entity, beside what can be computed.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::context::{Context, figure};
use super::days::Day;
use super::mean::{Mean, Part, weighted_mean};
use super::policy::HUNDRED;
use super::scores::{Basis, Gap, Score, Subject};
use super::tree::{ObjectiveResult, by_name, mean_scores};
use crate::extract::AggregateKind;
use crate::normalise::{Measure, Plan, Published, slug};

/// The published result of the entity: the first that is a figure, else the first.
pub(super) fn entity_figure(plan: &Plan) -> Option<&Measure> {
    let mut results =
        plan.published.iter().filter(|published| published.kind == AggregateKind::Entity).map(|p| &p.measure);
    results.clone().find(|measure| figure(measure).is_some()).or_else(|| results.next())
}

/// Sections from their objectives; published areas from their published sectors; published results of neither as they are.
pub(super) fn section_scores(context: &Context<'_>, objectives: &[ObjectiveResult<'_>]) -> Vec<Score> {
    let plan = context.plan;
    let mut scores = Vec::new();
    let mut shown = BTreeSet::new();
    for (name, slug, own) in by_name(objectives, |objective| objective.section.as_deref()) {
        let printed = published_for(plan, name);
        shown.extend(printed);
        let measure = printed.and_then(|index| plan.published.get(index)).map(|published| &published.measure);
        scores.extend(mean_scores(context, Subject::Section, &context.id("section", &slug), name, &own, measure));
    }
    let Some(day) = context.days.iter().find(|day| day.main) else { return scores };
    for (index, published) in plan.published.iter().enumerate() {
        let area = match published.kind {
            AggregateKind::Entity => continue,
            AggregateKind::Area => area_score(context, day, index, published),
            AggregateKind::Sector => None,
        };
        scores.extend(area.or_else(|| (!shown.contains(&index)).then(|| carried(context, day, published))));
    }
    scores
}

/// Sections from their objectives, with nothing published beside them.
pub(super) fn own_sections(context: &Context<'_>, objectives: &[ObjectiveResult<'_>]) -> Vec<Score> {
    let mut scores = Vec::new();
    for (name, slug, own) in by_name(objectives, |objective| objective.section.as_deref()) {
        scores.extend(mean_scores(context, Subject::Section, &context.id("section", &slug), name, &own, None));
    }
    scores
}

/// The one published area or sector whose name shares all words of the shorter of the two names; `None` if several do.
fn published_for(plan: &Plan, section: &str) -> Option<usize> {
    let wanted = words(section);
    let fits = |published: &&(usize, &Published)| {
        let given = words(&published.1.name);
        published.1.kind != AggregateKind::Entity
            && !given.is_empty()
            && (given.is_subset(&wanted) || wanted.is_subset(&given))
    };
    let all: Vec<(usize, &Published)> = plan.published.iter().enumerate().collect();
    let mut fitting = all.iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some((index, _)), None) if !wanted.is_empty() => Some(*index),
        _ => None,
    }
}

fn words(name: &str) -> BTreeSet<String> {
    whole_slug(name).split('-').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// An area's published result from its sectors' published results; `None` where no sector belongs to it.
fn area_score(context: &Context<'_>, day: &Day, index: usize, area: &Published) -> Option<Score> {
    let sectors = sectors_of(context.plan, index, area);
    if sectors.is_empty() {
        return None;
    }
    let part = |sector: &&Published| {
        let value = figure(&sector.measure).ok_or(Gap::NotComparable);
        let coverage = if value.is_ok() { HUNDRED } else { Decimal::ZERO };
        Part { of: (Subject::Section, id(context, sector)), value, weight: Some(Decimal::ONE), coverage }
    };
    let parts: Vec<Part> = sectors.iter().map(part).collect();
    let mean = weighted_mean(&parts, ("settore", "settori"), context.policy);
    let names: Vec<&str> = sectors.iter().map(|sector| sector.name.as_str()).collect();
    let explanation =
        format!("media semplice dei risultati pubblicati dei settori ({}): {}", names.join(", "), mean.explanation);
    let mean = Mean { explanation, ..mean };
    let mut score =
        context.made_of(day, Subject::Section, &id(context, area), &label(area), &mean, Some(&area.measure));
    score.basis = Basis::PrintedMean;
    Some(score)
}

/// The sectors under the same heading as the area, else those printed right before it, else those right after it.
fn sectors_of<'a>(plan: &'a Plan, index: usize, area: &Published) -> Vec<&'a Published> {
    let is_sector = |published: &&Published| published.kind == AggregateKind::Sector;
    let sectors = || plan.published.iter().filter(is_sector);
    if let Some(heading) = &area.within {
        let same: Vec<&Published> = sectors().filter(|sector| sector.within.as_ref() == Some(heading)).collect();
        if !same.is_empty() {
            return same;
        }
    }
    let (before, after) = plan.published.split_at(index.min(plan.published.len()));
    let mut run: Vec<&Published> = before.iter().rev().take_while(is_sector).collect();
    run.reverse();
    if run.is_empty() { after.iter().skip(1).take_while(is_sector).collect() } else { run }
}

/// A published result that nothing read from the document can confirm.
fn carried(context: &Context<'_>, day: &Day, published: &Published) -> Score {
    let explanation = "risultato riportato com'è pubblicato: nessun obiettivo letto sta sotto questo nome".to_owned();
    let mean = Mean { value: None, coverage: Decimal::ZERO, explanation, terms: Vec::new() };
    context.made_of(day, Subject::Section, &id(context, published), &label(published), &mean, Some(&published.measure))
}

fn id(context: &Context<'_>, published: &Published) -> String {
    context.id("section", &whole_slug(&label(published)))
}

fn label(published: &Published) -> String {
    match published.within.as_deref() {
        Some(heading) if !published.name.contains(heading) => format!("{heading} – {}", published.name),
        _ => published.name.clone(),
    }
}

/// A name's slug, not cut, so that two long names that begin alike stay apart.
pub(super) fn whole_slug(text: &str) -> String {
    slug(text, usize::MAX)
}

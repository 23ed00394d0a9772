//! Results the document publishes for sections and the entity, beside what can be computed.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::context::{Context, figure};
use super::days::Day;
use super::mean::{Mean, Part, weighted_mean};
use super::policy::HUNDRED;
use super::scores::{Basis, Gap, Score, Subject};
use super::sectors::sectors;
use super::tree::{ObjectiveResult, by_name, mean_scores};
use crate::extract::AggregateKind;
use crate::normalise::{Measure, Plan, Published, slug};

/// How sectors are counted in Italian.
const SECTORS: (&str, &str) = ("settore", "settori");

/// The published result of the entity: the first that is a figure, else the first.
pub(super) fn entity_figure(plan: &Plan) -> Option<&Measure> {
    let mut results =
        plan.published.iter().filter(|published| published.kind == AggregateKind::Entity).map(|p| &p.measure);
    results.clone().find(|measure| figure(measure).is_some()).or_else(|| results.next())
}

/// Sections from their objectives; published areas from their sectors, as recomputed and as published; published results of
/// neither as they are.
pub(super) fn section_scores(context: &Context<'_>, objectives: &[ObjectiveResult<'_>]) -> Vec<Score> {
    let plan = context.plan;
    let sectors = sectors(plan);
    let mut scores = Vec::new();
    // Published results that stand beside a section, with its row's id.
    let mut shown: BTreeMap<usize, String> = BTreeMap::new();
    for (name, slug, own) in by_name(objectives, |objective| objective.section.as_deref()) {
        let sector = sectors.get(&slug);
        let printed = sector.map(|found| found.published).or_else(|| published_for(plan, name));
        let id = context.id("section", &slug);
        shown.extend(printed.map(|index| (index, id.clone())));
        let published = printed.and_then(|index| plan.published.get(index));
        let mut rows =
            mean_scores(context, (Subject::Section, &id, name), &own, published.map(|published| &published.measure));
        if let (Some(found), Some(published)) = (sector, published) {
            let remark = format!("; pubblicato come «{}»: {}", label(published), found.evidence);
            rows.iter_mut().for_each(|row| row.explanation.push_str(&remark));
        }
        scores.extend(rows);
    }
    let Some(day) = context.days.iter().find(|day| day.main) else { return scores };
    for (index, published) in plan.published.iter().enumerate() {
        let area: Vec<Score> = match published.kind {
            AggregateKind::Entity | AggregateKind::Objective => continue,
            AggregateKind::Area => {
                let again = recomputed_area(context, day, index, published, &shown, &scores);
                again.into_iter().chain(area_score(context, day, index, published)).collect()
            }
            AggregateKind::Sector => Vec::new(),
        };
        let again = || plan.published.iter().take(index).any(|other| same_name(other, published));
        if area.is_empty() && !shown.contains_key(&index) && !again() {
            scores.push(carried(context, day, published));
        }
        scores.extend(area);
    }
    scores
}

/// An area's result from its sectors' recomputed results; `None` unless all its sectors are sections.
fn recomputed_area(
    context: &Context<'_>,
    day: &Day,
    index: usize,
    area: &Published,
    shown: &BTreeMap<usize, String>,
    scores: &[Score],
) -> Option<Score> {
    let sectors = sectors_of(context.plan, index, area);
    let part = |(index, _): &(usize, &Published)| {
        let id = shown.get(index)?;
        let row = scores.iter().find(|row| &row.subject_id == id && row.period == day.period)?;
        Some(Part {
            of: (Subject::Section, id.clone()),
            value: row.value.ok_or(Gap::NoParts),
            weight: Some(Decimal::ONE),
            coverage: row.coverage,
        })
    };
    let parts: Vec<Part> =
        sectors.iter().map(part).collect::<Option<_>>().filter(|parts: &Vec<Part>| !parts.is_empty())?;
    let mean = weighted_mean(&parts, SECTORS, context.policy);
    let explanation = format!("media semplice dei settori ricalcolati ({}): {}", names(&sectors), mean.explanation);
    let mean = Mean { explanation, ..mean };
    Some(context.made_of(day, Subject::Section, &id(context, area), &label(area), &mean, Some(&area.measure)))
}

fn names(sectors: &[(usize, &Published)]) -> String {
    sectors.iter().map(|(_, sector)| sector.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Sections from their objectives, with nothing published beside them.
pub(super) fn own_sections(context: &Context<'_>, objectives: &[ObjectiveResult<'_>]) -> Vec<Score> {
    let mut scores = Vec::new();
    for (name, slug, own) in by_name(objectives, |objective| objective.section.as_deref()) {
        scores.extend(mean_scores(context, (Subject::Section, &context.id("section", &slug), name), &own, None));
    }
    scores
}

/// The published area or sector whose name shares all words of the shorter of the two names, the first of those that the document
/// publishes more than once; `None` if several do.
pub(super) fn published_for(plan: &Plan, section: &str) -> Option<usize> {
    let wanted = words(section);
    let fits = |(index, published): &&(usize, &Published)| {
        let given = words(bare(&published.name));
        // An area's figure is its sectors' mean where it has any, not that of the objectives under its own name.
        let own = match published.kind {
            AggregateKind::Entity | AggregateKind::Objective => false,
            AggregateKind::Area => sectors_of(plan, *index, published).is_empty(),
            AggregateKind::Sector => true,
        };
        own && !given.is_empty() && (given.is_subset(&wanted) || wanted.is_subset(&given))
    };
    let all: Vec<(usize, &Published)> = plan.published.iter().enumerate().collect();
    let mut fitting = all.iter().filter(fits);
    let (index, first) = fitting.next().filter(|_| !wanted.is_empty())?;
    fitting.all(|(_, other)| same_name(first, other)).then_some(*index)
}

/// Whether two published results are of the same name.
fn same_name(one: &Published, other: &Published) -> bool {
    one.kind == other.kind && one.within == other.within && words(bare(&one.name)) == words(bare(&other.name))
}

/// A name without the words that say that it is a result: "Avanzamento Area A".
fn bare(name: &str) -> &str {
    const RESULTS: [&str; 6] = ["performance", "avanzamento", "stato di avanzamento", "risultato", "media", "totale"];
    let lower = name.to_lowercase();
    let cut = RESULTS.iter().filter(|word| lower.starts_with(&format!("{word} "))).map(|word| word.len()).max();
    let rest = cut.and_then(|cut| name.get(cut..)).unwrap_or(name).trim_start();
    let rest =
        ["dell'", "dell’", "della ", "del ", "di "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    if rest.is_empty() { name } else { rest }
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
    let part = |(_, sector): &(usize, &Published)| {
        let value = figure(&sector.measure).ok_or(Gap::NotComparable);
        let coverage = if value.is_ok() { HUNDRED } else { Decimal::ZERO };
        Part { of: (Subject::Section, id(context, sector)), value, weight: Some(Decimal::ONE), coverage }
    };
    let parts: Vec<Part> = sectors.iter().map(part).collect();
    let mean = weighted_mean(&parts, SECTORS, context.policy);
    let explanation =
        format!("media semplice dei risultati pubblicati dei settori ({}): {}", names(&sectors), mean.explanation);
    let mean = Mean { explanation, ..mean };
    let mut score =
        context.made_of(day, Subject::Section, &id(context, area), &label(area), &mean, Some(&area.measure));
    score.basis = Basis::PrintedMean;
    Some(score)
}

/// The sectors under the same heading as the area, else those printed right before it, else those right after it; each with
/// its index in [`Plan::published`].
fn sectors_of<'a>(plan: &'a Plan, index: usize, area: &Published) -> Vec<(usize, &'a Published)> {
    let is_sector = |(_, published): &(usize, &Published)| published.kind == AggregateKind::Sector;
    let all = || plan.published.iter().enumerate();
    if let Some(heading) = &area.within {
        let same = |(_, sector): &(usize, &Published)| sector.within.as_ref() == Some(heading);
        let same: Vec<_> = all().filter(is_sector).filter(same).collect();
        if !same.is_empty() {
            return same;
        }
    }
    let before: Vec<_> = all().take(index).collect();
    let mut run: Vec<_> = before.into_iter().rev().take_while(is_sector).collect();
    run.reverse();
    if run.is_empty() { all().skip(index + 1).take_while(is_sector).collect() } else { run }
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

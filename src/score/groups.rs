//! Groups of indicators under one printed result, and the points they give the entity.

use rust_decimal::Decimal;

use super::context::{Context, difference, figure, weight};
use super::days::Day;
use super::mean::{Mean, Part, weighted_mean};
use super::policy::{HUNDRED, Policy};
use super::published::entity_figure;
use super::scores::{Basis, Gap, Score, Subject, Term};
use super::words::{count, number, percent};
use crate::normalise::{Group, Measure, Plan};

/// The most points whose sum is written out.
const MOST_TERMS: usize = 30;

/// The achievement of a group on each day, as [`Context::days`], with the points it gives.
pub(super) struct GroupResult {
    id: String,
    label: String,
    available: Option<Decimal>,
    days: Vec<(Mean, Option<Decimal>)>,
}

/// Whether the document gives its groups points, so that the entity's result is their sum.
pub(super) fn give_points(plan: &Plan) -> bool {
    plan.groups.iter().any(|group| weight(group.points_available.as_ref()).is_some())
}

/// As [`Plan::groups`].
pub(super) fn results(context: &Context<'_>) -> Vec<GroupResult> {
    let plan = context.plan;
    let result = |(index, group): (usize, &Group)| {
        let indicators = context.counted(|indicator| indicator.group == Some(index));
        let available = weight(group.points_available.as_ref());
        let day = |day: &Day| {
            let mean = weighted_mean(&context.parts(&indicators, day), ("indicatore", "indicatori"), context.policy);
            let points = points(mean.value, available, context.policy);
            (mean, points)
        };
        let id = context.id("group", &(index + 1).to_string());
        GroupResult { id, label: label(plan, &indicators), available, days: context.days.iter().map(day).collect() }
    };
    plan.groups.iter().enumerate().map(result).collect()
}

/// A × B / 100.
pub(super) fn points(achievement: Option<Decimal>, available: Option<Decimal>, policy: &Policy) -> Option<Decimal> {
    let points = achievement?.checked_mul(available?)?.checked_div(HUNDRED)?;
    Some(policy.round_aggregate(points))
}

/// The sum of points.
pub(super) struct Total {
    /// The points there are, and those of the groups that have a result.
    available: Decimal,
    scored: Decimal,
    /// The points reached.
    sum: Decimal,
}

impl Total {
    /// Whether all groups have a result.
    fn is_whole(&self) -> bool {
        self.scored == self.available
    }

    /// The points reached, brought to all points where some groups have no result; `None` where none has.
    pub(super) fn value(&self) -> Option<Decimal> {
        match self.scored.is_zero() {
            true => None,
            false if self.is_whole() => Some(self.sum),
            false => self.sum.checked_mul(self.available)?.checked_div(self.scored),
        }
    }
}

/// Of points available and points reached; `None` on overflow.
pub(super) fn total(groups: impl Iterator<Item = (Decimal, Option<Decimal>)>) -> Option<Total> {
    let mut total = Total { available: Decimal::ZERO, scored: Decimal::ZERO, sum: Decimal::ZERO };
    for (available, points) in groups {
        total.available = total.available.checked_add(available)?;
        if let Some(points) = points {
            total.scored = total.scored.checked_add(available)?;
            total.sum = total.sum.checked_add(points)?;
        }
    }
    Some(total)
}

fn label(plan: &Plan, indicators: &[usize]) -> String {
    let names: Vec<&str> = indicators
        .iter()
        .filter_map(|&index| plan.indicators.get(index))
        .map(|indicator| indicator.code.as_deref().unwrap_or(&indicator.name))
        .collect();
    match names.len() {
        0 => "Gruppo senza indicatori".to_owned(),
        1 => format!("Indicatore {}", names.concat()),
        _ => format!("Indicatori {}", names.join(", ")),
    }
}

/// One row per group and day.
pub(super) fn scores(context: &Context<'_>, groups: &[GroupResult]) -> Vec<Score> {
    let mut scores = Vec::new();
    for (result, group) in groups.iter().zip(&context.plan.groups) {
        for (day, (mean, points)) in context.days.iter().zip(&result.days) {
            if mean.value.is_none() && !day.main {
                continue;
            }
            let mut score =
                context.made_of(day, Subject::Group, &result.id, &result.label, mean, group.achievement.as_ref());
            score.points = *points;
            score.points_max = result.available;
            score.explanation.push_str(&points_words(mean, result.available, *points, group.points.as_ref()));
            scores.push(score);
        }
    }
    scores
}

fn points_words(mean: &Mean, available: Option<Decimal>, points: Option<Decimal>, printed: Option<&Measure>) -> String {
    let (Some(value), Some(available), Some(points)) = (mean.value, available, points) else {
        return String::new();
    };
    let printed = printed.map_or_else(String::new, |printed| format!(", stampati \"{}\"", printed.raw));
    format!("; punti: {} × {} / 100 = {}{printed}", percent(value), number(available, 4), number(points, 4))
}

/// The entity's result as the sum of the groups' points: once from unrounded points, once from the points as printed.
pub(super) fn entity_scores(context: &Context<'_>, groups: &[GroupResult]) -> Vec<Score> {
    let mut scores = Vec::new();
    for (place, day) in context.days.iter().enumerate() {
        if let Some(score) = recomputed(context, groups, place, day).filter(|score| score.value.is_some() || day.main) {
            scores.push(score);
        }
    }
    let main = context.days.iter().find(|day| day.main);
    scores.extend(main.and_then(|day| as_printed(context, day)));
    scores
}

/// `None` on overflow.
fn recomputed(context: &Context<'_>, groups: &[GroupResult], place: usize, day: &Day) -> Option<Score> {
    let (mut parts, mut all) = (Vec::new(), Vec::new());
    for group in groups {
        let (Some(available), Some((mean, points))) = (group.available, group.days.get(place)) else { continue };
        let of = (Subject::Group, group.id.clone());
        let value = mean.value.ok_or(Gap::NoParts);
        parts.push(Part { of, value, weight: Some(available), coverage: mean.coverage });
        all.push((available, *points));
    }
    let share = weighted_mean(&parts, ("gruppo", "gruppi"), context.policy);
    let sum = total(all.iter().copied())?;
    let terms: Vec<Decimal> = all.iter().filter_map(|(_, points)| *points).collect();
    let value = share.value.and_then(|_| sum.value());
    let mut explanation = share.explanation.clone();
    if let Some(value) = value {
        let missing = if sum.is_whole() {
            String::new()
        } else {
            let without = count(parts.len() - terms.len(), "gruppo", "gruppi");
            format!(" ({without} senza punteggio: la somma {} è riportata a tutti i punti)", number(sum.sum, 4))
        };
        explanation = format!(
            "{} = {} punti su {} disponibili{missing}; punti non arrotondati, ciascuno A × B / 100",
            written_sum(&terms, 4),
            number(value, 4),
            number(sum.available, 4),
        );
    }
    let mean = Mean { value, explanation, ..share };
    let printed = entity_figure(context.plan);
    let mut score =
        context.made_of(day, Subject::Entity, &context.entity_id(), &context.entity_label(), &mean, printed);
    (score.points, score.points_max) = (value, Some(sum.available));
    Some(score)
}

/// The sum of the points as the document prints them; `None` where it prints none.
fn as_printed(context: &Context<'_>, day: &Day) -> Option<Score> {
    let groups = &context.plan.groups;
    let points = |group: &Group| group.points.as_ref().and_then(figure);
    let printed: Vec<Decimal> = groups.iter().filter_map(points).collect();
    if printed.is_empty() {
        return None;
    }
    let sum = printed.iter().try_fold(Decimal::ZERO, |sum, points| sum.checked_add(*points))?;
    let (mut total, mut covered) = (Decimal::ZERO, Decimal::ZERO);
    for group in groups {
        let Some(available) = weight(group.points_available.as_ref()) else { continue };
        total = total.checked_add(available)?;
        if points(group).is_some() {
            covered = covered.checked_add(available)?;
        }
    }
    let term = |(index, group): (usize, &Group)| Term {
        subject: Subject::Group,
        subject_id: context.id("group", &(index + 1).to_string()),
        weight: Some(Decimal::ONE),
        value: points(group),
    };
    let terms = groups.iter().enumerate().map(term).collect();
    let coverage = covered.checked_mul(HUNDRED)?.checked_div(total).unwrap_or_default();
    let explanation = format!(
        "{} = {} punti su {} disponibili; somma dei punti come sono stampati, già arrotondati",
        written_sum(&printed, 9),
        number(sum, 4),
        number(total, 4)
    );
    let mean = Mean { value: Some(sum), coverage, explanation, terms };
    let figure = entity_figure(context.plan);
    let mut score = context.made_of(day, Subject::Entity, &context.entity_id(), &context.entity_label(), &mean, figure);
    score.basis = Basis::PrintedPoints;
    (score.points, score.points_max) = (Some(sum), Some(total));
    score.difference = difference(Some(sum), score.published);
    Some(score)
}

fn written_sum(terms: &[Decimal], decimals: u32) -> String {
    if terms.len() > MOST_TERMS {
        return format!("somma dei punti di {}", count(terms.len(), "gruppo", "gruppi"));
    }
    terms.iter().map(|points| number(*points, decimals)).collect::<Vec<_>>().join(" + ")
}

//! Rows of the indicators.

use rust_decimal::Decimal;

use super::context::{Context, difference, figure};
use super::days::{Day, last_day};
use super::policy::HUNDRED;
use super::scores::{Basis, Score, Subject};
use crate::normalise::Indicator;

/// One row per indicator and day with an actual; an indicator without any has one row, for the main day.
pub(super) fn scores(context: &Context<'_>) -> Vec<Score> {
    let mut scores = Vec::new();
    for (index, indicator) in context.plan.indicators.iter().enumerate() {
        for day in &context.days {
            let reported = indicator.actuals.iter().any(|actual| actual.period == day.period);
            if reported || day.main {
                scores.extend(row(context, index, indicator, day));
            }
        }
    }
    scores
}

fn row(context: &Context<'_>, index: usize, indicator: &Indicator, day: &Day) -> Option<Score> {
    let outcome = day.outcomes.get(index)?;
    let about_this_day = last_day(indicator).map_or(day.main, |last| last == day.period);
    let printed = indicator.achievement.as_ref().filter(|_| about_this_day);
    let (value, published) = (outcome.value.ok(), printed.and_then(figure));
    let carried = match (value, printed) {
        (None, Some(printed)) => format!("; il documento pubblica \"{}\"", printed.raw),
        _ => String::new(),
    };
    Some(Score {
        subject: Subject::Indicator,
        subject_id: indicator.indicator_id.clone(),
        label: indicator.name.clone(),
        period: day.period,
        basis: Basis::Recomputed,
        policy: context.policy.name.clone(),
        value,
        points: None,
        points_max: None,
        gap: outcome.value.err(),
        coverage: if value.is_some() { HUNDRED } else { Decimal::ZERO },
        published_raw: printed.map(|measure| measure.raw.clone()),
        published,
        difference: difference(value, published),
        cause: None,
        explanation: format!("{}{carried}", outcome.explanation),
        terms: Vec::new(),
    })
}

//! The share of the work done that a document states, at all levels.
//!
//! "In linea con target 50% attività svolta" tells how far the work is, not how far the target is reached: it never enters an
//! achievement, and has rows of its own.

use super::achieve::Outcome;
use super::context::Context;
use super::days::Day;
use super::policy::{MissingActual, ObjectiveRule, Policy};
use super::scores::{Basis, Gap, Score};
use super::words::{percent, quote};
use super::{groups, indicators, published, tree};
use crate::normalise::{Indicator, Plan};

/// Rows for the document's reference date; none where no indicator states progress.
pub(super) fn scores(plan: &Plan, policy: &Policy) -> Vec<Score> {
    if plan.indicators.iter().all(|indicator| stated(indicator).value.is_err()) {
        return Vec::new();
    }
    // Who states no progress is left out, and work done has no worst part that decides.
    let policy = Policy {
        missing_actual: MissingActual::Redistribute,
        objective: ObjectiveRule::WeightedMean,
        ..policy.clone()
    };
    let day =
        Day { period: plan.card.reference_date, main: true, outcomes: plan.indicators.iter().map(stated).collect() };
    let context = Context::with_days(plan, &policy, vec![day]);
    let groups = groups::results(&context);
    let objectives = tree::objectives(&context);
    let mut rows = indicators::scores(&context);
    rows.extend(groups::scores(&context, &groups));
    rows.extend(tree::objective_scores(&context, &objectives));
    rows.extend(tree::owner_scores(&context, &objectives));
    rows.extend(published::own_sections(&context, &objectives));
    rows.extend(tree::entity_scores(&context, &objectives));
    rows.retain(|row| row.value.is_some());
    for row in &mut rows {
        row.basis = Basis::StatedProgress;
        (row.published_raw, row.published, row.difference, row.points) = (None, None, None, None);
    }
    rows
}

fn stated(indicator: &Indicator) -> Outcome {
    let Some(monitoring) = &indicator.monitoring else {
        return Outcome::gap(Gap::NoActual, "nessuno stato di avanzamento dichiarato".to_owned());
    };
    match monitoring.progress {
        Some(progress) => Outcome {
            value: Ok(progress),
            explanation: format!(
                "avanzamento dichiarato {} % ({}): lavoro svolto, non grado di realizzazione",
                percent(progress),
                quote(&monitoring.raw)
            ),
        },
        None => Outcome::gap(Gap::NoActual, format!("avanzamento senza cifra ({})", quote(&monitoring.raw))),
    }
}

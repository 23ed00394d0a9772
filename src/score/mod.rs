//! Plan → Scores: how far targets were reached, by a policy that can be read and changed.
//!
//! Each indicator is scored for each day it has an actual for; groups, objectives, owners, sections and the entity are made
//! of the scores below them. Everything is exact decimals; the only inexact operation is a division, to 28 digits, and
//! nothing is rounded on the way unless the policy asks for it. Every score says in words how it came about, and stands
//! beside the figure the document prints for the same thing.

mod achieve;
mod cause;
mod comparable;
mod context;
mod days;
mod declared;
mod explain;
mod groups;
mod indicators;
mod mean;
mod owners;
mod policy;
mod progress;
#[cfg(test)]
mod properties;
mod published;
mod read_as;
#[cfg(test)]
pub(crate) mod sample;
mod scores;
mod sectors;
mod targets;
mod tree;
mod variance;
pub(crate) mod words;

pub use cause::{Cause, CauseKind};
pub use explain::{Explanation, Found, PartOf, PrintedField, ResultOf, Whole, explain, find};
pub use policy::{
    BeyondRange, EntityRule, Equals, LaterTarget, MissedHigher, MissedLower, MissingActual, MissingWeight,
    ObjectiveRule, PastTarget, PercentWithNumber, Policy, PolicyError, RoundAt, RoundMode, Rounding, Weights,
};
pub use read_as::read_as;
pub use scores::{Basis, Gap, Score, Scores, Subject, Term};
pub use words::{number as number_it, percent as percent_it};

use crate::normalise::Plan;
use context::Context;

/// Scores everything of a plan that can be scored; what can't is there with the reason.
///
/// Later occurrences of an indicator (`same_as`) have scores of their own but are counted once in what is made of them.
/// A plan without actuals has one row per subject for its reference date, all gaps.
pub fn score(plan: &Plan, policy: &Policy) -> Scores {
    let policy = &declared::settled(plan, policy);
    let mut scores = achievements(plan, policy);
    cause::tell(plan, policy, &mut scores);
    let context = Context::new(plan, policy);
    let period = context.days.iter().find(|day| day.main).and_then(|day| day.period);
    Scores { period, scores, variances: variance::scores(&context), progress: progress::scores(plan, policy) }
}

/// The achievements, without the causes of differences.
fn achievements(plan: &Plan, policy: &Policy) -> Vec<Score> {
    let context = Context::new(plan, policy);
    let mut scores = indicators::scores(&context);
    let groups = groups::results(&context);
    scores.extend(groups::scores(&context, &groups));
    let objectives = tree::objectives(&context);
    scores.extend(tree::objective_scores(&context, &objectives));
    scores.extend(tree::owner_scores(&context, &objectives));
    scores.extend(published::section_scores(&context, &objectives));
    if groups::give_points(plan) {
        scores.extend(groups::entity_scores(&context, &groups));
    } else {
        scores.extend(tree::entity_scores(&context, &objectives));
    }
    scores
}

#[cfg(test)]
#[path = "acceptance_tests.rs"]
mod tests;

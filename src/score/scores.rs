//! Computed results: the type that leaves the `score` stage.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::cause::Cause;

/// What a score is the score of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    Indicator,
    /// Indicators under one merged result cell.
    Group,
    Objective,
    Owner,
    Section,
    Entity,
}

impl Subject {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Subject::Indicator => "indicator",
            Subject::Group => "group",
            Subject::Objective => "objective",
            Subject::Owner => "owner",
            Subject::Section => "section",
            Subject::Entity => "entity",
        }
    }
}

/// What a score rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Targets, actuals and weights.
    Recomputed,
    /// The sum of the points as printed, rounded as they are.
    PrintedPoints,
    /// The plain mean of the parts' results as printed (an area's sectors).
    PrintedMean,
    /// Actual − target, in the indicator's own unit: what a printed variance should be.
    Variance,
    /// The share of the work done that the document states ("50% attività svolta"), in percent points: progress, no
    /// achievement.
    StatedProgress,
}

impl Basis {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Recomputed => "recomputed",
            Basis::PrintedPoints => "printed_points",
            Basis::PrintedMean => "printed_mean",
            Basis::Variance => "variance",
            Basis::StatedProgress => "stated_progress",
        }
    }
}

/// Why a subject has no computed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// No target for the date, or a placeholder.
    NoTarget,
    /// No actual for the date, or a placeholder.
    NoActual,
    /// Target or actual is a text that no rule can compare.
    NotComparable,
    /// None of its parts could be scored.
    NoParts,
}

impl Gap {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Gap::NoTarget => "no_target",
            Gap::NoActual => "no_actual",
            Gap::NotComparable => "not_comparable",
            Gap::NoParts => "no_parts",
        }
    }
}

/// A part that a score is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    pub subject: Subject,
    pub subject_id: String,
    /// The weight it goes into the mean with; `None` where it is left out.
    pub weight: Option<Decimal>,
    /// The value it goes into the mean with; `None` where it has none.
    pub value: Option<Decimal>,
}

/// One computed result with its explanation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    pub subject: Subject,
    /// The id of the indicator or objective; `document_id/#group/<number>`, `document_id/#owner/<slug>`,
    /// `document_id/#section/<slug>`, `document_id/#entity` for the others.
    pub subject_id: String,
    /// The name a reader knows it by.
    pub label: String,
    /// The day the score is for.
    pub period: Option<Date>,
    pub basis: Basis,
    /// The name of the policy file, without extension.
    pub policy: String,
    /// Percent points, unrounded; points of the document's own scale for an entity that has groups with points. `None`
    /// with a `gap`.
    pub value: Option<Decimal>,
    /// The points that `value` gives on the document's scale, unrounded: groups with points available, and the entity.
    pub points: Option<Decimal>,
    /// The points there are to get: groups with points available, and the entity.
    pub points_max: Option<Decimal>,
    pub gap: Option<Gap>,
    /// Share of the parts' weight that could be scored, in percent points; 100 for a scored indicator, 0 for a gap.
    pub coverage: Decimal,
    /// The figure the document prints for the same subject, as printed.
    pub published_raw: Option<String>,
    pub published: Option<Decimal>,
    /// `value` rounded to the published figure's decimals − `published`.
    pub difference: Option<Decimal>,
    /// Why `value` and the published figure are what they are to each other; `None` where none is published.
    pub cause: Option<Cause>,
    /// How the value came about, in Italian, with the printed texts and the arithmetic.
    pub explanation: String,
    /// What it is made of, in document order; empty for an indicator.
    pub terms: Vec<Term>,
}

/// All scores of one document, indicators first, then what is made of them, in document order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Scores {
    /// The day the document reports on: its reference date, or the last day with an actual.
    pub period: Option<Date>,
    /// Achievements.
    pub scores: Vec<Score>,
    /// One row for each printed variance, with [`Basis::Variance`].
    pub variances: Vec<Score>,
    /// Rows with [`Basis::StatedProgress`], at all levels, where the document states progress.
    pub progress: Vec<Score>,
}

impl Scores {
    /// Achievements, variances and stated progress.
    pub fn rows(&self) -> impl Iterator<Item = &Score> {
        self.scores.iter().chain(&self.variances).chain(&self.progress)
    }
}

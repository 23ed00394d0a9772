//! What is kept of a document, in three parts: a run looks at the first of every document, at the second when it compares,
//! at the third when it writes.

use std::borrow::Cow;
use std::time::Duration;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::compare::{Opened, Outline, ThemeOf, lean};
use crate::document::Fault;
use crate::export::{FailedFile, FileResult, ReadFile};
use crate::extract::Confidence;
use crate::normalise::Plan;
use crate::score::{Basis, Score, Subject};

/// Where the time of one document went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Timings {
    /// Bytes to a document.
    pub read: Duration,
    /// A document to a plan.
    pub understand: Duration,
    pub score: Duration,
    /// Findings.
    pub check: Duration,
    /// The most memory of the process that read it so far, in bytes, where the system tells.
    pub peak_memory: Option<u64>,
}

impl Timings {
    /// All of it.
    pub fn total(&self) -> Duration {
        self.read + self.understand + self.score + self.check
    }
}

/// What is kept of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub result: FileResult,
    pub timings: Timings,
}

/// The first part: what stays in memory of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub told: Told,
    pub timings: Timings,
}

/// What came of a file, in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Told {
    Read(Box<Brief>),
    Failed(FailedFile),
}

/// A file that could be read, in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    pub outline: Outline,
    /// What could not be read.
    pub faults: Vec<Fault>,
    /// How many pages were read by optical recognition, and how sure their letters are.
    pub recognition: Option<(usize, Confidence)>,
    pub objectives: usize,
    /// Indicators with a computed score of the document's main day.
    pub scored: usize,
    /// The computed result of the whole on that day, in percent points.
    pub result: Option<Decimal>,
    /// Findings on the document alone.
    pub findings: usize,
}

impl Head {
    pub(crate) fn of(record: &Record) -> Head {
        let told = match &record.result {
            FileResult::Read(read) => Told::Read(Box::new(Brief::of(read))),
            FileResult::Failed(failed) => Told::Failed(failed.clone()),
        };
        Head { told, timings: record.timings }
    }
}

impl Told {
    /// The name the dataset knows the file by.
    pub fn source_file(&self) -> &str {
        match self {
            Told::Read(brief) => &brief.outline.source_file,
            Told::Failed(failed) => &failed.source_file,
        }
    }

    /// In short, where it could be read.
    pub fn brief(&self) -> Option<&Brief> {
        match self {
            Told::Read(brief) => Some(brief),
            Told::Failed(_) => None,
        }
    }
}

impl Brief {
    fn of(read: &ReadFile) -> Brief {
        let ReadFile { plan, scores, findings, .. } = read;
        let main = |score: &&Score| score.period == scores.period && score.basis == Basis::Recomputed;
        let of = |subject| scores.scores.iter().filter(main).filter(move |score| score.subject == subject);
        Brief {
            outline: Outline::of(plan),
            faults: plan.card.faults.clone(),
            recognition: plan.card.recognition().map(|sure| (plan.card.recognised.len(), sure)),
            objectives: plan.objectives.len(),
            scored: of(Subject::Indicator).filter(|score| score.value.is_some()).count(),
            result: of(Subject::Entity).find_map(|score| score.value),
            findings: findings.len(),
        }
    }
}

/// The second part: what the comparison with others needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Lean {
    pub plan: Plan,
    pub themes: Vec<ThemeOf>,
}

impl Lean {
    pub(super) fn of(record: &Record) -> Option<Lean> {
        match &record.result {
            FileResult::Read(read) => Some(Lean { plan: lean(&read.plan), themes: read.themes.clone() }),
            FileResult::Failed(_) => None,
        }
    }
}

impl From<Lean> for Opened<'_> {
    fn from(lean: Lean) -> Self {
        Opened { plan: Cow::Owned(lean.plan), themes: Cow::Owned(lean.themes) }
    }
}

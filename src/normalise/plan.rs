//! A plan with typed values: the type that leaves the `normalise` stage.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::card::DocumentKind;
use super::entity::Entity;
use super::value::Reading;
use crate::document::{Fault, Format, Source};
use crate::extract::{AggregateKind, Confidence, Field, Level, Passage, Printed, ScaleKind};
use crate::fixed;

/// A printed text, its place, and its typed reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// The printed text, white space folded; never changed otherwise.
    pub raw: String,
    pub reading: Reading,
    pub source: Source,
    /// A person has put `raw` in the place of what the machine read.
    pub corrected: Option<Correction>,
    /// How likely the text is whole and the right one, by the way it was found, what it holds and what stands beside it.
    pub confidence: Confidence,
}

/// What a person has corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// The machine's reading; empty where it had none.
    pub raw: String,
    pub who: String,
    pub why: String,
}

/// What of a document was not understood.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LeftOver {
    /// Texts that look like an indicator.
    pub texts: Vec<Printed>,
    /// Headers of indicator tables that the lexicon doesn't know.
    pub headers: Vec<Printed>,
    /// Headers that the lexicon doesn't have, and what they were taken for.
    pub guessed: Vec<(Printed, Field)>,
}

/// A measure of one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DatedMeasure {
    /// The last day the value refers to; `None` where neither the label nor the document tells.
    pub period: Option<Date>,
    /// The value replaces an earlier one of the same period.
    pub revised: bool,
    pub measure: Measure,
}

/// Whether more of the quantity is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    Higher,
    Lower,
}

impl Polarity {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Polarity::Higher => "higher",
            Polarity::Lower => "lower",
        }
    }
}

/// What the document is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentCard {
    /// `entity-year-kind` ("brescia-2019-monitoraggio") where all three are known, else a slug of the file's name.
    pub document_id: String,
    /// The file's name without its folder.
    pub source_file: String,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    pub format: Format,
    /// Number of pages; 1 for HTML and text.
    pub pages: u32,
    #[serde(with = "super::entity::by_id")]
    pub entity: Option<&'static Entity>,
    /// The printed words that tell the entity.
    pub entity_evidence: Option<String>,
    pub kind: DocumentKind,
    pub year: Option<i16>,
    /// First and last year, where the document is for several.
    pub years: Option<(i16, i16)>,
    pub reference_date: Option<Date>,
    pub title: Option<String>,
    pub approval: Option<String>,
    /// What marks a later version, as printed ("aggiornato", "rev. 1").
    pub version: Option<String>,
    /// What could not be read.
    pub faults: Vec<Fault>,
    /// The pages that were read by optical recognition, and how sure their letters are on average.
    pub recognised: Vec<(u32, Confidence)>,
}

impl DocumentCard {
    /// How sure the letters of the recognised pages are on average; `None` where none was recognised.
    pub fn recognition(&self) -> Option<Confidence> {
        let all = u32::try_from(self.recognised.len()).ok().filter(|n| *n > 0)?;
        let sum: u32 = self.recognised.iter().map(|(_, sure)| u32::from(sure.as_hundredths())).sum();
        u8::try_from(sum / all).ok().map(Confidence::hundredths)
    }

    /// Whether a page was read by optical recognition.
    pub fn is_recognised(&self, page: u32) -> bool {
        self.recognised.iter().any(|(own, _)| *own == page)
    }
}

/// An objective of the performance tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Objective {
    /// `document_id/code`, with the section in between where the code alone is not unique.
    pub objective_id: String,
    pub code: Option<String>,
    pub title: String,
    pub level: Level,
    pub section: Option<String>,
    pub owner: Option<String>,
    /// The weight printed in the objective's own sheet, else the one in the table of weights.
    pub weight: Option<Measure>,
    /// The weight in a table of weights, where one gives it.
    pub table_weight: Option<Measure>,
    /// The redefined weight, where a table of weights prints one.
    pub revised_weight: Option<Measure>,
    /// The achievement printed for the whole objective, in percent points.
    pub achievement: Option<Measure>,
    /// Index in [`Plan::objectives`] of the objective above it.
    pub parent: Option<usize>,
    pub sheet: ObjectiveSheet,
    pub source: Source,
}

/// What an objective's sheet prints besides title, weight and indicators.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ObjectiveSheet {
    /// The code of the objective above it, as the sheet or a printed tree gives it.
    pub parent_code: Option<String>,
    pub mission: Option<String>,
    pub programme: Option<String>,
    /// The perspective of the balanced scorecard, or the strategic field.
    pub perspective: Option<String>,
    /// The coefficient of relevance, or the printed words where they give none.
    pub relevance: Option<String>,
    pub value_executives: Option<Amount>,
    pub value_staff: Option<Amount>,
    pub budget: Vec<BudgetLine>,
    /// The printed words that send the reader to another objective.
    pub refers_to: Option<String>,
}

/// A sum of money: the printed text and the figure in it, in euro.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    pub raw: String,
    pub value: Option<rust_decimal::Decimal>,
    pub source: Source,
}

/// A line of an objective's budget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BudgetLine {
    pub amount: Amount,
    pub account: Option<String>,
    pub cost_centre: Option<String>,
}

/// One printed occurrence of an indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// `objective_id/code`, or a slug of the name where it has no code.
    pub indicator_id: String,
    /// The earlier occurrence of the same indicator, if the document told it before; scores count it once.
    pub same_as: Option<String>,
    /// Index in [`Plan::objectives`].
    pub objective: Option<usize>,
    /// Index in [`Plan::groups`].
    pub group: Option<usize>,
    pub section: Option<String>,
    pub owner: Option<String>,
    pub code: Option<String>,
    pub name: String,
    pub name_confidence: Confidence,
    pub types: Vec<String>,
    pub algorithm: Option<String>,
    pub unit: Option<String>,
    pub data_source: Option<String>,
    pub frequency: Option<String>,
    pub weight: Option<Measure>,
    pub polarity: Polarity,
    /// What the polarity rests on: an operator, words of the indicator, or the default; in Italian.
    pub polarity_reason: String,
    pub baseline: Option<DatedMeasure>,
    /// In order of period, the original before the revised one.
    pub targets: Vec<DatedMeasure>,
    pub actuals: Vec<DatedMeasure>,
    pub variance: Option<Measure>,
    pub achievement: Option<Measure>,
    pub monitoring: Option<Monitoring>,
    pub note: Option<String>,
    pub strategic_link: Option<String>,
    pub source: Source,
    /// Fields that are texts and were corrected, by name.
    #[serde(deserialize_with = "fixed::with_words")]
    pub corrected: Vec<(&'static str, Correction)>,
}

/// A sentence on the state of affairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Monitoring {
    pub raw: String,
    /// "in linea con …" and the like.
    pub on_track: Option<bool>,
    /// Share of the work done, in percent points, as printed.
    pub progress: Option<rust_decimal::Decimal>,
    pub source: Source,
}

/// Indicators that share one printed result (see `extract::PrintedGroup`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Percent points.
    pub achievement: Option<Measure>,
    /// Points of the whole document's scale that the group can give.
    pub points_available: Option<Measure>,
    pub points: Option<Measure>,
    pub source: Source,
}

/// A published result of the entity, an area or a sector, in percent points; of an objective, where a table that sums up prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    pub kind: AggregateKind,
    pub name: String,
    pub within: Option<String>,
    /// What it weighs in the entity's result, where the same line prints it.
    pub weight: Option<Measure>,
    /// Index in [`Plan::objectives`] of the objective it is the result of.
    pub objective: Option<usize>,
    pub measure: Measure,
}

/// How large the chamber is, as its document says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    pub kind: ScaleKind,
    pub value: rust_decimal::Decimal,
    /// The day it was counted; `None` where the words around it tell none.
    pub day: Option<Date>,
    /// The words around it.
    pub raw: String,
    pub source: Source,
}

/// One document, understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub card: DocumentCard,
    /// In document order.
    pub objectives: Vec<Objective>,
    pub groups: Vec<Group>,
    /// In document order.
    pub indicators: Vec<Indicator>,
    pub published: Vec<Published>,
    /// One of each kind at most.
    pub scale: Vec<Scale>,
    pub left_over: LeftOver,
    /// The rows of the document as they stand, in reading order.
    pub passages: Vec<Passage>,
}

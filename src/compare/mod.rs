//! Many plans and scores → one table of measures over all documents.
//!
//! Counting and adding up is done by polars over the long tables of indicators and scores; means are sums of decimals
//! divided as decimals, so no figure passes through a float.

pub(crate) mod frame;
mod measures;
mod renditions;

use jiff::civil::Date;
use polars::error::PolarsError;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::normalise::Plan;
use crate::score::Scores;

/// What the documents say side by side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Every measure of every compared document: documents in the order given, measures in a fixed order.
    pub rows: Vec<ComparisonRow>,
    /// As the plans given: the index of the plan that is compared instead, where the file is another rendition of it.
    pub duplicate_of: Vec<Option<usize>>,
}

/// One measure of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonRow {
    pub document_id: String,
    pub source_file: String,
    /// The chamber's name.
    pub entity: Option<String>,
    pub year: Option<i16>,
    /// The kind of document, as in the dataset.
    pub kind: &'static str,
    /// The day the document reports on.
    pub period: Option<Date>,
    /// A stable name in snake case.
    pub measure: &'static str,
    /// What the measure says, in Italian.
    pub label: &'static str,
    /// "number" or "percent" (in points).
    pub unit: &'static str,
    /// `None` where the document doesn't give it.
    pub value: Option<Decimal>,
    /// What was divided, for shares and means.
    pub numerator: Option<Decimal>,
    /// By what it was divided, for shares and means.
    pub denominator: Option<u32>,
}

/// The tables could not be joined or counted; the message is in Italian.
#[derive(Debug, Error)]
#[error("il confronto tra i documenti non è riuscito: {0}")]
pub struct CompareError(#[from] PolarsError);

/// Compares documents. Of several renditions of one document (PDF, HTML, text) only one is compared: the one with most
/// indicators, then PDF before HTML before text, then by file name.
///
/// # Errors
/// Only where polars fails, which no input is known to bring about.
pub fn compare(plans: &[(&Plan, &Scores)]) -> Result<Comparison, CompareError> {
    let duplicate_of = renditions::duplicates(plans);
    let compared: Vec<(&Plan, &Scores)> =
        plans.iter().zip(&duplicate_of).filter(|(_, other)| other.is_none()).map(|(pair, _)| *pair).collect();
    Ok(Comparison { rows: measures::rows(&compared)?, duplicate_of })
}

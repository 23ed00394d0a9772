//! Many plans and scores → what they say side by side: measures of each document, themes, indicators of several chambers that
//! measure the same, years that follow each other.
//!
//! Counting and adding up is done by polars over the long tables of indicators and scores; means are sums of decimals
//! divided as decimals, so no figure passes through a float.

mod alike;
mod decisions;
pub(crate) mod frame;
mod matches;
mod measures;
mod neighbours;
mod phrase;
mod quality;
mod renditions;
mod sides;
mod themes;
mod weights;
mod years;

pub use alike::Thing;
pub use decisions::{Decision, DecisionError, Decisions};
pub use matches::{Common, Match, Scaled, Verdict};
pub use renditions::Relation;
pub use sides::{Shown, Side};
pub use themes::{Mission, Theme, ThemeOf, missions, themes};
pub use years::{Status, YearRow};

use jiff::civil::Date;
use polars::error::PolarsError;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::normalise::Plan;
use crate::score::Scores;

/// One document with what the earlier stages made of it.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    pub plan: &'a Plan,
    pub scores: &'a Scores,
    /// How many findings there are on it.
    pub findings: usize,
}

/// What the documents say side by side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Every measure of every compared document: documents in the order given, measures in a fixed order.
    pub rows: Vec<ComparisonRow>,
    /// As the plans given: the index of the plan that is compared instead, where the file is another rendition of it.
    pub duplicate_of: Vec<Option<usize>>,
    /// As the plans given: what the file is to that one.
    pub relations: Vec<Option<Relation>>,
    /// As the plans given, and in each as its indicators: what they are about.
    pub themes: Vec<Vec<ThemeOf>>,
    /// Indicators of different chambers that measure the same, or may; the surer first.
    pub matches: Vec<Match>,
    /// The indicators of each chamber's documents of two years.
    pub years: Vec<YearRow>,
    /// A person's decisions of which an indicator is in no compared document.
    pub idle: Vec<Decision>,
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
    /// The theme's id, for measures of a theme.
    pub theme: Option<&'static str>,
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

/// What each indicator of a plan is about, in order.
pub fn themes_of(plan: &Plan) -> Vec<ThemeOf> {
    themes::of_plan(plan)
}

/// Compares documents. Of several files of one document only one is compared: of its versions the latest (by the day it reports
/// on, the day of approval, the revision), of that one's renditions (PDF, HTML, text) the one with most indicators, then PDF
/// before HTML before text, then by file name.
///
/// # Errors
/// Only where polars fails, which no input is known to bring about.
pub fn compare(documents: &[Material<'_>], decisions: &Decisions) -> Result<Comparison, CompareError> {
    let duplicates = renditions::duplicates(documents);
    let duplicate_of: Vec<Option<usize>> = duplicates.iter().map(|other| other.map(|(index, _)| index)).collect();
    let themes: Vec<Vec<ThemeOf>> = documents.iter().map(|document| themes::of_plan(document.plan)).collect();
    let once: Vec<(Material<'_>, &[ThemeOf])> = documents
        .iter()
        .zip(&themes)
        .zip(&duplicate_of)
        .filter(|(_, other)| other.is_none())
        .map(|((document, themes), _)| (*document, themes.as_slice()))
        .collect();
    let themed: Vec<(&Plan, &[ThemeOf])> = once.iter().map(|(document, themes)| (document.plan, *themes)).collect();
    let has = |id: &str| themed.iter().any(|(plan, _)| plan.indicators.iter().any(|i| i.indicator_id == id));
    let idle = |decision: &&Decision| !(has(&decision.left) && has(&decision.right));
    Ok(Comparison {
        rows: measures::rows(&once)?,
        matches: matches::matches(&themed, decisions),
        years: years::years(&themed),
        idle: decisions.all().filter(idle).cloned().collect(),
        duplicate_of,
        relations: duplicates.into_iter().map(|other| other.map(|(_, relation)| relation)).collect(),
        themes,
    })
}

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
mod open;
mod outline;
mod phrase;
mod plans;
mod quality;
mod renditions;
mod sides;
mod themes;
mod weights;
mod years;

pub use alike::Thing;
pub use decisions::{Decision, DecisionError, Decisions};
pub use matches::{Common, Match, Scaled, Verdict, matches};
pub use measures::measures;
pub use outline::Outline;
pub use plans::{Opened, Plans, lean};
pub use renditions::{Relation, duplicates};
pub use sides::{Shown, Side};
pub use themes::{Mission, Theme, ThemeOf, missions, themes};
pub use years::{Status, Succession, YearRow, successions, years};

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
    /// As the plan's indicators: what they are about.
    pub themes: &'a [ThemeOf],
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

/// The documents could not be compared; the messages are in Italian.
#[derive(Debug, Error)]
pub enum CompareError {
    /// The tables could not be joined or counted.
    #[error("il confronto tra i documenti non è riuscito: {0}")]
    Table(#[from] PolarsError),
    /// A plan, or what was found, that can't be got from where it lies, or put there.
    #[error("{0}")]
    Kept(Box<dyn std::error::Error + Send + Sync>),
    /// There is no plan at this place.
    #[error("il confronto tra i documenti non è riuscito: il documento numero {} non c'è", .0 + 1)]
    NoPlan(usize),
}

/// What each indicator of a plan is about, in order.
pub fn themes_of(plan: &Plan) -> Vec<ThemeOf> {
    themes::of_plan(plan)
}

/// The places of the plans that stand for their documents, where [`duplicates`] says which stand for others.
pub fn compared(standing: &[Option<(usize, Relation)>]) -> Vec<usize> {
    standing.iter().enumerate().filter(|(_, other)| other.is_none()).map(|(place, _)| place).collect()
}

/// A person's decisions of which an indicator is in no compared document.
///
/// # Errors
/// A plan that can't be opened.
pub fn idle(plans: &dyn Plans, compared: &[usize], decisions: &Decisions) -> Result<Vec<Decision>, CompareError> {
    let named = matches::named(plans, compared, decisions)?;
    let idle = |decision: &&Decision| !(named.contains_key(&decision.left) && named.contains_key(&decision.right));
    Ok(decisions.all().filter(idle).cloned().collect())
}

/// Compares documents that lie in memory.
///
/// # Errors
/// Only where polars fails, which no input is known to bring about.
pub fn compare(documents: &[Material<'_>], decisions: &Decisions) -> Result<Comparison, CompareError> {
    let plans = plans::InMemory::new(documents);
    let standing = duplicates(&plans.outlines());
    let compared = compared(&standing);
    let once: Vec<Material<'_>> = compared.iter().filter_map(|place| documents.get(*place).copied()).collect();
    let mut found = Vec::new();
    matches(&plans, &compared, decisions, &mut |one| {
        found.push(one);
        Ok(())
    })?;
    found.sort_by(Match::order);
    let mut rows = Vec::new();
    for succession in successions(&plans.outlines(), &compared) {
        rows.extend(years(&plans, succession)?);
    }
    Ok(Comparison {
        rows: measures(&once)?,
        matches: found,
        years: rows,
        idle: idle(&plans, &compared, decisions)?,
        duplicate_of: standing.iter().map(|other| other.map(|(index, _)| index)).collect(),
        relations: standing.into_iter().map(|other| other.map(|(_, relation)| relation)).collect(),
    })
}

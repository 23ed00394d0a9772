//! What a plan says, as printed: the type that leaves the `extract` stage.
//!
//! Every text is the document's own with white space folded; nothing is typed, dated or corrected here.

use serde::{Deserialize, Serialize};

use super::confidence::Confidence;
use super::lexicon::Field;
use super::passages::Passage;
use crate::document::Source;

/// A printed text and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Printed {
    pub raw: String,
    pub source: Source,
    /// How far the text is to be trusted to be whole and in its place, by the way it was found.
    pub confidence: Confidence,
}

impl Printed {
    /// A text that nothing speaks against.
    pub fn new(raw: String, source: Source) -> Self {
        Printed { raw, source, confidence: Confidence::FULL }
    }
}

/// A printed value together with the words that say which period it refers to ("al 30/6", "Target 2019", "Anno:2021").
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedValue {
    pub raw: String,
    /// The header or label the value stands under, whole; empty where the document gives none.
    pub label: String,
    /// The value comes from a proposal or decision that changes an earlier one.
    pub revised: bool,
    pub source: Source,
    pub confidence: Confidence,
}

impl PrintedValue {
    /// The text without what dates it.
    pub fn printed(&self) -> Printed {
        Printed { raw: self.raw.clone(), source: self.source.clone(), confidence: self.confidence }
    }
}

/// The place of an objective in the performance tree, as the document itself names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Strategico,
    Annuale,
    Strumento,
    Operativo,
    Trasversale,
    Individuale,
    Dirigenziale,
    Ente,
    Altro,
}

impl Level {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Strategico => "strategico",
            Level::Annuale => "annuale",
            Level::Strumento => "strumento",
            Level::Operativo => "operativo",
            Level::Trasversale => "trasversale",
            Level::Individuale => "individuale",
            Level::Dirigenziale => "dirigenziale",
            Level::Ente => "ente",
            Level::Altro => "altro",
        }
    }

    /// The level of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        const ALL: [Level; 9] = [
            Level::Strategico,
            Level::Annuale,
            Level::Strumento,
            Level::Operativo,
            Level::Trasversale,
            Level::Individuale,
            Level::Dirigenziale,
            Level::Ente,
            Level::Altro,
        ];
        ALL.into_iter().find(|level| level.as_str() == name)
    }
}

/// An objective as printed at its heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedObjective {
    pub code: Option<String>,
    pub title: String,
    pub level: Level,
    /// The heading of the area, sector or office it stands under.
    pub section: Option<String>,
    /// The executive or office that answers for it.
    pub owner: Option<String>,
    /// Its weight as printed in its own sheet.
    pub weight: Option<Printed>,
    /// Its weights as printed in tables of weights: one value, or the first and the redefined one.
    pub table_weights: Vec<PrintedValue>,
    /// The achievement printed for the whole objective ("Performance raggiunta").
    pub achievement: Option<Printed>,
    pub sheet: ObjectiveSheet,
    pub source: Source,
}

/// What an objective's sheet prints besides.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ObjectiveSheet {
    /// The code of the objective above it, where the sheet or a printed tree gives one.
    pub parent: Option<String>,
    pub mission: Option<String>,
    pub programme: Option<String>,
    /// The perspective of the balanced scorecard, or the strategic field.
    pub perspective: Option<String>,
    /// The coefficient of relevance, or the printed words where they give none.
    pub relevance: Option<String>,
    /// What the objective is worth for the executives' fund.
    pub value_executives: Option<Printed>,
    /// What the objective is worth for the staff's fund.
    pub value_staff: Option<Printed>,
    pub budget: Vec<PrintedBudgetLine>,
    /// "Consultare obiettivo n. 3 di …": the objective is told elsewhere.
    pub refers_to: Option<String>,
}

/// A line of an objective's budget.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedBudgetLine {
    /// A figure, or the words in its place.
    pub amount: Printed,
    pub account: Option<String>,
    pub cost_centre: Option<String>,
}

/// An indicator as printed at one place.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct PrintedIndicator {
    /// Index in [`PrintedPlan::objectives`].
    pub objective: Option<usize>,
    /// Index in [`PrintedPlan::groups`].
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
    pub weight: Option<Printed>,
    pub baseline: Option<PrintedValue>,
    pub targets: Vec<PrintedValue>,
    pub actuals: Vec<PrintedValue>,
    pub variance: Option<Printed>,
    /// One for each year the sheet speaks of; the label tells the year.
    pub achievements: Vec<PrintedValue>,
    pub monitoring: Option<Printed>,
    pub note: Option<String>,
    pub strategic_link: Option<String>,
    pub source: Source,
}

impl PrintedIndicator {
    /// Whether it says more than a name and a weight. Below an objective a bare name is an indicator whose values the document
    /// leaves out; elsewhere it is a line of something else.
    pub(super) fn says_something(&self) -> bool {
        let figures = self.baseline.is_some() || self.variance.is_some();
        let dated = !self.targets.is_empty() || !self.actuals.is_empty() || !self.achievements.is_empty();
        let described = self.algorithm.is_some() || self.unit.is_some() || !self.types.is_empty();
        self.objective.is_some() || figures || dated || described
    }

    /// How much of it is told, in bytes of its texts.
    pub(super) fn size(&self) -> usize {
        let texts =
            [&self.code, &self.algorithm, &self.unit, &self.data_source, &self.frequency, &self.note, &self.owner];
        let values = self.baseline.iter().chain(&self.targets).chain(&self.actuals).chain(&self.achievements);
        let printed = self.weight.iter().chain(&self.variance).chain(&self.monitoring);
        let types = self.types.iter().map(String::len).sum::<usize>();
        1 + self.name.len()
            + types
            + texts.into_iter().flatten().map(String::len).sum::<usize>()
            + values.map(|value| value.raw.len()).sum::<usize>()
            + printed.map(|value| value.raw.len()).sum::<usize>()
    }
}

impl PrintedObjective {
    /// How much of it is told, in bytes of its texts.
    pub(super) fn size(&self) -> usize {
        let printed = self.weight.iter().chain(&self.achievement).map(|value| value.raw.len()).sum::<usize>();
        let weights = self.table_weights.iter().map(|value| value.raw.len()).sum::<usize>();
        1 + self.title.len() + self.owner.as_ref().map_or(0, String::len) + printed + weights
    }
}

/// Indicators that share one printed result: the rows under one merged cell "Realizzazione obiettivo (A)", which may
/// span the tables of several objectives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedGroup {
    /// A: the achievement of the group, from its indicators' achievements and weights.
    pub achievement: Option<Printed>,
    /// B: the points the group can give.
    pub points_available: Option<Printed>,
    /// A × B: the points it gave.
    pub points: Option<Printed>,
    pub source: Source,
}

/// A published result outside the sheets: performance of the entity, an area, a sector, an objective in a table that sums up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedAggregate {
    pub kind: AggregateKind,
    pub name: String,
    /// The heading over it, where it has one (the area a sector belongs to).
    pub within: Option<String>,
    /// The words that may tell its year: the column's header, the sentence before the figure.
    pub label: String,
    /// What it weighs in the whole, where the same line prints it.
    pub weight: Option<Printed>,
    pub value: Printed,
}

/// What a published result is the result of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AggregateKind {
    Entity,
    Area,
    Sector,
    Objective,
}

/// What a statement of a chamber's size counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScaleKind {
    /// Registered enterprises.
    Enterprises,
    /// The chamber's own employees.
    Employees,
}

/// A statement of the chamber's size.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedScale {
    pub kind: ScaleKind,
    /// The printed figure ("117.576").
    pub figure: String,
    /// The words around it, which tell its day.
    pub context: Printed,
}

/// Everything the `extract` stage takes from one document.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct PrintedPlan {
    /// The file's title and the texts of its first page, in order: what the document says of itself.
    pub lead: Vec<String>,
    /// The other texts that may name the chamber, the kind or the year of the document: headings and mentions.
    pub mentions: Vec<String>,
    pub objectives: Vec<PrintedObjective>,
    pub groups: Vec<PrintedGroup>,
    pub indicators: Vec<PrintedIndicator>,
    pub aggregates: Vec<PrintedAggregate>,
    /// Of each table that lists objectives with their weights, beside the sheets: the names and the weights.
    pub listed_weights: Vec<Vec<(String, Printed)>>,
    /// Every statement of the chamber's size, in document order.
    pub scale: Vec<PrintedScale>,
    /// Headers of indicator tables that the lexicon doesn't know, with their places.
    pub unknown_headers: Vec<Printed>,
    /// Headers of indicator tables that the lexicon doesn't have and that were read by the stems of their words or by what
    /// stands below them, with what they were taken for.
    pub guessed_headers: Vec<(Printed, Field)>,
    /// Texts with a figure beside a target or weight word from which nothing was taken, and which repeat nothing that was.
    pub not_understood: Vec<Printed>,
    /// All rows of the document, in reading order.
    pub passages: Vec<Passage>,
}

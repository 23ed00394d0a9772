//! An indicator while its parts are being collected, and the way from the cells of a row to its fields.

use super::confidence::Confidence;
use super::grid::{Column, Grid};
use super::labelled;
use super::lexicon::{Field, Lexicon, key};
use super::patterns;
use super::printed::{Printed, PrintedIndicator, PrintedValue};
use super::sentences::Statement;
use crate::document::{Cell, Source, fold};

/// An indicator that is not complete yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// What has been told of it; its `source` is the draft's.
    pub told: PrintedIndicator,
    /// The heading of its form, the name where the form gives no other.
    pub title: String,
    /// The key of the label that gave its name, where it is told in a form.
    pub named_by: String,
    /// The row of its types has been seen.
    pub typed: bool,
    pub source: Option<Source>,
    /// It is told in running text: the paragraphs below its name speak of it.
    pub prose: bool,
    /// The paragraphs that speak of it, not understood yet.
    pub account: Vec<Statement>,
    /// Something besides the name has shown that this is an indicator.
    pub confirmed: bool,
    /// How far what is set next is to be trusted.
    pub trust: Confidence,
}

impl Draft {
    /// The first trace of an indicator.
    pub fn at(source: Source, trust: Confidence) -> Self {
        Draft { source: Some(source), trust, ..Draft::default() }
    }

    pub fn named(code: Option<String>, name: String, source: Source, trust: Confidence) -> Self {
        let told = PrintedIndicator { code, name, name_confidence: trust, ..PrintedIndicator::default() };
        Draft { told, ..Draft::at(source, trust) }
    }

    /// Whether it has a figure an indicator can't be without.
    pub fn has_values(&self) -> bool {
        let told = &self.told;
        told.weight.is_some() || told.baseline.is_some() || !told.targets.is_empty() || !told.actuals.is_empty()
    }

    /// Sets the field that a header or label names; a field that is already set stays.
    pub fn set(&mut self, field: Field, label: &str, text: &str, source: &Source) {
        let raw = fold(text);
        if raw.is_empty() {
            return;
        }
        let confidence = self.trust;
        let told = &mut self.told;
        let printed = || Printed { raw: raw.clone(), source: source.clone(), confidence };
        let dated = |label: String, raw: String, revised: bool| PrintedValue {
            raw,
            label,
            revised,
            source: source.clone(),
            confidence,
        };
        let value = |revised: bool| dated(fold(label), raw.clone(), revised);
        let keep = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| raw.clone());
        };
        match field {
            Field::Code => {
                told.code.get_or_insert_with(|| patterns::bare_code(&raw));
            }
            Field::Indicator if told.name.is_empty() => {
                let (code, name) = patterns::numbered_name(&raw);
                let (name, types) = patterns::trailing_type(&name);
                if told.code.is_none() {
                    told.code = code;
                }
                told.name = name;
                told.name_confidence = confidence;
                told.types.extend(types);
            }
            Field::Weight => {
                told.weight.get_or_insert_with(printed);
            }
            Field::Baseline => {
                told.baseline.get_or_insert_with(|| value(false));
            }
            Field::Target => match patterns::yearly_targets(&raw) {
                Some(yearly) => {
                    if let Some(base) = yearly.baseline {
                        told.baseline.get_or_insert_with(|| dated(String::new(), base, false));
                    }
                    told.targets.extend(yearly.targets.into_iter().map(|(label, raw)| dated(label, raw, false)));
                }
                None => push_new(&mut told.targets, value(false)),
            },
            Field::RevisedTarget => push_new(&mut told.targets, value(true)),
            Field::Actual => push_new(&mut told.actuals, value(false)),
            Field::Variance => {
                told.variance.get_or_insert_with(printed);
            }
            Field::Achievement => push_new(&mut told.achievements, value(false)),
            // A second column of indicators says how the first is counted; of several formulas the one called so is it.
            Field::Indicator => keep(&mut told.algorithm),
            Field::Algorithm => {
                let called_so = ["algoritmo", "metodo", "formula"].iter().any(|w| key(label).contains(w));
                if told.algorithm.is_none() || called_so {
                    told.algorithm = Some(raw.clone());
                }
            }
            Field::Unit => keep(&mut told.unit),
            Field::DataSource => keep(&mut told.data_source),
            Field::Frequency => keep(&mut told.frequency),
            Field::Owner | Field::Responsible => keep(&mut told.owner),
            Field::Type if told.types.is_empty() => {
                told.types = patterns::ticked(&raw).unwrap_or_else(|| patterns::split_types(&raw));
            }
            Field::Note => keep(&mut told.note),
            Field::StrategicLink => keep(&mut told.strategic_link),
            _ => {}
        }
        self.source = Some(self.source.as_ref().map_or_else(|| source.clone(), |s| s.union(source)));
    }

    /// How much has been told of it, in bytes of its texts.
    pub fn size(&self) -> usize {
        let account = self.account.iter().map(|s| s.text.len()).sum::<usize>();
        self.clone().into_indicator().size() + account
    }

    /// The printed indicator, without what stands around it.
    pub fn into_indicator(self) -> PrintedIndicator {
        PrintedIndicator { source: self.source.unwrap_or_default(), ..self.told }
    }
}

/// Adds a value unless one with the same label, text and standing is there: a table that is printed twice tells nothing new.
pub(super) fn push_new(values: &mut Vec<PrintedValue>, value: PrintedValue) {
    if !values.iter().any(|v| v.label == value.label && v.revised == value.revised && v.raw == value.raw) {
        values.push(value);
    }
}

/// The words of a header that have figures in them: its dates.
fn only_dates(label: &str) -> String {
    label.split(' ').filter(|word| word.contains(|c: char| c.is_ascii_digit())).collect::<Vec<_>>().join(" ")
}

/// Whether a label of a part of the house names a part of the strategy instead.
fn is_strategic(label: &str) -> bool {
    let words = key(label);
    ["strategic", "ambit", "prospettiv"].iter().any(|stem| words.split(' ').any(|word| word.starts_with(stem)))
}

/// Whether a label of a part of the house names the office that answers ("Centro di responsabilità"), not the one that several
/// sheets stand under.
pub(super) fn is_office(label: &str) -> bool {
    let words = key(label);
    words.starts_with("centro di responsabil") || words == "cdr"
}

/// A cell that goes on in the next row of its table.
const JOINED: Confidence = Confidence::hundredths(90);

/// A cell that goes on on the next page.
const BROKEN: Confidence = Confidence::hundredths(80);

/// A row of an indicator table: the text of each column, still open for what the next rows add.
#[derive(Debug, Clone)]
pub(super) struct RowDraft {
    /// Parallel to the grid's columns.
    values: Vec<Option<Printed>>,
    trust: Confidence,
}

impl RowDraft {
    /// Puts each cell of a row under its column.
    pub fn new(grid: &Grid, cells: &[Cell], trust: Confidence) -> Self {
        let mut draft = RowDraft { values: vec![None; grid.columns.len()], trust };
        draft.add(grid, cells);
        draft
    }

    /// Adds the cells of a row that goes on with this one.
    pub fn add(&mut self, grid: &Grid, cells: &[Cell]) {
        for cell in cells {
            let Some(slot) = grid.column_of(cell).and_then(|i| self.values.get_mut(i)) else { continue };
            let raw = fold(&cell.text);
            let source = cell.source.clone();
            *slot = Some(match slot.take() {
                Some(before) => Printed {
                    raw: format!("{} {raw}", before.raw),
                    confidence: before.confidence.and(if before.source.page == source.page { JOINED } else { BROKEN }),
                    source: before.source.union(&source),
                },
                None => Printed { raw, source, confidence: self.trust },
            });
        }
    }

    /// How much it holds, in bytes of its texts.
    pub fn size(&self) -> usize {
        1 + self.values.iter().flatten().map(|value| value.raw.len()).sum::<usize>()
    }

    /// The text under a column.
    pub fn at(&self, column: usize) -> Option<Printed> {
        self.values.get(column)?.clone()
    }

    /// The text under the first column of a field, if there is any.
    pub fn get(&self, grid: &Grid, field: Field) -> Option<Printed> {
        grid.columns.iter().zip(&self.values).filter(|(c, _)| c.field == field).find_map(|(_, value)| value.clone())
    }

    /// Sets every field of a draft from the columns, in their order.
    pub fn fill(&self, grid: &Grid, lexicon: &Lexicon, draft: &mut Draft) {
        let dated = |label: &str| label.chars().any(|c| c.is_ascii_digit());
        let targets_are_dated = grid.columns.iter().any(|c| c.field == Field::Target && dated(&c.label));
        let home = grid.columns.iter().position(|c| c.field == Field::Indicator);
        let has = |field: Field| grid.has(field);
        let answers = |c: &Column| matches!(c.field, Field::Owner | Field::Responsible);
        let answered = home.is_some_and(|home| grid.columns.iter().skip(home).any(answers));
        let weights = grid.columns.iter().filter(|c| c.field == Field::Weight).count();
        let mut year = "";
        for (i, (column, value)) in grid.columns.iter().zip(&self.values).enumerate() {
            if dated(&column.label) {
                year = &column.label;
            }
            let Some(Printed { raw: text, source, confidence }) = value else { continue };
            draft.trust = confidence.and(column.trust);
            let left_of_home = home.is_some_and(|home| i < home);
            let figures = labelled::figures(text, lexicon);
            for part in &figures {
                draft.set(part.field, &format!("{} {}", part.label, only_dates(&column.label)), &part.value, source);
            }
            if !figures.is_empty() {
                continue;
            }
            match column.field {
                // Beside targets with their years, "Risultato atteso" is a description.
                Field::Target
                    if targets_are_dated && !dated(&column.label) && key(&column.label).starts_with("risultat") => {}
                // The left one of two weights, and the code left of an objective, are the objective's.
                Field::Weight if weights > 1 && left_of_home => {}
                Field::Code if left_of_home && has(Field::Objective) && self.code_is_the_objectives(grid, i) => {}
                // A column without a year speaks of the year of the one before it.
                Field::Achievement if !dated(&column.label) => {
                    draft.set(column.field, &format!("{} {year}", column.label), text, source);
                }
                // A traffic light.
                Field::Known if lexicon.phrases.traffic_lights.contains(&key(text)) => {
                    let printed = Printed { raw: text.clone(), source: source.clone(), confidence: *confidence };
                    draft.told.monitoring.get_or_insert(printed);
                }
                Field::Section if is_strategic(&column.label) => {
                    draft.told.section.get_or_insert_with(|| fold(text));
                }
                // The part of the house answers where no column says who does.
                Field::Section | Field::Responsible if left_of_home && answered => {}
                Field::Section if has(Field::Owner) || has(Field::Responsible) => {}
                Field::Section | Field::Responsible => draft.set(Field::Owner, &column.label, text, source),
                field => draft.set(field, &column.label, text, source),
            }
        }
    }

    /// Whether the next column that names something after this code names an objective.
    fn code_is_the_objectives(&self, grid: &Grid, code: usize) -> bool {
        let names = |f: &Field| matches!(f, Field::Objective | Field::Indicator);
        grid.columns.iter().skip(code + 1).map(|c| c.field).find(names) == Some(Field::Objective)
    }

    /// Whether the row has a figure an indicator can't be without.
    pub fn has_values(&self, grid: &Grid) -> bool {
        use Field::*;
        [Weight, Target, RevisedTarget, Actual, Baseline].iter().any(|&f| self.get(grid, f).is_some())
    }
}

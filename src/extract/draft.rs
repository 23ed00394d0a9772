//! An indicator while its parts are being collected, and the way from the cells of a row to its fields.

use super::grid::Grid;
use super::lexicon::Field;
use super::patterns;
use super::printed::{Printed, PrintedIndicator, PrintedValue};
use crate::document::{Cell, Source, fold};

/// An indicator that is not complete yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub code: Option<String>,
    pub name: String,
    /// The heading of its form, the name where the form gives no other.
    pub title: String,
    pub types: Vec<String>,
    /// The row of its types has been seen.
    pub typed: bool,
    pub algorithm: Option<String>,
    pub unit: Option<String>,
    pub data_source: Option<String>,
    pub frequency: Option<String>,
    pub owner: Option<String>,
    pub weight: Option<Printed>,
    pub baseline: Option<PrintedValue>,
    pub targets: Vec<PrintedValue>,
    pub actuals: Vec<PrintedValue>,
    pub variance: Option<Printed>,
    pub achievement: Option<Printed>,
    pub note: Option<String>,
    pub strategic_link: Option<String>,
    pub source: Option<Source>,
    /// Something besides the name has shown that this is an indicator.
    pub confirmed: bool,
}

impl Draft {
    pub fn named(code: Option<String>, name: String, source: Source) -> Self {
        Draft { code, name, source: Some(source), ..Draft::default() }
    }

    /// Whether it has a figure an indicator can't be without.
    pub fn has_values(&self) -> bool {
        self.weight.is_some() || self.baseline.is_some() || !self.targets.is_empty() || !self.actuals.is_empty()
    }

    /// Sets the field that a header or label names; a field that is already set stays.
    pub fn set(&mut self, field: Field, label: &str, text: &str, source: &Source) {
        let raw = fold(text);
        if raw.is_empty() {
            return;
        }
        let printed = || Printed { raw: raw.clone(), source: source.clone() };
        let value = |revised: bool| PrintedValue {
            raw: raw.clone(),
            label: fold(label),
            revised,
            source: source.clone(),
        };
        let keep = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| raw.clone());
        };
        match field {
            Field::Code => keep(&mut self.code),
            Field::Indicator if self.name.is_empty() => {
                let (code, name) = patterns::numbered_name(&raw);
                let (name, types) = patterns::trailing_type(&name);
                if self.code.is_none() {
                    self.code = code;
                }
                self.name = name;
                self.types.extend(types);
            }
            Field::Weight => {
                self.weight.get_or_insert_with(printed);
            }
            Field::Baseline => {
                self.baseline.get_or_insert_with(|| value(false));
            }
            Field::Target => match patterns::yearly_targets(&raw) {
                Some(yearly) => {
                    let dated = |label: String, raw: String| PrintedValue { raw, label, revised: false, source: source.clone() };
                    if let Some(base) = yearly.baseline {
                        self.baseline.get_or_insert_with(|| dated(String::new(), base));
                    }
                    self.targets.extend(yearly.targets.into_iter().map(|(label, raw)| dated(label, raw)));
                }
                None => push_new(&mut self.targets, value(false)),
            },
            Field::RevisedTarget => push_new(&mut self.targets, value(true)),
            Field::Actual => push_new(&mut self.actuals, value(false)),
            Field::Variance => {
                self.variance.get_or_insert_with(printed);
            }
            Field::Achievement => {
                self.achievement.get_or_insert_with(printed);
            }
            Field::Algorithm => keep(&mut self.algorithm),
            Field::Unit => keep(&mut self.unit),
            Field::DataSource => keep(&mut self.data_source),
            Field::Frequency => keep(&mut self.frequency),
            Field::Owner => keep(&mut self.owner),
            Field::Type => {
                if self.types.is_empty() {
                    self.types = patterns::ticked(&raw).unwrap_or_else(|| patterns::split_types(&raw));
                }
            }
            Field::Note => keep(&mut self.note),
            Field::StrategicLink => keep(&mut self.strategic_link),
            _ => {}
        }
        self.source = Some(self.source.as_ref().map_or_else(|| source.clone(), |s| s.union(source)));
    }

    /// The printed indicator, without what stands around it.
    pub fn into_indicator(self) -> PrintedIndicator {
        PrintedIndicator {
            objective: None,
            group: None,
            section: None,
            owner: self.owner,
            code: self.code,
            name: self.name,
            types: self.types,
            algorithm: self.algorithm,
            unit: self.unit,
            data_source: self.data_source,
            frequency: self.frequency,
            weight: self.weight,
            baseline: self.baseline,
            targets: self.targets,
            actuals: self.actuals,
            variance: self.variance,
            achievement: self.achievement,
            monitoring: None,
            note: self.note,
            strategic_link: self.strategic_link,
            source: self.source.unwrap_or_default(),
        }
    }
}

/// Adds a value unless one with the same label, text and standing is there: a table that is printed twice tells nothing new.
pub(super) fn push_new(values: &mut Vec<PrintedValue>, value: PrintedValue) {
    if !values.iter().any(|v| v.label == value.label && v.revised == value.revised && v.raw == value.raw) {
        values.push(value);
    }
}

/// A row of an indicator table: the text of each column, still open for what the next rows add.
#[derive(Debug, Clone)]
pub(super) struct RowDraft {
    /// Parallel to the grid's columns.
    values: Vec<Option<(String, Source)>>,
}

impl RowDraft {
    /// Puts each cell of a row under its column.
    pub fn new(grid: &Grid, cells: &[Cell]) -> Self {
        let mut draft = RowDraft { values: vec![None; grid.columns.len()] };
        draft.add(grid, cells);
        draft
    }

    /// Adds the cells of a row that goes on with this one.
    pub fn add(&mut self, grid: &Grid, cells: &[Cell]) {
        for cell in cells {
            let Some(slot) = grid.column_of(cell).and_then(|i| self.values.get_mut(i)) else { continue };
            let text = fold(&cell.text);
            *slot = Some(match slot.take() {
                Some((before, source)) => (format!("{before} {text}"), source.union(&cell.source)),
                None => (text, cell.source.clone()),
            });
        }
    }

    /// The text under the first column of a field, if there is any.
    pub fn get(&self, grid: &Grid, field: Field) -> Option<Printed> {
        grid.columns.iter().zip(&self.values).filter(|(c, _)| c.field == field).find_map(|(_, value)| {
            value.as_ref().map(|(raw, source)| Printed { raw: raw.clone(), source: source.clone() })
        })
    }

    /// Sets every field of a draft from the columns, in their order.
    pub fn fill(&self, grid: &Grid, draft: &mut Draft) {
        for (column, value) in grid.columns.iter().zip(&self.values) {
            if let Some((text, source)) = value {
                draft.set(column.field, &column.label, text, source);
            }
        }
    }

    /// Whether the row has a figure an indicator can't be without.
    pub fn has_values(&self, grid: &Grid) -> bool {
        use Field::*;
        [Weight, Target, RevisedTarget, Actual, Baseline].iter().any(|&f| self.get(grid, f).is_some())
    }
}

//! Tables of objectives' weights by executive.

use crate::document::{Source, fold};
use crate::extract::draft::RowDraft;
use crate::extract::grid::Grid;
use crate::extract::lexicon::{Field, Lexicon};
use crate::extract::patterns::{self, Heading};
use crate::extract::printed::PrintedValue;
use crate::extract::rows::Cells;

/// What a table of weights prints of one objective.
#[derive(Debug)]
pub(super) struct TableWeight {
    pub heading: Heading,
    pub owner: Option<String>,
    pub weights: Vec<PrintedValue>,
    pub source: Source,
}

/// The tables of objective weights by executive.
#[derive(Debug, Default)]
pub(in crate::extract) struct TableWeights {
    pub(super) rows: Vec<TableWeight>,
    owner: Option<String>,
    /// Weights in a row of their own, above the line with the objective they belong to.
    ahead: Vec<PrintedValue>,
}

impl TableWeights {
    /// How many rows it has.
    pub fn size(&self) -> usize {
        self.rows.len()
    }

    /// Reads a row: the executive (once for all its objectives), the objective with its code, its weights.
    pub fn row(&mut self, grid: &Grid, row: &Cells, lexicon: &Lexicon) {
        let values = RowDraft::new(grid, &row.cells, row.trust);
        let first = grid.columns.iter().map(|c| c.start).min().unwrap_or(0);
        let unheaded = row.cells.iter().find(|c| c.col < first && grid.column_of(c).is_none());
        if let Some(cell) = unheaded {
            self.name_owner(fold(&cell.text));
        }
        let value = |field: Field, revised: bool| {
            let column = grid.columns.iter().find(|c| c.field == field)?;
            let printed = values.get(grid, field)?;
            Some(PrintedValue {
                raw: printed.raw,
                label: column.label.clone(),
                revised,
                source: printed.source,
                confidence: printed.confidence,
            })
        };
        let first = value(Field::ObjectiveWeight, false).or_else(|| value(Field::Weight, false));
        let mut weights: Vec<_> = first.into_iter().chain(value(Field::RevisedObjectiveWeight, true)).collect();
        let ahead = std::mem::take(&mut self.ahead);
        let Some(objective) = values.get(grid, Field::Objective) else {
            self.ahead = weights;
            return;
        };
        if Lexicon::starts_with(&objective.raw, &lexicon.phrases.totals) {
            return;
        }
        let Some(heading) = patterns::listed_objective(&objective.raw, lexicon) else { return };
        if weights.is_empty() {
            weights = ahead;
        }
        self.rows.push(TableWeight { heading, owner: self.owner.clone(), weights, source: row.source() });
    }

    /// The executive whose objectives follow; a name that a narrow column broke goes on in the next row.
    fn name_owner(&mut self, name: String) {
        let Some(before) = self.owner.take().filter(|before| patterns::is_unfinished(before)) else {
            self.owner = Some(name);
            return;
        };
        let whole = format!("{before} {name}");
        for row in self.rows.iter_mut().rev().take_while(|row| row.owner.as_ref() == Some(&before)) {
            row.owner = Some(whole.clone());
        }
        self.owner = Some(whole);
    }
}

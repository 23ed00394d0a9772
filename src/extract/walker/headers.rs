//! Header rows: which headers come into force, and what is told of those that the lexicon doesn't have.

use super::{MOVED, Walker};
use crate::document::{Cell, fold};
use crate::extract::draft::Draft;
use crate::extract::grid::Grid;
use crate::extract::heads;
use crate::extract::lexicon::{Field, key, without_dates};
use crate::extract::patterns;
use crate::extract::printed::Printed;
use crate::extract::rows::Cells;

impl Walker<'_> {
    /// A row whose cells hold a header printed again and the values below it, as where a page break took the line between
    /// them: the headers come into force, and the values are given back.
    pub(super) fn glued_header(&mut self, row: &Cells) -> Option<Cells> {
        let before = self.grid.iter().chain(self.earlier.iter().rev()).find(|g| g.has(Field::Indicator))?;
        let mut below = Cells { first: false, trust: row.trust.and(MOVED), cells: Vec::new(), ..row.clone() };
        let mut headed = 0;
        for cell in &row.cells {
            let column = before.columns.iter().find(|c| c.start == cell.col)?;
            let text = fold(&cell.text);
            let rest = text.strip_prefix(column.label.as_str())?.trim();
            headed += 1;
            if !rest.is_empty() {
                below.cells.push(Cell { text: rest.to_owned(), ..cell.clone() });
            }
        }
        if headed < 3 || below.cells.len() * 2 < headed {
            return None;
        }
        let grid = before.clone();
        self.close_row();
        self.header_open = false;
        self.grid = Some(grid);
        Some(below)
    }

    /// A header row in words that the lexicon doesn't have.
    pub(super) fn header_by_sense(&mut self, row: &Cells) -> bool {
        let Some((grid, rows)) = heads::read(row, self.ahead, self.lexicon) else { return false };
        self.header_of(grid, rows, row);
        true
    }

    /// New column headers that take `rows` rows from this one on.
    pub(super) fn header_of(&mut self, grid: Grid, rows: usize, row: &Cells) {
        self.header_open = false;
        let last = row.cells.first().map_or(0, |c| c.row) + u32::try_from(rows).unwrap_or(1);
        if rows > 1 {
            self.headed_until = last;
        }
        self.header(grid, row);
        // All their levels are read.
        self.header_open = rows == 1;
    }

    /// Keeps the headers that were read by something else than the lexicon's own labels.
    pub(super) fn guessed_headers(&mut self, grid: &Grid, row: &Cells) {
        for column in &grid.columns {
            // The levels above a known header say where it belongs.
            let starts = column.label.match_indices(' ').map(|(at, _)| at + 1);
            let known =
                [0].into_iter().chain(starts).any(|at| self.lexicon.field(&column.label[at..]) == Some(column.field));
            if known || column.field == Field::Known {
                continue;
            }
            let source =
                row.cells.iter().find(|c| c.col == column.start).map_or_else(|| row.source(), |c| c.source.clone());
            self.plan
                .guessed_headers
                .push((Printed { raw: column.label.clone(), source, confidence: column.trust }, column.field));
        }
    }

    /// New column headers.
    pub(super) fn header(&mut self, mut grid: Grid, row: &Cells) {
        self.close_row();
        if self.header_open
            && let Some(upper) = &mut self.grid
        {
            // A second row of known headers below the first one narrows it.
            upper.add_level(row, self.lexicon);
            return;
        }
        grid.settle(row.table, self.ahead, self.lexicon);
        self.guessed_headers(&grid, row);
        for cell in std::mem::take(&mut grid.unknown) {
            let text = fold(&cell.text);
            if let Some(heading) = patterns::objective_heading(&cell.text, self.lexicon)
                .or_else(|| patterns::numbered_objective_within(&cell.text, self.lexicon))
            {
                self.objective(heading, &cell.source);
            } else if row.cells.first().is_some_and(|c| *c == cell) && self.announced.is_none() {
                self.headings.table_head = Some(text.clone());
            }
            let of_indicators = grid.has(Field::Indicator) || grid.has(Field::Target) || grid.has(Field::Baseline);
            if of_indicators && !key(&without_dates(&text)).is_empty() {
                let known_as_objective = patterns::objective_heading(&cell.text, self.lexicon).is_some();
                if !known_as_objective {
                    self.plan.unknown_headers.push(Printed::new(text, cell.source.clone()));
                }
            }
            grid.unknown.push(cell);
        }
        match &self.grid {
            Some(before) => grid.inherit(before),
            None => {
                if let Some(before) = self.earlier.iter().rev().find(|before| grid.repeats(before)) {
                    grid.inherit(before);
                }
            }
        }
        let boxed = !grid.has(Field::Indicator)
            && (grid.has(Field::Target) || grid.has(Field::Baseline))
            && grid.has(Field::Weight);
        let boxed = boxed || (!grid.has(Field::Indicator) && grid.has(Field::Baseline) && grid.has(Field::Target));
        if boxed {
            // A box whose head is lost is an indicator all the same.
            let source = row.source();
            let trust = self.trust;
            let draft = self.open.get_or_insert_with(|| Draft::at(source, trust));
            draft.confirmed = true;
        } else {
            self.close_draft();
        }
        if grid.has(Field::Indicator) && !grid.has(Field::Objective) {
            self.coded_heading_stands();
        }
        self.grid = Some(grid);
        self.header_open = true;
    }
}

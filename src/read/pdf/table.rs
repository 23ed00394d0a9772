//! A table on one page, with the lines of text in its cells.

use super::geometry::Bounds;
use super::lattice::Grid;
use super::tagged::Match;
use super::words::{Line, Word, lines};
use crate::document::Method;

/// A cell with its lines of text.
#[derive(Debug, Clone)]
pub(super) struct RawCell {
    pub row: usize,
    pub col: usize,
    pub rowspan: usize,
    pub colspan: usize,
    pub bounds: Bounds,
    /// The page (from 0) it starts on, where that is not the table's first.
    pub page: Option<usize>,
    pub lines: Vec<Line>,
    /// Where its last part ends, once it has been joined over a page end.
    pub floor: Option<f32>,
    /// Tables that stand in the cell.
    pub children: Vec<RawTable>,
}

/// A table's part on one page.
#[derive(Debug, Clone)]
pub(super) struct RawTable {
    pub bounds: Bounds,
    pub xs: Vec<f32>,
    pub rows: usize,
    pub cols: usize,
    /// Sorted by row and column.
    pub cells: Vec<RawCell>,
    pub method: Method,
    /// Cut by the page end at its top, at its bottom, as far as the missing rule shows it.
    pub open: (bool, bool),
    /// Where its last part stands, once it has been joined over a page end.
    pub end: Option<Bounds>,
    pub last_page: Option<usize>,
    /// How its cells match those that the file tags.
    pub tagged: Match,
}

impl RawTable {
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|c| c.lines.is_empty())
    }
}

/// A word's middle, by the body of its letters.
pub(super) fn middle(word: &Word) -> (f32, f32) {
    word.bounds.center()
}

/// Which grid place a point lies in.
fn slot(lines: &[f32], at: f32) -> Option<usize> {
    let i = lines.partition_point(|&l| l <= at);
    (i > 0 && i < lines.len()).then(|| i - 1)
}

/// Fills a grid with the words inside it. Cells without text at a side that is not drawn are left out.
pub(super) fn fill(grid: &Grid, words: &[&Word], method: Method) -> RawTable {
    let (cols, rows) = (grid.xs.len() - 1, grid.ys.len() - 1);
    let mut owner = vec![usize::MAX; cols * rows];
    for (i, p) in grid.places.iter().enumerate() {
        for r in p.row..p.row + p.rowspan {
            owner[r * cols + p.col..r * cols + p.col + p.colspan].fill(i);
        }
    }
    let mut inside: Vec<Vec<&Word>> = vec![Vec::new(); grid.places.len()];
    for word in words {
        let (x, y) = middle(word);
        if let (Some(c), Some(r)) = (slot(&grid.xs, x), slot(&grid.ys, y))
            && let Some(list) = inside.get_mut(owner[r * cols + c])
        {
            list.push(word);
        }
    }
    let tagged = Match::of(&inside);
    let cells = grid
        .places
        .iter()
        .zip(inside)
        .filter(|(p, words)| p.closed || !words.is_empty())
        .map(|(p, words)| RawCell {
            row: p.row,
            col: p.col,
            rowspan: p.rowspan,
            colspan: p.colspan,
            bounds: p.bounds,
            page: None,
            lines: lines(&words),
            floor: None,
            children: Vec::new(),
        })
        .collect();
    RawTable {
        bounds: grid.bounds,
        xs: grid.xs.clone(),
        rows,
        cols,
        cells,
        method,
        open: grid.open,
        end: None,
        last_page: None,
        tagged,
    }
}

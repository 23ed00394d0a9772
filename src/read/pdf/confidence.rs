//! How far a table's rows, columns and spans can be trusted.
//!
//! The measure is the share of the table's neighbour relations (which cell stands right of which, and under which, by their
//! texts: the ICDAR-2013 table competition's measure) that the true tables of the document have too. The weights are a logistic
//! regression of that share on the signals below, over the tables read from the 27 `eu` documents of ICDAR-2013 (each
//! weighted eight times) and from the PDF fixtures of five plans, whose truth is their cleaned HTML: 2,039 tables with 58,000
//! relations.

use super::table::{RawCell, RawTable};
use crate::document::Method;

/// Log odds of a relation in a table with all its rules drawn and nothing odd about it.
const RULED: f32 = 5.3;
/// The same where columns or rows are told from alignment, white space or shading.
const UNRULED: f32 = 3.0;

/// The most where the file's own tags make other cells.
const DOUBTED: f32 = 1.8;

/// What speaks against a table, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Signals {
    /// Share of grid places without text.
    empty: f32,
    /// Share of grid places that no cell covers.
    uncovered: f32,
    /// Share of rows, and of columns, that at most one cell with text reaches.
    lone_rows: f32,
    lone_cols: f32,
    /// Share of cells under the first row that begin in the middle of a sentence: rows cut at line ends.
    cut_cells: f32,
    /// Share of cells of several lines.
    long_cells: f32,
    /// Share of lines that stick out of their cell.
    overhang: f32,
    /// 1 where it goes on over a page end.
    joined: f32,
    /// 1 where it was found cut by a page end.
    open: f32,
    /// 1 for one row of a few long texts: boxes beside each other.
    boxes: f32,
}

/// The share of neighbour relations to expect right, 0 to 1.
pub(super) fn of(t: &RawTable) -> f32 {
    let s = Signals::of(t);
    let odds = if t.method == Method::Lattice {
        RULED - 1.3 * s.uncovered - 0.7 * s.joined - 0.6 * s.overhang - 1.8 * s.boxes
    } else {
        UNRULED
            - 2.6 * s.empty
            - 1.3 * s.uncovered
            - 1.8 * s.lone_rows
            - 1.0 * s.lone_cols
            - 0.8 * s.cut_cells
            - 1.0 * s.long_cells.min(0.5)
            - 0.6 * s.overhang
            - 0.2 * s.joined
            - 1.3 * s.open
            - 1.8 * s.boxes
    };
    // Tags that say the same speak for columns told from white space; where they say otherwise one of the two is wrong.
    let odds = match t.tagged.off() {
        Some(off) if off > 0.0 => odds.min(DOUBTED) - 4.0 * off,
        Some(_) if t.method != Method::Lattice => odds + 0.9,
        _ => odds,
    };
    1.0 / (1.0 + (-odds).exp())
}

impl Signals {
    fn of(t: &RawTable) -> Signals {
        let filled: Vec<&RawCell> = t.cells.iter().filter(|c| !c.lines.is_empty()).collect();
        let (mut in_row, mut in_col) = (vec![0_usize; t.rows], vec![0_usize; t.cols]);
        for cell in &filled {
            for n in in_row.iter_mut().skip(cell.row).take(cell.rowspan) {
                *n += 1;
            }
            // A cell over several columns says nothing about any of them.
            if let (1, Some(n)) = (cell.colspan, in_col.get_mut(cell.col)) {
                *n += 1;
            }
        }
        let lone = |counts: &[usize]| share(counts.iter().filter(|n| **n <= 1).count(), counts.len());
        let places =
            |cells: &mut dyn Iterator<Item = &RawCell>| -> usize { cells.map(|c| c.rowspan * c.colspan).sum() };
        let all = t.rows * t.cols;
        let under_first = || filled.iter().filter(|c| c.row > 0);
        let lines: usize = filled.iter().map(|c| c.lines.len()).sum();
        let outside = filled.iter().map(|c| overhanging(c)).sum();
        let letters: usize = filled.iter().flat_map(|c| &c.lines).map(|l| l.text.chars().count()).sum();
        Signals {
            empty: 1.0 - share(places(&mut filled.iter().copied()), all),
            uncovered: 1.0 - share(places(&mut t.cells.iter()), all),
            lone_rows: lone(&in_row),
            lone_cols: lone(&in_col),
            cut_cells: share(under_first().filter(|c| begins_amid(c)).count(), under_first().count()),
            long_cells: share(filled.iter().filter(|c| c.lines.len() > 1).count(), filled.len()),
            overhang: (5.0 * share(outside, lines)).min(1.0),
            joined: flag(t.last_page.is_some()),
            open: flag(t.open.0 || t.open.1),
            boxes: flag(t.rows == 1 && filled.len() <= 3 && letters > 20 * filled.len()),
        }
    }
}

/// Lines that begin or end more than a point outside their cell.
fn overhanging(cell: &RawCell) -> usize {
    let b = &cell.bounds;
    cell.lines.iter().filter(|l| l.bounds.x0 < b.x0 - 1.0 || l.bounds.x1 > b.x1 + 1.0).count()
}

fn begins_amid(cell: &RawCell) -> bool {
    cell.lines.first().is_some_and(|l| l.text.starts_with(char::is_lowercase))
}

/// A part of a whole, 0 to 1; nothing of nothing is 0.
fn share(part: usize, whole: usize) -> f32 {
    (part as f32 / whole.max(1) as f32).min(1.0)
}

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::geometry::Bounds;
    use crate::read::pdf::glyphs::Direction;
    use crate::read::pdf::tagged::Match;
    use crate::read::pdf::words::Line;

    fn table(method: Method, texts: &[&[&str]]) -> RawTable {
        let cell = |row: usize, col: usize, text: &str| {
            let (x, y) = (100.0 * col as f32, 20.0 * row as f32);
            let bounds = Bounds::new(x, y, x + 100.0, y + 20.0);
            let inner = Bounds::new(x + 2.0, y + 2.0, x + 80.0, y + 12.0);
            let line = Line {
                text: text.into(),
                bounds: inner,
                x0: inner.x0,
                x1: inner.x1,
                base: y + 10.0,
                size: 10.0,
                direction: Direction::Right,
                bold: false,
                first_width: 20.0,
            };
            let lines = if text.is_empty() { Vec::new() } else { vec![line] };
            RawCell { row, col, rowspan: 1, colspan: 1, bounds, page: None, lines, floor: None, children: Vec::new() }
        };
        let cols = texts[0].len();
        let cells: Vec<RawCell> = texts
            .iter()
            .enumerate()
            .flat_map(|(r, row)| row.iter().enumerate().map(move |(c, t)| cell(r, c, t)))
            .collect();
        RawTable {
            bounds: Bounds::new(0.0, 0.0, 100.0 * cols as f32, 20.0 * texts.len() as f32),
            xs: (0..=cols).map(|i| 100.0 * i as f32).collect(),
            rows: texts.len(),
            cols,
            cells,
            method,
            open: (false, false),
            end: None,
            last_page: None,
            tagged: Default::default(),
        }
    }

    #[test]
    fn rules_are_trusted_most_and_gaps_least() {
        let full: &[&[&str]] = &[&["Anno", "Peso"], &["2019", "10"], &["2020", "20"]];
        let sparse: &[&[&str]] = &[&["Anno", ""], &["", "e poi"], &["2020", ""]];
        let (ruled, aligned) = (of(&table(Method::Lattice, full)), of(&table(Method::Stream, full)));
        let doubtful = of(&table(Method::Stream, sparse));
        assert!(ruled > 0.98 && ruled > aligned, "{ruled} {aligned}");
        assert!(aligned > 0.9 && doubtful < 0.5, "{aligned} {doubtful}");
    }

    #[test]
    fn tags_that_agree_raise_it_and_others_lower_it() {
        let mut t = table(Method::Stream, &[&["Anno", "Peso"], &["2019", "10"]]);
        let untagged = of(&t);
        t.tagged = Match { same: 4, all: 4 };
        assert!(of(&t) > untagged);
        t.tagged = Match { same: 2, all: 4 };
        assert!(of(&t) < 0.5);
    }

    #[test]
    fn a_table_without_cells_has_a_confidence_too() {
        let mut t = table(Method::Stream, &[&["a", "b"]]);
        t.cells.clear();
        assert!((0.0..0.5).contains(&of(&t)));
        (t.rows, t.cols) = (0, 0);
        assert!(of(&t).is_finite());
    }
}

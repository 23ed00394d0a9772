//! What becomes of the rows and cells at a page end that cuts a table.

use super::blocks::{ends_early, ends_sentence, is_list_start};
use super::gutters::is_figure;
use super::joining::{recent, rows_of};
use super::refine::is_piece_of_figure;
use super::table::{RawCell, RawTable};

/// How two parts of a table meet at a page end.
pub(super) struct Seam {
    /// The second part's first row is the rest of the first part's last one.
    pub cut: bool,
    /// Columns (by their first number) whose cell goes on though a new row begins.
    pub crossing: Vec<usize>,
}

/// The two halves of what may be one cell.
struct Pair<'t> {
    above: &'t RawCell,
    below: &'t RawCell,
    /// The text above runs down to the page end.
    full: bool,
    /// The text above ends lines before the page does, so what stands below does not go on with it.
    apart: bool,
    /// The text above breaks off in the middle of a sentence, at the end of a full line.
    wrapped: bool,
    /// The text above was ended by its author: the text below would have found room beside it.
    ended: bool,
}

impl Seam {
    /// `torn`: no rule closes the first part, so some of its cells go on.
    pub fn new(a: &RawTable, b: &RawTable, torn: bool) -> Seam {
        let mut pairs = Vec::new();
        let mut stray = false;
        let ending: Vec<&RawCell> = a.cells.iter().filter(|c| c.row + c.rowspan == a.rows).collect();
        for below in rows_of(b, 0..1) {
            match ending.iter().find(|p| p.col == below.col && p.colspan == below.colspan) {
                Some(above) => pairs.push(Pair::new(above, below)),
                None => stray |= !below.lines.is_empty(),
            }
        }
        let both: Vec<&Pair> =
            pairs.iter().filter(|p| !p.above.lines.is_empty() && !p.below.lines.is_empty()).collect();
        let begins = pairs.iter().any(|p| p.above.lines.is_empty() && !p.below.lines.is_empty());
        let never_empty = |col: usize| recent(a).iter().filter(|c| c.col == col).all(|c| !c.lines.is_empty());
        // Cells that are whole above and empty below, in columns that are never empty: no new row begins in them.
        let tall = |p: &Pair| p.above.rowspan > 1 || p.below.rowspan > 1;
        let blank = |p: &&Pair| p.below.lines.is_empty() && never_empty(p.above.col);
        let finished = pairs.iter().filter(blank).filter(|p| !tall(p)).count();
        let wrapped = both.iter().filter(|p| p.wrapped).count();
        let fresh = both.iter().filter(|p| !p.full).count();
        let single = pairs.len() == 1 && a.cols > 1;
        let cut = !stray
            && !begins
            && !both.is_empty()
            && fresh == 0
            && (2 * wrapped > both.len()
                || both[0].wrapped && !starts_big(both[0].below) && !both.iter().any(|p| p.ended)
                || finished > 0 && both.len() <= 2.max(pairs.len() / 3)
                || single && shorter_than_its_like(a, both[0].above));
        let anew =
            both.iter().filter(|p| p.ended || p.below.lines.first().is_some_and(|l| is_list_start(&l.text))).count();
        let apart = both.iter().filter(|p| p.apart).count();
        let cut = cut || torn && !stray && (both.len() == 1 || 2 * anew < both.len() && 2 * apart < both.len());
        let has_text = |c: &RawCell| !c.lines.is_empty();
        // Some cells stand wholly before the page end and the others wholly after it: halves of one row.
        let halves = torn
            && both.is_empty()
            && ending.iter().any(|c| has_text(c))
            && rows_of(b, 0..1).iter().any(has_text)
            && strays_fit(&ending, rows_of(b, 0..1));
        // Figures that are whole on both sides of the page end are those of two rows.
        let two_rows = both.iter().filter(|p| is_whole_figure(p.above) && is_whole_figure(p.below)).count() > 1;
        let cut = (cut || halves) && !two_rows;
        let goes_on = |p: &Pair| p.below.lines.is_empty() || p.wrapped && !starts_big(p.below);
        // A first cell goes on in the middle of a sentence while other cells begin beside it.
        let amid = stray && both.iter().any(|p| p.above.col == 0 && p.wrapped && starts_small(p.below));
        let sub_row = torn || amid || finished > 0 && (pairs.first().is_some_and(goes_on) || finished > 1);
        let has_merged = |col: usize| recent(a).iter().any(|c| c.col == col && c.rowspan > 1);
        let crossing = pairs
            .iter()
            .filter(|p| {
                if p.below.lines.is_empty() {
                    tall(p)
                        || !p.above.lines.is_empty() && never_empty(p.above.col) && (sub_row || has_merged(p.above.col))
                } else if p.above.lines.is_empty() {
                    p.above.rowspan > 1
                } else {
                    let wrapped = p.wrapped && !starts_big(p.below);
                    p.full && sub_row && (wrapped || p.above.lines.len() > 1 && p.above.col == 0 && fresh > 0)
                }
            })
            .map(|p| p.above.col)
            .collect();
        Seam { cut, crossing }
    }
}

impl<'t> Pair<'t> {
    fn new(above: &'t RawCell, below: &'t RawCell) -> Self {
        let (Some(last), Some(first)) = (above.lines.last(), below.lines.first()) else {
            return Pair { above, below, full: false, apart: false, wrapped: false, ended: false };
        };
        let floor = above.floor.unwrap_or(above.bounds.y1);
        let full = floor - last.bounds.y1 < 1.3 * last.size;
        let apart = floor - last.bounds.y1 > 3.0 * last.size;
        let right = above.lines.iter().map(|l| l.bounds.x1).fold(above.bounds.x1 - 4.0, f32::max);
        let early = ends_early(last, first, right);
        let sentence = ends_sentence(&last.text);
        Pair { above, below, full, apart, wrapped: full && !sentence && !early, ended: early && !sentence }
    }
}

/// Whether a cell holds one line that is a figure by itself.
fn is_whole_figure(cell: &RawCell) -> bool {
    let [line] = &cell.lines[..] else { return false };
    is_figure(&line.text) && line.text.contains(|c: char| c.is_ascii_digit()) && !is_piece_of_figure(&line.text)
}

fn starts_big(cell: &RawCell) -> bool {
    cell.lines.first().is_some_and(|l| l.text.starts_with(char::is_uppercase))
}

fn starts_small(cell: &RawCell) -> bool {
    cell.lines.first().is_some_and(|l| l.text.starts_with(char::is_lowercase))
}

/// Whether no text after the page end stands in the columns of a text before it.
fn strays_fit(above: &[&RawCell], below: &[RawCell]) -> bool {
    let filled = |c: &&RawCell| !c.lines.is_empty();
    above.iter().copied().filter(filled).all(|a| {
        let columns = a.col..a.col + a.colspan;
        below.iter().filter(filled).all(|b| !columns.contains(&b.col) && !(b.col..b.col + b.colspan).contains(&a.col))
    })
}

/// Whether a full-width cell has fewer lines than every other one of its table.
fn shorter_than_its_like(t: &RawTable, cell: &RawCell) -> bool {
    let like: Vec<usize> = recent(t)
        .iter()
        .filter(|c| c.colspan == cell.colspan && c.col == cell.col && c.row != cell.row)
        .map(|c| c.lines.len())
        .collect();
    like.len() > 1 && like.iter().all(|&n| n > cell.lines.len())
}

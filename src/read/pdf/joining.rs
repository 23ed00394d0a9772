//! A table that goes on over a page end becomes one: repeated heading rows dropped, a cut row joined, a merged cell that
//! crosses the page kept as one.

use super::pages::Space;
use super::seam::Seam;
use super::table::{RawCell, RawTable};
use crate::document::Method;

/// Column edges this near are the same.
const EDGE: f32 = 3.0;

/// How many rows back a table is looked at to learn its habits.
const MEMORY: usize = 200;

/// Appends `b` to `a` if it is the same table going on; `false` leaves `a` as it was.
pub(super) fn join_tables(a: &mut RawTable, b: &RawTable, space: &Space, page: usize) -> bool {
    if a.method != b.method {
        return false;
    }
    let Some(xs) = common_columns(a, b) else { return false };
    let mut second = b.clone();
    widen(&mut second, &xs);
    let mut finer = (xs.len() != a.xs.len()).then(|| {
        let mut copy = a.clone();
        widen(&mut copy, &xs);
        copy
    });
    let first = finer.as_ref().unwrap_or(a);
    let headings = repeated_rows(first, &second);
    let torn = a.open.1 && (b.open.0 || headings > 0);
    let fits = space.below > room_for_first_row(&second);
    if headings == 0 && !torn && (starts_anew(first, &second) || space.above > 4.0 || fits) {
        return false;
    }
    if let Some(copy) = finer.take() {
        *a = copy;
    }
    drop_rows(&mut second, headings);
    for cell in &mut second.cells {
        cell.page.get_or_insert(page);
    }
    if second.rows > 0 {
        append(a, second, torn, page);
    }
    let floor = b.cells.iter().filter(|c| c.row + c.rowspan == b.rows).map(|c| c.bounds.y1).reduce(f32::max);
    let last = a.rows;
    for cell in a.cells.iter_mut().filter(|c| c.row + c.rowspan == last) {
        cell.floor = floor;
    }
    a.end = Some(b.bounds);
    a.open.1 = b.open.1;
    a.tagged = a.tagged.with(b.tagged);
    true
}

/// The cells that start in the given rows.
pub(super) fn rows_of(t: &RawTable, rows: std::ops::Range<usize>) -> &[RawCell] {
    let from = t.cells.partition_point(|c| c.row < rows.start);
    let to = t.cells.partition_point(|c| c.row < rows.end);
    &t.cells[from..to.max(from)]
}

/// The cells of the last rows.
pub(super) fn recent(t: &RawTable) -> &[RawCell] {
    rows_of(t, t.rows.saturating_sub(MEMORY)..usize::MAX)
}

/// Puts a table that follows on the same page, line on line, under another; `false` leaves both as they were.
pub(super) fn put_under(a: &mut RawTable, b: &RawTable) -> bool {
    let Some(xs) = common_columns(a, b) else { return false };
    let mut below = b.clone();
    widen(a, &xs);
    widen(&mut below, &xs);
    for mut cell in below.cells {
        cell.row += a.rows;
        a.cells.push(cell);
    }
    a.rows += b.rows;
    a.bounds = a.bounds.union(&b.bounds);
    a.tagged = a.tagged.with(b.tagged);
    a.open.1 = b.open.1;
    a.cells.sort_by_key(|c| (c.row, c.col));
    true
}

/// The room at the page's end that the second part's first row would not have fitted in: a row of one line its height,
/// a longer one, which need not break, its whole height.
fn room_for_first_row(t: &RawTable) -> f32 {
    let first: Vec<&RawCell> = t.cells.iter().filter(|c| c.row == 0).collect();
    let height = first.iter().map(|c| c.bounds.height()).fold(f32::MAX, f32::min);
    let lines = first.iter().map(|c| c.lines.len()).max().unwrap_or(0);
    if lines > 1 { height.max(30.0) + 6.0 } else { height + 3.0 }
}

/// The column edges of both together, if the tables have the same sides and one's edges are among the other's.
fn common_columns(a: &RawTable, b: &RawTable) -> Option<Vec<f32>> {
    let near = |x: &f32, list: &[f32]| list.iter().any(|y| (x - y).abs() < EDGE);
    let (a0, a1) = (a.xs.first()?, a.xs.last()?);
    let (b0, b1) = (b.xs.first()?, b.xs.last()?);
    // Columns by white space lie anywhere in it.
    let by_space = a.method == Method::Stream && a.xs.len() == b.xs.len();
    let inner = a.xs.len().saturating_sub(1);
    if by_space && a.xs.iter().zip(&b.xs).take(inner).all(|(x, y)| (x - y).abs() < 14.0) {
        return Some(a.xs.clone());
    }
    if (a0 - b0).abs() > EDGE || (a1 - b1).abs() > EDGE {
        return None;
    }
    if b.xs.iter().all(|x| near(x, &a.xs)) {
        Some(a.xs.clone())
    } else if a.xs.iter().all(|x| near(x, &b.xs)) {
        Some(b.xs.clone())
    } else {
        None
    }
}

/// Renumbers columns to a finer set of edges.
fn widen(t: &mut RawTable, xs: &[f32]) {
    let to: Vec<usize> = t.xs.iter().map(|x| nearest(xs, *x)).collect();
    for c in &mut t.cells {
        let (from, end) = (to[c.col], to[c.col + c.colspan]);
        c.col = from;
        c.colspan = (end - from).max(1);
    }
    t.xs = xs.to_vec();
    t.cols = xs.len() - 1;
}

fn nearest(xs: &[f32], x: f32) -> usize {
    (0..xs.len()).min_by(|&i, &j| (xs[i] - x).abs().total_cmp(&(xs[j] - x).abs())).unwrap_or(0)
}

fn text(c: &RawCell) -> String {
    c.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// How many of the second part's first rows repeat the first part's.
fn repeated_rows(a: &RawTable, b: &RawTable) -> usize {
    let limit = a.rows.min(b.rows).min(6);
    let mut found = 0;
    for k in 1..=limit {
        let head = |t: &RawTable| {
            rows_of(t, 0..k).iter().map(|c| (c.row, c.col, c.rowspan, c.colspan, text(c))).collect::<Vec<(
                usize,
                usize,
                usize,
                usize,
                String,
            )>>()
        };
        let (x, y) = (head(a), head(b));
        let whole = x.iter().all(|c| c.0 + c.2 <= k);
        if x != y {
            break;
        }
        if whole && x.iter().any(|c| !c.4.is_empty()) {
            found = k;
        }
    }
    // All rows alike: the heading is repeated, and a row that happens to read the same follows.
    if found == b.rows && found > 1 { found - 1 } else { found }
}

/// Whether the second part begins like the first one, but with other words: the heading row of a new table.
fn starts_anew(a: &RawTable, b: &RawTable) -> bool {
    let top = |t: &RawTable| -> Vec<(usize, usize, String)> {
        rows_of(t, 0..1).iter().map(|c| (c.col, c.colspan, levelled(&text(c)))).collect()
    };
    let (x, y) = (top(a), top(b));
    // A label that comes again further down is no heading.
    let again = |label: &str| recent(a).iter().any(|c| c.row > 0 && levelled(&text(c)) == label);
    let same = y.iter().filter(|c| !c.2.is_empty() && x.contains(c) && !again(&c.2)).count();
    if same > 0 && x.len() > 1 {
        return true;
    }
    // A row cut into cells as no other but the first one is.
    let shape = |t: &RawTable, row: usize| -> Vec<(usize, usize)> {
        rows_of(t, row..row + 1).iter().map(|c| (c.col, c.colspan)).collect()
    };
    let bold = |t: &RawTable| rows_of(t, 0..1).iter().flat_map(|c| &c.lines).all(|l| l.bold);
    let head = shape(a, 0);
    a.rows > 1
        && bold(a)
        && bold(b)
        && shape(b, 0) == head
        && (a.rows.saturating_sub(MEMORY).max(1)..a.rows).all(|r| shape(a, r) != head)
}

/// Text without case, figures and punctuation: `Obiettivo 1.5.` and `OBIETTIVO 1.6` are the same label.
fn levelled(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

fn drop_rows(t: &mut RawTable, n: usize) {
    t.cells.retain(|c| c.row >= n);
    for c in &mut t.cells {
        c.row -= n;
    }
    t.rows -= n.min(t.rows);
}

fn append(a: &mut RawTable, b: RawTable, torn: bool, page: usize) {
    let seam = Seam::new(a, &b, torn);
    let offset = if seam.cut { a.rows.saturating_sub(1) } else { a.rows };
    let last = a.rows;
    let ending: Vec<usize> = (0..a.cells.len()).filter(|&i| a.cells[i].row + a.cells[i].rowspan == last).collect();
    for mut cell in b.cells {
        let crosses = cell.row == 0 && (seam.cut || seam.crossing.contains(&cell.col));
        let fits = |i: &&usize| a.cells[**i].col == cell.col && a.cells[**i].colspan == cell.colspan;
        match ending.iter().filter(|_| crosses).find(fits) {
            Some(&i) => unite(&mut a.cells[i], cell, offset, page),
            // What is empty and has no cell above begins below the row that was cut.
            None if crosses && seam.cut && cell.lines.is_empty() => {
                if cell.rowspan > 1 {
                    cell.rowspan -= 1;
                    cell.row = offset + 1;
                    a.cells.push(cell);
                }
            }
            None => {
                cell.row += offset;
                a.cells.push(cell);
            }
        }
    }
    a.rows = offset + b.rows;
    a.cells.sort_by_key(|c| (c.row, c.col));
}

/// Puts the rest of a cell under its first part; a table in it that goes on is joined as well.
fn unite(above: &mut RawCell, mut below: RawCell, offset: usize, page: usize) {
    above.rowspan = offset + below.rowspan - above.row;
    if let (Some(table), Some(rest)) = (above.children.last_mut(), below.children.first())
        && above.lines.last().is_none_or(|l| l.base < table.bounds.y1)
        && below.lines.first().is_none_or(|l| l.base > rest.bounds.y0)
        && join_tables(table, rest, &Space { below: 0.0, above: 0.0 }, page)
    {
        below.children.remove(0);
    }
    above.lines.append(&mut below.lines);
    above.children.append(&mut below.children);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::geometry::Bounds;
    use crate::read::pdf::gutters::tests::word;
    use crate::read::pdf::words::{Word, lines};

    /// A two-column table whose rows are 20 points high; `|` parts cells, `/` lines.
    fn table(rows: &[&str], y: f32) -> RawTable {
        let mut cells = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            let top = y + 40.0 * r as f32;
            for (c, text) in row.split('|').enumerate() {
                let x = 100.0 * c as f32;
                let pieces = text.split('/').filter(|t| !t.is_empty()).enumerate();
                let words: Vec<Word> = pieces.map(|(i, t)| word(t, x + 2.0, top + 15.0 + 12.0 * i as f32)).collect();
                let refs: Vec<&Word> = words.iter().collect();
                let bottom = words.iter().map(|w| w.bounds.y1).fold(top + 20.0, f32::max);
                let bounds = Bounds { x0: x, y0: top, x1: x + 100.0, y1: bottom + 2.0 };
                cells.push(RawCell {
                    row: r,
                    col: c,
                    rowspan: 1,
                    colspan: 1,
                    bounds,
                    page: None,
                    lines: lines(&refs),
                    floor: None,
                    children: Vec::new(),
                });
            }
        }
        let bounds = Bounds { x0: 0.0, y0: y, x1: 200.0, y1: y + 40.0 * rows.len() as f32 };
        RawTable {
            bounds,
            xs: vec![0.0, 100.0, 200.0],
            rows: rows.len(),
            cols: 2,
            cells,
            method: Method::Lattice,
            open: (false, false),
            end: None,
            last_page: None,
            tagged: Default::default(),
        }
    }

    const TIGHT: Space = Space { below: 2.0, above: 0.0 };

    #[test]
    fn a_row_cut_in_the_middle_of_a_sentence_is_joined() {
        let mut a = table(&["Descrizione|il testo che va a"], 700.0);
        let b = table(&["|capo pagina.", "Peso|40%"], 50.0);
        assert!(join_tables(&mut a, &b, &TIGHT, 1));
        assert_eq!((a.rows, a.cells.len()), (2, 4));
        assert_eq!(text(&a.cells[1]), "il testo che va a capo pagina.");
    }

    #[test]
    fn whole_rows_stay_rows() {
        let mut a = table(&["Risultati|si"], 700.0);
        let b = table(&["Scostamenti|-"], 50.0);
        assert!(join_tables(&mut a, &b, &TIGHT, 1));
        assert_eq!(a.rows, 2);
    }

    #[test]
    fn a_new_table_of_the_same_columns_stays_apart() {
        let mut a = table(&["Risultati|14%", "Scostamenti|-"], 700.0);
        let b = table(&["Risultati|34%", "Scostamenti|+2"], 50.0);
        assert!(!join_tables(&mut a, &b, &TIGHT, 1));
        let roomy = Space { below: 120.0, above: 0.0 };
        assert!(!join_tables(&mut a, &table(&["Area|Anagrafe"], 50.0), &roomy, 1));
    }

    #[test]
    fn other_columns_are_another_table() {
        let mut a = table(&["Risultati|14%"], 700.0);
        let mut b = table(&["Area|Anagrafe"], 50.0);
        b.xs[1] = 60.0;
        assert!(!join_tables(&mut a, &b, &TIGHT, 1));
    }
}

//! A table that goes on over a page end becomes one: repeated heading rows dropped, a cut row joined, a merged cell that
//! crosses the page kept as one.

use super::blocks::{ends_early, ends_sentence};
use super::pages::Space;
use super::table::{RawCell, RawTable};

/// Column edges this near are the same.
const EDGE: f32 = 3.0;

/// Appends `b` to `a` if it is the same table going on; `false` leaves `a` as it was.
pub(super) fn join_tables(a: &mut RawTable, b: &RawTable, space: &Space, page: usize) -> bool {
    if a.method != b.method {
        return false;
    }
    let Some(xs) = common_columns(a, b) else { return false };
    let mut first = a.clone();
    let mut second = b.clone();
    widen(&mut first, &xs);
    widen(&mut second, &xs);
    let headings = repeated_rows(&first, &second);
    if headings == 0 && (starts_anew(&first, &second) || space.above > 4.0) {
        return false;
    }
    let row_height = second.cells.iter().filter(|c| c.row == headings).map(|c| c.bounds.height()).fold(f32::MAX, f32::min);
    if headings == 0 && space.below > row_height.max(30.0) + 6.0 {
        return false;
    }
    drop_rows(&mut second, headings);
    for cell in &mut second.cells {
        cell.page.get_or_insert(page);
    }
    if second.rows > 0 {
        append(&mut first, second);
    }
    first.end = Some(b.bounds);
    *a = first;
    true
}

/// The column edges of both together, if the tables have the same sides and one's edges are among the other's.
fn common_columns(a: &RawTable, b: &RawTable) -> Option<Vec<f32>> {
    let near = |x: &f32, list: &[f32]| list.iter().any(|y| (x - y).abs() < EDGE);
    let (a0, a1) = (a.xs.first()?, a.xs.last()?);
    let (b0, b1) = (b.xs.first()?, b.xs.last()?);
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
            let cells: Vec<(usize, usize, usize, usize, String)> = t
                .cells
                .iter()
                .filter(|c| c.row < k)
                .map(|c| (c.row, c.col, c.rowspan, c.colspan, text(c)))
                .collect();
            cells
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
    found
}

/// Whether the second part begins like the first one, but with other words: the heading row of a new table.
fn starts_anew(a: &RawTable, b: &RawTable) -> bool {
    let top = |t: &RawTable| -> Vec<(usize, usize, String)> {
        t.cells.iter().filter(|c| c.row == 0).map(|c| (c.col, c.colspan, levelled(&text(c)))).collect()
    };
    let (x, y) = (top(a), top(b));
    let same = y.iter().filter(|c| !c.2.is_empty() && x.contains(c)).count();
    if same > 0 && x.len() > 1 {
        return true;
    }
    // A row cut into cells as no other but the first one is.
    let shape = |t: &RawTable, row: usize| -> Vec<(usize, usize)> {
        t.cells.iter().filter(|c| c.row == row).map(|c| (c.col, c.colspan)).collect()
    };
    let bold = |t: &RawTable| t.cells.iter().filter(|c| c.row == 0).flat_map(|c| &c.lines).all(|l| l.bold);
    let head = shape(a, 0);
    a.rows > 1 && bold(a) && bold(b) && shape(b, 0) == head && (1..a.rows).all(|r| shape(a, r) != head)
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

fn append(a: &mut RawTable, b: RawTable) {
    let cut = is_cut(a, &b);
    let offset = if cut { a.rows - 1 } else { a.rows };
    let last = a.rows;
    let merged = merged_columns(a, &b);
    for mut cell in b.cells {
        let partner = (cell.row == 0)
            .then(|| {
                a.cells.iter_mut().find(|p| p.row + p.rowspan == last && p.col == cell.col && p.colspan == cell.colspan)
            })
            .flatten();
        let crosses = |p: &RawCell| {
            let open = cell.lines.is_empty() || p.lines.is_empty() && p.rowspan > 1;
            cut || open && (p.rowspan > 1 || cell.rowspan > 1 || !p.lines.is_empty() && merged.contains(&cell.col))
        };
        match partner {
            Some(p) if crosses(p) => {
                p.rowspan = offset + cell.rowspan - p.row;
                p.lines.append(&mut cell.lines);
                p.children.append(&mut cell.children);
            }
            _ if cut && cell.row == 0 && cell.lines.is_empty() && cell.rowspan == 1 => {}
            _ => {
                cell.row += offset;
                a.cells.push(cell);
            }
        }
    }
    a.rows = offset + b.rows;
    a.cells.sort_by_key(|c| (c.row, c.col));
}

/// Columns whose cell at the page end most likely goes on though nothing else shows it: those that are never empty above,
/// when the row after the page end has no first cell of its own or when the column has merged cells above.
fn merged_columns(a: &RawTable, b: &RawTable) -> Vec<usize> {
    let never_empty = |col: usize| a.cells.iter().filter(|c| c.col == col).all(|c| !c.lines.is_empty());
    let sub_row = b.cells.iter().any(|c| c.row == 0 && c.col == 0 && c.lines.is_empty());
    (0..a.cols)
        .filter(|&col| never_empty(col))
        .filter(|&col| sub_row || a.cells.iter().any(|c| c.col == col && c.rowspan > 1))
        .collect()
}

/// Whether the page end cut a row in two: the second part's first row goes on with the first part's last one.
fn is_cut(a: &RawTable, b: &RawTable) -> bool {
    let last = a.rows;
    let (mut filled, mut finished, mut wrapped) = (0, 0, 0);
    for cell in b.cells.iter().filter(|c| c.row == 0) {
        let partner = a.cells.iter().find(|p| p.row + p.rowspan == last && p.col == cell.col && p.colspan == cell.colspan);
        let Some(p) = partner else {
            if cell.lines.is_empty() {
                continue;
            }
            return false;
        };
        match (p.lines.last(), cell.lines.first()) {
            (Some(before), Some(after)) => {
                filled += 1;
                // Text that goes on stands at the cell's end.
                if p.bounds.y1 - before.bounds.y1 > 1.3 * before.size {
                    return false;
                }
                let right = p.lines.iter().map(|l| l.bounds.x1).fold(p.bounds.x1 - 4.0, f32::max);
                wrapped += usize::from(!ends_sentence(&before.text) && !ends_early(before, after, right));
            }
            (None, Some(_)) => return false,
            (Some(_), None) => finished += usize::from(p.rowspan == 1 && cell.rowspan == 1),
            (None, None) => {}
        }
    }
    filled > 0 && (finished > 0 && 2 * filled <= b.cells.iter().filter(|c| c.row == 0).count() || wrapped == filled)
}

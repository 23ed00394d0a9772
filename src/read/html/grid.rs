//! Tables: which hold data and which only lay out the page, and the grid that rows, cells and spans make.

use super::furniture::is_hidden;
use super::tree::{Tree, heading_level};

/// What a `<table>` is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// Rows and columns that mean something.
    Data,
    /// A frame around other content, which takes its place.
    Layout,
    /// A menu, or nothing at all.
    Empty,
}

/// A placed cell: its element's index in the tree, and its grid place and span.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    pub index: usize,
    pub row: u32,
    pub col: u32,
    pub rowspan: u32,
    pub colspan: u32,
}

/// HTML's own limits for spans.
const MAX_COLSPAN: u32 = 1000;
const MAX_ROWSPAN: u32 = 65_534;

/// The cells of one `<tr>` and the number of its row group.
struct Row {
    group: usize,
    cells: Vec<usize>,
}

/// The table's own rows; those of nested tables are not among them.
fn rows(tree: &Tree, table: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut groups = 0;
    let shown = |index: usize| tree.element(index).is_some_and(|e| !is_hidden(e));
    let take = |tr: usize, group: usize| {
        let cells = tree.children(tr).filter(|&c| matches!(tree.name(c), "td" | "th") && shown(c)).collect();
        Row { group, cells }
    };
    for child in tree.children(table).filter(|&c| shown(c)) {
        match tree.name(child) {
            "tr" => rows.push(take(child, 0)),
            "thead" | "tbody" | "tfoot" => {
                groups += 1;
                rows.extend(
                    tree.children(child).filter(|&c| tree.name(c) == "tr" && shown(c)).map(|tr| take(tr, groups)),
                );
            }
            _ => {}
        }
    }
    rows
}

/// What stands in a cell beside nested tables.
#[derive(Default)]
struct Holds {
    /// Nested tables that are not menus.
    tables: usize,
    headings: usize,
    paragraphs: usize,
    /// Characters outside nested tables and links.
    plain: usize,
}

fn holds(tree: &Tree, cell: usize) -> Holds {
    let mut found = Holds::default();
    let sum = tree.nodes[cell].sum;
    let mut plain = sum.plain();
    let end = tree.nodes[cell].end;
    let mut at = cell + 1;
    while at < end {
        let node = &tree.nodes[at];
        let name = tree.name(at);
        if name == "table" {
            found.tables += usize::from(node.sum.plain() > 0);
            plain -= node.sum.plain();
            at = node.end;
            continue;
        }
        found.headings += usize::from(heading_level(name).is_some_and(|level| level <= 4));
        found.paragraphs += usize::from(name == "p");
        at += 1;
    }
    found.plain = plain;
    found
}

/// What the table at `table` is for.
pub fn table_use(tree: &Tree, table: usize) -> Use {
    let sum = tree.nodes[table].sum;
    if sum.text == 0 && sum.ticks == 0 {
        return Use::Empty;
    }
    if sum.text > 0 && sum.plain() == 0 && sum.links >= 2 && sum.ticks == 0 {
        return Use::Empty;
    }
    let role = tree.element(table).and_then(|e| e.attr("role")).unwrap_or_default().trim();
    if role == "presentation" || role == "none" {
        return Use::Layout;
    }
    let rows = rows(tree, table);
    let headed = rows.iter().flat_map(|r| &r.cells).any(|&c| tree.name(c) == "th")
        || tree.children(table).any(|c| tree.name(c) == "caption");
    if headed {
        return Use::Data;
    }
    let held: Vec<Vec<Holds>> = rows.iter().map(|r| r.cells.iter().map(|&c| holds(tree, c)).collect()).collect();
    let is_plain = |cell: &&Holds| cell.tables == 0 && cell.plain > 0;
    if sum.tables > 1 {
        return nested_use(&held);
    }
    // A page poured into one cell, with or without a column of menus beside it.
    let page = |c: &Holds| c.headings > 0 && c.paragraphs + c.headings >= 6 && c.plain * 10 >= sum.plain() * 6;
    let several = held.iter().filter(|r| r.iter().filter(is_plain).count() >= 2).count() >= 3;
    if !several && held.iter().flatten().any(page) { Use::Layout } else { Use::Data }
}

/// The use of a table that holds others: a form keeps labels beside what it holds, a frame doesn't.
fn nested_use(held: &[Vec<Holds>]) -> Use {
    let is_plain = |cell: &&Holds| cell.tables == 0 && cell.plain > 0;
    if held.iter().filter(|r| r.iter().filter(is_plain).count() >= 2).count() >= 2 {
        return Use::Data;
    }
    if held.iter().flatten().any(|c| c.tables >= 2 || (c.tables > 0 && c.headings > 0)) {
        return Use::Layout;
    }
    let beside = |row: &&Vec<Holds>| row.iter().any(|c| c.tables > 0) && row.iter().any(|c| is_plain(&c));
    if held.iter().any(|row| beside(&row)) { Use::Data } else { Use::Layout }
}

/// A number as HTML reads spans: leading digits, anything else is no number.
fn span(tree: &Tree, cell: usize, name: &str) -> Option<u32> {
    let value = tree.element(cell)?.attr(name)?.trim().trim_start_matches('+');
    let digits = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 {
        return None;
    }
    Some(value[..digits].parse().unwrap_or(u32::MAX))
}

/// The grid of a table: its size in rows and columns, and its cells, sorted by row and column and without overlaps.
///
/// Follows HTML's algorithm, with two differences that keep a grid to what is there: a span never runs into a cell that
/// comes down from a row above, and rows and columns in which no cell starts are left out, so that a span of a million
/// is as wide as the columns it covers.
pub fn grid(tree: &Tree, table: usize) -> (u32, u32, Vec<Placed>) {
    let rows = rows(tree, table);
    let mut placed: Vec<Placed> = Vec::new();
    // Cells that reach down into the row at hand: first column, column past the last, row past the last. Sorted, disjoint.
    let mut hanging: Vec<(u32, u32, u32)> = Vec::new();
    let mut first = 0;
    while first < rows.len() {
        let group = rows[first].group;
        let past = first + rows[first..].iter().take_while(|r| r.group == group).count();
        hanging.clear();
        for (number, row) in rows.iter().enumerate().take(past).skip(first) {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            hanging.retain(|h| h.2 > number);
            place_row(tree, row, number, u32::try_from(past).unwrap_or(u32::MAX), &mut hanging, &mut placed);
        }
        first = past;
    }
    close_up(&mut placed)
}

fn place_row(
    tree: &Tree,
    row: &Row,
    number: u32,
    past: u32,
    hanging: &mut Vec<(u32, u32, u32)>,
    placed: &mut Vec<Placed>,
) {
    let mut col = 0u32;
    let mut next = 0;
    let mut new = Vec::new();
    for &index in &row.cells {
        while let Some(&(start, end, _)) = hanging.get(next) {
            if start > col {
                break;
            }
            col = col.max(end);
            next += 1;
        }
        let room = hanging.get(next).map_or(u32::MAX, |h| h.0) - col;
        let colspan = span(tree, index, "colspan").unwrap_or(1).clamp(1, MAX_COLSPAN).min(room.max(1));
        let rowspan = match span(tree, index, "rowspan") {
            Some(0) => past - number,
            other => other.unwrap_or(1).clamp(1, MAX_ROWSPAN).min(past - number),
        };
        placed.push(Placed { index, row: number, col, rowspan, colspan });
        if rowspan > 1 {
            new.push((col, col.saturating_add(colspan), number + rowspan));
        }
        col = col.saturating_add(colspan);
    }
    if !new.is_empty() {
        hanging.extend(new);
        hanging.sort_unstable();
    }
}

/// Leaves out rows and columns in which no cell starts.
fn close_up(placed: &mut Vec<Placed>) -> (u32, u32, Vec<Placed>) {
    let starts = |of: fn(&Placed) -> u32, placed: &[Placed]| {
        let mut all: Vec<u32> = placed.iter().map(of).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (rows, cols) = (starts(|p| p.row, placed), starts(|p| p.col, placed));
    let count = |all: &[u32], before: u32| u32::try_from(all.partition_point(|&s| s < before)).unwrap_or(u32::MAX);
    for cell in placed.iter_mut() {
        let (row, col) = (count(&rows, cell.row), count(&cols, cell.col));
        cell.rowspan = count(&rows, cell.row.saturating_add(cell.rowspan)) - row;
        cell.colspan = count(&cols, cell.col.saturating_add(cell.colspan)) - col;
        (cell.row, cell.col) = (row, col);
    }
    let size = |all: &[u32]| u32::try_from(all.len()).unwrap_or(u32::MAX);
    (size(&rows), size(&cols), std::mem::take(placed))
}

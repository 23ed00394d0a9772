//! Items → blocks: rows that belong together become tables.
//!
//! A page's end cuts a table by a blank line, and sometimes a row, a cell, even a word. What belongs together is decided
//! by the file itself: a cut between two labels that elsewhere follow each other without a cut is only a page's end.

use std::collections::HashSet;

use super::inline::{Clean, blocks};
use super::items::{Item, Row, Text};
use crate::document::{Block, Cell, Method, Paragraph, Source, Table};

/// Paragraphs a table's rule and its rows may have between them: rows over the whole width that lost their separators.
const BETWEEN: usize = 4;

/// How many rows back a table is searched for what its next row resembles.
const NEAR: usize = 60;

/// A table that may still go on.
struct Open {
    rows: Vec<Row>,
    /// Whether a blank line or a rule stands behind the last row.
    gap: bool,
    /// Whether a rule stands below the first and only row.
    ruled: bool,
    /// Paragraphs behind the rule, which are rows if rows follow.
    between: Vec<Text>,
}

/// Makes blocks of a file's items.
pub fn assemble(items: Vec<Item>) -> Vec<Block> {
    let mut maker = Maker { labels: labels(&items), out: Vec::new(), open: None, text_before: None };
    for item in items {
        match item {
            Item::Blank => maker.blank(),
            Item::Rule => maker.rule(),
            Item::Row(row) => maker.row(row),
            Item::Text(text) => maker.text(text),
        }
    }
    maker.close();
    maker.out
}

struct Maker {
    /// Labels that follow each other without a cut somewhere in the file.
    labels: HashSet<(String, String)>,
    out: Vec<Block>,
    open: Option<Open>,
    /// Whether the last block is a plain paragraph with at most one blank line behind it; then how many.
    text_before: Option<u8>,
}

impl Maker {
    fn blank(&mut self) {
        if let Some(open) = &mut self.open {
            open.gap = true;
        }
        self.text_before = self.text_before.filter(|&blanks| blanks == 0).map(|blanks| blanks + 1);
    }

    fn rule(&mut self) {
        if let Some(open) = &mut self.open {
            open.ruled = open.rows.len() == 1 && !open.gap;
            open.gap |= open.rows.iter().all(|r| !r.pipes);
        }
        self.text_before = None;
    }

    fn row(&mut self, mut row: Row) {
        let before = self.text_before.take();
        if let Some(open) = &mut self.open {
            if !open.gap && open.rows.last().is_some_and(|last| last.pipes == row.pipes) {
                open.rows.push(row);
                return;
            }
            if open.between.is_empty() && continues_row(open, &row) {
                join_rows(open, row);
                return;
            }
            if continues_table(open, &row, &self.labels) {
                let between = std::mem::take(&mut open.between);
                open.rows.extend(between.into_iter().map(whole_width));
                open.rows.push(row);
                open.gap = false;
                return;
            }
        }
        self.close();
        if before.is_some() {
            self.take_beginning(&mut row);
        }
        self.open = Some(Open { rows: vec![row], gap: false, ruled: false, between: Vec::new() });
    }

    /// A page's end can leave a cell's beginning as a paragraph: "… contributi alle" / "imprese nell'anno 2019)⇥⇥⇥".
    fn take_beginning(&mut self, row: &mut Row) {
        let alone = row.cells.len() >= 2 && filled(row).eq([0]);
        let Some(first) = row.cells.first_mut().filter(|c| alone && goes_on(&c.text)) else { return };
        if let Some(Block::Text(Paragraph { text, source, heading: None })) = self.out.last()
            && is_unfinished(text)
        {
            first.text = format!("{text} {}", first.text);
            row.line = source.line.unwrap_or(row.line);
            self.out.pop();
        }
    }

    fn text(&mut self, text: Text) {
        if let Some(open) = &mut self.open {
            if open.ruled && text.heading.is_none() && open.between.len() < BETWEEN && !is_bold(&text) {
                open.between.push(text);
                return;
            }
            // Directly below a row, in the middle of a sentence: the row's last cell goes on.
            let cell = open.rows.last_mut().and_then(|r| r.cells.iter_mut().rfind(|c| !c.text.is_empty()));
            if !open.gap
                && text.heading.is_none()
                && goes_on(text.raw.trim())
                && let Some(cell) = cell.filter(|c| is_unfinished(&c.text))
            {
                let more = super::inline::clean(&text.raw, &Source::line(text.line));
                append(cell, more, " ");
                return;
            }
        }
        self.close();
        self.emit(text);
    }

    fn emit(&mut self, text: Text) {
        let source = Source::line(text.line);
        if let Some(level) = text.heading {
            let lines: Vec<String> = text.raw.lines().flat_map(super::inline::parts).map(|(part, _)| part).collect();
            if !lines.is_empty() {
                self.out.push(Block::Text(Paragraph { text: lines.join("\n"), source, heading: Some(level) }));
            }
            self.text_before = None;
            return;
        }
        let found = blocks(&text.raw, &source);
        self.text_before = (found.len() == 1).then_some(0);
        self.out.extend(found);
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        self.out.extend(table_blocks(open.rows));
        for text in open.between {
            self.emit(text);
        }
    }
}

/// A paragraph as a row of which it fills the first cell.
fn whole_width(text: Text) -> Row {
    Row { line: text.line, cells: vec![super::inline::clean(&text.raw, &Source::line(text.line))], pipes: false }
}

fn is_bold(text: &Text) -> bool {
    super::inline::parts(&text.raw).iter().any(|(_, bold)| *bold)
}

/// The columns that hold something.
fn filled(row: &Row) -> impl Iterator<Item = usize> + '_ {
    row.cells.iter().enumerate().filter(|(_, c)| !c.text.is_empty()).map(|(col, _)| col)
}

fn cell_text(row: &Row, col: usize) -> &str {
    row.cells.get(col).map_or("", |c| &c.text)
}

/// What a row is called: its first words, numbers left open.
fn label(row: &Row) -> String {
    let text = row.cells.iter().map(|c| c.text.as_str()).find(|t| !t.is_empty()).unwrap_or_default();
    key(text)
}

fn key(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(60).flat_map(char::to_lowercase) {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

fn labels(items: &[Item]) -> HashSet<(String, String)> {
    let pairs = items.windows(2).filter_map(|pair| match pair {
        [Item::Row(a), Item::Row(b)] => Some((label(a), label(b))),
        _ => None,
    });
    pairs.collect()
}

/// Whether a text begins in the middle of a sentence.
fn goes_on(text: &str) -> bool {
    text.starts_with(|c: char| c.is_lowercase() || matches!(c, '–' | ',' | ')' | '»' | '”' | '/'))
}

/// Whether a text ends before its sentence does.
fn is_unfinished(text: &str) -> bool {
    !text.is_empty() && !text.ends_with(['.', ';', ':', '!', '?', '…'])
}

/// How many more brackets a text opens than it closes.
fn open_brackets(text: &str) -> i32 {
    text.chars().map(|c| i32::from(c == '(') - i32::from(c == ')')).sum()
}

/// Whether two rows between tabs have the same number of cells; empty ones at the end don't count where the first is
/// empty too, since converters pad a page's rows to the widest.
fn same_width(last: &Row, new: &Row) -> bool {
    let width = |row: &Row| filled(row).last();
    let padded = cell_text(new, 0).is_empty() && width(last) == width(new);
    !last.pipes && !new.pipes && (last.cells.len() == new.cells.len() || padded)
}

/// Whether a row behind a gap is the rest of the table's last row.
fn continues_row(open: &Open, new: &Row) -> bool {
    let Some(last) = open.rows.last() else { return false };
    let width = filled(last).last().map_or(0, |col| col + 1).max(last.cells.len().min(new.cells.len()));
    if !same_width(last, new) || !filled(new).all(|col| !cell_text(last, col).is_empty()) {
        return false;
    }
    if !cell_text(new, 0).is_empty() {
        // A label cut within its brackets.
        return open_brackets(cell_text(last, 0)) > 0 && open_brackets(cell_text(new, 0)) < 0;
    }
    if filled(new).all(|col| goes_on(cell_text(new, col)) && is_unfinished(cell_text(last, col))) {
        return true;
    }
    let labelled = !cell_text(last, 0).is_empty();
    // One cell alone at a page's beginning, below a row that fills its columns.
    if width >= 4 {
        return labelled && filled(new).count() == 1 && filled(last).count() >= 3;
    }
    // In a form every value has its label: one without a label is the rest of the value before. A list that leaves the
    // label out on purpose has done so before.
    let left_out = |row: &Row| cell_text(row, 0).is_empty();
    width == 2 && labelled && is_unfinished(cell_text(last, 1)) && !open.rows.iter().rev().take(NEAR).any(left_out)
}

fn join_rows(open: &mut Open, new: Row) {
    let Some(last) = open.rows.last_mut() else { return };
    for (cell, more) in last.cells.iter_mut().zip(new.cells) {
        let hyphen = cell.text.ends_with('-') && more.text.starts_with(char::is_lowercase);
        let separator = match (hyphen, goes_on(&more.text) || is_unfinished(&cell.text) && more.text.starts_with('(')) {
            (true, _) => "",
            (_, true) => " ",
            _ => "\n",
        };
        append(cell, more, separator);
    }
    open.gap = false;
}

fn append(cell: &mut Clean, more: Clean, separator: &str) {
    if !cell.text.is_empty() && !more.text.is_empty() {
        cell.text.push_str(separator);
    }
    cell.text.push_str(&more.text);
    cell.tables.extend(more.tables);
}

/// Whether a row behind a gap is the table's next one.
fn continues_table(open: &Open, new: &Row, labels: &HashSet<(String, String)>) -> bool {
    let Some(last) = open.rows.last() else { return false };
    let width = last.cells.len();
    if !same_width(last, new) || repeats_heading(open, new) {
        return false;
    }
    if !open.between.is_empty() {
        return width >= 4 && filled(new).count() >= 2;
    }
    if cell_text(new, 0).is_empty() || labels.contains(&(label(last), label(new))) {
        return true;
    }
    let title = filled(new).eq([0]) && cell_text(new, 0).starts_with(char::is_uppercase);
    width >= 3 && !title
}

/// Whether a row repeats an earlier one but for its first column: a heading, with which a new table begins.
fn repeats_heading(open: &Open, new: &Row) -> bool {
    let count = filled(new).filter(|&col| col > 0).count();
    let first = open.rows.iter().take(3);
    first.chain(open.rows.iter().rev().take(NEAR)).any(|row| {
        let same = filled(new).filter(|&col| col > 0 && key(cell_text(row, col)) == key(cell_text(new, col)));
        let same = same.filter(|&col| cell_text(new, col).chars().any(char::is_alphabetic)).count();
        same >= 2 && same * 2 >= count
    })
}

/// The blocks of a table's rows: the table, then the tables that stood in its cells. Rows that hold but one cell among
/// them are no table: an indented paragraph, a lost label.
fn table_blocks(rows: Vec<Row>) -> Vec<Block> {
    let Some(first) = rows.first() else { return Vec::new() };
    let source = Source::line(first.line);
    let mut nested: Vec<Table> = Vec::new();
    let texts: usize = rows.iter().map(|r| filled(r).count()).sum();
    let cols = rows.iter().filter_map(|r| filled(r).last()).max().map_or(0, |last| last + 1);
    let mut out = Vec::new();
    let mut cells = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        let source = Source::line(row.line);
        for (col, cell) in row.cells.into_iter().enumerate() {
            nested.extend(cell.tables);
            if texts == 1 {
                out.extend(cell.text.lines().map(|line| {
                    Block::Text(Paragraph { text: line.to_owned(), source: source.clone(), heading: None })
                }));
            } else if col < cols {
                let (row, col) = (u32::try_from(number).unwrap_or(u32::MAX), u32::try_from(col).unwrap_or(u32::MAX));
                cells.push(Cell { row, col, rowspan: 1, colspan: 1, text: cell.text, source: source.clone() });
            }
        }
    }
    if let Some(last) = cells.last() {
        let (rows, cols) = (last.row.saturating_add(1), u32::try_from(cols).unwrap_or(u32::MAX));
        if texts > 0 {
            out.push(Block::Table(Table { rows, cols, cells, method: Method::Separated, confidence: 1.0, source }));
        }
    }
    let again = |table: &Table| is_told_again(table, &out);
    let nested: Vec<Block> = nested.into_iter().filter(|t| !again(t)).map(Block::Table).collect();
    out.extend(nested);
    out
}

/// Whether the rows of the table around it tell what a table in a cell tells: a converter gave it twice.
fn is_told_again(nested: &Table, around: &[Block]) -> bool {
    const ENOUGH: usize = 4;
    let texts: HashSet<&str> = around
        .iter()
        .flat_map(|block| match block {
            Block::Table(table) => table.cells.iter().map(|c| c.text.as_str()).collect(),
            Block::Text(text) => vec![text.text.as_str()],
        })
        .collect();
    let told: Vec<&str> = nested.cells.iter().map(|c| c.text.as_str()).filter(|t| !t.is_empty()).collect();
    let again = told.iter().filter(|text| texts.contains(*text)).count();
    told.len() >= ENOUGH && again * 10 >= told.len() * 8
}

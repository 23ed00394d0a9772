//! Lines → items: table rows, rules, blank lines and paragraphs.

use std::sync::LazyLock;

use regex::Regex;

use super::inline::{Clean, clean, has_markup};
use super::lines::{Line, wrap_width};
use crate::document::Source;

/// What a line or a few lines together are.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Blank,
    /// The rule that Markdown sets below a table's first row: the cells above it belong together, it is no data itself.
    Rule,
    Row(Row),
    Text(Text),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub line: u32,
    pub cells: Vec<Clean>,
    /// Whether `|` separates the cells, not tabs.
    pub pipes: bool,
}

/// A paragraph or heading, its marks still in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub line: u32,
    pub raw: String,
    pub heading: Option<u8>,
}

/// How many lines a bold title or a row's cell may be broken over.
const REACH: usize = 8;

static RULE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[\s|:+\-]*-{2,}[\s|:+\-]*$|^\s*(?:[-*_=]\s*){3,}$").ok());
static MARKED_HEADING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s{0,3}(#{1,6})\s+(\S.*?)[\s#]*$").ok());
/// Beginnings of a list's entry: never the continuation of a wrapped line.
static ENTRY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[•➢▪■□☐☒✓·*–\-]\s|\d{1,3}[.)]\s|\d+(?:\.\d+)+\s|[a-zA-Z][.)]\s|[ivx]{1,4}[.)]\s)").ok()
});

/// All items of a file.
pub fn items(lines: &[Line]) -> Vec<Item> {
    let width = wrap_width(lines);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let (item, used) = if line.is_blank() {
            (Item::Blank, 1)
        } else if RULE.as_ref().is_some_and(|r| r.is_match(line.text)) {
            (Item::Rule, 1)
        } else if line.text.contains('\t') {
            (tab_row(line), 1)
        } else if let Some(found) = pipe_row(&lines[at..]) {
            found
        } else if let Some(found) = marked_heading(line).or_else(|| bold_title(&lines[at..])) {
            found
        } else {
            paragraph(&lines[at..], width)
        };
        out.push(item);
        at += used.max(1);
    }
    out
}

fn row(line: u32, cells: Vec<Clean>, pipes: bool) -> Item {
    if cells.iter().all(|c| c.text.is_empty() && c.tables.is_empty()) {
        return Item::Blank;
    }
    Item::Row(Row { line, cells, pipes })
}

fn tab_row(line: &Line) -> Item {
    let source = Source::line(line.number);
    row(line.number, line.text.split('\t').map(|cell| clean(cell, &source)).collect(), false)
}

/// A row between `|`, if one begins here, and the lines it takes: converters break its cells over lines.
fn pipe_row(lines: &[Line]) -> Option<(Item, usize)> {
    let first = lines.first()?;
    let start = first.text.trim();
    // A table that a converter took for a list's entry.
    let start = start.strip_prefix("- ").map(str::trim_start).filter(|s| s.starts_with('|')).unwrap_or(start);
    let inner = start.strip_prefix('|')?;
    let mut text = inner.to_owned();
    let mut used = 1;
    if inner.is_empty() {
        return None;
    }
    if !ends_row(inner) {
        for (number, line) in lines.iter().enumerate().take(REACH).skip(1) {
            let next = line.text.trim();
            if next.starts_with('|') || line.text.contains('\t') {
                break;
            }
            if !line.is_blank() {
                text.push('\n');
                text.push_str(next);
            }
            if ends_row(next) {
                used = number + 1;
                break;
            }
        }
        if used == 1 {
            // Never closed: a row only if it separates something itself.
            text = inner.to_owned();
            if !inner.contains('|') {
                return None;
            }
        }
    }
    let source = Source::line(first.number);
    let body = if ends_row(&text) { &text[..text.len() - 1] } else { &text };
    let cells = split_pipes(body).iter().map(|cell| clean(cell, &source)).collect();
    Some((row(first.number, cells, true), used))
}

fn ends_row(text: &str) -> bool {
    text.ends_with('|') && !text.ends_with("\\|")
}

/// Splits at the `|` that no backslash escapes.
fn split_pipes(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in text.chars() {
        if c == '|' && !escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    cells
}

fn marked_heading(line: &Line) -> Option<(Item, usize)> {
    let found = MARKED_HEADING.as_ref()?.captures(line.text)?;
    let level = u8::try_from(found.get(1)?.len()).ok()?;
    let raw = found.get(2)?.as_str().to_owned();
    Some((Item::Text(Text { line: line.number, raw, heading: Some(level) }), 1))
}

/// A title in bold that goes on over lines: `**CAMERA`, …, `BRESCIA**`. Its lines stay apart.
fn bold_title(lines: &[Line]) -> Option<(Item, usize)> {
    let first = lines.first()?;
    let inner = first.text.trim().strip_prefix("**")?;
    if inner.contains("**") || inner.is_empty() {
        return None;
    }
    let mut raw = inner.to_owned();
    for (number, line) in lines.iter().enumerate().take(REACH).skip(1) {
        let text = line.text.trim();
        if line.text.contains('\t') || text.starts_with("**") && text.len() > 2 {
            return None;
        }
        if let Some(last) = text.strip_suffix("**") {
            if last.contains("**") {
                return None;
            }
            raw.push('\n');
            raw.push_str(last);
            return Some((Item::Text(Text { line: first.number, raw, heading: Some(3) }), number + 1));
        }
        if !text.is_empty() {
            raw.push('\n');
            raw.push_str(text);
        }
    }
    None
}

/// One line, or the lines that one paragraph is wrapped over where the file wraps its lines.
fn paragraph(lines: &[Line], width: Option<usize>) -> (Item, usize) {
    let Some(first) = lines.first() else { return (Item::Blank, 1) };
    let mut raw = first.text.to_owned();
    let mut used = 1;
    if let Some(width) = width {
        while let (Some(last), Some(next)) = (lines.get(used - 1), lines.get(used)) {
            if !wraps_into(last, next, width) {
                break;
            }
            let text = next.text.trim();
            let hyphen = raw.trim_end().ends_with('-') && text.starts_with(char::is_lowercase);
            raw.truncate(raw.trim_end().len());
            if !hyphen {
                raw.push(' ');
            }
            raw.push_str(text);
            used += 1;
        }
    }
    (Item::Text(Text { line: first.number, raw, heading: None }), used)
}

/// Whether a paragraph goes on from a full line to the next one.
fn wraps_into(last: &Line, next: &Line, width: usize) -> bool {
    let text = next.text.trim();
    let plain = !next.is_blank()
        && !next.text.contains('\t')
        && !text.starts_with(['|', '#', '*'])
        && !ENTRY.as_ref().is_some_and(|e| e.is_match(next.text))
        && !RULE.as_ref().is_some_and(|r| r.is_match(next.text))
        && !has_markup(next.text);
    let length = last.text.trim_end().chars().count();
    // Cells' columns are narrower than the page, so a sentence that plainly goes on needs but half a line before it.
    let goes_on = text.starts_with(|c: char| c.is_lowercase()) && length * 2 >= width;
    plain && !last.text.trim_end().ends_with(['.', ':', ';']) && (goes_on || length * 10 >= width * 8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::lines::lines;

    fn read(text: &str) -> Vec<Item> {
        items(&lines(text))
    }

    fn cells(item: &Item) -> Vec<&str> {
        match item {
            Item::Row(row) => row.cells.iter().map(|c| c.text.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn rules_are_no_data() {
        assert_eq!(read("---\t----"), [Item::Rule]);
        assert_eq!(read("|---|:--:|"), [Item::Rule]);
        assert_eq!(cells(&read("Scostamenti\t----")[0]), ["Scostamenti", "----"]);
        assert_eq!(cells(&read("-\t-\t5")[0]), ["-", "-", "5"]);
    }

    #[test]
    fn pipe_rows_broken_over_lines_are_whole() {
        let found =
            read("- | | |\n|--|--|\n| 1) Numero riunioni\n\n(target = 2, peso 50) | = 2 |\n| 2) a \\| b | SI |");
        assert_eq!(found[0], Item::Blank);
        assert_eq!(found[1], Item::Rule);
        assert_eq!(cells(&found[2]), ["1) Numero riunioni\n(target = 2, peso 50)", "= 2"]);
        assert_eq!(cells(&found[3]), ["2) a | b", "SI"]);
    }

    #[test]
    fn a_bar_within_a_title_is_no_table() {
        assert!(matches!(&read("TREVISO | DOLOMITI")[0], Item::Text(_)));
    }

    #[test]
    fn bold_titles_over_lines() {
        let found = read("**CAMERA DI COMMERCIO\nBRESCIA**\n# Titolo #");
        let expected = [("CAMERA DI COMMERCIO\nBRESCIA", 1, Some(3)), ("Titolo", 3, Some(1))];
        for (item, (raw, line, heading)) in found.iter().zip(expected) {
            assert_eq!(*item, Item::Text(Text { line, raw: raw.to_owned(), heading }));
        }
    }
}

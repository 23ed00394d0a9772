//! What stands on a page: the one shape that PDF, HTML and text are read into.
//!
//! A [`Document`] is a list of [`Block`]s in reading order. Nothing here knows what an indicator is:
//! the reader says which words stand where, the `extract` stage says what they mean.

mod months;
mod print;
mod reason;

pub use print::{tables, tables_csv, tables_json, tables_markdown, write_tables_json};
pub use reason::Reason;

pub(crate) use months::{MONTHS, month};
pub(crate) use print::tenths;

use serde::{Deserialize, Serialize};

/// Where something stands in its file.
///
/// `page` counts from 1 (HTML and text have one page); `bbox` is `[x0, y0, x1, y1]` in PDF points from the page's
/// top left corner, present for PDF only; `line` counts from 1 and is present for text files only.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Source {
    pub page: u32,
    pub bbox: Option<[f32; 4]>,
    pub line: Option<u32>,
}

impl Source {
    /// A place in a text file.
    pub fn line(line: u32) -> Self {
        Source { page: 1, bbox: None, line: Some(line) }
    }

    /// The place that covers both: the earlier page and line, and the union of the boxes where both are on one page.
    pub fn union(&self, other: &Source) -> Source {
        let (first, second) =
            if (other.page, other.line) < (self.page, self.line) { (other, self) } else { (self, other) };
        let bbox = match (first.bbox, second.bbox) {
            (Some(a), Some(b)) if first.page == second.page => {
                Some([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
            }
            (a, _) => a,
        };
        Source { page: first.page, bbox, line: first.line }
    }
}

/// The kind of a file, decided by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Pdf,
    Html,
    Text,
}

/// One file, read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    pub format: Format,
    /// One entry per page, in order; HTML and text have exactly one.
    pub pages: Vec<Page>,
    /// Headings, paragraphs and tables in reading order, over all pages; running headers and footers left out.
    pub blocks: Vec<Block>,
    /// The file's own title (PDF metadata, HTML `<title>`), if it states one.
    pub title: Option<String>,
    /// What could not be read, each with its place. Empty when all was read.
    pub faults: Vec<Fault>,
    /// The pages whose words come from optical recognition, in order.
    pub recognised: Vec<Recognised>,
}

/// A page that was read by optical recognition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recognised {
    pub page: u32,
    /// How sure its letters are on average, 0 to 1.
    pub confidence: f32,
    /// Its words; where the page lay askew, the boxes are those of the straightened page.
    pub words: Vec<RecognisedWord>,
}

/// A word by optical recognition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecognisedWord {
    pub text: String,
    /// As of [`Source::bbox`].
    pub bbox: [f32; 4],
    /// 0 to 1.
    pub confidence: f32,
}

/// A page's size in points, after rotation; both 0 for HTML and text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Page {
    pub width: f32,
    pub height: f32,
}

/// A part of a file that could not be read though the rest could.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    pub page: u32,
    pub reason: Reason,
    /// What happened and what the reader of the message can do about it, in Italian.
    pub message: String,
}

/// A piece of a document in reading order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// A paragraph or a heading.
    Text(Paragraph),
    Table(Table),
}

/// A run of text that is not in a table. White space is folded to single blanks; a line break that the author set
/// (`<br>`, a line of a text file) separates paragraphs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paragraph {
    pub text: String,
    pub source: Source,
    /// 1 to 6 where the file says it is a heading (HTML) or the type is visibly larger or bolder (PDF, Markdown); else `None`.
    pub heading: Option<u8>,
}

/// How a table was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// By ruling lines on all sides.
    Lattice,
    /// By alignment, white space or shading.
    Stream,
    /// By the file's own mark-up (HTML).
    Markup,
    /// By separators in a text file.
    Separated,
}

/// A table with merged cells, whole even where the file breaks it over pages.
///
/// Cells are sorted by `(row, col)`, don't overlap, and lie within `rows` × `cols`; a grid place that no cell covers is empty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    pub rows: u32,
    pub cols: u32,
    pub cells: Vec<Cell>,
    pub method: Method,
    /// How far to trust rows, columns and spans, 0 to 1: the share of neighbouring cells to expect right. 1 where the file's own
    /// mark-up or separators say what the cells are; for PDF see `read/pdf/confidence.rs`.
    pub confidence: f32,
    pub source: Source,
}

/// A cell: grid place, span (at least 1 × 1) and text.
///
/// The text has white space folded to single blanks; `\n` separates paragraphs where the file marks them (HTML `<p>`, `<br>`,
/// `<li>`, lines of a text file) and never stands for a mere line wrap. A tick box is `☒` (ticked) or `☐` (empty), whatever
/// drew it: glyph, symbol font, form field, `<input>`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    pub row: u32,
    pub col: u32,
    pub rowspan: u32,
    pub colspan: u32,
    pub text: String,
    pub source: Source,
}

impl Table {
    /// The cells that start in `row`, from left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = &Cell> {
        let start = self.cells.partition_point(|c| c.row < row);
        self.cells[start..].iter().take_while(move |c| c.row == row)
    }

    /// The cell that covers a grid place, whether it starts there or spans over it.
    pub fn at(&self, row: u32, col: u32) -> Option<&Cell> {
        self.cells
            .iter()
            .find(|c| (c.row..c.row + c.rowspan).contains(&row) && (c.col..c.col + c.colspan).contains(&col))
    }
}

/// White space folded to single blanks, none at the ends; no-break spaces count as white space, soft hyphens vanish.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{200b}' || c == '\u{feff}') {
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|&c| c != '\u{ad}'));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_words_and_drops_soft_hyphens() {
        assert_eq!(fold("  a\u{a0}\n b\u{ad}c "), "a bc");
        assert_eq!(fold("\t"), "");
    }

    #[test]
    fn union_of_places_keeps_the_first_page() {
        let a = Source { page: 2, bbox: Some([1.0, 2.0, 3.0, 4.0]), line: None };
        let b = Source { page: 2, bbox: Some([0.0, 3.0, 2.0, 9.0]), line: None };
        let c = Source { page: 1, bbox: Some([5.0, 5.0, 6.0, 6.0]), line: None };
        assert_eq!(a.union(&b).bbox, Some([0.0, 2.0, 3.0, 9.0]));
        assert_eq!(a.union(&c), c);
    }
}

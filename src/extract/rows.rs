//! A document as one stream of rows: what the meaning layer reads, whatever the file's format.
//!
//! Tables are taken apart because their borders can't be trusted: a text file loses them, a page break makes two of one,
//! and a plan may draw ten boxes as one table. What a row is, its own cells tell.

use super::confidence::Confidence;
use super::lexicon::Lexicon;
use super::turned;
use crate::document::{Block, Cell, Document, Method, Source, fold};

/// A line of text or a row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    Line(Line),
    Cells(Cells),
}

/// A paragraph outside tables.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// White space folded; line breaks of the author kept as `\n`.
    pub text: String,
    pub heading: Option<u8>,
    pub source: Source,
}

/// A row of a table: the cells that start in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cells {
    /// Index of the table in the document, counting from 0.
    pub table: usize,
    /// The row is the first of its table.
    pub first: bool,
    /// Number of columns of the table.
    pub cols: u32,
    /// The file says which cells are merged; false where empty places may be merged cells' remains (text files).
    pub spans_known: bool,
    /// How far the table's rows and columns are to be trusted.
    pub trust: Confidence,
    /// Not empty ones, from left to right.
    pub cells: Vec<Cell>,
}

impl Cells {
    /// The place of the whole row.
    pub fn source(&self) -> Source {
        let mut cells = self.cells.iter();
        let first = cells.next().map(|c| c.source.clone()).unwrap_or_default();
        cells.fold(first, |all, c| all.union(&c.source))
    }
}

/// The rows of a document, in reading order; rows without any text are left out.
pub(super) fn rows(document: &Document, lexicon: &Lexicon) -> Vec<Row> {
    let mut out = Vec::new();
    let mut tables = 0;
    for block in &document.blocks {
        match block {
            Block::Text(paragraph) => out.push(Row::Line(Line {
                text: fold_lines(&paragraph.text),
                heading: paragraph.heading,
                source: paragraph.source.clone(),
            })),
            Block::Table(printed) => {
                let upright = turned::upright(printed, lexicon);
                let table = upright.as_ref().unwrap_or(printed);
                let mut first = true;
                for row in 0..table.rows {
                    let cells: Vec<Cell> = table.row(row).filter(|c| !fold(&c.text).is_empty()).cloned().collect();
                    if cells.is_empty() {
                        continue;
                    }
                    out.push(Row::Cells(Cells {
                        table: tables,
                        first,
                        cols: table.cols,
                        spans_known: table.method != Method::Separated,
                        trust: Confidence::of_table(table.confidence),
                        cells,
                    }));
                    first = false;
                }
                tables += 1;
            }
        }
    }
    out
}

/// White space folded within lines; empty lines left out.
fn fold_lines(text: &str) -> String {
    text.lines().map(fold).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

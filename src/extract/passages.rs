//! The document's rows as they stand, each with the objective in force: what readers of prose and of lists work on.

use serde::{Deserialize, Serialize};

use super::printed::Printed;
use super::rows::{Line, Row};
use crate::document::fold;

/// No paragraph is longer, in bytes: of what a file tells in one piece that is no paragraph, so much is kept.
const LONGEST: usize = 20_000;

/// A paragraph, or a row of a table with its cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Index of the objective in force, among the plan's.
    pub objective: Option<usize>,
    /// Index of the table in the document, counting from 0; `None` for a paragraph.
    pub table: Option<usize>,
    /// 1 to 6 where the file marks the paragraph as a heading.
    pub heading: Option<u8>,
    /// A paragraph's text, or the texts of the row's cells that are not empty, from left to right. White space is folded;
    /// line breaks of the author are kept as `\n`. At most some 20,000 bytes each.
    pub cells: Vec<Printed>,
    /// The grid column each of the cells starts in; a single 0 for a paragraph.
    pub columns: Vec<u32>,
}

impl Passage {
    pub(super) fn of(row: &Row) -> Passage {
        let lines = |text: &str| {
            let lines: Vec<String> = text.lines().map(fold).filter(|line| !line.is_empty()).collect();
            lines.join("\n")
        };
        let bounded = |mut text: String| {
            text.truncate(text.floor_char_boundary(LONGEST));
            text
        };
        match row {
            Row::Line(Line { text, heading, source }) => Passage {
                objective: None,
                table: None,
                heading: *heading,
                cells: vec![Printed::new(bounded(text.clone()), source.clone())],
                columns: vec![0],
            },
            Row::Cells(row) => Passage {
                objective: None,
                table: Some(row.table),
                heading: None,
                cells: row.cells.iter().map(|c| Printed::new(bounded(lines(&c.text)), c.source.clone())).collect(),
                columns: row.cells.iter().map(|c| c.col).collect(),
            },
        }
    }
}

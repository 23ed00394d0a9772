//! Plain text → [`Document`]: above all what converters make of PDF files.
//!
//! A text that keeps its page's columns apart by blanks is read like a page without rules. In any other
//! tabs and `|` separate a table's cells, one line is one paragraph unless the file wraps its lines, and HTML and Markdown
//! marks may stand anywhere. A paragraph's and a cell's source is the line it begins on.

mod columns;
mod inline;
mod items;
mod lines;
mod tables;

#[cfg(test)]
mod tests;

use crate::document::{Document, Format, Page};
use crate::read::pdf::monospace_blocks;

/// Reads a text file from its text (see [`crate::read::decode::decode`]).
///
/// Never fails. Lines count from 1; tables that stand in the text as HTML have [`crate::document::Method::Markup`], all
/// others [`crate::document::Method::Separated`].
pub fn read_text(text: &str) -> Document {
    let lines = lines::lines(text);
    let blocks = match columns::pages(&lines) {
        Some(pages) => monospace_blocks(&pages),
        None => tables::assemble(items::items(&lines)),
    };
    Document {
        format: Format::Text,
        pages: vec![Page { width: 0.0, height: 0.0 }],
        blocks,
        title: None,
        faults: Vec::new(),
        recognised: Vec::new(),
    }
}

//! HTML → [`Document`]: published web pages, a word processor's "save as web page", clean HTML.
//!
//! Site furniture (see `furniture`) is left out; tables that only lay out the page dissolve into what they hold; a data
//! table in a data table's cell becomes a table of its own right behind the outer one, whose cell leaves it out.

mod attributes;
mod depth;
mod flow;
mod furniture;
mod grid;
mod symbols;
mod tree;

#[cfg(test)]
mod tests;

use scraper::Html;

use crate::document::{Block, Document, Format, Page, Source, fold};
use tree::Tree;

pub(crate) use symbols::push_symbols;

/// Reads an HTML page from its text (see [`crate::read::decode::decode`]).
///
/// Never fails: a page without content gives a document without blocks. All sources are page 1 without box or line.
pub fn read_html(text: &str) -> Document {
    let html = Html::parse_document(&depth::limited(&attributes::limited(text)));
    let tree = Tree::new(&html);
    let source = Source { page: 1, bbox: None, line: None };
    Document {
        format: Format::Html,
        pages: vec![Page { width: 0.0, height: 0.0 }],
        blocks: flow::blocks(&tree, &source, false),
        title: title(&tree),
        faults: Vec::new(),
        recognised: Vec::new(),
    }
}

/// The blocks of a piece of HTML that stands in a text file, all with the same `source`.
pub(crate) fn read_fragment(text: &str, source: &Source) -> Vec<Block> {
    let html = Html::parse_fragment(&depth::limited(text));
    flow::blocks(&Tree::new(&html), source, true)
}

/// The page's `<title>`, folded; `None` if absent or empty.
fn title(tree: &Tree) -> Option<String> {
    let index =
        (0..tree.nodes.len()).find(|&i| tree.name(i) == "title" && tree.name(tree.nodes[i].parent) == "head")?;
    let mut text = String::new();
    for node in &tree.nodes[index..tree.nodes[index].end] {
        if let tree::Kind::Text(part) = node.kind {
            text.push_str(part);
        }
    }
    Some(fold(&text)).filter(|t| !t.is_empty())
}

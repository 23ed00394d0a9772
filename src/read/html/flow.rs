//! The walk over a page that makes blocks of it.

use scraper::node::Element;

use super::furniture::{is_furniture, is_phrase};
use super::grid::{Use, grid, table_use};
use super::symbols::{push_symbols, symbol_font};
use super::tree::{Kind, Tree, heading_level, is_checkbox};
use crate::document::{Block, Cell, Method, Paragraph, Source, Table, fold};
use crate::read::symbols::SymbolFont;

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 42] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "hr",
    "menu",
    "optgroup",
];

/// What a stretch of the page holds, in order.
enum Piece {
    Line(String, Option<u8>),
    /// A data table, by its index in the tree.
    Table(usize),
}

/// What ends with an element.
enum Close {
    Line,
    Heading,
    Font(Option<SymbolFont>),
    Preformatted,
}

/// Stands for a line break within a heading until its lines are folded.
const HEADING_BREAK: char = '\u{2028}';

/// The lines being made.
#[derive(Default)]
struct Lines {
    pieces: Vec<Piece>,
    line: String,
    heading: Option<u8>,
    in_data: bool,
}

impl Lines {
    fn end_line(&mut self) {
        let text = match self.heading {
            Some(_) => {
                self.line.split(HEADING_BREAK).map(fold).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
            }
            None => fold(&self.line),
        };
        self.line.clear();
        if !text.is_empty() && (self.in_data || !is_phrase(&text)) {
            self.pieces.push(Piece::Line(text, self.heading));
        }
    }
}

/// All blocks of a page, in reading order, each with `source`. `in_data` says that the page is but a piece of a document,
/// in which no site furniture stands.
pub fn blocks(tree: &Tree, source: &Source, in_data: bool) -> Vec<Block> {
    let mut out = Vec::new();
    let mut todo = pieces(tree, 0, tree.nodes.len(), in_data);
    todo.reverse();
    while let Some(piece) = todo.pop() {
        match piece {
            Piece::Line(text, heading) => out.push(Block::Text(Paragraph { text, source: source.clone(), heading })),
            Piece::Table(index) => {
                let (captions, table, nested) = data_table(tree, index, source);
                out.extend(
                    captions
                        .into_iter()
                        .map(|text| Block::Text(Paragraph { text, source: source.clone(), heading: None })),
                );
                if !table.cells.is_empty() {
                    out.push(Block::Table(table));
                }
                todo.extend(nested.into_iter().rev().map(Piece::Table));
            }
        }
    }
    out
}

/// A data table: its captions' lines, its grid, and the data tables nested in its cells.
fn data_table(tree: &Tree, index: usize, source: &Source) -> (Vec<String>, Table, Vec<usize>) {
    let mut nested = Vec::new();
    let mut lines_of = |start: usize| -> Vec<String> {
        let mut lines = Vec::new();
        for piece in pieces(tree, start + 1, tree.nodes[start].end, true) {
            match piece {
                Piece::Line(text, _) => lines.push(text),
                Piece::Table(inner) => nested.push(inner),
            }
        }
        lines
    };
    let captions = tree.children(index).filter(|&c| tree.name(c) == "caption").flat_map(&mut lines_of).collect();
    let (rows, cols, placed) = grid(tree, index);
    let cells = placed.into_iter().map(|place| Cell {
        row: place.row,
        col: place.col,
        rowspan: place.rowspan,
        colspan: place.colspan,
        text: lines_of(place.index).join("\n"),
        source: source.clone(),
    });
    let cells = cells.collect();
    (captions, Table { rows, cols, cells, method: Method::Markup, confidence: 1.0, source: source.clone() }, nested)
}

/// The lines and data tables between two indices. Layout tables dissolve into what they hold.
fn pieces(tree: &Tree, start: usize, end: usize, in_data: bool) -> Vec<Piece> {
    let lines = Lines { in_data, ..Lines::default() };
    let mut walk = Walk { tree, lines, font: None, preformatted: 0, open: Vec::new() };
    let mut at = start;
    loop {
        walk.close(at);
        if at >= end {
            break;
        }
        at = match tree.nodes[at].kind {
            Kind::Element(element) => walk.enter(at, element),
            Kind::Text(text) => {
                walk.text(text, tree.nodes[at].parent);
                at + 1
            }
            Kind::Root => at + 1,
        };
    }
    walk.lines.end_line();
    walk.lines.pieces
}

/// A walk in document order.
struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    lines: Lines,
    font: Option<SymbolFont>,
    /// How many `<pre>` are open.
    preformatted: usize,
    /// Open elements with something to do at their end, and where that is.
    open: Vec<(usize, Close)>,
}

impl Walk<'_, '_> {
    /// Ends the elements that end before `at`.
    fn close(&mut self, at: usize) {
        while let Some((_, close)) = self.open.pop_if(|(end, _)| *end <= at) {
            match close {
                Close::Line => self.lines.end_line(),
                Close::Heading => {
                    self.lines.end_line();
                    self.lines.heading = None;
                }
                Close::Font(before) => self.font = before,
                Close::Preformatted => self.preformatted = self.preformatted.saturating_sub(1),
            }
        }
    }

    /// Begins an element; the index to go on at, which is past the element if it is left out or a data table.
    fn enter(&mut self, at: usize, element: &Element) -> usize {
        let (name, end) = (element.name(), self.tree.nodes[at].end);
        if is_furniture(self.tree, at, self.lines.in_data) {
            return end;
        }
        if name == "table" {
            self.lines.end_line();
            match table_use(self.tree, at) {
                Use::Layout => {}
                Use::Empty => return end,
                Use::Data => {
                    self.lines.pieces.push(Piece::Table(at));
                    return end;
                }
            }
        }
        if let Some(font) = own_font(element) {
            self.open.push((end, Close::Font(self.font)));
            self.font = font;
        }
        if name == "pre" {
            self.preformatted += 1;
            self.open.push((end, Close::Preformatted));
        }
        self.break_line(name, end);
        if name == "input" && is_checkbox(element) {
            self.lines.line.push_str(if element.attr("checked").is_some() { " ☒ " } else { " ☐ " });
        }
        at + 1
    }

    /// The line breaks that an element brings. A heading stays one paragraph, its lines parted by `\n`.
    fn break_line(&mut self, name: &str, end: usize) {
        let is_block = BLOCKS.contains(&name);
        if let Some(level) = heading_level(name) {
            self.lines.end_line();
            self.lines.heading = Some(level);
            self.open.push((end, Close::Heading));
        } else if (is_block || name == "br") && self.lines.heading.is_some() {
            self.lines.line.push(HEADING_BREAK);
        } else if is_block {
            self.lines.end_line();
            self.open.push((end, Close::Line));
        } else if name == "br" {
            self.lines.end_line();
        }
    }

    fn text(&mut self, text: &str, parent: usize) {
        // Converters write a list's entries straight into `<ul>`, each behind its bullet.
        let bullets = matches!(self.tree.name(parent), "ul" | "ol");
        let preformatted = self.preformatted > 0;
        let parts = |&(at, c): &(usize, char)| at > 0 && ((preformatted && c == '\n') || (bullets && c == '•'));
        let mut rest = text;
        while let Some((at, _)) = rest.char_indices().find(parts) {
            let (head, tail) = rest.split_at(at);
            push_symbols(&mut self.lines.line, head, self.font);
            self.lines.end_line();
            rest = tail;
        }
        push_symbols(&mut self.lines.line, rest, self.font);
    }
}

/// The symbol font an element sets (`Some(Some(…))`), an ordinary one it sets (`Some(None)`), or `None` if it sets none.
fn own_font(element: &Element) -> Option<Option<SymbolFont>> {
    if let Some(face) = element.attr("face") {
        return Some(symbol_font(face));
    }
    let style = element.attr("style")?;
    let mut found = None;
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        match property.trim().to_ascii_lowercase().as_str() {
            "font-family" | "mso-symbol-font-family" if found.flatten().is_none() => found = Some(symbol_font(value)),
            // The shorthand ends with the families, which follow the size.
            "font" if found.is_none() => {
                found = Some(value.rsplit_once(['t', 'x', 'm', '%']).and_then(|(_, f)| symbol_font(f)))
            }
            _ => {}
        }
    }
    found
}

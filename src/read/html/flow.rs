//! The walk over a page that makes blocks of it.

use scraper::node::Element;

use super::furniture::{is_furniture, is_phrase};
use super::grid::{Use, grid, table_use};
use super::symbols::{SymbolFont, push_symbols, symbol_font};
use super::tree::{Kind, Tree, heading_level, is_checkbox};
use crate::document::{Block, Cell, Method, Paragraph, Source, Table, fold};

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
        let text = fold(&self.line);
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
    (captions, Table { rows, cols, cells, method: Method::Markup, source: source.clone() }, nested)
}

/// The lines and data tables between two indices. Layout tables dissolve into what they hold.
fn pieces(tree: &Tree, start: usize, end: usize, in_data: bool) -> Vec<Piece> {
    let mut lines = Lines { in_data, ..Lines::default() };
    let mut font = None;
    let mut preformatted = 0usize;
    let mut open: Vec<(usize, Close)> = Vec::new();
    let mut at = start;
    loop {
        while let Some((_, close)) = open.pop_if(|(end, _)| *end <= at) {
            match close {
                Close::Line => lines.end_line(),
                Close::Heading => {
                    lines.end_line();
                    lines.heading = None;
                }
                Close::Font(before) => font = before,
                Close::Preformatted => preformatted -= 1,
            }
        }
        if at >= end {
            break;
        }
        let node = &tree.nodes[at];
        let element = match node.kind {
            Kind::Element(element) => element,
            Kind::Text(text) => {
                push_text(tree, &mut lines, text, node.parent, font, preformatted > 0);
                at += 1;
                continue;
            }
            Kind::Root => {
                at += 1;
                continue;
            }
        };
        if is_furniture(tree, at, in_data) {
            at = node.end;
            continue;
        }
        let name = element.name();
        if name == "table" {
            lines.end_line();
            match table_use(tree, at) {
                Use::Layout => {}
                Use::Empty => {
                    at = node.end;
                    continue;
                }
                Use::Data => {
                    lines.pieces.push(Piece::Table(at));
                    at = node.end;
                    continue;
                }
            }
        }
        if let Some(changed) = own_font(element) {
            open.push((node.end, Close::Font(font)));
            font = changed;
        }
        if name == "pre" {
            preformatted += 1;
            open.push((node.end, Close::Preformatted));
        }
        if let Some(level) = heading_level(name) {
            lines.end_line();
            lines.heading = Some(level);
            open.push((node.end, Close::Heading));
        } else if BLOCKS.contains(&name) && lines.heading.is_none() {
            lines.end_line();
            open.push((node.end, Close::Line));
        } else if BLOCKS.contains(&name) || (name == "br" && lines.heading.is_some()) {
            lines.line.push(' ');
        } else if name == "br" {
            lines.end_line();
        } else if name == "input" && is_checkbox(element) {
            lines.line.push_str(if element.attr("checked").is_some() { " ☒ " } else { " ☐ " });
        }
        at += 1;
    }
    lines.end_line();
    lines.pieces
}

fn push_text(tree: &Tree, lines: &mut Lines, text: &str, parent: usize, font: Option<SymbolFont>, preformatted: bool) {
    // Converters write a list's entries straight into `<ul>`, each behind its bullet.
    let bullets = matches!(tree.name(parent), "ul" | "ol");
    let mut rest = text;
    while let Some(cut) =
        rest.char_indices().find(|&(i, c)| i > 0 && ((preformatted && c == '\n') || (bullets && c == '•')))
    {
        let (head, tail) = rest.split_at(cut.0);
        push_symbols(&mut lines.line, head, font);
        lines.end_line();
        rest = tail;
    }
    push_symbols(&mut lines.line, rest, font);
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

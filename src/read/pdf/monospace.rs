//! Text whose columns blanks keep apart, as converters print a page that way: every letter as wide as every other, laid out
//! like a page without rules.

use super::assemble;
use super::glyphs::Direction;
use super::layout::PageParts;
use super::words::{Word, on_the_page};
use crate::document::{Block, Cell, Source};

/// The width of a letter, the type size and the height of a line, in points: a blank is narrower than the type size, two are wider.
const LETTER: f32 = 6.0;
const SIZE: f32 = 10.0;
const STEP: f32 = 12.0;

/// A line of a text: its number in the file, counting from 1, and its text.
pub(in crate::read) type Numbered<'t> = (u32, &'t str);

/// The paragraphs and tables of a text's pages; every source is the line it begins on.
pub(in crate::read) fn blocks(pages: &[Vec<Numbered<'_>>]) -> Vec<Block> {
    let parts = pages.iter().map(|lines| page(lines)).collect();
    let mut blocks = assemble(parts);
    for block in &mut blocks {
        match block {
            Block::Text(paragraph) => to_line(&mut paragraph.source, pages),
            Block::Table(table) => {
                to_line(&mut table.source, pages);
                table.cells.iter_mut().for_each(|Cell { source, .. }| to_line(source, pages));
            }
        }
    }
    blocks
}

/// A page's words where the blanks before them put them.
fn page(lines: &[Numbered<'_>]) -> PageParts {
    let longest = lines.iter().map(|(_, text)| text.chars().count()).max().unwrap_or(0);
    let (width, height) = ((longest as f32 + 4.0) * LETTER, (lines.len() as f32 + 2.0) * STEP);
    let mut words = Vec::new();
    for (at, (_, text)) in lines.iter().enumerate() {
        let base = (at as f32 + 1.0) * STEP;
        let mut open: Option<(usize, String)> = None;
        for (column, c) in text.chars().chain([' ']).enumerate() {
            match (&mut open, c.is_whitespace() || c == '\u{a0}') {
                (Some((_, word)), false) => word.push(c),
                (None, false) => open = Some((column, c.to_string())),
                (_, true) => {
                    words.extend(open.take().map(|(from, text)| placed(text, from, column, base, (width, height))))
                }
            }
        }
    }
    PageParts { width, height, words, grids: Vec::new(), rules: Vec::new(), shades: Vec::new() }
}

fn placed(text: String, from: usize, to: usize, base: f32, page: (f32, f32)) -> Word {
    let (x0, x1) = ((from as f32 + 1.0) * LETTER, (to as f32 + 1.0) * LETTER);
    let direction = Direction::Right;
    let bounds = on_the_page(x0, x1, base, SIZE, direction, page);
    Word { text, bounds, x0, x1, base, size: SIZE, direction, bold: false, blank_after: true, cell: None }
}

/// The line of the file that a place on a page was made of.
fn to_line(source: &mut Source, pages: &[Vec<Numbered<'_>>]) {
    let lines = pages.get((source.page as usize).saturating_sub(1)).map_or(&[][..], Vec::as_slice);
    let top = source.bbox.map_or(0.0, |b| b[1]);
    // A line's body starts three quarters of the size above its base, a cell half-way to the line before.
    let at = ((top + 0.75 * STEP) / STEP).floor().max(1.0) as usize - 1;
    let line = lines.get(at).or(lines.last()).map(|(number, _)| *number);
    *source = Source { page: 1, bbox: None, line };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_make_columns() {
        let text = "Titolo del documento\n\n\nIndicatore               Peso     Target\nNumero di eventi         40%      12\nImprese coinvolte        30%      200\nTempo medio              30%      5\n";
        let lines: Vec<Numbered> = (1..).zip(text.lines()).collect();
        let blocks = blocks(&[lines]);
        let Some(Block::Table(table)) = blocks.iter().find(|b| matches!(b, Block::Table(_))) else {
            panic!("no table in {blocks:#?}")
        };
        assert_eq!((table.rows, table.cols), (4, 3));
        assert_eq!(table.at(2, 0).map(|c| (c.text.as_str(), c.source.line)), Some(("Imprese coinvolte", Some(6))));
    }
}

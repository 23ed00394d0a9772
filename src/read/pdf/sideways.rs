//! Pages whose text stands sideways or upside down, as wide tables are printed on upright pages: read as by who turns the paper,
//! with all places told as they are on the page.

use hayro_interpret::kurbo::Affine;

use super::glyphs::{Direction, Sheet};
use crate::document::{Block, Source};

/// Letters that a page needs for its direction to be told.
const LEAST: usize = 40;
/// The share of a page's letters, in percent, that read another way than from left to right for it to be turned.
const MOST: usize = 70;

/// A page that is read turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turn {
    /// Which way its text reads on the page.
    direction: Direction,
    /// The page's size as it is shown, in points.
    width: f32,
    height: f32,
}

impl Turn {
    /// How a page is to be turned; `None` for one whose text reads from left to right.
    pub(super) fn of(sheet: &Sheet) -> Option<Turn> {
        let seen = || sheet.glyphs.iter().filter(|glyph| glyph.visible && !glyph.text.is_whitespace());
        let count = |direction| seen().filter(|glyph| glyph.direction == direction).count();
        let all = seen().count();
        let fits = |direction: &Direction| all >= LEAST && count(*direction) * 100 >= all * MOST;
        let direction = [Direction::Up, Direction::Down, Direction::Left].into_iter().find(fits)?;
        Some(Turn { direction, width: sheet.width, height: sheet.height })
    }

    /// From the page as it is shown to the page as it is read.
    pub(super) fn transform(self) -> Affine {
        let (w, h) = (f64::from(self.width), f64::from(self.height));
        Affine::new(match self.direction {
            Direction::Right => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            Direction::Up => [0.0, 1.0, -1.0, 0.0, h, 0.0],
            Direction::Down => [0.0, -1.0, 1.0, 0.0, 0.0, w],
            Direction::Left => [-1.0, 0.0, 0.0, -1.0, w, h],
        })
    }

    /// The size of the page as it is read.
    pub(super) fn size(self) -> (f32, f32) {
        match self.direction {
            Direction::Up | Direction::Down => (self.height, self.width),
            Direction::Right | Direction::Left => (self.width, self.height),
        }
    }

    /// The size of the page as it is shown.
    pub(super) fn shown(self) -> (f32, f32) {
        (self.width, self.height)
    }

    /// A box on the page as it is read → the same on the page as it is shown.
    fn back(self, [x0, y0, x1, y1]: [f32; 4]) -> [f32; 4] {
        let (w, h) = (self.width, self.height);
        match self.direction {
            Direction::Right => [x0, y0, x1, y1],
            Direction::Up => [y0, h - x1, y1, h - x0],
            Direction::Down => [w - y1, x0, w - y0, x1],
            Direction::Left => [w - x1, h - y1, w - x0, h - y0],
        }
    }
}

/// Tells the places of blocks as they are on the pages; `turns` as the pages.
pub(super) fn turn_back(blocks: &mut [Block], turns: &[Option<Turn>]) {
    let place = |source: &mut Source| {
        let turn = (source.page as usize).checked_sub(1).and_then(|page| turns.get(page).copied().flatten());
        if let (Some(turn), Some(bbox)) = (turn, &mut source.bbox) {
            *bbox = turn.back(*bbox);
        }
    };
    if turns.iter().all(Option::is_none) {
        return;
    }
    for block in blocks {
        match block {
            Block::Text(paragraph) => place(&mut paragraph.source),
            Block::Table(table) => {
                place(&mut table.source);
                table.cells.iter_mut().for_each(|cell| place(&mut cell.source));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_comes_back_where_it_was() {
        for direction in [Direction::Right, Direction::Up, Direction::Down, Direction::Left] {
            let turn = Turn { direction, width: 600.0, height: 800.0 };
            let shown = [10.0, 20.0, 110.0, 50.0];
            let [a, b] = [(shown[0], shown[1]), (shown[2], shown[3])].map(|(x, y)| {
                let [p, q, r, s, e, f] = turn.transform().as_coeffs().map(|c| c as f32);
                (p * x + r * y + e, q * x + s * y + f)
            });
            let read = [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)];
            assert!(read[0] >= 0.0 && read[2] <= turn.size().0 && read[3] <= turn.size().1, "{direction:?} {read:?}");
            assert_eq!(turn.back(read), shown, "{direction:?}");
        }
    }
}

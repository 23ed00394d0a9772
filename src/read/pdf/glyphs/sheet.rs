//! What a page shows: glyphs, rules, filled boxes.

use crate::read::pdf::geometry::Bounds;

/// Which way a glyph reads on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read::pdf) enum Direction {
    Right,
    /// Bottom to top, as in column headings turned to the left.
    Up,
    Down,
    Left,
}

/// A glyph in the frame of its direction: `x0` to `x1` along the line, `base` across it, both growing as one reads.
#[derive(Debug, Clone, Copy)]
pub(in crate::read::pdf) struct Glyph {
    pub text: char,
    pub x0: f32,
    pub x1: f32,
    pub base: f32,
    pub size: f32,
    pub direction: Direction,
    pub bold: bool,
    pub visible: bool,
    /// The tagged cell it belongs to, 0 for none; `None` where the page has no tagged cells.
    pub cell: Option<u32>,
}

/// A ruling line, horizontal or vertical.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read::pdf) struct Rule {
    pub horizontal: bool,
    /// y of a horizontal rule, x of a vertical one.
    pub at: f32,
    pub from: f32,
    pub to: f32,
    pub width: f32,
    /// Painted in (nearly) white: seen only on a shaded ground.
    pub white: bool,
}

/// A filled box.
#[derive(Debug, Clone, Copy)]
pub(in crate::read::pdf) struct Shade {
    pub bounds: Bounds,
    pub color: [u8; 3],
}

/// Everything a page shows that matters for text and tables.
#[derive(Default)]
pub(in crate::read::pdf) struct Sheet {
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    pub shades: Vec<Shade>,
    /// Glyphs whose character the file does not tell.
    pub unmapped: usize,
    pub images: usize,
    /// The share of the page that its largest picture covers, 0 to 1.
    pub covered: f32,
    /// The pixels of its largest picture.
    pub pixels: u64,
    /// Drawing steps the page took.
    pub steps: usize,
    /// Set when the page was left before its end.
    pub stopped: Option<Stop>,
}

/// Why a page was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read::pdf) enum Stop {
    TooMuch,
    Panic,
}

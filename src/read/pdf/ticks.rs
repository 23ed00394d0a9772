//! Tick boxes that are drawn: small upright squares beside a text, with or without a mark in them.

use super::geometry::Bounds;
use super::glyphs::{Direction, Glyph, Rule};

/// Sides of a tick box, in points.
const SIDES: std::ops::RangeInclusive<f32> = 4.0..=16.0;
/// More squares than this are a drawing.
const MAX_BOXES: usize = 2_000;
/// How far the words of a tick box stand from it at the most, in sides of the box.
const REACH: f32 = 4.0;

/// What a page's paths may be parts of tick boxes.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    /// Outlines of small upright squares.
    pub boxes: Vec<Bounds>,
    /// Small strokes and fills that are no upright boxes.
    pub marks: Vec<Bounds>,
}

impl Shapes {
    /// Takes in an outlined upright box, if it may be a tick box.
    pub fn outline(&mut self, b: Bounds) {
        let (w, h) = (b.width(), b.height());
        if SIDES.contains(&w) && SIDES.contains(&h) && (0.75..=1.34).contains(&(w / h)) {
            self.boxes.push(b);
        }
    }

    /// Takes in a shape that may be the mark in a tick box.
    pub fn mark(&mut self, b: Bounds) {
        if b.width().max(b.height()) <= *SIDES.end() {
            self.marks.push(b);
        }
    }
}

/// Puts `☒` and `☐` among the glyphs for the tick boxes that are drawn, and takes away what they are drawn with.
pub(super) fn read_ticks(mut shapes: Shapes, glyphs: &mut Vec<Glyph>, rules: &mut Vec<Rule>) {
    // A box is often painted twice: ground, then outline.
    shapes.boxes.dedup_by(|a, b| a.contains(b, 1.0) && b.contains(a, 1.0));
    if shapes.boxes.is_empty() || shapes.boxes.len() > MAX_BOXES {
        return;
    }
    for (i, b) in shapes.boxes.iter().enumerate() {
        let touched = |(k, other): (usize, &Bounds)| k != i && other.meet(&widened(b, 0.6)).is_some();
        if shapes.boxes.iter().enumerate().any(touched) {
            // Squares side by side are a grid.
            continue;
        }
        let inside = |g: &&Glyph| g.direction == Direction::Right && has_middle(b, g);
        let signs: Vec<&Glyph> = glyphs.iter().filter(inside).collect();
        if signs.len() > 1 || signs.iter().any(|g| !is_mark(g.text)) {
            continue;
        }
        let Some((base, size)) = words_beside(b, glyphs) else { continue };
        let marked = !signs.is_empty() || shapes.marks.iter().any(|m| b.contains(m, 1.5));
        glyphs.retain(|g| !(g.direction == Direction::Right && has_middle(b, g)));
        rules.retain(|rule| !lies_on(rule, b));
        let text = if marked { '☒' } else { '☐' };
        let (x0, x1) = (b.x0, b.x1);
        glyphs.push(Glyph {
            text,
            x0,
            x1,
            base,
            size,
            direction: Direction::Right,
            bold: false,
            visible: true,
            cell: None,
        });
    }
}

fn widened(b: &Bounds, by: f32) -> Bounds {
    Bounds { x0: b.x0 - by, y0: b.y0 - by, x1: b.x1 + by, y1: b.y1 + by }
}

fn has_middle(b: &Bounds, g: &Glyph) -> bool {
    b.has((g.x0 + g.x1) / 2.0, g.base - 0.3 * g.size)
}

fn is_mark(c: char) -> bool {
    matches!(c, '✓' | '✔' | '✗' | '✘' | '☒' | 'X' | 'x' | '×' | '•' | '●' | '■' | '◼' | '*' | '\u{a0}' | ' ')
}

/// Base line and type size of the nearest words on the box's height.
fn words_beside(b: &Bounds, glyphs: &[Glyph]) -> Option<(f32, f32)> {
    let side = b.height();
    let middle = b.center().1;
    let beside = glyphs.iter().filter(|g| {
        let on_line = g.base > middle - 0.2 * side && g.base - 0.75 * g.size < middle + 0.2 * side;
        g.direction == Direction::Right && g.text.is_alphanumeric() && on_line
    });
    let gap = |g: &Glyph| (g.x0 - b.x1).max(b.x0 - g.x1);
    let nearest =
        beside.filter(|g| (-1.0..=REACH * side).contains(&gap(g))).min_by(|a, b| gap(a).total_cmp(&gap(b)))?;
    Some((nearest.base, nearest.size))
}

fn lies_on(rule: &Rule, b: &Bounds) -> bool {
    let (at, from, to) = (rule.at, rule.from, rule.to);
    let whole = if rule.horizontal {
        Bounds { x0: from, y0: at, x1: to, y1: at }
    } else {
        Bounds { x0: at, y0: from, x1: at, y1: to }
    };
    b.contains(&whole, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(text: char, x0: f32) -> Glyph {
        let direction = Direction::Right;
        Glyph { text, x0, x1: x0 + 5.0, base: 100.0, size: 10.0, direction, bold: false, visible: true, cell: None }
    }

    fn read(boxes: Vec<Bounds>, marks: Vec<Bounds>, mut glyphs: Vec<Glyph>) -> String {
        read_ticks(Shapes { boxes, marks }, &mut glyphs, &mut Vec::new());
        glyphs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        glyphs.iter().map(|g| g.text).collect()
    }

    #[test]
    fn squares_beside_words_are_boxes() {
        let square = |x: f32| Bounds::new(x, 92.0, x + 8.0, 100.0);
        let words = || vec![letter('a', 20.0), letter('b', 60.0)];
        assert_eq!(read(vec![square(8.0), square(48.0)], vec![Bounds::new(9.0, 93.0, 15.0, 99.0)], words()), "☒a☐b");
        // Far from any word, or side by side: a drawing, a grid.
        assert_eq!(read(vec![square(200.0)], Vec::new(), words()), "ab");
        assert_eq!(read(vec![square(28.0), square(36.0)], Vec::new(), words()), "ab");
        // A sign in the box is its mark; any other letter makes it a frame.
        assert_eq!(read(vec![square(8.0)], Vec::new(), vec![letter('X', 9.5), letter('a', 20.0)]), "☒a");
        assert_eq!(read(vec![square(8.0)], Vec::new(), vec![letter('A', 9.5), letter('a', 20.0)]), "Aa");
    }
}

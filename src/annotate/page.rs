//! From places on the visible page to places in the page's own coordinates.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// US letter, where a page has no usable box at all (as PDF readers assume).
const LETTER: [f32; 4] = [0.0, 0.0, 612.0, 792.0];

/// How deep page trees are followed.
const DEPTH: usize = 64;

/// What is seen of a page: the part of the media box inside the crop box, turned by the page's rotation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Visible {
    /// Left, bottom, right, top in the page's own coordinates.
    bounds: [f32; 4],
    /// Quarter turns clockwise, 0 to 3.
    turns: u8,
}

impl Visible {
    pub(super) fn of(document: &Document, page: ObjectId) -> Self {
        let media = inherited(document, page, b"MediaBox").and_then(|o| rectangle(document, &o)).unwrap_or(LETTER);
        let crop = inherited(document, page, b"CropBox").and_then(|o| rectangle(document, &o)).unwrap_or(media);
        let meet = [crop[0].max(media[0]), crop[1].max(media[1]), crop[2].min(media[2]), crop[3].min(media[3])];
        let bounds = if meet[0] < meet[2] && meet[1] < meet[3] { meet } else { media };
        let rotation = inherited(document, page, b"Rotate").and_then(|o| o.as_i64().ok()).unwrap_or(0);
        // A quarter of a value from 0 to 359.
        let turns = u8::try_from(rotation.rem_euclid(360) / 90).unwrap_or(0);
        Visible { bounds, turns }
    }

    /// The width of what is seen, in points.
    pub(super) fn width(&self) -> f32 {
        let [x0, y0, x1, y1] = self.bounds;
        if self.turns.is_multiple_of(2) { x1 - x0 } else { y1 - y0 }
    }

    /// Quarter turns clockwise that the page is shown with.
    pub(super) fn turns(&self) -> u8 {
        self.turns
    }

    /// A box in points from the visible page's top left corner, in the page's own coordinates: left, bottom, right, top.
    pub(super) fn rectangle(&self, [x0, y0, x1, y1]: [f32; 4]) -> [f32; 4] {
        let (a, b) = (self.point(x0, y0), self.point(x1, y1));
        [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)]
    }

    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        let [left, bottom, right, top] = self.bounds;
        match self.turns {
            0 => (left + x, top - y),
            1 => (left + y, bottom + x),
            2 => (right - x, bottom + y),
            _ => (right - y, top - x),
        }
    }
}

/// A page's entry, its own or that of the nearest node above it that has one.
fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut node: &Dictionary = document.get_dictionary(page).ok()?;
    for _ in 0..DEPTH {
        if let Ok(value) = node.get(key) {
            return document.dereference(value).ok().map(|(_, value)| value.clone());
        }
        node = document.get_dictionary(node.get(b"Parent").ok()?.as_reference().ok()?).ok()?;
    }
    None
}

fn rectangle(document: &Document, object: &Object) -> Option<[f32; 4]> {
    let numbers: Vec<f32> = object
        .as_array()
        .ok()?
        .iter()
        .filter_map(|entry| document.dereference(entry).ok()?.1.as_float().ok())
        .collect();
    let [a, b, c, d] = numbers.try_into().ok()?;
    (a != c && b != d).then(|| [f32::min(a, c), f32::min(b, d), f32::max(a, c), f32::max(b, d)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_visible_corner_is_found_at_every_rotation() {
        // A page of 100 × 200 whose origin isn't at zero; the box is 10 to the right and 20 below the visible corner.
        let at = |turns| Visible { bounds: [1000.0, 500.0, 1100.0, 700.0], turns }.rectangle([10.0, 20.0, 13.0, 24.0]);
        assert_eq!(at(0), [1010.0, 676.0, 1013.0, 680.0]);
        assert_eq!(at(1), [1020.0, 510.0, 1024.0, 513.0]);
        assert_eq!(at(2), [1087.0, 520.0, 1090.0, 524.0]);
        assert_eq!(at(3), [1076.0, 687.0, 1080.0, 690.0]);
    }
}

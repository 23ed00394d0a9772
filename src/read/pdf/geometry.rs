//! Boxes on a page, in points from the page's top left corner, y downwards.

/// An upright rectangle with `x0 <= x1` and `y0 <= y1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub x0: f32,
    pub y0: f32,
    pub x1: f32,
    pub y1: f32,
}

impl Bounds {
    pub fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Bounds { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
    }

    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    pub fn area(&self) -> f32 {
        self.width() * self.height()
    }

    pub fn center(&self) -> (f32, f32) {
        ((self.x0 + self.x1) / 2.0, (self.y0 + self.y1) / 2.0)
    }

    pub fn has(&self, x: f32, y: f32) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }

    /// Whether `other` lies inside, give or take `slack` points on each side.
    pub fn contains(&self, other: &Bounds, slack: f32) -> bool {
        other.x0 >= self.x0 - slack
            && other.x1 <= self.x1 + slack
            && other.y0 >= self.y0 - slack
            && other.y1 <= self.y1 + slack
    }

    pub fn union(&self, other: &Bounds) -> Bounds {
        Bounds {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The common part, if there is one.
    pub fn meet(&self, other: &Bounds) -> Option<Bounds> {
        let b = Bounds {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        };
        (b.x0 <= b.x1 && b.y0 <= b.y1).then_some(b)
    }

    pub fn array(&self) -> [f32; 4] {
        [self.x0, self.y0, self.x1, self.y1].map(|v| (v * 100.0).round() / 100.0)
    }
}

/// The box around all of them; `None` when there is none.
pub(super) fn around<'a>(mut boxes: impl Iterator<Item = &'a Bounds>) -> Option<Bounds> {
    let first = *boxes.next()?;
    Some(boxes.fold(first, |a, b| a.union(b)))
}

/// How much of the shorter of two spans lies in the other, 0 to 1.
pub(super) fn overlap(a0: f32, a1: f32, b0: f32, b1: f32) -> f32 {
    let common = a1.min(b1) - a0.max(b0);
    let shorter = (a1 - a0).min(b1 - b0);
    if shorter <= 0.0 { if common >= 0.0 { 1.0 } else { 0.0 } } else { (common / shorter).clamp(0.0, 1.0) }
}

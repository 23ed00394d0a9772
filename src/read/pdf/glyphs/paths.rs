//! Painted paths → rules, filled boxes and what tick boxes are drawn with.

use super::{PageReader, Rule, Shade};
use crate::read::pdf::geometry::Bounds;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

/// A filled box at most this thick is a rule.
const RULE_WIDTH: f64 = 3.0;

impl PageReader<'_> {
    pub(super) fn clip(&self) -> Bounds {
        self.clips.last().copied().unwrap_or(Bounds { x0: 0.0, y0: 0.0, x1: self.sheet.width, y1: self.sheet.height })
    }

    pub(super) fn push_clip(&mut self, bounds: Rect) {
        let b = bounds_of(bounds);
        let outer = self.clip();
        // An empty common part hides everything.
        let clip = outer.meet(&b).unwrap_or(Bounds { x0: -2e6, y0: -2e6, x1: -1e6, y1: -1e6 });
        self.clips.push(clip);
    }

    /// A straight piece of a stroked path.
    fn stroke(&mut self, a: Point, b: Point, width: f64, white: bool) {
        let (dx, dy) = ((b.x - a.x).abs(), (b.y - a.y).abs());
        if dy <= 0.02 * dx.max(1.0) && dx > 0.5 {
            self.rule(true, (a.y + b.y) / 2.0, a.x.min(b.x), a.x.max(b.x), width, white);
        } else if dx <= 0.02 * dy.max(1.0) && dy > 0.5 {
            self.rule(false, (a.x + b.x) / 2.0, a.y.min(b.y), a.y.max(b.y), width, white);
        }
    }

    fn rule(&mut self, horizontal: bool, at: f64, from: f64, to: f64, width: f64, white: bool) {
        let clip = self.clip();
        let (at, mut from, mut to) = (at as f32, from as f32, to as f32);
        let (low, high, left, right) =
            if horizontal { (clip.y0, clip.y1, clip.x0, clip.x1) } else { (clip.x0, clip.x1, clip.y0, clip.y1) };
        from = from.max(left);
        to = to.min(right);
        if at < low - 1.0 || at > high + 1.0 || to - from < 0.5 {
            return;
        }
        self.sheet.rules.push(Rule { horizontal, at, from, to, width: width as f32, white });
    }

    fn shade(&mut self, r: Rect, color: [u8; 3]) {
        if let Some(bounds) = self.clip().meet(&bounds_of(r))
            && bounds.width() > 0.5
            && bounds.height() > 0.5
        {
            self.sheet.shades.push(Shade { bounds, color });
        }
    }

    /// A filled box: a rule when thin, else a shade.
    fn filled(&mut self, r: Rect, color: Option<[u8; 3]>) {
        let white = color.is_some_and(is_white);
        let (w, h) = (r.width(), r.height());
        if h <= RULE_WIDTH && w > h.max(1.0) * 1.5 {
            self.rule(true, (r.y0 + r.y1) / 2.0, r.x0, r.x1, h, white);
        } else if w <= RULE_WIDTH && h > w.max(1.0) * 1.5 {
            self.rule(false, (r.x0 + r.x1) / 2.0, r.y0, r.y1, w, white);
        } else if w > RULE_WIDTH && h > RULE_WIDTH {
            self.shade(r, color.unwrap_or([200, 200, 200]));
        }
    }

    pub(super) fn stroked_path(&mut self, path: &BezPath, transform: Affine, width: f64, color: Option<[u8; 3]>) {
        let white = color.is_some_and(is_white);
        self.shape(path, transform);
        let (mut last, mut start) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            let to = match *element {
                PathEl::MoveTo(p) => {
                    last = transform * p;
                    start = last;
                    continue;
                }
                PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => {
                    last = transform * p;
                    continue;
                }
                PathEl::LineTo(p) => transform * p,
                PathEl::ClosePath => start,
            };
            if width > RULE_WIDTH * 1.5 {
                // A line this thick is a bar.
                let half = width / 2.0;
                if (to.y - last.y).abs() < 0.5 {
                    self.filled(Rect::new(last.x.min(to.x), to.y - half, last.x.max(to.x), to.y + half), color);
                } else if (to.x - last.x).abs() < 0.5 {
                    self.filled(Rect::new(to.x - half, last.y.min(to.y), to.x + half, last.y.max(to.y)), color);
                }
            } else {
                self.stroke(last, to, width, white);
            }
            last = to;
        }
    }

    /// Each subpath that is an upright box is a filled box.
    pub(super) fn filled_path(&mut self, path: &BezPath, transform: Affine, color: Option<[u8; 3]>) {
        let mut corners: Vec<Point> = Vec::new();
        let mut straight = true;
        for element in path.elements().iter().chain([&PathEl::MoveTo(Point::ZERO)]) {
            match *element {
                PathEl::MoveTo(p) => {
                    if straight && let Some(r) = upright_box(&corners) {
                        self.filled(r, color);
                    }
                    corners.clear();
                    corners.push(transform * p);
                    straight = true;
                }
                PathEl::LineTo(p) => corners.push(transform * p),
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => straight = false,
                PathEl::ClosePath => {}
            }
        }
        if !is_upright(path, transform) {
            let bounds = bounds_of((transform * path.clone()).bounding_box());
            self.shapes.mark(bounds);
            if !color.is_some_and(is_white) {
                self.grounds.push(bounds);
            }
        }
    }

    /// A stroked path that may belong to a tick box.
    fn shape(&mut self, path: &BezPath, transform: Affine) {
        // Long paths are drawings.
        if path.elements().len() > 24 {
            return;
        }
        let bounds = (transform * path.clone()).bounding_box();
        if bounds.width().max(bounds.height()) > 20.0 || bounds.width().min(bounds.height()) < 0.5 {
            return;
        }
        if !is_upright(path, transform) {
            self.shapes.mark(bounds_of(bounds));
        } else if path.elements().len() > 4 {
            self.shapes.outline(bounds_of(bounds));
        }
    }
}

pub(super) fn is_white(color: [u8; 3]) -> bool {
    color.iter().all(|&c| c >= 250)
}

pub(super) fn bounds_of(r: Rect) -> Bounds {
    Bounds::new(r.x0 as f32, r.y0 as f32, r.x1 as f32, r.y1 as f32)
}

/// Whether a path goes only along the page's sides.
fn is_upright(path: &BezPath, transform: Affine) -> bool {
    let mut last = Point::ZERO;
    path.elements().iter().all(|element| {
        let to = match *element {
            PathEl::MoveTo(p) => {
                last = transform * p;
                return true;
            }
            PathEl::LineTo(p) => transform * p,
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => return false,
            PathEl::ClosePath => return true,
        };
        let along = (to.x - last.x).abs() < 0.1 || (to.y - last.y).abs() < 0.1;
        last = to;
        along
    })
}

/// The box that four or five corners make, if they make one.
fn upright_box(corners: &[Point]) -> Option<Rect> {
    let first = *corners.first()?;
    let closed = corners.len() == 5 && (corners[4] - first).hypot() < 0.1;
    if corners.len() != 4 && !closed {
        return None;
    }
    let r = corners.iter().fold(Rect::from_points(first, first), |r, &p| r.union_pt(p));
    let on_corner = |p: &Point| {
        ((p.x - r.x0).abs() < 0.1 || (p.x - r.x1).abs() < 0.1) && ((p.y - r.y0).abs() < 0.1 || (p.y - r.y1).abs() < 0.1)
    };
    let straight = corners.windows(2).all(|w| (w[0].x - w[1].x).abs() < 0.1 || (w[0].y - w[1].y).abs() < 0.1);
    (straight && corners.iter().all(on_corner)).then_some(r)
}

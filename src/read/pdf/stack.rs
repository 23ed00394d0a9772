//! Tables without upright rules: stacks of horizontal rules or shaded rows, their columns from the pieces rules are drawn
//! in, from shading and from white space.

use super::geometry::Bounds;
use super::glyphs::{Rule, Shade};
use super::gutters::separators;
use super::lattice::{Grid, grid_of};
use super::rules::{Segment, Segments, merge};
use super::words::{Word, lines_of_words};

/// Ends this near are at the same place.
const NEAR: f32 = 4.0;

/// Lines and column hints for one page, outside its ruled tables.
pub(super) struct Hints {
    horizontal: Vec<Segment>,
    vertical: Vec<Segment>,
    /// Ends of rule pieces: x and y.
    joints: Vec<(f32, f32)>,
}

impl Hints {
    /// Gathers the rules and the edges of shaded boxes that lie outside `ruled`.
    pub fn new(rules: &[Rule], shades: &[Shade], ruled: &[Bounds], page: (f32, f32)) -> Self {
        let outside = |x: f32, y: f32| !ruled.iter().any(|b| b.has(x, y));
        let mut h = Vec::new();
        let mut v = Vec::new();
        let mut joints = Vec::new();
        for r in rules.iter().filter(|r| !r.white) {
            let (x, y) = if r.horizontal { ((r.from + r.to) / 2.0, r.at) } else { (r.at, (r.from + r.to) / 2.0) };
            if !outside(x, y) {
                continue;
            }
            let s = Segment { at: r.at, from: r.from, to: r.to };
            if r.horizontal {
                joints.push((r.from, r.at));
                joints.push((r.to, r.at));
                h.push(s);
            } else {
                v.push(s);
            }
        }
        for s in shades {
            let b = s.bounds;
            let (x, y) = b.center();
            let whole_page = b.width() > 0.9 * page.0 && b.height() > 0.5 * page.1;
            if whole_page || s.color.iter().all(|&c| c >= 250) || b.height() < 5.0 || b.width() < 5.0 || !outside(x, y) {
                continue;
            }
            h.extend([b.y0, b.y1].map(|at| Segment { at, from: b.x0, to: b.x1 }));
            v.extend([b.x0, b.x1].map(|at| Segment { at, from: b.y0, to: b.y1 }));
        }
        Hints { horizontal: merge(h), vertical: merge(v), joints }
    }
}

/// The tables that horizontal rules and shaded rows make with the words between them.
pub(super) fn grids(hints: &Hints, words: &[&Word]) -> Vec<Grid> {
    stacks(&hints.horizontal)
        .into_iter()
        .flat_map(|stack| parts(stack, words))
        .filter_map(|part| part.into_grid(hints, words))
        .collect()
}

/// Horizontal lines over each other, from `x0` to `x1`; some may be shorter.
struct Stack {
    x0: f32,
    x1: f32,
    lines: Vec<Segment>,
}

impl Stack {
    fn is_full(&self, s: &Segment) -> bool {
        s.from < self.x0 + NEAR && s.to > self.x1 - NEAR
    }
}

/// Groups lines that lie over each other between the same sides.
fn stacks(lines: &[Segment]) -> Vec<Stack> {
    let mut rows: Vec<(f32, f32, f32, Vec<Segment>)> = Vec::new(); // y, from, to, pieces
    for s in lines {
        match rows.last_mut() {
            Some(r) if (r.0 - s.at).abs() < 0.5 => {
                r.1 = r.1.min(s.from);
                r.2 = r.2.max(s.to);
                r.3.push(*s);
            }
            _ => rows.push((s.at, s.from, s.to, vec![*s])),
        }
    }
    let mut out: Vec<Stack> = Vec::new();
    for (_, from, to, pieces) in rows {
        let home = out.iter_mut().rev().find(|s| {
            let inside = from > s.x0 - NEAR && to < s.x1 + NEAR;
            let around = s.lines.len() == 1 && from < s.x0 + NEAR && to > s.x1 - NEAR;
            inside || around && s.lines.iter().all(|l| pieces[0].at - l.at < 40.0)
        });
        match home {
            Some(s) => {
                s.x0 = s.x0.min(from);
                s.x1 = s.x1.max(to);
                s.lines.extend(pieces);
            }
            None => out.push(Stack { x0: from, x1: to, lines: pieces }),
        }
    }
    out
}

/// A part of a stack without blank or heading-like bands: one table.
struct Part {
    x0: f32,
    x1: f32,
    lines: Vec<Segment>,
}

/// Cuts a stack where the space between two of its full lines holds nothing, or text that keeps away from both.
fn parts(stack: Stack, words: &[&Word]) -> Vec<Part> {
    let mut full: Vec<f32> = stack.lines.iter().filter(|s| stack.is_full(s)).map(|s| s.at).collect();
    // Pieces that only together run from side to side count as well.
    for s in &stack.lines {
        let row: Vec<&Segment> = stack.lines.iter().filter(|o| (o.at - s.at).abs() < 0.5).collect();
        let covered: f32 = row.iter().map(|o| o.to - o.from).sum();
        if covered > 0.9 * (stack.x1 - stack.x0) && !full.iter().any(|f| (f - s.at).abs() < 0.5) {
            full.push(s.at);
        }
    }
    full.sort_by(f32::total_cmp);
    let mut out = Vec::new();
    let mut from = 0;
    for i in 1..=full.len() {
        let breaks = i == full.len() || {
            let inside: Vec<&&Word> = words
                .iter()
                .filter(|w| {
                    let (x, y) = w.bounds.center();
                    y > full[i - 1] && y < full[i] && x > stack.x0 - 2.0 && x < stack.x1 + 2.0
                })
                .collect();
            is_gap(&inside, full[i - 1], full[i])
        };
        if breaks {
            if i - from >= 2 {
                let (top, bottom) = (full[from] - 0.6, full[i - 1] + 0.6);
                let lines = stack.lines.iter().filter(|s| s.at > top && s.at < bottom).copied().collect();
                out.push(Part { x0: stack.x0, x1: stack.x1, lines });
            }
            from = i;
        }
    }
    out
}

/// Whether a band between two lines is the space between two tables.
fn is_gap(words: &[&&Word], top: f32, bottom: f32) -> bool {
    let Some(bounds) = super::geometry::around(words.iter().map(|w| &w.bounds)) else { return bottom - top > 3.5 };
    let size = words.iter().map(|w| w.size).fold(0.0, f32::max);
    let (above, below) = (bounds.y0 - top, bottom - bounds.y1);
    above > 0.8 * size && below > 0.3 * size && above + below > 1.5 * size && bounds.height() < 2.6 * size
        || above > 2.0 * size
}

impl Part {
    fn into_grid(self, hints: &Hints, words: &[&Word]) -> Option<Grid> {
        let top = self.lines.iter().map(|s| s.at).fold(f32::MAX, f32::min);
        let bottom = self.lines.iter().map(|s| s.at).fold(f32::MIN, f32::max);
        let area = Bounds { x0: self.x0 - 1.0, y0: top, x1: self.x1 + 1.0, y1: bottom };
        let inside: Vec<&Word> = words
            .iter()
            .filter(|w| {
                let (x, y) = w.bounds.center();
                area.has(x, y)
            })
            .copied()
            .collect();
        if inside.is_empty() {
            return None;
        }
        let vertical: Vec<Segment> = hints
            .vertical
            .iter()
            .filter(|s| s.at > self.x0 - NEAR && s.at < self.x1 + NEAR && s.to > top + 1.0 && s.from < bottom - 1.0)
            .copied()
            .collect();
        let columns = self.columns(hints, &vertical, &inside, (top, bottom));
        if columns.is_empty() {
            return None;
        }
        let mut ys: Vec<f32> = self.lines.iter().map(|s| s.at).collect();
        ys.sort_by(f32::total_cmp);
        ys.dedup_by(|a, b| (*a - *b).abs() < 2.6);
        let mut v = vertical;
        for side in [self.x0, self.x1] {
            v.push(Segment { at: side, from: top, to: bottom });
        }
        for band in ys.windows(2) {
            let row: Vec<&Word> = inside
                .iter()
                .filter(|w| {
                    let y = w.bounds.center().1;
                    y > band[0] && y < band[1]
                })
                .copied()
                .collect();
            v.extend(upright(&columns, &row, band, (self.x0, self.x1)));
        }
        grid_of(Segments { horizontal: self.lines, vertical: merge(v) })
    }

    /// The x of the lines between columns.
    fn columns(&self, hints: &Hints, v: &[Segment], words: &[&Word], span: (f32, f32)) -> Vec<f32> {
        let mut xs: Vec<f32> = v.iter().map(|s| s.at).collect();
        xs.extend(self.lines.iter().flat_map(|s| [s.from, s.to]));
        xs.extend(hints.joints.iter().filter(|j| j.1 > span.0 - 1.0 && j.1 < span.1 + 1.0).map(|j| j.0));
        xs.retain(|x| *x > self.x0 + NEAR && *x < self.x1 - NEAR);
        xs.sort_by(f32::total_cmp);
        xs.dedup_by(|a, b| (*a - *b).abs() < 2.6);
        // A line that most rows' words run over is no column's.
        let lines = lines_of_words(words);
        xs.retain(|x| {
            let crossed = lines.iter().filter(|l| l.iter().any(|w| w.bounds.x0 < x - 1.0 && w.bounds.x1 > x + 1.0)).count();
            crossed * 2 < lines.len().max(1)
        });
        if xs.is_empty() {
            xs = separators(&lines);
            xs.retain(|x| *x > self.x0 && *x < self.x1);
        }
        xs
    }
}

/// The column lines of one row: those its words leave free, and that part text from text or from an empty cell.
fn upright(columns: &[f32], row: &[&Word], band: &[f32], sides: (f32, f32)) -> Vec<Segment> {
    let free: Vec<f32> = columns
        .iter()
        .copied()
        .filter(|x| !row.iter().any(|w| w.bounds.x0 < x - 1.0 && w.bounds.x1 > x + 1.0))
        .filter(|x| !crossed_by_running_text(row, *x))
        .collect();
    // A row with text in its first column only is a title over all columns when it is bold.
    let first = free.first().copied().unwrap_or(sides.1);
    let alone = !row.is_empty() && columns.len() > 1 && row.iter().all(|w| w.bounds.x1 < first);
    if alone && row.iter().all(|w| w.bold) {
        return Vec::new();
    }
    free.into_iter().map(|at| Segment { at, from: band[0], to: band[1] }).collect()
}

/// Whether words go on over a column line with no more than the usual blank between them.
fn crossed_by_running_text(row: &[&Word], x: f32) -> bool {
    lines_of_words(row).iter().any(|line| {
        line.windows(2).any(|w| {
            w[0].bounds.x1 <= x + 1.0
                && w[1].bounds.x0 >= x - 1.0
                && w[1].bounds.x0 - w[0].bounds.x1 < 0.5 * w[0].size
        })
    })
}

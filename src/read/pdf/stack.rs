//! Tables without upright rules: stacks of horizontal rules or shaded rows, their columns from the pieces rules are drawn
//! in, from shading and from white space.

use super::align::is_tabular;
use super::bands::{common_starts, crossed_by_running_text, parts};
use super::geometry::Bounds;
use super::glyphs::{Rule, Shade};
use super::gutters::separators;
use super::lattice::{Grid, grid_of};
use super::rules::{Segment, Segments, merge};
use super::words::{Word, lines_of_words};

/// A page with more lines than this is a drawing.
const MAX_LINES: usize = 3_000;
/// Ends this near are at the same place.
pub(super) const NEAR: f32 = 4.0;

/// Lines and column hints for one page, outside its ruled tables.
pub(super) struct Hints {
    pub horizontal: Vec<Segment>,
    vertical: Vec<Segment>,
    /// Ends of rule pieces: x and y.
    joints: Vec<(f32, f32)>,
    shades: Vec<Bounds>,
    /// y of drawn rules, for lines that are more than a shade's edge.
    ruled: Vec<f32>,
    /// Header rows that are drawn cell by cell: the y of their lower side, and their column lines, the outer ones included.
    heads: Vec<(f32, Vec<f32>)>,
}

impl Hints {
    /// Gathers the rules and the edges of shaded boxes that lie outside `ruled`.
    pub fn new(rules: &[Rule], shades: &[Shade], ruled: &[Bounds], page: (f32, f32)) -> Self {
        let outside = |x: f32, y: f32| !ruled.iter().any(|b| b.has(x, y));
        let mut h = Vec::new();
        let mut v = Vec::new();
        let mut joints = Vec::new();
        let mut boxes = Vec::new();
        let mut drawn = Vec::new();
        for r in rules.iter().filter(|r| !r.white) {
            let (x, y) = if r.horizontal { ((r.from + r.to) / 2.0, r.at) } else { (r.at, (r.from + r.to) / 2.0) };
            if !outside(x, y) {
                continue;
            }
            let s = Segment { at: r.at, from: r.from, to: r.to };
            if r.horizontal {
                joints.push((r.from, r.at));
                joints.push((r.to, r.at));
                drawn.push(r.at);
                h.push(s);
            } else {
                v.push(s);
            }
        }
        for s in shades {
            let b = s.bounds;
            let (x, y) = b.center();
            let whole_page = b.width() > 0.9 * page.0 && b.height() > 0.5 * page.1;
            if whole_page || s.color.iter().all(|&c| c >= 250) || b.height() < 5.0 || b.width() < 5.0 || !outside(x, y)
            {
                continue;
            }
            boxes.push(b);
            h.extend([b.y0, b.y1].map(|at| Segment { at, from: b.x0, to: b.x1 }));
            v.extend([b.x0, b.x1].map(|at| Segment { at, from: b.y0, to: b.y1 }));
        }
        Hints { horizontal: merge(h), vertical: merge(v), joints, shades: boxes, ruled: drawn, heads: Vec::new() }
    }

    /// The same with a header row that is drawn cell by cell over rows that are not: its lower side is their first line, its
    /// columns are theirs.
    pub fn with_head(mut self, head: &Grid) -> Self {
        if let [first, .., last] = head.xs[..] {
            self.ruled.push(head.bounds.y1);
            self.horizontal.push(Segment { at: head.bounds.y1, from: first, to: last });
            self.horizontal = merge(std::mem::take(&mut self.horizontal));
            self.heads.push((head.bounds.y1, head.xs.clone()));
        }
        self
    }

    /// The column lines of the header row that ends at `top` between two sides, without the outer ones.
    fn columns_under_head(&self, top: f32, sides: (f32, f32)) -> Option<&[f32]> {
        let fits = |xs: &[f32]| {
            xs.first().is_some_and(|x| (x - sides.0).abs() < NEAR)
                && xs.last().is_some_and(|x| (x - sides.1).abs() < NEAR)
        };
        let (_, xs) = self.heads.iter().find(|(y, xs)| (y - top).abs() < 1.5 && fits(xs))?;
        xs.get(1..xs.len() - 1)
    }

    /// Where the pieces of the line at `y` meet, between two sides.
    pub fn columns_at(&self, y: f32, sides: (f32, f32)) -> Vec<f32> {
        let joints = self.joints.iter().filter(|j| (j.1 - y).abs() < 1.5).map(|j| j.0);
        let edges = self.vertical.iter().filter(|s| (s.to - y).abs() < 1.5 || (s.from - y).abs() < 1.5).map(|s| s.at);
        let mut xs: Vec<f32> = joints.chain(edges).filter(|x| *x > sides.0 + NEAR && *x < sides.1 - NEAR).collect();
        xs.sort_by(f32::total_cmp);
        xs.dedup_by(|a, b| (*a - *b).abs() < 2.6);
        xs
    }

    pub fn is_drawn(&self, y: f32) -> bool {
        self.ruled.iter().any(|r| (r - y).abs() < 1.5)
    }

    /// Whether a shade covers (nearly) all of a band's height somewhere between two sides.
    pub fn is_shaded(&self, top: f32, bottom: f32, sides: (f32, f32)) -> bool {
        self.shades
            .iter()
            .any(|b| b.x0 < sides.1 && b.x1 > sides.0 && b.y1.min(bottom) - b.y0.max(top) > 0.8 * (bottom - top))
    }
}

/// The tables that horizontal rules and shaded rows make with the words between them.
pub(super) fn grids(hints: &Hints, words: &[&Word]) -> Vec<Grid> {
    if hints.horizontal.len() > MAX_LINES {
        return Vec::new();
    }
    stacks(&hints.horizontal)
        .into_iter()
        .flat_map(|stack| parts(stack, hints, words))
        .filter_map(|part| part.into_grid(hints, words))
        .collect()
}

/// Horizontal lines over each other, from `x0` to `x1`; some may be shorter.
pub(super) struct Stack {
    pub x0: f32,
    pub x1: f32,
    pub lines: Vec<Segment>,
}

impl Stack {
    pub fn is_full(&self, s: &Segment) -> bool {
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
pub(super) struct Part {
    pub x0: f32,
    pub x1: f32,
    pub lines: Vec<Segment>,
    /// Its last row is cut by the page end.
    pub cut: bool,
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
        let labels = bold_labels(&inside, columns[0]);
        let starts = common_starts(&inside, &columns);
        for band in ys.windows(2) {
            let row: Vec<&Word> = inside
                .iter()
                .filter(|w| {
                    let y = w.bounds.center().1;
                    y > band[0] && y < band[1]
                })
                .copied()
                .collect();
            let mut lines =
                upright(&columns, &row, band, (self.x0, self.x1), Habits { labels, by_space: false, starts: &starts });
            lines.retain(|s| !self.under_one_heading(s.at, band, &row));
            v.extend(lines);
        }
        let mut grid = grid_of(Segments { horizontal: self.lines, vertical: merge(v) })?;
        grid.open.1 |= self.cut;
        Some(grid)
    }

    /// Whether a column line lies over a short rule that runs under one text alone: a heading over several columns.
    fn under_one_heading(&self, x: f32, band: &[f32], row: &[&Word]) -> bool {
        let mut pieces: Vec<&Segment> = self.lines.iter().filter(|s| (s.at - band[1]).abs() < 0.6).collect();
        pieces.sort_by(|a, b| a.from.total_cmp(&b.from));
        let Some(piece) = pieces.iter().find(|s| s.from < x - NEAR && s.to > x + NEAR) else { return false };
        let whole = piece.from < self.x0 + NEAR && piece.to > self.x1 - NEAR;
        let over: Vec<&&Word> =
            row.iter().filter(|w| (piece.from - 1.0..piece.to + 1.0).contains(&w.bounds.center().0)).collect();
        let left = over.iter().any(|w| w.bounds.center().0 < x);
        let right = over.iter().any(|w| w.bounds.center().0 > x);
        !whole && left != right
    }

    /// The x of the lines between columns.
    fn columns(&self, hints: &Hints, v: &[Segment], words: &[&Word], span: (f32, f32)) -> Vec<f32> {
        if let Some(xs) = hints.columns_under_head(span.0, (self.x0, self.x1)) {
            return xs.to_vec();
        }
        let mut xs: Vec<f32> = v.iter().map(|s| s.at).collect();
        xs.extend(self.lines.iter().flat_map(|s| [s.from, s.to]));
        xs.extend(hints.joints.iter().filter(|j| j.1 > span.0 - 1.0 && j.1 < span.1 + 1.0).map(|j| j.0));
        xs.retain(|x| *x > self.x0 + NEAR && *x < self.x1 - NEAR);
        xs.sort_by(f32::total_cmp);
        // No column is narrower than a letter or two.
        xs.dedup_by(|a, b| (*a - *b).abs() < 7.0);
        // A line that most rows' words run over is no column's.
        let lines = lines_of_words(words);
        xs.retain(|x| {
            let crossed =
                lines.iter().filter(|l| l.iter().any(|w| w.bounds.x0 < x - 1.0 && w.bounds.x1 > x + 1.0)).count();
            crossed * 2 < lines.len().max(1)
        });
        if xs.len() < 2 {
            let mut by_space = separators(&lines);
            by_space.retain(|x| *x > self.x0 && *x < self.x1);
            if xs.is_empty() || by_space.len() > xs.len() + 1 && is_tabular(&lines, &by_space) {
                xs = by_space;
            }
        }
        xs
    }
}

/// Whether the texts in the first column that have others beside them are bold.
pub(super) fn bold_labels(words: &[&Word], first: f32) -> bool {
    let (mut bold, mut all) = (0, 0);
    for line in lines_of_words(words) {
        if line.iter().any(|w| w.bounds.center().0 > first)
            && let Some(label) = line.first().filter(|w| w.bounds.x1 < first)
        {
            all += 1;
            bold += usize::from(label.bold);
        }
    }
    bold * 2 > all
}

/// What holds for all rows of a table.
#[derive(Clone, Copy)]
pub(super) struct Habits<'t> {
    /// First cells are bold.
    pub labels: bool,
    /// Its columns were found by white space alone.
    pub by_space: bool,
    /// Where the words of most of its lines start, right of a column line.
    pub starts: &'t [f32],
}

/// The column lines of one row: those its words leave free, and that part text from text or from an empty cell.
pub(super) fn upright(
    columns: &[f32],
    row: &[&Word],
    band: &[f32],
    sides: (f32, f32),
    habits: Habits<'_>,
) -> Vec<Segment> {
    let free: Vec<f32> = columns
        .iter()
        .copied()
        .filter(|x| !row.iter().any(|w| w.bounds.x0 < x - 1.0 && w.bounds.x1 > x + 1.0))
        .filter(|x| !crossed_by_running_text(row, *x, habits.by_space, habits.starts))
        .collect();
    // A row with bold text in its first column only is a title over all columns, unless first cells are bold anyway.
    let first = free.first().copied().unwrap_or(sides.1);
    let alone = !row.is_empty() && row.iter().all(|w| w.bounds.x1 < first);
    if alone && row.iter().all(|w| w.bold) && (columns.len() > 1 || !habits.labels) {
        return Vec::new();
    }
    free.into_iter().map(|at| Segment { at, from: band[0], to: band[1] }).collect()
}

//! Ruled tables: crossing rules → grids with merged cells.

use super::geometry::Bounds;
use super::rules::{Segment, Segments};

/// Rules that come this near to each other touch. Smaller than the padding between a cell's border and a box inside it.
const TOUCH: f32 = 0.95;
/// Grid lines nearer than this are the two strokes of one double rule.
const DOUBLE: f32 = 2.6;
/// Rules of one orientation, and grids, that a page may have: more are a drawing.
const MAX_RULES: usize = 20_000;
const MAX_GRIDS: usize = 1_000;
/// A grid with more places than this is a drawing.
const MAX_PLACES: usize = 60_000;

/// A cell of a grid: place, span and box.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub row: usize,
    pub col: usize,
    pub rowspan: usize,
    pub colspan: usize,
    pub bounds: Bounds,
    /// All four sides are drawn.
    pub closed: bool,
}

/// A grid of rules. `xs` and `ys` are the lines between columns and rows, the outer ones included.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub bounds: Bounds,
    pub xs: Vec<f32>,
    pub ys: Vec<f32>,
    pub places: Vec<Place>,
    /// No rule is drawn along its upper or lower side: the page end cuts it there.
    pub open: (bool, bool),
}

/// All grids that a page's rules make, from top to bottom. Grids of one single cell are among them.
pub(super) fn grids(segments: &Segments) -> Vec<Grid> {
    if segments.horizontal.len().max(segments.vertical.len()) > MAX_RULES {
        return Vec::new();
    }
    let mut out: Vec<Grid> =
        components(segments).into_iter().filter_map(|(h, v)| Component { h, v }.into_grid()).collect();
    if out.len() > MAX_GRIDS {
        out.sort_by(|a, b| b.bounds.area().total_cmp(&a.bounds.area()));
        out.truncate(MAX_GRIDS);
    }
    out.extend(bare_columns(segments, &out));
    out.sort_by(|a, b| a.bounds.y0.total_cmp(&b.bounds.y0).then(a.bounds.x0.total_cmp(&b.bounds.x0)));
    out
}

/// Three or more upright rules of the same height that nothing crosses: the middle of a row that is longer than a page.
fn bare_columns(segments: &Segments, grids: &[Grid]) -> Vec<Grid> {
    let mut free: Vec<Segment> = segments
        .vertical
        .iter()
        .filter(|s| s.to - s.from > 40.0 && !grids.iter().any(|g| g.bounds.has(s.at, (s.from + s.to) / 2.0)))
        .copied()
        .collect();
    free.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.at.total_cmp(&b.at)));
    let mut out = Vec::new();
    for group in free.chunk_by(|a, b| (a.from - b.from).abs() < 2.0 && (a.to - b.to).abs() < 2.0) {
        let [first, _, .., last] = group else { continue };
        if group.len() < 3 {
            continue;
        }
        let h = [first.from, first.to].map(|at| Segment { at, from: first.at, to: last.at }).to_vec();
        if let Some(mut grid) = (Component { h, v: group.to_vec() }).into_grid() {
            grid.open = (true, true);
            out.push(grid);
        }
    }
    out
}

/// The one grid of lines known to belong together.
pub(super) fn grid_of(segments: Segments) -> Option<Grid> {
    Component { h: segments.horizontal, v: segments.vertical }.into_grid()
}

/// Groups of rules that hang together by touching.
fn components(segments: &Segments) -> Vec<(Vec<Segment>, Vec<Segment>)> {
    let (h, v) = (&segments.horizontal, &segments.vertical);
    let mut parent: Vec<usize> = (0..h.len() + v.len()).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    for (j, vertical) in v.iter().enumerate() {
        let start = h.partition_point(|s| s.at < vertical.from - TOUCH);
        for (i, horizontal) in h.iter().enumerate().skip(start) {
            if horizontal.at > vertical.to + TOUCH {
                break;
            }
            if vertical.at >= horizontal.from - TOUCH && vertical.at <= horizontal.to + TOUCH {
                let (a, b) = (root(&mut parent, i), root(&mut parent, h.len() + j));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Segment>, Vec<Segment>)> = Default::default();
    for (i, s) in h.iter().enumerate() {
        groups.entry(root(&mut parent, i)).or_default().0.push(*s);
    }
    for (j, s) in v.iter().enumerate() {
        groups.entry(root(&mut parent, h.len() + j)).or_default().1.push(*s);
    }
    groups.into_values().filter(|(h, v)| !h.is_empty() && !v.is_empty()).collect()
}

struct Component {
    h: Vec<Segment>,
    v: Vec<Segment>,
}

impl Component {
    fn into_grid(self) -> Option<Grid> {
        let mut xs = positions(&self.v);
        let mut ys = positions(&self.h);
        // A side the rules only run up to is a side all the same: page ends cut tables there, and some have open sides.
        close(&mut xs, &self.h);
        close(&mut ys, &self.v);
        if xs.len() < 2 || ys.len() < 2 || (xs.len() - 1) * (ys.len() - 1) > MAX_PLACES {
            return None;
        }
        let edges = Edges::new(&xs, &ys, &self.h, &self.v);
        let undrawn = |row: usize| (0..xs.len() - 1).all(|c| !edges.above(row, c));
        let open = (undrawn(0), undrawn(ys.len() - 1));
        let places = edges.places();
        let (places, xs, ys) = compress(places, &xs, &ys);
        let bounds = super::geometry::around(places.iter().map(|p| &p.bounds))?;
        Some(Grid { bounds, xs, ys, places, open })
    }
}

/// The distinct positions of segments, the strokes of double rules as one.
fn positions(list: &[Segment]) -> Vec<f32> {
    let mut all: Vec<(f32, f32)> = list.iter().map(|s| (s.at, s.to - s.from)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f32, f32, f32)> = Vec::new(); // first position, best position, its length
    for (at, length) in all {
        match out.last_mut() {
            Some((first, best, longest)) if at - *first < DOUBLE => {
                if length > *longest {
                    (*best, *longest) = (at, length);
                }
            }
            _ => out.push((at, at, length)),
        }
    }
    out.into_iter().map(|(_, best, _)| best).collect()
}

/// Adds the outer lines that at least two crossing segments run up to beyond the last drawn one.
fn close(lines: &mut Vec<f32>, crossing: &[Segment]) {
    let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return };
    let common = |ends: Vec<f32>, outermost: f32| {
        (ends.iter().filter(|e| (**e - outermost).abs() < 3.0).count() >= 2).then_some(outermost)
    };
    let low = crossing.iter().map(|s| s.from).fold(f32::MAX, f32::min);
    let high = crossing.iter().map(|s| s.to).fold(f32::MIN, f32::max);
    if low < first - 3.0
        && let Some(at) = common(crossing.iter().map(|s| s.from).collect(), low)
    {
        lines.insert(0, at);
    }
    if high > last + 3.0
        && let Some(at) = common(crossing.iter().map(|s| s.to).collect(), high)
    {
        lines.push(at);
    }
}

/// Which edges between neighbouring places of a grid are drawn.
struct Edges<'a> {
    xs: &'a [f32],
    ys: &'a [f32],
    /// `above[r * cols + c]`: the edge over place (r, c); one more row for the bottom.
    above: Vec<bool>,
    /// `left[r * (cols + 1) + c]`: the edge left of place (r, c); one more column for the right side.
    left: Vec<bool>,
}

impl<'a> Edges<'a> {
    fn new(xs: &'a [f32], ys: &'a [f32], h: &[Segment], v: &[Segment]) -> Self {
        let (cols, rows) = (xs.len() - 1, ys.len() - 1);
        let mut above = vec![false; (rows + 1) * cols];
        let mut left = vec![false; rows * (cols + 1)];
        for s in h {
            if let Some(r) = nearest(ys, s.at) {
                for c in 0..cols {
                    if covers(s, xs[c], xs[c + 1]) {
                        above[r * cols + c] = true;
                    }
                }
            }
        }
        for s in v {
            if let Some(c) = nearest(xs, s.at) {
                for r in 0..rows {
                    if covers(s, ys[r], ys[r + 1]) {
                        left[r * (cols + 1) + c] = true;
                    }
                }
            }
        }
        Edges { xs, ys, above, left }
    }

    fn above(&self, r: usize, c: usize) -> bool {
        self.above[r * (self.xs.len() - 1) + c]
    }

    fn left(&self, r: usize, c: usize) -> bool {
        self.left[r * self.xs.len() + c]
    }

    /// The cells: places run together where no edge parts them.
    fn places(&self) -> Vec<Place> {
        let (cols, rows) = (self.xs.len() - 1, self.ys.len() - 1);
        let mut region = vec![usize::MAX; rows * cols];
        let mut out = Vec::new();
        let mut next = 0;
        for start in 0..rows * cols {
            if region[start] != usize::MAX {
                continue;
            }
            region[start] = next;
            let mut members = vec![start];
            let mut i = 0;
            while i < members.len() {
                let (r, c) = (members[i] / cols, members[i] % cols);
                i += 1;
                let mut visit = |to: usize, wall: bool| {
                    if !wall && region[to] == usize::MAX {
                        region[to] = next;
                        members.push(to);
                    }
                };
                if r > 0 {
                    visit((r - 1) * cols + c, self.above(r, c));
                }
                if r + 1 < rows {
                    visit((r + 1) * cols + c, self.above(r + 1, c));
                }
                if c > 0 {
                    visit(r * cols + c - 1, self.left(r, c));
                }
                if c + 1 < cols {
                    visit(r * cols + c + 1, self.left(r, c + 1));
                }
            }
            self.boxes(&members, &mut out);
            next += 1;
        }
        out.sort_by_key(|p| (p.row, p.col));
        out
    }

    /// Cuts a region into boxes: one when it is a box, else one for each run of equal rows.
    fn boxes(&self, members: &[usize], out: &mut Vec<Place>) {
        let cols = self.xs.len() - 1;
        let mut by_row: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
        for &m in members {
            by_row.entry(m / cols).or_default().push(m % cols);
        }
        let mut runs: Vec<(usize, usize, usize, usize)> = Vec::new(); // row, rows, col, cols
        for (row, mut list) in by_row {
            list.sort_unstable();
            let mut i = 0;
            while i < list.len() {
                let from = list[i];
                let mut to = from;
                while i + 1 < list.len() && list[i + 1] == to + 1 {
                    i += 1;
                    to = list[i];
                }
                i += 1;
                match runs.iter_mut().find(|r| r.0 + r.1 == row && r.2 == from && r.3 == to + 1 - from) {
                    Some(run) => run.1 += 1,
                    None => runs.push((row, 1, from, to + 1 - from)),
                }
            }
        }
        let whole = runs.len() == 1;
        for (row, rowspan, col, colspan) in runs {
            let bounds =
                Bounds { x0: self.xs[col], y0: self.ys[row], x1: self.xs[col + colspan], y1: self.ys[row + rowspan] };
            let closed = whole
                && (col..col + colspan).all(|c| self.above(row, c) && self.above(row + rowspan, c))
                && (row..row + rowspan).all(|r| self.left(r, col) && self.left(r, col + colspan));
            out.push(Place { row, col, rowspan, colspan, bounds, closed });
        }
    }
}

fn nearest(lines: &[f32], at: f32) -> Option<usize> {
    let i = lines.partition_point(|&l| l < at);
    let candidates = [i.checked_sub(1), Some(i)];
    candidates
        .into_iter()
        .flatten()
        .filter(|&k| k < lines.len() && (lines[k] - at).abs() < DOUBLE)
        .min_by(|&a, &b| (lines[a] - at).abs().total_cmp(&(lines[b] - at).abs()))
}

/// Whether a segment runs along most of the way between two grid lines.
fn covers(s: &Segment, from: f32, to: f32) -> bool {
    s.to.min(to) - s.from.max(from) > 0.7 * (to - from)
}

/// Renumbers rows and columns so that only lines which bound a cell count.
fn compress(mut places: Vec<Place>, xs: &[f32], ys: &[f32]) -> (Vec<Place>, Vec<f32>, Vec<f32>) {
    let mut used_x = vec![false; xs.len()];
    let mut used_y = vec![false; ys.len()];
    for p in &places {
        for x in [p.col, p.col + p.colspan] {
            used_x[x] = true;
        }
        for y in [p.row, p.row + p.rowspan] {
            used_y[y] = true;
        }
    }
    let index = |used: &[bool]| {
        let mut n = 0;
        used.iter()
            .map(|&u| {
                let i = n;
                n += usize::from(u);
                i
            })
            .collect::<Vec<usize>>()
    };
    let (nx, ny) = (index(&used_x), index(&used_y));
    for p in &mut places {
        let (right, bottom) = (nx[p.col + p.colspan], ny[p.row + p.rowspan]);
        p.col = nx[p.col];
        p.row = ny[p.row];
        p.colspan = right - p.col;
        p.rowspan = bottom - p.row;
    }
    let keep = |lines: &[f32], used: &[bool]| {
        lines.iter().zip(used).filter(|(_, u)| **u).map(|(l, _)| *l).collect::<Vec<f32>>()
    };
    let (xs, ys) = (keep(xs, &used_x), keep(ys, &used_y));
    (places, xs, ys)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s(at: f32, from: f32, to: f32) -> Segment {
        Segment { at, from, to }
    }

    #[test]
    fn a_merged_cell_spans_two_rows() {
        // Left column merged over two rows, right column cut in two.
        let segments = Segments {
            horizontal: vec![s(0.0, 0.0, 100.0), s(20.0, 50.0, 100.0), s(40.0, 0.0, 100.0)],
            vertical: vec![s(0.0, 0.0, 40.0), s(50.0, 0.0, 40.0), s(100.0, 0.0, 40.0)],
        };
        let grids = grids(&segments);
        assert_eq!(grids.len(), 1);
        let spans: Vec<_> = grids[0].places.iter().map(|p| (p.row, p.col, p.rowspan, p.colspan)).collect();
        assert_eq!(spans, [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]);
        assert!(grids[0].places.iter().all(|p| p.closed));
    }

    #[test]
    fn two_boxes_with_a_gap_stay_two() {
        let boxed =
            |y: f32| (vec![s(y, 0.0, 90.0), s(y + 20.0, 0.0, 90.0)], [0.0, 45.0, 90.0].map(|x| s(x, y, y + 20.0)));
        let (mut h, v1) = boxed(0.0);
        let (h2, v2) = boxed(30.0);
        h.extend(h2);
        let mut v: Vec<Segment> = v1.into_iter().chain(v2).collect();
        v.sort_by(|a, b| a.at.total_cmp(&b.at));
        assert_eq!(grids(&Segments { horizontal: h, vertical: v }).len(), 2);
    }

    #[test]
    fn a_table_cut_by_the_page_end_is_closed() {
        let segments = Segments {
            horizontal: vec![s(0.0, 0.0, 90.0)],
            vertical: [0.0, 45.0, 90.0].map(|x| s(x, 0.0, 70.0)).to_vec(),
        };
        let grids = grids(&segments);
        assert_eq!(grids[0].places.len(), 2);
        assert_eq!(grids[0].bounds.y1, 70.0);
        assert!(grids[0].places.iter().all(|p| !p.closed));
    }
}

//! Tables without upright rules: stacks of horizontal rules or shaded rows, their columns from the pieces rules are drawn
//! in, from shading and from white space.

use super::align::is_tabular;
use super::geometry::Bounds;
use super::glyphs::{Rule, Shade};
use super::gutters::{EDGE, separators};
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
    shades: Vec<Bounds>,
    /// y of drawn rules, for lines that are more than a shade's edge.
    ruled: Vec<f32>,
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
            if whole_page || s.color.iter().all(|&c| c >= 250) || b.height() < 5.0 || b.width() < 5.0 || !outside(x, y) {
                continue;
            }
            boxes.push(b);
            h.extend([b.y0, b.y1].map(|at| Segment { at, from: b.x0, to: b.x1 }));
            v.extend([b.x0, b.x1].map(|at| Segment { at, from: b.y0, to: b.y1 }));
        }
        Hints { horizontal: merge(h), vertical: merge(v), joints, shades: boxes, ruled: drawn }
    }

    /// Where the pieces of the line at `y` meet, between two sides.
    fn columns_at(&self, y: f32, sides: (f32, f32)) -> Vec<f32> {
        let joints = self.joints.iter().filter(|j| (j.1 - y).abs() < 1.5).map(|j| j.0);
        let edges = self.vertical.iter().filter(|s| (s.to - y).abs() < 1.5 || (s.from - y).abs() < 1.5).map(|s| s.at);
        let mut xs: Vec<f32> = joints.chain(edges).filter(|x| *x > sides.0 + NEAR && *x < sides.1 - NEAR).collect();
        xs.sort_by(f32::total_cmp);
        xs.dedup_by(|a, b| (*a - *b).abs() < 2.6);
        xs
    }

    fn is_drawn(&self, y: f32) -> bool {
        self.ruled.iter().any(|r| (r - y).abs() < 1.5)
    }

    /// Whether a shade covers (nearly) all of a band's height somewhere between two sides.
    fn is_shaded(&self, top: f32, bottom: f32, sides: (f32, f32)) -> bool {
        self.shades.iter().any(|b| {
            b.x0 < sides.1 && b.x1 > sides.0 && b.y1.min(bottom) - b.y0.max(top) > 0.8 * (bottom - top)
        })
    }
}

/// The tables that horizontal rules and shaded rows make with the words between them.
pub(super) fn grids(hints: &Hints, words: &[&Word]) -> Vec<Grid> {
    stacks(&hints.horizontal)
        .into_iter()
        .flat_map(|stack| parts(stack, hints, words))
        .filter_map(|part| part.into_grid(hints, words))
        .collect()
}

/// The rest of a row that the page end before cut: the words at the page's top, down to the first line between the same
/// sides, as far as they keep to the row's columns. `columns` are the row's edges, the outer ones included.
pub(super) fn rest_of_row(columns: &[f32], hints: &Hints, words: &[&Word]) -> Option<Grid> {
    let (&x0, &x1) = (columns.first()?, columns.last()?);
    let inner = &columns[1..columns.len() - 1];
    let first = *inner.first()?;
    let floor = hints
        .horizontal
        .iter()
        .filter(|s| s.from < x1 && s.to > x0)
        .map(|s| s.at)
        .fold(f32::MAX, f32::min);
    let above: Vec<&Word> = words.iter().filter(|w| w.bounds.center().1 < floor).copied().collect();
    let rows = keeping(&above, inner, (x0, x1), f32::MIN);
    let rows: Vec<&Vec<&Word>> =
        rows.iter().take_while(|l| l.iter().any(|w| w.bounds.center().0 > first)).collect();
    let bounds = super::geometry::around(rows.iter().copied().flatten().map(|w| &w.bounds))?;
    let bottom = if floor < bounds.y1 + 20.0 { floor } else { bounds.y1 + 1.0 };
    let (top, last) = (bounds.y0 - 1.0, bottom);
    let horizontal = [top, last].map(|at| Segment { at, from: x0, to: x1 }).to_vec();
    let vertical = columns.iter().map(|&at| Segment { at, from: top, to: last }).collect();
    let mut grid = grid_of(Segments { horizontal, vertical })?;
    grid.open = (true, floor > bounds.y1 + 20.0);
    Some(grid)
}

/// Lets a grid that the page end cuts take in the text that runs out below it: some producers draw the sides only as far
/// as the shorter cells go.
pub(super) fn take_overflow(grid: &mut Grid, words: &[&Word]) {
    let b = grid.bounds;
    let columns = &grid.xs[1..grid.xs.len() - 1];
    if !grid.open.1 || columns.is_empty() {
        return;
    }
    let below: Vec<&Word> = words.iter().filter(|w| w.bounds.center().1 > b.y1).copied().collect();
    let lines = keeping(&below, columns, (b.x0, b.x1), b.y1);
    let Some(bottom) = lines.iter().flatten().map(|w| w.bounds.y1 + 1.0).reduce(f32::max) else { return };
    if lines.iter().map(Vec::len).sum::<usize>() < below.len() {
        return;
    }
    for place in grid.places.iter_mut().filter(|p| p.bounds.y1 >= b.y1 - 1.0) {
        place.bounds.y1 = bottom;
    }
    if let Some(last) = grid.ys.last_mut() {
        *last = bottom;
    }
    grid.bounds.y1 = bottom;
}

/// Lines, from the top, whose words lie between the sides and run over none of the column lines, with no wide gap.
fn keeping<'w>(words: &[&'w Word], columns: &[f32], sides: (f32, f32), top: f32) -> Vec<Vec<&'w Word>> {
    let mut lines = lines_of_words(words);
    let y0 = |l: &Vec<&Word>| l.iter().map(|w| w.bounds.y0).fold(f32::MAX, f32::min);
    lines.sort_by(|a, b| y0(a).total_cmp(&y0(b)));
    let mut last = top;
    let mut out = Vec::new();
    for line in lines {
        let size = line.iter().map(|w| w.size).fold(0.0, f32::max);
        let wide = last != f32::MIN && y0(&line) - last > if out.is_empty() { 0.8 } else { 2.0 } * size;
        let outside = line.iter().any(|w| w.bounds.x0 < sides.0 - 3.0 || w.bounds.x1 > sides.1 + 3.0);
        let crosses = columns.iter().any(|&x| {
            line.iter().any(|w| w.bounds.x0 < x - 1.0 && w.bounds.x1 > x + 1.0) || crossed_by_running_text(&line, x)
        });
        if wide || outside || crosses {
            break;
        }
        last = line.iter().map(|w| w.bounds.y1).fold(f32::MIN, f32::max);
        out.push(line);
    }
    out
}

/// The lower edge of a row that the page end cuts: all words below a table's last line, when they hug it and keep to the
/// columns that its pieces show.
fn cut_row(line: f32, sides: (f32, f32), hints: &Hints, words: &[&Word]) -> Option<f32> {
    let inner = hints.columns_at(line, sides);
    let first = *inner.first()?;
    let below: Vec<&Word> = words.iter().filter(|w| w.bounds.center().1 > line).copied().collect();
    let rows = keeping(&below, &inner, sides, line);
    let kept: usize = rows.iter().map(Vec::len).sum();
    let fills = rows.iter().any(|l| l.iter().any(|w| w.bounds.center().0 > first));
    if kept < below.len() || !fills {
        return None;
    }
    rows.iter().flatten().map(|w| w.bounds.y1).reduce(f32::max).map(|y| y + 1.0)
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

/// Cuts a stack where the space between two of its full lines holds nothing, or text that keeps away from both.
fn parts(stack: Stack, hints: &Hints, words: &[&Word]) -> Vec<Part> {
    let mut full: Vec<f32> = stack.lines.iter().filter(|s| stack.is_full(s)).map(|s| s.at).collect();
    // Pieces that only together run from side to side count as well.
    for s in &stack.lines {
        let row: Vec<&Segment> = stack.lines.iter().filter(|o| (o.at - s.at).abs() < 0.5).collect();
        let covered: f32 = row.iter().map(|o| o.to - o.from).sum();
        if covered > 0.9 * (stack.x1 - stack.x0) && !full.iter().any(|f| (f - s.at).abs() < 0.5) {
            full.push(s.at);
        }
    }
    // The lower edge of a shaded first cell ends the row where no word stands in its way.
    let bodies = |y: f32| {
        words.iter().any(|w| {
            let inside = w.bounds.x1 > stack.x0 && w.bounds.x0 < stack.x1;
            inside && w.bounds.y0 + 0.15 * w.size < y && w.bounds.y1 - 0.1 * w.size > y
        })
    };
    let first_cells = stack.lines.iter().filter(|s| s.from < stack.x0 + NEAR && !hints.is_drawn(s.at) && !bodies(s.at));
    full.extend(first_cells.map(|s| s.at));
    full.sort_by(f32::total_cmp);
    full.dedup_by(|a, b| (*a - *b).abs() < 0.5);
    let sides = (stack.x0, stack.x1);
    let mut out = Vec::new();
    let mut open: Vec<f32> = Vec::new();
    for (i, &y) in full.iter().enumerate() {
        open.push(y);
        let next = full.get(i + 1).copied();
        let band = Band::new(y, next, sides, hints, words);
        if !band.parts {
            continue;
        }
        // A last or first row that is not shaded has no line of its own: its text hugs the table.
        let cut = if next.is_none() { cut_row(y, sides, hints, words) } else { None };
        open.extend(cut.or(band.row_below));
        close_part(&stack, &mut open, cut.is_some(), &mut out);
        open.extend(band.row_above);
    }
    close_part(&stack, &mut open, false, &mut out);
    out
}

fn close_part(stack: &Stack, open: &mut Vec<f32>, cut: bool, out: &mut Vec<Part>) {
    if let [first, .., last] = open[..] {
        let mut lines: Vec<Segment> =
            stack.lines.iter().filter(|s| s.at > first - 0.6 && s.at < last + 0.6).copied().collect();
        for &y in open.iter() {
            if !lines.iter().any(|l| (l.at - y).abs() < 0.6 && stack.is_full(l)) {
                lines.push(Segment { at: y, from: stack.x0, to: stack.x1 });
            }
        }
        lines.sort_by(|a, b| a.at.total_cmp(&b.at));
        out.push(Part { x0: stack.x0, x1: stack.x1, lines, cut });
    }
    open.clear();
}

/// What lies between two full lines of a stack, or below its last one.
struct Band {
    /// It parts two tables.
    parts: bool,
    /// The lower edge of a row that hugs the line above.
    row_below: Option<f32>,
    /// The upper edge of a row that hugs the line below.
    row_above: Option<f32>,
}

impl Band {
    fn new(top: f32, bottom: Option<f32>, sides: (f32, f32), hints: &Hints, words: &[&Word]) -> Band {
        let floor = bottom.unwrap_or(f32::MAX);
        let inside: Vec<&Word> = words
            .iter()
            .filter(|w| {
                let (x, y) = w.bounds.center();
                y > top && y < floor && x > sides.0 - 2.0 && x < sides.1 + 2.0
            })
            .copied()
            .collect();
        let row = Band { parts: false, row_below: None, row_above: None };
        let gap = Band { parts: true, row_below: None, row_above: None };
        if bottom.is_some() && hints.is_shaded(top, floor, sides) {
            return row;
        }
        if inside.is_empty() {
            return if bottom.is_some_and(|b| b - top <= 3.5) { row } else { gap };
        }
        let groups = groups(&inside);
        let size = inside.iter().map(|w| w.size).fold(0.0, f32::max);
        if let Some(bottom) = bottom {
            let (above, below) = (groups[0].0 - top, bottom - groups[groups.len() - 1].1);
            let first_in = inside.iter().map(|w| w.bounds.x0).fold(f32::MAX, f32::min);
            let loose = above > 0.8 * size && below > 0.3 * size && above + below > 1.5 * size || above > 2.0 * size;
            let heading = groups.len() > 1
                && above <= 0.8 * size
                && !hints.is_drawn(top)
                && groups[1..].iter().any(|g| g.2 < first_in + 2.0 * size);
            // An unshaded last row hugs the line above and keeps away from the next table.
            let last_row = !hints.is_drawn(top) && below > 0.7 * size && below > above + 0.5 * size;
            let title = loose && groups[0].1 - groups[0].0 < 2.6 * size;
            if !(title || heading || last_row || above > 2.0 * size) {
                return row;
            }
            let hugs = |y: f32, edge: f32| (y - edge).abs() < 0.8 * size;
            let row_below = (!hints.is_drawn(top) && hugs(groups[0].0, top) && groups[0].3).then_some(groups[0].1 + 1.0);
            let last = &groups[groups.len() - 1];
            let row_above =
                (!hints.is_drawn(bottom) && groups.len() > 1 && hugs(last.1, bottom) && last.3).then_some(last.0 - 1.0);
            return Band { parts: true, row_below, row_above };
        }
        let hugs = groups[0].0 - top < 0.8 * size && groups[0].3 && !hints.is_drawn(top);
        Band { row_below: hugs.then_some(groups[0].1 + 1.0), ..gap }
    }
}

/// Lines of words in groups parted by blank space: top, bottom, left edge, and whether a line has several pieces.
fn groups(words: &[&Word]) -> Vec<(f32, f32, f32, bool)> {
    let mut lines = lines_of_words(words);
    let top = |l: &Vec<&Word>| l.iter().map(|w| w.bounds.y0).fold(f32::MAX, f32::min);
    lines.sort_by(|a, b| top(a).total_cmp(&top(b)));
    let mut out: Vec<(f32, f32, f32, bool)> = Vec::new();
    for line in lines {
        let (y0, y1) = (top(&line), line.iter().map(|w| w.bounds.y1).fold(f32::MIN, f32::max));
        let x0 = line.iter().map(|w| w.bounds.x0).fold(f32::MAX, f32::min);
        let size = line.iter().map(|w| w.size).fold(0.0, f32::max);
        let several = super::gutters::chunks(&line, 1.2).len() > 1;
        match out.last_mut() {
            Some(g) if y0 - g.1 < 0.8 * size => {
                g.1 = g.1.max(y1);
                g.2 = g.2.min(x0);
                g.3 |= several;
            }
            _ => out.push((y0, y1, x0, several)),
        }
    }
    out
}

/// A part of a stack without blank or heading-like bands: one table.
struct Part {
    x0: f32,
    x1: f32,
    lines: Vec<Segment>,
    /// Its last row is cut by the page end.
    cut: bool,
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
        for band in ys.windows(2) {
            let row: Vec<&Word> = inside
                .iter()
                .filter(|w| {
                    let y = w.bounds.center().1;
                    y > band[0] && y < band[1]
                })
                .copied()
                .collect();
            let mut lines = upright(&columns, &row, band, (self.x0, self.x1), labels);
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
            let crossed = lines.iter().filter(|l| l.iter().any(|w| w.bounds.x0 < x - 1.0 && w.bounds.x1 > x + 1.0)).count();
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

/// The column lines of one row: those its words leave free, and that part text from text or from an empty cell. `labels`
/// says whether first cells are bold as a rule.
pub(super) fn upright(columns: &[f32], row: &[&Word], band: &[f32], sides: (f32, f32), labels: bool) -> Vec<Segment> {
    let free: Vec<f32> = columns
        .iter()
        .copied()
        .filter(|x| !row.iter().any(|w| w.bounds.x0 < x - 1.0 && w.bounds.x1 > x + 1.0))
        .filter(|x| !crossed_by_running_text(row, *x))
        .collect();
    // A row with bold text in its first column only is a title over all columns, unless first cells are bold anyway.
    let first = free.first().copied().unwrap_or(sides.1);
    let alone = !row.is_empty() && row.iter().all(|w| w.bounds.x1 < first);
    if alone && row.iter().all(|w| w.bold) && (columns.len() > 1 || !labels) {
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
                && (w[1].bounds.x0 - x - EDGE).abs() > 0.6
        })
    })
}

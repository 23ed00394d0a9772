//! What stands between the lines of a stack: rows, the space between two tables, rows that a page end cuts.

use super::gutters::{EDGE, chunks};
use super::lattice::{Grid, grid_of};
use super::rules::{Segment, Segments};
use super::stack::{Hints, NEAR, Part, Stack};
use super::words::{Word, lines_of_words};

/// Cuts a stack where the space between two of its full lines holds nothing, or text that keeps away from both.
pub(super) fn parts(stack: Stack, hints: &Hints, words: &[&Word]) -> Vec<Part> {
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
    let padding = padding(&full, sides, words);
    let mut out = Vec::new();
    let mut open: Vec<f32> = full.first().and_then(|&y| row_over(y, sides, hints, words)).into_iter().collect();
    for (i, &y) in full.iter().enumerate() {
        open.push(y);
        let next = full.get(i + 1).copied();
        let band = Band::new((y, next), padding, sides, hints, words);
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

/// Words between two heights and two sides.
fn between<'w>(words: &[&'w Word], top: f32, bottom: f32, sides: (f32, f32)) -> Vec<&'w Word> {
    words
        .iter()
        .filter(|w| {
            let (x, y) = w.bounds.center();
            y > top && y < bottom && x > sides.0 - 2.0 && x < sides.1 + 2.0
        })
        .copied()
        .collect()
}

/// The usual blank above and below a row's text together: the lower quartile.
fn padding(full: &[f32], sides: (f32, f32), words: &[&Word]) -> f32 {
    let mut all: Vec<f32> = full
        .windows(2)
        .filter_map(|l| {
            let b = super::geometry::around(between(words, l[0], l[1], sides).iter().map(|w| &w.bounds))?;
            Some(b.y0 - l[0] + l[1] - b.y1)
        })
        .collect();
    all.sort_by(f32::total_cmp);
    all.get(all.len() / 4).copied().unwrap_or(0.0).clamp(0.0, 12.0)
}

/// The upper edge of an unshaded row that hugs a stack's first line from above and keeps to its columns.
fn row_over(line: f32, sides: (f32, f32), hints: &Hints, words: &[&Word]) -> Option<f32> {
    let columns = hints.columns_at(line, sides);
    if hints.is_drawn(line) || columns.is_empty() {
        return None;
    }
    let over = between(words, line - 150.0, line, sides);
    let size = over.iter().map(|w| w.size).fold(0.0, f32::max);
    let (top, bottom, _, several) = *groups(&over).last()?;
    let row = between(&over, top - 0.5, line, sides);
    let kept: usize = keeping(&row, &columns, sides, f32::MIN).iter().map(Vec::len).sum();
    (several && line - bottom < 0.8 * size && kept == row.len()).then_some(top - 1.0)
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
    fn new(lines: (f32, Option<f32>), padding: f32, sides: (f32, f32), hints: &Hints, words: &[&Word]) -> Band {
        let (top, bottom) = lines;
        let floor = bottom.unwrap_or(f32::MAX);
        let inside = between(words, top, floor, sides);
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
            let looser =
                above + below > padding + 1.2 * size && above > 0.5 * padding + 0.35 * size && below > 0.2 * size;
            // Columns that change altogether across text that runs over them: one table ends, another begins.
            let (over, under) = (hints.columns_at(top, sides), hints.columns_at(bottom, sides));
            let common = over.iter().any(|x| under.iter().any(|y| (x - y).abs() < NEAR));
            let strangers = !over.is_empty() && !under.is_empty() && !common;
            let runs_over = |xs: &[f32]| keeping(&inside, xs, sides, f32::MIN).is_empty();
            let strange = strangers && runs_over(&over) && runs_over(&under);
            let title = strange || looser || loose && groups[0].1 - groups[0].0 < 2.6 * size;
            if !(title || heading || last_row || above > 2.0 * size) {
                return row;
            }
            let hugs = |y: f32, edge: f32| (y - edge).abs() < 0.8 * size;
            let row_below =
                (!hints.is_drawn(top) && hugs(groups[0].0, top) && groups[0].3).then_some(groups[0].1 + 1.0);
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

/// The rest of a row that the page end before cut: the words at the page's top, down to the first line between the same
/// sides, as far as they keep to the row's columns. `columns` are the row's edges, the outer ones included.
pub(super) fn rest_of_row(columns: &[f32], hints: &Hints, words: &[&Word]) -> Option<Grid> {
    let (&x0, &x1) = (columns.first()?, columns.last()?);
    let inner = columns.get(1..columns.len() - 1)?;
    let first = *inner.first()?;
    let floor = hints.horizontal.iter().filter(|s| s.from < x1 && s.to > x0).map(|s| s.at).fold(f32::MAX, f32::min);
    let above: Vec<&Word> = words.iter().filter(|w| w.bounds.center().1 < floor).copied().collect();
    let rows = keeping(&above, inner, (x0, x1), f32::MIN);
    let in_others = rows.iter().take_while(|l| l.iter().any(|w| w.bounds.center().0 > first)).count();
    // Where only the first cell goes on, a line from side to side must end it soon.
    let full = hints.horizontal.iter().any(|s| s.at == floor && s.from < x0 + NEAR && s.to > x1 - NEAR);
    let low = rows.iter().flatten().map(|w| w.bounds.y1).fold(f32::MIN, f32::max);
    let closed = full && rows.len() == lines_of_words(&above).len() && floor < low + 20.0;
    let rows: Vec<&Vec<&Word>> =
        rows.iter().take(if in_others == 0 && closed { rows.len() } else { in_others }).collect();
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
    let Some(columns) = grid.xs.get(1..grid.xs.len().saturating_sub(1)) else { return };
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
            line.iter().any(|w| w.bounds.x0 < x - 1.0 && w.bounds.x1 > x + 1.0)
                || crossed_by_running_text(&line, x, false, &[])
        });
        if wide || outside || crosses {
            break;
        }
        last = line.iter().map(|w| w.bounds.y1).fold(f32::MIN, f32::max);
        out.push(line);
    }
    out
}

/// Whether the words next to a column line on its right stand exactly under each other in several lines that have words
/// on both sides: no running text breaks like that.
fn starts_a_column(lines: &[Vec<&Word>], x: f32) -> bool {
    let starts: Vec<f32> = lines
        .iter()
        .filter(|l| l.iter().any(|w| w.bounds.x1 <= x + 1.0))
        .filter_map(|l| l.iter().find(|w| w.bounds.x0 >= x - 1.0))
        .filter(|w| w.bounds.x0 - x < w.size)
        .map(|w| w.bounds.x0)
        .collect();
    starts.len() > 1 && starts.iter().all(|s| (s - starts[0]).abs() < 0.3)
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

/// Where the words right of a column line start, if many lines of a table have a word start just there.
pub(super) fn common_starts(words: &[&Word], columns: &[f32]) -> Vec<f32> {
    const LINES: usize = 4;
    let lines = lines_of_words(words);
    let start = |x: &f32| {
        let right = |line: &Vec<&Word>| line.iter().find(|w| w.bounds.x0 >= x - 1.0).map(|w| (w.bounds.x0, w.size));
        let starts: Vec<f32> =
            lines.iter().filter_map(right).filter(|(at, size)| at - x < *size).map(|s| s.0).collect();
        let near = |at: f32| starts.iter().filter(|other| (*other - at).abs() < 0.3).count();
        let best = starts.iter().copied().max_by_key(|&at| near(at))?;
        (near(best) >= LINES && near(best) * 2 > starts.len()).then_some(best)
    };
    columns.iter().filter_map(start).collect()
}

/// Whether words go on over a column line with no more than the usual blank between them. Where white space made the
/// columns (`by_space`), a word that starts right at a column's edge starts a cell; else words that all start at one x do,
/// and one of `starts`, where the words of most lines do.
pub(super) fn crossed_by_running_text(row: &[&Word], x: f32, by_space: bool, starts: &[f32]) -> bool {
    let lines = lines_of_words(row);
    if starts_a_column(&lines, x) {
        return false;
    }
    let begins = |w: &Word| starts.iter().any(|at| (at - w.bounds.x0).abs() < 0.3 && *at >= x - 1.0 && at - x < w.size);
    lines.iter().any(|line| {
        // A line without any gap is a text over several columns, wherever its words start.
        let in_pieces = chunks(line, 1.0).len() > 1;
        line.windows(2).any(|w| {
            w[0].bounds.x1 <= x + 1.0
                && w[1].bounds.x0 >= x - 1.0
                && w[1].bounds.x0 - w[0].bounds.x1 < 0.5 * w[0].size
                && !(by_space && (w[1].bounds.x0 - x - EDGE).abs() < 0.6)
                && !(in_pieces && begins(w[1]))
        })
    })
}

//! Tables without any rule or shade: lines of text whose columns the white space between them makes.

use super::blocks::ends_early;
use super::centred;
use super::geometry::Bounds;
use super::gutters::{Chunk, EDGE, chunks, is_figure, separators, with_close_columns};
use super::lattice::{Grid, grid_of};
use super::rules::{Segment, Segments, merge};
use super::stack::{Habits, bold_labels, upright};
use super::words::{Line, Word, lines_of_words};

/// Pages with more lines than this are not searched.
const MAX_LINES: usize = 2_000;

/// The tables among free words; `obstacles` (other tables) part them. `carry` are the column edges of such a table that
/// ended the page before: lines at the top that keep to them go on with it.
pub(super) fn grids(words: &[&Word], obstacles: &[Bounds], carry: Option<&[f32]>) -> Vec<Grid> {
    let upright_words: Vec<&Word> =
        words.iter().filter(|w| w.direction == super::glyphs::Direction::Right).copied().collect();
    let mut lines = lines_of_words(&upright_words);
    lines.sort_by(|a, b| top(a).total_cmp(&top(b)));
    let mut out = Vec::new();
    if lines.len() > MAX_LINES {
        return out;
    }
    let mut from = 0;
    if let Some(xs) = carry
        && let Some((n, grid)) = going_on(&lines, obstacles, xs)
    {
        out.push(grid);
        from = n;
    }
    while from < lines.len() {
        let region = Region::grow(&lines[from..], obstacles);
        match region {
            Some(n) => {
                if let Some(grid) = table(&lines[from..from + n]) {
                    out.push(grid);
                    from += n;
                } else {
                    from += 1;
                }
            }
            None => from += 1,
        }
    }
    out
}

/// The lines at a page's top that keep to the columns of the table that ended the page before.
fn going_on(lines: &[Vec<&Word>], obstacles: &[Bounds], xs: &[f32]) -> Option<(usize, Grid)> {
    let inner = xs.get(1..xs.len().checked_sub(1)?)?;
    let (mut n, mut several, mut widest) = (0, 0, 0.0f32);
    for line in lines {
        let em = size(line);
        let gap = if n == 0 { 0.0 } else { top(line) - bottom(&lines[n - 1]) };
        let parted = obstacles.iter().any(|b| b.y0 < top(line));
        let pieces = pieces_by(line, inner);
        let crosses = pieces.iter().any(|p| inner.iter().any(|x| p.x0 < x - 1.0 && p.x1 > x + 1.0));
        // One piece in the first column alone, set off, is a heading.
        let alone = pieces.len() == 1 && inner.first().is_some_and(|x| pieces[0].x1 < *x);
        if parted || crosses || gap > 1.5 * em || alone && gap > (1.3 * widest).max(0.8 * em) {
            break;
        }
        widest = widest.max(gap);
        n += 1;
        several += usize::from(pieces.len() > 1);
    }
    if several == 0 {
        return None;
    }
    Some((n, grid(&lines[..n], inner)?))
}

/// The pieces of a line, cut as well where a word starts right at a known column's edge.
fn pieces_by(line: &[&Word], inner: &[f32]) -> Vec<Chunk> {
    let starts = |w: &Word| inner.iter().any(|x| (w.bounds.x0 - x - EDGE).abs() < 0.6);
    line.chunk_by(|_, next| !starts(next)).flat_map(|part| chunks(part, 1.0)).collect()
}

/// The lines at a page's bottom, last part of `words`, that keep to the columns of the table which starts the next page.
pub(super) fn beginning(words: &[&Word], xs: &[f32]) -> Option<Grid> {
    let inner = xs.get(1..xs.len().checked_sub(1)?)?;
    let mut lines = lines_of_words(words);
    lines.sort_by(|a, b| top(a).total_cmp(&top(b)));
    let mut from = lines.len();
    let mut several = false;
    while from > 0 {
        let line = &lines[from - 1];
        let gap = lines.get(from).map_or(0.0, |below| top(below) - bottom(line));
        let pieces = pieces_by(line, inner);
        let crosses = pieces.iter().any(|p| inner.iter().any(|x| p.x0 < x - 1.0 && p.x1 > x + 1.0));
        if crosses || gap > 1.2 * size(line) || line.iter().any(|w| w.direction != super::glyphs::Direction::Right) {
            break;
        }
        several |= pieces.len() > 1;
        from -= 1;
    }
    // It begins with a line that has its first cell and another.
    let start = (from..lines.len()).find(|&i| pieces_by(&lines[i], inner).len() > 1)?;
    several.then(|| grid(&lines[start..], inner)).flatten()
}

fn top(line: &[&Word]) -> f32 {
    line.iter().map(|w| w.bounds.y0).fold(f32::MAX, f32::min)
}

fn bottom(line: &[&Word]) -> f32 {
    line.iter().map(|w| w.bounds.y1).fold(f32::MIN, f32::max)
}

fn size(line: &[&Word]) -> f32 {
    line.iter().map(|w| w.size).fold(0.0, f32::max)
}

struct Region;

impl Region {
    /// How many of the lines, from the first on, keep a common white strip. `None` when the first line has no gap.
    fn grow(lines: &[Vec<&Word>], obstacles: &[Bounds]) -> Option<usize> {
        let first = chunks(lines.first()?, 1.0);
        if first.len() < 2 {
            return None;
        }
        let mut strips: Vec<(f32, f32)> = first.windows(2).map(|c| (c[0].x1, c[1].x0)).collect();
        let mut n = 1;
        let mut last_multi = 1;
        let mut spanning = 0;
        for pair in lines.windows(2) {
            let (above, line) = (&pair[0], &pair[1]);
            let em = size(line).max(size(above));
            let gap = top(line) - bottom(above);
            let parted = obstacles.iter().any(|b| b.y0 > bottom(above) - 2.0 && b.y1 < top(line) + 2.0);
            if gap > 2.2 * em || parted {
                break;
            }
            let pieces = chunks(line, 1.0);
            let kept = clip(&strips, &pieces, em);
            let heading =
                pieces.len() == 1 && gap > 1.0 * em && strips.first().is_some_and(|s| pieces[0].x1 <= s.0 + em);
            // What comes, set off, after a line over all columns is another table.
            if heading || spanning > 0 && gap > 1.0 * em {
                break;
            }
            if kept.is_empty() {
                // One line over all columns may be a title between the rows.
                spanning += 1;
                if spanning > 1 || pieces.len() > 1 || gap > 1.2 * em {
                    break;
                }
            } else {
                spanning = 0;
                strips = kept;
                if pieces.len() > 1 {
                    last_multi = n + 1;
                }
            }
            n += 1;
        }
        // Lines after the last one with several pieces belong to the table only as its wrapped cells.
        let mut end = last_multi;
        while end < n {
            let line = &lines[end];
            let pieces = chunks(line, 1.0);
            let tight = top(line) - bottom(&lines[end - 1]) < 0.45 * size(line);
            let first = strips.first().copied().unwrap_or((0.0, 0.0));
            let right_of_first = pieces.first().is_some_and(|p| p.x0 >= first.0)
                || chunks(&lines[end - 1], 1.0)
                    .first()
                    .is_some_and(|p| p.x1 < first.1 && p.x1 + 3.0 * size(line) > first.0);
            if !tight || clip(&strips, &pieces, size(line)).is_empty() || !right_of_first {
                break;
            }
            end += 1;
        }
        // Cells set in the middle of their row overlap their neighbours' lines: a row is not parted between two tables.
        while end > 0 && lines.get(end).is_some_and(|below| overlap(&lines[end - 1], below)) {
            end -= 1;
        }
        (end > 0).then_some(end)
    }
}

/// Whether two lines stand on baselines of their own, less than a line apart.
fn overlap(above: &[&Word], below: &[&Word]) -> bool {
    bottom(above) - top(below) > 0.25 * size(above).min(size(below))
}

/// What is left of white strips under a line's pieces; strips narrower than most of a letter are gone.
fn clip(strips: &[(f32, f32)], pieces: &[Chunk], em: f32) -> Vec<(f32, f32)> {
    let mut out = Vec::new();
    for &(mut from, mut to) in strips {
        for p in pieces {
            if p.x1 <= from || p.x0 >= to {
                continue;
            }
            // Keep the wider side.
            if p.x0 - from > to - p.x1 {
                to = p.x0;
            } else {
                from = p.x1;
            }
        }
        if to - from >= 0.7 * em {
            out.push((from, to));
        }
    }
    out
}

/// A table of lines that keep common white strips, if they are one.
fn table(lines: &[Vec<&Word>]) -> Option<Grid> {
    let columns = separators(lines);
    if columns.is_empty() || !is_tabular(lines, &columns) {
        return None;
    }
    grid(lines, &with_close_columns(lines, columns))
}

/// Lines as a grid with given lines between the columns.
fn grid(lines: &[Vec<&Word>], columns: &[f32]) -> Option<Grid> {
    let bounds = super::geometry::around(lines.iter().flatten().map(|w| &w.bounds))?;
    let (x0, x1) = (bounds.x0 - 2.0, bounds.x1 + 2.0);
    let mut ys = vec![bounds.y0 - 1.0];
    ys.extend(row_bounds(lines, columns));
    ys.push(bounds.y1 + 1.0);
    let horizontal: Vec<Segment> = ys.iter().map(|&at| Segment { at, from: x0, to: x1 }).collect();
    let mut vertical: Vec<Segment> =
        [x0, x1].map(|at| Segment { at, from: bounds.y0 - 1.0, to: bounds.y1 + 1.0 }).to_vec();
    let all: Vec<&Word> = lines.iter().flatten().copied().collect();
    let labels = bold_labels(&all, *columns.first()?);
    for band in ys.windows(2) {
        let row: Vec<&Word> = lines
            .iter()
            .flatten()
            .filter(|w| {
                let y = w.bounds.center().1;
                y > band[0] && y < band[1]
            })
            .copied()
            .collect();
        vertical.extend(upright(columns, &row, band, (x0, x1), Habits { labels, by_space: true, starts: &[] }));
    }
    grid_of(Segments { horizontal, vertical: merge(vertical) })
}

/// The pieces of a line by column: `pieces[c]` is the text in column `c`.
fn by_column(line: &[&Word], columns: &[f32]) -> Vec<String> {
    let mut out = vec![Vec::new(); columns.len() + 1];
    for w in line {
        let c = columns.partition_point(|x| *x < w.bounds.center().0);
        out[c].push(*w);
    }
    out.into_iter().map(|ws| if ws.is_empty() { String::new() } else { Line::of(&ws).text }).collect()
}

/// Whether lines with columns are a table and not text set in columns, a list, or chance.
pub(super) fn is_tabular(lines: &[Vec<&Word>], columns: &[f32]) -> bool {
    let rows: Vec<Vec<String>> = lines.iter().map(|l| by_column(l, columns)).collect();
    let multi: Vec<&Vec<String>> = rows.iter().filter(|r| r.iter().filter(|t| !t.is_empty()).count() > 1).collect();
    let cols = columns.len() + 1;
    let cells = multi.iter().flat_map(|r| r.iter().skip(1)).filter(|t| !t.is_empty());
    let (mut filled, mut figures, mut words) = (0usize, 0usize, 0usize);
    for t in cells {
        filled += 1;
        figures += usize::from(is_figure(t) && !t.starts_with('='));
        words += t.split(' ').count();
    }
    let data = figures * 2 > filled;
    let first_words: usize = multi.iter().map(|r| r[0].split(' ').count()).sum();
    let needed = if cols > 2 || data { 3 } else { 4 };
    if multi.len() < needed || cols > 2 && multi.len() * 3 < lines.len() {
        return false;
    }
    // Marks of a list, each beside its text.
    let marks = multi.iter().filter(|r| r[0].chars().count() <= 3 && !r[0].is_empty()).count();
    if cols == 2 && marks * 10 > multi.len() * 8 && !data {
        return false;
    }
    // Text set in columns: long lines on both sides.
    if cols == 2 && !data && words > 5 * filled && first_words > 4 * multi.len() {
        return false;
    }
    aligned(lines, columns)
}

/// Lines (from top to bottom) cut into runs that are read one after the other: where text is set in columns, each column
/// is a run.
pub(super) fn reading_order(lines: Vec<Vec<&Word>>) -> Vec<Vec<Vec<&Word>>> {
    let mut out: Vec<Vec<Vec<&Word>>> = vec![Vec::new()];
    if lines.len() > MAX_LINES {
        return vec![lines];
    }
    let mut from = 0;
    while from < lines.len() {
        let n = Region::grow(&lines[from..], &[]).unwrap_or(1);
        let region = &lines[from..from + n];
        let columns = if n >= 6 { separators(region) } else { Vec::new() };
        if !columns.is_empty() && are_text_columns(region, &columns) {
            for c in 0..=columns.len() {
                let inside = |w: &&&Word| columns.partition_point(|x| *x < w.bounds.center().0) == c;
                let column = region.iter().map(|l| l.iter().filter(inside).copied().collect::<Vec<&Word>>());
                out.push(column.filter(|l| !l.is_empty()).collect());
            }
            out.push(Vec::new());
            from += n;
        } else if let Some(run) = out.last_mut() {
            run.push(lines[from].clone());
            from += 1;
        }
    }
    out.retain(|run| !run.is_empty());
    out
}

/// Whether lines with columns are running text set in columns: long pieces that start at their column's edge.
fn are_text_columns(lines: &[Vec<&Word>], columns: &[f32]) -> bool {
    (0..=columns.len()).all(|c| {
        let inside = |w: &&&Word| columns.partition_point(|x| *x < w.bounds.center().0) == c;
        let pieces: Vec<Vec<&Word>> = lines
            .iter()
            .map(|l| l.iter().filter(inside).copied().collect::<Vec<&Word>>())
            .filter(|p| !p.is_empty())
            .collect();
        let words: usize = pieces.iter().map(Vec::len).sum();
        let left = pieces.iter().map(|p| p[0].bounds.x0).fold(f32::MAX, f32::min);
        let flush = pieces.iter().filter(|p| p[0].bounds.x0 - left < 2.0).count();
        pieces.len() >= 5 && words * 2 >= pieces.len() * 7 && flush * 2 > pieces.len()
    })
}

/// Whether a grid of a few drawn cells holds a table of more columns, most of whose rules are not drawn.
pub(super) fn is_half_ruled(grid: &Grid, words: &[&Word]) -> bool {
    if grid.xs.len() == 2 && grid.places.len() > 3 {
        return is_rows_only(grid, words);
    }
    if grid.places.len() > 6 || grid.places.len() < 2 || grid.xs.len() > 4 {
        return false;
    }
    let inside: Vec<&Word> = words
        .iter()
        .filter(|w| {
            let (x, y) = w.bounds.center();
            grid.bounds.has(x, y)
        })
        .copied()
        .collect();
    let lines = lines_of_words(&inside);
    let columns = separators(&lines);
    columns.len() > grid.xs.len() && lines.iter().all(|l| chunks(l, 1.0).len() > 2)
}

/// Whether a frame with rules from side to side holds rows of several columns: half of its cells have a line in three pieces.
fn is_rows_only(grid: &Grid, words: &[&Word]) -> bool {
    let in_pieces = |bounds: &Bounds| {
        let inside: Vec<&Word> =
            words.iter().filter(|w| bounds.has(w.bounds.center().0, w.bounds.center().1)).copied().collect();
        lines_of_words(&inside).iter().any(|line| chunks(line, 1.0).len() > 2)
    };
    let rows = grid.places.iter().filter(|place| in_pieces(&place.bounds)).count();
    rows * 2 >= grid.places.len()
}

/// Whether the pieces right of the first column start, end or centre at common places.
fn aligned(lines: &[Vec<&Word>], columns: &[f32]) -> bool {
    let mut good = 0;
    for c in 1..=columns.len() {
        let (from, to) = (columns[c - 1], columns.get(c).copied().unwrap_or(f32::MAX));
        let spans: Vec<(f32, f32)> = lines
            .iter()
            .filter_map(|l| {
                let mine: Vec<&&Word> = l.iter().filter(|w| (from..to).contains(&w.bounds.center().0)).collect();
                Some((mine.first()?.bounds.x0, mine.last()?.bounds.x1))
            })
            .collect();
        let common = |value: &dyn Fn(&(f32, f32)) -> f32| {
            spans.iter().map(|s| spans.iter().filter(|o| (value(o) - value(s)).abs() < 2.5).count()).max().unwrap_or(0)
        };
        if spans.len() > 400 {
            good += 1;
            continue;
        }
        let best = common(&|s| s.0).max(common(&|s| s.1)).max(common(&|s| (s.0 + s.1) / 2.0));
        good += usize::from(best * 10 >= spans.len() * 5);
    }
    good * 3 >= columns.len() * 2
}

/// The y of the lines between rows.
fn row_bounds(lines: &[Vec<&Word>], columns: &[f32]) -> Vec<f32> {
    if let Some(bounds) = centred::row_bounds(lines, columns) {
        return bounds;
    }
    let steps: Vec<f32> = lines.windows(2).map(|p| base(&p[1]) - base(&p[0])).collect();
    let mut sorted = steps.clone();
    sorted.sort_by(f32::total_cmp);
    let tight = sorted.get(sorted.len() / 5).copied().unwrap_or(0.0);
    let loose = steps.iter().filter(|s| **s > 1.22 * tight).count();
    // Both kinds of steps, wrapped lines and new rows, are there.
    let spaced = loose * 8 >= steps.len() && loose < steps.len();
    let rows: Vec<Vec<String>> = lines.iter().map(|l| by_column(l, columns)).collect();
    let right = lines.iter().flatten().map(|w| w.bounds.x1).fold(f32::MIN, f32::max);
    let mut out = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        let new_row = if spaced && *step <= 1.22 * tight {
            both_data(&rows[i], &rows[i + 1])
        } else {
            let wrapped = *step <= 1.02 * tight && is_wrapped_title(&lines[i], &lines[i + 1], columns, right);
            !wrapped && (*step > 1.22 * tight && spaced || !goes_on(&rows[i], &rows[i + 1]))
        };
        if new_row {
            out.push((bottom(&lines[i]) + top(&lines[i + 1])) / 2.0);
        }
    }
    out
}

/// Whether a line is the rest of a title over several columns that did not fit in the line above.
fn is_wrapped_title(above: &[&Word], line: &[&Word], columns: &[f32], right: f32) -> bool {
    let (a, b) = (Line::of(above), Line::of(line));
    let over = columns.iter().filter(|x| a.x0 < **x && a.x1 > **x).count();
    let single = chunks(above, 1.0).len() == 1 && chunks(line, 1.0).len() == 1;
    over > 0
        && over == columns.len()
        && single
        && a.bold == b.bold
        && (a.x0 - b.x0).abs() < 0.5
        && !ends_early(&a, &b, right)
}

fn base(line: &[&Word]) -> f32 {
    line.first().map_or(0.0, |w| w.base)
}

/// Two lines that have nothing but figures right of their first column are two rows.
fn both_data(a: &[String], b: &[String]) -> bool {
    let data = |row: &[String]| {
        let mut filled = row.iter().skip(1).filter(|t| !t.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|t| is_figure(t))
    };
    !b[0].is_empty() && data(a) && data(b)
}

/// Whether a line only continues cells of the one above: text, nothing in the first column.
fn goes_on(a: &[String], b: &[String]) -> bool {
    b[0].is_empty()
        && b.iter().zip(a).all(|(y, x)| y.is_empty() || !x.is_empty() && !is_figure(y))
        && b.iter().any(|t| !t.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::gutters::tests::word;

    #[test]
    fn aligned_columns_are_a_table() {
        let words: Vec<Word> = (0..5)
            .flat_map(|i| {
                let y = 20.0 + 12.0 * i as f32;
                [word("Nome", 10.0, y), word("Cognome", 33.0, y), word("settore", 150.0, y), word("12", 300.0, y)]
            })
            .collect();
        let refs: Vec<&Word> = words.iter().collect();
        let grids = grids(&refs, &[], None);
        assert_eq!(grids.len(), 1);
        assert_eq!((grids[0].xs.len(), grids[0].ys.len(), grids[0].places.len()), (4, 6, 15));
    }

    #[test]
    fn running_text_is_no_table() {
        let words: Vec<Word> = (0..6)
            .flat_map(|i| {
                let y = 20.0 + 12.0 * i as f32;
                (0..6).map(move |k| word("parola", 10.0 + 36.0 * k as f32 + (i % 3) as f32, y)).collect::<Vec<_>>()
            })
            .collect();
        let refs: Vec<&Word> = words.iter().collect();
        assert!(grids(&refs, &[], None).is_empty());
    }
}

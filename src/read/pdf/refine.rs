//! Cells that rules leave merged though their words stand in columns or rows of their own.

use super::blocks::ends_early;
use super::centred;
use super::geometry::Bounds;
use super::gutters::{chunks, is_figure};
use super::lattice::{Grid, Place};
use super::words::{Line, Word, lines_of_words};

/// Cuts a grid's cells further where its words show it.
pub(super) fn refine(mut grid: Grid, words: &[&Word]) -> Grid {
    split_columns(&mut grid, words);
    split_rows(&mut grid, words);
    grid
}

fn inside<'w>(bounds: &Bounds, words: &[&'w Word]) -> Vec<&'w Word> {
    words
        .iter()
        .filter(|w| {
            let (x, y) = w.bounds.center();
            bounds.has(x, y)
        })
        .copied()
        .collect()
}

/// Cuts cells over several columns at the column lines that wide gaps in their text follow.
fn split_columns(grid: &mut Grid, words: &[&Word]) {
    let mut out: Vec<Place> = Vec::with_capacity(grid.places.len());
    for place in std::mem::take(&mut grid.places) {
        if place.colspan < 2 {
            out.push(place);
            continue;
        }
        let mine = inside(&place.bounds, words);
        let lines = lines_of_words(&mine);
        let cuts: Vec<usize> = (place.col + 1..place.col + place.colspan)
            .filter(|&c| {
                let x = grid.xs[c];
                let both = mine.iter().any(|w| w.bounds.x1 <= x + 1.0) && mine.iter().any(|w| w.bounds.x0 >= x - 1.0);
                both && lines.iter().all(|l| gap_at(l, x) >= 1.0)
            })
            .collect();
        let mut from = place.col;
        for to in cuts.into_iter().chain([place.col + place.colspan]) {
            let bounds = Bounds { x0: grid.xs[from], x1: grid.xs[to], ..place.bounds };
            out.push(Place { col: from, colspan: to - from, bounds, ..place });
            from = to;
        }
    }
    out.sort_by_key(|p| (p.row, p.col));
    grid.places = out;
}

/// The width of the gap at `x` in a line, in type sizes; boundless where the line lies on one side.
fn gap_at(line: &[&Word], x: f32) -> f32 {
    let left = line.iter().filter(|w| w.bounds.center().0 < x).map(|w| w.bounds.x1).fold(f32::MIN, f32::max);
    let right = line.iter().filter(|w| w.bounds.center().0 >= x).map(|w| w.bounds.x0).fold(f32::MAX, f32::min);
    let size = line.iter().map(|w| w.size).fold(1.0, f32::max);
    if left == f32::MIN || right == f32::MAX { f32::MAX } else { (right - left) / size }
}

/// Cuts rows whose columns of figures have several lines: each line of figures is a row.
fn split_rows(grid: &mut Grid, words: &[&Word]) {
    let mut row = 0;
    while row + 1 < grid.ys.len() {
        let cuts = row_cuts(grid, row, words);
        if !cuts.is_empty() {
            cut_row(grid, row, &cuts);
        }
        row += cuts.len() + 1;
    }
}

/// The y of the lines to cut a row at.
fn row_cuts(grid: &Grid, row: usize, words: &[&Word]) -> Vec<f32> {
    let cells: Vec<Vec<Vec<&Word>>> = grid
        .places
        .iter()
        .filter(|p| p.row == row && p.rowspan == 1)
        .map(|p| lines_of_words(&inside(&p.bounds, words)))
        .collect();
    let figures = |lines: &Vec<Vec<&Word>>| {
        let whole = |text: &str| is_figure(text) && !is_piece_of_figure(text);
        lines.len() > 1 && lines.iter().all(|l| chunks(l, 1.5).len() == 1 && whole(&Line::of(l).text))
    };
    if let Some(cuts) = even_lines(&cells).or_else(|| apart(&cells)).or_else(|| centred::cuts(&cells)) {
        return cuts;
    }
    let columns: Vec<&Vec<Vec<&Word>>> = cells.iter().skip(1).filter(|l| figures(l)).collect();
    let Some(longest) = columns.iter().max_by_key(|l| l.len()) else { return Vec::new() };
    let n = longest.len();
    let alike = columns.iter().filter(|l| l.len() * 10 >= n * 7).count();
    if n < 3 && alike < 3 || alike < 2 && cells.iter().filter(|c| !c.is_empty()).count() > 2 || alike < 1 {
        return Vec::new();
    }
    let bases: Vec<f32> = longest.iter().filter_map(|l| l.first()).map(|w| w.base).collect();
    let size = longest.iter().flatten().map(|w| w.size).fold(0.0, f32::max);
    // The other cells' lines must stand on the same baselines.
    let others = cells.iter().flatten().filter_map(|l| l.first());
    let (mut on, mut all) = (0, 0);
    for word in others {
        all += 1;
        on += usize::from(bases.iter().any(|b| (b - word.base).abs() < 0.3 * size));
    }
    if on * 10 < all * 8 {
        return Vec::new();
    }
    bases[1..].iter().map(|b| b - 0.9 * size).collect()
}

/// What a narrow column leaves of a figure that wraps: a sign of comparison alone, or decimals without their whole number.
pub(super) fn is_piece_of_figure(text: &str) -> bool {
    text.starts_with([',', '.']) || text.chars().all(|c| matches!(c, '=' | '<' | '>' | '≤' | '≥' | '±' | '+'))
}

/// Cuts between lines when every cell has the same many lines on the same baselines, and none is there because the one
/// above was full: a list in columns.
fn even_lines(cells: &[Vec<Vec<&Word>>]) -> Option<Vec<f32>> {
    let filled: Vec<Vec<Line>> =
        cells.iter().filter(|c| !c.is_empty()).map(|c| c.iter().map(|l| Line::of(l)).collect()).collect();
    let first = filled.first()?;
    let n = first.len();
    if n < 4 || filled.len() < 2 || filled.iter().any(|c| c.len() != n) {
        return None;
    }
    let size = first.iter().map(|l| l.size).fold(0.0, f32::max);
    for cell in &filled {
        let right = cell.iter().map(|l| l.x1).fold(f32::MIN, f32::max);
        let level = cell.iter().zip(first).all(|(a, b)| (a.base - b.base).abs() < 0.3 * size);
        let early = cell.windows(2).filter(|p| ends_early(&p[0], &p[1], right)).count();
        if !level || early * 10 < (n - 1) * 4 {
            return None;
        }
    }
    Some(first[1..].iter().map(|l| l.base - 0.9 * size).collect())
}

/// Cuts at the blank strips through all cells that are wider than the space between the lines of one text, where each part
/// begins in the first cell and goes on in others: rows parted by white space alone.
fn apart(cells: &[Vec<Vec<&Word>>]) -> Option<Vec<f32>> {
    let lines: Vec<Line> = cells.iter().flatten().map(|l| Line::of(l)).collect();
    let size = lines.iter().map(|l| l.size).fold(0.0, f32::max);
    let mut extents: Vec<(f32, f32)> = lines.iter().map(|l| (l.bounds.y0, l.bounds.y1)).collect();
    extents.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Blank strips: where the text above ends and the text below starts.
    let mut strips: Vec<(f32, f32)> = Vec::new();
    let mut end = extents.first()?.1;
    for (top, bottom) in extents {
        if top > end {
            strips.push((end, top));
        }
        end = end.max(bottom);
    }
    let width = |strip: &(f32, f32)| strip.1 - strip.0;
    // The space between two lines of one cell is never wider than that between two rows.
    let narrow = strips.iter().map(width).fold(f32::MAX, f32::min);
    let (within, between): (Vec<_>, Vec<_>) = strips.into_iter().partition(|s| width(s) < narrow + 0.2 * size);
    let clear = between.iter().map(width).fold(f32::MAX, f32::min) - within.iter().map(width).fold(0.0, f32::max);
    if within.is_empty() || between.len() < 2 || clear < 0.2 * size {
        return None;
    }
    let cuts: Vec<f32> = between.iter().map(|s| (s.0 + s.1) / 2.0).collect();
    let edges: Vec<f32> = [f32::MIN].into_iter().chain(cuts.iter().copied()).chain([f32::MAX]).collect();
    let filled = |cell: &Vec<Vec<&Word>>, edges: &[f32]| {
        cell.iter().flatten().any(|w| (edges[0]..edges[1]).contains(&w.bounds.center().1))
    };
    let is_row = |edges: &[f32]| {
        cells.first().is_some_and(|cell| filled(cell, edges)) && cells[1..].iter().any(|cell| filled(cell, edges))
    };
    edges.windows(2).all(is_row).then_some(cuts)
}

fn cut_row(grid: &mut Grid, row: usize, cuts: &[f32]) {
    let n = cuts.len();
    let mut edges = vec![grid.ys[row]];
    edges.extend(cuts);
    edges.push(grid.ys[row + 1]);
    let mut out = Vec::with_capacity(grid.places.len());
    for mut p in std::mem::take(&mut grid.places) {
        if p.row > row {
            p.row += n;
            out.push(p);
        } else if p.row == row && p.rowspan == 1 {
            for (k, e) in edges.windows(2).enumerate() {
                let bounds = Bounds { y0: e[0], y1: e[1], ..p.bounds };
                out.push(Place { row: row + k, bounds, ..p.clone() });
            }
        } else {
            if p.row + p.rowspan > row {
                p.rowspan += n;
            }
            out.push(p);
        }
    }
    out.sort_by_key(|p| (p.row, p.col));
    grid.places = out;
    grid.ys.splice(row + 1..row + 1, cuts.iter().copied());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::gutters::tests::word;

    fn place(row: usize, col: usize, colspan: usize, bounds: Bounds) -> Place {
        Place { row, col, rowspan: 1, colspan, bounds, closed: true }
    }

    #[test]
    fn a_merged_cell_with_two_columns_of_text_is_cut() {
        let b = |x0, y0, x1, y1| Bounds { x0, y0, x1, y1 };
        let grid = Grid {
            bounds: b(0.0, 0.0, 200.0, 40.0),
            open: (false, false),
            xs: vec![0.0, 100.0, 200.0],
            ys: vec![0.0, 20.0, 40.0],
            places: vec![
                place(0, 0, 1, b(0.0, 0.0, 100.0, 20.0)),
                place(0, 1, 1, b(100.0, 0.0, 200.0, 20.0)),
                place(1, 0, 2, b(0.0, 20.0, 200.0, 40.0)),
            ],
        };
        let words = [word("Austria", 5.0, 35.0), word("86,2", 150.0, 35.0)];
        let refs: Vec<&Word> = words.iter().collect();
        assert_eq!(refine(grid, &refs).places.len(), 4);
    }

    #[test]
    fn rows_parted_by_white_space_alone() {
        let b = |x0, y0, x1, y1| Bounds { x0, y0, x1, y1 };
        let grid = Grid {
            bounds: b(0.0, 0.0, 200.0, 120.0),
            open: (false, false),
            xs: vec![0.0, 100.0, 200.0],
            ys: vec![0.0, 120.0],
            places: (0..2).map(|c| place(0, c, 1, b(100.0 * c as f32, 0.0, 100.0 * (c + 1) as f32, 120.0))).collect(),
        };
        let words = |value: &str, last: f32| -> Vec<Word> {
            // Two lines, one line, two lines: 12 points within a text, 18 between rows.
            let labels = [("uno", 15.0), ("segue", 27.0), ("due", 45.0), ("tre", 63.0), ("segue", 75.0)];
            let values = [(value, 15.0), ("attivo", 45.0), ("pubblicato", last)];
            let labels = labels.iter().map(|(text, y)| word(text, 5.0, *y));
            labels.chain(values.iter().map(|(text, y)| word(text, 150.0, *y))).collect()
        };
        let rows = |words: &[Word]| refine(grid.clone(), &words.iter().collect::<Vec<_>>()).ys.len() - 1;
        assert_eq!(rows(&words("12", 63.0)), 3);
        // A part with nothing beside it is a paragraph of one text.
        assert_eq!(rows(&words("12", 45.0)), 1);
    }

    #[test]
    fn lines_of_figures_are_rows_and_wrapped_text_is_not() {
        let b = |x0, y0, x1, y1| Bounds { x0, y0, x1, y1 };
        let grid = Grid {
            bounds: b(0.0, 0.0, 300.0, 60.0),
            open: (false, false),
            xs: vec![0.0, 100.0, 200.0, 300.0],
            ys: vec![0.0, 60.0],
            places: (0..3).map(|c| place(0, c, 1, b(100.0 * c as f32, 0.0, 100.0 * (c + 1) as f32, 60.0))).collect(),
        };
        let figures: Vec<Word> = (0..3)
            .flat_map(|i| {
                let y = 15.0 + 15.0 * i as f32;
                [word("voce", 5.0, y), word("12", 150.0, y), word("13", 250.0, y)]
            })
            .collect();
        let refs: Vec<&Word> = figures.iter().collect();
        assert_eq!(refine(grid.clone(), &refs).ys.len(), 4);
        let text: Vec<Word> = (0..3)
            .flat_map(|i| {
                let y = 15.0 + 15.0 * i as f32;
                [word("voce", 5.0, y), word("testo", 150.0, y), word("lungo", 250.0, y)]
            })
            .collect();
        let refs: Vec<&Word> = text.iter().collect();
        assert_eq!(refine(grid, &refs).ys.len(), 2);
    }
}

//! A header row that stands above the frame of its table: the cells below are shaded or ruled, the labels over them are not.

use super::geometry::{Bounds, around};
use super::gutters::{Chunk, chunks};
use super::lattice::{Grid, Place};
use super::words::{Word, lines_of_words};

/// A header has at most so many lines.
const MAX_LINES: usize = 6;
/// Fewer columns than this can't tell labels from a line of text.
const MIN_COLUMNS: usize = 3;
/// More words than this over a column line are a sentence.
const MAX_GROUP_WORDS: usize = 3;

/// The grid with the labels that stand right above it, each over its column, as its first row: as its first two where some of
/// them are over several columns. The grid as it is where no such labels are there. `words` are the page's free words.
pub(super) fn with_header(grid: Grid, words: &[&Word]) -> Grid {
    let labels = labels(&grid, words);
    let Some(area) = around(labels.iter().flatten().map(|w| &w.bounds)) else { return grid };
    let over_several = |line: &Vec<&Word>| chunks(line, GAP).iter().any(|c| crossed(&grid, c) > 0);
    let top = area.y0 - 1.0;
    // The lowest line with a label over several columns ends the upper row.
    let cut = labels.iter().filter(|line| over_several(line)).flatten().map(|w| w.bounds.y1).reduce(f32::max);
    let cut = cut.filter(|y| area.y1 - y > 2.0);
    let bands: Vec<(f32, f32)> = match cut {
        Some(y) => vec![(top, y), (y, grid.bounds.y0)],
        None => vec![(top, grid.bounds.y0)],
    };
    let all: Vec<&Word> = labels.concat();
    add_rows(grid, &bands, &all)
}

/// Words further apart than this many type sizes are two labels'.
const GAP: f32 = 0.6;

/// How many column lines run through a piece of a line.
fn crossed(grid: &Grid, piece: &Chunk) -> usize {
    inner(grid).iter().filter(|x| piece.x0 < **x - 1.0 && piece.x1 > **x + 1.0).count()
}

fn inner(grid: &Grid) -> &[f32] {
    grid.xs.get(1..grid.xs.len().saturating_sub(1)).unwrap_or(&[])
}

/// The lines of labels above a grid, the lowest first; none where they don't head its columns.
fn labels<'w>(grid: &Grid, words: &[&'w Word]) -> Vec<Vec<&'w Word>> {
    let columns = grid.xs.len().saturating_sub(1);
    if columns < MIN_COLUMNS || grid.open.0 {
        return Vec::new();
    }
    let near: Vec<&Word> = words
        .iter()
        .filter(|w| w.bounds.y1 < grid.bounds.y0 + 2.0 && grid.bounds.y0 - w.bounds.y1 < 120.0)
        .copied()
        .collect();
    let mut lines = lines_of_words(&near);
    let bottom = |line: &[&Word]| line.iter().map(|w| w.bounds.y1).fold(f32::MIN, f32::max);
    lines.sort_by(|a, b| bottom(b).total_cmp(&bottom(a)));
    let mut found: Vec<Vec<&Word>> = Vec::new();
    let mut below = grid.bounds.y0;
    for line in lines {
        let em = line.iter().map(|w| w.size).fold(0.0, f32::max);
        let room = if found.is_empty() { 1.3 } else { 0.9 };
        let sides = (grid.bounds.x0 - 2.0, grid.bounds.x1 + 2.0);
        let outside = line.iter().any(|w| w.bounds.x0 < sides.0 || w.bounds.x1 > sides.1);
        let sentence = chunks(&line, GAP).iter().any(|c| crossed(grid, c) > 0 && c.words > MAX_GROUP_WORDS);
        if below - bottom(&line) > room * em || outside || sentence || found.len() == MAX_LINES {
            break;
        }
        below = line.iter().map(|w| w.bounds.y0).fold(below, f32::min);
        found.push(line);
    }
    if heads_columns(grid, &found) { found } else { Vec::new() }
}

/// Whether most columns of a grid have a label of their own among the lines, in words for the most part.
fn heads_columns(grid: &Grid, lines: &[Vec<&Word>]) -> bool {
    let columns = grid.xs.len().saturating_sub(1);
    let mut texts = vec![String::new(); columns];
    for line in lines {
        for piece in chunks(line, GAP).iter().filter(|c| crossed(grid, c) == 0) {
            let column = inner(grid).partition_point(|x| *x < (piece.x0 + piece.x1) / 2.0);
            let within = line.iter().filter(|w| w.bounds.x0 > piece.x0 - 0.1 && w.bounds.x1 < piece.x1 + 0.1);
            if let Some(text) = texts.get_mut(column) {
                text.extend(within.map(|w| w.text.as_str()));
            }
        }
    }
    let filled = texts.iter().filter(|t| !t.is_empty()).count();
    let worded = texts.iter().filter(|t| t.chars().filter(|c| c.is_alphabetic()).count() > 2).count();
    filled >= MIN_COLUMNS && filled * 3 >= columns * 2 && worded * 2 >= filled
}

/// Adds a row for each band on top; a cell goes over the column lines that a piece of text in its band crosses.
fn add_rows(mut grid: Grid, bands: &[(f32, f32)], words: &[&Word]) -> Grid {
    let added = bands.len();
    for place in &mut grid.places {
        place.row += added;
    }
    for (row, &(from, to)) in bands.iter().enumerate() {
        let inside: Vec<&Word> = words.iter().filter(|w| (from..to).contains(&w.bounds.center().1)).copied().collect();
        let pieces: Vec<Chunk> = lines_of_words(&inside).iter().flat_map(|line| chunks(line, GAP)).collect();
        let through = |x: f32| pieces.iter().any(|c| c.x0 < x - 1.0 && c.x1 > x + 1.0);
        let mut col = 0;
        while col + 1 < grid.xs.len() {
            let mut end = col + 1;
            while end + 1 < grid.xs.len() && grid.xs.get(end).is_some_and(|x| through(*x)) {
                end += 1;
            }
            let (Some(x0), Some(x1)) = (grid.xs.get(col), grid.xs.get(end)) else { break };
            let bounds = Bounds { x0: *x0, y0: from, x1: *x1, y1: to };
            grid.places.push(Place { row, col, rowspan: 1, colspan: end - col, bounds, closed: false });
            col = end;
        }
    }
    let (Some(&(top, _)), Some(first)) = (bands.first(), grid.ys.first_mut()) else { return grid };
    *first = grid.bounds.y0;
    let tops: Vec<f32> = bands.iter().map(|band| band.0).collect();
    grid.ys.splice(0..0, tops);
    grid.bounds.y0 = top;
    grid.places.sort_by_key(|p| (p.row, p.col));
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::gutters::tests::word;
    use crate::read::pdf::lattice::grid_of;
    use crate::read::pdf::rules::{Segment, Segments};

    /// A framed grid of two rows and four columns of 60 points, from y 100 on.
    fn framed() -> Grid {
        let horizontal = [100.0, 120.0, 140.0].map(|at| Segment { at, from: 0.0, to: 240.0 }).to_vec();
        let vertical = (0..5).map(|i| Segment { at: 60.0 * i as f32, from: 100.0, to: 140.0 }).collect();
        grid_of(Segments { horizontal, vertical }).expect("a grid")
    }

    fn headed(words: &[(&str, f32, f32)]) -> Grid {
        let words: Vec<Word> = words.iter().map(|(text, x, y)| word(text, *x, *y)).collect();
        with_header(framed(), &words.iter().collect::<Vec<_>>())
    }

    #[test]
    fn labels_above_their_columns_are_the_first_row() {
        let grid =
            headed(&[("Indicatore", 2.0, 95.0), ("Fonte", 62.0, 95.0), ("Peso", 122.0, 95.0), ("2024", 182.0, 95.0)]);
        assert_eq!(grid.ys.len(), 4);
        assert_eq!(grid.places.iter().filter(|p| p.row == 0).count(), 4);
        assert!(grid.bounds.y0 < 90.0);
    }

    #[test]
    fn a_label_over_two_columns_makes_two_rows() {
        let grid = headed(&[
            ("Valore-atteso", 150.0, 83.0),
            ("Indicatore", 2.0, 95.0),
            ("Fonte", 62.0, 95.0),
            ("Peso", 122.0, 95.0),
            ("Anno", 182.0, 95.0),
        ]);
        assert_eq!(grid.ys.len(), 5);
        assert!(grid.places.iter().any(|p| p.row == 0 && p.col == 2 && p.colspan == 2));
    }

    #[test]
    fn a_caption_and_a_sentence_head_no_columns() {
        let caption = headed(&[("Tabella", 2.0, 95.0)]);
        assert_eq!(caption.ys.len(), 3);
        let sentence: Vec<(&str, f32, f32)> = (0..8).map(|i| ("parola", 2.0 + 31.0 * i as f32, 95.0)).collect();
        assert_eq!(headed(&sentence).ys.len(), 3);
    }
}

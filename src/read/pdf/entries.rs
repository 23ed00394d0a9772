//! Entries of a list with their value at a column of its own: `1) name of the entry … = 13`, the name over several lines.

use super::blocks::is_list_start;
use super::geometry::{Bounds, around};
use super::glyphs::Direction;
use super::gutters::EDGE;
use super::lattice::{Grid, grid_of};
use super::rules::{Segment, Segments};
use super::words::{Line, Word, lines_of_words};

/// Pages with more lines than this are not searched.
const MAX_LINES: usize = 2_000;
/// A gap wider than this many type sizes sets a value off.
const GAP: f32 = 2.0;
/// More words than this are no value.
const MAX_WORDS: usize = 12;

/// Two-column tables of such entries among free words; `obstacles` (other tables) part them.
pub(super) fn grids(words: &[&Word], obstacles: &[Bounds]) -> Vec<Grid> {
    let level: Vec<&Word> = words.iter().filter(|w| w.direction == Direction::Right).copied().collect();
    let mut lines = lines_of_words(&level);
    let mut out = Vec::new();
    if lines.len() > MAX_LINES {
        return out;
    }
    lines.sort_by(|a, b| bounds(a).y0.total_cmp(&bounds(b).y0));
    let mut from = 0;
    while from < lines.len() {
        match run(&lines[from..], obstacles) {
            Some((n, grid)) => {
                out.extend(grid);
                from += n;
            }
            None => from += 1,
        }
    }
    out
}

fn bounds(words: &[&Word]) -> Bounds {
    around(words.iter().map(|w| &w.bounds)).unwrap_or(Bounds { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 })
}

fn size(line: &[&Word]) -> f32 {
    line.iter().map(|w| w.size).fold(1.0, f32::max)
}

/// Where a line's last wide gap ends, if what follows may be a value.
fn value_edge(line: &[&Word]) -> Option<f32> {
    let wide = |w: &[&Word]| w[1].bounds.x0 - w[0].bounds.x1 > GAP * w[0].size.min(w[1].size);
    let at = line.windows(2).rposition(wide)? + 1;
    let first = line.windows(2).position(wide)? + 1;
    (at == first && line.len() - at <= MAX_WORDS).then(|| line[at].bounds.x0)
}

/// Where a word starts in the first lines of two entries or more, set off in one of them at least by more than a blank:
/// names that fill their column leave little space before the values.
fn common_edge(lines: &[Vec<&Word>]) -> Option<f32> {
    let entries: Vec<&Vec<&Word>> = lines.iter().filter(|l| begins(l)).collect();
    let first = entries.first()?;
    first.iter().skip(2).rev().map(|w| w.bounds.x0).find(|&x| {
        let gap = |line: &Vec<&Word>| {
            let at = line.windows(2).find(|w| (w[1].bounds.x0 - x).abs() < 0.6)?;
            Some((at[1].bounds.x0 - at[0].bounds.x1) / at[1].size.max(1.0))
        };
        let gaps: Vec<f32> = entries.iter().filter_map(|l| gap(l)).collect();
        gaps.len() > 1 && gaps.len() == entries.len() && gaps.iter().any(|g| *g > 0.7)
    })
}

/// The entries that the first line begins: how many lines they take, and their table.
fn run(lines: &[Vec<&Word>], obstacles: &[Bounds]) -> Option<(usize, Option<Grid>)> {
    let first = lines.first()?;
    if !begins(first) {
        return None;
    }
    let n = together(lines, obstacles);
    let edge = lines[..n].iter().find_map(|l| value_edge(l)).or_else(|| common_edge(&lines[..n]))?;
    // What keeps left and right of the column of values.
    let keeps = |line: &Vec<&Word>| {
        let starts = |w: &[&Word]| (w[1].bounds.x0 - edge).abs() < 3.0 && w[0].bounds.x1 < edge - 1.0;
        let right = line.iter().filter(|w| w.bounds.x0 > edge - 3.0).count();
        let left = line.len() - right;
        let apart = left == 0 && (line[0].bounds.x0 - edge).abs() < 3.0 || right == 0 || line.windows(2).any(starts);
        apart && right <= MAX_WORDS && line.iter().all(|w| w.bounds.x0 > edge - 3.0 || w.bounds.x1 < edge - 1.0)
    };
    let n = lines[..n].iter().take_while(|l| keeps(l)).count();
    let valued = |l: &Vec<&Word>| l.iter().any(|w| w.bounds.x0 > edge - 3.0);
    let starts: Vec<usize> = (0..n).filter(|&i| begins(&lines[i])).collect();
    // Every entry but a last one has its value; what follows the last value is that entry's only.
    let mut end = n;
    for (k, &i) in starts.iter().enumerate() {
        let to = starts.get(k + 1).copied().unwrap_or(n);
        if !lines[i..to].iter().any(valued) {
            end = i;
            break;
        }
    }
    // A single entry shows its value beside its first line; elsewhere the gap may be one of the text below it.
    let alone = starts.iter().filter(|&&i| i < end).count() == 1;
    if alone && !valued(first) {
        return None;
    }
    (end > 0).then(|| (end, table(&lines[..end], &starts, edge)))
}

fn begins(line: &[&Word]) -> bool {
    let text = Line::of(line).text;
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && is_list_start(&text)
}

/// How many lines from the first on follow each other without a gap or a table between them.
fn together(lines: &[Vec<&Word>], obstacles: &[Bounds]) -> usize {
    let close = |pair: &[Vec<&Word>]| {
        let (above, below) = (bounds(&pair[0]), bounds(&pair[1]));
        let parted = obstacles.iter().any(|b| b.y0 > above.y1 - 2.0 && b.y1 < below.y0 + 2.0);
        let room = if begins(&pair[1]) { 1.6 } else { 0.6 };
        !parted && below.y0 - above.y1 < room * size(&pair[1])
    };
    1 + lines.windows(2).take_while(|pair| close(pair)).count()
}

fn table(lines: &[Vec<&Word>], starts: &[usize], edge: f32) -> Option<Grid> {
    let area = around(lines.iter().flatten().map(|w| &w.bounds))?;
    let sides = [area.x0 - 2.0, edge - EDGE, area.x1 + 2.0];
    let mut ys = vec![area.y0 - 1.0, area.y1 + 1.0];
    for &i in starts.iter().filter(|&&i| i > 0 && i < lines.len()) {
        ys.push((bounds(&lines[i - 1]).y1 + bounds(&lines[i]).y0) / 2.0);
    }
    ys.sort_by(f32::total_cmp);
    let horizontal = ys.iter().map(|&at| Segment { at, from: sides[0], to: sides[2] }).collect();
    let vertical = sides.iter().map(|&at| Segment { at, from: area.y0 - 1.0, to: area.y1 + 1.0 }).collect();
    grid_of(Segments { horizontal, vertical })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::gutters::tests::word;

    /// Words of a line from pieces `(text, x)`.
    fn line(pieces: &[(&str, f32)], base: f32) -> Vec<Word> {
        let mut out = Vec::new();
        for (text, x) in pieces {
            let mut x = *x;
            for t in text.split(' ') {
                out.push(word(t, x, base));
                x += 5.0 * t.chars().count() as f32 + 2.5;
            }
        }
        out
    }

    #[test]
    fn a_value_beside_a_name_of_two_lines_has_its_own_cell() {
        let words: Vec<Word> = [
            line(&[("1) Risorse esterne con nuovi", 20.0), ("= 676.433,56 €", 300.0)], 20.0),
            line(&[("accordi (peso 25)", 30.0)], 32.0),
            line(&[("2) Numero progetti", 20.0), ("= 7", 300.0)], 44.0),
            line(&[("Un altro capoverso che va da un lato all'altro della pagina intera e oltre", 20.0)], 60.0),
        ]
        .concat();
        let refs: Vec<&Word> = words.iter().collect();
        let grids = grids(&refs, &[]);
        assert_eq!(grids.len(), 1);
        assert_eq!((grids[0].xs.len(), grids[0].ys.len()), (3, 3));
    }

    #[test]
    fn plain_lists_and_prose_stay_text() {
        let words: Vec<Word> = [
            line(&[("1) una voce di elenco che va", 20.0)], 20.0),
            line(&[("a capo", 30.0)], 32.0),
            line(&[("Testo con uno", 20.0), ("stacco ampio", 200.0)], 44.0),
        ]
        .concat();
        let refs: Vec<&Word> = words.iter().collect();
        assert!(grids(&refs, &[]).is_empty());
    }
}

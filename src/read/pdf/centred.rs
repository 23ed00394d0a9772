//! Rows of tables without rules whose cells are set in the middle of their row: the lines of neighbouring cells then stand on
//! baselines of their own, half a line apart, and the row is as high as its tallest cell.

use super::words::Word;

/// Baselines nearer than this share of the usual step are two cells' own.
const SHIFTED: f32 = 0.75;

/// A step within a cell is at most so much wider than the usual one.
const WITHIN: f32 = 1.12;

/// Lines of one cell after the other in a column: the baselines of its first and its last line.
type Block = (f32, f32);

/// The y of the lines between rows; `None` where the cells are not set in the middle. `columns` are the lines between columns.
pub(super) fn row_bounds(lines: &[Vec<&Word>], columns: &[f32]) -> Option<Vec<f32>> {
    let words: Vec<&Word> = lines.iter().flatten().copied().collect();
    let rows = rows(&by_column(lines, columns), &words)?;
    // Without any space between most rows nothing is told.
    if rows.len() * 8 < lines.len() {
        return None;
    }
    Some(between(&rows, &words))
}

/// The y of the lines between the rows that a row's cells hold together, each begun by its first cell and another; `None` where
/// the cells are not set in the middle. `cells` are the lines of each.
pub(super) fn cuts(cells: &[Vec<Vec<&Word>>]) -> Option<Vec<f32>> {
    let bases = |cell: &Vec<Vec<&Word>>| -> Vec<f32> {
        let mut bases: Vec<f32> = cell.iter().filter_map(|line| line.first()).map(|w| w.base).collect();
        bases.sort_by(f32::total_cmp);
        bases
    };
    let columns: Vec<Vec<f32>> = cells.iter().map(bases).collect();
    let words: Vec<&Word> = cells.iter().flatten().flatten().copied().collect();
    let rows = rows(&columns, &words)?;
    let filled =
        |column: &Vec<f32>, row: &Block| column.iter().any(|base| *base >= row.0 - 0.1 && *base <= row.1 + 0.1);
    let (first, others) = columns.split_first()?;
    let whole = |row: &Block| filled(first, row) && others.iter().any(|column| filled(column, row));
    rows.iter().all(whole).then(|| between(&rows, &words))
}

/// The first and last baseline of every row; `None` where there are no two or the cells are not set in the middle.
fn rows(columns: &[Vec<f32>], words: &[&Word]) -> Option<Vec<Block>> {
    let size = words.iter().map(|w| w.size).fold(0.0, f32::max);
    let usual = usual_step(columns, size)?;
    if shifted(columns, usual) < 2 {
        return None;
    }
    let mut blocks: Vec<Block> = columns.iter().flat_map(|column| blocks(column, usual)).collect();
    blocks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut rows: Vec<Block> = Vec::new();
    for (first, last) in blocks {
        match rows.last_mut() {
            Some(row) if first - row.1 < 0.95 * usual => row.1 = row.1.max(last),
            _ => rows.push((first, last)),
        }
    }
    (rows.len() > 1).then_some(rows)
}

/// Half-way between the words of a row and those of the next.
fn between(rows: &[Block], words: &[&Word]) -> Vec<f32> {
    let middle = |pair: &[Block]| {
        let end = words.iter().filter(|w| w.base <= pair[0].1 + 0.1).map(|w| w.bounds.y1).fold(f32::MIN, f32::max);
        let start = words.iter().filter(|w| w.base >= pair[1].0 - 0.1).map(|w| w.bounds.y0).fold(f32::MAX, f32::min);
        (end + start) / 2.0
    };
    rows.windows(2).map(middle).collect()
}

/// The baselines of the lines of each column, from top to bottom.
fn by_column(lines: &[Vec<&Word>], columns: &[f32]) -> Vec<Vec<f32>> {
    let mut out = vec![Vec::new(); columns.len() + 1];
    for word in lines.iter().flatten() {
        let column = columns.partition_point(|x| *x < word.bounds.center().0);
        if let Some(bases) = out.get_mut(column) {
            bases.push(word.base);
        }
    }
    for column in &mut out {
        column.sort_by(f32::total_cmp);
        column.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    }
    out
}

/// The step between two lines of one cell: among the smaller steps that columns have.
fn usual_step(columns: &[Vec<f32>], size: f32) -> Option<f32> {
    let steps = columns.iter().flat_map(|bases| bases.windows(2).map(|pair| pair[1] - pair[0]));
    let mut steps: Vec<f32> = steps.filter(|step| *step > 0.85 * size && *step < 1.8 * size).collect();
    steps.sort_by(f32::total_cmp);
    if steps.len() < 3 {
        return None;
    }
    steps.get(steps.len() / 5).copied()
}

/// How many baselines stand less than a step below another one.
fn shifted(columns: &[Vec<f32>], usual: f32) -> usize {
    let mut all: Vec<f32> = columns.iter().flatten().copied().collect();
    all.sort_by(f32::total_cmp);
    all.windows(2).filter(|pair| (0.25 * usual..SHIFTED * usual).contains(&(pair[1] - pair[0]))).count()
}

/// The cells of a column: runs of lines with the usual step.
fn blocks(bases: &[f32], usual: f32) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for &base in bases {
        match out.last_mut() {
            Some(block) if base - block.1 <= WITHIN * usual => block.1 = base,
            _ => out.push((base, base)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::gutters::tests::word;

    #[test]
    fn cells_in_the_middle_of_their_rows() {
        let mut words = Vec::new();
        let mut y = 20.0;
        for lines in [4, 2, 4] {
            for line in 0..lines {
                words.push(word("parola", 10.0, y + 12.0 * line as f32));
            }
            words.push(word("12", 150.0, y + 6.0 * (lines - 1) as f32));
            y += 12.0 * lines as f32 + 5.0;
        }
        let refs: Vec<&Word> = words.iter().collect();
        let mut lines = super::super::words::lines_of_words(&refs);
        lines.sort_by(|a, b| a[0].base.total_cmp(&b[0].base));
        let bounds = row_bounds(&lines, &[100.0]).expect("rows");
        assert_eq!(bounds.len(), 2, "{bounds:?}");
    }

    #[test]
    fn cells_at_the_top_are_left_to_others() {
        let words: Vec<Word> = (0..6)
            .flat_map(|i| [word("parola", 10.0, 20.0 + 12.0 * i as f32), word("12", 150.0, 20.0 + 12.0 * i as f32)])
            .collect();
        let refs: Vec<&Word> = words.iter().collect();
        let lines = super::super::words::lines_of_words(&refs);
        assert_eq!(row_bounds(&lines, &[100.0]), None);
    }
}

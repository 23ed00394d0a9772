//! Columns and rows by white space alone.

use super::words::Word;

/// A piece of a line: words with no wide gap between them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Chunk {
    pub x0: f32,
    pub x1: f32,
    pub words: usize,
}

/// Cuts a line at gaps wider than `gap` times the type size.
pub(super) fn chunks(line: &[&Word], gap: f32) -> Vec<Chunk> {
    let mut out: Vec<Chunk> = Vec::new();
    let mut size = 0.0f32;
    for w in line {
        match out.last_mut() {
            Some(c) if w.bounds.x0 - c.x1 <= gap * size.min(w.size) => {
                c.x1 = c.x1.max(w.bounds.x1);
                c.words += 1;
            }
            _ => out.push(Chunk { x0: w.bounds.x0, x1: w.bounds.x1, words: 1 }),
        }
        size = w.size;
    }
    out
}

/// White strips that run down through (nearly) all lines which have more than one piece: their x spans, left to right.
pub(super) fn gutters(lines: &[Vec<&Word>]) -> Vec<(f32, f32)> {
    let split: Vec<Vec<Chunk>> =
        lines.iter().map(|l| chunks(l, if lines.len() < 3 { 1.2 } else { 0.7 })).filter(|c| c.len() > 1).collect();
    if split.is_empty() {
        return Vec::new();
    }
    let size = lines.iter().flatten().map(|w| w.size).fold(0.0, f32::max);
    let wide = match split.len() {
        0..=2 => 1.2,
        3..=5 => 0.8,
        _ => 0.45,
    };
    let allowed = split.len() / 10;
    let mut events: Vec<(f32, i32)> = Vec::new();
    for c in split.iter().flatten() {
        events.push((c.x0, 1));
        events.push((c.x1, -1));
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let mut out = Vec::new();
    let mut depth = 0;
    let mut open: Option<f32> = None;
    for (x, d) in events {
        depth += d;
        let clear = depth as usize <= allowed;
        match (clear, open) {
            (true, None) => open = Some(x),
            (false, Some(from)) => {
                if x - from >= wide * size {
                    out.push((from, x));
                }
                open = None;
            }
            _ => {}
        }
    }
    // The first strip may lie left of all text when single words are allowed to stick out.
    let left = split.iter().flatten().map(|c| c.x0).fold(f32::MAX, f32::min);
    out.retain(|g| g.0 > left);
    out
}

/// Lines between columns, one in each gutter, without those that only part a mark (`€`, `%`, a bullet) from its text.
pub(super) fn separators(lines: &[Vec<&Word>]) -> Vec<f32> {
    let gutters = gutters(lines);
    let mut out: Vec<f32> = Vec::new();
    let mut from = f32::MIN;
    for (i, g) in gutters.iter().enumerate() {
        let to = g.0 + 0.01;
        let column: Vec<&str> = lines
            .iter()
            .flatten()
            .filter(|w| w.bounds.x0 >= from - 0.5 && w.bounds.x1 <= to)
            .map(|w| w.text.as_str())
            .collect();
        if !column.is_empty() && column.iter().all(|t| is_mark(t)) {
            continue;
        }
        // The last column may be marks only: then it belongs to the one before it.
        if i + 1 == gutters.len() {
            let rest: Vec<&str> =
                lines.iter().flatten().filter(|w| w.bounds.x0 >= g.1 - 0.5).map(|w| w.text.as_str()).collect();
            if !rest.is_empty() && rest.iter().all(|t| is_mark(t)) {
                continue;
            }
        }
        out.push(left_edge(lines, *g).map_or(g.0 + 0.6 * (g.1 - g.0), |x| x - EDGE));
        from = g.1;
    }
    out
}

/// The columns of a table and those that stand so close that a line's gaps alone don't show them: strips that no word of any
/// line with several pieces touches, where most lines have a wide gap, or where short texts all start at one place.
pub(super) fn with_close_columns(lines: &[Vec<&Word>], columns: Vec<f32>) -> Vec<f32> {
    const LINES: usize = 4;
    let multi: Vec<&Vec<&Word>> = lines.iter().filter(|l| chunks(l, 0.7).len() > 1).collect();
    let size = multi.iter().flat_map(|l| l.iter()).map(|w| w.size).fold(0.0, f32::max);
    if multi.len() < LINES {
        return columns;
    }
    let mut spans: Vec<(f32, f32)> = multi.iter().flat_map(|l| l.iter()).map(|w| (w.bounds.x0, w.bounds.x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut strips = Vec::new();
    let mut end = f32::MAX;
    for (x0, x1) in spans {
        if x0 - end >= 0.33 * size {
            strips.push((end, x0));
        }
        end = if end == f32::MAX { x1 } else { end.max(x1) };
    }
    let mut out = columns.clone();
    for (from, to) in strips {
        if columns.iter().any(|x| *x > from - 2.0 && *x < to + 2.0) {
            continue;
        }
        let low = columns.iter().copied().filter(|x| *x < from).fold(f32::MIN, f32::max);
        let high = columns.iter().copied().filter(|x| *x > to).fold(f32::MAX, f32::min);
        if parts_columns(&multi, (low, from), (to, high), size) {
            out.push((to - EDGE).max((from + to) / 2.0));
        }
    }
    out.sort_by(f32::total_cmp);
    out
}

/// Whether the words between two sides left of a strip and those right of it are two columns.
fn parts_columns(lines: &[&Vec<&Word>], left: (f32, f32), right: (f32, f32), size: f32) -> bool {
    const PAIRS: usize = 3;
    let inside = |w: &&&Word, side: (f32, f32)| {
        let x = w.bounds.center().0;
        x > side.0 && x < side.1
    };
    // Of each line with words on both sides: the last word on the left and the first on the right.
    let pairs: Vec<(&Word, &Word)> = lines
        .iter()
        .filter_map(|line| {
            let before = line.iter().rfind(|w| inside(w, left))?;
            let first = line.iter().find(|w| inside(w, right))?;
            Some((*before, *first))
        })
        .collect();
    let starts: Vec<(f32, usize)> = lines
        .iter()
        .filter_map(|line| {
            let mut after = line.iter().filter(|w| inside(w, right));
            Some((after.next()?.bounds.x0, 1 + after.count()))
        })
        .collect();
    let begun = lines.iter().filter(|line| line.iter().any(|w| inside(&w, left))).count();
    let sign = |text: &str| is_mark(text) || text.chars().all(|c| !c.is_alphanumeric());
    let many = |count: usize, of: usize, share: usize| count * 10 >= of * share;
    let signs = pairs.iter().filter(|p| sign(&p.0.text)).count();
    if pairs.is_empty() || starts.len() < PAIRS || begun < PAIRS || many(signs, pairs.len(), 5) {
        return false;
    }
    let wide = pairs.iter().filter(|p| p.1.bounds.x0 - p.0.bounds.x1 > 0.9 * size).count();
    if pairs.len() >= PAIRS && many(wide, pairs.len(), 6) {
        return true;
    }
    let start = starts.iter().map(|s| s.0).fold(f32::MAX, f32::min);
    let flush = starts.iter().filter(|s| s.0 - start < 1.5).count();
    let short = starts.iter().filter(|s| s.1 <= 2).count();
    let mut lefts: Vec<&str> = pairs.iter().map(|p| p.0.text.as_str()).collect();
    lefts.sort_unstable();
    lefts.dedup();
    // Words that stand there without any to their left are no part of a text that runs over.
    let alone = starts.len() > pairs.len();
    let unlike = pairs.len() > PAIRS && lefts.len() * 2 >= pairs.len();
    many(flush, starts.len(), 8) && many(short, starts.len(), 8) && (alone || unlike)
}

/// How far left of a left-aligned column's text its separator stands.
pub(super) const EDGE: f32 = 1.0;

/// The common left edge of the words that start right after a gutter, where most have one.
fn left_edge(lines: &[Vec<&Word>], gutter: (f32, f32)) -> Option<f32> {
    let starts: Vec<f32> = lines
        .iter()
        .filter_map(|l| l.iter().map(|w| w.bounds.x0).find(|x| *x >= gutter.1 - 0.5))
        .filter(|x| *x < gutter.1 + 60.0)
        .collect();
    let near = starts.iter().filter(|x| **x - gutter.1 < 1.5).count();
    (near > 1 && near * 10 >= starts.len() * 6).then_some(gutter.1)
}

/// Signs that stand beside a value, not for one.
fn is_mark(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(first), None) = (chars.next(), chars.next()) else { return false };
    matches!(first, '€' | '$' | '£' | '%' | '•' | '▪' | '➢' | '◦' | '·' | '*' | '●' | '■' | '□' | '☐' | '☒' | '✓')
}

/// A figure, a date, a percentage, a placeholder: what data columns hold.
pub(super) fn is_figure(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && digits >= 2 * letters || letters == 0 && !text.is_empty() && text.chars().count() <= 3
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::read::pdf::geometry::Bounds;
    use crate::read::pdf::glyphs::Direction;

    /// A word of 10 point type, 5 points a letter.
    pub fn word(text: &str, x0: f32, base: f32) -> Word {
        let x1 = x0 + 5.0 * text.chars().count() as f32;
        Word {
            text: text.into(),
            bounds: Bounds { x0, y0: base - 7.5, x1, y1: base + 2.2 },
            x0,
            x1,
            base,
            size: 10.0,
            direction: Direction::Right,
            bold: false,
            blank_after: false,
            cell: None,
        }
    }

    #[test]
    fn columns_are_found_by_white_space() {
        let words: Vec<Word> = (0..4)
            .flat_map(|i| {
                let y = 20.0 + 12.0 * i as f32;
                [
                    word("voce", 10.0, y),
                    word("prima", 33.0, y),
                    word("12", 120.0, y),
                    word("€", 200.0, y),
                    word("3,5", 220.0, y),
                ]
            })
            .collect();
        let refs: Vec<&Word> = words.iter().collect();
        let lines = crate::read::pdf::words::lines_of_words(&refs);
        let s = separators(&lines);
        assert_eq!(s.len(), 2, "{s:?}");
        assert!(s[0] > 58.0 && s[0] < 120.0 && s[1] > 130.0 && s[1] < 200.0);
    }
}

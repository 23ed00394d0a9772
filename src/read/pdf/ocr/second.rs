//! A second look at the cells in which ink is left that no word explains: single figures and dashes are lost on a whole page.

use super::engine::{Look, Recogniser};
use super::hocr::{self, Seen};
use super::raster::Raster;
use super::strokes::pieces;

/// Cells of a page that are looked at again, at most.
const MAX_CELLS: usize = 40;
/// Pieces of ink that are looked at, at most.
const MAX_PIECES: usize = 20_000;
/// Ink smaller than this is dust, in points.
const DUST: f32 = 1.3;
/// What a cell's border leaves lies within this of it, in points.
const BORDER: f32 = 1.0;
/// White around a cell that is looked at, in pixels: letters at the very edge are read badly.
const MARGIN: usize = 20;
/// How sure a dash is that was told by its shape.
const DASH: f32 = 0.8;

/// How sure the words of a second look must be on average.
const SURE: f32 = 0.4;

/// A word less sure than this is none where its ink looks like what is left of a rule.
const DOUBTED: f32 = 0.7;

/// A box in pixels: left, top, right, bottom.
pub(super) type Area = [f32; 4];

/// Finds what the first look missed. `dot` is a point in pixels, `usual` the height most letters are set in.
pub(super) fn look_again(
    recogniser: &Recogniser<'_>,
    raster: &Raster,
    cells: &[Area],
    words: &mut Vec<Seen>,
    dot: f32,
    usual: f32,
) {
    if cells.is_empty() || usual <= 0.0 {
        return;
    }
    // A sign by itself is told by its shape better than by its letter.
    words.retain(|word| !matches!(&*word.text, "=" | "~" | "_" | "—" | "–" | "»" | "«" | "." | ":" | "'" | "`" | "°"));
    let missed = missed(raster, cells, words, dot, usual);
    let mut looked = 0;
    for (cell, ink) in cells.iter().zip(missed) {
        let (dashes, other): (Vec<Area>, Vec<Area>) = ink.into_iter().partition(|piece| is_dash(piece, usual));
        if !other.is_empty() && looked < MAX_CELLS {
            looked += 1;
            look(recogniser, raster, cell, other.len(), words, dot);
        }
        let (equals, dashes) = stacked(dashes, usual);
        words.extend(equals.iter().map(|sign| own_word("=", sign, usual)));
        dashes.iter().for_each(|dash| put_dash(dash, words, usual));
    }
}

/// Pieces of ink in each cell that no word covers. What the words say of the pieces they cover is looked over on the way.
fn missed(raster: &Raster, cells: &[Area], words: &mut Vec<Seen>, dot: f32, usual: f32) -> Vec<Vec<Area>> {
    let mut out = vec![Vec::new(); cells.len()];
    let mut own: Vec<Vec<Area>> = vec![Vec::new(); words.len()];
    let pieces = pieces(&raster.ink(), raster.width);
    // A page of so many pieces is a picture.
    for piece in pieces.into_iter().take(MAX_PIECES) {
        let piece = piece.map(|v| v as f32);
        let (x, y) = middle(&piece);
        let size = (piece[2] - piece[0] + 1.0).max(piece[3] - piece[1] + 1.0);
        if size < DUST * dot {
            continue;
        }
        if let Some(word) = words.iter().position(|word| has(&word.bounds, x, y, dot)) {
            own[word].push(piece);
        } else if let Some(cell) = cells.iter().position(|cell| has(cell, x, y, -BORDER * dot)) {
            out[cell].push(piece);
        }
    }
    let mut own = own.into_iter();
    words.retain_mut(|word| own.next().is_none_or(|pieces| holds(word, &pieces, usual)));
    out
}

/// Whether a word may stand for the ink in its box; a dash that it lacks is put in.
fn holds(word: &mut Seen, pieces: &[Area], usual: f32) -> bool {
    if let [only] = pieces
        && is_dash(only, usual)
    {
        word.text = "-".to_owned();
        word.confidence = DASH;
        return true;
    }
    let rule = |p: &Area| p[3] - p[1] > 0.95 * usual && p[2] - p[0] < 0.25 * usual;
    if !pieces.is_empty() && word.confidence < DOUBTED && pieces.iter().all(rule) {
        return false;
    }
    let before = |p: &&Area| p[0] - word.bounds[0] < 0.1 * usual && p[2] < word.bounds[2] - 0.2 * usual;
    if word.text.starts_with(|c: char| c.is_ascii_digit()) && pieces.iter().any(|p| before(&p) && is_dash(p, usual)) {
        word.text.insert(0, '-');
        word.confidence = word.confidence.min(DASH);
    }
    true
}

fn middle(area: &Area) -> (f32, f32) {
    ((area[0] + area[2]) / 2.0, (area[1] + area[3]) / 2.0)
}

/// Whether a place lies in a box, give or take `slack`.
fn has(area: &Area, x: f32, y: f32, slack: f32) -> bool {
    x > area[0] - slack && x < area[2] + slack && y > area[1] - slack && y < area[3] + slack
}

/// Whether a piece of ink has a dash's shape.
fn is_dash(piece: &Area, usual: f32) -> bool {
    let (w, h) = (piece[2] - piece[0] + 1.0, piece[3] - piece[1] + 1.0);
    w >= 1.8 * h && (0.15..1.3).contains(&(w / usual)) && h <= 0.2 * usual
}

/// Puts a dash among the words: before the figure it stands at, else as a word of its own.
fn put_dash(dash: &Area, words: &mut Vec<Seen>, usual: f32) {
    let (_, y) = middle(dash);
    let follows = |word: &&mut Seen| {
        let gap = word.bounds[0] - dash[2];
        (-0.2 * usual..0.35 * usual).contains(&gap)
            && y > word.bounds[1]
            && y < word.bounds[3]
            && word.text.starts_with(|c: char| c.is_ascii_digit())
    };
    if let Some(figure) = words.iter_mut().find(follows) {
        figure.text.insert(0, '-');
        figure.bounds[0] = dash[0];
        figure.confidence = figure.confidence.min(DASH);
        return;
    }
    words.push(own_word("-", dash, usual));
}

/// A sign told by its shape, as a word.
fn own_word(text: &str, sign: &Area, usual: f32) -> Seen {
    let (_, y) = middle(sign);
    let bounds = [sign[0], y - 0.5 * usual, sign[2], y + 0.5 * usual];
    Seen { text: text.to_owned(), bounds, base: y + 0.3 * usual, height: usual, confidence: DASH }
}

/// The equals signs, each of two dashes one above the other, and the dashes that are none.
fn stacked(dashes: Vec<Area>, usual: f32) -> (Vec<Area>, Vec<Area>) {
    let (mut equals, mut single): (Vec<Area>, Vec<Area>) = (Vec::new(), Vec::new());
    for dash in dashes {
        let above = |other: &Area| {
            let shared = dash[2].min(other[2]) - dash[0].max(other[0]);
            let wide = (dash[2] - dash[0]).max(other[2] - other[0]);
            shared > 0.7 * wide && (middle(&dash).1 - middle(other).1).abs() < 0.6 * usual
        };
        match single.iter().position(above) {
            Some(at) => {
                let other = single.remove(at);
                let (left, top) = (dash[0].min(other[0]), dash[1].min(other[1]));
                equals.push([left, top, dash[2].max(other[2]), dash[3].max(other[3])]);
            }
            None => single.push(dash),
        }
    }
    (equals, single)
}

/// Recognises one cell by itself; what it gives is taken where it is more than was there.
fn look(recogniser: &Recogniser<'_>, raster: &Raster, cell: &Area, pieces: usize, words: &mut Vec<Seen>, dot: f32) {
    let inner = [cell[0] + BORDER * dot, cell[1] + BORDER * dot, cell[2] - BORDER * dot, cell[3] - BORDER * dot];
    // A cast to an unsigned number stops at 0.
    let area = inner.map(|v| v as usize);
    let part = raster.cut(area, MARGIN);
    let inside = |word: &Seen| {
        let (x, y) = middle(&word.bounds);
        has(cell, x, y, 0.0)
    };
    let letters = |words: &mut dyn Iterator<Item = &Seen>| words.map(|w| w.text.chars().count()).sum::<usize>();
    let before = letters(&mut words.iter().filter(|w| inside(w)));
    let line_high = (inner[3] - inner[1]) < 26.0 * dot;
    let looks: &[Look] = match (pieces, line_high) {
        (1, _) if before == 0 => &[Look::Sign, Look::Line],
        (_, true) => &[Look::Line],
        (_, false) => &[Look::Block],
    };
    let shift = [area[0] as f32 - MARGIN as f32, area[1] as f32 - MARGIN as f32];
    let mut best: (f32, Vec<Seen>) = (SURE, Vec::new());
    for look in looks {
        let Ok(hocr) = recogniser.recognise(part.pgm(), *look, (dot * 72.0).round() as u32) else { return };
        let found: Vec<Seen> = hocr::words(&hocr).into_iter().filter(super::is_word).map(|w| moved(w, shift)).collect();
        let sure = found.iter().map(|w| w.confidence).sum::<f32>() / found.len().max(1) as f32;
        if letters(&mut found.iter()) > before && sure > best.0 {
            best = (sure, found);
        }
    }
    if !best.1.is_empty() {
        words.retain(|word| !inside(word));
        words.extend(best.1);
    }
}

fn moved(mut word: Seen, [dx, dy]: [f32; 2]) -> Seen {
    let [x0, y0, x1, y1] = word.bounds;
    word.bounds = [x0 + dx, y0 + dy, x1 + dx, y1 + dy];
    word.base += dy;
    word
}

#[cfg(test)]
mod tests {
    use super::super::raster::tests::paper;
    use super::*;

    const DOT: f32 = 300.0 / 72.0;

    fn seen(text: &str, bounds: Area) -> Seen {
        Seen { text: text.to_owned(), bounds, base: bounds[3], height: 40.0, confidence: 0.9 }
    }

    #[test]
    fn ink_without_a_word_is_missed_and_dust_is_not() {
        // A figure, a dash, a speck, and a letter that a word covers.
        let raster = paper(600, 200, &[[100, 60, 118, 90], [300, 75, 314, 79], [400, 75, 403, 78], [500, 60, 520, 90]]);
        let cells = [[50.0, 40.0, 250.0, 120.0], [250.0, 40.0, 580.0, 120.0]];
        let mut words = vec![seen("a", [495.0, 55.0, 525.0, 95.0])];
        let missed = missed(&raster, &cells, &mut words, DOT, 40.0);
        assert_eq!(missed.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
        assert!(!is_dash(&missed[0][0], 40.0) && is_dash(&missed[1][0], 40.0));
    }

    #[test]
    fn words_are_held_against_their_ink() {
        let bounds = [100.0, 60.0, 140.0, 95.0];
        let (dash, rule, letter) = ([101.0, 75.0, 113.0, 79.0], [101.0, 55.0, 104.0, 99.0], [120.0, 62.0, 138.0, 92.0]);
        let held = |text: &str, pieces: &[Area]| {
            let mut word = Seen { confidence: 0.5, ..seen(text, bounds) };
            holds(&mut word, pieces, 40.0).then_some(word.text)
        };
        assert_eq!(held("PA", &[dash]).as_deref(), Some("-"));
        assert_eq!(held("4", &[dash, letter]).as_deref(), Some("-4"));
        assert_eq!(held("4", &[letter]).as_deref(), Some("4"));
        assert_eq!(held("Il", &[rule]), None);
        assert_eq!(held("Il", &[]).as_deref(), Some("Il"));
    }

    #[test]
    fn two_dashes_one_above_the_other_are_an_equals_sign() {
        let (upper, lower, far) = ([100.0, 70.0, 118.0, 73.0], [100.0, 80.0, 118.0, 83.0], [300.0, 75.0, 316.0, 79.0]);
        let (equals, single) = stacked(vec![upper, far, lower], 40.0);
        assert_eq!((equals, single), (vec![[100.0, 70.0, 118.0, 83.0]], vec![far]));
    }

    #[test]
    fn a_dash_goes_before_its_figure() {
        let mut words = vec![seen("4", [320.0, 60.0, 340.0, 92.0]), seen("si", [500.0, 60.0, 540.0, 92.0])];
        put_dash(&[303.0, 75.0, 316.0, 79.0], &mut words, 40.0);
        put_dash(&[100.0, 75.0, 116.0, 79.0], &mut words, 40.0);
        put_dash(&[485.0, 75.0, 498.0, 79.0], &mut words, 40.0);
        assert_eq!(words.iter().map(|w| &*w.text).collect::<Vec<_>>(), ["-4", "si", "-", "-"]);
        assert_eq!(words[0].bounds[0], 303.0);
    }
}

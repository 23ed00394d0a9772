//! Glyphs → words → lines of text, by the direction they read in.

use super::geometry::{Bounds, overlap};
use super::glyphs::{Direction, Glyph, Sheet};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A gap wider than this share of the type size parts words.
const WORD_GAP: f32 = 0.15;

/// A word: box on the page, and its place in the frame of its direction (`x0..x1` along the line, `base` across).
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub text: String,
    pub bounds: Bounds,
    pub x0: f32,
    pub x1: f32,
    pub base: f32,
    pub size: f32,
    pub direction: Direction,
    pub bold: bool,
    /// A blank was shown after it.
    pub blank_after: bool,
    /// The tagged cell its first glyph belongs to, 0 for none; `None` where the page has no tagged cells.
    pub cell: Option<u32>,
}

/// Words that stand on one line without a wide gap being looked at.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub text: String,
    pub bounds: Bounds,
    pub x0: f32,
    pub x1: f32,
    pub base: f32,
    pub size: f32,
    pub direction: Direction,
    pub bold: bool,
    /// Width of its first word.
    pub first_width: f32,
}

/// The words of a page in content order.
pub(super) fn words(sheet: &Sheet) -> Vec<Word> {
    let shown = sheet.glyphs.iter().filter(|g| g.visible).count();
    // A page whose text is all invisible is a scan with a text layer; on other pages hidden text is not on the page.
    let take_hidden = shown * 2 < sheet.glyphs.len();
    let page = (sheet.width, sheet.height);
    let mut out: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    for glyph in sheet.glyphs.iter().filter(|g| g.visible || take_hidden) {
        if glyph.size <= 0.5 {
            continue;
        }
        if glyph.text.is_whitespace() || glyph.text == '\u{a0}' || glyph.text == '\u{200b}' {
            if let Some(mut word) = open.take() {
                word.blank_after = true;
                out.push(word.placed(page));
            }
            continue;
        }
        if let Some(word) = &mut open
            && word.takes(glyph)
        {
            if !word.doubles(glyph) {
                word.push(glyph);
            }
            continue;
        }
        out.extend(open.take().map(|w| w.placed(page)));
        open = Some(Word::start(glyph));
    }
    out.extend(open.map(|w| w.placed(page)));
    out.retain(|w| on_page(&w.bounds, page) && !w.text.chars().all(|c| c == '\u{ad}'));
    drop_doubles(&mut out);
    out
}

fn on_page(b: &Bounds, page: (f32, f32)) -> bool {
    let (x, y) = b.center();
    x >= 0.0 && x <= page.0 && y >= 0.0 && y <= page.1
}

impl Word {
    fn start(glyph: &Glyph) -> Word {
        let mut text = String::with_capacity(16);
        text.push(glyph.text);
        Word {
            text,
            bounds: Bounds { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 },
            x0: glyph.x0,
            x1: glyph.x1,
            base: glyph.base,
            size: glyph.size,
            direction: glyph.direction,
            bold: glyph.bold,
            blank_after: false,
            cell: glyph.cell,
        }
    }

    /// Whether a glyph goes on this word: same line and size, no gap.
    fn takes(&self, g: &Glyph) -> bool {
        let size = self.size.max(g.size);
        g.direction == self.direction
            && (g.base - self.base).abs() < 0.12 * size
            && self.size.min(g.size) > 0.75 * size
            && g.x0 - self.x1 < WORD_GAP * size
            && g.x0 - self.x1 > -0.6 * size
            && g.x1 > self.x0
    }

    /// Whether a glyph is the last one once more, shifted to look bold.
    fn doubles(&self, g: &Glyph) -> bool {
        (g.x1 - self.x1).abs() < 0.15 * self.size && g.x1 - g.x0 > 0.16 * self.size && self.text.ends_with(g.text)
    }

    fn push(&mut self, g: &Glyph) {
        self.text.push(g.text);
        self.x1 = self.x1.max(g.x1);
        self.bold &= g.bold;
    }

    /// The word with its box on the page, once its last glyph is known.
    fn placed(mut self, page: (f32, f32)) -> Word {
        self.bounds = on_the_page(self.x0, self.x1, self.base, self.size, self.direction, page);
        self.text.shrink_to_fit();
        self
    }
}

/// A piece of a line in its direction's frame, as a box on the page.
pub(super) fn on_the_page(x0: f32, x1: f32, base: f32, size: f32, direction: Direction, page: (f32, f32)) -> Bounds {
    let (top, bottom) = (base - 0.75 * size, base + 0.22 * size);
    match direction {
        Direction::Right => Bounds::new(x0, top, x1, bottom),
        Direction::Left => Bounds::new(page.0 - x1, page.1 - bottom, page.0 - x0, page.1 - top),
        Direction::Up => Bounds::new(top, page.1 - x1, bottom, page.1 - x0),
        Direction::Down => Bounds::new(page.0 - bottom, x0, page.0 - top, x1),
    }
}

/// Drops words painted twice at (nearly) the same place.
fn drop_doubles(words: &mut Vec<Word>) {
    // Words hashed by text and place in a raster of RASTER points; those of one hash are chained from the last to the first.
    const RASTER: f32 = 4.0;
    let mut last: HashMap<u64, usize, BuildHasherDefault<Hashed>> =
        HashMap::with_capacity_and_hasher(words.len(), BuildHasherDefault::default());
    let mut before: Vec<usize> = vec![usize::MAX; words.len()];
    let mut keep = vec![true; words.len()];
    for (i, w) in words.iter().enumerate() {
        // A twin stands at most this far off, and never beyond the next raster field.
        let near = (0.15 * w.size).min(RASTER);
        let field = |at: f32| (at / RASTER).floor() as i32;
        let text = w.text.bytes().fold(0xcbf2_9ce4_8422_2325, mixed);
        let key = |x: i32, y: i32| [x, y].iter().flat_map(|v| v.to_le_bytes()).fold(text, mixed);
        let is_twin = |o: &Word| {
            o.direction == w.direction
                && (o.x0 - w.x0).abs() < near
                && (o.base - w.base).abs() < near
                && (o.x1 - w.x1).abs() < near
                && o.text == w.text
        };
        let twin = (field(w.x0 - near)..=field(w.x0 + near)).any(|x| {
            (field(w.base - near)..=field(w.base + near)).any(|y| {
                let chain = std::iter::successors(last.get(&key(x, y)).copied(), |&j| before.get(j).copied());
                chain.map_while(|j| words.get(j)).any(is_twin)
            })
        });
        if twin {
            keep[i] = false;
        } else if let Some(previous) = last.insert(key(field(w.x0), field(w.base)), i) {
            before[i] = previous;
        }
    }
    let mut keep = keep.into_iter();
    words.retain(|_| keep.next().unwrap_or(true));
}

/// One step of FNV-1a.
fn mixed(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().copied().fold(self.0, mixed);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Puts words together to lines: each line's words from left to right, lines from top to bottom, each direction for itself.
pub(super) fn lines(words: &[&Word]) -> Vec<Line> {
    lines_of_words(words).into_iter().map(|l| Line::of(&l)).collect()
}

/// The same, as lists of words.
pub(super) fn lines_of_words<'w>(words: &[&'w Word]) -> Vec<Vec<&'w Word>> {
    let mut sorted: Vec<&Word> = words.to_vec();
    sorted.sort_by(|a, b| a.direction.cmp(&b.direction).then(a.base.total_cmp(&b.base)));
    // Each line with its tallest word.
    let mut out: Vec<(&Word, Vec<&Word>)> = Vec::new();
    for word in sorted {
        // Only the last few lines can share a baseline with the next word in this order.
        match out.iter_mut().rev().take(4).find(|(tallest, _)| same_line(tallest, word)) {
            Some((tallest, line)) => {
                if word.size > tallest.size {
                    *tallest = word;
                }
                line.push(word);
            }
            None => out.push((word, vec![word])),
        }
    }
    out.into_iter()
        .map(|(_, mut line)| {
            line.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            line
        })
        .collect()
}

/// Whether a word stands on the line of another: it is hardly shifted, or its body overlaps the other's by more than half.
fn same_line(tallest: &Word, word: &Word) -> bool {
    if tallest.direction != word.direction {
        return false;
    }
    let shift = (word.base - tallest.base).abs();
    if shift < 0.2 * word.size.min(tallest.size) {
        return true;
    }
    let (a, b) = ((tallest.base - 0.7 * tallest.size, tallest.base), (word.base - 0.7 * word.size, word.base));
    shift < 0.5 * tallest.size.max(word.size) && overlap(a.0, a.1, b.0, b.1) > 0.6
}

impl Line {
    /// A line of words in their order.
    pub fn of(words: &[&Word]) -> Line {
        let mut text = String::new();
        let mut last: Option<&Word> = None;
        for word in words {
            if let Some(last) = last
                && (last.blank_after || word.x0 - last.x1 > WORD_GAP * last.size.min(word.size))
            {
                text.push(' ');
            }
            text.push_str(&word.text);
            last = Some(word);
        }
        let bounds = super::geometry::around(words.iter().map(|w| &w.bounds));
        let main = words.iter().max_by(|a, b| a.text.len().cmp(&b.text.len()));
        Line {
            text,
            bounds: bounds.unwrap_or(Bounds { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 }),
            x0: words.iter().map(|w| w.x0).fold(f32::MAX, f32::min),
            x1: words.iter().map(|w| w.x1).fold(f32::MIN, f32::max),
            base: main.map_or(0.0, |w| w.base),
            size: main.map_or(0.0, |w| w.size),
            direction: main.map_or(Direction::Right, |w| w.direction),
            bold: all_bold(words),
            first_width: words.first().map_or(0.0, |w| w.x1 - w.x0),
        }
    }
}

/// Whether a line's letters are all bold; its figures count where it has no letters.
fn all_bold(words: &[&Word]) -> bool {
    let lettered = words.iter().any(|w| w.text.chars().any(char::is_alphabetic));
    !words.is_empty() && words.iter().all(|w| w.bold || lettered && !w.text.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: char, x0: f32, base: f32) -> Glyph {
        let direction = Direction::Right;
        Glyph { text, x0, x1: x0 + 5.0, base, size: 10.0, direction, bold: false, visible: true, cell: None }
    }

    fn sheet(glyphs: Vec<Glyph>) -> Sheet {
        Sheet { width: 600.0, height: 800.0, glyphs, ..Sheet::default() }
    }

    #[test]
    fn gaps_and_blanks_part_words() {
        let glyphs = vec![
            glyph('a', 10.0, 50.0),
            glyph('b', 15.0, 50.0),
            glyph('c', 25.0, 50.0),
            glyph(' ', 30.0, 50.0),
            glyph('d', 31.0, 50.0),
        ];
        let texts: Vec<String> = words(&sheet(glyphs)).into_iter().map(|w| w.text).collect();
        assert_eq!(texts, ["ab", "c", "d"]);
    }

    #[test]
    fn overprinted_letters_and_words_come_once() {
        let glyphs =
            vec![glyph('a', 10.0, 50.0), glyph('a', 10.3, 50.0), glyph('b', 15.0, 50.0), glyph(' ', 20.0, 50.0)];
        assert_eq!(words(&sheet(glyphs))[0].text, "ab");
        let twice: Vec<Glyph> = [0.0, 0.4]
            .iter()
            .flat_map(|d| [glyph('x', 10.0 + d, 50.0), glyph('y', 15.0 + d, 50.0), glyph(' ', 20.0, 50.0)])
            .collect();
        assert_eq!(words(&sheet(twice)).len(), 1);
    }

    #[test]
    fn turned_text_is_read_in_its_own_direction() {
        let mut up: Vec<Glyph> =
            ['P', 'e', 's', 'o'].iter().enumerate().map(|(i, c)| glyph(*c, 100.0 + 5.0 * i as f32, 300.0)).collect();
        for g in &mut up {
            g.direction = Direction::Up;
        }
        let all = words(&sheet(up));
        let refs: Vec<&Word> = all.iter().collect();
        assert_eq!(lines(&refs)[0].text, "Peso");
        // Reading upwards, the word starts 100 points from the page's bottom.
        assert!((all[0].bounds.y1 - 700.0).abs() < 0.1 && all[0].bounds.height() > all[0].bounds.width());
    }
}

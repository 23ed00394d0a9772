//! A text file's lines: numbers, page breaks, running heads and feet.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

/// A line of the file, without its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line<'a> {
    /// Counts from 1.
    pub number: u32,
    pub text: &'a str,
    /// How many form feeds stand before it.
    pub page: u32,
}

impl Line<'_> {
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{200b}' | '\u{feff}'))
    }
}

/// What running feet call a page.
static PAGE_WORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:pag(?:\.|ina|g\.)?|p\.|page)\s*\d|^\W*\d+\s*(?:/|di|of)\s*\d+\W*$|^[-–—]\s*\d+\s*[-–—]$").ok()
});

/// The lines of a text, running heads and feet made blank. A form feed ends a line and leaves a blank one.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let (mut number, mut page) = (0u32, 0u32);
    let mut after_return = false;
    for row in text.split_inclusive(['\n', '\r']) {
        // The second half of "\r\n".
        if after_return && row == "\n" {
            after_return = false;
            continue;
        }
        after_return = row.ends_with('\r');
        number = number.saturating_add(1);
        for (part, text) in row.trim_end_matches(['\n', '\r']).split('\u{c}').enumerate() {
            if part > 0 {
                page = page.saturating_add(1);
                out.push(Line { number, text: "", page });
            }
            out.push(Line { number, text, page });
        }
    }
    blank_furniture(&mut out);
    out
}

/// A line with each number as `#`, to compare running feet.
fn shape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if !c.is_ascii_digit() {
                out.push(c);
            } else if !out.ends_with('#') {
                out.push('#');
            }
        }
    }
    out
}

fn last_number(text: &str) -> Option<u64> {
    text.rsplit(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?.parse().ok()
}

/// Makes running heads and feet blank. Where form feeds mark the pages, a line is one if it stands, but for its numbers,
/// at the same end of at least three pages and half of all. Without form feeds only a line that names its page is taken,
/// if it comes at least three times with growing numbers: headings repeat too.
fn blank_furniture(lines: &mut [Line]) {
    let mut found: Vec<usize> = Vec::new();
    let pages = lines.last().map_or(0, |l| l.page) as usize + 1;
    if pages >= 3 {
        for from_end in [false, true] {
            found.extend(at_page_ends(lines, pages, from_end));
        }
    }
    let mut shapes: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        let names_page = PAGE_WORD.as_ref().is_some_and(|p| p.is_match(line.text.trim()));
        if names_page && !line.text.contains('\t') && line.text.chars().count() <= 120 {
            shapes.entry(shape(line.text)).or_default().push(index);
        }
    }
    for places in shapes.into_values().filter(|places| places.len() >= 3) {
        let numbers: Vec<Option<u64>> = places.iter().map(|&i| last_number(lines[i].text)).collect();
        let first_numbers: Vec<Option<u64>> = places.iter().map(|&i| first_number(lines[i].text)).collect();
        let grows = |all: &[Option<u64>]| all.windows(2).all(|w| matches!(w, [Some(a), Some(b)] if a < b));
        if grows(&numbers) || grows(&first_numbers) {
            found.extend(places);
        }
    }
    for index in found {
        lines[index].text = "";
    }
}

fn first_number(text: &str) -> Option<u64> {
    text.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?.parse().ok()
}

/// The lines that return among the first (or last) two of the pages.
fn at_page_ends(lines: &[Line], pages: usize, from_end: bool) -> Vec<usize> {
    let mut taken: HashMap<u32, usize> = HashMap::new();
    let mut shapes: HashMap<String, Vec<usize>> = HashMap::new();
    let order: Box<dyn Iterator<Item = usize>> =
        if from_end { Box::new((0..lines.len()).rev()) } else { Box::new(0..lines.len()) };
    for index in order {
        let line = &lines[index];
        let seen = taken.entry(line.page).or_default();
        if !line.is_blank() && *seen < 2 {
            *seen += 1;
            shapes.entry(shape(line.text)).or_default().push(index);
        }
    }
    shapes.into_values().filter(|places| places.len() >= 3 && places.len() * 2 >= pages).flatten().collect()
}

/// The width at which the file's paragraphs are wrapped, in characters, or `None` if it puts a paragraph on a line.
pub fn wrap_width(lines: &[Line]) -> Option<usize> {
    let mut lengths: Vec<usize> =
        lines.iter().filter(|l| !l.is_blank() && !l.text.contains('\t')).map(|l| l.text.chars().count()).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 98 / 100)?;
    let longest = *lengths.last()?;
    let full = lengths.iter().filter(|&&l| l * 10 >= width * 8).count();
    let wrapped =
        lengths.len() >= 40 && (50..=160).contains(&width) && longest <= width * 2 && full * 100 >= lengths.len() * 12;
    wrapped.then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(u32, &str)> {
        lines(text).into_iter().map(|l| (l.number, l.text)).collect()
    }

    #[test]
    fn all_line_ends_count_once() {
        assert_eq!(shown("a\r\nb\rc\n\nd"), [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]);
        assert_eq!(shown("a\u{c}b"), [(1, "a"), (1, ""), (1, "b")]);
    }

    #[test]
    fn running_feet_go_and_headings_stay() {
        let text = "Obiettivo 1\nx\nPiano - pag. 1\n\nObiettivo 2\ny\nPiano - pag. 2\nObiettivo 3\nPiano - pag. 3\n";
        let left: Vec<&str> = lines(text).iter().filter(|l| !l.is_blank()).map(|l| l.text).collect();
        assert_eq!(left, ["Obiettivo 1", "x", "Obiettivo 2", "y", "Obiettivo 3"]);
    }

    #[test]
    fn running_heads_at_form_feeds_go() {
        let text = "CAMERA\na\n\u{c}CAMERA\nb\n\u{c}CAMERA\nc\n";
        let left: Vec<&str> = lines(text).iter().filter(|l| !l.is_blank()).map(|l| l.text).collect();
        assert_eq!(left, ["a", "b", "c"]);
    }
}

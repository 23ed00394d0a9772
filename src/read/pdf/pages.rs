//! What runs through pages: headers, footers and page numbers taken out, tables and paragraphs cut by a page end joined.

use super::blocks::{RawParagraph, ends_sentence, is_list_start};
use super::geometry::Bounds;
use super::layout::PageParts;
use super::table::RawTable;
use super::words::{Line, Word, lines_of_words};
use std::collections::HashMap;

/// Share of a page's height at top and bottom where running lines stand.
const MARGIN: f32 = 0.16;
/// Lines looked at in each margin.
const DEPTH: usize = 4;

/// A piece of a page in reading order.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Text(RawParagraph),
    Table(RawTable),
}

/// An item and the page (from 0) it starts on.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub page: usize,
    pub item: Item,
}

/// Takes running headers, footers and page numbers out of all pages' words.
pub(super) fn drop_furniture(pages: &mut [PageParts]) {
    let margins: Vec<[Vec<MarginLine>; 2]> = pages.iter().map(|p| margin_lines(p.height, &p.words)).collect();
    let mut count: HashMap<&(usize, String, i32), usize> = HashMap::new();
    for line in margins.iter().flatten().flatten() {
        for key in &line.keys {
            *count.entry(key).or_default() += 1;
        }
    }
    let needed = (pages.len() * 3 / 10).max(3);
    let mut drop: Vec<Vec<bool>> = pages.iter().map(|p| vec![false; p.words.len()]).collect();
    for (page, sides) in margins.iter().enumerate() {
        for side in sides {
            // From the page's edge inwards, as far as lines run through.
            for (depth, line) in side.iter().enumerate() {
                let often = line.keys.iter().filter_map(|k| count.get(k)).max().copied().unwrap_or(0) >= needed;
                let number = depth == 0 && pages.len() > 1 && is_page_number(&line.text);
                if !often && !number {
                    break;
                }
                for &i in &line.words {
                    drop[page][i] = true;
                }
            }
        }
    }
    for (page, drop) in pages.iter_mut().zip(drop) {
        let mut drop = drop.into_iter();
        page.words.retain(|_| !drop.next().unwrap_or(false));
    }
}

struct MarginLine {
    text: String,
    /// Side, text with its digits levelled, place (each line is entered under the two nearest places).
    keys: [(usize, String, i32); 2],
    words: Vec<usize>,
}

/// The outermost lines at a page's top and bottom, from the edge inwards.
fn margin_lines(height: f32, words: &[Word]) -> [Vec<MarginLine>; 2] {
    let side = |which: usize| {
        let picked: Vec<(usize, &Word)> = words
            .iter()
            .enumerate()
            .filter(
                |(_, w)| if which == 0 { w.bounds.y1 < height * MARGIN } else { w.bounds.y0 > height * (1.0 - MARGIN) },
            )
            .collect();
        let index: HashMap<*const Word, usize> = picked.iter().map(|(i, w)| (std::ptr::from_ref(*w), *i)).collect();
        let refs: Vec<&Word> = picked.iter().map(|(_, w)| *w).collect();
        let mut lines = lines_of_words(&refs);
        lines.sort_by(|a, b| {
            let y = |l: &Vec<&Word>| l.first().map_or(0.0, |w| w.bounds.y0);
            if which == 0 { y(a).total_cmp(&y(b)) } else { y(b).total_cmp(&y(a)) }
        });
        lines
            .into_iter()
            .take(DEPTH)
            .map(|l| {
                let line = Line::of(&l);
                let level: String = line.text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
                let level = squeeze(&level);
                let place = (line.bounds.y0 / 4.0).round() as i32;
                let other = (line.bounds.y0 / 4.0).floor() as i32 * 2 + 1 - place;
                let words = l.iter().filter_map(|w| index.get(&std::ptr::from_ref(*w)).copied()).collect();
                MarginLine { text: line.text, keys: [(which, level.clone(), place), (which, level, other)], words }
            })
            .collect()
    };
    [side(0), side(1)]
}

/// Runs of `#` as one, so that page 9 and page 10 look alike.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '#' || !out.ends_with('#') {
            out.push(c);
        }
    }
    out
}

/// `7`, `- 7 -`, `Pag. 7`, `Pagina 7 di 12`, `7/12`.
fn is_page_number(text: &str) -> bool {
    let text = text.to_lowercase();
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.' | '|')).collect();
    let bare = bare
        .strip_prefix("pagina")
        .or_else(|| bare.strip_prefix("pag"))
        .or_else(|| bare.strip_prefix("page"))
        .unwrap_or(&bare);
    let end = bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len());
    let (number, rest) = bare.split_at(end);
    let rest =
        rest.strip_prefix("di").or_else(|| rest.strip_prefix('/')).or_else(|| rest.strip_prefix("of")).unwrap_or(rest);
    !number.is_empty() && number.len() <= 4 && rest.chars().all(|c| c.is_ascii_digit()) && rest.len() <= 4
}

/// Top and bottom of the text body: where content starts and ends on the fuller pages of the same size.
pub(super) fn body(pages: &[(f32, Vec<Item>)]) -> Vec<(f32, f32)> {
    let extent = |items: &[Item]| {
        let boxes: Vec<Bounds> = items.iter().map(Item::bounds).collect();
        super::geometry::around(boxes.iter()).map(|b| (b.y0, b.y1))
    };
    let all: Vec<(f32, Option<(f32, f32)>)> = pages.iter().map(|(h, items)| (*h, extent(items))).collect();
    all.iter()
        .map(|(height, _)| {
            let same = all.iter().filter(|(h, _)| (h - height).abs() < 2.0).filter_map(|(_, e)| *e);
            same.fold((f32::MAX, 0.0f32), |(t, b), (y0, y1)| (t.min(y0), b.max(y1)))
        })
        .collect()
}

impl Item {
    pub fn bounds(&self) -> Bounds {
        match self {
            Item::Text(p) => p.bounds(),
            Item::Table(t) => t.bounds,
        }
    }
}

/// Joins what page ends cut, over all pages.
pub(super) fn join(pages: Vec<(f32, Vec<Item>)>) -> Vec<Placed> {
    let bodies = body(&pages);
    let mut out: Vec<Placed> = Vec::new();
    for (page, (_, items)) in pages.into_iter().enumerate() {
        for (k, item) in items.into_iter().enumerate() {
            if k == 0
                && page > 0
                && let Some(last) = out.last_mut()
                && last.ends_on() + 1 == page
            {
                match (&mut last.item, &item) {
                    (Item::Table(a), Item::Table(b)) => {
                        let space = Space {
                            below: bodies[page - 1].1 - a.end.unwrap_or(a.bounds).y1,
                            above: b.bounds.y0 - bodies[page].0,
                        };
                        if super::joining::join_tables(a, b, &space, page) {
                            a.last_page = Some(page);
                            continue;
                        }
                    }
                    (Item::Text(a), Item::Text(b)) if goes_on(a, b) => {
                        a.open = b.open;
                        a.first_lines = a.first_lines.min(a.lines.len());
                        a.lines.extend(b.lines.iter().cloned());
                        a.last_page = Some(page);
                        continue;
                    }
                    _ => {}
                }
            }
            out.push(Placed { page, item });
        }
    }
    out
}

impl Placed {
    /// The page the item's last part stands on.
    fn ends_on(&self) -> usize {
        match &self.item {
            Item::Text(p) => p.last_page,
            Item::Table(t) => t.last_page,
        }
        .unwrap_or(self.page)
    }
}

/// Room that a page break left around a table's two parts.
pub(super) struct Space {
    /// From the first part's end to the bottom of the text body.
    pub below: f32,
    /// From the top of the text body to the second part.
    pub above: f32,
}

/// Whether a paragraph goes on with the next page's first one.
fn goes_on(a: &RawParagraph, b: &RawParagraph) -> bool {
    let (Some(last), Some(first)) = (a.lines.last(), b.lines.first()) else { return false };
    a.open
        && (last.size - first.size).abs() < 0.1 * last.size
        && last.bold == first.bold
        && last.direction == first.direction
        && !is_list_start(&first.text)
        && (!ends_sentence(&last.text) || last.text.ends_with('.') && !first.text.starts_with(char::is_uppercase))
}

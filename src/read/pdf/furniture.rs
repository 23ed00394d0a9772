//! What runs through pages: headers, footers and page numbers, taken out.

use super::geometry::{Bounds, around};
use super::layout::PageParts;
use super::words::{Line, Word, lines_of_words};
use std::collections::{HashMap, HashSet};

/// Share of a page's height at top and bottom where running lines stand.
const MARGIN: f32 = 0.16;
/// Lines looked at in each margin.
const DEPTH: usize = 4;

/// Takes running headers, footers and page numbers out of all pages' words.
pub(super) fn drop_furniture(pages: &mut [PageParts]) {
    let margins: Vec<[Vec<MarginLine>; 2]> = pages.iter().enumerate().map(|(i, page)| margin_lines(i, page)).collect();
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
            let runs = side.iter().enumerate().take_while(|(depth, line)| {
                let often = line.keys.iter().filter_map(|k| count.get(k)).max().copied().unwrap_or(0) >= needed;
                often || *depth == 0 && pages.len() > 1 && is_page_number(&line.text)
            });
            let running: Vec<usize> = runs.flat_map(|(_, line)| line.words.iter().copied()).collect();
            if stands_apart(&pages[page].words, &running) {
                for i in running {
                    drop[page][i] = true;
                }
            }
        }
    }
    // Pages that hold nothing else are no margins.
    if drop.iter().flatten().all(|gone| *gone) {
        return;
    }
    for (page, drop) in pages.iter_mut().zip(drop) {
        let mut drop = drop.into_iter();
        page.words.retain(|_| !drop.next().unwrap_or(false));
    }
}

/// Whether some words keep a line's distance from all others: column headings that come again on each page do not.
fn stands_apart(words: &[Word], running: &[usize]) -> bool {
    let Some(block) = around(running.iter().map(|&i| &words[i].bounds)) else { return false };
    let size = running.iter().map(|&i| words[i].size).fold(0.0, f32::max);
    let mine: HashSet<usize> = running.iter().copied().collect();
    let others = words.iter().enumerate().filter(|(i, _)| !mine.contains(i)).map(|(_, w)| &w.bounds);
    others.map(|b| (b.y0 - block.y1).max(block.y0 - b.y1)).fold(f32::MAX, f32::min) > 0.9 * size
}

struct MarginLine {
    text: String,
    /// Side, text with the page's number levelled, place (each line is entered under the two nearest places).
    keys: Vec<(usize, String, i32)>,
    words: Vec<usize>,
}

/// The outermost lines at a page's top and bottom, from the edge inwards.
fn margin_lines(number: usize, page: &PageParts) -> [Vec<MarginLine>; 2] {
    let (height, words) = (page.height, &page.words);
    // What stands in a table that reaches into the page is the table's.
    let tables: Vec<&Bounds> = page
        .grids
        .iter()
        .filter(|g| g.places.len() > 3 && g.bounds.y1 > height * MARGIN && g.bounds.y0 < height * (1.0 - MARGIN))
        .map(|g| &g.bounds)
        .collect();
    let in_table = |w: &Word| {
        let (x, y) = w.bounds.center();
        tables.iter().any(|b| b.has(x, y))
    };
    let side = |which: usize| {
        let picked: Vec<(usize, &Word)> = words
            .iter()
            .enumerate()
            .filter(|(_, w)| !in_table(w))
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
                let place = (line.bounds.y0 / 4.0).round() as i32;
                let other = (line.bounds.y0 / 4.0).floor() as i32 * 2 + 1 - place;
                let words = l.iter().filter_map(|w| index.get(&std::ptr::from_ref(*w)).copied()).collect();
                let texts = running_forms(&line.text, number);
                let keys = texts.into_iter().flat_map(|t| [(which, t.clone(), place), (which, t, other)]).collect();
                MarginLine { text: line.text, keys, words }
            })
            .collect()
    };
    [side(0), side(1)]
}

/// The forms under which a line may come again on other pages: as it is, and with one of its numbers counted from the page's
/// own place, so that "Pag. 7 di 12" and "Pag. 8 di 12" look alike on pages that follow each other, but "Obiettivo 7" and
/// "Obiettivo 8" only where they happen to keep step with the pages.
fn running_forms(text: &str, page: usize) -> Vec<String> {
    let mut forms = vec![text.to_owned()];
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if (1..=5).contains(&run)
            && let Ok(number) = text[at..at + run].parse::<i64>()
        {
            let offset = number - i64::try_from(page).unwrap_or(0);
            forms.push(format!("{}#{offset}{}", &text[..at], &text[at + run..]));
        }
        at += run.max(1);
    }
    forms
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

//! Tables and paragraphs that a page end cuts, joined.

use super::blocks::{RawParagraph, ends_sentence, is_labelled, is_list_start};
use super::geometry::Bounds;
use super::table::RawTable;

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
        && !(is_labelled(&first.text) && a.lines.first().is_some_and(|l| is_labelled(&l.text)))
        && (!ends_sentence(&last.text) || last.text.ends_with('.') && !first.text.starts_with(char::is_uppercase))
}

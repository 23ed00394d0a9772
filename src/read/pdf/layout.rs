//! One page: words, rules and shades → paragraphs and tables in reading order.

use super::align;
use super::bands;
use super::blocks::{RawParagraph, paragraphs};
use super::entries;
use super::geometry::Bounds;
use super::glyphs::{Rule, Shade};
use super::heading_row::with_header;
use super::joining;
use super::lattice::{Grid, Place};
use super::pages::Item;
use super::refine::refine;
use super::stack;
use super::table::{RawTable, fill, middle};
use super::words::{Line, Word, lines_of_words};
use crate::document::Method;

/// A page as read: running lines already taken out.
pub(super) struct PageParts {
    pub width: f32,
    pub height: f32,
    pub words: Vec<Word>,
    /// The grids its rules make, from top to bottom.
    pub grids: Vec<Grid>,
    pub rules: Vec<Rule>,
    pub shades: Vec<Shade>,
}

/// An unruled table at a page's end that may go on overleaf.
pub(super) enum Carry {
    /// Its last row is cut; the edges of that row's cells.
    Row(Vec<f32>),
    /// It is held together by white space alone; its column edges.
    Columns(Vec<f32>),
}

/// What a page's last item hands on to the next page.
pub(super) fn carry(items: &[Item]) -> Option<Carry> {
    let Some(Item::Table(t)) = items.last() else { return None };
    if t.method != Method::Stream {
        return None;
    }
    if !t.open.1 {
        return Some(Carry::Columns(t.xs.clone()));
    }
    let last = t.cells.iter().filter(|c| c.row + c.rowspan == t.rows);
    let mut edges: Vec<f32> = last.flat_map(|c| [c.bounds.x0, c.bounds.x1]).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 2.6);
    Some(Carry::Row(edges))
}

/// Turns the lines at a page's end into a table where they are the first rows of the unruled table on the next page.
pub(super) fn begin_at_end(items: &mut Vec<Item>, next: &[Item], page: &PageParts) {
    let (Some(Item::Text(_)), Some(Item::Table(t))) = (items.last(), next.first()) else { return };
    if t.method != Method::Stream || t.open.0 {
        return;
    }
    // The texts after the last table.
    let after = items.iter().rposition(|i| matches!(i, Item::Table(_))).map_or(0, |i| i + 1);
    let top = items[after..].iter().map(|i| i.bounds().y0).fold(f32::MAX, f32::min);
    let words: Vec<&Word> = page.words.iter().filter(|w| w.bounds.center().1 > top).collect();
    let Some(grid) = align::beginning(&words, &t.xs) else { return };
    let kept: Vec<&Word> = words.into_iter().filter(|w| w.bounds.center().1 > grid.bounds.y0).collect();
    let table = fill(&grid, &kept, Method::Stream);
    // Only whole paragraphs change sides.
    let cut =
        items[after..].iter().any(|i| i.bounds().y0 < grid.bounds.y0 - 2.0 && i.bounds().y1 > grid.bounds.y0 + 2.0);
    if cut || table.is_empty() {
        return;
    }
    items.retain(|i| matches!(i, Item::Table(_)) || i.bounds().y0 < grid.bounds.y0 - 2.0);
    items.push(Item::Table(table));
}

/// The page's paragraphs and tables. `before` is what the page before hands on.
pub(super) fn layout(page: &PageParts, before: Option<Carry>) -> Vec<Item> {
    let mut grids = page.grids.clone();
    let all: Vec<&Word> = page.words.iter().collect();
    grids.retain(|g| !is_frame(g, page) && !align::is_half_ruled(g, &all));
    for grid in &mut grids {
        bands::take_overflow(grid, &all);
    }
    let outside: Vec<&Word> =
        all.iter().filter(|w| !grids.iter().any(|g| g.bounds.has(middle(w).0, middle(w).1))).copied().collect();
    let grids: Vec<Grid> = grids.into_iter().map(|grid| with_header(grid, &outside)).collect();
    let (tables, mut taken) = ruled_tables(&grids, &page.words);
    let mut items: Vec<Item> = tables.into_iter().map(Item::Table).collect();
    taken.resize(page.words.len(), false);
    let ruled: Vec<Bounds> = items.iter().map(Item::bounds).collect();
    let hints = stack::Hints::new(&page.rules, &page.shades, &ruled, (page.width, page.height));
    let hints = grids.iter().filter(|grid| is_head(grid, &all)).fold(hints, stack::Hints::with_head);
    let free = free_words(page, &taken);
    let mut found: Vec<RawTable> = Vec::new();
    if let Some(Carry::Row(columns)) = &before
        && let Some(grid) = bands::rest_of_row(columns, &hints, &free)
    {
        take(&grid, &page.words, &mut taken, &mut found);
    }
    let free = free_words(page, &taken);
    let rest = found.len();
    for grid in stack::grids(&hints, &free) {
        let outside: Vec<&Word> = free.iter().filter(|w| !grid.bounds.has(middle(w).0, middle(w).1)).copied().collect();
        take(&with_header(grid, &outside), &page.words, &mut taken, &mut found);
    }
    if rest == 1
        && let Some(next) = (1..found.len()).find(|&i| (found[i].bounds.y0 - found[0].bounds.y1).abs() < 2.0)
    {
        let next = found.remove(next);
        if !joining::put_under(&mut found[0], &next) {
            found.push(next);
        }
    }
    let obstacles: Vec<Bounds> = ruled.into_iter().chain(found.iter().map(|t| t.bounds)).collect();
    let free = free_words(page, &taken);
    let columns = if let Some(Carry::Columns(xs)) = &before { Some(xs.as_slice()) } else { None };
    for grid in align::grids(&free, &obstacles, columns) {
        take(&grid, &page.words, &mut taken, &mut found);
    }
    let free = free_words(page, &taken);
    let obstacles: Vec<Bounds> = obstacles.into_iter().chain(found.iter().map(|t| t.bounds)).collect();
    for grid in entries::grids(&free, &obstacles) {
        take(&grid, &page.words, &mut taken, &mut found);
    }
    head_with_shaded_rows(&mut items, &mut found);
    items.extend(found.into_iter().map(Item::Table));
    let free = free_words(page, &taken);
    let texts = texts(&free, &items);
    merge(items, texts)
}

/// A grid of more rows than this is no header alone.
const HEADER_ROWS: usize = 3;

/// Whether a grid is a header drawn cell by cell: a few rows of words, no figure alone in any of its columns.
fn is_head(grid: &Grid, words: &[&Word]) -> bool {
    let columns = grid.xs.len().saturating_sub(1);
    let inside = |place: &Place| -> Vec<&Word> {
        words.iter().filter(|w| place.bounds.has(middle(w).0, middle(w).1)).copied().collect()
    };
    let texts: Vec<Vec<&Word>> = grid.places.iter().map(inside).filter(|words| !words.is_empty()).collect();
    let worded = texts.iter().filter(|words| words.iter().any(|w| w.text.chars().any(char::is_alphabetic))).count();
    grid.ys.len() <= HEADER_ROWS + 1 && columns > 2 && texts.len() * 2 > columns && worded * 4 >= texts.len() * 3
}

/// A shaded header row that makes a grid of its own is put on the unruled table right below it.
fn head_with_shaded_rows(items: &mut Vec<Item>, found: &mut [RawTable]) {
    const APART: f32 = 4.0;
    for body in found {
        let head = items.iter().position(|item| match item {
            Item::Table(t) => t.rows <= HEADER_ROWS && (body.bounds.y0 - t.bounds.y1).abs() < APART,
            Item::Text(_) => false,
        });
        let Some(Item::Table(head)) = head.map(|at| items.remove(at)) else { continue };
        let mut joined = RawTable { method: Method::Stream, ..head.clone() };
        if joining::put_under(&mut joined, body) {
            *body = joined;
        } else {
            items.push(Item::Table(head));
        }
    }
}

/// Tables put between the texts, which keep their order: each before the first text that lies wholly below its top.
fn merge(mut tables: Vec<Item>, texts: Vec<RawParagraph>) -> Vec<Item> {
    tables.sort_by(|a, b| a.bounds().y0.total_cmp(&b.bounds().y0));
    let mut out = Vec::with_capacity(tables.len() + texts.len());
    let mut tables = tables.into_iter().peekable();
    for text in texts {
        let b = text.bounds();
        while let Some(table) = tables.next_if(|t| t.bounds().y0 <= b.y0) {
            out.push(table);
        }
        out.push(Item::Text(text));
    }
    out.extend(tables);
    out
}

fn free_words<'p>(page: &'p PageParts, taken: &[bool]) -> Vec<&'p Word> {
    page.words.iter().zip(taken).filter(|(_, t)| !**t).map(|(w, _)| w).collect()
}

/// Fills an unruled grid with the free words in it.
fn take(grid: &Grid, words: &[Word], taken: &mut [bool], out: &mut Vec<RawTable>) {
    let inside: Vec<usize> = (0..words.len())
        .filter(|&k| {
            let (x, y) = middle(&words[k]);
            !taken[k] && grid.bounds.has(x, y)
        })
        .collect();
    let refs: Vec<&Word> = inside.iter().map(|&k| &words[k]).collect();
    let table = fill(&refine(grid.clone(), &refs), &refs, Method::Stream);
    if table.is_empty() || table.cells.len() < 2 && !table.open.0 {
        return;
    }
    for k in inside {
        taken[k] = true;
    }
    out.push(table);
}

/// A single box around (nearly) the whole page.
fn is_frame(g: &Grid, page: &PageParts) -> bool {
    g.places.len() == 1 && g.bounds.width() > 0.7 * page.width && g.bounds.height() > 0.6 * page.height
}

/// Fills grids with words; says which words they took. Grids inside a cell of another become its children.
fn ruled_tables(grids: &[Grid], words: &[Word]) -> (Vec<RawTable>, Vec<bool>) {
    let parents: Vec<Option<(usize, usize)>> = (0..grids.len()).map(|i| parent(grids, i)).collect();
    let mut taken = vec![false; words.len()];
    let mut filled: Vec<Option<RawTable>> = vec![None; grids.len()];
    // Inner ones first: what they take is not in the outer cell's text.
    let mut order: Vec<usize> = (0..grids.len()).collect();
    order.sort_by(|&a, &b| grids[a].bounds.area().total_cmp(&grids[b].bounds.area()));
    for i in order {
        let grid = &grids[i];
        // A box around words in a cell is decoration.
        if parents[i].is_some() && grid.places.len() == 1 {
            continue;
        }
        let inside: Vec<usize> = (0..words.len())
            .filter(|&k| !taken[k])
            .filter(|&k| {
                let (x, y) = middle(&words[k]);
                grid.bounds.has(x, y)
            })
            .collect();
        let refs: Vec<&Word> = inside.iter().map(|&k| &words[k]).collect();
        let table = fill(&refine(grid.clone(), &refs), &refs, Method::Lattice);
        if table.is_empty() || is_drawing(&table) {
            continue;
        }
        for k in inside {
            taken[k] = true;
        }
        filled[i] = Some(table);
    }
    let mut out = Vec::new();
    let mut by_area: Vec<usize> = (0..grids.len()).collect();
    by_area.sort_by(|&a, &b| grids[a].bounds.area().total_cmp(&grids[b].bounds.area()));
    for i in by_area {
        let Some(table) = filled[i].take() else { continue };
        match parents[i] {
            Some((p, place)) => {
                let bounds = grids[p].places[place].bounds;
                let home = filled[p].as_mut().and_then(|t| t.cells.iter_mut().find(|c| c.bounds == bounds));
                match home {
                    Some(cell) => cell.children.push(table),
                    None => out.push(table),
                }
            }
            None => out.push(table),
        }
    }
    out.sort_by(|a, b| a.bounds.y0.total_cmp(&b.bounds.y0).then(a.bounds.x0.total_cmp(&b.bounds.x0)));
    (out, taken)
}

/// A grid most of whose rows are empty is a chart.
fn is_drawing(t: &RawTable) -> bool {
    let filled = (0..t.rows).filter(|&r| t.cells.iter().any(|c| c.row == r && !c.lines.is_empty())).count();
    t.rows > 3 && filled * 2 < t.rows
}

/// The smallest cell of another grid that a grid stands in: grid and place number.
fn parent(grids: &[Grid], i: usize) -> Option<(usize, usize)> {
    let inner = grids[i].bounds;
    let mut best: Option<(usize, usize, f32)> = None;
    for (p, g) in grids.iter().enumerate() {
        if p == i || !g.bounds.contains(&inner, 0.5) || g.bounds.area() <= inner.area() {
            continue;
        }
        for (k, place) in g.places.iter().enumerate() {
            let area = place.bounds.area();
            if place.bounds.contains(&inner, 0.5) && best.is_none_or(|b| area < b.2) {
                best = Some((p, k, area));
            }
        }
    }
    best.map(|(p, k, _)| (p, k))
}

/// Paragraphs of the words outside tables, in reading order; tables part them.
fn texts(words: &[&Word], tables: &[Item]) -> Vec<RawParagraph> {
    let mut all = lines_of_words(words);
    let top = |l: &Vec<&Word>| l.iter().map(|w| w.bounds.y0).fold(f32::MAX, f32::min);
    all.sort_by(|a, b| top(a).total_cmp(&top(b)));
    let mut out = Vec::new();
    for run in align::reading_order(all) {
        let lines: Vec<Line> = run.iter().map(|l| Line::of(l)).collect();
        out.extend(parted(lines, tables));
    }
    out
}

/// Paragraphs of one column's lines.
fn parted(lines: Vec<Line>, tables: &[Item]) -> Vec<RawParagraph> {
    let left = lines.iter().map(|l| l.bounds.x0).fold(f32::MAX, f32::min);
    let right = lines.iter().map(|l| l.bounds.x1).fold(0.0, f32::max);
    let mut out = Vec::new();
    let mut run: Vec<Line> = Vec::new();
    let between = |a: &Bounds, b: &Bounds| {
        tables.iter().any(|t| {
            let y = t.bounds().y0;
            y >= a.y1 - 2.0 && y <= b.y0 + 2.0
        })
    };
    for line in lines {
        if run.last().is_some_and(|l| between(&l.bounds, &line.bounds)) {
            out.extend(paragraphs(std::mem::take(&mut run), (left, right)));
        }
        run.push(line);
    }
    out.extend(paragraphs(run, (left, right)));
    out
}

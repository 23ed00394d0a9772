//! Where in a document something stands, as readers find it: the heading above it.

use std::collections::{HashMap, HashSet};

use super::view::{covered, cut};
use crate::document::{Format, Source, fold};
use crate::extract::{Passage, key};
use crate::normalise::Plan;

/// The headings of a plan and what stands under them.
pub(super) struct Places<'a> {
    plan: &'a Plan,
    /// As [`Plan::passages`]: the index of the heading above, or of the heading itself.
    above: Vec<Option<usize>>,
    /// As [`Plan::passages`]: whether a heading of another chapter has ended the objective in force.
    past: Vec<bool>,
    /// As [`Plan::objectives`]: the index of the first passage under it.
    starts: Vec<Option<usize>>,
    /// As [`Plan::objectives`]: whether another one has the same number, or the same title where they have none.
    shared: Vec<bool>,
    /// The first passage of each table.
    tables: HashMap<usize, usize>,
    /// Where each cell's place is kept, and the passage it belongs to.
    cells: HashMap<usize, usize>,
}

/// How a table's title begins.
const TITLES: [&str; 6] = ["tabella", "tab", "quadro", "prospetto", "riepilogo", "schema"];

/// The longest title of a table, in characters.
const TITLE: usize = 140;

impl<'a> Places<'a> {
    pub fn of(plan: &'a Plan) -> Self {
        let (mut above, mut tables, mut cells) =
            (Vec::with_capacity(plan.passages.len()), HashMap::new(), HashMap::new());
        let mut heading = None;
        for (index, passage) in plan.passages.iter().enumerate() {
            if passage.heading.is_some() {
                heading = Some(index);
            }
            above.push(heading);
            if let Some(table) = passage.table {
                tables.entry(table).or_insert(index);
            }
            cells.extend(passage.cells.iter().map(|c| (address(&c.source), index)));
        }
        let (starts, past) = past(plan, &above);
        let mut names: HashMap<String, usize> = HashMap::new();
        let name = |o: &crate::normalise::Objective| o.code.clone().unwrap_or_else(|| key(&o.title));
        for objective in &plan.objectives {
            *names.entry(name(objective)).or_default() += 1;
        }
        let shared = plan.objectives.iter().map(|o| names.get(&name(o)).is_some_and(|n| *n > 1)).collect();
        Places { plan, above, past, starts, shared, tables, cells }
    }

    /// The passage that a place borrowed from the plan's passages belongs to; `None` for all other places.
    pub fn passage(&self, source: &Source) -> Option<usize> {
        self.cells.get(&address(source)).copied()
    }

    /// Whether a passage stands behind the end of the objective before it.
    pub fn is_past(&self, passage: usize) -> bool {
        self.past.get(passage).copied().unwrap_or(false)
    }

    /// The heading over an objective: its section where several have its number, else the nearest heading in documents without
    /// pages; `None` where the objective's own name says it all.
    pub fn of_objective(&self, objective: usize) -> Option<String> {
        let own = self.plan.objectives.get(objective)?;
        let shared = self.shared.get(objective).copied().unwrap_or(false);
        if !shared && !self.pageless() {
            return None;
        }
        let section = own.section.as_deref().map(line);
        let heading = || {
            let start = (*self.starts.get(objective)?)?;
            let above = self.heading(start)?;
            (covered(&own.title, above).max(covered(above, &own.title)) < 0.6).then(|| line(above))
        };
        section.or_else(heading).filter(|place| !place.is_empty())
    }

    /// The heading over a passage, with the title of its table or the row that heads it.
    pub fn of_passage(&self, passage: usize) -> Option<String> {
        let own = self.plan.passages.get(passage)?;
        let heading = self.heading(passage).filter(|_| self.pageless()).map(line);
        let table = own.table.and_then(|table| self.tables.get(&table)).and_then(|first| self.table(*first));
        let parts: Vec<String> = heading.into_iter().chain(table).filter(|p| !p.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(" › "))
    }

    /// The title above a table, else the cells of its first row.
    fn table(&self, first: usize) -> Option<String> {
        let text = |p: &'a Passage| p.cells.first().map(|c| c.raw.as_str()).unwrap_or_default();
        let title = first.checked_sub(1).and_then(|before| self.plan.passages.get(before)).filter(|p| {
            let words = key(text(p));
            let named = TITLES.iter().any(|t| words.strip_prefix(t).is_some_and(|rest| rest.starts_with(' ')));
            p.table.is_none() && p.heading.is_none() && named && text(p).chars().count() < TITLE
        });
        if let Some(title) = title {
            return Some(line(text(title)));
        }
        let cells: Vec<String> = self.plan.passages.get(first)?.cells.iter().map(|c| fold(&c.raw)).collect();
        (cells.len() > 1).then(|| cut(&cells.join(" | ")))
    }

    fn heading(&self, passage: usize) -> Option<&'a str> {
        let at = (*self.above.get(passage)?)?;
        self.plan.passages.get(at)?.cells.first().map(|c| c.raw.as_str())
    }

    fn pageless(&self) -> bool {
        self.plan.card.format == Format::Html
    }
}

/// What a place is told by: cells keep theirs as long as the plan stands.
fn address(source: &Source) -> usize {
    std::ptr::from_ref(source).addr()
}

fn line(text: &str) -> String {
    cut(&fold(text))
}

/// The first passage of each objective, and the passages behind a heading as high as the one the objective stands under, or
/// higher, that doesn't speak of it. Headings that return under several objectives are parts of their sheets.
fn past(plan: &Plan, above: &[Option<usize>]) -> (Vec<Option<usize>>, Vec<bool>) {
    let level = |passage: Option<usize>| passage.and_then(|p| plan.passages.get(p)).and_then(|p| p.heading);
    let text = |p: &Passage| p.cells.first().map(|c| c.raw.clone()).unwrap_or_default();
    let mut under: HashMap<String, HashSet<Option<usize>>> = HashMap::new();
    for passage in plan.passages.iter().filter(|p| p.heading.is_some()) {
        under.entry(key(&text(passage))).or_default().insert(passage.objective);
    }
    let mut starts = vec![None; plan.objectives.len()];
    let mut out = Vec::with_capacity(plan.passages.len());
    let (mut ended, mut force) = (false, None);
    for (index, passage) in plan.passages.iter().enumerate() {
        if passage.objective != force {
            (force, ended) = (passage.objective, false);
        }
        if let Some(objective) = force {
            let first = starts.get_mut(objective).map(|start: &mut Option<usize>| *start.get_or_insert(index));
            let own = first.and_then(|first| level(above.get(first).copied().flatten()));
            if let (Some(own), Some(here)) = (own, passage.heading) {
                let words = text(passage);
                let part = under.get(&key(&words)).is_some_and(|objectives| objectives.len() > 1);
                let title = plan.objectives.get(objective).map_or("", |o| o.title.as_str());
                ended |= first != Some(index) && here <= own && !part && covered(title, &words) < 0.6;
            }
        }
        out.push(ended);
    }
    (starts, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Printed;
    use crate::score::sample;

    fn passage(objective: Option<usize>, heading: Option<u8>, text: &str) -> Passage {
        let cells = vec![Printed::new(text.to_owned(), Source { page: 1, bbox: None, line: None })];
        Passage { objective, table: None, heading, cells, columns: vec![0] }
    }

    #[test]
    fn a_heading_of_another_chapter_ends_an_objective() {
        let mut plan = sample::plan(Vec::new());
        plan.card.format = Format::Html;
        plan.objectives
            .push(crate::normalise::Objective { title: "Mediazione".to_owned(), ..sample::objective("1.1") });
        plan.passages = vec![
            passage(None, Some(3), "Ambito 1"),
            passage(Some(0), None, "1.1 Mediazione"),
            passage(Some(0), Some(4), "Risultati"),
            passage(Some(0), None, "Una frase sui risultati."),
            passage(Some(0), Some(3), "Ambito 2"),
            passage(Some(0), None, "Una frase sull'altro ambito."),
        ];
        let places = Places::of(&plan);
        let of = |index: usize| places.passage(&plan.passages[index].cells[0].source);
        assert_eq!(of(3), Some(3));
        assert_eq!(places.passage(&Source { page: 1, bbox: None, line: None }), None);
        assert_eq!((places.is_past(3), places.is_past(5)), (false, true));
        assert_eq!(places.of_objective(0).as_deref(), Some("Ambito 1"));
        assert_eq!(places.of_passage(5).as_deref(), Some("Ambito 2"));
    }
}

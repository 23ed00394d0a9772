//! Document → what the plan says, as printed.
//!
//! The document is taken as one stream of rows (`rows`); a walker goes through it once and keeps what is in force: section,
//! objective, column headers, the indicator that is being told (`walker`). What a row means is told by the lexicon and by the
//! forms in `patterns`, never by the chamber it comes from.

mod align;
mod confidence;
mod content;
mod draft;
mod flow;
mod grid;
mod heads;
mod labelled;
mod leftovers;
mod lexicon;
mod objectives;
mod passages;
mod patterns;
mod printed;
mod results;
mod rows;
mod scale;
mod sentences;
mod sheet;
mod summaries;
mod turned;
mod walker;

pub use confidence::Confidence;
pub use lexicon::{Field, Lexicon, LexiconError, key};
pub use passages::Passage;
pub use printed::*;
pub use sheet::SheetField;

use crate::document::{Block, Document, Format, fold};

/// Takes from a document everything that is told about objectives and indicators.
pub fn extract(document: &Document, lexicon: &Lexicon) -> PrintedPlan {
    let rows = rows::rows(document, lexicon);
    let heads = |row: &rows::Row| matches!(row, rows::Row::Line(line) if line.heading.is_some() && Lexicon::starts_with(&line.text, &lexicon.phrases.section_starts));
    // A converter to text marks some headings and misses others.
    let marked = document.format != Format::Text && rows.iter().any(heads);
    let mut walker = walker::Walker::new(lexicon, marked);
    let mut leftovers = leftovers::Leftovers::new(lexicon);
    for (at, row) in rows.iter().enumerate() {
        let ahead = rows.get(at + 1..).unwrap_or(&[]);
        if !leftovers.in_doubt(row) {
            walker.row(row, ahead);
            walker.keep(Passage::of(row));
            continue;
        }
        let before = walker.taken();
        walker.row(row, ahead);
        walker.keep(Passage::of(row));
        if walker.taken() == before {
            leftovers.keep(row);
        }
    }
    let mut plan = walker.finish();
    let summaries = summaries::summaries(&plan.passages, lexicon);
    let known = |a: &PrintedAggregate| plan.aggregates.iter().any(|b| b.value.source == a.value.source);
    let more: Vec<PrintedAggregate> = summaries.into_iter().filter(|a| !known(a)).collect();
    plan.aggregates.extend(more);
    for (objective, result) in summaries::objective_results(&plan.passages, lexicon) {
        if let Some(objective) = plan.objectives.get_mut(objective) {
            objective.achievement.get_or_insert(result);
        }
    }
    plan.listed_weights = summaries::listed_weights(&plan.passages, lexicon);
    plan.not_understood = leftovers.finish(&plan);
    plan.lead = lead(document);
    plan.mentions = mentions(document);
    plan.scale = scale::scale(document);
    plan
}

/// How many texts at the start of a document speak of the document itself.
const LEAD_TEXTS: usize = 16;

/// The file's title and the first texts of the document.
fn lead(document: &Document) -> Vec<String> {
    let texts = document.blocks.iter().filter_map(|block| match block {
        Block::Text(paragraph) => Some(paragraph.text.clone()),
        Block::Table(_) => None,
    });
    document.title.iter().cloned().chain(texts.take(LEAD_TEXTS)).filter(|t| !t.trim().is_empty()).collect()
}

/// The texts that name an institution or an act: what tells whose document it is when the title page doesn't.
fn mentions(document: &Document) -> Vec<String> {
    const WORDS: [&str; 6] =
        ["camera di commercio", "cciaa", "c c i a a", "deliberazione", "delibera", "piano della performance"];
    let naming = |text: &str| {
        let words = key(text);
        WORDS.iter().any(|w| words.contains(w))
    };
    let mut out = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Text(paragraph) if naming(&paragraph.text) => out.push(fold(&paragraph.text)),
            Block::Text(_) => {}
            Block::Table(table) => out.extend(table.cells.iter().filter(|c| naming(&c.text)).map(|c| fold(&c.text))),
        }
    }
    out
}

//! Lists that name an objective's indicators by number, apart from the indicators' own sheets: "Indicatore 2 e 3: … Peso: 40%".

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::view::View;
use crate::document::{Source, fold};
use crate::extract::Printed;

/// An entry of such a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub numbers: Vec<u32>,
    /// What the entry says behind the numbers.
    pub text: String,
    /// In percent points.
    pub weight: Option<Decimal>,
    pub weight_raw: String,
    pub source: Source,
}

/// How many rows an entry may stand above its weight.
const REACH: usize = 3;

/// The entries of an objective's list that have a weight beside or below them; headings of sheets and comments have none.
pub(super) fn listed(view: &View<'_>, objective: usize) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut pending: Vec<Entry> = Vec::new();
    let mut rows = 0;
    for passage in view.plan.passages.iter().filter(|p| p.objective == Some(objective) && p.table.is_some()) {
        let before = pending.len();
        for cell in &passage.cells {
            entries_of(cell, &mut pending);
        }
        let weights: Vec<(Decimal, String)> = passage.cells.iter().flat_map(|cell| weights_of(&cell.raw)).collect();
        rows = if pending.len() > before { 0 } else { rows + 1 };
        if !weights.is_empty() && weights.len() == pending.len() {
            for (mut entry, (weight, raw)) in pending.drain(..).zip(weights) {
                (entry.weight, entry.weight_raw) = (Some(weight), raw);
                entries.push(entry);
            }
        } else if rows > REACH || !weights.is_empty() {
            pending.clear();
        }
    }
    entries
}

fn entries_of(cell: &Printed, pending: &mut Vec<Entry>) {
    static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)(?:^|[\n•]\s*|[a-zà-ù)]\s+)(indicator[ei])\s+(\d{1,2}(?:\s*(?:,|e|ed)\s*\d{1,2})*)(?:\s*:|\s)")
            .expect("constant pattern")
    });
    // A PDF's cell has its entries in one run of words, a web page's a line each.
    let starts: Vec<regex::Captures<'_>> = ENTRY.captures_iter(&cell.raw).collect();
    for (at, found) in starts.iter().enumerate() {
        let Some(whole) = found.get(0) else { continue };
        let end = starts.get(at + 1).and_then(|next| next.get(1)).map_or(cell.raw.len(), |next| next.start());
        let numbers = found[2].split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let text = fold(cell.raw.get(whole.end()..end).unwrap_or_default());
        let text = text.trim_end_matches(['•', '-', ' ']).to_owned();
        pending.push(Entry { numbers, text, weight: None, weight_raw: String::new(), source: cell.source.clone() });
    }
}

/// "Peso: 20%".
fn weights_of(text: &str) -> Vec<(Decimal, String)> {
    static WEIGHT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\bpeso\s*:?\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*%").expect("constant pattern")
    });
    let weight = |m: regex::Captures<'_>| Some((m[1].replace(',', ".").parse().ok()?, m[0].to_owned()));
    WEIGHT.captures_iter(text).filter_map(weight).collect()
}

/// The number of an indicator of an objective that counts them.
pub(super) fn own_number(code: Option<&str>) -> Option<u32> {
    code?.trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_numbers_and_words() {
        let mut found = Vec::new();
        let raw = "• indicatore 4 e 5: crescita (schede,\nformazione)\nIndicatori 1, 2 e 3: processi".to_owned();
        entries_of(&Printed::new(raw, Source::line(3)), &mut found);
        let told: Vec<(&[u32], &str)> = found.iter().map(|e| (&*e.numbers, &*e.text)).collect();
        assert_eq!(told, [(&[4, 5][..], "crescita (schede, formazione)"), (&[1, 2, 3], "processi")]);
        assert_eq!(weights_of("Peso: 20% Peso: 33,33%").len(), 2);
        assert!(weights_of("Peso indicatore").is_empty());
    }
}

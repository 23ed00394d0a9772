//! Texts in which labels stand with their values one after another, whatever separates them:
//! "KPI 1: progetti presentati – Target 2024: ≥ 8 – Peso: 40%", in a paragraph, on lines, or in one cell of a table.

use std::sync::LazyLock;

use regex::Regex;

use super::content::is_value;
use super::draft::is_office;
use super::lexicon::{Field, Lexicon, key};
use super::patterns;
use super::rows::{Cells, Line};
use super::walker::Walker;
use crate::document::{Source, fold};

/// How many words a label may have.
const LABEL_WORDS: usize = 7;
/// How many characters, at most.
const LABEL_LENGTH: usize = 200;

/// How many words a label may have that is told by their stems alone.
const SENSED_WORDS: usize = 6;

/// A label and what it labels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub field: Field,
    pub label: String,
    /// The number in "Indicatore 2", "KPI 1".
    pub number: Option<String>,
    /// White space folded, separators at its end left out.
    pub value: String,
    /// Where the label starts in the folded text, in bytes.
    pub start: usize,
}

/// The field of a label, and the number of "Indicatore 2".
pub(super) fn field_of(label: &str, lexicon: &Lexicon) -> Option<(Field, Option<String>)> {
    if let Some(known) = known_field(label, lexicon) {
        return Some(known);
    }
    // What the lexicon doesn't have must be short to be a label.
    let joins = |word: &str| lexicon.phrases.joining.contains(&key(word));
    let mut words = label.split_whitespace();
    if words.next().is_some_and(joins) || words.count() >= SENSED_WORDS {
        return None;
    }
    let sensed = lexicon.sense(label).filter(|s| s.field != Field::Known && s.field != Field::Objective)?;
    Some((sensed.field, None))
}

/// The field of a label that the lexicon itself has, and the number of "Indicatore 2".
pub(super) fn known_field(label: &str, lexicon: &Lexicon) -> Option<(Field, Option<String>)> {
    static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the tests below.
        Regex::new(r"(?i)^(\D{2,40}?)\s*(?:n\.?\s*|nr\.?\s*)?(\d{1,2})\.?$").expect("constant pattern")
    });
    if let Some(field) = lexicon.field(label) {
        return Some((field, None));
    }
    let numbered = NUMBERED.captures(label.trim())?;
    (lexicon.field(&numbered[1]) == Some(Field::Indicator)).then(|| (Field::Indicator, Some(numbered[2].to_owned())))
}

/// The labels in a text with their values; what stands before the first label is not among them.
pub(super) fn parts(text: &str, lexicon: &Lexicon) -> Vec<Part> {
    let text = fold(text);
    // Of each label: where it starts, the colon, and what it means.
    let mut found: Vec<(usize, usize, Field, Option<String>)> = Vec::new();
    let mut free = 0;
    for (colon, _) in text.match_indices(':') {
        let Some(before) = text.get(free..colon) else { continue };
        let starts = last_words(before);
        let places = || starts.iter().copied();
        let opens_a_label = |label: &str| label.starts_with(|c: char| c.is_uppercase() || c == '%');
        let known = places().find_map(|start| {
            let label = before.get(start..).filter(|label| opens_a_label(label))?;
            let (field, number) = known_field(label, lexicon)?;
            Some((free + start, field, number))
        });
        // Words that are not the lexicon's are a label where nothing or a separator goes before them.
        let sensed = || {
            places().find_map(|start| {
                let label = before.get(start..).filter(|label| opens_a_label(label))?;
                let head = before.get(..start)?.trim_end();
                let apart = head.is_empty() || head.ends_with(['.', ';', ',', '–', '-', '|', '•', '(', '·', '/', '%']);
                let (field, number) = apart.then(|| field_of(label, lexicon)).flatten()?;
                Some((free + start, field, number))
            })
        };
        let label = known.or_else(sensed);
        if let Some((start, field, number)) = label {
            found.push((start, colon, field, number));
            free = colon + 1;
        }
    }
    let separator = |c: char| c.is_whitespace() || matches!(c, '–' | '—' | '-' | ';' | '|' | '•');
    let mut out = Vec::new();
    for (i, (start, colon, field, number)) in found.iter().enumerate() {
        let end = found.get(i + 1).map_or(text.len(), |next| next.0);
        let label = text.get(*start..*colon).unwrap_or("").to_owned();
        let value = text.get(colon + 1..end).unwrap_or("").trim();
        // A value that is a dash stays.
        let bare = value.trim_end_matches(separator);
        let bare = if is_value(bare) { bare.trim_end_matches('.') } else { bare };
        // What only its words tell to be a figure's label must have a figure behind it.
        if is_figure(*field) && !is_value(bare) && known_field(&label, lexicon).is_none() {
            continue;
        }
        let value = if bare.is_empty() { value } else { bare };
        out.push(Part { field: *field, label, number: number.clone(), value: value.to_owned(), start: *start });
    }
    out
}

/// Where the last words of a text start that may be a label, in their order.
fn last_words(text: &str) -> Vec<usize> {
    // From the end, so that a text of many colons is not gone through from its start for each of them.
    let mut out = Vec::with_capacity(LABEL_WORDS);
    let mut after: Option<(usize, char)> = None;
    for (at, c) in text.char_indices().rev().take(LABEL_LENGTH) {
        if c.is_whitespace()
            && let Some((start, first)) = after
            && !first.is_whitespace()
        {
            out.push(start);
            if out.len() == LABEL_WORDS {
                break;
            }
        }
        after = Some((at, c));
    }
    if out.len() < LABEL_WORDS && after.is_some_and(|(at, first)| at == 0 && !first.is_whitespace()) {
        out.push(0);
    }
    out.reverse();
    out
}

/// What stands behind a title under labels of its own: who answers for it and its weight, as far as nothing else is told there.
pub(super) fn behind(title: &str, lexicon: &Lexicon) -> Vec<Part> {
    use Field::{ObjectiveWeight, Owner, Responsible, Weight};
    let mut parts = if title.contains(':') { parts(title, lexicon) } else { Vec::new() };
    let of_objective =
        |p: &Part| matches!(p.field, Owner | Responsible | Weight | ObjectiveWeight) && !p.value.is_empty();
    if !parts.iter().all(of_objective) || parts.first().is_some_and(|p| p.start == 0) {
        parts.clear();
    }
    parts
}

/// The figures of a cell that tells several under labels of their own: "Target: >= 80% - Risultato: 85%"; none for another cell.
pub(super) fn figures(text: &str, lexicon: &Lexicon) -> Vec<Part> {
    let parts = parts(text, lexicon);
    let whole =
        parts.len() > 1 && parts.first().is_some_and(|p| p.start == 0) && parts.iter().all(|p| is_figure(p.field));
    if whole { parts } else { Vec::new() }
}

/// Whether a field is one of an indicator's figures.
fn is_figure(field: Field) -> bool {
    use Field::*;
    matches!(field, Weight | Baseline | Target | RevisedTarget | Actual | Achievement | Variance)
}

impl Walker<'_> {
    /// A paragraph of labels and their values: the figures of an indicator, or who answers for an objective and its weight.
    pub(super) fn labelled_paragraph(&mut self, line: &Line) -> bool {
        let parts = parts(&line.text, self.lexicon);
        let text = fold(&line.text);
        let head = parts.first().and_then(|first| text.get(..first.start)).unwrap_or("").trim();
        // "Indicatore n. 1 – Pratiche evase Peso: 60 …": the indicator's name stands before the first label.
        let named =
            patterns::indicator_heading(head.trim_end_matches(['–', '-', ' '])).filter(|(_, name)| !name.is_empty());
        let opens = head.is_empty() || named.is_some();
        let figures = parts.iter().filter(|p| is_figure(p.field)).count();
        let names = named.is_some() || parts.iter().any(|p| p.field == Field::Indicator);
        let of_indicator = figures > 1 || (names && figures > 0);
        let of_objective = parts.iter().any(|p| p.field == Field::ObjectiveWeight);
        if !opens || parts.len() < 2 || !(of_indicator && (names || self.open_draft()) || of_objective) {
            return false;
        }
        if let Some((code, name)) = named {
            self.open_told(Some(code), "", &name, &line.source);
        }
        for part in &parts {
            self.labelled_part(part, &line.source);
        }
        true
    }

    /// A row of cells that each hold a label and its value, below an indicator's name.
    pub(super) fn labelled_cells(&mut self, row: &Cells) -> bool {
        let single = |text: &str| {
            let mut parts = parts(text, self.lexicon);
            parts.truncate(2);
            parts.pop().filter(|part| parts.is_empty() && part.start == 0 && !part.value.is_empty())
        };
        let objectives_own = !self.open_draft() && self.objective_is_new();
        if !(self.open_draft() || objectives_own) || row.cells.len() < 2 {
            return false;
        }
        let Some(parts) = row.cells.iter().map(|c| single(&c.text)).collect::<Option<Vec<Part>>>() else {
            return false;
        };
        if objectives_own
            && parts.iter().any(|p| p.field == Field::Indicator || is_figure(p.field) && p.field != Field::Weight)
        {
            return false;
        }
        for (part, cell) in parts.iter().zip(&row.cells) {
            self.labelled_part(part, &cell.source);
        }
        true
    }

    /// A row with a cell that tells indicators under labels; the other cells name their objective and who answers for it.
    pub(super) fn labelled_cell(&mut self, row: &Cells) -> bool {
        let told = row.cells.iter().enumerate().find_map(|(at, cell)| {
            let parts = parts(&cell.text, self.lexicon);
            let figures = parts.iter().filter(|p| is_figure(p.field)).count();
            let names = parts.iter().any(|p| p.field == Field::Indicator);
            let goes_on = figures > 0 && self.open_draft() && self.label.is_none();
            (parts.len() > 1 && figures > 0 && (names || goes_on)).then_some((at, parts))
        });
        let Some((at, parts)) = told else { return false };
        let others = || row.cells.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, cell)| cell);
        self.objective_of_cells(&others().cloned().collect::<Vec<_>>(), row);
        let Some(cell) = row.cells.get(at) else { return false };
        for part in &parts {
            self.labelled_part(part, &cell.source);
        }
        true
    }

    /// One label and its value.
    fn labelled_part(&mut self, part: &Part, source: &Source) {
        match part.field {
            Field::Indicator => self.open_told(part.number.clone(), &part.label, &part.value, source),
            _ if self.set_in_open(part.field, &part.label, &part.value, source) => {}
            Field::ObjectiveWeight | Field::Weight => self.objective_weight(&part.value, source),
            Field::Owner | Field::Responsible => self.objective_owner(&part.value),
            Field::Section if is_office(&part.label) => self.objective_owner(&part.value),
            Field::StrategicLink => {
                self.headings.strategic_link.get_or_insert_with(|| part.value.clone());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Field, Option<String>, String)> {
        parts(text, Lexicon::shipped()).into_iter().map(|p| (p.field, p.number, p.value)).collect()
    }

    #[test]
    fn a_label_is_made_of_the_last_words() {
        let words = |text: &str| last_words(text).into_iter().map(|at| text[at..].to_owned()).collect::<Vec<_>>();
        assert_eq!(words("Peso al 30/6"), ["Peso al 30/6", "al 30/6", "30/6"]);
        assert_eq!(words(" è  già "), ["è  già ", "già "]);
        assert_eq!(words("").len() + words(" ").len(), 0);
        assert_eq!(words(&"uno ".repeat(99)).len(), LABEL_WORDS);
        assert!(words(&"a".repeat(5000)).is_empty(), "no label");
    }

    #[test]
    fn labels_on_one_line() {
        assert_eq!(
            found("KPI 1: progetti presentati Target 2024: ≥ 8 – Peso: 40%"),
            [
                (Field::Indicator, Some("1".into()), "progetti presentati".into()),
                (Field::Target, None, "≥ 8".into()),
                (Field::Weight, None, "40%".into()),
            ]
        );
    }

    #[test]
    fn colons_of_a_sentence_are_no_labels() {
        assert_eq!(found("Il monitoraggio ha mostrato quanto segue: tutto bene"), []);
        assert_eq!(found("Nuove iniziative: due, alle 10:30"), []);
    }

    #[test]
    fn a_dash_as_value_stays() {
        assert_eq!(found("Peso: - Target: 5")[0], (Field::Weight, None, "-".into()));
    }
}

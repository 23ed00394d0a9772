//! Indicators told in running text under labels: "Indicatore: …", "Risultati: … il target era >100 … – Valutazione OIV = 100/100".

use std::sync::LazyLock;

use regex::Regex;

use super::draft::Draft;
use super::lexicon::Field;
use crate::document::{Source, fold};

/// A constant pattern, compiled by the tests below.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("constant pattern")
}

/// The mark that the evaluation body gives: "Valutazione OIV = 100/100", "la valutazione dell'OIV è stata pari a 99/100".
fn evaluation(text: &str) -> Option<(usize, String)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:la\s+)?valutazione\s+(?:dell['’]\s*)?oiv\s*(?:è\s+stata\s*)?(?:pari\s+a|di|=|:)?\s*(\d{1,3}(?:[.,]\d+)?\s*(?:/\s*\d{2,3}|%))",
        )
    });
    let found = FORM.captures(text)?;
    Some((found.get(0)?.start(), fold(&found[1])))
}

/// The target that a sentence mentions: "con target ≤ 0", "il target era >100"; of several, the clause that has them all.
fn target(text: &str) -> Option<String> {
    static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\btarget\b\s*(?:era|erano|è|previsto|di|:|=)?\s*((?:[^.;(–]|\.\d|\.\s*\p{Ll})*)")
    });
    static FIGURE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:[<>≤≥]\s*=?|=)\s*-?\d[\d.,]*\d*\s*(?:%|gg\.?|giorni|ore|mesi)?"));
    for clause in CLAUSE.captures_iter(text) {
        let clause = clause[1].trim();
        let figures: Vec<_> = FIGURE.find_iter(clause).collect();
        match figures[..] {
            [] => {}
            [only] => return Some(only.as_str().trim_end_matches([',', '.', ' ']).to_owned()),
            [.., last] => return Some(clause[..last.end()].trim_end_matches([',', ' ']).to_owned()),
        }
    }
    None
}

/// The result in brackets behind the statement that the objective was reached: "Obiettivo raggiunto (n. gg. 49,96)".
fn bracketed_result(text: &str) -> Option<String> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)raggiunt[oaie]\s*\(([^()]*\d[^()]*)\)"));
    Some(fold(&FORM.captures(text)?[1]))
}

/// Takes target, result and mark from the text that follows an indicator's name.
pub(super) fn tell(draft: &mut Draft, text: &str, source: &Source) {
    let text = fold(text);
    let (told, mark) = match evaluation(&text) {
        Some((start, mark)) => (text.get(..start).unwrap_or(&text).trim_end_matches([' ', '–', '-', ',']), Some(mark)),
        None => (text.as_str(), None),
    };
    if draft.told.targets.is_empty()
        && let Some(target) = target(told)
    {
        draft.set(Field::Target, "", &target, source);
    }
    if draft.told.actuals.is_empty() {
        let bracketed = bracketed_result(told);
        let whole = (mark.is_some() && !told.is_empty()).then(|| told.to_owned());
        if let Some(actual) = bracketed.or(whole) {
            draft.set(Field::Actual, "", &actual, source);
        }
    }
    if let Some(mark) = mark {
        draft.set(Field::Achievement, "", &mark, source);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (Option<String>, Option<String>, Option<String>) {
        let mut draft = Draft::default();
        tell(&mut draft, text, &Source::default());
        let first = |values: &[crate::extract::PrintedValue]| values.first().map(|v| v.raw.clone());
        (first(&draft.told.targets), first(&draft.told.actuals), first(&draft.told.achievements))
    }

    #[test]
    fn target_result_and_mark_in_one_paragraph() {
        let (target, actual, mark) = told(
            "nel piano era previsto l'indicatore, con target ≤ 0 . Per l'anno 2022 obiettivo raggiunto (ritardo medio -8,75) – Valutazione OIV = 100/100",
        );
        assert_eq!(target.as_deref(), Some("≤ 0"));
        assert_eq!(actual.as_deref(), Some("ritardo medio -8,75"));
        assert_eq!(mark.as_deref(), Some("100/100"));
    }

    #[test]
    fn several_targets_are_kept_together() {
        let (target, ..) = told("Il target era per i provv. entrata <75 gg, per i provv. uscita < 60 gg.");
        assert_eq!(target.as_deref(), Some("per i provv. entrata <75 gg, per i provv. uscita < 60 gg"));
    }

    #[test]
    fn a_mark_in_words_and_a_result_without_figures() {
        let (target, actual, mark) =
            told("Il piano è stato rispettato in pieno, la valutazione dell'OIV è stata pari a 99/100.");
        assert_eq!(target, None);
        assert_eq!(actual.as_deref(), Some("Il piano è stato rispettato in pieno"));
        assert_eq!(mark.as_deref(), Some("99/100"));
    }
}

//! The figures of a running text: targets, results, marks, as its sentences print them.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{MONTHS, fold};

/// A constant pattern, compiled by the tests below.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("constant pattern")
}

pub(super) type Pattern = LazyLock<Regex>;

/// A figure as results print it: sign, digits with their separators, percent sign.
pub(super) const FIGURE: &str = r"[-+]?\d[\d.]*(?:,\d+)?(?:\s*%)?";

/// A target as running text prints it.
pub(super) static FIRST_TARGET: Pattern =
    LazyLock::new(|| pattern(r"(?:[<>≤≥]\s*=?|=)?\s*-?\d[\d.,]*\d*\s*(?:%|gg\.?|giorni|ore|mesi)?"));

/// The same with the sign that tells it from other figures.
pub(super) static SIGNED_TARGET: Pattern =
    LazyLock::new(|| pattern(r"(?:[<>≤≥]\s*=?|=)\s*-?\d[\d.,]*\d*\s*(?:%|gg\.?|giorni|ore|mesi)?"));

/// The mark that the evaluation body gives: "Valutazione OIV = 100/100", "la valutazione dell'OIV è stata pari a 99/100".
pub(super) fn evaluation(text: &str) -> Option<(usize, String)> {
    static FORM: Pattern = LazyLock::new(|| {
        pattern(
            r"(?i)(?:la\s+)?valutazione\s+(?:dell['’]\s*)?oiv\s*(?:è\s+stata\s*)?(?:pari\s+a|di|=|:)?\s*(\d{1,3}(?:[.,]\d+)?\s*(?:/\s*\d{2,3}|%))",
        )
    });
    let found = FORM.captures(text)?;
    Some((found.get(0)?.start(), fold(&found[1])))
}

/// A last sentence that only says whether the objective was reached.
pub(super) fn verdict(text: &str) -> Option<(usize, String)> {
    static FORM: Pattern = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|[.;]\s+)((?:obiettivo\s+)?(?:non|parzialmente|pienamente|totalmente)?\s*raggiunto)\s*\.?\s*$",
        )
    });
    let found = FORM.captures(text)?.get(1)?;
    Some((found.start(), fold(found.as_str())))
}

/// The targets of a clause that gives several, each with the words before it: "per l'entrata <75 gg, per l'uscita < 60 gg".
pub(super) fn targets(text: &str) -> Vec<(String, String)> {
    for clause in after_target(text) {
        let mut before = 0;
        let mut found = Vec::new();
        for figure in SIGNED_TARGET.find_iter(clause) {
            let label = clause.get(before..figure.start()).unwrap_or_default().trim();
            found.push((label.to_owned(), figure.as_str().trim_end_matches([',', '.', ' ']).to_owned()));
            before = figure.end();
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// What follows the word "target", up to the end of its clause.
fn after_target(text: &str) -> impl Iterator<Item = &str> {
    static CLAUSE: Pattern = LazyLock::new(|| {
        pattern(r"(?i)\btarget\b\s*(?:era|erano|è|previsto|di|:|=)?\s*((?:[^.;(–]|\.\d|\.\s*\p{Ll})*)")
    });
    CLAUSE.captures_iter(text).filter_map(|c| Some(c.get(1)?.as_str().trim()))
}

/// The target that a sentence mentions: "con target ≤ 0", "il target era >100"; of several, the clause that has them all.
pub(super) fn target(text: &str) -> Option<String> {
    for clause in after_target(text) {
        let figures: Vec<_> = SIGNED_TARGET.find_iter(clause).collect();
        match figures[..] {
            [] => {}
            [only] => return Some(only.as_str().trim_end_matches([',', '.', ' ']).to_owned()),
            [.., last] => return Some(clause[..last.end()].trim_end_matches([',', ' ']).to_owned()),
        }
    }
    None
}

/// The account without the sentence that tells a target's revision, and the target as revised: "il target era stato
/// revisionato e modificato in …".
pub(super) fn without_revision(text: &str) -> (String, Option<String>) {
    static FORM: Pattern = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)(?:^|\.\s+)[^.]*\btarget\b[^.;]*?\b(?:revisionat|rivist|modificat|ridefinit|rimodulat|aggiornat|ridott)[oa]",
            r"(?:\s+e\s+\p{L}+t[oa])?\s+(?:in|a)\s+([^.;]+)"
        ))
    });
    let Some(found) = FORM.captures(text) else { return (text.to_owned(), None) };
    let (Some(sentence), Some(revised)) = (found.get(0), found.get(1)) else { return (text.to_owned(), None) };
    let rest = format!("{} {}", &text[..sentence.start()], text[sentence.end()..].trim_start_matches(['.', ' ']));
    (rest.trim().to_owned(), Some(revised.as_str().trim().to_owned()))
}

/// A target that stands in brackets at the end of the indicator's name.
pub(super) fn target_in_name(name: &str) -> Option<String> {
    static FORM: Pattern = LazyLock::new(|| pattern(r"\(([^()]*\d[^()]*)\)\s*$"));
    Some(FORM.captures(name)?[1].trim().to_owned())
}

/// The day that an indicator's name sets: "creazione del modello entro il 31/7/2022".
pub(super) fn deadline(name: &str) -> Option<String> {
    static FORM: Pattern = LazyLock::new(|| {
        let day = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}";
        pattern(&format!(r"(?i)\bentro\s+(?:il\s+)?(?:{day}|\d{{1,2}}\s+(?:{MONTHS})(?:\s+\d{{4}})?)\s*$"))
    });
    Some(FORM.find(name)?.as_str().trim().to_owned())
}

/// The result in brackets behind the statement that the objective was reached: "Obiettivo raggiunto (n. gg. 49,96)".
pub(super) fn bracketed_result(text: &str) -> Option<String> {
    static FORM: Pattern = LazyLock::new(|| pattern(r"(?i)raggiunt[oaie]\s*\(([^()]*\d[^()]*)\)"));
    Some(fold(&FORM.captures(text)?[1]))
}

/// The figures of a result, each with the words before it: "provv. entrata: 49,96, provv. uscita 53,1".
pub(super) fn results(text: &str) -> Vec<(String, String)> {
    static FORM: Pattern = LazyLock::new(|| pattern(&format!(r"([^\d,;]*?\p{{L}}[^\d,;]*?)[:=\s]\s*({FIGURE})")));
    FORM.captures_iter(text).map(|c| (c[1].trim().to_owned(), c[2].trim().to_owned())).collect()
}

/// The statement of a result without what limits it: the first sentence, up to a concession.
pub(super) fn main_statement(text: &str) -> &str {
    static ENDS: Pattern =
        LazyLock::new(|| pattern(r"(?i)[,;]\s+(?:anche se|sebbene|benché|pur se|ancorché|tuttavia)\b|\.\s+\p{Lu}"));
    let end = ENDS.find(text).map_or(text.len(), |found| found.start());
    text[..end].trim_end_matches(['.', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_a_name_sets() {
        assert_eq!(deadline("creazione del modello entro il 31/7/2022").as_deref(), Some("entro il 31/7/2022"));
        assert_eq!(deadline("istruttorie concluse entro 60 giorni"), None);
    }

    #[test]
    fn targets_and_results_with_the_words_before_them() {
        let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        let told = targets("Il target era per le entrate <75 gg, per le uscite < 60 gg.");
        assert_eq!(told, [pair("per le entrate", "<75 gg"), pair(", per le uscite", "< 60 gg")]);
        assert_eq!(results("entrate: 49,96, uscite 53,1"), [pair("entrate", "49,96"), pair("uscite", "53,1")]);
        assert_eq!(target("con target ≤ 0 . Per l'anno").as_deref(), Some("≤ 0"));
    }
}

//! ATT108: un'intestazione è di un altro anno.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::DocumentKind;

pub(super) static RULE: Rule = Rule {
    code: "ATT108",
    severity: Severity::Warning,
    title: Text { it: "un'intestazione è di un altro anno", en: "a heading is of another year" },
    what: "Nelle relazioni cerca i titoli e le didascalie che dicono «anno», «esercizio» o «performance» di un anno che non è quello del documento.",
    why: "La tabella può essere quella dell'anno prima, o il titolo è stato copiato.",
    basis: "ISO/IEC 25012, attualità: il dato è del momento giusto.",
    example: "Relazione 2018, «Allegato 1 – Risultati dell'esercizio 2017».",
    advice: Text {
        it: "correggere l'anno, o dire che sono dati di confronto",
        en: "correct the year, or say that these are figures for comparison",
    },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:anno|esercizio|performance|risultati)\s+(?:dell['’]anno\s+)?(20\d\d)\b")
            .expect("constant pattern")
    });
    static ANY: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"\b20\d\d\b").expect("constant pattern")
    });
    let reports = matches!(view.plan.card.kind, DocumentKind::Report | DocumentKind::Monitoring);
    let Some(year) = view.plan.card.year.filter(|_| reports) else { return Vec::new() };
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_none() || p.cells.len() == 1) {
        let Some(cell) = passage.cells.first() else { continue };
        let line = cell.raw.as_str();
        let opens = ["allegato", "tabella", "tab", "scheda", "sezione", "parte"];
        // An objective's title names the year of what it is about.
        let title = passage.heading.is_some() && !key(line).starts_with("obiettiv")
            || opens.iter().any(|w| key(line).split(' ').next() == Some(*w));
        if !title || line.chars().count() > 140 || ANY.find_iter(line).count() != 1 {
            continue;
        }
        let Some(found) = YEAR.captures(line).and_then(|m| m[1].parse::<i16>().ok()) else { continue };
        let planned = view.plan.card.years.is_some_and(|(first, last)| (first..=last).contains(&found));
        if found == year || planned || said(line, &view.phrases.comparison).is_some() {
            continue;
        }
        out.push(view.at(rule, passage.objective, &cell.source).quote("titolo", "heading", line).says(
            format!("il titolo è del {found}, il documento del {year}"),
            format!("the heading is of {found}, the document of {year}"),
        ));
    }
    out
}

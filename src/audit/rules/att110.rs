//! ATT110: un documento approvato prima che il periodo finisca.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::dates::days;
use crate::normalise::DocumentKind;
use crate::score::words::day;

pub(super) static RULE: Rule = Rule {
    code: "ATT110",
    severity: Severity::Warning,
    title: Text {
        it: "un documento approvato prima che il periodo finisca",
        en: "a document approved before its period ends",
    },
    what: "Confronta la data di approvazione della relazione con l'anno di cui riferisce; e nel testo cerca i bilanci e le relazioni di un anno «approvati» con un atto dello stesso anno.",
    why: "I risultati di un periodo non si possono approvare prima che finisca: l'anno della data è sbagliato.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "«Bilancio d'esercizio 2019 approvato … con provvedimento n. 42 del 21.04.2019».",
    advice: Text { it: "controllare la data dell'atto", en: "check the date of the act" },
    gather: None,
    check: Check::Document(check),
};

pub(super) fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static APPROVED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:bilancio d['’]esercizio|consuntivo|relazione sulla performance|relazione sulla gestione[^.;]{0,40}?)\s+(?:dell['’]anno\s+|per il\s+)?(20\d{2})\s+(?:[\p{L}’']+\s+){0,4}?(?:approvat|adottat)[aoei]\b([^.;]{0,80}.{0,40})")
            .expect("constant pattern")
    });
    let mut out = Vec::new();
    let card = &view.plan.card;
    let approved = card.approval.as_deref().and_then(|a| days(a).into_iter().find_map(|d| d.date));
    if let (Some(date), Some(end)) = (approved, card.reference_date)
        && card.kind == DocumentKind::Report
        && date < end
    {
        let raw = card.approval.as_deref().unwrap_or_default();
        out.push(Finding::of(rule).quote("approvazione", "approval", raw).says(
            format!("la relazione è approvata il {}, prima del {}, giorno a cui riferisce", day(date), day(end)),
            format!("the report is approved on {}, before {}, the day it reports on", day(date), day(end)),
        ));
    }
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in APPROVED.captures_iter(&cell.raw) {
                let Ok(year) = found[1].parse::<i16>() else { continue };
                let dated = days(&found[2]).into_iter().find_map(|d| d.date);
                let Some(date) = dated.filter(|d| d.year() <= year) else { continue };
                out.push(view.at(rule, passage.objective, &cell.source).quote("testo", "text", found[0].trim()).says(
                    format!("ciò che riferisce del {year} è approvato il {}: prima che l'anno finisca", day(date)),
                    format!("what reports on {year} is approved on {}: before the year ends", day(date)),
                ));
            }
        }
    }
    out
}

//! COE247: un rinvio a un allegato, o al documento stesso, che non torna.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;
use crate::extract::{Passage, Printed};
use crate::normalise::DocumentKind;

pub(super) static RULE: Rule = Rule {
    code: "COE247",
    severity: Severity::Info,
    title: Text {
        it: "un rinvio a un allegato, o al documento stesso, che non torna",
        en: "a reference to an annex, or to the document itself, that doesn't fit",
    },
    what: "Cerca i rinvii a un allegato che il documento non ha («allegato 1» dove gli allegati sono A, B, C), e le relazioni che chiamano sé stesse «il presente Piano».",
    why: "Il testo è copiato da un altro documento: chi segue il rinvio non trova nulla.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«si rimanda all'allegato 1 al presente Piano operativo», in una Relazione con gli allegati A-E.",
    advice: Text { it: "correggere il rinvio", en: "correct the reference" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static ANNEX: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"\b(?i:(?:all['’]|l['’]|nell['’]|dell['’]|dall['’]|in\s|cfr\.?\s|vedi\s|\()allegat[oi])\s+(?i:n\.?\s*)?(\d{1,2}|[A-Z])\b(?:\s+(?i:(al|del|della|alla)\s+present[ei]))?").expect("constant pattern")
    });
    static OWN: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)^allegat[oi]\s+(?:n\.?\s*)?(\d{1,2}|[a-z])\b").expect("constant pattern")
    });
    let cells = || view.plan.passages.iter().flat_map(|p| p.cells.iter().map(move |c| (p, c)));
    let mut out = Vec::new();
    // Annexes that open with their own heading.
    let mut own: Vec<String> = Vec::new();
    for (_, cell) in cells().filter(|(_, c)| c.raw.chars().count() < 120) {
        if let Some(found) = OWN.captures(cell.raw.trim()) {
            own.push(found[1].to_uppercase());
        }
    }
    let lettered = own.iter().filter(|a| a.chars().all(char::is_alphabetic)).count();
    let mut cited: Vec<(String, usize, &Passage, &Printed)> = Vec::new();
    for (passage, cell) in cells() {
        for found in ANNEX.captures_iter(&cell.raw) {
            // Annexes of other acts are not the document's.
            if found.get(2).is_none() {
                continue;
            }
            match cited.iter_mut().find(|(known, ..)| *known == found[1]) {
                Some(known) => known.1 += 1,
                None => cited.push((found[1].to_owned(), 1, passage, cell)),
            }
        }
    }
    for (annex, n, passage, cell) in cited {
        let digits = annex.chars().all(|c| c.is_ascii_digit());
        if own.contains(&annex) || own.len() < 2 || digits && lettered < 2 {
            continue;
        }
        let mut named = own.clone();
        named.sort_unstable();
        named.dedup();
        let sentence =
            cell.raw.split_inclusive(". ").find(|s| s.to_lowercase().contains("allegat")).unwrap_or(&cell.raw);
        out.push(
            view.at(rule, passage.objective, &cell.source)
                .quote("rinvio", "reference", &shortened(sentence.trim()))
                .says(
                    format!("l'allegato {annex}, citato {}, non c'è: gli allegati sono {}", times(n), named.join(", ")),
                    format!("annex {annex}, cited {n} times, isn't there: the annexes are {}", named.join(", ")),
                ),
        );
    }
    if view.plan.card.kind == DocumentKind::Report {
        out.extend(itself(rule, view));
    }
    out
}

fn times(n: usize) -> String {
    if n == 1 { "una volta".to_owned() } else { format!("{n} volte") }
}

/// A report that calls itself a plan.
fn itself(rule: &Rule, view: &View<'_>) -> Option<Finding> {
    static PLAN: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:al|del|nel|il|dal)\s+presente\s+piano(?:\s+(?:della\s+performance|operativo|integrato))?")
            .expect("constant pattern")
    });
    let cells = || view.plan.passages.iter().flat_map(|p| p.cells.iter().map(move |c| (p, c)));
    let n = cells().filter(|(_, c)| PLAN.is_match(&c.raw)).count();
    let (passage, cell, said) = cells().find_map(|(p, c)| Some((p, c, PLAN.find(&c.raw)?)))?;
    let sentence = cell.raw.split_inclusive(". ").find(|s| s.contains(said.as_str())).unwrap_or(&cell.raw);
    Some(view.at(rule, passage.objective, &cell.source).quote("testo", "text", &shortened(sentence.trim())).says(
        format!("la relazione chiama sé stessa «{}» ({})", said.as_str(), times(n)),
        format!("the report calls itself “{}” ({n} times)", said.as_str()),
    ))
}

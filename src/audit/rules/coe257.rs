//! COE257: una missione o un programma che la tabella del bilancio non ha.

use super::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::{figure, tables};
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE257",
    severity: Severity::Warning,
    title: Text {
        it: "una missione o un programma che il bilancio del documento non ha",
        en: "a mission or programme that the document's budget doesn't have",
    },
    what: "Confronta le missioni e i programmi nominati nelle schede e nel testo («032-002», «missione 033») con quelli \
          della tabella delle risorse.",
    why: "Le risorse dell'obiettivo non si trovano, o il codice è sbagliato.",
    basis: "D.M. 27 marzo 2013 e D.P.C.M. 12 dicembre 2012: le missioni e i programmi sono quelli del bilancio.",
    example: "Scheda: «Missione-Programma 032-002»; la tabella delle risorse ha solo 032-003.",
    advice: Text { it: "correggere il codice, o completare la tabella", en: "correct the code, or complete the table" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = programmes(rule, view);
    out.extend(missions(rule, view));
    out
}

fn programme(text: &str) -> Option<String> {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"^(0\d{2})\s*[-–./]\s*(0\d{2})(?:\s|$)").expect("constant pattern")
    });
    CODE.captures(text.trim()).map(|m| format!("{}-{}", &m[1], &m[2]))
}

/// Codes in sheets ("Missione-Programma | 032-002") against the rows of a table with amounts.
fn programmes(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut budget: BTreeSet<String> = BTreeSet::new();
    for rows in tables(view) {
        let of = |row: &&&crate::extract::Passage| {
            let code = row.cells.first().and_then(|c| programme(&c.raw))?;
            row.cells.iter().skip(1).any(|c| figure(&c.raw).is_some()).then_some(code)
        };
        let codes: BTreeSet<String> = rows.iter().filter_map(|r| of(&r)).collect();
        if codes.len() > 2 {
            budget.extend(codes);
        }
    }
    if budget.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut right = 0;
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some()) {
        let [label, cell] = &passage.cells[..] else { continue };
        let named = key(&label.raw).starts_with("mission") || key(&label.raw).starts_with("programm");
        let Some(code) = programme(&cell.raw).filter(|_| named) else { continue };
        if budget.contains(&code) {
            right += 1;
            continue;
        }
        out.push(view.at(rule, passage.objective, &cell.source).quote("riga", "row", &cell.raw).says(
            format!("la scheda è del programma {code}, che la tabella delle risorse non ha"),
            format!("the sheet belongs to programme {code}, which the table of resources doesn't have"),
        ));
    }
    if right > out.len() { out } else { Vec::new() }
}

/// "gli obiettivi della missione 033" in a document whose tables and headings have other missions.
fn missions(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static MISSION: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\bmissione\s+(?:n\.?\s*)?(0\d{2})\b").expect("constant pattern")
    });
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut headed = 0;
    for passage in view.plan.passages.iter() {
        for cell in &passage.cells {
            let opens = MISSION.captures(&cell.raw).filter(|m| m.get(0).is_some_and(|m| m.start() == 0));
            if let Some(found) = opens {
                headed += 1;
                known.insert(found[1].to_owned());
            } else if passage.table.is_some() {
                let code: String = cell.raw.trim().chars().take_while(char::is_ascii_digit).collect();
                if code.len() == 3 && code.starts_with('0') {
                    known.insert(code);
                }
            }
        }
    }
    if headed < 3 {
        return Vec::new();
    }
    let mut out: Vec<Finding> = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_none()) {
        for cell in &passage.cells {
            let lost = |m: &regex::Captures<'_>| !known.contains(&m[1]) && m.get(0).is_some_and(|m| m.start() > 0);
            let Some(found) = MISSION.captures_iter(&cell.raw).find(lost) else { continue };
            let sentence = cell.raw.split_inclusive(". ").find(|s| s.contains(&found[0])).unwrap_or(&cell.raw);
            out.push(view.at(rule, passage.objective, &cell.source).quote("testo", "text", &shortened(sentence)).says(
                format!("il testo parla della missione {}, che nelle tabelle del documento non c'è", &found[1]),
                format!("the text speaks of mission {}, which the document's tables don't have", &found[1]),
            ));
        }
    }
    out
}

//! COE233: un elenco di obiettivi e le schede non corrispondono.

use super::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::tables;
use crate::audit::remarks::shortened;
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE233",
    severity: Severity::Warning,
    title: Text {
        it: "un elenco di obiettivi e le schede non corrispondono",
        en: "a list of objectives and the sheets don't match",
    },
    what: "Cerca le tabelle e gli elenchi che nominano per codice la maggior parte degli obiettivi e li confronta con le schede: codici senza una scheda, schede che l'elenco non nomina (una nota).",
    why: "Un obiettivo aggiunto o tolto non è stato riportato dappertutto.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "L'albero elenca 1.1, 1.2, 1.3 e 1.4; 1.4 non ha una scheda.",
    advice: Text { it: "allineare l'elenco e le schede", en: "bring the list and the sheets in line" },
    gather: None,
    check: Check::Document(check),
};

/// A list that names fewer of the objectives than this share is a list of something else.
const MOST: usize = 60;

/// What the rule finds.
pub(super) fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    coded(rule, view).into_iter().chain(numbered(rule, view)).collect()
}

fn coded(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let plain = |code: &str| code.replace(' ', "").trim_matches('.').to_uppercase();
    let sheets: BTreeSet<String> = view
        .objectives()
        .filter(|(n, _)| view.members(*n).next().is_some() || view.children(*n).next().is_some())
        .filter_map(|(_, o)| Some(plain(o.code.as_deref()?)))
        .filter(|c| c.contains('.'))
        .collect();
    if sheets.len() < 5 {
        return Vec::new();
    }
    let depth = |code: &str| code.matches('.').count();
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::new();
    for rows in tables(view) {
        let named: Vec<(String, &Passage, &Printed)> = rows
            .iter()
            .flat_map(|row| row.cells.iter().map(move |cell| (*row, cell)))
            .flat_map(|(row, cell)| codes(&cell.raw).into_iter().map(move |code| (plain(&code), row, cell)))
            .collect();
        // The sheets themselves, read as one table, are no list of them.
        let own = |(code, row, _): &&(String, &Passage, &Printed)| {
            let objective = row.objective.and_then(|o| view.plan.objectives.get(o));
            objective.and_then(|o| o.code.as_deref()).is_some_and(|c| plain(c) == *code)
        };
        if named.iter().filter(own).count() * 2 > named.len() {
            continue;
        }
        let listed: BTreeSet<&String> = named.iter().map(|(code, ..)| code).collect();
        let level = listed.iter().filter(|c| sheets.contains(**c)).map(|c| depth(c)).max().unwrap_or(0);
        let peers: Vec<&String> = sheets.iter().filter(|c| depth(c) == level).collect();
        let known = peers.iter().filter(|c| listed.contains(**c)).count();
        let Some((_, row, cell)) = named.first() else { continue };
        if known < 5 || known * 100 < peers.len() * MOST {
            continue;
        }
        for (code, row, cell) in named.iter().filter(|(c, ..)| depth(c) == level && !sheets.contains(c)) {
            // A code that most of the others don't look like is no objective's.
            let letters = |c: &str| c.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            if !peers.iter().any(|p| letters(p) == letters(code)) || !told.insert(code.clone()) {
                continue;
            }
            out.push(view.at(rule, row.objective, &cell.source).quote("elenco", "list", &shortened(&cell.raw)).says(
                format!("l'elenco nomina l'obiettivo {code}, che non ha una scheda con indicatori"),
                format!("the list names objective {code}, which has no sheet with indicators"),
            ));
        }
        // The row that names most of them is the list.
        let (row, cell) = named
            .iter()
            .find(|(c, ..)| depth(c) == level && peers.contains(&c))
            .map_or((row, cell), |(_, row, cell)| (row, cell));
        let missing: Vec<&str> = peers.iter().filter(|c| !listed.contains(**c)).map(|c| c.as_str()).collect();
        if !missing.is_empty() && told.insert(missing.join(" ")) {
            out.push(
                view.at(rule, row.objective, &cell.source)
                    .quote("elenco", "list", &shortened(&cell.raw))
                    .weighs(Severity::Info)
                    .says(
                        format!("l'elenco nomina {known} obiettivi su {}: mancano {}", peers.len(), missing.join(", ")),
                        format!(
                            "the list names {known} of {} objectives: {} are missing",
                            peers.len(),
                            missing.join(", ")
                        ),
                    ),
            );
        }
    }
    out
}

/// Rows of a summary, a number and a title each, that name an objective without a sheet where nearly all others have one.
fn numbered(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let titles: Vec<String> =
        view.objectives().filter(|(n, _)| view.members(*n).next().is_some()).map(|(_, o)| key(&o.title)).collect();
    let mut out = Vec::new();
    for rows in tables(view) {
        let pair = |row: &'_ &Passage| {
            let [number, title, ..] = &row.cells[..] else { return None };
            let counts = !number.raw.is_empty() && number.raw.trim_end_matches('.').chars().all(|c| c.is_ascii_digit());
            (counts && number.raw.len() < 4).then(|| key(&title.raw))
        };
        let named: Vec<(&Passage, String)> = rows.iter().filter_map(|r| Some((*r, pair(r)?))).collect();
        let known = named.iter().filter(|(_, t)| titles.contains(t)).count();
        let lost: Vec<&(&Passage, String)> = named.iter().filter(|(_, t)| !titles.contains(t)).collect();
        // The sheets' own rows are numbered too: there each number is an indicator's.
        if known < 4 || lost.is_empty() || lost.len() * 4 > known {
            continue;
        }
        for (row, title) in lost {
            let Some(cell) = row.cells.get(1) else { continue };
            if view.objectives().any(|(_, o)| similar(&o.title, title) >= 0.5) || words(title).len() < 2 {
                continue;
            }
            out.push(view.at(rule, None, &cell.source).quote("elenco", "list", &cell.raw).says(
                "l'elenco nomina un obiettivo che non ha una scheda con indicatori",
                "the list names an objective that has no sheet with indicators",
            ));
        }
    }
    out
}

/// The codes that open a cell's lines, or its parts between semicolons, with a title behind them.
fn codes(text: &str) -> Vec<String> {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"^(?i:obiettiv[oi]\s+(?:operativ[oi]|strategic[oi]|annual[ei]|specific[oi])?\s*)?([A-Z]{0,3}\s?\d{1,2}(?:\.\d{1,2}){1,2})\.?\s*[:–—-]?\s+\p{L}")
            .expect("constant pattern")
    });
    text.split(['\n', ';', '•'])
        .map(str::trim)
        .filter(|l| l.chars().count() < 300)
        .filter_map(|l| Some(CODE.captures(l)?.get(1)?.as_str().to_owned()))
        .collect()
}

//! COE270: le risorse degli obiettivi superano quelle della missione.

use super::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::{cell_at, figure, tables};
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE270",
    severity: Severity::Error,
    title: Text {
        it: "le risorse degli obiettivi non fanno quelle della missione",
        en: "the objectives' resources don't make the mission's",
    },
    what: "Somma le risorse degli obiettivi nelle tabelle di ogni missione e le confronta con la riga della missione nel \
          riepilogo, quando per altre missioni tornano.",
    why: "Una delle cifre è sbagliata: le risorse dell'obiettivo o quelle della missione.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Missione 032: obiettivi 5.000 + 12.000, riepilogo 15.000.",
    advice: Text {
        it: "controllare le risorse degli obiettivi e il riepilogo",
        en: "check the objectives' resources and the summary",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static MISSION: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)^missione\s+(?:n\.?\s*)?(0\d{2})\b").expect("constant pattern")
    });
    // The amounts in the tables under each mission's heading.
    let mut parts: BTreeMap<String, Vec<Decimal>> = BTreeMap::new();
    let mut under: Option<String> = None;
    let mut column: Option<(usize, u32)> = None;
    let mut totals: Vec<(String, &Passage, &Printed, Decimal)> = Vec::new();
    for passage in &view.plan.passages {
        let Some(table) = passage.table else {
            let headed = passage.cells.first().and_then(|c| MISSION.captures(&c.raw));
            // A heading of another chapter ends the mission's.
            under = headed.map(|m| m[1].to_owned()).or(under.filter(|_| passage.heading.is_none()));
            continue;
        };
        let heads = passage.cells.iter().position(|c| key(&c.raw).starts_with("risorse") && c.raw.chars().count() < 40);
        if let Some(at) = heads {
            // The summary's own column is what is compared.
            let summary = passage.cells.first().is_some_and(|c| key(&c.raw).starts_with("mission"));
            column = passage.columns.get(at).map(|c| (table, *c)).filter(|_| !summary);
        }
        let (Some(code), Some((own, at))) = (&under, column) else { continue };
        if own == table
            && let Some(found) = cell_at(passage, at).and_then(|c| figure(&c.raw))
        {
            parts.entry(code.clone()).or_default().push(found.value);
        }
    }
    for rows in tables(view) {
        for row in rows {
            let code: Option<String> =
                row.cells.first().map(|c| c.raw.trim().chars().take_while(char::is_ascii_digit).collect());
            let Some(code) = code.filter(|c: &String| c.len() == 3 && parts.contains_key(c)) else { continue };
            let amount = row.cells.iter().rev().find_map(|c| Some((c, figure(&c.raw)?.value)));
            if let Some((cell, value)) = amount.filter(|(_, v)| *v >= Decimal::ONE_HUNDRED) {
                totals.push((code, row, cell, value));
            }
        }
    }
    let sum = |code: &String| parts.get(code).map_or(Decimal::ZERO, |list| list.iter().sum());
    let right = totals.iter().filter(|(code, .., value)| sum(code) == *value).count();
    let wrong: Vec<_> = totals.iter().filter(|(code, .., value)| sum(code) != *value).collect();
    if right < 2 || wrong.len() * 2 > right {
        return Vec::new();
    }
    let finding = |(code, row, cell, value): &(String, &Passage, &Printed, Decimal)| {
        let terms: Vec<String> =
            parts.get(code).map_or(Vec::new(), |list| list.iter().map(|n| italian(*n, 2)).collect());
        let all = italian(sum(code), 2);
        view.at(rule, row.objective, &cell.source)
            .quote("riepilogo", "summary", &cell.raw)
            .says(
                format!(
                    "le risorse degli obiettivi della missione {code} fanno {all}, il riepilogo stampa {}",
                    italian(*value, 2)
                ),
                format!(
                    "the resources of mission {code}'s objectives make {all}, the summary prints {}",
                    italian(*value, 2)
                ),
            )
            .reckons(format!("{} = {all}", terms.join(" + ")))
    };
    wrong.into_iter().map(finding).collect()
}

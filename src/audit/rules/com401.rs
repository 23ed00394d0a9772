//! COM401: obiettivo senza indicatori.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::figure;

pub(super) static RULE: Rule = Rule {
    code: "COM401",
    severity: Severity::Warning,
    title: Text { it: "obiettivo senza indicatori", en: "objective without indicators" },
    what: "Cerca gli obiettivi con un peso o un titolo nelle tabelle e nessun indicatore, né proprio né di \
          obiettivi sotto di loro.",
    why: "Un obiettivo senza indicatori non si misura.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Obiettivo con peso 10% e nessuna scheda.",
    advice: Text {
        it: "aggiungere gli indicatori, o togliere l'obiettivo",
        en: "add indicators, or drop the objective",
    },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    if view.plan.indicators.is_empty() {
        return Vec::new();
    }
    let finding = |(index, objective): (usize, &Objective)| {
        let weighed = objective.weight.as_ref().is_some_and(|w| number(w).is_some());
        let leads = view.children(index).next().is_some() || objective.sheet.refers_to.is_some();
        (weighed && !leads && view.members(index).next().is_none()).then(|| {
            let mut finding = view.on_objective(rule, index);
            if let Some(weight) = &objective.weight {
                finding = finding.quote("peso", "weight", &weight.raw);
            }
            finding.says("l'obiettivo ha un peso ma nessun indicatore", "the objective has a weight but no indicator")
        })
    };
    view.objectives()
        .filter_map(finding)
        .chain(unknown(rule, view))
        .chain(unmeasured(rule, view))
        .chain(put_off(rule, view))
        .collect()
}

/// A row with an objective's number and title that says its indicators are still to come.
fn put_off(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some() && p.cells.len() > 1) {
        let later = |c: &crate::extract::Printed| {
            key(&c.raw).starts_with("indicator")
                && c.raw.chars().count() < 80
                && said(&c.raw, &view.phrases.deferred).is_some()
        };
        let Some(at) = passage.cells.iter().position(later) else { continue };
        let (Some(cell), Some(title)) = (passage.cells.get(at), passage.cells.first().filter(|_| at > 0)) else {
            continue;
        };
        let number = title.raw.starts_with(|c: char| c.is_ascii_digit()) && words(&title.raw).len() > 1;
        let known = view.objectives().any(|(n, o)| {
            words(&o.title).len() > 1 && covered(&o.title, &title.raw) >= 0.9 && view.members(n).next().is_some()
        });
        if number && !known {
            out.push(
                view.at(rule, None, &cell.source)
                    .quote("riga", "row", &title.raw)
                    .quote("indicatori", "indicators", &cell.raw)
                    .says(
                        "l'obiettivo non ha indicatori: la riga li rinvia",
                        "the objective has no indicators: the row puts them off",
                    ),
            );
        }
    }
    out
}

/// A code of the tree's upper level without indicators of its own, where nearly all its peers have them.
fn unmeasured(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static NODE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"^((?:[A-Z]{0,3}\s?)\d{1,2}\.\d{1,2})\.?\s+[-–—:]?\s*(\p{Lu}.{5,150})$").expect("constant pattern")
    });
    let plain = |code: &str| code.replace(' ', "").trim_matches('.').to_uppercase();
    let measured: Vec<(String, bool)> = view
        .objectives()
        .filter_map(|(n, o)| Some((plain(o.code.as_deref()?), view.members(n).next().is_some())))
        .filter(|(_, with)| *with)
        .collect();
    let has = |code: &str| measured.iter().any(|(c, _)| c == code);
    let below = |code: &str| measured.iter().any(|(c, _)| c.starts_with(&format!("{code}.")));
    let mut nodes: Vec<(String, &crate::extract::Passage, &crate::extract::Printed)> = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some()) {
        for cell in &passage.cells {
            let Some(found) = NODE.captures(cell.raw.trim()) else { continue };
            let code = plain(&found[1]);
            if !nodes.iter().any(|(c, ..)| *c == code) {
                nodes.push((code, passage, cell));
            }
        }
    }
    let with = nodes.iter().filter(|(c, ..)| has(c) && below(c)).count();
    let without: Vec<_> = nodes.iter().filter(|(c, ..)| !has(c) && below(c)).collect();
    if with < 4 || without.len() > 1 {
        return Vec::new();
    }
    let finding = |(code, _, cell): &&(String, &crate::extract::Passage, &crate::extract::Printed)| {
        view.at(rule, None, &cell.source).quote("albero", "tree", &cell.raw).says(
            format!("l'obiettivo {code} non ha indicatori propri; gli altri del suo livello sì"),
            format!("objective {code} has no indicators of its own; the others of its level do"),
        )
    };
    without.iter().map(finding).collect()
}

/// Rows of a table of weights, "Obiettivo strategico: title | 100%", whose title no objective of the document has.
fn unknown(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?is)^obiettivo\s+(?:strategico|operativo)\s*:?\s+(?:n\.?\s*)?(?:[A-Z]{0,3}\d[\d.]*\s+)?(\p{L}.{11,220})$")
            .expect("constant pattern")
    });
    let mut out: Vec<Finding> = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some() && p.objective.is_none()) {
        let weighs = passage.cells.iter().any(|c| figure(&c.raw).is_some_and(|f| f.percent));
        for cell in passage.cells.iter().filter(|_| weighs) {
            let Some(found) = NAMED.captures(cell.raw.trim()) else { continue };
            let known =
                view.objectives().any(|(_, o)| covered(&o.title, &found[1]).max(covered(&found[1], &o.title)) >= 0.6);
            if known || view.plan.objectives.len() < 3 || out.iter().any(|f| f.text == found[1]) {
                continue;
            }
            out.push(view.at(rule, None, &cell.source).quote("titolo", "title", &found[1]).says(
                "la tabella dei pesi nomina un obiettivo che non ha una scheda",
                "the table of weights names an objective that has no sheet",
            ));
        }
    }
    out
}

//! COM410: cifre della sintesi che il documento non riprende.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::{Figure, figure};

pub(super) static RULE: Rule = Rule {
    code: "COM410",
    severity: Severity::Info,
    title: Text {
        it: "cifre della sintesi che il documento non riprende",
        en: "figures of the summary that the document doesn't take up",
    },
    what: "Cerca, nelle tabelle dei risultati principali in apertura, le cifre che non tornano in nessun altro punto del documento.",
    why: "Non si può vedere da dove vengono.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "«Imprese coinvolte nell'assessment: 190», cifra che non sta in nessuna scheda.",
    advice: Text { it: "citare la scheda o la fonte della cifra", en: "cite the sheet or source of the figure" },
    gather: Some(2),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let passages = &view.plan.passages;
    let begins = passages.iter().position(|p| p.objective.is_some()).unwrap_or(passages.len());
    let mut summary = false;
    let mut out = Vec::new();
    for (at, passage) in passages.iter().enumerate().take(begins) {
        let line = passage.cells.first().map(|c| c.raw.as_str()).unwrap_or_default();
        if passage.cells.len() == 1 && line.chars().count() < 120 {
            summary = said(line, &view.phrases.summaries).is_some() || summary && passage.table.is_some();
        }
        let [label, value] = &passage.cells[..] else { continue };
        let Some(digits) = figure(&value.raw).filter(|f| summary && f.value.abs() > Decimal::from(20) && !f.percent)
        else {
            continue;
        };
        let elsewhere =
            passages.iter().enumerate().any(|(n, p)| n != at && p.cells.iter().any(|c| holds(&c.raw, digits)));
        if elsewhere || words(&label.raw).len() < 3 {
            continue;
        }
        out.push(
            view.at(rule, None, &value.source)
                .quote("sintesi", "summary", &format!("{}: {}", label.raw, value.raw))
                .says(
                    format!("{} sta solo nella sintesi", value.raw),
                    format!("{} stands in the summary only", value.raw),
                ),
        );
    }
    out
}

/// Whether a text holds a figure, with or without points.
fn holds(text: &str, figure: Figure) -> bool {
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?").expect("constant pattern")
    });
    FIGURE.find_iter(text).any(|m| value_of(m.as_str()) == Some(figure.value))
}

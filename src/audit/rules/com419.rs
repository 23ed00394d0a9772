//! COM419: voci di una tabella rimaste senza contenuto.

use super::prelude::*;

use super::grids::{figure, tables};
use crate::extract::Passage;

pub(super) static RULE: Rule = Rule {
    code: "COM419",
    severity: Severity::Info,
    title: Text {
        it: "tabelle di costi senza totale, righe senza testo",
        en: "cost tables without a total, rows without a text",
    },
    what: "Cerca gli obiettivi con più importi e nessun totale in tutto il documento, e nelle tabelle che danno a ogni indicatore la sua documentazione le righe con il solo numero.",
    why: "Senza il totale chi legge deve sommare; senza la documentazione il risultato non si può provare.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "Documentazione: «1 (vuota)», «2 estrazione dal registro», «3 (vuota)».",
    advice: Text {
        it: "aggiungere il totale, e il testo delle righe vuote",
        en: "add the total, and the text of empty rows",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    out.extend(totals(rule, view));
    for rows in tables(view) {
        let mut rows = rows.into_iter();
        let Some(head) = rows.next() else { continue };
        let [number, text] = &head.cells[..] else { continue };
        if !key(&number.raw).starts_with("indicator") || !key(&text.raw).starts_with("documentazion") {
            continue;
        }
        let rows: Vec<&Passage> = rows.collect();
        let alone = |p: &&&Passage| matches!(&p.cells[..], [one] if one.raw.chars().count() < 4 && one.raw.trim().parse::<u32>().is_ok());
        let empty: Vec<&str> =
            rows.iter().filter(alone).filter_map(|p| p.cells.first().map(|c| c.raw.trim())).collect();
        if !empty.is_empty() && empty.len() < rows.len() {
            out.push(view.at(rule, head.objective, &number.source).quote("tabella", "table", &text.raw).says(
                format!("nessuna documentazione per gli indicatori {}", empty.join(", ")),
                format!("no documents for indicators {}", empty.join(", ")),
            ));
        }
    }
    out
}

/// One note where sheets list several sums and none has their total.
fn totals(rule: &Rule, view: &View<'_>) -> Option<Finding> {
    let several: Vec<(usize, usize)> = view
        .objectives()
        .map(|(n, o)| (n, o.sheet.budget.iter().filter(|l| l.amount.value.is_some()).count()))
        .filter(|(_, n)| *n > 2)
        .collect();
    let total = |p: &Passage| {
        let begins = |text: &str| view.phrases.sums.iter().any(|s| key(text).starts_with(s.as_str()));
        p.objective.is_some()
            && p.cells.iter().any(|c| begins(&c.raw))
            && p.cells.iter().any(|c| figure(&c.raw).is_some_and(|f| !f.percent))
    };
    let (first, most) = several.iter().max_by_key(|(_, n)| *n).copied()?;
    if several.len() < 2 || view.plan.passages.iter().any(total) {
        return None;
    }
    let code = |n: usize| {
        view.plan.objectives.get(n).and_then(|o| o.code.clone()).unwrap_or_else(|| "senza codice".to_owned())
    };
    let codes: Vec<String> = several.iter().map(|(n, _)| code(*n)).collect();
    Some(view.on_objective(rule, first).says(
        format!(
            "{} schede hanno tre o più importi (qui {most}) e nessuna il totale: {}",
            several.len(),
            codes.join(", ")
        ),
        format!(
            "{} sheets have three or more sums (here {most}) and none has the total: {}",
            several.len(),
            codes.join(", ")
        ),
    ))
}

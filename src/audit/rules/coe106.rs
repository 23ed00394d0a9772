//! COE106: i pesi nella tabella dei pesi non fanno il totale.

use super::prelude::*;
use crate::extract::{Lexicon, Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE106",
    severity: Severity::Error,
    title: Text {
        it: "i pesi nella tabella dei pesi non fanno il totale",
        en: "the weights in the table of weights don't make the total",
    },
    what: "Somma, per ogni dirigente o area, i pesi degli obiettivi nelle colonne della tabella dei pesi e li \
          confronta con la riga del totale.",
    why: "Il risultato del dirigente non si può calcolare.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e \
          valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Obiettivi con pesi 30, 30, 20 e 10, totale stampato 100%: la somma è 90.",
    advice: Text { it: "correggere la tabella dei pesi", en: "correct the table of weights" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut columns: Vec<u32> = Vec::new();
    let mut table = None;
    let mut rows: Vec<&Passage> = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some()) {
        let header = weight_columns(view, passage);
        if !header.is_empty() {
            (columns, table) = (header, passage.table);
            rows.clear();
            continue;
        }
        if passage.table != table {
            // A page break may cut the table in two; another kind of table ends it.
            let goes_on = !columns.is_empty() && passage.columns.iter().any(|c| columns.contains(c));
            table = if goes_on { passage.table } else { None };
            if !goes_on {
                columns.clear();
                rows.clear();
            }
        }
        if columns.is_empty() {
            continue;
        }
        let total = passage.cells.first().is_some_and(|c| Lexicon::starts_with(&c.raw, &view.lexicon.phrases.totals));
        if total {
            out.extend(columns.iter().filter_map(|column| finding(rule, view, &rows, passage, *column)));
            rows.clear();
        } else {
            rows.push(passage);
        }
    }
    out
}

/// The columns of weights of a header row of a table of weights.
fn weight_columns<'a>(view: &View<'a>, passage: &'a Passage) -> Vec<u32> {
    let weight = |cell: &'a Printed| {
        matches!(view.field(&cell.raw), Some(Field::ObjectiveWeight | Field::RevisedObjectiveWeight))
    };
    let header = passage.cells.len() > 1 && passage.cells.iter().any(|c| view.field(&c.raw) == Some(Field::Objective));
    if !header {
        return Vec::new();
    }
    passage.cells.iter().zip(&passage.columns).filter(|(c, _)| weight(c)).map(|(_, column)| *column).collect()
}

fn finding(rule: &Rule, view: &View<'_>, rows: &[&Passage], total: &Passage, column: u32) -> Option<Finding> {
    let cell =
        |p: &Passage| p.columns.iter().position(|c| *c == column).and_then(|at| p.cells.get(at)).map(|c| c.raw.clone());
    let printed = cell(total)?;
    let wanted = percent(&printed)?;
    let weights: Vec<Decimal> = rows.iter().filter_map(|p| percent(&cell(p)?)).collect();
    let sum: Decimal = weights.iter().sum();
    if weights.len() < 2 || sum == wanted {
        return None;
    }
    let label = total.cells.first()?;
    let terms: Vec<String> = weights.iter().map(|w| italian(*w, 4)).collect();
    let mut finding = view.at(rule, None, &label.source);
    finding.subject = Some(label.raw.clone());
    Some(
        finding
            .quote("totale", "total", &printed)
            .says(
                format!(
                    "i pesi dei {} obiettivi fanno {}, il totale stampato è {printed}",
                    weights.len(),
                    italian(sum, 4)
                ),
                format!(
                    "the weights of the {} objectives add up to {}, the printed total is {printed}",
                    weights.len(),
                    italian(sum, 4)
                ),
            )
            .reckons(format!("{} = {}", terms.join(" + "), italian(sum, 4))),
    )
}

/// "15,00%".
fn percent(text: &str) -> Option<Decimal> {
    let digits = text.trim().strip_suffix('%')?.trim();
    digits.replace(',', ".").parse().ok()
}

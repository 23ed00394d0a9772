//! COE113: i pesi di una tabella non fanno 100.

use super::prelude::*;

use super::grids::{cell_at, figure, tables};
use crate::extract::{Lexicon, Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE113",
    severity: Severity::Warning,
    title: Text { it: "i pesi di una tabella non fanno 100", en: "a table's weights don't add up to 100" },
    what: "Somma le percentuali sotto un'intestazione «peso» nelle tabelle che non hanno una riga di totale.",
    why: "Il risultato complessivo non si può calcolare.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Prospettive con pesi 35%, 25%, 20% e 25%: la somma è 105.",
    advice: Text { it: "correggere i pesi", en: "correct the weights" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    tables(view).iter().filter_map(|rows| of_table(rule, view, rows)).collect()
}

fn of_table(rule: &Rule, view: &View<'_>, rows: &[&Passage]) -> Option<Finding> {
    let (head, rest) = rows.split_first()?;
    let weighs = |c: &&Printed| key(&c.raw).split(' ').any(|w| ["peso", "pesi", "ponderazione"].contains(&w));
    let at = head.cells.iter().position(|c| weighs(&c))?;
    let column = *head.columns.get(at)?;
    // Tables of indicators and of executives have rules of their own.
    let other =
        head.cells.iter().any(|c| matches!(view.field(&c.raw), Some(Field::Indicator | Field::Target | Field::Actual)));
    let total = rest.iter().any(|r| r.cells.iter().any(|c| Lexicon::starts_with(&c.raw, &view.phrases.sums)));
    let weights: Vec<(&Printed, Decimal)> = rest
        .iter()
        .filter_map(|r| cell_at(r, column))
        .filter_map(|c| Some((c, figure(&c.raw).filter(|f| f.percent)?.value)))
        .collect();
    let sum: Decimal = weights.iter().map(|(_, w)| w).sum();
    let off = (sum - Decimal::ONE_HUNDRED).abs();
    let rounded = off < Decimal::ONE;
    if other || total || weights.len() < 3 || weights.len() != rest.len() || rounded || off > Decimal::from(20) {
        return None;
    }
    let mut finding = view.at(rule, head.objective, &head.cells.get(at)?.source);
    for (cell, _) in &weights {
        finding = finding.quote("peso", "weight", &cell.raw);
    }
    let terms: Vec<String> = weights.iter().map(|(_, w)| italian(*w, 4)).collect();
    let sum = italian(sum, 4);
    Some(
        finding
            .says(
                format!("i {} pesi della tabella fanno {sum}, non 100", weights.len()),
                format!("the table's {} weights add up to {sum}, not 100", weights.len()),
            )
            .reckons(format!("{} = {sum}", terms.join(" + "))),
    )
}

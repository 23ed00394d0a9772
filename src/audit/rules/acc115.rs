//! ACC115: un totale stampato non è la somma della colonna.

use super::grids::{Figure, cell_at, figure, tables};
use super::prelude::*;
use crate::extract::{Lexicon, Passage};

pub(super) static RULE: Rule = Rule {
    code: "ACC115",
    severity: Severity::Error,
    title: Text {
        it: "un totale stampato non è la somma della colonna",
        en: "a printed total is not the sum of its column",
    },
    what: "Somma le cifre delle colonne di ogni tabella con una riga di totale e confronta le somme con i totali stampati; segnala le differenze piccole, che sono errori, non quelle delle colonne che non si sommano.",
    why: "Il totale è la cifra che si cita: se non è la somma, una delle cifre è sbagliata.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Aree con 8, 27, 64 e 37 dipendenti, totale stampato 137: la somma è 136.",
    advice: Text {
        it: "controllare le cifre della colonna e il totale",
        en: "check the column's figures and the total",
    },
    gather: Some(6),
    check: Check::Document(check),
};

/// A difference larger than this share of the total means that the column isn't meant to be added up.
const NEAR: Decimal = Decimal::from_parts(15, 0, 0, false, 2);

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    tables(view).iter().flat_map(|rows| of_table(rule, view, rows)).collect()
}

fn of_table(rule: &Rule, view: &View<'_>, rows: &[&Passage]) -> Vec<Finding> {
    let mut out = Vec::new();
    for (at, total) in rows.iter().enumerate() {
        let label = total.cells.first().map(|c| c.raw.as_str()).unwrap_or_default();
        if !Lexicon::starts_with(label, &view.phrases.sums) {
            continue;
        }
        let above = rows.get(..at).unwrap_or_default();
        let since = above.iter().rposition(|r| is_total(view, r)).map_or(0, |last| last + 1);
        for column in &total.columns {
            let Some(printed) = cell_at(total, *column) else { continue };
            let Some(wanted) = figure(&printed.raw) else { continue };
            let figures = |rows: &[&Passage], totals: bool| -> Vec<Figure> {
                let of = |r: &&&Passage| is_total(view, r) == totals;
                rows.iter().filter(of).filter_map(|r| figure(&cell_at(r, *column)?.raw)).collect()
            };
            let parts = figures(above.get(since..).unwrap_or_default(), false);
            let sum: Decimal = parts.iter().map(|f| f.value).sum();
            let subtotals: Decimal = figures(above, true).iter().map(|f| f.value).sum();
            let all: Decimal = figures(above, false).iter().map(|f| f.value).sum();
            let right = [sum, subtotals, subtotals + sum, all].contains(&wanted.value);
            let places = parts.iter().map(|f| f.places).min().unwrap_or(0);
            let off = (sum - wanted.value).abs();
            // Percentages and thousands are often rounded one by one.
            let small = wanted.value.abs() < Decimal::from(1000) && places > 0 && !printed.raw.contains('€');
            let rounded = (wanted.percent || small) && off <= Decimal::from(parts.len()) * Decimal::new(5, places + 1);
            let mixed = parts.iter().any(|f| f.percent != wanted.percent);
            if parts.len() < 2 || right || rounded || mixed || off > wanted.value.abs() * NEAR {
                continue;
            }
            let terms: Vec<String> = parts.iter().map(|f| italian(f.value, 4)).collect();
            out.push(
                view.at(rule, total.objective, &printed.source)
                    .quote("riga", "row", label)
                    .quote("totale stampato", "printed total", &printed.raw)
                    .says(
                        format!(
                            "il totale stampato è {}, le cifre della colonna fanno {}",
                            printed.raw,
                            italian(sum, 4)
                        ),
                        format!(
                            "the printed total is {}, the column's figures add up to {}",
                            printed.raw,
                            italian(sum, 4)
                        ),
                    )
                    .reckons(format!("{} = {}", terms.join(" + "), italian(sum, 4))),
            );
        }
    }
    out
}

fn is_total(view: &View<'_>, row: &Passage) -> bool {
    row.cells.first().is_some_and(|c| Lexicon::starts_with(&c.raw, &view.phrases.sums))
}

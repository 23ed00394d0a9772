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
    what: "Somma le cifre delle colonne di ogni tabella con una riga di totale e confronta le somme con i totali stampati; segnala le differenze piccole, che sono errori, non quelle delle colonne che non si sommano; anche le grandi, quando le altre colonne della stessa tabella tornano.",
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
    let of = |rows: &Vec<&Passage>| {
        let mut out = of_table(rule, view, rows);
        out.extend(across(rule, view, rows));
        out
    };
    tables(view).iter().flat_map(of).collect()
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
        let trusted = added(view, total, above, since) > 1;
        for column in &total.columns {
            let Some(printed) = cell_at(total, *column) else { continue };
            let Some(wanted) = figure(&printed.raw) else { continue };
            let figures = |rows: &[&Passage], totals: bool| -> Vec<Figure> {
                let of = |r: &&&Passage| is_total(view, r) == totals;
                rows.iter().filter(of).filter(|r| !heads(r)).filter_map(|r| figure(&cell_at(r, *column)?.raw)).collect()
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
            if parts.len() < 2 || right || rounded || mixed || off > wanted.value.abs() * NEAR && !trusted {
                continue;
            }
            let terms: Vec<String> = parts.iter().map(|f| italian(f.value, 4)).collect();
            out.push(
                named(view.at(rule, total.objective, &printed.source).quote("riga", "row", label), rows, *column)
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

/// A finding with the heading of a column, where the table has one.
fn named(finding: Finding, rows: &[&Passage], column: u32) -> Finding {
    let head = rows.iter().take(3).filter_map(|row| cell_at(row, column));
    let year = |raw: &str| raw.trim().len() == 4 && raw.trim().parse::<u16>().is_ok();
    let text = head.map(|c| c.raw.as_str()).find(|raw| figure(raw).is_none() && !raw.is_empty() || year(raw));
    match text {
        Some(text) => finding.quote("colonna", "column", text),
        None => finding,
    }
}

/// How many columns of a total are the sum of small counts above it: where several are, all are meant to be.
fn added(view: &View<'_>, total: &Passage, above: &[&Passage], since: usize) -> usize {
    let rows = || above.iter().skip(since).filter(|r| !is_total(view, r) && !heads(r));
    let right = |column: &u32| {
        let Some(wanted) = cell_at(total, *column).and_then(|c| figure(&c.raw)) else { return Some(false) };
        // A dash counts nothing.
        let none = |text: &str| matches!(text.trim(), "-" | "–" | "—");
        let part = |r: &&&Passage| cell_at(r, *column).and_then(|c| figure(if none(&c.raw) { "0" } else { &c.raw }));
        let parts: Vec<Figure> = rows().filter_map(|r| part(&r)).collect();
        let count = |f: &Figure| f.places == 0 && !f.percent && f.value < Decimal::ONE_HUNDRED;
        let counts = parts.len() > 2 && parts.iter().all(count) && count(&wanted);
        counts.then(|| parts.iter().map(|f| f.value).sum::<Decimal>() == wanted.value)
    };
    let columns: Vec<Option<bool>> = total.columns.iter().skip(1).map(right).collect();
    let wrong = columns.iter().filter(|c| **c == Some(false)).count();
    // One that isn't a count, or a second one that is off: the table may hold other things.
    if columns.contains(&None) || wrong > 1 { 0 } else { columns.len() - wrong }
}

/// A row whose figures are years heads the columns.
fn heads(row: &Passage) -> bool {
    let figures: Vec<&str> = row.cells.iter().filter(|c| figure(&c.raw).is_some()).map(|c| c.raw.trim()).collect();
    let year = |t: &str| t.len() == 4 && t.parse::<u16>().is_ok_and(|y| (1990..2060).contains(&y));
    !figures.is_empty() && figures.iter().all(|t| year(t))
}

/// Rows whose last figure, under a heading "Totale", isn't the sum of the others, where it is for most rows.
fn across(rule: &Rule, view: &View<'_>, rows: &[&Passage]) -> Vec<Finding> {
    let total = |row: &&&Passage| {
        let last = row.cells.last().zip(row.columns.last())?;
        let heading = row.cells.len() > 2 && Lexicon::starts_with(&last.0.raw, &view.phrases.sums);
        heading.then_some(*last.1)
    };
    let Some((at, column)) = rows.iter().take(2).enumerate().find_map(|(at, row)| Some((at, total(&row)?))) else {
        return Vec::new();
    };
    let (mut right, mut wrong) = (0, Vec::new());
    for row in rows.iter().skip(at + 1) {
        // The row of totals is told column by column.
        let Some(printed) = cell_at(row, column).filter(|_| !is_total(view, row)) else { continue };
        let parts: Vec<Figure> = row
            .cells
            .iter()
            .zip(&row.columns)
            .filter(|(_, c)| **c < column)
            .filter_map(|(cell, _)| figure(&cell.raw))
            .collect();
        let Some(wanted) = figure(&printed.raw).filter(|w| parts.len() > 1 && !w.percent) else { continue };
        let sum: Decimal = parts.iter().map(|f| f.value).sum();
        if sum == wanted.value {
            right += 1;
        } else if !parts.iter().any(|f| f.percent) && (sum - wanted.value).abs() <= wanted.value.abs() * NEAR {
            wrong.push((*row, printed, parts, sum));
        } else {
            return Vec::new();
        }
    }
    if right == 0 || wrong.len() > right {
        return Vec::new();
    }
    let finding = |(row, printed, parts, sum): (&Passage, &crate::extract::Printed, Vec<Figure>, Decimal)| {
        let label = row.cells.first().map(|c| c.raw.as_str()).unwrap_or_default();
        let terms: Vec<String> = parts.iter().map(|f| italian(f.value, 4)).collect();
        let sum = italian(sum, 4);
        view.at(rule, row.objective, &printed.source)
            .quote("riga", "row", label)
            .quote("totale stampato", "printed total", &printed.raw)
            .says(
                format!("il totale stampato è {}, le cifre della riga fanno {sum}", printed.raw),
                format!("the printed total is {}, the row's figures add up to {sum}", printed.raw),
            )
            .reckons(format!("{} = {sum}", terms.join(" + ")))
    };
    wrong.into_iter().map(finding).collect()
}

fn is_total(view: &View<'_>, row: &Passage) -> bool {
    row.cells.first().is_some_and(|c| Lexicon::starts_with(&c.raw, &view.phrases.sums))
}

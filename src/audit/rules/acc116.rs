//! ACC116: un risultato complessivo non è la media dei suoi pesi.

use super::grids::{Figure, cell_at, figure, tables};
use super::prelude::*;
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "ACC116",
    severity: Severity::Error,
    title: Text {
        it: "un risultato complessivo non è la media dei suoi pesi",
        en: "an overall result is not the mean by its weights",
    },
    what: "Nelle tabelle con una colonna di pesi che fanno 100 e colonne di percentuali rifà la media ponderata e la confronta con la cifra dell'ultima riga.",
    why: "È la cifra con cui si dice come è andato l'ente o l'area.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Ambiti con 97,56%, 95,51% e 99,20%, pesi 40, 35 e 25: la media è 97,25, la tabella stampa 98,25.",
    advice: Text { it: "controllare pesi, risultati e media", en: "check weights, results and mean" },
    gather: None,
    check: Check::Document(check),
};

/// A printed mean further away than this many points from the computed one is a mean of something else.
const NEAR: Decimal = Decimal::from_parts(6, 0, 0, false, 0);

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    tables(view).iter().flat_map(|rows| of_table(rule, view, rows)).collect()
}

fn of_table(rule: &Rule, view: &View<'_>, rows: &[&Passage]) -> Vec<Finding> {
    let mut out = Vec::new();
    let percent = |row: &Passage, column: u32| figure(&cell_at(row, column)?.raw).filter(|f| f.percent);
    let (Some(header), Some((last, parts))) = (rows.first(), rows.split_last()) else { return out };
    let weight = |cell: &&Printed| key(&cell.raw).starts_with("peso");
    let Some(at) = header.cells.iter().position(|c| weight(&c)) else { return out };
    let Some(&weights) = header.columns.get(at) else { return out };
    let weighed: Vec<(&Passage, Decimal)> =
        parts.iter().filter_map(|r| Some((*r, percent(r, weights)?.value))).collect();
    let whole: Decimal = weighed.iter().map(|w| w.1).sum();
    if whole != Decimal::ONE_HUNDRED || weighed.len() < 2 || weighed.len() + 1 < parts.len() {
        return out;
    }
    for column in last.columns.iter().filter(|c| **c != weights) {
        let (Some(cell), Some(printed)) = (cell_at(last, *column), percent(last, *column)) else { continue };
        let values: Option<Vec<Figure>> = weighed.iter().map(|(r, _)| percent(r, *column)).collect();
        let Some(values) = values else { continue };
        let terms = || values.iter().zip(&weighed).map(|(v, (_, w))| (v.value, *w));
        let mean: Decimal = terms().map(|(v, w)| v * w / Decimal::ONE_HUNDRED).sum();
        let plain: Decimal = values.iter().map(|v| v.value).sum::<Decimal>() / Decimal::from(values.len());
        let close = |a: Decimal| (a - printed.value).abs() <= Decimal::new(11, printed.places + 1);
        if close(mean) || close(plain) || (mean - printed.value).abs() > NEAR {
            continue;
        }
        let written: Vec<String> = terms().map(|(v, w)| format!("{} × {}%", italian(v, 4), italian(w, 4))).collect();
        let label = last.cells.first().map(|c| c.raw.as_str()).unwrap_or_default();
        out.push(
            view.at(rule, last.objective, &cell.source)
                .quote("riga", "row", label)
                .quote("risultato stampato", "printed result", &cell.raw)
                .says(
                    format!("il risultato stampato è {}, la media ponderata {}", cell.raw, italian(mean, 2)),
                    format!("the printed result is {}, the weighted mean {}", cell.raw, italian(mean, 2)),
                )
                .reckons(format!("{} = {}", written.join(" + "), italian(mean, 4))),
        );
    }
    out
}

//! COE231: una data fuori dall'ordine.

use super::prelude::*;
use jiff::civil::Date;

use super::dates::days;
use super::grids::tables;
use crate::audit::remarks::shortened;
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE231",
    severity: Severity::Info,
    title: Text { it: "una data fuori dall'ordine", en: "a day out of order" },
    what: "Nelle tabelle con una colonna di date in ordine cerca le date che lo interrompono.",
    why: "La data è sbagliata, o la riga è al posto sbagliato.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "22/3/20, poi 20/3/20, in una cronologia.",
    advice: Text { it: "controllare la data", en: "check the date" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for rows in tables(view) {
        let dated: Vec<(Date, &Passage, &Printed)> = rows
            .iter()
            .filter_map(|row| {
                let cell = row.cells.iter().find(|c| days(&c.raw).first().is_some_and(|d| d.start == 0))?;
                Some((days(&cell.raw).first()?.date?, *row, cell))
            })
            .collect();
        let back: Vec<usize> = (1..dated.len())
            .filter(|at| dated.get(at - 1).zip(dated.get(*at)).is_some_and(|(a, b)| a.0 > b.0))
            .collect();
        if dated.len() < 5 || back.is_empty() || back.len() * 5 > dated.len() {
            continue;
        }
        for at in back {
            let Some(((_, _, before), (_, row, cell))) =
                at.checked_sub(1).and_then(|b| dated.get(b)).zip(dated.get(at))
            else {
                continue;
            };
            let head = |c: &Printed| shortened(c.raw.lines().next().unwrap_or_default());
            out.push(
                view.at(rule, row.objective, &cell.source)
                    .quote("riga prima", "row before", &head(before))
                    .quote("riga", "row", &head(cell))
                    .says(
                        "le date della colonna sono in ordine, questa torna indietro",
                        "the column's days are in order, this one goes back",
                    ),
            );
        }
    }
    out
}

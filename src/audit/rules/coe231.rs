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
        // Rows that begin with a day, and the lines of a cell that do.
        let mut lists: Vec<Vec<(Date, &Passage, &Printed, &str)>> = vec![Vec::new()];
        for row in rows.iter().copied() {
            for cell in &row.cells {
                let dated = |line: &'_ str| days(line).first().filter(|d| d.start == 0).and_then(|d| d.date);
                let lines: Vec<_> = cell.raw.lines().filter_map(|l| Some((dated(l)?, row, cell, l))).collect();
                match lines.len() {
                    0 => {}
                    1 => lists.first_mut().into_iter().for_each(|list| list.extend(lines.iter().copied())),
                    _ => lists.push(lines),
                }
            }
        }
        // A calendar says so in its heading.
        let calendar = rows.first().is_some_and(|r| {
            let heads = |c: &Printed| ["scaden", "termin", "entro"].iter().any(|w| key(&c.raw).starts_with(w));
            r.cells.iter().any(heads)
        });
        for dated in lists {
            out.extend(backwards(rule, view, &dated, if calendar { 4 } else { 5 }));
        }
    }
    out
}

fn backwards(rule: &Rule, view: &View<'_>, dated: &[(Date, &Passage, &Printed, &str)], least: usize) -> Vec<Finding> {
    let back: Vec<usize> =
        (1..dated.len()).filter(|at| dated.get(at - 1).zip(dated.get(*at)).is_some_and(|(a, b)| a.0 > b.0)).collect();
    if dated.len() < least || back.len() * least > dated.len() {
        return Vec::new();
    }
    let finding = |at: usize| {
        let ((.., before), (_, row, cell, line)) = at.checked_sub(1).and_then(|b| dated.get(b)).zip(dated.get(at))?;
        Some(
            view.at(rule, row.objective, &cell.source)
                .quote("riga prima", "row before", &shortened(before))
                .quote("riga", "row", &shortened(line))
                .says("le date sono in ordine, questa torna indietro", "the days are in order, this one goes back"),
        )
    };
    back.into_iter().filter_map(finding).collect()
}

//! ATT116: una fase oltre la fine del piano.

use super::prelude::*;

use super::dates::days;
use super::grids::tables;
use crate::audit::remarks::shortened;
use crate::normalise::DocumentKind;

pub(super) static RULE: Rule = Rule {
    code: "ATT116",
    severity: Severity::Info,
    title: Text { it: "una fase oltre la fine del piano", en: "a phase beyond the end of the plan" },
    what: "Cerca nelle tabelle delle fasi le date successive all'ultimo anno del documento.",
    why: "La fase non può contare per il risultato dell'anno, o la data è sbagliata.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Piano 2018: «Iscrizione delle cancellazioni (entro il 31/01/2019)».",
    advice: Text { it: "correggere la data, o spostare la fase", en: "correct the day, or move the phase" },
    gather: Some(5),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let card = &view.plan.card;
    let Some(last) = card.years.map(|y| y.1).max(card.year) else { return Vec::new() };
    // A report's phases are those of its own making.
    if matches!(card.kind, DocumentKind::Report | DocumentKind::Monitoring) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for rows in tables(view) {
        let Some((header, body)) = rows.split_first() else { continue };
        let phases = header.cells.iter().take(2).any(|c| {
            let words = key(&c.raw);
            ["fase", "fasi", "attivita", "azioni", "cronoprogramma"].iter().any(|w| words.starts_with(w))
                && words.split(' ').count() < 5
        });
        // Quarters are the year's.
        let within = header.cells.iter().any(|c| key(&c.raw).split(' ').any(|w| w.starts_with("trim") || w == "sem"));
        let end = if within { card.year.unwrap_or(last) } else { last };
        for row in body.iter().filter(|_| phases) {
            for cell in &row.cells {
                let after =
                    |d: &super::dates::Day<'_>| d.date.is_some_and(|date| date.year() > end && date.year() < end + 3);
                let Some(day) = days(&cell.raw).into_iter().find(after) else { continue };
                out.push(
                    view.at(rule, row.objective, &cell.source).quote("fase", "phase", &shortened(&cell.raw)).says(
                        format!("la fase arriva al {}, il documento al {end}", day.raw),
                        format!("the phase goes to {}, the document to {end}", day.raw),
                    ),
                );
            }
        }
    }
    out
}

//! ATT106: una data che non esiste.

use super::dates::days;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ATT106",
    severity: Severity::Error,
    title: Text { it: "una data che non esiste", en: "a day that doesn't exist" },
    what: "Cerca nel testo le date che il calendario non ha.",
    why: "La data è sbagliata, e con essa la scadenza o l'atto che indica.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«entro il 31/06/2022».",
    advice: Text { it: "correggere la data", en: "correct the date" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for day in days(&cell.raw).into_iter().filter(|d| d.date.is_none()) {
                if seen.contains(&day.raw.to_owned()) {
                    continue;
                }
                seen.push(day.raw.to_owned());
                out.push(
                    view.at(rule, passage.objective, &cell.source)
                        .quote("data", "date", day.raw)
                        .says(format!("il {} non esiste", day.raw), format!("there is no {}", day.raw)),
                );
            }
        }
    }
    out
}

//! ATT103: riferimento a un periodo già finito.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "ATT103",
    severity: Severity::Info,
    title: Text { it: "riferimento a un periodo già finito", en: "reference to a period that is over" },
    what: "Cerca nei titoli e nelle schede i periodi di programmazione («2014-2020») finiti prima dell'anno del \
          documento, accanto alle parole programmazione, politica di coesione, piano o programma.",
    why: "Il testo può essere copiato da un piano precedente.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Piano 2021-2023: «Politica di Coesione 2014-2020».",
    advice: Text {
        it: "aggiornare il riferimento, o dire perché vale ancora",
        en: "bring the reference up to date, or say why it still holds",
    },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)(politica di coesione|programmazione|fondi strutturali)[^.;:\n]{0,30}?\b(20\d\d)\s*[-–/]\s*(20\d\d)\b").expect("constant pattern")
    });
    let Some(year) = view.plan.card.year else { return Vec::new() };
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            let Some(found) = PERIOD.captures(&cell.raw) else { continue };
            if found[3].parse::<i16>().is_ok_and(|end| end < year) {
                out.push(view.at(rule, passage.objective, &cell.source).quote("testo", "text", &found[0]).says(
                    format!("il periodo {}-{} è finito prima del {year}", &found[2], &found[3]),
                    format!("the period {}-{} was over before {year}", &found[2], &found[3]),
                ));
            }
        }
    }
    out
}

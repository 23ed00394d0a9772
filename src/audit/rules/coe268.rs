//! COE268: il testo conta gli stati in un altro modo delle schede.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::counting::{NUMBER, small};
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE268",
    severity: Severity::Warning,
    title: Text {
        it: "il testo conta semafori o stati che le schede non hanno",
        en: "the text counts statuses that the sheets don't have",
    },
    what: "Confronta frasi come «12 sono in verde, 6 in giallo e 1 in rosso» con gli stati stampati nelle schede.",
    why: "La sintesi è di una versione precedente, o uno stato è sbagliato.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Testo: «12 in verde»; le schede ne hanno 11.",
    advice: Text { it: "contare di nuovo gli stati", en: "count the statuses again" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(&format!(
            r"(?i)\b{NUMBER}\s+(?:(?:indicatori|obiettivi)\s+)?(?:sono\s+|risultano\s+)?in\s+(\p{{L}}{{4,10}})\b"
        ))
        .expect("constant pattern")
    });
    let states: Vec<String> = view
        .indicators()
        .filter(|(_, i)| i.same_as.is_none())
        .filter_map(|(_, i)| Some(key(&i.monitoring.as_ref()?.raw)))
        .collect();
    let mut kinds = states.clone();
    kinds.sort();
    kinds.dedup();
    // Sentences are no statuses.
    if states.len() < 5 || kinds.len() > 6 || kinds.iter().any(|k| k.len() > 30) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_none()) {
        for cell in &passage.cells {
            let told: Vec<(usize, String)> = COUNTED
                .captures_iter(&cell.raw)
                .filter_map(|m| Some((usize::try_from(small(&m[1])?).ok()?, key(&m[2]))))
                .filter(|(_, state)| kinds.contains(state))
                .collect();
            let own = |state: &String| states.iter().filter(|s| *s == state).count();
            let wrong: Vec<&(usize, String)> = told.iter().filter(|(n, state)| *n != own(state)).collect();
            // All different: the text counts something else.
            if told.len() < 2 || wrong.is_empty() || wrong.len() == told.len() {
                continue;
            }
            let it: Vec<String> =
                wrong.iter().map(|(n, s)| format!("{s}: {n} nel testo, {} nelle schede", own(s))).collect();
            let en: Vec<String> =
                wrong.iter().map(|(n, s)| format!("{s}: {n} in the text, {} in the sheets", own(s))).collect();
            out.push(
                view.at(rule, passage.objective, &cell.source)
                    .quote("testo", "text", &shortened(&cell.raw))
                    .says(it.join("; "), en.join("; ")),
            );
        }
    }
    out
}

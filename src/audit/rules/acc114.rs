//! ACC114: un importo scritto male.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "ACC114",
    severity: Severity::Warning,
    title: Text { it: "un importo scritto male", en: "a malformed amount" },
    what: "Cerca gli importi con i punti delle migliaia fuori posto («35.00,00»).",
    why: "Non si sa se sono 35 o 3.500 euro.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«euro 35.00,00 circa».",
    advice: Text { it: "correggere l'importo", en: "correct the amount" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static ODD: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)(?:euro|€)\s*(\d{1,3}(?:\.\d{3})*\.\d{1,2},\d{2})\b").expect("constant pattern")
    });
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in ODD.captures_iter(&cell.raw) {
                out.push(view.at(rule, passage.objective, &cell.source).quote("testo", "text", &found[0]).says(
                    format!("«{}» non è un importo ben scritto", &found[1]),
                    format!("“{}” is not a well-formed amount", &found[1]),
                ));
            }
        }
    }
    out
}

//! COM416: il risultato è nel commento e non nella tabella.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::lists::own_number;
use crate::audit::remarks::{remarks, shortened};

pub(super) static RULE: Rule = Rule {
    code: "COM416",
    severity: Severity::Warning,
    title: Text {
        it: "il risultato è nel commento e non nella tabella",
        en: "the actual stands in the comment and not in the table",
    },
    what: "Per gli indicatori senza risultato (cella vuota o segnaposto) cerca nel commento all'indicatore i fatti avvenuti: «sono stati tenuti due seminari», «è stata impartita la formazione».",
    why: "Chi raccoglie i dati dalle tabelle li crede mancanti.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "Risultato «-», commento «Nel primo semestre sono stati tenuti due seminari».",
    advice: Text {
        it: "scrivere il risultato nella tabella, o dire che il dato è parziale",
        en: "write the actual into the table, or say that it is partial",
    },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static DONE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\b(?:è stat[ao]|sono stat[ie]|si è|si sono|risulta(?:no)?)\s+(?:\p{L}+\s+){0,3}?\p{L}+(?:at[aoie]|ut[aoie]|it[aoie]|olt[aoie]|ess[aoie]|pert[aoie]|fatt[aoie])\b|\b(?:tenuti|realizzati|svolti|organizzati|pervenute|presentate)\s+(?:n\.?\s*)?(?:\d+|due|tre|quattro|cinque)\b")
            .expect("constant pattern")
    });
    let reports = view.plan.indicators.iter().any(|i| i.actuals.iter().any(|a| told(&a.measure)));
    let mut out = Vec::new();
    if !reports {
        return out;
    }
    for (objective, _) in view.objectives() {
        for remark in remarks(view, objective) {
            let own = |i: &Indicator| own_number(i.code.as_deref()) == Some(remark.number);
            let Some((index, indicator)) = view.members(objective).find(|(_, i)| own(i)) else { continue };
            if indicator.actuals.iter().any(|a| told(&a.measure)) {
                continue;
            }
            let fact = |l: &&String| DONE.is_match(l) && !put_off(l);
            let Some(line) = remark.lines.iter().find(fact) else { continue };
            if out.iter().any(|f: &Finding| f.subject_id.as_deref() == Some(&indicator.indicator_id)) {
                continue;
            }
            out.push(view.on(rule, index).at(&remark.source).quote("commento", "comment", &shortened(line)).says(
                "la tabella non dà un risultato, il commento racconta ciò che è stato fatto",
                "the table gives no actual, the comment tells what was done",
            ));
        }
    }
    out
}

/// Whether a line tells of what is still to come.
fn put_off(line: &str) -> bool {
    let line = key(line);
    ["verra ", "verranno ", "sara ", "saranno ", "non e stat", "non sono stat", "non si e ", "rinviat"]
        .iter()
        .any(|w| line.contains(w))
        && !line.contains(" ma ")
}

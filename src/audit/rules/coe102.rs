//! COE102: i pesi fanno 100 per azione, non per obiettivo.

use super::prelude::*;
use super::weighing::{Weighed, base, groups};

pub(super) static RULE: Rule = Rule {
    code: "COE102",
    severity: Severity::Info,
    title: Text {
        it: "i pesi fanno 100 per azione, non per obiettivo",
        en: "weights add up to 100 for each action, not for the objective",
    },
    what: "Riconosce gli obiettivi i cui pesi si dividono, nell'ordine, in gruppi che fanno ciascuno 100.",
    why: "Con due basi nello stesso documento non è detto quanto conti ogni azione nell'obiettivo.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e \
          valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Pesi 100, 50, 50 e 100 sotto un obiettivo con tre azioni: la somma è 300.",
    advice: Text {
        it: "dire nel documento quanto pesa ogni azione nell'obiettivo",
        en: "say in the document how much each action weighs in the objective",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let groups = groups(view);
    let base = base(&groups);
    let finding = |g: &Weighed| {
        let parts = g.parts(base).unwrap_or(0);
        let mut finding = view.on_objective(rule, g.objective);
        for (_, measure) in &g.weights {
            finding = finding.quote("peso", "weight", &measure.raw);
        }
        finding
            .says(
                format!(
                    "i pesi fanno {}, {parts} volte {}: sono dati per azione ({parts} azioni), non per l'obiettivo",
                    italian(g.sum, 4),
                    italian(base, 4)
                ),
                format!(
                    "the weights add up to {}, {parts} times {}: they are given by action ({parts} actions), not for the objective",
                    italian(g.sum, 4),
                    italian(base, 4)
                ),
            )
            .reckons(g.addition())
    };
    groups.iter().filter(|g| g.by_action(base)).map(finding).collect()
}

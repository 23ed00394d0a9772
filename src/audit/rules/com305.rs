//! COM305: il budget non dice un importo.

use super::prelude::*;
use super::sums::sums;
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COM305",
    severity: Severity::Info,
    title: Text { it: "il budget non dice un importo", en: "the budget tells no amount" },
    what: "Cerca nei budget degli obiettivi le voci che sono un segnaposto o parole senza cifra.",
    why: "Non si sa con quali risorse si lavora.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. g): gli obiettivi sono correlati alla quantità e alla qualità \
          delle risorse disponibili.",
    example: "Importo «//»; budget «da quantificare con la redazione del bilancio di previsione».",
    advice: Text {
        it: "dare l'importo, o scrivere che non ci sono costi",
        en: "give the amount, or write that there are no costs",
    },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, objective) in view.objectives() {
        let lines = &objective.sheet.budget;
        let Some(first) = lines.first() else { continue };
        if lines
            .iter()
            .all(|l| l.amount.value.is_none() && sums(&l.amount.raw).is_empty() && !heads(view, index, &l.amount.raw))
        {
            out.push(
                view.on_objective(rule, index)
                    .at(&first.amount.source)
                    .quote("budget", "budget", &shortened(&first.amount.raw))
                    .says("il budget non dice un importo", "the budget tells no amount"),
            );
        }
    }
    out
}

/// Whether words head a column of sums: in their row stand other headings and no sum, in the rows of the table sums do.
fn heads(view: &View<'_>, objective: usize, raw: &str) -> bool {
    let rows = || view.plan.passages.iter().filter(|p| p.objective == Some(objective));
    let head = rows().find(|p| p.table.is_some() && p.cells.len() > 2 && p.cells.iter().any(|c| c.raw == raw));
    head.is_some_and(|head| {
        head.cells.iter().all(|c| {
            sums(&c.raw).is_empty() && c.raw.chars().any(char::is_alphabetic) || c.raw.trim_start().starts_with('%')
        }) && rows().filter(|p| p.table == head.table).any(|p| p.cells.iter().any(|c| !sums(&c.raw).is_empty()))
    })
}

//! COM409: un budget che non comprende ciò che dice.

use super::prelude::*;

use super::grids::figure;
use crate::extract::Level;

pub(super) static RULE: Rule = Rule {
    code: "COM409",
    severity: Severity::Warning,
    title: Text { it: "un budget che non comprende ciò che dice", en: "a budget that lacks what it says it holds" },
    what: "Dove il titolo di un budget dice che comprende le somme degli obiettivi operativi, cerca le somme di quelli che non ci sono.",
    why: "Il costo dell'obiettivo strategico è più alto di quello stampato.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "«Comprensivo delle somme destinate agli obiettivi operativi», ma 1.076.378,00 euro di uno di essi non c'è.",
    advice: Text { it: "aggiungere le somme, o cambiare il titolo", en: "add the sums, or change the heading" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        let Some(own) = passage.objective else { continue };
        let Some(cell) = passage.cells.iter().find(|c| said(&c.raw, &view.phrases.inclusive).is_some()) else {
            continue;
        };
        let held = costs(view, own);
        let missing: Vec<(&Objective, Decimal)> = view
            .objectives()
            .filter(|(n, o)| *n != own && o.level == Level::Operativo)
            .flat_map(|(n, o)| costs(view, n).into_iter().map(move |s| (o, s)))
            .filter(|(_, s)| *s > Decimal::ONE && !held.contains(s))
            .collect();
        if held.is_empty() || missing.is_empty() {
            continue;
        }
        let all: Decimal = missing.iter().map(|(_, s)| s).sum();
        let mut codes: Vec<&str> = missing.iter().filter_map(|(o, _)| o.code.as_deref()).collect();
        codes.dedup();
        out.push(view.at(rule, Some(own), &cell.source).quote("titolo", "heading", &cell.raw).says(
            format!(
                "mancano {} somme di obiettivi operativi ({}), in tutto {} euro",
                missing.len(),
                codes.join(", "),
                italian(all, 2)
            ),
            format!(
                "{} sums of operational objectives ({}) are missing, {} euro in all",
                missing.len(),
                codes.join(", "),
                italian(all, 2)
            ),
        ));
    }
    out
}

/// The costs in an objective's budget; where no column was understood as one, the sums that open the rows of its tables.
/// Revenues are none.
fn costs(view: &View<'_>, objective: usize) -> Vec<Decimal> {
    let revenue = |text: &str| {
        key(text).split(' ').any(|w| matches!(w, "ricavo" | "ricavi" | "provento" | "proventi" | "entrata" | "entrate"))
    };
    let lines = view.plan.objectives.get(objective).map_or(&[][..], |o| &o.sheet.budget);
    if !lines.is_empty() {
        let cost = |l: &&crate::normalise::BudgetLine| !l.account.as_deref().is_some_and(revenue);
        return lines.iter().filter(cost).filter_map(|l| l.amount.value).collect();
    }
    let rows = view.plan.passages.iter().filter(|p| p.objective == Some(objective) && p.table.is_some());
    let sum = |p: &crate::extract::Passage| {
        let [amount, account, ..] = &p.cells[..] else { return None };
        figure(&amount.raw).filter(|_| amount.raw.contains('€') && !revenue(&account.raw)).map(|f| f.value)
    };
    rows.filter_map(sum).collect()
}

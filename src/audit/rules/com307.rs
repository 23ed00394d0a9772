//! COM307: un importo senza conto.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::BudgetLine;

pub(super) static RULE: Rule = Rule {
    code: "COM307",
    severity: Severity::Info,
    title: Text { it: "un importo senza conto", en: "an amount without an account" },
    what: "Cerca nelle tabelle di budget le righe con un importo e senza il numero di un conto, dove le altre \
          lo hanno.",
    why: "La spesa non si ritrova in bilancio.",
    basis: "D.P.R. 254/2005: la gestione avviene per conti di budget.",
    example: "1.500,00 euro, conto vuoto.",
    advice: Text { it: "aggiungere il conto", en: "add the account" },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    // An amount of nothing needs no account.
    let costs = |l: &&BudgetLine| l.amount.value.is_some_and(|v| !v.is_zero());
    let all: Vec<(usize, &BudgetLine)> =
        view.objectives().flat_map(|(n, o)| o.sheet.budget.iter().filter(costs).map(move |l| (n, l))).collect();
    let without: Vec<&(usize, &BudgetLine)> = all.iter().filter(|(n, l)| !numbered(view, *n, l)).collect();
    let with = all.len() - without.len();
    if with * 2 < all.len() || with < 4 {
        return Vec::new();
    }
    let finding = |(index, line): &&(usize, &BudgetLine)| {
        let mut finding =
            view.on_objective(rule, *index).at(&line.amount.source).quote("importo", "amount", &line.amount.raw);
        if let Some(account) = &line.account {
            finding = finding.quote("conto", "account", account);
        }
        finding.says("una riga del budget non ha il numero del conto", "a line of the budget has no account number")
    };
    without.iter().map(finding).collect()
}

/// Whether a line names an account by its six digits or more, in its own column or in another cell of the row.
fn numbered(view: &View<'_>, objective: usize, line: &BudgetLine) -> bool {
    static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"\b\d{6,}\b").expect("constant pattern")
    });
    let rows = view.plan.passages.iter().filter(|p| p.objective == Some(objective) && p.table.is_some());
    let own = |cells: &[crate::extract::Printed]| cells.iter().any(|c| c.raw == line.amount.raw);
    line.account.as_deref().is_some_and(|a| ACCOUNT.is_match(a))
        || rows
            .filter(|p| own(&p.cells))
            .any(|p| p.cells.iter().filter(|c| c.raw != line.amount.raw).any(|c| ACCOUNT.is_match(&c.raw)))
}

//! COM307: un importo senza conto.

use super::prelude::*;

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
    let numbered = |account: Option<&str>| account.is_some_and(|a| a.chars().filter(char::is_ascii_digit).count() >= 6);
    let all = || view.plan.objectives.iter().flat_map(|o| &o.sheet.budget).filter(|l| l.amount.value.is_some());
    let with = all().filter(|l| numbered(l.account.as_deref())).count();
    if with * 2 < all().count() || with < 4 {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (index, objective) in view.objectives() {
        let without = |l: &&crate::normalise::BudgetLine| l.amount.value.is_some() && !numbered(l.account.as_deref());
        let Some(line) = objective.sheet.budget.iter().find(without) else { continue };
        let mut finding =
            view.on_objective(rule, index).at(&line.amount.source).quote("importo", "amount", &line.amount.raw);
        if let Some(account) = &line.account {
            finding = finding.quote("conto", "account", account);
        }
        out.push(
            finding
                .says("una riga del budget non ha il numero del conto", "a line of the budget has no account number"),
        );
    }
    out
}

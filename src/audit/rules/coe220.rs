//! COE220: un ricavo tra i costi.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE220",
    severity: Severity::Info,
    title: Text { it: "un ricavo tra i costi", en: "a revenue among the costs" },
    what: "Cerca tra le righe di budget i conti il cui nome dice «ricavi» o «proventi».",
    why: "Sommato ai costi il totale è sbagliato due volte.",
    basis: "D.P.R. 254/2005, piano dei conti delle camere di commercio.",
    example: "«Conto 313011 ricavi organizzazione corsi» tra gli importi di spesa.",
    advice: Text {
        it: "segnare che è un ricavo, o tenerlo in una tabella a parte",
        en: "mark it as revenue, or keep it in a table of its own",
    },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, objective) in view.objectives() {
        let revenue = |account: &&str| {
            key(account).split(' ').any(|w| matches!(w, "ricavi" | "ricavo" | "proventi" | "provento"))
        };
        let lines = &objective.sheet.budget;
        let Some(line) = lines.iter().find(|l| l.account.as_deref().as_ref().is_some_and(revenue)) else { continue };
        // A budget of revenues only mixes nothing.
        if lines.iter().all(|l| l.account.as_deref().as_ref().is_none_or(revenue)) && lines.len() > 1 {
            continue;
        }
        let account = line.account.as_deref().unwrap_or_default();
        out.push(
            view.on_objective(rule, index)
                .at(&line.amount.source)
                .quote("conto", "account", account)
                .quote("importo", "amount", &line.amount.raw)
                .says(
                    "una riga del budget è un ricavo e sta tra i costi senza un segno che la distingua",
                    "a line of the budget is a revenue and isn't told apart from the costs",
                ),
        );
    }
    out
}

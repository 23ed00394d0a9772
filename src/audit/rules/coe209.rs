//! COE209: il budget è minore delle sue parti.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE209",
    severity: Severity::Error,
    title: Text { it: "il budget è minore delle sue parti", en: "the budget is smaller than its parts" },
    what: "Confronta la somma del budget di un obiettivo con quella degli obiettivi sotto di esso.",
    why: "Le parti non possono costare più del tutto.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. g): gli obiettivi sono correlati alla quantità e alla qualità \
          delle risorse disponibili.",
    example: "Obiettivo strategico 100.000 euro; obiettivi operativi 60.000 e 55.000.",
    advice: Text { it: "correggere gli importi", en: "correct the amounts" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let total = |o: &Objective| {
        let amounts: Vec<Decimal> = o.sheet.budget.iter().filter_map(|l| l.amount.value).collect();
        (!amounts.is_empty()).then(|| amounts.iter().sum::<Decimal>())
    };
    let mut out = Vec::new();
    for (index, objective) in view.objectives() {
        let Some(whole) = total(objective) else { continue };
        let parts: Vec<Decimal> = view.children(index).filter_map(|(_, o)| total(o)).collect();
        let sum: Decimal = parts.iter().sum();
        if sum > whole {
            let terms: Vec<String> = parts.iter().map(|p| italian(*p, 2)).collect();
            out.push(
                view.on_objective(rule, index)
                    .says(
                        format!("il budget è {} euro, le sue parti fanno {} euro", italian(whole, 2), italian(sum, 2)),
                        format!(
                            "the budget is {} euro, its parts add up to {} euro",
                            italian(whole, 2),
                            italian(sum, 2)
                        ),
                    )
                    .reckons(format!("{} = {}", terms.join(" + "), italian(sum, 2))),
            );
        }
    }
    out
}

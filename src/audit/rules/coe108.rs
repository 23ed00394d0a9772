//! COE108: il peso nell'elenco non è quello della scheda.

use super::prelude::*;
use crate::audit::lists::{listed, own_number};

pub(super) static RULE: Rule = Rule {
    code: "COE108",
    severity: Severity::Error,
    title: Text {
        it: "il peso nell'elenco non è quello della scheda",
        en: "the weight in the list is not the sheet's",
    },
    what: "Confronta i pesi dell'elenco degli indicatori in testa alla scheda con i pesi stampati presso gli \
          indicatori, anche quando l'elenco dà un peso a più indicatori insieme.",
    why: "Lo stesso peso è detto in due modi.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Elenco: indicatori 2 e 3, peso 40%; schede: 15% e 20%.",
    advice: Text { it: "lasciare un solo peso", en: "leave one weight only" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, _) in view.objectives() {
        let weight = |n: u32| {
            let own = view.members(index).find(|(_, i)| own_number(i.code.as_deref()) == Some(n))?;
            number(own.1.weight.as_ref()?)
        };
        for entry in listed(view, index) {
            let Some(wanted) = entry.weight else { continue };
            let Some(found) = entry.numbers.iter().map(|n| weight(*n)).collect::<Option<Vec<_>>>() else { continue };
            let sum: Decimal = found.iter().sum();
            if sum == wanted {
                continue;
            }
            let numbers: Vec<String> = entry.numbers.iter().map(u32::to_string).collect();
            let terms: Vec<String> = found.iter().map(|w| italian(*w, 4)).collect();
            out.push(
                view.on_objective(rule, index)
                    .at(&entry.source)
                    .quote("elenco", "list", &entry.weight_raw)
                    .says(
                        format!(
                            "l'elenco dà agli indicatori {} il peso {}, le loro schede {}",
                            numbers.join(", "),
                            italian(wanted, 4),
                            italian(sum, 4)
                        ),
                        format!(
                            "the list gives indicators {} the weight {}, their sheets {}",
                            numbers.join(", "),
                            italian(wanted, 4),
                            italian(sum, 4)
                        ),
                    )
                    .reckons(format!("{} = {}", terms.join(" + "), italian(sum, 4))),
            );
        }
    }
    out
}

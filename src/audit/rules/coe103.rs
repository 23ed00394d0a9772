//! COE103: pesi arrotondati: la somma è 99,99.

use super::prelude::*;
use super::weighing::{Weighed, base, groups};

pub(super) static RULE: Rule = Rule {
    code: "COE103",
    severity: Severity::Info,
    title: Text { it: "pesi arrotondati: la somma è 99,99", en: "rounded weights: the sum is 99.99" },
    what: "Riconosce le somme che si scostano da 100 solo per l'arrotondamento dei singoli pesi.",
    why: "Il punteggio massimo dell'obiettivo non è 100; la differenza è piccola ma si vede nei totali.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e \
          valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "33,33% × 3 = 99,99%.",
    advice: Text { it: "dare a un indicatore il resto (33,34%)", en: "give one indicator the remainder (33.34%)" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let groups = groups(view);
    let base = base(&groups);
    let finding = |g: &Weighed| {
        let mut finding = view.on_objective(rule, g.objective);
        for (_, measure) in &g.weights {
            finding = finding.quote("peso", "weight", &measure.raw);
        }
        finding
            .says(
                format!("i pesi, arrotondati, fanno {} invece di {}", italian(g.sum, 4), italian(g.base(base), 4)),
                format!("the rounded weights add up to {} instead of {}", italian(g.sum, 4), italian(g.base(base), 4)),
            )
            .reckons(g.addition())
    };
    groups.iter().filter(|g| g.sum != g.base(base) && g.nearly(g.base(base))).map(finding).collect()
}

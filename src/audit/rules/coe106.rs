//! COE106: i pesi degli obiettivi di un dirigente non fanno 100.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE106",
    severity: Severity::Error,
    title: Text {
        it: "i pesi degli obiettivi di un dirigente non fanno 100",
        en: "the weights of an executive's objectives don't add up to 100",
    },
    what: "Somma, per ogni dirigente, i pesi degli obiettivi nella tabella dei pesi, e i pesi ridefiniti dove \
          ci sono.",
    why: "Il risultato del dirigente non si può calcolare.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e \
          valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Obiettivi con pesi 30, 30, 20 e 10: la somma è 90.",
    advice: Text { it: "correggere la tabella dei pesi", en: "correct the table of weights" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut owners: Vec<&str> = Vec::new();
    for (_, o) in view.objectives() {
        if let Some(owner) = o.owner.as_deref().filter(|_| o.table_weight.is_some())
            && !owners.contains(&owner)
        {
            owners.push(owner);
        }
    }
    let hundred = Decimal::ONE_HUNDRED;
    let mut out = Vec::new();
    for owner in owners {
        let own = || view.objectives().filter(|(_, o)| o.owner.as_deref() == Some(owner) && o.table_weight.is_some());
        let Some((first, _)) = own().next() else { continue };
        let redefined = own().any(|(_, o)| o.revised_weight.is_some());
        for revised in [false, true] {
            if revised && !redefined {
                continue;
            }
            let weight = |o: &Objective| {
                let measure = if revised { o.revised_weight.clone() } else { o.table_weight.clone() }?;
                told(&measure).then(|| number(&measure))?
            };
            let weights: Vec<Decimal> = own().filter_map(|(_, o)| weight(o)).collect();
            let sum: Decimal = weights.iter().sum();
            if weights.len() < 2 || sum == hundred || (sum - hundred).abs() <= Decimal::new(2, 2) {
                continue;
            }
            let which = if revised { "ridefiniti " } else { "" };
            let terms: Vec<String> = weights.iter().map(|w| italian(*w, 4)).collect();
            let mut finding = view.on_objective(rule, first).quote("dirigente", "executive", owner);
            finding.subject = Some(owner.to_owned());
            out.push(
                finding
                    .says(
                        format!("i pesi {which}dei {} obiettivi fanno {}, non 100", weights.len(), italian(sum, 4)),
                        format!(
                            "the {}weights of the {} objectives add up to {}, not 100",
                            if revised { "redefined " } else { "" },
                            weights.len(),
                            italian(sum, 4)
                        ),
                    )
                    .reckons(format!("{} = {}", terms.join(" + "), italian(sum, 4))),
            );
        }
    }
    out
}

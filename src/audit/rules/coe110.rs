//! COE110: i punti disponibili non fanno 100.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE110",
    severity: Severity::Warning,
    title: Text { it: "i punti disponibili non fanno 100", en: "the points available don't add up to 100" },
    what: "Somma i punti che ogni gruppo di indicatori può dare e la confronta con 100.",
    why: "Se i punti non fanno 100 il risultato dell'ente, stampato come percentuale, non è una percentuale.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e \
          valutazione.",
    example: "6 × 8 + 12 × 4,33 = 99,96.",
    advice: Text {
        it: "correggere i punti, o riportare il risultato al totale disponibile",
        en: "correct the points, or relate the result to the points available",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let measures: Vec<&Measure> = view.plan.groups.iter().filter_map(|g| g.points_available.as_ref()).collect();
    let points: Vec<Decimal> = measures.iter().filter_map(|m| number(m)).collect();
    let sum: Decimal = points.iter().sum();
    let (Some(first), true) = (measures.first(), points.len() > 2 && points.len() == measures.len()) else {
        return Vec::new();
    };
    if sum == Decimal::ONE_HUNDRED {
        return Vec::new();
    }
    // Equal terms together: "6 × 8 + 12 × 4,33".
    let mut terms: Vec<(Decimal, usize)> = Vec::new();
    for p in &points {
        match terms.iter_mut().find(|(value, _)| value == p) {
            Some((_, n)) => *n += 1,
            None => terms.push((*p, 1)),
        }
    }
    let written: Vec<String> = terms.iter().map(|(p, n)| format!("{n} × {}", italian(*p, 4))).collect();
    vec![
        Finding::of(rule)
            .at(&first.source)
            .says(
                format!("i punti disponibili dei {} gruppi fanno {}, non 100", points.len(), italian(sum, 4)),
                format!("the points available of the {} groups add up to {}, not 100", points.len(), italian(sum, 4)),
            )
            .reckons(format!("{} = {}", written.join(" + "), italian(sum, 4))),
    ]
}

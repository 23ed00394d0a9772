//! COE109: peso zero.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE109",
    severity: Severity::Warning,
    title: Text { it: "peso zero", en: "zero weight" },
    what: "Cerca gli indicatori con peso 0.",
    why: "Un indicatore che pesa 0 non conta: si misura senza effetto sul risultato.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e \
          valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Due indicatori con pesi 100 e 0.",
    advice: Text { it: "dare un peso o togliere l'indicatore", en: "give it a weight or drop the indicator" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let weight = indicator.weight.as_ref().filter(|w| number(w) == Some(Decimal::ZERO))?;
        Some(view.on(rule, index).at(&weight.source).quote("peso", "weight", &weight.raw).says(
            "l'indicatore pesa 0: il suo risultato non conta",
            "the indicator weighs 0: its result doesn't count",
        ))
    };
    view.indicators().filter_map(finding).collect()
}

//! COE250: un obiettivo in euro e il budget che lo finanzia non concordano.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE250",
    severity: Severity::Info,
    title: Text {
        it: "un obiettivo in euro e il budget che lo finanzia non concordano",
        en: "a target in euro and the budget that pays for it don't agree",
    },
    what: "Confronta gli obiettivi in euro degli indicatori con la somma degli importi delle schede: cerca quelli quasi uguali, a meno dell'1%, ma non uguali.",
    why: "Sono la stessa somma scritta due volte: una delle due è sbagliata.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Nuova previsione 6.490.000 euro; importi della scheda 3.200.000 + 3.300.000 = 6.500.000.",
    advice: Text { it: "allineare obiettivo e importi", en: "bring target and sums in line" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, indicator) in view.indicators().filter(|(_, i)| i.same_as.is_none()) {
        let euro = |t: &&DatedMeasure| {
            t.measure.reading.kind == Kind::Currency && number(&t.measure) >= Some(Decimal::from(10_000))
        };
        let targets: Vec<&DatedMeasure> = indicator.targets.iter().filter(euro).collect();
        let Some(last) = targets.last() else { continue };
        let Some(value) = number(&last.measure) else { continue };
        for (at, objective) in view.objectives() {
            let amounts: Vec<Decimal> = objective.sheet.budget.iter().filter_map(|l| l.amount.value).collect();
            let sum: Decimal = amounts.iter().sum();
            let apart = (sum - value).abs();
            // An earlier target that is one of the sums shows that the two belong together.
            let linked = indicator.objective == Some(at)
                || targets.iter().any(|t| number(&t.measure).is_some_and(|n| amounts.contains(&n)));
            if amounts.len() < 2 || apart.is_zero() || apart * Decimal::ONE_HUNDRED > value || !linked {
                continue;
            }
            let parts: Vec<String> = amounts.iter().map(|n| italian(*n, 2)).collect();
            out.push(
                view.on(rule, index)
                    .at(&last.measure.source)
                    .quote("obiettivo", "target", &last.measure.raw)
                    .says(
                        format!(
                            "gli importi di {} fanno {}, l'obiettivo è {}",
                            objective_name(objective),
                            italian(sum, 2),
                            italian(value, 2)
                        ),
                        format!(
                            "the sums of {} add up to {}, the target is {}",
                            objective_name_in(objective, Language::English),
                            italian(sum, 2),
                            italian(value, 2)
                        ),
                    )
                    .reckons(format!("{} = {}", parts.join(" + "), italian(sum, 2))),
            );
        }
    }
    out
}

//! COE310: il risultato non raggiunge l'obiettivo.

use super::prelude::*;
use super::targets::comparable;

pub(super) static RULE: Rule = Rule {
    code: "COE310",
    severity: Severity::Info,
    title: Text { it: "il risultato non raggiunge l'obiettivo", en: "the actual doesn't reach the target" },
    what: "Cerca i risultati peggiori dell'obiettivo alla stessa data, anche quando il documento lo dichiara.",
    why: "Sono gli scostamenti che la relazione deve spiegare.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli obiettivi, con la rilevazione degli scostamenti.",
    example: "Obiettivo >= 75%, risultato 54,47%.",
    advice: Text { it: "dire le cause dello scostamento", en: "say why the target was missed" },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator).filter(|_| indicator.same_as.is_none())?;
        let target = view.target_for(indicator, actual)?;
        let (a, t) = comparable(&actual.measure, &target.measure)?;
        let missed = if higher_is_better(indicator, &target.measure) { a < t } else { a > t };
        // Counted as met all the same: another rule's.
        let counted = indicator.achievement.as_ref().and_then(number).is_some_and(|n| n >= Decimal::ONE_HUNDRED);
        let plain = actual.measure.reading.kind != Kind::Range && target.measure.reading.kind != Kind::Range;
        (missed && plain && !counted).then(|| {
            view.on(rule, index).at_result(&actual.measure, &target.measure).says(
                format!("il risultato ({}) non raggiunge l'obiettivo ({})", italian(a, 4), italian(t, 4)),
                format!("the actual ({}) doesn't reach the target ({})", italian(a, 4), italian(t, 4)),
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

//! COE308: il risultato è almeno tre volte l'obiettivo.

use super::prelude::*;
use super::targets::comparable;

pub(super) static RULE: Rule = Rule {
    code: "COE308",
    severity: Severity::Info,
    title: Text {
        it: "il risultato è almeno tre volte l'obiettivo",
        en: "the actual is at least three times the target",
    },
    what: "Cerca i risultati che sono almeno tre volte l'obiettivo.",
    why: "Un obiettivo superato di tanto era troppo basso, o il risultato conta un'altra cosa.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. c): gli obiettivi determinano un significativo miglioramento.",
    example: "Obiettivo >= 100, risultato 964.",
    advice: Text {
        it: "alzare l'obiettivo dell'anno dopo, o controllare che cosa si è contato",
        en: "raise next year's target, or check what was counted",
    },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let three = Decimal::from(3);
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator)?;
        let target = view
            .target_for(indicator, actual)
            .or_else(|| view.year_target(indicator))
            .filter(|t| t.period >= actual.period || t.period.map(|p| p.year()) < actual.period.map(|p| p.year()))?;
        let (a, t) = comparable(&actual.measure, &target.measure)?;
        let far = higher_is_better(indicator, &target.measure)
            && t > Decimal::ZERO
            && a >= t * three
            && indicator.same_as.is_none()
            // A target moved to the actual is told as that.
            && super::coe305::finding(&super::coe305::RULE, view, index, indicator).is_none();
        far.then(|| {
            view.on(rule, index).at_result(&actual.measure, &target.measure).says(
                format!("il risultato è {} volte l'obiettivo ({} su {})", times(a, t), italian(a, 4), italian(t, 4)),
                format!("the actual is {} times the target ({} of {})", times(a, t), italian(a, 4), italian(t, 4)),
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

/// How many times one figure holds the other, with one decimal at most.
fn times(a: Decimal, t: Decimal) -> String {
    a.checked_div(t).map_or_else(String::new, |n| italian(n, 1))
}

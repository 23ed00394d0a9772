//! COM201: manca il risultato.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM201",
    severity: Severity::Warning,
    title: Text { it: "manca il risultato", en: "the actual is missing" },
    what: "Cerca, nei documenti che riportano risultati, gli indicatori senza risultato o con un segnaposto. Se \
          alla data c'era un obiettivo è un avviso, altrimenti una nota.",
    why: "Senza risultato l'indicatore non si può valutare.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli \
          obiettivi, con la rilevazione degli scostamenti.",
    example: "Obiettivo al 30/6 «100%», risultato vuoto.",
    advice: Text { it: "dare il risultato, o dire perché non c'è", en: "give the actual, or say why there is none" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    if !view.reports() {
        return Vec::new();
    }
    let day = view.scores.period.or(view.plan.card.reference_date);
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator);
        if actual.is_some_and(|a| told(&a.measure)) || indicator.targets.is_empty() || indicator.same_as.is_some() {
            return None;
        }
        // A rate without a result is told as that.
        if indicator.achievement.as_ref().and_then(number).is_some_and(|n| n > Decimal::ZERO) {
            return None;
        }
        let due = indicator.targets.iter().find(|t| t.period == day && told(&t.measure));
        let mut finding = view.on(rule, index);
        if let Some(due) = due {
            finding = finding.quote("obiettivo", "target", &due.measure.raw);
        }
        let before = indicator.actuals.iter().rev().skip(1).find(|a| told(&a.measure));
        if let Some(before) = before {
            finding = finding.quote("risultato precedente", "earlier actual", &before.measure.raw);
        }
        if let Some(actual) = actual {
            finding = finding.at(&actual.measure.source).quote("risultato", "actual", &actual.measure.raw);
        }
        Some(if due.is_some() {
            finding.says(
                format!("c'è un obiettivo {}, ma non il risultato", at_day(day)),
                "there is a target for the day, but no actual",
            )
        } else {
            finding.weighs(Severity::Info).says(
                format!("manca il risultato {} (per quella data non è fissato un obiettivo)", at_day(day)),
                "no actual for the day (and no target)",
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

//! ATT101: l'obiettivo è sotto il risultato dell'anno prima.

use super::prelude::*;
use super::targets::comparable;
use crate::normalise::Plan;

pub(super) static RULE: Rule = Rule {
    code: "ATT101",
    severity: Severity::Warning,
    title: Text {
        it: "l'obiettivo è sotto il risultato dell'anno prima",
        en: "the target is below last year's result",
    },
    what: "Confronta, fra i documenti letti insieme, l'obiettivo di un indicatore con il risultato dello stesso \
          indicatore, dello stesso ente, nell'anno precedente.",
    why: "Un obiettivo sotto ciò che si è già ottenuto non chiede un miglioramento.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. f): gli obiettivi sono confrontabili con le tendenze almeno del \
          triennio precedente.",
    example: "Relazione 2019: 964 interventi; piano 2020: almeno 100.",
    advice: Text {
        it: "alzare l'obiettivo, o dire perché è più basso",
        en: "raise the target, or say why it is lower",
    },
    gather: None,
    check: Check::Across(check),
};

fn check(rule: &Rule, plan: &Plan, before: &[&Plan]) -> Vec<Finding> {
    let indicators = || plan.indicators.iter().enumerate();
    let beside = |earlier| indicators().filter_map(move |(index, one)| finding(rule, plan, earlier, index, one));
    before.iter().copied().flat_map(beside).collect()
}

fn finding(rule: &Rule, plan: &Plan, earlier: &Plan, index: usize, indicator: &Indicator) -> Option<Finding> {
    let name = key(&indicator.name);
    if name.split(' ').count() < 3 || indicator.same_as.is_some() {
        return None;
    }
    let title = |p: &Plan, i: &Indicator| i.objective.and_then(|o| p.objectives.get(o)).map(|o| key(&o.title));
    let same = |i: &&Indicator| key(&i.name) == name && i.same_as.is_none();
    let twins: Vec<&Indicator> = earlier.indicators.iter().filter(same).collect();
    let twin = match twins[..] {
        [only] => only,
        _ => twins.into_iter().find(|i| title(earlier, i) == title(plan, indicator))?,
    };
    let target = indicator.targets.iter().rfind(|t| t.period.map(|p| p.year()) == plan.card.year)?;
    let actual = twin.actuals.last().filter(|a| a.period.is_some_and(|p| p.month() == 12))?;
    let (a, t) = comparable(&actual.measure, &target.measure)?;
    let worse = if higher_is_better(indicator, &target.measure) { t < a } else { t > a };
    worse.then(|| {
        let mut finding = Finding::of(rule).at(&target.measure.source);
        finding.subject_id = Some(indicator.indicator_id.clone());
        finding.subject = Some(format!("indicatore «{}»", cut(&indicator.name)));
        finding.subject_en = Some(format!("indicator “{}”", cut(&indicator.name)));
        finding.order = (indicator.objective.map_or(0, |o| o + 1), index + 1);
        finding
            .quote("risultato dell'anno prima", "last year's actual", &actual.measure.raw)
            .quote("obiettivo", "target", &target.measure.raw)
            .says(
                format!(
                    "l'obiettivo ({}) è peggiore del risultato dell'anno prima ({}, {})",
                    italian(t, 4),
                    italian(a, 4),
                    earlier.card.document_id
                ),
                format!(
                    "the target ({}) is worse than last year's result ({}, {})",
                    italian(t, 4),
                    italian(a, 4),
                    earlier.card.document_id
                ),
            )
            .reckons(format!("{} − {} = {}", italian(t, 4), italian(a, 4), italian(t - a, 4)))
    })
}

//! ATT119: l'obiettivo dell'anno dopo è già raggiunto.

use super::prelude::*;
use super::targets::comparable;
use crate::normalise::DocumentKind;

pub(super) static RULE: Rule = Rule {
    code: "ATT119",
    severity: Severity::Info,
    title: Text { it: "l'obiettivo dell'anno dopo è già superato", en: "next year's target is already exceeded" },
    what: "Nelle relazioni che stampano anche gli obiettivi degli anni dopo li confronta con il risultato dell'anno: segnala \
          quelli che il risultato supera già e che non chiedono più dell'obiettivo appena raggiunto.",
    why: "L'obiettivo non spinge a migliorare: va rivisto nel prossimo piano.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. e): gli obiettivi sono tali da determinare un significativo miglioramento.",
    example: "Operatori coinvolti: risultato 2022 63, obiettivo 2023 >= 60, come nel 2022.",
    advice: Text { it: "rivedere l'obiettivo dell'anno dopo", en: "review next year's target" },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    if view.plan.card.kind != DocumentKind::Report {
        return Vec::new();
    }
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator)?;
        let day = actual.period?;
        let next = indicator.targets.iter().find(|t| t.period.is_some_and(|p| p.year() == day.year() + 1))?;
        let now = view.target_for(indicator, actual)?;
        let (done, wanted) = comparable(&actual.measure, &next.measure)?;
        let (_, asked) = comparable(&actual.measure, &now.measure)?;
        let more = higher_is_better(indicator, &next.measure);
        let (past, flat) = if more { (done > wanted, wanted <= asked) } else { (done < wanted, wanted >= asked) };
        (past && flat && done != Decimal::ZERO).then(|| {
            view.on(rule, index)
                .at(&next.measure.source)
                .quote("risultato", "actual", &actual.measure.raw)
                .quote("obiettivo dell'anno", "this year's target", &now.measure.raw)
                .quote("obiettivo dell'anno dopo", "next year's target", &next.measure.raw)
                .says(
                    format!(
                        "il risultato, {}, supera già l'obiettivo dell'anno dopo, {}",
                        actual.measure.raw, next.measure.raw
                    ),
                    format!(
                        "the actual, {}, already exceeds next year's target, {}",
                        actual.measure.raw, next.measure.raw
                    ),
                )
        })
    };
    view.indicators().filter_map(finding).collect()
}

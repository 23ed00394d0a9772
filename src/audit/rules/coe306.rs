//! COE306: l'obiettivo di fine anno è già raggiunto, o quasi, a metà anno.

use super::prelude::*;
use super::targets::{comparable, comparable_parts, noun_of};

pub(super) static RULE: Rule = Rule {
    code: "COE306",
    severity: Severity::Info,
    title: Text {
        it: "l'obiettivo di fine anno è già raggiunto, o quasi, a metà anno",
        en: "the year-end target is already met, or nearly, at half-year",
    },
    what: "Cerca i risultati di metà anno che raggiungono almeno il 95% dell'obiettivo di fine anno, senza che \
          si proponga di cambiarlo.",
    why: "L'obiettivo non guida più l'attività del secondo semestre.",
    basis: "D.Lgs. 150/2009, art. 6: il monitoraggio in corso d'anno verifica l'andamento rispetto agli \
          obiettivi e ne segnala la variazione.",
    example: "Obiettivo di fine anno 4 riunioni, risultato al 30/6 6 riunioni.",
    advice: Text {
        it: "proporre un nuovo obiettivo, o dire perché resta",
        en: "propose a new target, or say why it stays",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let nearly = Decimal::new(95, 2);
    let finding = |(index, indicator): (usize, &Indicator)| {
        let year = view.year_target(indicator)?;
        let actual = view.actual(indicator).filter(|a| a.period < year.period)?;
        if indicator.targets.iter().any(|t| t.revised)
            || matches!(year.measure.reading.kind, Kind::Percent | Kind::Boolean)
        {
            return None;
        }
        let higher = higher_is_better(indicator, &year.measure);
        let parts = comparable_parts(&actual.measure, &year.measure);
        let reached = parts.into_iter().find(|(a, y)| higher && *y > Decimal::ONE && *a >= *y * nearly);
        reached.map(|(a, y)| {
            let whole = comparable(&actual.measure, &year.measure) == Some((a, y));
            let noun = noun_of(&year.measure.raw, y).filter(|_| !whole || year.measure.raw.len() > 24);
            let noun = noun.map_or_else(String::new, |n| format!(" {n}"));
            let state = if a >= y { "è già raggiunto" } else { "è quasi raggiunto" };
            view.on(rule, index)
                .at(&actual.measure.source)
                .quote("obiettivo di fine anno", "year-end target", &year.measure.raw)
                .quote("risultato", "actual", &actual.measure.raw)
                .says(
                    format!(
                        "l'obiettivo di fine anno ({}{noun}) {state} {} ({}) e non si propone di cambiarlo",
                        italian(y, 4),
                        at_day(actual.period),
                        italian(a, 4)
                    ),
                    format!(
                        "the year-end target ({}{noun}) is met or nearly met at half-year ({}) and no change is proposed",
                        italian(y, 4),
                        italian(a, 4)
                    ),
                )
        })
    };
    view.indicators().filter_map(finding).collect()
}

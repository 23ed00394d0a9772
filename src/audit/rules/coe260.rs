//! COE260: l'obiettivo di metà anno è più alto di quello di fine anno.

use super::prelude::*;
use super::targets::{adds_up, comparable};

pub(super) static RULE: Rule = Rule {
    code: "COE260",
    severity: Severity::Warning,
    title: Text {
        it: "l'obiettivo di metà anno è più alto di quello di fine anno",
        en: "the half-year target is above the year-end one",
    },
    what: "Confronta l'obiettivo di metà anno con quello di fine anno per ciò che si conta dall'inizio dell'anno.",
    why: "Un conteggio non può scendere: uno dei due obiettivi è sbagliato.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Imprese partecipanti: primo semestre 45, anno 40.",
    advice: Text { it: "correggere uno dei due obiettivi", en: "correct one of the two targets" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let year = view.year_target(indicator)?;
        let half = view.target_within(indicator, year)?;
        let (first, last) = comparable(&half.measure, &year.measure)?;
        let counts = matches!(year.measure.reading.kind, Kind::Number | Kind::Currency) && adds_up(indicator);
        (counts && first > last && last > Decimal::ZERO && higher_is_better(indicator, &year.measure)).then(|| {
            view.on(rule, index)
                .at(&half.measure.source)
                .quote("obiettivo di metà anno", "half-year target", &half.measure.raw)
                .quote("obiettivo di fine anno", "year-end target", &year.measure.raw)
                .says(
                    format!("a metà anno si chiede {}, a fine anno meno: {}", half.measure.raw, year.measure.raw),
                    format!("{} is asked by mid-year, less by its end: {}", half.measure.raw, year.measure.raw),
                )
                .reckons(format!("{} > {}", italian(first, 4), italian(last, 4)))
        })
    };
    view.indicators().filter_map(finding).collect()
}

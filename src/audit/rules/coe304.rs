//! COE304: l'obiettivo di metà anno è già quello di fine anno.

use super::prelude::*;
use super::targets::equal;

pub(super) static RULE: Rule = Rule {
    code: "COE304",
    severity: Severity::Info,
    title: Text {
        it: "l'obiettivo di metà anno è già quello di fine anno",
        en: "the half-year target is the year-end one",
    },
    what: "Cerca gli obiettivi che contano cose (eventi, posizioni, ispezioni) e sono uguali a metà e a fine \
          anno.",
    why: "Nel secondo semestre non resta nulla da fare, o uno dei due valori è sbagliato.",
    basis: "D.Lgs. 150/2009, art. 6: il monitoraggio in corso d'anno verifica l'andamento rispetto agli \
          obiettivi e ne segnala la variazione.",
    example: "Al 30/6 39 contratti, al 31/12 39 contratti.",
    advice: Text { it: "controllare i due valori", en: "check the two values" },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let year = view.year_target(indicator)?;
        let half = view.target_within(indicator, year)?;
        // Rates, levels, days and answers are the same all year round.
        // A share of an activity or of a number of things grows to the end of the year; a rate doesn't.
        const GROWS: [&str; 8] =
            ["numero", "n", "azioni", "azione", "attivita", "predisposizione", "predisposizioni", "realizzazione"];
        let name = key(&indicator.name);
        let grows = GROWS.contains(&name.split(' ').next().unwrap_or_default());
        let kind = year.measure.reading.kind;
        let counts =
            (kind == Kind::Number || kind == Kind::Percent && grows) && higher_is_better(indicator, &year.measure);
        let share =
            !grows && (indicator.unit.as_deref().is_some_and(|u| u.contains('%')) || indicator.name.contains('%'));
        (counts && !share && equal(&half.measure, &year.measure) && half.measure.reading.operator == year.measure.reading.operator).then(
            || {
                view.on(rule, index)
                    .at(&half.measure.source)
                    .quote("obiettivo di metà anno", "half-year target", &half.measure.raw)
                    .quote("obiettivo di fine anno", "year-end target", &year.measure.raw)
                    .says(
                        "l'obiettivo di metà anno è già quello di fine anno: nel secondo semestre non resta nulla da fare",
                        "the half-year target is already the year-end one: nothing is left to do in the second half",
                    )
            },
        )
    };
    view.indicators().filter_map(finding).collect()
}

//! COM411: una percentuale di cui non si dice di che cosa.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM411",
    severity: Severity::Info,
    title: Text { it: "una percentuale di cui non si dice di che cosa", en: "a percentage of what isn't said" },
    what: "Cerca gli indicatori il cui nome è un'attività (azioni, predisposizione, assistenza …), con un obiettivo del 100% e senza un metodo di calcolo.",
    why: "Non si sa che cosa si divide per che cosa: il 100% si raggiunge sempre.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini concreti e chiari.",
    example: "«Azioni di coordinamento tra la Camera e l'azienda speciale», obiettivo 100,00%.",
    advice: Text { it: "dire che cosa si conta e su quale totale", en: "say what is counted and out of what" },
    gather: Some(2),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let target = view.year_target(indicator)?;
        let all = target.measure.reading.kind == Kind::Percent && number(&target.measure) == Some(Decimal::ONE_HUNDRED);
        let plain = target.measure.raw.chars().count() < 12;
        let share = ["%", "percentual", "tasso", "quota", "/", "numero", "grado", "rapporto", "su totale", "n."];
        let name = indicator.name.to_lowercase();
        let active = said(&indicator.name, &view.phrases.activities).is_some_and(|w| key(&name).starts_with(w));
        let method = indicator.algorithm.is_some() || indicator.unit.is_some();
        (all && plain && active && !method && indicator.same_as.is_none() && !share.iter().any(|s| name.contains(s)))
            .then(|| {
                view.on(rule, index).at(&target.measure.source).quote("obiettivo", "target", &target.measure.raw).says(
                    "l'obiettivo è 100%, ma il nome è un'attività: non dice di che cosa è la percentuale",
                    "the target is 100%, but the name is an activity: it doesn't say what it is a percentage of",
                )
            })
    };
    view.indicators().filter_map(finding).collect()
}

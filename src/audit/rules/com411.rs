//! COM411: una percentuale di cui non si dice di che cosa.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM411",
    severity: Severity::Info,
    title: Text { it: "una percentuale di cui non si dice di che cosa", en: "a percentage of what isn't said" },
    what: "Cerca gli indicatori il cui nome è un'attività (azioni, predisposizione, assistenza …), senza un metodo di calcolo, con un obiettivo del 100%, o con un numero di cui non si dice che cosa conta.",
    why: "Non si sa che cosa si divide per che cosa: il 100% si raggiunge sempre.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini concreti e chiari.",
    example: "«Azioni di coordinamento tra la Camera e l'azienda speciale», obiettivo 100,00%.",
    advice: Text { it: "dire che cosa si conta e su quale totale", en: "say what is counted and out of what" },
    gather: Some(2),
    check: Check::Document(check),
};

/// Activities that can't be counted as they are; "incontri" and "azioni" can.
const DOES: [&str; 7] =
    ["assistenza", "supporto", "gestione", "coordinamento", "organizzazione", "implementazione", "aggiornamento"];

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let target = view.year_target(indicator)?;
        let all = target.measure.reading.kind == Kind::Percent && number(&target.measure) == Some(Decimal::ONE_HUNDRED);
        let bare = target.measure.raw.chars().all(|c| c.is_ascii_digit() || c == '.');
        let count = target.measure.reading.kind == Kind::Number && bare && number(&target.measure) > Some(Decimal::ONE);
        let plain = target.measure.raw.chars().count() < 12;
        let share = ["%", "percentual", "tasso", "quota", "/", "numero", "grado", "rapporto", "su totale", "n."];
        let name = indicator.name.to_lowercase();
        let active = said(&indicator.name, &view.phrases.activities).is_some_and(|w| key(&name).starts_with(w));
        let method = indicator.algorithm.is_some() || indicator.unit.is_some();
        let unsaid =
            plain && active && !method && indicator.same_as.is_none() && !share.iter().any(|s| name.contains(s));
        let finding =
            || view.on(rule, index).at(&target.measure.source).quote("obiettivo", "target", &target.measure.raw);
        match (all, count && DOES.iter().any(|d| name.starts_with(d))) {
            (true, _) if unsaid => Some(finding().says(
                "l'obiettivo è 100%, ma il nome è un'attività: non dice di che cosa è la percentuale",
                "the target is 100%, but the name is an activity: it doesn't say what it is a percentage of",
            )),
            (_, true) if unsaid => Some(finding().says(
                "l'obiettivo è un numero, ma il nome è un'attività: non dice che cosa si conta",
                "the target is a number, but the name is an activity: it doesn't say what is counted",
            )),
            _ => None,
        }
    };
    view.indicators().filter_map(finding).collect()
}

//! ACC105: manca il segno di percentuale.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC105",
    severity: Severity::Warning,
    title: Text { it: "manca il segno di percentuale", en: "the percent sign is missing" },
    what: "Cerca i risultati senza unità dove l'obiettivo è una percentuale.",
    why: "Senza segno il numero può essere una quantità o una percentuale: il grado di raggiungimento cambia.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Obiettivo -7,00%, risultato -9,01, scostamento -2,01.",
    advice: Text {
        it: "aggiungere il segno % al risultato (e allo scostamento)",
        en: "add the % sign to the actual (and the variance)",
    },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator)?;
        let target = view.target_for(indicator, actual).or_else(|| view.year_target(indicator))?;
        let lost = target.measure.reading.kind == Kind::Percent
            && actual.measure.reading.kind == Kind::Number
            && actual.measure.reading.unit.is_none();
        // The other way round: "= 100" reached by "100%".
        let odd = indicator.variance.is_none()
            && target.measure.reading.kind == Kind::Number
            && target.measure.reading.unit.is_none()
            && actual.measure.reading.kind == Kind::Percent;
        if odd {
            return Some(
                view.on(rule, index)
                    .at(&target.measure.source)
                    .quote("obiettivo", "target", &target.measure.raw)
                    .quote("risultato", "actual", &actual.measure.raw)
                    .says(
                        "il risultato è una percentuale, l'obiettivo è stampato senza il segno %",
                        "the actual is a percentage, the target is printed without the % sign",
                    ),
            );
        }
        lost.then(|| {
            let finding = view
                .on(rule, index)
                .at(&actual.measure.source)
                .quote("obiettivo", "target", &target.measure.raw)
                .quote("risultato", "actual", &actual.measure.raw);
            match indicator.variance.as_ref().filter(|v| v.reading.kind == Kind::Number) {
                Some(variance) => finding.quote("scostamento", "variance", &variance.raw).says(
                    "l'obiettivo è una percentuale, risultato e scostamento sono stampati senza il segno %",
                    "the target is a percentage, actual and variance are printed without the % sign",
                ),
                None => finding.says(
                    "l'obiettivo è una percentuale, il risultato è stampato senza il segno %",
                    "the target is a percentage, the actual is printed without the % sign",
                ),
            }
        })
    };
    view.indicators().filter_map(finding).collect()
}

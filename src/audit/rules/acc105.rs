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
    advice: Text { it: "aggiungere il segno % dove manca", en: "add the % sign where it is missing" },
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
            let finding = view.on(rule, index).at_result(&actual.measure, &target.measure);
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
    view.indicators()
        .filter_map(finding)
        .chain(view.indicators().filter_map(|(n, i)| start(rule, view, n, i)))
        .collect()
}

/// A starting value that is a bare number beside percentages.
fn start(rule: &Rule, view: &View<'_>, index: usize, indicator: &Indicator) -> Option<Finding> {
    let baseline = &indicator.baseline.as_ref()?.measure;
    let target = view.year_target(indicator)?;
    let shares = indicator.targets.iter().filter(|t| told(&t.measure)).all(|t| t.measure.reading.kind == Kind::Percent);
    // More than a hundred is a count: another rule's. So is what a name measures as a change.
    let bare = baseline.reading.kind == Kind::Number
        && baseline.reading.unit.is_none()
        && number(baseline).is_some_and(|n| n > Decimal::ONE && n <= Decimal::ONE_HUNDRED);
    let change = key(&indicator.name)
        .split(' ')
        .any(|w| ["increm", "riduz", "aument", "variaz", "diminu"].iter().any(|c| w.starts_with(c)));
    (shares && bare && !change).then(|| {
        view.on(rule, index)
            .at(&baseline.source)
            .quote("valore di partenza", "baseline", &baseline.raw)
            .quote("obiettivo", "target", &target.measure.raw)
            .says(
                "gli obiettivi sono percentuali, il valore di partenza è stampato senza il segno %",
                "the targets are percentages, the baseline is printed without the % sign",
            )
    })
}

//! ACC105: manca il segno di percentuale.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC105",
    severity: Severity::Warning,
    title: Text { it: "manca il segno di percentuale", en: "the percent sign is missing" },
    what: "Cerca i risultati senza unità dove l'obiettivo è una percentuale, e i numeri senza segno tra le percentuali di uno stesso indicatore (valore di partenza, obiettivi degli anni, obiettivo riveduto); è una nota per il peso senza il segno che gli altri pesi hanno.",
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
    let of = |(n, i): (usize, &Indicator)| {
        finding((n, i)).or_else(|| start(rule, view, n, i)).or_else(|| series(rule, view, n, i))
    };
    view.indicators().filter_map(of).chain(weights(rule, view)).collect()
}

/// A weight without the sign that its objective's others have.
fn weights(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let of = |(objective, _): (usize, &Objective)| {
        let all: Vec<(usize, &Measure)> = view
            .members(objective)
            .filter_map(|(n, i)| Some((n, i.weight.as_ref()?)))
            .filter(|(_, w)| number(w).is_some())
            .collect();
        let signed = all.iter().filter(|(_, w)| w.raw.contains('%')).count();
        let bare: Vec<&(usize, &Measure)> = all.iter().filter(|(_, w)| !w.raw.contains('%')).collect();
        let [(index, weight)] = bare[..] else { return None };
        let (_, usual) = all.iter().find(|(_, w)| w.raw.contains('%'))?;
        (signed > 1).then(|| {
            view.on(rule, *index)
                .at(&weight.source)
                .weighs(Severity::Info)
                .quote("peso", "weight", &weight.raw)
                .quote("pesi degli altri", "the others' weights", &usual.raw)
                .says(
                    format!("il peso «{}» è senza il segno % che gli altri dell'obiettivo hanno", weight.raw),
                    format!("the weight “{}” lacks the % sign that the objective's others have", weight.raw),
                )
        })
    };
    view.objectives().filter_map(of).collect()
}

/// A bare number among the percentages of one indicator: the starting value, the targets of the years, a revised one.
fn series(rule: &Rule, view: &View<'_>, index: usize, indicator: &Indicator) -> Option<Finding> {
    // Where the unit says what the figures are, the sign may be left out, unless the others have it.
    let unit = indicator.unit.as_deref().is_some_and(|u| u.contains('%') || key(u).starts_with("perc"));
    let all: Vec<&DatedMeasure> = indicator.baseline.iter().chain(&indicator.targets).collect();
    let shares: Vec<(Decimal, &Measure)> = all
        .iter()
        .map(|d| &d.measure)
        .filter(|m| m.reading.kind == Kind::Percent)
        .filter_map(|m| Some((number(m)?, m)))
        .collect();
    let plain = |m: &&Measure| m.reading.kind == Kind::Number && m.reading.unit.is_none();
    let bare: Vec<(Decimal, &Measure)> =
        all.iter().map(|d| &d.measure).filter(plain).filter_map(|m| Some((number(m)?, m))).collect();
    let ([(value, printed)], Some((_, usual))) = (&bare[..], shares.first()) else { return None };
    // A count beside a share of it is another thing: the missing sign leaves a figure of the same size.
    let half = Decimal::new(5, 1);
    let few = unit && shares.len() < 2;
    let near = shares
        .iter()
        .any(|(share, _)| *share > Decimal::ONE && *value >= *share * half && *value <= *share * (Decimal::ONE + half));
    (near && !few && *value > Decimal::ONE).then(|| {
        view.on(rule, index)
            .at(&printed.source)
            .quote("con il segno", "with the sign", &usual.raw)
            .quote("senza", "without", &printed.raw)
            .says(
                format!("gli altri valori dell'indicatore sono percentuali, «{}» è senza il segno %", printed.raw),
                format!("the indicator's other values are percentages, “{}” has no % sign", printed.raw),
            )
    })
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

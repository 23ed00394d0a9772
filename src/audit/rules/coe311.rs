//! COE311: gli obiettivi degli anni tornano indietro.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE311",
    severity: Severity::Warning,
    title: Text { it: "gli obiettivi degli anni tornano indietro", en: "the yearly targets go back" },
    what: "Cerca gli indicatori con obiettivi per più anni che prima migliorano e poi peggiorano, o il contrario, e quelli in cui un anno solo ha il segno opposto (≥ e ≤).",
    why: "In una serie che cresce un valore più basso è di solito un errore di battitura; un segno girato capovolge l'obiettivo.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "2025 ≥ 280, 2026 ≥ 300, 2027 ≥ 290; oppure 2025 ≥ 2,8 giorni, 2026 ≤ 2,7, 2027 ≤ 2,6.",
    advice: Text { it: "controllare i valori e i segni degli anni", en: "check the years' values and signs" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    view.indicators().filter_map(|(index, indicator)| finding(rule, view, index, indicator)).collect()
}

fn finding(rule: &Rule, view: &View<'_>, index: usize, indicator: &Indicator) -> Option<Finding> {
    let ends: Vec<&DatedMeasure> =
        indicator.targets.iter().filter(|t| !t.revised && number(&t.measure).is_some()).collect();
    let years: Vec<i16> = ends.iter().filter_map(|t| t.period.map(|p| p.year())).collect();
    if years.len() != ends.len() || years.windows(2).any(|w| matches!(w, [a, b] if a >= b)) || years.len() < 2 {
        return None;
    }
    let mut finding = view.on(rule, index);
    for target in &ends {
        finding = finding.quote("obiettivo", "target", &target.measure.raw);
    }
    let series: Vec<String> = ends.iter().zip(&years).map(|(t, year)| format!("{year} «{}»", t.measure.raw)).collect();
    let finding = finding.reckons(series.join(", "));
    let sign = |t: &&DatedMeasure| match t.measure.reading.operator {
        Some(Operator::AtLeast | Operator::Above) => 1,
        Some(Operator::AtMost | Operator::Below) => -1,
        _ => 0,
    };
    let (up, down) = (ends.iter().filter(|t| sign(t) > 0).count(), ends.iter().filter(|t| sign(t) < 0).count());
    if up > 0 && down > 0 {
        let odd = ends.iter().find(|t| sign(t) == if up < down { 1 } else { -1 })?;
        return Some(finding.at(&odd.measure.source).says(
            format!("l'obiettivo del {} ha il segno opposto a quello degli altri anni", odd.period?.year()),
            format!("the target of {} has the sign opposite to the other years'", odd.period?.year()),
        ));
    }
    let values: Vec<Decimal> = ends.iter().filter_map(|t| number(&t.measure)).collect();
    // The starting value tells the direction of a series of two.
    let start = indicator.baseline.as_ref().and_then(|b| number(&b.measure)).filter(|_| {
        indicator
            .baseline
            .as_ref()
            .is_some_and(|b| ends.first().is_some_and(|t| b.measure.reading.kind == t.measure.reading.kind))
    });
    let series: Vec<Decimal> = start.into_iter().chain(values.iter().copied()).collect();
    let rises = series.windows(2).filter(|w| matches!(w, [a, b] if b > a)).count();
    let falls = series.windows(2).filter(|w| matches!(w, [a, b] if b < a)).count();
    let higher = ends.first().is_some_and(|t| higher_is_better(indicator, &t.measure));
    let own = values.windows(2).position(|w| matches!(w, [a, b] if if higher { b < a } else { b > a }))?;
    if rises == 0 || falls == 0 {
        return None;
    }
    let (a, b) = (ends.get(own)?, ends.get(own + 1)?);
    Some(finding.at(&b.measure.source).says(
        format!(
            "l'obiettivo del {} ({}) è meno impegnativo di quello del {} ({})",
            b.period?.year(),
            b.measure.raw,
            a.period?.year(),
            a.measure.raw
        ),
        format!(
            "the target of {} ({}) asks for less than that of {} ({})",
            b.period?.year(),
            b.measure.raw,
            a.period?.year(),
            a.measure.raw
        ),
    ))
}

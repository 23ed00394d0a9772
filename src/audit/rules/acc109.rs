//! ACC109: fuori dall'obiettivo, ma contato come raggiunto.

use super::prelude::*;
use crate::score::words::day;

pub(super) static RULE: Rule = Rule {
    code: "ACC109",
    severity: Severity::Warning,
    title: Text { it: "fuori dall'obiettivo, ma contato come raggiunto", en: "outside the target, but counted as met" },
    what: "Cerca i gradi di raggiungimento di 100 o più dove il risultato sta fuori dall'intervallo, o dalla \
          parte sbagliata dell'operatore.",
    why: "O l'obiettivo è scritto male (si voleva «almeno»), o il punteggio è sbagliato.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli \
          obiettivi, con la rilevazione degli scostamenti.",
    example: "Obiettivo «compresi tra 10 e 15», risultato 19, grado 100%.",
    advice: Text {
        it: "riscrivere l'obiettivo con l'operatore che si intende, o correggere il grado",
        en: "rewrite the target with the operator that is meant, or correct the achievement",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    view.indicators().filter_map(|(index, indicator)| finding(rule, view, index, indicator)).collect()
}

/// What is told of an indicator; `None` where its achievement fits its result.
pub(super) fn finding(rule: &Rule, view: &View<'_>, index: usize, indicator: &Indicator) -> Option<Finding> {
    let actual = view.actual(indicator)?;
    let target = view.target_for(indicator, actual)?;
    let own = indicator.achievement.as_ref();
    let above = view.objective_of(indicator).and_then(|o| o.achievement.as_ref());
    let met = own.or(above).filter(|m| number(m).is_some_and(|n| n >= Decimal::ONE_HUNDRED))?;
    if let Some(finding) = late(rule, view, index, actual, target, met) {
        return Some(finding);
    }
    let (a, reading) = (number(&actual.measure)?, &target.measure.reading);
    let Some(Value::Number(t)) = reading.value else { return None };
    // Bare numbers beside a unit count what the target counts.
    let scales = reading.kind == actual.measure.reading.kind
        || reading.kind == Kind::Range && reading.unit.as_deref() != Some("%")
        || actual.measure.reading.unit.is_none()
            && actual.measure.reading.kind == Kind::Number
            && reading.kind != Kind::Percent;
    if !scales {
        return None;
    }
    let (it, en) = match (reading.operator, reading.value_high) {
        (_, Some(high)) if reading.kind == Kind::Range && (a < t || a > high) => (
            format!("{} è fuori dall'intervallo da {} a {}", italian(a, 4), italian(t, 4), italian(high, 4)),
            format!("{} is outside the range from {} to {}", italian(a, 4), italian(t, 4), italian(high, 4)),
        ),
        (Some(Operator::AtLeast | Operator::Above), None) if a < t => (
            format!("{} è meno di {}", italian(a, 4), italian(t, 4)),
            format!("{} is less than {}", italian(a, 4), italian(t, 4)),
        ),
        (Some(Operator::AtMost | Operator::Below), None) if a > t => (
            format!("{} è più di {}", italian(a, 4), italian(t, 4)),
            format!("{} is more than {}", italian(a, 4), italian(t, 4)),
        ),
        _ => return None,
    };
    let mut finding = view
        .on(rule, index)
        .at_result(&actual.measure, &target.measure)
        .quote("grado stampato", "printed achievement", &met.raw)
        .says(
            format!("{it}, ma il documento lo conta come raggiunto"),
            format!("{en}, but the document counts it as met"),
        );
    if reading.value_high.is_none() {
        "correggere il grado, o il risultato".clone_into(&mut finding.hint);
        "correct the achievement, or the actual".clone_into(&mut finding.hint_en);
        let at_least = matches!(reading.operator, Some(Operator::AtLeast | Operator::Above));
        let (part, whole) = if at_least { (a, t) } else { (t, a) };
        let rate = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|p| p.checked_div(whole));
        if let Some(rate) = rate.filter(|r| r.is_sign_positive()) {
            finding =
                finding.reckons(format!("{} / {} × 100 = {}", italian(part, 4), italian(whole, 4), italian(rate, 2)));
        }
    }
    Some(finding)
}

/// A deadline missed and counted as met.
fn late(
    rule: &Rule,
    view: &View<'_>,
    index: usize,
    actual: &DatedMeasure,
    target: &DatedMeasure,
    met: &Measure,
) -> Option<Finding> {
    let (Value::Date(due), Value::Date(done)) = (target.measure.reading.value?, actual.measure.reading.value?) else {
        return None;
    };
    (done > due).then(|| {
        let mut finding = view.on(rule, index);
        "correggere il grado, o la data".clone_into(&mut finding.hint);
        "correct the achievement, or the date".clone_into(&mut finding.hint_en);
        finding
            .at_result(&actual.measure, &target.measure)
            .quote("grado stampato", "printed achievement", &met.raw)
            .says(
                format!(
                    "il {} è dopo la scadenza del {}, ma il documento lo conta come raggiunto",
                    day(done),
                    day(due)
                ),
                format!("{} is after the deadline of {}, but the document counts it as met", day(done), day(due)),
            )
    })
}

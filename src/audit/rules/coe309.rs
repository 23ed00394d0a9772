//! COE309: obiettivo «=» superato e contato come raggiunto.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE309",
    severity: Severity::Info,
    title: Text {
        it: "obiettivo «=» superato e contato come raggiunto",
        en: "an “=” target exceeded and counted as met",
    },
    what: "Cerca gli obiettivi stampati con «=» il cui risultato è più alto e il cui grado è 100.",
    why: "Il segno vuole l'uguaglianza: se si intendeva «almeno», va scritto.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli \
          obiettivi, con la rilevazione degli scostamenti.",
    example: "Obiettivo «= 300.000», risultato 676.433,56, grado 100%.",
    advice: Text {
        it: "scrivere «>=» dove si intende «almeno»", en: "write “>=” where “at least” is meant"
    },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator)?;
        let target =
            view.target_for(indicator, actual).filter(|t| t.measure.reading.operator == Some(Operator::Equal))?;
        let (Some(Value::Number(a)), Some(Value::Number(t))) =
            (actual.measure.reading.value, target.measure.reading.value)
        else {
            return None;
        };
        let same_kind = actual.measure.reading.kind == target.measure.reading.kind;
        let above = view.objective_of(indicator).and_then(|o| o.achievement.as_ref());
        let met = indicator
            .achievement
            .as_ref()
            .or(above)
            .filter(|m| number(m).is_some_and(|n| n >= Decimal::ONE_HUNDRED))?;
        (same_kind && target.measure.reading.kind != Kind::Range && a > t && indicator.same_as.is_none()).then(|| {
            view.on(rule, index)
                .at_result(&actual.measure, &target.measure)
                .quote("grado stampato", "printed achievement", &met.raw)
                .says(
                    "il risultato supera un obiettivo scritto con «=»",
                    "the actual exceeds a target written with “=”",
                )
        })
    };
    view.indicators().filter_map(finding).collect()
}

//! ACC113: il risultato non è un valore esatto.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC113",
    severity: Severity::Info,
    title: Text { it: "il risultato non è un valore esatto", en: "the actual is no exact value" },
    what: "Cerca i risultati stampati con un segno di confronto («> 8», «>= 97,3%») o con «oltre».",
    why: "Di un risultato si deve sapere quanto è: «oltre 10» non si somma e non si confronta con l'anno dopo.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Obiettivo «>= 8», risultato «> 8».",
    advice: Text { it: "dare il valore rilevato", en: "give the value that was measured" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator)?;
        let reading = &actual.measure.reading;
        let bound =
            matches!(reading.operator, Some(Operator::Above | Operator::Below | Operator::AtLeast | Operator::AtMost));
        (bound && reading.value.is_some() && reading.kind != Kind::Date && indicator.same_as.is_none()).then(|| {
            view.on(rule, index).at(&actual.measure.source).quote("risultato", "actual", &actual.measure.raw).says(
                "il risultato è un limite, non il valore rilevato",
                "the actual is a bound, not the measured value",
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

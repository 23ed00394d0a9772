//! ACC136: lo stesso valore con i decimali a due date.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC136",
    severity: Severity::Info,
    title: Text {
        it: "lo stesso valore, con i decimali, a due date",
        en: "the same value, decimals and all, at two dates",
    },
    what: "Cerca i risultati dello stesso anno che a due date sono uguali fino ai decimali, nei documenti in cui gli altri \
          cambiano.",
    why: "Il valore della prima data può essere stato copiato.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Riscossione: 64,10% al 30/06 e 64,10% al 30/09.",
    advice: Text { it: "controllare il valore più recente", en: "check the later value" },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let year = view.plan.card.year;
    let pairs: Vec<(usize, &DatedMeasure, &DatedMeasure)> = view
        .indicators()
        .filter_map(|(n, i)| {
            let own: Vec<&DatedMeasure> =
                i.actuals.iter().filter(|a| a.period.is_some_and(|p| Some(p.year()) == year)).collect();
            let [.., first, last] = &own[..] else { return None };
            (first.period < last.period && number(&first.measure).is_some() && number(&last.measure).is_some())
                .then_some((n, *first, *last))
        })
        .collect();
    let same = |(_, a, b): &&(usize, &DatedMeasure, &DatedMeasure)| {
        number(&a.measure) == number(&b.measure)
            && key(&a.measure.raw) == key(&b.measure.raw)
            && number(&a.measure).is_some_and(|n| !n.normalize().fract().is_zero())
    };
    let found: Vec<_> = pairs.iter().filter(same).collect();
    if pairs.len() < 5 || found.len() * 4 > pairs.len() {
        return Vec::new();
    }
    let finding = |(n, a, b): &(usize, &DatedMeasure, &DatedMeasure)| {
        view.on(rule, *n)
            .at(&b.measure.source)
            .quote("prima", "earlier", &a.measure.raw)
            .quote("dopo", "later", &b.measure.raw)
            .says(
                format!("{} il valore è lo stesso di quello {}", at_day(b.period), at_day(a.period)),
                "the later value is the same as the earlier one",
            )
    };
    found.into_iter().map(finding).collect()
}

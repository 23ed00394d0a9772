//! COM203: un risultato senza obiettivo alla stessa data.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM203",
    severity: Severity::Info,
    title: Text {
        it: "un risultato senza obiettivo alla stessa data",
        en: "an actual without a target for the same day",
    },
    what: "Cerca i risultati riportati a una data per la quale non era fissato un obiettivo.",
    why: "Il risultato non si può dire buono o cattivo.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli \
          obiettivi, con la rilevazione degli scostamenti.",
    example: "Obiettivo al 30/6 «-», risultato «si».",
    advice: Text {
        it: "fissare un obiettivo per la data, o confrontare con quello di fine anno",
        en: "set a target for the day, or compare with the year-end one",
    },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator).filter(|a| told(&a.measure))?;
        let target = view.target_for(indicator, actual).filter(|t| !told(&t.measure))?;
        // A variance in figures has its own finding.
        let reckoned = indicator.variance.as_ref().is_some_and(|v| number(v).is_some());
        (!reckoned).then(|| {
            view.on(rule, index)
                .at(&actual.measure.source)
                .quote("obiettivo alla data", "target for the day", &target.measure.raw)
                .quote("risultato", "actual", &actual.measure.raw)
                .says(
                    format!(
                        "c'è un risultato {}, ma per quella data non è fissato un obiettivo",
                        at_day(actual.period)
                    ),
                    "there is an actual, but no target is set for that day",
                )
        })
    };
    view.indicators().filter_map(finding).collect()
}

//! ACC106: una stima è data per risultato.

use super::prelude::*;
use crate::normalise::DocumentKind;

pub(super) static RULE: Rule = Rule {
    code: "ACC106",
    severity: Severity::Warning,
    title: Text { it: "una stima è data per risultato", en: "an estimate is given as the result" },
    what: "Cerca nei risultati le parole che dicono che la cifra è stimata o provvisoria.",
    why: "Il risultato è ciò che si è misurato alla data: una stima va rifatta e può cambiare la valutazione.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Risultato: «Ft fino al 3/5/2019 – si stima -6,93%».",
    advice: Text {
        it: "mettere il valore misurato, o dire che il dato non è ancora disponibile",
        en: "print the measured value, or say that it isn't available yet",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator).filter(|a| said(&a.measure.raw, &view.phrases.estimate).is_some())?;
        Some(view.on(rule, index).at(&actual.measure.source).quote("risultato", "actual", &actual.measure.raw).says(
            format!("il risultato {} è una stima, non una misura", at_day(actual.period)),
            "the actual is an estimate, not a measurement",
        ))
    };
    view.indicators().filter_map(|one| finding(one).or_else(|| noted(rule, view, one))).collect()
}

/// A result of a final report that its own short comment calls provisional.
fn noted(rule: &Rule, view: &View<'_>, (index, indicator): (usize, &Indicator)) -> Option<Finding> {
    const SHORT: usize = 15;
    if view.plan.card.kind != DocumentKind::Report {
        return None;
    }
    let actual = view.actual(indicator).filter(|a| number(&a.measure).is_some())?;
    let note = indicator.note.as_deref().filter(|n| n.split_whitespace().count() <= SHORT)?;
    said(note, &view.phrases.provisional)?;
    Some(
        view.on(rule, index)
            .at(&actual.measure.source)
            .quote("risultato", "actual", &actual.measure.raw)
            .quote("commento", "comment", note)
            .says(
                format!("il risultato {} è provvisorio, dice il commento", at_day(actual.period)),
                "the actual is provisional, the comment says",
            ),
    )
}

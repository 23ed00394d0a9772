//! COM206: un risultato senza commento.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM206",
    severity: Severity::Info,
    title: Text { it: "un risultato senza commento", en: "an actual without a comment" },
    what: "Dove quasi tutti i risultati hanno un commento, cerca quelli che non ne hanno.",
    why: "Senza commento l'OIV non sa da dove viene la cifra.",
    basis: "D.Lgs. 150/2009, art. 14, c. 4, lett. c): l'OIV valida la relazione.",
    example: "Risultato 37, colonna «Commenti e note» vuota.",
    advice: Text { it: "dire come si è ottenuto il risultato", en: "say how the result came about" },
    gather: Some(2),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let level = |i: &Indicator| view.objective_of(i).map(|o| (o.level, i.group.is_some()));
    let tells = |i: &Indicator| i.same_as.is_none() && view.actual(i).is_some_and(|a| told(&a.measure));
    let all: Vec<(usize, &Indicator)> = view.indicators().filter(|(_, i)| tells(i)).collect();
    let finding = |(index, indicator): &(usize, &Indicator)| {
        let peers = || all.iter().filter(|(_, i)| level(i) == level(indicator));
        let with = peers().filter(|(_, i)| i.note.is_some()).count();
        let actual = view.actual(indicator)?;
        (indicator.note.is_none() && with > 4 && with * 10 >= peers().count() * 8).then(|| {
            view.on(rule, *index)
                .at(&actual.measure.source)
                .quote("risultato", "actual", &actual.measure.raw)
                .says("il risultato non ha un commento", "the actual has no comment")
        })
    };
    all.iter().filter_map(finding).collect()
}

//! COE305: l'obiettivo cambiato è il valore già raggiunto, o quello di prima.

use super::prelude::*;
use super::targets::{adds_up, comparable, equal};

pub(super) static RULE: Rule = Rule {
    code: "COE305",
    severity: Severity::Warning,
    title: Text {
        it: "l'obiettivo cambiato è il valore già raggiunto, o quello di prima",
        en: "the revised target is the value already reached, or the old one",
    },
    what: "Confronta gli obiettivi modificati in corso d'anno con il risultato già raggiunto e con l'obiettivo \
          di prima.",
    why: "Un obiettivo portato al risultato già raggiunto è raggiunto per definizione; uno uguale a prima non \
          è una modifica (è una nota).",
    basis: "D.Lgs. 150/2009, art. 6: il monitoraggio in corso d'anno verifica l'andamento rispetto agli \
          obiettivi e ne segnala la variazione.",
    example: "Obiettivo di fine anno 20, risultato al 30/6 11, nuova previsione 11.",
    advice: Text {
        it: "dire perché il nuovo valore è quello, e che cosa resta da fare nel resto dell'anno",
        en: "say why the new value is that, and what is left to do in the rest of the year",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    view.indicators().filter_map(|(index, indicator)| finding(rule, view, index, indicator)).collect()
}

/// What is told of an indicator.
pub(super) fn finding(rule: &Rule, view: &View<'_>, index: usize, indicator: &Indicator) -> Option<Finding> {
    let new = indicator.targets.iter().find(|t| t.revised && told(&t.measure))?;
    let old = indicator.targets.iter().find(|t| !t.revised && t.period == new.period);
    let actual = view.actual(indicator).filter(|a| a.period < new.period);
    let quoted = || {
        let mut finding = view.on(rule, index).at(&new.measure.source);
        if let Some(old) = old {
            finding = finding.quote("obiettivo", "target", &old.measure.raw);
        }
        if let Some(actual) = actual {
            finding = finding.quote("risultato", "actual", &actual.measure.raw);
        }
        finding.quote("nuovo obiettivo", "new target", &new.measure.raw)
    };
    if let Some(actual) = actual
        && number(&actual.measure).is_some()
        && number(&actual.measure) == number(&new.measure)
    {
        let lowered = old
            .and_then(|o| comparable(&o.measure, &new.measure))
            .map(|(o, n)| if higher_is_better(indicator, &new.measure) { n < o } else { n > o });
        let how = match lowered {
            Some(true) => ", dopo essere stato abbassato",
            Some(false) => ", dopo essere stato alzato",
            None => "",
        };
        return Some(quoted().says(
            format!(
                "il nuovo obiettivo {} è il valore già raggiunto {}{how}",
                at_day(new.period),
                at_day(actual.period)
            ),
            "the new target is the value already reached",
        ));
    }
    if let Some(actual) = actual
        && let Some((done, wanted)) = comparable(&actual.measure, &new.measure)
        && matches!(new.measure.reading.kind, Kind::Number | Kind::Currency)
        && higher_is_better(indicator, &new.measure)
        && done > wanted
        && adds_up(indicator)
    {
        return Some(quoted().says(
            format!(
                "il nuovo obiettivo {} è sotto il valore già raggiunto {}",
                at_day(new.period),
                at_day(actual.period)
            ),
            "the new target is below the value already reached",
        ));
    }
    let same = old.is_some_and(|old| {
        let words = |m: &Measure| key(&m.raw);
        equal(&old.measure, &new.measure) || words(&old.measure) == words(&new.measure)
    });
    same.then(|| {
        quoted()
            .weighs(Severity::Info)
            .says("il nuovo obiettivo è uguale a quello di prima", "the new target equals the old one")
    })
}

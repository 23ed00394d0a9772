//! ACC124: lo stesso risultato è pubblicato con due cifre.

use super::prelude::*;
use crate::extract::AggregateKind;
use crate::normalise::Published;

pub(super) static RULE: Rule = Rule {
    code: "ACC124",
    severity: Severity::Error,
    title: Text {
        it: "lo stesso risultato è pubblicato con due cifre",
        en: "the same result is published with two figures",
    },
    what: "Confronta i risultati dell'ente, delle aree e degli obiettivi che il documento pubblica in più punti: nelle schede, nelle \
           tabelle di riepilogo e nel testo.",
    why: "È la cifra che il lettore ricorda e che altri documenti riprendono: deve essere una sola.",
    basis: "ISO/IEC 25012, coerenza: il dato non contraddice altri dati dello stesso contesto.",
    example: "La presentazione dice «performance complessiva pari al 96,07%», il riepilogo 94,07%.",
    advice: Text { it: "correggere la cifra sbagliata", en: "correct the wrong figure" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut told: Vec<&Published> = Vec::new();
    for published in &view.plan.published {
        let sheet = published.objective.and_then(|i| view.plan.objectives.get(i)).and_then(|o| o.achievement.as_ref());
        let earlier = told.iter().find(|other| same(other, published)).map(|other| &other.measure);
        told.push(published);
        let Some(first) = sheet.or(earlier) else { continue };
        if !differ(first, &published.measure) {
            continue;
        }
        let (a, b) = (&first.raw, &published.measure.raw);
        let of = match published.kind {
            AggregateKind::Entity => ("il risultato dell'ente".to_owned(), "the entity's result".to_owned()),
            AggregateKind::Objective => ("il risultato dell'obiettivo".to_owned(), "the objective's result".to_owned()),
            _ => (format!("il risultato di «{}»", published.name), format!("the result of “{}”", published.name)),
        };
        out.push(
            view.at(rule, published.objective, &published.measure.source)
                .quote("prima", "first", a)
                .quote("poi", "then", b)
                .says(
                    format!("{} è {a} in un punto e {b} in un altro", of.0),
                    format!("{} is {a} in one place and {b} in another", of.1),
                ),
        );
    }
    out
}

/// Whether two published results are of the same thing.
fn same(one: &Published, other: &Published) -> bool {
    let name = |published: &Published| key(&published.name);
    one.kind == other.kind
        && match one.kind {
            AggregateKind::Entity => true,
            AggregateKind::Objective => one.objective == other.objective,
            _ => one.within == other.within && name(one) == name(other),
        }
}

/// Whether two printed figures differ by more than their rounding.
fn differ(one: &Measure, other: &Measure) -> bool {
    let (Some(a), Some(b)) = (number(one), number(other)) else { return false };
    let places = a.scale().min(b.scale());
    (a.round_dp(places) - b.round_dp(places)).abs() > Decimal::new(1, places.min(28))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::measure;

    #[test]
    fn figures_differ_beyond_their_rounding() {
        assert!(differ(&measure("96,07%"), &measure("94,07%")));
        assert!(!differ(&measure("96,07%"), &measure("96%")));
        assert!(!differ(&measure("98,61%"), &measure("98,60%")));
    }
}

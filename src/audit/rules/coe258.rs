//! COE258: lo stesso algoritmo per due indicatori diversi.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE258",
    severity: Severity::Warning,
    title: Text {
        it: "l'algoritmo è quello di un altro indicatore", en: "the algorithm is that of another indicator"
    },
    what: "Cerca gli algoritmi identici sotto due nomi che non hanno nulla in comune, quando le parole dell'algoritmo sono \
          quelle di uno solo dei due.",
    why: "L'algoritmo è copiato: uno dei due indicatori non dice come si calcola.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "«Comunicazioni inviate via PEC»: «n. pratiche evase entro 5 giorni / n. pratiche pervenute».",
    advice: Text { it: "scrivere l'algoritmo dell'indicatore", en: "write the indicator's own algorithm" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let all: Vec<(usize, &Indicator, String)> = view
        .indicators()
        .filter(|(_, i)| i.same_as.is_none())
        .filter_map(|(n, i)| Some((n, i, key(i.algorithm.as_deref()?))))
        .filter(|(_, _, algorithm)| words(algorithm).len() > 3)
        .collect();
    let mut out = Vec::new();
    for (index, indicator, algorithm) in &all {
        let same: Vec<&(usize, &Indicator, String)> =
            all.iter().filter(|(n, _, other)| n != index && other == algorithm).collect();
        // An algorithm that many have is a way of speaking.
        let [(_, other, _)] = &same[..] else { continue };
        // The same measure at two levels has two names.
        let code = |i: &Indicator| view.objective_of(i).and_then(|o| o.code.clone()).unwrap_or_default();
        let (a, b) = (code(indicator), code(other));
        let levels = a != b && !a.is_empty() && !b.is_empty() && (a.starts_with(&b) || b.starts_with(&a));
        let own = covered(&indicator.name, algorithm);
        let theirs = covered(&other.name, algorithm);
        if levels
            || own > 0.0
            || theirs < 0.5
            || covered(&indicator.name, &other.name) > 0.0
            || words(&indicator.name).len() < 2
        {
            continue;
        }
        let text = indicator.algorithm.as_deref().unwrap_or_default();
        out.push(
            view.on(rule, *index).quote("nome", "name", &indicator.name).quote("algoritmo", "algorithm", text).says(
                format!("l'algoritmo è quello di un altro indicatore: {}", view.name(other)),
                format!("the algorithm is that of another indicator: {}", view.name_in(other, Language::English)),
            ),
        );
    }
    out
}

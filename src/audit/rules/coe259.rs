//! COE259: lo stesso titolo per due obiettivi.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE259",
    severity: Severity::Warning,
    title: Text { it: "lo stesso titolo per due obiettivi", en: "the same title for two objectives" },
    what: "Cerca i titoli lunghi che due obiettivi con codici e responsabili diversi hanno in comune, quando i loro \
          indicatori non hanno nulla in comune.",
    why: "Il titolo è copiato: una delle due schede non dice che cosa l'ufficio vuole ottenere.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "PO.1 e PO.2: «Recupero dell'arretrato dei bilanci»; PO.2 riguarda gli acquisti.",
    advice: Text { it: "dare a ogni obiettivo il suo titolo", en: "give each objective its own title" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let all: Vec<(usize, &Objective)> = view
        .objectives()
        .filter(|(n, o)| o.code.is_some() && words(&o.title).len() > 3 && view.members(*n).next().is_some())
        .collect();
    let mut out = Vec::new();
    for (at, (index, objective)) in all.iter().enumerate() {
        let title = key(&objective.title);
        let same: Vec<&(usize, &Objective)> =
            all.iter().filter(|(n, o)| n != index && key(&o.title) == title).collect();
        // Offices that share an aim print it once each.
        let [(other, twin)] = &same[..] else { continue };
        let apart = twin.code != objective.code && twin.level == objective.level && twin.owner != objective.owner;
        if !apart || !all.iter().take(at).any(|(n, _)| n == other) {
            continue;
        }
        let names = |n: usize| view.members(n).map(|(_, i)| i.name.clone()).collect::<Vec<_>>().join(" ");
        let (own, theirs) = (names(*index), names(*other));
        // The one whose indicators don't speak of the title is the copy.
        let strange = covered(&title, &own) == 0.0 && covered(&title, &theirs) > 0.0;
        let swapped = covered(&title, &theirs) == 0.0 && covered(&title, &own) > 0.0;
        if !(strange || swapped) {
            continue;
        }
        let (copy, origin) = if strange { (*index, *twin) } else { (*other, *objective) };
        out.push(view.on_objective(rule, copy).quote("titolo", "title", &objective.title).says(
            format!("il titolo è quello di un altro obiettivo: {}", origin.code.as_deref().unwrap_or_default()),
            format!("the title is that of another objective: {}", origin.code.as_deref().unwrap_or_default()),
        ));
    }
    out
}

//! COE217: lo stesso cognome con nomi diversi.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE217",
    severity: Severity::Info,
    title: Text { it: "lo stesso cognome con nomi diversi", en: "the same surname with different first names" },
    what: "Cerca tra i responsabili i nomi di persona con lo stesso cognome e un altro nome.",
    why: "Sono due persone, o un errore: la responsabilità deve essere di qualcuno.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«Dott.ssa Maria Palmieri» e «Dott.ssa Rosa Palmieri».",
    advice: Text { it: "controllare i nomi", en: "check the names" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut people: Vec<(String, String, usize, &str)> = Vec::new();
    for (index, indicator) in view.indicators() {
        let Some(owner) = indicator.owner.as_deref() else { continue };
        let Some((first, last)) = person(owner, view) else { continue };
        if !people.iter().any(|(f, l, _, _)| *f == first && *l == last) {
            people.push((first, last, index, owner));
        }
    }
    let mut out = Vec::new();
    for (at, (first, last, index, owner)) in people.iter().enumerate() {
        let Some((_, _, _, other)) = people.iter().take(at).find(|(f, l, _, _)| l == last && f != first) else {
            continue;
        };
        out.push(
            view.on(rule, *index).quote("responsabile", "owner", other).quote("responsabile", "owner", owner).says(
                format!("«{other}» e «{owner}»: due persone, o un errore?"),
                format!("“{other}” and “{owner}”: two people, or a slip?"),
            ),
        );
    }
    out
}

/// First name and surname of one person with a title before them: "Dott.ssa Rosa Palmieri".
fn person(owner: &str, view: &View<'_>) -> Option<(String, String)> {
    let words: Vec<&str> = owner.split_whitespace().collect();
    let titled =
        words.first().is_some_and(|w| view.lexicon.phrases.honorifics.iter().any(|h| *h == key(w).replace(' ', "")));
    match words[..] {
        [_, first, last] if titled => Some((key(first), key(last))),
        _ => None,
    }
}

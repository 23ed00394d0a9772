//! COE217: una persona con due nomi o due titoli.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "COE217",
    severity: Severity::Info,
    title: Text { it: "una persona con due nomi o due titoli", en: "a person with two names or two forms of address" },
    what: "Cerca tra i responsabili i nomi di persona con lo stesso cognome e un altro nome, e in tutto il testo le persone con due titoli.",
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
    out.extend(addressed(rule, view));
    out
}

/// One person with two forms of address: "sig. Ezio Zorzi", "dr Ezio Zorzi".
fn addressed(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"\b(?i:(dott\.?\s?ssa|dr\.?\s?ssa|dott|dr|sig\.?\s?ra|sig|avv|ing|rag|geom))\.?\s+(\p{Lu}\p{Ll}+)\s+(\p{Lu}[\p{Ll}'’]+(?:\p{Lu}\p{Ll}+)?)")
            .expect("constant pattern")
    });
    let form = |text: &str| match key(text).replace(' ', "").as_str() {
        "dott" | "dr" | "dottssa" | "drssa" => "dott.",
        "sig" | "sigra" => "sig.",
        "avv" => "avv.",
        "ing" => "ing.",
        _ => "rag.",
    };
    let mut people: Vec<(String, &'static str, String)> = Vec::new();
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in PERSON.captures_iter(&cell.raw) {
                let (name, form) = (format!("{} {}", &found[2], &found[3]), form(&found[1]));
                match people.iter().find(|(known, _, _)| *known == name) {
                    Some((_, known, raw)) if *known != form => {
                        out.push(
                            view.at(rule, passage.objective, &cell.source)
                                .quote("persona", "person", raw)
                                .quote("persona", "person", &found[0])
                                .says(
                                    format!("la stessa persona ha due titoli: «{raw}» e «{}»", &found[0]),
                                    format!("the same person has two forms of address: “{raw}” and “{}”", &found[0]),
                                ),
                        );
                        people.retain(|(known, _, _)| *known != name);
                    }
                    Some(_) => {}
                    None => people.push((name, form, found[0].to_owned())),
                }
            }
        }
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

//! COE246: un nome di persona scritto in due modi.

use super::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE246",
    severity: Severity::Info,
    title: Text { it: "un nome di persona scritto in due modi", en: "a person's name written in two ways" },
    what: "Cerca le coppie di nome e cognome che differiscono da un'altra per una sola lettera dentro una delle due parole.",
    why: "È la stessa persona con un refuso, e non la si ritrova cercandola.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«Bianchi Barabara» e «Bianchi Barbara».",
    advice: Text { it: "correggere il nome", en: "correct the name" },
    gather: Some(4),
    check: Check::Document(check),
};

/// How often a name stands, and where first.
type Place<'a> = (usize, &'a Passage, &'a Printed);

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"\b(\p{Lu}\p{Ll}{3,})\s+(\p{Lu}\p{Ll}{3,})\b").expect("constant pattern")
    });
    // By the word that both share: the other words, with how often and where first.
    let mut known: BTreeMap<(String, bool), BTreeMap<String, Place<'_>>> = BTreeMap::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in NAME.captures_iter(&cell.raw) {
                let (first, last) = (found[1].to_owned(), found[2].to_owned());
                for (shared, other, order) in [(&first, &last, true), (&last, &first, false)] {
                    let forms = known.entry((shared.clone(), order)).or_default();
                    forms.entry(other.clone()).or_insert((0, passage, cell)).0 += 1;
                }
            }
        }
    }
    let mut out = Vec::new();
    for ((shared, order), forms) in &known {
        let all: Vec<(&String, &(usize, &Passage, &Printed))> = forms.iter().collect();
        for (at, (a, x)) in all.iter().enumerate() {
            let Some((b, y)) = all.iter().skip(at + 1).find(|(b, _)| slip(a, b)) else { continue };
            let (rare, usual, place) = if x.0 <= y.0 { (a, b, x) } else { (b, a, y) };
            let full = |word: &str| if *order { format!("{shared} {word}") } else { format!("{word} {shared}") };
            let common = |word: &str| {
                view.plan.passages.iter().flat_map(|p| &p.cells).any(|c| c.raw.contains(&word.to_lowercase()))
            };
            // Words of the language are no names.
            if common(rare) || common(usual) || common(shared) {
                continue;
            }
            out.push(
                view.at(rule, place.1.objective, &place.2.source)
                    .quote("nome", "name", &full(rare))
                    .quote("nome", "name", &full(usual))
                    .says(
                        format!("«{}» e «{}»: la stessa persona, con un refuso?", full(rare), full(usual)),
                        format!("“{}” and “{}”: the same person, with a slip?", full(rare), full(usual)),
                    ),
            );
        }
    }
    out
}

/// Whether two words of some length are one but for a letter that isn't the last or the first.
fn slip(a: &str, b: &str) -> bool {
    let end = |w: &str| w.chars().next_back();
    let begin = |w: &str| w.chars().next();
    a.chars().count().min(b.chars().count()) > 4
        && begin(a) == begin(b)
        && end(a) == end(b)
        && a.chars().count() != b.chars().count()
        && strsim::levenshtein(a, b) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_inside() {
        assert!(slip("Barbara", "Barabara") && slip("Antonela", "Antonella"));
        assert!(
            !slip("Maria", "Mario") && !slip("Paola", "Paolo") && !slip("Rossi", "Rosso") && !slip("Marco", "Mirco")
        );
    }
}

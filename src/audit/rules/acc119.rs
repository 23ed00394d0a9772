//! ACC119: parole forse scritte male.

use super::prelude::*;
use std::collections::{BTreeMap, HashMap};

use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "ACC119",
    severity: Severity::Info,
    title: Text { it: "parole forse scritte male", en: "words perhaps misspelt" },
    what: "Cerca le sigle, i codici e le parole rare che differiscono da una usata spesso nello stesso documento per due lettere scambiate o per una consonante in più o in meno.",
    why: "In un documento pubblicato un refuso in un nome o in una sigla può nascondere il dato a chi lo cerca.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«SVMP» una volta, «SMVP» dodici.",
    advice: Text { it: "rileggere e correggere", en: "proof-read and correct" },
    gather: Some(2),
    check: Check::Document(check),
};

/// How often a form stands in the document for it to be the usual one, and how rare the other must be.
const USUAL: usize = 5;

/// Shorter words are near to many others.
const LONG: usize = 8;
/// Longer runs of letters are no words.
const LONGEST: usize = 40;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut known: BTreeMap<String, (usize, &Passage, &Printed)> = BTreeMap::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            let shouts = !cell.raw.chars().any(char::is_lowercase);
            for word in cell.raw.split(|c: char| !c.is_alphabetic()) {
                let acronym = (3..7).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase()) && !shouts;
                if !acronym && !(LONG..=LONGEST).contains(&word.chars().take(LONGEST + 1).count()) {
                    continue;
                }
                let form = if acronym { word.to_owned() } else { word.to_lowercase() };
                known.entry(form).or_insert((0, passage, cell)).0 += 1;
            }
        }
    }
    let codes = codes(rule, view);
    let usual = |word: &str| known.get(word).map_or(0, |k| k.0);
    let missing = shorter(known.iter().filter(|(w, k)| k.0 >= USUAL && w.chars().count() >= LONG).map(|(w, _)| w));
    let mut out = Vec::new();
    for (word, (n, passage, cell)) in known.iter().filter(|(_, k)| k.0 <= 2) {
        let long = word.chars().count() >= LONG;
        let near = swapped(word).into_iter().chain(if long { without_a_consonant(word) } else { Vec::new() });
        if view.phrases.variants.contains(word) {
            continue;
        }
        let other =
            near.filter(|w| w != word).find(|w| usual(w) >= USUAL.max(n * if long { USUAL } else { USUAL / 2 + 1 }));
        let other = other.or_else(|| missing.get(word).filter(|_| long).cloned());
        let Some(other) = other.filter(|o| ends_alike(word, o)) else { continue };
        out.push(view.at(rule, passage.objective, &cell.source).quote("parola", "word", word).says(
            format!("«{word}» ({n}): forse «{other}», che sta {} volte nel documento", usual(&other)),
            format!("“{word}” ({n}): perhaps “{other}”, which stands {} times in the document", usual(&other)),
        ));
    }
    out.extend(codes);
    out
}

/// Codes of letters and a figure ("REI1") that lack or change a letter of a usual one.
fn codes(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut known: BTreeMap<String, (usize, &Passage, &Printed)> = BTreeMap::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for word in cell.raw.split(|c: char| !c.is_alphanumeric()) {
                let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
                let letters = word.len() - digits.len();
                if (2..5).contains(&letters)
                    && (1..3).contains(&digits.len())
                    && digits.chars().all(|c| c.is_ascii_digit())
                {
                    known.entry(word.to_owned()).or_insert((0, passage, cell)).0 += 1;
                }
            }
        }
    }
    let apart = |code: &str| {
        let digits = code.trim_start_matches(|c: char| c.is_ascii_uppercase()).to_owned();
        (code.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned(), digits)
    };
    // A family of codes: the same letters with several figures.
    let family =
        |letters: &str| -> usize { known.iter().filter(|(c, _)| apart(c).0 == letters).map(|(_, k)| k.0).sum() };
    let mut out = Vec::new();
    for (code, (n, passage, cell)) in &known {
        let (letters, digits) = apart(code);
        let near = |(other, (m, ..)): &(&String, &(usize, &Passage, &Printed))| {
            let (theirs, number) = apart(other);
            let lacks = theirs.len() == letters.len() + 1 && number == digits && theirs.starts_with(&letters);
            // A capital I written as a one.
            let one = theirs == format!("{letters}I") && digits == format!("1{number}");
            (lacks || one) && *m >= USUAL && family(&theirs) >= family(&letters) * 3
        };
        if let Some((other, (m, ..))) = known.iter().find(near) {
            out.push(view.at(rule, passage.objective, &cell.source).quote("sigla", "code", code).says(
                format!("«{code}» ({n}): forse «{other}», che sta {m} volte nel documento"),
                format!("“{code}” ({n}): perhaps “{other}”, which stands {m} times in the document"),
            ));
        }
    }
    out
}

/// Words of one root differ in their ends and beginnings; misspelt ones inside. Acronyms differ anywhere.
fn ends_alike(a: &str, b: &str) -> bool {
    let end = |w: &str| w.chars().rev().take(3).collect::<String>();
    a.chars().all(char::is_uppercase) || a.chars().take(2).eq(b.chars().take(2)) && end(a) == end(b)
}

fn consonant(c: char) -> bool {
    c.is_alphabetic() && !"aeiouàèéìòù".contains(c)
}

/// The words that come of exchanging two neighbours.
fn swapped(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let swap = |at: usize| {
        let mut other = letters.clone();
        other.swap(at, at + 1);
        other.into_iter().collect()
    };
    (0..letters.len().saturating_sub(1)).map(swap).collect()
}

fn without_a_consonant(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let places = (0..letters.len()).filter(|at| letters.get(*at).copied().is_some_and(consonant));
    places.map(|at| letters.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect()).collect()
}

/// What words become with a consonant less, and which they were.
fn shorter<'w>(words: impl Iterator<Item = &'w String>) -> HashMap<String, String> {
    words.flat_map(|w| without_a_consonant(w).into_iter().map(|short| (short, w.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_letters() {
        assert!(swapped("SVMP").contains(&"SMVP".to_owned()));
        assert!(without_a_consonant("competennza").contains(&"competenza".to_owned()));
        assert!(ends_alike("ricieste", "richieste") && !ends_alike("informativa", "informativo"));
    }
}

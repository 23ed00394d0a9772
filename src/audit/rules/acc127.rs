//! ACC127: segni e parole fuori posto.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "ACC127",
    severity: Severity::Info,
    title: Text { it: "segni e parole fuori posto", en: "signs and words out of place" },
    what: "Cerca nel testo le cifre attaccate a una parola, gli anni di cinque cifre, il segno % dietro un anno, le parole ripetute («percorsi di percorsi», «della della»), gli articoli che non si accordano («i appositi», «per il al»), le parole con lettere di due alfabeti e l'asterisco di una nota che non c'è.",
    why: "Un segno fuori posto può nascondere una cifra o una parola persa; le lettere di un altro alfabeto non si ritrovano cercandole.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«almeno12.000 posizioni»; «Cod. 011Competitività»; «la circolare n. 1 del 20201».",
    advice: Text { it: "rileggere e correggere", en: "proof-read and correct" },
    gather: Some(2),
    check: Check::Document(check),
};

/// A slip, and what it is, in both languages.
struct Slip<'t> {
    raw: &'t str,
    it: &'static str,
    en: &'static str,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let cells = || view.plan.passages.iter().flat_map(|p| p.cells.iter().map(move |c| (p, c)));
    let told = |out: &mut Vec<Finding>, seen: &mut Vec<String>, slip: Slip<'_>, passage: &Passage, cell: &Printed| {
        let form = slip.raw.to_lowercase();
        if !seen.contains(&form) {
            seen.push(form);
            out.push(
                view.at(rule, passage.objective, &cell.source)
                    .quote("testo", "text", slip.raw)
                    .says(format!("{}: «{}»", slip.it, slip.raw), format!("{}: “{}”", slip.en, slip.raw)),
            );
        }
    };
    for (passage, cell) in cells() {
        for slip in slips(&cell.raw) {
            told(&mut out, &mut seen, slip, passage, cell);
        }
    }
    let marked: Vec<(&Passage, &Printed)> = cells().filter(|(_, c)| c.raw.contains("(*)")).collect();
    if let [(passage, cell)] = marked[..]
        && cell.raw.matches("(*)").count() == 1
        && !cells().any(|(_, c)| c.raw.trim_start().starts_with('*'))
    {
        let slip = Slip { raw: "(*)", it: "il segno rinvia a una nota che non c'è", en: "the mark points to no note" };
        told(&mut out, &mut seen, slip, passage, cell);
    }
    out
}

fn slips(text: &str) -> Vec<Slip<'_>> {
    static STUCK: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(
            r"\b(?:\d{2,4}\p{Lu}\p{Ll}{5,}|(?i:almeno|circa|oltre|entro|massimo|minimo|anno|numero)\d+(?:\.\d{3})*)\b",
        )
        .expect("constant pattern")
    });
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"\b(?:del|nel|dal|anno|dell'anno)\s(?:19|20)\d{3}\b[^.\d]").expect("constant pattern")
    });
    static SIGN: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"\b20[0-4]\d\s?[-–/]\s?20[0-4]\d\s+%").expect("constant pattern")
    });
    static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"\b(?:(?:realizzati|previsti|adottati|tutti|con|per|dei|degli|sono)\s+i\s+[aeiou]\p{Ll}{3,}|(?:per|con)\s+(?:il|la|lo|i|gli|le)\s+(?:al|alla|allo|ai|agli|alle|del|della|dei)\s|(?:dei|degli|delle|del|della)\s+(?:il|lo|le|gli)\s+\p{Ll}{3,}|\p{Ll}{3,}\s+di\s+e\s+(?:di\s+)?\p{Lu}?\p{Ll}{3,})")
            .expect("constant pattern")
    });
    let mut out = Vec::new();
    let patterns: [(&LazyLock<Regex>, &'static str, &'static str); 4] = [
        (&STUCK, "una cifra attaccata a una parola", "a figure stuck to a word"),
        (&YEAR, "un anno di cinque cifre", "a year of five figures"),
        (&SIGN, "il segno % dietro un anno", "the sign % behind a year"),
        (&ARTICLE, "articoli o preposizioni che non si accordano", "articles or prepositions that don't agree"),
    ];
    for (pattern, it, en) in patterns {
        out.extend(pattern.find_iter(text).map(|m| Slip { raw: m.as_str().trim(), it, en }));
    }
    out.extend(twice(text).into_iter().map(|raw| Slip { raw, it: "parole ripetute", en: "words repeated" }));
    let mixed = |w: &&str| {
        let latin = w.chars().any(|c| c.is_ascii_alphabetic());
        latin
            && w.chars().any(|c| ('\u{400}'..'\u{530}').contains(&c) || ('\u{370}'..'\u{3a0}').contains(&c) && c != 'Ω')
    };
    out.extend(text.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 3).filter(mixed).map(|raw| {
        Slip { raw, it: "lettere di due alfabeti nella stessa parola", en: "letters of two alphabets in one word" }
    }));
    out
}

/// "della della", "percorsi di percorsi".
fn twice(text: &str) -> Vec<&str> {
    const LINKS: [&str; 5] = ["di", "del", "dei", "della", "delle"];
    const SMALL: [&str; 16] = [
        "del", "della", "delle", "dei", "degli", "dello", "nel", "nella", "nelle", "alla", "alle", "con", "per", "che",
        "una", "sono",
    ];
    let mut out = Vec::new();
    for line in text.lines() {
        let words: Vec<(usize, &str)> =
            line.split_whitespace().map(|w| (w.as_ptr() as usize - line.as_ptr() as usize, w)).collect();
        let piece = |from: &(usize, &str), to: &(usize, &str)| line.get(from.0..to.0 + to.1.len());
        for pair in words.windows(2) {
            if let [a, b] = pair
                && a.1 == b.1
                && SMALL.contains(&a.1)
            {
                out.extend(piece(a, b));
            }
        }
        for three in words.windows(3) {
            let [a, link, b] = three else { continue };
            let bare = b.1.trim_end_matches(|c: char| !c.is_alphabetic());
            let plural = a.1.ends_with(['i', 'e']) && a.1.chars().all(char::is_lowercase);
            if LINKS.contains(&link.1) && a.1 == bare && plural && a.1.chars().count() > 5 {
                out.extend(piece(a, b));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_writing() {
        let raw = |text: &'static str| slips(text).into_iter().map(|s| s.raw).collect::<Vec<_>>();
        assert_eq!(raw("risoluzione di almeno12.000 posizioni"), ["almeno12.000"]);
        assert_eq!(raw("Cod. 011Competitività e sviluppo"), ["011Competitività"]);
        assert_eq!(raw("la circolare n. 1 del 20201, infatti"), ["del 20201,"]);
        assert_eq!(raw("Triennio 2020-2022 % \"Formazione\""), ["2020-2022 %"]);
        assert_eq!(raw("nei percorsi di percorsi per il lavoro"), ["percorsi di percorsi"]);
        assert_eq!(raw("verranno realizzati i appositi interventi; gli importi della della Regione").len(), 2);
        assert_eq!(raw("коnto dei tesoriери"), ["коnto", "tesoriери"]);
        for fine in [
            "del 2020, di 3D, 4.0, D.Lgs. 33/2013, n. 20201 del registro",
            "nel 2019 il 20% delle imprese; volta per volta; giorno per giorno",
            "una rete di reti; gli enti e di altri; realizzati i servizi",
            "i dati di Unioncamere e di altri enti",
        ] {
            assert!(raw(fine).is_empty(), "{fine}: {:?}", raw(fine));
        }
    }
}

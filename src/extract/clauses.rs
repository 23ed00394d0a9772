//! Indicators whose values a sentence lists one after another without colons:
//! "Studenti inseriti in percorsi: valore conseguito 688 (valore atteso ≥ 600; valore 2017 540; peso 40)".

use super::content::is_value;
use super::lexicon::{Field, Lexicon};
use super::patterns;
use crate::document::fold;

/// A value and the words that name it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clause {
    pub field: Field,
    pub label: String,
    pub value: String,
}

/// The longest words that name a value, in words.
const LABEL_WORDS: usize = 8;

/// Fields that a clause may give.
fn is_told(field: Field) -> bool {
    use Field::*;
    matches!(field, Weight | Baseline | Target | RevisedTarget | Actual | Achievement | Variance)
}

/// Splits a sentence at its semicolons and brackets, and at commas that are not within a figure.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (i, &(at, c)) in chars.iter().enumerate() {
        let next = chars.get(i + 1).map_or(' ', |n| n.1);
        let ends = matches!(c, ';' | '(' | ')' | '[' | ']' | '|') || (matches!(c, ',' | '–' | ':') && next == ' ');
        if ends {
            out.push(text[start..at].trim());
            start = at + c.len_utf8();
        }
    }
    out.push(text[start..].trim());
    out.retain(|piece| !piece.is_empty());
    out
}

/// Whether a figure is that of a law or a span of years: "219/2016", "2017-2019".
fn is_reference(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['/', '-', '–']).map(str::trim).collect();
    let digits = |text: &&str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let year = |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    matches!(parts[..], [number, last] if digits(&number) && digits(&last) && year(last))
}

/// "valore atteso ≥ 600": the words that name a value and the value, cut where the shortest words do.
fn clause(piece: &str, lexicon: &Lexicon) -> Option<Clause> {
    let piece = piece.trim_end_matches(['.', ' ']);
    let mut blanks = piece.match_indices(' ').map(|(at, _)| at).take(LABEL_WORDS);
    blanks.find_map(|at| {
        let (label, value) =
            (piece[..at].trim_end_matches([':', '=', ' ']), piece[at..].trim_start_matches([':', '=', ' ']));
        let field = lexicon.sense(label)?.field;
        (is_told(field) && is_value(value) && !is_reference(value)).then(|| Clause {
            field,
            label: fold(label),
            value: fold(value),
        })
    })
}

/// The values a text lists, where there are two or more and a target or a result is among them, and where the first stands.
pub(super) fn clauses(text: &str, lexicon: &Lexicon) -> Option<(usize, Vec<Clause>)> {
    let text_of = |piece: &str| piece.as_ptr() as usize - text.as_ptr() as usize;
    let mut found: Vec<(usize, Clause)> = Vec::new();
    for piece in pieces(text) {
        match clause(piece, lexicon) {
            Some(clause) => found.push((text_of(piece), clause)),
            // What follows the values belongs to something else.
            None if found.len() > 1 => break,
            None => {}
        }
    }
    let planned = found.iter().any(|(_, c)| matches!(c.field, Field::Target | Field::RevisedTarget));
    let first = found.first()?.0;
    (planned && found.len() > 1).then(|| (first, found.into_iter().map(|(_, clause)| clause).collect()))
}

/// An indicator told in a sentence: code, name and values.
#[derive(Debug, PartialEq)]
pub(super) struct Told {
    pub code: Option<String>,
    pub name: String,
    pub clauses: Vec<Clause>,
}

/// Reads a sentence that opens with an indicator's name and lists its values.
pub(super) fn told(text: &str, lexicon: &Lexicon) -> Option<Told> {
    let text = fold(text);
    let (start, clauses) = clauses(&text, lexicon)?;
    let head = text
        .get(..start)?
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '(' | '–' | '-' | ',' | ';' | '['));
    let (code, name) = match patterns::indicator_heading(head) {
        Some((code, name)) => (Some(code), name),
        None => patterns::numbered_name(head.trim_start_matches(['-', '•', '–', ' '])),
    };
    (name.chars().filter(|c| c.is_alphabetic()).count() > 5 && name.len() <= 400).then_some(Told {
        code,
        name,
        clauses,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = (Option<String>, String, Vec<(Field, String)>);

    fn read(text: &str) -> Option<Told> {
        let told = told(text, Lexicon::shipped())?;
        Some((told.code, told.name, told.clauses.into_iter().map(|c| (c.field, c.value)).collect()))
    }

    #[test]
    fn values_listed_in_a_sentence() {
        let text = "Indicatore n. 6 – Studenti inseriti in percorsi scolastici: valore conseguito 2018 688 (valore atteso ≥ 600; valore 2017 540; peso 40; grado di raggiungimento 100%).";
        let values = vec![
            (Field::Actual, "688".to_owned()),
            (Field::Target, "≥ 600".to_owned()),
            (Field::Actual, "540".to_owned()),
            (Field::Weight, "40".to_owned()),
            (Field::Achievement, "100%".to_owned()),
        ];
        assert_eq!(read(text), Some((Some("6".into()), "Studenti inseriti in percorsi scolastici".into(), values)));
    }

    #[test]
    fn sentences_that_list_nothing_are_left() {
        for text in [
            "Il peso dell'obiettivo è cresciuto, il valore atteso anche (si veda sopra).",
            "I dipendenti in servizio erano 118, di cui 76 donne; il costo medio è stato di € 47.260.",
            "il progetto realizzato nel triennio 2017-2019, secondo quanto previsto dal D. Lgs 219/2016, art. 18",
            "La performance complessiva è pari al 96,30% (2017: 95,84%).",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

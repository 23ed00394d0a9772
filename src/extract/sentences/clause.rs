//! Values that a sentence lists one after another without colons: "valore conseguito 688 (valore atteso ≥ 600; valore 2017 540;
//! peso 40)".

use super::reading::Clause;
use crate::document::fold;
use crate::extract::content::is_value;
use crate::extract::lexicon::{Field, Lexicon};

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
        // "Il valore previsto al 30/6" says of which day a value is, not which.
        let of_a_day = value.starts_with("al ");
        (is_told(field) && is_value(value) && !is_reference(value) && !of_a_day).then(|| Clause {
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

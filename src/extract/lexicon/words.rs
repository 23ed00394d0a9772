//! How the words of labels are compared.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::document::MONTHS;

/// A label as it is compared: lower case, no accents, words of letters, digits and `%` separated by single blanks.
pub fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // Most letters have nothing to take apart, and marks fall away wherever they stand.
        if c.is_ascii() {
            add(&mut out, c);
        } else if c != '\u{ad}' {
            let parts = std::iter::once(c).nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
            parts.for_each(|c| add(&mut out, c));
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A character of a key: letters in lower case, a single blank for all that is no letter, digit or `%`.
fn add(out: &mut String, c: char) {
    if c.is_ascii_alphanumeric() || c == '%' {
        out.push(c.to_ascii_lowercase());
    } else if c.is_alphanumeric() {
        out.extend(c.to_lowercase());
    } else if !out.ends_with(' ') && !out.is_empty() {
        out.push(' ');
    }
}

/// What is left of a word when the letters of the ligatures that fonts lose (fi, fl, ff, tt, ti) are gone, blanks too.
pub(super) fn skeleton(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, 't' | 'i' | 'f' | 'l' | ' ')).collect()
}

/// A label without its dates and years, and the little words that lead to them ("al 30/6", "anno 2018", "del 31 dicembre").
pub fn without_dates(label: &str) -> String {
    static DATES: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that reads a label.
        Regex::new(&format!(
            r"(?ix) \b(?:(?:al|dal|del|nel|anno|a)\s+)* (?:
                \d{{1,2}}\s*[./-]\s*\d{{1,2}}(?:\s*[./-]\s*(?:19|20)?\d\d)?
              | \d{{1,2}}\s+(?:{MONTHS})(?:\s+(?:19|20)\d\d)?
              | (?:i{{1,3}}|iv|primo|secondo|terzo|quarto|[1-4]°?)\s*(?:sem|semestre|trim|trimestre|quadr|quadrimestre)\b\.?(?:\s+(?:19|20)\d\d)?
              | (?:19|20)\d\d(?:\s*[-/]\s*(?:19|20)?\d\d)? ) \b",
        ))
        .expect("constant pattern")
    });
    DATES.replace_all(label, " ").into_owned()
}

pub(super) fn without_parentheses(label: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(label.len());
    for c in label.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// A label whose words a narrow column has broken at a hyphen ("Raggiun- gimento").
pub(super) fn mended(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    let mut rest = label;
    while let Some(at) = rest.find('-') {
        let (before, after) = rest.split_at(at);
        let next = after[1..].trim_start();
        let broken = before.ends_with(char::is_lowercase) && next.starts_with(char::is_lowercase);
        out.push_str(before);
        if !broken {
            out.push('-');
        }
        rest = if broken { next } else { &after[1..] };
    }
    out.push_str(rest);
    out
}

/// A label without the code of what it speaks of at its end ("Risultato dell'obiettivo 1.1").
pub(super) fn without_code(label: &str) -> String {
    let bare = label.trim_end();
    let code = bare.rsplit(' ').next().unwrap_or_default();
    let is_code = code.contains(|c: char| c.is_ascii_digit()) && code.len() <= 8;
    match bare.strip_suffix(code) {
        Some(rest) if is_code && rest.split_whitespace().count() > 1 => rest.to_owned(),
        _ => label.to_owned(),
    }
}

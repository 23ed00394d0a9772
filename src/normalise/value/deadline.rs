//! Dates as values: deadlines of targets, days of results.

use jiff::civil::Date;

use super::super::period::read_period;
use super::token::{Kind as Sign, Token};
use super::{Kind, Operator, Reading, Role, Value, words};

/// Words beside a date that leave it the value ("approvato il 15/4/2019"); a longer text only mentions it.
const FEW_WORDS: usize = 2;

/// A date of the text, as a value.
///
/// In targets a term ("entro il 31/12/2019") is the value whatever else is said; elsewhere, and without a term, only
/// a single date that is nearly the whole text.
pub(super) fn read(role: Role, tokens: &[Token], year: Option<i16>) -> Option<Reading> {
    let dates: Vec<usize> = tokens.iter().enumerate().filter_map(|(at, token)| is_date(token).then_some(at)).collect();
    let figures = tokens.iter().any(|token| matches!(token.kind, Sign::Number(_) | Sign::Slashed(..)));
    let beside = tokens.iter().filter(|token| token.depth == 0 && tells(token)).count();
    if matches!(role, Role::Target | Role::Baseline) {
        for &at in &dates {
            if let Some(operator) = term(tokens, at) {
                return reading(tokens.get(at)?, Some(operator), year);
            }
        }
    }
    if dates.is_empty() && role == Role::Target {
        return part_of_year(tokens, year);
    }
    let &[at] = dates.as_slice() else { return None };
    let token = tokens.get(at)?;
    let complete = matches!(token.kind, Sign::Date(_) | Sign::Month(_));
    // Without a year, or without a day, little beside it makes it something other than the value.
    let few = if complete { FEW_WORDS } else { 0 };
    if figures || beside > few || role == Role::Weight {
        return None;
    }
    reading(token, term(tokens, at), year)
}

/// "entro il primo semestre 2020", "entro il 2020", "entro l'anno".
fn part_of_year(tokens: &[Token], year: Option<i16>) -> Option<Reading> {
    let entro = tokens.iter().position(|token| token.is_word("entro") && token.depth == 0)?;
    let behind = tokens.get(entro + 1..)?;
    let skipped = behind.iter().take_while(|token| token.word().is_some_and(is_beside_date)).count();
    let words: Vec<&str> = behind.iter().skip(skipped).take(3).map(|token| token.text.as_str()).collect();
    let label = words.join(" ");
    if read_period(&label, Some(2000)).is_none() || words.first().is_some_and(|word| !opens_period(word)) {
        return None;
    }
    let end = read_period(&label, year).map(|period| Value::Date(period.end));
    Some(Reading { value: end, ..Reading::bare(Kind::Date, Some(Operator::AtMost)) })
}

fn opens_period(word: &str) -> bool {
    const WORDS: &[&str] =
        &["anno", "esercizio", "primo", "secondo", "terzo", "quarto", "ultimo", "i", "ii", "iii", "iv", "semestre"];
    WORDS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_date(token: &Token) -> bool {
    matches!(token.kind, Sign::Date(_) | Sign::DayMonth(_) | Sign::Month(_))
}

fn reading(token: &Token, operator: Option<Operator>, year: Option<i16>) -> Option<Reading> {
    let date: Option<Date> = match token.kind {
        Sign::Date(date) | Sign::Month(date) => Some(date),
        Sign::DayMonth(day) => year.and_then(|year| day.in_year(year)),
        _ => return None,
    };
    Some(Reading { value: date.map(Value::Date), ..Reading::bare(Kind::Date, operator) })
}

/// The operator before a date: "entro (e non oltre) il", "non oltre il", "prima del", "dopo il", or a sign.
fn term(tokens: &[Token], at: usize) -> Option<Operator> {
    for token in tokens.get(..at)?.iter().rev() {
        match token.kind {
            Sign::Operator(operator) => return Some(operator),
            Sign::Word => match token.text.as_str() {
                "entro" | "oltre" | "tardi" => return Some(Operator::AtMost),
                "prima" => return Some(Operator::Below),
                "dopo" => return Some(Operator::Above),
                word if is_beside_date(word) => {}
                _ => return None,
            },
            Sign::Other('.') => {}
            _ => return None,
        }
    }
    None
}

/// Words that only lead to a date.
fn is_beside_date(word: &str) -> bool {
    words::is_article(word)
        || matches!(words::plain_form(word), "di" | "a" | "in" | "e")
        || matches!(
            word,
            "nel" | "mese" | "giorno" | "data" | "termine" | "fine" | "inizio" | "scadenza" | "non" | "oltre" | "metà"
        )
}

/// Whether a token says something of its own beside a date.
fn tells(token: &Token) -> bool {
    token.word().is_some_and(|word| !is_beside_date(word) && !matches!(word, "entro" | "prima" | "dopo" | "tardi"))
}

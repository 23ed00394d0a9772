//! Dates as documents print them: "31/12/2019", "31.12.19", "al 30/6", "31 dicembre 2020", "luglio 2022".

use jiff::civil::Date;

use crate::document::month;

use super::figure::year;
use super::token::{Kind, Token, token_year};
use super::words;

/// A day and month without a year; without a day, the month's last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayMonth {
    day: Option<i8>,
    month: i8,
}

impl DayMonth {
    /// `None` for days no year has.
    pub(crate) fn new(day: i8, month: i8) -> Option<Self> {
        // 2020 is a leap year: it has every day there is.
        Date::new(2020, month, day).ok().map(|_| DayMonth { day: Some(day), month })
    }

    pub(crate) fn month(month: i8) -> Self {
        DayMonth { day: None, month }
    }

    pub(crate) fn in_year(self, year: i16) -> Option<Date> {
        match self.day {
            Some(day) => Date::new(year, self.month, day).ok(),
            None => month_end(year, self.month),
        }
    }

    fn is_month_end(self) -> bool {
        self.in_year(2020).is_some_and(|date| date == date.last_of_month())
            || self.in_year(2019).is_some_and(|date| date == date.last_of_month())
    }
}

/// The last day of a month.
pub(crate) fn month_end(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok().map(Date::last_of_month)
}

/// A date of three printed parts, day first or year first.
pub(super) fn numeric_date(a: &str, b: &str, c: &str) -> Option<Date> {
    if let Some(year) = year(a) {
        return Date::new(year, small(b)?, small(c)?).ok();
    }
    Date::new(printed_year(c)?, small(b)?, small(a)?).ok()
}

/// "31.12.2019"; with a two-digit year only where the day has two digits, as "1.2.19" may number a paragraph.
pub(super) fn pointed_date(run: &str) -> Option<Date> {
    let mut parts = run.split('.');
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || c.len() == 2 && a.len() != 2 {
        return None;
    }
    numeric_date(a, b, c)
}

/// The last of two years ("2021-2023", "2018/19").
pub(super) fn year_span(a: &str, b: &str) -> Option<i16> {
    let first = year(a)?;
    let last = match b.len() {
        // `a` is four ASCII digits, as `year` read it.
        2 => year(&format!("{}{b}", &a[..2])),
        _ => year(b),
    }?;
    (last > first && last - first <= 30).then_some(last)
}

fn small(part: &str) -> Option<i8> {
    (part.len() <= 2).then(|| part.parse().ok()).flatten()
}

fn printed_year(part: &str) -> Option<i16> {
    match part.len() {
        4 => year(part),
        2 => part.parse::<i16>().ok().map(|short| if short >= 90 { 1900 + short } else { 2000 + short }),
        _ => None,
    }
}

/// Joins the tokens that make one date, and tells days of a month from ratios and figures.
pub(super) fn merge(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let rest = tokens.get(at + 1..).unwrap_or_default();
        let (kind, taken) = date_at(token, rest, &out).unwrap_or((token.kind, 0));
        let mut merged = token.clone();
        merged.kind = kind;
        for joined in rest.iter().take(taken) {
            if !joined.glued {
                merged.text.push(' ');
            }
            merged.text.push_str(&joined.text);
        }
        out.push(merged);
        at += 1 + taken;
    }
    out
}

/// The date that begins at `token`, and how many of the tokens after it it takes.
fn date_at(token: &Token, rest: &[Token], before: &[Token]) -> Option<(Kind, usize)> {
    let next_year = |skip: usize| rest.get(skip).and_then(token_year);
    match token.kind {
        Kind::Number(_) | Kind::Ordinal(_) => {
            let day = match token.kind {
                Kind::Ordinal(day) => day,
                _ => match small(&token.text) {
                    Some(day) => day,
                    None => return day_point_month(token, rest, before),
                },
            };
            let month = rest.first()?.word().and_then(month)?;
            let date = DayMonth::new(day, month)?;
            let dot = usize::from(rest.get(1).is_some_and(|t| t.kind == Kind::Other('.') && t.glued));
            match next_year(1 + dot) {
                Some(year) => Some((Kind::Date(date.in_year(year)?), 2 + dot)),
                None => Some((Kind::DayMonth(date), 1)),
            }
        }
        Kind::Word => {
            let month = month(&token.text)?;
            let dot = usize::from(rest.first().is_some_and(|t| t.kind == Kind::Other('.') && t.glued));
            if let Some(year) = next_year(dot) {
                return Some((Kind::Month(month_end(year, month)?), 1 + dot));
            }
            words::is_full_month(&token.text).then_some((Kind::DayMonth(DayMonth::month(month)), 0))
        }
        Kind::Slashed(..) => {
            let (left, right) = token.text.split_once('/')?;
            let timed = follows_date_preposition(before) || (before.is_empty() && rest.is_empty());
            if let Some(year) = year(right) {
                return Some(match small(left).and_then(|month| month_end(year, month)) {
                    Some(end) if timed => (Kind::Month(end), 0),
                    // "33/2013" is an act; where nothing else is printed, two counts.
                    _ if before.is_empty() && rest.is_empty() => return None,
                    _ => (Kind::Code, 0),
                });
            }
            let date = DayMonth::new(small(left)?, small(right)?)?;
            let percent = rest.first().is_some_and(|t| t.kind == Kind::Percent);
            let dated = follows_date_preposition(before) || date.is_month_end() && left != right;
            (dated && !percent).then_some((Kind::DayMonth(date), 0))
        }
        _ => None,
    }
}

/// "al 31.12", "alle 15.30": figures only for who doesn't read the word before them.
fn day_point_month(token: &Token, rest: &[Token], before: &[Token]) -> Option<(Kind, usize)> {
    let (day, month) = token.text.split_once('.')?;
    let clock = matches!(before.last().and_then(Token::word), Some("dalle" | "alle" | "ore"));
    if clock && month.len() == 2 && small(day)? < 24 && small(month)? < 60 {
        return Some((Kind::Code, 0));
    }
    let date = DayMonth::new(small(day)?, small(month)?)?;
    let measured = rest.first().is_some_and(|t| matches!(t.kind, Kind::Percent | Kind::Euro));
    (follows_date_preposition(before) && date.is_month_end() && !measured).then_some((Kind::DayMonth(date), 0))
}

/// Whether the words before say that a date follows ("al", "entro il", "fino al").
fn follows_date_preposition(before: &[Token]) -> bool {
    matches!(
        before.last().and_then(Token::word),
        Some("al" | "il" | "dal" | "del" | "entro" | "dall" | "all" | "dell" | "l")
    )
}

//! The quantities of a text, and the one that is its value.

use rust_decimal::Decimal;

use super::lead::{Lead, Opener, lead, phrase};
use super::token::{Kind as Sign, Token, token_year};
use super::{Kind, Operator, Reading, Role, Value, numerals, words};

/// What a figure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    Number,
    Percent,
    Currency,
    Duration(&'static str),
    Ratio,
}

/// A figure with the sign or unit behind it.
#[derive(Debug, Clone, Copy)]
struct Measure {
    value: Decimal,
    nature: Nature,
    /// Index of the token after it.
    end: usize,
    /// "un", "una": an article unless something measures with it.
    article: bool,
    /// The two figures of a ratio.
    parts: Option<(Decimal, Decimal)>,
}

/// How much a quantity is the text's value: the least rank wins, then the first printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Total,
    Plain,
    /// "entro 5 giorni": what the value holds for, where another quantity stands beside it.
    Term,
    Comparison,
    Bracketed,
}

struct Candidate {
    rank: Rank,
    reading: Reading,
    end: usize,
}

/// Words outside the brackets beside which a figure inside them may be the value ("Effettuati (n. 5)").
const FEW_WORDS: usize = 4;

/// The leading quantity of a text, if it has one.
pub(super) fn read(role: Role, tokens: &[Token]) -> Option<Reading> {
    let outside = tokens.iter().filter(|token| token.depth == 0 && token.word().is_some()).count();
    let all_bracketed = tokens.iter().all(|token| token.depth > 0 || matches!(token.kind, Sign::Euro | Sign::Percent));
    let mut best: Option<Candidate> = None;
    let (mut at, mut floor, mut label_end) = (0, 0, None);
    while at < tokens.len() {
        let lead = lead(role, tokens, floor, at);
        let Some(measure) = measure(tokens, at, &lead) else {
            at += 1;
            continue;
        };
        if measure.article && lead.operator.is_none() && tokens.len() > 1 {
            at += 1;
            continue;
        }
        if is_name(tokens, at, &lead, &measure, label_end) {
            label_end = Some(measure.end);
            at = measure.end.max(at + 1);
            floor = at;
            continue;
        }
        let mut candidate = quantity(role, tokens, &lead, measure);
        if tokens.get(at).is_some_and(|token| token.depth > 0) && !all_bracketed {
            candidate.rank = Rank::Bracketed;
        }
        at = candidate.end.max(at + 1);
        floor = at;
        let eligible = candidate.rank != Rank::Bracketed || outside <= FEW_WORDS;
        if eligible && best.as_ref().is_none_or(|best| candidate.rank < best.rank) {
            best = Some(candidate);
        }
    }
    let mut reading = best?.reading;
    if role != Role::Weight && is_bracketed_figure(tokens) {
        negate(&mut reading);
        if reading.kind == Kind::Number && tokens.iter().any(|token| token.kind == Sign::Euro) {
            reading.kind = Kind::Currency;
            reading.unit = Some("EUR".to_owned());
        }
    }
    Some(reading)
}

/// The figure that begins at `at`, with its multiplier and the sign or unit behind it.
fn measure(tokens: &[Token], at: usize, lead: &Lead) -> Option<Measure> {
    let token = tokens.get(at)?;
    let (mut value, article) = match token.kind {
        Sign::Number(figure) => (figure.value, false),
        Sign::Slashed(left, right) => return ratio(left.value, right.value, at + 1),
        Sign::Word => (Decimal::from(numerals::number_word(&token.text)?), numerals::is_article_one(&token.text)),
        _ => return None,
    };
    let mut end = at + 1;
    let word = |n: usize| tokens.get(n).and_then(Token::word);
    if let Some(factor) =
        tokens.get(end).filter(|t| t.word().is_some()).and_then(|t| words::multiplier(&t.text, t.glued))
    {
        value = value.checked_mul(Decimal::from(factor))?.normalize();
        end += 1;
    }
    if let Some(parts) = word(end).and_then(fraction) {
        return ratio(value, Decimal::from(parts), end + 1);
    }
    let divided = word(end) == Some("su") || tokens.get(end).is_some_and(|token| token.kind == Sign::Slash);
    if divided
        && let Some(Token { kind: Sign::Number(whole), .. }) = tokens.get(end + 1)
        && !both_years(tokens, end, end + 1)
    {
        return ratio(value, whole.value, end + 2);
    }
    let (nature, taken) = nature(tokens, end).unwrap_or((
        match lead {
            Lead { percent: true, .. } => Nature::Percent,
            Lead { currency: true, .. } => Nature::Currency,
            Lead { duration: Some(unit), .. } => Nature::Duration(unit),
            _ => Nature::Number,
        },
        0,
    ));
    Some(Measure { value, nature, end: end + taken, article, parts: None })
}

/// What the sign or unit at `end` says of the figure before it, and how many tokens it takes.
fn nature(tokens: &[Token], end: usize) -> Option<(Nature, usize)> {
    let word = |n: usize| tokens.get(n).and_then(Token::word);
    let of = usize::from(word(end) == Some("di"));
    match tokens.get(end).map(|token| token.kind) {
        Some(Sign::Percent) => Some((Nature::Percent, 1)),
        Some(Sign::Euro) => Some((Nature::Currency, 1)),
        Some(Sign::Word) => match (word(end).unwrap_or_default(), word(end + 1)) {
            ("per", Some("cento")) | ("punti", Some("percentuali")) | ("punto", Some("percentuale")) => {
                Some((Nature::Percent, 2))
            }
            ("percento", _) => Some((Nature::Percent, 1)),
            _ if word(end + of).is_some_and(words::is_currency) => Some((Nature::Currency, 1 + of)),
            (unit, _) => words::duration(unit).map(|unit| (Nature::Duration(unit), 1)),
        },
        _ => None,
    }
}

/// "terzi" of "due terzi".
fn fraction(word: &str) -> Option<u32> {
    Some(match word {
        "mezzi" => 2,
        "terzi" => 3,
        "quarti" => 4,
        "quinti" => 5,
        "sesti" => 6,
        "ottavi" => 8,
        "decimi" => 10,
        "centesimi" => 100,
        _ => return None,
    })
}

fn ratio(left: Decimal, right: Decimal, end: usize) -> Option<Measure> {
    let value = left.checked_div(right)?.normalize();
    Some(Measure { value, nature: Nature::Ratio, end, article: false, parts: Some((left, right)) })
}

/// Whether the figure names something and counts nothing: an act, a year, a version, a list's number.
fn is_name(tokens: &[Token], at: usize, lead: &Lead, measure: &Measure, label_end: Option<usize>) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    let next = tokens.get(at + 1);
    let bare = measure.nature == Nature::Number && lead.operator.is_none();
    if lead.start.checked_sub(1).and_then(|k| tokens.get(k)).is_some_and(|t| matches!(t.kind, Sign::Other('*' | '×')))
    {
        return true;
    }
    // "entro il 2020", "non inferiore al valore 2019"
    if (lead.term || lead.year_cue && unit(tokens, at + 1, false).is_none()) && is_year(tokens, at, lead) {
        return true;
    }
    if !bare {
        return false;
    }
    let listed = label_end.is_some_and(|end| {
        let between = tokens.get(end..lead.start).unwrap_or_default();
        between.len() == 1
            && between
                .iter()
                .all(|t| t.is_word("e") || matches!(t.kind, Sign::Other(',') | Sign::Dash { .. } | Sign::Slash))
    });
    if lead.label || listed {
        return true;
    }
    let version = matches!(token.kind, Sign::Number(figure) if figure.version);
    if version && at.checked_sub(1).and_then(|k| tokens.get(k)).and_then(Token::word).is_some() {
        return true;
    }
    let dated =
        |n: usize| tokens.get(n).is_some_and(|t| matches!(t.kind, Sign::Date(_) | Sign::Month(_) | Sign::DayMonth(_)));
    // "n. 43 del 15/4/2019" is an act, "dal 10 al 21 agosto" a day.
    if next.and_then(Token::word).is_some_and(|word| matches!(word, "del" | "al" | "e")) && dated(at + 2) {
        return true;
    }
    if next.is_some_and(|t| matches!(t.kind, Sign::Other('^' | '°' | 'º' | 'ª'))) {
        return true;
    }
    // "1) …", "1. …"
    let numbers_list = match next.map(|t| t.kind) {
        Some(Sign::Close) => token.depth == 0,
        Some(Sign::Other('.')) => {
            at == 0 && token.text.len() <= 2 && tokens.get(at + 2).is_some_and(|t| !t.glued && t.word().is_some())
        }
        _ => false,
    };
    numbers_list || is_year(tokens, at, lead)
}

/// A plain number of this time is a year after a word that says so, or where it stands beside other text and no noun
/// follows it.
fn is_year(tokens: &[Token], at: usize, lead: &Lead) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    if token_year(token).is_none() {
        return false;
    }
    let alone = tokens.iter().enumerate().all(|(n, t)| n == at || t.depth > token.depth);
    // "il preventivo economico 2019 approvato"; "2000" is a round number first.
    let behind_noun = lead.start == at
        && token.text != "2000"
        && at.checked_sub(1).and_then(|k| tokens.get(k)).is_some_and(|t| t.word().is_some());
    lead.year_cue || behind_noun || !alone && unit(tokens, at + 1, false).is_none()
}

/// The reading of a figure with what stands before and after it.
fn quantity(role: Role, tokens: &[Token], lead: &Lead, mut measure: Measure) -> Candidate {
    if lead.negative && (!lead.spaced || role == Role::Variance || tokens.get(measure.end).is_none()) {
        measure.value = -measure.value;
    }
    let range = range(role, tokens, lead, &mut measure);
    let end = range.map_or(measure.end, |(high, _)| high.end);
    let nature = match range {
        Some((high, _)) if measure.nature == Nature::Number => high.nature,
        _ => measure.nature,
    };
    let trailing = if lead.operator.is_none() && range.is_none() { operator_behind(tokens, end) } else { None };
    let operator = match range {
        Some((_, true)) => None,
        _ => lead.operator.or(trailing),
    };
    let unit = match nature {
        Nature::Currency => Some("EUR".to_owned()),
        Nature::Duration(unit) => Some(unit.to_owned()),
        Nature::Percent if range.is_some() => Some("%".to_owned()),
        Nature::Ratio => None,
        Nature::Percent => unit(tokens, end, true),
        Nature::Number => lead.unit.clone().or_else(|| unit(tokens, end, false)),
    };
    let kind = match nature {
        _ if range.is_some() => Kind::Range,
        Nature::Percent => Kind::Percent,
        Nature::Currency => Kind::Currency,
        Nature::Duration(_) => Kind::Duration,
        Nature::Ratio => Kind::Ratio,
        Nature::Number if role == Role::Weight => Kind::Percent,
        Nature::Number => Kind::Number,
    };
    let rank = if lead.total && !lead.comparison {
        Rank::Total
    } else if lead.comparison || lead.opener.is_some() && range.is_none() {
        Rank::Comparison
    } else if lead.term && matches!(nature, Nature::Duration(_)) {
        Rank::Term
    } else {
        Rank::Plain
    };
    let mut reading = Reading {
        kind,
        operator,
        value: Some(Value::Number(unsigned_zero(measure.value))),
        value_high: range.map(|(high, _)| high.value),
        unit,
    };
    if kind == Kind::Ratio && matches!(role, Role::Achievement | Role::Weight) {
        out_of_hundred(&mut reading, &measure);
    }
    Candidate { rank, reading, end }
}

/// "99/100" of an achievement or a weight is a mark in points.
fn out_of_hundred(reading: &mut Reading, measure: &Measure) {
    if let Some((mark, whole)) = measure.parts
        && whole == Decimal::ONE_HUNDRED
    {
        reading.kind = Kind::Percent;
        reading.value = Some(Value::Number(mark));
    }
}

fn unsigned_zero(mut value: Decimal) -> Decimal {
    if value.is_zero() {
        value.set_sign_positive(true);
    }
    value
}

/// The upper bound of a range whose lower bound is `low`; true where operators print it (">= 10 e <= 15").
fn range(role: Role, tokens: &[Token], lead: &Lead, low: &mut Measure) -> Option<(Measure, bool)> {
    if let Some((left, right)) = low.parts {
        // "10/15 gg" are from 10 to 15 days; "4/6 pratiche" are four of six.
        let (nature, taken) = nature(tokens, low.end).filter(|(nature, _)| *nature != Nature::Currency)?;
        let high = Measure { value: right, nature, end: low.end + taken, article: false, parts: None };
        let low_end = Measure { value: left, nature, ..high };
        return (left < right).then(|| {
            *low = low_end;
            (high, false)
        });
    }
    if lead.either_way {
        let high = *low;
        low.value = -low.value;
        return Some((high, false));
    }
    if let Some(from) = joint(tokens, lead, low.end) {
        let figure = (from..from + 5).find(|n| tokens.get(*n).is_some_and(is_figure))?;
        let second = super::lead::lead(role, tokens, from, figure);
        let high = measure(tokens, figure, &second).filter(|_| second.start == from)?;
        let apart = lead.opener.is_some() || !both_years(tokens, low.end, figure);
        return (fits(low, &high) && apart).then_some((high, false));
    }
    bounded(role, tokens, lead, low).map(|high| (high, true))
}

fn fits(low: &Measure, high: &Measure) -> bool {
    let alike = low.nature == high.nature || low.nature == Nature::Number;
    high.value > low.value && alike && high.nature != Nature::Ratio
}

/// Index of the token after the one that joins a range's figures: "e" of "tra … e", "a" of "da … a", a dash.
fn joint(tokens: &[Token], lead: &Lead, at: usize) -> Option<usize> {
    let next = tokens.get(at)?;
    let joins = match (lead.opener, next.word().map(words::plain_form)) {
        (Some(Opener::Between), Some("e")) | (Some(Opener::From), Some("a" | "fino")) => true,
        // "2 o 3 incontri"
        (None, Some("o")) => tokens.get(at + 1).is_some_and(is_figure),
        _ => match next.kind {
            Sign::Dash { single: true, .. } => {
                let behind = tokens.get(at + 1)?;
                behind.glued == next.glued && matches!(behind.kind, Sign::Number(_) | Sign::Euro) && !lead.negative
            }
            Sign::Other('÷') => true,
            _ => false,
        },
    };
    joins.then_some(at + 1)
}

/// The upper bound of ">= 10 e <= 15", "minimo 10 massimo 15" and "10 ≤ x ≤ 15".
fn bounded(role: Role, tokens: &[Token], lead: &Lead, low: &Measure) -> Option<Measure> {
    let at = low.end;
    let below =
        |n: usize| tokens.get(n).is_some_and(|t| matches!(t.kind, Sign::Operator(Operator::AtMost | Operator::Below)));
    let from = if lead.operator.is_none() && below(at) && tokens.get(at + 1)?.word().is_some() && below(at + 2) {
        at + 2
    } else {
        let connects = |token: &Token| {
            let word = token.word().map(words::plain_form);
            matches!(token.kind, Sign::Other(',' | ';')) || matches!(word, Some("e" | "ma" | "con"))
        };
        matches!(lead.operator, Some(Operator::AtLeast | Operator::Above)).then_some(())?;
        (at..at + 2).find(|n| !tokens.get(*n).is_some_and(connects))?
    };
    let figure = (from..from + 6).find(|n| tokens.get(*n).is_some_and(is_figure))?;
    let second = super::lead::lead(role, tokens, from, figure);
    let closes = matches!(second.operator, Some(Operator::AtMost | Operator::Below)) && second.start == from;
    let high = measure(tokens, figure, &second).filter(|_| closes && !second.term)?;
    fits(low, &high).then_some(high)
}

fn is_figure(token: &Token) -> bool {
    matches!(token.kind, Sign::Number(_)) || token.word().and_then(numerals::number_word).is_some()
}

fn both_years(tokens: &[Token], end: usize, figure: usize) -> bool {
    let year = |n: usize| tokens.get(n).and_then(token_year).is_some();
    end.checked_sub(1).is_some_and(year) && year(figure)
}

/// "10 o più", "5 giorni max": an operator behind its number, at most one word away.
fn operator_behind(tokens: &[Token], end: usize) -> Option<Operator> {
    let word = |n: usize| tokens.get(n).and_then(Token::word).map(words::plain_form);
    for at in [end, end + 1] {
        let bracket = usize::from(tokens.get(at).is_some_and(|token| token.kind == Sign::Open));
        let at = at + bracket;
        let found = match (word(at), word(at + 1)) {
            (Some("o" | "e"), Some("più" | "oltre" | "superiore" | "maggiore")) | (Some("in"), Some("su")) => {
                Some(Operator::AtLeast)
            }
            (Some("o"), Some("meno" | "inferiore" | "minore")) => Some(Operator::AtMost),
            (Some("minimo"), None) => Some(Operator::AtLeast),
            (Some("massimo" | "max"), None) => Some(Operator::AtMost),
            _ => None,
        };
        // Words between belong to the quantity only if they are its noun.
        if found.is_some() || word(at).is_none_or(words::ends_unit) {
            return found;
        }
    }
    None
}

/// The noun that follows a figure, in lower case; of percents, what they are percents of.
fn unit(tokens: &[Token], from: usize, share: bool) -> Option<String> {
    let mut at = from;
    if share {
        while tokens.get(at).and_then(Token::word).is_some_and(|word| words::plain_form(word) == "di") {
            at += 1;
        }
    }
    let mut out = String::new();
    let mut count = 0;
    while let Some(token) = tokens.get(at) {
        let joins = |n: usize, text: &str| tokens.get(n).is_some_and(|t| t.text == text && t.glued);
        // "e/o" joins two nouns.
        if count > 0 && token.is_word("e") && joins(at + 1, "/") && joins(at + 2, "o") {
            out.push_str(" e/o");
            at += 3;
            continue;
        }
        let Some(word) = token.word() else { break };
        let of = count > 0
            && words::plain_form(word) == "di"
            && tokens.get(at + 1).and_then(Token::word).is_some_and(|w| w != "cui");
        let ends = words::ends_unit(word) && !of
            || numerals::number_word(word).is_some()
            || words::is_article(word)
            || words::is_number_mark(word);
        if ends || token.depth > tokens.get(from.saturating_sub(1)).map_or(0, |t| t.depth) || count == 6 {
            break;
        }
        if phrase(tokens, at, at + 1).is_some() {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        count += 1;
        at += 1;
    }
    (!out.is_empty()).then_some(out)
}

/// "(2.800,00)": the accountants' minus.
fn is_bracketed_figure(tokens: &[Token]) -> bool {
    let mut figures = 0;
    let fits = tokens.iter().all(|token| match token.kind {
        Sign::Number(_) => {
            figures += 1;
            token.depth == 1
        }
        Sign::Open | Sign::Close => token.depth == 1,
        Sign::Euro | Sign::Percent => true,
        _ => false,
    });
    fits && figures == 1
}

fn negate(reading: &mut Reading) {
    if let Some(Value::Number(value)) = reading.value {
        reading.value = Some(Value::Number(unsigned_zero(-value)));
    }
}

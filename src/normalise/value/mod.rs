//! Printed Italian values, typed: "almeno 1.500 posizioni" is a number of at least 1500, in "posizioni".
//!
//! A text goes through three steps: one spelling for every sign ([`fold`]), tokens ([`token`], with dates joined by
//! [`calendar`]), then the quantities the tokens make ([`quantity`]), of which the leading one is the value. Nothing is
//! guessed: a text that makes no figure stays text.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

pub(super) mod calendar;
mod deadline;
pub(super) mod figure;
pub(super) mod fold;
mod lead;
mod numerals;
mod quantity;
pub(super) mod token;
pub(super) mod words;

#[cfg(test)]
mod tests;

use token::{Kind as Sign, Token};

/// What the printed text was printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Of an indicator or an objective.
    #[serde(alias = "objective_weight")]
    Weight,
    Baseline,
    Target,
    Actual,
    Variance,
    Achievement,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Number,
    /// In points: 14.00 for "14,00%".
    Percent,
    Currency,
    Duration,
    Date,
    Range,
    Boolean,
    /// The quotient of the two printed figures.
    Ratio,
    /// Words, or figures that can't be read.
    Text,
    /// A printed placeholder.
    Missing,
}

impl Kind {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Percent => "percent",
            Kind::Currency => "currency",
            Kind::Duration => "duration",
            Kind::Date => "date",
            Kind::Range => "range",
            Kind::Boolean => "boolean",
            Kind::Ratio => "ratio",
            Kind::Text => "text",
            Kind::Missing => "missing",
        }
    }
}

/// The printed comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    AtLeast,
    AtMost,
    Above,
    Below,
    Equal,
}

impl Operator {
    /// The sign the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Operator::AtLeast => ">=",
            Operator::AtMost => "<=",
            Operator::Above => ">",
            Operator::Below => "<",
            Operator::Equal => "=",
        }
    }
}

/// A value that a text was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// With the printed number of decimals.
    Number(Decimal),
    Boolean(bool),
    Date(Date),
}

impl std::fmt::Display for Value {
    /// The canonical text: "14.00", "true", "2019-12-31".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Number(number) => number.fmt(f),
            Value::Boolean(boolean) => boolean.fmt(f),
            Value::Date(date) => date.fmt(f),
        }
    }
}

/// The typed reading of a printed text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub kind: Kind,
    /// `None` where none is printed.
    pub operator: Option<Operator>,
    /// The lower bound of a range. `None` for texts, placeholders, and days whose year is not known.
    pub value: Option<Value>,
    /// The upper bound of a range, else `None`.
    pub value_high: Option<Decimal>,
    /// "EUR"; "days", "hours" and their like; for a range of percents "%"; else the printed noun, in lower case.
    pub unit: Option<String>,
}

impl Reading {
    fn bare(kind: Kind, operator: Option<Operator>) -> Self {
        Reading { kind, operator, value: None, value_high: None, unit: None }
    }

    fn of(kind: Kind, operator: Option<Operator>, value: Value) -> Self {
        Reading { value: Some(value), ..Reading::bare(kind, operator) }
    }

    /// `{"type", "operator", "value", "value_high" (ranges only), "unit"}`; every value is a string or null.
    pub fn to_json(&self) -> Json {
        let text = |value: Option<String>| value.map_or(Json::Null, Json::String);
        let mut out = Map::new();
        out.insert("type".to_owned(), Json::from(self.kind.as_str()));
        out.insert("operator".to_owned(), self.operator.map_or(Json::Null, |operator| Json::from(operator.as_str())));
        out.insert("value".to_owned(), text(self.value.map(|value| value.to_string())));
        if let Some(high) = self.value_high {
            out.insert("value_high".to_owned(), Json::from(high.to_string()));
        }
        out.insert("unit".to_owned(), text(self.unit.clone()));
        Json::Object(out)
    }
}

/// Reads a printed text. Days printed without a year ("entro il 31/12") are dates without a value; see
/// [`read_value_of_year`].
pub fn read_value(role: Role, raw: &str) -> Reading {
    read_value_of_year(role, raw, None)
}

/// Reads a printed text of a document of `year`, which completes the days printed without one.
pub fn read_value_of_year(role: Role, raw: &str, year: Option<i16>) -> Reading {
    let folded = fold::fold(raw);
    let tokens = token::tokens(&folded);
    let printed = match tokens.first() {
        Some(Token { kind: Sign::Operator(operator), .. }) => Some(*operator),
        _ => None,
    };
    if is_missing(role, &folded) {
        return Reading::bare(Kind::Missing, None);
    }
    let body = tokens.get(usize::from(printed.is_some())..).unwrap_or_default();
    if body.is_empty() {
        // An operator whose value was never filled in.
        return Reading::bare(Kind::Missing, printed);
    }
    if let Some(answer) = boolean(body) {
        return Reading::of(Kind::Boolean, printed, Value::Boolean(answer));
    }
    if body.first().is_some_and(|token| token.kind == Sign::Word && token.text == "σ") {
        // A formula: its figures are operands.
        return Reading::bare(Kind::Text, printed);
    }
    let unfilled = match tokens.last() {
        Some(Token { kind: Sign::Operator(operator), .. }) => Some(Reading::bare(Kind::Missing, Some(*operator))),
        _ => None,
    };
    quantity::read(role, &tokens)
        .or_else(|| deadline::read(role, &tokens, year))
        .or(unfilled)
        .unwrap_or_else(|| Reading::bare(Kind::Text, printed))
}

/// Whether a placeholder stands where the value should, with or without a remark in brackets behind it.
fn is_missing(role: Role, folded: &str) -> bool {
    let outside = match folded.find('(') {
        Some(open) if open > 0 => &folded[..open],
        _ => folded,
    };
    let outside = outside.trim().trim_matches('"');
    if outside
        .chars()
        .all(|c| matches!(c, '-' | '–' | '_' | '=' | '/' | '\\' | '.' | '…' | '*' | '·' | '•' | '~' | '?' | ' '))
    {
        return true;
    }
    let lower = outside.to_lowercase();
    let words: String = lower.chars().filter(|c| !matches!(c, '.' | ';' | ',' | ':' | '!')).collect();
    let words = words.trim();
    words::is_placeholder(words) || role == Role::Baseline && words::is_no_baseline(words)
}

/// A text that answers yes or no: the word alone, twice, or before a remark.
fn boolean(tokens: &[Token]) -> Option<bool> {
    let mut words = tokens.iter().skip_while(|token| matches!(token.kind, Sign::Other('"') | Sign::Colon));
    let answer_word = words.next()?.word()?;
    let answer = words::boolean(answer_word)?;
    let mut next = words.clone();
    let first = next.next();
    let remark = match first.map(|token| token.kind) {
        None | Some(Sign::Open | Sign::Colon | Sign::Dash { .. }) => true,
        // "no. 3" is a number's mark.
        Some(Sign::Other('.')) => next.next().is_none_or(|token| token.kind == Sign::Word),
        Some(Sign::Other(_)) => true,
        Some(Sign::Word) => {
            // Without its accent it may be the pronoun ("si stima").
            answer_word == "sì"
                || first.is_some_and(|token| token.is_word("entro"))
                || words.all(|token| token.word().and_then(words::boolean) == Some(answer))
        }
        Some(_) => false,
    };
    remark.then_some(answer)
}

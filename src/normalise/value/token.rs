//! The printed text as a row of tokens: figures, words, signs and dates.

use jiff::civil::Date;

use super::Operator;
use super::calendar::{self, DayMonth};
use super::figure::{Figure, read_figure, year};
use super::words;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Number(Figure),
    /// Two figures with a slash between them ("4/6").
    Slashed(Figure, Figure),
    Word,
    Operator(Operator),
    PlusMinus,
    Percent,
    Euro,
    /// One or more dashes; the second is true for a single hyphen or minus, false for a dash.
    Dash {
        single: bool,
        hyphen: bool,
    },
    Plus,
    Slash,
    Open,
    Close,
    Colon,
    Other(char),
    Date(Date),
    DayMonth(DayMonth),
    /// A month of a year, as its last day.
    Month(Date),
    /// Years with a dash or slash between them; the last one.
    YearSpan(i16),
    Ordinal(i8),
    /// Digits that name something: codes, acts, times, phone numbers, and figures that make no sense.
    Code,
}

/// A token of the folded text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Lower case.
    pub(crate) text: String,
    /// No space stands before it.
    pub(crate) glued: bool,
    /// Number of brackets open around it; a bracket counts as inside.
    pub(crate) depth: u8,
}

impl Token {
    /// The word, or nothing for any other token.
    pub(crate) fn word(&self) -> Option<&str> {
        (self.kind == Kind::Word).then_some(self.text.as_str())
    }

    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }
}

/// Splits folded text into tokens.
pub(crate) fn tokens(folded: &str) -> Vec<Token> {
    let chars: Vec<char> = folded.chars().collect();
    let mut lexer = Lexer { chars, at: 0, depth: 0, out: Vec::new() };
    while lexer.step() {}
    calendar::merge(lexer.out)
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    depth: u8,
    out: Vec<Token>,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn text(&self, from: usize, to: usize) -> String {
        self.chars.get(from..to).unwrap_or_default().iter().collect()
    }

    fn push(&mut self, kind: Kind, from: usize) {
        let text = self.text(from, self.at).to_lowercase();
        let glued = from > 0 && self.chars.get(from - 1).is_some_and(|c| *c != ' ');
        self.out.push(Token { kind, text, glued, depth: self.depth });
    }

    /// Takes one token; false at the end of the text.
    fn step(&mut self) -> bool {
        let Some(first) = self.peek(0) else { return false };
        let from = self.at;
        match first {
            ' ' => self.at += 1,
            c if c.is_ascii_digit() => self.digits(),
            c if c.is_alphabetic() && !matches!(c, 'º' | 'ª') => self.letters(),
            '>' | '<' | '=' | '≥' | '≤' => self.operator(),
            '-' | '–' => {
                while self.peek(0).is_some_and(|c| matches!(c, '-' | '–')) {
                    self.at += 1;
                }
                self.push(Kind::Dash { single: self.at - from == 1, hyphen: first == '-' }, from);
            }
            '(' | '[' => {
                self.at += 1;
                self.depth = self.depth.saturating_add(1);
                self.push(Kind::Open, from);
            }
            ')' | ']' => {
                self.at += 1;
                self.push(Kind::Close, from);
                self.depth = self.depth.saturating_sub(1);
            }
            '+' if self.peek(1) == Some('/') && self.peek(2) == Some('-') => {
                self.at += 3;
                self.push(Kind::PlusMinus, from);
            }
            other => {
                self.at += 1;
                let kind = match other {
                    '±' => Kind::PlusMinus,
                    '%' => Kind::Percent,
                    '€' => Kind::Euro,
                    '+' => Kind::Plus,
                    '/' => Kind::Slash,
                    ':' => Kind::Colon,
                    other => Kind::Other(other),
                };
                self.push(kind, from);
            }
        }
        true
    }

    /// `>=`, `> =`, `=>`, `≥` and their like.
    fn operator(&mut self) {
        let from = self.at;
        let mut signs = String::new();
        loop {
            match self.peek(0) {
                Some(sign @ ('>' | '<' | '=' | '≥' | '≤')) => signs.push(sign),
                Some(' ') if matches!(self.peek(1), Some('=')) && signs.len() == 1 => {}
                _ => break,
            }
            self.at += 1;
        }
        let kind = match signs.as_str() {
            ">=" | "=>" | "≥" | "≥=" => Kind::Operator(Operator::AtLeast),
            "<=" | "=<" | "≤" | "≤=" => Kind::Operator(Operator::AtMost),
            ">" => Kind::Operator(Operator::Above),
            "<" => Kind::Operator(Operator::Below),
            "=" | "==" => Kind::Operator(Operator::Equal),
            // Rows of signs ("===") are placeholders, "<>" is no bound.
            _ => Kind::Other('='),
        };
        self.push(kind, from);
    }

    /// A word; digits right behind it belong to it ("B06", "CO2") unless it is one that lost its space
    /// ("almeno12.000").
    fn letters(&mut self) {
        let from = self.at;
        while self.peek(0).is_some_and(|c| c.is_alphabetic() || matches!(c, '²' | '³')) {
            self.at += 1;
        }
        let word = self.text(from, self.at);
        match self.peek(0) {
            Some(c) if c.is_ascii_digit() && !splits_before_digits(&word) => {
                while self.peek(0).is_some_and(|c| c.is_alphanumeric()) || self.separator_then_digit() {
                    self.at += 1;
                }
                self.push(Kind::Code, from);
            }
            Some('-') if self.peek(1).is_some_and(|c| c.is_ascii_digit()) && !splits_before_digits(&word) => {
                // "Covid-19": a name, neither a minus nor a figure.
                self.push(Kind::Word, from);
                let dash = self.at;
                self.at += 1;
                while self.peek(0).is_some_and(|c| c.is_alphanumeric()) {
                    self.at += 1;
                }
                self.push(Kind::Code, dash);
            }
            _ => {
                self.push(Kind::Word, from);
                // Elision and accents written as apostrophes leave no token of their own.
                if self.peek(0) == Some('\'') {
                    self.at += 1;
                }
            }
        }
    }

    fn separator_then_digit(&self) -> bool {
        matches!(self.peek(0), Some('.' | ',' | '-' | '/')) && self.peek(1).is_some_and(|c| c.is_ascii_digit())
    }

    /// A run of digits with the separators between them.
    fn run(&mut self) -> String {
        let from = self.at;
        loop {
            match self.peek(0) {
                Some(c) if c.is_ascii_digit() => {}
                Some('.' | ',' | '\'') if self.peek(1).is_some_and(|c| c.is_ascii_digit()) => {}
                _ => break,
            }
            self.at += 1;
        }
        self.text(from, self.at)
    }

    fn digits(&mut self) {
        let from = self.at;
        let run = self.run();
        let kind = match self.peek(0) {
            Some('/' | '-') if self.peek(1).is_some_and(|c| c.is_ascii_digit()) => self.joined(run),
            Some('/') if self.peek(1).is_some_and(char::is_alphabetic) => self.reference(&run),
            Some(':') if self.clock() => Kind::Code,
            Some('°' | 'º' | 'ª' | '^') => {
                self.at += 1;
                ordinal(&run)
            }
            Some(c) if c.is_alphabetic() => self.suffixed(&run),
            _ => alone(&run),
        };
        self.push(kind, from);
    }

    /// Digits, then `/` or `-` and more digits: a date, a span of years, a ratio, an act, a phone number; a range keeps
    /// its dash as a token of its own.
    fn joined(&mut self, first: String) -> Kind {
        let Some(separator) = self.peek(0) else { return Kind::Code };
        let (start, mut parts) = (self.at, vec![first]);
        let mut after_first = start;
        while self.peek(0) == Some(separator) && self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            parts.push(self.run());
            if parts.len() == 2 {
                after_first = self.at;
            }
        }
        let lettered = self.peek(0) == Some('/') && self.peek(1).is_some_and(char::is_alphabetic);
        if lettered && separator == '/' {
            return self.reference("");
        }
        match parts.as_slice() {
            [a, b, c] => calendar::numeric_date(a, b, c).map_or(Kind::Code, Kind::Date),
            [a, b] => {
                if let Some(last) = calendar::year_span(a, b) {
                    return Kind::YearSpan(last);
                }
                if separator == '-' {
                    let first = alone(a);
                    if matches!(first, Kind::Number(_)) {
                        self.at = start;
                    }
                    return first;
                }
                self.at = after_first;
                match (read_figure(a), read_figure(b)) {
                    (Some(left), Some(right)) if points_agree((a, left), (b, right)) => Kind::Slashed(left, right),
                    _ => Kind::Code,
                }
            }
            _ => Kind::Code,
        }
    }

    /// Digits, a slash and letters: an act ("85/sg", "53/amm/2019") unless the letters are a unit ("2/mese").
    fn reference(&mut self, run: &str) -> Kind {
        let mut end = self.at + 1;
        while self.chars.get(end).is_some_and(|c| c.is_alphabetic()) {
            end += 1;
        }
        let word = self.text(self.at + 1, end).to_lowercase();
        if words::duration(&word).is_some() {
            return alone(run);
        }
        while self.peek(0).is_some_and(|c| c.is_alphanumeric() || c == '/') {
            self.at += 1;
        }
        Kind::Code
    }

    /// Takes ":30" of a time of day.
    fn clock(&mut self) -> bool {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let clock = digit(self.peek(1)) && digit(self.peek(2)) && !digit(self.peek(3));
        if clock {
            self.at += 3;
        }
        clock
    }

    /// Digits with letters right behind them: a number and its unit ("20gg", "12posizioni"), an ordinal ("5a") or a
    /// name ("3D").
    fn suffixed(&mut self, run: &str) -> Kind {
        let mut end = self.at;
        while self.chars.get(end).is_some_and(|c| c.is_alphabetic()) {
            end += 1;
        }
        let letters = self.text(self.at, end);
        let word = letters.to_lowercase();
        let more_digits = self.chars.get(end).is_some_and(char::is_ascii_digit);
        let measures = words::duration(&word).is_some()
            || words::is_currency(&word)
            || words::multiplier(&word, true).is_some()
            || words::is_leading_unit(&word);
        if measures {
            return alone(run);
        }
        if !more_digits && matches!(letters.as_str(), "a" | "o" | "ma" | "mo") {
            self.at = end;
            return ordinal(run);
        }
        if more_digits || letters.chars().count() <= 2 {
            while self.peek(0).is_some_and(char::is_alphanumeric) {
                self.at += 1;
            }
            return Kind::Code;
        }
        alone(run)
    }
}

/// Whether the points of a ratio's two figures mean the same: one of "3.1296/3.196" is misprinted.
fn points_agree(left: (&str, Figure), right: (&str, Figure)) -> bool {
    let both = left.0.contains('.') && right.0.contains('.');
    !both || (left.1.value.scale() == 0) == (right.1.value.scale() == 0)
}

/// Whether digits right behind a word are a number of their own.
fn splits_before_digits(word: &str) -> bool {
    let lower = word.to_lowercase();
    let known = words::is_number_mark(&lower)
        || words::is_filler(&lower)
        || words::duration(&lower).is_some()
        || words::is_currency(&lower)
        || words::is_leading_unit(&lower)
        || matches!(lower.as_str(), "almeno" | "oltre" | "entro" | "max" | "min" | "massimo" | "minimo" | "circa");
    known && lower != "a" && lower != "d" || word == lower && word.chars().count() >= 4
}

/// A run of digits with nothing joined to it.
fn alone(run: &str) -> Kind {
    if let Some(date) = calendar::pointed_date(run) {
        return Kind::Date(date);
    }
    // "012", "030": a figure isn't printed with zeros before it.
    let padded = run.len() > 2 && run.starts_with('0') && run.bytes().all(|b| b.is_ascii_digit());
    match read_figure(run) {
        Some(figure) if !padded => Kind::Number(figure),
        _ => Kind::Code,
    }
}

fn ordinal(run: &str) -> Kind {
    run.parse().map_or(Kind::Code, Kind::Ordinal)
}

/// The year a token prints, if it is a plain four-digit number of this time.
pub(crate) fn token_year(token: &Token) -> Option<i16> {
    match token.kind {
        Kind::Number(figure) if figure.plain => year(&token.text),
        _ => None,
    }
}

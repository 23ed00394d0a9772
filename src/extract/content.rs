//! What kind of thing a cell holds, told from its text alone: how a column is known whose header is not.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::lexicon::key;
use super::rows::Row;
use crate::document::{Cell, fold};

/// A name has at least so many words, on the average of its column.
const NAME_WORDS: usize = 3;

/// A constant pattern, compiled by the tests below.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("constant pattern")
}

/// Whether a text is a figure with its operator and its unit, a date, yes or no, or a dash: what stands in a column of values.
pub(super) fn is_value(text: &str) -> bool {
    static VALUE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^(?:(?:[<>=≥≤≧≦]+|\+/-|min\.?|max\.?|n\.|nr\.|almeno|oltre|entro|non\s+(?:meno|oltre|superiore|inferiore)\b|tra|fra|da|dal|fino|circa|il|al|pari)\s*)*",
            r"(?:[-+±]?\s*(?:€\s*)?\d[\d.,'/:]*\s*(?:%|€|‰|°)?(?:\s*(?:[-–/]|e|a|su|di)\s*\d[\d.,/]*\s*%?)?(?:\s+\p{L}[\p{L}./]*){0,3}\.?",
            r"|s[iì](?:/no)?|no|n\.?\s*[dapc]\.?|[-–—=/*]+|on/off|100%.*)$"
        ))
    });
    let text = text.trim();
    text.chars().count() <= 60 && VALUE.is_match(text)
}

/// Whether a text is a figure alone, perhaps with a sign for its unit: what never is a header.
pub(super) fn is_figure(text: &str) -> bool {
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:[<>=≥≤]+\s*)?[-+]?(?:€\s*)?\d[\d.,]*\s*(?:%|€)?$"));
    FIGURE.is_match(text.trim())
}

/// The number of a weight or a share, without its sign: "20,00%", "30", "0,4".
pub(super) fn number(text: &str) -> Option<Decimal> {
    text.trim().trim_end_matches('%').trim().replace(',', ".").parse().ok()
}

/// Whether a text is a sum of money.
fn is_money(text: &str) -> bool {
    static MONEY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^-?(?:€\s*-?\d[\d.,]*|\d[\d.,]*\s*(?:€|euro)|\d{1,3}(?:\.\d{3})+(?:,\d\d)?|\d{4,}(?:,\d\d)?)$")
    });
    MONEY.is_match(text.trim())
}

/// The texts that stand under a header in its table, from the row below it on.
#[derive(Debug, Default)]
pub(super) struct Column {
    texts: Vec<String>,
    rows: usize,
}

impl Column {
    /// The cells under the grid columns `start..end` in the rows that follow, as long as they are of table `table`.
    pub fn below(ahead: &[Row], table: usize, start: u32, end: u32) -> Self {
        let mut out = Column::default();
        for row in ahead {
            let Row::Cells(cells) = row else { break };
            if cells.table != table {
                break;
            }
            // A band over the whole table belongs to no column.
            if cells.cells.len() < 2 {
                continue;
            }
            out.rows += 1;
            let under = |c: &&Cell| start <= c.col && c.col < end;
            out.texts.extend(cells.cells.iter().filter(under).map(|c| fold(&c.text)));
        }
        out
    }

    /// How many rows there are below.
    pub fn rows(&self) -> usize {
        self.rows
    }

    fn share(&self, is: impl Fn(&str) -> bool) -> usize {
        if self.texts.is_empty() {
            return 0;
        }
        self.texts.iter().filter(|text| is(text)).count() * 100 / self.texts.len()
    }

    /// Hundredths of the texts that are values.
    pub fn values(&self) -> usize {
        self.share(is_value)
    }

    /// Hundredths of the texts that are shares or dashes.
    pub fn shares(&self) -> usize {
        let dash = |text: &str| key(text).is_empty() || key(text).starts_with('n');
        self.share(|text| text.trim_end().ends_with('%') || dash(text))
    }

    /// Hundredths of the texts that are sums of money.
    pub fn money(&self) -> usize {
        self.share(is_money)
    }

    /// Whether the texts are names: several words each, hardly two alike, not one value.
    pub fn names(&self) -> bool {
        let words: usize = self.texts.iter().map(|text| text.split(' ').count()).sum();
        let mut keys: Vec<String> = self.texts.iter().map(|text| key(text)).collect();
        keys.sort();
        keys.dedup();
        let half_the_rows = self.texts.len() * 2 >= self.rows;
        !self.texts.is_empty()
            && half_the_rows
            && words >= NAME_WORDS * self.texts.len()
            && keys.len() * 4 >= self.texts.len() * 3
            && self.values() <= 10
    }

    /// How long the texts are on the average, in characters.
    pub fn length(&self) -> usize {
        self.texts.iter().map(|text| text.chars().count()).sum::<usize>() / self.texts.len().max(1)
    }

    /// Whether the texts are shares that add up to a hundred, or to one, as often as they may be weights of several objectives.
    pub fn weighs(&self) -> bool {
        let numbers: Option<Vec<Decimal>> = self.texts.iter().map(|text| number(text)).collect();
        let Some(numbers) = numbers.filter(|n| n.len() > 1) else { return false };
        let (hundred, zero) = (Decimal::from(100), Decimal::ZERO);
        let (mut sum, mut full) = (zero, 0);
        for number in numbers {
            if number <= zero || number > hundred {
                return false;
            }
            sum += number;
            if sum == hundred || sum == Decimal::ONE {
                (sum, full) = (zero, full + 1);
            }
        }
        full > 0 && sum == zero
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_from_words() {
        for text in [
            "12",
            "≥ 85%",
            ">= 1.798",
            "entro il 30/06/2024",
            "almeno 3 incarichi",
            "Sì",
            "n.d.",
            "-",
            "€ 1.200.000",
            "0,35",
            "30 gg",
            "non oltre 15 giorni",
            "tra 5 e 10",
            "100%",
            "2 eventi",
        ] {
            assert!(is_value(text), "{text}");
        }
        for text in ["Imprese assistite dal PID", "Area Promozione", "Numero di eventi organizzati nell'anno 2024", ""]
        {
            assert!(!is_value(text), "{text}");
        }
        assert!(is_money("1.250.000,00") && is_money("€ 300") && !is_money("85%") && !is_money("12"));
    }

    #[test]
    fn weights_add_up() {
        let column =
            |texts: &[&str]| Column { texts: texts.iter().map(|t| (*t).to_owned()).collect(), rows: texts.len() };
        assert!(column(&["40%", "60%", "100%"]).weighs());
        assert!(column(&["0,4", "0,6"]).weighs());
        assert!(!column(&["40%", "70%"]).weighs());
        assert!(!column(&["12", "15"]).weighs());
        assert!(column(&["Numero di eventi", "Imprese che vi partecipano"]).names());
        assert!(!column(&["Area uno di tre", "Area uno di tre", "Area uno di tre"]).names());
    }
}

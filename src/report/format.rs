//! Figures, days and readings as Italian readers write them.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::document::Source;
use crate::normalise::{Kind, Operator, Reading, Value};
use crate::score::words;

/// A figure: to sort by, and to read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Number {
    /// With a decimal point.
    pub value: String,
    /// With a decimal comma.
    pub text: String,
}

impl Number {
    /// Percent points, two places at most.
    pub(super) fn percent(value: Decimal) -> Number {
        Number { value: value.round_dp(4).normalize().to_string(), text: words::percent(value) }
    }

    pub(super) fn plain(value: Decimal) -> Number {
        Number { value: value.normalize().to_string(), text: words::number(value, 4) }
    }
}

/// A share of 0 to 100 for the length of a bar, in whole points.
pub(super) fn length(value: Decimal) -> u32 {
    u32::try_from(value.round_dp(0).clamp(Decimal::ZERO, Decimal::ONE_HUNDRED)).unwrap_or_default()
}

pub(super) fn day(date: Date) -> String {
    words::day(date)
}

/// What a printed text was read as, in words: "almeno 75 %", "30 giorni", "testo".
pub(super) fn reading(reading: &Reading) -> String {
    let sign = match reading.operator {
        Some(Operator::AtLeast) => "≥ ",
        Some(Operator::AtMost) => "≤ ",
        Some(Operator::Above) => "> ",
        Some(Operator::Below) => "< ",
        Some(Operator::Equal) => "= ",
        None => "",
    };
    let number = |value: Decimal| words::number(value, 4);
    let unit = reading.unit.as_deref().map(unit).unwrap_or_default();
    let body = match (reading.kind, reading.value) {
        (Kind::Missing, _) => return "segnaposto: nessun valore".to_owned(),
        (Kind::Text, _) | (_, None) => return "testo".to_owned(),
        (_, Some(Value::Boolean(yes))) => if yes { "sì" } else { "no" }.to_owned(),
        (_, Some(Value::Date(date))) => day(date),
        (Kind::Percent, Some(Value::Number(value))) => format!("{}%", number(value)),
        (_, Some(Value::Number(value))) => {
            let value = match reading.value_high {
                Some(high) => format!("da {} a {}", number(value), number(high)),
                None => number(value),
            };
            if unit.is_empty() { value } else { format!("{value} {unit}") }
        }
    };
    format!("{sign}{body}")
}

/// The reader's word for a unit of the dataset; a printed noun is its own.
fn unit(name: &str) -> &str {
    match name {
        "EUR" => "euro",
        "days" => "giorni",
        "hours" => "ore",
        "minutes" => "minuti",
        "weeks" => "settimane",
        "months" => "mesi",
        "years" => "anni",
        noun => noun,
    }
}

/// "p. 4", "riga 120"; empty for a place that is the whole file.
pub(super) fn place(source: &Source) -> String {
    match (source.line, source.bbox) {
        (Some(line), _) => format!("riga {line}"),
        (None, Some(_)) => format!("p. {}", source.page),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::reading as sample;

    #[test]
    fn readings_are_told_in_italian() {
        assert_eq!(reading(&sample(">=75%")), "≥ 75%");
        assert_eq!(reading(&sample("1.234,5")), "1.234,5");
        assert_eq!(reading(&sample("30 gg")), "30 giorni");
        assert_eq!(reading(&sample("1-3")), "da 1 a 3");
        assert_eq!(reading(&sample("si")), "sì");
        assert_eq!(reading(&sample("31/12/2019")), "31/12/2019");
        assert_eq!(reading(&sample("-")), "segnaposto: nessun valore");
        assert_eq!(reading(&sample("Nuovo regolamento")), "testo");
    }

    #[test]
    fn bars_stay_in_their_frame() {
        assert_eq!(length(Decimal::from(168)), 100);
        assert_eq!(length(Decimal::from(-5)), 0);
        assert_eq!(length(Decimal::new(726_267, 4)), 73);
    }

    #[test]
    fn places_are_told_by_page_or_line() {
        assert_eq!(place(&Source { page: 4, bbox: Some([0.0; 4]), line: None }), "p. 4");
        assert_eq!(place(&Source::line(120)), "riga 120");
        assert_eq!(place(&Source { page: 1, bbox: None, line: None }), "");
    }
}

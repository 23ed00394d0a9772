//! Figures, days and places as Italian readers write them.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::document::Source;
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

//! Sums of money in a text, to the cent.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use crate::audit::view::value_of;

/// Figures with two decimals: "95.061,92 di cui 8.000,00 …" has two.
pub(super) fn sums(text: &str) -> Vec<Decimal> {
    static SUM: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"\b\d{1,3}(?:\.\d{3})*,\d{2}\b|\b\d{4,},\d{2}\b").expect("constant pattern")
    });
    let sum = |m: regex::Match<'_>| value_of(m.as_str());
    SUM.find_iter(text).filter_map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_to_the_cent() {
        let found: Vec<String> =
            sums("€ 95.061,92 di cui 8.000,00, bilancio 2021").iter().map(Decimal::to_string).collect();
        assert_eq!(found, ["95061.92", "8000.00"]);
    }
}

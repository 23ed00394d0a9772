//! Italian texts of the explanations.

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

/// The longest printed text quoted whole, in characters.
const LONGEST_QUOTE: usize = 100;

/// A number with decimal comma and thousands points, rounded half away from zero to at most `decimals` places; a longer
/// number keeps all its places ("72,63", "97,90"), a shorter one keeps its own ("93", "3,5").
pub fn number(value: Decimal, decimals: u32) -> String {
    let rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let text = if value.normalize().scale() > decimals { rounded } else { rounded.normalize() }.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

/// An amount of percent points: two places, or none where it is whole ("97,90", "100").
pub fn percent(value: Decimal) -> String {
    let text = number(value, 2);
    match text.split_once(',') {
        Some((_, fraction)) if fraction.len() == 1 => format!("{text}0"),
        _ => text,
    }
}

/// A printed text in quotation marks, cut where it is long.
pub(crate) fn quote(raw: &str) -> String {
    if raw.chars().count() <= LONGEST_QUOTE {
        return format!("\"{raw}\"");
    }
    let cut: String = raw.chars().take(LONGEST_QUOTE).collect();
    format!("\"{}…\"", cut.trim_end())
}

/// A day as Italians write it: 31/12/2019.
pub(crate) fn day(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// "al 31/12/2019", or "senza data".
pub(crate) fn at_day(period: Option<Date>) -> String {
    period.map_or_else(|| "senza data".to_owned(), |date| format!("al {}", day(date)))
}

/// "1 indicatore", "3 indicatori".
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_the_italian_way() {
        let n = |text: &str, decimals| number(Decimal::from_str_exact(text).unwrap(), decimals);
        assert_eq!(n("676433.56", 2), "676.433,56");
        assert_eq!(n("72.626666", 2), "72,63");
        assert_eq!(n("97.9", 2), "97,9");
        assert_eq!(n("100.00", 2), "100");
        assert_eq!(n("99.9999", 2), "100,00");
        assert_eq!(n("-1234567", 2), "-1.234.567");
        assert_eq!(n("7.832", 4), "7,832");
        assert_eq!(percent(Decimal::new(979, 1)), "97,90");
        assert_eq!(percent(Decimal::ONE_HUNDRED), "100");
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        assert_eq!(quote("sì"), "\"sì\"");
        let long = "è".repeat(200);
        assert!(quote(&long).ends_with("…\""));
    }

    #[test]
    fn days() {
        assert_eq!(at_day(Some(Date::constant(2019, 6, 30))), "al 30/06/2019");
        assert_eq!(at_day(None), "senza data");
    }
}

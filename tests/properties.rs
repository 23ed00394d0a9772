//! What must hold whatever is printed: a number gives itself back in every way of writing it; the result doesn't depend on the
//! order of the files.

use pianometro::normalise::{Kind, Operator, Role, Value, read_value};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// A number with these decimals, its thousands parted by `group`, its decimals by `point`.
fn printed(number: Decimal, group: &str, point: char) -> String {
    let text = number.abs().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|three| three.iter().collect()).collect();
    let tail = if decimals.is_empty() { String::new() } else { format!("{point}{decimals}") };
    groups.join(group) + &tail
}

/// Ways to print an operator, and which it is.
const OPERATORS: [(&str, Option<Operator>); 13] = [
    ("", None),
    (">=", Some(Operator::AtLeast)),
    (">= ", Some(Operator::AtLeast)),
    ("≥ ", Some(Operator::AtLeast)),
    ("\\geq ", Some(Operator::AtLeast)),
    ("almeno ", Some(Operator::AtLeast)),
    ("<=", Some(Operator::AtMost)),
    ("≤", Some(Operator::AtMost)),
    ("$\\leq$ ", Some(Operator::AtMost)),
    ("non oltre ", Some(Operator::AtMost)),
    ("> ", Some(Operator::Above)),
    ("<", Some(Operator::Below)),
    ("= ", Some(Operator::Equal)),
];

const SIGNS: [(&str, bool); 6] =
    [("", false), ("+", false), ("+ ", false), ("-", true), ("- ", true), ("\u{2212}", true)];

/// What stands behind a figure, and what it makes of it.
const ENDS: [(&str, Kind); 7] = [
    ("", Kind::Number),
    ("%", Kind::Percent),
    (" %", Kind::Percent),
    ("\u{a0}%", Kind::Percent),
    ("\\%", Kind::Percent),
    (" €", Kind::Currency),
    (" euro", Kind::Currency),
];

fn pick<T: Copy + std::fmt::Debug + 'static>(from: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(from)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// Italian: points, blanks or apostrophes part the thousands, a comma the decimals.
    #[test]
    fn a_number_printed_the_italian_way_is_read_back(
        units in 0i64..100_000_000_000,
        decimals in 0u32..4,
        group in pick(&["", ".", "'", "\u{2019}", " ", "\u{a0}", "\u{202f}"]),
        (sign, negative) in pick(&SIGNS),
        (operator_text, operator) in pick(&OPERATORS),
        (end, kind) in pick(&ENDS),
    ) {
        // Behind words, a dash between blanks parts what stands around it.
        let in_words = operator_text.trim_end().ends_with(char::is_alphabetic);
        prop_assume!(!(in_words && sign.ends_with(' ')));
        let number = Decimal::new(units, decimals);
        let signed = if negative { -number } else { number };
        let raw = format!("{operator_text}{sign}{}{end}", printed(number, group, ','));
        let reading = read_value(Role::Target, &raw);
        // Figures that are years or days in their own right are another matter.
        prop_assume!(reading.kind != Kind::Date);
        prop_assert_eq!(reading.value, Some(Value::Number(signed)), "{:?} -> {:?}", raw, reading);
        prop_assert_eq!(reading.kind, kind, "{:?}", raw);
        prop_assert_eq!(reading.operator, operator, "{:?}", raw);
    }

    /// English: only where both separators stand is it told from the Italian way.
    #[test]
    fn a_number_printed_the_english_way_is_read_back(units in 100_000i64..100_000_000_000, (end, kind) in pick(&ENDS)) {
        let number = Decimal::new(units, 2);
        let raw = printed(number, ",", '.') + end;
        let reading = read_value(Role::Actual, &raw);
        prop_assert_eq!(reading.value, Some(Value::Number(number)), "{:?} -> {:?}", raw, reading);
        prop_assert_eq!(reading.kind, kind);
    }

    /// A weight is in points, with or without its sign.
    #[test]
    fn a_weight_is_read_back(units in 0i64..=10_000, decimals in 0u32..3, end in pick(&["", "%", " %", "\u{a0}%"])) {
        let number = Decimal::new(units, decimals);
        for point in [',', '.'] {
            // A point before three digits groups thousands.
            let raw = printed(number, "", point) + end;
            let reading = read_value(Role::Weight, &raw);
            prop_assert_eq!(reading.value, Some(Value::Number(number)), "{:?} -> {:?}", raw, reading);
        }
    }

    /// White space around and within never matters; nothing printed makes the reader fail.
    #[test]
    fn any_text_is_read_the_same_with_white_space_around(raw in "\\PC{0,40}", pad in "[ \u{a0}\n\t]{0,3}") {
        for role in [Role::Weight, Role::Baseline, Role::Target, Role::Actual, Role::Variance, Role::Achievement] {
            prop_assert_eq!(read_value(role, &format!("{pad}{raw}{pad}")), read_value(role, &raw));
        }
    }
}

use proptest::prelude::*;

use super::*;
use crate::score::policy::PercentWithNumber;
use crate::score::sample::measure;

fn outcome_with(target: &str, actual: &str, polarity: Polarity, policy: &Policy) -> Outcome {
    let (target, actual) = (measure(target), measure(actual));
    let pair = Pair {
        target: &target,
        actual: &actual,
        polarity,
        polarity_reason: "",
        unit: None,
        variance: None,
        achievement: None,
    };
    achieve(pair, policy)
}

fn outcome(target: &str, actual: &str) -> Outcome {
    outcome_with(target, actual, Polarity::Higher, &Policy::default_policy())
}

fn points(target: &str, actual: &str) -> String {
    match outcome(target, actual).value {
        Ok(value) => percent(value),
        Err(gap) => gap.as_str().to_owned(),
    }
}

fn with(policy: Policy, target: &str, actual: &str) -> String {
    outcome_with(target, actual, Polarity::Higher, &policy).value.map_or_else(|gap| gap.as_str().to_owned(), percent)
}

fn default() -> Policy {
    Policy::default_policy()
}

#[test]
fn a_missed_share_is_explained_with_the_printed_texts() {
    let outcome = outcome("= 75%", "54,47%");
    assert_eq!(
        outcome.explanation,
        "54,47 / 75 × 100 = 72,63 (obiettivo \"= 75%\"; risultato \"54,47%\"; più alto è meglio; tetto 100)"
    );
    assert_eq!(outcome.value.map(|value| value.round_dp(4)), Ok(Decimal::new(726_267, 4)));
}

#[test]
fn higher_is_capped() {
    assert_eq!(points(">= 100", "964"), "100");
    assert_eq!(points("20", "15"), "75");
    assert_eq!(points(">= 8", "> 8"), "100");
    assert_eq!(points("= 300.000", "676.433,56"), "100");
    assert_eq!(with(Policy { cap: None, ..default() }, ">= 100", "964"), "964");
    assert_eq!(with(Policy { cap: Some(Decimal::from(150)), ..default() }, ">= 100", "964"), "150");
}

#[test]
fn lower_is_full_when_met_and_decays_by_policy_when_missed() {
    assert_eq!(points("<= 90", "67"), "100");
    assert_eq!(points("<= 90", "90"), "100");
    assert_eq!(points("<= 90", "120"), "75");
    assert_eq!(points("<= 0", "3"), "0");
    assert_eq!(with(Policy { missed_lower: MissedLower::Linear, ..default() }, "<= 90", "120"), "66,67");
    assert_eq!(with(Policy { missed_lower: MissedLower::Linear, ..default() }, "<= 90", "500"), "0");
    assert_eq!(with(Policy { missed_lower: MissedLower::Zero, ..default() }, "<= 90", "120"), "0");
}

#[test]
fn all_or_nothing() {
    let policy = Policy { missed_higher: MissedHigher::Zero, missed_lower: MissedLower::Zero, ..default() };
    for (target, actual, wanted) in [
        (">= 10", "9,99", "0"),
        (">= 10", "10", "100"),
        ("<= 10", "10,01", "0"),
        ("10-15", "9", "0"),
        ("10-15", "16", "100"),
        (">= 0", "0", "100"),
    ] {
        assert_eq!(with(policy.clone(), target, actual), wanted, "{target} {actual}");
    }
}

#[test]
fn without_operator_the_indicator_says_the_direction() {
    let lower = |actual| outcome_with("20", actual, Polarity::Lower, &default()).value;
    assert_eq!(lower("10"), Ok(HUNDRED));
    assert_eq!(lower("40"), Ok(50.into()));
    assert_eq!(outcome_with(">= 20", "10", Polarity::Lower, &default()).value, Ok(50.into()));
}

#[test]
fn zero_and_negative_values_count_as_met_or_not() {
    assert_eq!(points(">= 0", "0"), "100");
    assert_eq!(points("0", "5"), "100");
    assert_eq!(points("10", "0"), "0");
    assert_eq!(points("10", "-4"), "0");
    assert_eq!(points("-10", "-4"), "100");
    assert_eq!(points("<= -7,00%", "-9,01%"), "100");
    assert_eq!(points("<= -7,00%", "-5%"), "0");
}

#[test]
fn an_equals_sign_can_ask_for_equality() {
    let equality = Policy { equals: Equals::Equality, ..default() };
    assert_eq!(with(equality.clone(), "= 300", "301"), "0");
    assert_eq!(with(equality.clone(), "= 300", "300,00"), "100");
    assert_eq!(with(equality, "300", "301"), "100");
}

#[test]
fn ranges() {
    assert_eq!(points("10-15", "12"), "100");
    assert_eq!(points("10-15", "10"), "100");
    assert_eq!(points("10-15", "19"), "100");
    assert_eq!(points("10-15", "5"), "50");
    assert_eq!(with(Policy { beyond_range: BeyondRange::Missed, ..default() }, "10-15", "19"), "0");
    assert_eq!(with(Policy { beyond_range: BeyondRange::Proportional, ..default() }, "10-15", "20"), "75");
    let lower = |actual| outcome_with("10-15", actual, Polarity::Lower, &default()).value;
    assert_eq!((lower("5"), lower("30")), (Ok(HUNDRED), Ok(50.into())));
}

#[test]
fn answers() {
    assert_eq!(points("si", "SI"), "100");
    assert_eq!(points("si", "no"), "0");
    assert_eq!(points("no", "no"), "100");
    assert_eq!(with(Policy { unmet_answer: Decimal::from(10), ..default() }, "si", "no"), "10");
    assert_eq!(points("si", "100%"), "not_comparable");
}

#[test]
fn dates() {
    assert_eq!(points("31/12/2019", "15/10/2019"), "100");
    assert_eq!(points("31/12/2019", "01/01/2020"), "0");
    assert_eq!(with(Policy { late_day_points: Decimal::from(5), ..default() }, "31/12/2019", "10/01/2020"), "50");
    assert_eq!(points(">= 31/12/2019", "15/10/2019"), "0");
    assert_eq!(points("31/12/2019", "si"), "100");
    assert_eq!(with(Policy { yes_meets_date: false, ..default() }, "31/12/2019", "si"), "not_comparable");
    assert_eq!(points("entro il 31/12", "si"), "100");
    assert_eq!(points("entro il 31/12", "15/10/2019"), "not_comparable");
    assert!(outcome("entro il 31/12", "15/10/2019").explanation.contains("data senza anno"));
}

#[test]
fn placeholders_and_texts_are_gaps() {
    assert_eq!(points("-", "5"), "no_target");
    assert_eq!(points("5", "-"), "no_actual");
    assert_eq!(points("Predisposizione database", "si"), "not_comparable");
    assert_eq!(points("5", "in corso di definizione"), "not_comparable");
    assert!(outcome("5", "in corso di definizione").explanation.contains("il risultato è espresso a parole"));
}

#[test]
fn units_that_differ_are_not_compared() {
    assert_eq!(points("<= 5 gg", "2,3"), "100");
    assert_eq!(points("<= 2 gg", "72 ore"), "66,67");
    assert_eq!(points("100 €", "50"), "50");
    assert_eq!(points("100 €", "50%"), "not_comparable");
    assert_eq!(points("100 €", "50 gg"), "not_comparable");
    assert_eq!(points("3 procedure", "2 procedure"), "66,67");
    assert!(outcome("3 procedure", "2 riunioni").explanation.contains("unità stampate diverse"));
    assert_eq!(points("3 procedure", "100%"), "not_comparable");
    assert_eq!(points("100%", "3 su 4"), "75");
    assert_eq!(points("3 su 4", "75%"), "100");
}

#[test]
fn a_percentage_meets_a_bare_number_only_where_the_document_says_so() {
    let (target, actual, variance) = (measure("<= -7,00%"), measure("-9,01"), measure("-2,01"));
    let bare = Pair {
        target: &target,
        actual: &actual,
        polarity: Polarity::Higher,
        polarity_reason: "",
        unit: None,
        variance: None,
        achievement: None,
    };
    fn value(pair: Pair<'_>, policy: &Policy) -> Result<Decimal, Gap> {
        achieve(pair, policy).value
    }
    assert_eq!(value(bare, &default()), Err(Gap::NotComparable));
    assert_eq!(value(Pair { variance: Some(&variance), ..bare }, &default()), Ok(HUNDRED));
    assert_eq!(value(Pair { unit: Some("Percentuale"), ..bare }, &default()), Ok(HUNDRED));
    let (target, actual) = (measure(">= 90%"), measure("87,3"));
    for (printed, wanted) in [("97,00%", Ok(97.into())), ("100%", Err(Gap::NotComparable))] {
        let printed = measure(printed);
        let pair = Pair { target: &target, actual: &actual, achievement: Some(&printed), ..bare };
        assert_eq!(value(pair, &default()), wanted);
    }
    let always = Policy { percent_with_number: PercentWithNumber::Always, ..default() };
    assert_eq!(value(bare, &always), Ok(HUNDRED));
    assert_eq!(points("= 100", "100%"), "100");
    assert_eq!(points("= 100", "99%"), "not_comparable");
    let never = Policy { percent_with_number: PercentWithNumber::Never, ..default() };
    assert_eq!(value(Pair { unit: Some("%"), ..bare }, &never), Err(Gap::NotComparable));
}

#[test]
fn numbers_too_large_for_the_arithmetic_do_not_panic() {
    let huge = Decimal::MAX.to_string();
    for (target, actual) in [(huge.as_str(), "1"), ("0,0000001", huge.as_str()), (huge.as_str(), huge.as_str())] {
        for polarity in [Polarity::Higher, Polarity::Lower] {
            let outcome = outcome_with(target, actual, polarity, &Policy { cap: None, ..default() });
            assert!(!outcome.explanation.is_empty());
        }
    }
}

fn amount() -> impl Strategy<Value = Decimal> {
    (-1_000_000_i64..1_000_000_000, 0_u32..4).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn measured(value: Decimal, operator: Option<Operator>, high: Option<Decimal>) -> Measure {
    let kind = if high.is_some() { Kind::Range } else { Kind::Number };
    let reading = Reading { kind, operator, value: Some(Value::Number(value)), value_high: high, unit: None };
    Measure { reading, ..measure("x") }
}

fn operator() -> impl Strategy<Value = Option<Operator>> {
    prop::option::of(prop::sample::select(vec![
        Operator::AtLeast,
        Operator::AtMost,
        Operator::Above,
        Operator::Below,
        Operator::Equal,
    ]))
}

proptest! {
    #[test]
    fn achievement_stays_within_zero_and_the_cap(
        target in amount(), actual in amount(), high in prop::option::of(amount()), operator in operator(), lower: bool,
    ) {
        let (target, actual) = (measured(target, operator, high), measured(actual, None, None));
        let polarity = if lower { Polarity::Lower } else { Polarity::Higher };
        let pair = Pair { target: &target, actual: &actual, polarity, polarity_reason: "", unit: None, variance: None, achievement: None };
        let value = achieve(pair, &default()).value.unwrap();
        prop_assert!((Decimal::ZERO..=HUNDRED).contains(&value), "{value}");
    }

    #[test]
    fn the_same_factor_on_both_changes_nothing(
        target in amount(), actual in amount(), factor in 1_i64..10_000, operator in operator(), lower: bool,
    ) {
        let polarity = if lower { Polarity::Lower } else { Polarity::Higher };
        let value = |target: Decimal, actual: Decimal| {
            let (target, actual) = (measured(target, operator, None), measured(actual, None, None));
            let pair = Pair { target: &target, actual: &actual, polarity, polarity_reason: "", unit: None, variance: None, achievement: None };
            achieve(pair, &default()).value.unwrap().round_dp(18)
        };
        let factor = Decimal::new(factor, 2);
        prop_assert_eq!(value(target, actual), value(target * factor, actual * factor));
    }

    #[test]
    fn more_is_never_worse_when_higher_is_better(target in amount(), actual in amount(), more in 0_i64..1_000_000) {
        let value = |actual: Decimal| {
            let (target, actual) = (measured(target, None, None), measured(actual, None, None));
            let pair = Pair {
                target: &target, actual: &actual, polarity: Polarity::Higher, polarity_reason: "", unit: None, variance: None, achievement: None,
            };
            achieve(pair, &default()).value.unwrap()
        };
        prop_assert!(value(actual + Decimal::from(more)) >= value(actual));
    }
}

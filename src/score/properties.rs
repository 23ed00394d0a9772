//! What holds of the scores of any plan.

use jiff::civil::Date;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::policy::{HUNDRED, MissingActual, ObjectiveRule, Policy};
use super::sample::{indicator, measure, objective, plan, set_actual, set_target};
use super::{Score, Subject, score};
use crate::normalise::Plan;

const END: Option<Date> = Some(Date::constant(2019, 12, 31));

/// Objective, target, actual, weight of an indicator.
#[derive(Debug, Clone)]
struct Row {
    objective: usize,
    target: u32,
    actual: Option<u32>,
    weight: u32,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0_usize..3, 1_u32..1000, prop::option::weighted(0.8, 0_u32..2000), 1_u32..100);
    prop::collection::vec(
        row.prop_map(|(objective, target, actual, weight)| Row { objective, target, actual, weight }),
        1..12,
    )
}

/// A plan of these indicators under three objectives of weights 50, 30, 20, with two owners.
fn plan_of(rows: &[Row], factor: u32) -> Plan {
    let mut made = plan(Vec::new());
    for (code, weight, owner) in [("A", 50_u32, "Rossi"), ("B", 30, "Bianchi"), ("C", 20, "Rossi")] {
        let mut one = objective(code);
        (one.weight, one.owner) = (Some(measure(&(weight * factor).to_string())), Some(owner.to_owned()));
        made.objectives.push(one);
    }
    for (number, row) in rows.iter().enumerate() {
        let mut one = indicator(&format!("{}-{number}", row.objective));
        (one.objective, one.weight) = (Some(row.objective), Some(measure(&(row.weight * factor).to_string())));
        set_target(&mut one, END, &row.target.to_string());
        if let Some(actual) = row.actual {
            set_actual(&mut one, END, &actual.to_string());
        }
        made.indicators.push(one);
    }
    made
}

/// What is made of indicators: subject, id and value to 18 places.
fn wholes(scores: &[Score]) -> Vec<(Subject, &str, Option<Decimal>)> {
    let whole = |score: &Score| score.subject != Subject::Indicator;
    let row = |score: &'_ Score| score.value.map(|value| value.round_dp(18));
    scores
        .iter()
        .filter(|score| whole(score))
        .map(|score| (score.subject, score.subject_id.as_str(), row(score)))
        .collect()
}

fn entity(plan: &Plan, policy: &Policy) -> Option<Decimal> {
    score(plan, policy).scores.into_iter().find(|score| score.subject == Subject::Entity).and_then(|score| score.value)
}

fn near(one: Option<Decimal>, other: Option<Decimal>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() < Decimal::new(1, 15),
        (one, other) => one == other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_score_lies_between_zero_and_the_cap(rows in rows(), cap in 100_u32..200) {
        let policy = Policy { cap: Some(Decimal::from(cap)), ..Policy::default_policy() };
        for row in score(&plan_of(&rows, 1), &policy).scores {
            if let Some(value) = row.value {
                prop_assert!((Decimal::ZERO..=Decimal::from(cap)).contains(&value), "{} {value}", row.subject_id);
            }
            prop_assert!((Decimal::ZERO..=HUNDRED).contains(&row.coverage));
            prop_assert_eq!(row.value.is_none(), row.gap.is_some());
            prop_assert!(!row.explanation.is_empty());
        }
    }

    #[test]
    fn a_better_result_makes_nothing_worse(rows in rows(), which: prop::sample::Index, more in 1_u32..500, worst: bool) {
        let which = which.index(rows.len());
        let mut better = rows.clone();
        better[which].actual = better[which].actual.map(|actual| actual + more);
        let objective = if worst { ObjectiveRule::Worst } else { ObjectiveRule::WeightedMean };
        let policy = Policy { objective, cap: None, ..Policy::default_policy() };
        let (before, after) = (score(&plan_of(&rows, 1), &policy), score(&plan_of(&better, 1), &policy));
        for (before, after) in before.scores.iter().zip(&after.scores) {
            prop_assert!(after.value >= before.value, "{}", before.subject_id);
        }
    }

    #[test]
    fn the_scale_of_the_weights_does_not_matter(rows in rows(), factor in 2_u32..50) {
        let policy = Policy::default_policy();
        let (one, other) = (score(&plan_of(&rows, 1), &policy), score(&plan_of(&rows, factor), &policy));
        prop_assert_eq!(wholes(&one.scores), wholes(&other.scores));
    }

    #[test]
    fn the_order_of_the_indicators_does_not_matter(rows in rows(), seed: u64) {
        let policy = Policy::default_policy();
        let mut shuffled = rows.clone();
        for place in (1..shuffled.len()).rev() {
            shuffled.swap(place, usize::try_from(seed.rotate_left(u32::try_from(place).unwrap()) % (place as u64 + 1)).unwrap());
        }
        let (one, other) = (score(&plan_of(&rows, 1), &policy), score(&plan_of(&shuffled, 1), &policy));
        for ((subject, id, value), (_, other_id, other)) in wholes(&one.scores).into_iter().zip(wholes(&other.scores)) {
            prop_assert_eq!(id, other_id);
            prop_assert!(near(value, other), "{:?} {}: {:?} {:?}", subject, id, value, other);
        }
    }

    #[test]
    fn an_indicator_without_result_counts_as_if_it_were_not_there(rows in rows()) {
        let policy = Policy::default_policy();
        let reported: Vec<Row> = rows.iter().filter(|row| row.actual.is_some()).cloned().collect();
        prop_assume!(!reported.is_empty());
        prop_assert!(near(entity(&plan_of(&rows, 1), &policy), entity(&plan_of(&reported, 1), &policy)));
        let zero = Policy { missing_actual: MissingActual::Zero, ..policy.clone() };
        prop_assert!(entity(&plan_of(&rows, 1), &zero) <= entity(&plan_of(&rows, 1), &policy));
    }

    #[test]
    fn a_mean_lies_between_its_parts(rows in rows()) {
        let scores = score(&plan_of(&rows, 1), &Policy::default_policy()).scores;
        for row in scores.iter().filter(|row| row.value.is_some() && !row.terms.is_empty()) {
            let values: Vec<Decimal> = row.terms.iter().filter_map(|term| term.value).collect();
            let (least, most) = (values.iter().min().unwrap(), values.iter().max().unwrap());
            let value = row.value.unwrap().round_dp(18);
            prop_assert!((least.round_dp(18)..=most.round_dp(18)).contains(&value), "{}", row.subject_id);
        }
    }
}

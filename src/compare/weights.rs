//! What part of its document an indicator weighs.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::normalise::{Measure, Plan, Value};

/// Each indicator's part of its section's weight, from 0 to 1, and the number of sections; `None` for repeated indicators.
///
/// A section's objectives share it as their printed weights say, an objective's indicators share the objective in the same
/// way; where not all of them print a weight, they share equally. Nothing is known of how sections weigh against each
/// other: they count the same.
pub(super) fn shares(plan: &Plan) -> (Vec<Option<Decimal>>, u32) {
    let mut tree: BTreeMap<Option<&str>, BTreeMap<Option<usize>, Vec<usize>>> = BTreeMap::new();
    for (index, indicator) in plan.indicators.iter().enumerate().filter(|(_, i)| i.same_as.is_none()) {
        let objectives = tree.entry(indicator.section.as_deref()).or_default();
        objectives.entry(indicator.objective).or_default().push(index);
    }
    let mut shares = vec![None; plan.indicators.len()];
    for objectives in tree.values() {
        let weight_of = |objective: &Option<usize>| {
            let objective = plan.objectives.get((*objective)?)?;
            number(objective.revised_weight.as_ref().or(objective.weight.as_ref())?)
        };
        let parts = parts(&objectives.keys().map(weight_of).collect::<Vec<_>>());
        for (part, indicators) in parts.into_iter().zip(objectives.values()) {
            let weights: Vec<Option<Decimal>> =
                indicators.iter().map(|index| number(plan.indicators.get(*index)?.weight.as_ref()?)).collect();
            for (index, own) in indicators.iter().zip(self::parts(&weights)) {
                if let Some(place) = shares.get_mut(*index) {
                    *place = part.checked_mul(own);
                }
            }
        }
    }
    (shares, u32::try_from(tree.len()).unwrap_or(u32::MAX))
}

/// Weights as parts of their sum; equal parts where one is missing or the sum is nothing.
fn parts(weights: &[Option<Decimal>]) -> Vec<Decimal> {
    let given: Option<Vec<Decimal>> = weights.iter().copied().collect();
    let of_sum = given.and_then(|weights| {
        let sum = weights.iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight))?;
        weights.iter().map(|weight| weight.checked_div(sum)).collect()
    });
    let equal = || Decimal::ONE.checked_div(Decimal::from(weights.len())).unwrap_or_default();
    of_sum.unwrap_or_else(|| vec![equal(); weights.len()])
}

fn number(measure: &Measure) -> Option<Decimal> {
    match measure.reading.value {
        Some(Value::Number(number)) if number >= Decimal::ZERO => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{indicator, measure, objective, plan};

    #[test]
    fn weights_go_down_the_tree() {
        let weighted = |code: &str, of: usize, weight: &str| {
            let mut one = indicator(code);
            one.objective = Some(of);
            one.weight = (!weight.is_empty()).then(|| measure(weight));
            one
        };
        let mut again = weighted("4", 0, "50");
        again.same_as = Some("x".to_owned());
        let list = vec![weighted("1", 0, "30"), weighted("2", 0, "10"), weighted("3", 1, ""), again];
        let mut plan = plan(list);
        for (code, weight) in [("1", "40%"), ("2", "60%")] {
            let mut own = objective(code);
            own.weight = Some(measure(weight));
            plan.objectives.push(own);
        }
        let (shares, sections) = shares(&plan);
        let tenths = |n: i64| Some(Decimal::new(n, 1));
        assert_eq!((shares, sections), (vec![tenths(3), tenths(1), tenths(6), None], 1));
    }

    #[test]
    fn without_weights_all_weigh_the_same() {
        let (shares, _) = shares(&plan(vec![indicator("1"), indicator("2")]));
        assert_eq!(shares, [Some(Decimal::new(5, 1)); 2]);
    }
}

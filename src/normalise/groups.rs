//! Groups of a calculation table that its pages, or the renditions without merged cells, tore apart.

use rust_decimal::Decimal;

use super::plan::{Indicator, Plan};
use super::value::Value;

/// The sum of weights within a group.
const WHOLE: Decimal = Decimal::ONE_HUNDRED;

/// Gives groups whose weights fall short of 100 the indicators that follow without a group, where these bring them to 100 to
/// the point; elsewhere nothing is changed.
pub(super) fn complete(plan: &mut Plan) {
    for group in 0..plan.groups.len() {
        let of_group = |one: &Indicator| one.group == Some(group) && one.same_as.is_none();
        let sum = plan
            .indicators
            .iter()
            .filter(|one| of_group(one))
            .try_fold(Decimal::ZERO, |sum, one| sum.checked_add(weight(one)?));
        let last = plan.indicators.iter().rposition(of_group);
        if let (Some(sum), Some(last)) = (sum, last)
            && let Some(end) = reaching(&plan.indicators, last + 1, sum)
        {
            plan.indicators[last + 1..end].iter_mut().for_each(|one| one.group = Some(group));
        }
    }
}

/// The end of the run of indicators without group from `start` on that brings the sum to 100.
fn reaching(indicators: &[Indicator], start: usize, mut sum: Decimal) -> Option<usize> {
    if sum >= WHOLE {
        return None;
    }
    for (place, one) in indicators.iter().enumerate().skip(start) {
        if one.group.is_some() || one.achievement.is_none() {
            return None;
        }
        sum = sum.checked_add(weight(one)?)?;
        if sum >= WHOLE {
            return (sum == WHOLE).then_some(place + 1);
        }
    }
    None
}

fn weight(indicator: &Indicator) -> Option<Decimal> {
    match indicator.weight.as_ref()?.reading.value {
        Some(Value::Number(weight)) if weight >= Decimal::ZERO => Some(weight),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{group, indicator, measure, plan};

    fn groups(rows: &[(&str, Option<usize>)]) -> Vec<Option<usize>> {
        let row = |(weight, group): &(&str, Option<usize>)| {
            let mut one = indicator("1");
            (one.weight, one.group, one.achievement) = (Some(measure(weight)), *group, Some(measure("100%")));
            one
        };
        let mut plan = plan(rows.iter().map(row).collect());
        plan.groups = vec![group("100%", "8", "8"), group("100%", "8", "8")];
        complete(&mut plan);
        plan.indicators.iter().map(|one| one.group).collect()
    }

    #[test]
    fn a_group_takes_what_makes_its_weights_whole() {
        let torn = [("40", Some(0)), ("30", None), ("30", None), ("30", Some(1)), ("30", Some(1)), ("40", None)];
        assert_eq!(groups(&torn), [0, 0, 0, 1, 1, 1].map(Some));
    }

    #[test]
    fn nothing_is_taken_that_does_not_fit() {
        for rows in [
            [("40", Some(0)), ("30", None), ("40", None)],
            [("40", Some(0)), ("30", None), ("30", Some(1))],
            [("100", Some(0)), ("30", None), ("70", None)],
            [("40", Some(0)), ("si", None), ("60", None)],
        ] {
            assert_eq!(groups(&rows), rows.map(|(_, group)| group), "{rows:?}");
        }
    }
}

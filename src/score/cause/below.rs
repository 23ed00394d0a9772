//! Objectives whose published result rests on the objectives below them.

use rust_decimal::Decimal;

use super::{Cause, CauseKind, gives};
use crate::normalise::Plan;
use crate::score::scores::{Basis, Score, Subject};
use crate::score::words::percent;

/// Tells the open rows of which that is so: half its indicators and half the objectives below it, or these alone; as computed, or
/// as printed where they are.
pub(super) fn by_objectives_below(plan: &Plan, scores: &[Score], open: &[usize], told: &mut [Option<Cause>]) {
    for &index in open {
        if told[index].is_none() {
            told[index] = below(plan, scores, &scores[index]);
        }
    }
}

fn below(plan: &Plan, scores: &[Score], score: &Score) -> Option<Cause> {
    if score.subject != Subject::Objective {
        return None;
    }
    let (published, own) = (score.published?, score.value?);
    let place = plan.objectives.iter().position(|objective| objective.objective_id == score.subject_id)?;
    let children = plan.objectives.iter().filter(|objective| objective.parent == Some(place));
    let row = |id: &str| {
        scores.iter().find(|row| {
            row.subject == Subject::Objective
                && row.basis == Basis::Recomputed
                && row.period == score.period
                && row.subject_id == id
        })
    };
    let rows: Vec<&Score> = children.filter_map(|child| row(&child.objective_id)).collect();
    let computed: Vec<Decimal> = rows.iter().filter_map(|row| row.value).collect();
    let printed: Vec<Decimal> = rows.iter().filter_map(|row| row.published.or(row.value)).collect();
    let two = Decimal::TWO;
    for values in [computed, printed] {
        let Some(mean) = mean(&values) else { continue };
        if gives(Some(mean), published) {
            let text = format!("è la media degli obiettivi sotto di lui ({})", percent(mean));
            return Some(Cause::new(CauseKind::OtherParts, text));
        }
        if gives(own.checked_add(mean).and_then(|sum| sum.checked_div(two)), published) {
            let text = format!(
                "è per metà il risultato dei suoi indicatori ({}) e per metà la media degli obiettivi sotto di lui ({})",
                percent(own),
                percent(mean)
            );
            return Some(Cause::new(CauseKind::OtherParts, text));
        }
    }
    None
}

fn mean(values: &[Decimal]) -> Option<Decimal> {
    let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
    sum.checked_div(Decimal::from(values.len()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::score::sample::{indicator, measure, objective, plan, set_actual, set_target};
    use crate::score::{Policy, score};

    #[test]
    fn half_indicators_and_half_objectives() {
        let end = Some(Date::constant(2019, 12, 31));
        let mut plan = plan(Vec::new());
        for (code, parent, actual, published) in
            [("1", None, "80", Some("85,00%")), ("1.1", Some(0), "100", None), ("1.2", Some(0), "80", None)]
        {
            let mut of = objective(code);
            (of.parent, of.achievement) = (parent, published.map(measure));
            plan.objectives.push(of);
            let mut one = indicator(code);
            one.objective = Some(plan.objectives.len() - 1);
            set_target(&mut one, end, "100");
            set_actual(&mut one, end, actual);
            plan.indicators.push(one);
        }
        let scores = score(&plan, &Policy::default_policy());
        let row = scores.scores.iter().find(|row| row.published.is_some());
        let cause = row.and_then(|row| row.cause.as_ref());
        assert_eq!(cause.map(|cause| cause.kind), Some(CauseKind::OtherParts), "{row:?}");
    }
}

//! For which days a document can be scored, and which target and actual belong to a day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::achieve::{Outcome, achieve};
use super::declared::later;
use super::policy::{LaterTarget, PastTarget, Policy};
use super::scores::Gap;
use super::targets::pair;
use super::words::{at_day, quote};
use crate::normalise::{DatedMeasure, Indicator, Kind, Plan};

/// One day of a document with the outcome of each of its indicators.
pub(super) struct Day {
    pub period: Option<Date>,
    /// The day the document reports on; published results are set beside the scores of this day.
    pub main: bool,
    /// As [`Plan::indicators`].
    pub outcomes: Vec<Outcome>,
}

/// The days with an actual, in order, or the document's reference date where it has no actuals. Never empty.
pub(super) fn days(plan: &Plan, policy: &Policy) -> Vec<Day> {
    let reported: BTreeSet<Option<Date>> = plan
        .indicators
        .iter()
        .flat_map(|indicator| &indicator.actuals)
        .filter(|actual| actual.measure.reading.kind != Kind::Missing)
        .map(|actual| actual.period)
        .collect();
    let reference = plan.card.reference_date;
    let main = if reported.contains(&reference) { reference } else { reported.last().copied().unwrap_or(reference) };
    let of_day = |indicator: &Indicator, period: Option<Date>| {
        if reported.is_empty() {
            return Outcome::gap(Gap::NoActual, "il documento non pubblica risultati".to_owned());
        }
        outcome(indicator, period, policy)
    };
    let periods = if reported.is_empty() { vec![main] } else { reported.iter().copied().collect() };
    periods
        .into_iter()
        .map(|period| Day {
            period,
            main: period == main,
            outcomes: plan.indicators.iter().map(|one| of_day(one, period)).collect(),
        })
        .collect()
}

/// The last day with an actual of the indicator: the one its printed achievement is about.
pub(super) fn last_day(indicator: &Indicator) -> Option<Option<Date>> {
    indicator
        .actuals
        .iter()
        .filter(|actual| actual.measure.reading.kind != Kind::Missing)
        .map(|actual| actual.period)
        .max()
}

/// The outcome of an indicator on a day.
pub(super) fn outcome(indicator: &Indicator, period: Option<Date>, policy: &Policy) -> Outcome {
    let actual = pick(&indicator.actuals, period, policy);
    let found = target_for(indicator, period, policy);
    match (found, actual) {
        (None, Some(actual)) => {
            let raw = quote(&actual.measure.raw);
            Outcome::gap(Gap::NoTarget, format!("nessun obiettivo {} per il risultato {raw}", at_day(period)))
        }
        (None, None) => Outcome::gap(Gap::NoTarget, format!("né obiettivo né risultato {}", at_day(period))),
        (Some((target, _)), _) if target.measure.reading.kind == Kind::Missing => {
            let raw = quote(&target.measure.raw);
            Outcome::gap(
                Gap::NoTarget,
                format!("nessun obiettivo {}: è stampato un segnaposto ({raw})", at_day(period)),
            )
        }
        (Some((target, _)), None) => {
            let raw = quote(&target.measure.raw);
            Outcome::gap(Gap::NoActual, format!("nessun risultato {} per l'obiettivo {raw}", at_day(period)))
        }
        (Some((target, note)), Some(actual)) => {
            let mut outcome = achieve(pair(indicator, &target.measure, &actual.measure), policy);
            if let Some(note) = note {
                outcome.explanation = format!("{}; {note}", outcome.explanation);
            }
            outcome
        }
    }
}

/// The target of a day and what to say of the choice.
///
/// A target without a day serves where the indicator has no other; an actual without a day is held against the
/// indicator's only target; the target of an earlier year or of a later day of the year serves where it is the only one, if the
/// policy says so.
pub(super) fn target_for<'a>(
    indicator: &'a Indicator,
    period: Option<Date>,
    policy: &Policy,
) -> Option<(&'a DatedMeasure, Option<String>)> {
    let targets = &indicator.targets;
    if let Some(target) = pick(targets, period, policy) {
        return Some((target, revision_note(targets, target)));
    }
    let given = |target: &&DatedMeasure| target.measure.reading.kind != Kind::Missing;
    let mut others = targets.iter().filter(given);
    match (others.next(), others.next()) {
        (Some(only), None) if only.period.is_none() => {
            Some((only, Some("l'obiettivo è stampato senza data".to_owned())))
        }
        (Some(only), None) if period.is_none() => Some((only, Some("il risultato è stampato senza data".to_owned()))),
        (Some(only), None) if policy.past_target == PastTarget::IfAlone && is_left_over(indicator, only, period) => {
            let note = format!("l'unico obiettivo è stampato {}: vale quello", at_day(only.period));
            Some((only, Some(note)))
        }
        (Some(only), None) if policy.later_target == LaterTarget::IfAlone && later(indicator, period).is_some() => {
            let note =
                format!("l'obiettivo è quello {}: il risultato dice quanto ne è stato fatto", at_day(only.period));
            Some((only, Some(note)))
        }
        _ => None,
    }
}

/// Whether a target is of the same day of an earlier year, in which nothing is reported: its header was left as it was.
fn is_left_over(indicator: &Indicator, target: &DatedMeasure, period: Option<Date>) -> bool {
    let (Some(printed), Some(day)) = (target.period, period) else { return false };
    let given = |actual: &&DatedMeasure| actual.measure.reading.kind != Kind::Missing;
    let same_day = (printed.month(), printed.day()) == (day.month(), day.day());
    let reported = indicator.actuals.iter().filter(given).any(|actual| actual.period == target.period);
    same_day && printed.year() < day.year() && !reported
}

/// Says which target holds where one was changed.
fn revision_note(targets: &[DatedMeasure], chosen: &DatedMeasure) -> Option<String> {
    let other = targets.iter().find(|other| {
        other.period == chosen.period && other.revised != chosen.revised && other.measure.reading.kind != Kind::Missing
    })?;
    let raw = quote(&other.measure.raw);
    Some(if chosen.revised {
        format!("vale l'obiettivo modificato in corso d'anno; prima era {raw}")
    } else {
        format!("vale l'obiettivo iniziale; modificato poi in {raw}")
    })
}

/// The value of a day: the revised one or the first one, as the policy says; a placeholder only where there is nothing else.
pub(super) fn pick<'a>(values: &'a [DatedMeasure], period: Option<Date>, policy: &Policy) -> Option<&'a DatedMeasure> {
    let of_day = || values.iter().filter(move |value| value.period == period);
    let given = || of_day().filter(|value| value.measure.reading.kind != Kind::Missing);
    let revised = given().rfind(|value| value.revised);
    let first = given().find(|value| !value.revised);
    let chosen = if policy.use_revised { revised.or(first) } else { first.or(revised) };
    chosen.or_else(|| of_day().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{indicator, plan, set_actual, set_target, set_target_revised};

    const HALF: Date = Date::constant(2019, 6, 30);
    const END: Date = Date::constant(2019, 12, 31);

    #[test]
    fn each_day_has_its_own_target() {
        let mut one = indicator("1");
        set_target(&mut one, Some(HALF), "15");
        set_target(&mut one, Some(END), "20");
        set_actual(&mut one, Some(HALF), "12");
        set_actual(&mut one, Some(END), "20");
        let days = days(&plan(vec![one]), &Policy::default_policy());
        let values: Vec<_> = days.iter().map(|day| (day.main, day.outcomes[0].value)).collect();
        assert_eq!(values, [(false, Ok(80.into())), (true, Ok(100.into()))]);
    }

    #[test]
    fn the_revised_target_holds_and_is_said() {
        let mut one = indicator("1");
        set_target(&mut one, Some(END), "20");
        set_target_revised(&mut one, Some(END), "40");
        set_actual(&mut one, Some(END), "20");
        let outcome = &days(&plan(vec![one.clone()]), &Policy::default_policy())[0].outcomes[0];
        assert_eq!(outcome.value, Ok(50.into()));
        assert!(outcome.explanation.contains("prima era \"20\""), "{}", outcome.explanation);
        let policy = Policy { use_revised: false, ..Policy::default_policy() };
        assert_eq!(days(&plan(vec![one]), &policy)[0].outcomes[0].value, Ok(100.into()));
    }

    #[test]
    fn a_placeholder_is_no_target_and_no_revision() {
        let mut one = indicator("1");
        set_target(&mut one, Some(HALF), "-");
        set_target(&mut one, Some(END), "20");
        set_target_revised(&mut one, Some(END), "-");
        set_actual(&mut one, Some(HALF), "38");
        set_actual(&mut one, Some(END), "10");
        let days = days(&plan(vec![one]), &Policy::default_policy());
        assert_eq!(days[0].outcomes[0].value, Err(Gap::NoTarget));
        assert_eq!(days[1].outcomes[0].value, Ok(50.into()));
    }

    #[test]
    fn an_undated_value_meets_the_only_other_one() {
        let policy = Policy::default_policy();
        let mut one = indicator("1");
        set_target(&mut one, None, "20");
        set_actual(&mut one, Some(END), "10");
        assert_eq!(days(&plan(vec![one]), &policy)[0].outcomes[0].value, Ok(50.into()));
        let mut two = indicator("2");
        set_target(&mut two, Some(HALF), "5");
        set_target(&mut two, Some(END), "20");
        set_actual(&mut two, None, "10");
        assert_eq!(days(&plan(vec![two]), &policy)[0].outcomes[0].value, Err(Gap::NoTarget));
    }

    #[test]
    fn a_target_under_last_years_header_holds_if_it_is_the_only_one() {
        let value = |change: &dyn Fn(&mut Indicator), policy: &Policy| {
            let mut one = indicator("1");
            set_target(&mut one, Some(Date::constant(2018, 12, 31)), "20");
            set_actual(&mut one, Some(END), "10");
            change(&mut one);
            days(&plan(vec![one]), policy).pop().unwrap().outcomes.remove(0)
        };
        let policy = Policy::default_policy();
        let alone = value(&|_| {}, &policy);
        assert_eq!(alone.value, Ok(50.into()));
        assert!(alone.explanation.contains("stampato al 31/12/2018: vale quello"), "{}", alone.explanation);
        let strict = Policy { past_target: PastTarget::Never, ..policy.clone() };
        assert_eq!(value(&|_| {}, &strict).value, Err(Gap::NoTarget));
        // A placeholder says that there is none; another target, that headers tell years apart; an actual of that year, too.
        assert_eq!(value(&|one| set_target(one, Some(END), "-"), &policy).value, Err(Gap::NoTarget));
        let next = Some(Date::constant(2020, 12, 31));
        assert_eq!(value(&|one| set_target(one, next, "30"), &policy).value, Err(Gap::NoTarget));
        let before = Some(Date::constant(2018, 12, 31));
        assert_eq!(value(&|one| set_actual(one, before, "18"), &policy).value, Err(Gap::NoTarget));
    }

    #[test]
    fn a_half_years_target_is_none_for_the_year() {
        let mut one = indicator("1");
        set_target(&mut one, Some(HALF), "20");
        set_actual(&mut one, Some(END), "10");
        assert_eq!(days(&plan(vec![one]), &Policy::default_policy())[0].outcomes[0].value, Err(Gap::NoTarget));
    }

    #[test]
    fn a_plan_without_actuals_has_one_day_of_gaps() {
        let mut one = indicator("1");
        set_target(&mut one, Some(END), "20");
        let days = days(&plan(vec![one]), &Policy::default_policy());
        assert_eq!(days.len(), 1);
        assert_eq!(days[0].outcomes[0].value, Err(Gap::NoActual));
    }
}

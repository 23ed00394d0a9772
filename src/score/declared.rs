//! What a document says of its own method, where the policy leaves it to the document.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::achieve::achieve;
use super::cause::gives;
use super::context::figure;
use super::days::pick;
use super::policy::{LaterTarget, MissingActual, Policy};
use super::targets::pair;
use crate::extract::key;
use crate::normalise::{DatedMeasure, Indicator, Kind, Plan};

/// How many printed achievements show how a document computes.
const SHOWN: usize = 3;

/// The policy with what it leaves to the document decided.
pub(super) fn settled(plan: &Plan, policy: &Policy) -> Policy {
    let mut settled = policy.clone();
    if policy.missing_actual == MissingActual::WhenDeclared {
        settled.missing_actual =
            if missing_count_zero(plan) { MissingActual::Zero } else { MissingActual::Redistribute };
    }
    if policy.later_target == LaterTarget::WhenDeclared {
        settled.later_target = if on_later_targets(plan, policy) { LaterTarget::IfAlone } else { LaterTarget::Never };
    }
    settled
}

/// Whether a text says that indicators without a result count zero: "Gli indicatori privi di valore a consuntivo concorrono con
/// valore pari a zero", "gli indicatori non rilevati valgono 0%".
fn missing_count_zero(plan: &Plan) -> bool {
    static SAYS: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the tests below.
        Regex::new(concat!(
            r"\bindicator[ie] (?:\w+ ){0,3}?(?:priv[io] d|senza |non rilevat|non misurat|non valorizzat|non disponibil|non calcolabil|non rendicontat)",
            r"(?:[\w%]+ ?){0,10}?(?:zero|valgono 0|vale 0|contano 0|conta 0|pari a 0)\b"
        ))
        .expect("constant pattern")
    });
    let cells = plan.passages.iter().filter(|p| p.table.is_none()).flat_map(|p| &p.cells);
    cells
        .filter(|c| c.raw.contains("ndicator"))
        .any(|c| c.raw.split(['.', ';']).any(|sentence| SAYS.is_match(&key(sentence))))
}

/// Whether the printed achievements are those of targets of a later day of the year: a report on part of a year that measures how
/// much of the year's target is reached.
fn on_later_targets(plan: &Plan, policy: &Policy) -> bool {
    let policy = Policy { later_target: LaterTarget::IfAlone, ..policy.clone() };
    let (mut shown, mut agreeing) = (0, 0);
    for indicator in &plan.indicators {
        let Some(published) = indicator.achievement.as_ref().and_then(figure) else { continue };
        let Some(actual) = indicator.actuals.iter().rfind(|a| a.measure.reading.kind != Kind::Missing) else {
            continue;
        };
        if pick(&indicator.targets, actual.period, &policy).is_some() {
            continue;
        }
        let Some(target) = later(indicator, actual.period) else { continue };
        shown += 1;
        let value = achieve(pair(indicator, &target.measure, &actual.measure), &policy).value.ok();
        agreeing += usize::from(gives(value, published));
    }
    agreeing >= SHOWN && agreeing * 3 >= shown * 2
}

/// The only target of an indicator where it is of a later day of the same year.
pub(super) fn later(indicator: &Indicator, period: Option<Date>) -> Option<&DatedMeasure> {
    let mut given = indicator.targets.iter().filter(|t| t.measure.reading.kind != Kind::Missing);
    let only = given.next().filter(|_| given.next().is_none())?;
    let (day, due) = (period?, only.period?);
    (due.year() == day.year() && due > day).then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::extract::{Passage, Printed};
    use crate::score::sample::{indicator, measure, plan, set_actual, set_target};

    #[test]
    fn a_sentence_that_says_it() {
        let says = |text: &str| {
            let mut plan = plan(Vec::new());
            let cells = vec![Printed::new(text.to_owned(), Source::line(1))];
            plan.passages.push(Passage { objective: None, table: None, heading: None, cells, columns: vec![0] });
            missing_count_zero(&plan)
        };
        assert!(says("Metodo. Gli indicatori privi di valore a consuntivo concorrono con valore pari a zero."));
        assert!(says("gli indicatori non rilevati valgono 0%"));
        assert!(!says("Gli indicatori senza risultato sono esclusi dalla media. Il peso 0 non conta."));
    }

    #[test]
    fn printed_achievements_show_the_target_they_rest_on() {
        let (half, end) = (Some(Date::constant(2019, 9, 30)), Some(Date::constant(2019, 12, 31)));
        let one = |actual: &str, printed: &str| {
            let mut one = indicator(actual);
            set_target(&mut one, end, "200");
            set_actual(&mut one, half, actual);
            one.achievement = Some(measure(printed));
            one
        };
        let policy = Policy::default_policy();
        let of_year = plan(vec![one("100", "50%"), one("150", "75%"), one("180", "90%"), one("20", "99%")]);
        assert_eq!(settled(&of_year, &policy).later_target, LaterTarget::IfAlone);
        let other = plan(vec![one("100", "100%"), one("150", "75%"), one("180", "90%"), one("20", "99%")]);
        assert_eq!(settled(&other, &policy).later_target, LaterTarget::Never);
    }
}

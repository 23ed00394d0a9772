//! Whether a published achievement is that of another day's target.

use super::achieve::{Outcome, Pair, achieve};
use super::cause::{Cause, CauseKind, gives};
use super::policy::Policy;
use super::scores::{Score, Subject};
use super::words::{at_day, number, quote};
use crate::normalise::{Indicator, Kind, Measure, Plan};

/// An indicator's pair of one target and one actual.
pub(super) fn pair<'a>(indicator: &'a Indicator, target: &'a Measure, actual: &'a Measure) -> Pair<'a> {
    Pair {
        target,
        actual,
        polarity: indicator.polarity,
        polarity_reason: &indicator.polarity_reason,
        unit: indicator.unit.as_deref(),
        variance: indicator.variance.as_ref(),
        achievement: indicator.achievement.as_ref(),
    }
}

/// The cause, where the target of another day, or the baseline in its place, gives the published achievement.
pub(super) fn other_target(plan: &Plan, policy: &Policy, score: &Score) -> Option<Cause> {
    if score.subject != Subject::Indicator {
        return None;
    }
    let published = score.published?;
    let indicator = plan.indicators.iter().find(|indicator| indicator.indicator_id == score.subject_id)?;
    let actual = indicator
        .actuals
        .iter()
        .rfind(|actual| actual.period == score.period && actual.measure.reading.kind != Kind::Missing)?;
    let reached = |target: &Measure| -> Outcome { achieve(pair(indicator, target, &actual.measure), policy) };
    for target in &indicator.targets {
        let value = reached(&target.measure).value.ok();
        if value != score.value && gives(value, published) {
            let text = format!(
                "con l'obiettivo {} ({}) si ha {}",
                at_day(target.period),
                quote(&target.measure.raw),
                number(published, 9)
            );
            return Some(Cause::new(CauseKind::OtherTarget, text));
        }
    }
    let baseline = &indicator.baseline.as_ref()?.measure;
    let value = reached(baseline).value.ok();
    (value != score.value && gives(value, published)).then(|| {
        let text = format!(
            "con il valore di partenza ({}) al posto dell'obiettivo si ha {}",
            quote(&baseline.raw),
            number(published, 9)
        );
        Cause::new(CauseKind::OtherBase, text)
    })
}

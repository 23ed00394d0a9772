//! What the scoring of one plan shares: its days, its policy, and how a row is filled.

use std::collections::{HashMap, HashSet};

use rust_decimal::{Decimal, RoundingStrategy};

use super::days::{Day, days};
use super::mean::{Mean, Part};
use super::policy::{HUNDRED, Policy};
use super::scores::{Basis, Gap, Score, Subject};
use crate::normalise::{Indicator, Measure, Plan, Value};

/// One plan on its way to scores.
pub(super) struct Context<'a> {
    pub plan: &'a Plan,
    pub policy: &'a Policy,
    pub days: Vec<Day>,
    /// As [`Plan::indicators`]: the id of the first occurrence of the same indicator.
    roots: Vec<&'a str>,
    /// The indicators of each objective, each counted once, in document order.
    of_objectives: HashMap<usize, Vec<usize>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(plan: &'a Plan, policy: &'a Policy) -> Self {
        Context::with_days(plan, policy, days(plan, policy))
    }

    /// With outcomes found elsewhere.
    pub(super) fn with_days(plan: &'a Plan, policy: &'a Policy, days: Vec<Day>) -> Self {
        let earlier: HashMap<&str, &str> =
            plan.indicators.iter().filter_map(|i| Some((i.indicator_id.as_str(), i.same_as.as_deref()?))).collect();
        let roots: Vec<&str> = plan.indicators.iter().map(|indicator| root(indicator, &earlier)).collect();
        let (mut of_objectives, mut seen) = (HashMap::<usize, Vec<usize>>::new(), HashSet::new());
        for (index, (indicator, root)) in plan.indicators.iter().zip(&roots).enumerate() {
            if let Some(objective) = indicator.objective.filter(|objective| seen.insert((*objective, *root))) {
                of_objectives.entry(objective).or_default().push(index);
            }
        }
        Context { plan, policy, days, roots, of_objectives }
    }

    /// The indicators of an objective, each counted once, in document order.
    pub(super) fn of_objective(&self, objective: usize) -> &[usize] {
        self.of_objectives.get(&objective).map_or(&[], Vec::as_slice)
    }

    /// The id under which an indicator is counted.
    pub(super) fn root(&self, indicator: usize) -> &'a str {
        self.roots.get(indicator).copied().unwrap_or_default()
    }

    /// The indicators that fit, each counted once, in document order.
    pub(super) fn counted(&self, fits: impl Fn(&Indicator) -> bool) -> Vec<usize> {
        let mut seen = HashSet::new();
        self.plan
            .indicators
            .iter()
            .enumerate()
            .filter(|(index, indicator)| fits(indicator) && seen.insert(self.root(*index)))
            .map(|(index, _)| index)
            .collect()
    }

    /// The indicators of a day as parts of a mean.
    pub(super) fn parts(&self, indicators: &[usize], day: &Day) -> Vec<Part> {
        indicators
            .iter()
            .filter_map(|&index| {
                let (indicator, outcome) = (self.plan.indicators.get(index)?, day.outcomes.get(index)?);
                let coverage = if outcome.value.is_ok() { HUNDRED } else { Decimal::ZERO };
                let of = (Subject::Indicator, indicator.indicator_id.clone());
                Some(Part { of, value: outcome.value, weight: weight(indicator.weight.as_ref()), coverage })
            })
            .collect()
    }

    /// A row for something made of parts. The published figure belongs to the main day only.
    pub(super) fn made_of(
        &self,
        day: &Day,
        subject: Subject,
        id: &str,
        label: &str,
        mean: &Mean,
        printed: Option<&Measure>,
    ) -> Score {
        let printed = printed.filter(|_| day.main);
        let published = printed.and_then(figure);
        Score {
            subject,
            subject_id: id.to_owned(),
            label: label.to_owned(),
            period: day.period,
            basis: Basis::Recomputed,
            policy: self.policy.name.clone(),
            value: mean.value,
            points: None,
            points_max: None,
            gap: mean.value.is_none().then_some(Gap::NoParts),
            coverage: mean.coverage,
            published_raw: printed.map(|measure| measure.raw.clone()),
            published,
            difference: difference(mean.value, published),
            cause: None,
            explanation: mean.explanation.clone(),
            terms: mean.terms.clone(),
        }
    }

    /// `document_id/#kind/name`.
    pub(super) fn id(&self, kind: &str, name: &str) -> String {
        format!("{}/#{kind}/{name}", self.plan.card.document_id)
    }

    /// `document_id/#entity`.
    pub(super) fn entity_id(&self) -> String {
        format!("{}/#entity", self.plan.card.document_id)
    }

    /// The chamber's name, or the document's id where it isn't known.
    pub(super) fn entity_label(&self) -> String {
        let card = &self.plan.card;
        card.entity.map_or_else(|| card.document_id.clone(), |entity| entity.name.clone())
    }
}

/// Follows `same_as` to the first occurrence; stops where the references run in a circle.
fn root<'a>(indicator: &'a Indicator, earlier: &HashMap<&'a str, &'a str>) -> &'a str {
    let mut id = indicator.same_as.as_deref().unwrap_or(&indicator.indicator_id);
    for _ in 0..earlier.len() {
        match earlier.get(id) {
            Some(before) if *before != id => id = before,
            _ => break,
        }
    }
    id
}

/// The number of a printed figure.
pub(super) fn figure(measure: &Measure) -> Option<Decimal> {
    match measure.reading.value {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    }
}

/// A usable weight: a number not below zero.
pub(super) fn weight(measure: Option<&Measure>) -> Option<Decimal> {
    measure.and_then(figure).filter(|weight| *weight >= Decimal::ZERO)
}

/// The value at the published figure's decimals, less the published figure.
pub(super) fn difference(value: Option<Decimal>, published: Option<Decimal>) -> Option<Decimal> {
    let (value, published) = (value?, published?);
    value.round_dp_with_strategy(published.scale(), RoundingStrategy::MidpointAwayFromZero).checked_sub(published)
}

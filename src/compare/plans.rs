//! Plans to compare, wherever they lie.

use std::borrow::Cow;

use super::outline::Outline;
use super::themes::ThemeOf;
use super::{CompareError, Material};
use crate::normalise::Plan;

/// A plan with its indicators' themes.
#[derive(Debug, Clone)]
pub struct Opened<'p> {
    /// Without what only a document's own rows need: see [`lean`].
    pub plan: Cow<'p, Plan>,
    /// As the plan's indicators.
    pub themes: Cow<'p, [ThemeOf]>,
}

/// The plans of a run in its order; each is opened when it is needed, and forgotten afterwards, so that what a comparison takes
/// of memory doesn't grow with their number.
pub trait Plans: Sync {
    /// Their outlines.
    fn outlines(&self) -> Vec<&Outline>;

    /// The plan at a place.
    ///
    /// # Errors
    /// Where it can't be got.
    fn open(&self, place: usize) -> Result<Opened<'_>, CompareError>;
}

/// Plans that lie in memory.
pub(super) struct InMemory<'m> {
    documents: &'m [Material<'m>],
    outlines: Vec<Outline>,
}

impl<'m> InMemory<'m> {
    pub(super) fn new(documents: &'m [Material<'m>]) -> Self {
        InMemory { documents, outlines: documents.iter().map(|document| Outline::of(document.plan)).collect() }
    }
}

impl Plans for InMemory<'_> {
    fn outlines(&self) -> Vec<&Outline> {
        self.outlines.iter().collect()
    }

    fn open(&self, place: usize) -> Result<Opened<'_>, CompareError> {
        let Material { plan, themes, .. } = self.documents.get(place).ok_or(CompareError::NoPlan(place))?;
        Ok(Opened { plan: Cow::Borrowed(plan), themes: Cow::Borrowed(themes) })
    }
}

/// What the comparison with other documents needs of a plan: a third of it.
pub fn lean(plan: &Plan) -> Plan {
    let objective = |objective: &crate::normalise::Objective| {
        let mut lean = objective.clone();
        lean.sheet = Default::default();
        lean.achievement = None;
        lean
    };
    let indicator = |indicator: &crate::normalise::Indicator| {
        let mut lean = indicator.clone();
        lean.polarity_reason = String::new();
        lean.corrected = Vec::new();
        (lean.data_source, lean.frequency, lean.note, lean.strategic_link) = (None, None, None, None);
        (lean.weight, lean.variance, lean.achievement, lean.monitoring) = (None, None, None, None);
        lean
    };
    Plan {
        card: plan.card.clone(),
        objectives: plan.objectives.iter().map(objective).collect(),
        groups: Vec::new(),
        indicators: plan.indicators.iter().map(indicator).collect(),
        published: Vec::new(),
        scale: Vec::new(),
        left_over: Default::default(),
        passages: Vec::new(),
    }
}

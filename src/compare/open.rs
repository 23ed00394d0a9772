//! Documents that matching has open: each from the first pair it stands in to the last, so that those that lie in memory are
//! the near ones, however many there are.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::CompareError;
use super::alike::Signature;
use super::plans::{Opened, Plans};
use super::sides::Quantity;
use super::themes::Theme;
use crate::normalise::Indicator;

/// Two candidates, by their places in two documents.
pub(super) type At = (usize, usize);

/// One indicator with what matching needs.
pub(super) struct Candidate {
    /// Its place among the plan's indicators.
    index: usize,
    pub theme: Option<&'static Theme>,
    pub signature: Signature,
    pub quantity: Quantity,
}

/// A document with what matching needs of it.
pub(super) struct Document<'p> {
    pub opened: Opened<'p>,
    /// The indicators, each once.
    pub candidates: Vec<Candidate>,
    pub words: Words,
}

impl<'p> Document<'p> {
    pub(super) fn of(opened: Opened<'p>) -> Self {
        let plan = &opened.plan;
        let all = plan.indicators.iter().zip(opened.themes.iter()).enumerate();
        let candidates: Vec<Candidate> = all
            .filter(|(_, (indicator, _))| indicator.same_as.is_none())
            .map(|(index, (indicator, of))| Candidate {
                index,
                theme: of.theme,
                signature: Signature::of(indicator, indicator.objective.and_then(|place| plan.objectives.get(place))),
                quantity: Quantity::of(indicator),
            })
            .collect();
        Document { words: Words::of(&candidates), candidates, opened }
    }

    pub(super) fn indicator(&self, candidate: &Candidate) -> Option<&Indicator> {
        self.opened.plan.indicators.get(candidate.index)
    }

    /// What its size is the size of, as [`super::outline::Outline::owner`] says.
    pub(super) fn owner(&self) -> &str {
        let card = &self.opened.plan.card;
        card.entity.map_or(&card.document_id, |entity| &entity.id)
    }
}

/// Matches of each certainty that an indicator has, where there are many documents: those of the nearest.
const MOST: u8 = 3;

/// An open document, and how many matches each of its candidates has: what is sure or related, and what is possible.
struct Entry<'p> {
    document: Document<'p>,
    counts: Vec<[u8; 2]>,
}

/// The open documents, by their places.
pub(super) struct Open<'p> {
    plans: &'p dyn Plans,
    /// How many pairs of each document are to come.
    left: HashMap<usize, usize>,
    documents: HashMap<usize, Entry<'p>>,
    limited: bool,
}

impl<'p> Open<'p> {
    /// For these pairs; `limited` where an indicator has [`MOST`] matches of a kind before others are left out.
    pub(super) fn new(plans: &'p dyn Plans, pairs: &[(usize, usize)], limited: bool) -> Self {
        let mut left = HashMap::new();
        for place in pairs.iter().flat_map(|(one, other)| [*one, *other]) {
            *left.entry(place).or_default() += 1;
        }
        Open { plans, left, documents: HashMap::new(), limited }
    }

    /// Opens the documents of some pairs.
    pub(super) fn add(&mut self, pairs: &[(usize, usize)]) -> Result<(), CompareError> {
        let needed: BTreeSet<usize> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
        let missing: Vec<usize> = needed.into_iter().filter(|place| !self.documents.contains_key(place)).collect();
        let plans = self.plans;
        let opened: Result<Vec<Entry<'p>>, CompareError> = missing
            .par_iter()
            .map(|place| {
                let document = Document::of(plans.open(*place)?);
                let counts = vec![[0; 2]; document.candidates.len()];
                Ok(Entry { document, counts })
            })
            .collect();
        self.documents.extend(missing.into_iter().zip(opened?));
        Ok(())
    }

    pub(super) fn get(&self, place: usize) -> Option<&Document<'p>> {
        self.documents.get(&place).map(|entry| &entry.document)
    }

    /// Counts a match of two candidates, each with its document, unless both have enough of its kind; what a person has decided
    /// always counts.
    pub(super) fn allow(&mut self, one: At, other: At, is_possible: bool, is_decided: bool) -> bool {
        let kind = usize::from(is_possible);
        let full = |(place, index): At| {
            let counts = self.documents.get(&place).and_then(|entry| entry.counts.get(index));
            counts.and_then(|counts| counts.get(kind)).is_some_and(|count| *count >= MOST)
        };
        if self.limited && !is_decided && full(one) && full(other) {
            return false;
        }
        for (place, index) in [one, other] {
            let counts = self.documents.get_mut(&place).and_then(|entry| entry.counts.get_mut(index));
            if let Some(count) = counts.and_then(|counts| counts.get_mut(kind)) {
                *count = count.saturating_add(1);
            }
        }
        true
    }

    /// Closes the documents of which these were the last pairs.
    pub(super) fn forget(&mut self, pairs: &[(usize, usize)]) {
        for place in pairs.iter().flat_map(|(one, other)| [one, other]) {
            if let Some(left) = self.left.get_mut(place) {
                *left -= 1;
                if *left == 0 {
                    self.documents.remove(place);
                }
            }
        }
    }
}

/// Which candidates of a document have a word within a theme, or count a thing: theme, word and candidate, in order.
pub(super) struct Words(Box<[(&'static str, Box<str>, usize)]>);

impl Words {
    fn of(candidates: &[Candidate]) -> Self {
        let mut with: Vec<(&'static str, Box<str>, usize)> = Vec::new();
        for (index, candidate) in candidates.iter().enumerate() {
            let theme = candidate.theme.map_or("", |theme| theme.id.as_str());
            with.extend(candidate.signature.telling().map(|word| (theme, word.into(), index)));
            with.extend(candidate.signature.things.iter().map(|thing| ("", thing.name.as_str().into(), index)));
        }
        with.sort_unstable();
        Words(with.into())
    }

    /// The candidates with each word.
    fn by_word(&self) -> impl Iterator<Item = &[(&'static str, Box<str>, usize)]> {
        self.0.chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1))
    }

    /// The pairs that share something, in order.
    pub(super) fn shared(&self, other: &Words) -> Vec<At> {
        let (mut ones, mut others) = (self.by_word().peekable(), other.by_word().peekable());
        let mut pairs = Vec::new();
        while let (Some([(theme, word, _), ..]), Some([(its_theme, its_word, _), ..])) = (ones.peek(), others.peek()) {
            match (theme, word).cmp(&(its_theme, its_word)) {
                Ordering::Less => drop(ones.next()),
                Ordering::Greater => drop(others.next()),
                Ordering::Equal => {
                    let (own, its) = (ones.next().unwrap_or_default(), others.next().unwrap_or_default());
                    pairs.extend(own.iter().flat_map(|one| its.iter().map(|other| (one.2, other.2))));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

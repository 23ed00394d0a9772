//! What the pages on all documents show of the comparison: of very many pairs the best, of very many years the latest.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::compare::{Comparison, Match, Verdict, YearRow};

/// Pairs of each certainty that are shown, at most.
const PAIRS: usize = 300;
/// Pairs of documents of two years that are shown, at most.
const YEARS: usize = 40;

/// The ids of two documents whose years follow each other, and the later year.
pub type Pairing = (String, String, i16);

/// The pairs of indicators and of years that are shown.
#[derive(Debug, Default)]
pub struct Highlights {
    pub(super) sure: Vec<Match>,
    pub(super) related: Vec<Match>,
    pub(super) possible: Vec<Match>,
    /// What goes on and what doesn't, by pairs of documents.
    pub(super) years: Vec<YearRow>,
    /// Pairs, and pairs of documents, that have no room.
    pub(super) more_pairs: usize,
    pub(super) more_years: usize,
    late: HashSet<(String, String)>,
}

impl Highlights {
    /// None yet; `pairings` are all that [`Highlights::year`] will be given rows of, in that order.
    pub fn new(pairings: impl Iterator<Item = Pairing>) -> Self {
        let mut seen = HashSet::new();
        let mut all: Vec<Pairing> = pairings.filter(|(from, to, _)| seen.insert((from.clone(), to.clone()))).collect();
        all.sort_by_key(|(.., year)| Reverse(*year));
        let more_years = all.len().saturating_sub(YEARS);
        let late = all.into_iter().take(YEARS).map(|(from, to, _)| (from, to)).collect();
        Highlights { late, more_years, ..Highlights::default() }
    }

    /// Those of a comparison that lies in memory.
    pub(super) fn of(comparison: &Comparison) -> Self {
        let pairing = |row: &YearRow| (row.from_document.clone(), row.to_document.clone(), row.to_year);
        let mut highlights = Highlights::new(comparison.years.iter().map(pairing));
        comparison.matches.iter().for_each(|found| highlights.found(found));
        comparison.years.iter().for_each(|row| highlights.year(row));
        highlights
    }

    /// Looks at a match; the better ones come first.
    pub fn found(&mut self, found: &Match) {
        let list = match found.verdict {
            Verdict::Confirmed | Verdict::Sure => &mut self.sure,
            Verdict::Related => &mut self.related,
            Verdict::Possible => &mut self.possible,
            Verdict::Rejected => return,
        };
        if list.len() < PAIRS {
            list.push(found.clone());
        } else {
            self.more_pairs += 1;
        }
    }

    /// Looks at what became of an indicator.
    pub fn year(&mut self, row: &YearRow) {
        if self.late.contains(&(row.from_document.clone(), row.to_document.clone())) {
            self.years.push(row.clone());
        }
    }
}

//! The search for the choice, or the two choices, of the policy that give the published figures.

use std::collections::HashMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::choices::{About, Choice, choices};
use super::trial::{Leaf, Trial};
use super::{Cause, CauseKind, Key, gives, key};
use crate::normalise::Plan;
use crate::score::policy::Policy;
use crate::score::scores::{Basis, Gap, Score, Term};
use crate::score::words::number;

/// The most pairs of choices that are told as likely: where more give the figure, none of them is.
const MOST_PAIRS: usize = 12;

/// What is tried on the rows of one document.
pub(super) struct Search<'a> {
    policy: &'a Policy,
    trial: Trial<'a>,
    rows: Vec<Row>,
    tried: Vec<Tried>,
    /// The indicators' results by the policy itself.
    leaves: Vec<Leaf>,
}

/// A row whose published figure nothing has explained yet.
struct Row {
    /// Its place among the scores.
    index: usize,
    node: usize,
    published: Decimal,
    value: Option<Decimal>,
    /// Whether the row could have a value by another policy.
    triable: bool,
    /// Its parts that agree with their own published figures: another policy must not undo that.
    agreeing: Vec<(usize, Decimal)>,
}

/// A choice with what it gives.
struct Tried {
    choice: Choice,
    policy: Policy,
    /// `None` where it leaves the indicators' results as they are.
    leaves: Option<Vec<Leaf>>,
    /// The value of each row.
    values: Vec<Option<Decimal>>,
    /// How many rows it explains alone.
    explains: usize,
}

/// What may be done at the end of a computation, besides rounding to the published figure's decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Cut,
    OfHundred,
}

impl End {
    fn text(self) -> &'static str {
        match self {
            End::Cut => "troncando il risultato",
            End::OfHundred => "dividendo per 100 e non per la somma dei pesi",
        }
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(plan: &'a Plan, policy: &'a Policy, scores: &[Score], open: &[usize]) -> Self {
        let (trial, nodes) = Trial::new(plan, scores, open);
        let leaves = trial.leaves(policy);
        let by_key: HashMap<Key<'_>, &Score> = scores.iter().map(|score| (key(score), score)).collect();
        let agreeing = |score: &Score, node: usize| {
            let agrees = |(term, node): (&Term, usize)| {
                let part = by_key.get(&(term.subject, &term.subject_id, score.period, Basis::Recomputed))?;
                part.published.filter(|published| gives(part.value, *published)).map(|published| (node, published))
            };
            score.terms.iter().zip(trial.parts(node)).filter_map(agrees).collect()
        };
        let row = |(&index, node): (&usize, usize)| {
            let score = &scores[index];
            // No choice gives a value where target or actual are missing.
            let triable = score.value.is_some() || score.gap == Some(Gap::NotComparable);
            let agreeing = agreeing(score, node);
            Some(Row { index, node, published: score.published?, value: score.value, triable, agreeing })
        };
        let rows = open.iter().zip(nodes).filter_map(row).collect();
        Search { policy, trial, rows, tried: Vec::new(), leaves }
    }

    /// Tells the rows that one choice explains; of several choices the one that explains most rows, then the likeliest.
    pub(super) fn one_choice(&mut self, told: &mut [Option<Cause>]) {
        let left = |row: &Row| row.triable && told[row.index].is_none();
        if !self.rows.iter().any(left) {
            return;
        }
        self.tried = choices(self.policy).into_iter().map(|choice| self.try_choice(choice)).collect();
        for (place, row) in self.rows.iter().enumerate().filter(|(_, row)| row.triable) {
            if told[row.index].is_some() {
                continue;
            }
            let fitting = self.tried.iter().filter(|tried| row.fits(tried.values[place]));
            // The first of those that explain most.
            let best = fitting.reduce(|best, other| if other.explains > best.explains { other } else { best });
            told[row.index] = best.map(|best| {
                let text = format!("{}: si ha {}", best.choice.text, number(row.published, 9));
                Cause::new(best.choice.kind, text)
            });
        }
    }

    fn try_choice(&self, choice: Choice) -> Tried {
        let policy = choice.applied(self.policy);
        let leaves = choice.about.touches_indicators().then(|| self.trial.leaves(&policy));
        let value = |row: &Row| self.trial.value(row.node, leaves.as_ref().unwrap_or(&self.leaves), &policy);
        let values: Vec<Option<Decimal>> = self.rows.iter().map(value).collect();
        let explains = self.rows.iter().zip(&values).filter(|(row, value)| row.fits(**value)).count();
        Tried { choice, policy, leaves, values, explains }
    }

    /// Tells the rows left that two choices explain, or another figure in the published one's place (`copied`), which is the
    /// likelier unless one of the two choices explains other rows alone.
    pub(super) fn two_choices(&self, told: &mut [Option<Cause>], copied: impl Fn(usize) -> Option<Cause>) {
        for (place, row) in self.rows.iter().enumerate() {
            if told[row.index].is_some() {
                continue;
            }
            let pair = if row.triable { self.pair(place, row) } else { None };
            told[row.index] = match pair {
                Some((cause, true)) => Some(cause),
                pair => copied(row.index).or(pair.map(|(cause, _)| cause)),
            };
        }
    }

    /// The likeliest pair of choices, and whether other rows speak for it.
    fn pair(&self, place: usize, row: &Row) -> Option<(Cause, bool)> {
        let alive: Vec<&Tried> = self.tried.iter().filter(|tried| tried.choice.pairs).collect();
        let (mut tried, mut fitting) = (0_usize, Vec::new());
        let mut look = |value: Option<Decimal>, refuted: &dyn Fn() -> bool, texts: [&str; 2], explains: usize| {
            tried += 1;
            if row.fits(value) && !refuted() {
                fitting.push((texts.join(" e "), explains));
            }
        };
        for (first, one) in alive.iter().enumerate() {
            let changes = one.values[place] != row.value;
            for end in [End::Cut, End::OfHundred].into_iter().filter(|_| changes) {
                let value = self.ended(row, end, one);
                look(value, &|| self.refuted(row, &[one]), [&one.choice.text, end.text()], one.explains);
            }
            for two in &alive[first + 1..] {
                if one.choice.about == two.choice.about || !(changes || two.values[place] != row.value) {
                    continue;
                }
                let value = self.both(row, one, two);
                // Where one of them changes nothing the other alone would have been the cause.
                if value != one.values[place] && value != two.values[place] {
                    let texts = [one.choice.text.as_str(), two.choice.text.as_str()];
                    look(value, &|| self.refuted(row, &[one, two]), texts, one.explains + two.explains);
                }
            }
        }
        if fitting.len() > MOST_PAIRS {
            return None;
        }
        let (best, explains) = fitting.iter().reduce(|best, other| if other.1 > best.1 { other } else { best })?;
        let how_sure = match fitting.len() {
            1 => format!("l'unica coppia di scelte che lo dà, su {tried} provate"),
            n => format!("la più probabile delle {n} coppie di scelte che lo danno, su {tried} provate"),
        };
        let perhaps = if *explains > 0 { "" } else { "forse " };
        let text = format!("{perhaps}{best}: si ha {} ({how_sure})", number(row.published, 9));
        Some((Cause::new(CauseKind::Combined, text), *explains > 0))
    }

    /// Whether a part's own published figure, which the policy gives, would be another by one of the choices.
    fn refuted(&self, row: &Row, tried: &[&Tried]) -> bool {
        let by = |tried: &&Tried| {
            let leaves = tried.leaves.as_ref().unwrap_or(&self.leaves);
            let other = |node: usize| self.trial.value(node, leaves, &tried.policy);
            row.agreeing.iter().any(|(node, published)| !gives(other(*node), *published))
        };
        tried.iter().any(by)
    }

    fn ended(&self, row: &Row, end: End, one: &Tried) -> Option<Decimal> {
        let leaves = one.leaves.as_ref().unwrap_or(&self.leaves);
        match end {
            End::Cut if one.choice.about == About::Rounding => None,
            End::Cut => {
                let cut =
                    |value: Decimal| value.round_dp_with_strategy(row.published.scale(), RoundingStrategy::ToZero);
                self.trial.value(row.node, leaves, &one.policy).map(cut)
            }
            End::OfHundred => self.trial.of_hundred(row.node, leaves, &one.policy),
        }
    }

    fn both(&self, row: &Row, one: &Tried, two: &Tried) -> Option<Decimal> {
        let policy = two.choice.applied(&one.policy);
        let leaves = match (&one.leaves, &two.leaves) {
            (None, None) => return self.trial.value(row.node, &self.leaves, &policy),
            (Some(leaves), None) | (None, Some(leaves)) => return self.trial.value(row.node, leaves, &policy),
            (Some(a), Some(b)) => (a, b),
        };
        // An indicator that one of the choices leaves alone is as the other has it.
        let leaf = |(leaf, before): (usize, &Leaf)| match (leaves.0[leaf] == *before, leaves.1[leaf] == *before) {
            (true, _) => leaves.1[leaf],
            (_, true) => leaves.0[leaf],
            _ => self.trial.leaf(leaf, &policy),
        };
        let leaves: Vec<Leaf> = self.leaves.iter().enumerate().map(leaf).collect();
        self.trial.value(row.node, &leaves, &policy)
    }
}

impl Row {
    /// Whether a value that another policy gives is the published figure.
    fn fits(&self, value: Option<Decimal>) -> bool {
        value != self.value && gives(value, self.published)
    }
}

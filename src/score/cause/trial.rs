//! What a row would be by another policy, in figures alone: the same means over the same parts, without words.

use std::collections::HashMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Key, key};
use crate::normalise::Plan;
use crate::score::context::weight;
use crate::score::days::outcome;
use crate::score::groups;
use crate::score::mean::{self, Share};
use crate::score::policy::{Policy, RoundAt, Rounding};
use crate::score::scores::{Basis, Gap, Score, Subject};

/// How deep rows are made of rows at most: entity, area, sector, objective, indicator.
const DEPTH: usize = 6;

/// An indicator's result before rounding.
pub(super) type Leaf = Result<Decimal, Gap>;

/// The rows that are tried, with everything they are made of. Nodes and leaves are only ever added, and named by their place, so
/// that a place holds.
pub(super) struct Trial<'a> {
    plan: &'a Plan,
    nodes: Vec<Node>,
    /// The indicators at the bottom, by index in [`Plan::indicators`], with the day.
    leaves: Vec<(usize, Option<Date>)>,
}

enum Node {
    /// Index in [`Trial::leaves`].
    Leaf(usize),
    /// A figure that no choice changes.
    Fixed(Result<Decimal, Gap>),
    Mean {
        of_objective: bool,
        parts: Vec<Part>,
    },
    /// Parts with the points they can give.
    Points(Vec<(usize, Decimal)>),
}

struct Part {
    node: usize,
    weight: Option<Decimal>,
    revised: Option<Decimal>,
}

/// Building a [`Trial`].
struct Builder<'a, 's> {
    trial: Trial<'a>,
    rows: HashMap<Key<'s>, &'s Score>,
    indicators: HashMap<&'a str, usize>,
    objectives: HashMap<&'a str, usize>,
    known: HashMap<Key<'s>, usize>,
}

impl<'a> Trial<'a> {
    /// For these rows; with the node of each.
    pub(super) fn new(plan: &'a Plan, scores: &[Score], rows: &[usize]) -> (Self, Vec<usize>) {
        let mut builder = Builder {
            trial: Trial { plan, nodes: Vec::new(), leaves: Vec::new() },
            rows: scores.iter().map(|score| (key(score), score)).collect(),
            indicators: plan.indicators.iter().enumerate().map(|(i, one)| (one.indicator_id.as_str(), i)).collect(),
            objectives: plan.objectives.iter().enumerate().map(|(i, one)| (one.objective_id.as_str(), i)).collect(),
            known: HashMap::new(),
        };
        let nodes = rows.iter().map(|&row| builder.row(&scores[row], DEPTH)).collect();
        (builder.trial, nodes)
    }

    /// The indicators' results by a policy, before rounding.
    pub(super) fn leaves(&self, policy: &Policy) -> Vec<Leaf> {
        (0..self.leaves.len()).map(|leaf| self.leaf(leaf, policy)).collect()
    }

    /// One indicator's result by a policy, before rounding.
    pub(super) fn leaf(&self, leaf: usize, policy: &Policy) -> Leaf {
        let (index, period) = self.leaves[leaf];
        let exact = Policy { rounding: Rounding { at: RoundAt::Never, ..policy.rounding }, ..policy.clone() };
        self.plan.indicators.get(index).map_or(Err(Gap::NoParts), |indicator| outcome(indicator, period, &exact).value)
    }

    /// The value of a node by a policy, whose indicators' results are `leaves`.
    pub(super) fn value(&self, node: usize, leaves: &[Leaf], policy: &Policy) -> Option<Decimal> {
        self.result(node, leaves, policy).ok()
    }

    /// As [`Trial::value`], with the weighted sum divided by 100 in place of the weights' sum.
    pub(super) fn of_hundred(&self, node: usize, leaves: &[Leaf], policy: &Policy) -> Option<Decimal> {
        match &self.nodes[node] {
            Node::Mean { parts, .. } => mean::of_hundred(&self.shares(parts, leaves, policy), policy),
            _ => None,
        }
    }

    /// The nodes a mean is made of, as the terms of its row.
    pub(super) fn parts(&self, node: usize) -> Vec<usize> {
        match &self.nodes[node] {
            Node::Mean { parts, .. } => parts.iter().map(|part| part.node).collect(),
            Node::Points(parts) => parts.iter().map(|(part, _)| *part).collect(),
            Node::Leaf(_) | Node::Fixed(_) => Vec::new(),
        }
    }

    fn result(&self, node: usize, leaves: &[Leaf], policy: &Policy) -> Result<Decimal, Gap> {
        match &self.nodes[node] {
            Node::Leaf(leaf) => leaves[*leaf].map(|value| policy.round_indicator(value)),
            Node::Fixed(value) => *value,
            Node::Mean { of_objective, parts } => {
                mean::value(&self.shares(parts, leaves, policy), *of_objective, policy).ok_or(Gap::NoParts)
            }
            Node::Points(parts) => {
                let point = |(part, available): &(usize, Decimal)| {
                    let achievement = self.result(*part, leaves, policy).ok();
                    (*available, groups::points(achievement, Some(*available), policy))
                };
                groups::total(parts.iter().map(point)).and_then(|total| total.value()).ok_or(Gap::NoParts)
            }
        }
    }

    fn shares(&self, parts: &[Part], leaves: &[Leaf], policy: &Policy) -> Vec<Share> {
        let share = |part: &Part| Share {
            value: self.result(part.node, leaves, policy),
            weight: part.revised.filter(|_| policy.use_revised).or(part.weight),
        };
        parts.iter().map(share).collect()
    }
}

impl<'s> Builder<'_, 's> {
    fn row(&mut self, score: &'s Score, depth: usize) -> usize {
        if let Some(known) = self.known.get(&key(score)) {
            return *known;
        }
        let own = score.value.ok_or(score.gap.unwrap_or(Gap::NoParts));
        let node = match (score.subject, score.basis) {
            _ if depth == 0 => Node::Fixed(own),
            (Subject::Indicator, Basis::Recomputed) => match self.indicators.get(score.subject_id.as_str()) {
                Some(index) => {
                    self.trial.leaves.push((*index, score.period));
                    Node::Leaf(self.trial.leaves.len() - 1)
                }
                None => Node::Fixed(own),
            },
            (Subject::Entity, Basis::Recomputed) if score.points_max.is_some() => self.points(score, depth),
            (_, Basis::Recomputed | Basis::PrintedMean) => self.mean(score, depth),
            _ => Node::Fixed(own),
        };
        self.trial.nodes.push(node);
        let place = self.trial.nodes.len() - 1;
        self.known.insert(key(score), place);
        place
    }

    fn part(&mut self, score: &'s Score, place: usize, depth: usize) -> usize {
        let term = &score.terms[place];
        // The parts of a mean of printed figures are printed figures.
        if score.basis == Basis::Recomputed {
            let key = (term.subject, term.subject_id.as_str(), score.period, Basis::Recomputed);
            if let Some(row) = self.rows.get(&key).copied() {
                return self.row(row, depth - 1);
            }
        }
        self.trial.nodes.push(Node::Fixed(term.value.ok_or(Gap::NoParts)));
        self.trial.nodes.len() - 1
    }

    fn points(&mut self, score: &'s Score, depth: usize) -> Node {
        let parts = 0..score.terms.len();
        let available = |place: usize| score.terms[place].weight.unwrap_or_default();
        Node::Points(parts.map(|place| (self.part(score, place, depth), available(place))).collect())
    }

    fn mean(&mut self, score: &'s Score, depth: usize) -> Node {
        let mut parts = Vec::new();
        for (place, term) in score.terms.iter().enumerate() {
            let node = self.part(score, place, depth);
            let (weight, revised) = match term.subject {
                Subject::Indicator => {
                    let one =
                        self.indicators.get(term.subject_id.as_str()).map(|index| &self.trial.plan.indicators[*index]);
                    (one.and_then(|one| weight(one.weight.as_ref())), None)
                }
                Subject::Objective => {
                    let one =
                        self.objectives.get(term.subject_id.as_str()).map(|index| &self.trial.plan.objectives[*index]);
                    let own = |revised: bool| {
                        one.and_then(|one| {
                            weight(if revised { one.revised_weight.as_ref() } else { one.weight.as_ref() })
                        })
                    };
                    (own(false), own(true))
                }
                _ => (term.weight, None),
            };
            parts.push(Part { node, weight, revised });
        }
        Node::Mean { of_objective: score.subject == Subject::Objective, parts }
    }
}

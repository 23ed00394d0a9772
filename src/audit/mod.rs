//! What a reader of a plan should look at: findings, each with its place, the printed words, the arithmetic and what can be
//! done.
//!
//! A rule is one file in `rules/`, with its manual; `rules::RULES` is the table of their codes. What could not be read
//! (`NON…`) and corrections that did nothing (`COR…`) are told by the families of their own.

mod corrections;
mod finding;
mod lists;
mod phrases;
mod places;
mod remarks;
mod rule;
mod rules;
mod sarif;
mod text;
mod unread;
mod view;

pub use corrections::{idle, unapplied};
pub use finding::{Finding, Quote, Related, Severity};
pub use rule::{Language, Rule, Text};
pub use rules::{RULES, rule};
pub use sarif::sarif;
pub use text::{Tally, json, summary, text};
pub use unread::unread;

use std::collections::BTreeMap;

use crate::extract::Lexicon;
use crate::normalise::Plan;
use crate::score::Scores;
use finding::gathered;
use rule::Check;
use view::View;

/// Findings of one document, in document order: those about the whole of it first.
pub fn check(plan: &Plan, scores: &Scores, lexicon: &Lexicon) -> Vec<Finding> {
    let view = View::new(plan, scores, lexicon);
    let mut out = Vec::new();
    for rule in RULES {
        if let Check::Document(check) = rule.check {
            let found = check(rule, &view);
            out.extend(settled(rule, if rule.gather.is_none() { merged(found) } else { found }));
        }
    }
    in_order(out)
}

/// What tells which other documents a document is checked beside.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'d> {
    pub document_id: &'d str,
    /// The chamber's id.
    pub entity: Option<&'d str>,
    pub year: Option<i16>,
}

impl<'d> From<&'d Plan> for Standing<'d> {
    fn from(plan: &'d Plan) -> Self {
        let card = &plan.card;
        Standing {
            document_id: &card.document_id,
            entity: card.entity.map(|entity| entity.id.as_str()),
            year: card.year,
        }
    }
}

/// A chamber's documents of a year and of the year before, by their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// Of several renditions of one document the first.
    pub before: Vec<usize>,
    pub after: Vec<usize>,
}

/// The documents that [`check_across`] has something to look at in; each comes after those of one year at most.
pub fn following(documents: &[Standing<'_>]) -> Vec<Following> {
    let mut years: BTreeMap<(&str, i16), Vec<usize>> = BTreeMap::new();
    for (place, document) in documents.iter().enumerate() {
        if let Some(year) = document.entity.zip(document.year) {
            years.entry(year).or_default().push(place);
        }
    }
    let id = |place: usize| documents.get(place).map(|document| document.document_id);
    let pair = |((entity, year), after): (&(&str, i16), &Vec<usize>)| {
        let all = years.get(&(*entity, year.checked_sub(1)?))?;
        let mut before: Vec<usize> = Vec::new();
        for place in all {
            if !before.iter().any(|other| id(*other) == id(*place)) {
                before.push(*place);
            }
        }
        Some(Following { before, after: after.clone() })
    };
    years.iter().filter_map(pair).collect()
}

/// Findings on a document beside those of its chamber's year before, as [`following`] gives them.
pub fn check_across(plan: &Plan, before: &[&Plan]) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Check::Across(check) = rule.check {
            found.extend(check(rule, plan, before));
        }
    }
    in_order(found)
}

/// The findings of a rule on a document: one that lists them all, for each severity, where the rule finds many.
fn settled(rule: &Rule, found: Vec<Finding>) -> Vec<Finding> {
    let mut out = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let of: Vec<Finding> = found.iter().filter(|f| f.severity == severity).cloned().collect();
        match rule.gather {
            Some(many) if of.len() >= many => out.extend(gathered(rule, of)),
            _ => out.extend(of),
        }
    }
    out
}

/// The findings of a rule, each fact once: what several annexes repeat with the same words is told at its first place, with the
/// others beside.
fn merged(found: Vec<Finding>) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    for finding in found {
        let same = |f: &&mut Finding| f.restates(&finding);
        match out.iter_mut().find(same) {
            Some(first) => first.also_at(finding),
            None => out.push(finding),
        }
    }
    out
}

fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| (a.order, a.code).cmp(&(b.order, b.code)));
    findings
}

/// Which findings are wanted: codes or beginnings of codes, in any case of letters.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// All where empty.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
}

impl Selection {
    /// Whether findings of a code are wanted; of a selected and an ignored beginning the longer one decides.
    pub fn wants(&self, code: &str) -> bool {
        let longest = |list: &[String]| {
            let begins = |p: &&String| code.get(..p.len()).is_some_and(|head| head.eq_ignore_ascii_case(p));
            list.iter().filter(begins).map(String::len).max()
        };
        let selected = if self.select.is_empty() { Some(0) } else { longest(&self.select) };
        selected.is_some_and(|n| longest(&self.ignore).is_none_or(|ignored| ignored < n))
    }

    /// The first of the codes that begins no rule's.
    pub fn unknown(&self) -> Option<&str> {
        let known =
            |p: &&String| RULES.iter().any(|r| r.code.get(..p.len()).is_some_and(|head| head.eq_ignore_ascii_case(p)));
        self.select.iter().chain(&self.ignore).find(|p| !known(p)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_follows_the_one_before_of_the_same_chamber() {
        let of = |document_id, entity, year| Standing { document_id, entity: Some(entity), year: Some(year) };
        let all = [
            of("b-2020", "b", 2020),
            of("a-2020", "a", 2020),
            of("a-2019", "a", 2019),
            of("a-2019", "a", 2019),
            of("a-2019-relazione", "a", 2019),
            of("a-2022", "a", 2022),
            Standing { document_id: "x", entity: None, year: Some(2020) },
            of("a-2020", "a", 2020),
        ];
        assert_eq!(following(&all), [Following { before: vec![2, 4], after: vec![1, 7] }]);
    }

    #[test]
    fn the_longer_beginning_decides() {
        let list = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        let wanted = Selection { select: list(&["COE", "acc101"]), ignore: list(&["COE1", "ACC"]) };
        assert!(wanted.wants("COE201") && wanted.wants("ACC101"));
        assert!(!wanted.wants("COE101") && !wanted.wants("ACC102") && !wanted.wants("COM101"));
        assert!(Selection::default().wants("COM101"));
        assert_eq!(Selection { select: list(&["COE", "XYZ"]), ignore: Vec::new() }.unknown(), Some("XYZ"));
    }
}

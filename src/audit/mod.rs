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

/// Findings between documents, each list as the plan of the same index. A rule looks at documents of one chamber only, so that
/// very many can be given chamber by chamber.
pub fn check_across(plans: &[&Plan]) -> Vec<Vec<Finding>> {
    let mut out: Vec<Vec<Finding>> = vec![Vec::new(); plans.len()];
    for rule in RULES {
        let Check::Across(check) = rule.check else { continue };
        for (index, finding) in check(rule, plans) {
            if let Some(list) = out.get_mut(index) {
                list.push(finding);
            }
        }
    }
    out.into_iter().map(in_order).collect()
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
    fn the_longer_beginning_decides() {
        let list = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        let wanted = Selection { select: list(&["COE", "acc101"]), ignore: list(&["COE1", "ACC"]) };
        assert!(wanted.wants("COE201") && wanted.wants("ACC101"));
        assert!(!wanted.wants("COE101") && !wanted.wants("ACC102") && !wanted.wants("COM101"));
        assert!(Selection::default().wants("COM101"));
        assert_eq!(Selection { select: list(&["COE", "XYZ"]), ignore: Vec::new() }.unknown(), Some("XYZ"));
    }
}

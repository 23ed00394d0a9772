//! Which objective stands above which: what the sheet or a printed tree says, the codes ("1.1.2" under "1.1"), or the link
//! that an objective's indicators name ("Obiettivo annuale 5.2 …").

use std::sync::LazyLock;

use regex::Regex;

use super::plan::{Objective, Plan};
use crate::extract::{Level, Lexicon};

/// How far down a level stands; `None` where the document doesn't say.
fn depth(level: Level) -> Option<u8> {
    match level {
        Level::Ente => Some(0),
        Level::Strategico => Some(1),
        Level::Annuale | Level::Strumento => Some(2),
        Level::Operativo | Level::Trasversale | Level::Individuale | Level::Dirigenziale => Some(3),
        Level::Altro => None,
    }
}

fn bare(code: &str) -> &str {
    code.trim_matches(['.', ' '])
}

/// Whether one objective can stand above another: higher up, or of one level with a code that the other's goes on.
fn above(parent: &Objective, child: &Objective, by_code: bool) -> bool {
    match (depth(parent.level), depth(child.level)) {
        (Some(parent), Some(child)) if parent != child => parent < child,
        (Some(_), Some(_)) => by_code,
        (Some(parent), None) => parent <= 2,
        (None, None) => by_code,
        (None, Some(_)) => false,
    }
}

/// Gives every objective the one above it, where the document tells.
pub(super) fn give_parents(plan: &mut Plan, lexicon: &Lexicon) {
    let parents: Vec<Option<usize>> = (0..plan.objectives.len()).map(|i| parent(plan, i, lexicon)).collect();
    for (objective, parent) in plan.objectives.iter_mut().zip(parents) {
        objective.parent = parent;
    }
}

fn parent(plan: &Plan, index: usize, lexicon: &Lexicon) -> Option<usize> {
    let child = plan.objectives.get(index)?;
    let with_code = |code: &str, level: Option<Level>, by_code: bool| {
        let fits = |o: &Objective| {
            o.code.as_deref().is_some_and(|c| bare(c) == code)
                && level.is_none_or(|level| o.level == level)
                && above(o, child, by_code)
        };
        plan.objectives.iter().enumerate().position(|(i, o)| i != index && fits(o))
    };
    if let Some(code) = &child.sheet.parent_code
        && let Some(found) = with_code(bare(code), None, false)
    {
        return Some(found);
    }
    let mut code = child.code.as_deref().map(bare).unwrap_or_default();
    while let Some((shorter, _)) = code.rsplit_once('.') {
        if let Some(found) = with_code(shorter, None, true) {
            return Some(found);
        }
        code = shorter;
    }
    let link = plan.indicators.iter().filter(|i| i.objective == Some(index)).find_map(|i| i.strategic_link.as_deref());
    if let Some((link, code)) = link.and_then(|link| Some((link, linked_code(link)?))) {
        return with_code(&code, lexicon.level(link), false).or_else(|| with_code(&code, None, false));
    }
    by_figures(plan, index, child)
}

/// The one objective of a higher level whose code has the figures that the child's goes on, under other letters: "OS1" above "OP1.2".
fn by_figures(plan: &Plan, index: usize, child: &Objective) -> Option<usize> {
    let (letters, figures) = lettered(child.code.as_deref()?)?;
    let (shorter, _) = figures.rsplit_once('.')?;
    let fits = |(other, parent): &(usize, &Objective)| {
        let code = parent.code.as_deref().and_then(lettered);
        *other != index
            && code.is_some_and(|(others, code)| others != letters && code == shorter)
            && matches!((depth(parent.level), depth(child.level)), (Some(parent), Some(child)) if parent < child)
    };
    let mut found = plan.objectives.iter().enumerate().filter(fits).map(|(other, _)| other);
    found.next().filter(|_| found.next().is_none())
}

/// The letters a code begins with and its figures: "OP1.2" is "OP", "1.2"; `None` for a code without letters.
fn lettered(code: &str) -> Option<(&str, &str)> {
    let code = bare(code);
    let (letters, figures) = code.split_at(code.find(|c: char| c.is_ascii_digit())?);
    let (letters, figures) = (letters.trim_matches(['.', ' ']), figures.trim());
    (!letters.is_empty() && letters.chars().all(char::is_alphabetic)).then_some((letters, figures))
}

/// The code in "Obiettivo annuale 5.2 Cooperazione …".
fn linked_code(link: &str) -> Option<String> {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"^\D{0,60}?\b(\d+(?:\.\d+)*)\b").expect("constant pattern")
    });
    Some(CODE.captures(link.trim())?[1].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample;

    #[test]
    fn the_code_of_a_link() {
        assert_eq!(linked_code("Obiettivo annuale 5.2 Cooperazione").as_deref(), Some("5.2"));
        assert_eq!(linked_code("Strumento 6.4 Qualità").as_deref(), Some("6.4"));
        assert_eq!(linked_code("nessuno"), None);
    }

    #[test]
    fn parents_by_code_and_level() {
        let mut plan = sample::plan(Vec::new());
        plan.objectives = vec![sample::objective("1.1.1"), sample::objective("1.1"), sample::objective("2.1.1.")];
        plan.objectives[1].level = Level::Strategico;
        give_parents(&mut plan, Lexicon::shipped());
        let parents: Vec<Option<usize>> = plan.objectives.iter().map(|o| o.parent).collect();
        assert_eq!(parents, [Some(1), None, None]);
    }

    #[test]
    fn other_letters_stand_above() {
        let mut plan = sample::plan(Vec::new());
        plan.objectives = vec![sample::objective("OS1"), sample::objective("OP1.2"), sample::objective("OP2.1")];
        plan.objectives[0].level = Level::Strategico;
        give_parents(&mut plan, Lexicon::shipped());
        let parents: Vec<Option<usize>> = plan.objectives.iter().map(|o| o.parent).collect();
        assert_eq!(parents, [None, Some(0), None]);
    }

    #[test]
    fn the_sheet_says_what_stands_above() {
        let mut plan = sample::plan(Vec::new());
        plan.objectives = vec![sample::objective("7"), sample::objective("1")];
        plan.objectives[0].sheet.parent_code = Some("1.".into());
        plan.objectives[1].level = Level::Annuale;
        give_parents(&mut plan, Lexicon::shipped());
        assert_eq!(plan.objectives[0].parent, Some(1));
        assert_eq!(plan.objectives[1].parent, None);
    }
}

//! COE224: lo stesso codice per due cose.

use super::prelude::*;
use std::collections::HashSet;

pub(super) static RULE: Rule = Rule {
    code: "COE224",
    severity: Severity::Error,
    title: Text { it: "lo stesso codice per due cose", en: "the same code for two things" },
    what: "Cerca gli obiettivi dello stesso livello con lo stesso codice e titoli diversi, e gli indicatori con lo stesso codice e nomi diversi, quando i codici contano su tutto il documento.",
    why: "Chi cita il codice non dice di quale dei due parla.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "OS3.1 «Salute economica dell'ente» e OS3.1 «Valorizzare le persone».",
    advice: Text { it: "dare a ognuno il suo codice", en: "give each its own code" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let objectives: Vec<(usize, &Objective)> = view.objectives().filter(|(i, o)| whole(view, *i, o)).collect();
    let codes: HashSet<String> = objectives.iter().filter_map(|(_, o)| code_of(o)).collect();
    // Where most codes come back, each office counts its own.
    let unique = codes.len() * 5 > objectives.len() * 4;
    for (at, (index, objective)) in objectives.iter().enumerate().filter(|_| unique) {
        let Some(code) = code_of(objective) else { continue };
        let same = |(_, other): &&(usize, &Objective)| {
            code_of(other).as_ref() == Some(&code)
                && other.level == objective.level
                && similar(&other.title, &objective.title) < 0.5
        };
        let Some((_, earlier)) = objectives.iter().take(at).find(same) else { continue };
        out.push(
            view.on_objective(rule, *index)
                .quote("titolo", "title", &earlier.title)
                .quote("titolo", "title", &objective.title)
                .says(format!("due obiettivi hanno il codice {code}"), format!("two objectives have the code {code}")),
        );
    }
    out.extend(indicators(rule, view));
    out
}

/// The code without blanks and end points, where it is one of a tree or has letters: 1, 2, 3 are numbers.
fn code_of(objective: &Objective) -> Option<String> {
    let code: String = objective.code.as_deref()?.chars().filter(|c| !c.is_whitespace()).collect();
    let code = code.trim_matches('.').to_owned();
    (code.contains('.') || code.chars().any(char::is_alphabetic)).then_some(code)
}

/// An objective that is told here, not only named.
fn whole(view: &View<'_>, index: usize, objective: &Objective) -> bool {
    view.members(index).next().is_some() && code_of(objective).is_some()
}

fn indicators(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let all: Vec<(usize, &Indicator, String)> = view
        .indicators()
        .filter(|(_, i)| i.same_as.is_none() && !i.name.is_empty())
        .filter_map(|(n, i)| Some((n, i, i.code.as_deref()?.trim_matches('.').replace(' ', ""))))
        .collect();
    let codes: HashSet<&str> = all.iter().map(|(_, _, c)| c.as_str()).collect();
    if codes.len() * 10 < all.len() * 9 || all.len() < 6 {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (at, (index, indicator, code)) in all.iter().enumerate() {
        // Two of one objective are told by the rule on its numbers.
        let same = |(_, other, c): &&(usize, &Indicator, String)| {
            let numbered = code.chars().all(|c| c.is_ascii_digit());
            let apart = other.objective != indicator.objective || indicator.objective.is_none() || !numbered;
            c == code && apart && similar(&other.name, &indicator.name) < 0.5
        };
        let Some((_, earlier, _)) = all.iter().take(at).find(same) else { continue };
        out.push(
            view.on(rule, *index)
                .quote("nome", "name", &earlier.name)
                .quote("nome", "name", &indicator.name)
                .says(format!("due indicatori hanno il codice {code}"), format!("two indicators have the code {code}")),
        );
    }
    out
}

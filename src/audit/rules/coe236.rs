//! COE236: l'obiettivo sta sotto rami diversi.

use super::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::tables;
use crate::normalise::same_office;

pub(super) static RULE: Rule = Rule {
    code: "COE236",
    severity: Severity::Info,
    title: Text { it: "l'obiettivo sta sotto rami diversi", en: "the objective stands below different branches" },
    what: "Confronta, per lo stesso obiettivo, il ramo dell'albero della performance con il collegamento strategico che la sua scheda stampa, e le schede tra loro.",
    why: "Non si sa a quale obiettivo strategico il risultato contribuisce.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Albero: sotto 5.3; scheda: «Obiettivo annuale 5.2».",
    advice: Text {
        it: "indicare lo stesso ramo nell'albero e nelle schede",
        en: "name the same branch in the tree and in the sheets",
    },
    gather: Some(12),
    check: Check::Document(check),
};

/// The place of an objective: what names it, and the codes of the branches.
struct Link<'a> {
    title: String,
    index: usize,
    /// "albero" or "scheda", as readers know it.
    of: (&'static str, &'static str),
    codes: BTreeSet<String>,
    raw: String,
    section: Option<&'a str>,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let links = links(view);
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::new();
    for (at, link) in links.iter().enumerate() {
        let differs = |other: &&Link<'_>| {
            other.title == link.title && other.codes.intersection(&link.codes).next().is_none()
                || other.title == link.title
                    && other.of == link.of
                    && link.of.1 == "sheet"
                    && same_office(other.section, link.section)
                    && other.codes != link.codes
        };
        let Some(other) = links.iter().take(at).find(differs) else { continue };
        if !told.insert(link.title.clone()) {
            continue;
        }
        let list = |l: &Link<'_>| l.codes.iter().cloned().collect::<Vec<_>>().join(", ");
        out.push(
            view.on_objective(rule, link.index)
                .quote(other.of.0, other.of.1, &other.raw)
                .quote(link.of.0, link.of.1, &link.raw)
                .says(
                    format!("{}: {}; {}: {}", other.of.0, list(other), link.of.0, list(link)),
                    format!("{}: {}; {}: {}", other.of.1, list(other), link.of.1, list(link)),
                ),
        );
    }
    out
}

/// The branches that the tree and the sheets give each objective.
fn links<'a>(view: &View<'a>) -> Vec<Link<'a>> {
    let mut out = Vec::new();
    let tree = tree(view);
    let title = |o: &Objective| bare(&o.title);
    for (index, objective) in view.objectives() {
        let title = title(objective);
        if words(&title).len() < 3 || view.usual_title(&objective.title) {
            continue;
        }
        let section = objective.section.as_deref();
        for (code, _) in tree.iter().filter(|(_, t)| *t == title) {
            let (codes, of) = (BTreeSet::from([code.clone()]), ("albero", "tree"));
            out.push(Link { title: title.clone(), index, of, codes, raw: code.clone(), section });
        }
        let raw: Vec<&str> = view.members(index).filter_map(|(_, i)| i.strategic_link.as_deref()).collect();
        let codes: BTreeSet<String> = raw.iter().flat_map(|l| codes(l)).collect();
        if !codes.is_empty() {
            out.push(Link { title, index, of: ("scheda", "sheet"), codes, raw: raw.join("; "), section });
        }
    }
    out.sort_by_key(|l| l.of.0);
    out
}

/// A title as it is compared: what stands in brackets is no name.
fn bare(title: &str) -> String {
    key(title.split(" (").next().unwrap_or_default())
}

/// The titles in the cells behind each branch of a printed tree, and in the rows that go on below it.
fn tree(view: &View<'_>) -> Vec<(String, String)> {
    static BRANCH: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"^(\d{1,2}\.\d{1,2})\.?\s+[A-ZÀ-Ù][a-zà-ù]").expect("constant pattern")
    });
    let mut out = Vec::new();
    for rows in tables(view) {
        let branch = |row: &crate::extract::Passage| {
            let at = row.cells.iter().position(|c| BRANCH.is_match(&c.raw) && c.raw.chars().count() < 200)?;
            Some((at, BRANCH.captures(&row.cells.get(at)?.raw)?[1].to_owned()))
        };
        if rows.iter().filter(|row| branch(row).is_some()).count() < 4 {
            continue;
        }
        let mut current: Option<String> = None;
        for row in rows {
            let own = branch(row);
            let from = own.as_ref().map_or(0, |(at, _)| at + 1);
            current = own.map(|(_, code)| code).or(current);
            let Some(code) = &current else { continue };
            for line in row.cells.iter().skip(from).flat_map(|c| c.raw.lines()) {
                out.push((code.clone(), bare(line)));
            }
        }
    }
    out
}

/// The codes "6.3" and "6.4" in "Strumento 6.3 … Strumento 6.4 …".
fn codes(link: &str) -> Vec<String> {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"\b\d{1,2}\.\d{1,2}\b").expect("constant pattern")
    });
    CODE.find_iter(link).map(|m| m.as_str().to_owned()).collect()
}

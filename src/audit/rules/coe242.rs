//! COE242: impegni in cifre nel testo, indicatori solo sì/no.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::counting::WORDY;
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE242",
    severity: Severity::Warning,
    title: Text {
        it: "impegni in cifre nel testo, indicatori solo sì/no",
        en: "commitments in figures in the text, only yes/no indicators",
    },
    what: "Negli obiettivi i cui indicatori chiedono solo un sì cerca nel titolo, nel testo della scheda e negli algoritmi gli impegni in cifre («almeno 40 imprese», «entro 6 giorni», «il 70% delle pratiche»).",
    why: "L'obiettivo vero è la cifra: con un sì/no non si vede se è raggiunta, né di quanto.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini concreti e chiari.",
    example: "Testo «almeno 3 eventi, almeno 40 imprese», unico indicatore «realizzazione attività secondo il progetto: sì».",
    advice: Text { it: "fare della cifra l'obiettivo dell'indicatore", en: "make the figure the indicator's target" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, objective) in view.objectives() {
        let members: Vec<(usize, &Indicator)> = view.members(index).collect();
        let answer = |i: &Indicator| {
            view.year_target(i).is_some_and(|t| t.measure.reading.kind == Kind::Boolean && t.measure.raw.len() < 8)
        };
        for (at, indicator) in members.iter().filter(|(_, i)| answer(i)) {
            let Some(algorithm) = indicator.algorithm.as_deref() else { continue };
            let limits = limits(algorithm);
            if !limits.is_empty() {
                out.push(view.on(rule, *at).quote("algoritmo", "algorithm", algorithm).says(
                    format!("l'algoritmo ha una soglia («{}»), l'obiettivo è un sì/no", limits.join("», «")),
                    format!("the algorithm has a threshold (“{}”), the target is a yes/no", limits.join("”, “")),
                ));
            }
        }
        if members.is_empty() || members.len() > 2 || !members.iter().all(|(_, i)| answer(i)) {
            continue;
        }
        let mut promised: Vec<(String, String)> = Vec::new();
        let mut source = None;
        let title = [objective.title.as_str()];
        let texts = view.plan.passages.iter().filter(|p| p.objective == Some(index)).flat_map(|p| &p.cells);
        let own = |text: &str| members.iter().any(|(_, i)| i.algorithm.as_deref() == Some(text) || i.name == text);
        for (text, place) in title.iter().map(|t| (*t, None)).chain(texts.map(|c| (c.raw.as_str(), Some(&c.source)))) {
            if own(text) {
                continue;
            }
            for (figure, sentence) in promises(text) {
                if !promised.iter().any(|(known, _)| known.to_lowercase() == figure.to_lowercase()) {
                    source = source.or(place);
                    promised.push((figure, sentence));
                }
            }
        }
        let Some((_, sentence)) = promised.first() else { continue };
        let told: Vec<&str> = promised.iter().map(|(figure, _)| figure.as_str()).take(6).collect();
        let finding = view.on_objective(rule, index);
        let finding = source.map_or(finding.clone(), |s| finding.at(s));
        out.push(finding.quote("testo", "text", &shortened(sentence)).says(
            format!("il testo promette «{}», gli indicatori chiedono solo un sì", told.join("», «")),
            format!("the text promises “{}”, the indicators only ask for a yes", told.join("”, “")),
        ));
    }
    out
}

/// "entro 6 giorni": thresholds of an algorithm.
fn limits(text: &str) -> Vec<String> {
    static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\b(?:entro|in meno di|non oltre|massimo)\s+(?:i\s+)?\d{1,3}\s*(?:giorni|gg\.?|ore)\b")
            .expect("constant pattern")
    });
    LIMIT.find_iter(text).map(|m| m.as_str().to_owned()).collect()
}

/// What a text promises in figures, with the sentence; what is done already is no promise.
fn promises(text: &str) -> Vec<(String, String)> {
    static PROMISE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(&format!(
            r"(?i)\balmeno\s+(?:(?:il|n\.?)\s*)?(?:\d{{1,3}}(?:\.\d{{3}})*|{WORDY})(?:\s?%)?\s+(?:(?:delle|dei|degli|di)\s+)?\p{{L}}{{4,}}|(?m:^)[\s•·*-]*n\.\s?\d{{1,3}}\s+(?:di\s+)?\p{{Ll}}{{4,}}"
        ))
        .expect("constant pattern")
    });
    const YEARS: [&str; 6] = ["anni", "anno", "giorni", "mesi", "mensile", "annuale"];
    let sentence = |at: usize| {
        let start = text.get(..at).and_then(|t| t.rfind(['.', '\n']).map(|n| n + 1)).unwrap_or(0);
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.get(1..).and_then(|t| t.find('\n')).map_or(rest.len(), |n| n + 1);
        rest.get(..end).unwrap_or(rest).trim().to_owned()
    };
    PROMISE
        .find_iter(text)
        .filter(|m| !YEARS.iter().any(|y| m.as_str().to_lowercase().ends_with(y)))
        .map(|m| (m.as_str().trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned(), sentence(m.start())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_and_limits() {
        let found: Vec<String> =
            promises("obiettivi previsti:\n• almeno 10 imprese beneficiarie\nn. 1 bando per contributi")
                .into_iter()
                .map(|p| p.0)
                .collect();
        assert_eq!(found, ["almeno 10 imprese", "n. 1 bando"]);
        assert_eq!(promises("evasione di almeno il 70% delle pratiche").len(), 1);
        assert!(promises("con cadenza almeno mensile; legge n. 190 del 2012; almeno tre anni").is_empty());
        assert_eq!(limits("entro 6 giorni dalla richiesta e carnet entro 10 giorni").len(), 2);
        assert!(limits("entro il 31/12").is_empty());
    }
}

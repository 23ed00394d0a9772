//! COE204: riferimento a un indicatore o a un obiettivo che non c'è.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::lists::{listed, own_number};
use crate::audit::remarks::{around, shortened};

pub(super) static RULE: Rule = Rule {
    code: "COE204",
    severity: Severity::Warning,
    title: Text {
        it: "riferimento a un indicatore o a un obiettivo che non c'è",
        en: "reference to an indicator or objective that doesn't exist",
    },
    what: "Cerca nel testo di un obiettivo i riferimenti a «l'indicatore N» e li confronta con gli indicatori \
          dell'obiettivo; e i riferimenti a «obiettivo x.y.z» con i codici del documento.",
    why: "Il testo viene di solito da un'altra scheda: la descrizione non è di questo obiettivo.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "La descrizione parla dell'«indicatore 5» in un obiettivo con un solo indicatore.",
    advice: Text {
        it: "correggere il riferimento, o aggiungere ciò che manca",
        en: "correct the reference, or add what is missing",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let everywhere: Vec<Option<u32>> =
        view.indicators().filter(|(_, i)| i.same_as.is_none()).map(|(_, i)| own_number(i.code.as_deref())).collect();
    let mut numbers = everywhere.clone();
    numbers.sort_unstable();
    numbers.dedup();
    let throughout = everywhere.len() > 5 && numbers.len() * 10 >= everywhere.len() * 9;
    for (objective, _) in view.objectives() {
        let own: Vec<Option<u32>> = view.members(objective).map(|(_, i)| own_number(i.code.as_deref())).collect();
        if own.is_empty() || own.contains(&None) {
            continue;
        }
        // Numbers that go on over the objectives are the whole document's.
        let own = if throughout { everywhere.clone() } else { own };
        let listed: Vec<u32> = listed(view, objective).into_iter().flat_map(|e| e.numbers).collect();
        let mut seen = Vec::new();
        for passage in view.plan.passages.iter().filter(|p| p.objective == Some(objective)) {
            for cell in &passage.cells {
                for line in cell.raw.lines() {
                    for n in indicators_named(line) {
                        if own.contains(&Some(n)) || listed.contains(&n) || seen.contains(&n) {
                            continue;
                        }
                        seen.push(n);
                        let there = count(own.len(), "indicatore", "indicatori");
                        out.push(
                            view.on_objective(rule, objective)
                                .at(&cell.source)
                                .quote("testo", "text", &shortened(line))
                                .says(
                                    format!("il testo parla dell'indicatore {n}, ma l'obiettivo ha {there}"),
                                    format!("the text speaks of indicator {n}, but the objective has {}", own.len()),
                                ),
                        );
                    }
                }
            }
        }
    }
    out.extend(objectives(rule, view));
    out
}

/// The numbers of "l'indicatore 5", "gli indicatori 2 e 3"; none where the words are about another objective.
fn indicators_named(line: &str) -> Vec<u32> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\b(?:l|dell|all|nell|dall|sull)['’]\s*indicatore\s+(?:n\.?\s*)?(\d{1,2})\b")
            .expect("constant pattern")
    });
    if line.to_lowercase().contains("obiettivo") {
        return Vec::new();
    }
    NAMED.captures_iter(line).filter_map(|m| m[1].parse().ok()).collect()
}

fn objectives(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\bobiettiv[oi]\s+(?:(?:operativ|strategic|specific|annual|individual)[a-z]*\s+)?(?:n\.?\s*)?((?-i:[A-Z]{0,3})\s?\d{1,2}(?:\.\d{1,2}){0,3})(?:[\s.,;:)]|$)").expect("constant pattern")
    });
    let plain =
        |code: &str| code.chars().filter(|c| !c.is_whitespace()).collect::<String>().trim_matches('.').to_uppercase();
    let codes: Vec<String> = view.plan.objectives.iter().filter_map(|o| Some(plain(o.code.as_deref()?))).collect();
    let printed = printed_codes(view);
    let numbered = codes.iter().filter(|c| c.chars().all(|c| c.is_ascii_digit())).count();
    let mut distinct = codes.clone();
    distinct.sort();
    distinct.dedup();
    // Offices that each count their objectives from 1 have no numbers of the document.
    let own_numbers = distinct.len() * 10 < codes.len() * 9;
    let mut seen: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in NAMED.captures_iter(&cell.raw) {
                let code = plain(&found[1]);
                // Codes of a shape the document doesn't use are laws' or other documents'.
                let usual = codes.iter().filter(|c| shape(c) == shape(&code)).count() > 1;
                let above = codes.iter().any(|c| c.starts_with(&format!("{code}.")));
                let bare = code.chars().all(|c| c.is_ascii_digit()) && (own_numbers || numbered < 3);
                // "Objective OS5 will be set out in June" announces one.
                let after = found.get(0).and_then(|m| cell.raw.get(m.end()..)).map(key).unwrap_or_default();
                let announced =
                    ["sara", "saranno", "verra", "verranno"].iter().any(|w| after.starts_with(&format!("{w} ")));
                if announced
                    || codes.contains(&code)
                    || above
                    || !usual
                    || bare
                    || seen.contains(&code)
                    || printed.contains(&code)
                {
                    continue;
                }
                out.push(
                    view.at(rule, passage.objective, &cell.source)
                        .quote("testo", "text", &around(sentence_of(&cell.raw, &found[0]), found[0].trim()))
                        .says(
                            format!("il testo rinvia all'obiettivo {}, che nel documento non c'è", &found[1]),
                            format!("the text refers to objective {}, which the document doesn't have", &found[1]),
                        ),
                );
                seen.push(code);
            }
        }
    }
    out
}

/// The sentence or line that holds a part of a text.
fn sentence_of<'t>(text: &'t str, part: &str) -> &'t str {
    let Some(at) = text.find(part) else { return text };
    let (before, after) = text.split_at(at + part.len());
    let start = before
        .get(..at)
        .and_then(|b| b.rfind(['\n', ';']).or_else(|| b.rfind(". ").map(|p| p + 1)))
        .map_or(0, |p| p + 1);
    let end = after.find(['\n', ';']).into_iter().chain(after.find(". ").map(|p| p + 1)).min().unwrap_or(after.len());
    text.get(start..at + part.len() + end).map_or(text, str::trim)
}

/// Letters as A, numbers as 1: "OS2.4" is "A1.1".
fn shape(code: &str) -> String {
    let mut out = String::new();
    for c in code.chars() {
        let kind = if c.is_alphabetic() {
            'A'
        } else if c.is_ascii_digit() {
            '1'
        } else {
            c
        };
        if kind != '1' || !out.ends_with('1') {
            out.push(kind);
        }
    }
    // Letters tell what is counted: "OS2" is no "OP2".
    code.chars().filter(|c| c.is_alphabetic()).collect::<String>() + &out
}

/// Codes that open a cell or a heading, as the rows of a tree or the titles of sheets do.
fn printed_codes(view: &View<'_>) -> Vec<String> {
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"^(?:(?i:obiettivo\s+(?:operativo|strategico|specifico|annuale)?\s*))?([A-Z]{0,3}\s?\d{1,2}(?:\.\d{1,2}){0,3})\.?(?:\s+[-–—:]?\s*\p{Lu}|$)")
            .expect("constant pattern")
    });
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some() || p.heading.is_some()) {
        for cell in passage.cells.iter().filter(|c| c.raw.chars().any(char::is_alphabetic)) {
            if let Some(found) = OPENS.captures(&cell.raw) {
                out.push(found[1].replace(' ', "").to_uppercase());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_indicators() {
        assert_eq!(indicators_named("l'indicatore 5: partecipazione attiva"), [5]);
        assert_eq!(indicators_named("Si precisa che per l’indicatore n. 1 l'impegno"), [1]);
        assert!(indicators_named("l'indicatore 3 dell'obiettivo 2.1.1").is_empty());
        assert!(indicators_named("Indicatore 4: nome").is_empty());
    }
}

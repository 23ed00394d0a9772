//! COE237: il testo rinvia a un altro allegato.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::tables;

pub(super) static RULE: Rule = Rule {
    code: "COE237",
    severity: Severity::Warning,
    title: Text { it: "il testo rinvia a un altro allegato", en: "the text refers to another annex" },
    what: "Confronta i rinvii «allegato A (titolo)» con l'elenco degli allegati del documento.",
    why: "Chi segue il rinvio trova un'altra cosa.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«Allegato A (Rendiconto degli obiettivi attribuiti alla dirigenza)», che nell'elenco è l'allegato D.",
    advice: Text { it: "correggere la lettera dell'allegato", en: "correct the annex's letter" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\ballegat[oi]\s+(?:tecnic[oi]\s+)?((?-i:[A-Z]))\b[^().;]{0,80}\(([^()]{12,160})\)")
            .expect("constant pattern")
    });
    let annexes = annexes(view);
    let mut out = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for passage in view.plan.passages.iter().filter(|_| annexes.len() > 2) {
        for cell in &passage.cells {
            for found in REFERENCE.captures_iter(&cell.raw) {
                let letter = &found[1];
                let fits =
                    |(_, title): &&(String, String)| covered(&found[2], title).min(covered(title, &found[2])) > 0.8;
                let Some((right, title)) = annexes.iter().find(fits) else { continue };
                let own = annexes.iter().any(|(l, t)| l == letter && covered(&found[2], t) > 0.5);
                if right == letter || own || told.contains(&found[0].to_owned()) {
                    continue;
                }
                told.push(found[0].to_owned());
                out.push(
                    view.at(rule, passage.objective, &cell.source)
                        .quote("testo", "text", &found[0])
                        .quote("elenco", "list", &format!("{right} {title}"))
                        .says(
                            format!("il testo rinvia all'allegato {letter}, ciò di cui parla è l'allegato {right}"),
                            format!("the text refers to annex {letter}, what it speaks of is annex {right}"),
                        ),
                );
            }
        }
    }
    out
}

/// The letters and titles of the list of annexes: rows "A | title".
fn annexes(view: &View<'_>) -> Vec<(String, String)> {
    for rows in tables(view) {
        let entry = |row: &&crate::extract::Passage| match &row.cells[..] {
            [letter, title]
                if letter.raw.chars().count() == 1 && letter.raw.chars().all(|c| c.is_ascii_uppercase()) =>
            {
                Some((letter.raw.clone(), title.raw.clone()))
            }
            _ => None,
        };
        let list: Vec<(String, String)> = rows.iter().filter_map(entry).collect();
        if list.len() > 2 && list.len() * 10 >= rows.len() * 8 {
            return list;
        }
    }
    Vec::new()
}

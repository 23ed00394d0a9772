//! COE226: un elenco non ha le voci annunciate.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::counting::{NUMBER, enumerated, small};
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE226",
    severity: Severity::Warning,
    title: Text { it: "un elenco non ha le voci annunciate", en: "a list doesn't have the entries announced" },
    what: "Cerca nel testo i numeri che annunciano un elenco («in tre sezioni: 1) … 2) … 3) … 4) …») e conta le voci.",
    why: "Manca una voce, ce n'è una di troppo, o il numero è di una versione precedente.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«articolata in tre sezioni: 1) … 2) … 3) … 4) …».",
    advice: Text { it: "correggere il numero, o l'elenco", en: "correct the number, or the list" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(&format!(r"(?i)\b{NUMBER}\s+([a-zà-ù]{{4,}})(?:\s+[a-zà-ù’']+){{0,4}}\s*:\s*"))
            .expect("constant pattern")
    });
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in ANNOUNCED.captures_iter(&cell.raw) {
                let (Some(whole), Some(told)) = (found.get(0), small(&found[1])) else { continue };
                let rest = cell.raw.get(whole.end()..).unwrap_or_default();
                let entries = entries(rest);
                if entries < 2 || entries == told || !(2..=20).contains(&told) {
                    continue;
                }
                // "15 pagine: 1) …: 1 pagina; 2) …: 10 pagine" counts what the entries hold.
                let noun: String = found[2].to_lowercase().chars().take(4).collect();
                let counted = rest
                    .to_lowercase()
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .windows(2)
                    .any(|w| matches!(w, [n, word] if n.parse::<u32>().is_ok() && word.starts_with(&noun)));
                if counted {
                    continue;
                }
                let quoted = cell.raw.get(whole.start()..).unwrap_or_default();
                out.push(
                    view.at(rule, passage.objective, &cell.source).quote("testo", "text", &shortened(quoted)).says(
                        format!("il testo annuncia {} {}, l'elenco ne ha {entries}", &found[1], &found[2]),
                        format!("the text announces {} “{}”, the list has {entries}", told, &found[2]),
                    ),
                );
            }
        }
    }
    out
}

/// How many entries "1) … 2) …" or "a) … b) …" a text that starts with the first one has.
fn entries(text: &str) -> u32 {
    enumerated(text, &[|n| format!("{n})"), |n| format!("{})", char::from_u32(96 + n).unwrap_or('z'))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_in_a_row() {
        assert_eq!(entries("1) norme; 2) schede; 3) domande; 4) novità"), 4);
        assert_eq!(entries("a) norme, b) schede (art. 1)"), 2);
        assert_eq!(entries("norme, schede"), 0);
    }
}

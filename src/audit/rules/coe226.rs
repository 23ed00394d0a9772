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
    what: "Cerca nel testo i numeri che annunciano un elenco («in tre sezioni: 1) … 2) … 3) … 4) …») e conta le voci; e il numero dei membri di un organo contro l'elenco dei nomi.",
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
    out.extend(members(rule, view));
    out
}

/// "la Giunta, composta dal Presidente e da n. 6 membri" against the rows under "Componenti la Giunta".
fn members(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static BODY: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(&format!(
            r"(?i)\b(giunta|consiglio|collegio|comitato|organismo)\b[^.;:]{{0,60}}\bcompost[oa]\s+da(?:l)?\s+(presidente\s+e\s+da\s+)?(?:altri\s+)?(?:n\.?\s*)?{NUMBER}\s+(?:membri|componenti|consiglieri)"
        ))
        .expect("constant pattern")
    });
    let passages = &view.plan.passages;
    let mut out = Vec::new();
    for passage in passages {
        for cell in &passage.cells {
            let Some(found) = BODY.captures(&cell.raw) else { continue };
            let (body, Some(told)) = (found[1].to_lowercase(), small(&found[3])) else { continue };
            let heads = |text: &str| {
                let text = key(text);
                (text.starts_with("component") || text.starts_with("composizione")) && text.contains(&body)
            };
            let table = passages.windows(2).find_map(|w| match w {
                [head, next] if head.table.is_none() && head.cells.first().is_some_and(|c| heads(&c.raw)) => next.table,
                _ => None,
            });
            let rows: Vec<&str> = passages
                .iter()
                .filter(|p| p.table.is_some() && p.table == table)
                .filter_map(|p| p.cells.first().map(|c| c.raw.as_str()))
                .collect();
            let chair = |row: &&&str| {
                let row = key(row);
                row.contains("presidente") && !row.contains("vice")
            };
            // Where the chair is told apart, the list may have it or not.
            let listed = rows.len() - rows.iter().filter(chair).count().min(usize::from(found.get(2).is_some()));
            let others = u32::try_from(listed).unwrap_or(0);
            if rows.len() < 3
                || others == told
                || found.get(2).is_some() && others == told + 1 && rows.iter().any(|r| chair(&r))
            {
                continue;
            }
            out.push(view.at(rule, passage.objective, &cell.source).quote("testo", "text", &found[0]).says(
                format!("il testo dice {told} membri, l'elenco ne ha {others}"),
                format!("the text says {told} members, the list has {others}"),
            ));
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

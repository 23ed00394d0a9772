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
          dell'obiettivo; i riferimenti a «obiettivo x.y.z» o «programma x.y.z» con i codici del documento; e gli obiettivi \
          strategici a cui le schede sono collegate con quelli che il documento ha.",
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

/// A code as the documents print them: "1.2.3", "OP 3.4", "D.1".
const CODE: &str = r"(?-i:[A-Z]{0,3})\s?\d{1,2}(?:\.\d{1,2}){0,3}|(?-i:[A-Z])\.\d{1,2}(?:\.\d{1,2})?";

/// A code with a point or letters, which a list may go on with.
const FURTHER: &str =
    r"(?-i:[A-Z]{1,3})\s?\d{1,2}(?:\.\d{1,2}){0,3}|\d{1,2}(?:\.\d{1,2}){1,3}|(?-i:[A-Z])\.\d{1,2}(?:\.\d{1,2})?";

fn plain(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace()).collect::<String>().trim_matches('.').to_uppercase()
}

fn objectives(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(&format!(
            r"(?i)\b(obiettiv[oi]|programm[ai])\s+(?:(?:operativ|strategic|specific|annual|individual)[a-z]*\s+)?(?:n\.?\s*)?((?:{CODE})(?:(?:\s*,\s*|\s+ed?\s+)(?:{FURTHER}))*)(?:[\s.,;:)]|$)"
        ))
        .expect("constant pattern")
    });
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
                // "Objective OS5 will be set out in June" announces one.
                let after = found.get(0).and_then(|m| cell.raw.get(m.end()..)).map(key).unwrap_or_default();
                if ["sara", "saranno", "verra", "verranno"].iter().any(|w| after.starts_with(&format!("{w} "))) {
                    continue;
                }
                // A programme is one of the tree's where it has a code of the tree.
                let programme = found[1].to_lowercase().starts_with("programm");
                for raw in found[2].split([',']).flat_map(|part| part.split(" e ")).map(str::trim) {
                    let code = own_form(&codes, &printed, plain(raw.trim_start_matches("d ")));
                    // Codes of a shape the document doesn't use are laws' or other documents'.
                    let usual =
                        codes.iter().filter(|c| shape(c) == shape(&code)).count() > 1 || lettered(&codes, &code);
                    let above = codes.iter().any(|c| c.starts_with(&format!("{code}.")));
                    let bare = code.chars().all(|c| c.is_ascii_digit()) && (own_numbers || numbered < 3 || programme);
                    if code.is_empty()
                        || codes.contains(&code)
                        || above
                        || !usual
                        || bare
                        || seen.contains(&code)
                        || printed.contains(&code)
                    {
                        continue;
                    }
                    let (it, en) =
                        if programme { ("al programma", "programme") } else { ("all'obiettivo", "objective") };
                    out.push(
                        view.at(rule, passage.objective, &cell.source)
                            .quote("testo", "text", &around(sentence_of(&cell.raw, &found[0]), found[0].trim()))
                            .says(
                                format!("il testo rinvia {it} {raw}, che nel documento non c'è"),
                                format!("the text refers to {en} {raw}, which the document doesn't have"),
                            ),
                    );
                    seen.push(code);
                }
            }
        }
    }
    out.extend(links(rule, view, &codes));
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

/// The code without the letters that only the headings print before it: "OP 3.4" where sheets are headed "OP 1.1" and known
/// as 1.1.
fn own_form(codes: &[String], printed: &[String], code: String) -> String {
    let at = code.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let (letters, digits) = code.split_at(at);
    let prefixed = |c: &String| printed.contains(&format!("{letters}{c}"));
    let lost = !letters.is_empty() && !letters.ends_with('.') && !codes.iter().any(|c| c.starts_with(letters));
    if lost && codes.iter().filter(|c| prefixed(c)).count() > 1 { digits.to_owned() } else { code }
}

/// "D.1" in a document whose objectives are A.1, B.2 and C.1: the letter is of no area.
fn lettered(codes: &[String], code: &str) -> bool {
    let form = |c: &str| {
        let mut chars = c.chars();
        chars.next().is_some_and(|c| c.is_ascii_uppercase()) && chars.next() == Some('.')
    };
    form(code) && codes.len() > 3 && codes.iter().all(|c| form(c))
}

/// Sheets that hang on a strategic objective which no list and no sheet of the document has, where the others' are there.
fn links(rule: &Rule, view: &View<'_>, codes: &[String]) -> Vec<Finding> {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(&format!(r"(?i)^obiettivo\s+strategico(?:\s+\p{{L}}+){{0,3}}\s*:?\s+({CODE})(?:[\s.,;:–-]|$)"))
            .expect("constant pattern")
    });
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(&format!(r"^({CODE})\.?(?:\s+[-–—:]?\s*\p{{L}}|$)")).expect("constant pattern")
    });
    static LISTED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules. "Obiettivi strategici: 1.1 Sostenere …; 1.2 …".
        Regex::new(&format!(r"[:;]\s*({CODE})\.?\s+[-–—:]?\s*\p{{L}}")).expect("constant pattern")
    });
    let mut linked: Vec<(String, String, &crate::extract::Passage, &crate::extract::Printed)> = Vec::new();
    let mut known: Vec<String> = codes.to_vec();
    for passage in &view.plan.passages {
        let joined = passage.cells.iter().take(2).map(|c| c.raw.as_str()).collect::<Vec<_>>().join(" ");
        let alone = passage.cells.iter().find_map(|c| Some((LINK.captures(&c.raw)?.get(1)?.as_str().to_owned(), c)));
        let pair = || Some((LINK.captures(&joined)?.get(1)?.as_str().to_owned(), passage.cells.first()?));
        if let Some((code, cell)) = alone.or_else(pair) {
            linked.push((plain(&code), joined, passage, cell));
            continue;
        }
        if passage.table.is_none() {
            let lists = passage
                .cells
                .iter()
                .flat_map(|c| LISTED.captures_iter(&c.raw).map(|m| plain(&m[1])).collect::<Vec<_>>());
            known.extend(lists);
        }
        if passage.table.is_some() || passage.heading.is_some() {
            let opens = passage.cells.iter().flat_map(|c| c.raw.lines()).filter_map(|l| ALONE.captures(l.trim()));
            known.extend(opens.map(|m| plain(&m[1])));
        }
    }
    let mut distinct: Vec<&String> = linked.iter().map(|(code, ..)| code).collect();
    distinct.sort();
    distinct.dedup();
    let there = distinct.iter().filter(|c| known.contains(c)).count();
    let lost: Vec<&&String> = distinct.iter().filter(|c| !known.contains(c)).collect();
    if there < 2 || lost.len() * 3 > there {
        return Vec::new();
    }
    let finding = |code: &String| {
        let (_, text, passage, cell) = linked.iter().find(|(c, ..)| c == code)?;
        let alike = distinct.iter().any(|c| *c != code && known.contains(c) && shape(c) == shape(code));
        alike.then(|| {
            view.at(rule, passage.objective, &cell.source).quote("riga", "row", &shortened(text)).says(
                format!("la scheda è collegata all'obiettivo strategico {code}, che nel documento non c'è"),
                format!("the sheet hangs on strategic objective {code}, which the document doesn't have"),
            )
        })
    };
    lost.into_iter().filter_map(|c| finding(c)).collect()
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
        Regex::new(r"^(?:(?i:obiettivo\s+(?:operativo|strategico|specifico|annuale)?\s*))?([A-Z]{0,3}\s?\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z]\.\d{1,2}(?:\.\d{1,2})?)\.?(?:\s+[-–—:]?\s*\p{Lu}|$)")
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

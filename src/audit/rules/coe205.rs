//! COE205: l'obiettivo ha due titoli.

use super::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::finding::gathered;
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE205",
    severity: Severity::Info,
    title: Text { it: "l'obiettivo ha due titoli", en: "the objective has two titles" },
    what: "Confronta il titolo di ogni obiettivo nella sua scheda con quello nella tabella dei pesi e con i testi quasi uguali negli altri punti del documento. È un avviso dove i due titoli parlano di fasi diverse.",
    why: "Con due titoli non si sa quale fase o quale ambito dell'attività si valuta.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Tabella: «… seconda fase»; scheda: «… TERZA FASE».",
    advice: Text { it: "usare lo stesso titolo", en: "use the same title" },
    gather: None,
    check: Check::Document(check),
};

const ORDINALS: [&str; 12] = [
    "prima", "seconda", "terza", "quarta", "quinta", "sesta", "primo", "secondo", "terzo", "quarto", "quinto", "sesto",
];

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?is)^obiettivo\s+\w+\s+(?:n\.?\s*)?(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(.{8,})$")
            .expect("constant pattern")
    });
    let mut seen: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some()) {
        for cell in &passage.cells {
            let Some(found) = NAMED.captures(cell.raw.trim()) else { continue };
            let code = |o: &Objective| o.code.as_deref().map(|c| c.trim_matches('.').to_owned());
            let Some((index, objective)) = view.objectives().find(|(_, o)| code(o).as_deref() == Some(&found[1]))
            else {
                continue;
            };
            // The row of the sheet itself, or a row that goes on with other things.
            if passage.objective == Some(index) || seen.contains(&index) {
                continue;
            }
            let (sheet, list) = (objective.title.as_str(), &found[2]);
            let (a, b) = (words(sheet), words(list));
            let only = |x: &[String], y: &[String]| {
                x.iter().filter(|w| !y.contains(w) && *w != "progetto").cloned().collect::<Vec<_>>()
            };
            let (more, less) = (only(&a, &b), only(&b, &a));
            // A word cut in two is the same word.
            let same_letters = sheet.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
                == list.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
            if more.is_empty() && less.is_empty()
                || same_letters
                || is_short(list, sheet)
                || similar(sheet, list) < 0.3
                || key(list).contains("obiettivo")
            {
                continue;
            }
            seen.push(index);
            let ordinal = |list: &[String]| list.iter().any(|w| ORDINALS.contains(&w.as_str()));
            let finding = view.on_objective(rule, index).quote("scheda", "sheet", sheet).quote(
                "tabella dei pesi",
                "table of weights",
                list,
            );
            out.push(if ordinal(&more) && ordinal(&less) {
                finding.weighs(Severity::Warning).says(
                    format!(
                        "la tabella dei pesi e la scheda parlano di fasi diverse: «{}» e «{}»",
                        less.join(" "),
                        more.join(" ")
                    ),
                    "the table of weights and the sheet speak of different phases",
                )
            } else {
                finding.says(
                    "il titolo nella tabella dei pesi non è quello della scheda",
                    "the title in the table of weights is not the sheet's",
                )
            });
        }
    }
    out.extend(gathered(rule, spelt(rule, view, &seen)).map(|finding| {
        let n = finding.related.len();
        match n {
            1 => finding.says(
                "un titolo è scritto in un altro modo in un altro punto del documento",
                "a title is written otherwise in another place",
            ),
            _ => finding.says(
                format!("{n} titoli sono scritti in un altro modo in un altro punto del documento"),
                format!("{n} titles are written otherwise in other places"),
            ),
        }
    }));
    out
}

/// How near two titles must be to be one, 0 to 1.
const NEAR: f64 = 0.84;

/// A title as it is looked for.
struct Title<'a> {
    index: usize,
    objective: &'a Objective,
    plain: String,
    letters: String,
    digits: String,
    stems: Vec<String>,
}

/// Titles that stand elsewhere with other letters or words.
fn spelt(rule: &Rule, view: &View<'_>, told: &[usize]) -> Vec<Finding> {
    let titles: Vec<Title<'_>> = view
        .objectives()
        .map(|(index, objective)| {
            let plain = plain(&objective.title);
            let (letters, digits) = (letters(&plain), digits(&plain));
            Title { index, objective, plain, letters, digits, stems: stems(&objective.title) }
        })
        .filter(|title| title.plain.chars().count() > 14 && title.stems.len() > 2)
        .collect();
    let known: HashSet<&str> = titles.iter().map(|t| t.plain.as_str()).collect();
    // The titles a stem stands in, once for each time it stands there.
    let mut with: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, title) in titles.iter().enumerate() {
        for stem in &title.stems {
            with.entry(stem).or_default().push(at);
        }
    }
    let mut seen: HashSet<String> = HashSet::new();
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in passage.cells.iter().filter(|cell| !is_entry(passage, cell)) {
            for line in cell.raw.lines() {
                let (number, text) = bare(line);
                let other = plain(text);
                let length = other.chars().count();
                if !(12..400).contains(&length) || known.contains(other.as_str()) || !seen.insert(other.clone()) {
                    continue;
                }
                let words = stems(text);
                let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
                for stem in words.iter().collect::<HashSet<_>>() {
                    for at in with.get(stem.as_str()).into_iter().flatten() {
                        *shared.entry(*at).or_default() += 1;
                    }
                }
                let (letters, digits) = (letters(&other), digits(&other));
                let near = |(at, shared): (usize, usize)| {
                    let title = titles.get(at)?;
                    let own = title.stems.len();
                    // With another number before it, it is another objective's.
                    let code = title.objective.code.as_deref();
                    let near = shared * 10 >= own.max(words.len()) * 6
                        && !letters.starts_with(&title.letters)
                        && title.digits == digits
                        && !code.is_some_and(|c| !number.is_empty() && figures(c) != figures(number))
                        && (shared == own && own == words.len()
                            || strsim::normalized_levenshtein(&title.plain, &other) >= NEAR)
                        && !is_short(text, &title.objective.title);
                    near.then_some(title)
                };
                let Some(title) = shared.into_iter().find_map(near).filter(|t| !told.contains(&t.index)) else {
                    continue;
                };
                out.push(
                    view.on_objective(rule, title.index)
                        .at(&cell.source)
                        .quote("scheda", "sheet", &title.objective.title)
                        .quote("altrove", "elsewhere", text),
                );
            }
        }
    }
    out
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The numbers of a code, without letters, spaces and zeros before them.
fn figures(code: &str) -> Vec<String> {
    let parts = code.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty());
    parts.map(|p| p.trim_start_matches('0').to_owned()).collect()
}

/// Whether a cell is what a sheet prints beside a label that names no title: "Risultati attesi | …".
fn is_entry(passage: &Passage, cell: &Printed) -> bool {
    let [label, value] = &passage.cells[..] else { return false };
    if !std::ptr::eq(value, cell) || passage.table.is_none() {
        return false;
    }
    let label = key(&label.raw);
    let title = ["obiettiv", "titol", "progett", "denominazion", "descrizion"].iter().any(|w| label.contains(w));
    !title && label.chars().any(char::is_alphabetic) && label.split(' ').count() < 5
}

/// Whether a text is a title told shorter: with words cut at a point ("coord.") or initials, and none of its own.
fn is_short(text: &str, title: &str) -> bool {
    let of = |t: &str| key(t).split(' ').map(str::to_owned).collect::<Vec<String>>();
    let (own, all) = (of(text), of(title));
    let cut: Vec<String> = text.split_whitespace().filter(|w| w.ends_with('.')).map(key).collect();
    let initials: String = words(title).iter().filter_map(|w| w.chars().next()).collect();
    let mut marked = false;
    let known = |word: &String| {
        if all.contains(word) {
            return Some(false);
        }
        let abbreviated = cut.contains(word) && all.iter().any(|w| w.starts_with(word.as_str()));
        let acronym = word.len() > 2 && text.contains(&word.to_uppercase()) && initials.contains(word.as_str());
        (abbreviated || acronym).then_some(true)
    };
    for word in &own {
        match known(word) {
            Some(mark) => marked |= mark,
            None if word.len() < 4 && !all.is_empty() && own.len() < all.len() && marked => {}
            None => return false,
        }
    }
    own.len() < all.len() && marked
}

/// A title without "Obiettivo operativo 1.2 –" before it and brackets behind it, with the number before it.
fn bare(text: &str) -> (&str, &str) {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)^\s*(?:obiettiv[oi]\b\s*(?:operativ[oi]|strategic[oi]|annual[ei]|specific[oi]|individual[ei]|trasversal[ei])?\s*)?(?:n\.\s*)?([a-z]{0,3}\s?\d[\d.]*)?\s*[-–—:]*\s*")
            .expect("constant pattern")
    });
    let Some(found) = BEFORE.captures(text) else { return ("", text.trim()) };
    let (start, number) = (found.get(0).map_or(0, |m| m.end()), found.get(1).map_or("", |m| m.as_str()));
    (number, text.get(start..).unwrap_or(text).trim())
}

/// A title as it is compared: without "Progetto:" before it and brackets behind it.
fn plain(title: &str) -> String {
    static PROJECT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)^\W*progetto\s*:\s*").expect("constant pattern")
    });
    let title = PROJECT.replace(title, "");
    let title: &str = &title;
    let without =
        title.split_once('(').filter(|(head, _)| head.trim().chars().count() > 14).map_or(title, |(head, _)| head);
    key(without)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorter_is_not_other() {
        let title = "Misure di monitoraggio e coordinamento del Piano triennale di prevenzione della corruzione e della trasparenza con il Piano della performance";
        assert!(is_short(
            "Misure di monitoraggio e coord. PTP corruzione e trasparenza con Piano della performance",
            title
        ));
        assert!(!is_short("Iniziative di supporto mediante bandi camerali", "Iniziative di supporto mediante bandi"));
        assert_eq!(figures("E01"), figures("1."));
        assert_eq!(bare("Obiettivo E01 - Attivare un sistema"), ("E01", "Attivare un sistema"));
    }
}

//! Figures that the prose tells of what indicators measure.

use std::sync::LazyLock;

use regex::Regex;

use super::prelude::*;
use crate::extract::Printed;

/// A figure with the clause around it.
pub(super) struct Clause<'a> {
    pub raw: &'a str,
    pub value: Decimal,
    pub percent: bool,
    pub text: &'a str,
    pub cell: &'a Printed,
}

/// Stems that say nothing of what is counted.
const COMMON: [&str; 12] = [
    "numero", "percen", "valore", "indice", "grado", "livell", "realiz", "propor", "camera", "attivi", "totale",
    "propri",
];

/// The figures of the running text with their clauses; tables have their own. Years, dates and numbers of laws are none.
pub(super) fn clauses<'a>(view: &View<'a>) -> Vec<Clause<'a>> {
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(\s?%)?").expect("constant pattern")
    });
    static BREAK: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"[.;:]\s|,\s|\n|\s(?:mentre|nonché|e)\s(?:gli|le|i|la|il|lo|l['’]|ha|sono|è|ne)\b")
            .expect("constant pattern")
    });
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_none() && p.heading.is_none()) {
        for cell in passage.cells.iter().filter(|c| c.raw.chars().count() > 60) {
            for found in FIGURE.captures_iter(&cell.raw) {
                let (Some(whole), Some(figure)) = (found.get(0), found.get(1)) else { continue };
                let (before, after) = (
                    cell.raw.get(..whole.start()).unwrap_or_default(),
                    cell.raw.get(whole.end()..).unwrap_or_default(),
                );
                let lower = before.to_lowercase();
                let cited = [
                    "n.",
                    "n. ",
                    "art. ",
                    "par. ",
                    "capitolo ",
                    "obiettivo ",
                    "indicatore ",
                    "scheda ",
                    "/",
                    "-",
                    "dal ",
                    "al ",
                ]
                .iter()
                .any(|w| lower.ends_with(w));
                let plain = figure.as_str().len() == 4
                    && figure.as_str().parse::<u16>().is_ok_and(|y| (1990..2060).contains(&y));
                // "12.07.2019" and "1.5" are a day and a paragraph.
                let inner = after.strip_prefix('.').is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()))
                    || before.ends_with('.') && before.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
                let promised = ["almeno", "almeno n.", "fino a", "di cui", "di cui n.", "circa", "oltre", "scala"]
                    .iter()
                    .any(|w| lower.trim_end().ends_with(w));
                if cited
                    || inner
                    || promised
                    || plain
                    || after.starts_with(['/', '°', '^'])
                    || before.ends_with(char::is_alphanumeric)
                {
                    continue;
                }
                let Ok(value) = figure.as_str().replace('.', "").replace(',', ".").parse::<Decimal>() else { continue };
                let start = BREAK.find_iter(before).last().map_or(0, |m| m.end());
                let end = BREAK.find(after).map_or(cell.raw.len(), |m| whole.end() + m.start());
                let Some(text) = cell.raw.get(start..end) else { continue };
                out.push(Clause { raw: whole.as_str(), value, percent: found.get(2).is_some(), text, cell });
            }
        }
    }
    out
}

/// Whether a clause tells of what an indicator measures: nearly all words of the name that say something stand in it.
pub(super) fn tells_of(indicator: &Indicator, clause: &Clause<'_>) -> bool {
    let stem = |w: String| w.chars().take(5).collect::<String>();
    let said: Vec<String> = words(clause.text).into_iter().map(stem).collect();
    let bare = indicator.name.split('(').next().unwrap_or_default();
    let meant = |w: &String| {
        !COMMON.contains(&w.chars().take(6).collect::<String>().as_str()) && !w.chars().any(|c| c.is_ascii_digit())
    };
    let name: Vec<String> = words(bare).into_iter().filter(meant).map(stem).collect();
    let shared = name.iter().filter(|w| said.contains(w)).count();
    // What is counted stands right behind the figure, or the clause ends with it: "52 imprese …", "… sono state 37".
    let behind = clause.text.split_once(clause.raw).map_or("", |(_, rest)| rest).trim_start();
    let next = words(behind).into_iter().next().map(stem);
    let unit = ["giorn", "euro", "punti", "ore"].iter().any(|u| behind.to_lowercase().starts_with(u))
        || behind.starts_with("gg");
    let head = name.first().is_some_and(|first| next.as_ref() == Some(first));
    let closes = !behind.contains(char::is_alphabetic);
    shared > 1 && shared * 10 >= name.len() * 8 && (head || unit || closes || clause.percent)
}

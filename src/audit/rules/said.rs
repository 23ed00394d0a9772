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
    stems: Vec<String>,
    /// What is counted stands right behind the figure: "52 imprese …".
    next: Option<String>,
    /// The clause ends with the figure or its unit: "… sono state 37".
    ends: bool,
}

impl<'a> Clause<'a> {
    fn new(raw: &'a str, value: Decimal, percent: bool, text: &'a str, cell: &'a Printed) -> Self {
        let behind = text.split_once(raw).map_or("", |(_, rest)| rest).trim_start();
        let unit = ["giorn", "euro", "punti", "ore"].iter().any(|u| behind.to_lowercase().starts_with(u))
            || behind.starts_with("gg");
        Clause {
            raw,
            value,
            percent,
            text,
            cell,
            stems: words(text).into_iter().map(stem).collect(),
            next: words(behind).into_iter().next().map(stem),
            ends: unit || !behind.contains(char::is_alphabetic),
        }
    }
}

/// How far from a figure its clause may begin and end, in bytes.
const REACH: usize = 1_000;

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
                let (Some(whole), Some(printed)) = (found.get(0), found.get(1)) else { continue };
                // What is said of a figure stands near it, however long the paragraph.
                let from = cell.raw.floor_char_boundary(whole.start().saturating_sub(REACH));
                let to = cell.raw.ceil_char_boundary(cell.raw.len().min(whole.end() + REACH));
                let (before, after) = (
                    cell.raw.get(from..whole.start()).unwrap_or_default(),
                    cell.raw.get(whole.end()..to).unwrap_or_default(),
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
                let plain = printed.as_str().len() == 4
                    && printed.as_str().parse::<u16>().is_ok_and(|y| (1990..2060).contains(&y));
                // "n. 16 tirocini" counts, "n. 12 del" is an act.
                let next = after.trim_start();
                let act = ["del", "in ", "e ", "di "].iter().any(|w| next.starts_with(w))
                    || !next.starts_with(char::is_lowercase);
                let cited = cited || lower.trim_end().ends_with("n.") && act;
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
                let Some(value) = value_of(printed.as_str()) else { continue };
                let start = BREAK.find_iter(before).last().map_or(from, |m| from + m.end());
                let end = BREAK.find(after).map_or(to, |m| whole.end() + m.start());
                let Some(text) = cell.raw.get(start..end) else { continue };
                out.push(Clause::new(whole.as_str(), value, found.get(2).is_some(), text, cell));
            }
        }
    }
    out
}

/// What is compared of two words of a clause.
fn stem(word: String) -> String {
    word.chars().take(5).collect()
}

/// What an indicator measures: the stems of the words of its name that say something.
pub(super) struct Subject(Vec<String>);

impl Subject {
    pub fn of(indicator: &Indicator) -> Self {
        let bare = indicator.name.split('(').next().unwrap_or_default();
        let common = |w: &String| COMMON.contains(&w.chars().take(6).collect::<String>().as_str());
        let meant = |w: &String| !common(w) && !w.chars().any(|c| c.is_ascii_digit());
        Subject(words(bare).into_iter().filter(meant).map(stem).collect())
    }

    /// Whether a clause tells of it: nearly all of its words stand there.
    pub fn is_in(&self, clause: &Clause<'_>) -> bool {
        let shared = self.0.iter().filter(|w| clause.stems.contains(w)).count();
        let head = self.0.first().is_some_and(|first| clause.next.as_ref() == Some(first));
        shared > 1 && shared * 10 >= self.0.len() * 8 && (head || clause.ends || clause.percent)
    }
}

//! Values told in one text: several years in a cell, an indicator in a sentence, a result behind it.

use std::sync::LazyLock;

use regex::Regex;

use super::{numbered_name, pattern};
use crate::document::fold;

/// The values that one cell holds for several years: "baseline 12 Anno:2021--->=12 Anno:2022---≥2".
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::extract) struct YearlyTargets {
    pub baseline: Option<String>,
    /// The words that name the year, and the value.
    pub targets: Vec<(String, String)>,
}

/// Reads a cell with a baseline and targets by year; `None` where no year is named.
pub(in crate::extract) fn yearly_targets(text: &str) -> Option<YearlyTargets> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\banno\s*:?\s*(?:19|20)\d\d\s*:?"));
    static BASE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?is)^\s*base\s*line\s*:?\s*(.*)$"));
    let text = fold(text);
    let marks: Vec<_> = YEAR.find_iter(&text).collect();
    let first = marks.first()?;
    let mut out = YearlyTargets::default();
    if let Some(base) = BASE.captures(text.get(..first.start())?) {
        out.baseline = Some(base[1].trim().to_owned()).filter(|b| !b.is_empty());
    }
    for (i, mark) in marks.iter().enumerate() {
        let end = marks.get(i + 1).map_or(text.len(), |m| m.start());
        let value = text.get(mark.end()..end)?.trim();
        // Dashes lead from the year to its value; a value that is a dash itself stays.
        let bare = value.trim_start_matches(['-', '–', '—', '→']).trim();
        let value = if bare.is_empty() { value } else { bare };
        if !value.is_empty() {
            out.targets.push((fold(mark.as_str()), value.to_owned()));
        }
    }
    Some(out)
}

/// An indicator told in a sentence: "1) name = 7 (target >= 2, peso 25)".
#[derive(Debug, Clone, PartialEq)]
pub(in crate::extract) struct Narrative {
    pub code: Option<String>,
    pub name: String,
    pub target: String,
    pub weight: String,
    /// Empty where the value stands elsewhere.
    pub actual: String,
}

/// Reads an indicator told in a sentence, from all the text that belongs to it.
pub(in crate::extract) fn narrative(text: &str) -> Option<Narrative> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?is)^(?P<before>.*?)\(\s*target\s*(?P<target>.*?)\s*[,;]\s*peso\s*[:=]?\s*(?P<weight>[\d.,]+\s*%?)\s*\)\s*(?P<after>.*)$",
        )
    });
    static TAIL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?is)^(?P<name>.*?)\s+(?:=\s*(?P<value>[^=]+)|(?P<bare>s[iì]|no|(?:oltre\s+)?\d[\d.,]*\s*(?:%|€)?))\s*$",
        )
    });
    let text = fold(text);
    let form = FORM.captures(&text)?;
    let strip = |value: &str| value.trim().trim_start_matches('=').trim().to_owned();
    let (code, before) =
        numbered_name(form["before"].trim_matches(|c: char| c == '-' || c == '*' || c.is_whitespace()));
    let mut actual = strip(&form["after"]);
    let mut name = before;
    if actual.is_empty()
        && let Some(tail) = TAIL.captures(&name.clone())
    {
        actual = tail.name("value").or(tail.name("bare")).map_or(String::new(), |m| strip(m.as_str()));
        name = tail["name"].to_owned();
    }
    let target = form["target"].trim_start_matches(':').trim().to_owned();
    Some(Narrative { code, name, target, weight: fold(&form["weight"]), actual })
}

/// Cuts a text before a printed result of the objective ("… (target = SI, peso 50) PERFORMANCE RAGGIUNTA 100%.") and after it;
/// `None` where there is nothing to cut.
pub(in crate::extract) fn cut_before_result(text: &str, phrases: &[String]) -> Option<(String, String)> {
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*[:=]?\s*\d{1,3}(?:[.,]\d+)?\s*%?\s*\.?\**"));
    // Lower case keeps the length of these ASCII phrases, and of Italian letters.
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let (start, end) = phrases.iter().find_map(|phrase| {
        let start = lower.find(phrase.as_str())?;
        let after = start + phrase.len();
        let figure = FIGURE.find(text.get(after..)?)?;
        Some((start, after + figure.end()))
    })?;
    let before = text.get(..start)?.trim_end_matches(|c: char| c.is_whitespace() || c == '*');
    let rest = text.get(end..)?;
    if !before.is_empty() {
        return Some((before.to_owned(), text.get(start..)?.to_owned()));
    }
    (!rest.trim().is_empty()).then(|| (text[..end].to_owned(), rest.trim().to_owned()))
}

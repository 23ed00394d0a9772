//! ATT109: una data dell'altro semestre.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::dates::days;

pub(super) static RULE: Rule = Rule {
    code: "ATT109",
    severity: Severity::Info,
    title: Text { it: "una data dell'altro semestre", en: "a date of the other half-year" },
    what: "Nei commenti divisi in «primo semestre» e «secondo semestre» cerca le date che stanno sotto il semestre sbagliato.",
    why: "La voce è contata nel periodo sbagliato, o la data è sbagliata.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Sotto «Secondo semestre»: «27.05.2019».",
    advice: Text { it: "spostare la voce, o correggere la data", en: "move the entry, or correct the date" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static HALF: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(primo|secondo|1°|2°|I|II)\s+semestre\b[^:.]{0,20}:").expect("constant pattern")
    });
    let Some(year) = view.plan.card.year else { return Vec::new() };
    let mut out = Vec::new();
    for (index, indicator) in view.indicators().filter(|(_, i)| i.same_as.is_none()) {
        let Some(note) = indicator.note.as_deref() else { continue };
        let marks: Vec<(usize, bool)> = HALF
            .captures_iter(note)
            .filter_map(|m| Some((m.get(0)?.end(), matches!(m[1].to_lowercase().as_str(), "primo" | "1°" | "i"))))
            .collect();
        let misplaced = days(note).into_iter().find_map(|day| {
            let date = day.date.filter(|d| d.year() == year)?;
            let (_, first) = marks.iter().rev().find(|(at, _)| *at <= day.start)?;
            // What was convened or decided earlier stands in brackets or behind "del".
            let before = note.get(..day.start).unwrap_or_default().trim_end();
            let cited = [" del", " dal", " al", " il", "("].iter().any(|w| before.ends_with(w));
            ((date.month() <= 6) != *first && !cited).then_some((day.raw, *first))
        });
        let Some((raw, first)) = misplaced else { continue };
        let (it, en) = if first { ("primo", "first") } else { ("secondo", "second") };
        out.push(view.on(rule, index).quote("commento", "comment", raw).says(
            format!("sotto «{it} semestre» sta una data dell'altro semestre: {raw}"),
            format!("under the {en} half-year stands a date of the other one: {raw}"),
        ));
    }
    out
}

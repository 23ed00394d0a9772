//! Whether a document says why a target was missed.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::lists::own_number;
use crate::audit::remarks::remarks;

/// Whether a note, a comment or a paragraph tells the cause of what an indicator missed.
pub(super) fn cause(view: &View<'_>, index: usize, indicator: &Indicator) -> bool {
    let Some(indicator) = view.plan.indicators.get(index).or(Some(indicator)) else { return false };
    let source = |text: &str| ["fonte", "dato", "dati"].iter().any(|w| key(text).split(' ').next() == Some(w));
    let noted = indicator.note.as_deref().is_some_and(|n| words(n).len() > 2 && !source(n));
    noted
        || commented(view, indicator)
        || in_remarks(view, indicator)
        || by_number(view, indicator)
        || in_prose(view, indicator)
}

/// A row "K12 | what was missed and why": the code stands alone in the first cell.
fn commented(view: &View<'_>, indicator: &Indicator) -> bool {
    const LONG: usize = 30;
    let Some(code) = indicator.code.as_deref().filter(|c| c.chars().any(char::is_alphabetic) && c.len() > 1) else {
        return false;
    };
    view.plan.passages.iter().filter(|p| p.table.is_some() && p.cells.len() < 4).any(|p| {
        let opens = p.cells.first().is_some_and(|c| key(&c.raw) == key(code));
        opens && p.cells.iter().skip(1).any(|c| c.raw.chars().count() > LONG && is_cause(view, &c.raw))
    })
}

/// A comment "Indicatore 3: …" of the objective.
fn in_remarks(view: &View<'_>, indicator: &Indicator) -> bool {
    let number = own_number(indicator.code.as_deref());
    let Some(objective) = indicator.objective.filter(|_| number.is_some()) else { return false };
    let own = |r: &crate::audit::remarks::Remark| Some(r.number) == number;
    remarks(view, objective).iter().filter(|r| own(r)).any(|r| r.lines.iter().any(|l| is_cause(view, l)))
}

/// A paragraph that names the indicator by its number, where the numbers go on beyond nine: "in particolare all'indicatore n. 14".
fn by_number(view: &View<'_>, indicator: &Indicator) -> bool {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:indicatore|obiettivo)\s+n\.?\s*(\d{2,3})\b").expect("constant pattern")
    });
    let Some(number) = own_number(indicator.code.as_deref()).filter(|n| *n > 9) else { return false };
    let names = |text: &str| NAMED.captures_iter(text).any(|m| m[1].parse() == Ok(number));
    let prose = view.plan.passages.iter().filter(|p| p.table.is_none()).flat_map(|p| &p.cells);
    prose.into_iter().any(|c| names(&c.raw) && is_cause(view, &c.raw))
}

/// A passage with words of the name and of a cause: of the objective's own text half of them do, elsewhere most must stand in one
/// sentence.
fn in_prose(view: &View<'_>, indicator: &Indicator) -> bool {
    const LONG: usize = 50;
    let several = words(&indicator.name).len() > 1;
    view.plan.passages.iter().any(|p| {
        let own = p.objective.is_some() && p.objective == indicator.objective;
        let long = p.cells.iter().filter(|c| c.raw.chars().count() > LONG);
        long.flat_map(|c| c.raw.split_inclusive(['\n', ';']).flat_map(|s| s.split_inclusive(". "))).any(|sentence| {
            let shared = covered(&indicator.name, sentence);
            let alone = p.table.is_none() || p.cells.len() < 3;
            let tells = own && alone && shared >= 0.4 || several && shared >= 0.6;
            tells && is_cause(view, sentence)
        })
    })
}

fn is_cause(view: &View<'_>, text: &str) -> bool {
    said(text, &view.phrases.causes).is_some()
}

//! ATT102: l'obiettivo è di un altro anno.

use super::prelude::*;
use crate::audit::finding::gathered;

pub(super) static RULE: Rule = Rule {
    code: "ATT102",
    severity: Severity::Warning,
    title: Text { it: "l'obiettivo è di un altro anno", en: "the target is for another year" },
    what: "Cerca gli indicatori i cui obiettivi sono tutti intestati a un anno prima di quello del documento; dice una volta sola ogni intestazione.",
    why: "L'intestazione non aggiornata fa pensare a obiettivi copiati dall'anno prima.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Relazione 2019, colonna «Target 2018».",
    advice: Text { it: "correggere l'anno nell'intestazione", en: "correct the year in the heading" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let Some(year) = view.plan.card.year else { return Vec::new() };
    let last = |i: &Indicator| i.targets.iter().filter_map(|t| t.period.map(|p| p.year())).max();
    let mut headed: Vec<(i16, Vec<usize>)> = Vec::new();
    for (index, indicator) in view.indicators() {
        let Some(last) = last(indicator).filter(|last| *last < year) else { continue };
        match headed.iter_mut().find(|(known, _)| *known == last) {
            Some((_, list)) => list.push(index),
            None => headed.push((last, vec![index])),
        }
    }
    let mut out: Vec<Finding> =
        headed.iter().filter_map(|(last, list)| stale(rule, view, (*last, year), list)).collect();
    // The years of several targets, and those that most indicators with as many have.
    let years = |i: &Indicator| {
        let first = i.targets.iter().filter(|t| !t.revised);
        let mut years: Vec<i16> = first.filter_map(|t| t.period.map(|p| p.year())).collect();
        years.dedup();
        years
    };
    let all: Vec<(usize, Vec<i16>)> =
        view.indicators().map(|(n, i)| (n, years(i))).filter(|(_, y)| y.len() > 1 && y.contains(&year)).collect();
    for (index, own) in &all {
        let peers = all.iter().filter(|(_, y)| y.len() == own.len());
        let often = |y: &Vec<i16>| peers.clone().filter(|(_, other)| other == y).count();
        let Some((_, usual)) = peers.clone().max_by_key(|(_, y)| often(y)) else { continue };
        if usual != own && often(usual) * 3 > peers.clone().count() * 2 && often(own) * 4 < often(usual) {
            let told = |y: &[i16]| y.iter().map(i16::to_string).collect::<Vec<_>>().join(", ");
            out.push(view.on(rule, *index).says(
                format!(
                    "gli obiettivi sono intestati agli anni {}, quelli degli altri indicatori agli anni {}",
                    told(own),
                    told(usual)
                ),
                format!("the targets are headed {}, those of the other indicators {}", told(own), told(usual)),
            ));
        }
    }
    out
}

/// What is told of a heading of another year: the indicators under it are listed.
fn stale(rule: &Rule, view: &View<'_>, (last, year): (i16, i16), list: &[usize]) -> Option<Finding> {
    let one = |index: &usize| {
        let finding = view.on(rule, *index);
        match view.plan.indicators.get(*index).and_then(|i| i.targets.last()) {
            Some(target) => finding.at(&target.measure.source).quote("obiettivo", "target", &target.measure.raw),
            None => finding,
        }
    };
    let n = list.len();
    let finding = match list {
        [only] => one(only),
        several => gathered(rule, several.iter().map(one).collect())?,
    };
    let heading = heading(view, last).map(|h| format!(" («{h}»)")).unwrap_or_default();
    let (it, en) = match n {
        1 => Default::default(),
        n => (format!(" ({n} indicatori)"), format!(" ({n} indicators)")),
    };
    Some(finding.says(
        format!("la colonna dell'obiettivo è intestata al {last}{heading}, il documento è del {year}{it}"),
        format!("the target's column is headed {last}{heading}, the document is of {year}{en}"),
    ))
}

/// The heading of a column of targets that has a year.
fn heading<'a>(view: &View<'a>, year: i16) -> Option<&'a str> {
    const LONG: usize = 60;
    let year = year.to_string();
    let cells = view.plan.passages.iter().filter(|p| p.table.is_some()).flat_map(|p| &p.cells);
    let heads = |raw: &str| {
        matches!(view.field(raw), Some(Field::Target | Field::RevisedTarget))
            || ["target", "obiettiv", "attes", "programmat"].iter().any(|w| key(raw).contains(w))
    };
    let mut found = cells.map(|c| c.raw.as_str()).filter(|raw| raw.chars().count() < LONG && raw.contains(&year));
    found.find(|raw| heads(raw))
}

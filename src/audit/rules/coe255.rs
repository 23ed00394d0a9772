//! COE255: la stessa voce ha più etichette, o un altro ordine.

use super::prelude::*;
use std::collections::BTreeMap;

use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE255",
    severity: Severity::Info,
    title: Text {
        it: "la stessa voce ha più etichette, o un altro ordine",
        en: "one entry with several labels, or in another order",
    },
    what: "Confronta le etichette delle schede fatte allo stesso modo: cerca l'intestazione che in alcune tabelle ha un altro nome, l'etichetta scritta quasi come le altre, e le voci che stanno in un altro ordine.",
    why: "Con due nomi non si sa se il dato è lo stesso; con un altro ordine si legge un valore per un altro.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«Target storico di riferimento» in quaranta riquadri, «Base Line» in sei.",
    advice: Text { it: "usare la stessa etichetta e lo stesso ordine", en: "use the same label and the same order" },
    gather: Some(3),
    check: Check::Document(check),
};

/// How often a form of a heading stands, where first, and in which of its cells.
type Form<'a> = (usize, &'a Passage, usize);

/// Two entries that follow each other, how often, and where first.
type Pair<'a> = ((Field, Field), usize, &'a Passage);

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = headings(rule, view);
    out.extend(spelt(rule, view));
    out.extend(order(rule, view));
    out
}

/// A label without its number, year and colon.
fn plain(text: &str) -> String {
    let letters: String = text.chars().map(|c| if c.is_ascii_digit() { ' ' } else { c }).collect();
    let words: Vec<String> =
        key(&letters).split(' ').filter(|w| !w.is_empty() && *w != "anno").map(str::to_owned).collect();
    words.join(" ")
}

/// Header rows that are the same but for one cell, which means the same.
fn headings(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    // By the heading beside and the side it stands on: the forms of the one, with how often and where first.
    let mut forms: BTreeMap<(String, bool), BTreeMap<String, Form<'_>>> = BTreeMap::new();
    for row in view.plan.passages.iter().filter(|p| p.table.is_some() && p.cells.len() > 1) {
        let cells: Vec<String> = row.cells.iter().map(|c| plain(&c.raw)).collect();
        let known = row.cells.iter().filter(|c| c.raw.chars().count() < 60 && view.field(&c.raw).is_some()).count();
        let head = known == row.cells.len() || row.cells.len() > 3 && known * 10 >= row.cells.len() * 7;
        if !head {
            continue;
        }
        for (at, own) in cells.iter().enumerate() {
            let next = cells.get(at + 1).map(|c| (c.clone(), true));
            let beside = next.or_else(|| Some((cells.get(at.checked_sub(1)?)?.clone(), false)));
            let Some(beside) = beside.filter(|(b, _)| !b.is_empty() && !own.is_empty()) else { continue };
            forms.entry(beside).or_default().entry(own.clone()).or_insert((0, row, at)).0 += 1;
        }
    }
    let mut out = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for forms in forms.values() {
        let Some((usual, (most, common, place))) = forms.iter().max_by_key(|(_, (n, ..))| *n) else { continue };
        let Some(common) = common.cells.get(*place) else { continue };
        for (form, (n, row, at)) in forms.iter().filter(|(f, _)| *f != usual) {
            let Some(cell) = row.cells.get(*at) else { continue };
            let (own, theirs) = (view.field(&cell.raw), view.field(&common.raw));
            let part = |a: &str, b: &str| a.split(' ').all(|w| b.split(' ').any(|other| other == w));
            // An abbreviation is no other label.
            let short = |a: &str, b: &str| {
                a.split(' ').count() == b.split(' ').count()
                    && a.split(' ').zip(b.split(' ')).all(|(a, b)| b.starts_with(a))
            };
            // A label that a page's end cut is no other label.
            let cut = usual.starts_with(form.as_str()) && !cell.raw.contains(':') && form.ends_with(" di");
            let same = own.is_some() && own == theirs || part(form, usual) || part(usual, form);
            // "Obiettivo 2 – its title" names what a table is about.
            let titled = |c: &Printed| {
                let words = key(&c.raw);
                let number = words.strip_prefix("obiettivo ").and_then(|rest| rest.split(' ').next());
                c.raw.chars().count() >= 60 || number.is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()))
            };
            if *most < 3
                || n * 5 > *most * 3
                || told.contains(form)
                || !same
                || cut
                || titled(cell)
                || titled(common)
                || short(form, usual)
                || short(usual, form)
            {
                continue;
            }
            told.push(form.clone());
            out.push(
                view.at(rule, row.objective, &cell.source)
                    .quote("intestazione", "heading", &cell.raw)
                    .quote("nelle altre", "elsewhere", &common.raw)
                    .says(
                        format!("la stessa colonna si chiama «{}» ({n}) e «{}» ({most})", cell.raw, common.raw),
                        format!("the same column is called “{}” ({n}) and “{}” ({most})", cell.raw, common.raw),
                    ),
            );
        }
    }
    out
}

/// A label that differs from a usual one by a letter or two.
fn spelt(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut labels: BTreeMap<String, (usize, &Passage)> = BTreeMap::new();
    for row in view.plan.passages.iter().filter(|p| p.table.is_some() && p.objective.is_some()) {
        if let Some(cell) = row.cells.first().filter(|c| c.raw.chars().count() < 60)
            && plain(&cell.raw).chars().count() > 7
            && !key(&cell.raw).starts_with("obiettivo")
        {
            labels.entry(plain(&cell.raw)).or_insert((0, row)).0 += 1;
        }
    }
    let mut out = Vec::new();
    for (form, (n, row)) in labels.iter().filter(|(_, (n, _))| *n < 3) {
        let near = labels.iter().find(|(other, (m, _))| {
            *m >= 10
                && *m >= n * 8
                && *other != form
                && strsim::levenshtein(form, other) <= 2
                && form.split(' ').count() == other.split(' ').count()
        });
        let (Some((other, (m, _))), Some(cell)) = (near, row.cells.first()) else { continue };
        out.push(view.at(rule, row.objective, &cell.source).quote("etichetta", "label", &cell.raw).says(
            format!("l'etichetta è scritta «{form}» ({n}) invece di «{other}» ({m})"),
            format!("the label is written “{form}” ({n}) instead of “{other}” ({m})"),
        ));
    }
    out
}

/// Entries that stand in another order than in nearly all sheets.
fn order(rule: &Rule, view: &View<'_>) -> Option<Finding> {
    let rows: Vec<(usize, Field, &Passage)> = view
        .plan
        .passages
        .iter()
        .filter(|p| p.table.is_some() && p.cells.len() <= 2)
        .filter_map(|p| {
            let label = p.cells.first().filter(|c| c.raw.chars().count() < 40)?;
            Some((p.objective?, view.field(&label.raw)?, p))
        })
        .collect();
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for pair in rows.windows(2) {
        let [(one, a, _), (two, b, row)] = pair else { continue };
        if one != two || a == b {
            continue;
        }
        match pairs.iter_mut().find(|(known, _, _)| *known == (*a, *b)) {
            Some(known) => known.1 += 1,
            None => pairs.push(((*a, *b), 1, row)),
        }
    }
    let odd: Vec<(&Pair<'_>, usize)> = pairs
        .iter()
        .filter_map(|p| {
            let usual = pairs.iter().find(|q| q.0 == (p.0.1, p.0.0)).map_or(0, |q| q.1);
            (usual >= 8 && p.1 * 5 <= usual).then_some((p, usual))
        })
        .collect();
    let ((_, _, row), _) = odd.first()?;
    let n: usize = odd.iter().map(|(p, _)| p.1).sum();
    let label = row.cells.first()?;
    Some(view.at(rule, row.objective, &label.source).quote("voce", "entry", &label.raw).says(
        format!(
            "le voci stanno in un altro ordine che nelle altre schede ({})",
            if n == 1 { "una volta".to_owned() } else { format!("{n} volte") }
        ),
        format!("the entries stand in another order than in the other sheets ({n} times)"),
    ))
}

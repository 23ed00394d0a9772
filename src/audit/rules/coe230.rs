//! COE230: le stesse tabelle hanno intestazioni diverse.

use super::grids::{figure, tables};
use super::prelude::*;
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE230",
    severity: Severity::Info,
    title: Text { it: "le stesse tabelle hanno intestazioni diverse", en: "the same tables have other headings" },
    what: "Confronta le intestazioni delle tabelle che sono uguali in tutte le colonne meno una: cerca l'anno diverso, la forma diversa, l'intestazione ripetuta o il segnaposto al posto di un'intestazione. Un anno diverso e un'intestazione ripetuta o persa sono un avviso.",
    why: "Una colonna con un'altra intestazione può contenere un altro dato; un anno sbagliato cambia il senso delle cifre.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«Val. att. 2021» in una tabella, «Val. att. 2022» nelle altre due.",
    advice: Text { it: "usare la stessa intestazione", en: "use the same heading" },
    gather: None,
    check: Check::Document(check),
};

/// A header row: its cells, compared and printed.
struct Header<'a> {
    row: &'a Passage,
    keys: Vec<String>,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let headers = headers(view);
    let mut out = Vec::new();
    let mut told: Vec<(String, String)> = Vec::new();
    for header in &headers {
        let others: Vec<(usize, &Header)> = headers.iter().filter_map(|h| Some((apart(header, h)?, h))).collect();
        // The form that most tables have is the usual one.
        let mut others = others;
        others.sort_by_key(|(_, other)| std::cmp::Reverse(headers.iter().filter(|h| h.keys == other.keys).count()));
        for (column, other) in &others {
            if told.iter().any(|(own, _)| header.row.cells.get(*column).is_some_and(|c| *own == key(&c.raw))) {
                continue;
            }
            let (Some(cell), Some(usual)) = (header.row.cells.get(*column), other.row.cells.get(*column)) else {
                continue;
            };
            let (own, theirs) = (key(&cell.raw), key(&usual.raw));
            let count = |text: &str| {
                let same =
                    |h: &&Header| h.keys.len() == header.keys.len() && h.keys.get(*column).is_some_and(|k| k == text);
                headers
                    .iter()
                    .filter(same)
                    .filter(|h| apart(header, h) == Some(*column) || h.keys == header.keys)
                    .count()
            };
            let (mine, rest) = (count(&own), count(&theirs));
            let pair = (own.clone(), theirs.clone());
            if mine >= rest || told.contains(&pair) {
                continue;
            }
            let Some(severity) = kind(view, header, *column, cell, usual) else { continue };
            told.push(pair);
            out.push(
                view.at(rule, header.row.objective, &cell.source)
                    .weighs(severity)
                    .quote("intestazione", "heading", &cell.raw)
                    .quote("nelle altre", "elsewhere", &usual.raw)
                    .says(
                        format!(
                            "l'intestazione è «{}»; in {rest} tabelle fatte allo stesso modo è «{}»",
                            cell.raw, usual.raw
                        ),
                        format!(
                            "the heading is “{}”; in {rest} tables of the same make it is “{}”",
                            cell.raw, usual.raw
                        ),
                    ),
            );
        }
    }
    out.extend(emptied(rule, view, &headers));
    out.extend(blank(rule, view, &headers));
    out
}

/// Header rows that lack one heading of a make that many tables have, with texts below the gap.
fn blank(rule: &Rule, view: &View<'_>, headers: &[Header<'_>]) -> Vec<Finding> {
    let mut out = Vec::new();
    for header in headers {
        let gap = |other: &&Header| {
            let missing = other.keys.len() == header.keys.len() + 1;
            let at =
                (1..other.keys.len()).find(|at| header.keys.get(*at) != other.keys.get(*at)).filter(|_| missing)?;
            let rest = other.keys.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, k)| k);
            let column = *other.row.columns.get(at)?;
            (rest.eq(header.keys.iter()) && !header.row.columns.contains(&column)).then_some((at, column))
        };
        let Some((usual, (at, column))) = headers.iter().find_map(|h| Some((h, gap(&h)?))) else { continue };
        let many = headers.iter().filter(|h| h.keys == usual.keys).count();
        let filled =
            view.plan.passages.iter().any(|p| {
                p.table == header.row.table && p.objective == header.row.objective && p.columns.contains(&column)
            });
        let (Some(cell), Some(name)) = (header.row.cells.first(), usual.row.cells.get(at)) else { continue };
        if many < 5 || !filled {
            continue;
        }
        out.push(view.at(rule, header.row.objective, &cell.source).quote("nelle altre", "elsewhere", &name.raw).says(
            format!("una colonna non ha intestazione; in {many} tabelle fatte allo stesso modo è «{}»", name.raw),
            format!("a column has no heading; in {many} tables of the same make it is “{}”", name.raw),
        ));
    }
    out
}

/// Headers in which a sign stands in the place of the words that others have.
fn emptied(rule: &Rule, view: &View<'_>, headers: &[Header<'_>]) -> Vec<Finding> {
    let mut out = Vec::new();
    for header in headers.iter().filter(|h| h.keys.iter().any(String::is_empty)) {
        let fits = |h: &&Header| {
            h.keys.len() == header.keys.len()
                && h.keys.iter().all(|k| !k.is_empty())
                && header.keys.iter().zip(&h.keys).all(|(own, other)| own.is_empty() || own == other)
        };
        let whole = header.keys.iter().any(|k| !k.is_empty());
        let Some(usual) = headers.iter().find(fits).filter(|_| whole) else { continue };
        if headers.iter().filter(|h| h.keys == usual.keys).count() < 3 {
            continue;
        }
        let Some(cell) = header.row.cells.first() else { continue };
        let line = |h: &Header| h.row.cells.iter().map(|c| c.raw.as_str()).collect::<Vec<_>>().join(" | ");
        out.push(
            view.at(rule, header.row.objective, &cell.source)
                .quote("intestazione", "heading", &line(header))
                .quote("nelle altre", "elsewhere", &line(usual))
                .says(
                    format!("al posto di un'intestazione sta «{}»", cell.raw),
                    format!("“{}” stands in the place of a heading", cell.raw),
                ),
        );
    }
    out
}

/// Rows that head a table: the first two without figures, or any with three known headings.
fn headers<'a>(view: &View<'a>) -> Vec<Header<'a>> {
    let mut out = Vec::new();
    for rows in tables(view) {
        for (at, row) in rows.iter().enumerate() {
            let short = row.cells.iter().all(|c| c.raw.chars().count() < 60);
            let bare = row.cells.iter().all(|c| figure(&c.raw).is_none());
            let known = row.cells.iter().filter(|c| view.field(&c.raw).is_some()).count();
            if row.cells.len() > 2 && bare && (at < 2 && short || known > 2) {
                // The first cell of a sheet's table is its title.
                let title = |n: usize, c: &'a Printed| n == 0 && known > 2 && view.field(&c.raw).is_none();
                let keys = row.cells.iter().enumerate();
                let keys = keys.map(|(n, c)| if title(n, c) { "*".to_owned() } else { key(&c.raw) }).collect();
                out.push(Header { row, keys });
            }
        }
    }
    out
}

/// The one column in which two headers of one make differ.
fn apart(a: &Header, b: &Header) -> Option<usize> {
    if a.keys.len() != b.keys.len() {
        return None;
    }
    let mut others = a.keys.iter().zip(&b.keys).enumerate().filter(|(_, (x, y))| x != y).map(|(at, _)| at);
    let first = others.next()?;
    others.next().is_none().then_some(first)
}

/// How much the difference matters; `None` where the two headings are of different columns.
fn kind<'a>(
    view: &View<'a>,
    header: &Header<'a>,
    column: usize,
    cell: &'a Printed,
    usual: &'a Printed,
) -> Option<Severity> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let letters = |text: &str| key(text).chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (own, theirs) = (letters(&cell.raw), letters(&usual.raw));
    if own == theirs && digits(&cell.raw) != digits(&usual.raw) {
        // The rules on targets and starting values of another year tell those that were read as such.
        let told = matches!(view.field(&cell.raw), Some(Field::Target | Field::Baseline));
        // A heading without a year leaves it to the document.
        let both = !digits(&cell.raw).is_empty() && !digits(&usual.raw).is_empty();
        return (!told && both).then_some(Severity::Warning);
    }
    if own.is_empty()
        || header.row.cells.iter().enumerate().any(|(at, c)| at != column && key(&c.raw) == key(&cell.raw))
    {
        return Some(Severity::Warning);
    }
    // A year or a bracket more is the same heading, told in full.
    let short = |c: &Printed| letters(c.raw.split(['(', ':']).next().unwrap_or_default());
    // A heading that breaks off is the same one, cut.
    if theirs.starts_with(&own) || own.starts_with(&theirs) {
        return None;
    }
    let field = |c: &'a Printed| view.field(&c.raw);
    (field(cell).is_some() && field(cell) == field(usual) && short(cell) != short(usual)).then_some(Severity::Info)
}

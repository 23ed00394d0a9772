//! ACC133: una cifra non torna con il conto della sua tabella.

use super::prelude::*;

use super::grids::{Figure, cell_at, figure, tables};
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "ACC133",
    severity: Severity::Warning,
    title: Text {
        it: "una cifra non torna con il conto della sua tabella",
        en: "a figure doesn't follow from its table's calculation",
    },
    what: "Cerca le tabelle in cui una colonna è il rapporto o il prodotto di altre due in quasi tutte le righe, e segnala le \
          righe in cui non lo è.",
    why: "Il conto è stampato accanto alle sue parti: una delle tre cifre è sbagliata.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Preventivo 18.000, consuntivo 12.060, utilizzo 76,00%: 12.060 / 18.000 è 67,00%.",
    advice: Text { it: "rifare il conto della riga", en: "redo the row's calculation" },
    gather: Some(6),
    check: Check::Document(check),
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    /// Percentage of the first in the second.
    Share,
    Product,
}

/// A row of figures by column.
struct Line<'a> {
    row: &'a Passage,
    cells: Vec<(u32, &'a Printed, Figure)>,
}

/// The most columns that a calculation is looked for in: each is tried with each two others.
const MOST: usize = 24;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    // Indicators have rules of their own.
    let names: Vec<String> = view.indicators().map(|(_, i)| key(&i.name)).collect();
    let mut groups: Vec<(String, Vec<Line<'_>>)> = Vec::new();
    for rows in tables(view) {
        let Some((header, body)) = rows.split_first() else { continue };
        if rows.iter().flat_map(|r| &r.cells).any(|c| names.contains(&key(&c.raw))) || header.cells.len() < 3 {
            continue;
        }
        // Sister tables share their headings, but for years.
        let letters = |c: &Printed| key(&c.raw).chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        let name = header.cells.iter().skip(1).map(letters).collect::<Vec<_>>().join("|");
        let lines: Vec<Line<'_>> = body.iter().map(|row| line(row)).filter(|l| l.cells.len() > 2).collect();
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, list)) => list.extend(lines),
            None => groups.push((name, lines)),
        }
    }
    groups.iter().flat_map(|(_, lines)| of_lines(rule, view, lines)).collect()
}

fn line<'a>(row: &'a Passage) -> Line<'a> {
    let of = |column: &u32| {
        let cell = cell_at(row, *column)?;
        // "9 – medio" has its figure first.
        let bare = cell.raw.split([' ', '\n']).next().unwrap_or_default();
        let worded = cell.raw.contains(['–', '-', '(']) && bare.chars().all(|c| c.is_ascii_digit());
        let found = figure(&cell.raw).or_else(|| figure(bare).filter(|_| worded))?;
        Some((*column, cell, found))
    };
    Line { row, cells: row.columns.iter().filter_map(of).collect() }
}

fn of_lines(rule: &Rule, view: &View<'_>, lines: &[Line<'_>]) -> Vec<Finding> {
    let mut columns: Vec<u32> = lines.iter().flat_map(|l| l.cells.iter().map(|c| c.0)).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.len() > MOST {
        return Vec::new();
    }
    let mut best: Option<(How, u32, u32, u32, usize)> = None;
    for &result in &columns {
        for (at, &first) in columns.iter().enumerate().filter(|(_, c)| **c != result) {
            for &second in columns.iter().skip(at + 1).filter(|c| **c != result) {
                let ways = [(How::Share, first, second), (How::Share, second, first), (How::Product, first, second)];
                for (how, a, b) in ways {
                    let right = lines.iter().filter(|l| holds(l, how, a, b, result) == Some(true)).count();
                    if best.is_none_or(|(.., most)| right > most) {
                        best = Some((how, a, b, result, right));
                    }
                }
            }
        }
    }
    let Some((how, a, b, result, right)) = best else { return Vec::new() };
    let wrong: Vec<&Line<'_>> = lines.iter().filter(|l| holds(l, how, a, b, result) == Some(false)).collect();
    if right < 3 || wrong.len() * 3 > right {
        return Vec::new();
    }
    wrong.into_iter().filter_map(|l| finding(rule, view, l, how, a, b, result)).collect()
}

fn at(line: &Line<'_>, column: u32) -> Option<Figure> {
    line.cells.iter().find(|c| c.0 == column).map(|c| c.2)
}

/// What the row's calculation gives; `None` where it says nothing.
fn reckoned(line: &Line<'_>, how: How, a: u32, b: u32) -> Option<Decimal> {
    let (x, y) = (at(line, a)?, at(line, b)?);
    if x.percent || y.percent || x.value <= Decimal::ZERO || y.value <= Decimal::ZERO {
        return None;
    }
    match how {
        How::Share => Some(x.value / y.value * Decimal::ONE_HUNDRED),
        // Times one says nothing.
        How::Product => (x.value != Decimal::ONE && y.value != Decimal::ONE).then(|| x.value * y.value),
    }
}

fn holds(line: &Line<'_>, how: How, a: u32, b: u32, result: u32) -> Option<bool> {
    let (value, printed) = (reckoned(line, how, a, b)?, at(line, result)?);
    if how == How::Product && printed.percent || how == How::Share && !printed.percent && printed.places == 0 {
        return None;
    }
    let rounding = if how == How::Product { Decimal::ZERO } else { Decimal::new(6, printed.places + 1) };
    Some((value - printed.value).abs() <= rounding)
}

fn finding(rule: &Rule, view: &View<'_>, line: &Line<'_>, how: How, a: u32, b: u32, result: u32) -> Option<Finding> {
    let value = reckoned(line, how, a, b)?;
    let cell = |column: u32| line.cells.iter().find(|c| c.0 == column).map(|c| c.1);
    let (first, second, printed) = (cell(a)?, cell(b)?, cell(result)?);
    let label = line.row.cells.first().map_or("", |c| c.raw.as_str());
    let (sign, unit) = if how == How::Share { ("/", "%") } else { ("×", "") };
    let told = format!("{} {sign} {} = {}{unit}", first.raw, second.raw, italian(value, 2));
    Some(
        view.at(rule, line.row.objective, &printed.source)
            .quote("riga", "row", label)
            .quote("stampato", "printed", &printed.raw)
            .says(
                format!(
                    "la riga stampa {}; come nelle altre righe il conto dà {}{unit}",
                    printed.raw,
                    italian(value, 2)
                ),
                format!(
                    "the row prints {}; reckoned as in the other rows it is {}{unit}",
                    printed.raw,
                    italian(value, 2)
                ),
            )
            .reckons(told),
    )
}

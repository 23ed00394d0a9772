//! COE113: i pesi di una tabella non fanno 100.

use super::prelude::*;

use super::grids::{cell_at, figure, tables};
use crate::extract::{Lexicon, Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE113",
    severity: Severity::Warning,
    title: Text { it: "i pesi di una tabella non fanno 100", en: "a table's weights don't add up to 100" },
    what: "Somma le percentuali sotto un'intestazione «peso» nelle tabelle che non hanno una riga di totale.",
    why: "Il risultato complessivo non si può calcolare.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Prospettive con pesi 35%, 25%, 20% e 25%: la somma è 105.",
    advice: Text { it: "correggere i pesi", en: "correct the weights" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    tables(view)
        .iter()
        .flat_map(|rows| {
            let whole = of_table(rule, view, rows);
            if whole.is_some() { whole.into_iter().collect() } else { of_groups(rule, view, rows) }
        })
        .collect()
}

/// The lines under one cell of the first column ("dott.ssa Rossi" over her objectives), where the weights of another such cell make
/// 100 and theirs don't.
fn of_groups(rule: &Rule, view: &View<'_>, rows: &[&Passage]) -> Vec<Finding> {
    let Some((head, rest)) = rows.split_first() else { return Vec::new() };
    let weight = head.cells.iter().position(|c| key(&c.raw).starts_with("peso"));
    let (Some(column), Some(first)) = (weight.and_then(|at| head.columns.get(at)), head.columns.first()) else {
        return Vec::new();
    };
    let other =
        head.cells.iter().any(|c| matches!(view.field(&c.raw), Some(Field::Indicator | Field::Target | Field::Actual)));
    let mut groups: Vec<(&Printed, Vec<(&Printed, Decimal)>)> = Vec::new();
    for row in rest {
        if let Some(name) = cell_at(row, *first) {
            groups.push((name, Vec::new()));
        }
        let weight = cell_at(row, *column).and_then(|c| Some((c, figure(&c.raw)?.value)));
        match (groups.last_mut(), weight) {
            (Some((_, list)), Some(weight)) => list.push(weight),
            _ => return Vec::new(),
        }
    }
    let sum = |list: &[(&Printed, Decimal)]| list.iter().map(|(_, w)| w).sum::<Decimal>();
    let whole = groups.iter().any(|(_, list)| list.len() > 1 && sum(list) == Decimal::ONE_HUNDRED);
    if other || !whole {
        return Vec::new();
    }
    let off = |list: &[(&Printed, Decimal)]| (sum(list) - Decimal::ONE_HUNDRED).abs() >= Decimal::ONE;
    let wrong = groups.iter().filter(|(_, list)| list.len() > 1 && off(list));
    let finding = |(name, list): &(&Printed, Vec<(&Printed, Decimal)>)| {
        let terms: Vec<String> = list.iter().map(|(_, w)| italian(*w, 4)).collect();
        let sum = italian(sum(list), 4);
        let named = cut(&name.raw);
        view.at(rule, head.objective, &name.source)
            .quote("riga", "row", &named)
            .says(
                format!("nella tabella i pesi di «{named}» fanno {sum}, non 100"),
                format!("in the table the weights of “{named}” add up to {sum}, not 100"),
            )
            .reckons(format!("{} = {sum}", terms.join(" + ")))
    };
    wrong.map(finding).collect()
}

fn of_table(rule: &Rule, view: &View<'_>, rows: &[&Passage]) -> Option<Finding> {
    let (head, rest) = rows.split_first()?;
    let weighs = |c: &&Printed| key(&c.raw).split(' ').any(|w| ["peso", "pesi", "ponderazione"].contains(&w));
    let at = head.cells.iter().position(|c| weighs(&c))?;
    let column = *head.columns.get(at)?;
    // Tables of indicators and of executives have rules of their own.
    let other =
        head.cells.iter().any(|c| matches!(view.field(&c.raw), Some(Field::Indicator | Field::Target | Field::Actual)));
    let total = rest.iter().any(|r| r.cells.iter().any(|c| Lexicon::starts_with(&c.raw, &view.phrases.sums)));
    let weights: Vec<(&Printed, Decimal)> = rest
        .iter()
        .filter_map(|r| cell_at(r, column))
        .filter_map(|c| Some((c, figure(&c.raw).filter(|f| f.percent)?.value)))
        .collect();
    let sum: Decimal = weights.iter().map(|(_, w)| w).sum();
    let off = (sum - Decimal::ONE_HUNDRED).abs();
    let rounded = off < Decimal::ONE;
    if other || total || weights.len() < 3 || weights.len() != rest.len() || rounded || off > Decimal::from(20) {
        return None;
    }
    let mut finding = view.at(rule, head.objective, &head.cells.get(at)?.source);
    for (cell, _) in &weights {
        finding = finding.quote("peso", "weight", &cell.raw);
    }
    let terms: Vec<String> = weights.iter().map(|(_, w)| italian(*w, 4)).collect();
    let sum = italian(sum, 4);
    Some(
        finding
            .says(
                format!("i {} pesi della tabella fanno {sum}, non 100", weights.len()),
                format!("the table's {} weights add up to {sum}, not 100", weights.len()),
            )
            .reckons(format!("{} = {sum}", terms.join(" + "))),
    )
}

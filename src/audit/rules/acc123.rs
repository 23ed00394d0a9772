//! ACC123: una percentuale non torna con le sue cifre.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::RoundingStrategy;

use super::grids::{Figure, figure, tables};
use crate::extract::{Lexicon, Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "ACC123",
    severity: Severity::Info,
    title: Text { it: "una percentuale non torna con le sue cifre", en: "a percentage doesn't fit its figures" },
    what: "Nelle tabelle con una colonna di numeri e una di percentuali ricalcola le percentuali sul totale; nel testo, le quote «del totale» sui totali stampati.",
    why: "La percentuale è arrotondata male, o una delle cifre è di un'altra versione.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "13.315 imprese su 117.576 «rappresentano l'11,2% del totale»: sono l'11,3%.",
    advice: Text { it: "ricalcolare la percentuale", en: "recalculate the percentage" },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let all = tables(view);
    let mut out: Vec<Finding> = all.iter().flat_map(|rows| of_table(rule, view, rows)).collect();
    out.extend(of_prose(rule, view, &all));
    out
}

fn percent(part: Decimal, whole: Decimal, places: u32) -> Option<Decimal> {
    let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(share.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
}

fn told_wrong(finding: Finding, part: Decimal, whole: Decimal, printed: &str) -> Option<Finding> {
    let right = italian(part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?, 2);
    let (part, whole) = (italian(part, 4), italian(whole, 4));
    Some(
        finding
            .says(
                format!("{part} su {whole} fa {right}%; è stampato {printed}"),
                format!("{part} of {whole} makes {right}%; {printed} is printed"),
            )
            .reckons(format!("{part} / {whole} × 100 = {right}")),
    )
}

/// A row "label | count | percent".
struct Share<'a> {
    row: &'a Passage,
    label: &'a Printed,
    printed: &'a Printed,
    count: Decimal,
    share: Figure,
}

impl<'a> Share<'a> {
    fn of(view: &View<'_>, row: &'a Passage) -> Option<Share<'a>> {
        let [label, count, printed] = &row.cells[..] else { return None };
        let (n, share) = (figure(&count.raw)?, figure(&printed.raw)?);
        let total = Lexicon::starts_with(&label.raw, &view.phrases.sums);
        let counted = share.percent && !n.percent && n.places == 0 && !total;
        counted.then_some(Share { row, label, printed, count: n.value, share })
    }
}

/// Rows "label | count | percent" whose percents are the counts' shares of their sum, but for a few.
fn of_table(rule: &Rule, view: &View<'_>, rows: &[&Passage]) -> Vec<Finding> {
    let found: Vec<Share<'_>> = rows.iter().filter_map(|row| Share::of(view, row)).collect();
    let whole: Decimal = found.iter().map(|f| f.count).sum();
    let shares: Decimal = found.iter().map(|f| f.share.value).sum();
    if found.len() < 3 || (shares - Decimal::ONE_HUNDRED).abs() > Decimal::TWO {
        return Vec::new();
    }
    // Where the shares make exactly 100, one of them is rounded the other way so that they do.
    let step = |f: &Share<'_>| Decimal::new(1, f.share.places);
    let made = shares == Decimal::ONE_HUNDRED;
    let fits = |f: &Share<'_>, s: Decimal| s == f.share.value || made && (s - f.share.value).abs() <= step(f);
    let off = |f: &&Share<'_>| percent(f.count, whole, f.share.places).is_some_and(|s| !fits(f, s));
    let wrong: Vec<&Share<'_>> = found.iter().filter(off).collect();
    if wrong.len() * 2 > found.len() {
        return Vec::new();
    }
    let finding = |f: &&Share<'_>| {
        let finding = view.at(rule, f.row.objective, &f.printed.source).quote("riga", "row", &f.label.raw).quote(
            "percentuale",
            "percentage",
            &f.printed.raw,
        );
        told_wrong(finding, f.count, whole, &f.printed.raw)
    };
    wrong.iter().filter_map(finding).collect()
}

/// "13.315 … rappresentano l'11,2% del totale", by the totals that the tables print.
fn of_prose(rule: &Rule, view: &View<'_>, all: &[Vec<&Passage>]) -> Vec<Finding> {
    static SHARE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(\d{1,3}(?:\.\d{3})+|\d{3,})\s[^.;%\d]{0,60}?(\d{1,2}(?:,\d{1,2})?)\s?%\s+del totale")
            .expect("constant pattern")
    });
    let is_total =
        |row: &&&Passage| row.cells.first().is_some_and(|c| Lexicon::starts_with(&c.raw, &view.phrases.sums));
    let totals: Vec<Decimal> = all
        .iter()
        .flat_map(|rows| rows.iter().filter(is_total))
        .flat_map(|row| row.cells.iter().filter_map(|c| figure(&c.raw)).map(|f| f.value))
        .collect();
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in SHARE.captures_iter(&cell.raw) {
                let (Some(part), Some(share)) = (figure(&found[1]), figure(&found[2])) else { continue };
                let of = |whole: &Decimal| percent(part.value, *whole, share.places);
                let near = |whole: &&Decimal| {
                    of(whole).is_some_and(|s| (s - share.value).abs() <= Decimal::new(2, share.places.max(1)))
                };
                if totals.iter().any(|t| of(t) == Some(share.value)) {
                    continue;
                }
                let Some(whole) = totals.iter().find(near) else { continue };
                let finding = view.at(rule, passage.objective, &cell.source).quote("testo", "text", &found[0]);
                out.extend(told_wrong(finding, part.value, *whole, &format!("{}%", &found[2])));
            }
        }
    }
    out
}

//! COE105: l'obiettivo ha due pesi.

use super::grids::{cell_at, figure, tables};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE105",
    severity: Severity::Error,
    title: Text { it: "l'obiettivo ha due pesi", en: "the objective has two weights" },
    what: "Confronta il peso nella scheda dell'obiettivo con quello nella tabella dei pesi.",
    why: "Chi valuta non sa quale dei due vale.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Nella tabella dei pesi 25%, nella scheda 20%.",
    advice: Text { it: "lasciare un solo peso", en: "leave one weight only" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, objective): (usize, &Objective)| {
        let (sheet, table) = (objective.weight.as_ref()?, objective.table_weight.as_ref()?);
        let (a, b) = (number(sheet)?, number(table)?);
        let revised = objective.revised_weight.as_ref().and_then(number);
        (a != b && revised != Some(a) && a != Decimal::ZERO).then(|| {
            view.on_objective(rule, index)
                .at(&sheet.source)
                .quote("peso nella scheda", "weight in the sheet", &sheet.raw)
                .quote("peso nella tabella", "weight in the table", &table.raw)
                .says(
                    format!("la scheda dice peso {}, la tabella dei pesi {}", italian(a, 4), italian(b, 4)),
                    format!("the sheet says weight {}, the table of weights {}", italian(a, 4), italian(b, 4)),
                )
        })
    };
    let mut out: Vec<Finding> = view.objectives().filter_map(finding).collect();
    out.extend(summaries(rule, view));
    out
}

/// Weights that a summary prints beside an objective's code, where its other rows have the sheets' weights.
fn summaries(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let plain = |code: &str| code.replace(' ', "").trim_matches('.').to_uppercase();
    let of = |text: &str| {
        let first = plain(text.split([' ', ':', '–', '-']).next().unwrap_or_default());
        view.objectives().find(|(_, o)| {
            let code = o.code.as_deref().map(plain);
            code.as_deref().is_some_and(|c| c == first && c.contains('.')) && o.table_weight.is_none()
        })
    };
    let mut out = Vec::new();
    for rows in tables(view) {
        let Some(header) = rows.first() else { continue };
        let at = header.cells.iter().position(|c| key(&c.raw).starts_with("peso"));
        let Some(column) = at.and_then(|at| header.columns.get(at)) else { continue };
        let weighed = rows.iter().skip(1).filter_map(|row| {
            let (index, objective) = of(&row.cells.first()?.raw)?;
            let cell = cell_at(row, *column)?;
            let (own, printed) = (objective.weight.as_ref()?, figure(&cell.raw)?);
            Some((index, own, cell, number(own)?, printed.value))
        });
        let weighed: Vec<_> = weighed.collect();
        let agree = weighed.iter().filter(|w| w.3 == w.4).count();
        if agree < 2 || agree * 2 < weighed.len() {
            continue;
        }
        for (index, own, cell, sheet, printed) in weighed.into_iter().filter(|w| w.3 != w.4) {
            out.push(
                view.on_objective(rule, index)
                    .at(&cell.source)
                    .quote("peso nella scheda", "weight in the sheet", &own.raw)
                    .quote("peso nella tabella", "weight in the table", &cell.raw)
                    .says(
                        format!("la scheda dice peso {}, la tabella {}", italian(sheet, 4), italian(printed, 4)),
                        format!("the sheet says weight {}, the table {}", italian(sheet, 4), italian(printed, 4)),
                    ),
            );
        }
    }
    out
}

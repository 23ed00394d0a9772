//! COE105: l'obiettivo ha due pesi.

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
    view.objectives().filter_map(finding).collect()
}

//! COE107: il peso ridefinito non è riportato nella scheda.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE107",
    severity: Severity::Warning,
    title: Text {
        it: "il peso ridefinito non è riportato nella scheda",
        en: "the redefined weight is not in the sheet",
    },
    what: "Confronta il peso ridefinito nella tabella dei pesi con quello stampato nella scheda dell'obiettivo.",
    why: "Le schede sono ciò che si consegna ai responsabili: con il vecchio peso dicono un'altra cosa.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "La tabella ridefinisce il peso da 25% a 20%, la scheda stampa ancora 25%.",
    advice: Text { it: "aggiornare la scheda", en: "bring the sheet up to date" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, objective): (usize, &Objective)| {
        let (sheet, revised) = (objective.weight.as_ref()?, objective.revised_weight.as_ref()?);
        let table = objective.table_weight.as_ref()?;
        // A weight that only the table tells is no sheet's.
        if sheet == table {
            return None;
        }
        let (a, old, new) = (number(sheet)?, number(table)?, number(revised)?);
        (a == old && old != new).then(|| {
            view.on_objective(rule, index)
                .at(&sheet.source)
                .quote("peso nella scheda", "weight in the sheet", &sheet.raw)
                .quote("peso ridefinito", "redefined weight", &revised.raw)
                .says(
                    format!(
                        "il peso è ridefinito da {} a {}, la scheda stampa ancora {}",
                        italian(old, 4),
                        italian(new, 4),
                        italian(a, 4)
                    ),
                    format!(
                        "the weight is redefined from {} to {}, the sheet still prints {}",
                        italian(old, 4),
                        italian(new, 4),
                        italian(a, 4)
                    ),
                )
        })
    };
    view.objectives().filter_map(finding).collect()
}

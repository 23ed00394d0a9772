//! COE115: le schede di un'area pesano più di 100.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE115",
    severity: Severity::Info,
    title: Text { it: "le schede di un'area pesano più di 100", en: "the sheets of an area weigh more than 100" },
    what: "Dove la tabella dei pesi è stata ridefinita, somma per area i pesi stampati nelle schede e li confronta con la somma di quelli ridefiniti. Non ripete i pesi cambiati che COE107 dice uno per uno.",
    why: "Nuovi obiettivi si sono aggiunti e le schede dei vecchi hanno ancora il peso di prima: insieme promettono più di quanto c'è.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Schede 20 + 50 + 20 + 20 = 110, pesi ridefiniti 10 + 40 + 20 + 20 = 90.",
    advice: Text { it: "aggiornare i pesi delle schede", en: "bring the sheets' weights up to date" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut areas: Vec<(&str, usize, Vec<Decimal>, Vec<Decimal>)> = Vec::new();
    // Areas with a weight that differs in another way than the rule on redefined weights tells.
    let mut untold: Vec<&str> = Vec::new();
    for (index, objective) in view.objectives() {
        let (Some(section), Some(sheet)) = (objective.section.as_deref(), objective.weight.as_ref().and_then(number))
        else {
            continue;
        };
        let revised = objective.revised_weight.as_ref().and_then(number).unwrap_or(sheet);
        let told = objective.table_weight.as_ref().and_then(number) == Some(sheet);
        if objective.revised_weight.is_some() && revised != sheet && !told {
            untold.push(section);
        }
        match areas.iter_mut().find(|(known, ..)| *known == section) {
            Some((.., sheets, table)) => {
                sheets.push(sheet);
                table.push(revised);
            }
            None => areas.push((section, index, vec![sheet], vec![revised])),
        }
    }
    let finding = |(section, index, sheets, table): &(&str, usize, Vec<Decimal>, Vec<Decimal>)| {
        let (sum, right): (Decimal, Decimal) = (sheets.iter().sum(), table.iter().sum());
        if !untold.contains(section) || sum <= Decimal::ONE_HUNDRED || right > Decimal::ONE_HUNDRED || sheets.len() < 2
        {
            return None;
        }
        let line = |list: &[Decimal]| list.iter().map(|w| italian(*w, 4)).collect::<Vec<_>>().join(" + ");
        let mut finding = view.on_objective(rule, *index);
        (finding.subject, finding.subject_en, finding.subject_id) = (Some((*section).to_owned()), None, None);
        Some(
            finding
                .says(
                    format!(
                        "i pesi stampati nelle schede fanno {}, quelli ridefiniti {}",
                        italian(sum, 4),
                        italian(right, 4)
                    ),
                    format!(
                        "the weights printed in the sheets add up to {}, the redefined ones to {}",
                        italian(sum, 4),
                        italian(right, 4)
                    ),
                )
                .reckons(format!("{} = {}; {} = {}", line(sheets), italian(sum, 4), line(table), italian(right, 4))),
        )
    };
    areas.iter().filter_map(finding).collect()
}

//! COE215: la stessa somma sotto più obiettivi.

use super::prelude::*;
use super::sums::sums;

pub(super) static RULE: Rule = Rule {
    code: "COE215",
    severity: Severity::Info,
    title: Text { it: "la stessa somma sotto più obiettivi", en: "the same sum under several objectives" },
    what: "Cerca gli importi al centesimo che si ripetono nei budget di obiettivi diversi.",
    why: "Può essere un copia e incolla, o la stessa spesa contata due volte.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. g): gli obiettivi sono correlati alle risorse disponibili.",
    example: "95.061,92 euro sotto due progetti.",
    advice: Text { it: "controllare se la spesa è la stessa", en: "check whether it is the same expense" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut sums_seen: Vec<(Decimal, Vec<(usize, &str)>)> = Vec::new();
    for (index, objective) in view.objectives() {
        for line in &objective.sheet.budget {
            // The first sum of a line is its amount, the others are told as parts of it.
            let Some(value) =
                sums(&line.amount.raw).first().copied().filter(|v| !v.fract().is_zero() && *v >= Decimal::ONE_HUNDRED)
            else {
                continue;
            };
            match sums_seen.iter_mut().find(|(sum, _)| *sum == value) {
                Some((_, places)) if places.iter().all(|(o, _)| *o != index) => places.push((index, &line.amount.raw)),
                Some(_) => {}
                None => sums_seen.push((value, vec![(index, &line.amount.raw)])),
            }
        }
    }
    let mut out = Vec::new();
    for (value, places) in sums_seen.into_iter().filter(|(_, places)| places.len() > 1) {
        let Some((first, raw)) = places.first() else { continue };
        let own = || places.iter().filter_map(|(o, _)| view.plan.objectives.get(*o));
        let names: Vec<String> = own().map(objective_name).collect();
        let names_en: Vec<String> = own().map(|o| objective_name_in(o, Language::English)).collect();
        out.push(view.on_objective(rule, *first).quote("importo", "amount", raw).says(
            format!("{} euro sta nel budget di più obiettivi: {}", italian(value, 2), names.join("; ")),
            format!("{} euro is in the budget of several objectives: {}", italian(value, 2), names_en.join("; ")),
        ));
    }
    out
}

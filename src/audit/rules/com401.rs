//! COM401: obiettivo senza indicatori.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM401",
    severity: Severity::Warning,
    title: Text { it: "obiettivo senza indicatori", en: "objective without indicators" },
    what: "Cerca gli obiettivi con un peso o un titolo nelle tabelle e nessun indicatore, né proprio né di \
          obiettivi sotto di loro.",
    why: "Un obiettivo senza indicatori non si misura.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Obiettivo con peso 10% e nessuna scheda.",
    advice: Text {
        it: "aggiungere gli indicatori, o togliere l'obiettivo",
        en: "add indicators, or drop the objective",
    },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    if view.plan.indicators.is_empty() {
        return Vec::new();
    }
    let finding = |(index, objective): (usize, &Objective)| {
        let weighed = objective.weight.as_ref().is_some_and(|w| number(w).is_some());
        let leads = view.children(index).next().is_some() || objective.sheet.refers_to.is_some();
        (weighed && !leads && view.members(index).next().is_none()).then(|| {
            let mut finding = view.on_objective(rule, index);
            if let Some(weight) = &objective.weight {
                finding = finding.quote("peso", "weight", &weight.raw);
            }
            finding.says("l'obiettivo ha un peso ma nessun indicatore", "the objective has a weight but no indicator")
        })
    };
    view.objectives().filter_map(finding).collect()
}

//! COE112: i pesi fanno 100 solo insieme, su più obiettivi.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE112",
    severity: Severity::Info,
    title: Text {
        it: "i pesi fanno 100 solo insieme, su più obiettivi",
        en: "weights add up to 100 only over several objectives",
    },
    what: "Cerca i gruppi di indicatori con un solo risultato stampato che stanno sotto obiettivi diversi.",
    why: "Degli obiettivi del gruppo nessuno ha un risultato proprio.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Indicatori con pesi 40, 30 e 30 sotto tre obiettivi e un solo risultato, 97,90.",
    advice: Text { it: "dare un risultato a ogni obiettivo", en: "give each objective a result of its own" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for group in 0..view.plan.groups.len() {
        let members: Vec<&Indicator> =
            view.indicators().map(|(_, i)| i).filter(|i| i.group == Some(group) && i.same_as.is_none()).collect();
        let mut above: Vec<usize> = members.iter().filter_map(|i| i.objective).collect();
        above.dedup();
        let (Some(first), true) = (above.first(), above.len() > 1) else { continue };
        let own = || above.iter().filter_map(|o| view.plan.objectives.get(*o));
        let names: Vec<String> = own().map(objective_name).collect();
        let names_en: Vec<String> = own().map(|o| objective_name_in(o, Language::English)).collect();
        let mut finding = view.on_objective(rule, *first);
        for weight in members.iter().filter_map(|i| i.weight.as_ref()) {
            finding = finding.quote("peso", "weight", &weight.raw);
        }
        out.push(finding.says(
            format!("{} obiettivi hanno un solo risultato insieme: {}", above.len(), names.join("; ")),
            format!("{} objectives have one result together: {}", above.len(), names_en.join("; ")),
        ));
    }
    out
}

//! COE218: l'obiettivo strategico e le sue schede operative misurano cose diverse.

use super::prelude::*;
use super::twins::{below, twins};

pub(super) static RULE: Rule = Rule {
    code: "COE218",
    severity: Severity::Info,
    title: Text {
        it: "l'obiettivo strategico e le sue schede operative misurano cose diverse",
        en: "the strategic objective and its sheets measure different things",
    },
    what: "Cerca gli indicatori strategici che nessuna scheda operativa misura, e le schede operative di cui \
          l'obiettivo strategico non misura nulla.",
    why: "Il risultato strategico non viene da ciò che gli uffici fanno, o ciò che fanno non conta.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 1/2017: gli obiettivi specifici si declinano \
          in quelli annuali (operativi) in modo coerente.",
    example: "Obiettivo strategico con tre indicatori, scheda operativa con uno solo.",
    advice: Text {
        it: "allineare gli indicatori dei due livelli",
        en: "bring the indicators of the two levels in line",
    },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let twins = twins(view);
    let mut out = Vec::new();
    for (index, _) in view.objectives() {
        let sheets: Vec<(usize, &Objective)> =
            below(view, index).filter(|(c, _)| view.members(*c).next().is_some()).collect();
        if sheets.is_empty() || view.members(index).next().is_none() {
            continue;
        }
        let told = |i: &Indicator| {
            sheets.iter().any(|(c, o)| {
                view.members(*c).any(|(_, m)| {
                    let all = format!("{} {} {}", o.title, m.name, m.algorithm.as_deref().unwrap_or_default());
                    covered(&i.name, &all) >= 0.5
                })
            })
        };
        let alone: Vec<String> = view
            .members(index)
            .filter(|(i, m)| !twins.iter().any(|(upper, _)| upper == i) && !told(m))
            .map(|(_, m)| format!("«{}»", cut(&m.name)))
            .collect();
        let twinned = |c: usize| view.members(c).any(|(i, _)| twins.iter().any(|(_, lower)| *lower == i));
        let related = |c: usize| {
            view.members(index).any(|(_, s)| {
                view.members(c).any(|(_, m)| {
                    covered(&s.name, &format!("{} {}", m.name, m.algorithm.as_deref().unwrap_or_default())) >= 0.5
                })
            })
        };
        let unmeasured: Vec<String> = sheets
            .iter()
            .filter(|(c, _)| !twinned(*c) && !related(*c))
            .filter_map(|(_, o)| o.code.as_deref().map(|c| c.trim_matches('.').to_owned()))
            .collect();
        if !alone.is_empty() {
            out.push(view.on_objective(rule, index).says(
                format!("nessuna scheda operativa misura {}", alone.join(", ")),
                format!("no operational sheet measures {}", alone.join(", ")),
            ));
        }
        if !unmeasured.is_empty() {
            out.push(view.on_objective(rule, index).says(
                format!("nessun indicatore strategico misura le schede operative {}", unmeasured.join(", ")),
                format!("no strategic indicator measures the operational sheets {}", unmeasured.join(", ")),
            ));
        }
    }
    out
}

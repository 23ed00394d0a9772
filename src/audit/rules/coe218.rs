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
          l'obiettivo strategico non misura nulla, dove il documento di solito misura le stesse cose ai due livelli.",
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
    if !twinned(view, &twins) {
        return Vec::new();
    }
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
        let mut unmeasured: Vec<String> = sheets
            .iter()
            .filter(|(c, _)| !twinned(*c) && !related(*c))
            .filter_map(|(_, o)| o.code.as_deref().map(|c| c.trim_matches('.').to_owned()))
            .collect();
        unmeasured.dedup();
        let (mut it, mut en) = (Vec::new(), Vec::new());
        if !alone.is_empty() {
            it.push(format!("nessuna scheda operativa misura {}", alone.join(", ")));
            en.push(format!("no operational sheet measures {}", alone.join(", ")));
        }
        if !unmeasured.is_empty() {
            let (sheet, plural) =
                if unmeasured.len() == 1 { ("la scheda operativa", "") } else { ("le schede operative", "s") };
            it.push(format!("nessun indicatore strategico misura {sheet} {}", unmeasured.join(", ")));
            en.push(format!("no strategic indicator measures the operational sheet{plural} {}", unmeasured.join(", ")));
        }
        if !it.is_empty() {
            out.push(view.on_objective(rule, index).says(it.join("; "), en.join("; ")));
        }
    }
    out
}

/// Whether the document measures its strategic objectives by what their sheets measure: at least half of them share an
/// indicator with a sheet below. Elsewhere the two levels measure other things on purpose.
fn twinned(view: &View<'_>, twins: &[(usize, usize)]) -> bool {
    let measured =
        |o: usize| view.members(o).next().is_some() && below(view, o).any(|(c, _)| view.members(c).next().is_some());
    let upper: Vec<usize> = view.objectives().map(|(o, _)| o).filter(|o| measured(*o)).collect();
    let shared = |o: &&usize| view.members(**o).any(|(i, _)| twins.iter().any(|(upper, _)| *upper == i));
    upper.iter().filter(shared).count() * 2 >= upper.len()
}

//! COE219: numeri degli indicatori ripetuti o saltati.

use super::prelude::*;
use crate::audit::lists::{listed, own_number};

pub(super) static RULE: Rule = Rule {
    code: "COE219",
    severity: Severity::Warning,
    title: Text { it: "numeri degli indicatori ripetuti o saltati", en: "indicator numbers repeated or skipped" },
    what: "Controlla che gli indicatori numerati di un obiettivo siano 1, 2, 3 … senza salti né ripetizioni.",
    why: "Un numero ripetuto è di solito un'intestazione copiata; uno saltato, un indicatore perso.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Due volte «2) Standard di servizio»; indicatori 1) e 3).",
    advice: Text { it: "controllare i numeri e i nomi", en: "check the numbers and the names" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (objective, _) in view.objectives() {
        let mut members: Vec<(usize, &Indicator)> = Vec::new();
        for (index, indicator) in view.members(objective) {
            // An indicator that a summary tells once more keeps its number.
            if !members.iter().any(|(_, known)| told_again(known, indicator)) {
                members.push((index, indicator));
            }
        }
        let numbers: Vec<u32> =
            members.iter().filter_map(|(_, i)| own_number(i.code.as_deref().filter(|c| c.len() < 4))).collect();
        // Numbers that go on over objectives have their gaps elsewhere.
        if numbers.len() != members.len()
            || numbers.len() < 2
            || numbers.iter().any(|n| *n as usize > members.len() + 2)
        {
            continue;
        }
        let listed: Vec<u32> = listed(view, objective).into_iter().flat_map(|e| e.numbers).collect();
        let twice = numbers.iter().enumerate().find(|(at, n)| numbers.iter().take(*at).any(|m| m == *n));
        // Numbers that go on from the objective before start above one.
        let lowest = numbers.iter().copied().min().unwrap_or(1);
        let highest = numbers.iter().copied().max().unwrap_or(0);
        let skipped: Vec<u32> = (if lowest > 2 { lowest } else { 1 }..=highest)
            .filter(|n| !numbers.contains(n) && !listed.contains(n))
            .collect();
        let told: Vec<String> = members
            .iter()
            .map(|(_, i)| format!("{} {}", i.code.as_deref().unwrap_or_default(), cut(&i.name)))
            .collect();
        let mut finding = view.on_objective(rule, objective);
        for line in &told {
            finding = finding.quote("indicatore", "indicator", line);
        }
        if let Some((_, n)) = twice {
            out.push(
                finding
                    .says(format!("due indicatori hanno il numero {n}"), format!("two indicators have the number {n}")),
            );
        } else if !skipped.is_empty() {
            let names: Vec<String> = skipped.iter().map(u32::to_string).collect();
            out.push(finding.says(
                format!("manca il numero {}", names.join(", ")),
                format!("number {} is missing", names.join(", ")),
            ));
        }
    }
    out
}

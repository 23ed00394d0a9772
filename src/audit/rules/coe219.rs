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
    if let Some(series) = throughout(view) {
        return of_series(rule, view, &series);
    }
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

/// The numbers of all indicators, with their indices, where one series goes on over the objectives ("K01" … "K17"): each of
/// three objectives and more starts behind the one before.
fn throughout(view: &View<'_>) -> Option<Vec<(u32, usize)>> {
    let mut out: Vec<(u32, usize)> = Vec::new();
    let (mut starts, mut letters): (Vec<u32>, Vec<String>) = (Vec::new(), Vec::new());
    for (objective, _) in view.objectives() {
        let mut first = None;
        for (index, indicator) in view.members(objective).filter(|(_, i)| i.same_as.is_none()) {
            let code = indicator.code.as_deref().filter(|c| c.len() < 5)?;
            let number = own_number(Some(code))?;
            letters.push(code.chars().filter(|c| c.is_alphabetic()).collect());
            first.get_or_insert(number);
            out.push((number, index));
        }
        starts.extend(first);
    }
    let risen = starts.windows(2).filter(|w| matches!(w, [a, b] if b > a)).count();
    let lettered = letters.iter().all(|l| Some(l) == letters.first());
    (starts.len() > 2 && risen * 10 >= (starts.len() - 1) * 8 && lettered && out.len() > 5).then_some(out)
}

/// Numbers of one series over the whole document that come twice, or not at all.
fn of_series(rule: &Rule, view: &View<'_>, series: &[(u32, usize)]) -> Vec<Finding> {
    let mut out = Vec::new();
    let line = |index: usize| {
        let indicator = view.plan.indicators.get(index)?;
        Some(format!("{} {}", indicator.code.as_deref().unwrap_or_default(), cut(&indicator.name)))
    };
    for (at, (number, index)) in series.iter().enumerate() {
        let Some((_, first)) = series.iter().take(at).find(|(n, _)| n == number) else { continue };
        let (Some(one), Some(other)) = (view.plan.indicators.get(*first), view.plan.indicators.get(*index)) else {
            continue;
        };
        if key(&one.name) == key(&other.name) {
            continue;
        }
        let mut finding = view.on(rule, *index);
        for told in [line(*first), line(*index)].into_iter().flatten() {
            finding = finding.quote("indicatore", "indicator", &told);
        }
        let code = other.code.as_deref().unwrap_or_default();
        out.push(
            finding.says(
                format!("due indicatori hanno il numero {code}"),
                format!("two indicators have the number {code}"),
            ),
        );
    }
    let highest = series.iter().map(|(n, _)| *n).max().unwrap_or(0);
    let lowest = series.iter().map(|(n, _)| *n).min().unwrap_or(1);
    let skipped: Vec<u32> = (lowest..=highest).filter(|n| !series.iter().any(|(m, _)| m == n)).collect();
    // Many gaps: the numbers are of a longer list than this document.
    if let (Some(before), 1..=2) = (skipped.first().and_then(|n| n.checked_sub(1)), skipped.len())
        && let Some((_, index)) = series.iter().find(|(n, _)| *n == before)
    {
        let mut finding = view.on(rule, *index);
        if let Some(told) = line(*index) {
            finding = finding.quote("indicatore", "indicator", &told);
        }
        let names: Vec<String> = skipped.iter().map(u32::to_string).collect();
        out.push(finding.says(
            format!("dopo questo indicatore manca il numero {}", names.join(", ")),
            format!("number {} is missing after this indicator", names.join(", ")),
        ));
    }
    out
}

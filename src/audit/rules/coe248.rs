//! COE248: segni diversi per la stessa cosa.

use super::prelude::*;

use super::sums::sums;
use crate::extract::Passage;

pub(super) static RULE: Rule = Rule {
    code: "COE248",
    severity: Severity::Info,
    title: Text { it: "segni diversi per la stessa cosa", en: "several signs for the same thing" },
    what: "Cerca gli scostamenti positivi scritti con e senza il segno +, i budget senza importo scritti in più modi (0, -, vuoto), la lettera davanti all'obiettivo («N >= 12») dove gli altri non l'hanno, e i separatori diversi tra l'anno e il suo valore.",
    why: "Chi legge si chiede se il segno diverso vuol dire un'altra cosa; una macchina lo legge come un'altra cosa.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Scostamenti «1», «43» e «+4%»; budget «0», «-» e vuoto.",
    advice: Text { it: "scegliere un segno e usarlo ovunque", en: "choose one sign and use it everywhere" },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    [signs(rule, view), nothing(rule, view), letters(rule, view), separators(rule, view)]
        .into_iter()
        .flatten()
        .collect()
}

/// "+4%" beside "43".
fn signs(rule: &Rule, view: &View<'_>) -> Option<Finding> {
    let above = |m: &&Measure| number(m).is_some_and(|n| n > Decimal::ZERO);
    let all: Vec<&Measure> = view
        .indicators()
        .filter(|(_, i)| i.same_as.is_none())
        .filter_map(|(_, i)| i.variance.as_ref())
        .filter(above)
        .collect();
    let (with, without): (Vec<&Measure>, Vec<&Measure>) =
        all.iter().copied().partition(|m| m.raw.trim_start().starts_with('+'));
    let (one, other) = (with.first()?, without.first()?);
    Some(
        Finding::of(rule).quote("scostamento", "variance", &one.raw).quote("scostamento", "variance", &other.raw).says(
            format!("scostamenti positivi con il segno + ({}) e senza ({})", with.len(), without.len()),
            format!("positive variances with the sign + ({}) and without ({})", with.len(), without.len()),
        ),
    )
}

/// Budgets without a sum: "0", "-", empty.
fn nothing(rule: &Rule, view: &View<'_>) -> Option<Finding> {
    let label = |p: &&Passage| p.table.is_some() && p.cells.first().is_some_and(|c| key(&c.raw).starts_with("budget"));
    let mut forms: Vec<(String, usize)> = Vec::new();
    for row in view.plan.passages.iter().filter(label) {
        let form = match &row.cells[..] {
            [_] => String::new(),
            [_, cell] => cell.raw.trim().to_owned(),
            _ => continue,
        };
        let zero =
            sums(&form).first().is_some_and(Decimal::is_zero) || form.parse::<Decimal>().is_ok_and(|n| n.is_zero());
        let bare = !form.chars().any(char::is_alphanumeric);
        if !zero && !bare {
            continue;
        }
        match forms.iter_mut().find(|(known, _)| *known == form) {
            Some(known) => known.1 += 1,
            None => forms.push((form, 1)),
        }
    }
    let all: usize = forms.iter().map(|(_, n)| n).sum();
    (forms.len() > 1 && all > 3 && forms.iter().any(|(f, _)| !f.is_empty() && f.chars().any(char::is_alphanumeric)))
        .then(|| {
            let told = |empty: &str| {
                let form = |(f, n): &(String, usize)| {
                    if f.is_empty() { format!("{empty} ({n})") } else { format!("«{f}» ({n})") }
                };
                forms.iter().map(form).collect::<Vec<_>>().join(", ")
            };
            let mut finding = Finding::of(rule);
            for (form, _) in forms.iter().filter(|(f, _)| !f.is_empty()) {
                finding = finding.quote("budget", "budget", form);
            }
            finding.says(
                format!("budget senza importo scritto in {} modi: {}", forms.len(), told("vuoto")),
                format!("budget without a sum written in {} ways: {}", forms.len(), told("empty")),
            )
        })
}

/// "N >= 12" where other targets have no letter.
fn letters(rule: &Rule, view: &View<'_>) -> Option<Finding> {
    let letter = |raw: &str| {
        let mut parts = raw.split_whitespace();
        let first = parts.next().unwrap_or_default();
        let sign = parts.next().unwrap_or_default();
        first.chars().count() == 1
            && first.chars().all(char::is_uppercase)
            && sign.starts_with(['>', '<', '=', '≥', '≤'])
    };
    let all: Vec<(usize, &Indicator, &str)> =
        view.indicators().filter_map(|(n, i)| Some((n, i, view.year_target(i)?.measure.raw.as_str()))).collect();
    let with: Vec<&(usize, &Indicator, &str)> = all.iter().filter(|(_, _, raw)| letter(raw)).collect();
    let compared = all.iter().filter(|(_, _, raw)| raw.trim_start().starts_with(['>', '<', '≥', '≤'])).count();
    let (first, _, raw) = with.first()?;
    // A letter that an algorithm uses is defined there.
    let defined = |i: &Indicator, raw: &str| {
        let sign = raw.split_whitespace().next().unwrap_or_default();
        i.algorithm.as_deref().is_some_and(|a| a.split(|c: char| !c.is_alphanumeric()).any(|w| w == sign))
    };
    let undefined = with.iter().filter(|(_, i, raw)| !defined(i, raw)).count();
    (compared > 2 && with.len() * 3 <= compared && undefined > 0).then(|| {
        view.on(rule, *first).quote("obiettivo", "target", raw).says(
            format!(
                "davanti all'obiettivo sta una lettera che niente definisce ({} su {}; gli altri cominciano dal segno)",
                with.len(),
                with.len() + compared
            ),
            format!(
                "a letter that nothing defines stands before the target ({} of {}; the others begin with the sign)",
                with.len(),
                with.len() + compared
            ),
        )
    })
}

/// "Anno:2021---3", "Anno:2021—≥2", "Anno 2023 >=4" in one document.
fn separators(rule: &Rule, view: &View<'_>) -> Option<Finding> {
    use std::collections::BTreeMap;
    let mut forms: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some()) {
        for cell in passage.cells.iter().filter(|c| c.raw.to_lowercase().matches("anno").count() > 1) {
            for part in cell.raw.split("Anno").skip(1) {
                let year = part.trim_start_matches([':', ' ']);
                let Some(rest) = year.get(4..).filter(|_| year.starts_with("20")) else { continue };
                let sign: String = rest.chars().take_while(|c| matches!(c, '-' | '—' | '–' | ':')).collect();
                let head = if part.starts_with(':') { ":" } else { "" };
                let form = format!("Anno{head}2000{sign}").replace("2000", " … ");
                forms.entry(form).or_insert((0, cell.raw.clone())).0 += 1;
            }
        }
    }
    (forms.len() > 2).then(|| {
        let mut finding = Finding::of(rule);
        for (_, raw) in forms.values().take(3) {
            finding = finding.quote("obiettivo", "target", raw);
        }
        let told: Vec<String> = forms.iter().map(|(f, (n, _))| format!("«{f}» ({n})")).collect();
        finding.says(
            format!("tra l'anno e il suo valore stanno {} segni diversi: {}", forms.len(), told.join(", ")),
            format!("between a year and its value stand {} different signs: {}", forms.len(), told.join(", ")),
        )
    })
}

//! COE216: un codice fatto in modo diverso dagli altri.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE216",
    severity: Severity::Info,
    title: Text { it: "un codice fatto in modo diverso dagli altri", en: "a code made unlike the others" },
    what: "Confronta la forma dei codici degli indicatori (punti, trattini) con quella che usa la maggior \
          parte.",
    why: "Un codice scritto in un altro modo non si ritrova negli elenchi.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "1.5.2.001.2. accanto a 1.5.2.-001.1.",
    advice: Text { it: "scrivere i codici allo stesso modo", en: "write codes in the same way" },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    // Long codes only: 1, 2, 3 have no form.
    let codes: Vec<(usize, &str)> = view
        .indicators()
        .filter_map(|(i, x)| Some((i, x.code.as_deref()?)))
        .filter(|(_, c)| c.chars().count() >= 6)
        .collect();
    let signs = |code: &str| code.chars().filter(|c| *c == '-' || *c == '/').count();
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for (_, code) in &codes {
        match counts.iter_mut().find(|(s, _)| *s == signs(code)) {
            Some((_, n)) => *n += 1,
            None => counts.push((signs(code), 1)),
        }
    }
    let Some((usual, n)) = counts.iter().max_by_key(|(_, n)| *n).copied() else { return Vec::new() };
    if n * 10 < codes.len() * 8 || codes.len() < 5 {
        return Vec::new();
    }
    let example = codes.iter().find(|(_, c)| signs(c) == usual).map_or("", |(_, c)| *c);
    let finding = |(index, code): (usize, &str)| {
        view.on(rule, index).quote("codice", "code", code).says(
            format!("il codice «{code}» non è fatto come gli altri ({n} su {}: per esempio «{example}»)", codes.len()),
            format!("the code “{code}” isn't made like the others ({n} of {}: for example “{example}”)", codes.len()),
        )
    };
    let mut out: Vec<Finding> = codes.iter().copied().filter(|(_, c)| signs(c) != usual).map(finding).collect();
    out.extend(dots(rule, view, &codes));
    out
}

/// Codes of one make of which a few have or lack the dot at the end.
fn dots(rule: &Rule, view: &View<'_>, codes: &[(usize, &str)]) -> Vec<Finding> {
    let make = |code: &str| {
        let mut out = String::new();
        for c in code.trim_end_matches('.').chars() {
            let c = if c.is_ascii_digit() { '1' } else { c };
            if c != '1' || !out.ends_with('1') {
                out.push(c);
            }
        }
        out
    };
    let mut out = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for (_, code) in codes {
        let own = make(code);
        if seen.contains(&own) {
            continue;
        }
        let peers = || codes.iter().copied().filter(|(_, c)| make(c) == own);
        let (with, without): (Vec<_>, Vec<_>) = peers().partition(|(_, c)| c.ends_with('.'));
        let all = with.len() + without.len();
        let few = if with.len() < without.len() { &with } else { &without };
        if let (Some((index, example)), true) = (few.first(), few.len() * 3 < all) {
            let told: Vec<&str> = few.iter().map(|(_, c)| *c).collect();
            let (has, lacks) = if with.len() < without.len() { ("hanno", "have") } else { ("non hanno", "lack") };
            out.push(view.on(rule, *index).quote("codice", "code", example).says(
                format!(
                    "{} codici {has} il punto finale ({}), a differenza degli altri {} fatti allo stesso modo",
                    few.len(),
                    told.join(", "),
                    all - few.len()
                ),
                format!("{} of {} codes {lacks} the dot at the end: {}", few.len(), all, told.join(", ")),
            ));
        }
        seen.push(own);
    }
    out
}

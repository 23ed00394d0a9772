//! COE251: un segno di confronto diverso da quello degli indicatori uguali.

use super::prelude::*;
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    code: "COE251",
    severity: Severity::Info,
    title: Text {
        it: "un segno di confronto diverso da quello degli indicatori uguali",
        en: "a comparison sign unlike that of the same indicators",
    },
    what: "Tra gli indicatori con lo stesso nome e la stessa cifra da raggiungere, in molti uffici, cerca quelli con un altro segno («> 3,5» dove gli altri hanno «>= 3,5»).",
    why: "Chi ottiene esattamente la cifra raggiunge l'obiettivo in un ufficio e lo manca nell'altro.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Gradimento «>= 3,5» in dieci schede, «> 3,5» in una.",
    advice: Text { it: "usare lo stesso segno", en: "use the same sign" },
    gather: Some(4),
    check: Check::Document(check),
};

/// An indicator, its target, and the sign before it.
type Signed<'a> = (usize, &'a Measure, String);

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let sign = |raw: &str| -> String {
        raw.chars()
            .filter(|c| !c.is_whitespace())
            .take_while(|c| matches!(c, '<' | '>' | '=' | '≥' | '≤'))
            .map(|c| match c {
                '≥' => ">=".to_owned(),
                '≤' => "<=".to_owned(),
                c => c.to_string(),
            })
            .collect()
    };
    let mut groups: BTreeMap<(String, String), Vec<Signed<'_>>> = BTreeMap::new();
    for (index, indicator) in view.indicators().filter(|(_, i)| i.same_as.is_none()) {
        let Some(target) = view.year_target(indicator) else { continue };
        let Some(value) = number(&target.measure) else { continue };
        // Scores of satisfaction are called in several ways; whole numbers stand for other things.
        let fraction = !value.fract().is_zero() && target.measure.reading.kind == Kind::Number;
        let name = if fraction { String::new() } else { key(&indicator.name) };
        let sign = sign(&target.measure.raw);
        if !sign.is_empty() {
            groups.entry((name, value.normalize().to_string())).or_default().push((index, &target.measure, sign));
        }
    }
    let mut out = Vec::new();
    for group in groups.values() {
        let count = |s: &str| group.iter().filter(|(_, _, own)| own == s).count();
        let Some((_, usual, most)) = group.iter().max_by_key(|(_, _, s)| count(s)) else { continue };
        for (index, measure, own) in group.iter().filter(|(_, _, s)| s != most) {
            // "=" beside ">=" is another finding.
            let strict = own.trim_end_matches('=') == most.trim_end_matches('=') && own != "=" && most != "=";
            if strict && count(own) * 4 <= count(most) && count(most) > 3 {
                out.push(
                    view.on(rule, *index)
                        .at(&measure.source)
                        .quote("obiettivo", "target", &measure.raw)
                        .quote("altrove", "elsewhere", &usual.raw)
                        .says(
                            format!(
                                "il segno è «{own}», {} indicatori con la stessa cifra hanno «{most}»",
                                count(most)
                            ),
                            format!(
                                "the sign is “{own}”, {} indicators with the same figure have “{most}”",
                                count(most)
                            ),
                        ),
                );
            }
        }
    }
    out
}

//! ACC121: il risultato conta più di quanto l'indicatore misura.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "ACC121",
    severity: Severity::Info,
    title: Text {
        it: "il risultato conta più di quanto l'indicatore misura",
        en: "the actual counts more than the indicator measures",
    },
    what: "Cerca nei risultati e nei commenti «di cui n. 12 …» dove le parole che seguono sono quelle con cui il nome dell'indicatore dice che cosa conta. È un avviso dove la parte da sola non raggiunge l'obiettivo.",
    why: "Il valore da confrontare con l'obiettivo è la parte che l'indicatore nomina, non il totale.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Indicatore «sorveglianze con condivisione della modulistica», risultato 70, commento «di cui n. 12 condivise».",
    advice: Text {
        it: "dare come risultato la sola parte che l'indicatore nomina",
        en: "give as the actual only the part that the indicator names",
    },
    gather: None,
    check: Check::Document(check),
};

/// Stems that say nothing of what is counted.
const COMMON: [&str; 10] =
    ["numero", "attivi", "realiz", "effett", "serviz", "impres", "camera", "provin", "indica", "propos"];

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static OF_WHICH: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\bdi cui\s+(?:n\.?\s*)?(\d{1,5})\s+((?:[\p{L}’'-]+\s*){1,5})").expect("constant pattern")
    });
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator).filter(|_| indicator.same_as.is_none())?;
        let all = number(&actual.measure)?;
        // The first word that says something is what is counted; the others say which.
        let mut name = stems(&indicator.name);
        name.retain(|w| !COMMON.contains(&w.as_str()));
        name = name.split_off(name.len().min(1));
        for text in [Some(actual.measure.raw.as_str()), indicator.note.as_deref()].into_iter().flatten() {
            for found in OF_WHICH.captures_iter(text) {
                let part: Decimal = found[1].parse().ok()?;
                let named = stems(&found[2]).iter().any(|w| name.contains(w) && !COMMON.contains(&w.as_str()));
                if !named || part >= all {
                    continue;
                }
                let target = view.target_for(indicator, actual).and_then(|t| number(&t.measure));
                let missed = target.is_some_and(|t| part < t && all >= t);
                let mut finding = view.on(rule, index).at(&actual.measure.source);
                if missed {
                    finding = finding.weighs(Severity::Warning);
                }
                let why = if missed { "; la parte sola non raggiunge l'obiettivo" } else { "" };
                return Some(
                    finding
                        .quote("risultato", "actual", &actual.measure.raw)
                        .quote("commento", "comment", found[0].trim())
                        .says(
                            format!(
                                "il risultato è {}, ma ciò che l'indicatore nomina è {}{why}",
                                italian(all, 4),
                                italian(part, 4)
                            ),
                            format!(
                                "the actual is {}, but what the indicator names is {}{}",
                                italian(all, 4),
                                italian(part, 4),
                                if missed { "; that part alone misses the target" } else { "" }
                            ),
                        ),
                );
            }
        }
        None
    };
    view.indicators().filter_map(finding).collect()
}

//! COE235: il commento parla di un altro obiettivo da raggiungere.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE235",
    severity: Severity::Info,
    title: Text {
        it: "il commento parla di un altro obiettivo da raggiungere",
        en: "the comment speaks of another target",
    },
    what: "Cerca nei commenti la cifra che segue la parola «target» e la confronta con gli obiettivi dell'indicatore.",
    why: "L'obiettivo concordato e quello stampato non sono lo stesso.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Commento «il target concordato (18 tirocini)», obiettivo «tra 10 e 15».",
    advice: Text { it: "allineare il commento e l'obiettivo", en: "bring comment and target in line" },
    gather: Some(8),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static TARGET: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\btarget\b[^.;:\d]{0,50}?(?:\(|\bdi\s|\ba\s|\bpari a\s)\s*(?:n\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:,\d+)?\b")
            .expect("constant pattern")
    });
    let finding = |(index, indicator): (usize, &Indicator)| {
        let note = indicator.note.as_deref().filter(|_| indicator.same_as.is_none())?;
        let known: Vec<Decimal> = indicator
            .targets
            .iter()
            .flat_map(|t| [number_or_low(&t.measure), t.measure.reading.value_high])
            .flatten()
            .collect();
        let said = TARGET.captures_iter(note).find_map(|found| {
            let value = value_of(&found[1])?;
            let sentence = note.split_inclusive(['.', ';', '\n']).find(|s| s.contains(&found[0]))?.trim();
            // What was planned first was changed since.
            let first = key(sentence).contains("inizial");
            (!known.contains(&value) && !first && value > Decimal::ONE).then_some((value, sentence))
        });
        let (value, sentence) = said.filter(|_| !known.is_empty())?;
        let target = view.year_target(indicator)?;
        Some(
            view.on(rule, index)
                .at(&target.measure.source)
                .quote("obiettivo", "target", &target.measure.raw)
                .quote("commento", "comment", &shortened(sentence))
                .says(
                    format!(
                        "il commento dice un obiettivo di {}, quello stampato è {}",
                        italian(value, 0),
                        target.measure.raw
                    ),
                    format!(
                        "the comment tells a target of {}, the printed one is {}",
                        italian(value, 0),
                        target.measure.raw
                    ),
                ),
        )
    };
    view.indicators().filter_map(finding).collect()
}

fn number_or_low(measure: &Measure) -> Option<Decimal> {
    match measure.reading.value {
        Some(Value::Number(n)) => Some(n),
        _ => None,
    }
}

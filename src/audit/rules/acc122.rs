//! ACC122: le cifre del commento non fanno il risultato.

use super::counting::enumerated;
use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "ACC122",
    severity: Severity::Warning,
    title: Text {
        it: "le cifre del commento non fanno il risultato",
        en: "the figures of the comment don't make the actual",
    },
    what: "Conta le voci numerate del commento, e somma le parti che mette tra parentesi, e le confronta con il risultato quando l'indicatore conta quelle cose.",
    why: "Il commento è la prova del risultato: se dice un'altra cifra, uno dei due è sbagliato.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Commento «(135 partitari) … (23) … (164)», risultato 299: la somma è 322, il risultato lascia fuori 23.",
    advice: Text { it: "correggere il risultato, o il commento", en: "correct the actual, or the comment" },
    gather: Some(8),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator).filter(|a| indicator.same_as.is_none() && whole(&a.measure))?;
        let (note, value) = (indicator.note.as_deref()?, number(&actual.measure)?);
        let finding = || {
            view.on(rule, index).at(&actual.measure.source).quote("risultato", "actual", &actual.measure.raw).quote(
                "commento",
                "comment",
                &shortened(note),
            )
        };
        if let Some(left_out) = left_out(note, value) {
            let parts: Vec<String> = bracketed(note).iter().map(|n| italian(*n, 0)).collect();
            let sum: Decimal = bracketed(note).iter().sum();
            return Some(
                finding()
                    .says(
                        format!(
                            "le parti nel commento fanno {}, il risultato è {}: lascia fuori {}",
                            italian(sum, 0),
                            italian(value, 0),
                            italian(left_out, 0)
                        ),
                        format!(
                            "the parts in the comment add up to {}, the actual is {}: it leaves out {}",
                            italian(sum, 0),
                            italian(value, 0),
                            italian(left_out, 0)
                        ),
                    )
                    .reckons(format!("{} = {}", parts.join(" + "), italian(sum, 0))),
            );
        }
        let entries = entries(note);
        let counts = entries > 1 && value != Decimal::from(entries) && value <= Decimal::from(20) && counts(indicator);
        counts.then(|| {
            finding().says(
                format!("il commento elenca {entries} voci, il risultato è {}", italian(value, 0)),
                format!("the comment lists {entries} entries, the actual is {}", italian(value, 0)),
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

/// A plain count.
fn whole(measure: &Measure) -> bool {
    measure.reading.kind == Kind::Number && number(measure).is_some_and(|n| n > Decimal::ONE && n.fract().is_zero())
}

/// Whether the name counts what a comment would list: a few words, no share and no grade.
fn counts(indicator: &Indicator) -> bool {
    const COUNTED: [&str; 6] = ["azioni", "numero", "iniziativ", "attivita", "progett", "temat"];
    let name = key(&indicator.name);
    words(&indicator.name).len() <= 5 && name.split(' ').take(3).any(|w| COUNTED.iter().any(|c| w.starts_with(c)))
}

/// The bare counts between brackets, with a word behind them or none: "(135 partitari)", "(23)".
fn bracketed(text: &str) -> Vec<Decimal> {
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"\(\s*(?:n\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,5})(?:\s+[a-zà-ù]+)?\s*\)").expect("constant pattern")
    });
    PART.captures_iter(text).filter_map(|m| m[1].replace('.', "").parse().ok()).collect()
}

/// The one part that a sum lacks to be that of all parts.
fn left_out(text: &str, value: Decimal) -> Option<Decimal> {
    let parts = bracketed(text);
    let sum: Decimal = parts.iter().sum();
    let missing = sum - value;
    (parts.len() > 2 && missing > Decimal::ONE && parts.contains(&missing)).then_some(missing)
}

/// How many entries "1. … 2. … 3. …" a comment that starts with the first one has.
fn entries(text: &str) -> u32 {
    enumerated(text, &[|n| format!(" {n}. "), |n| format!(" {n}) ")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_entries() {
        let text = "aperture (135 partitari), altri movimentati (23) e conto economico (164)";
        assert_eq!(left_out(text, Decimal::from(299)), Some(Decimal::from(23)));
        assert_eq!(left_out(text, Decimal::from(322)), None);
        assert_eq!(entries("1. Caricamento; 2. Circolazione; 3. Predisposizione"), 3);
        assert_eq!(entries("Caricamento; 2. Circolazione"), 0);
    }
}

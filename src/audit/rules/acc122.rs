//! ACC122: le cifre del commento non fanno il risultato.

use super::counting::{WORDY, enumerated, small};
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
    what: "Conta le voci numerate del commento, e somma le parti che mette tra parentesi o dice con il nome della cosa contata («11 incontri + 2 visite. Altri 7 incontri»), e le confronta con il risultato quando l'indicatore conta quelle cose.",
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
        if let Some((parts, sum)) = counted(indicator, note).filter(|(_, sum)| *sum != value) {
            return Some(
                finding()
                    .says(
                        format!(
                            "le parti nel commento fanno {}, il risultato è {}",
                            italian(sum, 0),
                            italian(value, 0)
                        ),
                        format!(
                            "the parts in the comment add up to {}, the actual is {}",
                            italian(sum, 0),
                            italian(value, 0)
                        ),
                    )
                    .reckons(format!("{} = {}", parts.join(" + "), italian(sum, 0))),
            );
        }
        let entries = entries(note).max(semicolons(indicator, note));
        let counts = entries > 1
            && value != Decimal::from(entries)
            && value <= Decimal::from(20)
            && (counts(indicator) || semicolons(indicator, note) == entries);
        counts.then(|| {
            finding().says(
                format!("il commento elenca {entries} voci, il risultato è {}", italian(value, 0)),
                format!("the comment lists {entries} entries, the actual is {}", italian(value, 0)),
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

/// The counts of what the indicator's name counts, one a sentence or item, and their sum: "11 incontri + 2 visite. Altri 7
/// incontri". What a sentence repeats as a whole ("per un totale di", "di cui") is none.
fn counted(indicator: &Indicator, note: &str) -> Option<(Vec<String>, Decimal)> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(&format!(r"(?i)(?:^|[\s(+])(?:n\.\s*)?(\d{{1,3}}|{WORDY}|una?)\s+([a-zà-ù]{{5,}})"))
            .expect("constant pattern")
    });
    const WHOLES: [&str; 8] =
        ["totale", "complessiv", "di cui", "previst", "programmat", "pianificat", "almeno", "target"];
    let lower = note.to_lowercase();
    let stem = |w: &str| w.chars().take(5).collect::<String>();
    let names: Vec<String> = words(&indicator.name).iter().map(|w| stem(w)).collect();
    let additive = lower.contains('+')
        || ["altri ", "altre ", "si aggiung", "inoltre", "oltre a"].iter().any(|w| lower.contains(w));
    // A list before "si aggiungono 7 eventi": its entries are the other part.
    if let Some((list, rest)) = lower.split_once("si aggiungono ")
        && let Some(found) = COUNT.captures(&format!(" {rest}"))
        && names.contains(&stem(&key(&found[2])))
    {
        let inside = list.split_once('(').map_or(list, |(_, inside)| inside).trim_end_matches([' ', ',', ')']);
        let listed = inside.split([';', ',']).map(str::trim).filter(|e| !e.is_empty());
        let first = |e: &str| -> u32 {
            let number = e.split_whitespace().next().and_then(small);
            number.filter(|n| *n < 20).unwrap_or(1)
        };
        let sum: u32 = listed.clone().map(first).sum();
        let more = small(&found[1])?;
        let entries = listed.count();
        return (entries > 2).then(|| (vec![sum.to_string(), more.to_string()], Decimal::from(sum + more)));
    }
    if WHOLES.iter().any(|w| lower.contains(w)) {
        return None;
    }
    let mut parts = Vec::new();
    for found in COUNT.captures_iter(note) {
        let noun = stem(&key(&found[2]));
        let number = if found[1].to_lowercase().starts_with("un") { Some(1) } else { small(&found[1]) };
        if let Some(number) = number.filter(|_| names.contains(&noun)) {
            parts.push(number);
        }
    }
    let sum: u32 = parts.iter().sum();
    (additive && parts.len() > 2).then(|| (parts.iter().map(u32::to_string).collect(), Decimal::from(sum)))
}

/// How many entries a comment has that is a list with semicolons, where the name counts such things.
fn semicolons(indicator: &Indicator, note: &str) -> u32 {
    let entries: Vec<&str> = note.split(';').map(str::trim).filter(|e| !e.is_empty()).collect();
    let sentences = entries.iter().take(entries.len().saturating_sub(1)).any(|e| e.contains(". "));
    let plural = words(&indicator.name).first().is_some_and(|w| w.ends_with(['i', 'e']));
    if entries.len() < 4 || sentences || !plural {
        return 0;
    }
    u32::try_from(entries.len()).unwrap_or(0)
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
    PART.captures_iter(text).filter_map(|m| value_of(&m[1])).collect()
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

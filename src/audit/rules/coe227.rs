//! COE227: la descrizione chiede più dell'obiettivo da raggiungere.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::counting::{WORDY, small};
use crate::audit::remarks::around;

pub(super) static RULE: Rule = Rule {
    code: "COE227",
    severity: Severity::Warning,
    title: Text {
        it: "la descrizione chiede più dell'obiettivo da raggiungere",
        en: "the description asks for more than the target",
    },
    what: "Cerca nella descrizione degli obiettivi i numeri promessi («almeno 3 azioni», «prevista l'attivazione di 40 tirocini») e li confronta con i valori da raggiungere degli indicatori che contano la stessa cosa.",
    why: "L'impegno preso a parole non è quello su cui si misura.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Descrizione «dovranno essere sviluppate almeno 3 azioni», indicatore «numero azioni», obiettivo >= 2.",
    advice: Text { it: "allineare descrizione e obiettivo", en: "bring description and target in line" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static ATLEAST: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(&format!(
            r"(?i)\b(?:almeno|pari o (?:maggiore|superiore) a|previst[aoie]\s+(?:l['’]|la\s|il\s|lo\s)?\p{{L}}+\s+di)\s+(?:n\.?\s*)?(\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}|{WORDY})\s+([a-zà-ù]{{5,}})"
        ))
        .expect("constant pattern")
    });
    let mut out = Vec::new();
    // The same promise stands in the office's sheet and in its head's.
    let mut seen: Vec<(String, u32)> = Vec::new();
    for passage in &view.plan.passages {
        let Some(objective) = passage.objective else { continue };
        for cell in passage.cells.iter().filter(|c| c.raw.len() > 60) {
            for found in ATLEAST.captures_iter(&cell.raw) {
                let Some(wanted) = small(&found[1].replace('.', "")) else { continue };
                let noun: String = key(&found[2]).chars().take(5).collect();
                let counts = |i: &Indicator| {
                    let name = words(&i.name);
                    name.iter().take(4).any(|w| w.starts_with(&noun)) && !i.name.contains('%')
                };
                let members: Vec<(usize, &Indicator, &DatedMeasure, Decimal)> = view
                    .members(objective)
                    .filter(|(_, i)| counts(i))
                    .filter_map(|(n, i)| {
                        let target = view.year_target(i)?;
                        let reading = &target.measure.reading;
                        let plain = matches!(reading.kind, Kind::Number | Kind::Range);
                        let high = reading.value_high.or_else(|| number(&target.measure))?;
                        plain.then_some((n, i, target, high))
                    })
                    .collect();
                let wanted_value = Decimal::from(wanted);
                if members.iter().any(|m| m.3 >= wanted_value) {
                    continue;
                }
                // "Two actions are to begin, at least one to be concluded": the text promises what the target asks for, too.
                if promised(&cell.raw, &noun).iter().any(|n| members.iter().any(|m| m.3 == *n)) {
                    continue;
                }
                let Some((index, indicator, target, _)) = members.first() else { continue };
                // The indicator's own words are no description.
                if seen.contains(&(key(&indicator.name), wanted))
                    || covered(&indicator.name, &cell.raw) == 1.0 && cell.raw.len() < 200
                {
                    continue;
                }
                seen.push((key(&indicator.name), wanted));
                let sentence = cell.raw.split_inclusive(['.', ';', '\n']).find(|s| s.contains(&found[0]));
                out.push(
                    view.on(rule, *index)
                        .at(&cell.source)
                        .quote("descrizione", "description", &around(sentence.unwrap_or(&found[0]).trim(), &found[0]))
                        .quote("obiettivo", "target", &target.measure.raw)
                        .says(
                            format!("la descrizione dice «{}», l'obiettivo è {}", &found[0], target.measure.raw),
                            format!("the description says “{}”, the target is {}", &found[0], target.measure.raw),
                        ),
                );
            }
        }
    }
    out
}

/// The numbers that stand before a noun in a text, by the noun's first letters: "un'azione" is one.
fn promised(text: &str, noun: &str) -> Vec<Decimal> {
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(&format!(r"(?i)\b(un['’]|una?\s|\d{{1,3}}\s|(?:{WORDY})\s)\s*([a-zà-ù]{{5,}})"))
            .expect("constant pattern")
    });
    let number = |word: &str| {
        let word = word.trim().trim_end_matches(['\'', '’']).to_lowercase();
        if word.starts_with("un") && word.len() < 4 { Some(1) } else { small(&word) }
    };
    let of_noun = |m: &regex::Captures<'_>| key(&m[2]).starts_with(noun);
    COUNTED.captures_iter(text).filter(of_noun).filter_map(|m| number(&m[1])).map(Decimal::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_a_noun() {
        let text = "l'avvio di almeno due azioni, e di concludere almeno un'azione; una riunione, 3 azioni";
        let numbers: Vec<String> = promised(text, "azion").iter().map(Decimal::to_string).collect();
        assert_eq!(numbers, ["2", "1", "3"]);
    }
}

//! COE206: l'elenco e le schede non chiamano gli indicatori allo stesso modo.

use super::prelude::*;
use crate::audit::lists::{Entry, listed, own_number};

pub(super) static RULE: Rule = Rule {
    code: "COE206",
    severity: Severity::Warning,
    title: Text {
        it: "l'elenco e le schede non chiamano gli indicatori allo stesso modo",
        en: "the list and the sheets name the indicators differently",
    },
    what: "Confronta i nomi nell'elenco in testa alla scheda con quelli presso gli indicatori: cerca i numeri \
          scambiati e, come nota, i nomi senza parole in comune.",
    why: "Chi legge l'elenco crede di leggere di un altro indicatore.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Elenco: 4 = schede, 5 = formazione; schede: 4 = gradimento dei corsi, 5 = schede.",
    advice: Text { it: "usare gli stessi numeri e gli stessi nomi", en: "use the same numbers and the same names" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (objective, _) in view.objectives() {
        let members: Vec<(usize, &Indicator)> = view.members(objective).collect();
        let by_number = |n: u32| members.iter().find(|(_, i)| own_number(i.code.as_deref()) == Some(n)).copied();
        for entry in listed(view, objective) {
            for (number, text) in named(&entry) {
                let Some((index, indicator)) = by_number(number) else { continue };
                if indicator.name.is_empty() || words(&text).len() < 2 {
                    continue;
                }
                let own = covered(&text, &indicator.name);
                let swapped = entry
                    .numbers
                    .iter()
                    .filter(|n| **n != number)
                    .filter_map(|n| by_number(*n))
                    .find(|(_, other)| covered(&text, &other.name) >= own + 0.5);
                let finding = view.on(rule, index).at(&entry.source).quote("elenco", "list", &text).quote(
                    "scheda",
                    "sheet",
                    &indicator.name,
                );
                if let Some((_, other)) = swapped {
                    let code = other.code.clone().unwrap_or_default();
                    out.push(finding.says(
                        format!("l'elenco chiama indicatore {number} quello che le schede chiamano indicatore {code}"),
                        format!("the list calls indicator {number} what the sheets call indicator {code}"),
                    ));
                } else if entry.numbers.len() == 1 && own == 0.0 && covered(&indicator.name, &text) == 0.0 {
                    out.push(finding.weighs(Severity::Info).says(
                        "il nome nell'elenco e quello nella scheda non hanno parole in comune",
                        "the names in the list and in the sheet have no word in common",
                    ));
                }
            }
        }
    }
    out
}

/// What an entry says of each of its numbers: the words in brackets, one part a number where it has several.
fn named(entry: &Entry) -> Vec<(u32, String)> {
    let inside = entry.text.split_once('(').map_or("", |(_, rest)| rest);
    let inside = inside.rsplit_once(')').map_or(inside, |(inside, _)| inside);
    match &entry.numbers[..] {
        [only] => vec![(*only, inside.to_owned())],
        several => {
            let parts: Vec<&str> = inside.split([',', '/']).collect();
            if parts.len() != several.len() {
                return Vec::new();
            }
            several.iter().copied().zip(parts.into_iter().map(str::to_owned)).collect()
        }
    }
}

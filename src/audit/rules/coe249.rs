//! COE249: l'elenco e la scheda scrivono il nome dell'indicatore con parole un po' diverse.

use super::prelude::*;
use crate::audit::lists::{Entry, listed, own_number};

pub(super) static RULE: Rule = Rule {
    code: "COE249",
    severity: Severity::Info,
    title: Text {
        it: "l'elenco e la scheda scrivono il nome dell'indicatore con parole un po' diverse",
        en: "the list and the sheet write the indicator's name in slightly different words",
    },
    what: "Confronta i nomi nell'elenco in testa alla scheda con quelli presso gli indicatori: cerca i nomi quasi uguali, abbreviati o con una parola cambiata.",
    why: "Cercando il nome dell'elenco non si trova quello della scheda.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Elenco: «incongruenze nelle informazioni presentate al registro»; scheda: «… presentate nel registro».",
    advice: Text { it: "usare lo stesso nome", en: "use the same name" },
    gather: Some(1),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (objective, _) in view.objectives() {
        for entry in listed(view, objective) {
            let Some((number, text)) = named(&entry) else { continue };
            let own = |i: &Indicator| own_number(i.code.as_deref()) == Some(number);
            let Some((index, indicator)) = view.members(objective).find(|(_, i)| own(i)) else { continue };
            let (list, sheet) = (key(&text), key(&indicator.name));
            let near = similar(&text, &indicator.name) >= 0.5
                || covered(&text, &indicator.name) >= 0.7 && words(&text).len() > 2;
            if !near || list.replace(' ', "") == sheet.replace(' ', "") || words(&text) == words(&indicator.name) {
                continue;
            }
            out.push(
                view.on(rule, index)
                    .at(&entry.source)
                    .quote("elenco", "list", &text)
                    .quote("scheda", "sheet", &indicator.name)
                    .says(
                        "il nome nell'elenco non è scritto come nella scheda",
                        "the name in the list isn't written as in the sheet",
                    ),
            );
        }
    }
    out
}

/// The number and the words in brackets of an entry for one indicator.
fn named(entry: &Entry) -> Option<(u32, String)> {
    let [number] = entry.numbers[..] else { return None };
    let inside = entry.text.split_once('(').map_or("", |(_, rest)| rest);
    let inside = inside.rsplit_once(')').map_or(inside, |(inside, _)| inside).trim();
    (!inside.is_empty()).then(|| (number, inside.to_owned()))
}

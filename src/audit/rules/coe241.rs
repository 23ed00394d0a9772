//! COE241: lo stesso indicatore ha un altro nome nella scheda operativa.

use super::prelude::*;
use super::targets::equal;
use super::twins::{below, twins};

pub(super) static RULE: Rule = Rule {
    code: "COE241",
    severity: Severity::Info,
    title: Text {
        it: "lo stesso indicatore ha un altro nome nella scheda operativa",
        en: "the same indicator has another name in the operational sheet",
    },
    what: "Accoppia gli indicatori di un obiettivo strategico con quelli delle schede operative (stesso algoritmo, o stessi valori sotto un titolo che ripete il nome) e confronta i nomi.",
    why: "Chi cerca l'indicatore strategico nelle schede non lo ritrova.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 1/2017: gli obiettivi specifici si declinano in quelli annuali (operativi) in modo coerente.",
    example: "Strategico: «Tasso evasione pratiche registro imprese»; operativo: «Iscrizione delle domande/denunce», con lo stesso algoritmo.",
    advice: Text { it: "chiamare l'indicatore allo stesso modo", en: "give the indicator one name" },
    gather: Some(6),
    check: Check::Document(check),
};

/// From here on two names are one.
const SAME: f64 = 0.6;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut pairs = twins(view);
    for (upper, _) in view.objectives() {
        for (i, a) in view.members(upper) {
            if pairs.iter().any(|(known, _)| *known == i) {
                continue;
            }
            let twin = below(view, upper)
                .filter(|(_, o)| covered(&a.name, &o.title).max(similar(&a.name, &o.title)) >= SAME)
                .flat_map(|(child, _)| view.members(child).collect::<Vec<_>>())
                .find(|(j, b)| same_values(view, a, b) && !pairs.iter().any(|(_, known)| known == j));
            pairs.extend(twin.map(|(j, _)| (i, j)));
        }
    }
    let finding = |(upper, lower): &(usize, usize)| {
        let (a, b) = (view.plan.indicators.get(*upper)?, view.plan.indicators.get(*lower)?);
        let head = |i: &Indicator| words(&i.name).first().map(|w| w.chars().take(5).collect::<String>());
        let other = (similar(&a.name, &b.name) < SAME || head(a) != head(b) && similar(&a.name, &b.name) < 0.8)
            && !a.name.is_empty()
            && !b.name.is_empty();
        other.then(|| {
            view.on(rule, *lower)
                .quote("strategico", "strategic", &a.name)
                .quote("operativo", "operational", &b.name)
                .says(
                    format!("misura lo stesso di {}, con un altro nome", view.name(a)),
                    format!("measures the same as {}, under another name", view.name_in(a, Language::English)),
                )
        })
    };
    pairs.iter().filter_map(finding).collect()
}

/// The same figures as baseline and target, and the same weight.
fn same_values(view: &View<'_>, a: &Indicator, b: &Indicator) -> bool {
    let target = |i| view.year_target(i).map(|t| &t.measure);
    let (Some(x), Some(y)) = (a.baseline.as_ref(), b.baseline.as_ref()) else { return false };
    let figures = number(&x.measure).is_some() && equal(&x.measure, &y.measure);
    figures && matches!((target(a), target(b)), (Some(x), Some(y)) if number(x).is_some() && number(x) == number(y))
}

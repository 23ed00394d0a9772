//! COM413: la numerazione degli obiettivi ha un salto.

use super::prelude::*;
use crate::extract::Level;

pub(super) static RULE: Rule = Rule {
    code: "COM413",
    severity: Severity::Info,
    title: Text { it: "la numerazione degli obiettivi ha un salto", en: "the numbers of the objectives have a gap" },
    what: "Nei documenti che contano gli obiettivi di ogni ufficio 1, 2, 3 cerca gli elenchi che cominciano da un altro numero e i numeri saltati.",
    why: "Manca una scheda, o l'obiettivo ha il numero di un altro.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "Gli obiettivi di un ufficio cominciano da «Obiettivo 3».",
    advice: Text {
        it: "aggiungere gli obiettivi che mancano, o correggere i numeri",
        en: "add the missing objectives, or correct the numbers",
    },
    gather: Some(2),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let numbered: Vec<(usize, u32)> = view
        .objectives()
        .filter(|(_, o)| !matches!(o.level, Level::Strategico | Level::Annuale | Level::Strumento))
        .filter_map(|(index, o)| Some((index, o.code.as_deref()?.trim_matches('.').parse().ok()?)))
        .collect();
    let begins = numbered.iter().filter(|(_, n)| *n == 1).count();
    let steps = || numbered.windows(2).filter_map(|w| if let [a, b] = w { Some((*a, *b)) } else { None });
    let odd = |(a, b): &((usize, u32), (usize, u32))| b.1 != 1 && b.1 != a.1 + 1 && b.1 != a.1;
    let jumps: Vec<((usize, u32), (usize, u32))> = steps().filter(odd).collect();
    if begins < 3 || jumps.len() * 10 > numbered.len() {
        return Vec::new();
    }
    let finding = |(before, own): ((usize, u32), (usize, u32))| {
        let finding = view.on_objective(rule, own.0);
        if own.1 < before.1 {
            finding.says(
                format!("gli obiettivi ricominciano dal numero {}: i precedenti non ci sono", own.1),
                format!("the objectives begin again with number {}: the earlier ones aren't there", own.1),
            )
        } else {
            finding.says(
                format!("dopo l'obiettivo {} viene il {}", before.1, own.1),
                format!("objective {} is followed by {}", before.1, own.1),
            )
        }
    };
    jumps.into_iter().map(finding).collect()
}

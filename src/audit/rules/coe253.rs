//! COE253: la documentazione di un indicatore è quella di un altro.

use super::prelude::*;

use super::grids::tables;
use crate::audit::lists::own_number;
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE253",
    severity: Severity::Info,
    title: Text {
        it: "la documentazione di un indicatore è quella di un altro",
        en: "one indicator's documents are another's",
    },
    what: "Confronta la tabella che dà a ogni indicatore la sua documentazione con i nomi degli indicatori: cerca le righe che parlano dell'indicatore di un altro numero.",
    why: "Chi chiede la prova del risultato riceve quella di un altro.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Documentazione 3 «atti di gestione del personale»; indicatore 2 «% atti di gestione del personale», indicatore 3 «% atti di collaudo».",
    advice: Text { it: "mettere in ordine le righe", en: "put the rows in order" },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for rows in tables(view) {
        let mut rows = rows.into_iter();
        let Some(head) = rows.next() else { continue };
        let ([number, text], Some(objective)) = (&head.cells[..], head.objective) else { continue };
        if !key(&number.raw).starts_with("indicator") || !key(&text.raw).starts_with("documentazion") {
            continue;
        }
        let members: Vec<(usize, &Indicator)> = view.members(objective).collect();
        for row in rows {
            let [number, text] = &row.cells[..] else { continue };
            let Ok(own) = number.raw.trim().parse::<u32>() else { continue };
            let shared = |i: &Indicator| covered(&i.name, &text.raw);
            let of = |n: u32| members.iter().find(|(_, i)| own_number(i.code.as_deref()) == Some(n));
            let Some((index, indicator)) = of(own) else { continue };
            let best = members
                .iter()
                .filter(|(_, i)| own_number(i.code.as_deref()) != Some(own))
                .max_by(|a, b| shared(a.1).total_cmp(&shared(b.1)));
            let Some((_, other)) = best else { continue };
            // The other's words stand there, its own hardly.
            if shared(other) < 0.6 || shared(indicator) > 0.5 * shared(other) {
                continue;
            }
            let code = other.code.clone().unwrap_or_default();
            out.push(
                view.on(rule, *index)
                    .at(&text.source)
                    .quote("documentazione", "documents", &shortened(&text.raw))
                    .quote("indicatore", "indicator", &indicator.name)
                    .quote(if code.is_empty() { "un altro" } else { "l'altro" }, "the other", &other.name)
                    .says(
                        format!("la documentazione dell'indicatore {own} parla dell'indicatore {code}"),
                        format!("the documents of indicator {own} speak of indicator {code}"),
                    ),
            );
        }
    }
    out
}

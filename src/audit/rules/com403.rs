//! COM403: l'elenco della documentazione non corrisponde agli indicatori.

use super::prelude::*;
use std::collections::BTreeSet;

use crate::audit::lists::{listed, own_number};
use crate::extract::Passage;

pub(super) static RULE: Rule = Rule {
    code: "COM403",
    severity: Severity::Warning,
    title: Text {
        it: "l'elenco della documentazione non corrisponde agli indicatori",
        en: "the list of evidence doesn't match the indicators",
    },
    what: "Confronta i numeri della tabella «Documentazione e report» con gli indicatori dell'obiettivo.",
    why: "Senza documento di prova l'OIV non può validare il risultato; un documento in più prova un \
          indicatore che non c'è.",
    basis: "D.Lgs. 150/2009, art. 14, c. 4, lett. c): l'OIV valida la relazione.",
    example: "Documentazione per gli indicatori 1-3, indicatori 1-4.",
    advice: Text { it: "allineare l'elenco agli indicatori", en: "bring the list in line with the indicators" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let head = |p: &Passage| {
        p.cells.len() == 2
            && p.cells.first().is_some_and(|c| key(&c.raw).starts_with("indicator"))
            && p.cells.get(1).is_some_and(|c| key(&c.raw).starts_with("documentazione"))
    };
    for (at, header) in view.plan.passages.iter().enumerate().filter(|(_, p)| head(p)) {
        let Some(objective) = header.objective else { continue };
        let mut proven: Vec<u32> = Vec::new();
        for row in
            view.plan.passages.iter().skip(at + 1).take_while(|p| p.table.is_some() && p.objective == header.objective)
        {
            let Some(first) = row.cells.first() else { break };
            let numbers: Vec<u32> =
                first.raw.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
            let plain = first.raw.chars().all(|c| c.is_ascii_digit() || " ,.-eE\n".contains(c));
            if numbers.is_empty() || !plain {
                break;
            }
            proven.extend(numbers);
        }
        let mut own: Vec<u32> = view.members(objective).filter_map(|(_, i)| own_number(i.code.as_deref())).collect();
        own.extend(listed(view, objective).into_iter().flat_map(|e| e.numbers));
        if proven.is_empty() || own.is_empty() {
            continue;
        }
        let missing: Vec<String> = own
            .iter()
            .filter(|n| !proven.contains(n))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(u32::to_string)
            .collect();
        let more: Vec<String> = proven
            .iter()
            .filter(|n| !own.contains(n))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(u32::to_string)
            .collect();
        if missing.is_empty() && more.is_empty() {
            continue;
        }
        let mut parts = Vec::new();
        if !missing.is_empty() {
            parts.push((
                format!("manca la documentazione per gli indicatori {}", missing.join(", ")),
                format!("no evidence for indicators {}", missing.join(", ")),
            ));
        }
        if !more.is_empty() {
            parts.push((
                format!("c'è documentazione per gli indicatori {}, che non ci sono", more.join(", ")),
                format!("evidence for indicators {} that don't exist", more.join(", ")),
            ));
        }
        let (it, en): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
        let Some(cell) = header.cells.first() else { continue };
        out.push(view.at(rule, Some(objective), &cell.source).says(it.join("; "), en.join("; ")));
    }
    out
}

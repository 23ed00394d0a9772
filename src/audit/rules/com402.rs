//! COM402: indicatore elencato ma senza scheda.

use super::prelude::*;
use crate::audit::lists::{listed, own_number};
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COM402",
    severity: Severity::Warning,
    title: Text { it: "indicatore elencato ma senza scheda", en: "listed indicator without a sheet" },
    what: "Confronta i numeri nell'elenco in testa alla scheda con gli indicatori che hanno un riquadro con \
          valori; somma i pesi leggibili.",
    why: "L'indicatore pesa ma non ha obiettivo né risultato.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "Elenco: indicatori 1-5; riquadri: solo 2-5, pesi 35 + 15 + 15 + 20 = 85.",
    advice: Text {
        it: "aggiungere il riquadro; se nel documento originale c'è, la pagina si è persa nella conversione",
        en: "add the box; if the original document has it, the page was lost in conversion",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (objective, _) in view.objectives() {
        let entries = listed(view, objective);
        let with_values = |i: &Indicator| !i.targets.is_empty() || !i.actuals.is_empty();
        let own: Vec<u32> = view
            .members(objective)
            .filter(|(_, i)| with_values(i))
            .filter_map(|(_, i)| own_number(i.code.as_deref()))
            .collect();
        if own.is_empty() {
            continue;
        }
        let mut numbers: Vec<u32> =
            entries.iter().flat_map(|e| e.numbers.clone()).filter(|n| !own.contains(n)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let Some(entry) = entries.iter().find(|e| e.numbers.iter().any(|n| numbers.contains(n))) else { continue };
        let weights: Vec<Decimal> = view.members(objective).filter_map(|(_, i)| number(i.weight.as_ref()?)).collect();
        let sum: Decimal = weights.iter().sum();
        let names: Vec<String> = numbers.iter().map(u32::to_string).collect();
        let terms: Vec<String> = weights.iter().map(|w| italian(*w, 4)).collect();
        let (which, have) = match &names[..] {
            [only] => (format!("all'indicatore {only}"), "che non ha"),
            _ => (format!("agli indicatori {}", names.join(", ")), "che non hanno"),
        };
        out.push(
            view.on_objective(rule, objective)
                .at(&entry.source)
                .quote("elenco", "list", &shortened(&entry.text))
                .quote("peso nell'elenco", "weight in the list", &entry.weight_raw)
                .says(
                    format!("l'elenco dà un peso {which}, {have} un riquadro con i valori; i pesi dei riquadri fanno {}", italian(sum, 4)),
                    format!("the list gives a weight to indicators {} that have no box with values; the boxes' weights add up to {}", names.join(", "), italian(sum, 4)),
                )
                .reckons(format!("{} = {}", terms.join(" + "), italian(sum, 4))),
        );
    }
    out
}

//! COM407: una numerazione con dei vuoti.

use super::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::Printed;

pub(super) static RULE: Rule = Rule {
    code: "COM407",
    severity: Severity::Info,
    title: Text { it: "una numerazione con dei vuoti", en: "a numbering with gaps" },
    what: "Raccoglie i numeri con cui il testo cita una serie («scheda progetto n. 5») e cerca quelli che mancano.",
    why: "Una scheda non è citata da nessuna parte: manca il rinvio, o la scheda.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "Schede progetto da 1 a 24: le n. 3, 18 e 23 non sono citate.",
    advice: Text {
        it: "citare le schede che mancano, o dire perché mancano",
        en: "cite what is missing, or say why it is",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static CITED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(sched[ae] progetto|sched[ae] obiettivo|sched[ae])\s+(?:n\.?\s*)?(\d{1,2})\b")
            .expect("constant pattern")
    });
    let mut series: Vec<(String, BTreeSet<u32>, &Printed)> = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in CITED.captures_iter(&cell.raw) {
                let (name, Ok(n)) = (found[1].to_lowercase().replace("schede", "scheda"), found[2].parse()) else {
                    continue;
                };
                match series.iter_mut().find(|(known, ..)| *known == name) {
                    Some((_, numbers, _)) => {
                        numbers.insert(n);
                    }
                    None => series.push((name, BTreeSet::from([n]), cell)),
                }
            }
        }
    }
    let finding = |(name, numbers, cell): &(String, BTreeSet<u32>, &Printed)| {
        let highest = *numbers.last()?;
        let missing: Vec<String> = (1..=highest).filter(|n| !numbers.contains(n)).map(|n| n.to_string()).collect();
        let few = !missing.is_empty() && missing.len() * 4 <= numbers.len();
        (numbers.len() > 7 && few).then(|| {
            view.at(rule, None, &cell.source).says(
                format!("il documento cita «{name}» fino al n. {highest}, ma mai: {}", missing.join(", ")),
                format!("the document cites “{name}” up to no. {highest}, but never: {}", missing.join(", ")),
            )
        })
    };
    series.iter().filter_map(finding).collect()
}

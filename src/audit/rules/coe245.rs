//! COE245: la stessa voce, parola per parola, in due schede diverse.

use super::prelude::*;

use crate::audit::remarks::shortened;
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE245",
    severity: Severity::Info,
    title: Text {
        it: "la stessa voce, parola per parola, in due schede diverse",
        en: "the same entry, word by word, in two different sheets",
    },
    what: "Cerca le voci lunghe (descrizione, benefici, risultati attesi …) che due obiettivi con titoli diversi hanno uguali, dove le altre schede ne hanno di proprie.",
    why: "È di solito un testo copiato e non adattato: la scheda parla dell'altro obiettivo.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«Benefici attesi» della scheda sull'anticorruzione uguali a quelli della scheda sulla trasparenza.",
    advice: Text { it: "scrivere la voce per il proprio obiettivo", en: "write the entry for its own objective" },
    gather: Some(4),
    check: Check::Document(check),
};

/// Shorter entries are usual phrases, in characters.
const LONG: usize = 120;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut entries: Vec<(&Passage, usize, &Printed, &Printed)> = Vec::new();
    for passage in &view.plan.passages {
        if let (Some(objective), Some(_), [label, cell]) = (passage.objective, passage.table, &passage.cells[..])
            && label.raw.chars().count() < 90
            && cell.raw.chars().count() >= LONG
            && view.members(objective).next().is_some()
        {
            entries.push((passage, objective, label, cell));
        }
    }
    let mut out: Vec<Finding> = Vec::new();
    for (at, (passage, objective, label, cell)) in entries.iter().enumerate() {
        let same = |e: &&(&Passage, usize, &Printed, &Printed)| e.1 != *objective && e.3.raw == cell.raw;
        let peers: Vec<&(&Passage, usize, &Printed, &Printed)> = entries.iter().filter(same).collect();
        // What three sheets say is a form's own text; of two the later one is the copy.
        let [(_, other, _, _)] = peers[..] else { continue };
        if entries.iter().skip(at).any(|e| same(&e)) {
            continue;
        }
        let (Some(own), Some(first)) = (view.plan.objectives.get(*objective), view.plan.objectives.get(*other)) else {
            continue;
        };
        // Annexes repeat whole sheets.
        if similar(&own.title, &first.title) > 0.4 {
            continue;
        }
        // A choice among a few sentences is no text of one's own.
        let label_of = |e: &&(&Passage, usize, &Printed, &Printed)| key(&e.2.raw) == key(&label.raw);
        let all = entries.iter().filter(label_of).count();
        let mut texts: Vec<&str> = entries.iter().filter(label_of).map(|e| e.3.raw.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        if texts.len() * 4 < all * 3
            || matches!(view.field(&label.raw), Some(Field::Indicator | Field::Algorithm | Field::Note))
        {
            continue;
        }
        let mine = |e: &&(&Passage, usize, &Printed, &Printed)| e.1 == *objective && key(&e.2.raw) == key(&label.raw);
        if entries.iter().filter(mine).count() > 1 {
            continue;
        }
        out.push(
            view.at(rule, passage.objective, &cell.source)
                .quote("voce", "entry", &format!("{}: {}", label.raw, shortened(&cell.raw)))
                .says(
                    format!("«{}» è uguale, parola per parola, in {}", label.raw, objective_name(first)),
                    format!(
                        "“{}” is the same, word by word, in {}",
                        label.raw,
                        objective_name_in(first, Language::English)
                    ),
                ),
        );
    }
    out
}

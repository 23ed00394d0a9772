//! COM306: nella scheda mancano voci che le altre hanno.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM306",
    severity: Severity::Info,
    title: Text {
        it: "nella scheda mancano voci che le altre hanno",
        en: "the sheet lacks entries that the others have",
    },
    what: "Cerca gli obiettivi la cui scheda non ha prospettiva, rilevanza, valore economico o budget, dove \
          quasi tutte le altre li hanno.",
    why: "Senza la rilevanza e il valore economico l'obiettivo non si può pesare nei fondi; se il documento \
          originale ha le voci, la pagina si è persa nella conversione.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "Undici schede con il coefficiente di rilevanza, due senza.",
    advice: Text { it: "completare la scheda", en: "complete the sheet" },
    gather: None,
    check: Check::Document(check),
};

type Entry = (&'static str, &'static str, fn(&Objective) -> bool);

const ENTRIES: [Entry; 5] = [
    ("la prospettiva", "the perspective", |o| o.sheet.perspective.is_some()),
    ("la rilevanza", "the relevance", |o| o.sheet.relevance.is_some()),
    ("il valore per il fondo dirigenti", "the value for the executives' fund", |o| o.sheet.value_executives.is_some()),
    ("il valore per il fondo dipendenti", "the value for the staff's fund", |o| o.sheet.value_staff.is_some()),
    ("il budget", "the budget", |o| !o.sheet.budget.is_empty()),
];

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let sheets: Vec<(usize, &Objective)> =
        view.objectives().filter(|(i, _)| view.members(*i).next().is_some()).collect();
    let usual: Vec<&Entry> = ENTRIES
        .iter()
        .filter(|(_, _, has)| {
            let with = sheets.iter().filter(|(_, o)| has(o)).count();
            with > 4 && with * 10 >= sheets.len() * 7
        })
        .collect();
    let finding = |(index, objective): &(usize, &Objective)| {
        let missing: Vec<&&Entry> = usual.iter().filter(|(_, _, has)| !has(objective)).collect();
        // One entry may stand in a form of its own; a lost page takes several.
        if missing.len() < 2 {
            return None;
        }
        let it: Vec<&str> = missing.iter().map(|e| e.0).collect();
        let en: Vec<&str> = missing.iter().map(|e| e.1).collect();
        Some(view.on_objective(rule, *index).says(
            format!("nella scheda mancano {} voci che quasi tutte le altre hanno: {}", it.len(), it.join(", ")),
            format!("the sheet lacks {} entries that nearly all others have: {}", en.len(), en.join(", ")),
        ))
    };
    sheets.iter().filter_map(finding).collect()
}

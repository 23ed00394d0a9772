//! COM404: una nota di lavoro è rimasta nel documento.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM404",
    severity: Severity::Error,
    title: Text { it: "una nota di lavoro è rimasta nel documento", en: "a drafting note was left in the document" },
    what: "Cerca le frasi con cui chi scrive si ricorda di finire il lavoro («vanno aggiornati», «da \
          completare», «xxx»), nei testi brevi o in maiuscolo.",
    why: "Il documento pubblicato non è finito: i dati vicini possono essere provvisori.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "«VANNO AGGIORNATI ALCUNI IMPORTI» sotto la tabella del budget.",
    advice: Text { it: "completare i dati e togliere la nota", en: "complete the data and remove the note" },
    gather: None,
    check: Check::Document(check),
};

/// A note is short; long paragraphs use the same words for the chamber's work.
const SHORT: usize = 100;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for line in cell.raw.lines() {
                let Some(phrase) = said(line, &view.phrases.drafting) else { continue };
                let upper = line.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
                // "Elenco da aggiornare ogni mese" is work to do, not a note: a note opens with its words or shouts.
                let opens = key(line).starts_with(phrase);
                if line.chars().count() > SHORT || !(upper || opens) {
                    continue;
                }
                out.push(view.at(rule, passage.objective, &cell.source).quote("testo", "text", line).says(
                    format!("sembra una nota di lavoro («{phrase}») rimasta nel documento"),
                    format!("looks like a drafting note (“{phrase}”) left in the document"),
                ));
            }
        }
    }
    out
}

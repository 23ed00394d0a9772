//! COM404: una nota di lavoro è rimasta nel documento.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COM404",
    severity: Severity::Error,
    title: Text { it: "una nota di lavoro è rimasta nel documento", en: "a drafting note was left in the document" },
    what: "Cerca le frasi con cui chi scrive si ricorda di finire il lavoro («vanno aggiornati», «da \
          completare», «xxx»), nei testi brevi o in maiuscolo, e i segni che fanno le veci di un dato («[??]», «XX \
          imprese», «!!»).",
    why: "Il documento pubblicato non è finito: i dati vicini possono essere provvisori.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "«VANNO AGGIORNATI ALCUNI IMPORTI» sotto la tabella del budget.",
    advice: Text {
        it: "completare ciò di cui la nota parla, e toglierla",
        en: "complete what the note speaks of, and remove it",
    },
    gather: None,
    check: Check::Document(check),
};

/// A note is short; long paragraphs use the same words for the chamber's work.
const SHORT: usize = 100;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static BLANK: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?:_{2,}\s*/\s*)+_{0,4}\d{0,4}|\bdel\s+(?:_{3,}|\.{4,})").expect("constant pattern")
    });
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"[\[(]\s*\?{1,5}\s*[\])]|\?{3,}|\([^()]{0,60}!{2,}\)|!{2,}").expect("constant pattern")
    });
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for line in cell.raw.lines() {
                if let Some(note) = bracketed(view, line) {
                    out.push(view.at(rule, passage.objective, &cell.source).quote("testo", "text", note).says(
                        "sembra una nota di lavoro tra parentesi, rimasta nel documento",
                        "looks like a drafting note in brackets left in the document",
                    ));
                    continue;
                }
                if let Some(blank) = BLANK.find(line) {
                    out.push(
                        view.at(rule, passage.objective, &cell.source).quote("testo", "text", &shortened(line)).says(
                            format!("una data o un numero da compilare («{}») è rimasto nel documento", blank.as_str()),
                            format!("a date or number to be filled in (“{}”) was left in the document", blank.as_str()),
                        ),
                    );
                    continue;
                }
                if let Some(mark) = MARK.find(line).map(|m| m.as_str()).or_else(|| uncounted(view, line)) {
                    out.push(
                        view.at(rule, passage.objective, &cell.source).quote("testo", "text", &shortened(line)).says(
                            format!("un segno di lavoro («{}») è rimasto nel documento", mark),
                            format!("a mark of the draft (“{}”) was left in the document", mark),
                        ),
                    );
                    continue;
                }
                let Some(phrase) = said(line, &view.phrases.drafting) else { continue };
                let upper = line.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
                // "Elenco da aggiornare ogni mese" is work to do, not a note: a note opens with its words or shouts.
                let opens = key(line).starts_with(phrase);
                // Placeholder letters are no words of a sentence.
                let placeholder = phrase.chars().all(|c| c == 'x');
                if !placeholder && (line.chars().count() > SHORT || !(upper || opens)) {
                    continue;
                }
                out.push(view.at(rule, passage.objective, &cell.source).quote("testo", "text", &shortened(line)).says(
                    format!("sembra una nota di lavoro («{phrase}») rimasta nel documento"),
                    format!("looks like a drafting note (“{phrase}”) left in the document"),
                ));
            }
        }
    }
    out
}

/// "XX imprese": letters in the place of a figure. Roman numerals stand before singulars ("XX secolo", "XX edizione").
fn uncounted<'l>(view: &View<'_>, line: &'l str) -> Option<&'l str> {
    static UNKNOWN: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?:^|[\s(€])[Xx]{2,4}\s+([\p{Ll}]+)").expect("constant pattern")
    });
    let counts = |m: &regex::Captures<'_>| view.phrases.counted.contains(&key(&m[1]));
    UNKNOWN.captures_iter(line).find(counts).and_then(|m| m.get(0)).map(|m| m.as_str().trim())
}

/// What stands between brackets and opens with a verb of the author's to-do list.
fn bracketed<'l>(view: &View<'_>, line: &'l str) -> Option<&'l str> {
    let mut rest = line;
    while let Some(open) = rest.find(['[', '(']) {
        let (head, tail) = rest.split_at(open);
        let close = if tail.starts_with('[') { ']' } else { ')' };
        let end = tail.find(close)?;
        let (note, square) = (tail.get(..=end)?, close == ']');
        let words = key(note);
        let verb =
            view.phrases.notes.iter().any(|n| words.strip_prefix(n.as_str()).is_some_and(|r| r.starts_with(' ')));
        let verb = verb || square_note(view, note);
        // Round brackets hold explanations too: there a note is a few words after other words.
        let alone = head.trim().is_empty()
            && rest.len() == line.len()
            && tail.get(end + 1..).is_some_and(|t| t.trim().is_empty());
        if verb && (square || words.split(' ').count() <= 9 && (!head.is_empty() || alone)) {
            return Some(note);
        }
        rest = tail.get(1..)?;
    }
    None
}

/// "[testo da completare]": square brackets around the words of a draft.
fn square_note(view: &View<'_>, note: &str) -> bool {
    note.starts_with('[') && said(note, &view.phrases.drafting).is_some()
}

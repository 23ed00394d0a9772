//! COE240: lo stesso fatto con due date.

use super::prelude::*;

use jiff::civil::Date;

use super::dates::days;
use crate::audit::remarks::shortened;
use crate::extract::Printed;

pub(super) static RULE: Rule = Rule {
    code: "COE240",
    severity: Severity::Warning,
    title: Text { it: "lo stesso fatto con due date", en: "the same event with two dates" },
    what: "Cerca le frasi che raccontano lo stesso fatto unico (un insediamento, un'inaugurazione) con le stesse parole e date diverse.",
    why: "Una delle due date è sbagliata.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«L'insediamento del Consiglio è avvenuto il 26 novembre 2019» e «la seduta di insediamento del 28 novembre 2019».",
    advice: Text { it: "controllare la data sull'atto", en: "check the date on the act" },
    gather: None,
    check: Check::Document(check),
};

/// A sentence with the event and the first day behind it.
struct Told<'a> {
    event: &'a str,
    raw: &'a str,
    date: Date,
    stems: Vec<String>,
    sentence: &'a str,
    cell: &'a Printed,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let told = told_events(view);
    let mut out: Vec<Finding> = Vec::new();
    for (at, event) in told.iter().enumerate() {
        let differs = |other: &&Told<'_>| {
            let shared = other.stems.iter().filter(|w| event.stems.contains(w)).count();
            other.event == event.event
                && other.date != event.date
                && other.date.year() == event.date.year()
                && shared > 3
        };
        let Some(first) = told.iter().take(at).find(differs) else { continue };
        if out.iter().any(|f| f.message.contains(event.event)) {
            continue;
        }
        out.push(
            view.at(rule, None, &event.cell.source)
                .quote("prima", "first", &shortened(first.sentence.trim()))
                .quote("poi", "then", &shortened(event.sentence.trim()))
                .says(
                    format!("«{}»: il {} e il {}", event.event, first.raw, event.raw),
                    format!("“{}”: on {} and on {}", event.event, first.date, event.date),
                ),
        );
    }
    out
}

fn told_events<'a>(view: &View<'a>) -> Vec<Told<'a>> {
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for sentence in cell.raw.split_inclusive(['\n', ';']).flat_map(|s| s.split_inclusive(". ")) {
                let lower = sentence.to_lowercase();
                let Some(event) = view.phrases.events.iter().find(|e| lower.contains(e.as_str())) else { continue };
                let from = lower.find(event.as_str()).unwrap_or(0);
                let near = days(sentence).into_iter().find(|d| d.start > from && d.start - from < 90);
                let Some((raw, date)) = near.and_then(|d| Some((d.raw, d.date?))) else { continue };
                let stems = words(sentence).into_iter().map(|w| w.chars().take(6).collect()).collect();
                out.push(Told { event, raw, date, stems, sentence, cell });
            }
        }
    }
    out
}

//! ATT117: un fatto futuro con una data passata.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::dates::days;
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "ATT117",
    severity: Severity::Warning,
    title: Text { it: "un fatto futuro con una data passata", en: "a future event with a past day" },
    what: "Cerca le frasi al futuro («sarà effettuato», «il prossimo monitoraggio») con una data anteriore all'anno del \
          documento.",
    why: "La data è rimasta da un documento precedente, o l'anno è sbagliato.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Monitoraggio 2014: «il prossimo monitoraggio sarà effettuato al 31 dicembre 2013».",
    advice: Text { it: "aggiornare la data", en: "bring the day up to date" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static FUTURE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:sarà|saranno|verrà|verranno|si terrà|il prossimo|la prossima)\b[^.;:,]{0,60}$")
            .expect("constant pattern")
    });
    // What happened then, told beside what will.
    static PAST: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:approvat|deliberat|delibera|legge|decreto|d\.\s?lgs|d\.\s?m|d\.\s?l|determin|rispetto|in vigore|aggiornat|riferit|stipulat|sottoscritt|del|dal)\p{L}*\b[^.;:]{0,30}$")
            .expect("constant pattern")
    });
    let Some(year) = view.plan.card.year else { return Vec::new() };
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.heading.is_none()) {
        for cell in &passage.cells {
            for day in days(&cell.raw) {
                let before = cell.raw.get(..day.start).unwrap_or_default();
                let Some(date) = day.date.filter(|d| d.year() < year && d.year() > year - 3) else { continue };
                let near =
                    before.get(before.floor_char_boundary(before.len().saturating_sub(30))..).unwrap_or_default();
                if !FUTURE.is_match(before) || PAST.is_match(near) || before.ends_with("n. ") {
                    continue;
                }
                let sentence = cell.raw.split_inclusive(". ").find(|s| s.contains(day.raw)).unwrap_or(&cell.raw);
                out.push(
                    view.at(rule, passage.objective, &cell.source).quote("testo", "text", &shortened(sentence)).says(
                        format!("il testo parla al futuro del {}, il documento è del {year}", day.raw),
                        format!("the text speaks of {date} as to come, the document is of {year}"),
                    ),
                );
            }
        }
    }
    out
}

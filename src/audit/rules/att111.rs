//! ATT111: un evento rinviato è ancora tra gli obiettivi dell'anno.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "ATT111",
    severity: Severity::Warning,
    title: Text {
        it: "un evento rinviato è ancora tra gli obiettivi dell'anno",
        en: "an event put off is still among the year's targets",
    },
    what: "Cerca nel testo gli eventi rinviati a un anno dopo e li confronta con gli indicatori che li nominano e hanno un obiettivo nell'anno.",
    why: "L'obiettivo non si può raggiungere, o il testo non è aggiornato.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Testo «la Convention è stata rinviata al 2021», indicatore «realizzazione eventi: … e Convention», obiettivo 2020 «2».",
    advice: Text {
        it: "togliere l'evento dall'obiettivo, o aggiornare il testo",
        en: "take the event out of the target, or update the text",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static MOVED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:rinviat[aoie]|posticipat[aoie]|spostat[aoie]|slittat[aoie]|rimandat[aoie])\s+(?:\p{L}+\s+){0,3}?(?:al|all['’]anno|nel|alla primavera del)\s*(20\d\d)\b").expect("constant pattern")
    });
    let Some(year) = view.plan.card.year else { return Vec::new() };
    let mut out: Vec<Finding> = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in MOVED.captures_iter(&cell.raw) {
                if found[1].parse::<i16>().is_ok_and(|y| y <= year) {
                    continue;
                }
                // The sentence and the one before it name the event.
                let at = found.get(0).map_or(0, |m| m.start());
                let from = cell.raw.floor_char_boundary(at.saturating_sub(420));
                let text = cell.raw.get(from..at).unwrap_or_default();
                let names = |i: &Indicator| {
                    let own = i.name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 6);
                    let proper = own.filter(|w| w.starts_with(char::is_uppercase) && w.chars().any(char::is_lowercase));
                    let mut said: Vec<&str> = proper.filter(|w| text.contains(*w)).collect();
                    said.dedup();
                    said.len()
                };
                let due = |i: &Indicator| {
                    view.year_target(i).is_some_and(|t| told(&t.measure) && t.period.map(|p| p.year()) == Some(year))
                };
                for (index, indicator) in
                    view.indicators().filter(|(_, i)| i.same_as.is_none() && due(i) && names(i) > 1)
                {
                    if out.iter().any(|f| f.subject_id.as_deref() == Some(&indicator.indicator_id)) {
                        continue;
                    }
                    let Some(target) = view.year_target(indicator) else { continue };
                    let start = text.rfind(". ").map_or(0, |n| n + 2);
                    let quoted = format!("{}{}", text.get(start..).unwrap_or_default(), &found[0]);
                    out.push(
                        view.on(rule, index)
                            .at(&cell.source)
                            .quote("testo", "text", &shortened(&quoted))
                            .quote("obiettivo", "target", &target.measure.raw)
                            .says(
                                format!("il testo dice «{}», l'indicatore lo vuole nel {year}", &found[0]),
                                format!("the text says “{}”, the indicator wants it in {year}", &found[0]),
                            ),
                    );
                }
            }
        }
    }
    out
}

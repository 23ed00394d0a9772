//! ATT112: un atto di un organo collegiale datato di domenica o di festa.

use super::prelude::*;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::Regex;

use super::dates::days;
use crate::score::words::day;

pub(super) static RULE: Rule = Rule {
    code: "ATT112",
    severity: Severity::Info,
    title: Text {
        it: "un atto di un organo collegiale datato di domenica o di festa",
        en: "an act of a collegial body dated on a Sunday or a holiday",
    },
    what: "Cerca le deliberazioni di Giunta e Consiglio la cui data è una domenica o una festa nazionale.",
    why: "Gli organi si riuniscono di rado in quei giorni: la data, o il mese, è probabilmente sbagliata.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "«deliberazione del Consiglio n. 2 del 2 febbraio 2020»: una domenica.",
    advice: Text { it: "controllare la data sull'atto", en: "check the date on the act itself" },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static ACT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:deliberazion[ei]|deliber[ae])\b(?:[^.;:\n]|\bn\.|\bnr\.){0,80}?\s\d{1,4}(?:/[a-z]+)*\s*(?:del(?:l['’])?|in data)\s*$").expect("constant pattern")
    });
    let mut seen: Vec<Date> = Vec::new();
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in days(&cell.raw) {
                let Some(date) = found.date.filter(|d| free(*d) && !seen.contains(d)) else { continue };
                let from = cell.raw.floor_char_boundary(found.start.saturating_sub(130));
                let before = cell.raw.get(from..found.start).unwrap_or_default();
                let Some(act) = ACT.find(before) else { continue };
                // Acts of ministers and regions are signed on any day.
                let around = key(before);
                if ["ministr", "region", "anac", "cipe", "parlament", "governo"].iter().any(|w| around.contains(w)) {
                    continue;
                }
                seen.push(date);
                let name = if date.weekday() == Weekday::Sunday {
                    ("una domenica", "a Sunday")
                } else {
                    ("un giorno di festa", "a holiday")
                };
                out.push(
                    view.at(rule, passage.objective, &cell.source)
                        .quote("atto", "act", &format!("{}{}", act.as_str(), found.raw))
                        .says(format!("il {} è {}", day(date), name.0), format!("{} is {}", day(date), name.1)),
                );
            }
        }
    }
    out
}

/// Sundays and the holidays of a fixed day.
fn free(date: Date) -> bool {
    const HOLIDAYS: [(i8, i8); 9] = [(1, 1), (6, 1), (25, 4), (1, 5), (2, 6), (15, 8), (1, 11), (25, 12), (26, 12)];
    date.weekday() == Weekday::Sunday || HOLIDAYS.contains(&(date.day(), date.month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sundays_and_holidays() {
        assert!(free(Date::constant(2020, 2, 2)) && free(Date::constant(2021, 6, 2)));
        assert!(!free(Date::constant(2020, 2, 4)));
    }
}

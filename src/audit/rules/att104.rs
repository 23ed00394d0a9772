//! ATT104: fatti successivi contati alla data di riferimento.

use super::prelude::*;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::audit::lists::own_number;
use crate::audit::remarks::{remarks, shortened};

pub(super) static RULE: Rule = Rule {
    code: "ATT104",
    severity: Severity::Warning,
    title: Text {
        it: "fatti successivi contati alla data di riferimento",
        en: "later facts counted at the reference day",
    },
    what: "Cerca nei risultati e nei commenti agli indicatori le date dopo il giorno a cui il documento si \
          riferisce, dove il risultato è dato per raggiunto.",
    why: "Ciò che è avvenuto dopo appartiene al periodo successivo.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Rendicontazione al 30/6/2019: «si è conclusa dopo il 30/6/2019», risultato «si».",
    advice: Text {
        it: "spostare il fatto nel periodo in cui è avvenuto",
        en: "move the fact to the period in which it happened",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let Some(day) = view.plan.card.reference_date else { return Vec::new() };
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator).filter(|a| told(&a.measure) && a.period == Some(day))?;
        // What is due later may be done later.
        let due =
            indicator.targets.iter().any(|t| matches!(t.measure.reading.value, Some(Value::Date(due)) if due > day));
        if due {
            return None;
        }
        let finding = view.on(rule, index).at(&actual.measure.source).quote("risultato", "actual", &actual.measure.raw);
        let later = days(facts(&actual.measure.raw)).into_iter().find(|d| *d > day && d.year() - day.year() <= 1);
        match later {
            Some(later) => Some(finding.says(
                format!(
                    "il risultato {} parla di un fatto del {:02}/{:02}/{}",
                    at_day(actual.period),
                    later.day(),
                    later.month(),
                    later.year()
                ),
                format!("the actual speaks of something that happened on {later}, after the reference day"),
            )),
            None => said(&actual.measure.raw, &view.phrases.afterwards).map(|_| {
                finding.says(
                    format!("il risultato {} parla di fatti successivi", at_day(actual.period)),
                    "the actual speaks of later facts",
                )
            }),
        }
    };
    let mut out: Vec<Finding> = view.indicators().filter_map(finding).collect();
    for (objective, _) in view.objectives() {
        for remark in remarks(view, objective) {
            let Some((index, indicator)) =
                view.members(objective).find(|(_, i)| own_number(i.code.as_deref()) == Some(remark.number))
            else {
                continue;
            };
            let met = view.actual(indicator).is_some_and(|a| a.measure.reading.value == Some(Value::Boolean(true)));
            let Some(line) = remark.lines.iter().find(|l| said(l, &view.phrases.afterwards).is_some()) else {
                continue;
            };
            if met && !out.iter().any(|f| f.subject_id.as_deref() == Some(&indicator.indicator_id)) {
                out.push(view.on(rule, index).at(&remark.source).quote("commento", "comment", &shortened(line)).says(
                    "il commento parla di fatti successivi alla data di riferimento, il risultato è «sì»",
                    "the comment speaks of later facts, the actual is “yes”",
                ));
            }
        }
    }
    out
}

/// A text without the day it was written on: "6/8/19: invoices up to …", "data as of 6/8/2019: …".
fn facts(text: &str) -> &str {
    static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)^\s*(?:(?:dat[oi]|situazione|rilevazione|aggiornament[oi]|aggiornat[oaie])\s+)?(?:alla data del\s+|al\s+|del\s+)?\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\s*[:–-]")
            .expect("constant pattern")
    });
    WRITTEN.find(text).and_then(|found| text.get(found.end()..)).unwrap_or(text)
}

/// The days printed in full in a text.
fn days(text: &str) -> Vec<Date> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b").expect("constant pattern")
    });
    let day = |m: regex::Captures<'_>| {
        let year: i16 = m[3].parse().ok()?;
        let year = if year < 100 { 2000 + year } else { year };
        Date::new(year, m[2].parse().ok()?, m[1].parse().ok()?).ok()
    };
    DAY.captures_iter(text).filter_map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_note_is_no_fact() {
        assert!(days(facts("6/8/19: Ft fino alla fine di maggio")).is_empty());
        assert_eq!(days(facts("Approvato il 6/8/2019: delibera n. 4")).len(), 1);
    }

    #[test]
    fn days_in_full() {
        let found: Vec<String> =
            days("6/8/19: fatture fino al 3/5/2019; art. 3.1.4").iter().map(Date::to_string).collect();
        assert_eq!(found, ["2019-08-06", "2019-05-03"]);
    }
}

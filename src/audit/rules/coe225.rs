//! COE225: numeri e date degli atti non concordano.

use super::prelude::*;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::dates::days;
use crate::extract::{Passage, Printed};
use crate::score::words::day;

pub(super) static RULE: Rule = Rule {
    code: "COE225",
    severity: Severity::Warning,
    title: Text { it: "numeri e date degli atti non concordano", en: "numbers and dates of acts don't agree" },
    what: "Raccoglie le deliberazioni e le determinazioni citate con numero e data: cerca lo stesso atto con due date e i numeri più alti con una data precedente.",
    why: "Chi cerca l'atto non lo trova; la data dell'atto può decidere se un obiettivo è raggiunto.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Deliberazione della Giunta n. 42 del 21/04/2019 e n. 43 del 15/04/2019.",
    advice: Text { it: "controllare numero e data sull'atto", en: "check number and date on the act itself" },
    gather: None,
    check: Check::Document(check),
};

/// An act with its place.
struct Act<'a> {
    series: &'static str,
    number: u32,
    date: Date,
    raw: String,
    passage: &'a Passage,
    cell: &'a Printed,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut acts: Vec<Act> = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for (series, number, date, raw) in cited(&cell.raw) {
                if !acts.iter().any(|a| (a.series, a.number, a.date) == (series, number, date)) {
                    acts.push(Act { series, number, date, raw, passage, cell });
                }
            }
        }
    }
    let finding = |a: &Act, b: &Act, it: String, en: String| {
        view.at(rule, a.passage.objective, &a.cell.source)
            .quote("atto", "act", &a.raw)
            .quote("atto", "act", &b.raw)
            .says(it, en)
    };
    let mut out = Vec::new();
    let mut told: Vec<u32> = Vec::new();
    // A date that another rule doubts is told there.
    let doubted: Vec<String> = view_of_dates(view);
    let known = |a: &Act| {
        doubted.iter().any(|t| days(t).iter().any(|d| d.date == Some(a.date)) && t.contains(&a.number.to_string()))
    };
    for (at, a) in acts.iter().enumerate() {
        let peers = || acts.iter().filter(|b| b.series == a.series && b.date.year() == a.date.year());
        if let Some(b) = acts.iter().take(at).find(|b| (b.series, b.number) == (a.series, a.number) && b.date != a.date)
            && (b.date.year() == a.date.year() || (b.date.month(), b.date.day()) == (a.date.month(), a.date.day()))
        {
            out.push(finding(
                a,
                b,
                format!("lo stesso atto, n. {}, ha due date: {} e {}", a.number, day(b.date), day(a.date)),
                format!("the same act, no. {}, has two dates: {} and {}", a.number, day(b.date), day(a.date)),
            ));
            told.push(a.number);
            continue;
        }
        let wrong = |b: &&Act| b.number != a.number && (b.number < a.number) != (b.date < a.date) && b.date != a.date;
        let (against, all) = (peers().filter(wrong).count(), peers().count());
        // The one that is out of step with more of the others is the odd one; of two the later told.
        let Some(b) = peers().find(wrong) else { continue };
        let others = peers().filter(|c| wrong_pair(b, c)).count();
        if against < others || against == others && told.contains(&b.number) || all < 2 || told.contains(&a.number) {
            continue;
        }
        told.push(a.number);
        if known(a) {
            continue;
        }
        out.push(finding(
            a,
            b,
            format!(
                "i numeri e le date non sono nello stesso ordine: n. {} del {}, n. {} del {}",
                a.number,
                day(a.date),
                b.number,
                day(b.date)
            ),
            format!(
                "numbers and dates are not in the same order: no. {} of {}, no. {} of {}",
                a.number,
                day(a.date),
                b.number,
                day(b.date)
            ),
        ));
    }
    out
}

/// The texts whose dates come before what they tell of.
fn view_of_dates(view: &View<'_>) -> Vec<String> {
    super::att110::check(&super::att110::RULE, view).into_iter().map(|f| f.text).collect()
}

fn wrong_pair(a: &Act, b: &Act) -> bool {
    a.series == b.series
        && a.date.year() == b.date.year()
        && b.number != a.number
        && (b.number < a.number) != (b.date < a.date)
        && b.date != a.date
}

/// Acts in a text: whose series, number, day and printed words.
fn cited(text: &str) -> Vec<(&'static str, u32, Date, String)> {
    static ACT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\b(deliberazion[ei]|deliber[ae]|determinazion[ei]|determin[ae]|det\.|provvediment[oi]|d\.?g\.?)\s([^.;:\n\d]{0,70}?)(?:\bn\.?|\bnr\.?)?\s*(?:\d{1,4}\s+e\s+)?(\d{1,4})(?:/[a-z]+)*\s*(?:del(?:l['’])?|in data)\s*")
            .expect("constant pattern")
    });
    let mut out = Vec::new();
    let all = days(text);
    for found in ACT.captures_iter(text) {
        let (Some(whole), Ok(number)) = (found.get(0), found[3].parse::<u32>()) else { continue };
        let Some(date) = all.iter().find(|d| d.start == whole.end()).and_then(|d| d.date.map(|date| (date, d.end)))
        else {
            continue;
        };
        let before: String = text.get(..whole.start()).unwrap_or_default().chars().rev().take(60).collect();
        let before: String = before.chars().rev().collect();
        let around = key(&format!("{} {}", &found[1], &found[2]));
        // "approvato dalla Giunta con provvedimento n. 42 del …"
        let announced = key(&before);
        let delibera = ["delib", "d g", "dg"].iter().any(|p| around.starts_with(p));
        let council = around.contains("consiglio");
        let board = around.contains("giunta")
            || !council && announced.contains("giunta") && !announced.contains("consiglio")
            || around.starts_with("dg")
            || around.starts_with("d g");
        let director = around.starts_with("determin") || around.starts_with("det");
        let series = match (delibera || around.starts_with("provved"), council, board, director) {
            (true, true, false, _) => "consiglio",
            (true, false, true, _) => "giunta",
            (true, false, false, _) if delibera => "deliberazioni",
            (_, _, _, true) => continue,
            _ => continue,
        };
        let raw = text.get(whole.start()..date.1).unwrap_or_default();
        out.push((series, number, date.0, raw.to_owned()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_with_number_and_day() {
        let text = "approvato dalla Giunta con deliberazione n. 12 del 21.04.2019 e deliberazione del Consiglio n. 3/C del 4.2.2020; \
                    decreto legislativo n. 150 del 27 ottobre 2009; D.G. n. 25 del 06.02.2019";
        let found: Vec<(&str, u32)> = cited(text).iter().map(|a| (a.0, a.1)).collect();
        assert_eq!(found, [("giunta", 12), ("consiglio", 3), ("giunta", 25)]);
    }
}

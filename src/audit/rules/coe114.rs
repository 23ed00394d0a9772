//! COE114: le fasce di punteggio si sovrappongono o lasciano un vuoto.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::Passage;

pub(super) static RULE: Rule = Rule {
    code: "COE114",
    severity: Severity::Warning,
    title: Text {
        it: "le fasce di punteggio si sovrappongono o lasciano un vuoto",
        en: "the bands of the scale overlap or leave a gap",
    },
    what: "Ordina le fasce che il documento stampa («da 70% a 90%», «da 85% a 100%») e cerca i valori che stanno in due fasce o in nessuna.",
    why: "Per quei valori il punteggio non è determinato.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«da 70% a 90%» e «da 85% a 100%»: 87% sta in tutte e due.",
    advice: Text { it: "correggere gli estremi delle fasce", en: "correct the ends of the bands" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut texts: Vec<(String, &Passage)> = Vec::new();
    let mut last = None;
    for passage in &view.plan.passages {
        let line = passage.cells.iter().map(|c| c.raw.as_str()).collect::<Vec<_>>().join(" ; ");
        // The rows of a table are one scale, and so are the lines of a list.
        match texts.last_mut().filter(|_| last.is_some() && last == Some((passage.table, passage.objective))) {
            Some((text, _)) => {
                text.push_str(" ; ");
                text.push_str(&line);
            }
            None => texts.push((line, passage)),
        }
        last = Some((passage.table, passage.objective));
    }
    for (text, passage) in texts {
        let mut found = bands(&text);
        found.sort();
        found.dedup();
        let top = found.iter().map(|b| b.1).max().unwrap_or_default();
        if found.len() < 2 || top > Decimal::from(150) {
            continue;
        }
        for pair in found.windows(2) {
            let [(a, b), (c, d)] = pair else { continue };
            let (overlap, gap) = (c < b, *c > *b + Decimal::ONE);
            let Some(cell) = passage.cells.first().filter(|_| (overlap || gap) && d > b) else { continue };
            let (first, second) = (told_band(*a, *b), told_band(*c, *d));
            let (it, en) = if overlap { ("si sovrappongono", "overlap") } else { ("lasciano un vuoto", "leave a gap") };
            out.push(
                view.at(rule, passage.objective, &cell.source)
                    .quote("fascia", "band", &first)
                    .quote("fascia", "band", &second)
                    .says(format!("le fasce {first} e {second} {it}"), format!("the bands {first} and {second} {en}")),
            );
        }
    }
    out
}

fn told_band(low: Decimal, high: Decimal) -> String {
    format!("{}–{}%", italian(low, 2), italian(high, 2))
}

/// "da 70% a 90%", "dal 70 al 90%", "tra il 70% e il 90%".
fn bands(text: &str) -> Vec<(Decimal, Decimal)> {
    static BAND: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\b(?:da|dal|dallo|tra|tra il|fra il)\s+(?:il\s+)?(\d{1,3}(?:,\d+)?)\s?%?\s+(?:a|al|e|e il|e al)\s+(\d{1,3}(?:,\d+)?)\s?%")
            .expect("constant pattern")
    });
    let number = |t: &str| t.replace(',', ".").parse::<Decimal>().ok();
    BAND.captures_iter(text)
        .filter_map(|m| Some((number(&m[1])?, number(&m[2])?)))
        .filter(|(low, high)| low < high)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_of_a_scale() {
        let found = bands("verde da 90% a 100%, giallo dal 60 al 89%, rosso tra il 0% e il 59%; da 3 a 5 giorni");
        let told: Vec<String> = found.iter().map(|(a, b)| told_band(*a, *b)).collect();
        assert_eq!(told, ["90–100%", "60–89%", "0–59%"]);
    }
}

//! COE269: i dipendenti nel testo non sono quelli della tabella.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::{figure, tables};
use crate::audit::remarks::shortened;
use crate::extract::{Lexicon, Passage};

pub(super) static RULE: Rule = Rule {
    code: "COE269",
    severity: Severity::Info,
    title: Text {
        it: "i dipendenti nel testo non sono quelli della tabella",
        en: "the text's staff is not the table's",
    },
    what: "Confronta il numero di dipendenti detto nel testo con il totale della tabella del personale.",
    why: "Una delle due cifre è sbagliata, o è di un altro giorno e il documento non lo dice.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Testo: «opera con 63 dipendenti»; tabella del personale in servizio: totale 61.",
    advice: Text {
        it: "allineare le cifre, o dire il giorno di ognuna",
        en: "bring the figures in line, or tell the day of each",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static STAFF: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)(?:^|[\s(])(\d{2,3})\s+(?:dipendenti|unità di personale)\b").expect("constant pattern")
    });
    let tables = tables(view);
    let of_staff =
        |rows: &Vec<&Passage>| rows.iter().filter_map(|r| r.cells.first()).any(|c| key(&c.raw).starts_with("dirigent"));
    // A figure of another day may stand in another table of the staff.
    let printed = |n: Decimal| {
        let cells = tables.iter().filter(|rows| of_staff(rows)).flatten().flat_map(|r| &r.cells);
        cells.filter_map(|c| figure(&c.raw)).any(|f| f.value == n)
    };
    let staff = tables.iter().find_map(|rows| {
        let header = rows.first()?;
        let own = header.cells.iter().any(|c| {
            let words = key(&c.raw);
            ["in servizio", "personale", "dipendenti", "categoria", "qualifica"].iter().any(|w| words.contains(w))
        });
        let kinds = rows.iter().filter_map(|r| r.cells.first()).any(|c| key(&c.raw).starts_with("dirigent"));
        let total = rows
            .last()
            .filter(|r| r.cells.first().is_some_and(|c| Lexicon::starts_with(&c.raw, &view.phrases.sums)))?;
        let value = total.cells.iter().skip(1).filter_map(|c| figure(&c.raw)).next_back()?;
        (own && kinds).then_some((value.value, *total))
    });
    let Some((total, row)) = staff else { return Vec::new() };
    for passage in view.plan.passages.iter().filter(|p| p.table.is_none()) {
        for cell in &passage.cells {
            let Some(found) = STAFF.captures(&cell.raw) else { continue };
            let Ok(value) = found[1].parse::<Decimal>() else { continue };
            let near = (value - total).abs() * Decimal::TEN <= total;
            if value == total || !near || printed(value) {
                continue;
            }
            let sentence = cell.raw.split_inclusive(". ").find(|s| s.contains(found[0].trim())).unwrap_or(&cell.raw);
            let label = row.cells.iter().map(|c| c.raw.as_str()).collect::<Vec<_>>().join(" | ");
            return vec![
                view.at(rule, None, &cell.source)
                    .quote("testo", "text", &shortened(sentence.trim()))
                    .quote("tabella", "table", &label)
                    .says(
                        format!("il testo dice {} dipendenti, la tabella {}", &found[1], italian(total, 0)),
                        format!("the text says {} employees, the table {}", &found[1], italian(total, 0)),
                    ),
            ];
        }
    }
    Vec::new()
}

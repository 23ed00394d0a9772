//! COM414: una tabella annunciata non segue.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;
use crate::document::Format;

pub(super) static RULE: Rule = Rule {
    code: "COM414",
    severity: Severity::Info,
    title: Text { it: "una tabella annunciata non segue", en: "a table that is announced doesn't follow" },
    what: "Cerca nel testo gli annunci di una tabella o di un prospetto («come risulta dal prospetto che segue») dopo i quali non viene nessuna tabella; nei documenti che non sono PDF anche quelli di un grafico.",
    why: "La tabella è rimasta nell'atto da cui il testo è copiato, o si è persa nella conversione: al lettore manca.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "«la dotazione organica è rideterminata come risulta dal prospetto che segue:» e nessun prospetto.",
    advice: Text { it: "aggiungere la tabella, o togliere l'annuncio", en: "add the table, or drop the announcement" },
    gather: Some(4),
    check: Check::Document(check),
};

/// How many paragraphs may stand between the words and the table.
const REACH: usize = 4;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:(prospett[oi]|tabell[ae]|grafic[oi]|diagramm[ai])\s+(?:che\s+segu(?:e|ono)|(?:qui\s+)?di\s+seguito\s+riportat[aoei])|(?:nell[ae]|dall[ae]|nel|dal|il|la)\s+seguent[ei]\s+(prospetto|tabella|grafico))\b")
            .expect("constant pattern")
    });
    let passages = &view.plan.passages;
    let printed = view.plan.card.format == Format::Pdf;
    let mut out = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        for cell in &passage.cells {
            let Some(found) = ANNOUNCED.captures(&cell.raw) else { continue };
            let noun = found.get(1).or(found.get(2)).map_or("", |m| m.as_str()).to_lowercase();
            let drawn = noun.starts_with("graf") || noun.starts_with("diag");
            // A page's drawings are not read.
            if drawn && printed {
                continue;
            }
            let follows = passages
                .iter()
                .skip(at + 1)
                .take(REACH)
                .take_while(|p| p.heading.is_none() || p.table.is_some())
                .any(|p| p.table.is_some() && p.table != passage.table);
            // Inside a table's cell the rows of that table are another thing; its own lines may be the list.
            let listed = found.get(0).and_then(|m| cell.raw.get(m.end()..)).is_some_and(|rest| {
                rest.lines().skip(1).take(3).filter(|l| l.len() < 60 && l.chars().any(|c| c.is_ascii_digit())).count()
                    > 1
            });
            if follows || listed {
                continue;
            }
            let sentence =
                cell.raw.split_inclusive(['.', ';', '\n']).find(|s| s.contains(&found[0])).unwrap_or(&cell.raw);
            out.push(
                view.at(rule, passage.objective, &cell.source)
                    .quote("testo", "text", &shortened(sentence.trim()))
                    .says(
                        format!("il testo annuncia «{}», che non segue", &found[0]),
                        format!("the text announces “{}”, which doesn't follow", &found[0]),
                    ),
            );
        }
    }
    out
}

//! ATT107: una scadenza che non è del periodo dell'obiettivo.

use super::prelude::*;
use jiff::civil::Date;

use crate::score::words::day;

pub(super) static RULE: Rule = Rule {
    code: "ATT107",
    severity: Severity::Warning,
    title: Text {
        it: "una scadenza che non è del periodo dell'obiettivo",
        en: "a deadline outside the target's period",
    },
    what: "Confronta le date scritte come obiettivo con il giorno o l'anno a cui l'obiettivo si riferisce: cerca le scadenze di anni precedenti e quelle di fine anno che vengono prima di quelle di metà anno.",
    why: "Una scadenza già passata quando il piano si approva non è un obiettivo.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. d): gli obiettivi sono riferibili a un arco temporale determinato.",
    example: "Obiettivo 2025: «entro il 31/10/2024».",
    advice: Text { it: "correggere la data", en: "correct the date" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, indicator) in view.indicators() {
        let dated: Vec<(&DatedMeasure, Date, Date)> = indicator
            .targets
            .iter()
            .filter_map(|t| match t.measure.reading.value {
                // A day without a year takes the period's.
                Some(Value::Date(due)) if t.measure.raw.contains(&due.year().to_string()) => Some((t, t.period?, due)),
                _ => None,
            })
            .collect();
        if let Some((target, period, due)) = dated.iter().find(|(_, period, due)| due.year() < period.year()) {
            out.push(
                view.on(rule, index).at(&target.measure.source).quote("obiettivo", "target", &target.measure.raw).says(
                    format!("la scadenza è il {}, l'obiettivo è del {}", day(*due), period.year()),
                    format!("the deadline is {}, the target is of {}", day(*due), period.year()),
                ),
            );
            continue;
        }
        let back = dated.windows(2).find(|w| matches!(w, [a, b] if a.1 < b.1 && b.2 < a.2));
        if let Some([a, b]) = back {
            out.push(
                view.on(rule, index)
                    .at(&b.0.measure.source)
                    .quote("prima scadenza", "first deadline", &a.0.measure.raw)
                    .quote("seconda scadenza", "second deadline", &b.0.measure.raw)
                    .says(
                        format!("la scadenza {} viene prima di quella {}", at_day(Some(b.1)), at_day(Some(a.1))),
                        format!("the deadline for {} comes before that for {}", day(b.1), day(a.1)),
                    ),
            );
        }
    }
    out
}

//! ATT118: il documento chiama sé stesso con un altro periodo.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;
use crate::normalise::DocumentKind;

pub(super) static RULE: Rule = Rule {
    code: "ATT118",
    severity: Severity::Warning,
    title: Text {
        it: "il documento chiama sé stesso con un altro periodo",
        en: "the document calls itself by another period",
    },
    what: "Cerca le frasi che dicono dov'è pubblicato o come è fatto il documento («il Piano della performance 2015-2017 è \
          pubblicato …») con un periodo che non è il suo.",
    why: "Il testo viene dal documento dell'anno prima.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Piano 2016-2018: «Il Piano della performance 2015-2017 è pubblicato nella sezione …».",
    advice: Text { it: "aggiornare il periodo", en: "bring the period up to date" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static SELF: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)(?:^|[.;]\s+|\bil presente\s+|\bpresente\s+)(?:il\s+)?(piano della performance|piano integrato di attività e organizzazione|piao|pira)\s+(?:per il triennio\s+)?(20\d\d)\s*[-–/]\s*(20\d\d)(?:,[^,.;]{3,80},)?\s+(?:è|sarà|viene|si)\s+(?:pubblicat|articol|compon|compost|consultabil|redatt|strutturat|disponibil|trasmess)")
            .expect("constant pattern")
    });
    let card = &view.plan.card;
    let Some(years) = card.years else { return Vec::new() };
    if !matches!(card.kind, DocumentKind::Plan | DocumentKind::Piao | DocumentKind::Pira) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_none()) {
        for cell in &passage.cells {
            let Some(found) = SELF.captures(&cell.raw) else { continue };
            let other = |at: usize, own: i16| found[at].parse::<i16>().is_ok_and(|y| y != own);
            let short = key(&found[1]);
            let same = match card.kind {
                DocumentKind::Plan => short.ends_with("performance"),
                DocumentKind::Pira => short == "pira",
                _ => short == "piao" || short.starts_with("piano integrato"),
            };
            if same && other(2, years.0) && other(3, years.1) {
                out.push(
                    view.at(rule, passage.objective, &cell.source).quote("testo", "text", &shortened(&cell.raw)).says(
                        format!(
                            "il testo dice {}-{}, il documento è del {}-{}",
                            &found[2], &found[3], years.0, years.1
                        ),
                        format!(
                            "the text says {}-{}, the document is of {}-{}",
                            &found[2], &found[3], years.0, years.1
                        ),
                    ),
                );
            }
        }
    }
    out
}

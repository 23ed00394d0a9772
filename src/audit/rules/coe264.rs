//! COE264: la cifra del commento non è il risultato.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE264",
    severity: Severity::Warning,
    title: Text { it: "la cifra del commento non è il risultato", en: "the comment's figure is not the result" },
    what: "Confronta il risultato con la cifra con cui il commento comincia («31 imprese, di cui …») o che dice essere il \
          risultato («il valore rilevato è pari a 2,80%»), anche nelle tabelle di commenti che nominano l'indicatore con il \
          suo codice.",
    why: "Una delle due cifre è sbagliata, e non si sa quale.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Imprese partecipanti: risultato 27, commento «31 imprese, di cui 12 alla prima esperienza».",
    advice: Text { it: "controllare quale delle due cifre vale", en: "check which of the two figures is right" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, indicator) in view.indicators().filter(|(_, i)| i.same_as.is_none()) {
        let Some(actual) = view.actual(indicator) else { continue };
        let Some(own) = number(&actual.measure) else { continue };
        let percent = actual.measure.reading.kind == Kind::Percent;
        let mut texts: Vec<(&str, &crate::document::Source)> = Vec::new();
        texts.extend(indicator.note.as_deref().map(|n| (n, &indicator.source)));
        texts.extend(rows_of(view, indicator));
        for (text, source) in texts {
            let Some((raw, value, share)) = leading(indicator, text).or_else(|| stated(text)) else { continue };
            if value == own || share != percent || holds(text, own) {
                continue;
            }
            out.push(
                view.on(rule, index)
                    .at(source)
                    .quote("risultato", "actual", &actual.measure.raw)
                    .quote("commento", "comment", &shortened(text))
                    .says(
                        format!("il risultato è {}, il commento dice {raw}", actual.measure.raw),
                        format!("the actual is {}, the comment says {raw}", actual.measure.raw),
                    ),
            );
        }
    }
    out
}

/// Rows of a table of comments: the indicator's code, then sentences.
fn rows_of<'a>(view: &View<'a>, indicator: &Indicator) -> Vec<(&'a str, &'a crate::document::Source)> {
    let Some(code) = indicator.code.as_deref().filter(|c| c.chars().any(char::is_alphabetic)) else {
        return Vec::new();
    };
    let rows = view.plan.passages.iter().filter(|p| p.table.is_some() && p.cells.len() < 5);
    let own = rows.filter(|p| p.cells.first().is_some_and(|c| c.raw.trim() == code));
    own.filter_map(|p| p.cells.get(1))
        .filter(|c| c.raw != indicator.name)
        .map(|c| (c.raw.as_str(), &c.source))
        .collect()
}

/// "31 imprese, di cui …" opens a comment on an indicator that counts "imprese".
fn leading<'t>(indicator: &Indicator, text: &'t str) -> Option<(&'t str, Decimal, bool)> {
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"^(?:n\.\s*)?(\d{1,3}(?:\.\d{3})+|\d+)\s+(\p{L}{4,})(?:\s*,?\s*di cui\b|\s*[.;(]|$)")
            .expect("constant pattern")
    });
    let found = OPENS.captures(text.trim())?;
    let counted = words(&indicator.name).into_iter().next()?;
    let stem = |w: &str| key(w).chars().take(5).collect::<String>();
    (stem(&counted) == stem(&found[2])).then_some(())?;
    Some((found.get(1)?.as_str(), value_of(&found[1])?, false))
}

/// "il valore rilevato è pari a 2,80%".
fn stated(text: &str) -> Option<(&str, Decimal, bool)> {
    static STATED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\b(?:il\s+)?(?:valore\s+(?:rilevato|conseguito|finale)|risultato\s+(?:rilevato|conseguito|finale)|valore a consuntivo)\s+(?:è|è stato|risulta)\s+(?:pari\s+)?(?:a|al|ad|del|di)?\s*((\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)\s?(%)?)")
            .expect("constant pattern")
    });
    let found = STATED.captures(text)?;
    Some((found.get(1)?.as_str(), value_of(&found[2])?, found.get(3).is_some()))
}

/// Whether the figure stands somewhere in the text.
fn holds(text: &str, value: Decimal) -> bool {
    let figures = text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','));
    figures.map(|f| f.trim_matches(['.', ','])).filter_map(value_of).any(|n| n == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_comments() {
        let told = |text: &str| stated(text).map(|(raw, ..)| raw.to_owned());
        assert_eq!(told("Il valore rilevato è pari a 2,80% per effetto dei costi").as_deref(), Some("2,80%"));
        assert_eq!(told("il valore dell'anno prima era 3"), None);
        assert!(holds("Vinitaly: 21 imprese; Cagliari: 17", Decimal::from(17)));
    }
}

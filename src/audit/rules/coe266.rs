//! COE266: la data di riferimento non è quella dei risultati.

use super::prelude::*;

use super::dates::days;
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE266",
    severity: Severity::Warning,
    title: Text {
        it: "la data della rilevazione non è quella dei risultati",
        en: "the day of the survey is not that of the results",
    },
    what: "Confronta il giorno della rilevazione scritto nel titolo con quello a cui il testo dice che i dati si riferiscono.",
    why: "Non si sa se i risultati sono di metà anno o di fine anno.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Titolo: «consuntivo al 30/06/2018»; testo: «I dati si riferiscono al 31/12/2018».",
    advice: Text { it: "correggere la data sbagliata", en: "correct the wrong day" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    /// The title page.
    const FIRST: usize = 12;
    let year = view.plan.card.year;
    let ends = |text: &str, words: &[&str]| {
        let lower = text.to_lowercase();
        words.iter().any(|w| lower.trim_end().ends_with(w))
    };
    let told = |text: &str, words: &[&str]| {
        let own = |d: &super::dates::Day<'_>| {
            d.date.is_some_and(|date| Some(date.year()) == year) && ends(text.get(..d.start).unwrap_or_default(), words)
        };
        days(text).into_iter().find(own).and_then(|d| d.date)
    };
    let paragraphs = || view.plan.passages.iter().filter(|p| p.table.is_none());
    let headed = paragraphs().take(FIRST).flat_map(|p| &p.cells).filter(|c| c.raw.chars().count() < 100);
    let title =
        headed.filter_map(|c| Some((told(&c.raw, &["consuntivo al", "monitoraggio al", "rilevazione al"])?, c))).next();
    let said = paragraphs()
        .flat_map(|p| &p.cells)
        .filter_map(|c| {
            Some((told(&c.raw, &["i dati si riferiscono al", "dati riferiti al", "i valori si riferiscono al"])?, c))
        })
        .next();
    let (Some((day, head)), Some((other, cell))) = (title, said) else { return Vec::new() };
    if day == other {
        return Vec::new();
    }
    let sentence = cell.raw.split_inclusive(". ").find(|s| told(s, &["al"]) == Some(other)).unwrap_or(&cell.raw);
    vec![
        view.at(rule, None, &head.source)
            .quote("titolo", "title", &head.raw)
            .quote("testo", "text", &shortened(sentence.trim()))
            .says(
                format!("il titolo dice {}, il testo che i dati sono {}", at_day(Some(day)), at_day(Some(other))),
                format!("the title says {day}, the text that the data are of {other}"),
            ),
    ]
}

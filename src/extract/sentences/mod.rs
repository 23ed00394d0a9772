//! Indicators told in running text.
//!
//! Two shapes: under labels ("Indicatore: …", "Risultati: … il target era >100 … – Valutazione OIV = 100/100"), whose paragraphs
//! are collected while they come and understood together (`account`), and in one sentence that opens with the name and lists
//! the values (`listed`). Both give [`Reading`]s.

mod account;
mod clause;
mod figures;
mod reading;
mod things;

pub(super) use reading::Reading;

use super::draft::Draft;
use super::lexicon::{Field, Lexicon};
use super::patterns;
use crate::document::{Source, fold};
use account::{account, item};
use figures::{deadline, evaluation, target};

/// A paragraph that speaks of an indicator.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// The field that its label names; `None` for a paragraph below.
    pub label: Option<Field>,
    pub text: String,
    pub source: Source,
}

/// Whether a paragraph below a label goes on with the account of an indicator.
pub(super) fn goes_on(text: &str) -> bool {
    evaluation(text).is_some() || item(text).is_some() || target(text).is_some()
}

/// The indicators that a draft told in running text amounts to: itself, or one for each of its figures.
pub(super) fn settle(mut draft: Draft, lexicon: &Lexicon) -> Vec<Draft> {
    let statements = std::mem::take(&mut draft.account);
    let mut drafts = vec![draft];
    for group in statements.chunk_by(|_, next| next.label.is_none()) {
        let Some(first) = group.first() else { continue };
        let source = group.iter().fold(first.source.clone(), |all, s| all.union(&s.source));
        let texts: Vec<String> = group.iter().map(|s| fold(&s.text)).collect();
        let name = drafts.first().map(|d| d.told.name.clone()).unwrap_or_default();
        let parts = account(&name, &texts);
        match &parts[..] {
            // A text from which nothing could be told is its label's value as it stands.
            [part] if !part.says_something() => {
                let listed = clause::clauses(&texts.join(" "), lexicon);
                match (listed, first.label, drafts.first_mut()) {
                    (Some((_, values)), _, Some(draft)) => {
                        Reading { values, ..Reading::default() }.fill(draft, &source)
                    }
                    (None, Some(field), Some(draft)) => draft.set(field, "", &first.text, &first.source),
                    _ => {}
                }
            }
            [part] => {
                if let Some(draft) = drafts.first_mut() {
                    part.fill(draft, &source);
                }
            }
            several if drafts.len() == 1 => {
                let whole = drafts.remove(0);
                drafts = several.iter().map(|part| with_part(whole.clone(), part, &source)).collect();
            }
            _ => {}
        }
    }
    for draft in &mut drafts {
        if draft.told.targets.is_empty()
            && !draft.told.actuals.is_empty()
            && let Some(day) = deadline(&draft.told.name)
            && let Some(source) = draft.source.clone()
        {
            draft.set(Field::Target, "", &day, &source);
        }
    }
    drafts
}

fn with_part(mut draft: Draft, part: &Reading, source: &Source) -> Draft {
    if let Some(name) = &part.name {
        draft.told.name.clone_from(name);
    }
    part.fill(&mut draft, source);
    draft
}

/// Reads a sentence that opens with an indicator's name and lists its values.
pub(super) fn listed(text: &str, lexicon: &Lexicon) -> Option<Reading> {
    let text = fold(text);
    let (start, values) = clause::clauses(&text, lexicon)?;
    let head = text
        .get(..start)?
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '(' | '–' | '-' | ',' | ';' | '['));
    let (code, name) = match patterns::indicator_heading(head) {
        Some((code, name)) => (Some(code), name),
        None => patterns::numbered_name(head.trim_start_matches(['-', '•', '–', ' '])),
    };
    (name.chars().filter(|c| c.is_alphabetic()).count() > 5 && name.len() <= 400).then_some(Reading {
        code,
        name: Some(name),
        values,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = (Option<String>, String, Vec<(Field, String)>);

    fn read(text: &str) -> Option<Told> {
        let told = listed(text, Lexicon::shipped())?;
        Some((told.code, told.name?, told.values.into_iter().map(|c| (c.field, c.value)).collect()))
    }

    #[test]
    fn values_listed_in_a_sentence() {
        let text = "Indicatore n. 6 – Studenti inseriti in percorsi scolastici: valore conseguito 2018 688 (valore atteso ≥ 600; valore 2017 540; peso 40; grado di raggiungimento 100%).";
        let values = vec![
            (Field::Actual, "688".to_owned()),
            (Field::Target, "≥ 600".to_owned()),
            (Field::Actual, "540".to_owned()),
            (Field::Weight, "40".to_owned()),
            (Field::Achievement, "100%".to_owned()),
        ];
        assert_eq!(read(text), Some((Some("6".into()), "Studenti inseriti in percorsi scolastici".into(), values)));
    }

    #[test]
    fn sentences_that_list_nothing_are_left() {
        for text in [
            "Il peso dell'obiettivo è cresciuto, il valore atteso anche (si veda sopra).",
            "I dipendenti in servizio erano 118, di cui 76 donne; il costo medio è stato di € 47.260.",
            "il progetto realizzato nel triennio 2017-2019, secondo quanto previsto dal D. Lgs 219/2016, art. 18",
            "La performance complessiva è pari al 96,30% (2017: 95,84%).",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

//! The words the audit looks for in prose, from `data/audit.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::extract::key;

/// Phrases, compared as [`key`]s: no case, no accents, no punctuation.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Phrases {
    /// A note of the author to themselves.
    pub drafting: Vec<String>,
    /// What should be told is put off.
    pub deferred: Vec<String>,
    /// A figure is a guess.
    pub estimate: Vec<String>,
    /// A comment says that a result isn't final.
    pub provisional: Vec<String>,
    /// What is counted, in the plural: a placeholder before such a word is a figure that is missing.
    pub counted: Vec<String>,
    /// Less than it should be, or later.
    pub shortfall: Vec<String>,
    /// The comment says that the target was reached.
    pub success: Vec<String>,
    /// Rows that give a weight to something else than indicators.
    pub shares: Vec<String>,
    /// A title promises better figures.
    pub improve: Vec<String>,
    /// A title promises the same figures.
    pub keep: Vec<String>,
    /// Sets of words that mean the same frequency.
    pub frequencies: Vec<Vec<String>>,
    /// Words before the name of a source of data.
    pub sources: Vec<String>,
    /// How the row of a sum begins.
    pub sums: Vec<String>,
    /// A name measures a change on the year before.
    pub earlier: Vec<String>,
    /// A heading announces figures of other years beside the document's.
    pub comparison: Vec<String>,
    /// Words with two right spellings.
    pub variants: Vec<String>,
    /// Verbs that open a note of the author between brackets.
    pub notes: Vec<String>,
    /// A note says that a target was lowered, or raised.
    pub lowered: Vec<String>,
    pub raised: Vec<String>,
    /// What happened after the day the document reports on.
    pub afterwards: Vec<String>,
    /// The heading of a budget that holds those of the objectives below.
    pub inclusive: Vec<String>,
    /// What happens once, on one day.
    pub events: Vec<String>,
    /// How the heading of a list of main results begins.
    pub summaries: Vec<String>,
    /// Names of activities, as indicators' names begin.
    pub activities: Vec<String>,
    /// A figure is what was to be reached.
    pub planned: Vec<String>,
    /// Why a target was missed.
    pub causes: Vec<String>,
    /// Indicators that go to nothing in the best case.
    pub fewer: Vec<String>,
    /// All indicators weigh the same.
    pub equal: Vec<String>,
}

impl Phrases {
    /// Those that ship with the program.
    pub fn shipped() -> &'static Phrases {
        static SHIPPED: LazyLock<Phrases> = LazyLock::new(|| {
            // The file is part of the program and read by the test below.
            toml::from_str(include_str!("../../data/audit.toml")).expect("data/audit.toml is well formed")
        });
        &SHIPPED
    }
}

/// The first of the phrases that stands in a text, at word boundaries.
pub(super) fn said<'p>(text: &str, phrases: &'p [String]) -> Option<&'p str> {
    let words = key(text);
    phrases.iter().find(|phrase| holds(&words, phrase)).map(String::as_str)
}

/// Whether a key holds a phrase as whole words.
fn holds(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(at, _)| {
        let (before, after) = (words.get(..at).unwrap_or_default(), words.get(at + phrase.len()..).unwrap_or_default());
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_written_as_they_are_compared() {
        let p = Phrases::shipped();
        let lists = [
            &p.drafting,
            &p.deferred,
            &p.estimate,
            &p.success,
            &p.improve,
            &p.keep,
            &p.sources,
            &p.afterwards,
            &p.inclusive,
            &p.events,
            &p.summaries,
            &p.activities,
            &p.planned,
            &p.causes,
            &p.fewer,
            &p.equal,
            &p.shares,
            &p.sums,
            &p.earlier,
            &p.notes,
            &p.variants,
            &p.comparison,
            &p.lowered,
            &p.raised,
            &p.provisional,
            &p.counted,
            &p.shortfall,
        ];
        for phrase in lists.into_iter().flatten().chain(p.frequencies.iter().flatten()) {
            assert_eq!(phrase, &key(phrase));
        }
        assert_eq!(said("VANNO AGGIORNATI ALCUNI IMPORTI", &p.drafting), Some("vanno aggiornati"));
        assert_eq!(said("i dati sono stati aggiornati", &p.drafting), None);
    }
}

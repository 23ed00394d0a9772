//! What the stems of a header's words tell where the header as a whole is not known: "Val. conseguito nell'anno" holds "consegu".

use std::collections::HashMap;

use super::field::Field;
use super::file::Phrases;
use super::words::key;

/// What each stem that is found counts, and what every word before the first takes away: in Italian the word that says what
/// a header means stands first, what qualifies it behind ("peso dell'indicatore", "formula dell'indicatore").
const FOUND: usize = 20;
const BEFORE: usize = 6;

/// What a stem counts less that is found in an abbreviation only ("Val. att.").
const ABBREVIATED: usize = 2;

/// A header has at most so many words that say something.
const WORDS: usize = 9;

/// A stem; one that ends in a period is a whole word.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stem {
    text: String,
    whole: bool,
}

impl Stem {
    /// What the stem counts in a word, if it opens it, or the word is an abbreviation of it.
    fn found(&self, word: &Word, alone: bool) -> Option<usize> {
        let opens = if self.whole { word.text == self.text } else { word.text.starts_with(self.text.as_str()) };
        // A light word's abbreviation alone says nothing.
        let says = !(alone && word.light) && word.shortened;
        let shortened = || says && (word.text.len() >= 2 || word.initial) && self.text.starts_with(word.text.as_str());
        if opens { Some(FOUND) } else { shortened().then_some(FOUND - ABBREVIATED) }
    }
}

/// A word of a header.
#[derive(Debug)]
struct Word {
    text: String,
    /// A period ends it.
    shortened: bool,
    /// It says little, so that it takes nothing away from what stands behind it.
    light: bool,
    /// It is one of several letters with a period each ("V.O.").
    initial: bool,
}

/// The words of a header that say something, `%` one of its own.
fn words(label: &str, phrases: &Phrases) -> Vec<Word> {
    let elided = |word: &str| matches!(word, "d" | "l" | "un" | "all" | "dell" | "nell" | "sull" | "dall");
    let mut out = Vec::new();
    for part in label.replace('%', " % ").replace('.', ". ").split_whitespace() {
        let shortened = part.ends_with('.');
        for text in key(part).split(' ').filter(|t| !t.is_empty() && !elided(t)) {
            if shortened || !phrases.joining.iter().any(|j| j == text) {
                let light = phrases.light.iter().any(|l| l == text);
                out.push(Word { text: text.to_owned(), shortened, light, initial: false });
            }
        }
    }
    let letter = |word: &Word| word.shortened && word.text.chars().count() == 1;
    if out.iter().filter(|word| letter(word)).count() > 1 {
        out.iter_mut().filter(|word| letter(word)).for_each(|word| word.initial = true);
    }
    out
}

/// The fields by how often headers are shortened to the point that they may be two things: the first is meant.
fn rank(field: Field) -> usize {
    use Field::*;
    const ORDER: [Field; 7] = [Indicator, Weight, Target, Actual, Achievement, Variance, Baseline];
    ORDER.iter().position(|&f| f == field).unwrap_or(ORDER.len())
}

/// Stems that together mean a field.
#[derive(Debug, Clone)]
struct Rule {
    stems: Vec<Stem>,
    field: Field,
    /// Of the stems' first characters: a header that lacks one of them has not all stems.
    initials: u64,
}

/// A character as a bit; several share one.
fn initial(text: &str) -> u64 {
    text.chars().next().map_or(0, |c| 1 << (u32::from(c) % 64))
}

impl Rule {
    /// How much a header's words speak for the field: every stem must open a word of its own.
    fn weight(&self, words: &[Word]) -> Option<usize> {
        let light_before = |at: usize| words.iter().take(at).filter(|word| word.light).count();
        let alone = self.stems.len() == 1;
        let find = |stem: &Stem| words.iter().enumerate().find_map(|(at, word)| Some((at, stem.found(word, alone)?)));
        let found: Vec<(usize, usize)> = self.stems.iter().map(find).collect::<Option<_>>()?;
        let first = found.iter().map(|(at, _)| at - light_before(*at)).min()?;
        let counted: usize = found.iter().map(|(_, count)| count).sum();
        counted.checked_sub(BEFORE * first).filter(|&weight| weight > 0)
    }
}

/// The stems of `data/lexicon.toml`, compiled.
#[derive(Debug, Clone, Default)]
pub(super) struct Stems {
    rules: Vec<Rule>,
}

impl Stems {
    pub fn compile(file: &HashMap<Field, Vec<String>>) -> Self {
        let stem = |text: &str| Stem { text: key(text), whole: text.ends_with('.') };
        let rule = |field: Field, text: &String| {
            let stems: Vec<Stem> = text.split_whitespace().map(stem).collect();
            let initials = stems.iter().map(|stem| initial(&stem.text)).fold(0, |all, one| all | one);
            Rule { stems, field, initials }
        };
        let rules = file.iter().flat_map(|(&field, texts)| texts.iter().map(move |text| rule(field, text)));
        Stems { rules: rules.filter(|rule| !rule.stems.is_empty()).collect() }
    }

    /// What the words of a header mean; `None` where no stem is among them or two fields have as much for themselves.
    pub fn field(&self, label: &str, phrases: &Phrases) -> Option<Field> {
        let words = words(label, phrases);
        if words.len() > WORDS {
            return None;
        }
        let shortened = words.iter().any(|word| word.shortened);
        let initials = words.iter().map(|word| initial(&word.text)).fold(0, |all, one| all | one);
        let may_be = self.rules.iter().filter(|rule| rule.initials & !initials == 0);
        let found: Vec<(usize, Field)> = may_be.filter_map(|rule| Some((rule.weight(&words)?, rule.field))).collect();
        let best = found.iter().map(|(weight, _)| *weight).max()?;
        let mut fields: Vec<Field> =
            found.iter().filter(|(weight, _)| *weight == best).map(|(_, field)| *field).collect();
        fields.sort_by_key(|&field| (rank(field), field));
        fields.dedup();
        let revises = |word: &Word| phrases.revising.iter().any(|stem| word.text.starts_with(stem.as_str()));
        if fields.first() == Some(&Field::Target) && words.iter().any(revises) {
            return Some(Field::RevisedTarget);
        }
        match fields[..] {
            [only] => Some(only),
            [first, ..] if shortened => Some(first),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::lexicon::{Field, Lexicon, key};

    #[test]
    fn headers_never_seen_are_read_by_their_words() {
        let lexicon = Lexicon::shipped();
        for (label, field) in [
            ("Valore conseguito nell'anno", Field::Actual),
            ("Ris. conseguito", Field::Actual),
            ("Risultato programmato per l'anno", Field::Target),
            ("Livello di conseguimento del risultato", Field::Achievement),
            ("% di conseguimento rispetto al target", Field::Achievement),
            ("Importanza relativa (peso)", Field::Weight),
            ("Peso attribuito all'indicatore", Field::Weight),
            ("Metrica utilizzata", Field::Indicator),
            ("Formula dell'indicatore di riferimento", Field::Algorithm),
            ("Dirigente competente", Field::Responsible),
            ("Stato di fatto", Field::Baseline),
            ("Motivi del mancato raggiungimento", Field::Note),
            ("Periodicità del controllo", Field::Frequency),
            ("Documento da cui si ricava la fonte", Field::DataSource),
            ("Target rideterminato a luglio", Field::RevisedTarget),
            ("Scostamento dal valore atteso", Field::Variance),
            ("Val. att.", Field::Target),
            ("Val. part. 31/12/21", Field::Baseline),
            ("Ris. 31/12/22", Field::Actual),
            ("Gr. ragg.", Field::Achievement),
            ("Gr. %", Field::Achievement),
            ("Meta rivista al 31/12/2023", Field::RevisedTarget),
            ("Var. %", Field::Variance),
            ("Sit. al 31/12/18", Field::Actual),
            ("V.O. 2020", Field::Target),
            ("V.O. 2020 rimodulato", Field::RevisedTarget),
            ("Risultato dell'obiettivo 1.1", Field::ObjectiveAchievement),
            ("Perf. ob.", Field::ObjectiveAchievement),
        ] {
            assert_eq!(lexicon.sense(label).map(|s| s.field), Some(field), "{label} = {}", key(label));
        }
        for label in ["Comune", "Quattordici zebre", "12", ""] {
            assert_eq!(lexicon.sense(label).map(|s| s.field), None, "{label}");
        }
    }
}

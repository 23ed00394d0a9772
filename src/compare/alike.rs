//! How far two indicators say the same: their words, weighed, with different words for one thing taken as one.
//!
//! Weights and scores are whole numbers (hundredths of an ordinary word; percent points), the same in every run whatever else
//! is compared, so that a decision on a pair stays valid when documents are added.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::phrase::{Phrase, words};
use super::sides::Quantity;
use crate::normalise::{Indicator, Objective};

/// What an ordinary word of the indicator's name weighs.
const WORD: u32 = 100;
/// A word that many indicators have.
const GENERIC: u32 = 20;
/// A word for a thing that the knowledge file knows.
const KNOWN: u32 = 150;
/// Percent that words of the algorithm and of the objective's title weigh.
const CONTEXT: u32 = 40;
/// Letters that a word keeps: enough to tell words apart, few enough to fold "ispezione" and "ispezioni".
const STEM: usize = 7;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    stop: Vec<String>,
    generic: Vec<String>,
    same: Vec<Same>,
    thing: Vec<Thing>,
}

/// A thing that many chambers count.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    /// Its Italian name.
    pub name: String,
    words: Vec<String>,
    #[serde(default)]
    about: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    /// Units as [`Quantity::unit`] names them.
    values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Same {
    word: String,
    phrases: Vec<String>,
}

struct Knowledge {
    stop: BTreeSet<String>,
    generic: Vec<Phrase>,
    /// The longest first.
    same: Vec<(Phrase, String)>,
    things: Vec<Thing>,
}

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    // The file is part of the program and read by the tests below.
    let file: File = toml::from_str(include_str!("../../data/matching.toml")).expect("a valid file of words");
    let phrases = |same: Same| {
        let word = same.word;
        same.phrases.into_iter().map(move |phrase| (Phrase::new(&phrase), word.clone()))
    };
    let mut same: Vec<(Phrase, String)> = file.same.into_iter().flat_map(phrases).collect();
    same.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    Knowledge {
        stop: file.stop.iter().flat_map(|word| words(word)).collect(),
        generic: file.generic.iter().map(|word| Phrase::new(word)).collect(),
        same,
        things: file.thing,
    }
});

/// An indicator's words with what they weigh.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Signature {
    /// Of the name and the algorithm.
    own: BTreeMap<String, u32>,
    /// The same and the objective's title.
    all: BTreeMap<String, u32>,
    /// Of the last target ("risoluzione di almeno 3.000 posizioni incongruenti").
    goal: BTreeMap<String, u32>,
    /// The known things that it counts.
    pub things: Vec<&'static Thing>,
}

/// How far two indicators say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Likeness {
    /// Percent points.
    pub score: u32,
    /// How far their last targets have the same words, in percent points; 0 where either has fewer than three.
    pub goal: u32,
    /// What the shared words that are not generic weigh, in hundredths of an ordinary word.
    pub substance: u32,
    /// The shared words, the weightier first; words are cut to their stems.
    pub words: Vec<String>,
    /// The known thing that both count.
    pub thing: Option<&'static Thing>,
}

impl Signature {
    pub(super) fn of(indicator: &Indicator, objective: Option<&Objective>) -> Self {
        let mut own = BTreeMap::new();
        add(&mut own, &indicator.name, 100);
        add(&mut own, indicator.algorithm.as_deref().unwrap_or_default(), CONTEXT);
        let mut all = own.clone();
        add(&mut all, objective.map_or("", |objective| &objective.title), CONTEXT);
        let mut goal = BTreeMap::new();
        add(&mut goal, indicator.targets.last().map_or("", |target| &target.measure.raw), 100);
        let unit = Quantity::of(indicator).unit();
        let counts = |thing: &&Thing| {
            thing.words.iter().all(|word| own.contains_key(word))
                && thing.about.iter().all(|word| all.contains_key(word))
                && !thing.without.iter().any(|word| own.contains_key(word))
                && thing.values.iter().any(|value| value == unit)
        };
        let things = KNOWLEDGE.things.iter().filter(counts).collect();
        Signature { own, all, goal, things }
    }

    /// The words that can make two indicators alike.
    pub(super) fn telling(&self) -> impl Iterator<Item = &str> {
        self.all.iter().filter(|(_, weight)| **weight > GENERIC).map(|(word, _)| word.as_str())
    }

    /// Two thirds what the indicators' own words have in common of all they have, one third what the smaller one's words
    /// with its objective's have in the other.
    pub(super) fn likeness(&self, other: &Signature) -> Likeness {
        let (own, own_union) = common(&self.own, &other.own);
        let (all, _) = common(&self.all, &other.all);
        let smaller = self.all.values().sum::<u32>().min(other.all.values().sum());
        let share = |part: u32, whole: u32| (part * 100).checked_div(whole).unwrap_or(0);
        let mut shared: Vec<(u32, &String)> =
            self.all.iter().filter_map(|(word, weight)| Some((*weight.min(other.all.get(word)?), word))).collect();
        shared.sort_by_key(|(weight, word)| (std::cmp::Reverse(*weight), *word));
        let told = self.goal.len().min(other.goal.len()) >= 3;
        let (goal, goals) = common(&self.goal, &other.goal);
        Likeness {
            goal: if told { share(goal, goals) } else { 0 },
            score: (2 * share(own, own_union) + share(all, smaller)) / 3,
            substance: shared.iter().map(|(weight, _)| weight).filter(|weight| **weight > GENERIC).sum(),
            words: shared.into_iter().map(|(_, word)| word.clone()).collect(),
            thing: self.things.iter().copied().find(|thing| other.things.contains(thing)),
        }
    }
}

/// The weight of what both have, and of what either has.
fn common(a: &BTreeMap<String, u32>, b: &BTreeMap<String, u32>) -> (u32, u32) {
    let both: u32 = a.iter().filter_map(|(word, weight)| Some(*weight.min(b.get(word)?))).sum();
    let sum: u32 = a.values().chain(b.values()).sum();
    // A word of both stands in the sum with its lesser and its greater weight; the greater one is to stay.
    (both, sum - both)
}

/// Adds a text's words, each once, at so many percent of their weight; a word that is there keeps the greater weight.
fn add(weights: &mut BTreeMap<String, u32>, text: &str, percent: u32) {
    let mut words = words(text);
    let mut put = |word: String, weight: u32| {
        let weight = weight * percent / 100;
        weights.entry(word).and_modify(|own| *own = weight.max(*own)).or_insert(weight);
    };
    for (phrase, word) in &KNOWLEDGE.same {
        let places: Vec<usize> = phrase.places(&words).collect();
        for place in places {
            // Taken words fit no further phrase.
            words.iter_mut().skip(place).take(phrase.len()).for_each(String::clear);
            put(word.clone(), KNOWN);
        }
    }
    let plain = |word: &String| !word.is_empty() && !word.chars().all(|c| c.is_numeric());
    for word in words.iter().filter(|word| plain(word) && !KNOWLEDGE.stop.contains(*word)) {
        let alone = std::slice::from_ref(word);
        let generic = KNOWLEDGE.generic.iter().any(|phrase| phrase.places(alone).next().is_some());
        put(stem(word), if generic { GENERIC } else { WORD });
    }
}

/// A word without its ending.
fn stem(word: &str) -> String {
    let bare = word.trim_end_matches(['a', 'e', 'i', 'o', 'h']);
    let bare = if bare.chars().count() < 3 { word } else { bare };
    bare.chars().take(STEM).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{indicator, objective};

    fn signature(title: &str, name: &str) -> Signature {
        let mut one = indicator("1");
        one.name = name.to_owned();
        let mut own = objective("1");
        own.title = title.to_owned();
        Signature::of(&one, Some(&own))
    }

    fn likeness(a: (&str, &str), b: (&str, &str)) -> Likeness {
        signature(a.0, a.1).likeness(&signature(b.0, b.1))
    }

    #[test]
    fn the_same_words_are_wholly_alike_and_others_not_at_all() {
        let same = likeness(("Turismo", "Numero di riunioni"), ("Turismo", "Numero di riunioni"));
        assert_eq!((same.score, same.words[0].as_str()), (100, "turismo"));
        let other = likeness(("Turismo", "Presenze"), ("Metrologia", "Bilance"));
        assert_eq!((other.score, other.substance), (0, 0));
    }

    #[test]
    fn different_words_for_one_thing_are_one() {
        let a = ("Impresa 4.0", "numero di imprese coinvolte in attività di assessment");
        let b = ("Punto impresa digitale", "Imprese coinvolte in valutazioni della maturità digitale");
        let alike = likeness(a, b);
        assert!(alike.score >= 60, "{alike:?}");
        assert!(alike.words.contains(&"assessment".to_owned()));
    }

    #[test]
    fn every_word_of_a_thing_is_known() {
        let known = |word: &String| KNOWLEDGE.same.iter().any(|(_, own)| own == word);
        for thing in &KNOWLEDGE.things {
            assert!(thing.words.iter().chain(&thing.about).chain(&thing.without).all(known), "{thing:?}");
            assert!(thing.values.iter().all(|v| ["numero", "percento", "EUR", "giorni"].contains(&v.as_str())));
        }
    }

    #[test]
    fn words_that_all_indicators_have_give_no_substance() {
        let alike = likeness(("A", "Numero riunioni svolte"), ("B", "Numero di riunioni svolte"));
        assert_eq!(alike.substance, 0);
        assert!(alike.score > 60, "{alike:?}");
    }
}

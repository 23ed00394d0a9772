//! How far two indicators say the same: their words, weighed, with different words for one thing taken as one.
//!
//! Weights and scores are whole numbers (hundredths of an ordinary word; percent points), the same in every run whatever else
//! is compared, so that a decision on a pair stays valid when documents are added.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::phrase::{Phrase, Phrases, printed_words, words};
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
    timed: Vec<String>,
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
    /// The unit of numbers that have none, where they can only be of one.
    plain: Option<String>,
}

impl Thing {
    /// What the numbers without a unit of an indicator that measures a time count here.
    fn plain(&self) -> Quantity {
        let quantities = [Quantity::Percent, Quantity::Euro, Quantity::Days];
        let named = |quantity: &Quantity| self.plain.as_deref() == Some(quantity.unit());
        quantities.into_iter().find(named).unwrap_or(Quantity::Count)
    }
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
    timed: Vec<Phrase>,
    /// The longest first, each with the word it stands for.
    same: Vec<(usize, String)>,
    phrases: Phrases,
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
    let mut all = Phrases::default();
    let same = same.into_iter().map(|(phrase, word)| (all.add(phrase), word)).collect();
    Knowledge {
        stop: file.stop.iter().flat_map(|word| words(word)).collect(),
        generic: file.generic.iter().map(|word| Phrase::new(word)).collect(),
        timed: file.timed.iter().map(|word| Phrase::new(word)).collect(),
        same,
        phrases: all,
        things: file.thing,
    }
});

/// What a word weighs, and how it is shown: as printed, small, or the group's name.
#[derive(Debug, Clone, PartialEq)]
struct Weighed {
    weight: u32,
    shown: String,
}

/// Words, cut to their stems, with what they weigh.
type Weights = BTreeMap<String, Weighed>;

/// An indicator's words.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Signature {
    /// Of the name and the algorithm.
    own: Weights,
    /// The same and the objective's title.
    all: Weights,
    /// Of the last target ("risoluzione di almeno 3.000 posizioni incongruenti").
    goal: Weights,
    /// It measures a time.
    timed: bool,
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
    /// The shared words, the weightier first, each as the one that comes first in the alphabet prints it.
    pub words: Vec<String>,
    /// The known thing that both count.
    pub thing: Option<&'static Thing>,
    /// What numbers without a unit count in both.
    pub plain: Quantity,
}

impl Signature {
    pub(super) fn of(indicator: &Indicator, objective: Option<&Objective>) -> Self {
        let mut own = Weights::new();
        add(&mut own, &indicator.name, 100);
        add(&mut own, indicator.algorithm.as_deref().unwrap_or_default(), CONTEXT);
        let mut all = own.clone();
        add(&mut all, objective.map_or("", |objective| &objective.title), CONTEXT);
        let mut goal = Weights::new();
        add(&mut goal, indicator.targets.last().map_or("", |target| &target.measure.raw), 100);
        let quantity = Quantity::of(indicator);
        let texts = [words(&indicator.name), words(indicator.algorithm.as_deref().unwrap_or_default())];
        let timed = KNOWLEDGE.timed.iter().any(|word| texts.iter().any(|text| word.places(text).next().is_some()));
        let plain = |thing: &Thing| if timed { thing.plain() } else { Quantity::Count };
        let counts = |thing: &&Thing| {
            thing.words.iter().all(|word| own.contains_key(word))
                && thing.about.iter().all(|word| all.contains_key(word))
                && !thing.without.iter().any(|word| own.contains_key(word))
                && thing.values.iter().any(|value| value == quantity.or_plain(plain(thing)).unit())
        };
        let things = KNOWLEDGE.things.iter().filter(counts).collect();
        Signature { own, all, goal, timed, things }
    }

    /// The words that can make two indicators alike.
    pub(super) fn telling(&self) -> impl Iterator<Item = &str> {
        self.all.iter().filter(|(_, word)| word.weight > GENERIC).map(|(stem, _)| stem.as_str())
    }

    /// Two thirds what the indicators' own words have in common of all they have, one third what the smaller one's words
    /// with its objective's have in the other.
    pub(super) fn likeness(&self, other: &Signature) -> Likeness {
        let (own, own_union) = common(&self.own, &other.own);
        let (all, _) = common(&self.all, &other.all);
        let sum = |weights: &Weights| weights.values().map(|word| word.weight).sum::<u32>();
        let smaller = sum(&self.all).min(sum(&other.all));
        let share = |part: u32, whole: u32| (part * 100).checked_div(whole).unwrap_or(0);
        let both = |(stem, word): (&String, &Weighed)| {
            let also = other.all.get(stem)?;
            Some((word.weight.min(also.weight), word.shown.clone().min(also.shown.clone())))
        };
        let mut shared: Vec<(u32, String)> = self.all.iter().filter_map(both).collect();
        shared.sort_by(|(a, one), (b, other)| (b, one).cmp(&(a, other)));
        let told = self.goal.len().min(other.goal.len()) >= 3;
        let (goal, goals) = common(&self.goal, &other.goal);
        let thing = self.things.iter().copied().find(|thing| other.things.contains(thing));
        Likeness {
            goal: if told { share(goal, goals) } else { 0 },
            score: (2 * share(own, own_union) + share(all, smaller)) / 3,
            substance: shared.iter().map(|(weight, _)| weight).filter(|weight| **weight > GENERIC).sum(),
            words: shared.into_iter().map(|(_, word)| word).collect(),
            plain: thing.filter(|_| self.timed && other.timed).map_or(Quantity::Count, Thing::plain),
            thing,
        }
    }
}

/// The weight of what both have, and of what either has.
fn common(a: &Weights, b: &Weights) -> (u32, u32) {
    let both: u32 = a.iter().filter_map(|(stem, word)| Some(word.weight.min(b.get(stem)?.weight))).sum();
    let sum: u32 = a.values().chain(b.values()).map(|word| word.weight).sum();
    // A word of both stands in the sum with its lesser and its greater weight; the greater one is to stay.
    (both, sum - both)
}

/// Adds a text's words, each once, at so many percent of their weight; a word that is there keeps the greater weight.
fn add(weights: &mut Weights, text: &str, percent: u32) {
    let mut words = words(text);
    let printed = printed_words(text);
    let mut put = |stem: String, weight: u32, shown: &str| {
        let weight = weight * percent / 100;
        let new = || Weighed { weight, shown: shown.to_owned() };
        weights.entry(stem).and_modify(|own| own.weight = weight.max(own.weight)).or_insert_with(new);
    };
    let places = KNOWLEDGE.phrases.places(&words);
    for (number, word) in &KNOWLEDGE.same {
        let length = KNOWLEDGE.phrases.len(*number);
        for place in places.get(number).into_iter().flatten() {
            // Taken words fit no further phrase.
            if words.iter().skip(*place).take(length).all(|word| !word.is_empty()) {
                words.iter_mut().skip(*place).take(length).for_each(String::clear);
                put(word.clone(), KNOWN, word);
            }
        }
    }
    let plain = |word: &String| !word.is_empty() && !word.chars().all(|c| c.is_numeric());
    for (word, shown) in words.iter().zip(&printed) {
        if plain(word) && !KNOWLEDGE.stop.contains(word) {
            let alone = std::slice::from_ref(word);
            let generic = KNOWLEDGE.generic.iter().any(|phrase| phrase.places(alone).next().is_some());
            put(stem(word), if generic { GENERIC } else { WORD }, shown);
        }
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
        let whole = likeness(("A", "Qualità delle banchine"), ("B", "La qualità della banchina"));
        assert_eq!(whole.words, ["banchina", "qualità"]);
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
            let units = ["numero", "percento", "EUR", "giorni"];
            assert!(thing.values.iter().chain(&thing.plain).all(|unit| units.contains(&unit.as_str())), "{thing:?}");
        }
    }

    #[test]
    fn words_that_all_indicators_have_give_no_substance() {
        let alike = likeness(("A", "Numero riunioni svolte"), ("B", "Numero di riunioni svolte"));
        assert_eq!(alike.substance, 0);
        assert!(alike.score > 60, "{alike:?}");
    }
}

//! How far two indicators say the same: their words, weighed, with different words for one thing taken as one.
//!
//! Weights and scores are whole numbers (hundredths of an ordinary word; percent points), the same in every run whatever else
//! is compared, so that a decision on a pair stays valid when documents are added.

use std::cmp::Ordering;
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

/// Words, cut to their stems, while they are gathered: what each weighs in the indicator's own texts and in all, in
/// hundredths of an ordinary word, and how it is shown: as printed, small, or the group's name.
type Gathered = BTreeMap<String, (u32, u32, String)>;

/// A word, cut to its stem.
#[derive(Debug, Clone, PartialEq)]
struct Word {
    stem: Box<str>,
    shown: Box<str>,
    /// What it weighs in the name and the algorithm; 0 where it stands in neither.
    own: u32,
    /// The same with the objective's title.
    all: u32,
}

/// An indicator's words.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Signature {
    /// By their stems.
    words: Box<[Word]>,
    /// Of the last target ("risoluzione di almeno 3.000 posizioni incongruenti").
    goal: Box<[Word]>,
    /// It measures a time.
    timed: bool,
    /// The known things that it counts.
    pub things: Vec<&'static Thing>,
}

/// How far two indicators say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Likeness {
    /// Percent points.
    pub score: u32,
    /// How far their last targets have the same words, in percent points; 0 where either has fewer than three.
    pub goal: u32,
    /// What the shared words that are not generic weigh, in hundredths of an ordinary word.
    pub substance: u32,
    /// The known thing that both count.
    pub thing: Option<&'static Thing>,
    /// What numbers without a unit count in both.
    pub plain: Quantity,
}

impl Signature {
    pub(super) fn of(indicator: &Indicator, objective: Option<&Objective>) -> Self {
        let mut words = Gathered::new();
        add(&mut words, &indicator.name, 100, true);
        add(&mut words, indicator.algorithm.as_deref().unwrap_or_default(), CONTEXT, true);
        add(&mut words, objective.map_or("", |objective| &objective.title), CONTEXT, false);
        let mut goal = Gathered::new();
        add(&mut goal, indicator.targets.last().map_or("", |target| &target.measure.raw), 100, false);
        let quantity = Quantity::of(indicator);
        let texts = [&indicator.name, indicator.algorithm.as_deref().unwrap_or_default()].map(super::phrase::words);
        let timed = KNOWLEDGE.timed.iter().any(|word| texts.iter().any(|text| word.places(text).next().is_some()));
        let plain = |thing: &Thing| if timed { thing.plain() } else { Quantity::Count };
        let counts = |thing: &&Thing| {
            let own = |word: &String| words.get(word).is_some_and(|(own, ..)| *own > 0);
            thing.words.iter().all(own)
                && thing.about.iter().all(|word| words.contains_key(word))
                && !thing.without.iter().any(own)
                && thing.values.iter().any(|value| value == quantity.or_plain(plain(thing)).unit())
        };
        let things = KNOWLEDGE.things.iter().filter(counts).collect();
        Signature { words: settled(words), goal: settled(goal), timed, things }
    }

    /// The words that can make two indicators alike.
    pub(super) fn telling(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|word| word.all > GENERIC).map(|word| &*word.stem)
    }

    /// Two thirds what the indicators' own words have in common of all they have, one third what the smaller one's words
    /// with its objective's have in the other.
    pub(super) fn likeness(&self, other: &Signature) -> Likeness {
        let (mut own, mut all, mut substance) = (0, 0, 0);
        for (one, other) in shared(&self.words, &other.words) {
            let weight = one.all.min(other.all);
            own += one.own.min(other.own);
            all += weight;
            substance += if weight > GENERIC { weight } else { 0 };
        }
        let goal: u32 = shared(&self.goal, &other.goal).map(|(one, other)| one.all.min(other.all)).sum();
        let sum = |words: &[Word], weight: fn(&Word) -> u32| words.iter().map(weight).sum::<u32>();
        // A word of both stands in the sum with its lesser and its greater weight; the greater one is to stay.
        let union = |of: fn(&Signature) -> &[Word], weight: fn(&Word) -> u32, both: u32| {
            sum(of(self), weight) + sum(of(other), weight) - both
        };
        let share = |part: u32, whole: u32| (part * 100).checked_div(whole).unwrap_or(0);
        let smaller = sum(&self.words, |word| word.all).min(sum(&other.words, |word| word.all));
        let own = share(own, union(|of| &of.words, |word| word.own, own));
        let told = self.goal.len().min(other.goal.len()) >= 3;
        let thing = self.things.iter().copied().find(|thing| other.things.contains(thing));
        Likeness {
            goal: if told { share(goal, union(|of| &of.goal, |word| word.all, goal)) } else { 0 },
            score: (2 * own + share(all, smaller)) / 3,
            substance,
            plain: thing.filter(|_| self.timed && other.timed).map_or(Quantity::Count, Thing::plain),
            thing,
        }
    }

    /// The shared words, the weightier first, each as the one that comes first in the alphabet prints it.
    pub(super) fn words(&self, other: &Signature) -> Vec<String> {
        let both =
            |(one, other): (&Word, &Word)| (one.all.min(other.all), String::from((&*one.shown).min(&*other.shown)));
        let mut shared: Vec<(u32, String)> = shared(&self.words, &other.words).map(both).collect();
        shared.sort_by(|(a, one), (b, other)| (b, one).cmp(&(a, other)));
        shared.into_iter().map(|(_, word)| word).collect()
    }
}

/// The words that both have, each from either.
fn shared<'w>(a: &'w [Word], b: &'w [Word]) -> impl Iterator<Item = (&'w Word, &'w Word)> {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    std::iter::from_fn(move || {
        loop {
            match a.peek()?.stem.cmp(&b.peek()?.stem) {
                Ordering::Less => a.next(),
                Ordering::Greater => b.next(),
                Ordering::Equal => return a.next().zip(b.next()),
            };
        }
    })
}

/// Words as they stay.
fn settled(words: Gathered) -> Box<[Word]> {
    let word = |(stem, (own, all, shown)): (String, (u32, u32, String))| Word {
        stem: stem.into(),
        shown: shown.into(),
        own,
        all,
    };
    words.into_iter().map(word).collect()
}

/// Adds a text's words, each once, at so many percent of their weight; a word that is there keeps the greater weight. `is_own`
/// for the indicator's own texts.
fn add(gathered: &mut Gathered, text: &str, percent: u32, is_own: bool) {
    let mut words = words(text);
    let printed = printed_words(text);
    let mut put = |stem: String, weight: u32, shown: &str| {
        let weight = weight * percent / 100;
        let (own, all, _) = gathered.entry(stem).or_insert_with(|| (0, 0, shown.to_owned()));
        *own = if is_own { weight.max(*own) } else { *own };
        *all = weight.max(*all);
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

    fn likeness(a: (&str, &str), b: (&str, &str)) -> (Likeness, Vec<String>) {
        let (a, b) = (signature(a.0, a.1), signature(b.0, b.1));
        (a.likeness(&b), a.words(&b))
    }

    #[test]
    fn the_same_words_are_wholly_alike_and_others_not_at_all() {
        let (same, words) = likeness(("Turismo", "Numero di riunioni"), ("Turismo", "Numero di riunioni"));
        assert_eq!((same.score, words[0].as_str()), (100, "turismo"));
        let (_, whole) = likeness(("A", "Qualità delle banchine"), ("B", "La qualità della banchina"));
        assert_eq!(whole, ["banchina", "qualità"]);
        let (other, _) = likeness(("Turismo", "Presenze"), ("Metrologia", "Bilance"));
        assert_eq!((other.score, other.substance), (0, 0));
    }

    #[test]
    fn different_words_for_one_thing_are_one() {
        let a = ("Impresa 4.0", "numero di imprese coinvolte in attività di assessment");
        let b = ("Punto impresa digitale", "Imprese coinvolte in valutazioni della maturità digitale");
        let (alike, words) = likeness(a, b);
        assert!(alike.score >= 60, "{alike:?}");
        assert!(words.contains(&"assessment".to_owned()));
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
        let (alike, _) = likeness(("A", "Numero riunioni svolte"), ("B", "Numero di riunioni svolte"));
        assert_eq!(alike.substance, 0);
        assert!(alike.score > 60, "{alike:?}");
    }
}

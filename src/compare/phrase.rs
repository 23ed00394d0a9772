//! Words and phrases as the knowledge files write them, and where they stand in a text.

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::extract::key;

/// A word or phrase: each word as it is, with any ending ("metrolog*"), or any word at all ("*").
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Word(String),
    Start(String),
    Any,
}

impl Part {
    fn fits(&self, word: &str) -> bool {
        match self {
            Part::Word(own) => own == word,
            Part::Start(start) => word.starts_with(start.as_str()),
            Part::Any => !word.is_empty(),
        }
    }
}

impl Phrase {
    /// Reads a phrase; case, accents and punctuation don't matter.
    pub(super) fn new(text: &str) -> Self {
        let part = |word: &str| match word.strip_suffix('*') {
            Some("") => Part::Any,
            Some(start) => Part::Start(key(start)),
            None => Part::Word(key(word)),
        };
        Phrase(text.split_whitespace().map(part).collect())
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the words begin with the phrase.
    fn stands(&self, words: &[String]) -> bool {
        self.len() <= words.len() && self.0.iter().zip(words).all(|(part, word)| part.fits(word))
    }

    /// Where the phrase stands, from left to right.
    pub(super) fn places<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = usize> + 'a {
        // `windows` takes no zero.
        words
            .windows(self.len().max(1))
            .enumerate()
            .filter(move |(_, window)| self.stands(window))
            .map(|(place, _)| place)
    }
}

/// Letters of a phrase's beginning that it is looked up by.
const LED: usize = 3;

/// Many phrases, looked for together: a word of the text asks only those that can begin with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrases {
    all: Vec<Phrase>,
    /// By the first letters of their first word.
    led: HashMap<String, Vec<usize>>,
    /// Those that any word can begin.
    free: Vec<usize>,
}

impl Phrases {
    /// Adds a phrase and gives back its number.
    pub(super) fn add(&mut self, phrase: Phrase) -> usize {
        let number = self.all.len();
        match phrase.0.first() {
            Some(Part::Word(word)) => self.led.entry(lead(word)).or_default().push(number),
            Some(Part::Start(start)) if start.chars().count() >= LED => {
                self.led.entry(lead(start)).or_default().push(number);
            }
            _ => self.free.push(number),
        }
        self.all.push(phrase);
        number
    }

    /// How many words a phrase has.
    pub(super) fn len(&self, number: usize) -> usize {
        self.all.get(number).map_or(0, Phrase::len)
    }

    /// Where the phrases stand that stand somewhere: by their numbers, from left to right.
    pub(super) fn places(&self, words: &[String]) -> BTreeMap<usize, Vec<usize>> {
        let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, word) in words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            let led = self.led.get(&lead(word)).into_iter().flatten();
            for number in led.chain(&self.free) {
                if self.all.get(*number).is_some_and(|phrase| phrase.stands(words.get(place..).unwrap_or_default())) {
                    places.entry(*number).or_default().push(place);
                }
            }
        }
        places
    }
}

/// The letters that phrases are looked up by.
fn lead(word: &str) -> String {
    word.chars().take(LED).collect()
}

/// A text's words, folded as phrases are.
pub(super) fn words(text: &str) -> Vec<String> {
    key(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The same words in the same order with their accents, in small letters.
pub(super) fn printed_words(text: &str) -> Vec<String> {
    let inside = |c: char| c.is_alphanumeric() || c == '%' || c == '\u{ad}' || is_combining_mark(c);
    let parts: String = text.nfkd().map(|c| if inside(c) { c } else { ' ' }).filter(|c| *c != '\u{ad}').collect();
    let whole = |word: &str| word.nfc().flat_map(char::to_lowercase).collect::<String>();
    parts.split(' ').filter(|word| !word.chars().all(is_combining_mark)).map(whole).collect()
}

/// Blanks out what the phrases cover: a blank fits no word of a phrase.
pub(super) fn mask(words: &mut [String], phrases: &[Phrase]) {
    for phrase in phrases {
        let places: Vec<usize> = phrase.places(words).collect();
        for place in places {
            words.iter_mut().skip(place).take(phrase.len()).for_each(String::clear);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_whatever_their_case_accents_and_endings() {
        let text = words("Attività del Punto Impresa Digitale: metrologia, 20% del diritto");
        let places = |phrase: &str| Phrase::new(phrase).places(&text).collect::<Vec<_>>();
        assert_eq!(places("punt* impres* digital*"), [2]);
        assert_eq!(places("attivita"), [0]);
        assert_eq!(places("20% * diritto"), [6]);
        assert_eq!(places("impresa punto"), [0_usize; 0]);
        assert_eq!(places("metro"), [0_usize; 0]);
    }

    #[test]
    fn printed_words_are_the_same_ones_with_accents() {
        let text = "L'ATTIVITÀ  del 20% (più-o-meno) co\u{ad}me à\u{300} prévu … ";
        assert_eq!(printed_words(text)[..7], ["l", "attività", "del", "20%", "più", "o", "meno"].map(str::to_owned));
        assert_eq!(printed_words(text).iter().map(|word| key(word)).collect::<Vec<_>>(), words(text));
    }

    #[test]
    fn many_phrases_are_found_as_each_alone() {
        let text = words("attività del punto impresa digitale: di metrologia, 20% del diritto; è un punto di arrivo");
        let told =
            ["punt* impres*", "metrolog*", "di *", "* diritto", "e", "du*", "di", "un punto di arrivo", "arrivo oltre"];
        let mut all = Phrases::default();
        for phrase in told {
            all.add(Phrase::new(phrase));
        }
        let places = all.places(&text);
        for (number, phrase) in told.iter().enumerate() {
            let alone: Vec<usize> = Phrase::new(phrase).places(&text).collect();
            assert_eq!(places.get(&number).cloned().unwrap_or_default(), alone, "{phrase}");
        }
    }

    #[test]
    fn masked_words_fit_nothing() {
        let mut text = words("aumento del diritto annuale");
        mask(&mut text, &[Phrase::new("aumento del diritto annuale")]);
        assert_eq!(Phrase::new("diritto *").places(&text).count(), 0);
    }
}

//! Mentions of chambers of commerce in running text.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::entity::Entity;

/// Letter groups that fonts draw as one glyph and that text layers lose, longest first.
const LIGATURES: [&str; 9] = ["ffi", "ffl", "tti", "ti", "tt", "fi", "fl", "ff", "ft"];
/// Words between the parts of a name, or between "Camera di commercio" and the name.
const JOINERS: [&str; 22] = [
    "e",
    "ed",
    "di",
    "d",
    "de",
    "del",
    "dell",
    "della",
    "delle",
    "dei",
    "degli",
    "la",
    "il",
    "l",
    "le",
    "lo",
    "nell",
    "nella",
    "per",
    "sul",
    "territoriale",
    "metropolitana",
];
/// The rest of the official title, which may stand between "Camera di commercio" and the name.
const TITLE_WORDS: [&str; 4] = ["industria", "artigianato", "agricoltura", "turismo"];
/// A name that begins with one of these (their first letters) names a chamber without "Camera di commercio" before it.
const CHAMBER_WORDS: [&str; 3] = ["camera", "chambre", "handelskammer"];
/// What stands before the mention of a chamber that the document is not of.
const OF_ANOTHER: [&[&str]; 7] =
    [&["con", "la"], &["ex"], &["con"], &["tra", "la"], &["fra", "la"], &["altra"], &["presso", "la"]];
/// Names shorter than this (compact) are never looked for.
const SHORTEST: usize = 4;
/// At most so many words make up a name, joiners included.
const LONGEST: usize = 16;

/// A word of a text: folded to lower-case ASCII where it can be, with its place.
struct Word {
    text: String,
    start: usize,
    end: usize,
    line: usize,
    /// The sentence, the clause or the table cell ended before this word.
    after_break: bool,
    /// First word of its line.
    starts_line: bool,
}

/// A chamber named in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mention {
    /// Index of the entity.
    pub entity: usize,
    /// The words that name it, as printed.
    pub text: String,
    /// Which non-empty line of the text it starts in, from 0.
    pub line: usize,
    /// It is the first thing in its line.
    pub starts_line: bool,
    /// The words before it say that it is another chamber than the document's own ("con la Camera di …").
    pub of_another: bool,
}

/// Names by which mentions are recognised, in compact form: letters and digits only, joiners left out.
pub(super) struct Keys {
    /// Names that follow an anchor. `None` is a name that must not be cut short to an entity's (a region's).
    after_anchor: HashMap<String, Option<usize>>,
    /// Names that need no anchor.
    whole: HashMap<String, usize>,
    /// Codes of the index of public administrations, compact.
    codes: HashMap<String, usize>,
}

impl Keys {
    /// The names and aliases of all entities; exact names take precedence over forms with lost ligatures.
    pub fn new(entities: &[Entity]) -> Keys {
        let mut keys = Keys { after_anchor: HashMap::new(), whole: HashMap::new(), codes: HashMap::new() };
        let mut names: Vec<(String, usize)> = Vec::new();
        for (index, entity) in entities.iter().enumerate() {
            if let Some(code) = &entity.ipa_code {
                keys.codes.insert(compact(&words(code)), index);
            }
            for name in entity.aliases.iter().chain([&entity.name]) {
                let printed = words(name);
                match anchor(&printed, 0) {
                    Some(after) => names.push((compact(&printed[after..]), index)),
                    None if CHAMBER_WORDS.iter().any(|w| printed.iter().any(|p| p.text == *w)) => {
                        keys.whole.insert(compact(&printed), index);
                        // "Chambre Valdôtaine - Camera valdostana": each part names it too.
                        for part in name.split(" - ") {
                            keys.whole.insert(compact(&words(part)), index);
                        }
                    }
                    None => names.push((compact(&printed), index)),
                }
            }
        }
        for (name, index) in names.iter().filter(|(n, _)| n.len() >= SHORTEST) {
            keys.after_anchor.entry(name.clone()).or_insert(Some(*index));
        }
        for region in entities.iter().flat_map(|e| e.region.split('/')) {
            keys.after_anchor.entry(compact(&words(region))).or_insert(None);
        }
        for (name, index) in &names {
            for lossy in without_ligatures(name).into_iter().filter(|l| l.len() >= SHORTEST) {
                keys.after_anchor.entry(lossy).or_insert(Some(*index));
            }
        }
        keys
    }

    /// The longest name that starts at word `at`: its entity and the word after it.
    fn longest(
        &self,
        words: &[Word],
        at: usize,
        find: impl Fn(&str) -> Option<Option<usize>>,
    ) -> Option<(usize, usize)> {
        let mut name = String::new();
        let mut best = None;
        for (i, word) in words.iter().enumerate().skip(at).take(LONGEST) {
            if word.after_break && i > at {
                break;
            }
            if !JOINERS.contains(&word.text.as_str()) {
                name.push_str(&word.text);
                if let Some(found) = find(&name) {
                    best = Some((found, i + 1));
                }
            }
        }
        best.and_then(|(entity, after)| Some((entity?, after)))
    }
}

/// All mentions in a text, in order. Plural forms ("le Camere di …") are not mentions: they list others.
pub(super) fn mentions(text: &str, keys: &Keys) -> Vec<Mention> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let hit = anchor(&words, at).and_then(|after| named(&words, after, keys)).or_else(|| {
            keys.longest(&words, at, |n| keys.whole.get(n).map(|&i| Some(i))).filter(|_| is_chamber(&words[at]))
        });
        let Some((entity, after)) = hit else {
            at += 1;
            continue;
        };
        // `after` is at least `at + 1` and at most the number of words: a name has at least one.
        let (first, last) = (&words[at], &words[after - 1]);
        found.push(Mention {
            entity,
            text: text.get(first.start..last.end).unwrap_or_default().to_owned(),
            line: first.line,
            starts_line: first.starts_line,
            of_another: of_another(&words[..at]),
        });
        at = after;
    }
    found
}

fn is_chamber(word: &Word) -> bool {
    CHAMBER_WORDS.contains(&word.text.as_str())
}

/// The single entity whose name or code stands in a file's name.
pub(super) fn stem_key(stem: &str, keys: &Keys) -> Option<usize> {
    let words = words(stem);
    let mut found = HashSet::new();
    let mut at = 0;
    while at < words.len() {
        let joiner = JOINERS.contains(&words[at].text.as_str());
        let hit = keys
            .longest(&words, at, |n| keys.codes.get(n).map(|&i| Some(i)))
            .or_else(|| keys.longest(&words, at, |n| keys.after_anchor.get(n).copied()));
        match hit.filter(|_| !joiner) {
            Some((entity, after)) => {
                found.insert(entity);
                at = after;
            }
            None => at += 1,
        }
    }
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}

/// The word after an anchor that starts at `at`: "Camera di commercio", "CCIAA", "C. C. I. A. A.", "Camera" before "di".
fn anchor(words: &[Word], at: usize) -> Option<usize> {
    let is = |offset: usize, options: &[&str]| {
        words.get(at + offset).is_some_and(|w| options.contains(&w.text.as_str()) && (offset == 0 || !w.after_break))
    };
    if is(0, &["cciaa", "ccia", "camcom"]) {
        return Some(at + 1);
    }
    if is(0, &["c"]) && is(1, &["c"]) && is(2, &["i"]) && is(3, &["a"]) {
        return Some(at + if is(4, &["a"]) { 5 } else { 4 });
    }
    if !is(0, &["camera"]) {
        return None;
    }
    if is(1, &["di", "del"]) && is(2, &["commercio"]) {
        return Some(at + 3);
    }
    is(1, &["di", "del", "della", "dell", "delle"]).then_some(at + 1)
}

/// The name that follows an anchor, after the rest of the official title.
fn named(words: &[Word], after: usize, keys: &Keys) -> Option<(usize, usize)> {
    for at in after..words.len().min(after + LONGEST) {
        let word = &words[at];
        if word.after_break {
            return None;
        }
        let joiner = JOINERS.contains(&word.text.as_str());
        if !joiner && let Some(hit) = keys.longest(words, at, |n| keys.after_anchor.get(n).copied()) {
            return Some(hit);
        }
        if !joiner && !of_title(&word.text) {
            return None;
        }
    }
    None
}

/// Part of "industria, artigianato e agricoltura", whole, abbreviated ("I.A.A.") or cut by a lost ligature ("ar gianato").
fn of_title(word: &str) -> bool {
    matches!(word, "i" | "a" | "iaa")
        || TITLE_WORDS
            .iter()
            .any(|title| *title == word || (word.len() > 1 && (title.starts_with(word) || title.ends_with(word))))
}

fn of_another(before: &[Word]) -> bool {
    OF_ANOTHER.iter().any(|pattern| {
        before.len().checked_sub(pattern.len()).is_some_and(|start| {
            before[start..].iter().zip(pattern.iter()).all(|(word, expected)| word.text == *expected)
        })
    })
}

/// Letters and digits only, joiners left out.
fn compact(words: &[Word]) -> String {
    words.iter().map(|w| w.text.as_str()).filter(|w| !JOINERS.contains(w)).collect()
}

/// What a name becomes when a text layer loses one kind of ligature, or all of them.
fn without_ligatures(name: &str) -> Vec<String> {
    let all = LIGATURES.iter().fold(name.to_owned(), |n, l| n.replace(l, ""));
    let mut lossy: Vec<String> = LIGATURES.iter().map(|l| name.replace(l, "")).chain([all]).collect();
    lossy.retain(|l| l != name);
    lossy.sort();
    lossy.dedup();
    lossy
}

/// A text's words in plain form (lower case, no accents), parted by single blanks; everything else left out.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c == '\u{ad}' || is_combining_mark(c) {
            continue;
        }
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.extend(plain_char(c).filter(|c| c.is_alphanumeric()));
        } else {
            gap = true;
        }
    }
    out
}

/// Lower-case letters and digits without accents; ligature characters in their letters.
fn plain_char(c: char) -> impl Iterator<Item = char> {
    c.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase)
}

/// The words of a text in order.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut line, mut fresh_line, mut line_used) = (0, true, false);
    let mut after_break = false;
    let mut open = false;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c == '\u{ad}' || is_combining_mark(c) {
            continue;
        }
        if c.is_alphanumeric() {
            if !open {
                let starts_line = fresh_line;
                words.push(Word { text: String::new(), start, end: start, line, after_break, starts_line });
                (open, after_break, fresh_line, line_used) = (true, false, false, true);
            }
            if let Some(word) = words.last_mut() {
                word.text.extend(plain_char(c).filter(|c| c.is_alphanumeric()));
                word.end = start + c.len_utf8();
            }
            continue;
        }
        open = false;
        let long = words.last().is_some_and(|w| w.text.len() > 2);
        let ends = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        after_break |= matches!(c, ';' | ':' | '\t' | '!' | '?') || (c == '.' && long && ends);
        if c == '\n' {
            line += usize::from(line_used);
            (fresh_line, line_used) = (true, false);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_keep_their_place() {
        let text = "\n\nForlì-Ceſena,\n L\u{2019}Aquila. Roma";
        let all = words(text);
        let folded: Vec<&str> = all.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(folded, ["forli", "cesena", "l", "aquila", "roma"]);
        assert_eq!(all.iter().map(|w| w.line).collect::<Vec<_>>(), [0, 0, 1, 1, 1]);
        assert!(all[4].after_break && !all[3].after_break && all[2].starts_line);
        assert_eq!(&text[all[0].start..all[0].end], "Forlì");
    }

    #[test]
    fn lost_ligatures_one_kind_or_all() {
        assert_eq!(without_ligatures("firenze"), ["renze"]);
        assert_eq!(without_ligatures("latinafiera"), ["lanaera", "lanafiera", "latinaera"]);
        assert!(without_ligatures("roma").is_empty());
    }
}

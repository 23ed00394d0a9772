//! Words of the program's own (codes, labels, field names) in stored results, read back as what they were.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use serde::{Deserialize, Deserializer};

/// A word that stands in the program itself.
pub(crate) type Word = &'static str;

/// The words read back so far. Each stays for good, once: there are only as many as the program has.
static WORDS: LazyLock<Mutex<HashSet<Word>>> = LazyLock::new(Mutex::default);

/// Reads a word back.
pub(crate) fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    String::deserialize(from).map(known)
}

/// Reads a word back that may be missing.
pub(crate) fn maybe_word<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Word>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(known))
}

/// Reads a list of things named by words back.
pub(crate) fn with_words<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<(Word, T)>, D::Error> {
    let list = Vec::<(String, T)>::deserialize(from)?;
    Ok(list.into_iter().map(|(word, of)| (known(word), of)).collect())
}

fn known(word: String) -> Word {
    // The set is whole whatever happened to who held it.
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(word.as_str()) {
        return known;
    }
    let kept: Word = Box::leak(word.into_boxed_str());
    words.insert(kept);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_kept_once() {
        let (one, other) = (known("COE101".to_owned()), known("COE101".to_owned()));
        assert!(std::ptr::eq(one, other));
    }
}

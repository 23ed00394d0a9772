//! Line ends: where lines become running text, a blank, a hyphen or nothing stands between them.

use super::geometry::Bounds;
use super::glyphs::Direction;
use super::words::{Line, Word};
use std::collections::HashSet;

/// What a document's words say about its line ends.
#[derive(Default)]
pub(super) struct Lexis {
    words: HashSet<String>,
}

impl Lexis {
    /// Learns the words of a page that do not stand at a line's end.
    pub fn learn(&mut self, words: &[Word]) {
        for word in words {
            let plain = word.text.trim_matches(|c: char| !c.is_alphanumeric());
            if plain.chars().count() > 1 && plain.chars().all(|c| c.is_alphabetic() || c == '-') {
                self.words.insert(plain.to_lowercase());
            }
        }
    }

    fn knows(&self, word: &str) -> bool {
        self.words.contains(&word.to_lowercase())
    }

    /// Lines as running text: joined with blanks, hyphenated words closed.
    pub fn flow<'l>(&self, lines: impl IntoIterator<Item = &'l Line>) -> String {
        let mut text = String::new();
        for line in lines {
            self.join(&mut text, &line.text);
        }
        text
    }

    /// Appends a line's text.
    pub fn join(&self, text: &mut String, next: &str) {
        if next.is_empty() {
            return;
        }
        match text.chars().next_back() {
            None => {}
            Some('\u{2010}' | '\u{ad}') if next.starts_with(char::is_alphabetic) => {
                text.pop();
            }
            Some('-') if self.is_hyphenation(text, next) => {
                text.pop();
            }
            Some('-') if self.is_compound(text, next) => {}
            Some(_) => text.push(' '),
        }
        text.push_str(next);
    }

    fn is_hyphenation(&self, text: &str, next: &str) -> bool {
        let head = last_letters(text);
        let tail = first_letters(next);
        if !starts_small(next) {
            // Capitals are hyphenated too, but a name may follow a hyphen of its own: only known words are closed.
            let parts = head.chars().count() > 1 && !tail.is_empty();
            return parts && head.chars().all(char::is_uppercase) && self.knows(&format!("{head}{tail}"));
        }
        if head.chars().count() < 2 || tail.is_empty() {
            return false;
        }
        if self.knows(&format!("{head}-{tail}")) {
            return false;
        }
        if self.knows(&format!("{head}{tail}")) {
            return true;
        }
        !(self.knows(head) && self.knows(tail) && tail.chars().count() > 2)
    }

    /// A word with a hyphen of its own that the line end follows.
    fn is_compound(&self, text: &str, next: &str) -> bool {
        let before = text.chars().rev().nth(1);
        before.is_some_and(char::is_alphabetic) && next.starts_with(char::is_alphabetic)
    }
}

fn starts_small(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

/// The letters before the hyphen that ends a text.
fn last_letters(text: &str) -> &str {
    let text = &text[..text.len() - text.chars().next_back().map_or(0, char::len_utf8)];
    let start = text.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last().map_or(text.len(), |(i, _)| i);
    &text[start..]
}

fn first_letters(text: &str) -> &str {
    let end = text.char_indices().find(|(_, c)| !c.is_alphabetic()).map_or(text.len(), |(i, _)| i);
    &text[..end]
}


#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::gutters::tests::word;

    #[test]
    fn line_ends_close_hyphenated_words_and_keep_compounds() {
        let mut lexis = Lexis::default();
        let known = ["amministrazione", "domanda", "offerta", "scuola-lavoro"];
        let words: Vec<Word> = known
            .iter()
            .map(|t| {
                let mut w = Word::start(&glyph('x', 0.0, 10.0), (600.0, 800.0));
                w.text = (*t).into();
                w
            })
            .collect();
        lexis.learn(&words);
        let joined = |a: &str, b: &str| {
            let mut text = a.to_string();
            lexis.join(&mut text, b);
            text
        };
        assert_eq!(joined("ammini-", "strazione"), "amministrazione");
        assert_eq!(joined("domanda-", "offerta di"), "domanda-offerta di");
        assert_eq!(joined("scuola-", "lavoro"), "scuola-lavoro");
        assert_eq!(joined("AMMINI\u{2010}", "STRAZIONE"), "AMMINISTRAZIONE");
        assert_eq!(joined("Treviso -", "Belluno"), "Treviso - Belluno");
        assert_eq!(joined("una", "riga"), "una riga");
    }
}

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
    /// Learns a page's words, but for those that a line end may have cut.
    pub fn learn(&mut self, words: &[Word]) {
        for word in words.iter().filter(|word| !word.text.ends_with(['-', '\u{2010}', '\u{ad}'])) {
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

    /// The lines of a cell as running text; `room` is the width its text may take. A word or figure too wide for its cell
    /// is broken without any sign: its pieces are put together again.
    pub fn flow_in(&self, lines: &[Line], room: f32) -> String {
        let mut text = String::new();
        for (i, line) in lines.iter().enumerate() {
            let above = i.checked_sub(1).and_then(|k| lines.get(k));
            if above.is_some_and(|a| is_forced_break(a, line, room) && self.is_broken(&a.text, &line.text)) {
                text.push_str(&line.text);
            } else {
                self.join(&mut text, &line.text);
            }
        }
        text
    }

    /// Whether a line's last word and the next one's first are a known word, or a figure, that a line end cut.
    fn is_broken(&self, line: &str, next: &str) -> bool {
        let (Some(end), Some(start)) = (line.chars().next_back(), next.chars().next()) else { return false };
        if end.is_alphabetic() && start.is_alphabetic() {
            let (head, tail) = (letters_at_end(line), first_letters(next));
            return end.is_lowercase() == start.is_lowercase() && self.knows(&format!("{head}{tail}"));
        }
        is_cut_figure(line.rsplit(' ').next().unwrap_or(line), next)
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
            Some('-') if is_compound(text, next) => {}
            // Lines break after a slash between words, too.
            Some('/') if is_within_word(text, next) => {}
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
        // `one-to-one` keeps its hyphens.
        let more = next[tail.len()..].starts_with('-') && !next[tail.len() + 1..].starts_with([' ', '-']);
        if head.chars().count() < 2 || tail.is_empty() || more && tail.len() + 1 < next.len() {
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
}

/// A word or a figure with a hyphen of its own that the line end follows, or a minus sign.
fn is_compound(text: &str, next: &str) -> bool {
    let minus = text.ends_with("(-") && next.starts_with(|c: char| c.is_ascii_digit());
    minus || is_within_word(text, next)
}

/// Whether the sign that ends a text stands right behind a word and another follows.
fn is_within_word(text: &str, next: &str) -> bool {
    let before = text.chars().rev().nth(1);
    before.is_some_and(|c| c.is_alphanumeric() || c == ')' || c == '/') && next.starts_with(char::is_alphanumeric)
}

/// Whether a line is one word alone that leaves no room for another letter: only such a word is broken without a sign.
fn is_forced_break(line: &Line, next: &Line, room: f32) -> bool {
    let alone = line.text.rsplit(' ').skip(1).all(|w| !w.chars().any(char::is_alphanumeric));
    let letters = next.text.split(' ').next().map_or(1, |w| w.chars().count().max(1));
    let letter = next.first_width / letters as f32;
    alone
        && line.direction == Direction::Right
        && next.direction == Direction::Right
        && line.x1 - line.x0 + 1.3 * letter > room
}

/// Whether two pieces are one figure: the break stands at its point, before its per cent sign, or within a group of digits
/// that the second piece completes.
fn is_cut_figure(head: &str, next: &str) -> bool {
    let tail = next.split(' ').next().unwrap_or_default();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let point = |c: Option<char>| c.is_some_and(|c| matches!(c, '.' | ',' | '/' | ':'));
    let (mut back, mut on) = (head.chars().rev(), tail.chars());
    let (end, start) = (back.next(), on.next());
    if point(end) && digit(back.next()) && digit(start) || digit(end) && point(start) && digit(on.next()) {
        return true;
    }
    if !digit(end) {
        return false;
    }
    if start == Some('%') {
        return true;
    }
    let more = tail.chars().take_while(char::is_ascii_digit).count();
    let group = head.chars().rev().take_while(char::is_ascii_digit).count();
    let points = |sign: char| head.matches(sign).count();
    let Some(sign) = head.chars().rev().nth(group) else {
        // A year.
        return more > 0 && group > 1 && group + more == 4 && (head.starts_with("20") || head.starts_with("19"));
    };
    more > 0
        && match sign {
            '.' | '/' if points(sign) == 2 && group < 4 && group + more == 4 => true,
            '.' => group < 3 && group + more == 3,
            ',' => points(',') == 1 && group + more < 5,
            _ => false,
        }
}

/// The usual blank between a cell's side and its text.
pub(super) fn margin<'t>(cells: impl Iterator<Item = (&'t Bounds, &'t [Line])>) -> f32 {
    let mut left: Vec<f32> = cells.flat_map(|(b, lines)| lines.iter().map(|l| (l.bounds.x0 - b.x0).max(0.0))).collect();
    left.sort_by(f32::total_cmp);
    left.get(left.len() / 10).copied().unwrap_or(0.0)
}

fn starts_small(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

/// The letters before the hyphen that ends a text.
fn last_letters(text: &str) -> &str {
    letters_at_end(&text[..text.len() - text.chars().next_back().map_or(0, char::len_utf8)])
}

fn letters_at_end(text: &str) -> &str {
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
        let words: Vec<Word> = known.iter().map(|t| word(t, 0.0, 10.0)).collect();
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

    #[test]
    fn a_slash_within_a_word_takes_no_blank() {
        let joined = |a: &str, b: &str| {
            let mut text = a.to_string();
            Lexis::default().join(&mut text, b);
            text
        };
        assert_eq!(joined("trasmissione/", "diffusione"), "trasmissione/diffusione");
        assert_eq!(joined("dal 2017-", "2019"), "dal 2017-2019");
        assert_eq!(joined("(-", "4,2%)"), "(-4,2%)");
        assert_eq!(joined("uno /", "due"), "uno / due");
        assert_eq!(joined("one-", "to-one"), "one-to-one");
    }

    #[test]
    fn words_and_figures_too_wide_for_their_cell_are_whole() {
        let mut lexis = Lexis::default();
        lexis.learn(&["performance", "Monitoraggio", "ottenuto"].map(|t| word(t, 0.0, 10.0)));
        let flow = |texts: &[&str]| {
            let words: Vec<Word> =
                texts.iter().enumerate().map(|(i, t)| word(t, 0.0, 10.0 + 12.0 * i as f32)).collect();
            let refs: Vec<&Word> = words.iter().collect();
            lexis.flow_in(&crate::read::pdf::words::lines(&refs), 46.0)
        };
        assert_eq!(flow(&["Performan", "ce", "ottenuto"]), "Performance ottenuto");
        assert_eq!(flow(&["Monitorag", "gio", "31.12.20", "19"]), "Monitoraggio 31.12.2019");
        assert_eq!(flow(&["614.0811,", "43"]), "614.0811,43");
        assert_eq!(flow(&["obiettivi", "annuali"]), "obiettivi annuali");
        // A short line was ended by its author.
        assert_eq!(flow(&["Perform", "ance"]), "Perform ance");
    }

    #[test]
    fn figures_are_completed_and_neighbours_left_alone() {
        for (head, tail) in
            [("300.0", "00 €"), ("98,61", "%"), ("98,6", "1%"), ("201", "9"), ("1", ".264"), ("1.", "264")]
        {
            assert!(is_cut_figure(head, tail), "{head} {tail}");
        }
        for (head, tail) in
            [("2018", "2019"), ("100", "200"), ("1.264", "12"), ("30", "anni"), ("31.12.2018", "31.12.2019")]
        {
            assert!(!is_cut_figure(head, tail), "{head} {tail}");
        }
    }
}

//! Small numbers in words or figures.

const WORDS: [&str; 20] = [
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
    "venti",
];

/// What a pattern matches where a small number may stand, from two on.
pub(super) const NUMBER: &str = r"(\d{1,3}|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto|diciannove|venti)";

/// The same without figures, and without the brackets.
pub(super) const WORDY: &str = r"due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto|diciannove|venti";

/// "tre" and "3" are 3.
pub(super) fn small(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    word.parse().ok().or_else(|| WORDS.iter().position(|w| *w == word).and_then(|at| u32::try_from(at + 1).ok()))
}

/// How many entries a text that starts with the first one has, by the first of several kinds of marks that it uses ("1) … 2) …",
/// "a) … b) …"); a mark is what stands before the entry of a number.
pub(super) fn enumerated(text: &str, marks: &[fn(u32) -> String]) -> u32 {
    const MOST: u32 = 26;
    let Some(mark) = marks.iter().find(|mark| text.trim_start().starts_with(mark(1).trim_start())) else { return 0 };
    let (mut n, mut rest) = (1, text);
    while let Some(at) = rest.find(&mark(n + 1)).filter(|_| n < MOST) {
        n += 1;
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_figures() {
        assert_eq!([small("Tre"), small("12"), small("molti")], [Some(3), Some(12), None]);
        assert!(regex::Regex::new(NUMBER).is_ok());
    }
}

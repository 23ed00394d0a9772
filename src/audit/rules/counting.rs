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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_figures() {
        assert_eq!([small("Tre"), small("12"), small("molti")], [Some(3), Some(12), None]);
        assert!(regex::Regex::new(NUMBER).is_ok());
    }
}

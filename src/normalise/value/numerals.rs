//! Numbers in words: "tre", "ventuno", "duecentocinquanta".

/// The value of a number in words ("tre", "ventuno", "duecentocinquanta", "milleduecento"), up to 999 999.
pub(crate) fn number_word(word: &str) -> Option<u32> {
    // "ventitré" and "un'" are the only spellings with an accent or an apostrophe.
    let plain = word.replace('é', "e");
    below_million(plain.trim_end_matches('\''))
}

/// Whether a number word is also the indefinite article, which counts nothing unless something measures with it.
pub(crate) fn is_article_one(word: &str) -> bool {
    matches!(word, "un" | "uno" | "una")
}

fn below_million(word: &str) -> Option<u32> {
    if let Some(rest) = word.strip_prefix("mille") {
        return Some(1000 + if rest.is_empty() { 0 } else { below_thousand(rest)? });
    }
    if let Some((thousands, rest)) = word.split_once("mila") {
        return Some(below_thousand(thousands)? * 1000 + if rest.is_empty() { 0 } else { below_thousand(rest)? });
    }
    below_thousand(word)
}

fn below_thousand(word: &str) -> Option<u32> {
    if let Some((hundreds, rest)) = word.split_once("cent") {
        let hundreds = match hundreds {
            "" => 1,
            word => below_hundred(word).filter(|n| (2..10).contains(n))?,
        };
        // The last vowel of "cento" may fall before a vowel ("centotto", "centundici").
        let rest = match rest {
            "o" => 0,
            rest => rest.strip_prefix('o').and_then(below_hundred).or_else(|| below_hundred(rest))?,
        };
        return Some(hundreds * 100 + rest);
    }
    below_hundred(word)
}

fn below_hundred(word: &str) -> Option<u32> {
    const FIRST: &str = "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici \
        tredici quattordici quindici sedici diciassette diciotto diciannove";
    const TENS: [(&str, u32); 8] = [
        ("venti", 20),
        ("trenta", 30),
        ("quaranta", 40),
        ("cinquanta", 50),
        ("sessanta", 60),
        ("settanta", 70),
        ("ottanta", 80),
        ("novanta", 90),
    ];
    if matches!(word, "un" | "una") {
        return Some(1);
    }
    if let Some(value) = (0..).zip(FIRST.split_whitespace()).find_map(|(value, name)| (name == word).then_some(value)) {
        return Some(value);
    }
    // The names are ASCII and not empty, so their last letter can be cut.
    let (tens, value) = TENS.into_iter().find(|(tens, _)| word.starts_with(&tens[..tens.len() - 1]))?;
    let stem = &tens[..tens.len() - 1];
    match word.strip_prefix(tens) {
        Some("") => Some(value),
        Some(unit) => (0..10)
            .zip(FIRST.split_whitespace())
            .skip(2)
            .find_map(|(n, name)| (name == unit && n != 8).then_some(value + n)),
        None => match word.strip_prefix(stem)? {
            "uno" | "un" | "una" => Some(value + 1),
            "otto" => Some(value + 8),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        for (word, value) in [
            ("zero", 0),
            ("una", 1),
            ("tre", 3),
            ("sedici", 16),
            ("diciannove", 19),
            ("ventuno", 21),
            ("ventun", 21),
            ("ventitré", 23),
            ("ventotto", 28),
            ("trentadue", 32),
            ("sessantasei", 66),
            ("novantanove", 99),
            ("cento", 100),
            ("centouno", 101),
            ("centotto", 108),
            ("centottanta", 180),
            ("duecentocinquanta", 250),
            ("novecentonovantanove", 999),
            ("mille", 1000),
            ("milleduecento", 1200),
            ("duemila", 2000),
            ("diecimila", 10_000),
            ("centomila", 100_000),
            ("trecentoventimilacinquecento", 320_500),
        ] {
            assert_eq!(number_word(word), Some(value), "{word}");
        }
        for word in ["centro", "treno", "ottobre", "settore", "unico", "duello", "mila", "ventiotto", "percento", ""] {
            assert_eq!(number_word(word), None, "{word}");
        }
    }
}

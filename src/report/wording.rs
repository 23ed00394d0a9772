//! The interface's words in two languages: `data/report/en.toml` gives the English for each Italian text.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Italian → English. The file is part of the program and read by a test.
static ENGLISH: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/report/en.toml")).unwrap_or_default());

/// Whether the interface has an English text for an Italian one.
pub(super) fn is_known(italian: &str) -> bool {
    ENGLISH.contains_key(italian)
}

/// The English of a text of the interface; the Italian itself where the dictionary has none.
pub(super) fn english(italian: &str) -> &str {
    ENGLISH.get(italian).map_or(italian, String::as_str)
}

/// The dictionary as a JSON object that can stand in a `<script>`.
pub(super) fn json() -> String {
    in_script(&serde_json::to_string(&*ENGLISH).unwrap_or_else(|_| "{}".to_owned()))
}

/// JSON without what could end a script or a line of it: `<`, `>`, `&` and the two line separators as escapes.
pub(super) fn in_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_can_be_read_and_leaves_no_text_empty() {
        let words: BTreeMap<String, String> = toml::from_str(include_str!("../../data/report/en.toml")).unwrap();
        assert!(words.len() > 50);
        assert!(words.iter().all(|(italian, english)| !italian.trim().is_empty() && !english.trim().is_empty()));
    }

    #[test]
    fn json_in_a_script_cant_end_it() {
        assert_eq!(in_script(r#"{"a":"</script>&"}"#), r#"{"a":"\u003c/script\u003e\u0026"}"#);
    }
}

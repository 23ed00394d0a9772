//! A user's own lexicon.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pianometro_fuzz::extract::Lexicon;

fuzz_target!(|text: &str| {
    if let Err(error) = Lexicon::with_additions(text) {
        assert!(!error.to_string().is_empty());
    }
    if let Ok(lexicon) = Lexicon::parse(text) {
        let _ = (lexicon.field(text), lexicon.nearest(text));
    }
});

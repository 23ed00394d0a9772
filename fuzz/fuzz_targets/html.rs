//! The HTML door.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Without a tag of a whole page they would be taken for text.
    pianometro_fuzz::read_and_understand(&[b"<html>", bytes].concat());
});

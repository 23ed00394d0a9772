//! The door for text, and for whatever else the bytes are taken for.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| pianometro_fuzz::read_and_understand(bytes));

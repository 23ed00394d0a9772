//! The PDF door.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Bytes that aren't known for a PDF are the other doors' matter.
    let head = if bytes.starts_with(b"%PDF") { &b""[..] } else { b"%PDF-1.7\n" };
    pianometro_fuzz::read_and_understand(&[head, bytes].concat());
});

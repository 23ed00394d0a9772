//! Bytes → text: byte order marks, declared and undeclared encodings.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use regex::bytes::Regex;

/// How far into a file a declared charset is looked for. HTML asks for 1024 bytes, published pages put scripts before it.
const DECLARATION_REACH: usize = 8192;

static META_CHARSET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)<meta[^>]{0,400}?charset\s*=\s*["']?\s*([a-z0-9_:.\-]+)"#).ok());
static XML_ENCODING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([a-z0-9_:.\-]+)"#).ok());
static HTTP_CHARSET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?im)^content-type:[^\r\n]{0,200}?charset=([a-z0-9_:.\-]+)").ok());

/// The text of a file. `html` also honours `<meta charset>` and an XML declaration.
///
/// Never fails: bytes that no encoding explains become U+FFFD. A byte order mark wins over everything; then UTF-16 shown
/// by its zero bytes; then UTF-8 if all bytes are valid UTF-8 (whatever is declared, since other encodings practically
/// never look like it); then what the file declares; then a guess for an Italian document. An HTTP response header that
/// was saved with the file is left out, but its charset counts as a declaration.
pub fn decode(bytes: &[u8], html: bool) -> String {
    let (header, body) = split_http_header(bytes);
    if let Some((encoding, bom)) = Encoding::for_bom(body) {
        return encoding.decode_without_bom_handling(&body[bom..]).0.into_owned();
    }
    if let Some(encoding) = utf16_without_mark(body) {
        return encoding.decode_without_bom_handling(body).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(body) {
        return text.to_owned();
    }
    let encoding = declared(header, body, html).unwrap_or_else(|| guessed(body));
    encoding.decode_without_bom_handling(body).0.into_owned()
}

/// Splits off an HTTP response header ("HTTP/1.1 200 OK … blank line") that stands before the content; empty if none.
pub(crate) fn split_http_header(bytes: &[u8]) -> (&[u8], &[u8]) {
    if !bytes.starts_with(b"HTTP/") {
        return (&[], bytes);
    }
    let reach = &bytes[..bytes.len().min(DECLARATION_REACH)];
    let crlf = find(reach, b"\r\n\r\n").map(|at| at + 4);
    let lf = find(reach, b"\n\n").map(|at| at + 2);
    match [crlf, lf].into_iter().flatten().min() {
        Some(at) => bytes.split_at(at),
        None => (&[], bytes),
    }
}

/// Where `needle` first stands in `hay`.
pub(crate) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len().max(1)).position(|w| w == needle)
}

/// UTF-16 without a mark: in Latin text every second byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 8 {
        return None;
    }
    let pairs = sample.len() / 2;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 >= pairs * 7 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding the file says it has. UTF-8 and UTF-16 are not believed here: the bytes have already shown otherwise.
fn declared(header: &[u8], body: &[u8], html: bool) -> Option<&'static Encoding> {
    let reach = &body[..body.len().min(DECLARATION_REACH)];
    let label = |pattern: &'static LazyLock<Option<Regex>>, bytes: &[u8]| {
        let captures = pattern.as_ref()?.captures(bytes)?;
        Encoding::for_label(captures.get(1)?.as_bytes())
    };
    let found = label(&HTTP_CHARSET, header)
        .or_else(|| if html { label(&META_CHARSET, reach).or_else(|| label(&XML_ENCODING, reach)) } else { None })?;
    (found != UTF_8 && found != UTF_16LE && found != UTF_16BE).then_some(found)
}

/// A guess by the letters' frequencies. Nearly valid UTF-8 (a byte or two damaged) stays UTF-8.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let bad = String::from_utf8_lossy(bytes).chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    if bad * 20 < high {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"it"), Utf8Detection::Deny);
    // A single-byte guess of another script on so few bytes is chance; the documents are Italian.
    if high < 8 { WINDOWS_1252 } else { guess }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn marks_decide() {
        assert_eq!(decode(b"\xef\xbb\xbfqualit\xc3\xa0", false), "qualità");
        let mut le = vec![0xff, 0xfe];
        le.extend(utf16("perché ≥ 3", true));
        assert_eq!(decode(&le, false), "perché ≥ 3");
        let mut be = vec![0xfe, 0xff];
        be.extend(utf16("<p>perché</p>", false));
        assert_eq!(decode(&be, true), "<p>perché</p>");
    }

    #[test]
    fn utf16_without_mark_shows_by_its_zeros() {
        assert_eq!(decode(&utf16("Obiettivo operativo 1.1", true), false), "Obiettivo operativo 1.1");
        assert_eq!(decode(&utf16("Obiettivo operativo 1.1", false), true), "Obiettivo operativo 1.1");
    }

    #[test]
    fn declared_encodings_are_honoured_unless_the_bytes_are_utf8() {
        let page =
            b"<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>\x80 50 \x96 qualit\xe0";
        assert!(decode(page, true).ends_with("<p>€ 50 – qualità"));
        let wrong = "<meta charset=iso-8859-1><p>qualità".as_bytes();
        assert!(decode(wrong, true).ends_with("qualità"));
        let utf8_declared = b"<meta charset=utf-8><p>attivit\xe0 e qualit\xe0";
        assert!(decode(utf8_declared, true).ends_with("attività e qualità"));
    }

    #[test]
    fn undeclared_single_bytes_are_read_as_italian() {
        assert_eq!(
            decode(b"La qualit\xe0 del dato \xe8 perci\xf2 \x93alta\x94", false),
            "La qualità del dato è perciò “alta”"
        );
        assert_eq!(decode(b"100 \x80", false), "100 €");
    }

    #[test]
    fn a_saved_http_header_is_left_out() {
        let saved = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n<p>citt\xe0 pi\xf9 belle";
        assert_eq!(decode(saved, true), "<p>città più belle");
    }
}

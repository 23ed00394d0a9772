//! Which kind a file is, by its content: names and media types on chambers' sites can't be trusted.

use std::sync::LazyLock;

use regex::Regex;

use super::decode::{decode, find, split_http_header};
use super::envelope;
use crate::document::Format;

/// How many bytes may stand before `%PDF` (mail and HTTP headers do).
const PDF_REACH: usize = 1024;
/// How many bytes decide between HTML, text and neither.
const SAMPLE: usize = 65_536;

/// Tags that only a whole HTML document has. Fragments such as `<p>` also stand in text that converters make from PDF.
static WHOLE_PAGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)<(?:!doctype\s+html|html|head|body|title|meta)\b").ok());
/// What an HTML fragment saved as a file begins with.
static FRAGMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?is)^\s*(?:<!--.*?-->\s*)*<(?:table|div|section|article|main|center|font)\b[^>]*>").ok()
});

/// The kind of a file, or `None` for an empty or binary one.
///
/// PDF: `%PDF` within the first kilobyte. HTML: a document's own tags near the start, or markup from the first character
/// on. Text: anything else that decodes to text. A page saved under a PDF's name is therefore HTML.
pub fn sniff(bytes: &[u8]) -> Option<Format> {
    let (header, body) = split_http_header(bytes);
    let start = &body[..body.len().min(PDF_REACH)];
    if find(start, b"%PDF").is_some() || find(&bytes[..bytes.len().min(PDF_REACH)], b"%PDF").is_some() {
        return Some(Format::Pdf);
    }
    if body.starts_with(b"{\\rtf") {
        return None;
    }
    // Blank lines before the text, however many.
    let body = match body.iter().position(|byte| !byte.is_ascii_whitespace()) {
        Some(blanks) if blanks >= SAMPLE => &body[blanks..],
        _ => body,
    };
    // An even number of bytes, so that UTF-16 is not cut within a unit; nor may the cut fall within a UTF-8 character.
    let mut start = &body[..body.len().min(SAMPLE)];
    if let Err(error) = std::str::from_utf8(start)
        && error.error_len().is_none()
    {
        start = &start[..error.valid_up_to()];
    }
    let sample = decode(start, true);
    if sample.trim().is_empty() || !is_text(&sample) {
        return None;
    }
    let mut reach = sample.len().min(4096);
    while !sample.is_char_boundary(reach) {
        reach -= 1;
    }
    let matches = |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().is_some_and(|p| p.is_match(&sample[..reach]));
    let declared = String::from_utf8_lossy(header).to_ascii_lowercase().contains("content-type: text/html");
    if declared || matches(&WHOLE_PAGE) || matches(&FRAGMENT) {
        return Some(Format::Html);
    }
    Some(Format::Text)
}

/// Whether decoded characters look like text: hardly any control character or undecodable byte.
fn is_text(sample: &str) -> bool {
    let (mut all, mut odd) = (0usize, 0usize);
    for c in sample.chars() {
        all += 1;
        let control = c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}');
        if control || c == char::REPLACEMENT_CHARACTER {
            odd += 1;
        }
    }
    odd * 200 <= all
}

/// A kind of file that documents are often in though they are published as PDF: what it is, and what to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Other {
    #[error("un documento di videoscrittura (Word, OpenDocument, RTF): esportarlo in PDF e riprovare")]
    WordProcessor,
    #[error("un foglio di calcolo: esportarlo in PDF e riprovare")]
    Spreadsheet,
    #[error("una presentazione: esportarla in PDF e riprovare")]
    Presentation,
    #[error("un vecchio documento di Office: aprirlo, esportarlo in PDF e riprovare")]
    OldOffice,
    #[error("un'immagine: farne un PDF, che si legge con il riconoscimento ottico (OCR), e riprovare")]
    Image,
    #[error("un archivio compresso: estrarne i documenti e riprovare")]
    Archive,
    #[error(
        "un file firmato (p7m) senza il documento, o con uno che non si estrae: estrarlo con il programma di firma e riprovare"
    )]
    Signed,
}

/// What a file is that is none of the kinds read, by its first bytes.
pub fn other(bytes: &[u8]) -> Option<Other> {
    const IMAGES: [&[u8]; 7] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\0\0\0\x0cjP"];
    const ARCHIVES: [&[u8]; 5] = [b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"];
    // The names of a package's parts stand before each part and once more in the list at its end.
    let (start, end) = (&bytes[..bytes.len().min(SAMPLE)], &bytes[bytes.len().saturating_sub(SAMPLE)..]);
    let names = |name: &[u8]| find(start, name).is_some() || find(end, name).is_some();
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(if names(b"word/") || names(b"opendocument.text") {
            Other::WordProcessor
        } else if names(b"xl/") || names(b"opendocument.spreadsheet") {
            Other::Spreadsheet
        } else if names(b"ppt/") || names(b"opendocument.presentation") {
            Other::Presentation
        } else {
            Other::Archive
        });
    }
    if bytes.starts_with(b"{\\rtf") {
        return Some(Other::WordProcessor);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(Other::OldOffice);
    }
    if IMAGES.iter().any(|magic| bytes.starts_with(magic)) {
        return Some(Other::Image);
    }
    if envelope::is_signed(bytes) {
        return Some(Other::Signed);
    }
    ARCHIVES.iter().any(|magic| bytes.starts_with(magic)).then_some(Other::Archive)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pdf_even_behind_a_header() {
        assert_eq!(sniff(b"%PDF-1.7\n%\xe2\xe3"), Some(Format::Pdf));
        assert_eq!(sniff(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4"), Some(Format::Pdf));
    }

    #[test]
    fn html_by_its_tags() {
        assert_eq!(sniff(b"<!DOCTYPE html><title>404</title>"), Some(Format::Html));
        assert_eq!(sniff(b"\xff\xfe<\0h\0t\0m\0l\0>\0<\0p\0>\0"), Some(Format::Html));
        assert_eq!(sniff(b"  <table><tr><td>1</td></tr></table>"), Some(Format::Html));
    }

    #[test]
    fn text_with_fragments_is_text() {
        assert_eq!(sniff("\n**PIANO**\nDescrizione\t<p>Attività</p>\n".as_bytes()), Some(Format::Text));
        assert_eq!(sniff(b"qualit\xe0 e perch\xe9"), Some(Format::Text));
        assert_eq!(sniff(&[&b"\n".repeat(SAMPLE + 7), &b"Piano"[..]].concat()), Some(Format::Text));
    }

    #[test]
    fn neither() {
        assert_eq!(sniff(b""), None);
        assert_eq!(sniff(b" \n\t "), None);
        assert_eq!(sniff(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0"), None);
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(sniff(&noise), None);
    }

    #[test]
    fn other_kinds_are_known_by_name() {
        assert_eq!(other(b"PK\x03\x04 ... [Content_Types].xml ... word/document.xml"), Some(Other::WordProcessor));
        assert_eq!(other(b"PK\x03\x04 ... xl/workbook.xml"), Some(Other::Spreadsheet));
        assert_eq!(other(b"PK\x03\x04 piano.pdf"), Some(Other::Archive));
        assert_eq!(other(b"{\\rtf1\\ansi"), Some(Other::WordProcessor));
        assert_eq!(other(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), Some(Other::OldOffice));
        assert_eq!(other(b"\xff\xd8\xff\xe0"), Some(Other::Image));
        let signed = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80";
        assert_eq!(other(signed), Some(Other::Signed));
        assert_eq!(other(b"\x01\x02"), None);
    }
}

//! Bytes → Document. Which kind of file it is, its content tells, not its name.

mod bounds;
mod decode;
mod envelope;
mod html;
mod pdf;
mod sniff;
mod symbols;
mod text;

pub use envelope::opened;
pub use pdf::recogniser;
pub use pdf::{PdfError, Picture, PictureError, page_picture, page_pictures, tables_picture};

pub use sniff::Other;

use crate::document::{Document, Format, Reason};

/// Which pages of PDFs are read by optical recognition, where Tesseract is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ocr {
    /// Pages whose text the file doesn't tell.
    #[default]
    Auto,
    Never,
    /// All pages, whatever text the file tells.
    Always,
}

/// Why a file could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("il file è vuoto: scaricarlo di nuovo dalla fonte")]
    Empty,
    #[error("non è un PDF, una pagina HTML o un testo, ma {0}")]
    Other(Other),
    #[error("non è un PDF, una pagina HTML o un testo: servirebbe il documento in uno di questi formati")]
    Unknown,
    #[error("{}", no_content(*.0))]
    NoContent(Format),
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

fn no_content(format: Format) -> &'static str {
    match format {
        Format::Pdf => {
            "non contiene testo: le pagine sono vuote; verificare con un lettore PDF che sia il documento giusto"
        }
        Format::Html => {
            "non contiene testo: la pagina è vuota, o il suo contenuto è prodotto da script; salvarla da un browser in PDF e riprovare"
        }
        Format::Text => "non contiene testo da leggere: verificare che sia il documento giusto",
    }
}

impl ReadError {
    /// The reason, for the dataset.
    pub fn reason(&self) -> Reason {
        match self {
            ReadError::Empty => Reason::Empty,
            ReadError::Other(_) => Reason::OtherFormat,
            ReadError::Unknown => Reason::UnknownFormat,
            ReadError::NoContent(_) => Reason::NoContent,
            ReadError::Pdf(PdfError::Locked) => Reason::Locked,
            ReadError::Pdf(PdfError::Encryption) => Reason::UnsupportedEncryption,
            ReadError::Pdf(PdfError::Invalid) => Reason::Damaged,
            ReadError::Pdf(PdfError::Empty) => Reason::NoPages,
            ReadError::Pdf(PdfError::NoText { .. }) => Reason::ImageOnly,
            ReadError::Pdf(PdfError::TooLarge(_)) => Reason::TooLarge,
        }
    }
}

/// The kind of a file, by its content; `None` where it is of none that can be read. Of a signed file it is told by the document in
/// it, once that is [`opened`].
pub fn format(bytes: &[u8]) -> Option<Format> {
    sniff::sniff(bytes)
}

/// Reads a file's bytes into a [`Document`]: a pure function of them, without optical recognition.
///
/// # Errors
/// When nothing of the file can be read; a part that can't be is a fault of the document instead.
pub fn read(bytes: Vec<u8>) -> Result<Document, ReadError> {
    read_with(bytes, Ocr::Never, &|| ())
}

/// The same, with optical recognition of the pages that `ocr` says. `pulse` is called after each step of it: it takes some
/// seconds a page, which whoever limits the time of a document may want to know.
///
/// # Errors
/// As of [`read`].
pub fn read_with(bytes: Vec<u8>, ocr: Ocr, pulse: &(dyn Fn() + Sync)) -> Result<Document, ReadError> {
    let bytes = opened(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    let Some(format) = format(&bytes) else {
        return Err(sniff::other(&bytes).map_or(ReadError::Unknown, ReadError::Other));
    };
    let document = match format {
        Format::Pdf => pdf::read_pdf(bytes, ocr, pulse)?,
        Format::Html => read_markup(bytes, true),
        Format::Text => read_markup(bytes, false),
    };
    if document.blocks.is_empty() { Err(ReadError::NoContent(document.format)) } else { Ok(document) }
}

/// Reads a page (`html`) or a text as far as [`bounds`] go.
fn read_markup(bytes: Vec<u8>, html: bool) -> Document {
    let mut text = decode::decode(&bytes, html);
    drop(bytes);
    let cut = bounds::cut(&mut text);
    let mut document = if html { html::read_html(&text) } else { text::read_text(&text) };
    document.faults.extend(cut);
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_the_kind() {
        let kind = |bytes: &[u8]| read(bytes.to_vec()).map(|d| d.format).map_err(|e| e.reason().as_str());
        assert_eq!(kind(b"<html><body><p>Peso</p></body></html>"), Ok(Format::Html));
        assert_eq!(kind("Obiettivo\tPeso\nA\t20\n".as_bytes()), Ok(Format::Text));
        assert_eq!(kind(b""), Err("empty"));
        assert_eq!(kind(b"  \n"), Err("empty"));
        assert_eq!(kind(b"<html><body></body></html>"), Err("no_content"));
        let signed = b"\x30\x1d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x10\x30\x0e\x02\x01\x01\x31\x00\x30\x07\x06\x00\xa0\x03\x04\x01";
        assert_eq!(kind(&[&signed[..], b"x"].concat()), Ok(Format::Text));
        assert_eq!(kind(&signed[..25]), Err("other_format"));
        assert_eq!(kind(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0word/document.xml"), Err("other_format"));
        assert_eq!(kind(b"\x01\x02\x03\x04\x05\x06\x07\x08"), Err("unknown_format"));
    }
}

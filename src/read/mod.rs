//! Bytes → Document. Which kind of file it is, its content tells, not its name.

mod decode;
mod html;
mod pdf;
mod sniff;
mod symbols;
mod text;

pub use pdf::{PdfError, Picture, PictureError, page_picture, page_pictures, tables_picture};

use crate::document::{Document, Format};

/// Why a file could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("il file è vuoto")]
    Empty,
    #[error("non è un PDF, una pagina HTML o un testo: servirebbe il documento in uno di questi formati")]
    Unknown,
    #[error("non contiene testo: la pagina è vuota o il suo contenuto è prodotto da script")]
    NoContent,
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

impl ReadError {
    /// A stable code for the reason, for the dataset.
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::Empty => "empty",
            ReadError::Unknown => "unknown_format",
            ReadError::NoContent => "no_content",
            ReadError::Pdf(PdfError::Locked) => "locked",
            ReadError::Pdf(PdfError::Encryption) => "unsupported_encryption",
            ReadError::Pdf(PdfError::Invalid) => "damaged",
            ReadError::Pdf(PdfError::Empty) => "no_pages",
            ReadError::Pdf(PdfError::NoText { .. }) => "image_only",
            ReadError::Pdf(PdfError::TooLarge(_)) => "too_large",
        }
    }
}

/// The kind of a file, by its content; `None` where it is of none that can be read.
pub fn format(bytes: &[u8]) -> Option<Format> {
    sniff::sniff(bytes)
}

/// Reads a file's bytes into a [`Document`].
///
/// # Errors
/// When nothing of the file can be read; a part that can't be is a fault of the document instead.
pub fn read(bytes: Vec<u8>) -> Result<Document, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    let document = match format(&bytes).ok_or(ReadError::Unknown)? {
        Format::Pdf => pdf::read_pdf(bytes)?,
        Format::Html => html::read_html(&decode::decode(&bytes, true)),
        Format::Text => text::read_text(&decode::decode(&bytes, false)),
    };
    if document.blocks.is_empty() { Err(ReadError::NoContent) } else { Ok(document) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_the_kind() {
        let kind = |bytes: &[u8]| read(bytes.to_vec()).map(|d| d.format).map_err(|e| e.code());
        assert_eq!(kind(b"<html><body><p>Peso</p></body></html>"), Ok(Format::Html));
        assert_eq!(kind("Obiettivo\tPeso\nA\t20\n".as_bytes()), Ok(Format::Text));
        assert_eq!(kind(b""), Err("empty"));
        assert_eq!(kind(b"  \n"), Err("empty"));
        assert_eq!(kind(b"<html><body></body></html>"), Err("no_content"));
    }
}

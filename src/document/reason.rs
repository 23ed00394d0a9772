//! Why a file, or a part of it, was not read: the one list of stable names.

use serde::{Deserialize, Serialize};

/// Why a file was not read, or not all of it. The names stay: programs go by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    // Nothing was read.
    /// The file can't be opened.
    Unreadable,
    /// It has no bytes, or only blanks.
    Empty,
    /// It is none of the kinds that are read.
    UnknownFormat,
    /// It is of another kind, and which one is known: a word processor's, a picture, an archive.
    OtherFormat,
    /// A page or text without words.
    NoContent,
    /// A PDF that opens with a password only.
    Locked,
    /// A PDF encrypted in a way that is not known.
    UnsupportedEncryption,
    /// A PDF that is damaged beyond use.
    Damaged,
    /// A PDF without pages.
    NoPages,
    /// A PDF of pictures, or of characters that it doesn't tell, that was not recognised.
    ImageOnly,
    /// Beyond the limits of size.
    TooLarge,
    /// It took longer than it may.
    Timeout,
    /// It wanted more memory than it may have.
    Memory,
    /// The reader broke down.
    Crash,
    // Some of it was not.
    /// A file that breaks off.
    Truncated,
    /// All from some page on, since the whole file took too many steps; or the end of a text longer than documents are.
    FileTooComplex,
    /// A part that unpacks to more than the limit.
    PartTooLarge,
    /// A page that took too many steps or too long.
    PageTooComplex,
    /// A damaged page.
    PageDamaged,
    /// A page of pictures that was not recognised.
    ImagePage,
    /// Characters that the file doesn't tell, on a page that was not recognised.
    UnmappedText,
    /// A page whose optical recognition failed.
    OcrFailed,
}

impl Reason {
    /// All, the gravest first.
    pub const ALL: [Reason; 22] = [
        Reason::Unreadable,
        Reason::Empty,
        Reason::UnknownFormat,
        Reason::OtherFormat,
        Reason::NoContent,
        Reason::Locked,
        Reason::UnsupportedEncryption,
        Reason::Damaged,
        Reason::NoPages,
        Reason::ImageOnly,
        Reason::TooLarge,
        Reason::Timeout,
        Reason::Memory,
        Reason::Crash,
        Reason::Truncated,
        Reason::FileTooComplex,
        Reason::PartTooLarge,
        Reason::PageTooComplex,
        Reason::PageDamaged,
        Reason::ImagePage,
        Reason::UnmappedText,
        Reason::OcrFailed,
    ];

    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Unreadable => "unreadable",
            Reason::Empty => "empty",
            Reason::UnknownFormat => "unknown_format",
            Reason::OtherFormat => "other_format",
            Reason::NoContent => "no_content",
            Reason::Locked => "locked",
            Reason::UnsupportedEncryption => "unsupported_encryption",
            Reason::Damaged => "damaged",
            Reason::NoPages => "no_pages",
            Reason::ImageOnly => "image_only",
            Reason::TooLarge => "too_large",
            Reason::Timeout => "timeout",
            Reason::Memory => "memory",
            Reason::Crash => "crash",
            Reason::Truncated => "truncated",
            Reason::FileTooComplex => "file_too_complex",
            Reason::PartTooLarge => "part_too_large",
            Reason::PageTooComplex => "page_too_complex",
            Reason::PageDamaged => "page_damaged",
            Reason::ImagePage => "image_page",
            Reason::UnmappedText => "unmapped_text",
            Reason::OcrFailed => "ocr_failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_its_own_and_the_list_is_in_order() {
        assert!(Reason::ALL.windows(2).all(|pair| pair[0] < pair[1]));
        let names: std::collections::BTreeSet<&str> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
        assert_eq!(names.len(), Reason::ALL.len());
        for reason in Reason::ALL {
            assert_eq!(serde_json::to_value(reason).ok().as_ref().and_then(|v| v.as_str()), Some(reason.as_str()));
        }
    }
}

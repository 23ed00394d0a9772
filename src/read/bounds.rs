//! What of a text is read: no document is as long, and more would take more time and memory than one document may have.

use crate::document::{Fault, Reason};

/// Bytes of UTF-8.
const MAX_BYTES: usize = 24 << 20;
/// Tags, opening and closing. A plan of two hundred pages has some ten thousand.
const MAX_TAGS: usize = 600_000;

/// Cuts off what is beyond, and says so.
pub(super) fn cut(text: &mut String) -> Option<Fault> {
    let bytes = text.as_bytes();
    let opens = |at: &usize| bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/');
    let tag = text.match_indices('<').map(|(at, _)| at).filter(opens).nth(MAX_TAGS);
    let end = tag.unwrap_or(text.len()).min(text.floor_char_boundary(MAX_BYTES));
    if end == text.len() {
        return None;
    }
    text.truncate(end);
    text.shrink_to_fit();
    Some(Fault {
        page: 1,
        reason: Reason::FileTooComplex,
        message: "il file è troppo lungo: la parte finale non è stata letta; dividerlo in più file".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_stay_whole_and_endless_ones_are_cut_where_they_say() {
        let mut page = "<p>Peso: a < b, 20%</p>".repeat(1000);
        assert_eq!(cut(&mut page), None);
        let mut cells = "<td>è".repeat(MAX_TAGS + 1);
        assert_eq!(cut(&mut cells).map(|fault| fault.reason), Some(Reason::FileTooComplex));
        assert_eq!(cells.matches("<td>").count(), MAX_TAGS);
        let mut line = "è".repeat(MAX_BYTES);
        assert!(cut(&mut line).is_some());
        assert_eq!(line.len(), MAX_BYTES);
        let mut signs = "<".repeat(MAX_TAGS + 1);
        assert_eq!(cut(&mut signs), None);
    }
}

//! Signed files (`.p7m`): the document that stands in one.
//!
//! A CAdES signature is a CMS message (RFC 5652), `SignedData` with the document in it. Signing programs write it in BER, often
//! with lengths left open and the document in pieces, which readers of plain DER refuse; hence a walk of our own, to the
//! document and no further. Signatures are not checked.

/// How often a document may be signed over, and how deep elements may stand in each other.
const DEPTH: usize = 16;

const SEQUENCE: u8 = 0x30;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
const OBJECT_IDENTIFIER: u8 = 0x06;
/// `[0]`, of which only the context says what it is.
const EXPLICIT: u8 = 0xa0;
const END: [u8; 2] = [0, 0];

/// 1.2.840.113549.1.7.2
const SIGNED_DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";

/// The document in a signed file, in as many signed files as there are around it; the file itself where it is none, or can't be
/// opened.
pub fn opened(mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..DEPTH {
        match document(&bytes) {
            Some(inside) if !inside.is_empty() => bytes = inside,
            _ => break,
        }
    }
    bytes
}

/// Whether a file is a signed message, be it one without the document.
pub fn is_signed(bytes: &[u8]) -> bool {
    signed_data(bytes).is_some()
}

/// What stands in `SignedData`.
fn signed_data(bytes: &[u8]) -> Option<&[u8]> {
    let kind = element(element(bytes)?.of(SEQUENCE)?.body)?.of(OBJECT_IDENTIFIER)?;
    if kind.body != SIGNED_DATA {
        return None;
    }
    Some(element(element(kind.after?)?.of(EXPLICIT)?.body)?.of(SEQUENCE)?.body)
}

fn document(bytes: &[u8]) -> Option<Vec<u8>> {
    // The version and the algorithms stand before it.
    let version = element(signed_data(bytes)?)?;
    let algorithms = element(version.after?)?;
    let content = element(algorithms.end(0)?)?.of(SEQUENCE)?;
    let kind = element(content.body)?.of(OBJECT_IDENTIFIER)?;
    let octets = element(element(kind.after?)?.of(EXPLICIT)?.body)?;
    let mut document = Vec::new();
    gather(&octets, &mut document, 0)?;
    Some(document)
}

/// An element of a message.
struct Element<'b> {
    tag: u8,
    /// What stands in it; where its length is open, all that follows.
    body: &'b [u8],
    /// What follows; `None` where its length is open.
    after: Option<&'b [u8]>,
}

/// The element that bytes begin with. One that says to be longer than they are ends with them: the file breaks off.
fn element(bytes: &[u8]) -> Option<Element<'_>> {
    let (&[tag, first], rest) = bytes.split_first_chunk::<2>()?;
    // Numbers of tags beyond 30 stand in no signature.
    if tag & 0x1f == 0x1f {
        return None;
    }
    if first == 0x80 {
        return Some(Element { tag, body: rest, after: None });
    }
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7f);
        let digits = rest.get(..count).filter(|_| count <= size_of::<usize>())?;
        (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest.get(count..)?)
    };
    let (body, after) = rest.split_at(length.min(rest.len()));
    Some(Element { tag, body, after: Some(after) })
}

impl<'b> Element<'b> {
    fn of(self, tag: u8) -> Option<Self> {
        (self.tag == tag).then_some(self)
    }

    /// What follows it.
    fn end(&self, depth: usize) -> Option<&'b [u8]> {
        if let Some(after) = self.after {
            return Some(after);
        }
        let mut rest = self.body;
        while !rest.starts_with(&END) {
            if depth == DEPTH {
                return None;
            }
            rest = element(rest)?.end(depth + 1)?;
        }
        rest.get(END.len()..)
    }
}

/// Adds the pieces of an octet string; what follows it.
fn gather<'b>(octets: &Element<'b>, document: &mut Vec<u8>, depth: usize) -> Option<&'b [u8]> {
    match octets.tag {
        OCTETS => {
            document.extend_from_slice(octets.body);
            octets.after
        }
        OCTETS_IN_PIECES if depth < DEPTH => {
            let mut rest = octets.body;
            while !rest.is_empty() && !rest.starts_with(&END) {
                // A file that breaks off has the pieces up to there.
                let Some(after) = element(rest).and_then(|piece| gather(&piece, document, depth + 1)) else { break };
                rest = after;
            }
            octets.after.or_else(|| rest.get(END.len()..)).or(Some(&[]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(tag: u8, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        [&[tag, 0x84], &length[..], body].concat()
    }

    /// The same with its length left open.
    fn open(tag: u8, body: &[u8]) -> Vec<u8> {
        [&[tag, 0x80], body, &END].concat()
    }

    fn signed(octets: &[u8], wrap: fn(u8, &[u8]) -> Vec<u8>) -> Vec<u8> {
        let algorithms = wrap(0x31, &wrap(SEQUENCE, b"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01"));
        let data = [b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01", &wrap(EXPLICIT, octets)[..]].concat();
        let body = [b"\x02\x01\x01", &algorithms[..], &wrap(SEQUENCE, &data), &tagged(0x31, b"signers")].concat();
        let kind = [&[OBJECT_IDENTIFIER, 9], SIGNED_DATA].concat();
        wrap(SEQUENCE, &[kind, wrap(EXPLICIT, &wrap(SEQUENCE, &body))].concat())
    }

    #[test]
    fn the_document_comes_out_whole_or_in_pieces_once_signed_or_twice() {
        let whole = tagged(OCTETS, b"%PDF-1.7 abcdef");
        let in_pieces = [tagged(OCTETS, b"%PDF-1.7 "), tagged(OCTETS, b"abcdef")].concat();
        for octets in [whole, open(OCTETS_IN_PIECES, &in_pieces), tagged(OCTETS_IN_PIECES, &in_pieces)] {
            for wrap in [tagged as fn(u8, &[u8]) -> Vec<u8>, open] {
                let once = signed(&octets, wrap);
                assert!(is_signed(&once));
                let twice = signed(&tagged(OCTETS, &once), wrap);
                assert_eq!(opened(once), b"%PDF-1.7 abcdef");
                assert_eq!(opened(twice), b"%PDF-1.7 abcdef");
            }
        }
    }

    #[test]
    fn what_is_no_signed_message_stays_and_one_without_a_document_too() {
        for bytes in [&b"%PDF-1.7"[..], b"", b"\x30", b"\x30\x80\x06\x09", b"\x30\xff\x01", &[0x30, 0x80].repeat(9_000)]
        {
            assert_eq!(opened(bytes.to_vec()), bytes);
        }
        let detached = signed(b"", tagged);
        assert!(is_signed(&detached) && opened(detached.clone()) == detached);
    }

    #[test]
    fn of_a_file_that_breaks_off_comes_what_there_is() {
        let in_pieces = [tagged(OCTETS, b"%PDF-1.7 "), tagged(OCTETS, b"abcdef")].concat();
        let whole = signed(&open(OCTETS_IN_PIECES, &in_pieces), open);
        for end in 0..whole.len() {
            let cut = opened(whole[..end].to_vec());
            assert!(cut == whole[..end] || b"%PDF-1.7 abcdef".starts_with(&cut), "{end}");
        }
    }
}

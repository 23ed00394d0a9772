//! A limit to how many attributes a tag may have: the parser compares each with all before it.

use std::borrow::Cow;

/// Real tags have some ten.
const LIMIT: usize = 2000;

/// The page with the tags that have too many attributes left bare. Ordinary pages come back as they are.
pub fn limited(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut past, mut at) = (0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found + 1;
        let name = bytes.iter().skip(start).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        at = start + name;
        if name == 0 {
            continue;
        }
        let Some((end, attributes)) = attributes(bytes, at) else { continue };
        if attributes > LIMIT {
            out.push_str(text.get(past..at).unwrap_or_default());
            past = end;
        }
        at = end;
    }
    if past == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(past..).unwrap_or_default());
    Cow::Owned(out)
}

/// From behind a tag's name: where its `>` stands, and how many attributes there are before. `None` where it has no end, or a
/// `<` stands in it, so that it is none.
fn attributes(bytes: &[u8], start: usize) -> Option<(usize, usize)> {
    let (mut count, mut quote) = (0, None);
    // What stood before, white space left out, and the byte itself before.
    let (mut before, mut last) = (b' ', b' ');
    for (at, byte) in bytes.iter().copied().enumerate().skip(start) {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some((at, count)),
            (None, b'<') => return None,
            // A value begins with a quotation mark, or has none.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, _) => count += usize::from(last.is_ascii_whitespace() && !byte.is_ascii_whitespace()),
        }
        last = byte;
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_with_too_many_attributes_lose_them() {
        let page = "<p class='a > b' title=\"uno due\">1 < 2</p><td colspan=2 x=\"it\"s\">tre".repeat(50);
        assert!(matches!(limited(&page), Cow::Borrowed(_)));
        let words = format!("<img alt=\"{}\">", "parola ".repeat(3 * LIMIT));
        assert!(matches!(limited(&words), Cow::Borrowed(_)));
        let many: String = (0..=LIMIT).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(limited(&format!("<p>à</p><td{many}>20%</td>")), "<p>à</p><td>20%</td>");
        // No tag: nothing says where it ends.
        let open = format!("<p{many}<td>20%");
        assert_eq!(limited(&open), open.as_str());
    }
}

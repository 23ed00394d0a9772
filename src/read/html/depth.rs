//! A limit to how deep elements may nest.
//!
//! The parser looks through all open elements for many a tag, so a page of a hundred thousand unclosed elements would
//! take it minutes. Browsers stop at some hundred levels; real pages have some tens.

use std::borrow::Cow;
use std::collections::HashMap;

/// Levels of ordinary elements.
const LIMIT: usize = 2000;
/// Levels of tables: these cost the parser little, since it never looks out of a cell.
const TABLE_LIMIT: usize = 12_000;

/// Elements that have no end tag or may go without.
const UNCOUNTED: [&str; 32] = [
    "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "dd", "dt", "option", "optgroup", "html",
    "head", "body", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "frame", "rt",
];

/// The page without the elements that nest too deep; their content stays. Ordinary pages come back as they are.
pub fn limited(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut past = 0;
    let (mut depth, mut tables) = (0usize, 0usize);
    let mut dropped: HashMap<String, usize> = HashMap::new();
    for (start, _) in text.match_indices('<') {
        let Some(tag) = tag_at(text, start) else { continue };
        let name = tag.name.to_ascii_lowercase();
        if UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        let level = if name == "table" { &mut tables } else { &mut depth };
        let limit = if name == "table" { TABLE_LIMIT } else { LIMIT };
        let drop = if tag.closes {
            let drop = dropped.get_mut(&name).filter(|count| **count > 0);
            match drop {
                Some(count) => {
                    *count -= 1;
                    true
                }
                None => {
                    *level = level.saturating_sub(1);
                    false
                }
            }
        } else if *level >= limit {
            *dropped.entry(name).or_default() += 1;
            true
        } else {
            *level += 1;
            false
        };
        if drop && start >= past {
            out.push_str(&text[past..start]);
            out.push_str("<br>");
            past = tag.end;
        }
    }
    if past == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[past..]);
    Cow::Owned(out)
}

struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// Where the text goes on behind it.
    end: usize,
}

/// The tag that begins at a `<`, if one does.
fn tag_at(text: &str, start: usize) -> Option<Tag<'_>> {
    let inner = text.get(start + 1..)?;
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = inner.get(..length)?;
    // A tag with more attributes than this is none that a limit would be needed for.
    let reach = inner.as_bytes().iter().take(4096).position(|&b| b == b'>')?;
    let end = text.len() - inner.len() + reach + 1;
    Some(Tag { name, closes, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_stay_untouched() {
        let page = "<html><div class='a'><p>uno < 3<br></div>".repeat(50);
        assert!(matches!(limited(&page), Cow::Borrowed(_)));
    }

    #[test]
    fn only_what_nests_too_deep_goes() {
        let page = format!("{}dentro{}<div>fuori</div>", "<div>".repeat(LIMIT + 3), "</div>".repeat(LIMIT + 3));
        let cut = limited(&page);
        assert_eq!(cut.matches("<div>").count(), LIMIT + 1);
        assert_eq!(cut.matches("</div>").count(), LIMIT + 1);
        assert!(cut.contains("dentro") && cut.contains("fuori"));
    }
}

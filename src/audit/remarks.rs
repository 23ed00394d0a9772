//! What an objective's sheet says of its indicators in prose: paragraphs that open with "Indicatore 3: …".

use std::sync::LazyLock;

use regex::Regex;

use super::view::View;
use crate::document::Source;

/// The lines on one indicator.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Remark {
    pub number: u32,
    pub lines: Vec<String>,
    pub source: Source,
}

/// The longest quotation from prose, in characters.
const QUOTED: usize = 220;

/// The comments on an objective's indicators, in document order; sheets and lists are none.
pub(super) fn remarks(view: &View<'_>, objective: usize) -> Vec<Remark> {
    static HEAD: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?:^|[\n•]\s*|[.;:)]\s+)Indicatore\s+(\d{1,2})\s*[:.–-]\s").expect("constant pattern")
    });
    let mut out: Vec<Remark> = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.objective == Some(objective)) {
        let Some(cell) = passage.cells.last() else { continue };
        // A sheet's heading or a list's entry stands alone in its cell.
        if passage.table.is_some()
            && !cell.raw.contains('\n')
            && cell.raw.chars().count() < 160
            && passage.cells.len() < 2
        {
            continue;
        }
        let starts: Vec<regex::Captures<'_>> = HEAD.captures_iter(&cell.raw).collect();
        for (at, found) in starts.iter().enumerate() {
            let (Some(whole), Ok(number)) = (found.get(0), found[1].parse()) else { continue };
            let end = starts.get(at + 1).and_then(|next| next.get(0)).map_or(cell.raw.len(), |next| next.start());
            let text = cell.raw.get(whole.end()..end).unwrap_or_default();
            // Sentences: a PDF's cell has no other lines.
            let lines = text.lines().flat_map(|line| line.split_inclusive(". ")).map(|l| l.trim().to_owned()).collect();
            out.push(Remark { number, lines, source: cell.source.clone() });
        }
    }
    out
}

/// A passage as short as it can be quoted.
pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= QUOTED {
        return text.to_owned();
    }
    let head: String = text.chars().take(QUOTED).collect();
    format!("{}…", head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head))
}

/// The words around a part of a text, as short as they can be quoted: no word is cut.
pub(super) fn around(text: &str, part: &str) -> String {
    let Some((before, rest)) = text.split_once(part).filter(|_| text.chars().count() > QUOTED) else {
        return shortened(text);
    };
    let room = QUOTED.saturating_sub(part.chars().count());
    let skip = before.chars().count().saturating_sub(room * 2 / 3);
    let head: String = before.chars().skip(skip).collect();
    let head = if skip == 0 { head } else { format!("…{}", head.split_once(' ').map_or("", |(_, head)| head)) };
    let left = room.saturating_sub(head.chars().count());
    let tail: String = rest.chars().take(left).collect();
    let tail = if rest.chars().count() <= left {
        tail
    } else {
        // A word that the part ends in is told whole.
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        let tail = tail.rsplit_once(' ').map_or(word, |(tail, _)| tail);
        format!("{tail}…")
    };
    format!("{head}{part}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_quoted_with_the_words_around_it() {
        let text =
            format!("{}le trenta interviste mancano alla conclusione {}", "prima ".repeat(60), "dopo ".repeat(60));
        let quoted = around(&text, "mancano alla conclusion");
        assert!(quoted.starts_with("…prima") && quoted.contains("mancano alla conclusione dopo"), "{quoted}");
        assert!(quoted.ends_with("dopo…") && quoted.chars().count() <= 224, "{quoted}");
        assert_eq!(around("breve", "eve"), "breve");
    }

    #[test]
    fn long_passages_are_cut_at_a_word() {
        let text = "parola ".repeat(60);
        assert!(shortened(&text).ends_with("parola…"));
        assert_eq!(shortened("breve"), "breve");
    }
}

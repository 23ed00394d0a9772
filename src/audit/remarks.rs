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
        Regex::new(r"(?i)^\W*indicatore\s+(\d{1,2})\s*[:.–-]\s*(.*)$").expect("constant pattern")
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
        let mut open = false;
        for line in cell.raw.lines() {
            if let Some(found) = HEAD.captures(line) {
                let Ok(number) = found[1].parse() else { continue };
                out.push(Remark { number, lines: vec![found[2].to_owned()], source: cell.source.clone() });
                open = true;
            } else if let Some(last) = out.last_mut().filter(|_| open) {
                last.lines.push(line.to_owned());
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_passages_are_cut_at_a_word() {
        let text = "parola ".repeat(60);
        assert!(shortened(&text).ends_with("parola…"));
        assert_eq!(shortened("breve"), "breve");
    }
}

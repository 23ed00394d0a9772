//! Whether a text keeps the columns of the page it was made from apart by blanks, and its pages then.

use super::lines::Line;

/// So many blanks in a row part two columns.
const BLANKS: usize = 3;

/// Of so many lines that hold two such gaps, and of so many hundredths of all lines, a text is laid out in columns.
const LINES: usize = 6;
const SHARE: usize = 6;

/// A page without an end is cut at the first blank line after so many.
const LONG: usize = 300;

/// How many gaps a line has between its words.
fn gaps(text: &str) -> usize {
    let inner = text.trim();
    let mut count = 0;
    let mut blanks = 0;
    for c in inner.chars() {
        if c == ' ' || c == '\u{a0}' {
            blanks += 1;
        } else {
            count += usize::from(blanks >= BLANKS);
            blanks = 0;
        }
    }
    count
}

/// The pages of a text that is laid out in columns: its lines with their numbers; `None` for any other text.
pub fn pages<'t>(lines: &[Line<'t>]) -> Option<Vec<Vec<(u32, &'t str)>>> {
    let full = lines.iter().filter(|l| !l.is_blank()).count();
    let laid_out = lines.iter().filter(|l| gaps(l.text) > 1).count();
    let separated =
        lines.iter().filter(|l| l.text.contains('\t') || l.text.trim_start().starts_with(['|', '<'])).count();
    if laid_out < LINES || laid_out * 100 < SHARE * full || separated * 4 > laid_out {
        return None;
    }
    let mut out: Vec<Vec<(u32, &str)>> = vec![Vec::new()];
    let mut page = 0;
    for line in lines {
        let last = out.last().map_or(0, Vec::len);
        if line.page != page || (last > LONG && line.is_blank()) {
            out.push(Vec::new());
            page = line.page;
        }
        if let Some(lines) = out.last_mut() {
            lines.push((line.number, line.text));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::lines::lines;

    #[test]
    fn columns_kept_apart_by_blanks() {
        let row = "Numero di eventi     40%      12\n";
        let text = format!("Piano\n{}\u{c}{}", row.repeat(4), row.repeat(4));
        let pages = pages(&lines(&text)).expect("columns");
        assert_eq!(pages.len(), 2);
        assert_eq!(pages[0][0], (1, "Piano"));
    }

    #[test]
    fn other_texts_are_left() {
        assert_eq!(pages(&lines(&"Numero di eventi\t40%\t12\n".repeat(9))), None);
        assert_eq!(pages(&lines(&"al 30/6  al 31/12  Peso\n".repeat(9))), None);
    }
}

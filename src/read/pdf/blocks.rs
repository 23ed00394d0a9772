//! Lines outside tables → paragraphs and headings.

use super::geometry::Bounds;
use super::lexis::Lexis;
use super::words::Line;

/// A paragraph: its lines on one page.
#[derive(Debug, Clone)]
pub(super) struct RawParagraph {
    pub lines: Vec<Line>,
    /// It ended because the page did, not because the author ended it.
    pub open: bool,
    /// The page (from 0) of its last lines, once it has been joined over a page end.
    pub last_page: Option<usize>,
    /// How many of the lines stand on the first page.
    pub first_lines: usize,
}

impl RawParagraph {
    fn new(line: Line) -> Self {
        RawParagraph { lines: vec![line], open: false, last_page: None, first_lines: usize::MAX }
    }

    /// The box of its lines on the page it starts on.
    pub fn bounds(&self) -> Bounds {
        super::geometry::around(self.lines.iter().take(self.first_lines).map(|l| &l.bounds)).unwrap_or(Bounds {
            x0: 0.0,
            y0: 0.0,
            x1: 0.0,
            y1: 0.0,
        })
    }

    pub fn text(&self, lexis: &Lexis) -> String {
        crate::document::fold(&lexis.flow(&self.lines))
    }
}

/// Cuts lines (from top to bottom, of one column) into paragraphs. `sides` are the column's left and right edge.
pub(super) fn paragraphs(lines: Vec<Line>, sides: (f32, f32)) -> Vec<RawParagraph> {
    let right = sides.1;
    let leading = leading(&lines);
    let mut out: Vec<RawParagraph> = Vec::new();
    for line in lines {
        let goes_on = out.last().is_some_and(|p| continues(p, &line, leading, sides));
        match out.last_mut() {
            Some(p) if goes_on => p.lines.push(line),
            _ => out.push(RawParagraph::new(line)),
        }
    }
    for p in &mut out {
        p.open = p.lines.last().is_some_and(|l| l.x1 > right - 0.12 * (right - l.x0).max(1.0));
    }
    out
}

/// The usual distance of baselines, as a multiple of the type size.
fn leading(lines: &[Line]) -> f32 {
    let mut ratios: Vec<f32> = lines
        .windows(2)
        .filter(|w| (w[0].size - w[1].size).abs() < 0.1 * w[0].size && w[0].direction == w[1].direction)
        .map(|w| (w[1].base - w[0].base) / w[0].size.max(1.0))
        .filter(|r| (0.8..2.4).contains(r))
        .collect();
    ratios.sort_by(f32::total_cmp);
    // Gaps between paragraphs only widen: the lower part of the distribution is the leading.
    ratios.get(ratios.len() / 8).copied().unwrap_or(1.2).max(1.0)
}

fn continues(p: &RawParagraph, line: &Line, leading: f32, sides: (f32, f32)) -> bool {
    let Some(last) = p.lines.last() else { return false };
    let gap = line.base - last.base;
    let size = last.size.max(line.size);
    if last.direction != line.direction
        || (last.size - line.size).abs() > 0.12 * size
        || last.bold != line.bold
        || gap > leading * size * 1.17
        || gap < 0.5 * size
        || is_list_start(&line.text)
            && !(line.text.starts_with(['-', '–', '—']) && is_mid_sentence(last, line, sides.1))
        || is_labelled(&line.text) && p.lines.first().is_some_and(|l| is_labelled(&l.text))
    {
        return false;
    }
    // A line set in from its paragraph's edge is a new one, unless the paragraph hangs (list items do).
    if let [first, second, ..] = &p.lines[..]
        && second.x0 > first.x0 + 0.5 * size
        && line.x0 < second.x0 - 0.5 * size
    {
        return false;
    }
    if p.lines.len() >= 2 && line.x0 > last.x0 + 0.8 * size && ends_sentence(&last.text) {
        return false;
    }
    let centred = ((last.x0 + last.x1) - (line.x0 + line.x1)).abs() < 6.0 && (last.x0 - line.x0).abs() > 3.0;
    if centred && last.x0 > sides.0 + size {
        return last.x1 - last.x0 + line.first_width + 0.2 * size > sides.1 - sides.0;
    }
    !ends_early(last, line, sides.1)
}

/// Whether a text begins with a label of a few words and a colon; a text that does so does not go on one that does as well.
pub(super) fn is_labelled(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.split(' ').take(3).any(|word| word.ends_with(':'))
}

/// Whether the next line's first word would have found room on a line: then the author ended it there.
pub(super) fn ends_early(last: &Line, next: &Line, right: f32) -> bool {
    last.x1 + next.first_width + 0.2 * last.size <= right - 0.15 * last.size
}

/// Whether a line runs on into the next: full, and no sentence or clause ends with it.
fn is_mid_sentence(last: &Line, next: &Line, right: f32) -> bool {
    !ends_sentence(&last.text) && !last.text.ends_with(',') && !ends_early(last, next, right)
}

pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', ';', ':', '!', '?'])
}

/// Whether a line begins with a list mark: a bullet, a dash, a tick box, `1)`, `a)`, `1.1)`.
pub(super) fn is_list_start(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let rest = &text[first.len_utf8()..];
    if matches!(first, '•' | '▪' | '◦' | '●' | '○' | '■' | '□' | '➢' | '✓' | '❖' | '☐' | '☒' | '·' | '→' | '\u{f0b7}')
    {
        return true;
    }
    if matches!(first, '-' | '–' | '—' | '*') {
        return rest.starts_with(' ');
    }
    let mark: String = text.chars().take(6).take_while(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    let digits = mark.chars().next().is_some_and(|c| c.is_ascii_digit());
    let short = if digits { mark.len() <= 4 } else { mark.len() == 1 };
    !mark.is_empty() && short && text[mark.len()..].starts_with(") ")
}

/// A heading's level by its type, against the document's body size; `None` for running text.
pub(super) fn heading(p: &RawParagraph, text: &str, body: f32) -> Option<u8> {
    let line = p.lines.first()?;
    let ratio = line.size / body.max(1.0);
    let long = text.chars().count() > 250 || p.lines.len() > 4;
    if long || !text.chars().any(char::is_alphabetic) {
        return None;
    }
    match ratio {
        r if r >= 1.6 => Some(1),
        r if r >= 1.3 => Some(2),
        r if r >= 1.12 => Some(3),
        r if r > 0.9 && p.lines.iter().all(|l| l.bold) => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::glyphs::Direction;

    fn line(text: &str, base: f32, x1: f32) -> Line {
        Line {
            text: text.into(),
            bounds: Bounds { x0: 0.0, y0: base - 8.0, x1, y1: base + 2.0 },
            x0: 0.0,
            x1,
            base,
            size: 10.0,
            direction: Direction::Right,
            bold: false,
            first_width: 20.0,
        }
    }

    #[test]
    fn a_short_line_ends_a_paragraph() {
        let lines = vec![
            line("una riga piena che arriva in fondo alla", 10.0, 195.0),
            line("colonna.", 22.0, 40.0),
            line("un altro capoverso", 34.0, 90.0),
        ];
        let p = paragraphs(lines, (0.0, 200.0));
        assert_eq!(p.len(), 2);
        assert_eq!(p[0].text(&Lexis::default()), "una riga piena che arriva in fondo alla colonna.");
    }

    #[test]
    fn list_marks() {
        for yes in ["- voce", "• voce", "1) nome = 13", "a) prova", "☒ efficacia"] {
            assert!(is_list_start(yes), "{yes}");
        }
        for no in ["-4", "10 pratiche", "anno) di", "(target = 10)"] {
            assert!(!is_list_start(no), "{no}");
        }
    }
}

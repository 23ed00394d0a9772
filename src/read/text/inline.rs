//! Marks inside a line of text: Markdown emphasis, links and escapes, pieces of HTML.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Block, Paragraph, Source, Table, fold};
use crate::read::html::{push_symbols, read_fragment};

/// Tags that converters leave in text. Other angle brackets are comparisons or addresses.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)</?(?:p|br|hr|ul|ol|li|dl|dt|dd|u|i|b|s|em|strong|sup|sub|small|mark|del|ins|span|div|font|center|a|img|input|",
        r"label|table|caption|colgroup|col|thead|tbody|tfoot|tr|td|th|h[1-6]|blockquote|code|pre|math|mrow|mi|mo|mn|msup|",
        r#"msub|mfrac|mtext)(?:\s+[a-z][^<>]*)?\s*/?>"#
    ))
    .ok()
});
static ENTITY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});").ok());
static IMAGE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"!\[[^\]\n]*\]\([^()\n]*\)").ok());
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[([^\[\]\n]+)\]\(([^()\s]*)\)").ok());

/// Characters that Markdown escapes with a backslash. Letters are not among them: `\geq` is a formula's sign.
const ESCAPABLE: &str = "|*_[]#`~<>";

/// How many characters an emphasis may go on for.
const EMPHASIS_REACH: usize = 2000;

/// A stretch of a line with one emphasis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub text: String,
    pub strong: bool,
    pub emphasised: bool,
}

/// What a cell's or line's text says once its marks are taken away.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Clean {
    /// Folded lines, joined by `\n`.
    pub text: String,
    /// Tables that stood in it as HTML.
    pub tables: Vec<Table>,
}

/// Takes HTML and Markdown marks out of the text of a cell.
pub fn clean(raw: &str, source: &Source) -> Clean {
    let mut found = Clean::default();
    let mut lines: Vec<String> = Vec::new();
    for block in blocks(raw, source) {
        match block {
            Block::Text(paragraph) => lines.push(paragraph.text),
            Block::Table(table) => found.tables.push(table),
        }
    }
    found.text = lines.join("\n");
    found
}

/// The lines and tables of a piece of text, marks taken out. A line that is all bold is a heading of level 3.
pub fn blocks(raw: &str, source: &Source) -> Vec<Block> {
    if !has_markup(raw) {
        return raw.lines().flat_map(|line| line_blocks(line, source, None)).collect();
    }
    let mut out = Vec::new();
    for block in read_fragment(&escape_strangers(raw), source) {
        match block {
            Block::Text(p) => out.extend(line_blocks(&p.text, source, p.heading)),
            table => out.push(table),
        }
    }
    out
}

fn line_blocks(line: &str, source: &Source, heading: Option<u8>) -> impl Iterator<Item = Block> {
    parts(line).into_iter().map(move |(text, bold)| {
        Block::Text(Paragraph { text, source: source.clone(), heading: heading.or(bold.then_some(3)) })
    })
}

/// Whether a text holds HTML tags or entities.
pub fn has_markup(raw: &str) -> bool {
    let matches = |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().is_some_and(|p| p.is_match(raw));
    (raw.contains('<') && matches(&TAG)) || (raw.contains('&') && matches(&ENTITY))
}

/// Escapes every `<` that opens no known tag, so that "<60 gg" and "<http://…>" come through the HTML parser.
fn escape_strangers(raw: &str) -> String {
    let Some(tag) = TAG.as_ref() else { return raw.to_owned() };
    let mut out = String::with_capacity(raw.len() + 16);
    let mut past = 0;
    for found in tag.find_iter(raw) {
        out.push_str(&raw[past..found.start()].replace('<', "&lt;"));
        out.push_str(found.as_str());
        past = found.end();
    }
    out.push_str(&raw[past..].replace('<', "&lt;"));
    out
}

/// A line's pieces without Markdown marks, each with whether all of it is bold. Mostly one; more where a converter lost
/// the line breaks before emphasised lines ("TITLE**OTHER TITLE**"). Blank pieces are left out.
pub fn parts(line: &str) -> Vec<(String, bool)> {
    let line = without_links(line);
    let stretches = stretches(&line);
    let last_plain = stretches.iter().rposition(|s| !s.emphasised);
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut text = String::new();
    let mut bold = true;
    for (number, stretch) in stretches.iter().enumerate() {
        let tail = last_plain.is_none_or(|last| number > last);
        let glued = text.ends_with(|c: char| !c.is_whitespace()) && !stretch.text.starts_with(char::is_whitespace);
        if tail && glued && stretch.text.split_whitespace().count() >= 2 {
            push_part(&mut out, &text, bold);
            text.clear();
            bold = true;
        }
        bold &= stretch.strong || stretch.text.trim().is_empty();
        text.push_str(&stretch.text);
    }
    push_part(&mut out, &text, bold);
    out
}

fn push_part(out: &mut Vec<(String, bool)>, text: &str, bold: bool) {
    let mut shown = String::with_capacity(text.len());
    push_symbols(&mut shown, text, None);
    let shown = fold(&shown);
    if !shown.is_empty() {
        out.push((shown, bold));
    }
}

/// Images left out, links as their words.
fn without_links(line: &str) -> String {
    let Some((image, link)) = IMAGE.as_ref().zip(LINK.as_ref()) else { return line.to_owned() };
    if !line.contains("](") {
        return line.to_owned();
    }
    link.replace_all(&image.replace_all(line, " "), "$1").into_owned()
}

/// Splits a line at its emphasis marks.
pub fn stretches(line: &str) -> Vec<Stretch> {
    let chars: Vec<char> = line.chars().collect();
    let mut out: Vec<Stretch> = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c == '\\' && chars.get(at + 1).is_some_and(|&next| ESCAPABLE.contains(next)) {
            plain.extend(chars.get(at + 1));
            at += 2;
            continue;
        }
        if c != '*' {
            plain.push(c);
            at += 1;
            continue;
        }
        let run = chars[at..].iter().take_while(|&&c| c == '*').count();
        let Some((marks, close)) = (1..=run.min(3)).rev().find_map(|n| Some((n, closing(&chars, at, run, n)?))) else {
            plain.extend(std::iter::repeat_n('*', run));
            at += run;
            continue;
        };
        // Marks that this pair doesn't use stand for themselves.
        plain.extend(std::iter::repeat_n('*', run - marks));
        if !plain.is_empty() {
            out.push(Stretch { text: std::mem::take(&mut plain), strong: false, emphasised: false });
        }
        let inner: String = chars[at + run..close].iter().collect();
        out.push(Stretch { text: unescaped(&inner), strong: marks >= 2, emphasised: true });
        at = close + marks;
    }
    if !plain.is_empty() {
        out.push(Stretch { text: plain, strong: false, emphasised: false });
    }
    out
}

/// Where the emphasis that `marks` asterisks open at `open` ends, if they open any.
fn closing(chars: &[char], open: usize, run: usize, marks: usize) -> Option<usize> {
    let word = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric());
    if chars.get(open + run).is_none_or(|c| c.is_whitespace())
        || (marks == 1 && word(open.checked_sub(1).and_then(|i| chars.get(i))))
    {
        return None;
    }
    let mut at = open + run;
    while at < chars.len().min(open + EMPHASIS_REACH) {
        if chars[at] == '\\' {
            at += 2;
            continue;
        }
        if chars[at] != '*' {
            at += 1;
            continue;
        }
        let length = chars[at..].iter().take_while(|&&c| c == '*').count();
        let closes = !chars[at - 1].is_whitespace() && (marks > 1 || !word(chars.get(at + marks)));
        if length >= marks && closes && (marks > 1 || length != 2) {
            return Some(at);
        }
        at += length;
    }
    None
}

/// A text without the backslashes before escaped marks, and without emphasis marks of its own.
fn unescaped(text: &str) -> String {
    if text.contains('*') { stretches(text).into_iter().map(|s| s.text).collect() } else { strip_escapes(text) }
}

fn strip_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.peek().is_some_and(|&next| ESCAPABLE.contains(next)) {
            continue;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(raw: &str) -> String {
        clean(raw, &Source::line(1)).text
    }

    fn pieces(raw: &str) -> Vec<(String, bool)> {
        parts(raw)
    }

    #[test]
    fn emphasis_goes_and_formulas_stay() {
        assert_eq!(text("il **tasso totale** che *cresce*"), "il tasso totale che cresce");
        assert_eq!(text("obiettivo (A*B) e (A*C)"), "obiettivo (A*B) e (A*C)");
        assert_eq!(text("target \\geq 90\\%, \\*nota\\* a\\|b"), "target \\geq 90\\%, *nota* a|b");
        assert_eq!(text("5** e 6"), "5** e 6");
    }

    #[test]
    fn lines_run_together_part_again() {
        assert_eq!(
            pieces("*PERFORMANCE RAGGIUNTA 100%.***SINTESI DELLA PERFORMANCE**"),
            [("PERFORMANCE RAGGIUNTA 100%.".to_owned(), false), ("SINTESI DELLA PERFORMANCE".to_owned(), true)]
        );
        assert_eq!(
            pieces("(target \\geq 90%)*PERFORMANCE RAGGIUNTA*"),
            [("(target \\geq 90%)".to_owned(), false), ("PERFORMANCE RAGGIUNTA".to_owned(), false)]
        );
        assert_eq!(pieces("AREA SERVIZI**OBIETTIVI TRASVERSALI**").len(), 2);
        assert_eq!(pieces("CO**2**"), [("CO2".to_owned(), false)]);
    }

    #[test]
    fn html_and_comparisons_live_together() {
        assert_eq!(text("<p>tempo <60 gg</p><p>e > 3 &amp; &lt; 5</p>"), "tempo <60 gg\ne > 3 & < 5");
        assert_eq!(text("<u>in caso di</u> <http://www.example.it/>"), "in caso di <http://www.example.it/>");
        assert_eq!(text("uscita < 60 e R&D"), "uscita < 60 e R&D");
        assert_eq!(text("<input checked=\"\" type=\"checkbox\"/> efficacia"), "☒ efficacia");
        assert_eq!(text("<ul style=\"x\"> • uno; • due"), "• uno;\n• due");
    }

    #[test]
    fn links_keep_their_words_and_images_go() {
        assert_eq!(
            text("sezione: [Amministrazione trasparente](#)). ![logo](a.png)"),
            "sezione: Amministrazione trasparente)."
        );
    }

    #[test]
    fn tables_in_a_cell_stand_apart() {
        let found = clean("<p>Benefici:</p><table><tr><td>a</td><td>b</td></tr></table>", &Source::line(7));
        assert_eq!(found.text, "Benefici:");
        assert_eq!(found.tables.len(), 1);
        assert_eq!(found.tables[0].source, Source::line(7));
    }
}

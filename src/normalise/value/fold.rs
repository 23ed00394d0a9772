//! One spelling for the signs that documents print in many.

use unicode_normalization::UnicodeNormalization;

/// LaTeX commands that a conversion from PDF may leave in the text, longest first where one begins another.
const LATEX: &[(&str, &str)] = &[
    ("\\geqslant", "≥"),
    ("\\leqslant", "≤"),
    ("\\geq", "≥"),
    ("\\leq", "≤"),
    ("\\ge", "≥"),
    ("\\le", "≤"),
    ("\\gt", ">"),
    ("\\lt", "<"),
    ("\\pm", "±"),
    ("\\sum", "Σ"),
    ("\\euro", "€"),
    ("\\%", "%"),
    ("\\$", ""),
];

/// Folds white space, quotes, dashes, comparison signs and LaTeX left-overs; letters keep their case.
///
/// No-break spaces that group thousands ("1 200") go; other spaces become one.
pub(crate) fn fold(raw: &str) -> String {
    let chars: Vec<char> = unlatex(raw).nfc().collect();
    let mut out = String::with_capacity(raw.len());
    for (at, &found) in chars.iter().enumerate() {
        let folded = match found {
            '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' if groups_thousands(&chars, at) => continue,
            ' ' if groups_thousands(&chars, at) && within_long_figure(&chars, at) => continue,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => continue,
            c if c.is_whitespace() => ' ',
            '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{b4}' | '`' | '\u{2032}' => '\'',
            '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => '"',
            '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
            '\u{2012}'..='\u{2015}' => '–',
            '\u{2265}'..='\u{2267}' if found != '\u{2266}' => '≥',
            '\u{2a7e}' => '≥',
            '\u{2266}' | '\u{2264}' | '\u{2a7d}' => '≤',
            '\u{2211}' => 'Σ',
            '\u{2044}' | '\u{2215}' => '/',
            '\u{ff05}' => '%',
            other => other,
        };
        if folded != ' ' || !(out.is_empty() || out.ends_with(' ')) {
            out.push(folded);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether the space at `at` stands between digits, before a group of exactly three.
fn groups_thousands(chars: &[char], at: usize) -> bool {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4)
}

/// Whether the figure around a plain space that groups thousands has another group, or decimals ("1 234 567",
/// "1 234,50"); with one group alone ("12 150") it may as well be two figures side by side.
fn within_long_figure(chars: &[char], at: usize) -> bool {
    let space = |i: usize| chars.get(i) == Some(&' ') && groups_thousands(chars, i);
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let decimals = chars.get(at + 4) == Some(&',') && digit(at + 5);
    let whole_before = (1..=3).take_while(|n| at >= *n && digit(at - n)).count();
    let opens = at <= whole_before || !digit(at - whole_before - 1);
    let another = space(at + 4) || at >= 4 && space(at - 4);
    opens && (decimals || another)
}

fn unlatex(raw: &str) -> String {
    if !raw.contains('\\') {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    'text: while let Some(first) = rest.chars().next() {
        if first == '$' {
            // Of "$\\leq$": what puts a formula into a text is no sign of its own.
            rest = &rest[1..];
            continue;
        }
        if first == '\\' {
            for (command, sign) in LATEX {
                if let Some(after) = rest.strip_prefix(command)
                    && (command.ends_with(['%', '$']) || !after.starts_with(|c: char| c.is_ascii_alphabetic()))
                {
                    out.push_str(sign);
                    rest = after;
                    continue 'text;
                }
            }
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_fold_to_one_spelling() {
        assert_eq!(fold("\\geq 90\\%"), "≥ 90%");
        assert_eq!(fold("\\left"), "\\left");
        assert_eq!(fold("\u{2212}4"), "-4");
        assert_eq!(fold(" si\u{300}  \n entro l\u{2019}anno "), "sì entro l'anno");
        assert_eq!(fold("1\u{a0}200\u{a0}imprese"), "1200 imprese");
        assert_eq!(fold("1 234 567 e 1 234,50"), "1234567 e 1234,50");
        assert_eq!(fold("12 150"), "12 150");
    }
}

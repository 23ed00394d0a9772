//! Tick boxes and signs that symbol fonts draw.

/// A font whose letters are pictures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SymbolFont {
    Wingdings,
    Wingdings2,
    Symbol,
}

/// The symbol font that a list of font families begins with, if any.
pub fn symbol_font(families: &str) -> Option<SymbolFont> {
    let first = families.split(',').next()?.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    match first.as_str() {
        "wingdings" => Some(SymbolFont::Wingdings),
        "wingdings 2" => Some(SymbolFont::Wingdings2),
        "symbol" => Some(SymbolFont::Symbol),
        _ => None,
    }
}

/// Appends `text` with tick boxes as `☒` and `☐` and symbol-font letters as the signs they draw.
pub fn push_symbols(out: &mut String, text: &str, font: Option<SymbolFont>) {
    for c in text.chars() {
        out.push(match (c, font) {
            ('\u{f020}'..='\u{f0ff}', _) => {
                drawn(c as u32 - 0xf000, font.unwrap_or(SymbolFont::Wingdings)).unwrap_or(c)
            }
            ('\u{21}'..='\u{ff}', Some(font)) => drawn(c as u32, font).unwrap_or(c),
            _ => ticked(c),
        });
    }
}

/// Unicode's many tick boxes as the two that stand for them all.
fn ticked(c: char) -> char {
    match c {
        '☑' | '\u{1f5f9}' | '\u{1f5f5}' | '\u{1f5f7}' | '⊠' => '☒',
        '□' | '◻' | '▢' | '❏' | '❐' | '❑' | '❒' => '☐',
        _ => c,
    }
}

/// What a code draws in a symbol font; `None` where the code itself is the better answer.
fn drawn(code: u32, font: SymbolFont) -> Option<char> {
    Some(match (font, code) {
        (SymbolFont::Wingdings, 0xfe | 0xfd | 0x78 | 0x54) => '☒',
        (SymbolFont::Wingdings, 0xa8 | 0x6f | 0x70 | 0x71 | 0x72) => '☐',
        (SymbolFont::Wingdings, 0xfc) => '✓',
        (SymbolFont::Wingdings, 0xfb) => '✗',
        (SymbolFont::Wingdings, 0xa7 | 0x6c | 0x6e | 0x76 | 0x77 | 0x9f | 0xd8) => '•',
        (SymbolFont::Wingdings, 0xe0 | 0xe8 | 0xf0) => '→',
        (SymbolFont::Wingdings2, 0x51..=0x54) => '☒',
        (SymbolFont::Wingdings2, 0xa3 | 0x2a | 0x30) => '☐',
        (SymbolFont::Wingdings2, 0x50) => '✓',
        (SymbolFont::Wingdings2, 0x4f) => '✗',
        (SymbolFont::Symbol, 0xb3) => '≥',
        (SymbolFont::Symbol, 0xa3) => '≤',
        (SymbolFont::Symbol, 0xb9) => '≠',
        (SymbolFont::Symbol, 0xb1) => '±',
        (SymbolFont::Symbol, 0xb7) => '•',
        (SymbolFont::Symbol, 0xb4) => '×',
        (SymbolFont::Symbol, 0x53 | 0xe5) => 'Σ',
        (SymbolFont::Symbol, 0x44) => 'Δ',
        (SymbolFont::Symbol, 0xae) => '→',
        (_, 0x20..=0x7e) if font == SymbolFont::Symbol => char::from_u32(code)?,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, font: Option<SymbolFont>) -> String {
        let mut out = String::new();
        push_symbols(&mut out, text, font);
        out
    }

    #[test]
    fn tick_boxes_of_all_kinds() {
        assert_eq!(shown("☑ a ☒ b □ c ☐", None), "☒ a ☒ b ☐ c ☐");
        assert_eq!(shown("þ\u{a8}", Some(SymbolFont::Wingdings)), "☒☐");
        assert_eq!(shown("R\u{a3}", Some(SymbolFont::Wingdings2)), "☒☐");
        assert_eq!(shown("\u{f0fe}\u{f0a8}", None), "☒☐");
    }

    #[test]
    fn comparison_signs_of_the_symbol_font() {
        assert_eq!(shown("\u{b3} 80", Some(SymbolFont::Symbol)), "≥ 80");
        assert_eq!(shown("þ", None), "þ");
    }

    #[test]
    fn only_the_first_family_counts() {
        assert_eq!(symbol_font("Wingdings"), Some(SymbolFont::Wingdings));
        assert_eq!(symbol_font("\"Arial\",\"Symbol\""), None);
    }
}

//! Tick boxes and signs that symbol fonts draw.

use crate::read::symbols::{SymbolFont, sign, tick_box};

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
            ('\u{f020}'..='\u{f0ff}', _) => sign(font.unwrap_or(SymbolFont::Wingdings), c as u32 - 0xf000).unwrap_or(c),
            ('\u{21}'..='\u{ff}', Some(font)) => sign(font, c as u32).unwrap_or(c),
            _ => tick_box(c).unwrap_or(c),
        });
    }
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

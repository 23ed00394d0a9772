//! Characters of symbol fonts: tick boxes become `☒` and `☐`, bullets and arrows their Unicode kin.

use hayro_interpret::font::OutlineFontData;
use skrifa::MetadataProvider;
use std::collections::HashMap;

/// Which symbol font a font's name stands for; their codes mean different signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SymbolFont {
    Wingdings,
    Wingdings2,
    Webdings,
    Symbol,
}

/// The symbol font a PostScript name belongs to, if any.
pub(super) fn symbol_font(name: &str) -> Option<SymbolFont> {
    let name = name.to_ascii_lowercase();
    if name.contains("wingdings2") || name.contains("wingdings-2") || name.contains("wingdings 2") {
        Some(SymbolFont::Wingdings2)
    } else if name.contains("wingdings") {
        Some(SymbolFont::Wingdings)
    } else if name.contains("webdings") {
        Some(SymbolFont::Webdings)
    } else if name.contains("symbolmt") || name.ends_with("symbol") && !name.contains("opensymbol") {
        Some(SymbolFont::Symbol)
    } else {
        None
    }
}

/// The sign a symbol font shows for a code (0 to 255), where it matters to a reader of tables.
fn sign(font: SymbolFont, code: u32) -> Option<char> {
    Some(match (font, code) {
        (SymbolFont::Wingdings, 0x78 | 0xfd | 0xfe) | (SymbolFont::Wingdings2, 0x51..=0x54) => '☒',
        (SymbolFont::Wingdings, 0x6f | 0x70 | 0x71 | 0x72 | 0xa8) | (SymbolFont::Wingdings2, 0x2a | 0xa3) => '☐',
        (SymbolFont::Webdings, 0x63 | 0x31) => '☐',
        (SymbolFont::Webdings, 0x61) => '✓',
        (SymbolFont::Wingdings, 0xfc) | (SymbolFont::Wingdings2, 0x50) => '✓',
        (SymbolFont::Wingdings, 0xfb) | (SymbolFont::Wingdings2, 0x4f) => '✗',
        (SymbolFont::Wingdings, 0x6c | 0x9f | 0x9e) | (SymbolFont::Symbol, 0xb7) => '•',
        (SymbolFont::Wingdings, 0xa7 | 0x6e) => '▪',
        (SymbolFont::Wingdings, 0xd8) => '➢',
        (SymbolFont::Wingdings, 0xe0 | 0xe8 | 0xf0) | (SymbolFont::Symbol, 0xae) => '→',
        (SymbolFont::Wingdings, 0x76) => '❖',
        (SymbolFont::Symbol, 0xb3) => '≥',
        (SymbolFont::Symbol, 0xa3) => '≤',
        (SymbolFont::Symbol, 0xb1) => '±',
        (SymbolFont::Symbol, 0x53) => 'Σ',
        (SymbolFont::Symbol, 0x44) => 'Δ',
        (SymbolFont::Symbol, 0x2d) => '−',
        (SymbolFont::Symbol, 0x20..=0x3f) => char::from_u32(code)?,
        _ => return None,
    })
}

/// A character as a reader sees it: tick boxes unified, private-use codes of symbol fonts resolved.
pub(super) fn plain(c: char, font: Option<SymbolFont>) -> char {
    match c {
        '\u{2611}' | '\u{2612}' | '\u{1f5f9}' | '\u{1f5f7}' | '\u{2705}' => '☒',
        // ZapfDingbats has crosses and check marks, and shadowed squares, where other fonts have ticked and empty boxes.
        '✘' | '✗' | '✖' | '✕' | '✔' | '✓' => '☒',
        '\u{2610}' | '\u{1f78e}' | '❏' | '❐' | '❑' | '❒' => '☐',
        '\u{f020}'..='\u{f0ff}' => {
            let code = u32::from(c) - 0xf000;
            // Without a name Wingdings is the most likely owner of a tick, Symbol of a bullet.
            sign(font.unwrap_or(SymbolFont::Wingdings), code)
                .or_else(|| sign(SymbolFont::Symbol, code))
                .or(if font == Some(SymbolFont::Symbol) { char::from_u32(code) } else { None })
                .unwrap_or(c)
        }
        c => c,
    }
}

/// A character of a Wingdings-like font that the file maps as if it were Latin text.
pub(super) fn from_latin(code: u32, font: SymbolFont) -> Option<char> {
    if font == SymbolFont::Symbol { None } else { sign(font, code & 0xff) }
}

/// Glyph number → character by an embedded font's own character map, for the fonts of one document.
#[derive(Default)]
pub(super) struct FontMaps {
    maps: HashMap<u128, FontMap>,
}

#[derive(Default)]
struct FontMap {
    characters: HashMap<u32, char>,
    /// The map is by Unicode, not by codes that mean something in this font only.
    unicode: bool,
}

impl FontMaps {
    /// The character of a glyph; with `unicode_only`, none where the font's map is by codes of its own.
    pub fn character(&mut self, font: &OutlineFontData, glyph: u32, unicode_only: bool) -> Option<char> {
        let map = self.maps.entry(font.cache_key).or_insert_with(|| FontMap::of((*font.data).as_ref()));
        if unicode_only && !map.unicode {
            return None;
        }
        map.characters.get(&glyph).copied()
    }
}

impl FontMap {
    fn of(data: &[u8]) -> FontMap {
        let mut map = FontMap::default();
        let Ok(font) = skrifa::FontRef::new(data) else { return map };
        let charmap = font.charmap();
        let mut control = false;
        for (code, glyph) in charmap.mappings() {
            if let Some(c) = char::from_u32(code) {
                control |= c < '\t';
                let entry = map.characters.entry(glyph.to_u32()).or_insert(c);
                *entry = (*entry).min(c);
            }
        }
        map.unicode = !charmap.is_symbol() && !control;
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_unified() {
        assert_eq!(plain('\u{f0fe}', None), '☒');
        assert_eq!(plain('\u{f0a8}', Some(SymbolFont::Wingdings)), '☐');
        assert_eq!(plain('\u{2611}', None), '☒');
        assert_eq!(plain('\u{f0b7}', Some(SymbolFont::Symbol)), '•');
        assert_eq!(plain('à', None), 'à');
    }

    #[test]
    fn latin_codes_of_wingdings_are_signs() {
        assert_eq!(symbol_font("ABCDEF+Wingdings-Regular"), Some(SymbolFont::Wingdings));
        assert_eq!(from_latin(0xfe, SymbolFont::Wingdings), Some('☒'));
        assert_eq!(from_latin(0xa8, SymbolFont::Wingdings), Some('☐'));
        assert_eq!(symbol_font("Arial-BoldMT"), None);
    }
}

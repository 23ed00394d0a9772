//! Characters of symbol fonts: tick boxes become `☒` and `☐`, bullets and arrows their Unicode kin.

use hayro_interpret::font::OutlineFontData;
use skrifa::MetadataProvider;
use std::collections::HashMap;

pub(super) use crate::read::symbols::SymbolFont;
use crate::read::symbols::{sign, tick_box};

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

/// A character as a reader sees it: tick boxes unified, private-use codes of symbol fonts resolved.
pub(super) fn plain(c: char, font: Option<SymbolFont>) -> char {
    match c {
        // ZapfDingbats has crosses where other fonts have ticked boxes.
        '✘' | '✗' | '✖' | '✕' => '☒',
        '\u{f020}'..='\u{f0ff}' => {
            let code = u32::from(c) - 0xf000;
            // Without a name Wingdings is the most likely owner of a tick, Symbol of a bullet.
            sign(font.unwrap_or(SymbolFont::Wingdings), code)
                .or_else(|| sign(SymbolFont::Symbol, code))
                .or(if font == Some(SymbolFont::Symbol) { char::from_u32(code) } else { None })
                .unwrap_or(c)
        }
        c => tick_box(c).unwrap_or(c),
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

//! What character a glyph stands for.

use super::symbols::{FontMaps, SymbolFont, from_latin, plain, symbol_font};
use hayro_interpret::font::{Glyph, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_syntax::page::Page;
use std::collections::HashSet;

/// Turns glyphs into characters, for the fonts of one document.
#[derive(Default)]
pub(super) struct Charset {
    maps: FontMaps,
    /// Names of this page's fonts whose characters could only be guessed: embedded and symbolic, with neither a Unicode
    /// map nor an encoding of their own.
    guessed: HashSet<String>,
    /// The symbol font among this page's fonts that is not embedded: its glyphs come without a name.
    nameless: Option<SymbolFont>,
    /// The page's fonts met so far: program, name and what they say. A page has few, and each comes in many runs.
    fonts: Vec<(u128, Option<String>, RunFont)>,
}

/// What a run's font says about all its glyphs.
#[derive(Clone, Copy)]
pub(super) struct RunFont {
    symbol: Option<SymbolFont>,
    guessed: bool,
    pub bold: bool,
    pub embedded: bool,
}

impl Charset {
    /// Looks at the fonts a page uses, before its glyphs come.
    pub fn look_at(&mut self, page: &Page<'_>) {
        self.fonts.clear();
        let fonts = &page.resources().fonts;
        let (mut guessed, mut known) = (HashSet::new(), HashSet::new());
        self.nameless = None;
        for key in fonts.keys() {
            let Some(font) = fonts.get::<Dict<'_>>(&*key) else { continue };
            let Some(name) = font.get::<Name<'_>>(keys::BASE_FONT) else { continue };
            let name = name.as_str();
            let name = name.split_once('+').map_or(name, |(_, n)| n).to_string();
            if !is_embedded(&font) {
                self.nameless = self.nameless.or(symbol_font(&name).filter(|&kind| kind != SymbolFont::Symbol));
            }
            if is_guesswork(&font) {
                guessed.insert(name);
            } else {
                known.insert(name);
            }
        }
        self.guessed = &guessed - &known;
    }

    /// The font of a run's glyphs.
    pub fn font(&mut self, run: &[PositionedGlyph<'_>]) -> RunFont {
        let data = run.iter().find_map(|g| match &**g {
            Glyph::Outline(o) => o.font_data(),
            Glyph::Type3(_) => None,
        });
        let Some(data) = data else {
            let symbol = self.nameless.filter(|&kind| run.iter().all(|glyph| is_sign_only(glyph, kind)));
            return RunFont { symbol, guessed: false, bold: false, embedded: false };
        };
        let seen = self.fonts.iter().find(|(key, name, _)| *key == data.cache_key && *name == data.postscript_name);
        if let Some((_, _, font)) = seen {
            return *font;
        }
        let name = data.postscript_name.as_deref().unwrap_or("");
        let lower = name.to_ascii_lowercase();
        let heavy = ["bold", "black", "heavy"].iter().any(|w| lower.contains(w));
        let font = RunFont {
            symbol: symbol_font(name),
            guessed: self.guessed.contains(name),
            bold: heavy || data.weight.is_some_and(|w| w >= 600),
            embedded: true,
        };
        self.fonts.push((data.cache_key, data.postscript_name, font));
        font
    }

    /// The character of a glyph that is plainly one: what most glyphs are, known without looking further.
    pub fn letter(glyph: &Glyph<'_>, font: &RunFont) -> Option<char> {
        if font.symbol.is_some() || font.guessed {
            return None;
        }
        match glyph.as_unicode()? {
            BfString::Char(c @ (' '..='~' | '\u{a0}'..='\u{24f}')) => Some(c),
            _ => None,
        }
    }

    /// The characters of a glyph, more than one for a ligature; none when the file does not tell.
    pub fn characters(&mut self, glyph: &Glyph<'_>, font: &RunFont) -> Vec<char> {
        let known: Vec<char> = match glyph.as_unicode() {
            Some(BfString::Char(c)) => vec![c],
            Some(BfString::String(s)) => unswapped(s.chars().collect()),
            None => Vec::new(),
        };
        let readable = !known.is_empty() && known.iter().all(|&c| c != '\u{fffd}' && (c >= ' ' || c == '\t'));
        let private = known.iter().any(|c| ('\u{e000}'..='\u{f8ff}').contains(c));
        let show = |chars: Vec<char>| chars.into_iter().flat_map(letters).map(|c| plain(c, font.symbol)).collect();
        if readable && (private || font.symbol.is_none()) && !font.guessed {
            return show(known);
        }
        let by_font = match glyph {
            Glyph::Outline(o) => o
                .font_data()
                .and_then(|f| self.maps.character(&f, o.glyph_id().to_u32(), font.guessed && font.symbol.is_none()))
                .filter(|&c| c >= ' '),
            Glyph::Type3(_) => None,
        };
        if let Some(symbol) = font.symbol {
            if let Some(c) = by_font.filter(|c| ('\u{f000}'..='\u{f0ff}').contains(c)) {
                return show(vec![c]);
            }
            if let Some(c) = from_latin(glyph.char_code(), symbol) {
                return vec![c];
            }
            if readable {
                return show(known);
            }
        }
        show(by_font.into_iter().collect())
    }
}

/// Whether a nameless glyph is a sign of a symbol font rather than a letter: its code is beyond plain text, and no letter of
/// ours.
fn is_sign_only(glyph: &Glyph<'_>, font: SymbolFont) -> bool {
    let code = glyph.char_code();
    let latin = matches!(
        glyph.as_unicode(),
        Some(BfString::Char('à' | 'è' | 'é' | 'ì' | 'ò' | 'ù' | 'À'..='Ý' | '€' | '°' | '–' | '’'))
    );
    code > 0x7f && !latin && from_latin(code, font).is_some()
}

fn is_embedded(font: &Dict<'_>) -> bool {
    font.get::<Dict<'_>>(keys::FONT_DESC).is_some_and(|descriptor| {
        [keys::FONT_FILE, keys::FONT_FILE2, keys::FONT_FILE3]
            .iter()
            .any(|key| descriptor.get::<Stream<'_>>(*key).is_some())
    })
}

/// Whether a font's characters can't be known from the file.
fn is_guesswork(font: &Dict<'_>) -> bool {
    if font.get::<Name<'_>>(keys::SUBTYPE).is_none_or(|s| s.as_str() != "TrueType")
        || font.get::<Object<'_>>(keys::TO_UNICODE).is_some()
        || font.get::<Object<'_>>(keys::ENCODING).is_some()
    {
        return false;
    }
    font.get::<Dict<'_>>(keys::FONT_DESC).is_some_and(|descriptor| {
        descriptor.get::<u32>(keys::FLAGS).is_some_and(|flags| flags & 4 != 0)
            && descriptor.get::<Stream<'_>>(keys::FONT_FILE2).is_some()
    })
}

/// Some producers write a ligature's letters into the Unicode map with their two bytes swapped.
fn unswapped(chars: Vec<char>) -> Vec<char> {
    let swap = |c: &char| {
        let code = u32::from(*c);
        (code & 0xff == 0).then(|| char::from_u32(code >> 8)).flatten().filter(char::is_ascii_alphabetic)
    };
    match chars.iter().map(swap).collect::<Option<Vec<char>>>() {
        Some(swapped) if swapped.len() > 1 => swapped,
        _ => chars,
    }
}

/// A ligature's letters; any other character is itself.
fn letters(c: char) -> impl Iterator<Item = char> {
    let letters = match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => "",
    };
    letters.chars().chain(letters.is_empty().then_some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_are_letters() {
        assert_eq!(letters('ﬃ').collect::<String>(), "ffi");
        assert_eq!(letters('x').collect::<String>(), "x");
        assert_eq!(unswapped(vec!['\u{6600}', '\u{6900}']), ['f', 'i']);
        assert_eq!(unswapped(vec!['f', 'i']), ['f', 'i']);
        assert_eq!(unswapped(vec!['\u{6600}']), ['\u{6600}']);
    }
}

//! Tick boxes and the signs that symbol fonts draw, whatever kind of file they stand in.

/// A font whose letters are pictures; the same code means different signs in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SymbolFont {
    Wingdings,
    Wingdings2,
    Webdings,
    Symbol,
}

/// Unicode's many tick boxes as the two that stand for them all: `☒` ticked, `☐` empty. Squares that may be bullets are boxes
/// here too; a bullet is no answer anywhere in a plan.
pub(super) fn tick_box(c: char) -> Option<char> {
    match c {
        '☑' | '☒' | '\u{1f5f9}' | '\u{1f5f5}' | '\u{1f5f7}' | '⊠' | '\u{2705}' => Some('☒'),
        '☐' | '□' | '◻' | '▢' | '❏' | '❐' | '❑' | '❒' | '\u{1f78e}' => Some('☐'),
        _ => None,
    }
}

/// The sign a symbol font shows for a code (0 to 255); `None` where the code itself is the better answer.
pub(super) fn sign(font: SymbolFont, code: u32) -> Option<char> {
    use SymbolFont::{Symbol, Webdings, Wingdings, Wingdings2};
    Some(match (font, code) {
        (Wingdings, 0x54 | 0x78 | 0xfd | 0xfe) | (Wingdings2, 0x51..=0x54) => '☒',
        (Wingdings, 0x6f..=0x72 | 0xa8) | (Wingdings2, 0x2a | 0x30 | 0xa3) | (Webdings, 0x31 | 0x63) => '☐',
        (Wingdings, 0xfc) | (Wingdings2, 0x50) | (Webdings, 0x61) => '✓',
        (Wingdings, 0xfb) | (Wingdings2, 0x4f) => '✗',
        (Wingdings, 0x6c | 0x6e | 0x77 | 0x9e | 0x9f | 0xa7) | (Symbol, 0xb7) => '•',
        (Wingdings, 0xd8) => '➢',
        (Wingdings, 0x76) => '❖',
        (Wingdings, 0xe0 | 0xe8 | 0xf0) | (Symbol, 0xae) => '→',
        (Symbol, 0xb3) => '≥',
        (Symbol, 0xa3) => '≤',
        (Symbol, 0xb9) => '≠',
        (Symbol, 0xb1) => '±',
        (Symbol, 0xb4) => '×',
        (Symbol, 0x53 | 0xe5) => 'Σ',
        (Symbol, 0x44) => 'Δ',
        (Symbol, 0x2d) => '−',
        (Symbol, 0x20..=0x7e) => char::from_u32(code)?,
        _ => return None,
    })
}

//! PDFs whose fonts are hostile.

use super::pdf::{A4, ANY, WORDS, file, stream};
use super::{Trap, trap};

/// A font that gives a width to each of four billion characters.
pub fn wide() -> Trap {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>";
    let descendant = "<</Type/Font/Subtype/CIDFontType0/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/W[0 4294967295 5]>>";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        &format!("<</Type/Page/Parent 2 0 R{A4}/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>"),
        font,
        &stream("", WORDS),
        descendant,
    ];
    trap("larghezze.pdf", file(&objects.map(str::to_owned), ""), ANY)
}

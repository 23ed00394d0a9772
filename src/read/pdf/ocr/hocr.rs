//! hOCR, the HTML that recognition programs print → words with boxes and confidences.

use scraper::{ElementRef, Html, Selector};

/// A word as recognised; all lengths in pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    pub text: String,
    /// Left, top, right, bottom.
    pub bounds: [f32; 4],
    /// Where its base line crosses its middle.
    pub base: f32,
    /// From the top of its line's ascenders to the bottom of its descenders.
    pub height: f32,
    /// 0 to 1.
    pub confidence: f32,
}

/// The words of a page in the order given.
pub(super) fn words(hocr: &str) -> Vec<Seen> {
    let page = Html::parse_document(hocr);
    let (Ok(lines), Ok(words)) =
        (Selector::parse(".ocr_line, .ocr_header, .ocr_caption, .ocr_textfloat"), Selector::parse(".ocrx_word"))
    else {
        return Vec::new();
    };
    page.select(&lines).flat_map(|line| words_of(&line, &words)).collect()
}

fn words_of(line: &ElementRef<'_>, words: &Selector) -> Vec<Seen> {
    let title = line.attr("title").unwrap_or_default();
    let Some([left, _, _, bottom]) = bounds(title) else { return Vec::new() };
    let (slope, offset) = match numbers(title, "baseline")[..] {
        [slope, offset] => (slope, offset),
        _ => (0.0, 0.0),
    };
    let height = numbers(title, "x_size").first().copied();
    let words = line.select(words).filter_map(|word| {
        let title = word.attr("title")?;
        let bounds = bounds(title)?;
        let text: String = word.text().collect::<String>().split_whitespace().collect();
        let middle = (bounds[0] + bounds[2]) / 2.0;
        let base = bottom + offset + slope * (middle - left);
        let confidence = numbers(title, "x_wconf").first().copied().unwrap_or(0.0) / 100.0;
        let height = height.unwrap_or(bounds[3] - bounds[1]);
        (!text.is_empty()).then_some(Seen { text, bounds, base, height, confidence: confidence.clamp(0.0, 1.0) })
    });
    words.collect()
}

fn bounds(title: &str) -> Option<[f32; 4]> {
    numbers(title, "bbox").try_into().ok()
}

/// The numbers of one property of a `title` ("bbox 1 2 3 4; x_wconf 90").
fn numbers(title: &str, property: &str) -> Vec<f32> {
    let own = title.split(';').find_map(|part| part.trim().strip_prefix(property)?.strip_prefix(' '));
    let parsed = own.into_iter().flat_map(str::split_whitespace).map_while(|n| n.parse::<f32>().ok());
    parsed.filter(|n| n.is_finite()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html><body><div class='ocr_page' title='image "stdin"; bbox 0 0 900 400; ppageno 0'>
      <span class='ocr_line' id='l1' title="bbox 100 50 500 90; baseline 0.01 -10; x_size 38; x_descenders 8">
       <span class='ocrx_word' id='w1' title='bbox 100 50 200 90; x_wconf 96'>Pi&amp;ù</span>
       <span class='ocrx_word' id='w2' title='bbox 300 52 500 84; x_wconf 41'><strong>15%</strong></span>
       <span class='ocrx_word' id='w3' title='bbox 510 52 520 84; x_wconf 95'> </span>
      </span>
      <span class='ocr_textfloat' id='l2' title="bbox 100 150 140 180"><span class='ocrx_word' title='bbox 100 150 140 180; x_wconf 7'>-</span></span>
    </div></body></html>"#;

    #[test]
    fn words_come_with_box_base_line_and_confidence() {
        let seen = words(PAGE);
        assert_eq!(seen.iter().map(|w| &*w.text).collect::<Vec<_>>(), ["Pi&ù", "15%", "-"]);
        assert_eq!(seen[0].bounds, [100.0, 50.0, 200.0, 90.0]);
        // 90 - 10, and half the word's distance from the line's start times the slope.
        assert!((seen[0].base - 80.5).abs() < 0.01 && (seen[1].base - 83.0).abs() < 0.01);
        assert_eq!((seen[0].height, seen[2].height), (38.0, 30.0));
        assert!((seen[1].confidence - 0.41).abs() < 0.001);
    }

    #[test]
    fn what_is_no_hocr_has_no_words() {
        assert!(words("").is_empty());
        assert!(words("<span class='ocr_line' title='bbox 1 2'><span class='ocrx_word'>x</span></span>").is_empty());
    }
}

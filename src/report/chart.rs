//! Charts as SVG, each with a title and a description that tell what it shows, or with a legend beside it.

use std::fmt::Write as _;

use super::document::Told;
use super::format::{Number, length};
use super::html::escape;
use rust_decimal::Decimal;

/// A bar of a chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    pub label: Told,
    /// Percent points; `None` where the document doesn't give it.
    pub value: Option<Decimal>,
}

/// Units of a chart's own scale.
const WIDTH: u32 = 320;
const LINE: u32 = 38;
/// The colour of bars: a contrast of at least 3 : 1 on white.
const COLOR: &str = "#0066cc";

/// Horizontal bars of 0 to 100 percent, one a document. `id` must be unique on the page; `title` is a text of the interface.
pub(super) fn bars(id: &str, title: &str, bars: &[Bar]) -> String {
    let height = bars.len() as u32 * LINE;
    let told = |label: fn(&Bar) -> &str| {
        let one = |bar: &Bar| format!("{}: {}", label(bar), bar.value.map_or("–".to_owned(), |v| percent(v) + "%"));
        escape(&bars.iter().map(one).collect::<Vec<_>>().join("; "))
    };
    let mut out = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}t {id}d\"><title id=\"{id}t\" data-i>{}\
         </title><desc id=\"{id}d\" data-en=\"{}\">{}</desc>",
        escape(title),
        told(|bar| &bar.label.en),
        told(|bar| &bar.label.it),
    );
    for (place, bar) in (0..).zip(bars) {
        let top = place * LINE;
        let (value, size) = match bar.value {
            Some(value) => (percent(value) + "%", length(value) * (WIDTH - 66) / 100),
            None => ("–".to_owned(), 0),
        };
        // Writing to a string doesn't fail.
        let _ = write!(
            out,
            "<g><text x=\"0\" y=\"{}\" class=\"l\" data-en=\"{}\">{}</text><rect x=\"0\" y=\"{}\" width=\"{}\" height=\"12\" class=\"r\"/>\
             <rect x=\"0\" y=\"{}\" width=\"{size}\" height=\"12\" fill=\"{COLOR}\"/><text x=\"{WIDTH}\" y=\"{}\" class=\"v\" \
             data-n>{value}</text></g>",
            top + 13,
            escape(&bar.label.en),
            escape(&bar.label.it),
            top + 18,
            WIDTH - 66,
            top + 18,
            top + 29,
        );
    }
    out.push_str("</svg>");
    out
}

/// How many subjects fell into each of a few classes: a row of parts of one bar, each with a count and a colour. The legend
/// beside it tells the same in words.
pub(super) fn parts(parts: &[(usize, &str)]) -> String {
    let all: usize = parts.iter().map(|(n, _)| n).sum();
    let mut out =
        "<svg viewBox=\"0 0 1000 24\" preserveAspectRatio=\"none\" class=\"parts\" aria-hidden=\"true\">".to_owned();
    let mut before = 0;
    for (n, color) in parts.iter().filter(|(n, _)| *n > 0) {
        let (from, to) = (before * 1000 / all.max(1), (before + n) * 1000 / all.max(1));
        let width = (to - from).saturating_sub(2);
        let _ = write!(out, "<rect x=\"{from}\" y=\"0\" width=\"{width}\" height=\"24\" fill=\"{color}\"/>");
        before += n;
    }
    out.push_str("</svg>");
    out
}

fn percent(value: Decimal) -> String {
    Number::plain(value.round_dp(1)).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_tells_what_it_shows() {
        let told = |it: &str, en: &str| Told { it: it.to_owned(), en: en.to_owned() };
        let all = [
            Bar { label: told("A <b> 2019", "A <i> 2019"), value: Some(Decimal::new(7263, 2)) },
            Bar { label: told("B", "B"), value: None },
        ];
        let svg = bars("m1", "Quote", &all);
        let desc = "<desc id=\"m1d\" data-en=\"A &lt;i&gt; 2019: 72,6%; B: –\">A &lt;b&gt; 2019: 72,6%; B: –</desc>";
        assert!(svg.contains(desc), "{svg}");
        assert!(!svg.contains("<b>"));
    }

    #[test]
    fn parts_fill_the_whole_bar() {
        let svg = parts(&[(1, "#000"), (0, "#111"), (3, "#222")]);
        assert!(
            svg.contains("x=\"0\" y=\"0\" width=\"248\"") && svg.contains("x=\"250\" y=\"0\" width=\"748\""),
            "{svg}"
        );
        assert!(parts(&[]).ends_with("\"></svg>"));
    }
}

//! Charts as SVG, each with a title and a description that tell what it shows.

use std::fmt::Write as _;

use super::format::{Number, length};
use super::html::escape;
use rust_decimal::Decimal;

/// A bar of a chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    pub label: String,
    /// Percent points; `None` where the document doesn't give it.
    pub value: Option<Decimal>,
}

/// Units of a chart's own scale.
const WIDTH: u32 = 320;
const LINE: u32 = 38;
/// The colours of documents, one after the other; each has a contrast of at least 3 : 1 on white.
const COLORS: [&str; 6] = ["#0066cc", "#17324d", "#008055", "#a66300", "#8c3fa6", "#5c6f82"];

/// Horizontal bars of 0 to 100 percent, one a document. `id` must be unique on the page.
pub(super) fn bars(id: &str, title: &str, bars: &[Bar]) -> String {
    let height = bars.len() as u32 * LINE;
    let told: Vec<String> = bars
        .iter()
        .map(|bar| format!("{}: {}", bar.label, bar.value.map_or_else(|| "–".to_owned(), |v| percent(v) + "%")))
        .collect();
    let mut out = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}t {id}d\"><title id=\"{id}t\">{}</title>\
         <desc id=\"{id}d\">{}</desc>",
        escape(title),
        escape(&told.join("; ")),
    );
    for ((place, bar), color) in (0..).zip(bars).zip(COLORS.iter().cycle()) {
        let top = place * LINE;
        let (value, size) = match bar.value {
            Some(value) => (percent(value) + "%", length(value) * (WIDTH - 66) / 100),
            None => ("–".to_owned(), 0),
        };
        // Writing to a string doesn't fail.
        let _ = write!(
            out,
            "<g><text x=\"0\" y=\"{}\" class=\"l\">{}</text><rect x=\"0\" y=\"{}\" width=\"{}\" height=\"12\" class=\"r\"/>\
             <rect x=\"0\" y=\"{}\" width=\"{size}\" height=\"12\" fill=\"{color}\"/><text x=\"{WIDTH}\" y=\"{}\" class=\"v\" \
             data-n>{value}</text></g>",
            top + 13,
            escape(&bar.label),
            top + 18,
            WIDTH - 66,
            top + 18,
            top + 29,
        );
    }
    out.push_str("</svg>");
    out
}

/// How many subjects fell into each of a few classes: a row of parts of one bar. Each part has a text, a count and a colour.
pub(super) fn parts(id: &str, title: &str, parts: &[(&str, usize, &str)]) -> String {
    let all: usize = parts.iter().map(|(_, n, _)| n).sum();
    let told: Vec<String> = parts.iter().map(|(label, n, _)| format!("{label}: {n}")).collect();
    let mut out = format!(
        "<svg viewBox=\"0 0 1000 24\" preserveAspectRatio=\"none\" class=\"parts\" role=\"img\" aria-labelledby=\"{id}t {id}d\">\
         <title id=\"{id}t\">{}</title><desc id=\"{id}d\">{}</desc>",
        escape(title),
        escape(&told.join("; ")),
    );
    let mut before = 0;
    for (_, n, color) in parts.iter().filter(|(_, n, _)| *n > 0) {
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
        let all = [
            Bar { label: "A <b> 2019".to_owned(), value: Some(Decimal::new(7263, 2)) },
            Bar { label: "B".to_owned(), value: None },
        ];
        let svg = bars("m1", "Quote", &all);
        assert!(svg.contains("<desc id=\"m1d\">A &lt;b&gt; 2019: 72,6%; B: –</desc>"), "{svg}");
        assert!(!svg.contains("<b>"));
    }

    #[test]
    fn parts_fill_the_whole_bar() {
        let svg = parts("p", "Esiti", &[("a", 1, "#000"), ("b", 0, "#111"), ("c", 3, "#222")]);
        assert!(
            svg.contains("x=\"0\" y=\"0\" width=\"248\"") && svg.contains("x=\"250\" y=\"0\" width=\"748\""),
            "{svg}"
        );
        assert!(parts("p", "Esiti", &[]).ends_with("</desc></svg>"));
    }
}

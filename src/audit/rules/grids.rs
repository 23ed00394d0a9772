//! The document's tables as rows of printed cells, and the figures in them, for rules that don't ask what a table is about.

use rust_decimal::Decimal;

use crate::audit::view::View;
use crate::extract::{Passage, Printed};

/// The rows of each table, in reading order.
pub(super) fn tables<'a>(view: &View<'a>) -> Vec<Vec<&'a Passage>> {
    let mut out: Vec<(usize, Vec<&Passage>)> = Vec::new();
    for passage in &view.plan.passages {
        let Some(table) = passage.table else { continue };
        match out.iter_mut().rev().find(|(known, _)| *known == table) {
            Some((_, rows)) => rows.push(passage),
            None => out.push((table, vec![passage])),
        }
    }
    out.into_iter().map(|(_, rows)| rows).collect()
}

/// The cell of a row that starts in a column.
pub(super) fn cell_at(row: &Passage, column: u32) -> Option<&Printed> {
    row.columns.iter().position(|c| *c == column).and_then(|at| row.cells.get(at))
}

/// A cell that holds one figure and nothing else.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub value: Decimal,
    pub percent: bool,
    /// Printed decimals.
    pub places: u32,
}

/// "1.234,50", "€ 40", "97,5%"; `None` for all other texts.
pub(super) fn figure(text: &str) -> Option<Figure> {
    let text = text.trim();
    let percent = text.ends_with('%');
    let bare = text.trim_end_matches('%').trim().trim_start_matches('€').trim_end_matches('€').trim();
    let (sign, digits) = match bare.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", bare.trim_start_matches('+')),
    };
    let (whole, fraction) = digits.split_once(',').unwrap_or((digits, ""));
    let plain = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let mut groups = whole.split('.');
    let head = groups.next().filter(|h| !h.is_empty() && plain(h))?;
    let grouped: Vec<&str> = groups.collect();
    if !plain(fraction)
        || grouped.iter().any(|g| g.len() != 3 || !plain(g))
        || !grouped.is_empty() && head.len() > 3
        || digits.ends_with(',')
    {
        return None;
    }
    let value = format!("{sign}{}.{}", whole.replace('.', ""), if fraction.is_empty() { "0" } else { fraction });
    let places = u32::try_from(fraction.len()).unwrap_or(0);
    Some(Figure { value: value.parse::<Decimal>().ok()?.normalize(), percent, places })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_the_whole_cell() {
        let value = |text: &str| figure(text).map(|f| f.value.to_string());
        assert_eq!(value("1.234,50").as_deref(), Some("1234.5"));
        assert_eq!(value("€ 40").as_deref(), Some("40"));
        assert_eq!(value("-2,5%").as_deref(), Some("-2.5"));
        for text in ["12 eventi", "30/6", "1.23", "1,", "", "%", "2019-2021"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}

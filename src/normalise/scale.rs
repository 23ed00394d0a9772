//! The chamber's size: of several statements the one made most often, with its day.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use rust_decimal::Decimal;

use super::plan::Scale;
use crate::extract::{PrintedScale, ScaleKind};

/// Of each kind the figure that is stated most often, the first of those stated equally often.
pub(super) fn scale(printed: Vec<PrintedScale>) -> Vec<Scale> {
    [ScaleKind::Enterprises, ScaleKind::Employees].into_iter().filter_map(|kind| most_stated(&printed, kind)).collect()
}

fn most_stated(printed: &[PrintedScale], kind: ScaleKind) -> Option<Scale> {
    let of_kind = || printed.iter().filter(|statement| statement.kind == kind);
    let times = |figure: &str| of_kind().filter(|statement| statement.figure == figure).count();
    // The first of the maximal ones: `max_by_key` would give the last.
    let chosen = of_kind().reduce(|best, next| if times(&next.figure) > times(&best.figure) { next } else { best })?;
    let value: Decimal = chosen.figure.replace('.', "").parse().ok()?;
    // The first of the statements with this figure that tells its day gives the place too.
    let dated = of_kind().filter(|s| s.figure == chosen.figure).find_map(|s| Some((s, day(&s.context.raw)?)));
    let (statement, day) = dated.map_or((chosen, None), |(statement, day)| (statement, Some(day)));
    Some(Scale { kind, value, day, raw: statement.context.raw.clone(), source: statement.context.source.clone() })
}

/// "al 31.12.2019", "all'1.1.2020", "31 dicembre 2019", "a fine 2019", "dicembre 2019".
fn day(words: &str) -> Option<Date> {
    static DAY: LazyLock<[Regex; 3]> = LazyLock::new(|| {
        // Constant patterns, compiled by the tests below.
        let pattern = |text: &str| Regex::new(text).expect("constant pattern");
        [
            pattern(r"\b(\d{1,2})[./-](\d{1,2})[./-](20\d\d)\b"),
            pattern(r"(?i)\b(?:31\s+)?dicembre\s+(20\d\d)\b"),
            pattern(r"(?i)\bfine\s+(20\d\d)\b"),
        ]
    });
    let [numeric, december, end] = &*DAY;
    if let Some(found) = numeric.captures(words) {
        let part = |index: usize| found.get(index).map(|part| part.as_str());
        return Date::new(part(3)?.parse().ok()?, part(2)?.parse().ok()?, part(1)?.parse().ok()?).ok();
    }
    let year = december.captures(words).or_else(|| end.captures(words))?;
    Date::new(year.get(1)?.as_str().parse().ok()?, 12, 31).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::extract::Printed;

    fn statement(figure: &str, words: &str) -> PrintedScale {
        PrintedScale {
            kind: ScaleKind::Enterprises,
            figure: figure.to_owned(),
            context: Printed::new(words.to_owned(), Source::default()),
        }
    }

    #[test]
    fn the_figure_stated_most_often_counts() {
        let printed = vec![
            statement("118.000", "imprese registrate 118.000"),
            statement("117.576", "imprese registrate 117.576"),
            statement("117.576", "imprese registrate 117.576 (dicembre 2019)"),
        ];
        let scale = scale(printed).remove(0);
        assert_eq!((scale.value, scale.day), (Decimal::from(117_576), Some(Date::constant(2019, 12, 31))));
    }

    #[test]
    fn days_are_read() {
        for (words, date) in [
            ("All'1.1.2020 la CCIAA", Date::constant(2020, 1, 1)),
            ("al 31.12.2019, l'organico", Date::constant(2019, 12, 31)),
            ("registrate a fine 2019 sono", Date::constant(2019, 12, 31)),
            ("Al 31 dicembre 2019 risultano", Date::constant(2019, 12, 31)),
        ] {
            assert_eq!(day(words), Some(date), "{words}");
        }
        assert_eq!(day("imprese registrate 5"), None);
    }
}

//! A run of digits and separators, as an exact decimal.

use std::str::FromStr;

use rust_decimal::Decimal;

/// A printed figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figure {
    /// With the printed number of decimals.
    pub(crate) value: Decimal,
    /// Digits only, no separator: the form years, days and codes are printed in.
    pub(crate) plain: bool,
    /// Digits, a point and a single zero ("4.0"): the form versions are printed in.
    pub(crate) version: bool,
}

/// Reads one run of digits with points, commas and apostrophes between them, in Italian form: points and apostrophes
/// group thousands, the comma opens the decimals.
///
/// A lone point before exactly three digits groups thousands ("1.798") unless nothing but zero stands before it
/// ("0.500"); before any other number of digits it opens decimals ("2.5"). Grouping commas with one decimal point
/// behind them are read the English way ("1,234.56"), as no Italian figure looks like that.
/// `None` where the groups make no figure, or where it has more digits than a decimal holds.
pub(crate) fn read_figure(run: &str) -> Option<Figure> {
    let joined;
    let run = if run.contains('\'') {
        let head = run.split([',', '.']).next().unwrap_or(run);
        if !grouped(head, '\'') || run.matches('\'').count() != head.matches('\'').count() {
            return None;
        }
        joined = run.replace('\'', "");
        &joined
    } else {
        run
    };
    let (whole, decimals) = split(run)?;
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") };
    // `from_str_exact` refuses what it would have to round.
    let value = Decimal::from_str_exact(&text).ok()?;
    Some(Figure { value, plain: !run.contains(['.', ',']), version: run.len() <= 4 && run.ends_with(".0") })
}

/// The digits before and after the decimal separator.
fn split(run: &str) -> Option<(String, String)> {
    let points = run.matches('.').count();
    let commas = run.matches(',').count();
    match (points, commas) {
        (0, 0) => Some((run.to_owned(), String::new())),
        (0, 1) => run.split_once(',').map(|(whole, decimals)| (whole.to_owned(), decimals.to_owned())),
        (1, 0) => {
            let (whole, decimals) = run.split_once('.')?;
            if grouped(run, '.') {
                Some((format!("{whole}{decimals}"), String::new()))
            } else {
                Some((whole.to_owned(), decimals.to_owned()))
            }
        }
        (_, 0) => grouped(run, '.').then(|| (run.replace('.', ""), String::new())),
        (0, _) => grouped(run, ',').then(|| (run.replace(',', ""), String::new())),
        (_, 1) if run.rfind(',') > run.rfind('.') => {
            let (whole, decimals) = run.split_once(',')?;
            grouped(whole, '.').then(|| (whole.replace('.', ""), decimals.to_owned()))
        }
        (1, _) if run.rfind('.') > run.rfind(',') => {
            let (whole, decimals) = run.split_once('.')?;
            grouped(whole, ',').then(|| (whole.replace(',', ""), decimals.to_owned()))
        }
        _ => None,
    }
}

/// One to three digits that aren't a lone zero, then groups of three.
fn grouped(run: &str, separator: char) -> bool {
    let mut groups = run.split(separator);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && rest.peek().is_some() && rest.all(|g| g.len() == 3)
}

/// Whether `run` is a plain four-digit year this program knows of.
pub(crate) fn year(run: &str) -> Option<i16> {
    if run.len() != 4 || !run.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    i16::from_str(run).ok().filter(|year| (1990..=2099).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(run: &str) -> Option<String> {
        read_figure(run).map(|figure| figure.value.to_string())
    }

    #[test]
    fn points_group_thousands_and_commas_open_decimals() {
        for (run, value) in [
            ("1.798", "1798"),
            ("12.000", "12000"),
            ("1.234.567", "1234567"),
            ("612.863,800", "612863.800"),
            ("659.206,67", "659206.67"),
            ("14,00", "14.00"),
            ("10,000", "10.000"),
            ("1'200", "1200"),
            ("1'234'567,50", "1234567.50"),
            ("1600", "1600"),
        ] {
            assert_eq!(read(run).as_deref(), Some(value), "{run}");
        }
    }

    #[test]
    fn a_point_that_groups_nothing_opens_decimals() {
        for (run, value) in [("1.5", "1.5"), ("12.50", "12.50"), ("0.500", "0.500"), ("1500.250", "1500.250")] {
            assert_eq!(read(run).as_deref(), Some(value), "{run}");
        }
        assert_eq!(read("1,234.56").as_deref(), Some("1234.56"));
    }

    #[test]
    fn groups_that_make_no_figure_are_refused() {
        for run in ["1.23,5", "1.2.3", "1,2,3", "1.234.56", "1'20", "12'3456", "1.500'000"] {
            assert_eq!(read(run), None, "{run}");
        }
        assert_eq!(read(&"9".repeat(60)), None);
        assert_eq!(read(&format!("0,{}", "3".repeat(60))), None);
    }
}

//! Days in a text, as Italians write them.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::document::{MONTHS, month};

/// A day in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Day<'t> {
    pub raw: &'t str,
    pub start: usize,
    pub end: usize,
    /// `None` where the calendar has no such day.
    pub date: Option<Date>,
}

/// "21.04.2019", "3/5/19", "26 novembre 2019", in the order of the text.
pub(super) fn days(text: &str) -> Vec<Day<'_>> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(&format!(
            r"(?i)\b(\d{{1,2}})\s?[°º]?\s*([./-]|\s(?:{MONTHS})\s)\s*(?:(\d{{1,2}})[./-])?(\d{{4}}|\d{{2}})\b"
        ))
        .expect("constant pattern")
    });
    let mut out = Vec::new();
    for found in DAY.captures_iter(text) {
        let (Some(whole), Ok(day)) = (found.get(0), found[1].parse::<i8>()) else { continue };
        let name = found[2].trim().to_lowercase();
        let month = match found.get(3) {
            Some(month) if name.len() == 1 => month.as_str().parse::<i8>().ok(),
            None => month(&name),
            Some(_) => None,
        };
        let (Some(month), Ok(year)) = (month, found[4].parse::<i16>()) else { continue };
        // Two figures are a year only between slashes or points that both stand there: "3.5.19" may be a paragraph.
        if found[4].len() == 2 && name != "/" {
            continue;
        }
        let year = if found[4].len() == 2 { 2000 + year } else { year };
        if !(1900..2100).contains(&year) {
            continue;
        }
        out.push(Day {
            raw: whole.as_str(),
            start: whole.start(),
            end: whole.end(),
            date: Date::new(year, month, day).ok(),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_a_text() {
        let text =
            "dal 21.04.2019 al 3/5/19, il 26 novembre 2019 e il 31/06/2020; par. 3.1.2, n. 150/2009, art. 1.2.20";
        let found: Vec<(&str, Option<Date>)> = days(text).into_iter().map(|d| (d.raw, d.date)).collect();
        assert_eq!(
            found,
            [
                ("21.04.2019", Some(Date::constant(2019, 4, 21))),
                ("3/5/19", Some(Date::constant(2019, 5, 3))),
                ("26 novembre 2019", Some(Date::constant(2019, 11, 26))),
                ("31/06/2020", None),
            ]
        );
    }
}

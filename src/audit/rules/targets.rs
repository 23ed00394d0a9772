//! Comparing a target with another value of the same indicator.

use std::sync::LazyLock;

use regex::Regex;

use super::prelude::*;

/// The numbers of two values that count the same thing; `None` where they don't, or where either has several figures.
pub(super) fn comparable(a: &Measure, b: &Measure) -> Option<(Decimal, Decimal)> {
    alike(&a.reading, &b.reading).then(|| Some((number(a)?, number(b)?)))?
}

/// The leading numbers of two values, then those that count the same noun in both: "a sample of 3.766 … in 6 meetings" against
/// "… 5.500 … in 4 meetings".
pub(super) fn comparable_parts(a: &Measure, b: &Measure) -> Vec<(Decimal, Decimal)> {
    let mut out: Vec<(Decimal, Decimal)> = comparable(a, b).into_iter().collect();
    let (x, y) = (counted(&a.raw), counted(&b.raw));
    let several = x.len().max(y.len()) > 1 || a.raw.contains(" e ") || b.raw.contains(" in ");
    for (number, noun) in x.iter().filter(|_| several) {
        let twin = y.iter().find(|(_, other)| other == noun).map(|(other, _)| (*number, *other));
        out.extend(twin.filter(|pair| !out.contains(pair)));
    }
    out
}

/// The word behind a figure in a text, where one stands there: "4 riunioni" of "… in 4 riunioni".
pub(super) fn noun_of(text: &str, figure: Decimal) -> Option<String> {
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(\d{1,3}(?:\.\d{3})+|\d+)\s+(\p{L}{5,})").expect("constant pattern")
    });
    let of = |m: regex::Captures<'_>| (m[1].replace('.', "").parse() == Ok(figure)).then(|| m[2].to_lowercase());
    COUNTED.captures_iter(text).find_map(of)
}

/// Figures with the noun right behind them, by its first six letters.
fn counted(text: &str) -> Vec<(Decimal, String)> {
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(\d{1,3}(?:\.\d{3})+|\d+)\s+([a-zà-ù]{5,})").expect("constant pattern")
    });
    let lower = text.to_lowercase();
    let pair = |m: regex::Captures<'_>| Some((m[1].replace('.', "").parse().ok()?, m[2].chars().take(6).collect()));
    COUNTED.captures_iter(&lower).filter_map(pair).collect()
}

/// Whether two values are the same: number, answer or day. Operators don't matter: "3" and "<=3" ask for the same.
pub(super) fn equal(a: &Measure, b: &Measure) -> bool {
    let (x, y) = (&a.reading, &b.reading);
    alike(x, y) && x.value.is_some() && x.value == y.value && x.value_high == y.value_high
}

/// Whether an indicator counts what adds up over the year: no mean, rate, time or level.
pub(super) fn adds_up(indicator: &Indicator) -> bool {
    const LEVELS: [&str; 17] = [
        "medi", "grado", "indice", "tasso", "percen", "tempo", "tempi", "durata", "giorni", "soddis", "gradim",
        "livell", "quota", "rapport", "incid", "costo", "riduz",
    ];
    // A bracket explains; "D.P.R. 247/2004" is no ratio.
    let name = indicator.name.split('(').next().unwrap_or_default();
    let text = key(&format!("{name} {}", indicator.unit.as_deref().unwrap_or_default()));
    !text.split(' ').any(|w| LEVELS.iter().any(|l| w.starts_with(l))) && !name.contains(['%', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::measure;

    #[test]
    fn further_figures_are_compared_by_their_noun() {
        let found = comparable_parts(
            &measure("esame di 5.500 istanze in 5 riunioni"),
            &measure("esame di 7.000 istanze in 4 riunioni"),
        );
        let told: Vec<String> = found.iter().map(|(a, b)| format!("{a} {b}")).collect();
        assert_eq!(told, ["5500 7000", "5 4"]);
        assert!(comparable_parts(&measure("si"), &measure("3 eventi")).is_empty());
        assert_eq!(noun_of("esame di 7.000 istanze in 4 riunioni", Decimal::from(4)).as_deref(), Some("riunioni"));
    }
}

//! Two indicators' values side by side: which of them can be compared, in which unit, or why none can.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::fixed::{self, Word};
use crate::normalise::{DatedMeasure, Indicator, Kind, Plan, Value};

/// An indicator as a match or a row of years shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Side {
    pub document_id: String,
    pub source_file: String,
    /// The chamber's name.
    pub entity: Option<String>,
    pub year: Option<i16>,
    pub indicator_id: String,
    pub name: String,
    pub objective_title: Option<String>,
    /// The value that the comparison rests on, or the one that stands nearest where it rests on none.
    pub shown: Option<Shown>,
}

/// A printed value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// "baseline", "target" or "actual".
    #[serde(deserialize_with = "fixed::word")]
    pub role: Word,
    pub period: Option<Date>,
    pub raw: String,
    /// The type, as in the dataset.
    #[serde(deserialize_with = "fixed::word")]
    pub kind: Word,
    pub value: Option<Decimal>,
    pub unit: Option<String>,
}

/// What can be said of two indicators' values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beside {
    pub left: Option<Shown>,
    pub right: Option<Shown>,
    /// The unit of both and their values in it, or why they can't stand side by side.
    pub common: Result<(String, Decimal, Decimal), Apart>,
}

/// Why two values can't stand side by side; the reasons are in Italian.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Apart {
    /// Something else is measured of the same matter: the units differ, or the terms that shares are counted by.
    Measure(String),
    /// The same is measured, at other times or not in figures.
    Values(String),
}

impl Apart {
    pub(super) fn reason(self) -> String {
        match self {
            Apart::Measure(why) | Apart::Values(why) => why,
        }
    }
}

impl Beside {
    /// The same with the sides exchanged.
    pub(super) fn turned(self) -> Self {
        let common = self.common.map(|(unit, left, right)| (unit, right, left));
        Beside { left: self.right, right: self.left, common }
    }
}

impl Side {
    pub(super) fn of(plan: &Plan, indicator: &Indicator) -> Self {
        let card = &plan.card;
        let objective = indicator.objective.and_then(|index| plan.objectives.get(index));
        Side {
            document_id: card.document_id.clone(),
            source_file: card.source_file.clone(),
            entity: card.entity.map(|entity| entity.name.clone()),
            year: card.year,
            indicator_id: indicator.indicator_id.clone(),
            name: indicator.name.clone(),
            objective_title: objective.map(|objective| objective.title.clone()),
            shown: None,
        }
    }
}

impl Shown {
    pub(super) fn of(role: &'static str, dated: &DatedMeasure) -> Self {
        let reading = &dated.measure.reading;
        Shown {
            role,
            period: dated.period,
            raw: dated.measure.raw.clone(),
            kind: reading.kind.as_str(),
            value: number(dated),
            unit: reading.unit.clone(),
        }
    }
}

/// The kinds of quantity that can stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    Count,
    Percent,
    Euro,
    Days,
    /// Yes or no, a day, words.
    None,
}

impl Quantity {
    /// What an indicator measures in: told by its targets, else by its results.
    pub(super) fn of(indicator: &Indicator) -> Self {
        let values = indicator.targets.iter().chain(&indicator.actuals).chain(&indicator.baseline);
        values.map(quantity).find(|quantity| *quantity != Quantity::None).unwrap_or(Quantity::None)
    }

    /// Itself, or what a number without a unit counts.
    pub(super) fn or_plain(self, plain: Quantity) -> Self {
        if self == Quantity::Count { plain } else { self }
    }

    fn name(self) -> &'static str {
        match self {
            Quantity::Count => "un numero",
            Quantity::Percent => "una percentuale",
            Quantity::Euro => "una somma in euro",
            Quantity::Days => "una durata",
            Quantity::None => "un testo, un sì o no, o una data",
        }
    }

    /// The unit in which two values stand side by side.
    pub(super) fn unit(self) -> &'static str {
        match self {
            Quantity::None => "",
            Quantity::Count => "numero",
            Quantity::Percent => "percento",
            Quantity::Euro => "EUR",
            Quantity::Days => "giorni",
        }
    }
}

fn quantity(dated: &DatedMeasure) -> Quantity {
    let reading = &dated.measure.reading;
    match reading.kind {
        Kind::Number => Quantity::Count,
        Kind::Percent | Kind::Ratio => Quantity::Percent,
        Kind::Currency => Quantity::Euro,
        Kind::Duration if days_in(reading.unit.as_deref()).is_some() => Quantity::Days,
        Kind::Range if reading.unit.as_deref() == Some("%") => Quantity::Percent,
        Kind::Range => Quantity::Count,
        _ => Quantity::None,
    }
}

/// How many days a unit of time has; months and years are no fixed number of days.
fn days_in(unit: Option<&str>) -> Option<Decimal> {
    match unit? {
        "days" => Some(Decimal::ONE),
        "hours" => Decimal::ONE.checked_div(Decimal::from(24)),
        "weeks" => Some(Decimal::from(7)),
        _ => None,
    }
}

/// The number a value is, as printed.
pub(super) fn number(dated: &DatedMeasure) -> Option<Decimal> {
    match dated.measure.reading.value {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    }
}

/// The value in its quantity's unit.
fn in_unit(dated: &DatedMeasure) -> Option<Decimal> {
    let reading = &dated.measure.reading;
    let value = number(dated)?;
    match reading.kind {
        Kind::Ratio => value.checked_mul(Decimal::ONE_HUNDRED),
        Kind::Duration => value.checked_mul(days_in(reading.unit.as_deref())?),
        _ => Some(value),
    }
}

/// The term within which something is to be done, where an indicator counts by one: "entro 5 giorni", "termini di legge".
fn term(indicator: &Indicator) -> Option<String> {
    static DAYS: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the tests below.
        Regex::new(r"(?i)\b(?P<n>\d+)\s*(?P<unit>gg|giorn[oi]|or[ae]|mes[ei])\b").expect("constant pattern")
    });
    static LAW: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the tests below.
        Regex::new(r"(?i)\btermin[ie]\s+(?:di\s+legge|previst|stabilit|legal|normativ)").expect("constant pattern")
    });
    let texts = [Some(indicator.name.as_str()), indicator.algorithm.as_deref()];
    if let Some(found) = texts.into_iter().flatten().find_map(|text| DAYS.captures(text)) {
        let unit = match found.name("unit")?.as_str().to_lowercase().get(..1)? {
            "g" => "giorni",
            "o" => "ore",
            _ => "mesi",
        };
        return Some(format!("entro {} {unit}", found.name("n")?.as_str()));
    }
    let law = texts.into_iter().flatten().any(|text| LAW.is_match(text));
    law.then(|| "nei termini di legge".to_owned())
}

/// Why two shares are counted by different terms; `None` where they aren't.
fn other_term(left: &Indicator, right: &Indicator) -> Option<String> {
    let quoted = |term: &Option<String>| term.as_ref().map_or("nessuno".to_owned(), |term| format!("«{term}»"));
    let (a, b) = (term(left), term(right));
    (a != b).then(|| format!("termini diversi: {} e {}", quoted(&a), quoted(&b)))
}

/// An indicator and the year its document is of.
pub(super) type OfYear<'i> = (&'i Indicator, Option<i16>);

/// Puts two indicators' values side by side: results of the same day of the year, else targets; of several those of their
/// documents' years. `plain` is what numbers without a unit count.
pub(super) fn beside((left, left_year): OfYear<'_>, (right, right_year): OfYear<'_>, plain: Quantity) -> Beside {
    let (a, b) = (Quantity::of(left).or_plain(plain), Quantity::of(right).or_plain(plain));
    let apart = |why: Apart| {
        let shown = |indicator, year| {
            let mut lists = lists(indicator).into_iter();
            lists.find_map(|(role, list)| nearest(list, year).map(|dated| Shown::of(role, dated)))
        };
        Beside { left: shown(left, left_year), right: shown(right, right_year), common: Err(why) }
    };
    if a == Quantity::None && b == Quantity::None {
        return apart(Apart::Values("nessuno dei due ha un valore numerico".to_owned()));
    }
    if a != b {
        return apart(Apart::Measure(format!("unità diverse: {} e {}", a.name(), b.name())));
    }
    if let (Quantity::Percent, Some(why)) = (a, other_term(left, right)) {
        return apart(Apart::Measure(why));
    }
    for ((role, ones), (_, others)) in lists(left).into_iter().zip(lists(right)) {
        let pairs = ones.iter().flat_map(|x| others.iter().map(move |y| (x, y)));
        let fits = pairs.filter_map(|(x, y)| {
            let (p, q) = x.period.zip(y.period).filter(|(p, q)| (p.month(), p.day()) == (q.month(), q.day()))?;
            let values = (quantity(x).or_plain(plain) == a && quantity(y).or_plain(plain) == b)
                .then_some((in_unit(x)?, in_unit(y)?))?;
            Some((off(p, left_year) + off(q, right_year), x, y, values))
        });
        // Of several as near the last: a revised value stands behind the one it replaces.
        if let Some((_, x, y, (p, q))) = fits.min_by(|a, b| a.0.cmp(&b.0).then(std::cmp::Ordering::Greater)) {
            let common = Ok((a.unit().to_owned(), p, q));
            return Beside { left: Some(Shown::of(role, x)), right: Some(Shown::of(role, y)), common };
        }
    }
    apart(Apart::Values("nessun risultato né obiettivo allo stesso giorno dell'anno".to_owned()))
}

/// What can be compared, the weightier first, with its role.
fn lists(indicator: &Indicator) -> [(&'static str, &[DatedMeasure]); 2] {
    [("actual", &indicator.actuals), ("target", &indicator.targets)]
}

/// How many years a day is off a document's year; 0 where the document tells none.
fn off(day: Date, year: Option<i16>) -> u16 {
    year.map_or(0, |year| day.year().abs_diff(year))
}

/// The last value of the days that are nearest to a year.
fn nearest(list: &[DatedMeasure], year: Option<i16>) -> Option<&DatedMeasure> {
    list.iter().rev().min_by_key(|dated| dated.period.map_or(0, |day| off(day, year)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{indicator, set_actual, set_target};

    const fn end(year: i16) -> Option<Date> {
        Some(Date::constant(year, 12, 31))
    }

    fn of(name: &str, targets: &[(i16, &str)]) -> Indicator {
        let mut one = indicator("1");
        one.name = name.to_owned();
        for (year, target) in targets {
            set_target(&mut one, end(*year), target);
        }
        one
    }

    #[test]
    fn values_of_the_documents_own_years_stand_side_by_side() {
        let (a, b) = (of("a", &[(2021, "4"), (2022, "5"), (2023, "6")]), of("b", &[(2019, "3")]));
        let both = beside((&a, Some(2021)), (&b, Some(2019)), Quantity::Count);
        assert_eq!(both.common, Ok(("numero".to_owned(), 4.into(), 3.into())));
        assert_eq!(both.left.and_then(|shown| shown.period), end(2021));
        assert_eq!(
            beside((&a, None), (&b, None), Quantity::Count).common,
            Ok(("numero".to_owned(), 6.into(), 3.into()))
        );
    }

    #[test]
    fn results_stand_before_targets() {
        let (mut a, mut b) = (of("a", &[(2019, "4")]), of("b", &[(2019, "3")]));
        set_actual(&mut a, end(2019), "9");
        set_actual(&mut b, end(2019), "8");
        assert_eq!(
            beside((&a, None), (&b, None), Quantity::Count).common,
            Ok(("numero".to_owned(), 9.into(), 8.into()))
        );
    }

    #[test]
    fn other_units_and_other_terms_measure_something_else() {
        let within = |days: &str| of(&format!("Pratiche evase entro {days}"), &[(2019, "80%")]);
        let apart = |a: &Indicator, b: &Indicator| beside((a, None), (b, None), Quantity::Count).common.unwrap_err();
        assert_eq!(
            apart(&within("2 giorni solari"), &within("i 5 gg")),
            Apart::Measure("termini diversi: «entro 2 giorni» e «entro 5 giorni»".to_owned())
        );
        assert!(
            beside(
                (&within("5 giorni"), None),
                (&of("Pratiche nei termini previsti (5 gg)", &[(2019, "1%")]), None),
                Quantity::Count
            )
            .common
            .is_ok()
        );
        let (count, law) = (of("Pratiche", &[(2019, "80")]), of("Pratiche nei termini di legge", &[(2019, "80%")]));
        assert_eq!(apart(&count, &law), Apart::Measure("unità diverse: un numero e una percentuale".to_owned()));
        assert!(matches!(apart(&law, &within("5 gg")), Apart::Measure(_)));
        assert!(matches!(apart(&of("a", &[]), &of("b", &[])), Apart::Values(_)));
    }

    #[test]
    fn a_number_without_a_unit_is_of_the_one_it_can_only_be_of() {
        let (a, b) = (of("Tempo medio", &[(2019, "26")]), of("Tempo medio", &[(2019, "21 gg")]));
        assert!(beside((&a, None), (&b, None), Quantity::Count).common.is_err());
        let days = Ok(("giorni".to_owned(), 26.into(), 21.into()));
        assert_eq!(beside((&a, None), (&b, None), Quantity::Days).common, days);
    }
}

//! Two indicators' values side by side: which of them can be compared, in which unit, or why none can.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::normalise::{DatedMeasure, Indicator, Kind, Plan, Value};

/// An indicator as a match or a row of years shows it.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// "baseline", "target" or "actual".
    pub role: &'static str,
    pub period: Option<Date>,
    pub raw: String,
    /// The type, as in the dataset.
    pub kind: &'static str,
    pub value: Option<Decimal>,
    pub unit: Option<String>,
}

/// What can be said of two indicators' values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beside {
    pub left: Option<Shown>,
    pub right: Option<Shown>,
    /// The unit of both and their values in it, or why they can't be brought to one; the reason is in Italian.
    pub common: Result<(String, Decimal, Decimal), String>,
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

/// Puts two indicators' values side by side: results of the same day of the year, else targets.
pub(super) fn beside(left: &Indicator, right: &Indicator) -> Beside {
    let (a, b) = (Quantity::of(left), Quantity::of(right));
    let nearest = |indicator: &Indicator| {
        let last = |role, list: &[DatedMeasure]| list.last().map(|dated| Shown::of(role, dated));
        last("actual", &indicator.actuals).or_else(|| last("target", &indicator.targets))
    };
    let apart = |why: String| Beside { left: nearest(left), right: nearest(right), common: Err(why) };
    if a == Quantity::None && b == Quantity::None {
        return apart("nessuno dei due ha un valore numerico".to_owned());
    }
    if a != b {
        return apart(format!("unità diverse: {} e {}", a.name(), b.name()));
    }
    for (role, one, other) in [("actual", &left.actuals, &right.actuals), ("target", &left.targets, &right.targets)] {
        for x in one.iter().rev() {
            for y in other.iter().rev() {
                let same_day = match (x.period, y.period) {
                    (Some(p), Some(q)) => (p.month(), p.day()) == (q.month(), q.day()),
                    _ => false,
                };
                if let (true, true, true, Some(p), Some(q)) =
                    (same_day, quantity(x) == a, quantity(y) == b, in_unit(x), in_unit(y))
                {
                    let common = Ok((a.unit().to_owned(), p, q));
                    return Beside { left: Some(Shown::of(role, x)), right: Some(Shown::of(role, y)), common };
                }
            }
        }
    }
    apart("nessun risultato né obiettivo allo stesso giorno dell'anno".to_owned())
}

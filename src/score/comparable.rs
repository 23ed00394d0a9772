//! Whether a target and an actual can be set against each other, and on which scale.

use rust_decimal::Decimal;

use super::achieve::{Pair, share};
use super::cause::gives;
use super::context::figure;
use super::policy::{HUNDRED, PercentWithNumber, Policy};
use crate::normalise::{Kind, Polarity, Reading, Value};

/// Target and actual in the same unit.
pub(super) struct Common {
    pub target: Decimal,
    /// The upper end where the target is a range.
    pub target_high: Option<Decimal>,
    pub actual: Decimal,
    /// What had to be assumed or converted, in Italian.
    pub note: Option<String>,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// Percent points.
    Points,
    /// A number that says nothing of its unit.
    Bare,
    /// A number of things named beside it.
    Counted,
    Money,
    Time,
    Ratio,
}

impl Scale {
    fn of(reading: &Reading) -> Self {
        match (reading.kind, reading.unit.as_deref()) {
            (Kind::Percent, _) | (_, Some("%" | "percent")) => Scale::Points,
            (Kind::Currency, _) | (_, Some("EUR")) => Scale::Money,
            (Kind::Duration, _) => Scale::Time,
            (Kind::Ratio, _) => Scale::Ratio,
            (_, Some("minutes" | "hours" | "days" | "weeks" | "months" | "years")) => Scale::Time,
            (_, Some(_)) => Scale::Counted,
            (_, None) => Scale::Bare,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Scale::Points => "una percentuale",
            Scale::Bare => "un numero",
            Scale::Counted => "un numero di cose",
            Scale::Money => "un importo",
            Scale::Time => "una durata",
            Scale::Ratio => "un rapporto",
        }
    }
}

/// The length of a unit of time; months and years have none.
fn minutes(unit: &str) -> Option<Decimal> {
    let n: u32 = match unit {
        "minutes" => 1,
        "hours" => 60,
        "days" => 60 * 24,
        "weeks" => 60 * 24 * 7,
        _ => return None,
    };
    Some(Decimal::from(n))
}

/// Brings the numbers of both to one scale.
///
/// # Errors
/// Why they can't be compared, in Italian.
pub(super) fn common_scale(pair: Pair<'_>, policy: &Policy) -> Result<Common, String> {
    let (target, actual) = (&pair.target.reading, &pair.actual.reading);
    let (Some(Value::Number(wanted)), Some(Value::Number(reached))) = (&target.value, &actual.value) else {
        return Err("manca il numero".to_owned());
    };
    if actual.kind == Kind::Range {
        return Err("il risultato è un intervallo".to_owned());
    }
    let target_high = if target.kind == Kind::Range { target.value_high } else { None };
    let in_points = |share: &Decimal| share.checked_mul(HUNDRED).ok_or("i valori sono troppo grandi");
    let ratio_note = || Some("il rapporto vale come percentuale".to_owned());
    let same = |actual: Decimal, note: Option<String>| Common { target: *wanted, target_high, actual, note };
    match (Scale::of(target), Scale::of(actual)) {
        (Scale::Time, Scale::Time) => {
            let (actual, note) = same_time(target, actual, *reached)?;
            Ok(same(actual, note))
        }
        (Scale::Money, Scale::Money)
            if target.unit != actual.unit && target.unit.is_some() && actual.unit.is_some() =>
        {
            Err("gli importi sono in valute diverse".to_owned())
        }
        (Scale::Counted, Scale::Counted) => Ok(same(*reached, different_units(target, actual))),
        (a, b) if a == b => Ok(same(*reached, None)),
        (Scale::Counted, Scale::Bare)
        | (Scale::Bare, Scale::Counted | Scale::Money | Scale::Time)
        | (Scale::Money | Scale::Time, Scale::Bare) => Ok(same(*reached, None)),
        (Scale::Points, Scale::Ratio) => Ok(same(in_points(reached)?, ratio_note())),
        (Scale::Ratio, Scale::Points) => Ok(Common { target: in_points(wanted)?, ..same(*reached, ratio_note()) }),
        (Scale::Points, Scale::Bare) | (Scale::Bare, Scale::Points) => {
            let note = percent_note(pair, *wanted, *reached, policy)?;
            Ok(same(*reached, Some(note)))
        }
        (a, b) => Err(format!("l'obiettivo è {}, il risultato {}", a.words(), b.words())),
    }
}

/// The actual's time in the target's unit.
fn same_time(target: &Reading, actual: &Reading, reached: Decimal) -> Result<(Decimal, Option<String>), String> {
    let (Some(wanted), Some(given)) = (target.unit.as_deref(), actual.unit.as_deref()) else {
        return Ok((reached, None));
    };
    if wanted == given {
        return Ok((reached, None));
    }
    match (minutes(wanted), minutes(given)) {
        (Some(a), Some(b)) => {
            let converted =
                reached.checked_mul(b).and_then(|total| total.checked_div(a)).ok_or("i valori sono troppo grandi")?;
            Ok((converted, Some("durate portate alla stessa unità".to_owned())))
        }
        _ => Err("le durate sono in unità diverse".to_owned()),
    }
}

/// A remark where the two name different things; words vary too much to refuse the comparison.
fn different_units(target: &Reading, actual: &Reading) -> Option<String> {
    let (wanted, given) = (target.unit.as_deref()?, actual.unit.as_deref()?);
    let alike = |a: &str, b: &str| a.to_lowercase().contains(&b.to_lowercase());
    (!alike(wanted, given) && !alike(given, wanted))
        .then(|| format!("unità stampate diverse: \"{wanted}\" e \"{given}\""))
}

/// Whether the printed achievement is the ratio of the two, capped at 100.
fn achieved(pair: Pair<'_>, wanted: Decimal, reached: Decimal) -> bool {
    let ratio = match pair.direction() {
        Polarity::Higher => share(reached, wanted),
        Polarity::Lower if reached <= wanted => Some(HUNDRED),
        Polarity::Lower => share(wanted, reached),
    };
    let printed = pair.achievement.and_then(figure);
    printed.is_some_and(|printed| gives(ratio.map(|ratio| ratio.min(HUNDRED)), printed))
}

/// Why a percentage and a bare number may be compared.
fn percent_note(pair: Pair<'_>, wanted: Decimal, reached: Decimal, policy: &Policy) -> Result<String, String> {
    let refusal = "uno dei due è una percentuale, l'altro un numero senza unità".to_owned();
    match policy.percent_with_number {
        PercentWithNumber::Never => Err(refusal),
        PercentWithNumber::Always => Ok("il numero senza unità vale come punti percentuali".to_owned()),
        PercentWithNumber::WhenDeclared => {
            let declared = pair.unit.is_some_and(|unit| unit.contains('%') || unit.to_lowercase().contains("percent"));
            let difference = reached.checked_sub(wanted);
            let confirmed = matches!(pair.variance.map(|v| &v.reading.value), Some(Some(Value::Number(v))) if Some(*v) == difference);
            let reason = match (declared, confirmed) {
                (true, _) => "lo dice l'unità di misura",
                (_, true) => "lo conferma lo scostamento stampato",
                _ if wanted == reached => "le due cifre sono identiche",
                _ if achieved(pair, wanted, reached) => "lo conferma il grado di realizzazione stampato",
                _ => return Err(refusal),
            };
            Ok(format!("il numero vale come punti percentuali: {reason}"))
        }
    }
}

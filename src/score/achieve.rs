//! The achievement of one target by one actual.

use rust_decimal::Decimal;

use super::comparable::{Common, common_scale};
use super::policy::{BeyondRange, Equals, HUNDRED, MissedHigher, MissedLower, Policy};
use super::scores::Gap;
use super::words::{day, number, percent, quote};
use crate::normalise::{Kind, Measure, Operator, Polarity, Reading, Value};

/// What is set against each other, and what the indicator says of both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub target: &'a Measure,
    pub actual: &'a Measure,
    pub polarity: Polarity,
    pub polarity_reason: &'a str,
    /// The indicator's unit as printed.
    pub unit: Option<&'a str>,
    /// The printed variance.
    pub variance: Option<&'a Measure>,
    /// The printed achievement.
    pub achievement: Option<&'a Measure>,
}

/// What came of it: percent points or why there are none, with the arithmetic or the reason in Italian.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    pub value: Result<Decimal, Gap>,
    pub explanation: String,
}

impl Outcome {
    pub(super) fn gap(gap: Gap, explanation: String) -> Self {
        Outcome { value: Err(gap), explanation }
    }
}

/// A value with the arithmetic that gave it and remarks on the way.
struct Step {
    value: Decimal,
    how: String,
    notes: Vec<String>,
}

impl Step {
    fn new(value: Decimal, how: String) -> Self {
        Step { value, how, notes: Vec::new() }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// Sets the actual against the target. Both must be given; a placeholder is a gap.
pub(super) fn achieve(pair: Pair<'_>, policy: &Policy) -> Outcome {
    if pair.target.reading.kind == Kind::Missing {
        return Outcome::gap(Gap::NoTarget, format!("l'obiettivo è un segnaposto ({})", quote(&pair.target.raw)));
    }
    if pair.actual.reading.kind == Kind::Missing {
        return Outcome::gap(Gap::NoActual, format!("il risultato è un segnaposto ({})", quote(&pair.actual.raw)));
    }
    match step(pair, policy) {
        Ok(step) => {
            let (counts, grade) = policy.graded(step.value);
            let value = policy.round_indicator(counts);
            let rounded = (value != counts).then(|| format!("arrotondato a {}", number(value, 9)));
            let mut remarks = vec![
                format!("obiettivo {}", quote(&pair.target.raw)),
                format!("risultato {}", quote(&pair.actual.raw)),
            ];
            remarks.extend(step.notes);
            remarks.extend(grade);
            remarks.extend(rounded);
            Outcome { value: Ok(value), explanation: format!("{} ({})", step.how, remarks.join("; ")) }
        }
        Err(why) => Outcome::gap(
            Gap::NotComparable,
            format!(
                "non calcolabile: {why} (obiettivo {}; risultato {})",
                quote(&pair.target.raw),
                quote(&pair.actual.raw)
            ),
        ),
    }
}

fn step(pair: Pair<'_>, policy: &Policy) -> Result<Step, String> {
    let (target, actual) = (&pair.target.reading, &pair.actual.reading);
    match (&target.value, &actual.value) {
        (Some(Value::Number(_)), Some(Value::Number(_))) => numbers(pair, policy),
        (Some(Value::Boolean(wanted)), Some(Value::Boolean(answer))) => Ok(answers(*wanted, *answer, policy)),
        (Some(Value::Date(due)), Some(Value::Date(done))) => Ok(dates(target, *due, *done, policy)),
        (_, Some(Value::Boolean(true))) if target.kind == Kind::Date && policy.yes_meets_date => {
            Ok(Step::new(HUNDRED, "data rispettata: 100".to_owned())
                .note("il documento risponde \"sì\" a una scadenza"))
        }
        (None, _) if target.kind == Kind::Date => Err("l'obiettivo è una data senza anno".to_owned()),
        (_, None) if actual.kind == Kind::Date => Err("il risultato è una data senza anno".to_owned()),
        (None, _) => Err("l'obiettivo è espresso a parole".to_owned()),
        (_, None) => Err("il risultato è espresso a parole".to_owned()),
        _ => Err(format!("l'obiettivo è {}, il risultato {}", kind_words(target.kind), kind_words(actual.kind))),
    }
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "un numero",
        Kind::Percent => "una percentuale",
        Kind::Currency => "un importo",
        Kind::Duration => "una durata",
        Kind::Date => "una data",
        Kind::Range => "un intervallo",
        Kind::Boolean => "un sì/no",
        Kind::Ratio => "un rapporto",
        Kind::Text => "un testo",
        Kind::Missing => "un segnaposto",
    }
}

fn answers(wanted: bool, answer: bool, policy: &Policy) -> Step {
    if wanted == answer {
        Step::new(HUNDRED, "risposta attesa: 100".to_owned())
    } else {
        Step::new(policy.unmet_answer, format!("risposta diversa da quella attesa: {}", percent(policy.unmet_answer)))
    }
}

fn dates(target: &Reading, due: jiff::civil::Date, done: jiff::civil::Date, policy: &Policy) -> Step {
    let not_before = matches!(target.operator, Some(Operator::AtLeast | Operator::Above));
    let met = if not_before { done >= due } else { done <= due };
    let (when, limit) = (day(done), day(due));
    if met {
        let side = if not_before { "non prima del" } else { "entro il" };
        return Step::new(HUNDRED, format!("{when} è {side} {limit}: 100"));
    }
    // Both are days of the calendar's years -9999 to 9999, so the difference fits.
    let late = Decimal::from((done - due).get_days().unsigned_abs());
    let lost = late.checked_mul(policy.late_day_points).unwrap_or(HUNDRED).min(HUNDRED);
    let value = HUNDRED - lost;
    Step::new(value, format!("{when} invece del {limit}, {} giorni di differenza: {}", late, percent(value)))
}

fn numbers(pair: Pair<'_>, policy: &Policy) -> Result<Step, String> {
    let Common { target, target_high, actual, note } = common_scale(pair, policy)?;
    let step = match target_high {
        Some(high) => range(pair.polarity, target.min(high), target.max(high), actual, policy),
        None => bound(pair, target, actual, policy),
    }
    .ok_or("i valori sono troppo grandi")?;
    Ok(match note {
        Some(note) => step.note(note),
        None => step,
    })
}

impl Pair<'_> {
    /// Whether more is better: what the operator says, else the indicator.
    pub(super) fn direction(&self) -> Polarity {
        match self.target.reading.operator {
            Some(Operator::AtLeast | Operator::Above) => Polarity::Higher,
            Some(Operator::AtMost | Operator::Below) => Polarity::Lower,
            Some(Operator::Equal) | None => self.polarity,
        }
    }
}

fn bound(pair: Pair<'_>, target: Decimal, actual: Decimal, policy: &Policy) -> Option<Step> {
    let operator = pair.target.reading.operator;
    if operator == Some(Operator::Equal) && policy.equals == Equals::Equality {
        return Some(equality(target, actual));
    }
    let step = match pair.direction() {
        Polarity::Higher => {
            let cap = policy.cap.map_or_else(|| "senza tetto".to_owned(), |cap| format!("tetto {}", percent(cap)));
            higher(target, actual, policy)?.note("più alto è meglio").note(cap)
        }
        Polarity::Lower => {
            let stated =
                matches!(operator, Some(Operator::AtMost | Operator::Below)) || pair.polarity_reason.is_empty();
            let note = if stated {
                "più basso è meglio".to_owned()
            } else {
                format!("più basso è meglio: {}", pair.polarity_reason)
            };
            lower(target, actual, policy)?.note(note)
        }
    };
    Some(step)
}

fn equality(target: Decimal, actual: Decimal) -> Step {
    let (a, t) = (number(actual, 6), number(target, 6));
    if actual == target {
        Step::new(HUNDRED, format!("{a} è uguale a {t}: 100"))
    } else {
        Step::new(Decimal::ZERO, format!("{a} è diverso da {t}: 0")).note("si chiede l'uguaglianza")
    }
}

/// `part / whole × 100`, multiplied first so that the division is the only inexact operation.
pub(super) fn share(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(HUNDRED)
        .and_then(|hundredfold| hundredfold.checked_div(whole))
        .or_else(|| part.checked_div(whole)?.checked_mul(HUNDRED))
}

fn higher(target: Decimal, actual: Decimal, policy: &Policy) -> Option<Step> {
    let (a, t) = (number(actual, 6), number(target, 6));
    if target <= Decimal::ZERO || actual < Decimal::ZERO {
        return Some(without_ratio(actual >= target, &a, &t));
    }
    if actual < target && policy.missed_higher == MissedHigher::Zero {
        return Some(Step::new(Decimal::ZERO, format!("{a} non raggiunge {t}: 0")).note("tutto o niente"));
    }
    let ratio = share(actual, target)?;
    let formula = format!("{a} / {t} × 100 = {}", percent(ratio));
    Some(match policy.cap {
        Some(cap) if ratio > cap => Step::new(cap, format!("{formula}, ridotto a {}", percent(cap))),
        _ => Step::new(ratio, formula),
    })
}

fn without_ratio(met: bool, actual: &str, target: &str) -> Step {
    let note = "con valori negativi o zero il rapporto non ha senso: conta solo se l'obiettivo è raggiunto";
    if met {
        Step::new(HUNDRED, format!("{actual} raggiunge {target}: 100")).note(note)
    } else {
        Step::new(Decimal::ZERO, format!("{actual} non raggiunge {target}: 0")).note(note)
    }
}

fn lower(target: Decimal, actual: Decimal, policy: &Policy) -> Option<Step> {
    let (a, t) = (number(actual, 6), number(target, 6));
    if actual <= target {
        return Some(Step::new(HUNDRED, format!("{a} non supera {t}: 100")));
    }
    if target <= Decimal::ZERO {
        return Some(without_ratio(false, &a, &t));
    }
    Some(match policy.missed_lower {
        MissedLower::Ratio => {
            let value = share(target, actual)?;
            Step::new(value, format!("{t} / {a} × 100 = {}", percent(value)))
        }
        MissedLower::Linear => {
            let excess = share(actual.checked_sub(target)?, target)?;
            let value = HUNDRED.checked_sub(excess)?.max(Decimal::ZERO);
            Step::new(value, format!("100 − ({a} − {t}) / {t} × 100 = {}", percent(value)))
        }
        MissedLower::Zero => Step::new(Decimal::ZERO, format!("{a} supera {t}: 0")),
    })
}

fn range(polarity: Polarity, low: Decimal, high: Decimal, actual: Decimal, policy: &Policy) -> Option<Step> {
    let (a, l, h) = (number(actual, 6), number(low, 6), number(high, 6));
    if (low..=high).contains(&actual) {
        return Some(Step::new(HUNDRED, format!("{a} è tra {l} e {h}: 100")));
    }
    match (polarity, actual < low) {
        (Polarity::Higher, true) => Some(
            higher(low, actual, policy)?.note(format!("sotto l'intervallo da {l} a {h}: vale il rapporto con {l}")),
        ),
        (Polarity::Lower, false) => Some(
            lower(high, actual, policy)?.note(format!("sopra l'intervallo da {l} a {h}: vale il confronto con {h}")),
        ),
        (Polarity::Higher, false) => beyond(&a, (&l, &h), &h, (high, actual), policy),
        (Polarity::Lower, true) => beyond(&a, (&l, &h), &l, (actual, low), policy),
    }
}

/// Beyond the favourable end of a range; `ratio` is the smaller over the larger of end and actual.
fn beyond(actual: &str, ends: (&str, &str), end: &str, ratio: (Decimal, Decimal), policy: &Policy) -> Option<Step> {
    let place = format!("{actual} è oltre {end}, l'estremo favorevole dell'intervallo da {} a {}", ends.0, ends.1);
    Some(match policy.beyond_range {
        BeyondRange::Met => Step::new(HUNDRED, format!("{place}: 100")),
        BeyondRange::Missed => Step::new(Decimal::ZERO, format!("{place}: 0")),
        BeyondRange::Proportional if ratio.0 <= Decimal::ZERO => Step::new(Decimal::ZERO, format!("{place}: 0")),
        BeyondRange::Proportional => {
            let value = share(ratio.0, ratio.1)?;
            let formula = format!("{} / {} × 100 = {}", number(ratio.0, 6), number(ratio.1, 6), percent(value));
            Step::new(value, format!("{place}: {formula}"))
        }
    })
}

#[cfg(test)]
#[path = "achieve_tests.rs"]
mod tests;

//! Printed variances beside actual − target.
//!
//! The sign is the arithmetic one (DFP guidelines 2/2017: "performance a consuntivo − performance programmata"); whether more is
//! better doesn't enter.

use rust_decimal::Decimal;

use super::cause::{Cause, CauseKind, gives};
use super::comparable::common_scale;
use super::context::{Context, difference, figure};
use super::days::{Day, last_day, pick, target_for};
use super::policy::HUNDRED;
use super::scores::{Basis, Gap, Score, Subject};
use super::targets::pair;
use super::words::{at_day, number, quote};
use crate::normalise::{DatedMeasure, Indicator, Kind, Measure};

/// One row for each printed variance that is no placeholder, for the day its indicator reports on.
pub(super) fn scores(context: &Context<'_>) -> Vec<Score> {
    let row = |indicator: &Indicator| {
        let printed = indicator.variance.as_ref().filter(|printed| printed.reading.kind != Kind::Missing)?;
        let day = context.days.iter().find(|day| last_day(indicator).map_or(day.main, |last| last == day.period))?;
        Some(score(context, indicator, day, printed))
    };
    context.plan.indicators.iter().filter_map(row).collect()
}

fn score(context: &Context<'_>, indicator: &Indicator, day: &Day, printed: &Measure) -> Score {
    let policy = context.policy;
    let actual = pick(&indicator.actuals, day.period, policy).map(|actual| &actual.measure);
    let target = target_for(indicator, day.period, policy).map(|(target, _)| target);
    let computed = match (target, actual) {
        (None, _) => Err((Gap::NoTarget, format!("nessun obiettivo {} da cui scostarsi", at_day(day.period)))),
        (Some(target), _) if target.measure.reading.kind == Kind::Missing => Err((
            Gap::NoTarget,
            format!(
                "nessun obiettivo {}: è stampato un segnaposto ({})",
                at_day(day.period),
                quote(&target.measure.raw)
            ),
        )),
        (_, None) => Err((Gap::NoActual, format!("nessun risultato {}", at_day(day.period)))),
        (Some(target), Some(actual)) => variance(context, indicator, &target.measure, actual),
    };
    let (value, gap, explanation) = match computed {
        Ok((value, explanation)) => (Some(value), None, explanation),
        Err((gap, explanation)) => (None, Some(gap), explanation),
    };
    let published = figure(printed);
    Score {
        subject: Subject::Indicator,
        subject_id: indicator.indicator_id.clone(),
        label: indicator.name.clone(),
        period: day.period,
        basis: Basis::Variance,
        policy: policy.name.clone(),
        value,
        points: None,
        points_max: None,
        gap,
        coverage: if value.is_some() { HUNDRED } else { Decimal::ZERO },
        published_raw: Some(printed.raw.clone()),
        published,
        difference: difference(value, published),
        cause: Some(cause(context, indicator, day, actual, (value, published), &printed.raw)),
        explanation,
        terms: Vec::new(),
    }
}

/// Actual − target on their common scale; from the nearer end of a range, 0 inside it.
fn variance(
    context: &Context<'_>,
    indicator: &Indicator,
    target: &Measure,
    actual: &Measure,
) -> Result<(Decimal, String), (Gap, String)> {
    let quoted = format!("obiettivo {}; risultato {}", quote(&target.raw), quote(&actual.raw));
    let refused = |why: String| (Gap::NotComparable, format!("non calcolabile: {why} ({quoted})"));
    let common = common_scale(pair(indicator, target, actual), context.policy).map_err(refused)?;
    let (reached, low) = (common.actual, common.target);
    let (end, inside) = match common.target_high {
        Some(high) if reached > high => (high, false),
        Some(high) if reached >= low && reached <= high => (low, true),
        _ => (low, false),
    };
    if inside {
        return Ok((Decimal::ZERO, format!("{} è nell'intervallo: 0 ({quoted})", number(reached, 6))));
    }
    let value = reached.checked_sub(end).ok_or_else(|| refused("i valori sono troppo grandi".to_owned()))?;
    let subtracted = if end < Decimal::ZERO { format!("({})", number(end, 6)) } else { number(end, 6) };
    let note = common.note.map_or_else(String::new, |note| format!("; {note}"));
    Ok((value, format!("{} − {subtracted} = {} ({quoted}{note})", number(reached, 6), number(value, 6))))
}

/// What the printed variance is, found by trying.
fn cause(
    context: &Context<'_>,
    indicator: &Indicator,
    day: &Day,
    actual: Option<&Measure>,
    (value, published): (Option<Decimal>, Option<Decimal>),
    raw: &str,
) -> Cause {
    let Some(published) = published else {
        return Cause::new(CauseKind::NoFigure, format!("lo scostamento stampato, {}, non è una cifra", quote(raw)));
    };
    if gives(value, published) {
        return Cause::new(CauseKind::Agrees, "coincide con risultato − obiettivo");
    }
    let tried = value
        .and_then(|value| sign_or_share(context, indicator, day, actual, value, published))
        .or_else(|| from_other(context, indicator, actual, published));
    if let Some(cause) = tried {
        return cause;
    }
    if actual.and_then(figure).is_some_and(|actual| actual == published) {
        let text = format!("ripete il risultato ({}), che non è uno scostamento", number(published, 9));
        return Cause::new(CauseKind::RepeatsActual, text);
    }
    let Some(value) = value else {
        return Cause::new(CauseKind::NotComputed, "risultato e obiettivo non si possono sottrarre");
    };
    let text =
        format!("risultato − obiettivo dà {}: probabile errore, del documento o della lettura", number(value, 6));
    Cause::new(CauseKind::Mistake, text)
}

/// The opposite sign, or the variance in percent of the target.
fn sign_or_share(
    context: &Context<'_>,
    indicator: &Indicator,
    day: &Day,
    actual: Option<&Measure>,
    value: Decimal,
    published: Decimal,
) -> Option<Cause> {
    if !value.is_zero() && gives(Some(-value), published) {
        let text = format!("è obiettivo − risultato: col segno giusto sarebbe {}", number(value, 6));
        return Some(Cause::new(CauseKind::OppositeSign, text));
    }
    let (target, _) = target_for(indicator, day.period, context.policy)?;
    let wanted = common_scale(pair(indicator, &target.measure, actual?), context.policy).ok()?.target;
    let share = value.checked_mul(HUNDRED)?.checked_div(wanted)?;
    gives(Some(share), published).then(|| {
        let text = format!("è in percentuale dell'obiettivo: {} / {} × 100", number(value, 6), number(wanted, 6));
        Cause::new(CauseKind::Scale, text)
    })
}

/// The variance from another target, or from the baseline.
fn from_other(
    context: &Context<'_>,
    indicator: &Indicator,
    actual: Option<&Measure>,
    published: Decimal,
) -> Option<Cause> {
    let actual = actual?;
    let from = |other: &DatedMeasure| {
        let (value, arithmetic) = variance(context, indicator, &other.measure, actual).ok()?;
        gives(Some(value), published).then_some(arithmetic)
    };
    for target in &indicator.targets {
        if let Some(arithmetic) = from(target) {
            let which = if target.revised { "modificato " } else { "" };
            let text = format!("è lo scostamento dall'obiettivo {which}{}: {arithmetic}", at_day(target.period));
            return Some(Cause::new(CauseKind::OtherTarget, text));
        }
    }
    let arithmetic = from(indicator.baseline.as_ref()?)?;
    Some(Cause::new(CauseKind::OtherBase, format!("è lo scostamento dal valore di partenza: {arithmetic}")))
}

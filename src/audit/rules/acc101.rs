//! ACC101: lo scostamento non è risultato − obiettivo.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC101",
    severity: Severity::Error,
    title: Text { it: "lo scostamento non è risultato − obiettivo", en: "the variance is not actual − target" },
    what: "Ricalcola lo scostamento stampato come risultato meno obiettivo alla stessa data (o in percentuale \
          dell'obiettivo, se il documento lo calcola così) e, se non torna, cerca a quale altra cifra corrisponde.",
    why: "Lo scostamento dice se si è in ritardo: calcolato su un'altra base fa sembrare buono un risultato \
          che non lo è.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli \
          obiettivi, con la rilevazione degli scostamenti.",
    example: "Obiettivo al 30/6 «-», al 31/12 20, risultato 38, scostamento 18: è calcolato sull'obiettivo di fine \
          anno.",
    advice: Text {
        it: "ricalcolare lo scostamento sull'obiettivo della stessa data, o lasciarlo vuoto se non c'è",
        en: "recalculate the variance from the target of the same day, or leave it empty where there is none",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let shares = in_shares(view);
    view.indicators().filter_map(|(index, indicator)| finding(rule, view, (index, indicator), shares)).collect()
}

/// Whether the document prints variances in percent of the targets: more of them are that than actual − target.
fn in_shares(view: &View<'_>) -> bool {
    let (mut plain, mut shares) = (0, 0);
    for (_, indicator) in view.indicators() {
        let figures = || {
            let actual = view.actual(indicator)?;
            let target = view.target_for(indicator, actual)?;
            let v = number(indicator.variance.as_ref()?)?;
            Some((v, number(&actual.measure)?, number(&target.measure)?))
        };
        let Some((v, a, t)) = figures() else { continue };
        if (a - t).abs() == v.abs() {
            plain += 1;
        } else if share(a, t).is_some_and(|s| near(s.abs(), v.abs())) {
            shares += 1;
        }
    }
    shares > plain && shares > 2
}

/// The variance in percent of the target.
fn share(a: Decimal, t: Decimal) -> Option<Decimal> {
    (a - t).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(t.abs())
}

/// Equal but for the last decimal printed.
fn near(a: Decimal, b: Decimal) -> bool {
    (a - b).abs() <= Decimal::new(1, b.scale().max(1))
}

/// A variance in percent of the target that isn't the right one.
fn off_share(finding: Finding, (v, a, t): (Decimal, Decimal, Decimal)) -> Option<Finding> {
    let right = share(a, t)?;
    if near(right, v) {
        return None;
    }
    let (it, en) = if near(-right, v) { (" (ha il segno opposto)", " (it has the opposite sign)") } else { ("", "") };
    let (printed, right) = (italian(v, 2), italian(right, 2));
    Some(
        finding
            .says(
                format!("lo scostamento stampato è {printed}%, quello giusto {right}%{it}"),
                format!("the printed variance is {printed}%, the right one {right}%{en}"),
            )
            .reckons(format!("({} − {}) / {} × 100 = {right}", italian(a, 4), bracketed(t), italian(t.abs(), 4))),
    )
}

/// A variance that is the actual once more, though there is no target in figures for its day; beside the arithmetic that the
/// actual and the year's target give.
fn repeated(finding: Finding, day: String, in_words: bool, terms: Option<(Decimal, Decimal)>) -> Finding {
    let why = match in_words {
        true => "l'obiettivo a quella data è a parole",
        false => "a quella data non c'è un obiettivo",
    };
    let finding = finding.says(
        format!("lo scostamento {day} ripete il risultato: {why}"),
        "the variance repeats the actual: there is no target in figures for that day",
    );
    let Some((a, y)) = terms else { return finding };
    let sum = format!("{} − {} = {}", italian(a, 4), bracketed(y), italian(a - y, 4));
    finding.reckons_in(
        format!("rispetto all'obiettivo di fine anno sarebbe {sum}"),
        format!("against the year-end target it would be {sum}"),
    )
}

fn finding(rule: &Rule, view: &View<'_>, (index, indicator): (usize, &Indicator), shares: bool) -> Option<Finding> {
    let variance = indicator.variance.as_ref().filter(|v| told(v))?;
    let actual = view.actual(indicator).filter(|a| told(&a.measure))?;
    let target = view.target_for(indicator, actual).filter(|t| told(&t.measure));
    let year = view.year_target(indicator).filter(|t| told(&t.measure) && t.period != actual.period);
    let v = number(variance)?;
    // A heading with another year is told by the rule on years: the target is this day's.
    let other_year = |t: &DatedMeasure| t.period.map(|p| p.year()) != actual.period.map(|p| p.year());
    if target.is_none() && (shares || year.is_some_and(other_year)) {
        return None;
    }
    // Several deliverables in words are counted by people: the leading figure is one of them only.
    let several = |m: &Measure| m.raw.contains([';', ',']) && words(&m.raw).len() > 8;
    if target.is_some_and(|t| several(&t.measure)) {
        return None;
    }
    let a = number(&actual.measure);
    let repeats = a == Some(v) || actual.measure.raw.contains(variance.raw.trim_start_matches(['+', '-', ' ']));
    if let (Some(target), Some(a)) = (target, a)
        && let Some(t) = number(&target.measure)
    {
        if shares {
            return off_share(quoted(view.on(rule, index), actual, Some(target), None, variance), (v, a, t));
        }
        let right = a - t;
        if v == right || v == -right && !higher_is_better(indicator, &target.measure) {
            return None;
        }
        let cause = cause(v, a, t, year.and_then(|y| number(&y.measure)));
        return Some(
            quoted(view.on(rule, index), actual, Some(target), year, variance)
                .says(
                    format!(
                        "lo scostamento stampato è {}, quello giusto {}{}",
                        italian(v, 4),
                        italian(right, 4),
                        cause.0
                    ),
                    format!(
                        "the printed variance is {}, the right one {}{}",
                        italian(v, 4),
                        italian(right, 4),
                        cause.1
                    ),
                )
                .reckons(format!("{} − {} = {}", italian(a, 4), bracketed(t), italian(right, 4))),
        );
    }
    let day = at_day(actual.period);
    let quoted = || quoted(view.on(rule, index), actual, target, year, variance);
    // "Consumption stays the same" is a change of nothing: the actual is the variance.
    if repeats && target.is_some_and(|t| said(&t.measure.raw, &view.phrases.keep).is_some()) {
        return None;
    }
    if repeats {
        return Some(repeated(quoted(), day, target.is_some(), a.zip(year.and_then(|y| number(&y.measure)))));
    }
    let (a, y) = (a?, number(&year?.measure)?);
    (target.is_none() && a - y == v).then(|| {
        let points = year.is_some_and(|y| y.measure.reading.kind == Kind::Percent);
        let (it, en) = match points {
            true => (
                format!(" e vale {} punti percentuali, non il {}%", italian(v, 4), italian(v, 4)),
                format!(" and is {} percentage points, not {}%", italian(v, 4), italian(v, 4)),
            ),
            false => Default::default(),
        };
        quoted()
            .says(
                format!("{day} non è fissato un obiettivo: lo scostamento è calcolato su quello di fine anno{it}"),
                format!("no target is set for that day: the variance is computed from the year-end one{en}"),
            )
            .reckons(format!("{} − {} = {}", italian(a, 4), bracketed(y), italian(v, 4)))
    })
}

/// A figure to subtract, in brackets where it has a sign.
fn bracketed(value: Decimal) -> String {
    let text = italian(value, 4);
    if text.starts_with('-') { format!("({text})") } else { text }
}

/// Which other figure a wrong variance is.
fn cause(v: Decimal, a: Decimal, t: Decimal, year: Option<Decimal>) -> (&'static str, &'static str) {
    let rate = a.checked_mul(Decimal::ONE_HUNDRED).and_then(|a| a.checked_div(t));
    if year.is_some_and(|y| a - y == v) {
        (" (è calcolato sull'obiettivo di fine anno)", " (it is computed from the year-end target)")
    } else if rate == Some(v) {
        (" (è il grado di raggiungimento)", " (it is the rate of achievement)")
    } else if v == a {
        (" (ripete il risultato)", " (it repeats the actual)")
    } else if v == t - a {
        (" (ha il segno opposto)", " (it has the opposite sign)")
    } else {
        ("", "")
    }
}

fn quoted(
    finding: Finding,
    actual: &DatedMeasure,
    target: Option<&DatedMeasure>,
    year: Option<&DatedMeasure>,
    variance: &Measure,
) -> Finding {
    let mut finding = finding.at(&variance.source);
    if let Some(target) = target {
        finding = finding.quote("obiettivo alla data", "target for the day", &target.measure.raw);
    }
    if let Some(year) = year {
        finding = finding.quote("obiettivo di fine anno", "year-end target", &year.measure.raw);
    }
    finding.quote("risultato", "actual", &actual.measure.raw).quote("scostamento", "variance", &variance.raw)
}

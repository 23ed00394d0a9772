//! COE310: il risultato non raggiunge l'obiettivo.

use super::causes::cause;
use super::prelude::*;
use super::targets::comparable;
use crate::audit::finding::gathered;

pub(super) static RULE: Rule = Rule {
    code: "COE310",
    severity: Severity::Info,
    title: Text { it: "il risultato non raggiunge l'obiettivo", en: "the actual doesn't reach the target" },
    what: "Cerca i risultati peggiori dell'obiettivo alla stessa data di cui il documento non dice le cause: né una nota, né un commento o un paragrafo con le parole dell'indicatore.",
    why: "Sono gli scostamenti che la relazione deve spiegare.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli obiettivi, con la rilevazione degli scostamenti.",
    example: "Obiettivo >= 75%, risultato 54,47%, colonna delle note vuota.",
    advice: Text { it: "dire le cause dello scostamento", en: "say why the target was missed" },
    gather: None,
    check: Check::Document(check),
};

/// From this many on they are told together.
const MANY: usize = 4;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let (mut out, mut explained) = (Vec::new(), 0);
    // Missed where the comment says that it was met: told as that.
    let commented = super::coe208::check(&super::coe208::RULE, view);
    for (index, indicator) in view.indicators() {
        if commented.iter().any(|f| f.subject_id.as_deref() == Some(&indicator.indicator_id)) {
            continue;
        }
        let Some(finding) = finding(rule, view, index, indicator) else { continue };
        match cause(view, index, indicator) {
            true => explained += 1,
            false => out.push(finding),
        }
    }
    let n = out.len();
    if n < MANY {
        return out;
    }
    let (it, en) = match explained {
        0 => Default::default(),
        1 => ("; di un altro le dice".to_owned(), "; of one more it does".to_owned()),
        more => (format!("; di altri {more} le dice"), format!("; of {more} more it does")),
    };
    let told = |finding: Finding| {
        finding.says(
            format!("{n} risultati non raggiungono l'obiettivo e il documento non ne dice le cause{it}"),
            format!("{n} actuals don't reach the target and the document doesn't say why{en}"),
        )
    };
    gathered(rule, out).map(told).into_iter().collect()
}

/// What is told of an indicator whose target is missed.
fn finding(rule: &Rule, view: &View<'_>, index: usize, indicator: &Indicator) -> Option<Finding> {
    let actual = view.actual(indicator).filter(|_| indicator.same_as.is_none())?;
    // A target headed an earlier year, as an old table's, is meant all the same.
    let year = |d: &DatedMeasure| d.period.map(|p| p.year());
    let stale = || view.year_target(indicator).filter(|t| year(t) < year(actual));
    let target = view.target_for(indicator, actual).or_else(stale)?;
    let plain = actual.measure.reading.kind != Kind::Range && target.measure.reading.kind != Kind::Range;
    // Counted as met all the same, or told with its figures by the rule on comments: other rules'.
    let counted = indicator.achievement.as_ref().and_then(number).is_some_and(|n| n >= Decimal::ONE_HUNDRED);
    if !plain || counted {
        return None;
    }
    let answers = (actual.measure.reading.value, target.measure.reading.value);
    let (a, t) = match comparable(&actual.measure, &target.measure) {
        Some((a, t)) => {
            let missed = if higher_is_better(indicator, &target.measure) { a < t } else { a > t };
            missed.then(|| (italian(a, 4), italian(t, 4)))?
        }
        None if answers == (Some(Value::Boolean(false)), Some(Value::Boolean(true))) => {
            (actual.measure.raw.clone(), target.measure.raw.clone())
        }
        None => return None,
    };
    Some(view.on(rule, index).at_result(&actual.measure, &target.measure).says(
        format!("il risultato ({a}) non raggiunge l'obiettivo ({t}) e il documento non ne dice le cause"),
        format!("the actual ({a}) doesn't reach the target ({t}) and the document doesn't say why"),
    ))
}

//! COE201: l'indicatore strategico e il suo gemello operativo non dicono lo stesso.

use super::prelude::*;
use super::targets::equal;
use super::twins::twins;

pub(super) static RULE: Rule = Rule {
    code: "COE201",
    severity: Severity::Error,
    title: Text {
        it: "l'indicatore strategico e il suo gemello operativo non dicono lo stesso",
        en: "the strategic indicator and its operational twin don't agree",
    },
    what: "Accoppia gli indicatori di un obiettivo strategico con quelli degli obiettivi operativi sotto di \
          esso (stesso nome o stesso algoritmo) e confronta valore di partenza, obiettivo, peso e fonte. È un errore dove le cifre dei valori sono diverse, una nota dove differiscono solo peso e fonte.",
    why: "Lo stesso indicatore misurato in due modi dà due risultati.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 1/2017: gli obiettivi specifici si declinano \
          in quelli annuali (operativi) in modo coerente.",
    example: "Strategico: valore di partenza 2, obiettivo >= 4; operativo: valore di partenza 4, obiettivo >= 4.",
    advice: Text {
        it: "allineare le due schede, o dire perché differiscono",
        en: "bring the two sheets in line, or say why they differ",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    twins(view).into_iter().filter_map(|(upper, lower)| finding(rule, view, upper, lower)).collect()
}

fn finding(rule: &Rule, view: &View<'_>, upper: usize, lower: usize) -> Option<Finding> {
    let (a, b) = (view.plan.indicators.get(upper)?, view.plan.indicators.get(lower)?);
    let mut parts = Vec::new();
    let mut finding = view.on(rule, lower);
    let mut tell = |it: &'static str, en: &'static str, x: &str, y: &str| {
        parts.push((format!("{it} «{x}» là e «{y}» qui"), format!("{en} “{x}” there and “{y}” here")));
        finding = finding.clone().quote("strategico", "strategic", x).quote("operativo", "operational", y);
    };
    if let (Some(x), Some(y)) = (a.baseline.as_ref(), b.baseline.as_ref())
        && told(&x.measure)
        && told(&y.measure)
        && !equal(&x.measure, &y.measure)
        && key(&x.measure.raw) != key(&y.measure.raw)
    {
        tell("valore di partenza", "baseline", &x.measure.raw, &y.measure.raw);
    }
    if let (Some(x), Some(y)) = (view.year_target(a), view.year_target(b))
        && x.measure.reading.value.is_some()
        && y.measure.reading.value.is_some()
        && !equal(&x.measure, &y.measure)
    {
        tell("obiettivo", "target", &x.measure.raw, &y.measure.raw);
    }
    if let (Some(x), Some(y)) = (view.actual(a), view.actual(b))
        && alike(&x.measure.reading, &y.measure.reading)
        && x.period == y.period
        && !equal(&x.measure, &y.measure)
    {
        tell("risultato", "actual", &x.measure.raw, &y.measure.raw);
    }
    if let (Some(x), Some(y)) = (a.weight.as_ref(), b.weight.as_ref())
        && number(x).is_some()
        && number(x) != number(y)
    {
        tell("peso", "weight", &x.raw, &y.raw);
    }
    if let (Some(x), Some(y)) = (a.data_source.as_deref(), b.data_source.as_deref())
        && covered(x, y).max(covered(y, x)) == 0.0
    {
        tell("fonte", "source", x, y);
    }
    if parts.is_empty() {
        return None;
    }
    // Other weights alone are another base, not another measure.
    let severity = if parts.iter().any(|p| !p.0.starts_with("peso") && !p.0.starts_with("fonte")) {
        Severity::Error
    } else {
        Severity::Info
    };
    let (it, en): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
    let other = view.name(a);
    Some(finding.weighs(severity).says(
        format!("lo stesso indicatore sta anche in {other}, con altri dati: {}", it.join("; ")),
        format!(
            "the same indicator stands in {}, too, with other data: {}",
            view.name_in(a, Language::English),
            en.join("; ")
        ),
    ))
}

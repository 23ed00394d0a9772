//! COE202: lo stesso indicatore è riportato due volte con valori diversi.

use super::prelude::*;
use super::targets::equal;
use crate::normalise::same_office;

pub(super) static RULE: Rule = Rule {
    code: "COE202",
    severity: Severity::Warning,
    title: Text {
        it: "lo stesso indicatore è riportato due volte con valori diversi",
        en: "the same indicator is told twice with other values",
    },
    what: "Cerca gli indicatori con lo stesso nome, sotto obiettivi con lo stesso titolo e dello stesso \
          ufficio, riportati in due punti con obiettivi o risultati diversi; e quelli che un prospetto ripete, con lo \
          stesso numero, con altre cifre.",
    why: "Non si sa quale dei due valori è stato valutato.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Nella scheda dell'area 614.081,43 euro, in quella del dirigente 676.433,56.",
    advice: Text { it: "lasciare un solo valore", en: "leave one value only" },
    gather: None,
    check: Check::Document(check),
};

/// What sorts of offices there are.
const KINDS: [&str; 10] = [
    "settore",
    "posizione",
    "organizzativa",
    "area",
    "ufficio",
    "uffici",
    "servizio",
    "dirigente",
    "dirigenziale",
    "staff",
];

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let all: Vec<(usize, &Indicator)> = view.indicators().collect();
    let title = |i: &Indicator| view.objective_of(i).map(|o| key(&o.title)).unwrap_or_default();
    let code = |i: &Indicator| view.objective_of(i).and_then(|o| o.code.clone());
    // Words of the kind of office don't tell which: a sector's sheet and its head's are the same office's.
    let office = |i: &Indicator| -> Vec<String> {
        let mut words = words(i.section.as_deref().unwrap_or_default());
        words.retain(|w| !KINDS.contains(&w.as_str()));
        words.sort();
        words
    };
    for (at, (index, indicator)) in all.iter().enumerate() {
        if let Some((_, earlier)) = all.iter().take(at).find(|(_, e)| told_again(e, indicator)) {
            out.extend(differing(view.on(rule, *index), view, earlier, indicator).map(|(finding, parts)| {
                finding.says(
                    format!("l'indicatore è riportato due volte, con valori diversi: {}", parts.join("; ")),
                    "the indicator is told twice, with other values",
                )
            }));
            continue;
        }
        let (name, own) = (key(&indicator.name), title(indicator));
        if name.is_empty() || own.is_empty() || view.usual_title(&own) {
            continue;
        }
        let earlier = all.iter().take(at).map(|(_, e)| *e).find(|e| {
            e.objective != indicator.objective
                && key(&e.name) == name
                && title(e) == own
                && same_office(e.section.as_deref(), indicator.section.as_deref())
                && office(e) == office(indicator)
                && code(e) == code(indicator)
        });
        let Some(earlier) = earlier else { continue };
        let Some((finding, parts)) = differing(view.on(rule, *index), view, earlier, indicator) else { continue };
        // Both different: another thing of the same name.
        if parts.len() == 1 {
            let other = earlier.section.clone().unwrap_or_default();
            out.push(finding.says(
                format!("lo stesso indicatore, sotto «{}», ha valori diversi: {}", cut(&other), parts.join("; ")),
                format!("the same indicator, under “{}”, has other values: {}", cut(&other), parts.join("; ")),
            ));
        }
    }
    out
}

/// The finding with both values of the target or the result where they differ, and what they are; `None` where none does.
fn differing(
    mut finding: Finding,
    view: &View<'_>,
    earlier: &Indicator,
    indicator: &Indicator,
) -> Option<(Finding, Vec<String>)> {
    let mut parts = Vec::new();
    let pairs = [
        ("obiettivo", "target", view.year_target(earlier), view.year_target(indicator)),
        ("risultato", "actual", view.actual(earlier), view.actual(indicator)),
    ];
    for (it, en, a, b) in pairs {
        let (Some(a), Some(b)) = (a, b) else { continue };
        let (Some(x), Some(y)) = (a.measure.reading.value, b.measure.reading.value) else { continue };
        if x != y && !equal(&a.measure, &b.measure) {
            finding = finding.quote(it, en, &a.measure.raw).quote(it, en, &b.measure.raw);
            parts.push(format!("{it} «{}» e «{}»", a.measure.raw, b.measure.raw));
        }
    }
    (!parts.is_empty()).then_some((finding, parts))
}

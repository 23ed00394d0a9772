//! COE208: il commento dice raggiunto, le cifre no.

use super::prelude::*;
use crate::audit::lists::own_number;
use crate::audit::remarks::{remarks, shortened};
use crate::document::Source;

pub(super) static RULE: Rule = Rule {
    code: "COE208",
    severity: Severity::Warning,
    title: Text { it: "il commento dice raggiunto, le cifre no", en: "the comment says met, the figures don't" },
    what: "Confronta i commenti che dicono raggiunti i risultati con la differenza tra risultato e obiettivo \
          alla stessa data.",
    why: "Il commento può nascondere un ritardo a chi non guarda le cifre.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Obiettivo 600 posizioni, risultato 575; commento: «hanno consentito di raggiungere i risultati \
          previsti».",
    advice: Text { it: "correggere il commento, o spiegare lo scarto", en: "correct the comment, or explain the gap" },
    gather: None,
    check: Check::Document(check),
};

pub(super) fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (objective, _) in view.objectives() {
        for remark in remarks(view, objective) {
            let Some(line) = remark.lines.iter().find(|l| said(l, &view.phrases.success).is_some()) else { continue };
            let own = view.members(objective).find(|(_, i)| own_number(i.code.as_deref()) == Some(remark.number));
            out.extend(own.and_then(|(index, i)| finding(rule, view, index, i, line, &remark.source)));
        }
    }
    for (index, indicator) in view.indicators() {
        if let Some(note) = indicator.note.as_deref().filter(|n| said(n, &view.phrases.success).is_some()) {
            out.extend(finding(rule, view, index, indicator, note, &indicator.source));
        }
    }
    out
}

fn finding(
    rule: &Rule,
    view: &View<'_>,
    index: usize,
    indicator: &Indicator,
    line: &str,
    source: &Source,
) -> Option<Finding> {
    let actual = view.actual(indicator)?;
    let target = view.target_for(indicator, actual)?;
    let (a, t) = (number(&actual.measure)?, number(&target.measure)?);
    let comparable = actual.measure.reading.kind == target.measure.reading.kind;
    let missed = if higher_is_better(indicator, &target.measure) { a < t } else { a > t };
    (comparable && missed).then(|| {
        view.on(rule, index)
            .at(source)
            .quote("obiettivo", "target", &target.measure.raw)
            .quote("risultato", "actual", &actual.measure.raw)
            .quote("commento", "comment", &shortened(line))
            .says(
                "il commento dice raggiunto il risultato, le cifre dicono di no",
                "the comment says that the target was met, the figures don't",
            )
            .reckons(format!("{} − {} = {}", italian(a, 4), italian(t, 4), italian(a - t, 4)))
    })
}

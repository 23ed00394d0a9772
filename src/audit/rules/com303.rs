//! COM303: indicatore senza peso.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM303",
    severity: Severity::Warning,
    title: Text { it: "indicatore senza peso", en: "indicator without a weight" },
    what: "Cerca gli indicatori senza peso in un documento in cui gli altri dello stesso livello lo hanno.",
    why: "Senza peso l'indicatore resta fuori dalla media, o la media si fa a caso.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e \
          valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Quattro indicatori, di cui tre con peso 25.",
    advice: Text { it: "dare un peso all'indicatore", en: "give the indicator a weight" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let with = view.plan.indicators.iter().filter(|i| i.weight.as_ref().is_some_and(told)).count();
    if with * 2 < view.plan.indicators.len() {
        return Vec::new();
    }
    // A level without any weight is made so; and so is a document that says that all weigh the same.
    let level = |i: &Indicator| view.objective_of(i).map(|o| o.level);
    let equal = view.plan.passages.iter().flat_map(|p| &p.cells).any(|c| said(&c.raw, &view.phrases.equal).is_some());
    let weighed = |i: &Indicator| {
        let peers = || view.indicators().filter(|(_, other)| level(other) == level(i));
        let with = peers().filter(|(_, other)| other.weight.as_ref().is_some_and(told)).count();
        with > 0 && (!equal || with * 2 > peers().count())
    };
    let finding = |(index, indicator): (usize, &Indicator)| {
        if !weighed(indicator) {
            return None;
        }
        // A summary that tells the indicator once more needn't repeat the weight.
        let weighed = |(_, i): (usize, &Indicator)| told_again(i, indicator) && i.weight.as_ref().is_some_and(told);
        let again = indicator.objective.is_some_and(|o| view.members(o).any(weighed));
        let none = indicator.weight.as_ref().is_none_or(|w| !told(w)) && !again;
        none.then(|| {
            let finding = view.on(rule, index);
            let printed = indicator.weight.as_ref().map(|w| w.raw.as_str());
            let finding = match printed {
                Some(raw) => finding.quote("peso", "weight", raw),
                None => finding,
            };
            finding.says("l'indicatore non ha peso", "the indicator has no weight")
        })
    };
    view.indicators().filter(|(_, i)| !i.targets.is_empty()).filter_map(finding).collect()
}

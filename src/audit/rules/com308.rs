//! COM308: manca il valore dell'anno prima, su cui si misura la variazione.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM308",
    severity: Severity::Warning,
    title: Text {
        it: "manca il valore dell'anno prima, su cui si misura la variazione",
        en: "the earlier year's value, on which the change rests, is missing",
    },
    what: "Cerca gli indicatori che misurano una variazione rispetto all'anno precedente e non hanno un valore di partenza in cifre.",
    why: "La variazione non si può calcolare.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. e): gli obiettivi sono commisurati a valori di riferimento.",
    example: "«% riduzione rispetto all'anno precedente», valore di partenza «Nuova attività».",
    advice: Text { it: "dare il valore dell'anno prima", en: "give the earlier year's value" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let baseline = &indicator.baseline.as_ref()?.measure;
        let text = format!("{} {}", indicator.name, indicator.algorithm.as_deref().unwrap_or_default());
        said(&text, &view.phrases.earlier)?;
        (number(baseline).is_none() && !key(&baseline.raw).is_empty()).then(|| {
            view.on(rule, index)
                .at(&baseline.source)
                .quote("nome", "name", &indicator.name)
                .quote("valore di partenza", "baseline", &baseline.raw)
                .says(
                    "l'indicatore misura una variazione sull'anno prima, ma il valore di quell'anno non c'è",
                    "the indicator measures a change on the year before, but that year's value isn't given",
                )
        })
    };
    view.indicators().filter_map(finding).collect()
}

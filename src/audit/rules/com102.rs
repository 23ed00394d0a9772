//! COM102: manca l'obiettivo di fine anno.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM102",
    severity: Severity::Warning,
    title: Text { it: "manca l'obiettivo di fine anno", en: "the year-end target is missing" },
    what: "Cerca gli indicatori che hanno un obiettivo di metà anno e un segnaposto a fine anno.",
    why: "Il risultato dell'anno si misura a fine anno.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Al 30/6 «1 corso», al 31/12 «-».",
    advice: Text { it: "dare l'obiettivo di fine anno", en: "set the year-end target" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let year = view.year_target(indicator).filter(|t| !told(&t.measure))?;
        let half = indicator.targets.iter().find(|t| told(&t.measure) && t.period < year.period)?;
        let replaced = indicator.targets.iter().any(|t| t.revised && told(&t.measure) && t.period == year.period);
        (!replaced).then(|| {
            view.on(rule, index)
                .at(&year.measure.source)
                .quote("obiettivo di metà anno", "half-year target", &half.measure.raw)
                .quote("obiettivo di fine anno", "year-end target", &year.measure.raw)
                .says(
                    "c'è un obiettivo di metà anno ma non di fine anno",
                    "there is a half-year target but no year-end one",
                )
        })
    };
    view.indicators().filter_map(finding).collect()
}

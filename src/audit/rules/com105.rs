//! COM105: manca l'obiettivo di metà anno.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM105",
    severity: Severity::Info,
    title: Text { it: "manca l'obiettivo di metà anno", en: "the half-year target is missing" },
    what: "Cerca gli indicatori senza alcuna indicazione a metà anno, nemmeno un segnaposto, dove quasi tutti \
          gli altri la hanno.",
    why: "Senza obiettivo intermedio il monitoraggio di metà anno non ha un termine di confronto.",
    basis: "D.Lgs. 150/2009, art. 6: il monitoraggio in corso d'anno verifica l'andamento rispetto agli \
          obiettivi.",
    example: "Al 30/6 cella vuota, negli altri riquadri «-» o un valore.",
    advice: Text { it: "compilare la cella, anche con «-»", en: "fill in the cell, even with “-”" },
    gather: Some(2),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    // A sentence that names a day beside the word target is no row of an indicator.
    let printed = |i: &Indicator| {
        i.objective.is_some() || i.code.is_some() || i.weight.is_some() || i.baseline.is_some() || !i.actuals.is_empty()
    };
    let half = |i: &Indicator| i.targets.iter().any(|t| t.period.is_some_and(|p| p.month() <= 7));
    let all: Vec<(usize, &Indicator)> =
        view.indicators().filter(|(_, i)| !i.targets.is_empty() && printed(i)).collect();
    let with = all.iter().filter(|(_, i)| half(i)).count();
    if with * 10 < all.len() * 7 {
        return Vec::new();
    }
    let finding = |(index, indicator): &(usize, &Indicator)| {
        let mut finding = view.on(rule, *index);
        if let Some(year) = view.year_target(indicator) {
            finding =
                finding.at(&year.measure.source).quote("obiettivo di fine anno", "year-end target", &year.measure.raw);
        }
        finding.says(
            "la cella dell'obiettivo di metà anno è vuota; presso gli altri indicatori c'è un valore o «-»",
            "the cell of the half-year target is empty; the other indicators have a value or “-”",
        )
    };
    all.iter().filter(|(_, i)| !half(i)).map(finding).collect()
}

//! ATT102: l'obiettivo è di un altro anno.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ATT102",
    severity: Severity::Warning,
    title: Text { it: "l'obiettivo è di un altro anno", en: "the target is for another year" },
    what: "Cerca gli indicatori i cui obiettivi sono tutti intestati a un anno prima di quello del documento.",
    why: "L'intestazione non aggiornata fa pensare a obiettivi copiati dall'anno prima.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Relazione 2019, colonna «Target 2018».",
    advice: Text { it: "correggere l'anno nell'intestazione", en: "correct the year in the heading" },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let Some(year) = view.plan.card.year else { return Vec::new() };
    let finding = |(index, indicator): (usize, &Indicator)| {
        let years: Vec<i16> = indicator.targets.iter().filter_map(|t| t.period.map(|p| p.year())).collect();
        let last = *years.iter().max()?;
        (last < year).then(|| {
            let mut finding = view.on(rule, index);
            if let Some(target) = indicator.targets.last() {
                finding = finding.at(&target.measure.source).quote("obiettivo", "target", &target.measure.raw);
            }
            finding.says(
                format!("l'obiettivo è intestato al {last}, il documento è del {year}"),
                format!("the target is headed {last}, the document is of {year}"),
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

//! COM408: un obiettivo con il segno ma senza la cifra.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM408",
    severity: Severity::Warning,
    title: Text {
        it: "un obiettivo con il segno ma senza la cifra",
        en: "a target with its sign but without a figure",
    },
    what: "Cerca gli obiettivi di cui è stampato solo l'operatore («>=»).",
    why: "Manca il valore da raggiungere.",
    basis: "ISO/IEC 25012, completezza: il dato ha valori per tutti gli attributi attesi.",
    example: "«≥» nel terzo anno, dove gli altri due hanno una cifra.",
    advice: Text { it: "completare la cella", en: "complete the cell" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let bare = |raw: &str| {
        let raw = raw.trim();
        raw.contains(['<', '>', '≥', '≤']) && raw.chars().all(|c| "<>=≥≤ ".contains(c))
    };
    let finding = |(index, indicator): (usize, &Indicator)| {
        let target = indicator.targets.iter().find(|t| bare(&t.measure.raw))?;
        Some(view.on(rule, index).at(&target.measure.source).quote("obiettivo", "target", &target.measure.raw).says(
            format!("l'obiettivo {} ha il segno «{}» e nessuna cifra", at_day(target.period), target.measure.raw),
            format!("a target has the sign “{}” and no figure", target.measure.raw),
        ))
    };
    view.indicators().filter_map(finding).collect()
}

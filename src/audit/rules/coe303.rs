//! COE303: lo stesso obiettivo per tutti gli anni.

use super::prelude::*;
use super::targets::equal;

pub(super) static RULE: Rule = Rule {
    code: "COE303",
    severity: Severity::Info,
    title: Text { it: "lo stesso obiettivo per tutti gli anni", en: "the same target for all years" },
    what: "Cerca gli indicatori con obiettivi per più anni, tutti uguali.",
    why: "Un piano triennale senza progressione ripete tre volte un piano annuale.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. f): gli obiettivi sono confrontabili con le tendenze almeno del \
          triennio precedente.",
    example: "2021 ≥ 2, 2022 ≥ 2, 2023 ≥ 2.",
    advice: Text {
        it: "dare una progressione, o dire perché il valore resta fermo",
        en: "set a progression, or say why the value stays the same",
    },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let ends: Vec<&DatedMeasure> = indicator.targets.iter().filter(|t| !t.revised && told(&t.measure)).collect();
        let first = ends.first()?;
        let years: Vec<i16> = ends.iter().filter_map(|t| t.period.map(|p| p.year())).collect();
        let several =
            years.len() == ends.len() && years.len() > 1 && years.windows(2).all(|w| matches!(w, [a, b] if a < b));
        // Ranges are compared as they are printed.
        let range =
            |t: &DatedMeasure| t.measure.reading.kind == Kind::Range && key(&t.measure.raw) == key(&first.measure.raw);
        let same = ends.iter().all(|t| {
            (equal(&first.measure, &t.measure) || range(t))
                && t.measure.reading.operator == first.measure.reading.operator
        });
        (several && same).then(|| {
            let mut finding = view.on(rule, index).at(&first.measure.source);
            for target in &ends {
                finding = finding.quote("obiettivo", "target", &target.measure.raw);
            }
            finding.says(
                format!("l'obiettivo è lo stesso per {} anni", years.len()),
                format!("the target is the same for {} years", years.len()),
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

//! COE303: lo stesso obiettivo per tutti gli anni.

use super::coe302::{is_full, keeps};
use super::prelude::*;
use super::targets::equal;
use crate::audit::finding::gathered;

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
    gather: None,
    check: Check::Document(check),
};

/// From this many on they are told together.
const MANY: usize = 4;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let ends: Vec<&DatedMeasure> = indicator.targets.iter().filter(|t| !t.revised && told(&t.measure)).collect();
        let first = ends.first()?;
        // Half-year and year-end targets are no series.
        let days: Vec<Option<(i8, i8)>> = ends.iter().map(|t| t.period.map(|p| (p.month(), p.day()))).collect();
        let years: Vec<i16> = ends.iter().filter_map(|t| t.period.map(|p| p.year())).collect();
        let several = years.len() == ends.len()
            && days.windows(2).all(|w| matches!(w, [a, b] if a == b))
            && years.len() > 1
            && years.windows(2).all(|w| matches!(w, [a, b] if a < b));
        let same = ends
            .iter()
            .all(|t| equal(&first.measure, &t.measure) && t.measure.reading.operator == first.measure.reading.operator);
        (several && same).then(|| {
            let mut finding = view.on(rule, index).at(&first.measure.source);
            for target in &ends {
                finding = finding.quote("obiettivo", "target", &target.measure.raw);
            }
            let told: Vec<String> = years.iter().map(i16::to_string).collect();
            let finding = finding.says(
                format!("l'obiettivo è lo stesso per {} anni ({})", years.len(), told.join(", ")),
                format!("the target is the same for {} years ({})", years.len(), told.join(", ")),
            );
            // What the starting value is, too, or can't be raised, is told as that.
            (keeps(view, indicator) || is_full(&first.measure), finding)
        })
    };
    let found: Vec<(bool, Finding)> = view.indicators().filter_map(finding).collect();
    let n = found.len();
    if n < MANY {
        return found.into_iter().filter(|(known, _)| !known).map(|(_, finding)| finding).collect();
    }
    let all = gathered(rule, found.into_iter().map(|(_, finding)| finding).collect());
    let says = |finding: Finding| {
        finding.says(
            format!("{n} indicatori hanno lo stesso obiettivo per tutti gli anni"),
            format!("{n} indicators have the same target for all years"),
        )
    };
    all.map(says).into_iter().collect()
}

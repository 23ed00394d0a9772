//! COE302: l'obiettivo è uguale al valore di partenza.

use super::prelude::*;
use super::targets::equal;
use crate::audit::finding::gathered;

pub(super) static RULE: Rule = Rule {
    code: "COE302",
    severity: Severity::Info,
    title: Text { it: "l'obiettivo è uguale al valore di partenza", en: "the target equals the baseline" },
    what: "Cerca gli indicatori il cui obiettivo di fine anno è il valore di partenza.",
    why: "Mantenere un valore può essere giusto, ma un piano in cui quasi tutti gli obiettivi sono già \
          raggiunti non misura un miglioramento.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. c) ed e): gli obiettivi determinano un significativo \
          miglioramento e sono commisurati a valori di riferimento.",
    example: "Valore di partenza 40%, obiettivo 40%; valore di partenza «SI», obiettivo «si».",
    advice: Text {
        it: "dire perché basta mantenere il valore, o alzare l'obiettivo",
        en: "say why keeping the value is enough, or raise the target",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        if !keeps(view, indicator) {
            return None;
        }
        let baseline = &indicator.baseline.as_ref()?.measure;
        let target = view.year_target(indicator)?;
        let full = is_full(&target.measure);
        Some((full, {
            view.on(rule, index)
                .at(&target.measure.source)
                .quote("valore di partenza", "baseline", &baseline.raw)
                .quote("obiettivo", "target", &target.measure.raw)
                .says(
                    "l'obiettivo è il valore di partenza: non chiede un miglioramento",
                    "the target is the baseline: it asks for no improvement",
                )
        }))
    };
    let found: Vec<(bool, Finding)> = view.indicators().filter_map(finding).collect();
    let (all, full) = (found.len(), found.iter().filter(|(full, _)| *full).count());
    if all < MANY {
        // One value that can't be raised is kept for good reason; many tell of the plan.
        return found.into_iter().filter(|(full, _)| !full).map(|(_, finding)| finding).collect();
    }
    let finding = gathered(rule, found.into_iter().map(|(_, finding)| finding).collect());
    let told = |mut finding: Finding| {
        if full > 0 {
            "dire perché basta mantenere il valore, o alzare l'obiettivo; dove il valore è già il massimo, scegliere un altro indicatore"
                .clone_into(&mut finding.hint);
            "say why keeping the value is enough, or raise the target; where the value is the highest already, choose another indicator"
                .clone_into(&mut finding.hint_en);
        }
        let (it, en) = match full {
            0 => Default::default(),
            _ => (
                format!("; in {full} il valore è già il massimo («sì» o 100%)"),
                format!("; in {full} the value is the highest already (“yes” or 100%)"),
            ),
        };
        finding.says(
            format!("in {all} indicatori l'obiettivo è il valore di partenza{it}"),
            format!("in {all} indicators the target is the baseline{en}"),
        )
    };
    finding.map(told).into_iter().collect()
}

/// From this many on they are told together.
const MANY: usize = 4;

/// Whether the target is the starting value.
pub(super) fn keeps(view: &View<'_>, indicator: &Indicator) -> bool {
    let target = view.year_target(indicator);
    indicator.baseline.as_ref().zip(target).is_some_and(|(b, t)| equal(&b.measure, &t.measure))
}

/// Whether no more can be asked for: a yes, or all of what there is.
pub(super) fn is_full(target: &Measure) -> bool {
    match target.reading.value {
        Some(Value::Boolean(answer)) => answer,
        Some(Value::Number(n)) => target.reading.kind == Kind::Percent && n == Decimal::ONE_HUNDRED,
        _ => false,
    }
}

//! COE302: l'obiettivo è uguale al valore di partenza.

use super::prelude::*;
use super::targets::equal;

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
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let baseline = &indicator.baseline.as_ref()?.measure;
        let target = view.year_target(indicator)?;
        equal(baseline, &target.measure).then(|| {
            view.on(rule, index)
                .at(&target.measure.source)
                .quote("valore di partenza", "baseline", &baseline.raw)
                .quote("obiettivo", "target", &target.measure.raw)
                .says(
                    "l'obiettivo è il valore di partenza: non chiede un miglioramento",
                    "the target is the baseline: it asks for no improvement",
                )
        })
    };
    view.indicators().filter_map(finding).collect()
}

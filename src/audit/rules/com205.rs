//! COM205: un avanzamento diverso da quello di tutti gli altri.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM205",
    severity: Severity::Info,
    title: Text {
        it: "un avanzamento diverso da quello di tutti gli altri",
        en: "progress that differs from the others'",
    },
    what: "Nei documenti in cui quasi tutti gli indicatori hanno lo stesso avanzamento segnala quelli che ne \
          hanno un altro.",
    why: "Un avanzamento uguale per tutti è di solito il tempo trascorso, non l'attività: gli altri sono i \
          soli rilevati.",
    basis: "D.Lgs. 150/2009, art. 6: il monitoraggio in corso d'anno verifica l'andamento rispetto agli \
          obiettivi.",
    example: "51 indicatori al 50%, due al 100%, uno al 66%.",
    advice: Text { it: "dire come è rilevato l'avanzamento", en: "say how progress is measured" },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let all: Vec<(usize, Decimal)> =
        view.indicators().filter_map(|(i, x)| Some((i, x.monitoring.as_ref()?.progress?))).collect();
    let often = |p: Decimal| all.iter().filter(|(_, other)| *other == p).count();
    let Some((_, usual)) = all.iter().max_by_key(|(_, p)| often(*p)).copied() else { return Vec::new() };
    let n = often(usual);
    if all.len() < 8 || n * 10 < all.len() * 8 || n == all.len() {
        return Vec::new();
    }
    let finding = |(index, progress): (usize, Decimal)| {
        let mut finding = view.on(rule, index);
        if let Some(m) = view.plan.indicators.get(index).and_then(|i| i.monitoring.as_ref()) {
            finding = finding.at(&m.source).quote("monitoraggio", "monitoring", &m.raw);
        }
        finding.says(
            format!(
                "avanzamento {}%, mentre {n} indicatori su {} sono al {}%",
                italian(progress, 2),
                all.len(),
                italian(usual, 2)
            ),
            format!(
                "progress {}%, while {n} of {} indicators are at {}%",
                italian(progress, 2),
                all.len(),
                italian(usual, 2)
            ),
        )
    };
    all.iter().copied().filter(|(_, p)| *p != usual).map(finding).collect()
}

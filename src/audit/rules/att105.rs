//! ATT105: il valore di partenza è dell'anno del piano.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ATT105",
    severity: Severity::Info,
    title: Text { it: "il valore di partenza è dell'anno del piano", en: "the baseline is of the plan's own year" },
    what: "Cerca nei piani i valori di partenza intestati all'anno del piano.",
    why: "Il valore di partenza è quello già misurato: l'anno del piano non è ancora finito.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Piano 2020: «Target storico di riferimento: anno 2020».",
    advice: Text { it: "correggere l'anno, o il valore", en: "correct the year, or the value" },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let Some(year) = view.plan.card.year else { return Vec::new() };
    let finding = |(index, indicator): (usize, &Indicator)| {
        let baseline = indicator.baseline.as_ref()?;
        let day = baseline.period.filter(|p| p.year() == year && p.month() == 12)?;
        Some(
            view.on(rule, index)
                .at(&baseline.measure.source)
                .quote("valore di partenza", "baseline", &baseline.measure.raw)
                .says(
                    format!("il valore di partenza è intestato al {}, che è l'anno del documento: i dati di partenza sono di un anno prima", day.year()),
                    format!("the baseline is headed {}, the document's own year", day.year()),
                ),
        )
    };
    view.indicators().filter_map(finding).collect()
}

//! COE221: il valore di partenza conta un'altra cosa.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE221",
    severity: Severity::Warning,
    title: Text { it: "il valore di partenza conta un'altra cosa", en: "the baseline counts another thing" },
    what: "Cerca gli indicatori con un obiettivo in percentuale e un valore di partenza che è un numero senza \
          percentuale, quando il nome non parla di aumenti o riduzioni.",
    why: "Il valore di partenza viene di solito da un altro indicatore: il miglioramento non si può calcolare.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Valore di partenza 173, obiettivo 90%.",
    advice: Text {
        it: "dare il valore di partenza nella misura dell'obiettivo",
        en: "give the baseline in the target's measure",
    },
    gather: None,
    check: Check::Document(check),
};

/// Words of names that relate a percentage to an absolute starting value.
const CHANGES: [&str; 6] = ["increm", "riduz", "aument", "variaz", "diminu", "trend"];

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let baseline = &indicator.baseline.as_ref()?.measure;
        let target = view.year_target(indicator)?;
        let apart = baseline.reading.kind == Kind::Number
            && baseline.reading.unit.is_none()
            && number(baseline).is_some_and(|n| n > Decimal::ONE_HUNDRED)
            && target.measure.reading.kind == Kind::Percent;
        let name = key(&indicator.name);
        (apart && !CHANGES.iter().any(|w| name.contains(w))).then(|| {
            let finding = view
                .on(rule, index)
                .at(&baseline.source)
                .quote("valore di partenza", "baseline", &baseline.raw)
                .quote("obiettivo", "target", &target.measure.raw);
            let (it, en) = (
                "il valore di partenza è un conteggio, l'obiettivo una percentuale",
                "the baseline is a count, the target a percentage",
            );
            // Copied from where it fits.
            let same = |i: &Indicator| {
                i.indicator_id != indicator.indicator_id
                    && i.baseline.as_ref().is_some_and(|b| b.measure.raw == baseline.raw)
                    && view.year_target(i).is_some_and(|t| t.measure.reading.kind == Kind::Number)
            };
            match view.indicators().find(|(_, i)| same(i)) {
                Some((_, other)) => finding.says(
                    format!("{it}; lo stesso valore sta in {}: copiato?", view.name(other)),
                    format!("{en}; {} has the same: copied?", view.name_in(other, Language::English)),
                ),
                None => finding.says(it, en),
            }
        })
    };
    view.indicators().filter_map(finding).collect()
}

//! COE301: l'obiettivo è peggiore del valore di partenza.

use super::prelude::*;
use super::targets::comparable_parts;

pub(super) static RULE: Rule = Rule {
    code: "COE301",
    severity: Severity::Warning,
    title: Text { it: "l'obiettivo è peggiore del valore di partenza", en: "the target is worse than the baseline" },
    what: "Confronta l'obiettivo di fine anno, com'era all'inizio, con il valore di partenza, quando contano la \
          stessa cosa.",
    why: "Un obiettivo sotto il valore già raggiunto si raggiunge senza fare nulla, e va motivato.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. c) ed e): gli obiettivi determinano un significativo \
          miglioramento e sono commisurati a valori di riferimento.",
    example: "Valore di partenza 43, obiettivo di fine anno 20.",
    advice: Text {
        it: "motivare il valore più basso, o alzarlo",
        en: "give the reason for the lower value, or raise it",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let baseline = &indicator.baseline.as_ref()?.measure;
        let target = view.year_target(indicator)?;
        let higher = higher_is_better(indicator, &target.measure);
        let parts = comparable_parts(baseline, &target.measure);
        // A sign turned in one year is told as such.
        let sign = |t: &DatedMeasure| match t.measure.reading.operator {
            Some(Operator::AtLeast | Operator::Above) => Some(true),
            Some(Operator::AtMost | Operator::Below) => Some(false),
            _ => None,
        };
        let signs: Vec<bool> = indicator.targets.iter().filter_map(sign).collect();
        if signs.contains(&true) && signs.contains(&false) {
            return None;
        }
        // Payments before their day are better than on the day, which is all that can be asked for.
        let on_time = |(b, t): &(Decimal, Decimal)| !higher && t.is_zero() && *b < Decimal::ZERO;
        let worse = parts.into_iter().filter(|p| !on_time(p)).find(|(b, t)| if higher { t < b } else { t > b });
        worse.map(|(b, t)| {
            let mut found = view.on(rule, index);
            if let Some(later) = indicator.targets.iter().find(|t| t.revised && t.period == target.period) {
                found = found.quote("poi rivisto in", "later revised to", &later.measure.raw);
            }
            found
                .at(&target.measure.source)
                .quote("valore di partenza", "baseline", &baseline.raw)
                .quote("obiettivo", "target", &target.measure.raw)
                .says(
                    format!(
                        "l'obiettivo {} ({}) è peggiore del valore di partenza ({})",
                        at_day(target.period),
                        italian(t, 4),
                        italian(b, 4)
                    ),
                    format!("the target ({}) is worse than the baseline ({})", italian(t, 4), italian(b, 4)),
                )
                .reckons(format!("{} − {} = {}", italian(t, 4), italian(b, 4), italian(t - b, 4)))
        })
    };
    view.indicators().filter_map(finding).collect()
}

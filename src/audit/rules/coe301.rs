//! COE301: l'obiettivo è peggiore del valore di partenza.

use super::prelude::*;
use super::targets::{comparable, comparable_parts, noun_of};

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
        it: "motivare il valore meno impegnativo, o alzarlo (abbassarlo, dove meno è meglio)",
        en: "give the reason for the easier value, or raise it (lower it, where less is better)",
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
        // Of what is best brought to nothing, nothing is no worse target.
        let to_nothing = |t: &Decimal| t.is_zero() && said(&indicator.name, &view.phrases.fewer).is_some();
        let higher = higher
            && (target.measure.reading.operator.is_some() || said(&indicator.name, &view.phrases.fewer).is_none());
        let parts: Vec<(Decimal, Decimal)> = parts.into_iter().filter(|(_, t)| !to_nothing(t)).collect();
        let worse = parts.into_iter().filter(|p| !on_time(p)).find(|(b, t)| if higher { t < b } else { t > b });
        worse.map(|(b, t)| {
            let mut found = view.on(rule, index);
            if let Some(later) = indicator.targets.iter().find(|t| t.revised && t.period == target.period) {
                found = found.quote("poi rivisto in", "later revised to", &later.measure.raw);
            }
            let lower = !higher;
            if lower {
                "motivare il valore meno impegnativo, o abbassarlo".clone_into(&mut found.hint);
                "give the reason for the easier value, or lower it".clone_into(&mut found.hint_en);
            } else {
                "motivare il valore meno impegnativo, o alzarlo".clone_into(&mut found.hint);
                "give the reason for the easier value, or raise it".clone_into(&mut found.hint_en);
            }
            // The leading figures are the whole values; others are told with what they count.
            let whole = comparable(baseline, &target.measure) == Some((b, t))
                && baseline.raw.len().max(target.measure.raw.len()) < 24;
            let noun = noun_of(&target.measure.raw, t).filter(|_| !whole).map_or_else(String::new, |n| format!(" {n}"));
            let (from, to) = match whole {
                true => (format!("«{}»", baseline.raw), format!("«{}»", target.measure.raw)),
                false => (italian(b, 4) + &noun, italian(t, 4) + &noun),
            };
            found
                .at(&target.measure.source)
                .quote("valore di partenza", "baseline", &baseline.raw)
                .quote("obiettivo", "target", &target.measure.raw)
                .says(
                    format!(
                        "l'obiettivo {} ({to}) è peggiore del valore di partenza ({from}){}",
                        at_day(target.period),
                        if lower { ": qui meno è meglio" } else { "" }
                    ),
                    format!(
                        "the target ({to}) is worse than the baseline ({from}){}",
                        if lower { ": here less is better" } else { "" }
                    ),
                )
                .reckons(format!("{} − {} = {}", italian(t, 4), italian(b, 4), italian(t - b, 4)))
        })
    };
    view.indicators().filter_map(finding).collect()
}

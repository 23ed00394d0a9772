//! ACC120: il tetto del 100% vale per alcuni indicatori e non per altri.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC120",
    severity: Severity::Warning,
    title: Text {
        it: "il tetto del 100% vale per alcuni indicatori e non per altri",
        en: "the cap of 100% holds for some indicators and not for others",
    },
    what: "Confronta i gradi di raggiungimento stampati oltre 100 con quelli di altri indicatori che hanno superato l'obiettivo e hanno 100.",
    why: "Con due criteri nello stesso documento i risultati non si confrontano e le medie sono falsate.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Risultato 2.315 su 2.000, grado 115,75%; risultato 486 su 450, grado 100%.",
    advice: Text { it: "usare lo stesso tetto per tutti", en: "use the same cap for all" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let hundred = Decimal::ONE_HUNDRED;
    let figures = |indicator: &Indicator| {
        let actual = view.actual(indicator)?;
        let target = view.target_for(indicator, actual).or_else(|| view.year_target(indicator))?;
        let (a, t) = (number(&actual.measure)?, number(&target.measure)?);
        let better = higher_is_better(indicator, &target.measure) && a > t && t > Decimal::ZERO;
        better.then_some(number(indicator.achievement.as_ref()?)?)
    };
    let all: Vec<(usize, Decimal)> = view.indicators().filter_map(|(i, x)| Some((i, figures(x)?))).collect();
    let capped = all.iter().filter(|(_, n)| *n == hundred).count();
    let above: Vec<usize> = all.iter().filter(|(_, n)| *n > hundred).map(|(i, _)| *i).collect();
    if capped < 2 || above.len() > capped {
        return Vec::new();
    }
    let finding = |index: usize| {
        let printed = view.plan.indicators.get(index)?.achievement.as_ref()?;
        Some(
            view.on(rule, index).at(&printed.source).quote("grado stampato", "printed achievement", &printed.raw).says(
                format!(
                    "il grado di raggiungimento supera 100 ({}); altri {capped} indicatori oltre l'obiettivo hanno 100",
                    printed.raw
                ),
                format!(
                    "the achievement is above 100 ({}); {capped} other indicators beyond their targets have 100",
                    printed.raw
                ),
            ),
        )
    };
    above.into_iter().filter_map(finding).collect()
}

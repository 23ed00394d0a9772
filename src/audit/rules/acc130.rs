//! ACC130: una riduzione con il segno meno.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC130",
    severity: Severity::Info,
    title: Text { it: "una riduzione con il segno meno", en: "a reduction with a minus sign" },
    what: "Cerca gli indicatori il cui nome misura una riduzione e il cui obiettivo ha il segno meno.",
    why: "Una riduzione di −2% è, alla lettera, un aumento: non si sa da che parte stia il risultato buono.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«% di riduzione delle istanze sospese», obiettivo «-2%».",
    advice: Text {
        it: "togliere il segno, o chiamare l'indicatore «variazione»",
        en: "drop the sign, or call the indicator a change",
    },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let falls = words(&indicator.name).iter().take(4).any(|w| {
            ["riduzion", "diminuzion", "decrement", "abbattiment", "contenimento"].iter().any(|s| w.starts_with(s))
        });
        let target = view.year_target(indicator).filter(|_| falls && indicator.same_as.is_none())?;
        let negative = number(&target.measure).is_some_and(|n| n < Decimal::ZERO);
        negative.then(|| {
            view.on(rule, index)
                .at(&target.measure.source)
                .quote("nome", "name", &indicator.name)
                .quote("obiettivo", "target", &target.measure.raw)
                .says(
                    "il nome dice già che il valore scende: con il segno meno l'obiettivo è il contrario",
                    "the name already says that the value falls: with a minus sign the target is the opposite",
                )
        })
    };
    view.indicators().filter_map(finding).collect()
}

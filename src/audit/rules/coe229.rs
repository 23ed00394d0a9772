//! COE229: un indicatore di due tipi che si escludono.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE229",
    severity: Severity::Info,
    title: Text {
        it: "un indicatore di due tipi che si escludono",
        en: "an indicator of two types that exclude each other",
    },
    what: "Cerca gli indicatori segnati insieme come efficacia interna ed efficacia esterna, dove gli altri hanno di solito un tipo solo.",
    why: "L'efficacia esterna riguarda gli utenti, quella interna gli uffici: lo stesso indicatore non può misurare le due cose.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 1/2017 per il piano della performance: tipi di indicatori.",
    example: "Riquadri «efficacia esterna» ed «efficacia interna» tutti e due segnati.",
    advice: Text { it: "segnare un tipo solo", en: "tick one type only" },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let has = |word: &str| indicator.types.iter().any(|t| key(t).contains("efficacia") && key(t).contains(word));
        (has("esterna") && has("interna")).then(|| {
            view.on(rule, index).quote("tipi", "types", &indicator.types.join(", ")).says(
                "l'indicatore è segnato sia di efficacia esterna sia di efficacia interna",
                "the indicator is ticked both as external and as internal effectiveness",
            )
        })
    };
    // Where most indicators have several ticks the document doesn't mean its types to exclude each other.
    let ticked = view.indicators().filter(|(_, i)| !i.types.is_empty()).count();
    let several = view.indicators().filter(|(_, i)| i.types.len() > 1).count();
    if several * 2 > ticked {
        return Vec::new();
    }
    view.indicators().filter_map(finding).collect()
}

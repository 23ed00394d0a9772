//! COM101: indicatore senza obiettivo da raggiungere.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM101",
    severity: Severity::Error,
    title: Text { it: "indicatore senza obiettivo da raggiungere", en: "indicator without a target" },
    what: "Cerca gli indicatori senza alcun valore obiettivo.",
    why: "Senza obiettivo non c'è nulla da misurare.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Una riga con peso e fonte e la cella dell'obiettivo vuota.",
    advice: Text { it: "dare un obiettivo", en: "set a target" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let none = |i: &Indicator| !i.targets.iter().any(|t| told(&t.measure));
    let finding = |(index, i): (usize, &Indicator)| {
        // A heading whose sheet was lost has neither weight nor values: that is another finding.
        let sheet = i.weight.is_some() || i.baseline.is_some() || !i.actuals.is_empty() || !i.targets.is_empty();
        (none(i) && sheet)
            .then(|| view.on(rule, index).says("l'indicatore non ha un obiettivo", "the indicator has no target"))
    };
    view.indicators().filter_map(finding).collect()
}

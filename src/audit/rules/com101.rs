//! COM101: indicatore senza obiettivo da raggiungere.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

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
        // A sign without its figure has a rule of its own; so has what the text of the results gives.
        let sign = i.targets.iter().any(|t| t.measure.raw.contains(['<', '>', '≥', '≤']));
        (none(i) && sheet && !sign && !in_words(view, i)).then(|| {
            view.on(rule, index)
                .says("l'indicatore non ha un valore da raggiungere (target)", "the indicator has no target")
        })
    };
    view.indicators().filter_map(finding).collect()
}

/// Whether the text under the objective tells the figure that was set: "si era stimato un numero di sportelli pari a 30".
fn in_words(view: &View<'_>, indicator: &Indicator) -> bool {
    static SET: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:stimat|previst|prefissat|ipotizzat|programmat|fissat)[oaie]\b[^.;]{0,60}?\b(?:pari a|di|in)\s+\d")
            .expect("constant pattern")
    });
    let own = |p: &&crate::extract::Passage| p.objective.is_some() && p.objective == indicator.objective;
    let alone = indicator.objective.is_some_and(|o| view.members(o).count() == 1);
    alone && view.plan.passages.iter().filter(own).flat_map(|p| &p.cells).any(|c| SET.is_match(&c.raw))
}

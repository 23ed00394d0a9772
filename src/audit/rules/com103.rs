//! COM103: l'obiettivo non è misurabile.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM103",
    severity: Severity::Info,
    title: Text { it: "l'obiettivo non è misurabile", en: "the target can't be measured" },
    what: "Cerca gli obiettivi di fine anno scritti a parole, senza cifra, data o sì/no.",
    why: "Se basta una parola («attivazione») non si sa quando l'obiettivo è raggiunto a metà.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Obiettivo: «sperimentazione».",
    advice: Text {
        it: "dire la cifra, la data o il sì/no che vale come raggiunto",
        en: "give the figure, the day or the yes/no that counts as met",
    },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let target = view.year_target(indicator).filter(|t| t.measure.reading.kind == Kind::Text)?;
        let figures = target.measure.raw.chars().any(|c| c.is_ascii_digit());
        (!figures).then(|| {
            view.on(rule, index).at(&target.measure.source).quote("obiettivo", "target", &target.measure.raw).says(
                "l'obiettivo è a parole: non dice quando è raggiunto",
                "the target is in words: it doesn't say when it is met",
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

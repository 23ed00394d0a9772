//! COE212: rilevazione annuale in un monitoraggio di metà anno.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE212",
    severity: Severity::Info,
    title: Text {
        it: "rilevazione annuale in un monitoraggio di metà anno",
        en: "yearly measurement in a half-year monitoring",
    },
    what: "Cerca gli indicatori a frequenza annuale di cui si dice lo stato a metà anno.",
    why: "Un dato che si rileva una volta l'anno non può dire come va a giugno.",
    basis: "D.Lgs. 150/2009, art. 6: il monitoraggio in corso d'anno verifica l'andamento rispetto agli \
          obiettivi.",
    example: "Frequenza «Annuale», monitoraggio semestrale «in linea con target 50%».",
    advice: Text {
        it: "cambiare la frequenza, o dire su che cosa si fonda lo stato",
        en: "change the frequency, or say what the state rests on",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    if view.plan.card.reference_date.is_none_or(|d| d.month() == 12) {
        return Vec::new();
    }
    let yearly = view.phrases.frequencies.iter().find(|forms| forms.iter().any(|f| f == "annuale"));
    let finding = |(index, indicator): (usize, &Indicator)| {
        let frequency =
            indicator.frequency.as_deref().filter(|f| yearly.is_some_and(|forms| forms.contains(&key(f))))?;
        let monitoring = indicator.monitoring.as_ref()?;
        Some(
            view.on(rule, index)
                .at(&monitoring.source)
                .quote("frequenza", "frequency", frequency)
                .quote("monitoraggio", "monitoring", &monitoring.raw)
                .says(
                    "il dato si rileva una volta l'anno, ma se ne dice lo stato a metà anno",
                    "the figure is taken once a year, but its state is told at half-year",
                ),
        )
    };
    view.indicators().filter_map(finding).collect()
}

//! COM104: l'algoritmo non dice come si calcola.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM104",
    severity: Severity::Info,
    title: Text { it: "l'algoritmo non dice come si calcola", en: "the algorithm doesn't say how to compute" },
    what: "Cerca gli algoritmi che ripetono il nome dell'indicatore, o la sola attività, accanto a un obiettivo \
          sì/no.",
    why: "Senza un criterio il «sì» lo decide chi compila la scheda.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Nome: «Aggiornamento sistemistico client»; algoritmo: «Aggiornamento client».",
    advice: Text {
        it: "dire che cosa si conta e quando vale come fatto",
        en: "say what is counted and when it counts as done",
    },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let algorithm = indicator.algorithm.as_deref()?;
        view.year_target(indicator).filter(|t| t.measure.reading.kind == Kind::Boolean)?;
        let title = view.objective_of(indicator).map(|o| o.title.as_str()).unwrap_or_default();
        let known = format!("{} {title}", indicator.name);
        let repeats = words(algorithm).len() > 1 && covered(algorithm, &known) >= 0.6;
        let ratio = algorithm.contains('/') && words(algorithm).len() > 1;
        (repeats && !ratio).then(|| {
            view.on(rule, index).quote("nome", "name", &indicator.name).quote("algoritmo", "algorithm", algorithm).says(
                "l'algoritmo ripete il nome: non dice come si calcola",
                "the algorithm repeats the name: it doesn't say how to compute",
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

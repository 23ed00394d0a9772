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

/// Words of an algorithm that counts or measures.
const COUNTS: [&str; 28] = [
    "misura",
    "scala",
    "livello",
    "grado",
    "gradimento",
    "punteggio",
    "n",
    "nr",
    "num",
    "numero",
    "somma",
    "sommatoria",
    "totale",
    "media",
    "rapporto",
    "tasso",
    "percentuale",
    "tempo",
    "tempi",
    "giorni",
    "ore",
    "giornate",
    "euro",
    "importo",
    "valore",
    "indice",
    "incidenza",
    "differenza",
];

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let algorithm = indicator.algorithm.as_deref()?;
        let target = view.year_target(indicator)?;
        let answer = matches!(target.measure.reading.kind, Kind::Boolean | Kind::Number);
        let counts = key(algorithm).split(' ').any(|w| COUNTS.contains(&w)) || algorithm.contains('%');
        (answer && !counts && words(algorithm).len() > 1).then(|| {
            view.on(rule, index).quote("nome", "name", &indicator.name).quote("algoritmo", "algorithm", algorithm).says(
                "l'algoritmo descrive l'attività: non dice come si calcola",
                "the algorithm describes the activity: it doesn't say how to compute",
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

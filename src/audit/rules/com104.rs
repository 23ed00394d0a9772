//! COM104: il metodo di calcolo non dice come si calcola.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "COM104",
    severity: Severity::Info,
    title: Text { it: "il metodo di calcolo non dice come si calcola", en: "the algorithm doesn't say how to compute" },
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
const COUNTS: [&str; 38] = [
    "medio",
    "ritardo",
    "conta",
    "conteggio",
    "conteggi",
    "frequenza",
    "quota",
    "quoziente",
    "scarto",
    "variazione",
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
        // Beside a figure only what opens with an activity is no method.
        let repeats = similar(algorithm, &indicator.name) >= 0.6;
        let answer = match target.measure.reading.kind {
            Kind::Boolean => true,
            Kind::Number => is_activity(algorithm) && indicator.unit.as_deref().is_none_or(|u| key(u) != "numero"),
            _ => false,
        };
        let counts =
            key(algorithm).split(' ').any(|w| COUNTS.contains(&w)) || algorithm.contains('%') || reckons(algorithm);
        let named = named_by_number(&indicator.name) && !repeats;
        (answer && !counts && !named && words(algorithm).len() > 1).then(|| {
            view.on(rule, index).quote("nome", "name", &indicator.name).quote("algoritmo", "algorithm", algorithm).says(
                "il metodo di calcolo descrive l'attività: non dice come si calcola",
                "the algorithm describes the activity: it doesn't say how to compute",
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

/// Whether a text sets one thing against another ("a / b", "a – b"), names the answers it allows, or the day by which.
fn reckons(text: &str) -> bool {
    static SIGN: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\p{L}[)\]”»]?\s*[/÷×]\s*[(\[“«]?\p{L}|\s[–—−-]\s|\bs[iì]\s?/\s?no\b|\bentro\s+(?:il|la|l['’])?\s*\d{2,4}").expect("constant pattern")
    });
    SIGN.is_match(text)
}

/// "Consolidamento delle attività …": what is done, not what is counted.
fn is_activity(text: &str) -> bool {
    let first = key(text).split(' ').next().unwrap_or_default().to_owned();
    first.ends_with("mento") || first.ends_with("zione")
}

/// "N. imprese …" says that things are counted.
fn named_by_number(name: &str) -> bool {
    matches!(key(name).split(' ').next(), Some("n" | "nr" | "num" | "numero"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_and_differences_reckon() {
        for text in [
            "data graduatoria – data chiusura bando",
            "Proventi correnti / oneri correnti",
            "SI/NO nei termini di legge",
        ] {
            assert!(reckons(text), "{text}");
        }
        assert!(reckons("Progettazione di un'iniziativa entro il 2019"));
        assert!(!reckons("Aggiornamento client") && !reckons("Realizzazione del piano anti-corruzione"));
    }
}

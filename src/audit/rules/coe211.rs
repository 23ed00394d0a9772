//! COE211: l'algoritmo e la scheda nominano fonti diverse.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE211",
    severity: Severity::Warning,
    title: Text {
        it: "l'algoritmo e la scheda nominano fonti diverse",
        en: "algorithm and sheet name different sources",
    },
    what: "Cerca negli algoritmi i nomi di banche dati e applicativi e li confronta con la fonte della scheda.",
    why: "Il dato si deve poter ritrovare: da due fonti possono venire due valori.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Algoritmo: «… dalla banca dati Diana»; fonte: «Priamo».",
    advice: Text { it: "nominare la stessa fonte", en: "name the same source" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let (algorithm, source) = (indicator.algorithm.as_deref()?, indicator.data_source.as_deref()?);
        let told = key(algorithm);
        let after = |phrase: &String| told.split_once(phrase.as_str()).map(|(_, rest)| rest.trim_start().to_owned());
        let rest = view.phrases.sources.iter().find_map(after)?;
        let name = rest.split(' ').next().filter(|name| name.chars().count() > 3)?.to_owned();
        (!key(source).contains(&name)).then(|| {
            view.on(rule, index).quote("algoritmo", "algorithm", algorithm).quote("fonte", "source", source).says(
                format!("l'algoritmo prende i dati da «{name}», la scheda indica «{source}»"),
                format!("the algorithm takes its data from “{name}”, the sheet names “{source}”"),
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

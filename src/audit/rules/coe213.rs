//! COE213: algoritmo e obiettivo non misurano la stessa cosa.

use std::sync::LazyLock;

use regex::Regex;

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE213",
    severity: Severity::Warning,
    title: Text {
        it: "algoritmo e obiettivo non misurano la stessa cosa",
        en: "algorithm and target don't measure the same thing",
    },
    what: "Cerca gli algoritmi che danno un rapporto o una percentuale accanto a un obiettivo sì/no.",
    why: "L'algoritmo dà un numero e l'obiettivo vuole un sì: non si sa quando è raggiunto.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Algoritmo «pensioni elaborate / richiedenti = 100%», obiettivo «si».",
    advice: Text {
        it: "dare l'obiettivo nella misura dell'algoritmo",
        en: "give the target in the algorithm's measure",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static RATIO: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(
            r"(?:\bn\.|\bnr\b\.?|\bnumero|\btotale)\s*[a-zà-ù][^/]{3,100}/\s*(?:n\.|nr\.?|numero|totale)?\s*[a-zà-ù]",
        )
        .expect("constant pattern")
    });
    let finding = |(index, indicator): (usize, &Indicator)| {
        let algorithm = indicator.algorithm.as_deref()?;
        let target = view.year_target(indicator).filter(|t| t.measure.reading.kind == Kind::Boolean)?;
        let lower = algorithm.to_lowercase();
        let ratio = RATIO.is_match(&lower);
        (ratio || lower.trim_end().ends_with("100%")).then(|| {
            view.on(rule, index)
                .at(&target.measure.source)
                .quote("algoritmo", "algorithm", algorithm)
                .quote("obiettivo", "target", &target.measure.raw)
                .says(
                    "l'algoritmo dà un rapporto, l'obiettivo è un sì/no",
                    "the algorithm gives a ratio, the target is a yes/no",
                )
        })
    };
    view.indicators().filter_map(finding).collect()
}

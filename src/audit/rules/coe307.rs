//! COE307: il titolo promette una cosa, gli obiettivi un'altra.

use super::prelude::*;
use super::targets::{comparable, equal};

pub(super) static RULE: Rule = Rule {
    code: "COE307",
    severity: Severity::Warning,
    title: Text {
        it: "il titolo promette una cosa, gli obiettivi un'altra",
        en: "the title promises one thing, the targets another",
    },
    what: "Confronta i titoli che parlano di miglioramento o di mantenimento con i valori di partenza e gli \
          obiettivi dei loro indicatori.",
    why: "Chi legge il titolo si aspetta un'altra cosa da ciò che si misura.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. c) ed e): gli obiettivi determinano un significativo \
          miglioramento e sono commisurati a valori di riferimento.",
    example: "«Miglioramento dell'attività di vigilanza», valore di partenza 40%, obiettivo 40%.",
    advice: Text { it: "cambiare il titolo o l'obiettivo", en: "change the title or the target" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, objective) in view.objectives() {
        // The first word of the two kinds tells what is promised.
        let start: String = objective.title.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        let (improve, keep) = (said(&start, &view.phrases.improve), said(&start, &view.phrases.keep));
        let Some(word) = improve.or(keep) else { continue };
        let pairs: Vec<(&Measure, &Measure)> = view
            .members(index)
            .filter_map(|(_, i)| Some((&i.baseline.as_ref()?.measure, &view.year_target(i)?.measure)))
            .collect();
        let flat = |(b, t): &(&Measure, &Measure)| equal(b, t);
        let raised = |(b, t): &(&Measure, &Measure)| comparable(b, t).is_some_and(|(b, t)| t > b);
        let (it, en) = if improve.is_some() && !pairs.is_empty() && pairs.iter().all(flat) {
            ("gli obiettivi sono uguali ai valori di partenza", "the targets equal the baselines")
        } else if improve.is_none() && pairs.iter().filter(|p| raised(p)).count() * 2 > pairs.len() {
            ("gli obiettivi sono più alti dei valori di partenza", "the targets are higher than the baselines")
        } else {
            continue;
        };
        let mut finding = view.on_objective(rule, index).quote("titolo", "title", &objective.title);
        for (baseline, target) in pairs.iter().take(6) {
            finding = finding.quote("valore di partenza", "baseline", &baseline.raw).quote(
                "obiettivo",
                "target",
                &target.raw,
            );
        }
        out.push(
            finding.says(format!("il titolo parla di «{word}», ma {it}"), format!("the title says “{word}”, but {en}")),
        );
    }
    out
}

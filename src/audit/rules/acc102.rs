//! ACC102: il grado di raggiungimento non è quello che si ricalcola.

use super::prelude::*;
use super::published::differs;
use crate::score::{Score, Subject};

pub(super) static RULE: Rule = Rule {
    code: "ACC102",
    severity: Severity::Error,
    title: Text {
        it: "il grado di raggiungimento non è quello che si ricalcola",
        en: "the printed achievement is not the computed one",
    },
    what: "Confronta il grado di raggiungimento stampato presso l'indicatore con quello ricalcolato da \
          obiettivo e risultato.",
    why: "È la cifra che entra nella valutazione.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli \
          obiettivi, con la rilevazione degli scostamenti.",
    example: "Obiettivo 75%, risultato 54,47%, grado stampato 80%: si ricalcola 72,63%.",
    advice: Text {
        it: "controllare il calcolo e il criterio (tetto, direzione); pianometro explain mostra i passaggi",
        en: "check the calculation and the criterion; pianometro explain shows the steps",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let wrong = |score: &&Score| score.subject == Subject::Indicator && differs(score);
    let finding = |score: &Score| {
        let index = view.plan.indicators.iter().position(|i| i.indicator_id == score.subject_id)?;
        let indicator = view.plan.indicators.get(index)?;
        let printed = indicator.achievement.as_ref()?;
        // Above the cap the two differ by the criterion, which another rule tells; a result outside its target that counts as
        // met is told as that.
        let capped = score.value == Some(Decimal::ONE_HUNDRED) && score.published > score.value;
        let met = super::acc109::finding(&super::acc109::RULE, view, index, indicator).is_some();
        if capped || met {
            return None;
        }
        let mut finding = view.on(rule, index).at(&printed.source);
        if let Some(target) = view.year_target(indicator) {
            finding = finding.quote("obiettivo", "target", &target.measure.raw);
        }
        if let Some(actual) = view.actual(indicator) {
            finding = finding.quote("risultato", "actual", &actual.measure.raw);
        }
        let value = italian(score.value?, 2);
        Some(
            finding
                .quote("grado stampato", "printed achievement", &printed.raw)
                .says(
                    format!("il grado di raggiungimento stampato è {}, quello ricalcolato {value}", printed.raw),
                    format!("the printed achievement is {}, the computed one {value}", printed.raw),
                )
                .reckons_in(score.explanation.clone(), format!("{} → {value}", score.policy)),
        )
    };
    view.scores.scores.iter().filter(wrong).filter_map(finding).collect()
}

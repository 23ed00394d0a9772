//! ACC129: un conteggio contro un obiettivo a parole.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC129",
    severity: Severity::Info,
    title: Text { it: "un conteggio contro un obiettivo a parole", en: "a count against a target in words" },
    what: "Cerca i risultati che sono un numero dove l'obiettivo alla stessa data è una frase, o un elenco di più cose da fare.",
    why: "Non si sa quale delle cose promesse è stata fatta: il numero e la frase non si confrontano.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): obiettivi misurabili in termini concreti e chiari.",
    example: "Obiettivo «1 corso; presentazione del progetto; coordinamento dell'evento», risultato «2».",
    advice: Text {
        it: "dire quali delle cose promesse sono fatte, o dare l'obiettivo come numero",
        en: "say which of the things promised are done, or give the target as a number",
    },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator).filter(|_| indicator.same_as.is_none())?;
        let target = view.target_for(indicator, actual)?;
        let plain = actual.measure.reading.kind == Kind::Number && words(&actual.measure.raw).len() < 2;
        let wordy = target.measure.reading.kind == Kind::Text && words(&target.measure.raw).len() > 5
            || several(&target.measure.raw);
        (plain && wordy && number(&actual.measure).is_some()).then(|| {
            view.on(rule, index).at_result(&actual.measure, &target.measure).says(
                "l'obiettivo è una frase, il risultato un numero: non si possono confrontare",
                "the target is a sentence, the actual a number: they can't be compared",
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

/// Whether a target asks for several things: "1 course; presentation of …".
fn several(text: &str) -> bool {
    text.contains(';') && words(text).len() > 8
}

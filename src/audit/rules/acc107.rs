//! ACC107: il risultato è una frase.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC107",
    severity: Severity::Warning,
    title: Text { it: "il risultato è una frase", en: "the actual is a sentence" },
    what: "Cerca i risultati a parole dove l'obiettivo è un numero, una percentuale o un sì/no.",
    why: "Una frase non si confronta con una cifra: il grado di raggiungimento lo decide chi legge.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): obiettivi misurabili in termini concreti e chiari.",
    example: "Obiettivo «SI», risultato «Il manuale è stato aggiornato al 30/06».",
    advice: Text {
        it: "mettere nella cella il valore (sì, no, una cifra) e la frase nel commento",
        en: "put the value (yes, no, a figure) into the cell and the sentence into the comment",
    },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator)?;
        let target = view.target_for(indicator, actual).or_else(|| view.year_target(indicator))?;
        let reading = &actual.measure.reading;
        let sentence = matches!(reading.kind, Kind::Text | Kind::Date) && words(&actual.measure.raw).len() >= 4;
        let measurable = matches!(
            target.measure.reading.kind,
            Kind::Number | Kind::Percent | Kind::Currency | Kind::Duration | Kind::Boolean | Kind::Range | Kind::Ratio
        );
        (sentence && measurable && said(&actual.measure.raw, &view.phrases.estimate).is_none()).then(|| {
            let answer = target.measure.reading.kind == Kind::Boolean;
            let (it, en) = match answer {
                true => (
                    "l'obiettivo è un sì/no, nella cella del risultato c'è una frase",
                    "the target is a yes/no, the cell of the actual holds a sentence",
                ),
                false => (
                    "l'obiettivo è una cifra, nella cella del risultato c'è una frase: non si possono confrontare",
                    "the target is a figure, the cell of the actual holds a sentence: they can't be compared",
                ),
            };
            view.on(rule, index).at_result(&actual.measure, &target.measure).says(it, en)
        })
    };
    view.indicators().filter_map(finding).collect()
}

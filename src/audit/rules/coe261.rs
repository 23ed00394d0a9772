//! COE261: un valore cumulato che scende.

use super::prelude::*;
use super::targets::{adds_up, comparable};

pub(super) static RULE: Rule = Rule {
    code: "COE261",
    severity: Severity::Warning,
    title: Text { it: "un valore cumulato che scende", en: "a cumulated value that falls" },
    what: "Confronta i risultati dello stesso anno a due date per ciò che si conta dall'inizio dell'anno: il secondo non \
          può essere minore del primo.",
    why: "Uno dei due valori è sbagliato, o il modo di contare è cambiato.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Incontri organizzati: 260 al 30/06, 241 al 30/09.",
    advice: Text {
        it: "controllare i due valori, o dire perché il conto è cambiato",
        en: "check both values, or say why the count has changed",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let year = view.plan.card.year;
    let finding = |(index, indicator): (usize, &Indicator)| {
        let of_year = |a: &&DatedMeasure| a.period.is_some_and(|p| Some(p.year()) == year);
        let own: Vec<&DatedMeasure> = indicator.actuals.iter().filter(of_year).collect();
        let pair = own.windows(2).find_map(|w| {
            let [first, last] = w else { return None };
            let (a, b) = comparable(&first.measure, &last.measure)?;
            (first.period < last.period && b < a).then_some((*first, *last, a, b))
        });
        let (first, last, a, b) = pair?;
        let counts = matches!(last.measure.reading.kind, Kind::Number | Kind::Currency) && adds_up(indicator);
        let whole = a.fract().is_zero() && b.fract().is_zero();
        let target = indicator.targets.iter().find(|t| told(&t.measure))?;
        (counts && whole && higher_is_better(indicator, &target.measure)).then(|| {
            view.on(rule, index)
                .at(&last.measure.source)
                .quote("prima", "earlier", &first.measure.raw)
                .quote("dopo", "later", &last.measure.raw)
                .says(
                    format!(
                        "{} era {}, {} è {}: un conteggio non scende",
                        at_day(first.period),
                        first.measure.raw,
                        at_day(last.period),
                        last.measure.raw
                    ),
                    format!("was {}, later {}: a count doesn't fall", first.measure.raw, last.measure.raw),
                )
                .reckons(format!("{} < {}", italian(b, 4), italian(a, 4)))
        })
    };
    view.indicators().filter_map(finding).collect()
}

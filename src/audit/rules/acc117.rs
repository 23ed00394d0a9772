//! ACC117: un grado di raggiungimento senza risultato.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC117",
    severity: Severity::Error,
    title: Text { it: "un grado di raggiungimento senza risultato", en: "an achievement without an actual" },
    what: "Cerca gli indicatori con un grado di raggiungimento stampato e nessun risultato, o un segnaposto («n.d.», «-»).",
    why: "Il grado si conta nella media anche se non c'è nulla che lo provi.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli obiettivi, con la rilevazione degli scostamenti.",
    example: "Risultato «n.d.», grado di raggiungimento 100%.",
    advice: Text { it: "dare il risultato, o togliere il grado", en: "give the actual, or drop the achievement" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let printed = indicator.achievement.as_ref().filter(|m| number(m).is_some_and(|n| n > Decimal::ZERO))?;
        let actual = view.actual(indicator);
        // A text is a result that can't be measured; another rule tells it.
        if actual.is_some_and(|a| a.measure.reading.kind != Kind::Missing)
            || !told(printed)
            || actual.is_none() && !view.reports()
        {
            return None;
        }
        let raw = actual.map_or("", |a| a.measure.raw.as_str());
        let finding = view.on(rule, index).at(&printed.source);
        let finding = if raw.is_empty() { finding } else { finding.quote("risultato", "actual", raw) };
        Some(finding.quote("grado stampato", "printed achievement", &printed.raw).says(
            format!(
                "il grado di raggiungimento è {}, ma la cella del risultato {}",
                printed.raw,
                if raw.is_empty() { "è vuota" } else { "non ha una cifra" }
            ),
            format!("the achievement is {}, but there is no actual", printed.raw),
        ))
    };
    view.indicators().filter_map(finding).collect()
}

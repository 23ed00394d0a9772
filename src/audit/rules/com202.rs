//! COM202: manca lo scostamento.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM202",
    severity: Severity::Warning,
    title: Text { it: "manca lo scostamento", en: "the variance is missing" },
    what: "Cerca gli indicatori con il risultato e senza scostamento, in un documento in cui gli altri lo \
          hanno.",
    why: "La rilevazione degli scostamenti è ciò che il documento deve dare.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli \
          obiettivi, con la rilevazione degli scostamenti.",
    example: "Risultati raggiunti 188; nessuna riga «Scostamenti».",
    advice: Text { it: "aggiungere lo scostamento", en: "add the variance" },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let with_actual = || view.indicators().filter(|(_, i)| view.actual(i).is_some_and(|a| told(&a.measure)));
    let with = with_actual().filter(|(_, i)| i.variance.is_some()).count();
    if with * 2 < with_actual().count() {
        return Vec::new();
    }
    // A level whose tables have no such column, as a dashboard of the strategic indicators, lacks nothing.
    let level = |i: &Indicator| view.objective_of(i).map(|o| o.level);
    let has = |i: &Indicator| view.indicators().any(|(_, other)| level(other) == level(i) && other.variance.is_some());
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator)?;
        (indicator.variance.is_none() && has(indicator)).then(|| {
            let mut finding = view.on(rule, index);
            if !view.target_for(indicator, actual).is_some_and(|t| told(&t.measure)) {
                "aggiungere la riga dello scostamento; se alla data non c'è un obiettivo, scriverci «non previsto»"
                    .clone_into(&mut finding.hint);
                "add the row of the variance; where no target is set for the day, write so"
                    .clone_into(&mut finding.hint_en);
            }
            finding.at(&actual.measure.source).quote("risultato", "actual", &actual.measure.raw).says(
                "c'è il risultato ma non lo scostamento, che gli altri indicatori hanno",
                "there is an actual but no variance, which the other indicators have",
            )
        })
    };
    with_actual().filter_map(finding).collect()
}

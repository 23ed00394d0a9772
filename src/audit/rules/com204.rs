//! COM204: il monitoraggio non dice il valore.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM204",
    severity: Severity::Warning,
    title: Text { it: "il monitoraggio non dice il valore", en: "the monitoring doesn't tell the value" },
    what: "Cerca gli indicatori con un obiettivo in cifre di cui il monitoraggio dice solo quanta attività è \
          svolta.",
    why: "«50% dell'attività» non dice nulla di un tempo medio o di un tasso: non si sa se l'obiettivo sarà \
          raggiunto.",
    basis: "D.Lgs. 150/2009, art. 6: il monitoraggio in corso d'anno verifica l'andamento rispetto agli \
          obiettivi.",
    example: "Obiettivo «<= 15» giorni; monitoraggio «in linea con target 50% attività svolta».",
    advice: Text { it: "riportare il valore misurato dell'indicatore", en: "report the indicator's measured value" },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let monitoring = indicator.monitoring.as_ref()?;
        let target = view.year_target(indicator)?;
        let figures = matches!(
            target.measure.reading.kind,
            Kind::Number | Kind::Percent | Kind::Duration | Kind::Currency | Kind::Range
        );
        (figures && !indicator.actuals.iter().any(|a| told(&a.measure))).then(|| {
            view.on(rule, index)
                .at(&monitoring.source)
                .quote("obiettivo", "target", &target.measure.raw)
                .quote("monitoraggio", "monitoring", &monitoring.raw)
                .says(
                    "l'obiettivo è in cifre, il monitoraggio non dice il valore raggiunto",
                    "the target is a figure, the monitoring doesn't tell the value reached",
                )
        })
    };
    view.indicators().filter_map(finding).collect()
}

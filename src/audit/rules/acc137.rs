//! ACC137: l'avanzamento non è il rapporto con l'obiettivo annuale.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC137",
    severity: Severity::Error,
    title: Text {
        it: "l'avanzamento non è quello che si ricalcola sull'obiettivo annuale",
        en: "the progress is not what is computed on the annual target",
    },
    what: "Nei monitoraggi in cui l'avanzamento stampato è, quasi sempre, il rapporto tra il valore a una data dell'anno e \
          l'obiettivo annuale, segnala gli indicatori per cui non lo è.",
    why: "L'avanzamento decide il semaforo e il risultato dell'obiettivo.",
    basis: "D.Lgs. 150/2009, art. 6: il monitoraggio verifica l'andamento rispetto agli obiettivi.",
    example: "Valore al 30/09 9.930, obiettivo annuale 15.000: 66,20%, stampato 69,20%.",
    advice: Text { it: "rifare il conto dell'avanzamento", en: "compute the progress again" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let (mut right, mut wrong) = (0, Vec::new());
    for (index, indicator) in view.indicators().filter(|(_, i)| i.same_as.is_none()) {
        let Some((value, printed, actual, target)) = progress(view, indicator) else { continue };
        let rounding = Decimal::new(11, printed.scale().min(20) + 1);
        let capped = value.min(Decimal::ONE_HUNDRED);
        if (value - printed).abs() <= rounding || (capped - printed).abs() <= rounding {
            right += 1;
        } else {
            wrong.push((index, indicator, capped, actual, target));
        }
    }
    if right < 5 || wrong.len() * 4 > right {
        return Vec::new();
    }
    let finding = |(index, indicator, value, actual, target): (usize, &Indicator, Decimal, &Measure, &Measure)| {
        let raw = indicator.achievement.as_ref()?.raw.as_str();
        let (a, b) = if higher_is_better(indicator, target) { (actual, target) } else { (target, actual) };
        Some(
            view.on(rule, index)
                .at(&actual.source)
                .quote("obiettivo annuale", "annual target", &target.raw)
                .quote("risultato", "actual", &actual.raw)
                .quote("avanzamento", "progress", raw)
                .says(
                    format!(
                        "l'avanzamento stampato è {raw}, come per gli altri indicatori sarebbe {}%",
                        italian(value, 2)
                    ),
                    format!("the printed progress is {raw}, reckoned as for the others it is {}%", italian(value, 2)),
                )
                .reckons(format!(
                    "{} / {} = {}%",
                    number(a).map_or(String::new(), |n| italian(n, 4)),
                    number(b).map_or(String::new(), |n| italian(n, 4)),
                    italian(value, 2)
                )),
        )
    };
    wrong.into_iter().filter_map(finding).collect()
}

/// What the annual target makes of a value of an earlier day, the printed rate, and the two figures; `None` where the day has a
/// target of its own.
fn progress<'a>(view: &View<'a>, indicator: &'a Indicator) -> Option<(Decimal, Decimal, &'a Measure, &'a Measure)> {
    let actual = view.actual(indicator)?;
    let target = view.year_target(indicator)?;
    let printed = number(indicator.achievement.as_ref()?)?;
    let apart = actual.period < target.period
        && actual.period.map(|p| p.year()) == target.period.map(|p| p.year())
        && view.target_for(indicator, actual).is_none();
    if !apart || !alike(&actual.measure.reading, &target.measure.reading) {
        return None;
    }
    let (done, wanted) = (number(&actual.measure)?, number(&target.measure)?);
    let (a, b) = if higher_is_better(indicator, &target.measure) { (done, wanted) } else { (wanted, done) };
    (a > Decimal::ZERO && b > Decimal::ZERO)
        .then(|| (a / b * Decimal::ONE_HUNDRED, printed, &actual.measure, &target.measure))
}

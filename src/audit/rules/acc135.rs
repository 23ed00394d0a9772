//! ACC135: un salto che pare una cifra di troppo.

use super::prelude::*;
use super::targets::adds_up;

pub(super) static RULE: Rule = Rule {
    code: "ACC135",
    severity: Severity::Info,
    title: Text { it: "un salto che pare una cifra di troppo", en: "a jump that looks like a digit too many" },
    what: "Cerca, negli obiettivi degli anni, un valore più di tre volte quello prima quando gli altri passi sono piccoli.",
    why: "Può essere un errore di battitura; se è voluto, il documento non dice perché.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "250, 300, 1.350.",
    advice: Text {
        it: "controllare la cifra, o dire perché cresce tanto",
        en: "check the figure, or say why it grows so",
    },
    gather: Some(5),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let first = |t: &&DatedMeasure| !t.revised && t.measure.reading.kind == Kind::Number;
        let all: Vec<(&DatedMeasure, Decimal)> = indicator
            .baseline
            .iter()
            .chain(indicator.targets.iter().filter(first))
            .filter_map(|t| Some((t, number(&t.measure)?)))
            .collect();
        let ten = Decimal::TEN;
        if all.len() < 3 || all.iter().any(|(_, n)| *n < ten) || !adds_up(indicator) {
            return None;
        }
        let steps: Vec<Decimal> =
            all.windows(2).filter_map(|w| w.first().zip(w.last()).map(|(a, b)| b.1 / a.1)).collect();
        let most = steps.iter().copied().max()?;
        let at = steps.iter().position(|s| *s == most)?;
        let calm = |s: &Decimal| *s >= Decimal::new(7, 1) && *s <= Decimal::new(15, 1);
        let others = steps.iter().enumerate().filter(|(n, _)| *n != at).all(|(_, s)| calm(s));
        let ((_, before), (jump, after)) = (*all.get(at)?, *all.get(at + 1)?);
        (most > Decimal::from(3) && others && at > 0).then(|| {
            let series: Vec<&str> = all.iter().map(|(t, _)| t.measure.raw.as_str()).collect();
            view.on(rule, index).at(&jump.measure.source).quote("valori", "values", &series.join(" → ")).says(
                format!("{} è {} volte il valore prima", jump.measure.raw, italian(after / before, 1)),
                format!("{} is {} times the value before", jump.measure.raw, italian(after / before, 1)),
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

//! ACC138: un indicatore non rilevato che doveva contare zero.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "ACC138",
    severity: Severity::Error,
    title: Text {
        it: "un indicatore non rilevato non conta zero, come il metodo vuole",
        en: "an unmeasured indicator doesn't count zero, as the method says",
    },
    what: "Quando il metodo del documento dice che gli indicatori non rilevati valgono zero, cerca gli obiettivi il cui \
          risultato stampato è la media dei soli indicatori rilevati.",
    why: "Il risultato è più alto di quello che le regole del documento danno.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Due indicatori, 92,67% e non rilevato: stampato 92,67%, per la regola (92,67 + 0) / 2 = 46,33%.",
    advice: Text {
        it: "ricalcolare il risultato con la regola stampata",
        en: "compute the result again by the printed rule",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static ZERO: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)(?:non rilevat[ioe]|non misurat[ioe]|non disponibil[ie]|priv[ioae] di (?:valore|risultato|dato|consuntivo))[^.;]{0,80}?(?:\bzero\b|\b0\s?%)")
            .expect("constant pattern")
    });
    let paragraphs = view.plan.passages.iter().filter(|p| p.table.is_none()).flat_map(|p| &p.cells);
    let Some(stated) = paragraphs.filter_map(|c| ZERO.find(&c.raw)).map(|m| m.as_str()).next() else {
        return Vec::new();
    };
    let finding = |(index, objective): (usize, &Objective)| {
        let published = objective.achievement.as_ref()?;
        let printed = number(published)?;
        let members: Vec<&Indicator> = view.members(index).map(|(_, i)| i).filter(|i| !i.targets.is_empty()).collect();
        let weight = |i: &Indicator| i.weight.as_ref().and_then(number);
        let weighed = members.iter().all(|i| weight(i).is_some());
        let share = |i: &Indicator| weight(i).filter(|_| weighed).unwrap_or(Decimal::ONE);
        let rate = |i: &Indicator| i.achievement.as_ref().and_then(number);
        let missing = |i: &&&Indicator| rate(i).is_none() && view.actual(i).is_none_or(|a| !told(&a.measure));
        let measured: Vec<(Decimal, Decimal)> = members.iter().filter_map(|i| Some((rate(i)?, share(i)))).collect();
        let lost = members.iter().filter(missing).count();
        if lost == 0 || measured.is_empty() || measured.len() + lost != members.len() {
            return None;
        }
        let sum: Decimal = measured.iter().map(|(r, w)| r * w).sum();
        let whole: Decimal = members.iter().map(|i| share(i)).sum();
        let part: Decimal = measured.iter().map(|(_, w)| w).sum();
        if whole.is_zero() || part.is_zero() {
            return None;
        }
        let (with, without) = (sum / whole, sum / part);
        let near = |n: Decimal| (n - printed).abs() <= Decimal::new(11, printed.scale().min(20) + 1);
        (near(without) && !near(with)).then(|| {
            let terms: Vec<String> = measured.iter().map(|(r, _)| italian(*r, 2)).collect();
            view.on_objective(rule, index)
                .at(&published.source)
                .quote("metodo", "method", &shortened(stated))
                .quote("risultato stampato", "printed result", &published.raw)
                .says(
                    format!(
                        "il risultato stampato, {}, è la media dei soli indicatori rilevati; con la regola del documento è {}%",
                        published.raw,
                        italian(with, 2)
                    ),
                    format!(
                        "the printed result, {}, is the mean of the measured indicators only; by the document's rule it is {}%",
                        published.raw,
                        italian(with, 2)
                    ),
                )
                .reckons_in(
                    format!("{} e {lost} senza valore: {}%", terms.join(" + "), italian(with, 2)),
                    format!("{} and {lost} without a value: {}%", terms.join(" + "), italian(with, 2)),
                )
        })
    };
    view.objectives().filter_map(finding).collect()
}

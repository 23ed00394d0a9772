//! ACC108: decimali o migliaia in dubbio.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "ACC108",
    severity: Severity::Warning,
    title: Text { it: "decimali o migliaia in dubbio", en: "decimals or thousands in doubt" },
    what: "Cerca le cifre con tre decimali dopo la virgola e nessun punto, e quelle col punto al posto della virgola. Dove stanno punto e virgola la cifra è chiara.",
    why: "«612,863» e «12.50» si leggono in due modi: l'ordine di grandezza può cambiare.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Kwh 612,863 accanto a Kwh 659.206,67.",
    advice: Text {
        it: "scrivere le cifre in forma italiana: punto per le migliaia, virgola per i decimali, due decimali",
        en: "write figures in Italian form, with two decimals",
    },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static DOUBT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?:^|[^\d.,/])(\d+,\d{3}|\d+\.\d{1,2})(?:$|[^\d.,/]|[.,](?:\s|$))").expect("constant pattern")
    });
    let mut out = Vec::new();
    for (index, indicator) in view.indicators() {
        let values = indicator.baseline.iter().chain(&indicator.targets).chain(&indicator.actuals).map(|v| &v.measure);
        for measure in values.chain(&indicator.variance) {
            // Days and times have points of their own.
            if matches!(measure.reading.kind, Kind::Date | Kind::Text | Kind::Missing) {
                continue;
            }
            // "30.09" is a day where another value of the indicator is one.
            let day = indicator.targets.iter().chain(&indicator.actuals).any(|v| v.measure.reading.kind == Kind::Date);
            if day && measure.raw.chars().filter(char::is_ascii_digit).count() < 5 {
                continue;
            }
            let Some(found) = DOUBT.captures(&measure.raw) else { continue };
            out.push(view.on(rule, index).at(&measure.source).quote("valore", "value", &measure.raw).says(
                format!("«{}»: non è chiaro se il segno separa decimali o migliaia", &found[1]),
                format!("“{}”: it isn't clear whether the sign separates decimals or thousands", &found[1]),
            ));
            break;
        }
    }
    out
}

//! ACC134: le parti di una somma fanno un altro totale.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "ACC134",
    severity: Severity::Warning,
    title: Text {
        it: "le parti dette nel testo superano il totale",
        en: "the parts told in the text exceed the total",
    },
    what: "Somma gli importi che il testo elenca dopo «di cui» e li confronta con il totale che li precede; lo stesso per i \
          conteggi, quando le parti lo mancano di poco.",
    why: "Una parte o il totale è sbagliato.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«€ 1.420.000, di cui € 860.000 per il credito, € 430.000 per i mercati e € 190.000 per lo sportello»: fanno \
             1.480.000.",
    advice: Text { it: "controllare il totale e le parti", en: "check the total and the parts" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for one in divided(&cell.raw) {
                let sum: Decimal = one.parts.iter().sum();
                let terms: Vec<String> = one.parts.iter().map(|p| italian(*p, 2)).collect();
                out.push(
                    view.at(rule, passage.objective, &cell.source)
                        .quote("testo", "text", &shortened(one.text))
                        .says(
                            format!("le parti fanno {}, il totale detto è {}", italian(sum, 2), italian(one.whole, 2)),
                            format!("the parts make {}, the total told is {}", italian(sum, 2), italian(one.whole, 2)),
                        )
                        .reckons(format!("{} = {}", terms.join(" + "), italian(sum, 2))),
                );
            }
        }
    }
    out
}

struct Divided<'t> {
    whole: Decimal,
    parts: Vec<Decimal>,
    text: &'t str,
}

/// "X, di cui a …, b … e c …" whose parts make more than X.
fn divided(text: &str) -> Vec<Divided<'_>> {
    static HEAD: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)(€\s*|euro\s+)?(\d{1,3}(?:\.\d{3})+(?:,\d{2})?)(\s*€|\s+euro)?[^.;:\d]{0,40}?[,(]?\s*di cui\b")
            .expect("constant pattern")
    });
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"\d{1,3}(?:\.\d{3})+(?:,\d{2})?").expect("constant pattern")
    });
    let mut out = Vec::new();
    for found in HEAD.captures_iter(text) {
        let (Some(head), Some(whole)) = (found.get(0), value_of(&found[2])) else { continue };
        let rest = text.get(head.end()..).unwrap_or_default();
        // The sentence, or the bracket that the words opened.
        let opened = head.as_str().contains('(');
        let end = rest.find(if opened { &[')', ';'][..] } else { &[';', '\n', ')'][..] }).unwrap_or(rest.len());
        let stop = rest.find(". ").unwrap_or(rest.len());
        let list = rest.get(..end.min(stop)).unwrap_or_default();
        // A second "of which" divides a part.
        if list.to_lowercase().contains("di cui") {
            continue;
        }
        let parts: Vec<Decimal> = PART.find_iter(list).filter_map(|m| value_of(m.as_str())).collect();
        let sum: Decimal = parts.iter().sum();
        let money = found.get(1).is_some() || found.get(3).is_some();
        // Those counted may be in two groups ("women", "young"): only a near miss is a mistake.
        let near = sum - whole <= whole * Decimal::new(2, 2);
        if parts.len() > 1 && sum > whole && (money || near) && parts.iter().all(|p| *p < whole) {
            let end = head.end() + list.len();
            out.push(Divided { whole, parts, text: text.get(head.start()..end).unwrap_or_default() });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_total() {
        let found = divided(
            "pari a € 1.420.000,00, di cui € 860.000,00 per il credito, € 430.000,00 per i mercati e € 190.000,00 per lo sportello.",
        );
        assert_eq!(found.first().map(|d| (d.parts.len(), d.whole)), Some((3, Decimal::from(1_420_000))));
        assert_eq!(divided("63.512 (di cui Prato 33.418 e Pistoia 30.194)").len(), 1);
        assert!(divided("€ 1.480.000, di cui € 860.000 per il credito e € 620.000 per il resto").is_empty());
        assert!(divided("1.200 imprese, di cui 1.000 femminili e 1.100 giovanili").is_empty());
    }
}

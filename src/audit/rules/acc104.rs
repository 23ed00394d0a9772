//! ACC104: un'operazione stampata è sbagliata.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "ACC104",
    severity: Severity::Error,
    title: Text { it: "un'operazione stampata è sbagliata", en: "a printed calculation is wrong" },
    what: "Rifà le operazioni stampate nel testo nella forma «3.041 euro x 5 = 15.205 euro».",
    why: "Le somme stampate finiscono nei fondi e nei budget.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "3.041 euro x 5 = 15.250 euro.",
    advice: Text { it: "correggere l'operazione", en: "correct the calculation" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static PRODUCT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(
            r"(\d[\d.]*(?:,\d+)?)\s*(?:euro|€)?\s*[x×*]\s*(\d[\d.]*(?:,\d+)?)\s*=\s*(?:euro|€)?\s*(\d[\d.]*(?:,\d+)?)",
        )
        .expect("constant pattern")
    });
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in PRODUCT.captures_iter(&cell.raw) {
                let Some((a, b, c)) =
                    figure(&found[1]).zip(figure(&found[2])).zip(figure(&found[3])).map(|((a, b), c)| (a, b, c))
                else {
                    continue;
                };
                let Some(right) = a.checked_mul(b) else { continue };
                if right.round_dp(c.scale()) == c {
                    continue;
                }
                out.push(
                    view.at(rule, passage.objective, &cell.source)
                        .quote("testo", "text", &found[0])
                        .says(
                            format!("il prodotto stampato è {}, quello giusto {}", italian(c, 4), italian(right, 4)),
                            format!("the printed product is {}, the right one {}", italian(c, 4), italian(right, 4)),
                        )
                        .reckons(format!("{} × {} = {}", italian(a, 4), italian(b, 4), italian(right, 4))),
                );
            }
        }
    }
    out
}

/// A figure in Italian form.
fn figure(text: &str) -> Option<Decimal> {
    let text = text.trim_end_matches(['.', ',']);
    text.replace('.', "").replace(',', ".").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_italian() {
        assert_eq!(figure("15.205").map(|f| f.to_string()).as_deref(), Some("15205"));
        assert_eq!(figure("1.000,50.").map(|f| f.to_string()).as_deref(), Some("1000.50"));
    }
}

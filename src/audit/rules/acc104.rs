//! ACC104: un'operazione stampata è sbagliata.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "ACC104",
    severity: Severity::Error,
    title: Text { it: "un'operazione stampata è sbagliata", en: "a printed calculation is wrong" },
    what: "Rifà le operazioni stampate nel testo: prodotti, somme e quote («3.041 euro x 5 = 15.205 euro», «12 + 7 = 19», «41 su \
          50 (82%)»).",
    why: "Le somme stampate finiscono nei fondi e nei budget.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "3.041 euro x 5 = 15.250 euro.",
    advice: Text { it: "correggere l'operazione", en: "correct the calculation" },
    gather: None,
    check: Check::Document(check),
};

const FIGURE: &str = r"(\d[\d.]*(?:,\d+)?)";

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for sum in printed(&cell.raw).into_iter().filter(|s| !s.right()) {
                // A row that a table and its summary both print is one mistake.
                if seen.contains(&sum.raw) {
                    continue;
                }
                let (c, right) = (italian(sum.printed, 4), italian(sum.value, 4));
                out.push(
                    view.at(rule, passage.objective, &cell.source)
                        .quote("testo", "text", &sum.raw)
                        .says(
                            format!("il conto stampato dà {c}, quello giusto {right}"),
                            format!("the printed calculation gives {c}, the right one {right}"),
                        )
                        .reckons(format!("{} = {right}", sum.terms)),
                );
                seen.push(sum.raw);
            }
        }
    }
    out
}

/// A calculation in a text.
#[derive(Debug, Clone, PartialEq)]
struct Sum {
    raw: String,
    terms: String,
    printed: Decimal,
    value: Decimal,
    /// Exact, or a share that is rounded as it is printed.
    exact: bool,
}

impl Sum {
    fn right(&self) -> bool {
        let places = self.printed.scale();
        let off = (self.value - self.printed).abs();
        if self.exact { self.value.round_dp(places) == self.printed } else { off <= Decimal::new(1, places.min(28)) }
    }
}

/// "3.041 euro x 5 = 15.205", "12 + 7 = 19", "20 - 8 = 12", "41 su 50 (82%)", "41 / 50 = 82%".
fn printed(text: &str) -> Vec<Sum> {
    static PRODUCT: LazyLock<Regex> = LazyLock::new(|| pattern(r"F\s*(?:euro|€)?\s*[x×*]\s*F\s*=\s*(?:euro|€)?\s*F"));
    static SUM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[^\d.,×x*/+–-]\s*)(\d[\d.]*(?:,\d+)?(?:\s*(?:€|euro)?\s*\+\s*(?:€|euro)?\s*\d[\d.]*(?:,\d+)?)+)\s*(?:€|euro)?\s*=\s*(?:€|euro)?\s*F(?:[^\d]|$)",
        )
    });
    static SHARE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"F\s+su\s+F(?:\s+[a-zà-ù]+){0,3}\s*[(,;=]\s*(?:pari\s+(?:al|a)\s*)?(?:il\s+)?(\d{1,3}(?:,\d+)?)\s*%")
    });
    static RATIO: LazyLock<Regex> = LazyLock::new(|| pattern(r"F\s*/\s*F\s*=\s*(\d{1,3}(?:,\d+)?)\s*%"));
    let mut out = Vec::new();
    let two = |m: &regex::Captures<'_>| Some((value_of(&m[1])?, value_of(&m[2])?, value_of(&m[3])?));
    // A term of a longer sum is none of its own.
    let within = |m: &regex::Captures<'_>| {
        let before = m.get(0).and_then(|m| text.get(..m.start())).unwrap_or_default().trim_end();
        before.ends_with(['+', '-', '−', '×', '*', '/', '('])
    };
    for found in PRODUCT.captures_iter(text).filter(|m| !within(m)) {
        let Some((a, b, printed)) = two(&found) else { continue };
        let Some(value) = a.checked_mul(b) else { continue };
        let terms = format!("{} × {}", italian(a, 4), italian(b, 4));
        out.push(Sum { raw: found[0].to_owned(), terms, printed, value, exact: true });
    }
    for found in SUM.captures_iter(text) {
        let terms: Option<Vec<Decimal>> =
            found[1].split('+').map(|t| value_of(t.trim_matches(|c: char| !c.is_ascii_digit()))).collect();
        let (Some(terms), Some(printed)) = (terms, value_of(&found[2])) else { continue };
        let value = terms.iter().sum();
        let terms: Vec<String> = terms.iter().map(|t| italian(*t, 4)).collect();
        let raw = found[0].trim_matches(|c: char| !c.is_ascii_digit()).to_owned();
        out.push(Sum { raw, terms: terms.join(" + "), printed, value, exact: true });
    }
    for found in SHARE.captures_iter(text).chain(RATIO.captures_iter(text)) {
        let Some((a, b, printed)) = two(&found) else { continue };
        let Some(value) = a.checked_mul(Decimal::ONE_HUNDRED).and_then(|n| n.checked_div(b)) else { continue };
        let terms = format!("{} / {} × 100", italian(a, 4), italian(b, 4));
        out.push(Sum { raw: found[0].to_owned(), terms, printed, value: value.round_dp(4), exact: false });
    }
    out
}

/// A pattern with `F` for a figure.
fn pattern(text: &str) -> Regex {
    // Constant patterns, compiled by the test below.
    Regex::new(&text.replace('F', FIGURE)).expect("constant pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_italian() {
        assert_eq!(value_of("15.205,").map(|f| f.to_string()).as_deref(), Some("15205"));
        let wrong = |text: &str| printed(text).iter().filter(|s| !s.right()).count();
        for text in [
            "3.041 euro x 5 = 15.205 euro",
            "12 + 7 = 19 incontri",
            "41 su 50 (82%)",
            "1.660 / 2.988 = 55,56%",
            "97,56×0,40 + 95,51×0,35 = 72,45",
            "11 - 2 = 9",
            "16 su 20 domande, pari al 80%",
        ] {
            assert_eq!(wrong(text), 0, "{text}: {:?}", printed(text));
        }
        for text in ["3.041 euro x 5 = 15.250 euro", "12 + 7 = 20", "41 su 50 (80%)", "1.660 / 2.988 = 56,55%"] {
            assert_eq!(wrong(text), 1, "{text}: {:?}", printed(text));
        }
        assert_eq!(value_of("1.000,50.").map(|f| f.to_string()).as_deref(), Some("1000.50"));
    }
}

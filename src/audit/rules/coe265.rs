//! COE265: un importo del testo ha le cifre di un totale in un altro ordine.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::figure;
use crate::audit::remarks::shortened;
use crate::extract::Lexicon;

pub(super) static RULE: Rule = Rule {
    code: "COE265",
    severity: Severity::Warning,
    title: Text {
        it: "un importo del testo non è il totale della tabella",
        en: "an amount in the text is not the table's total",
    },
    what: "Confronta gli importi del testo con i totali delle tabelle: segnala quelli che hanno le stesse cifre in un altro \
          ordine e che nessuna tabella stampa.",
    why: "Una delle due cifre è un errore di battitura, e non si sa quale.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Testo: «ammontano complessivamente a € 457.000,00»; totale della tabella: 475.000,00.",
    advice: Text { it: "controllare quale dei due importi vale", en: "check which of the two amounts is right" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?:€|\beuro)\s*(\d{1,3}(?:\.\d{3})+(?:,\d{2})?)|(\d{1,3}(?:\.\d{3})+(?:,\d{2})?)\s*(?:€|euro\b)")
            .expect("constant pattern")
    });
    let mut printed: Vec<Decimal> = Vec::new();
    let mut totals: Vec<(Decimal, &str)> = Vec::new();
    for row in view.plan.passages.iter().filter(|p| p.table.is_some()) {
        let sum = row.cells.first().is_some_and(|c| Lexicon::starts_with(&c.raw, &view.phrases.sums));
        for cell in &row.cells {
            if let Some(found) = figure(&cell.raw).filter(|f| f.value >= Decimal::ONE_THOUSAND) {
                printed.push(found.value);
                if sum {
                    totals.push((found.value, &cell.raw));
                }
            }
        }
    }
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_none()) {
        for cell in &passage.cells {
            for found in AMOUNT.captures_iter(&cell.raw) {
                let Some(raw) = found.get(1).or_else(|| found.get(2)).map(|m| m.as_str()) else { continue };
                let Some(value) = value_of(raw) else { continue };
                if printed.contains(&value.normalize()) {
                    continue;
                }
                let Some((_, total)) = totals.iter().find(|(t, _)| swapped(value, *t)) else { continue };
                let sentence = cell.raw.split_inclusive(". ").find(|s| s.contains(raw)).unwrap_or(&cell.raw);
                out.push(
                    view.at(rule, passage.objective, &cell.source)
                        .quote("testo", "text", &shortened(sentence.trim()))
                        .quote("totale nella tabella", "total in the table", total)
                        .says(
                            format!("il testo dice {raw}, la tabella {total}: le stesse cifre in un altro ordine"),
                            format!("the text says {raw}, the table {total}: the same digits in another order"),
                        ),
                );
            }
        }
    }
    out
}

/// Two figures that differ by two digits that changed places.
fn swapped(a: Decimal, b: Decimal) -> bool {
    let digits = |n: Decimal| n.trunc().to_string().chars().collect::<Vec<char>>();
    let (x, y) = (digits(a), digits(b));
    let apart: Vec<usize> = (0..x.len().min(y.len())).filter(|at| x.get(*at) != y.get(*at)).collect();
    let [i, j] = apart[..] else { return false };
    x.len() == y.len() && x.get(i) == y.get(j) && x.get(j) == y.get(i) && a.fract() == b.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_change_places() {
        assert!(swapped(Decimal::from(457_000), Decimal::from(475_000)));
        assert!(!swapped(Decimal::from(457_000), Decimal::from(547_001)));
        assert!(!swapped(Decimal::from(457_000), Decimal::from(45_700)));
    }
}

//! COE232: una cifra del testo non è quella dell'indicatore.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;
use crate::extract::Printed;

pub(super) static RULE: Rule = Rule {
    code: "COE232",
    severity: Severity::Warning,
    title: Text {
        it: "una cifra del testo non è quella dell'indicatore",
        en: "a figure in the text is not the indicator's",
    },
    what: "Confronta le cifre del testo con i risultati degli indicatori che parlano della stessa cosa: segnala quelle con le stesse parole e le stesse cifre in un altro ordine, o dette dello stesso indicatore nella sua scheda.",
    why: "Una delle due è un errore di battitura, e non si sa quale.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Premessa: «274 imprese assistite»; scheda: «imprese assistite», risultato 247.",
    advice: Text { it: "controllare quale delle due cifre vale", en: "check which of the two figures is right" },
    gather: Some(8),
    check: Check::Document(check),
};

/// A figure in the prose with the sentence it stands in.
struct Said<'a> {
    raw: &'a str,
    value: Decimal,
    sentence: &'a str,
    cell: &'a Printed,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let said = figures(view);
    let mut out = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for (index, indicator) in view.indicators().filter(|(_, i)| i.same_as.is_none() && words(&i.name).len() > 1) {
        let values = indicator.actuals.iter().chain(&indicator.baseline).chain(&indicator.targets);
        for measure in values.map(|d| &d.measure).filter(|m| told_in_figures(m)) {
            let Some(own) = number(measure) else { continue };
            let swapped = |s: &&Said| turned(s.value, own) && covered(&indicator.name, s.sentence) >= 0.3;
            // The right figure in the same words settles it.
            let right = |s: &Said| s.value == own && covered(&indicator.name, s.sentence) >= 0.3;
            let Some(found) = said.iter().find(swapped).filter(|s| !told.contains(&s.sentence)) else { continue };
            if said.iter().any(|s| right(s) && s.sentence == found.sentence) {
                continue;
            }
            told.push(found.sentence);
            out.push(
                view.on(rule, index)
                    .at(&found.cell.source)
                    .quote("testo", "text", &shortened(found.sentence.trim()))
                    .quote("nella scheda", "in the sheet", &measure.raw)
                    .says(
                        format!(
                            "il testo dice {}, la scheda dell'indicatore {}: le stesse cifre in un altro ordine",
                            found.raw, measure.raw
                        ),
                        format!(
                            "the text says {}, the indicator's sheet {}: the same digits in another order",
                            found.raw, measure.raw
                        ),
                    ),
            );
        }
    }
    out
}

/// A measure that is a figure of three digits or more.
fn told_in_figures(measure: &Measure) -> bool {
    measure.raw.chars().filter(char::is_ascii_digit).count() > 2
}

/// The figures of three digits or more in sentences.
fn figures<'a>(view: &View<'a>) -> Vec<Said<'a>> {
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?").expect("constant pattern")
    });
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for sentence in cell.raw.split_inclusive(['\n', ';']).flat_map(|s| s.split_inclusive(". ")) {
                if words(sentence).len() < 4 {
                    continue;
                }
                for found in FIGURE.find_iter(sentence) {
                    let digits = found.as_str().chars().filter(char::is_ascii_digit).count();
                    let value = found.as_str().replace('.', "").replace(',', ".").parse();
                    let Some(value) = value.ok().filter(|_| digits > 2) else { continue };
                    out.push(Said { raw: found.as_str(), value, sentence, cell });
                }
            }
        }
    }
    out
}

/// The same digits in another order, and figures of one size.
fn turned(a: Decimal, b: Decimal) -> bool {
    let digits = |n: Decimal| {
        let mut digits: Vec<char> = n.abs().to_string().chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    a != b && a.scale() == b.scale() && digits(a) == digits(b) && digits(a).len() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_another_order() {
        assert!(turned(Decimal::from(274), Decimal::from(247)));
        assert!(!turned(Decimal::from(274), Decimal::from(274)) && !turned(Decimal::from(27), Decimal::from(72)));
        assert!(!turned(Decimal::from(274), Decimal::from(275)));
    }
}

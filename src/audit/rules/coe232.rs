//! COE232: una cifra del testo non è quella dell'indicatore.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::said::{Clause, clauses, tells_of};
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
    digits: Vec<char>,
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
            let sorted = digits_of(own);
            // A year is no figure of the indicator's.
            let year = own.scale() == 0 && own >= Decimal::from(1990) && own <= Decimal::from(2060);
            if year {
                continue;
            }
            let swapped =
                |s: &&Said| s.digits == sorted && turned(s.value, own) && covered(&indicator.name, s.sentence) >= 0.3;
            // The right figure in the same words settles it.
            let right = |s: &Said| s.value == own && covered(&indicator.name, s.sentence) >= 0.3;
            let Some(found) = said.iter().find(swapped).filter(|s| !told.contains(&s.sentence)) else { continue };
            // A figure that another indicator has, in its own words, is that one's.
            let of_another = view.indicators().any(|(n, i)| {
                let values = i.actuals.iter().chain(&i.baseline).chain(&i.targets);
                n != index
                    && covered(&i.name, found.sentence) >= 0.5
                    && values.map(|d| &d.measure).any(|m| number(m) == Some(found.value))
            });
            if of_another {
                continue;
            }
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
    out.extend(otherwise(rule, view, &told));
    out
}

/// Figures that the running text tells of an indicator in its own words, and that none of its values is.
fn otherwise(rule: &Rule, view: &View<'_>, told: &[&str]) -> Vec<Finding> {
    let mut out = Vec::new();
    let clauses = clauses(view);
    let year = view.plan.card.year;
    let years = |text: &str| days_of_years(text).into_iter().any(|y| Some(y) != year);
    for clause in clauses.iter().filter(|c| !told.iter().any(|t| t.contains(c.text))) {
        let of: Vec<(usize, &Indicator)> = view.indicators().filter(|(_, i)| tells_of(i, clause)).collect();
        let values = |i: &Indicator| -> Vec<Decimal> {
            let all = i.actuals.iter().chain(&i.targets).chain(&i.baseline).map(|d| &d.measure);
            all.flat_map(|m| [number(m), m.reading.value_high]).flatten().collect()
        };
        let fits = of.iter().any(|(_, i)| values(i).contains(&clause.value));
        // Another figure of the clause may be the indicator's.
        let beside = |c: &&Clause<'_>| c.text == clause.text && of.iter().any(|(_, i)| values(i).contains(&c.value));
        if fits || clauses.iter().any(|c| beside(&c)) || years(clause.text) {
            continue;
        }
        let planned = said(clause.text, &view.phrases.planned).is_some();
        let one = of.iter().find_map(|(n, i)| {
            let actual = if planned { view.year_target(i)? } else { view.actual(i)? };
            let (own, share) = (number(&actual.measure)?, actual.measure.reading.kind == Kind::Percent);
            let size = clause.value * Decimal::TWO >= own && clause.value <= own * Decimal::TWO;
            (share == clause.percent && size && matches!(actual.measure.reading.kind, Kind::Number | Kind::Percent))
                .then_some((*n, actual))
        });
        let Some((index, actual)) = one else { continue };
        out.push(
            view.on(rule, index)
                .at(&clause.cell.source)
                .quote("testo", "text", &shortened(clause.text.trim()))
                .quote("nella scheda", "in the sheet", &actual.measure.raw)
                .says(
                    match planned {
                        true => format!(
                            "il testo dice che il valore da raggiungere era {}, la scheda dell'indicatore «{}»",
                            clause.raw, actual.measure.raw
                        ),
                        false => {
                            format!("il testo dice {}, la scheda dell'indicatore «{}»", clause.raw, actual.measure.raw)
                        }
                    },
                    match planned {
                        true => format!(
                            "the text says that the target was {}, the indicator's sheet “{}”",
                            clause.raw, actual.measure.raw
                        ),
                        false => {
                            format!("the text says {}, the indicator's sheet “{}”", clause.raw, actual.measure.raw)
                        }
                    },
                ),
        );
    }
    out
}

/// The years a text names.
fn days_of_years(text: &str) -> Vec<i16> {
    let four = text.split(|c: char| !c.is_ascii_digit()).filter(|w| w.len() == 4);
    four.filter_map(|w| w.parse().ok()).filter(|y| (1990..2060).contains(y)).collect()
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
                    // "n. 247/2004" is a law.
                    let after = sentence.get(found.end()..).unwrap_or_default();
                    let before = sentence.get(..found.start()).unwrap_or_default();
                    let year = found.as_str().len() == 4
                        && found.as_str().parse::<u16>().is_ok_and(|y| (1990..2060).contains(&y));
                    if after.starts_with('/') || before.ends_with(['/', '-']) || year {
                        continue;
                    }
                    let digits = found.as_str().chars().filter(char::is_ascii_digit).count();
                    let value = found.as_str().replace('.', "").replace(',', ".").parse();
                    let Some(value) = value.ok().filter(|_| digits > 2) else { continue };
                    out.push(Said { raw: found.as_str(), value, digits: digits_of(value), sentence, cell });
                }
            }
        }
    }
    out
}

/// The digits of a figure, sorted.
fn digits_of(n: Decimal) -> Vec<char> {
    let mut digits: Vec<char> = n.abs().to_string().chars().filter(char::is_ascii_digit).collect();
    digits.sort_unstable();
    digits
}

/// The same digits in another order, and figures of one size.
fn turned(a: Decimal, b: Decimal) -> bool {
    a != b && a.scale() == b.scale() && digits_of(a) == digits_of(b) && digits_of(a).len() > 2
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

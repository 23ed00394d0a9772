//! ACC131: un conto nel testo che non torna.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "ACC131",
    severity: Severity::Warning,
    title: Text { it: "un conto nel testo che non torna", en: "a reckoning in the text that doesn't come out" },
    what: "Rifà i conti che il testo racconta: la richiesta meno lo stanziamento contro il disavanzo che ne dice, e l'incremento percentuale di un indicatore dal valore di partenza e dal numero raggiunto nel commento.",
    why: "Chi rifà il conto trova un'altra cifra: uno dei numeri è sbagliato, o ne manca uno.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Stanziamento € 100.000, domande per € 350.000, «un disavanzo di € 200.000»: sarebbe 250.000.",
    advice: Text {
        it: "correggere la cifra, o dire da che cosa viene",
        en: "correct the figure, or say where it comes from",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for gap in gaps(&cell.raw) {
                let raw: Vec<String> = [gap.asked, gap.given, gap.printed].iter().map(|n| italian(*n, 2)).collect();
                let [asked, given, printed] = &raw[..] else { continue };
                let right = italian(gap.asked - gap.given, 2);
                out.push(
                    view.at(rule, passage.objective, &cell.source)
                        .quote("testo", "text", &shortened(gap.text))
                        .says(
                            format!("con {given} disponibili e {asked} richiesti mancano {right}, non {printed}"),
                            format!("with {given} available and {asked} asked for {right} is missing, not {printed}"),
                        )
                        .reckons(format!("{asked} − {given} = {right}")),
                );
            }
        }
    }
    out.extend(growth(rule, view));
    out
}

/// A gap that a text prints between what is asked for and what is there.
struct Gap<'t> {
    given: Decimal,
    asked: Decimal,
    printed: Decimal,
    text: &'t str,
}

fn gaps(text: &str) -> Vec<Gap<'_>> {
    static SUM: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"€\s*(\d{1,3}(?:\.\d{3})+(?:,\d{2})?)|(\d{1,3}(?:\.\d{3})+(?:,\d{2})?)\s*(?:€|euro)")
            .expect("constant pattern")
    });
    static GAP: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\b(?:disavanzo|eccedenza|carenza|fabbisogno non coperto)\s[^€.;]{0,60}?(?:stanziament|risors|disponibil|fondi|dotazion)[^€.;]{0,40}(?:di|pari a)\s*(?:€|\d)").expect("constant pattern")
    });
    let value = |m: &regex::Captures<'_>| {
        let raw = m.get(1).or(m.get(2))?.as_str();
        value_of(raw)
    };
    let mut out = Vec::new();
    for found in GAP.find_iter(text) {
        // The line and the one before belong together.
        let start = text.get(..found.start()).and_then(|t| t.rfind('\n')).and_then(|at| text.get(..at)?.rfind('\n'));
        let before = text.get(start.unwrap_or(0)..found.start()).unwrap_or_default();
        let sums: Vec<Decimal> = SUM.captures_iter(before).filter_map(|m| value(&m)).collect();
        let from = text.floor_char_boundary(found.end().saturating_sub(4));
        let rest = text.get(from..).unwrap_or_default();
        let printed = SUM.captures(rest).and_then(|m| value(&m));
        // The sum asked for is the last, what is there one of those before.
        let (Some(printed), [given @ .., asked]) = (printed, &sums[..]) else { continue };
        let Some(first) = given.first() else { continue };
        if given.iter().any(|g| asked - g == printed) || *asked <= *first || sums.len() > 4 {
            continue;
        }
        let from = text.floor_char_boundary(found.start().saturating_sub(120));
        out.push(Gap { given: *first, asked: *asked, printed, text: text.get(from..).unwrap_or(text).trim() });
    }
    out
}

/// Indicators of a growth in percent whose figures stand in the baseline and in the comment.
fn growth(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, indicator) in view.indicators().filter(|(_, i)| i.same_as.is_none()) {
        let name = key(&indicator.name);
        let grows = ["incremento", "aumento", "crescita"].iter().any(|w| name.starts_with(w));
        let Some(actual) = view.actual(indicator).filter(|a| grows && a.measure.reading.kind == Kind::Percent) else {
            continue;
        };
        let Some(printed) = number(&actual.measure) else { continue };
        let Some(base) = indicator.baseline.as_ref().map(|b| &b.measure).filter(|m| m.reading.kind == Kind::Number)
        else {
            continue;
        };
        let Some(from) = number(base).filter(|n| *n > Decimal::from(50)) else { continue };
        let passages =
            view.plan.passages.iter().filter(|p| p.objective == indicator.objective && p.objective.is_some());
        for cell in passages.flat_map(|p| &p.cells) {
            let Some((sentence, to)) = reached(&cell.raw, from) else { continue };
            let Some(right) = ((to - from) * Decimal::ONE_HUNDRED).checked_div(from) else { continue };
            let apart = (right - printed).abs();
            // As printed with two decimals it would have to be exact.
            let exact = actual.measure.raw.contains(',');
            let tolerance = if exact { Decimal::new(5, 3) } else { Decimal::new(5, 1) };
            if apart <= tolerance || apart > Decimal::from(5) {
                continue;
            }
            out.push(
                view.on(rule, index)
                    .at(&actual.measure.source)
                    .weighs(Severity::Info)
                    .quote("risultato", "actual", &actual.measure.raw)
                    .quote("commento", "comment", &shortened(sentence))
                    .says(
                        format!(
                            "da {} a {} è {}%, non {}",
                            italian(from, 0),
                            italian(to, 0),
                            italian(right, 1),
                            actual.measure.raw
                        ),
                        format!(
                            "from {} to {} is {}%, not {}",
                            italian(from, 0),
                            italian(to, 0),
                            italian(right, 1),
                            actual.measure.raw
                        ),
                    )
                    .reckons(format!(
                        "({} − {}) / {} × 100 = {}",
                        italian(to, 0),
                        italian(from, 0),
                        italian(from, 0),
                        italian(right, 2)
                    )),
            );
            break;
        }
    }
    out
}

/// The one number of a line on a growth that can be what the starting value has become.
fn reached(text: &str, from: Decimal) -> Option<(&str, Decimal)> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"\b\d{1,3}(?:\.\d{3})+\b").expect("constant pattern")
    });
    let tells =
        |l: &&str| l.contains('%') && ["increment", "aument", "crescit"].iter().any(|w| l.to_lowercase().contains(w));
    text.lines().filter(tells).find_map(|line| {
        let others: Vec<Decimal> = NUMBER
            .find_iter(line)
            .filter_map(|m| value_of(m.as_str()))
            .filter(|n| *n > from && *n < from * Decimal::TWO)
            .collect();
        match others[..] {
            [to] => Some((line.trim(), to)),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_and_growth() {
        let text = "Bando con l'importo di € 130.000,00.\nSono state presentate 23 domande per € 850.000,00, con un disavanzo sullo stanziamento previsto di € 590.000,00.";
        assert_eq!(gaps(text).iter().map(|g| italian(g.asked - g.given, 0)).collect::<Vec<_>>(), ["720.000"]);
        assert!(gaps(&text.replace("590.000", "720.000")).is_empty());
        let line = "Le imprese iscritte sono ora 2.048, con un incremento del 14%.";
        assert_eq!(reached(line, Decimal::from(1798)).map(|r| r.1), Some(Decimal::from(2048)));
        assert!(reached("Le imprese sono 2.048", Decimal::from(1798)).is_none());
    }
}

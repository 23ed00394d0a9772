//! COE232: una cifra del testo non è quella dell'indicatore.

use super::prelude::*;
use std::rc::Rc;
use std::sync::LazyLock;

use regex::Regex;

use super::said::{Clause, Subject, clauses};
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
    stems: Rc<[String]>,
    cell: &'a Printed,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let said = figures(view);
    let mut out = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    let names: Vec<Vec<String>> = view.indicators().map(|(_, i)| stems(&i.name)).collect();
    for (index, indicator) in view.indicators().filter(|(_, i)| i.same_as.is_none() && words(&i.name).len() > 1) {
        let values = indicator.actuals.iter().chain(&indicator.baseline).chain(&indicator.targets);
        let tells = |s: &Said<'_>, least: f64| names.get(index).is_some_and(|name| shared(name, &s.stems) >= least);
        for measure in values.map(|d| &d.measure).filter(|m| told_in_figures(m)) {
            let Some(own) = number(measure) else { continue };
            let sorted = digits_of(own);
            // A year is no figure of the indicator's.
            let year = own.scale() == 0 && own >= Decimal::from(1990) && own <= Decimal::from(2060);
            if year {
                continue;
            }
            let swapped = |s: &&Said<'_>| s.digits == sorted && turned(s.value, own) && tells(s, 0.3);
            // The right figure in the same words settles it.
            let right = |s: &Said<'_>| s.value == own && tells(s, 0.3);
            let Some(found) = said.iter().find(swapped).filter(|s| !told.contains(&s.sentence)) else { continue };
            // A figure that another indicator has, in its own words, is that one's.
            let of_another = view.indicators().any(|(n, i)| {
                let values = i.actuals.iter().chain(&i.baseline).chain(&i.targets);
                n != index
                    && names.get(n).is_some_and(|name| shared(name, &found.stems) >= 0.5)
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
    let sentences = sentences(view);
    if view.reports() {
        out.extend(days(rule, view, &sentences));
        out.extend(reached(rule, view, &sentences));
    }
    out.extend(starting(rule, view, &sentences));
    let mut seen: Vec<String> = Vec::new();
    // One sentence, one finding.
    out.retain(|f| {
        let text = f.quotes.first().map(|q| q.raw.clone()).unwrap_or_default();
        let new = !seen.iter().any(|s| s.contains(&text) || text.contains(s.as_str()));
        seen.push(text);
        new
    });
    out
}

/// A sentence of the running text, and where it stands.
type Sentence<'a> = (&'a str, &'a Printed);

/// The sentences of the running text.
fn sentences<'a>(view: &View<'a>) -> Vec<Sentence<'a>> {
    let paragraphs = view.plan.passages.iter().filter(|p| p.table.is_none() && p.heading.is_none());
    let of =
        |cell: &'a Printed| cell.raw.split(['\n', ';']).flat_map(|s| s.split_inclusive(". ")).map(move |s| (s, cell));
    paragraphs.flat_map(|p| &p.cells).flat_map(of).filter(|(s, _)| words(s).len() > 3).collect()
}

/// Stems of the words of a name that say what it measures; abbreviations and figures don't.
fn meant(text: &str) -> Vec<String> {
    let mut stems = stems(text);
    stems.retain(|stem| !stem.chars().any(|c| c.is_ascii_digit()));
    stems
}

/// "il tempo medio di pagamento dei fornitori, sceso a 22 giorni" against the indicator's days: the first three words of the name
/// stand before the figure.
fn days(rule: &Rule, view: &View<'_>, sentences: &[Sentence<'_>]) -> Vec<Finding> {
    static DAYS: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(\d{1,3}(?:,\d+)?)\s+(?:giorni|gg)\b").expect("constant pattern")
    });
    let year = view.plan.card.year;
    let timed = |i: &Indicator| {
        let name = key(&i.name);
        name.starts_with("temp") || name.starts_with("durata") || name.starts_with("giorni medi")
    };
    let head = |i: &Indicator| Some(meant(i.name.split('(').next()?)).filter(|own| own.len() > 2);
    let times: Vec<(usize, &Indicator, Vec<String>)> =
        view.indicators().filter(|(_, i)| timed(i)).filter_map(|(n, i)| Some((n, i, head(i)?))).collect();
    let mut out = Vec::new();
    // A plan's text tells of years whose values its sheets may not have.
    for &(sentence, cell) in sentences {
        let figures: Vec<regex::Captures<'_>> = DAYS.captures_iter(sentence).collect();
        let [found] = &figures[..] else { continue };
        let Some(at) = found.get(0).map(|m| m.start()) else { continue };
        if days_of_years(sentence).into_iter().any(|y| Some(y) != year) {
            continue;
        }
        let Some(value) = value_of(&found[1]) else { continue };
        let before = sentence.get(..at).unwrap_or_default();
        // A clause of its own tells of something else; "sceso a" goes on with the same.
        let clause = before.rsplit(": ").next().unwrap_or(before);
        let said = meant(clause);
        let limit = ["entro", "massimo", "oltre", "almeno", "entro i", "primi", "circa", "media nazionale"];
        if limit.iter().any(|w| key(before).ends_with(w)) || key(before).contains("contro") {
            continue;
        }
        let named = |own: &[String]| own.iter().take(3).all(|w| said.contains(w));
        let of: Vec<(usize, &Indicator)> =
            times.iter().filter(|(.., own)| named(own)).map(|(n, i, _)| (*n, *i)).collect();
        let values = |i: &Indicator| -> Vec<Decimal> {
            let all = i.actuals.iter().chain(&i.targets).chain(&i.baseline).map(|d| &d.measure);
            all.flat_map(|m| [number(m), m.reading.value_high]).flatten().collect()
        };
        if of.is_empty() || of.iter().any(|(_, i)| values(i).contains(&value)) {
            continue;
        }
        // Names that begin alike measure several times: the sentence must say which.
        let best = of.iter().max_by(|a, b| covered(&a.1.name, clause).total_cmp(&covered(&b.1.name, clause)));
        let Some((index, actual)) = best.and_then(|(n, i)| Some((*n, view.actual(i)?))) else { continue };
        let Some(own) = number(&actual.measure).filter(|n| *n > Decimal::ZERO) else { continue };
        if value > own * Decimal::TWO || own > value * Decimal::TWO {
            continue;
        }
        out.push(differs(rule, view, index, (sentence, cell), found[0].trim(), &actual.measure));
    }
    out
}

/// "Nel 2021 le imprese … erano il 18%" against the starting value of 2021.
fn starting(rule: &Rule, view: &View<'_>, sentences: &[Sentence<'_>]) -> Vec<Finding> {
    static SHARE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(\d{1,3}(?:,\d+)?)\s?%").expect("constant pattern")
    });
    let begun: Vec<(usize, &Indicator, &DatedMeasure, Vec<String>)> = view
        .indicators()
        .filter_map(|(n, i)| Some((n, i, i.baseline.as_ref()?)))
        .filter(|(_, _, b)| b.measure.reading.kind == Kind::Percent)
        .map(|(n, i, b)| (n, i, b, meant(&i.name)))
        .filter(|(.., own)| own.len() > 2)
        .collect();
    let mut out = Vec::new();
    for &(sentence, cell) in sentences {
        let years = days_of_years(sentence);
        let shares: Vec<regex::Captures<'_>> = SHARE.captures_iter(sentence).collect();
        let ([year], [found]) = (&years[..], &shares[..]) else { continue };
        let Some(value) = value_of(&found[1]) else { continue };
        let said = meant(sentence);
        let named = |own: &[String]| {
            let shared = own.iter().filter(|w| said.contains(w)).count();
            shared > 2 && shared * 10 >= own.len() * 7
        };
        let of_year =
            |b: &DatedMeasure| b.period.map(|p| p.year()) == Some(*year) || b.measure.raw.contains(&year.to_string());
        let of: Vec<(usize, &Indicator, &DatedMeasure)> =
            begun.iter().filter(|(_, _, b, own)| of_year(b) && named(own)).map(|(n, i, b, _)| (*n, *i, *b)).collect();
        let any = |i: &Indicator| {
            let mut all = i.actuals.iter().chain(&i.targets).chain(&i.baseline);
            all.any(|d| number(&d.measure) == Some(value))
        };
        let [(index, indicator, baseline)] = &of[..] else { continue };
        if any(indicator) || number(&baseline.measure).is_none() {
            continue;
        }
        out.push(differs(rule, view, *index, (sentence, cell), found[0].trim(), &baseline.measure));
    }
    out
}

/// "gli incontri B2B hanno raggiunto quota 341" against the result of "Incontri B2B organizzati": the name's first two words,
/// then the verb and the figure.
fn reached(rule: &Rule, view: &View<'_>, sentences: &[Sentence<'_>]) -> Vec<Finding> {
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:hanno raggiunto|ha raggiunto|hanno toccato|sono stat[ie]|sono saliti a|sono salite a|risultano)\s+(?:quota\s+|pari a\s+)?(\d{1,3}(?:\.\d{3})+|\d{2,})\b(\s?%|,\d)?")
            .expect("constant pattern")
    });
    let year = view.plan.card.year;
    // The first two words of each name.
    let heads: Vec<(usize, &Indicator, [String; 2])> = view
        .indicators()
        .filter_map(|(n, i)| {
            let name = key(&i.name);
            let mut words = name.split(' ').filter(|w| !matches!(*w, "numero" | "n"));
            let (first, second) = (words.next()?, words.next()?);
            (first.len() > 3 && second.len() > 2).then(|| (n, i, [first.to_owned(), second.to_owned()]))
        })
        .collect();
    let mut out = Vec::new();
    for &(sentence, cell) in sentences {
        for found in VERB.captures_iter(sentence).filter(|m| m.get(2).is_none()) {
            let (Some(at), Some(value)) = (found.get(0).map(|m| m.start()), value_of(&found[1])) else {
                continue;
            };
            let before = sentence.get(..at).unwrap_or_default();
            let clause = key(before.rsplit([',', ';', ':']).next().unwrap_or(before));
            let tail: Vec<&str> = clause.split(' ').rev().take(4).collect();
            let named = |[first, second]: &[String; 2]| tail.windows(2).any(|w| w == [second, first]);
            let of: Vec<(usize, &Indicator)> =
                heads.iter().filter(|(.., head)| named(head)).map(|(n, i, _)| (*n, *i)).collect();
            let any = |i: &Indicator| {
                let mut all = i.actuals.iter().chain(&i.targets).chain(&i.baseline);
                all.any(|d| number(&d.measure) == Some(value))
            };
            let other_year = days_of_years(sentence).into_iter().any(|y| Some(y) != year);
            let [(index, indicator)] = &of[..] else { continue };
            let Some(actual) = view.actual(indicator).filter(|_| !any(indicator) && !other_year) else { continue };
            let near = number(&actual.measure).is_some_and(|n| n <= value * Decimal::TWO && value <= n * Decimal::TWO);
            if near && actual.measure.reading.kind == Kind::Number {
                out.push(differs(rule, view, *index, (sentence, cell), &found[1], &actual.measure));
            }
        }
    }
    out
}

fn differs(
    rule: &Rule,
    view: &View<'_>,
    index: usize,
    (sentence, cell): (&str, &Printed),
    raw: &str,
    own: &Measure,
) -> Finding {
    view.on(rule, index)
        .at(&cell.source)
        .quote("testo", "text", &shortened(sentence.trim()))
        .quote("nella scheda", "in the sheet", &own.raw)
        .says(
            format!("il testo dice {raw}, la scheda dell'indicatore {}", own.raw),
            format!("the text says {raw}, the indicator's sheet {}", own.raw),
        )
}

/// Figures that the running text tells of an indicator in its own words, and that none of its values is.
fn otherwise(rule: &Rule, view: &View<'_>, told: &[&str]) -> Vec<Finding> {
    let mut out = Vec::new();
    let clauses = clauses(view);
    let subjects: Vec<Subject> = view.indicators().map(|(_, i)| Subject::of(i)).collect();
    let year = view.plan.card.year;
    let years = |text: &str| days_of_years(text).into_iter().any(|y| Some(y) != year);
    for clause in clauses.iter().filter(|c| !told.iter().any(|t| t.contains(c.text))) {
        let of: Vec<(usize, &Indicator)> =
            view.indicators().zip(&subjects).filter(|(_, s)| s.is_in(clause)).map(|(own, _)| own).collect();
        if of.is_empty() {
            continue;
        }
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
                if !sentence.contains(|c: char| c.is_ascii_digit()) {
                    continue;
                }
                let stems: Rc<[String]> = stems(sentence).into();
                if stems.len() < 4 {
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
                    let value = value_of(found.as_str());
                    let Some(value) = value.filter(|_| digits > 2) else { continue };
                    out.push(Said {
                        raw: found.as_str(),
                        value,
                        digits: digits_of(value),
                        sentence,
                        stems: Rc::clone(&stems),
                        cell,
                    });
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

//! Tables of weights whose cells came as lines, one after another: who answers in a narrow column's lines, then each objective with
//! its title and its weights, and a total.
//!
//! ```text
//! Obiettivi Peso per
//! obiettivo
//! Conservatore
//! del Registro
//! Obiettivo Operativo 2.1
//! Revisione dei processi
//! 45,00% 30,00%
//! Totale Dirigente 100,00% 100,00%
//! ```

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::weights::TableWeight;
use crate::document::{Source, fold};
use crate::extract::confidence::Confidence;
use crate::extract::lexicon::{Field, Lexicon, key};
use crate::extract::patterns::{self, Heading};
use crate::extract::printed::PrintedValue;
use crate::extract::rows::{Line, Row};
use crate::extract::walker::Walker;

/// How many lines the headers take, and a name in a narrow column.
const HEADER_LINES: usize = 8;
const OWNER_LINES: usize = 12;

/// A weight whose column its line tells, and one of which the sums tell it.
const PLAIN: Confidence = Confidence::hundredths(85);
const BY_SUM: Confidence = Confidence::hundredths(65);

/// The headers of such a table: of the weights and of the weights as revised, and how many lines they take.
struct Headers {
    weight: String,
    revised: Option<String>,
    lines: usize,
}

/// An objective of the table.
struct Entry {
    heading: Heading,
    weights: Vec<String>,
    source: Source,
}

/// The objectives of one executive.
#[derive(Default)]
struct Part {
    owner: Vec<String>,
    entries: Vec<Entry>,
    totals: Vec<String>,
}

/// A line's text and the weights at its end.
fn with_weights(text: &str) -> Option<(String, Vec<String>)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the tests below.
        Regex::new(r"^(?P<text>.*?)\s*(?P<weights>\d{1,3}(?:[.,]\d+)?\s*%(?:\s+\d{1,3}(?:[.,]\d+)?\s*%)?)$")
            .expect("constant pattern")
    });
    let form = FORM.captures(text.trim())?;
    let weights = form["weights"].split('%').map(fold).filter(|w| !w.is_empty()).map(|w| format!("{w}%")).collect();
    Some((fold(&form["text"]), weights))
}

fn sum<'w>(weights: impl Iterator<Item = &'w String>) -> Option<Decimal> {
    let number = |w: &String| w.trim_end_matches('%').trim().replace(',', ".").parse::<Decimal>().ok();
    weights.map(number).try_fold(Decimal::ZERO, |sum, weight| Some(sum + weight?))
}

/// A name from the lines of its column; a column too narrow for a word breaks it: "Amministrativ", "a".
fn joined(lines: &[String]) -> String {
    const SHORTEST: usize = 8;
    let mut out = String::new();
    for line in lines {
        let cut = out.rsplit(' ').next().is_some_and(|word| {
            word.chars().count() >= SHORTEST && word.ends_with(|c: char| c.is_lowercase() && !"aeiouàèéìòù".contains(c))
        });
        let rest = line.chars().count() <= 3 && line.chars().all(char::is_lowercase);
        if !(out.is_empty() || cut && rest) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

impl Walker<'_> {
    /// Reads such a table where a line begins one; tells whether it does. The lines ahead that belong to it are skipped.
    pub(in crate::extract) fn weights_in_lines(&mut self, line: &Line) -> bool {
        if !key(&line.text).starts_with("obiettiv") || line.source.line.is_none() {
            return false;
        }
        let plain = |row: &Row| match row {
            Row::Line(line) => Some((fold(&line.text), line.source.clone())),
            Row::Cells(_) => None,
        };
        let ahead = self.ahead.iter().map_while(plain);
        let lines: Vec<(String, Source)> = [(fold(&line.text), line.source.clone())].into_iter().chain(ahead).collect();
        let Some(headers) = headers(&lines, self.lexicon) else { return false };
        let (parts, read) = parts(&lines[headers.lines..], self.lexicon);
        let told = parts.iter().flat_map(|p| &p.entries).filter(|e| !e.weights.is_empty()).count();
        if told < 2 {
            return false;
        }
        self.close();
        for part in parts {
            self.weights_of(&headers, part);
        }
        self.read_ahead = headers.lines + read - 1;
        true
    }

    fn weights_of(&mut self, headers: &Headers, part: Part) {
        let owner = Some(joined(&part.owner)).filter(|o| !o.is_empty());
        let full: Vec<&Entry> = part.entries.iter().filter(|e| e.weights.len() > 1).collect();
        let adds_up = |at: usize| {
            let total = part.totals.get(at).and_then(|t| sum([t].into_iter()));
            total.is_some() && sum(full.iter().filter_map(|e| e.weights.get(at))) == total
        };
        // A weight alone in its line stands in the column that needs it.
        let alone_is_revised = headers.revised.is_some() && adds_up(0) && !adds_up(1);
        // An objective without a code can't be told from others of its level.
        for entry in part.entries.into_iter().filter(|e| e.heading.code.is_some()) {
            let alone = entry.weights.len() == 1 && headers.revised.is_some();
            let confidence = if alone { BY_SUM } else { PLAIN };
            let labels = [Some(&headers.weight), headers.revised.as_ref()];
            let columns = labels.into_iter().flatten().enumerate().skip(usize::from(alone && alone_is_revised));
            let weights = columns.zip(&entry.weights).map(|((at, label), raw)| PrintedValue {
                raw: raw.clone(),
                label: label.clone(),
                revised: at > 0,
                source: entry.source.clone(),
                confidence,
            });
            let weights = weights.collect();
            self.weights.rows.push(TableWeight {
                heading: entry.heading,
                owner: owner.clone(),
                weights,
                source: entry.source,
            });
        }
    }
}

/// The headers at the start of the lines: "Obiettivi", the weights', perhaps the revised weights'.
fn headers(lines: &[(String, Source)], lexicon: &Lexicon) -> Option<Headers> {
    let (_, first) = lines.first()?.0.split_once(' ')?;
    let mut weight = None;
    let mut label = first.to_owned();
    for (at, (line, _)) in lines.iter().enumerate().take(HEADER_LINES) {
        if at > 0 {
            label = format!("{label} {line}");
        }
        if lexicon.field(&label) == Some(Field::ObjectiveWeight) {
            weight = Some((label, at + 1));
            break;
        }
        if at > 1 {
            return None;
        }
    }
    let (weight, mut used) = weight?;
    let mut revised: Option<String> = None;
    for (line, _) in lines.iter().skip(used).take(HEADER_LINES) {
        let label = revised.as_ref().map_or_else(|| line.clone(), |before| format!("{before} {line}"));
        let goes_on = revised.is_some() && line.starts_with(char::is_lowercase);
        if !goes_on
            && (revised.is_some()
                || !Lexicon::starts_with(line, &["ridefinizione".to_owned(), "nuovo".to_owned(), "nuovi".to_owned()]))
        {
            break;
        }
        revised = Some(label);
        used += 1;
    }
    let revised = revised.filter(|label| lexicon.field(label) == Some(Field::RevisedObjectiveWeight));
    Some(Headers { weight, revised, lines: used })
}

/// The parts of the table, one for each executive, and how many lines they take.
fn parts(lines: &[(String, Source)], lexicon: &Lexicon) -> (Vec<Part>, usize) {
    let heading = |text: &str| {
        patterns::listed_objective(text, lexicon).or_else(|| {
            let words = key(text);
            let level = words.strip_prefix("obiettivo ").filter(|w| !w.contains(' ')).and_then(|w| lexicon.level(w))?;
            Some(Heading { level: Some(level), code: None, title: String::new() })
        })
    };
    let (mut parts, mut read) = (Vec::new(), 0);
    let mut part = Part::default();
    for (at, (text, source)) in lines.iter().enumerate() {
        let begun = !part.entries.is_empty();
        let weighted = with_weights(text);
        if let Some(heading) = heading(text) {
            part.entries.push(Entry { heading, weights: Vec::new(), source: source.clone() });
            continue;
        }
        match (weighted, part.entries.last_mut().filter(|e| e.weights.is_empty())) {
            // The title's last line with the weights, or the weights alone.
            (Some((text, weights)), Some(entry)) if entry.heading.title.is_empty() || text.is_empty() => {
                add(&mut entry.heading.title, &text);
                entry.source = entry.source.union(source);
                entry.weights = weights;
            }
            (Some((_, totals)), _) if begun => {
                let done = std::mem::take(&mut part);
                parts.push(Part { totals, ..done });
                read = at + 1;
            }
            (None, Some(entry)) => {
                add(&mut entry.heading.title, text);
                entry.source = entry.source.union(source);
            }
            (None, None) if !begun && part.owner.len() < OWNER_LINES => part.owner.push(text.clone()),
            _ => break,
        }
    }
    (parts, read)
}

fn add(title: &mut String, more: &str) {
    if !title.is_empty() && !more.is_empty() {
        title.push(' ');
    }
    title.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Vec<(String, Source)> {
        (1..).zip(texts).map(|(line, text)| ((*text).to_owned(), Source::line(line))).collect()
    }

    #[test]
    fn a_table_in_lines() {
        let lines = lines(&[
            "Obiettivi Peso per",
            "obiettivo",
            "Ridefinizione",
            "pesi a seguito",
            "Area",
            "Amministrativ",
            "a",
            "Obiettivo Strategico",
            "Affrontare la crisi",
            "30,00% 30,00%",
            "Obiettivo Operativo 3.2",
            "Riorganizzare i servizi 70,00% 30,00%",
            "Obiettivo Operativo 3.3",
            "avviare i corsi",
            "40,00%",
            "Totale Area 100,00% 100,00%",
            "BALANCED SCORECARD",
        ]);
        let lexicon = Lexicon::shipped();
        let headers = headers(&lines, lexicon).expect("headers");
        assert_eq!((headers.weight.as_str(), headers.lines), ("Peso per obiettivo", 4));
        assert_eq!(headers.revised.as_deref(), Some("Ridefinizione pesi a seguito"));
        let (parts, read) = parts(&lines[headers.lines..], lexicon);
        assert_eq!((parts.len(), read), (1, 12));
        assert_eq!(joined(&parts[0].owner), "Area Amministrativa");
        let told: Vec<_> = parts[0].entries.iter().map(|e| (e.heading.title.as_str(), e.weights.len())).collect();
        assert_eq!(told, [("Affrontare la crisi", 2), ("Riorganizzare i servizi", 2), ("avviare i corsi", 1)]);
        assert_eq!(sum(["30,00%".to_owned(), "70,00%".to_owned()].iter()), Some(Decimal::ONE_HUNDRED));
    }

    #[test]
    fn sentences_are_no_such_table() {
        let lines = lines(&["Obiettivi della Camera per", "il 2020", "sono indicati sotto"]);
        assert!(headers(&lines, Lexicon::shipped()).is_none());
    }
}

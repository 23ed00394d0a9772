//! Results of more than one objective that stand outside the sheets: tables with a line for each area, office or objective and the
//! entity's at the end, and sentences that tell the entity's result.
//!
//! ```text
//! Area strategica | Peso | Performance | Performance ponderata
//! 1. Competitività |  40% |      96,68% |                38,67%
//! …
//! Performance dell'Ente  |      97,15% |
//! ```

use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{Field, Lexicon, key};
use super::passages::Passage;
use super::patterns::after_phrase;
use super::printed::{AggregateKind, Printed, PrintedAggregate};
use super::results::only_a_figure;

/// What the document publishes in such tables and sentences, in reading order, tables first.
pub(super) fn summaries(passages: &[Passage], lexicon: &Lexicon) -> Vec<PrintedAggregate> {
    let mut out = Vec::new();
    for rows in passages.chunk_by(|a, b| a.table.is_some() && a.table == b.table) {
        if rows.first().is_some_and(|row| row.table.is_some()) {
            out.extend(table(rows, lexicon));
        }
    }
    let told = passages.iter().filter(|p| p.table.is_none() && p.heading.is_none()).flat_map(|p| &p.cells);
    out.extend(told.flat_map(sentences));
    out
}

/// Tables with a line for each objective and its weight, beside the sheets: the names with the weights of each.
pub(super) fn listed_weights(passages: &[Passage], lexicon: &Lexicon) -> Vec<Vec<(String, Printed)>> {
    let tables = passages.chunk_by(|a, b| a.table.is_some() && a.table == b.table);
    let weights = |rows: &[Passage]| -> Option<Vec<(String, Printed)>> {
        let first = rows.first().filter(|row| row.table.is_some())?;
        let columns = columns(first, lexicon).filter(|columns| columns.kind == AggregateKind::Objective)?;
        let at = columns.weight?;
        let line = |row: &Passage| Some((name(row, &columns)?.0.raw.clone(), share(row, at)?));
        Some(rows.iter().skip(1).filter_map(line).collect())
    };
    tables.filter_map(weights).filter(|lines| lines.len() > 1).collect()
}

/// "Performance obiettivo: 96,0%", "Avanzamento dell'obiettivo al 30.06.2018: 71,5% – In ritardo": the results that lines and cells
/// tell of the objective in force, with its index.
pub(super) fn objective_results(passages: &[Passage], lexicon: &Lexicon) -> Vec<(usize, Printed)> {
    let cells =
        passages.iter().filter_map(|p| Some((p.objective?, p))).flat_map(|(o, p)| p.cells.iter().map(move |c| (o, c)));
    cells.filter_map(|(objective, cell)| Some((objective, objective_result(cell, lexicon)?))).collect()
}

fn objective_result(cell: &Printed, lexicon: &Lexicon) -> Option<Printed> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the tests below.
        Regex::new(concat!(
            r"^(?P<label>[^:%]{5,90}?)\s*[:=]\s*(?P<value>\d{1,3}(?:[.,]\d{1,3})?\s?%)",
            r"(?:\s*[–—(;,-].*)?$"
        ))
        .expect("constant pattern")
    });
    let form = FORM.captures(cell.raw.trim())?;
    let words = key(&form["label"]);
    let of_objective = words.split(' ').any(|word| word.starts_with("obiettiv")) && !words.contains("peso");
    (of_objective && Lexicon::starts_with(&form["label"], &lexicon.phrases.result_starts)).then(|| Printed {
        raw: form["value"].to_owned(),
        source: cell.source.clone(),
        confidence: cell.confidence,
    })
}

/// The columns of such a table.
struct Columns {
    kind: AggregateKind,
    name: u32,
    weight: Option<u32>,
    /// Each with its header, which may tell the year.
    results: Vec<(u32, String)>,
}

/// The lines of a table, if it is one of results.
fn table(rows: &[Passage], lexicon: &Lexicon) -> Vec<PrintedAggregate> {
    let Some((columns, body)) =
        rows.iter().take(2).enumerate().find_map(|(at, row)| Some((columns(row, lexicon)?, rows.get(at + 1..)?)))
    else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for row in body {
        let Some((name, column)) = name(row, &columns) else { continue };
        let kind = match columns.kind {
            _ if is_entity(&name.raw, lexicon) => AggregateKind::Entity,
            // A line under the objectives of an area that sums them up.
            AggregateKind::Objective if column < columns.name => AggregateKind::Area,
            kind => kind,
        };
        let weight = columns.weight.and_then(|at| share(row, at));
        for (at, label) in &columns.results {
            let Some(value) = share(row, *at) else { continue };
            out.push(PrintedAggregate {
                kind,
                name: name.raw.clone(),
                within: None,
                label: label.clone(),
                weight: weight.clone(),
                value,
            });
        }
    }
    // One line is no summary.
    let lines = out.iter().filter(|a| a.kind != AggregateKind::Entity).count();
    if lines < 2 { Vec::new() } else { out }
}

/// The columns a header row gives; `None` where it isn't the header of such a table.
fn columns(header: &Passage, lexicon: &Lexicon) -> Option<Columns> {
    let cells = || header.cells.iter().zip(&header.columns);
    // Of "Area | Obiettivo" the objective is what a line is about.
    let named = |(cell, column): (&Printed, &u32)| Some((kind_of(&cell.raw, lexicon)?, *column));
    let (kind, name) = cells().take(2).filter_map(named).next_back()?;
    let (mut weight, mut results) = (None, Vec::new());
    for (cell, column) in cells().filter(|(_, column)| **column > name) {
        let words = key(&cell.raw);
        if words.starts_with("peso") {
            weight = Some(*column);
        } else if is_result(&words, lexicon) {
            results.push((*column, cell.raw.clone()));
        } else if matches!(
            lexicon.field(&cell.raw),
            Some(Field::Indicator | Field::Target | Field::Baseline | Field::Algorithm | Field::Unit | Field::Variance)
        ) {
            return None;
        }
    }
    (weight.is_some() || !results.is_empty()).then_some(Columns { kind, name, weight, results })
}

/// What the lines of a column are whose header names it: "Area strategica", "Servizio", "Obiettivo".
fn kind_of(header: &str, lexicon: &Lexicon) -> Option<AggregateKind> {
    let words = key(header);
    if words.split(' ').count() > 4 || words.contains("indicator") {
        return None;
    }
    if words.starts_with("obiettiv") {
        return Some(AggregateKind::Objective);
    }
    Lexicon::starts_with(header, &lexicon.phrases.section_starts).then_some(AggregateKind::Area)
}

/// Whether a column holds the results themselves and not what they add to a whole.
fn is_result(words: &str, lexicon: &Lexicon) -> bool {
    const SHARES: [&str; 6] = ["ponderat", "contribut", "punti", "punteggio", "attes", "programmat"];
    let result = lexicon
        .phrases
        .result_starts
        .iter()
        .any(|start| words.strip_prefix("% ").unwrap_or(words).starts_with(start.as_str()));
    result && !SHARES.iter().any(|share| words.contains(share))
}

/// The name of a line: its cell in the column of names, or the first with words, where a line spans more.
fn name<'r>(row: &'r Passage, columns: &Columns) -> Option<(&'r Printed, u32)> {
    let cells = row.cells.iter().zip(row.columns.iter().copied());
    let lettered = |cell: &Printed| cell.raw.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let figures = || columns.results.iter().map(|(at, _)| *at).chain(columns.weight);
    let mut before = cells.filter(|(cell, column)| lettered(cell) && figures().all(|at| *column < at));
    before.clone().find(|(_, column)| *column == columns.name).or_else(|| before.next())
}

/// The figure of a line in a column, between 0 and a few hundred percent.
fn share(row: &Passage, column: u32) -> Option<Printed> {
    let at = row.columns.iter().position(|c| *c == column)?;
    let cell = row.cells.get(at)?;
    let raw = only_a_figure(&cell.raw)?;
    Some(Printed { raw, source: cell.source.clone(), confidence: cell.confidence })
}

/// Whether a line tells the result of the whole.
fn is_entity(name: &str, lexicon: &Lexicon) -> bool {
    let words = key(name);
    if words == "ente" || words == "camera" {
        return true;
    }
    let whole = [" ente", " complessiv", " organizzativa", " camera"].iter().any(|w| words.contains(w));
    after_phrase(name, &lexicon.phrases.entity_result).is_some()
        || Lexicon::starts_with(name, &lexicon.phrases.totals)
        || whole && Lexicon::starts_with(name, &lexicon.phrases.result_starts)
}

/// "La performance complessiva dell'Ente nell'anno 2013 è risultata pari al 96,07%".
fn sentences(cell: &Printed) -> Option<PrintedAggregate> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the tests below.
        Regex::new(concat!(
            r"(?i)\b((?:performance|risultato|grado di raggiungimento|livello di raggiungimento)\s+",
            r"(?:(?:organizzativ[ao]|complessiv[ao]|general[e])\s+)*",
            r"(?:complessiv[ao]|organizzativ[ao]|dell['’]\s?ente|della camera|di ente)\b[^.;:%\d]{0,80}",
            r"(?:(?:nel|nell['’]anno|nell['’]esercizio|per il|del|dell['’]anno)\s*(?:19|20)\d\d[^.;:%\d]{0,60})?)",
            r"(\d{1,3},\d{1,2}\s?%|\d{1,3}\s?%)"
        ))
        .expect("constant pattern")
    });
    let found = FORM.captures(&cell.raw)?;
    let (label, figure) = (found.get(1)?.as_str(), found.get(2)?.as_str());
    // What is promised or asked for is no result.
    const PROMISES: [&str; 12] = [
        "almeno",
        "superior",
        "inferior",
        "target",
        "atteso",
        "attesa",
        "attesi",
        "soglia",
        "oltre",
        "peso",
        "media",
        "programmat",
    ];
    let words = key(label);
    if words.split(' ').any(|word| PROMISES.iter().any(|p| word.starts_with(p))) || words.ends_with("per il") {
        return None;
    }
    Some(PrintedAggregate {
        kind: AggregateKind::Entity,
        name: label.trim().to_owned(),
        within: None,
        label: label.to_owned(),
        weight: None,
        value: Printed { raw: figure.to_owned(), source: cell.source.clone(), confidence: cell.confidence },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;

    fn row(cells: &[&str]) -> Passage {
        let filled = || cells.iter().zip(0..).filter(|(cell, _)| !cell.is_empty());
        Passage {
            objective: None,
            table: Some(0),
            heading: None,
            cells: filled().map(|(cell, _)| Printed::new((*cell).to_owned(), Source::line(1))).collect(),
            columns: filled().map(|(_, column)| column).collect(),
        }
    }

    fn read(rows: &[&[&str]]) -> Vec<(AggregateKind, String, Option<String>, String, String)> {
        let rows: Vec<Passage> = rows.iter().map(|cells| row(cells)).collect();
        let of = |a: PrintedAggregate| (a.kind, a.name, a.weight.map(|w| w.raw), a.label, a.value.raw);
        summaries(&rows, Lexicon::shipped()).into_iter().map(of).collect()
    }

    #[test]
    fn areas_with_weights_and_the_entity_below() {
        let found = read(&[
            &["Area strategica", "Peso", "Performance area", "Performance ponderata"],
            &["1. Competitività delle imprese", "60%", "96,68%", "58,01%"],
            &["2. Tutela del mercato", "40%", "97,31%", "38,92%"],
            &["PERFORMANCE ORGANIZZATIVA DI ENTE", "", "96,93%", ""],
        ]);
        let short: Vec<_> =
            found.iter().map(|(kind, _, weight, _, raw)| (*kind, weight.as_deref(), raw.as_str())).collect();
        assert_eq!(
            short,
            [
                (AggregateKind::Area, Some("60%"), "96,68%"),
                (AggregateKind::Area, Some("40%"), "97,31%"),
                (AggregateKind::Entity, None, "96,93%"),
            ]
        );
    }

    #[test]
    fn a_column_for_each_year_and_objectives_with_numbers() {
        let found = read(&[
            &["Servizio", "Risultato 2017", "Risultato 2016"],
            &["Servizio registro", "95,81%", "94,10%"],
            &["Servizio metrologia", "96,39%", "96,75%"],
        ]);
        assert_eq!(found.len(), 4);
        assert_eq!(found[1].3, "Risultato 2016");
        let found = read(&[
            &["N.", "Obiettivo", "Grado di raggiungimento"],
            &["1", "Diffondere la cultura digitale", "95,00%"],
            &["2", "Valorizzare il turismo", "100,00%"],
            &["", "Media", "97,50%"],
        ]);
        let kinds: Vec<_> = found.iter().map(|f| (f.0, f.1.as_str())).collect();
        assert_eq!(
            kinds,
            [
                (AggregateKind::Objective, "Diffondere la cultura digitale"),
                (AggregateKind::Objective, "Valorizzare il turismo"),
                (AggregateKind::Entity, "Media"),
            ]
        );
    }

    #[test]
    fn results_of_the_objective_in_force() {
        let told = |text: &str| {
            objective_result(&Printed::new(text.to_owned(), Source::line(1)), Lexicon::shipped()).map(|p| p.raw)
        };
        assert_eq!(told("Performance obiettivo: 96,0%").as_deref(), Some("96,0%"));
        let text = "Avanzamento dell’obiettivo al 30.06.2018: 71,5% – In ritardo";
        assert_eq!(told(text).as_deref(), Some("71,5%"));
        let text = "Risultato dell'obiettivo 4.2: 100,00% – contributo al risultato del Servizio: 40,00 punti";
        assert_eq!(told(text).as_deref(), Some("100,00%"));
        assert_eq!(told("Peso dell'obiettivo: 40%"), None);
        assert_eq!(told("Risultato atteso: 40%"), None);
    }

    #[test]
    fn tables_of_something_else() {
        assert!(
            read(&[
                &["Obiettivo", "Indicatore", "Target", "Risultato"],
                &["Sviluppo delle imprese", "Imprese assistite", "90%", "95%"],
                &["Tutela del mercato", "Controlli", "80%", "85%"],
            ])
            .is_empty()
        );
        assert!(read(&[&["Settore", "Imprese 2012"], &["Agricoltura", "90"], &["Commercio", "95"]]).is_empty());
    }

    #[test]
    fn sentences_that_tell_the_result() {
        let told = |text: &str| sentences(&Printed::new(text.to_owned(), Source::line(1))).map(|a| a.value.raw);
        let text = "La performance complessiva dell’Ente nell’anno 2013 è risultata pari al 96,07%, in crescita sul 2012 (93,80%).";
        assert_eq!(told(text).as_deref(), Some("96,07%"));
        let text = "La Camera ha raggiunto una performance complessiva pari al 92,61%.";
        assert_eq!(told(text).as_deref(), Some("92,61%"));
        let text = "La performance complessiva dell’Ente nell’esercizio 2018 si attesta al 95,85%. Le criticità …";
        assert_eq!(told(text).as_deref(), Some("95,85%"));
        assert_eq!(told("La performance complessiva dovrà essere almeno del 90%"), None);
        assert_eq!(told("concorrono alla performance organizzativa con peso complessivo del 40%"), None);
    }
}

//! A document's tables as text: for people, spreadsheets and table-extraction benchmarks.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Block, Cell, Document, Method, Table, fold};

/// The tables of a document, in reading order.
pub fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Text(_) => None,
    })
}

/// One object for the whole file: `{"file", "tables": [{"page", "bbox", "method", "confidence", "cells": [{"row", "col", "rowspan", "colspan",
/// "text", "page", "bbox"}]}]}`, rows and columns counted from 0, boxes in PDF points from the page's top left corner, null where
/// the format has none. A table over several pages is one table, on the page where it starts.
pub fn tables_json(file: &str, document: &Document) -> Value {
    // Strings, numbers and lists only: nothing that JSON could not hold.
    serde_json::to_value(Printed::of(file, document)).unwrap_or(Value::Null)
}

/// Writes what [`tables_json`] gives, without building it first.
///
/// # Errors
/// When the writer fails.
pub fn write_tables_json(out: impl std::io::Write, file: &str, document: &Document) -> std::io::Result<()> {
    Ok(serde_json::to_writer(out, &Printed::of(file, document))?)
}

#[derive(Serialize)]
struct Printed<'a> {
    file: &'a str,
    tables: PrintedTables<'a>,
}

struct PrintedTables<'a>(&'a Document);

#[derive(Serialize)]
struct PrintedTable<'a> {
    page: u32,
    bbox: Option<[f64; 4]>,
    line: Option<u32>,
    method: Method,
    confidence: f64,
    rows: u32,
    cols: u32,
    cells: PrintedCells<'a>,
}

struct PrintedCells<'a>(&'a [Cell]);

#[derive(Serialize)]
struct PrintedCell<'a> {
    row: u32,
    col: u32,
    rowspan: u32,
    colspan: u32,
    text: &'a str,
    page: u32,
    bbox: Option<[f64; 4]>,
    line: Option<u32>,
}

impl<'a> Printed<'a> {
    fn of(file: &'a str, document: &'a Document) -> Self {
        Printed { file, tables: PrintedTables(document) }
    }
}

impl Serialize for PrintedTables<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(tables(self.0).map(|table| PrintedTable {
            page: table.source.page,
            bbox: table.source.bbox.map(|edges| edges.map(tenths)),
            line: table.source.line,
            method: table.method,
            confidence: hundredths(table.confidence),
            rows: table.rows,
            cols: table.cols,
            cells: PrintedCells(&table.cells),
        }))
    }
}

impl Serialize for PrintedCells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|cell| PrintedCell {
            row: cell.row,
            col: cell.col,
            rowspan: cell.rowspan,
            colspan: cell.colspan,
            text: &cell.text,
            page: cell.source.page,
            bbox: cell.source.bbox.map(|edges| edges.map(tenths)),
            line: cell.source.line,
        }))
    }
}

/// A coordinate in points, to a tenth: finer is noise.
pub(crate) fn tenths(coordinate: f32) -> f64 {
    (f64::from(coordinate) * 10.0).round() / 10.0
}

/// A confidence in hundredths: finer is noise.
fn hundredths(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// The grid of a table: a merged cell's text stands in its first place, the places it covers are empty.
fn grid(table: &Table) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new(); table.cols as usize]; table.rows as usize];
    for cell in &table.cells {
        if let Some(place) = rows.get_mut(cell.row as usize).and_then(|row| row.get_mut(cell.col as usize)) {
            *place = fold(&cell.text);
        }
    }
    rows
}

/// The tables as RFC 4180 CSV, an empty line between two tables.
///
/// # Errors
/// Only what the CSV writer gives back, which no table is known to bring about.
pub fn tables_csv(document: &Document) -> Result<String, csv::Error> {
    let mut out = String::new();
    for (i, table) in tables(document).enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        for row in grid(table) {
            writer.write_record(&row)?;
        }
        let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
        out.push_str(&String::from_utf8_lossy(&bytes));
    }
    Ok(out)
}

/// The tables as Markdown, each under a line that says where it stands.
pub fn tables_markdown(document: &Document) -> String {
    let mut out = String::new();
    for (i, table) in tables(document).enumerate() {
        let place = match table.source.line {
            Some(line) => format!("riga {line}"),
            None => format!("pagina {}", table.source.page),
        };
        out.push_str(&format!("{}### Tabella {} ({place})\n\n", if i > 0 { "\n" } else { "" }, i + 1));
        for (r, row) in grid(table).iter().enumerate() {
            let cells: Vec<String> = row.iter().map(|text| text.replace('\\', "\\\\").replace('|', "\\|")).collect();
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
            if r == 0 {
                out.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cell, Format, Method, Source};

    fn document() -> Document {
        let cell = |row, col, colspan, text: &str| Cell {
            row,
            col,
            rowspan: 1,
            colspan,
            text: text.into(),
            source: Source::line(4),
        };
        let table = Table {
            rows: 2,
            cols: 2,
            cells: vec![cell(0, 0, 2, "Valore, atteso"), cell(1, 0, 1, "a|b"), cell(1, 1, 1, ">= 5")],
            method: Method::Markup,
            confidence: 1.0,
            source: Source::line(4),
        };
        let blocks = vec![Block::Table(table)];
        Document { format: Format::Html, pages: vec![], blocks, title: None, faults: vec![], recognised: vec![] }
    }

    #[test]
    fn csv_and_markdown_quote_what_they_must() {
        assert_eq!(tables_csv(&document()).expect("csv"), "\"Valore, atteso\",\na|b,>= 5\n");
        assert_eq!(
            tables_markdown(&document()),
            "### Tabella 1 (riga 4)\n\n| Valore, atteso |  |\n| --- | --- |\n| a\\|b | >= 5 |\n"
        );
    }

    #[test]
    fn json_has_the_spans() {
        let json = tables_json("f.html", &document());
        assert_eq!(json["tables"][0]["cells"][0]["colspan"], 2);
        assert_eq!(json["tables"][0]["method"], "markup");
    }
}

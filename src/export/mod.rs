//! A run's results as files: CSV, Parquet, JSON lines, a workbook, a data package and a catalogue entry.
//!
//! Each part of a table is one polars frame, built once and written three times, so that all files say the same. What the tables and
//! columns are called stands in one file, `data/dataset.toml` ([`schemas`]).
//!
//! **Decimals** are exact: `Decimal(38, 9)` in Parquet, without trailing zeros in CSV. Printed figures have at most a few
//! places; computed ones are rounded to nine. Days are dates in Parquet and ISO 8601 in CSV.
//!
//! **CSV** is UTF-8 with a header row and LF line ends; texts always stand in quotation marks, numbers, dates and booleans
//! never do, and an empty place is a missing value. Printed texts stay as printed, `= 100%` and `-4` included: this is the
//! file for programs. A spreadsheet takes such texts for formulas, quotation marks or not: for spreadsheets there is
//! [`CsvDialect::Italian`], whose texts that begin like a formula get an apostrophe in front, which spreadsheets never
//! evaluate (a tab, the other usual guard, is dropped by some of them).
//!
//! **The same run gives the same bytes**: no times, no paths, no order that depends on threads. Files appear whole or not at
//! all: they are written beside their place and renamed.

mod atomic;
mod catalog;
mod compared;
mod csv;
mod jsonl;
mod names;
mod package;
mod publication;
mod run;
mod schema;
mod table;
mod tables;
mod workbook;

use std::io;
use std::path::{Path, PathBuf};

use polars::error::PolarsError;
use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;
use thiserror::Error;

pub use csv::CsvDialect;
pub use jsonl::write_indicators;
pub use names::Names;
pub use publication::{Publication, PublicationError};
pub use run::{FailedFile, FileResult, ReadFile, Run};
pub use schema::{ColumnKind, ColumnSchema, TableSchema, schemas};

pub(crate) use atomic::write_atomically;

use atomic::Draft;
use table::{TableWriter, WholeTable};
use workbook::Book;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub path: PathBuf,
    /// Rows without the header; lines for JSON lines; tables for the data package.
    pub rows: usize,
}

/// Why the results could not be written; the messages are in Italian.
#[derive(Debug, Error)]
pub enum ExportError {
    #[error("la cartella {path} non si può creare: {source}", path = path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("il file {path} non si può scrivere: {source}", path = path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("la tabella «{name}» non si può costruire o scrivere: {source}")]
    Table { name: &'static str, source: PolarsError },
    #[error("la cartella di lavoro {path} non si può costruire: {source}", path = path.display())]
    Workbook { path: PathBuf, source: XlsxError },
}

/// How the results are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportOptions {
    pub dialect: CsvDialect,
    pub publication: Publication,
    /// The results are [`Run::without_names`]; the workbook says so.
    pub names_left_out: bool,
}

/// Writes all files of a run under `dir`: see [`Exporter`].
///
/// # Errors
/// A folder or file that can't be written.
pub fn export(run: &Run, dir: &Path, options: &ExportOptions) -> Result<Vec<Written>, ExportError> {
    let mut exporter = Exporter::create(dir, options)?;
    exporter.append(run)?;
    exporter.finish()
}

/// Writes `data/*.csv`, `data/*.parquet`, `data/indicators.jsonl`, `pianometro.xlsx`, `datapackage.json` and `catalog.ttl`
/// under a folder, part of a run by part: memory holds a part and
/// half a megabyte of each table, whatever their number.
///
/// Files appear when [`Exporter::finish`] finds them whole; one that is given up leaves what stood there before.
pub struct Exporter {
    dir: PathBuf,
    options: ExportOptions,
    tables: Vec<TableWriter>,
    jsonl: Draft,
    indicators: usize,
    book: Book,
    /// As the data package lists the documents.
    sources: Vec<String>,
}

impl Exporter {
    /// Starts all files; `dir` is made where it doesn't exist.
    ///
    /// # Errors
    /// A folder or file that can't be made.
    pub fn create(dir: &Path, options: &ExportOptions) -> Result<Self, ExportError> {
        let data = dir.join("data");
        std::fs::create_dir_all(&data).map_err(|source| ExportError::Folder { path: data.clone(), source })?;
        let schemas = tables::TABLES.iter().filter_map(|(name, _)| schemas().iter().find(|s| s.name == *name));
        let tables: Result<Vec<TableWriter>, ExportError> =
            schemas.map(|schema| TableWriter::create(schema, &data, options.dialect)).collect();
        Ok(Exporter {
            dir: dir.to_owned(),
            options: options.clone(),
            tables: tables?,
            jsonl: Draft::create(&data.join("indicators.jsonl"))?,
            indicators: 0,
            book: Book::create(dir)?,
            sources: Vec::new(),
        })
    }

    /// Adds the rows of some files, and of the comparison if the part has one; a part's rows stand after those of the parts
    /// before it.
    ///
    /// # Errors
    /// A file that can't be written.
    pub fn append(&mut self, part: &Run) -> Result<(), ExportError> {
        let frames = tables::frames(part)?;
        let Exporter { tables, book, jsonl, .. } = self;
        // The workbook takes the longest and can't be divided: it is begun first.
        let (book, (tables, nested)) = rayon::join(
            || frames.iter().enumerate().try_for_each(|(place, (_, frame))| book.append(place, frame)),
            || {
                rayon::join(
                    || tables.par_iter_mut().zip(&frames).try_for_each(|(table, (_, frame))| table.append(frame)),
                    || part.read().try_for_each(|(plan, _)| write_indicators(jsonl, plan)),
                )
            },
        );
        tables.and(book)?;
        nested.map_err(|source| self.jsonl.failed(source))?;
        for (plan, _) in part.read() {
            self.indicators += plan.indicators.len();
            self.sources.push(package::source(plan));
        }
        Ok(())
    }

    /// Puts all files in their places. Returns them in the order written.
    ///
    /// # Errors
    /// A file that can't be written; files finished before it stay.
    pub fn finish(self) -> Result<Vec<Written>, ExportError> {
        self.finish_beside(|| ()).map(|(written, ())| written)
    }

    /// The same, and `beside` once the tables are whole, when they take no memory any more: packing the workbook takes the
    /// longest, and nothing else needs it.
    ///
    /// # Errors
    /// See [`Exporter::finish`]; `beside` is done all the same.
    pub fn finish_beside<T: Send>(
        mut self,
        beside: impl FnOnce() -> T + Send,
    ) -> Result<(Vec<Written>, T), ExportError> {
        // The columns of a table of which no part had rows are known by an empty one.
        self.append(&Run::default())?;
        let Exporter { dir, options, tables, jsonl, indicators, book, sources } = self;
        let rows: Vec<(&TableSchema, usize)> = tables.iter().map(|table| (table.schema, table.rows)).collect();
        let (book, (whole, beside)) = rayon::join(
            || book.finish(&rows, options.names_left_out),
            || {
                let whole: Result<Vec<WholeTable>, ExportError> = tables.into_iter().map(TableWriter::finish).collect();
                (whole, beside())
            },
        );
        let whole = whole?;
        let mut written: Vec<Written> = whole.iter().flat_map(|table| table.written.clone()).collect();
        written.push(Written { path: jsonl.path().to_owned(), rows: indicators });
        let nested = jsonl.finish()?;
        let (book, content) = book?;
        written.push(book);
        let path = package::path(&dir);
        let package = package::package(&sources, &whole, (&nested, &content), options.dialect, &options.publication);
        write_atomically(&path, |out| {
            serde_json::to_writer_pretty(&mut *out, &package)?;
            writeln!(out)
        })?;
        written.push(Written { path, rows: whole.len() });
        let schemas: Vec<&TableSchema> = whole.iter().map(|table| table.schema).collect();
        let path = dir.join("catalog.ttl");
        let catalog = catalog::catalog(&schemas, &options.publication);
        write_atomically(&path, |out| out.write_all(catalog.as_bytes()))?;
        written.push(Written { path, rows: 1 });
        Ok((written, beside))
    }
}

#[cfg(test)]
mod tests;

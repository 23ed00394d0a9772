//! A run's results as files: CSV, Parquet, JSON lines, a workbook, a data package and a catalogue entry.
//!
//! Each table is one polars frame, built once and written three times, so that all files say the same. What the tables and
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
mod tables;
mod workbook;

use std::io;
use std::path::{Path, PathBuf};

use polars::error::PolarsError;
use polars::prelude::{DataFrame, ParquetCompression, ParquetWriter};
use rust_xlsxwriter::XlsxError;
use thiserror::Error;

pub use csv::CsvDialect;
pub use jsonl::write_indicators;
pub use publication::{Publication, PublicationError};
pub use run::{FailedFile, FileResult, ReadFile, Run};
pub use schema::{ColumnKind, ColumnSchema, TableSchema, schemas};

pub(crate) use atomic::write_atomically;

/// Rows of a Parquet row group; fixed, because the bytes depend on it.
const ROW_GROUP: usize = 1 << 17;

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

/// Writes `data/*.csv`, `data/*.parquet`, `data/indicators.jsonl`, `pianometro.xlsx`, `datapackage.json` and `catalog.ttl`
/// under `dir`, which is made where it doesn't exist. Returns the files in the order written.
///
/// # Errors
/// A folder or file that can't be written; files written before it stay.
pub fn export(run: &Run, dir: &Path, options: &ExportOptions) -> Result<Vec<Written>, ExportError> {
    let data = dir.join("data");
    std::fs::create_dir_all(&data).map_err(|source| ExportError::Folder { path: data.clone(), source })?;
    let mut tables = tables::frames(run)?;
    let mut written = Vec::new();
    let mut csvs: Vec<Vec<u8>> = Vec::new();
    for (schema, frame) in &mut tables {
        let name: &'static str = &schema.name;
        let rows = frame.height();
        let path = data.join(format!("{name}.csv"));
        let mut bytes = Vec::new();
        csv::write(&mut bytes, frame, options.dialect)
            .map_err(|source| ExportError::File { path: path.clone(), source })?;
        write_atomically(&path, |out| out.write_all(&bytes))?;
        csvs.push(bytes);
        written.push(Written { path, rows });
        let path = data.join(format!("{name}.parquet"));
        let bytes = parquet(frame).map_err(|source| ExportError::Table { name, source })?;
        write_atomically(&path, |out| out.write_all(&bytes))?;
        written.push(Written { path, rows });
    }
    written.push(jsonl(run, data.join("indicators.jsonl"))?);
    let path = dir.join("pianometro.xlsx");
    let book = workbook::workbook(&tables, options.names_left_out);
    let book = book.map_err(|source| ExportError::Workbook { path: path.clone(), source })?;
    let rows = tables.iter().map(|(_, frame)| frame.height()).sum();
    write_atomically(&path, |out| out.write_all(&book))?;
    written.push(Written { path, rows });
    let resource = |((schema, _), bytes)| package::Resource { schema, bytes };
    let resources: Vec<package::Resource<'_>> =
        tables.iter().map(|(schema, _)| (*schema, ())).zip(csvs.iter().map(Vec::as_slice)).map(resource).collect();
    let path = package::path(dir);
    let package = package::package(run, dir, &resources, options.dialect, &options.publication)
        .map_err(|source| ExportError::File { path: path.clone(), source })?;
    write_atomically(&path, |out| writeln!(out, "{package:#}"))?;
    written.push(Written { path, rows: resources.len() });
    let schemas: Vec<&TableSchema> = tables.iter().map(|(schema, _)| *schema).collect();
    let path = dir.join("catalog.ttl");
    let catalog = catalog::catalog(&schemas, &options.publication);
    write_atomically(&path, |out| out.write_all(catalog.as_bytes()))?;
    written.push(Written { path, rows: 1 });
    Ok(written)
}

fn jsonl(run: &Run, path: PathBuf) -> Result<Written, ExportError> {
    let mut rows = 0;
    write_atomically(&path, |out| {
        for (plan, _) in run.read() {
            write_indicators(out, plan)?;
            rows += plan.indicators.len();
        }
        Ok(())
    })?;
    Ok(Written { path, rows })
}

fn parquet(frame: &mut DataFrame) -> Result<Vec<u8>, PolarsError> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(None))
        .with_row_group_size(Some(ROW_GROUP))
        .set_parallel(false)
        .finish(frame)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;

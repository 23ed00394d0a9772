//! A run's results as files: CSV, Parquet and JSON lines.
//!
//! Each table is one polars frame, built once and written twice, so that both files say the same.
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
//! **The same run gives the same bytes**: no times, no paths, no order that depends on threads. Files appear whole or not
//! at all: they are written beside their place and renamed.

mod atomic;
mod compared;
mod csv;
mod jsonl;
mod run;
mod tables;

use std::io;
use std::path::{Path, PathBuf};

use polars::error::PolarsError;
use polars::prelude::{DataFrame, ParquetCompression, ParquetWriter};
use thiserror::Error;

pub use csv::CsvDialect;
pub use jsonl::write_indicators;
pub use run::{FailedFile, FileResult, ReadFile, Run};

pub(crate) use atomic::write_atomically;

/// Rows of a Parquet row group; fixed, because the bytes depend on it.
const ROW_GROUP: usize = 1 << 17;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub path: PathBuf,
    /// Rows without the header; lines for JSON lines.
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
}

/// Writes `data/*.csv`, `data/*.parquet` and `data/indicators.jsonl` under `dir`, which is made where it doesn't exist.
/// Returns the files in the order written.
///
/// # Errors
/// A folder or file that can't be written; files written before it stay.
pub fn export(run: &Run, dir: &Path, dialect: CsvDialect) -> Result<Vec<Written>, ExportError> {
    let data = dir.join("data");
    std::fs::create_dir_all(&data).map_err(|source| ExportError::Folder { path: data.clone(), source })?;
    let mut written = Vec::new();
    for (name, build) in tables::TABLES {
        let mut frame = build(run).map_err(|source| ExportError::Table { name, source })?;
        let rows = frame.height();
        let path = data.join(format!("{name}.csv"));
        write_atomically(&path, |out| csv::write(out, &frame, dialect))?;
        written.push(Written { path, rows });
        let path = data.join(format!("{name}.parquet"));
        let bytes = parquet(&mut frame).map_err(|source| ExportError::Table { name, source })?;
        write_atomically(&path, |out| out.write_all(&bytes))?;
        written.push(Written { path, rows });
    }
    let path = data.join("indicators.jsonl");
    let mut rows = 0;
    write_atomically(&path, |out| {
        for (plan, _) in run.read() {
            write_indicators(out, plan)?;
            rows += plan.indicators.len();
        }
        Ok(())
    })?;
    written.push(Written { path, rows });
    Ok(written)
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

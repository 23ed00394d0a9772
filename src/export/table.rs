//! One table on its way into its CSV and its Parquet file, part by part.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{
    Column, DataFrame, IntoColumn, NewChunkedArray, ParquetCompression, ParquetWriter, PolarsResult, StringChunked,
};

use super::atomic::{Content, Draft};
use super::csv::{self, CsvDialect};
use super::schema::TableSchema;
use super::{ExportError, Written};

/// Bytes of a frame from which it becomes a Parquet row group. Fixed, because the file's bytes depend on it; what lies in
/// memory is less than this and one part.
const ROW_GROUP: usize = 1 << 20;

/// Parts that are pending side by side. The texts of each, however few, have eight kilobytes and more a column.
const PARTS: usize = 32;

/// A table being written.
pub(super) struct TableWriter {
    pub schema: &'static TableSchema,
    dialect: CsvDialect,
    csv: Draft,
    parquet: Shared,
    /// `None` before the first part, which tells the columns' types.
    groups: Option<BatchedWriter<Shared>>,
    pending: Option<DataFrame>,
    rows: usize,
}

/// A whole table.
pub(super) struct WholeTable {
    pub schema: &'static TableSchema,
    /// Of the CSV.
    pub content: Content,
    pub parquet: Content,
    pub rows: usize,
    /// CSV, then Parquet.
    pub written: [Written; 2],
}

impl TableWriter {
    pub(super) fn create(
        schema: &'static TableSchema,
        folder: &Path,
        dialect: CsvDialect,
    ) -> Result<Self, ExportError> {
        let mut csv = Draft::create(&folder.join(format!("{}.csv", schema.name)))?;
        csv::write_header(&mut csv, schema, dialect).map_err(|source| csv.failed(source))?;
        let parquet = Shared::new(Draft::create(&folder.join(format!("{}.parquet", schema.name)))?);
        Ok(TableWriter { schema, dialect, csv, parquet, groups: None, pending: None, rows: 0 })
    }

    /// Adds rows; every part has the same columns.
    pub(super) fn append(&mut self, frame: &DataFrame) -> Result<(), ExportError> {
        let name = self.schema.name.as_str();
        let failed = |source| ExportError::Table { name, source };
        csv::write_rows(&mut self.csv, frame, self.dialect).map_err(|source| self.csv.failed(source))?;
        self.rows += frame.height();
        if self.groups.is_none() {
            let writer = ParquetWriter::new(self.parquet.clone())
                .with_compression(ParquetCompression::Zstd(None))
                .set_parallel(false);
            self.groups = Some(writer.batched(frame.schema()).map_err(failed)?);
        }
        match &mut self.pending {
            None => self.pending = Some(frame.clone()),
            Some(pending) => {
                pending.vstack_mut(frame).map_err(failed)?;
            }
        }
        if let Some(pending) = self.pending.take_if(|frame| frame.first_col_n_chunks() >= PARTS) {
            self.pending = Some(pack(&pending).map_err(failed)?);
        }
        if self.pending.as_ref().is_some_and(|frame| frame.estimated_size() >= ROW_GROUP) {
            self.flush()?;
        }
        Ok(())
    }

    /// Makes a row group of what is pending.
    fn flush(&mut self) -> Result<(), ExportError> {
        let name = self.schema.name.as_str();
        if let (Some(groups), Some(mut frame)) = (&mut self.groups, self.pending.take().filter(|f| f.height() > 0)) {
            frame.rechunk_mut();
            groups.write_batch(&frame).map_err(|source| ExportError::Table { name, source })?;
        }
        Ok(())
    }

    /// Puts both files in their places.
    pub(super) fn finish(mut self) -> Result<WholeTable, ExportError> {
        self.flush()?;
        let name = self.schema.name.as_str();
        if let Some(groups) = self.groups.take() {
            groups.finish().map_err(|source| ExportError::Table { name, source })?;
        }
        let rows = self.rows;
        let paths = [self.csv.path().to_owned(), self.parquet.path()];
        let content = self.csv.finish()?;
        let parquet = self.parquet.finish()?;
        Ok(WholeTable {
            schema: self.schema,
            content,
            parquet,
            rows,
            written: paths.map(|path| Written { path, rows }),
        })
    }
}

/// The same frame, its parts made one, without room for more.
fn pack(frame: &DataFrame) -> PolarsResult<DataFrame> {
    let column = |column: &Column| -> PolarsResult<Column> {
        match column.str() {
            Ok(texts) => Ok(StringChunked::from_iter_options(column.name().clone(), texts.iter()).into_column()),
            Err(_) => Ok(column.rechunk()),
        }
    };
    let columns: PolarsResult<Vec<Column>> = frame.columns().iter().map(column).collect();
    DataFrame::new(frame.height(), columns?)
}

/// A draft that polars writes into and that can be finished afterwards.
#[derive(Clone)]
struct Shared(Arc<Mutex<Option<Draft>>>);

impl Shared {
    fn new(draft: Draft) -> Self {
        Shared(Arc::new(Mutex::new(Some(draft))))
    }

    fn with<T>(&self, act: impl FnOnce(&mut Option<Draft>) -> T) -> T {
        // A draft is whole whatever happened to who held it: it is finished only after all was written without an error.
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn path(&self) -> PathBuf {
        self.with(|draft| draft.as_ref().map(|draft| draft.path().to_owned()).unwrap_or_default())
    }

    fn finish(&self) -> Result<Content, ExportError> {
        let closed = || ExportError::File { path: PathBuf::new(), source: io::ErrorKind::BrokenPipe.into() };
        self.with(Option::take).ok_or_else(closed)?.finish()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|draft| draft.as_mut().map_or(Err(io::ErrorKind::BrokenPipe.into()), |draft| draft.write(bytes)))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with(|draft| draft.as_mut().map_or(Ok(()), Write::flush))
    }
}

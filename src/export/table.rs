//! One table on its way into its CSV and its Parquet file, part by part.

use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use polars::prelude::{
    Column, DataFrame, IntoColumn, NewChunkedArray, ParallelStrategy, ParquetCompression, ParquetReader, ParquetWriter,
    PolarsError, PolarsResult, SerReader, StatisticsOptions, StringChunked,
};

use super::atomic::{Content, Draft};
use super::csv::{self, CsvDialect};
use super::schema::TableSchema;
use super::{ExportError, Written};

/// Bytes of a frame from which it is laid aside; what lies in memory of a table is less than this and one part.
const ASIDE: usize = 1 << 19;

/// Bytes of a frame from which it becomes a Parquet row group. Fixed, because the file's bytes depend on it. What tells of
/// a group stays in memory until the file ends: the fewer groups and the shorter the file is open, the less.
const ROW_GROUP: usize = 1 << 21;

/// Parts that are pending side by side. The texts of each, however few, have eight kilobytes and more a column.
const PARTS: usize = 4;

/// A table being written.
pub(super) struct TableWriter {
    pub schema: &'static TableSchema,
    dialect: CsvDialect,
    csv: Draft,
    /// Where the Parquet file is to stand.
    parquet: PathBuf,
    /// What the Parquet file is made of once all is there.
    aside: Aside,
    /// `None` before the first part, which tells the columns' types.
    pending: Option<DataFrame>,
    pub rows: usize,
}

/// A whole table.
pub(super) struct WholeTable {
    pub schema: &'static TableSchema,
    /// Of the CSV.
    pub content: Content,
    pub parquet: Content,
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
        let parquet = folder.join(format!("{}.parquet", schema.name));
        let aside = Aside { draft: Draft::create(&parquet.with_extension("parts"))?, ends: Vec::new() };
        Ok(TableWriter { schema, dialect, csv, parquet, aside, pending: None, rows: 0 })
    }

    /// Adds rows; every part has the same columns.
    pub(super) fn append(&mut self, frame: &DataFrame) -> Result<(), ExportError> {
        let name = self.schema.name.as_str();
        let failed = |source| ExportError::Table { name, source };
        csv::write_rows(&mut self.csv, frame, self.dialect).map_err(|source| self.csv.failed(source))?;
        self.rows += frame.height();
        match &mut self.pending {
            None => self.pending = Some(frame.clone()),
            Some(pending) => {
                pending.vstack_mut(frame).map_err(failed)?;
            }
        }
        if let Some(pending) = self.pending.take_if(|frame| frame.first_col_n_chunks() >= PARTS) {
            self.pending = Some(pack(&pending).map_err(failed)?);
        }
        if self.pending.as_ref().is_some_and(|frame| frame.estimated_size() >= ASIDE)
            && let Some(frame) = &mut self.pending
        {
            let none = frame.clear();
            self.aside.put(std::mem::replace(frame, none)).map_err(failed)?;
        }
        Ok(())
    }

    /// Puts both files in their places.
    pub(super) fn finish(self) -> Result<WholeTable, ExportError> {
        let TableWriter { schema, csv, parquet: path, mut aside, pending, rows, .. } = self;
        let paths = [csv.path().to_owned(), path.clone()];
        let content = csv.finish()?;
        let parquet = Shared::new(Draft::create(&path)?);
        let failed = |source| ExportError::Table { name: schema.name.as_str(), source };
        if let Some(pending) = pending {
            let mut groups = writer(parquet.clone()).batched(pending.schema()).map_err(failed)?;
            let mut group = pending.clear();
            for part in 0..=aside.ends.len() {
                let frame = aside.get(part).unwrap_or_else(|| Ok(pending.clone())).map_err(failed)?;
                group.vstack_mut(&frame).map_err(failed)?;
                if group.height() > 0 && (group.estimated_size() >= ROW_GROUP || part == aside.ends.len()) {
                    group.rechunk_mut();
                    groups.write_batch(&group).map_err(failed)?;
                    group = pending.clear();
                }
            }
            groups.finish().map_err(failed)?;
        }
        let parquet = parquet.finish()?;
        Ok(WholeTable { schema, content, parquet, written: paths.map(|path| Written { path, rows }) })
    }
}

/// How frames become Parquet.
fn writer<W: Write>(out: W) -> ParquetWriter<W> {
    ParquetWriter::new(out).with_compression(ParquetCompression::Zstd(None)).set_parallel(false)
}

/// Frames laid aside, each a Parquet file of its own inside a draft that is given up in the end.
struct Aside {
    draft: Draft,
    /// Where each frame ends.
    ends: Vec<u64>,
}

impl Aside {
    fn put(&mut self, mut frame: DataFrame) -> PolarsResult<()> {
        frame.rechunk_mut();
        let mut bytes = Vec::new();
        writer(&mut bytes).with_statistics(StatisticsOptions::empty()).finish(&mut frame)?;
        self.draft.write_all(&bytes)?;
        self.ends.push(self.draft.bytes());
        Ok(())
    }

    /// The frame that was put at a place; `None` where none was.
    fn get(&mut self, place: usize) -> Option<PolarsResult<DataFrame>> {
        let end = *self.ends.get(place)?;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let frame =
            self.draft.read(start, end).map_err(PolarsError::from).and_then(|bytes| {
                ParquetReader::new(Cursor::new(bytes)).read_parallel(ParallelStrategy::None).finish()
            });
        Some(frame)
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

#[cfg(test)]
mod tests {
    use super::super::schema::schemas;
    use super::*;
    use crate::compare::frame::Columns;

    #[test]
    fn many_parts_become_few_groups_with_every_row_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let schema = schemas().iter().find(|schema| schema.name == "documents").unwrap();
        let mut table = TableWriter::create(schema, folder.path(), CsvDialect::Standard).unwrap();
        let part = |number: i64| {
            let mut columns = Columns::new(500);
            columns.integer("n", (0..500).map(|n| Some(number * 500 + n)));
            columns.text("text", (0..500).map(|n| (n % 7 > 0).then(|| format!("riga {n} {}", "x".repeat(400)))));
            columns.decimal("value", (0..500).map(|n| (n % 3 > 0).then(|| rust_decimal::Decimal::new(n, 2))));
            columns.finish().unwrap()
        };
        for number in 0..40 {
            table.append(&part(number)).unwrap();
        }
        assert!(table.aside.ends.len() > 5);
        let whole = table.finish().unwrap();
        assert_eq!(whole.written[0].rows, 20_000);
        let file = std::fs::read(folder.path().join("documents.parquet")).unwrap();
        assert_eq!(whole.parquet.sha256, crate::sha256(&file));
        let mut reader = ParquetReader::new(Cursor::new(file));
        assert!((2..6).contains(&reader.get_metadata().unwrap().row_groups.len()));
        let frame = reader.finish().unwrap();
        let numbers: Vec<i64> = frame.column("n").unwrap().i64().unwrap().iter().flatten().collect();
        assert!(numbers.into_iter().eq(0..20_000));
        assert!(frame.slice(19_500, 500).equals_missing(&part(39)));
        // The frames laid aside leave nothing.
        let names = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        let mut left: Vec<String> = std::fs::read_dir(folder.path()).unwrap().map(names).collect();
        left.sort();
        assert_eq!(left, ["documents.csv", "documents.parquet"]);
    }
}

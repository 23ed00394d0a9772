//! A run over any number of documents, whose results lie on disk: what stays in memory of a document is what the comparison
//! needs.
//!
//! ```text
//! input ──read, understand, score, check──▶ Record in the Store      in parallel, document by document
//! Records, thinned ──▶ audit across, comparison                      in memory
//! Records again ──▶ tables and pages                                 a few at a time, in the inputs' order
//! ```

mod thin;
mod workers;

pub use workers::{Limits, Workers, arguments, serve};

use std::time::Duration;

use rayon::prelude::*;
use thiserror::Error;

use crate::audit::Finding;
use crate::compare::{CompareError, Comparison};
use crate::export::{Documents, ExportError, ExportOptions, Exporter, FailedFile, FileResult, Names, Run, Unreadable};
use crate::inputs::Input;
use crate::report::{Clips, ReportError, Reporter};
use crate::store::{Key, Record, Store, StoreError, Timings, settings};
use crate::{Knowledge, sha256};

/// Files whose results are in memory together while they are written. Fixed, because the bytes of Parquet files depend on it.
const TOGETHER: usize = 4;

/// Rows of the comparison that are in memory twice while they are written; fixed for the same reason.
const ROWS: usize = 2000;

/// Bytes that ten ordinary pictures of places on pages take.
const PICTURES: usize = 15_000;

/// A run can't go on; the messages are in Italian.
#[derive(Debug, Error)]
pub enum BatchError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Compare(#[from] CompareError),
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// How a document becomes a record: in this process, or wherever one that goes wrong does less harm.
pub trait Reader: Sync {
    /// Reads a file whose key is known, and keeps its record. `None` where the record could not be made for a reason that may
    /// pass, told by the result.
    ///
    /// # Errors
    /// Where the record can't be written.
    fn read(&self, input: &Input, key: &Key, store: &Store) -> Result<Read, StoreError>;
}

/// What a [`Reader`] gives.
pub enum Read {
    /// It is in the store.
    Kept(Box<Record>),
    /// It is not, and the next run tries again.
    Failed(FailedFile),
}

/// Reads in this process.
pub struct InProcess<'k> {
    pub knowledge: &'k Knowledge<'k>,
}

impl Reader for InProcess<'_> {
    fn read(&self, input: &Input, key: &Key, store: &Store) -> Result<Read, StoreError> {
        let (result, timings) = crate::read_one(input, self.knowledge, &|| ());
        let record = Record { result, timings };
        store.put(key, &record)?;
        Ok(Read::Kept(Box::new(record)))
    }
}

/// Told of each file as it is done.
#[derive(Debug)]
pub struct Done<'a> {
    pub result: &'a FileResult,
    /// Its result was kept from an earlier run.
    pub kept: bool,
    pub timings: Timings,
    /// From the first look at it to its result.
    pub took: Duration,
}

/// All inputs of a run, looked at.
pub struct Batch {
    /// Everything but what [`Documents::file`] gives: of each file only what the comparison and the summary need.
    pub run: Run,
    /// `None` where the result is no record.
    keys: Vec<Option<Key>>,
    /// Findings between documents, as the run's files.
    across: Vec<Vec<Finding>>,
    timings: Vec<Timings>,
    names: Option<Names>,
    store: Store,
}

/// A file with the digest of its bytes; `None` where it can't be opened.
#[derive(Debug, Clone)]
pub struct Looked {
    pub input: Input,
    pub content: Option<String>,
}

/// Digests of all inputs' bytes, in their order.
pub fn look(inputs: &[Input]) -> Vec<Looked> {
    let one = |input: &Input| Looked {
        input: input.clone(),
        content: std::fs::read(&input.path).ok().map(|bytes| sha256(&bytes)),
    };
    inputs.par_iter().map(one).collect()
}

/// Reads what the store doesn't have yet, in parallel on rayon's current pool, and compares all. The result is in the inputs'
/// order whatever the number of threads.
///
/// # Errors
/// Where records can't be written, or the comparison fails; an input that can't be read is a [`FileResult::Failed`].
pub fn batch(
    inputs: &[Looked],
    knowledge: &Knowledge<'_>,
    store: Store,
    reader: &dyn Reader,
    done: &(dyn Fn(&Done<'_>) + Sync),
) -> Result<Batch, BatchError> {
    let settings = settings(knowledge);
    let one = |looked: &Looked| -> Result<(FileResult, usize, Option<Key>, Timings), StoreError> {
        let begun = std::time::Instant::now();
        let key = looked.content.as_ref().map(|content| Key::new(&looked.input.name, content, &settings));
        let known = key.as_ref().and_then(|key| store.get(key));
        let kept = known.is_some();
        let (record, key) = match (known, key) {
            (Some(record), key) => (record, key),
            (None, Some(key)) => match reader.read(&looked.input, &key, &store)? {
                Read::Kept(record) => (*record, Some(key)),
                Read::Failed(file) => (Record { result: FileResult::Failed(file), timings: Timings::default() }, None),
            },
            (None, None) => {
                let (result, timings) = crate::read_one(&looked.input, knowledge, &|| ());
                (Record { result, timings }, None)
            }
        };
        let Record { result, timings } = record;
        done(&Done { result: &result, kept, timings, took: begun.elapsed() });
        let (thin, findings) = thin::thin(result);
        Ok((thin, findings, key, timings))
    };
    let all: Result<Vec<_>, StoreError> = inputs.par_iter().map(one).collect();
    let mut batch =
        Batch { run: Run::default(), keys: Vec::new(), across: Vec::new(), timings: Vec::new(), names: None, store };
    let mut findings = Vec::new();
    for (file, count, key, timings) in all? {
        if matches!(file, FileResult::Read(_)) {
            findings.push(count);
        }
        batch.run.files.push(file);
        batch.keys.push(key);
        batch.timings.push(timings);
    }
    batch.across = crate::compare_all(&mut batch.run, knowledge, findings)?;
    // The tables get them document by document.
    batch.run.comparison.themes = Vec::new();
    Ok(batch)
}

impl Batch {
    /// Takes away the records that no file of this run needs.
    pub fn sweep(&self) {
        self.store.sweep(&self.keys.iter().flatten().collect());
    }

    /// Whether all results would be the same at the next look.
    pub fn is_settled(&self) -> bool {
        let unsettled = |(key, file): (&Option<Key>, &FileResult)| {
            key.is_none() && matches!(file, FileResult::Failed(failed) if failed.sha256.is_some())
        };
        !self.keys.iter().zip(&self.run.files).any(unsettled)
    }

    /// Draws the places of indicators, as [`crate::draw`] does. Nothing is drawn where the budget has no room for ten pictures
    /// of each document: one here and there is worth less than the time it takes.
    pub fn draw(&self, inputs: &[Input], budget: usize) -> Clips {
        let documents = self.run.comparison.duplicate_of.iter().filter(|other| other.is_none()).count();
        let enough = documents.saturating_mul(PICTURES) <= budget;
        crate::draw(inputs, &self.run, if enough { budget } else { 0 })
    }

    /// Where the time of each file went, in the inputs' order.
    pub fn timings(&self) -> impl Iterator<Item = (&FileResult, Timings)> {
        self.run.files.iter().zip(self.timings.iter().copied())
    }

    /// The same without the names of persons.
    #[must_use]
    pub fn without_names(mut self) -> Self {
        let names = Names::of(&self.run);
        names.run(&mut self.run);
        self.names = Some(names);
        self
    }

    /// Writes the dataset and the report under a folder, a few documents at a time. Returns how many files of the dataset
    /// were written.
    ///
    /// # Errors
    /// A file that can't be written.
    pub fn write(&self, clips: &Clips, dir: &std::path::Path, options: &ExportOptions) -> Result<usize, BatchError> {
        let mut exporter = Exporter::create(dir, options)?;
        let mut reporter = Reporter::create(&self.run, &dir.join("report"))?;
        let places: Vec<usize> = (0..self.run.files.len()).collect();
        for together in places.chunks(TOGETHER) {
            let files: Result<Vec<FileResult>, Unreadable> =
                together.par_iter().map(|index| self.file(*index).map(std::borrow::Cow::into_owned)).collect();
            let part = Run { files: files?, ..Run::default() };
            let first = together.first().copied().unwrap_or_default();
            let (rows, pages) =
                rayon::join(|| exporter.append(&part), || reporter.documents(first, &part.files, clips));
            rows?;
            pages?;
        }
        reporter.finish(&self.run, clips)?;
        self.comparison_parts().try_for_each(|part| exporter.append(&part))?;
        Ok(exporter.finish()?.len())
    }

    /// The comparison's rows, some at a time, and the findings of no file.
    fn comparison_parts(&self) -> impl Iterator<Item = Run> {
        let Comparison { rows, matches, years, .. } = &self.run.comparison;
        let of = |comparison: Comparison| Run { comparison, ..Run::default() };
        let rows = rows.chunks(ROWS).map(|rows| Comparison { rows: rows.to_vec(), ..Comparison::default() });
        let matches = matches.chunks(ROWS).map(|part| Comparison { matches: part.to_vec(), ..Comparison::default() });
        let years = years.chunks(ROWS).map(|part| Comparison { years: part.to_vec(), ..Comparison::default() });
        let findings = Run { findings: self.run.findings.clone(), ..Run::default() };
        rows.chain(matches).chain(years).map(of).chain([findings])
    }
}

impl Documents for Batch {
    fn file(&self, index: usize) -> Result<std::borrow::Cow<'_, FileResult>, Unreadable> {
        use std::borrow::Cow;
        let Some(lean) = self.run.files.get(index) else { return Err(Unreadable::unknown(index)) };
        let (FileResult::Read(lean_file), Some(Some(key))) = (lean, self.keys.get(index)) else {
            return Ok(Cow::Borrowed(lean));
        };
        let mut result = self.store.fetch(key).map_err(|error| Unreadable::new(&error))?.result;
        if let FileResult::Read(file) = &mut result {
            file.findings.extend(self.across.get(index).into_iter().flatten().cloned());
            file.themes = crate::compare::themes_of(&file.plan);
            file.duplicate_of.clone_from(&lean_file.duplicate_of);
        }
        if let Some(names) = &self.names {
            names.file(&mut result);
        }
        Ok(Cow::Owned(result))
    }
}

//! A run over any number of documents, whose results lie on disk: what stays in memory of a document are some hundred bytes.
//!
//! ```text
//! input ──read, understand, score, check──▶ Record in the Store      in parallel, document by document
//! leans of Records ──▶ audit across, matches, years                  chamber by chamber, neighbours by neighbours
//! whole Records ──▶ tables and pages                                 a few at a time, in the inputs' order
//! ```

mod shelf;
mod workers;
mod write;

pub use workers::{Limits, Workers, arguments, serve};

use std::collections::BTreeSet;
use std::io;
use std::time::Duration;

use rayon::prelude::*;
use thiserror::Error;

use crate::audit::Finding;
use crate::compare::{self, CompareError, Match, Plans, Relation};
use crate::document::Format;
use crate::export::{ExportError, FailedFile, FileResult, Names};
use crate::inputs::Input;
use crate::places::{self, Drawn};
use crate::report::{Clips, ReportError};
use crate::store::{Head, Key, Record, Scratch, Sorter, Store, StoreError, Timings, Told, settings};
use crate::{Knowledge, sha256_of};
use shelf::{Filed, Shelf};

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
    #[error("i risultati intermedi non si possono scrivere o leggere: {0}")]
    Scratch(#[from] io::Error),
}

/// How a document becomes a record: in this process, or wherever one that goes wrong does less harm.
pub trait Reader: Sync {
    /// Reads a file whose key is known, and keeps its record. `None` where the record could not be made for a reason that may
    /// pass, told by the result.
    ///
    /// # Errors
    /// Where the record can't be written.
    fn read(&self, input: &Input, key: &Key, store: &Store) -> Result<Read, StoreError>;

    /// Draws the places of a file that was read, and keeps the pictures. One that can't be drawn within the limits has none.
    fn draw(&self, input: &Input, key: &Key, store: &Store);
}

/// What a [`Reader`] gives.
pub enum Read {
    /// It is in the store.
    Kept(Box<Head>),
    /// It is not, and the next run tries again.
    Failed(FailedFile),
}

/// Told of each file as it is done.
#[derive(Debug)]
pub struct Done<'a> {
    pub told: &'a Told,
    /// Its result was kept from an earlier run.
    pub kept: bool,
    pub timings: Timings,
    /// From the first look at it to its result.
    pub took: Duration,
}

/// All inputs of a run, looked at.
pub struct Batch {
    shelf: Shelf,
    /// As the files that could be read: which other one is compared instead, by its place among them.
    standing: Vec<Option<(usize, Relation)>>,
    /// Findings of no file.
    findings: Vec<Finding>,
    matches: Sorter<Match>,
    /// Holds the findings between documents.
    scratch: Scratch,
    names: Option<Names>,
}

/// A file with the digest of its bytes; `None` where it can't be opened.
#[derive(Debug, Clone)]
pub struct Looked {
    pub input: Input,
    pub content: Option<String>,
}

/// Digests of all inputs' bytes, in their order.
pub fn look(inputs: &[Input]) -> Vec<Looked> {
    let content = |input: &Input| std::fs::File::open(&input.path).and_then(sha256_of).ok();
    inputs.par_iter().map(|input| Looked { input: input.clone(), content: content(input) }).collect()
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
    let mut batch = read(inputs, knowledge, store, reader, done)?;
    let compared = compare::compared(&batch.standing);
    let (shelf, matches) = (&batch.shelf, &mut batch.matches);
    let kept = |error: io::Error| CompareError::Kept(Box::new(error));
    compare::matches(shelf, &compared, &knowledge.decisions, &mut |found| matches.put(found).map_err(kept))?;
    matches.settle()?;
    let idle = compare::idle(shelf, &compared, &knowledge.decisions)?;
    batch.findings.extend(idle.iter().map(crate::idle));
    Ok(batch)
}

/// The same as far as the documents are audited, alone and across: without matches.
///
/// # Errors
/// See [`batch`].
pub fn read(
    inputs: &[Looked],
    knowledge: &Knowledge<'_>,
    store: Store,
    reader: &dyn Reader,
    done: &(dyn Fn(&Done<'_>) + Sync),
) -> Result<Batch, BatchError> {
    let settings = settings(knowledge);
    let one = |looked: &Looked| -> Result<Filed, StoreError> {
        let begun = std::time::Instant::now();
        let key = looked.content.as_ref().map(|content| Key::new(&looked.input.name, content, &settings));
        let known = key.as_ref().and_then(|key| store.head(key));
        let kept = known.is_some();
        let (head, key) = match (known, key) {
            (Some(head), key) => (head, key),
            (None, Some(key)) => match reader.read(&looked.input, &key, &store)? {
                Read::Kept(head) => (*head, Some(key)),
                Read::Failed(file) => (Head { told: Told::Failed(file), timings: Timings::default() }, None),
            },
            (None, None) => unopened(&looked.input, knowledge, &store, &settings)?,
        };
        let Head { told, timings } = head;
        done(&Done { told: &told, kept, timings, took: begun.elapsed() });
        Ok(Filed { told, timings, key, across: None })
    };
    let files: Result<Vec<Filed>, StoreError> = inputs.par_iter().map(one).collect();
    let scratch = Scratch::create(store.folder())?;
    let matches = Sorter::create(store.folder(), Match::order)?;
    let mut shelf = Shelf::new(store, files?);
    shelf.check_across(&scratch)?;
    let outlines = shelf.outlines();
    let named: Vec<(&str, &str)> =
        outlines.iter().map(|outline| (outline.document_id.as_str(), outline.source_file.as_str())).collect();
    let findings = crate::unapplied(knowledge, &named);
    let standing = compare::duplicates(&outlines);
    Ok(Batch { shelf, standing, findings, matches, scratch, names: None })
}

/// What becomes of a file that could not be opened when it was looked at.
fn unopened(
    input: &Input,
    knowledge: &Knowledge<'_>,
    store: &Store,
    settings: &str,
) -> Result<(Head, Option<Key>), StoreError> {
    let (result, timings) = crate::read_one(input, knowledge, &|| ());
    let record = Record { result, timings };
    let key = match &record.result {
        // It can be opened by now.
        FileResult::Read(read) => Some(Key::new(&input.name, &read.plan.card.sha256, settings)),
        FileResult::Failed(_) => None,
    };
    key.iter().try_for_each(|key| store.put(key, &record))?;
    Ok((Head::of(&record), key))
}

impl Batch {
    /// Takes away the records that no file of this run needs.
    pub fn sweep(&self) {
        self.shelf.store.sweep(&self.shelf.files.iter().filter_map(|file| file.key.as_ref()).collect());
    }

    /// Whether all results would be the same at the next look.
    pub fn is_settled(&self) -> bool {
        let unsettled =
            |file: &Filed| file.key.is_none() && matches!(&file.told, Told::Failed(failed) if failed.sha256.is_some());
        !self.shelf.files.iter().any(unsettled)
    }

    /// What came of each file, in the inputs' order.
    pub fn files(&self) -> impl Iterator<Item = &Told> {
        self.shelf.files.iter().map(|file| &file.told)
    }

    /// How many files are other versions of a document that is compared.
    pub fn duplicates(&self) -> usize {
        self.standing.iter().flatten().count()
    }

    /// Where the time of each file went, in the inputs' order.
    pub fn timings(&self) -> impl Iterator<Item = (&Told, Timings)> {
        self.shelf.files.iter().map(|file| (&file.told, file.timings))
    }

    /// The findings of no file: corrections that name none of them, decisions on pairs that aren't there.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The places of the indicators of all compared PDF files, drawn, as many as `budget` bytes hold. Nothing is drawn where
    /// the budget has no room for ten pictures of each document: one here and there is worth less than the time it takes.
    pub fn draw(&self, inputs: &[Input], reader: &dyn Reader, budget: usize) -> Clips {
        let compared = compare::compared(&self.standing);
        if budget == 0 || compared.len().saturating_mul(PICTURES) > budget {
            return Clips::default();
        }
        let store = &self.shelf.store;
        let draw = |place: &usize| -> Option<(usize, Vec<Drawn>)> {
            let (index, _) = self.shelf.outline(*place).filter(|(_, one)| one.format == Format::Pdf)?;
            let (input, key) = (inputs.get(index)?, self.shelf.files.get(index)?.key.as_ref()?);
            let drawn = || {
                reader.draw(input, key, store);
                store.pictures(key)
            };
            Some((index, store.pictures(key).or_else(drawn)?))
        };
        let drawn: Vec<(usize, Vec<Drawn>)> = compared.par_iter().filter_map(draw).collect();
        places::choose(drawn.into_iter(), budget)
    }

    /// The same without the names of persons.
    ///
    /// # Errors
    /// A record that can't be read any more.
    pub fn without_names(mut self) -> Result<Self, BatchError> {
        let in_one = |place| Ok(Names::in_plan(&self.shelf.open(place)?.plan));
        let all = (0..self.standing.len()).into_par_iter().map(in_one);
        let joined = |mut names: BTreeSet<String>, more| {
            names.extend::<BTreeSet<String>>(more);
            Ok(names)
        };
        let names = Names::new(all.try_reduce(BTreeSet::new, joined).map_err(|error: CompareError| error)?);
        self.findings.iter_mut().for_each(|finding| names.finding(finding));
        self.names = Some(names);
        Ok(self)
    }

    /// The result of the file at a place of the run, with the findings between documents.
    ///
    /// # Errors
    /// Where its record can't be read any more.
    pub fn file(&self, index: usize) -> Result<Option<FileResult>, BatchError> {
        let Some(file) = self.shelf.files.get(index) else { return Ok(None) };
        let Some(key) = &file.key else {
            return Ok(match &file.told {
                Told::Failed(failed) => Some(FileResult::Failed(failed.clone())),
                // What was read has a record.
                Told::Read(_) => None,
            });
        };
        let mut result = self.shelf.store.fetch(key)?.result;
        if let FileResult::Read(read) = &mut result {
            if let Some(piece) = file.across {
                read.findings.extend(self.scratch.get::<Vec<Finding>>(piece)?);
            }
            let standing = self.shelf.place(index).and_then(|place| self.standing.get(place).copied().flatten());
            read.duplicate_of = standing
                .and_then(|(other, relation)| Some((self.shelf.outline(other)?.1.source_file.clone(), relation)));
        }
        Ok(Some(result))
    }
}

//! A run's results as pages to read: an overview, a comparison, a page a document.
//!
//! The folder is whole in itself: one style and one script beside the pages, pictures of places on PDF pages in `img/`, and no
//! network is asked for. Every page can be read without the script. The script searches, sorts, filters, changes the
//! language of the interface and hands tables out as CSV; a content security policy lets no other script run. All texts from
//! documents are escaped by the template engine. The same run gives the same bytes.

mod chart;
mod clip;
mod compared;
mod document;
mod format;
mod highlights;
mod html;
mod indicator;
mod judge;
mod overview;
mod tree;
mod wording;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::audit::Finding;
use crate::compare::{ComparisonRow, Outline};
use crate::export::{ExportError, FailedFile, FileResult, ReadFile, Run, write_atomically};

pub use clip::{Clip, Clips, Place, places};
pub use highlights::Highlights;

/// Why the pages could not be made or written; the messages are in Italian.
#[derive(Debug, Error)]
pub enum ReportError {
    #[error("la pagina {page} del rapporto non si può comporre: {source}")]
    Template { page: String, source: minijinja::Error },
    #[error("la cartella {path} non si può creare: {source}", path = path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    File(#[from] ExportError),
}

/// A file of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path inside the report's folder, with `/`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A document that has a page: the file that stands for it.
#[derive(Debug)]
struct Entry {
    /// Index in the run's files.
    index: usize,
    /// The page's file name.
    page: String,
    /// Other files of the same document.
    others: Vec<String>,
    /// It stands beside others on the pages on all documents.
    is_late: bool,
}

/// A document whose page is being made.
struct Shown<'r> {
    entry: &'r Entry,
    file: &'r ReadFile,
    /// The comparison's measures of the document.
    measures: Measures<'r>,
}

/// The comparison's measures of one document.
#[derive(Clone, Copy)]
struct Measures<'r>(&'r [ComparisonRow]);

impl<'r> Measures<'r> {
    /// A measure of the whole document.
    fn value(self, name: &str) -> Option<Decimal> {
        self.row(name)?.value
    }

    fn row(self, name: &str) -> Option<&'r ComparisonRow> {
        self.0.iter().find(|row| row.theme.is_none() && row.measure == name)
    }
}

/// A document that stands beside others on the pages on all.
struct Beside {
    view: document::Document,
    rows: Vec<ComparisonRow>,
    /// Its indicators' ids, in order.
    indicators: Vec<String>,
}

impl Beside {
    fn measures(&self) -> Measures<'_> {
        Measures(&self.rows)
    }
}

/// An earlier document, which stands on a page of its own only.
struct Rest {
    page: String,
    name: document::Told,
    indicators: usize,
}

/// What the pages on all documents tell besides the documents.
pub struct Whole<'r> {
    /// How many files the run has.
    pub files: usize,
    pub failed: Vec<&'r FailedFile>,
    /// Findings of no file.
    pub findings: &'r [Finding],
    pub highlights: &'r Highlights,
}

/// The pages and pictures of a run: `index.html` first, then `confronto.html`, a page a document, style and script, the pictures.
///
/// # Errors
/// A template that can't be rendered, which no input is known to bring about.
pub fn report(run: &Run, clips: &Clips) -> Result<Vec<Page>, ReportError> {
    let outlines: Vec<(usize, Outline)> =
        run.read_files().map(|(index, read)| (index, Outline::of(&read.plan))).collect();
    let mut pages = Pages::new(entries(
        &outlines.iter().map(|(index, outline)| (*index, outline)).collect::<Vec<_>>(),
        &run.comparison.duplicate_of,
    ));
    let documents = pages.documents(0, &run.files, &run.comparison.rows, clips)?;
    let failed = run.files.iter().filter_map(|f| if let FileResult::Failed(f) = f { Some(f) } else { None });
    let whole = Whole {
        files: run.files.len(),
        failed: failed.collect(),
        findings: &run.findings,
        highlights: &Highlights::of(&run.comparison),
    };
    let mut all = pages.whole(&whole)?;
    all.extend(documents);
    all.extend(html::shared());
    all.extend(pictures(clips));
    Ok(all)
}

/// The pages being made, the documents' ones first: of each of them stays what the pages on all need.
struct Pages {
    engine: html::Engine,
    entries: Vec<Entry>,
    beside: Vec<Beside>,
    rest: Vec<Rest>,
}

impl Pages {
    fn new(entries: Vec<Entry>) -> Self {
        Pages { engine: html::Engine::new(), entries, beside: Vec::new(), rest: Vec::new() }
    }

    /// The pages of the run's files from `first` on, which follow those of the last call; `rows` has their measures.
    fn documents(
        &mut self,
        first: usize,
        files: &[FileResult],
        rows: &[ComparisonRow],
        clips: &Clips,
    ) -> Result<Vec<Page>, ReportError> {
        let start = self.entries.partition_point(|one| one.index < first);
        let end = self.entries.partition_point(|one| one.index < first + files.len());
        let entries = self.entries.get(start..end).unwrap_or_default();
        let made: Result<Vec<(document::Document, Page)>, ReportError> = entries
            .par_iter()
            .filter_map(|entry| shown(entry, files.get(entry.index - first)?, rows))
            .map(|shown| {
                let mut view = document::document(&shown, clips);
                let page = self.engine.page(&view.page, "document.html", &view)?;
                view.forget_details();
                Ok((view, page))
            })
            .collect();
        let mut pages = Vec::new();
        for (entry, (view, page)) in entries.iter().zip(made?) {
            pages.push(page);
            let Some(shown) = files.get(entry.index - first).and_then(|file| shown(entry, file, rows)) else {
                continue;
            };
            if entry.is_late {
                let indicators = shown.file.plan.indicators.iter().map(|one| one.indicator_id.clone()).collect();
                self.beside.push(Beside { view, rows: shown.measures.0.to_vec(), indicators });
            } else {
                self.rest.push(Rest { page: view.page, name: view.name, indicators: view.indicators });
            }
        }
        Ok(pages)
    }

    /// The pages on all documents: of very many on the latest.
    fn whole(self, whole: &Whole<'_>) -> Result<Vec<Page>, ReportError> {
        let Pages { engine, entries, beside, rest } = self;
        let read = entries.iter().map(|entry| 1 + entry.others.len()).sum();
        // Each page's figures go before the next one's come: of very many documents they are megabytes.
        let overview = engine.page("index.html", "overview.html", &overview::overview(whole, read, &beside, &rest))?;
        drop(rest);
        let compared =
            engine.page("confronto.html", "compared.html", &compared::compared(whole.highlights, &beside))?;
        Ok(vec![overview, compared])
    }
}

/// A document with its measures; `None` where it could not be read.
fn shown<'r>(entry: &'r Entry, file: &'r FileResult, rows: &'r [ComparisonRow]) -> Option<Shown<'r>> {
    let FileResult::Read(file) = file else { return None };
    let card = &file.plan.card;
    let own = |row: &ComparisonRow| row.document_id == card.document_id && row.source_file == card.source_file;
    // A document's measures stand together.
    let start = rows.iter().position(own).unwrap_or(rows.len());
    let rows = rows.get(start..).unwrap_or_default();
    let end = rows.iter().position(|row| !own(row)).unwrap_or(rows.len());
    Some(Shown { entry, file, measures: Measures(rows.get(..end).unwrap_or_default()) })
}

/// Documents that stand beside each other on one page, at most.
const BESIDE: usize = 60;

/// Each picture once.
fn pictures(clips: &Clips) -> impl Iterator<Item = Page> {
    let pictures: BTreeMap<&str, &Clip> = clips.of.values().flatten().map(|clip| (clip.name.as_str(), clip)).collect();
    pictures.into_values().map(|clip| Page { name: format!("img/{}", clip.name), bytes: clip.png.clone() })
}

/// Writes the pages under a folder, some documents at a time.
pub struct Reporter {
    pages: Pages,
    dir: PathBuf,
}

impl Reporter {
    /// Starts a report on documents, given by their outlines, each with its place in the run; `duplicate_of` says which other
    /// one stands for which. `dir` is made where it doesn't exist.
    ///
    /// # Errors
    /// A folder that can't be made.
    pub fn create(
        outlines: &[(usize, &Outline)],
        duplicate_of: &[Option<usize>],
        dir: &Path,
    ) -> Result<Self, ReportError> {
        make_folder(dir)?;
        Ok(Reporter { pages: Pages::new(entries(outlines, duplicate_of)), dir: dir.to_owned() })
    }

    /// Writes the pages of the run's files from place `first` on, of which `rows` has the comparison's measures. Calls follow
    /// each other in the run's order, without gaps.
    ///
    /// # Errors
    /// See [`report`]; a file that can't be written.
    pub fn documents(
        &mut self,
        first: usize,
        files: &[FileResult],
        rows: &[ComparisonRow],
        clips: &Clips,
    ) -> Result<(), ReportError> {
        let pages = self.pages.documents(first, files, rows, clips)?;
        pages.iter().try_for_each(|page| put(&self.dir, page))
    }

    /// Writes all that is left.
    ///
    /// # Errors
    /// See [`report`]; a folder or file that can't be written.
    pub fn finish(self, whole: &Whole<'_>, clips: &Clips) -> Result<(), ReportError> {
        let Reporter { pages, dir } = self;
        let put = |page: &Page| put(&dir, page);
        pages.whole(whole)?.iter().chain(&html::shared()).try_for_each(put)?;
        if !clips.of.is_empty() {
            make_folder(&dir.join("img"))?;
        }
        pictures(clips).try_for_each(|page| put(&page))
    }
}

fn put(dir: &Path, page: &Page) -> Result<(), ReportError> {
    Ok(write_atomically(&dir.join(&page.name), |out| out.write_all(&page.bytes))?)
}

fn make_folder(path: &Path) -> Result<(), ReportError> {
    std::fs::create_dir_all(path).map_err(|source| ReportError::Folder { path: path.to_owned(), source })
}

/// The documents in the run's order, each told once, with names for their pages that no two share.
fn entries(outlines: &[(usize, &Outline)], duplicate_of: &[Option<usize>]) -> Vec<Entry> {
    let mut others: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for ((_, outline), other) in outlines.iter().zip(duplicate_of) {
        if let Some(other) = other {
            others.entry(*other).or_default().push(outline.source_file.clone());
        }
    }
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut entries: Vec<(Option<i16>, Entry)> = Vec::new();
    for (place, (index, outline)) in outlines.iter().enumerate() {
        if duplicate_of.get(place).copied().flatten().is_some() {
            continue;
        }
        let id = crate::normalise::slug(&outline.document_id, 100);
        let number = names.entry(id.clone()).or_default();
        *number += 1;
        let page = if *number == 1 { format!("documento-{id}.html") } else { format!("documento-{id}--{number}.html") };
        let others = others.remove(&place).unwrap_or_default();
        entries.push((outline.year, Entry { index: *index, page, others, is_late: false }));
    }
    let mut late: Vec<(Reverse<Option<i16>>, &mut Entry)> =
        entries.iter_mut().map(|(year, entry)| (Reverse(*year), entry)).collect();
    late.sort_by_key(|(year, entry)| (*year, entry.index));
    late.into_iter().take(BESIDE).for_each(|(_, entry)| entry.is_late = true);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

#[cfg(test)]
mod tests;

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
mod html;
mod indicator;
mod judge;
mod overview;
mod tree;
mod wording;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::audit::Finding;
use crate::compare::ComparisonRow;
use crate::export::{ExportError, FailedFile, FileResult, ReadFile, Run, write_atomically};

pub use clip::{Clip, Clips, Place, places};

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
struct Shown<'r> {
    /// Index in [`Run::files`].
    index: usize,
    file: &'r ReadFile,
    /// The page's file name.
    page: String,
    /// Other files of the same document.
    others: Vec<&'r str>,
    /// The comparison's measures of the document.
    measures: Vec<&'r ComparisonRow>,
}

impl Shown<'_> {
    /// A measure of the whole document.
    fn measure(&self, name: &str) -> Option<Decimal> {
        self.row(name)?.value
    }

    fn row(&self, name: &str) -> Option<&ComparisonRow> {
        self.measures.iter().copied().find(|row| row.theme.is_none() && row.measure == name)
    }
}

/// The pages and pictures of a run: `index.html` first, then `confronto.html`, a page a document, style and script, the pictures.
///
/// # Errors
/// A template that can't be rendered, which no input is known to bring about.
pub fn report(run: &Run, clips: &Clips) -> Result<Vec<Page>, ReportError> {
    let mut pages = Pages::new(run);
    let documents = pages.documents(0, &run.files, clips)?;
    let mut all = pages.whole(run)?;
    all.extend(documents);
    all.extend(html::shared());
    all.extend(pictures(clips));
    Ok(all)
}

/// The pages being made, the documents' ones first: of each of them stays what the pages on all need.
struct Pages<'r> {
    engine: html::Engine,
    shown: Vec<Shown<'r>>,
    /// As many of `shown` as have their pages.
    views: Vec<document::Document>,
}

impl<'r> Pages<'r> {
    fn new(run: &'r Run) -> Self {
        Pages { engine: html::Engine::new(), shown: shown(run), views: Vec::new() }
    }

    /// The pages of the run's files from `first` on, which follow those of the last call.
    fn documents(&mut self, first: usize, files: &[FileResult], clips: &Clips) -> Result<Vec<Page>, ReportError> {
        let start = self.shown.partition_point(|one| one.index < first);
        let end = self.shown.partition_point(|one| one.index < first + files.len());
        let shown = self.shown.get(start..end).unwrap_or_default();
        let made: Result<Vec<(document::Document, Page)>, ReportError> = shown
            .par_iter()
            .filter_map(|one| match files.get(one.index - first) {
                Some(FileResult::Read(file)) => Some((one, file.as_ref())),
                _ => None,
            })
            .map(|(one, file)| {
                let (page, others, measures) = (one.page.clone(), one.others.clone(), one.measures.clone());
                let whole = Shown { index: one.index, file, page, others, measures };
                let mut view = document::document(&whole, clips);
                let page = self.engine.page(&view.page, "document.html", &view)?;
                view.forget_details();
                Ok((view, page))
            })
            .collect();
        let (views, pages): (Vec<_>, Vec<_>) = made?.into_iter().unzip();
        self.views.extend(views);
        Ok(pages)
    }

    /// The pages on all documents: of very many on the latest.
    fn whole(self, run: &Run) -> Result<Vec<Page>, ReportError> {
        let failed: Vec<&FailedFile> =
            run.files.iter().filter_map(|f| if let FileResult::Failed(f) = f { Some(f) } else { None }).collect();
        let elsewhere: Vec<&Finding> = run.findings.iter().collect();
        let Pages { engine, shown, views } = self;
        let latest = latest(&shown);
        let all: Vec<(Shown<'_>, document::Document)> = shown.into_iter().zip(views).collect();
        let (beside, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|(one, _)| latest.contains(&one.index));
        let (shown, views): (Vec<_>, Vec<_>) = beside.into_iter().unzip();
        let rest: Vec<document::Document> = rest.into_iter().map(|(_, view)| view).collect();
        let overview = overview::overview(run, &shown, &views, &rest, &failed, &elsewhere);
        let compared = compared::compared(run, &shown);
        Ok(vec![
            engine.page("index.html", "overview.html", &overview)?,
            engine.page("confronto.html", "compared.html", &compared)?,
        ])
    }
}

/// Documents that stand beside each other on one page, at most.
const BESIDE: usize = 60;

/// The indices of the latest documents.
fn latest(shown: &[Shown<'_>]) -> BTreeSet<usize> {
    let mut all: Vec<(Option<i16>, usize)> = shown.iter().map(|one| (one.file.plan.card.year, one.index)).collect();
    all.sort_by_key(|(year, index)| (Reverse(*year), *index));
    all.into_iter().take(BESIDE).map(|(_, index)| index).collect()
}

/// Each picture once.
fn pictures(clips: &Clips) -> impl Iterator<Item = Page> {
    let pictures: BTreeMap<&str, &Clip> = clips.of.values().flatten().map(|clip| (clip.name.as_str(), clip)).collect();
    pictures.into_values().map(|clip| Page { name: format!("img/{}", clip.name), bytes: clip.png.clone() })
}

/// Writes the pages under a folder, some documents at a time.
pub struct Reporter<'r> {
    pages: Pages<'r>,
    dir: PathBuf,
}

impl<'r> Reporter<'r> {
    /// Starts a report on a run, of whose files only what the comparison needs must be there. `dir` is made where it doesn't
    /// exist.
    ///
    /// # Errors
    /// A folder that can't be made.
    pub fn create(run: &'r Run, dir: &Path) -> Result<Self, ReportError> {
        make_folder(dir)?;
        Ok(Reporter { pages: Pages::new(run), dir: dir.to_owned() })
    }

    /// Writes the pages of the run's files from place `first` on. Calls follow each other in the run's order, without gaps.
    ///
    /// # Errors
    /// See [`report`]; a file that can't be written.
    pub fn documents(&mut self, first: usize, files: &[FileResult], clips: &Clips) -> Result<(), ReportError> {
        let pages = self.pages.documents(first, files, clips)?;
        pages.iter().try_for_each(|page| put(&self.dir, page))
    }

    /// Writes all that is left.
    ///
    /// # Errors
    /// See [`report`]; a folder or file that can't be written.
    pub fn finish(self, run: &Run, clips: &Clips) -> Result<(), ReportError> {
        let Reporter { pages, dir } = self;
        let put = |page: &Page| put(&dir, page);
        pages.whole(run)?.iter().chain(&html::shared()).try_for_each(put)?;
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
fn shown(run: &Run) -> Vec<Shown<'_>> {
    let read: Vec<(usize, &ReadFile)> = run
        .files
        .iter()
        .enumerate()
        .filter_map(|(index, file)| if let FileResult::Read(read) = file { Some((index, read.as_ref())) } else { None })
        .collect();
    let duplicate_of = |place: usize| run.comparison.duplicate_of.get(place).copied().flatten();
    let mut of_document: BTreeMap<(&str, &str), Vec<&ComparisonRow>> = BTreeMap::new();
    for row in &run.comparison.rows {
        of_document.entry((&row.document_id, &row.source_file)).or_default().push(row);
    }
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for (place, (index, file)) in read.iter().enumerate() {
        if duplicate_of(place).is_some() {
            continue;
        }
        let id = crate::normalise::slug(&file.plan.card.document_id, 100);
        let number = names.entry(id.clone()).or_default();
        *number += 1;
        let page = if *number == 1 { format!("documento-{id}.html") } else { format!("documento-{id}--{number}.html") };
        let card = &file.plan.card;
        let measures = of_document.remove(&(card.document_id.as_str(), card.source_file.as_str())).unwrap_or_default();
        let others = read.iter().enumerate().filter(|(other, _)| duplicate_of(*other) == Some(place));
        let others = others.map(|(_, (_, file))| file.plan.card.source_file.as_str()).collect();
        shown.push(Shown { index: *index, file, page, others, measures });
    }
    shown
}

#[cfg(test)]
mod tests;

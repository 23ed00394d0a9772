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

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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
    let shown = shown(run);
    let failed: Vec<&FailedFile> =
        run.files.iter().filter_map(|f| if let FileResult::Failed(f) = f { Some(f) } else { None }).collect();
    let views: Vec<document::Document> = shown.iter().map(|one| document::document(one, clips)).collect();
    let engine = html::Engine::new();
    let elsewhere: Vec<&Finding> = run.findings.iter().collect();
    let overview = overview::overview(run, &shown, &views, &failed, &elsewhere);
    let mut pages = vec![engine.page("index.html", "overview.html", &overview)?];
    pages.push(engine.page("confronto.html", "compared.html", &compared::compared(run, &shown))?);
    for view in &views {
        pages.push(engine.page(&view.page, "document.html", view)?);
    }
    pages.extend(html::shared());
    let pictures: BTreeMap<&str, &Clip> = clips.of.values().flatten().map(|clip| (clip.name.as_str(), clip)).collect();
    pages.extend(
        pictures.into_values().map(|clip| Page { name: format!("img/{}", clip.name), bytes: clip.png.clone() }),
    );
    Ok(pages)
}

/// Writes the pages under `dir`, which is made where it doesn't exist. Returns the paths in the order written.
///
/// # Errors
/// See [`report`]; a folder or file that can't be written.
pub fn write(run: &Run, clips: &Clips, dir: &Path) -> Result<Vec<PathBuf>, ReportError> {
    let pages = report(run, clips)?;
    let folder = |path: PathBuf| match std::fs::create_dir_all(&path) {
        Ok(()) => Ok(()),
        Err(source) => Err(ReportError::Folder { path, source }),
    };
    folder(dir.to_owned())?;
    if pages.iter().any(|page| page.name.starts_with("img/")) {
        folder(dir.join("img"))?;
    }
    let mut written = Vec::with_capacity(pages.len());
    for page in pages {
        let path = dir.join(&page.name);
        write_atomically(&path, |out| out.write_all(&page.bytes))?;
        written.push(path);
    }
    Ok(written)
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

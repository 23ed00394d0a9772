//! What a run leaves to export.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::audit::Finding;
use crate::compare::{Comparison, Material, Relation, ThemeOf};
use crate::document::Format;
use crate::normalise::Plan;
use crate::score::Scores;

/// The results of all input files in path order, and their comparison.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    pub files: Vec<FileResult>,
    /// Over the files that could be read, in their order.
    pub comparison: Comparison,
    /// Those of no file that was read.
    pub findings: Vec<Finding>,
}

/// What came of one input file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FileResult {
    /// Read, perhaps not all of it: see the faults on its card.
    Read(Box<ReadFile>),
    Failed(FailedFile),
}

/// A file that could be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadFile {
    pub plan: Plan,
    pub scores: Scores,
    pub findings: Vec<Finding>,
    /// As the plan's indicators: what they are about. The comparison tells; empty before it.
    #[serde(skip)]
    pub themes: Vec<ThemeOf>,
    /// The file that is compared instead, where this one is another file of the same document, and what it is to that one.
    /// The comparison tells.
    #[serde(skip)]
    pub duplicate_of: Option<(String, Relation)>,
}

impl ReadFile {
    /// What one file gives by itself.
    pub fn new(plan: Plan, scores: Scores, findings: Vec<Finding>) -> Self {
        ReadFile { plan, scores, findings, themes: Vec::new(), duplicate_of: None }
    }
}

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FailedFile {
    /// The file's name without its folder.
    pub source_file: String,
    /// `None` where not even the bytes could be read.
    pub sha256: Option<String>,
    /// `None` where the content is of no known kind.
    pub format: Option<Format>,
    /// A stable name in snake case, for programs.
    pub reason_code: String,
    /// What happened and what can be done about it, in Italian.
    pub message: String,
}

impl Run {
    /// The files that could be read, in order, with all that [`crate::compare::compare`] takes.
    pub fn material(&self) -> Vec<Material<'_>> {
        fn material(file: &FileResult) -> Option<Material<'_>> {
            match file {
                FileResult::Read(read) => {
                    Some(Material { plan: &read.plan, scores: &read.scores, findings: read.findings.len() })
                }
                FileResult::Failed(_) => None,
            }
        }
        self.files.iter().filter_map(material).collect()
    }

    /// The files that could be read, in order.
    pub fn read(&self) -> impl Iterator<Item = (&Plan, &Scores)> {
        read(&self.files)
    }
}

/// The whole results of a run's files, one at a time, wherever they lie.
pub trait Documents: Sync {
    /// The result of the file at this place of the run.
    ///
    /// # Errors
    /// Where it can't be got any more.
    fn file(&self, index: usize) -> Result<Cow<'_, FileResult>, Unreadable>;
}

/// A result that was there and can't be got any more; the message is in Italian.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Unreadable(String);

impl Unreadable {
    /// For this reason, told in Italian.
    pub fn new(reason: &impl std::fmt::Display) -> Self {
        Unreadable(reason.to_string())
    }

    /// There is no such file.
    pub(crate) fn unknown(index: usize) -> Self {
        Unreadable(format!("il file numero {} non c'è", index + 1))
    }
}

impl Documents for Run {
    fn file(&self, index: usize) -> Result<Cow<'_, FileResult>, Unreadable> {
        self.files.get(index).map(Cow::Borrowed).ok_or_else(|| Unreadable::unknown(index))
    }
}

impl Run {
    /// Tells each file which other one is compared instead.
    pub(crate) fn spread_duplicates(&mut self) {
        let names: Vec<String> = self.read().map(|(plan, _)| plan.card.source_file.clone()).collect();
        let (others, relations) = (self.comparison.duplicate_of.clone(), self.comparison.relations.clone());
        for ((read, other), relation) in self.read_mut().zip(others).zip(relations) {
            read.duplicate_of = other.and_then(|index| names.get(index).cloned()).zip(relation);
        }
    }

    /// Gives each file its themes.
    pub(crate) fn spread_themes(&mut self) {
        let themes = std::mem::take(&mut self.comparison.themes);
        for (read, themes) in self.read_mut().zip(themes) {
            read.themes = themes;
        }
    }

    fn read_mut(&mut self) -> impl Iterator<Item = &mut ReadFile> {
        self.files.iter_mut().filter_map(|file| match file {
            FileResult::Read(read) => Some(read.as_mut()),
            FileResult::Failed(_) => None,
        })
    }
}

/// The files that could be read, in order.
fn read(files: &[FileResult]) -> impl Iterator<Item = (&Plan, &Scores)> {
    files.iter().filter_map(|file| match file {
        FileResult::Read(read) => Some((&read.plan, &read.scores)),
        FileResult::Failed(_) => None,
    })
}

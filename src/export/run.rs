//! What a run leaves to export.

use crate::audit::Finding;
use crate::compare::{Comparison, Material};
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
#[derive(Debug, Clone, PartialEq)]
pub enum FileResult {
    /// Read, perhaps not all of it: see the faults on its card.
    Read(Box<ReadFile>),
    Failed(FailedFile),
}

/// A file that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadFile {
    pub plan: Plan,
    pub scores: Scores,
    pub findings: Vec<Finding>,
}

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq)]
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
                    Some(Material { plan: &read.plan, scores: &read.scores, findings: &read.findings })
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

/// The files that could be read, in order.
fn read(files: &[FileResult]) -> impl Iterator<Item = (&Plan, &Scores)> {
    files.iter().filter_map(|file| match file {
        FileResult::Read(read) => Some((&read.plan, &read.scores)),
        FileResult::Failed(_) => None,
    })
}

//! What a run leaves to export.

use serde::{Deserialize, Serialize};

use crate::audit::Finding;
use crate::compare::{Comparison, Material, Relation, ThemeOf, themes_of};
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
    /// As the plan's indicators: what they are about.
    pub themes: Vec<ThemeOf>,
    /// The file that is compared instead, where this one is another file of the same document, and what it is to that one.
    /// The comparison tells.
    #[serde(skip)]
    pub duplicate_of: Option<(String, Relation)>,
}

impl ReadFile {
    /// What one file gives by itself.
    pub fn new(plan: Plan, scores: Scores, findings: Vec<Finding>) -> Self {
        ReadFile { themes: themes_of(&plan), plan, scores, findings, duplicate_of: None }
    }

    /// What [`crate::compare::compare`] takes of it.
    pub fn material(&self) -> Material<'_> {
        let ReadFile { plan, scores, findings, themes, .. } = self;
        Material { plan, scores, findings: findings.len(), themes }
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
        self.read_files().map(|(_, read)| read.material()).collect()
    }

    /// The files that could be read, in order, each with its place among all.
    pub fn read_files(&self) -> impl Iterator<Item = (usize, &ReadFile)> {
        self.files.iter().enumerate().filter_map(|(index, file)| match file {
            FileResult::Read(read) => Some((index, read.as_ref())),
            FileResult::Failed(_) => None,
        })
    }

    /// The files that could be read, in order.
    pub fn read(&self) -> impl Iterator<Item = (&Plan, &Scores)> {
        self.read_files().map(|(_, read)| (&read.plan, &read.scores))
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

    /// Adds findings to the files that could be read, in their order.
    pub(crate) fn add_findings(&mut self, findings: Vec<Vec<Finding>>) {
        self.read_mut().zip(findings).for_each(|(read, more)| read.findings.extend(more));
    }

    fn read_mut(&mut self) -> impl Iterator<Item = &mut ReadFile> {
        self.files.iter_mut().filter_map(|file| match file {
            FileResult::Read(read) => Some(read.as_mut()),
            FileResult::Failed(_) => None,
        })
    }
}

//! The page that compares documents.

use serde::Serialize;

use super::Shown;
use super::document::names;
use crate::export::Run;

#[derive(Debug, Serialize)]
pub(super) struct Compared {
    pub documents: Vec<Head>,
}

/// A column: a document.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    pub page: String,
    pub name: String,
}

pub(super) fn compared(_run: &Run, shown: &[Shown<'_>]) -> Compared {
    let documents = shown.iter().map(|one| Head { page: one.page.clone(), name: names(&one.file.plan).1 }).collect();
    Compared { documents }
}

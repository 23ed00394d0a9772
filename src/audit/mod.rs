//! What a reader of the dataset should look at: findings, each with its place, the printed words and what can be done.
//!
//! One small file a family of rules; a family takes plans and gives findings.

mod corrections;
mod unread;

use crate::document::Source;

pub use corrections::unapplied;
pub use unread::unread;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Info,
}

impl Severity {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable, for programs: "NON001".
    pub code: &'static str,
    pub severity: Severity,
    /// Where in the document, if at a place.
    pub source: Option<Source>,
    /// The indicator or objective it is about, if about one.
    pub subject_id: Option<String>,
    /// The printed words.
    pub text: String,
    /// What was found, in Italian.
    pub message: String,
    /// What can be done, in Italian.
    pub hint: String,
}

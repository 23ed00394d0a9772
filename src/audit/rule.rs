//! What a rule is: a code, its manual, and a function from a plan to findings.

use serde::{Deserialize, Serialize};

use super::finding::{Finding, Severity};
use super::view::View;
use crate::fixed::{self, Word};
use crate::normalise::Plan;

/// A text in the two languages the audit speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    #[serde(deserialize_with = "fixed::word")]
    pub it: Word,
    #[serde(deserialize_with = "fixed::word")]
    pub en: Word,
}

impl Text {
    /// The text of a language.
    pub fn of(self, language: Language) -> &'static str {
        match language {
            Language::Italian => self.it,
            Language::English => self.en,
        }
    }
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    Italian,
    English,
}

/// How a rule finds what it finds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// In one document.
    Document(fn(&Rule, &View<'_>) -> Vec<Finding>),
    /// In one document, beside those of its chamber's year before.
    Across(fn(&Rule, &Plan, &[&Plan]) -> Vec<Finding>),
    /// While reading or correcting: the finding is made there.
    Elsewhere,
}

/// A rule of the audit. Codes never change their meaning: their letters name the characteristic of ISO/IEC 25012 (ACC
/// accuracy, COE consistency, COM completeness, ATT currentness; NON what was not read, COR corrections).
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub code: &'static str,
    /// The severity its findings have unless one says otherwise.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub title: Text,
    /// What the rule looks at.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// The law, guideline or practice it rests on.
    pub basis: &'static str,
    /// A case, made of figures from published plans.
    pub example: &'static str,
    /// What the author of the document can do.
    pub advice: Text,
    /// From this many findings on a document gets one that lists them all.
    pub(super) gather: Option<usize>,
    pub(super) check: Check,
}

impl Rule {
    /// The characteristic of ISO/IEC 25012 that the code's letters name, in Italian; "lettura" and "correzioni" for what is
    /// not a finding on the document's data.
    pub fn characteristic(&self) -> &'static str {
        match self.code.get(..3) {
            Some("ACC") => "accuratezza",
            Some("COE") => "coerenza",
            Some("COM") => "completezza",
            Some("ATT") => "attualità",
            Some("COR") => "correzioni",
            _ => "lettura",
        }
    }

    /// The manual as a text for terminals.
    pub fn manual(&self) -> String {
        format!(
            "{} · {}\n{} · gravità: {}\n\nChe cosa controlla\n  {}\n\nPerché conta\n  {}\n\nSu che cosa si fonda\n  {}\n\n\
             Esempio\n  {}\n\nChe cosa fare\n  {}\n",
            self.code,
            self.title.it,
            self.characteristic(),
            self.severity.word(Language::Italian),
            self.what,
            self.why,
            self.basis,
            self.example,
            self.advice.it
        )
    }
}

//! A finding: its place, the printed words, the arithmetic, what can be done.

use serde::{Deserialize, Serialize};

use super::rule::{Language, Rule, Text};
use crate::document::Source;
use crate::fixed::{self, Word};
use crate::normalise::Measure;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The document contradicts itself.
    Error,
    /// Somebody should look at it.
    Warning,
    /// Worth knowing.
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

    /// The word readers see.
    pub fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Severity::Error, Language::Italian) => "errore",
            (Severity::Warning, Language::Italian) => "avviso",
            (Severity::Info, Language::Italian) => "nota",
            (Severity::Error, Language::English) => "error",
            (Severity::Warning, Language::English) => "warning",
            (Severity::Info, Language::English) => "note",
        }
    }
}

/// Printed words with what they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    pub label: Text,
    pub raw: String,
}

/// A further place of a finding that several places share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Related {
    pub subject_id: Option<String>,
    /// The subject as readers know it, in Italian.
    pub subject: String,
    pub subject_en: String,
    pub source: Option<Source>,
    /// As [`Finding::place`], where the subject alone doesn't tell it.
    pub place: Option<String>,
    /// The printed words there, or what was found there, in Italian, where that differs from place to place.
    pub text: String,
    /// The same in English; `None` for printed words.
    pub text_en: Option<String>,
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable, for programs: "NON001".
    #[serde(deserialize_with = "fixed::word")]
    pub code: Word,
    pub severity: Severity,
    /// Where in the document, if at a place.
    pub source: Option<Source>,
    /// The printed heading the place stands under, where readers need it: where several objectives have the same number, and in
    /// documents that have no pages.
    pub place: Option<String>,
    /// The indicator or objective it is about, if about one.
    pub subject_id: Option<String>,
    /// The subject as readers know it, in Italian: "obiettivo 1.1.1, indicatore 3 («…»)".
    pub subject: Option<String>,
    /// The printed words.
    pub text: String,
    /// What was found, in Italian.
    pub message: String,
    /// What can be done, in Italian.
    pub hint: String,
    pub message_en: String,
    pub hint_en: String,
    /// The subject in English; `None` where the Italian one names no kind of thing.
    pub subject_en: Option<String>,
    pub quotes: Vec<Quote>,
    /// The calculation that shows it, with figures in Italian form.
    pub arithmetic: Option<String>,
    /// The same in English; `None` where it holds no words.
    pub arithmetic_en: Option<String>,
    /// All places of a finding that gathers several.
    pub related: Vec<Related>,
    /// Where its subject stands among the objectives and indicators: findings are told in this order.
    pub(super) order: (usize, usize),
}

impl Finding {
    /// A finding of a rule that says nothing yet.
    pub(super) fn of(rule: &Rule) -> Finding {
        Finding {
            hint: rule.advice.it.to_owned(),
            hint_en: rule.advice.en.to_owned(),
            ..Finding::bare(rule.code, rule.severity)
        }
    }

    pub(super) fn bare(code: &'static str, severity: Severity) -> Finding {
        Finding {
            code,
            severity,
            source: None,
            place: None,
            subject_id: None,
            subject: None,
            subject_en: None,
            text: String::new(),
            message: String::new(),
            hint: String::new(),
            message_en: String::new(),
            hint_en: String::new(),
            quotes: Vec::new(),
            arithmetic: None,
            arithmetic_en: None,
            related: Vec::new(),
            order: (0, 0),
        }
    }

    pub(super) fn says(mut self, it: impl Into<String>, en: impl Into<String>) -> Finding {
        (self.message, self.message_en) = (it.into(), en.into());
        self
    }

    pub(super) fn quote(mut self, it: &'static str, en: &'static str, raw: &str) -> Finding {
        if !self.text.is_empty() {
            self.text.push_str(" · ");
        }
        self.text.push_str(raw);
        self.quotes.push(Quote { label: Text { it, en }, raw: raw.to_owned() });
        self
    }

    /// At a result, which is quoted behind its target.
    pub(super) fn at_result(self, actual: &Measure, target: &Measure) -> Finding {
        self.at(&actual.source).quote("obiettivo", "target", &target.raw).quote("risultato", "actual", &actual.raw)
    }

    pub(super) fn at(mut self, source: &Source) -> Finding {
        self.source = Some(source.clone());
        self
    }

    pub(super) fn reckons(mut self, arithmetic: impl Into<String>) -> Finding {
        self.arithmetic = Some(arithmetic.into());
        self
    }

    /// The calculation where it needs words.
    pub(super) fn reckons_in(mut self, it: impl Into<String>, en: impl Into<String>) -> Finding {
        (self.arithmetic, self.arithmetic_en) = (Some(it.into()), Some(en.into()));
        self
    }

    /// Whether another finding tells the same of an indicator or objective of the same name: as annexes do that repeat a sheet.
    pub(super) fn restates(&self, other: &Finding) -> bool {
        // "obiettivo 6 («Sviluppo»)" is named by its title, "obiettivo 6, indicatore 2 («Tirocini»)" by what is the indicator's.
        let name = |f: &Finding| {
            let subject = f.subject.as_deref()?;
            let own = match subject.split_once(", indicatore ") {
                Some((_, own)) => own,
                None => subject.split_once(" (").map_or(subject, |(_, title)| title),
            };
            Some(own.to_owned())
        };
        let long = |text: &str| text.chars().count() > 30;
        self.order != other.order
            && self.related.is_empty()
            && !self.quotes.is_empty()
            && self.message == other.message
            && self.quotes == other.quotes
            && name(self).is_some()
            && name(self) == name(other)
            && (self.quotes.iter().any(|q| long(&q.raw)) || name(self).is_some_and(|n| long(&n)))
    }

    /// A further place of the same fact.
    pub(super) fn also_at(&mut self, other: Finding) {
        self.related.push(Related {
            subject_id: other.subject_id,
            subject_en: other.subject_en.or_else(|| other.subject.clone()).unwrap_or_default(),
            subject: other.subject.unwrap_or_default(),
            source: other.source,
            place: other.place,
            text: String::new(),
            text_en: None,
        });
    }

    pub(super) fn weighs(mut self, severity: Severity) -> Finding {
        self.severity = severity;
        self
    }

    /// What was found, in a language.
    pub fn message(&self, language: Language) -> &str {
        match language {
            Language::English if !self.message_en.is_empty() => &self.message_en,
            _ => &self.message,
        }
    }

    /// The subject, in a language.
    pub fn subject(&self, language: Language) -> Option<&str> {
        match language {
            Language::English => self.subject_en.as_deref().or(self.subject.as_deref()),
            Language::Italian => self.subject.as_deref(),
        }
    }

    /// The calculation, in a language.
    pub fn arithmetic(&self, language: Language) -> Option<&str> {
        match language {
            Language::English => self.arithmetic_en.as_deref().or(self.arithmetic.as_deref()),
            Language::Italian => self.arithmetic.as_deref(),
        }
    }

    /// What can be done, in a language.
    pub fn hint(&self, language: Language) -> &str {
        match language {
            Language::English if !self.hint_en.is_empty() => &self.hint_en,
            _ => &self.hint,
        }
    }
}

impl Related {
    /// The subject, in a language.
    pub fn subject(&self, language: Language) -> &str {
        match language {
            Language::English => &self.subject_en,
            Language::Italian => &self.subject,
        }
    }

    /// The words, in a language.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::English => self.text_en.as_deref().unwrap_or(&self.text),
            Language::Italian => &self.text,
        }
    }
}

/// The printed words of a finding, each with what it is: "obiettivo «12», risultato «11»".
fn labelled(finding: &Finding, language: Language) -> String {
    let mut out = String::new();
    let mut before = None;
    for quote in &finding.quotes {
        let label = quote.label.of(language);
        if before.is_some() {
            out.push_str(", ");
        }
        // A row of the same things names them once.
        if before != Some(label) {
            out.push_str(label);
            out.push(' ');
        }
        before = Some(label);
        match language {
            Language::Italian => out.push_str(&format!("«{}»", quote.raw)),
            Language::English => out.push_str(&format!("“{}”", quote.raw)),
        }
    }
    out
}

/// Many findings of one kind as one that lists them, in their order; `None` where there are none.
pub(super) fn gathered(rule: &Rule, all: Vec<Finding>) -> Option<Finding> {
    let first = all.first()?.clone();
    let n = all.len();
    // Where each says something else, that is what the list tells.
    let silent = all.iter().all(|f| f.text.is_empty()) || all.iter().all(|f| f.subject.is_none());
    let differ = silent && all.iter().any(|f| f.message != first.message);
    // One printed text needs no label; several do.
    let several = |f: &Finding| f.quotes.len() > 1;
    // The heading is told where two places have the same subject.
    let subjects: Vec<Option<&str>> = all.iter().map(|f| f.subject.as_deref()).collect();
    let told_by_place = subjects.iter().enumerate().any(|(at, s)| subjects.iter().take(at).any(|other| other == s));
    let related: Vec<Related> = all
        .into_iter()
        .map(|f| Related {
            text_en: match (differ, several(&f)) {
                (true, _) => Some(f.message_en.clone()),
                (false, true) => Some(labelled(&f, Language::English)),
                (false, false) => None,
            },
            text: match (differ, several(&f)) {
                (true, _) => f.message.clone(),
                (false, true) => labelled(&f, Language::Italian),
                (false, false) => f.text.clone(),
            },
            place: f.place.filter(|_| told_by_place || f.subject.is_none()),
            subject_id: f.subject_id,
            subject_en: f.subject_en.or_else(|| f.subject.clone()).unwrap_or_default(),
            subject: f.subject.unwrap_or_default(),
            source: f.source,
        })
        .collect();
    Some(
        Finding { source: first.source.clone(), severity: first.severity, related, ..Finding::of(rule) }
            .says(format!("{} ({n} casi)", rule.title.it), format!("{} ({n} cases)", rule.title.en)),
    )
}

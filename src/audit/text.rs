//! Findings as texts for terminals and as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::finding::{Finding, Related, Severity};
use super::rule::Language;
use super::rules::{RULES, rule};
use crate::document::Source;

/// How many places of a finding that gathers several are written out.
const SHOWN: usize = 12;

/// The longest quotation written out, in characters.
const QUOTED: usize = 240;

/// The findings on a file, each with its place, its words, its arithmetic and what can be done.
///
/// # Errors
/// Where `out` can't be written to.
pub fn text(out: &mut dyn Write, file: &str, findings: &[Finding], language: Language) -> io::Result<()> {
    let italian = language == Language::Italian;
    writeln!(out, "{file}")?;
    for finding in findings {
        let word = finding.severity.word(language);
        let mut place: Vec<String> = finding.source.as_ref().and_then(|s| place(s, language)).into_iter().collect();
        place.extend(under(finding.place.as_deref(), finding.subject(language), language));
        if place.is_empty() {
            place.push(if italian { "tutto il documento" } else { "the whole document" }.to_owned());
        }
        writeln!(out, "\n{} {word} · {}", finding.code, place.join(" · "))?;
        writeln!(out, "  {}", finding.message(language))?;
        let wide = finding.quotes.iter().map(|q| q.label.of(language).chars().count()).max().unwrap_or(0);
        for quote in &finding.quotes {
            let label = quote.label.of(language);
            writeln!(out, "    {label:wide$}  «{}»", short(&quote.raw))?;
        }
        if finding.quotes.is_empty() && !finding.text.is_empty() {
            writeln!(out, "    «{}»", short(&finding.text))?;
        }
        for related in finding.related.iter().take(SHOWN) {
            writeln!(out, "    - {}", beside(related, language))?;
        }
        if finding.related.len() > SHOWN {
            let more = finding.related.len() - SHOWN;
            writeln!(
                out,
                "    - {}",
                match (italian, more) {
                    (true, 1) => "e un altro".to_owned(),
                    (true, more) => format!("e altri {more}"),
                    (false, more) => format!("and {more} more"),
                }
            )?;
        }
        if let Some(arithmetic) = finding.arithmetic(language) {
            writeln!(out, "  {}: {arithmetic}", if italian { "conto" } else { "reckoning" })?;
        }
        let hint = finding.hint(language);
        if !hint.is_empty() {
            writeln!(out, "  → {hint}")?;
        }
    }
    writeln!(out)
}

/// How many findings of which rules there are.
#[derive(Debug, Default)]
pub struct Tally {
    of_code: BTreeMap<&'static str, usize>,
    of_severity: BTreeMap<Severity, usize>,
}

impl Tally {
    /// Counts a finding.
    pub fn add(&mut self, finding: &Finding) {
        *self.of_code.entry(finding.code).or_default() += 1;
        *self.of_severity.entry(finding.severity).or_default() += 1;
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.of_code.is_empty()
    }
}

/// How many findings of which rules there are; nothing to fix where there are none.
///
/// # Errors
/// Where `out` can't be written to.
pub fn summary(out: &mut dyn Write, tally: &Tally, language: Language) -> io::Result<()> {
    let italian = language == Language::Italian;
    if tally.is_empty() {
        return writeln!(out, "{}", if italian { "Nessun rilievo." } else { "No findings." });
    }
    let of = |severity| tally.of_severity.get(&severity).copied().unwrap_or_default();
    let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Info));
    let all = errors + warnings + notes;
    match language {
        Language::Italian => writeln!(out, "Rilievi: {all} (errori {errors}, avvisi {warnings}, note {notes})")?,
        Language::English => writeln!(out, "Findings: {all} (errors {errors}, warnings {warnings}, notes {notes})")?,
    }
    for rule in RULES {
        if let Some(n) = tally.of_code.get(rule.code) {
            writeln!(out, "{n:>5}  {}  {}", rule.code, rule.title.of(language))?;
        }
    }
    let more = if italian {
        "pianometro rule CODICE spiega una regola"
    } else {
        "pianometro rule CODE explains a rule (in Italian)"
    };
    writeln!(out, "{more}")
}

/// The line or page; `None` where the file has neither: then all is on "page 1", without a box.
fn place(source: &Source, language: Language) -> Option<String> {
    let italian = language == Language::Italian;
    match source.line {
        Some(line) if italian => Some(format!("riga {line}")),
        Some(line) => Some(format!("line {line}")),
        None if source.bbox.is_none() && source.page <= 1 => None,
        None if italian => Some(format!("pagina {}", source.page)),
        None => Some(format!("page {}", source.page)),
    }
}

/// "3.2 Risultati › obiettivo 4.1"; a heading alone is what the place stands under.
fn under(place: Option<&str>, subject: Option<&str>, language: Language) -> Option<String> {
    match (place, subject, language) {
        (Some(place), Some(subject), _) => Some(format!("{place} › {subject}")),
        (None, Some(subject), _) => Some(subject.to_owned()),
        (Some(place), None, Language::Italian) => Some(format!("sotto «{place}»")),
        (Some(place), None, Language::English) => Some(format!("under “{place}”")),
        (None, None, _) => None,
    }
}

fn beside(related: &Related, language: Language) -> String {
    let mut parts: Vec<String> = related.source.as_ref().and_then(|s| place(s, language)).into_iter().collect();
    let subject = Some(related.subject(language)).filter(|s| !s.is_empty());
    parts.extend(under(related.place.as_deref(), subject, language));
    match (related.text(language), &related.text_en) {
        ("", _) => {}
        (text, Some(_)) => parts.push(text.to_owned()),
        (text, None) => parts.push(format!("«{}»", short(text))),
    }
    parts.join(" · ")
}

fn short(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.chars().count() <= QUOTED {
        return text;
    }
    let head: String = text.chars().take(QUOTED).collect();
    format!("{}…", head.trim_end())
}

/// A finding as a JSON object.
pub fn json(file: &str, document_id: Option<&str>, finding: &Finding, language: Language) -> Value {
    let source = |s: Option<&Source>| s.map(|s| json!({"page": s.page, "bbox": s.bbox, "line": s.line}));
    let quotes: Vec<Value> =
        finding.quotes.iter().map(|q| json!({"label": q.label.of(language), "raw": q.raw})).collect();
    let related = |r: &Related| {
        json!({
            "subject_id": r.subject_id, "subject": r.subject(language), "source": source(r.source.as_ref()),
            "place": r.place, "text": r.text(language),
        })
    };
    json!({
        "code": finding.code,
        "severity": finding.severity.as_str(),
        "rule": rule(finding.code).map(|r| r.title.of(language)),
        "file": file,
        "document_id": document_id,
        "subject_id": finding.subject_id,
        "subject": finding.subject(language),
        "source": source(finding.source.as_ref()),
        "place": finding.place,
        "message": finding.message(language),
        "hint": finding.hint(language),
        "quotes": quotes,
        "arithmetic": finding.arithmetic(language),
        "related": finding.related.iter().map(related).collect::<Vec<_>>(),
    })
}

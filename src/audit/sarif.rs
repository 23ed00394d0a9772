//! Findings as SARIF 2.1.0 (OASIS), which code hosts and viewers read.

use std::cell::RefCell;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::finding::{Finding, Severity};
use super::rule::{Language, Rule};
use super::rules::RULES;

/// Writes one run with findings, each with its file's name, as they come.
///
/// # Errors
/// Where `out` can't be written to.
pub fn sarif(
    out: &mut dyn Write,
    findings: impl Iterator<Item = (String, Finding)>,
    language: Language,
) -> io::Result<()> {
    let results = findings.map(|(file, finding)| result(&file, &finding, language));
    let run = Run {
        tool: json!({"driver": {
            "name": "pianometro",
            "version": env!("CARGO_PKG_VERSION"),
            "language": if language == Language::Italian { "it" } else { "en" },
            "rules": RULES.iter().map(|rule| descriptor(rule, language)).collect::<Vec<_>>(),
        }}),
        results: Each(RefCell::new(results)),
    };
    let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [R; 1],
}

#[derive(Serialize)]
struct Run<R> {
    tool: Value,
    results: R,
}

/// A list whose items are made when they are written, once.
struct Each<I>(RefCell<I>);

impl<I: Iterator<Item = Value>> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(&mut *self.0.borrow_mut())
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn descriptor(rule: &Rule, language: Language) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": {"text": rule.title.of(language)},
        "fullDescription": {"text": rule.what},
        "help": {"text": rule.manual()},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": [rule.characteristic()]},
    })
}

fn result(file: &str, finding: &Finding, language: Language) -> Value {
    let mut text = finding.message(language).to_owned();
    let quotes: Vec<String> = finding.quotes.iter().map(|q| format!("{} «{}»", q.label.of(language), q.raw)).collect();
    if !quotes.is_empty() {
        text.push_str(&format!(" ({})", quotes.join("; ")));
    }
    for more in
        [finding.arithmetic(language), Some(finding.hint(language)).filter(|h| !h.is_empty())].into_iter().flatten()
    {
        text.push_str(". ");
        text.push_str(more);
    }
    let mut properties = json!({});
    if let Some(source) = &finding.source {
        properties["page"] = json!(source.page);
        if let Some(bbox) = source.bbox {
            properties["bbox"] = json!(bbox);
        }
    }
    if let Some(heading) = &finding.place {
        properties["place"] = json!(heading);
    }
    let mut place = json!({"physicalLocation": {"artifactLocation": {"uri": uri(file)}}});
    if let Some(line) = finding.source.as_ref().and_then(|s| s.line) {
        place["physicalLocation"]["region"] = json!({"startLine": line});
    }
    if let Some(id) = &finding.subject_id {
        place["logicalLocations"] = json!([{"name": finding.subject(language), "fullyQualifiedName": id}]);
        if finding.subject.is_none() {
            place["logicalLocations"] = json!([{"fullyQualifiedName": id}]);
        }
    }
    let index = RULES.iter().position(|rule| rule.code == finding.code);
    let mut result = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": {"text": text},
        "locations": [place],
        "properties": properties,
    });
    if let Some(index) = index {
        result["ruleIndex"] = json!(index);
    }
    if !finding.related.is_empty() {
        let related = |(at, related): (usize, &super::Related)| {
            let told =
                [related.place.as_deref().unwrap_or_default(), related.subject(language), related.text(language)];
            let told: Vec<&str> = told.into_iter().filter(|t| !t.is_empty()).collect();
            json!({
                "id": at,
                "message": {"text": told.join(" · ")},
                "physicalLocation": {"artifactLocation": {"uri": uri(file)}},
            })
        };
        result["relatedLocations"] = finding.related.iter().enumerate().map(related).collect();
    }
    result
}

/// A file's name as a relative URI reference.
fn uri(file: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    file.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_references() {
        assert_eq!(uri("Piano è 2020.pdf"), "Piano%20%C3%A8%202020.pdf");
    }
}

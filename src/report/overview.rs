//! The first page: chambers and years side by side.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::chart::{self, Bar};
use super::document::{Document, FindingView, Told, finding_view};
use super::format::Number;
use super::indicator::Result;
use super::judge::{Planning, Trust};
use super::{Beside, Rest, Whole};
use crate::audit::rule;

/// Findings of one document that the first page shows, at most.
pub(super) const SHOWN_FINDINGS: usize = 5;

#[derive(Debug, Serialize)]
pub(super) struct Overview<'v> {
    pub brief: Brief<'v>,
    pub documents: Vec<Line<'v>>,
    /// Earlier documents, which stand on pages of their own only.
    pub rest: Vec<Link<'v>>,
    pub read: usize,
    pub files: usize,
    pub indicators: usize,
    pub panels: Vec<Panel>,
    pub measures: Vec<MeasureLine>,
    pub notes: usize,
    /// Rows: codes; columns: documents.
    pub codes: Vec<CodeLine>,
    pub failed: Vec<Failed<'v>>,
    pub elsewhere: Vec<FindingView>,
}

/// A document on the first page.
#[derive(Debug, Serialize)]
pub(super) struct Line<'v> {
    pub page: &'v str,
    pub name: &'v Told,
    pub kind: &'v str,
    pub year: Option<i16>,
    pub period: Option<&'v str>,
    pub source_file: &'v str,
    pub others: &'v [String],
    pub objectives: usize,
    pub indicators: usize,
    pub result: &'v Result,
    pub published: Option<&'v str>,
    pub difference: Option<&'v Number>,
    pub planning: &'v Planning,
    /// To sort by: 0 for the best.
    pub trust_rank: usize,
    pub outcome: &'v super::document::Outcome,
    pub trust: &'v Trust,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub top: Vec<&'v FindingView>,
    pub more: usize,
    pub faults: &'v [super::document::FaultView],
}

/// The answer in three sentences.
#[derive(Debug, Serialize)]
pub(super) struct Brief<'v> {
    /// The documents that have most of what can be asked of a plan, and how many that is.
    pub best: Named<'v>,
    pub best_met: usize,
    pub best_of: usize,
    /// Documents with a computed result, the lowest and the highest result.
    pub with_result: usize,
    pub lowest: Option<Number>,
    pub highest: Option<Number>,
    /// By trust: yes, with care, to be checked.
    pub trusted: [Named<'v>; 3],
}

/// Some documents by name, and how many more there are.
#[derive(Debug, Default, Serialize)]
pub(super) struct Named<'v> {
    pub links: Vec<Link<'v>>,
    pub more: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct Link<'v> {
    pub page: &'v str,
    pub name: &'v Told,
}

/// A small multiple: one measure, a bar a document.
#[derive(Debug, Serialize)]
pub(super) struct Panel {
    pub label: &'static str,
    /// Whether more or less of it is better.
    pub better: &'static str,
    pub chart: String,
}

/// The same as figures: one measure, a cell a document.
#[derive(Debug, Serialize)]
pub(super) struct MeasureLine {
    pub label: &'static str,
    pub unit: &'static str,
    pub cells: Vec<Option<Cell>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Cell {
    pub number: Number,
    /// "18 su 43", where something was divided.
    pub of: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct CodeLine {
    pub code: &'static str,
    pub label: &'static str,
    pub severity: &'static str,
    /// What its rule is about, or what one of them says.
    pub title: Told,
    pub cells: Vec<usize>,
}

#[derive(Debug, Serialize)]
pub(super) struct Failed<'v> {
    pub source_file: &'v str,
    pub message: &'v str,
}

/// `read` is how many files could be read.
pub(super) fn overview<'v>(whole: &Whole<'v>, read: usize, beside: &'v [Beside], rest: &'v [Rest]) -> Overview<'v> {
    let views: Vec<&Document> = beside.iter().map(|one| &one.view).collect();
    Overview {
        brief: brief(beside),
        documents: views.iter().copied().map(line).collect(),
        rest: rest.iter().map(|one| Link { page: &one.page, name: &one.name }).collect(),
        read,
        files: whole.files,
        indicators: views.iter().map(|view| view.indicators).chain(rest.iter().map(|one| one.indicators)).sum(),
        panels: panels(beside),
        measures: measures(beside),
        notes: views.iter().flat_map(|view| &view.findings).filter(|f| f.severity == "info").count(),
        codes: codes(&views),
        failed: whole.failed.iter().map(|f| Failed { source_file: &f.source_file, message: &f.message }).collect(),
        elsewhere: whole.findings.iter().map(finding_view).collect(),
    }
}

/// Names that a sentence of the brief has, at most.
const NAMED: usize = 3;
/// The levels of trust, the best first.
const LEVELS: [&str; 3] = ["yes", "care", "check"];

fn named<'v>(views: impl Iterator<Item = &'v Document>) -> Named<'v> {
    let mut links: Vec<Link<'v>> = views.map(|view| Link { page: &view.page, name: &view.name }).collect();
    let more = links.len().saturating_sub(NAMED);
    links.truncate(NAMED);
    Named { links, more }
}

fn brief(beside: &[Beside]) -> Brief<'_> {
    let views = || beside.iter().map(|one| &one.view);
    // Shares of what can be asked are compared crosswise: 2 of 3 is more than 1 of 2.
    let share = |view: &Document| (view.planning.met * 6).checked_div(view.planning.of).unwrap_or(0);
    let most = views().map(share).max().filter(|most| *most > 0);
    let best = |view: &&Document| Some(share(view)) == most;
    let first = views().find(best);
    let mut results: Vec<Decimal> = beside.iter().filter_map(|one| one.measures().value("entity_computed")).collect();
    results.sort_unstable();
    Brief {
        best: named(views().filter(best)),
        best_met: first.map_or(0, |view| view.planning.met),
        best_of: first.map_or(0, |view| view.planning.of),
        with_result: results.len(),
        lowest: results.first().copied().map(Number::percent),
        highest: results.last().copied().map(Number::percent),
        trusted: LEVELS.map(|level| named(views().filter(|view| view.trust.level == level))),
    }
}

fn line(view: &Document) -> Line<'_> {
    let of = |severity: &str| view.findings.iter().filter(|f| f.severity == severity).count();
    let graded = |severity| view.findings.iter().filter(move |finding| finding.severity == severity);
    let grave: Vec<&FindingView> = graded("error").chain(graded("warning")).collect();
    let outcome = &view.outcome;
    Line {
        page: &view.page,
        name: &view.name,
        kind: view.kind,
        year: view.year,
        period: view.period.as_deref(),
        source_file: &view.source_file,
        others: &view.others,
        objectives: view.objectives,
        indicators: view.indicators,
        result: &view.result,
        published: view.published.as_deref(),
        difference: view.difference.as_ref(),
        planning: &view.planning,
        trust_rank: LEVELS.iter().position(|level| *level == view.trust.level).unwrap_or(LEVELS.len()),
        outcome,
        trust: &view.trust,
        errors: of("error"),
        warnings: of("warning"),
        notes: of("info"),
        more: grave.len().saturating_sub(SHOWN_FINDINGS),
        top: grave.into_iter().take(SHOWN_FINDINGS).collect(),
        faults: &view.faults,
    }
}

/// The measures' names in their order, each once, with label and unit.
fn measure_names(beside: &[Beside]) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut names: Vec<(&str, &str, &str)> = Vec::new();
    for row in beside.iter().flat_map(|one| &one.rows).filter(|row| row.theme.is_none()) {
        if !names.iter().any(|(measure, ..)| *measure == row.measure) {
            names.push((row.measure, row.label, row.unit));
        }
    }
    names
}

/// The measures that tell how somebody planned, each with whether more of it is better.
const PANELS: [(&str, &str); 6] = [
    ("target_numeric", "più alto è meglio"),
    ("with_baseline", "più alto è meglio"),
    ("with_intermediate", "più alto è meglio"),
    ("not_above_baseline", "più basso è meglio"),
    ("weight_top_fifth", "più basso è meglio"),
    ("exceeded", "più basso è meglio"),
];

/// One small multiple for each of those measures that some document gives.
fn panels(beside: &[Beside]) -> Vec<Panel> {
    let mut panels = Vec::new();
    for (measure, better) in PANELS {
        let label = beside.iter().find_map(|one| one.measures().row(measure)).map(|row| row.label);
        let bar = |one: &Beside| Bar { label: one.view.name.clone(), value: one.measures().value(measure) };
        let bars: Vec<Bar> = beside.iter().map(bar).collect();
        if let (Some(label), true) = (label, bars.iter().any(|bar| bar.value.is_some())) {
            panels.push(Panel { label, better, chart: chart::bars(&format!("q{}", panels.len()), label, &bars) });
        }
    }
    panels
}

fn measures(beside: &[Beside]) -> Vec<MeasureLine> {
    let names = measure_names(beside).into_iter();
    names
        .map(|(measure, label, unit)| MeasureLine {
            label,
            unit,
            cells: beside
                .iter()
                .map(|one| {
                    let row = one.measures().row(measure)?;
                    let value = row.value?;
                    let number = if unit == "percent" { Number::percent(value) } else { Number::plain(value) };
                    let of = row
                        .numerator
                        .zip(row.denominator)
                        .map(|(part, whole)| format!("{} / {whole}", Number::plain(part.round_dp(2)).text));
                    Some(Cell { number, of })
                })
                .collect(),
        })
        .collect()
}

/// Errors and warnings counted by code and document, the graver first; notes stand on the documents' pages.
fn codes(views: &[&Document]) -> Vec<CodeLine> {
    let mut lines: BTreeMap<(usize, &str), CodeLine> = BTreeMap::new();
    for (place, view) in views.iter().enumerate() {
        for finding in &view.findings {
            let grade = ["error", "warning"].iter().position(|name| *name == finding.severity);
            let Some(grade) = grade else { continue };
            let line = lines.entry((grade, finding.code)).or_insert_with(|| CodeLine {
                code: finding.code,
                label: finding.label,
                severity: finding.severity,
                title: match rule(finding.code) {
                    Some(rule) => Told { it: rule.title.it.to_owned(), en: rule.title.en.to_owned() },
                    None => finding.message.clone(),
                },
                cells: vec![0; views.len()],
            });
            if let Some(cell) = line.cells.get_mut(place) {
                *cell += 1;
            }
        }
    }
    lines.into_values().collect()
}

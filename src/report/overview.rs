//! The first page: chambers and years side by side.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::Shown;
use super::chart::{self, Bar};
use super::document::{Document, FindingView, Told, finding_view};
use super::format::Number;
use super::indicator::Result;
use crate::audit::{Finding, rule};
use crate::compare::ComparisonRow;
use crate::export::{FailedFile, Run};

/// Findings of one document that the first page shows, at most.
const SHOWN_FINDINGS: usize = 5;

#[derive(Debug, Serialize)]
pub(super) struct Overview<'v> {
    pub documents: Vec<Line<'v>>,
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
    pub name: &'v str,
    pub short: &'v str,
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
    /// Shares of indicators with a numeric target, and with a baseline.
    pub planned: [Option<Number>; 2],
    pub outcome: &'v super::document::Outcome,
    pub outcome_chart: String,
    pub trust: &'v super::document::Trust,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub top: Vec<&'v FindingView>,
    pub more: usize,
    pub faults: &'v [super::document::FaultView],
}

/// A small multiple: one measure, a bar a document.
#[derive(Debug, Serialize)]
pub(super) struct Panel {
    pub label: &'static str,
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

pub(super) fn overview<'v>(
    run: &'v Run,
    shown: &[Shown<'v>],
    views: &'v [Document],
    failed: &[&'v FailedFile],
    elsewhere: &[&Finding],
) -> Overview<'v> {
    let figures = Figures::of(run);
    let measures = measures(run, &figures, shown);
    Overview {
        documents: views
            .iter()
            .zip(shown)
            .enumerate()
            .map(|(place, (view, one))| line(place, view, PLANNED.map(|measure| share(&figures, one, measure))))
            .collect(),
        read: run.read().count(),
        files: run.files.len(),
        indicators: views.iter().map(|view| view.indicators).sum(),
        panels: panels(run, &figures, shown, views),
        measures,
        notes: views.iter().flat_map(|view| &view.findings).filter(|f| f.severity == "info").count(),
        codes: codes(views),
        failed: failed.iter().map(|f| Failed { source_file: &f.source_file, message: &f.message }).collect(),
        elsewhere: elsewhere.iter().map(|finding| finding_view(finding)).collect(),
    }
}

/// The measures of planning that stand beside the results.
const PLANNED: [&str; 2] = ["target_numeric", "with_baseline"];

fn share(figures: &Figures<'_>, shown: &Shown<'_>, measure: &'static str) -> Option<Number> {
    let row = figures.of_document(shown, measure, None)?;
    row.value.map(|value| Number::plain(value.round_dp(1)))
}

fn line(place: usize, view: &Document, planned: [Option<Number>; 2]) -> Line<'_> {
    let of = |severity: &str| view.findings.iter().filter(|f| f.severity == severity).count();
    let graded = |severity| view.findings.iter().filter(move |finding| finding.severity == severity);
    let grave: Vec<&FindingView> = graded("error").chain(graded("warning")).collect();
    let outcome = &view.outcome;
    let parts = [
        ("raggiunti", outcome.whole, "#008055"),
        ("raggiunti in parte", outcome.part, "#a66300"),
        ("sotto la metà", outcome.little, "#cc334d"),
        ("senza punteggio", outcome.none, "#c5c7c9"),
    ];
    let title = format!("Esiti degli indicatori, {}", view.name);
    Line {
        page: &view.page,
        name: &view.name,
        short: &view.short,
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
        planned,
        outcome,
        outcome_chart: chart::parts(&format!("e{place}"), &title, &parts),
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
fn measure_names(run: &Run) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut names: Vec<(&str, &str, &str)> = Vec::new();
    for row in run.comparison.rows.iter().filter(|row| row.theme.is_none()) {
        if !names.iter().any(|(measure, ..)| *measure == row.measure) {
            names.push((row.measure, row.label, row.unit));
        }
    }
    names
}

/// One small multiple for each measure in percent that all documents can have; results stand elsewhere on the page.
fn panels(run: &Run, figures: &Figures<'_>, shown: &[Shown<'_>], views: &[Document]) -> Vec<Panel> {
    let mut panels = Vec::new();
    for (measure, label, unit) in measure_names(run) {
        if unit != "percent" || measure.starts_with("entity_") {
            continue;
        }
        let bars: Vec<Bar> = shown
            .iter()
            .zip(views)
            .map(|(one, view)| {
                let row = figures.of_document(one, measure, None);
                Bar { label: view.name.clone(), value: row.and_then(|row| row.value) }
            })
            .collect();
        // A measure that is nothing everywhere tells nothing; its figures stand in the table.
        if bars.iter().any(|bar| bar.value.is_some_and(|value| !value.is_zero())) {
            panels.push(Panel { label, chart: chart::bars(&format!("q{}", panels.len()), label, &bars) });
        }
    }
    panels
}

fn measures(run: &Run, figures: &Figures<'_>, shown: &[Shown<'_>]) -> Vec<MeasureLine> {
    let names = measure_names(run).into_iter();
    names
        .map(|(measure, label, unit)| MeasureLine {
            label,
            unit,
            cells: shown
                .iter()
                .map(|one| {
                    let row = figures.of_document(one, measure, None)?;
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

/// The comparison's rows by document, measure and theme.
pub(super) struct Figures<'r>(HashMap<(&'r str, &'r str, &'r str, Option<&'r str>), &'r ComparisonRow>);

impl<'r> Figures<'r> {
    pub(super) fn of(run: &'r Run) -> Self {
        let key = |row: &'r ComparisonRow| (&*row.source_file, &*row.document_id, row.measure, row.theme);
        // Of rows that are told twice the first one stands.
        Figures(run.comparison.rows.iter().rev().map(|row| (key(row), row)).collect())
    }

    pub(super) fn of_document(
        &self,
        shown: &Shown<'_>,
        measure: &str,
        theme: Option<&str>,
    ) -> Option<&'r ComparisonRow> {
        let card = &shown.file.plan.card;
        self.0.get(&(&*card.source_file, &*card.document_id, measure, theme)).copied()
    }
}

/// Errors and warnings counted by code and document, the graver first; notes stand on the documents' pages.
fn codes(views: &[Document]) -> Vec<CodeLine> {
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

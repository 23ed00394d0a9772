//! A document's page: what it reached, whether it can be trusted, its tree, its indicators, its findings.

use std::collections::HashMap;

use serde::Serialize;

use super::chart;
use super::clip::Clips;
use super::format::{self, Number};
use super::indicator::{self, Context, Reach, Result, Row, ScoreIndex, ScoreLine};
use super::judge::{self, Planning, Trust};
use super::overview::SHOWN_FINDINGS;
use super::tree::{self, Node};
use super::wording::english;
use super::{Shown, format::place};
use crate::audit::{Finding, Language};
use crate::document::Format;
use crate::extract::ScaleKind;
use crate::normalise::{DocumentKind, Plan, Scale};
use crate::score::Score;

#[derive(Debug, Serialize)]
pub(super) struct Document {
    /// The page's file name.
    pub page: String,
    pub document_id: String,
    /// What readers know it by: chamber, kind and year.
    pub name: Told,
    pub entity: Option<String>,
    pub kind: &'static str,
    pub year: Option<i16>,
    pub period: Option<String>,
    pub title: Option<String>,
    pub approval: Option<String>,
    pub version: Option<String>,
    pub source_file: String,
    pub format: &'static str,
    pub pages: u32,
    pub others: Vec<String>,
    pub result: Result,
    pub published: Option<String>,
    pub difference: Option<Number>,
    pub entity_scores: Vec<ScoreLine>,
    pub objectives: usize,
    /// Repetitions left out.
    pub indicators: usize,
    pub repeated: usize,
    pub outcome: Outcome,
    /// How large the chamber is, as the document says.
    pub sizes: Vec<SizeView>,
    pub planning: Planning,
    pub trust: Trust,
    pub tree: Vec<Node>,
    pub rows: Vec<Row>,
    pub findings: Vec<FindingView>,
    pub faults: Vec<FaultView>,
    /// Indicators with a picture, and those of the file that have none.
    pub pictured: usize,
    pub unpictured: usize,
    pub is_pdf: bool,
}

/// How the indicators came out, each counted once.
#[derive(Debug, Serialize)]
pub(super) struct Outcome {
    pub whole: usize,
    pub part: usize,
    pub little: usize,
    pub none: usize,
    pub chart: String,
}

/// A size of the chamber and where the document states it.
#[derive(Debug, Serialize)]
pub(super) struct SizeView {
    pub label: &'static str,
    pub value: Number,
    pub place: String,
}

/// A text in two languages; the English one may be empty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Told {
    pub it: String,
    pub en: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct FindingView {
    pub code: &'static str,
    /// As in the dataset.
    pub severity: &'static str,
    pub label: &'static str,
    pub message: Told,
    pub hint: Told,
    pub arithmetic: Option<String>,
    pub text: String,
    pub place: String,
    /// The indicator's row and name, or the objective's title.
    pub row: Option<String>,
    pub subject: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct FaultView {
    pub page: u32,
    pub message: String,
}

pub(super) fn document(shown: &Shown<'_>, clips: &Clips) -> Document {
    let (plan, scores) = (&shown.file.plan, &shown.file.scores);
    let context = Context { plan, scores: ScoreIndex::new(scores), period: scores.period };
    let subjects = Subjects::new(plan);
    let mut graded: Vec<&Finding> = shown.file.findings.iter().collect();
    graded.sort_by_key(|finding| finding.severity);
    let findings: Vec<FindingView> = graded.into_iter().map(|finding| subjects.view(finding)).collect();
    let mut of_row: HashMap<&str, Vec<FindingView>> = HashMap::new();
    for finding in &findings {
        if let Some(row) = &finding.row {
            of_row.entry(row).or_default().push(finding.clone());
        }
    }
    let rows: Vec<Row> = (0..plan.indicators.len())
        .filter_map(|index| {
            let of = of_row.remove(format!("i{}", index + 1).as_str()).unwrap_or_default();
            let pictures = clips.of.get(&(shown.entry.index, index)).map_or(&[][..], Vec::as_slice);
            indicator::row(&context, index, of, pictures)
        })
        .collect();
    let entity = context.scores.entity();
    let card = &plan.card;
    let pictured = rows.iter().filter(|row| !row.pictures.is_empty()).count();
    Document {
        page: shown.entry.page.clone(),
        document_id: card.document_id.clone(),
        name: name(plan),
        entity: card.entity.map(|entity| entity.name.clone()),
        kind: kind(card.kind),
        year: card.year,
        period: scores.period.map(format::day),
        title: card.title.clone(),
        approval: card.approval.clone(),
        version: card.version.clone(),
        source_file: card.source_file.clone(),
        format: match card.format {
            Format::Pdf => "PDF",
            Format::Html => "HTML",
            Format::Text => "testo",
        },
        pages: card.pages,
        others: shown.entry.others.clone(),
        result: result(entity, &rows),
        published: entity.and_then(|score| score.published_raw.clone()),
        difference: entity.and_then(|score| score.difference).map(Number::plain),
        entity_scores: entity
            .map(|main| context.scores.of(main.subject, &main.subject_id).iter().map(indicator::score_line).collect())
            .unwrap_or_default(),
        objectives: plan.objectives.len(),
        indicators: rows.iter().filter(|row| !row.repeated).count(),
        repeated: rows.iter().filter(|row| row.repeated).count(),
        outcome: outcome(&rows),
        sizes: plan.scale.iter().map(size).collect(),
        planning: judge::planning(shown),
        trust: judge::trust(shown),
        tree: tree::tree(&context, &rows),
        faults: card.faults.iter().map(|f| FaultView { page: f.page, message: f.message.clone() }).collect(),
        is_pdf: card.format == Format::Pdf,
        unpictured: rows.len() - pictured,
        pictured,
        findings,
        rows,
    }
}

impl Document {
    /// Leaves out what only the document's own page shows.
    pub(super) fn forget_details(&mut self) {
        self.rows = Vec::new();
        self.tree = Vec::new();
        self.entity_scores = Vec::new();
        // The gravest come first; of the others the pages on all documents count the codes.
        self.findings.iter_mut().skip(SHOWN_FINDINGS).for_each(FindingView::forget_texts);
    }
}

impl FindingView {
    fn forget_texts(&mut self) {
        for told in [&mut self.message, &mut self.hint] {
            (told.it, told.en) = (String::new(), String::new());
        }
        (self.text, self.place) = (String::new(), String::new());
        (self.arithmetic, self.row, self.subject) = (None, None, None);
    }
}

fn size(scale: &Scale) -> SizeView {
    SizeView {
        label: match scale.kind {
            ScaleKind::Enterprises => "imprese registrate",
            ScaleKind::Employees => "dipendenti",
        },
        value: Number::plain(scale.value),
        place: place(&scale.source),
    }
}

/// The name a reader knows a document by.
pub(super) fn name(plan: &Plan) -> Told {
    let card = &plan.card;
    let kind = kind(card.kind);
    let year = card.year.map(|year| format!(" {year}")).unwrap_or_default();
    let unknown = "Ente non riconosciuto";
    let entity = card.entity.map(|entity| short(&entity.name));
    Told {
        it: format!("{}: {kind}{year}", entity.unwrap_or(unknown)),
        en: format!("{}: {}{year}", entity.unwrap_or_else(|| english(unknown)), english(kind)),
    }
}

/// A chamber's name without the words that all have.
pub(super) fn short(name: &str) -> &str {
    let starts = ["Camera di commercio di ", "Camera di commercio "];
    starts.iter().find_map(|start| name.strip_prefix(start)).unwrap_or(name)
}

/// What a document is, in the interface's words.
fn kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Plan => "Piano",
        DocumentKind::Report => "Relazione",
        DocumentKind::Monitoring => "Monitoraggio",
        DocumentKind::Piao => "PIAO",
        DocumentKind::Pira => "PIRA",
        DocumentKind::Improvement => "Piano di miglioramento",
        DocumentKind::Other => "Documento",
    }
}

/// The result of the whole; where no indicator has a result, that is why there is none.
fn result(entity: Option<&Score>, rows: &[Row]) -> Result {
    let result = Result::of(entity);
    if result.value.is_none() && rows.iter().all(|row| row.actual.is_none()) {
        return Result { gap: Some("nessun risultato in cifre"), ..result };
    }
    result
}

fn outcome(rows: &[Row]) -> Outcome {
    let of = |reach: Reach| rows.iter().filter(|row| !row.repeated && row.score.reach == reach).count();
    let (whole, part, little, none) = (of(Reach::Whole), of(Reach::Part), of(Reach::Little), of(Reach::None));
    let parts = [(whole, "#008055"), (part, "#a66300"), (little, "#cc334d"), (none, "#c5c7c9")];
    Outcome { whole, part, little, none, chart: chart::parts(&parts) }
}

/// Names of what findings are about.
struct Subjects<'p> {
    rows: HashMap<&'p str, (usize, &'p str)>,
    objectives: HashMap<&'p str, &'p str>,
}

impl<'p> Subjects<'p> {
    fn new(plan: &'p Plan) -> Self {
        let indicators = plan.indicators.iter().enumerate();
        Subjects {
            rows: indicators.map(|(i, one)| (one.indicator_id.as_str(), (i, one.name.as_str()))).collect(),
            objectives: plan.objectives.iter().map(|o| (o.objective_id.as_str(), o.title.as_str())).collect(),
        }
    }

    fn view(&self, finding: &Finding) -> FindingView {
        let id = finding.subject_id.as_deref();
        let row = id.and_then(|id| self.rows.get(id));
        let objective = id.and_then(|id| self.objectives.get(id));
        FindingView {
            row: row.map(|(index, _)| format!("i{}", index + 1)),
            subject: match (&finding.subject, row, objective) {
                (Some(told), ..) => Some(told.clone()),
                (None, Some((_, name)), _) => Some((*name).to_owned()),
                (None, None, title) => title.map(|title| (*title).to_owned()),
            },
            ..finding_view(finding)
        }
    }
}

/// A finding that is about no indicator or objective that is shown.
pub(super) fn finding_view(finding: &Finding) -> FindingView {
    FindingView {
        code: finding.code,
        severity: finding.severity.as_str(),
        label: finding.severity.word(Language::Italian),
        message: Told { it: finding.message.clone(), en: finding.message_en.clone() },
        hint: Told { it: finding.hint.clone(), en: finding.hint_en.clone() },
        arithmetic: finding.arithmetic.clone(),
        text: finding.text.clone(),
        place: finding.source.as_ref().map(place).unwrap_or_default(),
        row: None,
        subject: finding.subject.clone(),
    }
}

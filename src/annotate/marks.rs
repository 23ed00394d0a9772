//! What is marked: the places of everything that was read, and of everything that was found.

use std::collections::BTreeMap;

use crate::audit::{Finding, Language, Severity};
use crate::document::Source;
use crate::normalise::{DatedMeasure, Indicator, Measure, Objective, Plan};
use crate::score::{Basis, Score, Scores, read_as};

/// The most places of a finding that its note names.
const MOST_PLACES: usize = 20;

/// What a marked cell holds; each kind has its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Objective,
    Indicator,
    Weight,
    Baseline,
    Target,
    Actual,
    Variance,
    Achievement,
    Monitoring,
    Budget,
}

impl Field {
    pub(super) const ALL: [Field; 10] = [
        Field::Objective,
        Field::Indicator,
        Field::Weight,
        Field::Baseline,
        Field::Target,
        Field::Actual,
        Field::Variance,
        Field::Achievement,
        Field::Monitoring,
        Field::Budget,
    ];

    /// Whether it is a whole sheet or row and no cell.
    pub(super) fn is_sheet(self) -> bool {
        matches!(self, Field::Objective | Field::Indicator)
    }

    /// The name readers see.
    pub(super) fn name(self) -> &'static str {
        match self {
            Field::Objective => "obiettivo (scheda)",
            Field::Indicator => "indicatore",
            Field::Weight => "peso",
            Field::Baseline => "valore di partenza",
            Field::Target => "valore obiettivo",
            Field::Actual => "risultato",
            Field::Variance => "scostamento",
            Field::Achievement => "realizzazione e punti",
            Field::Monitoring => "monitoraggio",
            Field::Budget => "budget",
        }
    }

    /// Red, green, blue in thousandths: colours that can be told apart with the usual colour blindnesses, by lightness too.
    pub(super) fn colour(self) -> [u16; 3] {
        match self {
            Field::Objective => [350, 350, 350],
            Field::Indicator => [550, 550, 550],
            Field::Weight => [800, 475, 655],
            Field::Baseline => [337, 706, 914],
            Field::Target => [0, 447, 698],
            Field::Actual => [0, 620, 451],
            Field::Variance => [902, 624, 0],
            Field::Achievement => [835, 369, 0],
            Field::Monitoring => [400, 200, 600],
            Field::Budget => [550, 400, 150],
        }
    }
}

/// A cell that was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outline {
    pub page: u32,
    /// In points from the visible page's top left corner.
    pub bbox: [f32; 4],
    pub field: Field,
    /// Subject, field, printed text and reading, in Italian; several where several values share the cell.
    pub texts: Vec<String>,
}

/// A finding on the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    /// `None` where the finding is about the whole document.
    pub page: Option<u32>,
    /// The upper left corner of its place.
    pub corner: Option<(f32, f32)>,
    pub severity: Severity,
    pub code: &'static str,
    pub text: String,
}

/// Outlines by page and box; and how many values have no box.
struct Gathered {
    /// The key holds the box in tenths of a point: values of one cell share an outline, in the last field's colour.
    by_place: BTreeMap<(u32, [i64; 4]), Outline>,
    homeless: usize,
}

impl Gathered {
    fn add(&mut self, field: Field, source: &Source, text: String) {
        let Some(bbox) = source.bbox else {
            self.homeless += 1;
            return;
        };
        let key = (source.page, bbox.map(tenths));
        let outline = || Outline { page: source.page, bbox, field, texts: Vec::new() };
        let outline = self.by_place.entry(key).or_insert_with(outline);
        outline.field = outline.field.max(field);
        if !outline.texts.contains(&text) {
            outline.texts.push(text);
        }
    }

    fn measure(&mut self, field: Field, whose: &str, name: &str, measure: &Measure) {
        let corrected = measure
            .corrected
            .as_ref()
            .map_or_else(String::new, |c| format!("\ncorretto da {}: {} (letto «{}»)", c.who, c.why, c.raw));
        let text = format!("{whose}\n{name}: «{}»\nletto: {}{corrected}", measure.raw, read_as(&measure.reading));
        self.add(field, &measure.source, text);
    }

    fn dated(&mut self, field: Field, whose: &str, name: &str, value: &DatedMeasure) {
        let revised = if value.revised { " modificato" } else { "" };
        let period = value
            .period
            .map_or_else(String::new, |day| format!(" al {:02}/{:02}/{}", day.day(), day.month(), day.year()));
        self.measure(field, whose, &format!("{name}{revised}{period}"), &value.measure);
    }
}

/// A coordinate in tenths of a point. Pages are at most some thousands of points, so nothing is cut.
#[allow(clippy::cast_possible_truncation)]
pub(super) fn tenths(coordinate: f32) -> i64 {
    (f64::from(coordinate) * 10.0).round() as i64
}

/// Everything that was read and has a box, and how much has none.
pub(super) fn outlines(plan: &Plan, scores: &Scores) -> (Vec<Outline>, usize) {
    let mut all = Gathered { by_place: BTreeMap::new(), homeless: 0 };
    for objective in &plan.objectives {
        of_objective(&mut all, objective, scores);
    }
    for indicator in &plan.indicators {
        of_indicator(&mut all, indicator, scores);
    }
    for (index, group) in plan.groups.iter().enumerate() {
        let whose = format!("gruppo {}", index + 1);
        for (name, measure) in [
            ("realizzazione (A)", &group.achievement),
            ("punti disponibili (B)", &group.points_available),
            ("punti (A × B)", &group.points),
        ] {
            if let Some(measure) = measure {
                all.measure(Field::Achievement, &whose, name, measure);
            }
        }
    }
    for published in &plan.published {
        all.measure(Field::Achievement, &published.name, "risultato pubblicato", &published.measure);
    }
    let mut outlines: Vec<Outline> = all.by_place.into_values().collect();
    // Cells come after the rows and sheets they lie in, and so on top of them.
    outlines.sort_by_key(|outline| (outline.page, !outline.field.is_sheet()));
    (outlines, all.homeless)
}

fn of_objective(all: &mut Gathered, objective: &Objective, scores: &Scores) {
    let code = objective.code.as_deref().map_or_else(String::new, |code| format!("{code} "));
    let whose = format!("obiettivo {code}{}", objective.title);
    let mut sheet = vec![whose.clone(), format!("id: {}", objective.objective_id)];
    let texts = [
        ("responsabile", &objective.owner),
        ("sezione", &objective.section),
        ("missione", &objective.sheet.mission),
        ("programma", &objective.sheet.programme),
        ("prospettiva", &objective.sheet.perspective),
        ("rimanda a", &objective.sheet.refers_to),
    ];
    sheet.extend(told(&texts));
    sheet.extend(score_line(scores, &objective.objective_id));
    all.add(Field::Objective, &objective.source, sheet.join("\n"));
    for (name, weight) in [("peso", &objective.weight), ("peso modificato", &objective.revised_weight)] {
        if let Some(weight) = weight {
            all.measure(Field::Weight, &whose, name, weight);
        }
    }
    if let Some(achievement) = &objective.achievement {
        all.measure(Field::Achievement, &whose, "realizzazione", achievement);
    }
    let amounts = [&objective.sheet.value_executives, &objective.sheet.value_staff];
    let lines = objective.sheet.budget.iter().map(|line| &line.amount);
    for amount in amounts.into_iter().flatten().chain(lines) {
        all.add(Field::Budget, &amount.source, format!("{whose}\nimporto: «{}»", amount.raw));
    }
}

fn of_indicator(all: &mut Gathered, indicator: &Indicator, scores: &Scores) {
    let code = indicator.code.as_deref().map_or_else(String::new, |code| format!("{code} "));
    let whose = format!("indicatore {code}{}", indicator.name);
    let types = Some(indicator.types.join(", ")).filter(|types| !types.is_empty());
    let mut sheet = vec![whose.clone(), format!("id: {}", indicator.indicator_id)];
    let texts = [
        ("tipo", &types),
        ("algoritmo", &indicator.algorithm),
        ("unità di misura", &indicator.unit),
        ("fonte", &indicator.data_source),
        ("frequenza", &indicator.frequency),
        ("responsabile", &indicator.owner),
        ("già detto in", &indicator.same_as),
    ];
    sheet.extend(told(&texts));
    sheet.extend(score_line(scores, &indicator.indicator_id));
    all.add(Field::Indicator, &indicator.source, sheet.join("\n"));
    if let Some(weight) = &indicator.weight {
        all.measure(Field::Weight, &whose, "peso", weight);
    }
    if let Some(baseline) = &indicator.baseline {
        all.dated(Field::Baseline, &whose, "valore di partenza", baseline);
    }
    for target in &indicator.targets {
        all.dated(Field::Target, &whose, "obiettivo", target);
    }
    for actual in &indicator.actuals {
        all.dated(Field::Actual, &whose, "risultato", actual);
    }
    if let Some(variance) = &indicator.variance {
        all.measure(Field::Variance, &whose, "scostamento", variance);
    }
    if let Some(achievement) = &indicator.achievement {
        all.measure(Field::Achievement, &whose, "grado di realizzazione", achievement);
    }
    if let Some(monitoring) = &indicator.monitoring {
        all.add(Field::Monitoring, &monitoring.source, format!("{whose}\nmonitoraggio: «{}»", monitoring.raw));
    }
}

fn told<'t>(texts: &'t [(&'static str, &'t Option<String>)]) -> impl Iterator<Item = String> + 't {
    texts.iter().filter_map(|(name, text)| text.as_ref().map(|text| format!("{name}: {text}")))
}

/// How the subject's score of the main day came about.
fn score_line(scores: &Scores, id: &str) -> Option<String> {
    let main =
        |score: &&Score| score.subject_id == id && score.basis == Basis::Recomputed && score.period == scores.period;
    let score = scores.scores.iter().find(main)?;
    Some(format!("punteggio: {}", score.explanation))
}

/// A note for each finding, and a short one at each further place of a finding that has several.
pub(super) fn notes(findings: &[Finding]) -> Vec<Note> {
    findings.iter().flat_map(|finding| [note(finding)].into_iter().chain(further(finding))).collect()
}

fn further(finding: &Finding) -> impl Iterator<Item = Note> + '_ {
    let elsewhere =
        finding.related.iter().filter(|related| related.source.is_some() && related.source != finding.source);
    elsewhere.map(|related| {
        let severity = finding.severity.word(Language::Italian);
        let mut text = format!("{} ({severity}): {}\n{}", finding.code, finding.message, related.subject);
        if !related.text.is_empty() {
            text.push_str(&format!("\n«{}»", related.text));
        }
        at(related.source.as_ref(), finding, text)
    })
}

fn at(source: Option<&Source>, finding: &Finding, text: String) -> Note {
    Note {
        page: source.map(|source| source.page),
        corner: source.and_then(|source| source.bbox).map(|bbox| (bbox[0], bbox[1])),
        severity: finding.severity,
        code: finding.code,
        text,
    }
}

fn note(finding: &Finding) -> Note {
    let mut lines =
        vec![format!("{} ({}): {}", finding.code, finding.severity.word(Language::Italian), finding.message)];
    lines.extend(finding.subject.clone().or_else(|| finding.subject_id.clone()));
    if finding.quotes.is_empty() && !finding.text.is_empty() {
        lines.push(format!("«{}»", finding.text));
    }
    lines.extend(finding.quotes.iter().map(|quote| format!("{}: «{}»", quote.label.it, quote.raw)));
    lines.extend(finding.arithmetic.iter().map(|arithmetic| format!("calcolo: {arithmetic}")));
    if !finding.related.is_empty() {
        lines.push(format!("i posti sono {}:", finding.related.len()));
    }
    for related in finding.related.iter().take(MOST_PLACES) {
        let page = related.source.as_ref().map_or_else(String::new, |source| format!(", pagina {}", source.page));
        lines.push(format!("- {}{page}", related.subject));
    }
    if finding.related.len() > MOST_PLACES {
        lines.push(format!("- … e altri {}", finding.related.len() - MOST_PLACES));
    }
    if !finding.hint.is_empty() {
        lines.push(format!("Che fare: {}", finding.hint));
    }
    at(finding.source.as_ref(), finding, lines.join("\n"))
}

//! Indicators as JSON lines, in the contract's key order.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Number;

use crate::document::{Source, tenths};
use crate::extract::Confidence;
use crate::normalise::{Correction, DatedMeasure, Indicator, Measure, Monitoring, Plan};

/// Writes a plan's indicators, one JSON object a line, in document order.
///
/// # Errors
/// Where `out` can't be written to.
pub fn write_indicators(out: &mut dyn Write, plan: &Plan) -> io::Result<()> {
    for indicator in &plan.indicators {
        serde_json::to_writer(&mut *out, &Line::of(plan, indicator))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Line<'a> {
    indicator_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<&'a str>,
    document_id: &'a str,
    source_file: &'a str,
    entity: Option<&'a str>,
    year: Option<i16>,
    section: Option<&'a str>,
    objective_id: Option<&'a str>,
    objective_code: Option<&'a str>,
    objective_level: Option<&'a str>,
    objective_title: Option<&'a str>,
    objective_weight: Option<Figure<'a>>,
    owner: Option<&'a str>,
    code: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_confidence: Option<Number>,
    types: &'a [String],
    algorithm: Option<&'a str>,
    unit: Option<&'a str>,
    data_source: Option<&'a str>,
    frequency: Option<&'a str>,
    weight: Option<Figure<'a>>,
    polarity: &'a str,
    baseline: Option<Baseline<'a>>,
    targets: Vec<Target<'a>>,
    actuals: Vec<Actual<'a>>,
    variance: Option<Figure<'a>>,
    achievement: Option<Figure<'a>>,
    monitoring: Option<Progress<'a>>,
    note: Option<&'a str>,
    strategic_link: Option<&'a str>,
    /// Texts that were corrected, by field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    corrected: BTreeMap<&'a str, &'a Correction>,
    provenance: Provenance,
}

impl<'a> Line<'a> {
    fn of(plan: &'a Plan, indicator: &'a Indicator) -> Self {
        let card = &plan.card;
        let objective = indicator.objective.and_then(|index| plan.objectives.get(index));
        Line {
            indicator_id: &indicator.indicator_id,
            same_as: indicator.same_as.as_deref(),
            document_id: &card.document_id,
            source_file: &card.source_file,
            entity: card.entity.map(|entity| entity.name.as_str()),
            year: card.year,
            section: indicator.section.as_deref(),
            objective_id: objective.map(|objective| objective.objective_id.as_str()),
            objective_code: objective.and_then(|objective| objective.code.as_deref()),
            objective_level: objective.map(|objective| objective.level.as_str()),
            objective_title: objective.map(|objective| objective.title.as_str()),
            objective_weight: objective.and_then(|objective| objective.weight.as_ref()).map(Figure::of),
            owner: indicator.owner.as_deref(),
            code: indicator.code.as_deref(),
            name: &indicator.name,
            name_confidence: confidence(indicator.name_confidence),
            types: &indicator.types,
            algorithm: indicator.algorithm.as_deref(),
            unit: indicator.unit.as_deref(),
            data_source: indicator.data_source.as_deref(),
            frequency: indicator.frequency.as_deref(),
            weight: indicator.weight.as_ref().map(Figure::of),
            polarity: indicator.polarity.as_str(),
            baseline: indicator.baseline.as_ref().map(Baseline::of),
            targets: indicator.targets.iter().map(Target::of).collect(),
            actuals: indicator.actuals.iter().map(Actual::of).collect(),
            variance: indicator.variance.as_ref().map(Figure::of),
            achievement: indicator.achievement.as_ref().map(Figure::of),
            monitoring: indicator.monitoring.as_ref().map(Progress::of),
            note: indicator.note.as_deref(),
            strategic_link: indicator.strategic_link.as_deref(),
            corrected: indicator.corrected.iter().map(|(field, correction)| (*field, correction)).collect(),
            provenance: Provenance::of(&indicator.source, card.is_recognised(indicator.source.page)),
        }
    }
}

#[derive(Serialize)]
struct Figure<'a> {
    raw: &'a str,
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<&'a Correction>,
    /// Between 0 and 1, in hundredths; left out where nothing speaks against the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<Number>,
}

impl<'a> Figure<'a> {
    fn of(measure: &'a Measure) -> Self {
        Figure {
            raw: &measure.raw,
            value: value(measure),
            corrected: measure.corrected.as_ref(),
            confidence: confidence(measure.confidence),
        }
    }
}

#[derive(Serialize)]
struct Baseline<'a> {
    period: Option<String>,
    raw: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    operator: Option<&'a str>,
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_high: Option<String>,
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<&'a Correction>,
    /// Between 0 and 1, in hundredths; left out where nothing speaks against the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<Number>,
}

impl<'a> Baseline<'a> {
    fn of(dated: &'a DatedMeasure) -> Self {
        let measure = &dated.measure;
        Baseline {
            period: period(dated),
            raw: &measure.raw,
            kind: measure.reading.kind.as_str(),
            operator: operator(measure),
            value: value(measure),
            value_high: value_high(measure),
            unit: measure.reading.unit.as_deref(),
            corrected: measure.corrected.as_ref(),
            confidence: confidence(measure.confidence),
        }
    }
}

#[derive(Serialize)]
struct Target<'a> {
    period: Option<String>,
    raw: &'a str,
    revised: bool,
    #[serde(rename = "type")]
    kind: &'a str,
    operator: Option<&'a str>,
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_high: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<&'a Correction>,
    /// Between 0 and 1, in hundredths; left out where nothing speaks against the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<Number>,
}

impl<'a> Target<'a> {
    fn of(dated: &'a DatedMeasure) -> Self {
        let measure = &dated.measure;
        Target {
            period: period(dated),
            raw: &measure.raw,
            revised: dated.revised,
            kind: measure.reading.kind.as_str(),
            operator: operator(measure),
            value: value(measure),
            value_high: value_high(measure),
            unit: measure.reading.unit.as_deref(),
            corrected: measure.corrected.as_ref(),
            confidence: confidence(measure.confidence),
        }
    }
}

#[derive(Serialize)]
struct Actual<'a> {
    period: Option<String>,
    raw: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    revised: bool,
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    operator: Option<&'a str>,
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_high: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<&'a Correction>,
    /// Between 0 and 1, in hundredths; left out where nothing speaks against the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<Number>,
}

impl<'a> Actual<'a> {
    fn of(dated: &'a DatedMeasure) -> Self {
        let measure = &dated.measure;
        Actual {
            period: period(dated),
            raw: &measure.raw,
            revised: dated.revised,
            kind: measure.reading.kind.as_str(),
            operator: operator(measure),
            value: value(measure),
            value_high: value_high(measure),
            unit: measure.reading.unit.as_deref(),
            corrected: measure.corrected.as_ref(),
            confidence: confidence(measure.confidence),
        }
    }
}

#[derive(Serialize)]
struct Progress<'a> {
    raw: &'a str,
    on_track: Option<bool>,
    progress: Option<String>,
}

impl<'a> Progress<'a> {
    fn of(monitoring: &'a Monitoring) -> Self {
        Progress {
            raw: &monitoring.raw,
            on_track: monitoring.on_track,
            progress: monitoring.progress.map(|progress| progress.to_string()),
        }
    }
}

#[derive(Serialize)]
struct Provenance {
    page: u32,
    bbox: Option<[f64; 4]>,
    line: Option<u32>,
    /// The page was read by optical recognition.
    #[serde(skip_serializing_if = "is_false")]
    ocr: bool,
}

impl Provenance {
    fn of(source: &Source, ocr: bool) -> Self {
        Provenance { ocr, page: source.page, bbox: source.bbox.map(|edges| edges.map(tenths)), line: source.line }
    }
}

/// A confidence that is not full, as a number.
fn confidence(confidence: Confidence) -> Option<Number> {
    let doubtful = confidence < Confidence::FULL;
    doubtful.then(|| confidence.as_decimal().to_string().parse().ok()).flatten()
}

fn is_false(value: &bool) -> bool {
    !value
}

fn period(dated: &DatedMeasure) -> Option<String> {
    dated.period.map(|day| day.to_string())
}

fn operator(measure: &Measure) -> Option<&'static str> {
    measure.reading.operator.map(|operator| operator.as_str())
}

fn value(measure: &Measure) -> Option<String> {
    measure.reading.value.as_ref().map(ToString::to_string)
}

fn value_high(measure: &Measure) -> Option<String> {
    measure.reading.value_high.as_ref().map(Decimal::to_string)
}

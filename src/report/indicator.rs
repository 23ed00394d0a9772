//! An indicator as its document's page shows it: a row, and what opens below it.

use std::collections::HashMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::clip::Clip;
use super::document::FindingView;
use super::format::{self, Number};
use crate::document::Source;
use crate::normalise::{DatedMeasure, Indicator, Measure, Plan, Polarity, Value};
use crate::score::{Basis, Gap, Score, Scores, Subject, read_as};

/// Characters of a printed value that is taken in at a glance.
const SHORT: usize = 14;
/// Percent points of the weights below which a result stands for a part only.
const MOST: Decimal = Decimal::from_parts(75, 0, 0, false, 0);

/// Percent points from which the mean of many scores counts as reached.
const NEARLY: Decimal = Decimal::from_parts(90, 0, 0, false, 0);

/// How far a score goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reach {
    /// At least 100, for a mean at least 90.
    Whole,
    /// At least 50.
    Part,
    /// Less than 50.
    Little,
    /// No score.
    None,
}

#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// The element's id on the page.
    pub id: String,
    pub code: Option<String>,
    pub name: String,
    pub objective_code: Option<String>,
    pub objective: Option<String>,
    pub weight: Option<Printed>,
    pub target: Option<Printed>,
    pub actual: Option<Printed>,
    pub score: Result,
    pub published: Option<String>,
    pub repeated: bool,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub facts: Vec<Fact>,
    pub values: Vec<ValueLine>,
    pub scores: Vec<ScoreLine>,
    pub findings: Vec<FindingView>,
    pub pictures: Vec<Picture>,
    /// Where the whole stands, in words.
    pub place: String,
}

/// A score with its bar, or why there is none.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Result {
    pub value: Option<Number>,
    pub length: u32,
    pub reach: Reach,
    pub gap: Option<&'static str>,
    /// Share of the parts' weight that could be scored.
    pub coverage: Option<Number>,
    /// The score stands for a lesser part of the weights.
    pub partial: bool,
}

/// A printed text and the figure to sort it by.
#[derive(Debug, Serialize)]
pub(super) struct Printed {
    pub raw: String,
    pub value: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Fact {
    pub label: &'static str,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ValueLine {
    pub role: &'static str,
    pub revised: bool,
    pub period: Option<String>,
    pub raw: String,
    /// What it was read as; `None` where the printed text says just that.
    pub reading: Option<String>,
    pub place: String,
    /// The id of the box on the picture.
    pub mark: Option<String>,
    /// Who corrected it, what the machine had read, and why.
    pub corrected: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct ScoreLine {
    pub period: Option<String>,
    pub value: Option<Number>,
    pub published: Option<String>,
    /// Why the published figure is what it is to the recomputed one.
    pub cause: Option<String>,
    pub explanation: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Picture {
    pub src: String,
    pub width: u32,
    pub height: u32,
    pub page: u32,
    pub marks: Vec<Mark>,
}

/// A box on a picture.
#[derive(Debug, Serialize)]
pub(super) struct Mark {
    pub id: String,
    /// Distances from the picture's top, right, bottom and left side, in percent, as CSS has them.
    pub inset: String,
}

/// The scores of a document by what they are of.
pub(super) struct ScoreIndex<'s> {
    scores: &'s Scores,
    by_subject: HashMap<(Subject, &'s str), Vec<&'s Score>>,
}

impl<'s> ScoreIndex<'s> {
    pub(super) fn new(scores: &'s Scores) -> Self {
        let mut by_subject: HashMap<(Subject, &str), Vec<&Score>> = HashMap::new();
        for score in &scores.scores {
            by_subject.entry((score.subject, &score.subject_id)).or_default().push(score);
        }
        ScoreIndex { scores, by_subject }
    }

    /// All scores of a subject, in the stage's order.
    pub(super) fn of(&self, subject: Subject, id: &'s str) -> &[&'s Score] {
        self.by_subject.get(&(subject, id)).map_or(&[], Vec::as_slice)
    }

    /// The recomputed score of the document's day.
    pub(super) fn main(&self, subject: Subject, id: &'s str) -> Option<&'s Score> {
        let day = self.scores.period;
        self.of(subject, id).iter().find(|s| s.period == day && s.basis == Basis::Recomputed).copied()
    }

    /// The recomputed result of the whole entity on the document's day.
    pub(super) fn entity(&self) -> Option<&'s Score> {
        let day = self.scores.period;
        let of_entity = |s: &&Score| s.subject == Subject::Entity && s.period == day && s.basis == Basis::Recomputed;
        self.scores.scores.iter().find(of_entity)
    }
}

impl Result {
    pub(super) fn of(score: Option<&Score>) -> Result {
        let value = score.and_then(|score| score.value);
        let hundred = Decimal::ONE_HUNDRED;
        let reach = match value {
            None => Reach::None,
            Some(value) if value >= hundred => Reach::Whole,
            // A mean is never quite whole.
            Some(value) if value >= NEARLY && score.is_some_and(|s| s.subject != Subject::Indicator) => Reach::Whole,
            Some(value) if value + value >= hundred => Reach::Part,
            Some(_) => Reach::Little,
        };
        Result {
            value: value.map(Number::percent),
            length: value.map(format::length).unwrap_or_default(),
            reach,
            gap: score.map_or(Some("senza punteggio"), |score| score.gap.map(gap)),
            partial: score.is_some_and(|score| score.coverage < MOST),
            coverage: score.filter(|s| s.value.is_some()).map(|score| Number::percent(score.coverage)),
        }
    }
}

/// Why there is no score, in the interface's words.
fn gap(gap: Gap) -> &'static str {
    match gap {
        Gap::NoTarget => "manca il target",
        Gap::NoActual => "manca il risultato",
        Gap::NotComparable => "non confrontabile",
        Gap::NoParts => "nessuna parte con punteggio",
    }
}

/// What the rows of a document share.
pub(super) struct Context<'r> {
    pub plan: &'r Plan,
    pub scores: ScoreIndex<'r>,
    pub period: Option<jiff::civil::Date>,
}

pub(super) fn row(context: &Context<'_>, index: usize, findings: Vec<FindingView>, clips: &[Clip]) -> Option<Row> {
    let indicator = context.plan.indicators.get(index)?;
    let objective = indicator.objective.and_then(|index| context.plan.objectives.get(index));
    let main = context.scores.main(Subject::Indicator, &indicator.indicator_id);
    let id = format!("i{}", index + 1);
    let mut values = Vec::new();
    let mut pictures: Vec<Picture> = clips.iter().map(picture).collect();
    for (role, period, revised, measure) in roles(indicator) {
        let mark_id = format!("{id}v{}", values.len() + 1);
        let marked = clips.iter().zip(&mut pictures).find_map(|(clip, picture)| {
            let mark = mark(clip, &measure.source, &mark_id)?;
            picture.marks.push(mark);
            Some(mark_id.clone())
        });
        values.push(ValueLine {
            role,
            revised,
            period: period.map(format::day),
            raw: measure.raw.clone(),
            reading: Some(read_as(&measure.reading)).filter(|reading| differs(reading, &measure.raw)),
            place: format::place(&measure.source),
            mark: marked,
            corrected: measure.corrected.as_ref().map(|c| format!("{}: «{}» ({})", c.who, c.raw, c.why)),
        });
    }
    let severe = |name: &str| findings.iter().filter(|finding| finding.severity == name).count();
    Some(Row {
        code: indicator.code.clone(),
        name: indicator.name.clone(),
        objective_code: objective.and_then(|objective| objective.code.clone()),
        objective: objective.map(|objective| objective.title.clone()),
        weight: indicator.weight.as_ref().map(printed),
        target: of_day(&indicator.targets, context.period).map(|dated| printed(&dated.measure)),
        actual: of_day(&indicator.actuals, context.period).map(|dated| printed(&dated.measure)),
        score: Result::of(main),
        published: main.and_then(|score| score.published_raw.clone()),
        repeated: indicator.same_as.is_some(),
        errors: severe("error"),
        warnings: severe("warning"),
        notes: severe("info"),
        facts: facts(indicator, main.is_none_or(|score| score.value.is_none())),
        values,
        scores: context.scores.of(Subject::Indicator, &indicator.indicator_id).iter().map(score_line).collect(),
        findings,
        pictures,
        place: format::place(&indicator.source),
        id,
    })
}

/// The value of the document's day, the revised one before the first; else the last there is.
fn of_day(values: &[DatedMeasure], day: Option<jiff::civil::Date>) -> Option<&DatedMeasure> {
    values.iter().rev().find(|value| day.is_some() && value.period == day).or_else(|| values.last())
}

/// Whether a reading tells more than the printed text: a short text with the same figures speaks for itself.
fn differs(reading: &str, raw: &str) -> bool {
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let same = |text: &str| text.trim().to_lowercase();
    let short = raw.chars().count() <= SHORT && !figures(raw).is_empty();
    same(reading) != same(raw) && !(short && figures(reading) == figures(raw))
}

fn printed(measure: &Measure) -> Printed {
    let value = match measure.reading.value {
        Some(Value::Number(value)) => Some(value.normalize().to_string()),
        Some(Value::Date(date)) => Some(date.to_string()),
        Some(Value::Boolean(yes)) => Some(if yes { "1" } else { "0" }.to_owned()),
        None => None,
    };
    Printed { raw: measure.raw.clone(), value }
}

/// All measures in the order a reader asks for them.
fn roles(
    indicator: &Indicator,
) -> impl Iterator<Item = (&'static str, Option<jiff::civil::Date>, bool, &Measure)> + '_ {
    let dated = |role: &'static str, dated: &'_ DatedMeasure| (role, dated.period, dated.revised);
    let plain = |role: &'static str, measure: &Option<Measure>| measure.as_ref().map(|_| (role, None, false));
    let weight = plain("Peso", &indicator.weight).zip(indicator.weight.as_ref());
    let baseline = indicator.baseline.iter().map(move |d| (dated("Valore di partenza", d), &d.measure));
    let targets = indicator.targets.iter().map(move |d| (dated("Target", d), &d.measure));
    let actuals = indicator.actuals.iter().map(move |d| (dated("Risultato", d), &d.measure));
    let variance = plain("Scostamento", &indicator.variance).zip(indicator.variance.as_ref());
    let achievement = plain("Grado di realizzazione", &indicator.achievement).zip(indicator.achievement.as_ref());
    weight
        .into_iter()
        .chain(baseline)
        .chain(targets)
        .chain(actuals)
        .chain(variance)
        .chain(achievement)
        .map(|((role, period, revised), measure)| (role, period, revised, measure))
}

/// What else the document tells of it; the direction only where no calculation tells it.
fn facts(indicator: &Indicator, untold: bool) -> Vec<Fact> {
    let polarity = match indicator.polarity {
        Polarity::Higher => "più alto è meglio",
        Polarity::Lower => "più basso è meglio",
    };
    let types = Some(indicator.types.join(", ")).filter(|types| !types.is_empty());
    let monitoring = indicator.monitoring.as_ref().map(|monitoring| monitoring.raw.clone());
    let facts = [
        ("Algoritmo", indicator.algorithm.clone()),
        ("Unità di misura", indicator.unit.clone()),
        ("Tipo", types),
        ("Fonte dei dati", indicator.data_source.clone()),
        ("Frequenza", indicator.frequency.clone()),
        ("Verso", Some(format!("{polarity} ({})", indicator.polarity_reason)).filter(|_| untold)),
        ("Stato di attuazione", monitoring),
        ("Responsabile", indicator.owner.clone()),
        ("Collegamento strategico", indicator.strategic_link.clone()),
        ("Nota", indicator.note.clone()),
    ];
    facts.into_iter().filter_map(|(label, text)| Some(Fact { label, text: text? })).collect()
}

pub(super) fn score_line(score: &&Score) -> ScoreLine {
    ScoreLine {
        period: score.period.map(format::day),
        value: score.value.map(Number::percent),
        published: score.published_raw.clone(),
        cause: score.cause.as_ref().map(|cause| cause.text.clone()),
        explanation: score.explanation.clone(),
    }
}

fn picture(clip: &Clip) -> Picture {
    Picture {
        src: format!("img/{}", clip.name),
        width: clip.width,
        height: clip.height,
        page: clip.page,
        marks: Vec::new(),
    }
}

/// Where a value's box lies on a picture; `None` where it lies elsewhere.
fn mark(clip: &Clip, source: &Source, id: &str) -> Option<Mark> {
    let [x0, y0, x1, y1] = source.bbox.filter(|_| source.page == clip.page)?;
    let [left, top, right, bottom] = clip.bbox;
    if y1 < top || y0 > bottom || x1 < left || x0 > right {
        return None;
    }
    let share = |points: f32, of: f32| (points / of * 100.0).clamp(0.0, 100.0);
    let (width, height) = (right - left, bottom - top);
    let inset =
        [share(y0 - top, height), share(right - x1, width), share(bottom - y1, height), share(x0 - left, width)];
    Some(Mark { id: id.to_owned(), inset: inset.map(|side| format!("{side:.0}%")).join(" ") })
}

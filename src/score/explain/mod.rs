//! How a score came about, as a tree: what the document prints, what was computed from it, of which parts, and where it
//! goes.

mod find;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::context::{figure, weight};
use super::read_as::read_as;
use super::scores::{Score, Scores, Subject};
use crate::document::Source;
use crate::normalise::{DatedMeasure, Group, Indicator, Measure, Objective, Plan};

pub use find::{Found, find};

/// A subject's scores with what they rest on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    pub subject: Subject,
    pub subject_id: String,
    pub label: String,
    /// Where it stands; `None` for what has no place of its own (owner, section, entity).
    pub source: Option<Source>,
    /// What the document prints of it, in the order of a sheet.
    pub printed: Vec<PrintedField>,
    /// Its scores: achievement for each day, then variance and stated progress.
    pub results: Vec<ResultOf>,
    /// What its achievement of the main day is made of.
    pub parts: Vec<PartOf>,
    /// The ids of the scores it goes into.
    pub goes_into: Vec<Whole>,
}

/// Something that a score goes into.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Whole {
    pub subject: Subject,
    pub subject_id: String,
    pub label: String,
}

/// ISO 8601.
fn iso<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

/// A printed value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedField {
    /// The dataset's name: `target`, `actual`, `weight` …
    pub field: &'static str,
    #[serde(serialize_with = "iso")]
    pub period: Option<Date>,
    pub revised: bool,
    pub raw: String,
    /// How it was understood, in Italian.
    pub read_as: String,
    pub source: Source,
}

/// A score of the subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResultOf {
    pub basis: &'static str,
    #[serde(serialize_with = "iso")]
    pub period: Option<Date>,
    pub policy: String,
    pub value: Option<Decimal>,
    pub points: Option<Decimal>,
    pub points_max: Option<Decimal>,
    pub gap: Option<&'static str>,
    pub coverage: Decimal,
    pub published_raw: Option<String>,
    pub difference: Option<Decimal>,
    pub cause: Option<&'static str>,
    pub cause_text: Option<String>,
    pub explanation: String,
}

/// A part with the weight and value it goes into the whole with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartOf {
    pub weight: Option<Decimal>,
    pub value: Option<Decimal>,
    pub part: Explanation,
}

/// Explains a subject down to `depth` levels of parts; `None` where the id is none of the scores'.
pub fn explain(plan: &Plan, scores: &Scores, subject_id: &str, depth: usize) -> Option<Explanation> {
    let rows: Vec<&Score> = scores.rows().filter(|score| score.subject_id == subject_id).collect();
    let first = rows.first()?;
    let main = rows.iter().find(|row| row.period == scores.period && !row.terms.is_empty());
    let part = |term: &super::scores::Term| {
        let part = explain(plan, scores, &term.subject_id, depth - 1)?;
        Some(PartOf { weight: term.weight, value: term.value, part })
    };
    let parts = match main {
        Some(main) if depth > 0 => main.terms.iter().filter_map(part).collect(),
        _ => Vec::new(),
    };
    let (source, printed) = printed(plan, first.subject, subject_id);
    Some(Explanation {
        subject: first.subject,
        subject_id: subject_id.to_owned(),
        label: first.label.clone(),
        source,
        printed,
        results: rows.iter().map(|row| result(row)).collect(),
        parts,
        goes_into: goes_into(scores, subject_id),
    })
}

fn result(row: &Score) -> ResultOf {
    ResultOf {
        basis: row.basis.as_str(),
        period: row.period,
        policy: row.policy.clone(),
        value: row.value,
        points: row.points,
        points_max: row.points_max,
        gap: row.gap.map(|gap| gap.as_str()),
        coverage: row.coverage,
        published_raw: row.published_raw.clone(),
        difference: row.difference,
        cause: row.cause.as_ref().map(|cause| cause.kind.as_str()),
        cause_text: row.cause.as_ref().map(|cause| cause.text.clone()),
        explanation: row.explanation.clone(),
    }
}

fn goes_into(scores: &Scores, subject_id: &str) -> Vec<Whole> {
    let mut into: Vec<Whole> = Vec::new();
    for row in scores.scores.iter().filter(|row| row.terms.iter().any(|term| term.subject_id == subject_id)) {
        if into.iter().all(|whole| whole.subject_id != row.subject_id) && row.subject_id != subject_id {
            let (subject_id, label) = (row.subject_id.clone(), row.label.clone());
            into.push(Whole { subject: row.subject, subject_id, label });
        }
    }
    into
}

fn printed(plan: &Plan, subject: Subject, id: &str) -> (Option<Source>, Vec<PrintedField>) {
    match subject {
        Subject::Indicator => plan
            .indicators
            .iter()
            .find(|indicator| indicator.indicator_id == id)
            .map(|indicator| (Some(indicator.source.clone()), of_indicator(indicator))),
        Subject::Objective => plan
            .objectives
            .iter()
            .find(|objective| objective.objective_id == id)
            .map(|objective| (Some(objective.source.clone()), of_objective(objective))),
        Subject::Group => group(plan, id).map(|group| (Some(group.source.clone()), of_group(group))),
        Subject::Owner | Subject::Section | Subject::Entity => None,
    }
    .unwrap_or_default()
}

fn group<'a>(plan: &'a Plan, id: &str) -> Option<&'a Group> {
    let number: usize = id.rsplit('/').next()?.parse().ok()?;
    plan.groups.get(number.checked_sub(1)?)
}

fn field(name: &'static str, measure: &Measure) -> PrintedField {
    PrintedField {
        field: name,
        period: None,
        revised: false,
        raw: measure.raw.clone(),
        read_as: read_as(&measure.reading),
        source: measure.source.clone(),
    }
}

/// A weight is a part of whatever its neighbours' weights add up to: percent only where that is printed.
fn weight_field(weight: &Measure) -> PrintedField {
    let mut printed = field("weight", weight);
    if !weight.raw.contains('%')
        && let Some(figure) = figure(weight)
    {
        printed.read_as = super::words::number(figure, 9);
    }
    printed
}

fn dated(name: &'static str, value: &DatedMeasure) -> PrintedField {
    PrintedField { period: value.period, revised: value.revised, ..field(name, &value.measure) }
}

fn of_indicator(indicator: &Indicator) -> Vec<PrintedField> {
    let mut fields: Vec<PrintedField> = indicator.weight.iter().map(weight_field).collect();
    fields.extend(indicator.baseline.iter().map(|value| dated("baseline", value)));
    fields.extend(indicator.targets.iter().map(|value| dated("target", value)));
    fields.extend(indicator.actuals.iter().map(|value| dated("actual", value)));
    fields.extend(indicator.variance.iter().map(|value| field("variance", value)));
    fields.extend(indicator.achievement.iter().map(|value| field("achievement", value)));
    fields.extend(indicator.monitoring.iter().map(|monitoring| PrintedField {
        field: "monitoring",
        period: None,
        revised: false,
        raw: monitoring.raw.clone(),
        read_as: monitoring.progress.map_or_else(
            || "senza cifra".to_owned(),
            |progress| format!("avanzamento {} %", super::words::number(progress, 2)),
        ),
        source: monitoring.source.clone(),
    }));
    fields
}

fn of_objective(objective: &Objective) -> Vec<PrintedField> {
    let mut fields: Vec<PrintedField> = objective.weight.iter().map(weight_field).collect();
    fields.extend(objective.revised_weight.iter().map(|weight| PrintedField { revised: true, ..weight_field(weight) }));
    fields.extend(objective.achievement.iter().map(|value| field("achievement", value)));
    fields
}

fn of_group(group: &Group) -> Vec<PrintedField> {
    let mut fields: Vec<PrintedField> = group.achievement.iter().map(|value| field("achievement", value)).collect();
    let available = group.points_available.as_ref().filter(|available| weight(Some(available)).is_some());
    fields.extend(available.map(|value| field("points_available", value)));
    fields.extend(group.points.iter().map(|value| field("points", value)));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{indicator, measure, objective, plan, set_actual, set_target};
    use crate::score::{Policy, score};

    fn small() -> (Plan, Scores) {
        let end = Some(Date::constant(2019, 12, 31));
        let mut one = indicator("1");
        one.objective = Some(0);
        one.weight = Some(measure("40"));
        set_target(&mut one, end, "10");
        set_actual(&mut one, end, "5");
        let mut plan = plan(vec![one]);
        plan.objectives.push(objective("A"));
        let scores = score(&plan, &Policy::default_policy());
        (plan, scores)
    }

    #[test]
    fn a_tree_from_the_entity_to_the_printed_texts() {
        let (plan, scores) = small();
        let entity = explain(&plan, &scores, "prova-2019-relazione/#entity", 2).unwrap();
        let objective = &entity.parts[0].part;
        let indicator = &objective.parts[0].part;
        assert_eq!((objective.subject, indicator.subject), (Subject::Objective, Subject::Indicator));
        let fields: Vec<_> = indicator.printed.iter().map(|field| (field.field, field.raw.as_str())).collect();
        assert_eq!(fields, [("weight", "40"), ("target", "10"), ("actual", "5")]);
        assert_eq!(indicator.goes_into[0].subject_id, objective.subject_id);
        assert!(explain(&plan, &scores, "prova-2019-relazione/#entity", 0).unwrap().parts.is_empty());
        assert_eq!(explain(&plan, &scores, "altro", 2), None);
    }

    #[test]
    fn ids_may_be_short() {
        let (plan, scores) = small();
        let read = [(&plan, &scores)];
        let found = |wanted: &str| match find(&read, wanted) {
            Found::One(_, id) => id,
            other => panic!("{wanted}: {other:?}"),
        };
        let indicator = plan.indicators[0].indicator_id.as_str();
        assert_eq!(found(indicator), indicator);
        assert_eq!(found("ente"), "prova-2019-relazione/#entity");
        assert_eq!(found("a"), "prova-2019-relazione/A");
        let Found::None(near) = find(&read, "prova-2019-relazione/B") else { panic!("found") };
        assert!(near.iter().any(|(id, _)| id == "prova-2019-relazione/A"), "{near:?}");
    }
}

//! The measures of each document.

use std::collections::HashMap;

use polars::prelude::*;
use rust_decimal::Decimal;

use super::frame::{Columns, from_units};
use super::quality::{self, Measured};
use super::{CompareError, ComparisonRow, Material};
use crate::normalise::{Indicator, Kind, Measure, Plan};
use crate::score::{Basis, Scores, Subject};

/// One document as polars counted it.
struct Counts {
    indicators: u32,
    numeric: u32,
    yes_no: u32,
    baseline: u32,
    actual: u32,
    scored: u32,
    sum: Decimal,
}

/// All measures of some documents, in the order given.
///
/// # Errors
/// Only where polars fails, which no input is known to bring about.
pub fn measures(documents: &[Material<'_>]) -> Result<Vec<ComparisonRow>, CompareError> {
    let plans: Vec<(&Plan, &Scores)> = documents.iter().map(|of| (of.plan, of.scores)).collect();
    let counts = counts(&plans)?;
    let none = Counts { indicators: 0, numeric: 0, yes_no: 0, baseline: 0, actual: 0, scored: 0, sum: Decimal::ZERO };
    let mut rows = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let (plan, scores) = (document.plan, document.scores);
        let count = counts.get(&index).unwrap_or(&none);
        rows.extend(document_rows(plan, scores, count));
        let measured = quality::measures(document);
        rows.extend(measured.into_iter().map(|measured| row(plan, scores, measured)));
    }
    Ok(rows)
}

/// What is counted, and of how many.
pub(super) enum Figure {
    Number(usize),
    /// A number that the document states.
    Stated(Option<Decimal>),
    Share(u32, u32),
    /// Of values in percent points.
    Mean(Decimal, u32),
    /// Of one number to another.
    Ratio(Decimal, u32),
    /// So many for each hundred.
    PerHundred(usize, u32),
    Percent(Option<Decimal>),
}

impl Figure {
    /// Unit, value, numerator and denominator.
    pub(super) fn parts(self) -> (&'static str, Option<Decimal>, Option<Decimal>, Option<u32>) {
        match self {
            Figure::Number(n) => ("number", Some(Decimal::from(n)), None, None),
            Figure::Stated(value) => ("number", value, None, None),
            Figure::Share(n, all) => {
                let share = (Decimal::from(n) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(all));
                ("percent", share, Some(Decimal::from(n)), Some(all))
            }
            Figure::Mean(sum, n) => ("percent", sum.checked_div(Decimal::from(n)), Some(sum), Some(n)),
            Figure::Ratio(part, whole) => ("number", part.checked_div(Decimal::from(whole)), Some(part), Some(whole)),
            Figure::PerHundred(n, all) => {
                let part = Decimal::from(n);
                let value = (part * Decimal::ONE_HUNDRED).checked_div(Decimal::from(all));
                ("number", value, Some(part), Some(all))
            }
            Figure::Percent(value) => ("percent", value, None, None),
        }
    }
}

fn document_rows(plan: &Plan, scores: &Scores, counts: &Counts) -> Vec<ComparisonRow> {
    let entity = scores.scores.iter().find(|score| {
        score.subject == Subject::Entity && score.basis == Basis::Recomputed && score.period == scores.period
    });
    let of_all = |n: u32| Figure::Share(n, counts.indicators);
    let measures = [
        ("objectives", "Obiettivi", Figure::Number(plan.objectives.len())),
        ("indicators", "Indicatori (contati una volta)", Figure::Number(counts.indicators as usize)),
        ("indicators_printed", "Indicatori stampati (comprese le ripetizioni)", Figure::Number(plan.indicators.len())),
        ("target_numeric", "Indicatori con un obiettivo numerico", of_all(counts.numeric)),
        ("target_yes_no", "Indicatori sì/no", of_all(counts.yes_no)),
        ("with_baseline", "Indicatori con un valore di partenza", of_all(counts.baseline)),
        ("with_actual", "Indicatori con un risultato", of_all(counts.actual)),
        ("coverage", "Indicatori con un punteggio calcolato", of_all(counts.scored)),
        (
            "mean_achievement",
            "Grado di realizzazione medio calcolato degli indicatori",
            Figure::Mean(counts.sum, counts.scored),
        ),
        ("entity_computed", "Risultato calcolato dell'ente", Figure::Percent(entity.and_then(|score| score.value))),
        (
            "entity_published",
            "Risultato pubblicato dell'ente",
            Figure::Percent(entity.and_then(|score| score.published)),
        ),
    ];
    measures.into_iter().map(|(measure, label, figure)| row(plan, scores, (measure, label, None, figure))).collect()
}

fn row(plan: &Plan, scores: &Scores, (measure, label, theme, figure): Measured) -> ComparisonRow {
    let card = &plan.card;
    let (unit, value, numerator, denominator) = figure.parts();
    ComparisonRow {
        document_id: card.document_id.clone(),
        source_file: card.source_file.clone(),
        entity: card.entity.map(|entity| entity.name.clone()),
        year: card.year,
        kind: card.kind.as_str(),
        period: scores.period,
        measure,
        label,
        theme,
        unit,
        value,
        numerator,
        denominator,
    }
}

/// Joins indicators and their scores of the main day, leaves repetitions out, and counts by document.
fn counts(plans: &[(&Plan, &Scores)]) -> Result<HashMap<usize, Counts>, CompareError> {
    let total = |name: &str| col(name).cast(DataType::UInt32).sum();
    let scores = scores_frame(plans)?.lazy();
    let counted = indicators_frame(plans)?
        .lazy()
        .join(
            scores,
            [col("document"), col("indicator_id")],
            [col("document"), col("subject_id")],
            JoinArgs::new(JoinType::Left),
        )
        .filter(col("repeated").not())
        .group_by([col("document")])
        .agg([
            len().cast(DataType::UInt32).alias("indicators"),
            total("numeric"),
            total("yes_no"),
            total("baseline"),
            total("actual"),
            col("value").count().cast(DataType::UInt32).alias("scored"),
            col("value").sum().alias("sum"),
        ])
        .sort(["document"], SortMultipleOptions::default())
        .collect()?;
    let whole = |name: &str| -> PolarsResult<Vec<u32>> {
        Ok(counted.column(name)?.u32()?.iter().map(Option::unwrap_or_default).collect())
    };
    let documents: Vec<i64> = counted.column("document")?.i64()?.iter().map(Option::unwrap_or_default).collect();
    let columns = ["indicators", "numeric", "yes_no", "baseline", "actual", "scored"].map(whole);
    let [indicators, numeric, yes_no, baseline, actual, scored] = columns;
    let (indicators, numeric, yes_no) = (indicators?, numeric?, yes_no?);
    let (baseline, actual, scored) = (baseline?, actual?, scored?);
    let sums = counted.column("sum")?;
    let at = |column: &[u32], row: usize| column.get(row).copied().unwrap_or_default();
    let mut counts = HashMap::with_capacity(documents.len());
    for (row, document) in documents.into_iter().enumerate() {
        let sum = match sums.get(row)? {
            AnyValue::Decimal(units, ..) => from_units(units).unwrap_or_default(),
            _ => Decimal::ZERO,
        };
        let counted = Counts {
            indicators: at(&indicators, row),
            numeric: at(&numeric, row),
            yes_no: at(&yes_no, row),
            baseline: at(&baseline, row),
            actual: at(&actual, row),
            scored: at(&scored, row),
            sum,
        };
        counts.insert(usize::try_from(document).unwrap_or_default(), counted);
    }
    Ok(counts)
}

/// One row per printed indicator.
fn indicators_frame(plans: &[(&Plan, &Scores)]) -> PolarsResult<DataFrame> {
    let rows: Vec<(i64, &Indicator)> = (0_i64..)
        .zip(plans)
        .flat_map(|(document, (plan, _))| plan.indicators.iter().map(move |i| (document, i)))
        .collect();
    let mut columns = Columns::new(rows.len());
    columns.integer("document", rows.iter().map(|(document, _)| Some(*document)));
    columns.text("indicator_id", rows.iter().map(|(_, indicator)| Some(&indicator.indicator_id)));
    columns.boolean("repeated", rows.iter().map(|(_, indicator)| Some(indicator.same_as.is_some())));
    columns.boolean("numeric", rows.iter().map(|(_, indicator)| Some(has_target(indicator, is_numeric))));
    columns.boolean(
        "yes_no",
        rows.iter().map(|(_, indicator)| Some(has_target(indicator, |m| m.reading.kind == Kind::Boolean))),
    );
    columns
        .boolean("baseline", rows.iter().map(|(_, i)| Some(i.baseline.as_ref().is_some_and(|b| is_given(&b.measure)))));
    columns.boolean("actual", rows.iter().map(|(_, i)| Some(i.actuals.iter().any(|actual| is_given(&actual.measure)))));
    columns.finish()
}

/// The indicators' computed values of the main day.
fn scores_frame(plans: &[(&Plan, &Scores)]) -> PolarsResult<DataFrame> {
    let mut rows = Vec::new();
    for (document, (_, scores)) in (0_i64..).zip(plans) {
        let main = scores.scores.iter().filter(|s| s.subject == Subject::Indicator && s.period == scores.period);
        rows.extend(main.map(|score| (document, score)));
    }
    let mut columns = Columns::new(rows.len());
    columns.integer("document", rows.iter().map(|(document, _)| Some(*document)));
    columns.text("subject_id", rows.iter().map(|(_, score)| Some(&score.subject_id)));
    columns.decimal("value", rows.iter().map(|(_, score)| score.value));
    columns.finish()
}

fn has_target(indicator: &Indicator, fits: impl Fn(&Measure) -> bool) -> bool {
    indicator.targets.iter().any(|target| fits(&target.measure))
}

fn is_numeric(measure: &Measure) -> bool {
    let kind = measure.reading.kind;
    matches!(kind, Kind::Number | Kind::Percent | Kind::Currency | Kind::Duration | Kind::Range | Kind::Ratio)
}

fn is_given(measure: &Measure) -> bool {
    measure.reading.kind != Kind::Missing
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::super::{Decisions, Material, compare, themes_of};
    use crate::document::Format;
    use crate::normalise::Plan;
    use crate::score::sample::{dated, indicator, plan, set_actual, set_target};
    use crate::score::{Policy, score};
    use rust_decimal::Decimal;

    const END: Option<Date> = Some(Date::constant(2019, 12, 31));

    fn sample() -> Plan {
        let mut indicators = Vec::new();
        for (code, target, actual) in
            [("1", "3", "1"), ("2", "si", "si"), ("3", "50%", "-"), ("4", "Nuovo regolamento", "fatto")]
        {
            let mut one = indicator(code);
            set_target(&mut one, END, target);
            set_actual(&mut one, END, actual);
            indicators.push(one);
        }
        indicators[0].baseline = Some(dated(None, "2", false));
        indicators[1].baseline = Some(dated(None, "-", false));
        let mut again = indicators[0].clone();
        again.same_as = Some(again.indicator_id.clone());
        again.indicator_id.push_str("~2");
        indicators.push(again);
        plan(indicators)
    }

    fn value(plan: &Plan, measure: &str) -> Option<Decimal> {
        let scores = score(plan, &Policy::default_policy());
        let documents = [Material { plan, scores: &scores, findings: 0, themes: &themes_of(plan) }];
        let comparison = compare(&documents, &Decisions::default()).unwrap();
        comparison.rows.iter().find(|row| row.measure == measure).unwrap().value.map(|value| value.round_dp(4))
    }

    #[test]
    fn shares_count_repeated_indicators_once_and_no_placeholders() {
        let plan = sample();
        assert_eq!(value(&plan, "indicators"), Some(4.into()));
        assert_eq!(value(&plan, "indicators_printed"), Some(5.into()));
        assert_eq!(value(&plan, "target_numeric"), Some(50.into()));
        assert_eq!(value(&plan, "target_yes_no"), Some(25.into()));
        assert_eq!(value(&plan, "with_baseline"), Some(25.into()));
        assert_eq!(value(&plan, "with_actual"), Some(75.into()));
        assert_eq!(value(&plan, "coverage"), Some(50.into()));
        assert_eq!(value(&plan, "mean_achievement"), Some(Decimal::new(666_667, 4)));
        assert_eq!(value(&plan, "entity_published"), None);
    }

    #[test]
    fn a_document_without_indicators_has_counts_but_no_shares() {
        let empty = plan(Vec::new());
        assert_eq!(value(&empty, "indicators"), Some(Decimal::ZERO));
        assert_eq!(value(&empty, "with_actual"), None);
        assert!(compare(&[], &Decisions::default()).unwrap().rows.is_empty());
    }

    #[test]
    fn the_same_bytes_under_two_names_are_compared_once() {
        let (first, mut second, mut third) = (sample(), sample(), sample());
        second.card.source_file = "altra.html".to_owned();
        second.card.format = Format::Html;
        third.card.sha256 = "11".repeat(32);
        let scores = score(&first, &Policy::default_policy());
        let themes = themes_of(&first);
        let documents =
            [&second, &first, &third].map(|plan| Material { plan, scores: &scores, findings: 0, themes: &themes });
        let comparison = compare(&documents, &Decisions::default()).unwrap();
        assert_eq!(comparison.duplicate_of, [Some(1), None, None]);
        assert_eq!(comparison.rows.iter().filter(|row| row.measure == "indicators").count(), 2);
    }

    #[test]
    fn sums_are_exact() {
        let mut indicators = Vec::new();
        for code in 0..3000 {
            let mut one = indicator(&code.to_string());
            set_target(&mut one, END, "1000000");
            set_actual(&mut one, END, "1");
            indicators.push(one);
        }
        assert_eq!(value(&plan(indicators), "mean_achievement"), Some(Decimal::new(1, 4)));
    }
}

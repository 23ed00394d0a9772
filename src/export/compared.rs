//! The tables of the comparison.

use polars::prelude::{DataFrame, PolarsResult};

use super::run::Run;
use crate::compare::frame::Columns;
use crate::compare::{Shown, Side, YearRow};

/// One row per document and measure.
pub(super) fn comparison(run: &Run) -> PolarsResult<DataFrame> {
    let rows = &run.comparison.rows;
    let mut t = Columns::new(rows.len());
    t.text("document_id", rows.iter().map(|row| Some(&row.document_id)));
    t.text("source_file", rows.iter().map(|row| Some(&row.source_file)));
    t.text("entity", rows.iter().map(|row| row.entity.as_deref()));
    t.integer("year", rows.iter().map(|row| row.year.map(i64::from)));
    t.text("kind", rows.iter().map(|row| Some(row.kind)));
    t.date("period", rows.iter().map(|row| row.period));
    t.text("measure", rows.iter().map(|row| Some(row.measure)));
    t.text("label", rows.iter().map(|row| Some(row.label)));
    t.text("theme", rows.iter().map(|row| row.theme));
    t.decimal("value", rows.iter().map(|row| row.value));
    t.text("unit", rows.iter().map(|row| Some(row.unit)));
    t.decimal("numerator", rows.iter().map(|row| row.numerator));
    t.integer("denominator", rows.iter().map(|row| row.denominator.map(i64::from)));
    t.finish()
}

/// One row per pair of indicators of different chambers.
pub(super) fn matches(run: &Run) -> PolarsResult<DataFrame> {
    let rows = &run.comparison.matches;
    let mut t = Columns::new(rows.len());
    t.text("verdict", rows.iter().map(|row| Some(row.verdict.as_str())));
    t.decimal("score", rows.iter().map(|row| Some(row.score)));
    t.text("words", rows.iter().map(|row| Some(row.words.join("; "))));
    t.text("theme", rows.iter().map(|row| row.theme.map(|theme| &theme.id)));
    t.text("thing", rows.iter().map(|row| row.thing));
    t.text("unit", rows.iter().map(|row| row.common.as_ref().map(|common| &common.unit)));
    t.decimal("left_value", rows.iter().map(|row| row.common.as_ref().map(|common| common.left)));
    t.decimal("right_value", rows.iter().map(|row| row.common.as_ref().map(|common| common.right)));
    let scaled = || rows.iter().map(|row| row.common.as_ref().and_then(|common| common.scaled.as_ref()));
    t.text("scaled_per", scaled().map(|scaled| scaled.map(|scaled| scaled.per)));
    t.decimal("left_scaled", scaled().map(|scaled| scaled.map(|scaled| scaled.left)));
    t.decimal("right_scaled", scaled().map(|scaled| scaled.map(|scaled| scaled.right)));
    t.text("not_comparable", rows.iter().map(|row| row.not_comparable.as_deref()));
    side_columns(&mut t, "left", || rows.iter().map(|row| Some(&row.left)));
    side_columns(&mut t, "right", || rows.iter().map(|row| Some(&row.right)));
    t.text("decided_by", rows.iter().map(|row| row.decided.as_ref().map(|(who, _)| who)));
    t.text("decided_why", rows.iter().map(|row| row.decided.as_ref().map(|(_, why)| why)));
    t.finish()
}

fn side_columns<'a, I: Iterator<Item = Option<&'a Side>>>(t: &mut Columns, name: &str, sides: impl Fn() -> I) {
    t.text(&format!("{name}_document"), sides().map(|side| side.map(|side| &side.document_id)));
    t.text(&format!("{name}_entity"), sides().map(|side| side?.entity.as_deref()));
    t.integer(&format!("{name}_year"), sides().map(|side| side?.year.map(i64::from)));
    t.text(&format!("{name}_indicator"), sides().map(|side| side.map(|side| &side.indicator_id)));
    t.text(&format!("{name}_name"), sides().map(|side| side.map(|side| &side.name)));
    t.text(&format!("{name}_objective"), sides().map(|side| side?.objective_title.as_deref()));
    let shown = || sides().map(|side| side?.shown.as_ref());
    t.text(&format!("{name}_role"), shown().map(|shown| shown.map(|shown| shown.role)));
    shown_columns(t, name, shown);
}

/// A printed value's day and text.
fn shown_columns<'a, I: Iterator<Item = Option<&'a Shown>>>(t: &mut Columns, name: &str, shown: impl Fn() -> I) {
    t.date(&format!("{name}_period"), shown().map(|shown| shown?.period));
    t.text(&format!("{name}_raw"), shown().map(|shown| shown.map(|shown| &shown.raw)));
}

/// One row per indicator of two documents of one chamber.
pub(super) fn years(run: &Run) -> PolarsResult<DataFrame> {
    let rows = &run.comparison.years;
    let mut t = Columns::new(rows.len());
    t.text("entity", rows.iter().map(|row| Some(&row.entity)));
    t.integer("from_year", rows.iter().map(|row| Some(i64::from(row.from_year))));
    t.integer("to_year", rows.iter().map(|row| Some(i64::from(row.to_year))));
    t.text("from_document", rows.iter().map(|row| Some(&row.from_document)));
    t.text("to_document", rows.iter().map(|row| Some(&row.to_document)));
    t.text("status", rows.iter().map(|row| Some(row.status.as_str())));
    t.decimal("score", rows.iter().map(|row| row.score));
    t.text("words", rows.iter().map(|row| (!row.words.is_empty()).then(|| row.words.join("; "))));
    side_names(&mut t, "from", || rows.iter().map(|row| row.before.as_ref()));
    side_names(&mut t, "to", || rows.iter().map(|row| row.after.as_ref()));
    let mut shown = |name: &str, of: fn(&YearRow) -> Option<&Shown>| {
        let shown = || rows.iter().map(of);
        shown_columns(&mut t, name, shown);
        t.decimal(name, shown().map(|shown| shown?.value));
    };
    shown("target_before", |row| row.target_before.as_ref());
    shown("result", |row| row.before.as_ref()?.shown.as_ref());
    shown("baseline", |row| row.baseline.as_ref());
    shown("target", |row| row.after.as_ref()?.shown.as_ref());
    t.boolean("baseline_is_result", rows.iter().map(|row| row.baseline_is_result));
    t.boolean("target_below_result", rows.iter().map(|row| row.target_below_result));
    t.text("explanation", rows.iter().map(|row| (!row.explanation.is_empty()).then_some(&row.explanation)));
    t.finish()
}

fn side_names<'a, I: Iterator<Item = Option<&'a Side>>>(t: &mut Columns, name: &str, sides: impl Fn() -> I) {
    t.text(&format!("{name}_indicator"), sides().map(|side| side.map(|side| &side.indicator_id)));
    t.text(&format!("{name}_name"), sides().map(|side| side.map(|side| &side.name)));
    t.text(&format!("{name}_objective"), sides().map(|side| side?.objective_title.as_deref()));
}

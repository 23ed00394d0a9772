//! The tables, each a frame. The order of columns is from general to specific; names are lower-case ASCII.

use polars::prelude::{DataFrame, PolarsResult};
use rayon::prelude::*;

use super::ExportError;
use super::compared;
use super::run::{FileResult, Run};
use super::schema::{TableSchema, schemas};
use crate::audit::Finding;
use crate::compare::frame::Columns;
use crate::compare::{Relation, ThemeOf};
use crate::document::{Format, Reason, Source, tenths};
use crate::extract::{Confidence, ScaleKind};
use crate::normalise::{Amount, BudgetLine, DatedMeasure, DocumentCard, Indicator, Measure, Objective, Plan, Value};
use crate::score::Score;

/// Builds one table of a run.
type Build = fn(&Run) -> PolarsResult<DataFrame>;

/// All tables by file name, in the order written.
pub(super) const TABLES: [(&str, Build); 10] = [
    ("documents", documents),
    ("objectives", |run| objectives(&plans(run))),
    ("budget", |run| budget(&plans(run))),
    ("indicators", indicators),
    ("values", |run| values(&plans(run))),
    ("scores", scores),
    ("findings", findings),
    ("comparison", compared::comparison),
    ("matches", compared::matches),
    ("years", compared::years),
];

/// All tables with their descriptions, in the order written.
pub(super) fn frames(run: &Run) -> Result<Vec<(&'static TableSchema, DataFrame)>, ExportError> {
    let built = |(name, build): &(&'static str, Build)| {
        let schema = schemas().iter().find(|schema| schema.name == *name)?;
        let columns = schema.columns.iter().map(|column| column.name.as_str());
        let frame = build(run).and_then(|frame| frame.select(columns));
        Some(frame.map(|frame| (schema, frame)).map_err(|source| ExportError::Table { name, source }))
    };
    TABLES.par_iter().filter_map(built).collect()
}

fn plans(run: &Run) -> Vec<&Plan> {
    run.read().map(|(plan, _)| plan).collect()
}

/// One row per input file, failed ones included.
fn documents(run: &Run) -> PolarsResult<DataFrame> {
    let rows: Vec<DocumentRow<'_>> = run.files.iter().map(document_row).collect();
    let mut t = Columns::new(rows.len());
    t.text("document_id", rows.iter().map(|row| row.card().map(|card| card.document_id.as_str())));
    t.text("source_file", rows.iter().map(|row| Some(row.source_file)));
    t.text("sha256", rows.iter().map(|row| row.sha256));
    t.text("format", rows.iter().map(|row| row.format.map(format_name)));
    t.text("status", rows.iter().map(|row| Some(row.status)));
    t.text("reason_code", rows.iter().map(|row| row.reason_code));
    t.text("message", rows.iter().map(|row| row.message.as_deref()));
    t.text("duplicate_of", rows.iter().map(|row| row.duplicate_of.map(|(file, _)| file)));
    t.text("duplicate_kind", rows.iter().map(|row| row.duplicate_of.map(|(_, relation)| relation.as_str())));
    t.text("entity", rows.iter().map(|row| row.card().and_then(entity_name)));
    t.text("entity_ipa", rows.iter().map(|row| row.card()?.entity?.ipa_code.as_deref()));
    t.text("entity_region", rows.iter().map(|row| Some(row.card()?.entity?.region.as_str())));
    t.text("istat_region", rows.iter().map(|row| Some(row.card()?.entity?.istat_region.as_str())));
    t.text("istat_provinces", rows.iter().map(|row| Some(row.card()?.entity?.istat_province.join(";"))));
    t.text("entity_evidence", rows.iter().map(|row| row.card()?.entity_evidence.as_deref()));
    t.text("kind", rows.iter().map(|row| row.card().map(|card| card.kind.as_str())));
    t.integer("year", rows.iter().map(|row| row.card()?.year.map(i64::from)));
    t.integer("year_first", rows.iter().map(|row| row.card()?.years.map(|(first, _)| i64::from(first))));
    t.integer("year_last", rows.iter().map(|row| row.card()?.years.map(|(_, last)| i64::from(last))));
    t.date("reference_date", rows.iter().map(|row| row.card()?.reference_date));
    t.text("title", rows.iter().map(|row| row.card()?.title.as_deref()));
    t.text("approval", rows.iter().map(|row| row.card()?.approval.as_deref()));
    t.text("version", rows.iter().map(|row| row.card()?.version.as_deref()));
    t.integer("pages", rows.iter().map(|row| row.card().map(|card| i64::from(card.pages))));
    t.integer("objectives", rows.iter().map(|row| row.plan.map(|plan| length(&plan.objectives))));
    t.integer("indicators", rows.iter().map(|row| row.plan.map(|plan| length(&plan.indicators))));
    t.integer("ocr_pages", rows.iter().map(|row| row.card().map(|card| length(&card.recognised))));
    t.decimal("ocr_confidence", rows.iter().map(|row| row.card()?.recognition().map(Confidence::as_decimal)));
    t.integer("faults", rows.iter().map(|row| row.card().map(|card| length(&card.faults))));
    size_columns(&mut t, "enterprises", ScaleKind::Enterprises, &rows);
    size_columns(&mut t, "employees", ScaleKind::Employees, &rows);
    t.finish()
}

/// How large the chamber is, as its document says: the figure, its day, the words around it and their page.
fn size_columns(t: &mut Columns, name: &str, kind: ScaleKind, rows: &[DocumentRow<'_>]) {
    let sizes = || rows.iter().map(|row| row.plan?.scale.iter().find(|scale| scale.kind == kind));
    t.decimal(name, sizes().map(|size| size.map(|size| size.value)));
    t.date(&format!("{name}_day"), sizes().map(|size| size?.day));
    t.text(&format!("{name}_text"), sizes().map(|size| size.map(|size| &size.raw)));
    t.integer(&format!("{name}_page"), sizes().map(|size| size.map(|size| i64::from(size.source.page))));
}

struct DocumentRow<'a> {
    plan: Option<&'a Plan>,
    source_file: &'a str,
    sha256: Option<&'a str>,
    format: Option<Format>,
    /// `ok`, `partial` (some parts could not be read) or `failed`.
    status: &'static str,
    reason_code: Option<&'a str>,
    message: Option<String>,
    /// The file that is compared instead, and what this one is to it.
    duplicate_of: Option<(&'a str, Relation)>,
}

impl<'a> DocumentRow<'a> {
    fn card(&self) -> Option<&'a DocumentCard> {
        self.plan.map(|plan| &plan.card)
    }
}

fn document_row(file: &FileResult) -> DocumentRow<'_> {
    match file {
        FileResult::Read(read) => {
            let card = &read.plan.card;
            let faults: Vec<String> =
                card.faults.iter().map(|fault| format!("pag. {}: {}", fault.page, fault.message)).collect();
            let whole = faults.is_empty();
            DocumentRow {
                plan: Some(&read.plan),
                source_file: &card.source_file,
                sha256: Some(&card.sha256),
                format: Some(card.format),
                status: if whole { "ok" } else { "partial" },
                // The gravest of them.
                reason_code: card.faults.iter().map(|fault| fault.reason).min().map(Reason::as_str),
                message: (!whole).then(|| faults.join("; ")),
                duplicate_of: read.duplicate_of.as_ref().map(|(file, relation)| (file.as_str(), *relation)),
            }
        }
        FileResult::Failed(failed) => DocumentRow {
            plan: None,
            source_file: &failed.source_file,
            sha256: failed.sha256.as_deref(),
            format: failed.format,
            status: "failed",
            reason_code: Some(&failed.reason_code),
            message: Some(failed.message.clone()),
            duplicate_of: None,
        },
    }
}

/// One row per objective.
fn objectives(plans: &[&Plan]) -> PolarsResult<DataFrame> {
    let rows: Vec<(&Plan, &Objective)> =
        plans.iter().flat_map(|plan| plan.objectives.iter().map(move |objective| (*plan, objective))).collect();
    let mut t = Columns::new(rows.len());
    document_columns(&mut t, || rows.iter().map(|(plan, _)| &plan.card));
    let parents = rows.iter().map(|(plan, objective)| plan.objectives.get(objective.parent?));
    let objectives = || rows.iter().map(|(_, objective)| *objective);
    t.text("objective_id", objectives().map(|o| Some(&o.objective_id)));
    t.text("parent_id", parents.map(|o| o.map(|o| &o.objective_id)));
    t.text("code", objectives().map(|o| o.code.as_deref()));
    t.text("level", objectives().map(|o| Some(o.level.as_str())));
    t.text("title", objectives().map(|o| Some(&o.title)));
    t.text("section", objectives().map(|o| o.section.as_deref()));
    t.text("owner", objectives().map(|o| o.owner.as_deref()));
    measure_columns(&mut t, "weight", || objectives().map(|o| o.weight.as_ref()));
    measure_columns(&mut t, "weight_revised", || objectives().map(|o| o.revised_weight.as_ref()));
    measure_columns(&mut t, "achievement", || objectives().map(|o| o.achievement.as_ref()));
    t.text("mission", objectives().map(|o| o.sheet.mission.as_deref()));
    t.text("programme", objectives().map(|o| o.sheet.programme.as_deref()));
    t.text("perspective", objectives().map(|o| o.sheet.perspective.as_deref()));
    t.text("relevance", objectives().map(|o| o.sheet.relevance.as_deref()));
    amount_columns(&mut t, "value_executives", || objectives().map(|o| o.sheet.value_executives.as_ref()));
    amount_columns(&mut t, "value_staff", || objectives().map(|o| o.sheet.value_staff.as_ref()));
    t.text("refers_to", objectives().map(|o| o.sheet.refers_to.as_deref()));
    place_columns(&mut t, || objectives().map(|o| &o.source));
    t.finish()
}

/// One row per line of an objective's budget.
fn budget(plans: &[&Plan]) -> PolarsResult<DataFrame> {
    let mut rows: Vec<(&DocumentCard, &Objective, &BudgetLine)> = Vec::new();
    for plan in plans {
        for objective in &plan.objectives {
            rows.extend(objective.sheet.budget.iter().map(|line| (&plan.card, objective, line)));
        }
    }
    let mut t = Columns::new(rows.len());
    document_columns(&mut t, || rows.iter().map(|row| row.0));
    t.text("objective_id", rows.iter().map(|row| Some(&row.1.objective_id)));
    amount_columns(&mut t, "amount", || rows.iter().map(|row| Some(&row.2.amount)));
    t.text("account", rows.iter().map(|row| row.2.account.as_deref()));
    t.text("cost_centre", rows.iter().map(|row| row.2.cost_centre.as_deref()));
    place_columns(&mut t, || rows.iter().map(|row| &row.2.amount.source));
    t.finish()
}

/// One row per printed occurrence of an indicator; its baseline, targets and actuals are in `values`.
fn indicators(run: &Run) -> PolarsResult<DataFrame> {
    let rows: Vec<(&Plan, &Indicator)> =
        run.read().flat_map(|(plan, _)| plan.indicators.iter().map(move |indicator| (plan, indicator))).collect();
    // As many as rows: one for each indicator of each plan.
    let read = run.files.iter().filter_map(|f| if let FileResult::Read(read) = f { Some(read) } else { None });
    let themes: Vec<&ThemeOf> = read.flat_map(|read| &read.themes).collect();
    let mut t = Columns::new(rows.len());
    document_columns(&mut t, || rows.iter().map(|(plan, _)| &plan.card));
    let objectives: Vec<Option<&Objective>> =
        rows.iter().map(|(plan, indicator)| plan.objectives.get(indicator.objective?)).collect();
    let indicators = || rows.iter().map(|(_, indicator)| *indicator);
    t.text("indicator_id", indicators().map(|i| Some(&i.indicator_id)));
    t.text("same_as", indicators().map(|i| i.same_as.as_deref()));
    t.text("section", indicators().map(|i| i.section.as_deref()));
    t.text("owner", indicators().map(|i| i.owner.as_deref()));
    t.text("objective_id", objectives.iter().map(|o| o.map(|o| &o.objective_id)));
    t.text("objective_code", objectives.iter().map(|o| o.and_then(|o| o.code.as_deref())));
    t.text("objective_level", objectives.iter().map(|o| o.map(|o| o.level.as_str())));
    t.text("objective_title", objectives.iter().map(|o| o.map(|o| &o.title)));
    t.integer("group_no", indicators().map(|i| i.group.and_then(|group| i64::try_from(group + 1).ok())));
    t.text("code", indicators().map(|i| i.code.as_deref()));
    t.text("name", indicators().map(|i| Some(&i.name)));
    t.decimal("name_confidence", indicators().map(|i| Some(i.name_confidence.as_decimal())));
    t.text("types", indicators().map(|i| (!i.types.is_empty()).then(|| i.types.join("; "))));
    t.text("algorithm", indicators().map(|i| i.algorithm.as_deref()));
    t.text("unit", indicators().map(|i| i.unit.as_deref()));
    t.text("data_source", indicators().map(|i| i.data_source.as_deref()));
    t.text("frequency", indicators().map(|i| i.frequency.as_deref()));
    measure_columns(&mut t, "weight", || indicators().map(|i| i.weight.as_ref()));
    t.text("polarity", indicators().map(|i| Some(i.polarity.as_str())));
    t.text("polarity_reason", indicators().map(|i| Some(&i.polarity_reason)));
    measure_columns(&mut t, "variance", || indicators().map(|i| i.variance.as_ref()));
    measure_columns(&mut t, "achievement", || indicators().map(|i| i.achievement.as_ref()));
    t.text("monitoring_raw", indicators().map(|i| i.monitoring.as_ref().map(|m| &m.raw)));
    t.boolean("on_track", indicators().map(|i| i.monitoring.as_ref()?.on_track));
    t.decimal("progress", indicators().map(|i| i.monitoring.as_ref()?.progress));
    t.text("note", indicators().map(|i| i.note.as_deref()));
    t.text("strategic_link", indicators().map(|i| i.strategic_link.as_deref()));
    t.text("theme", themes.iter().map(|of| of.theme.map(|theme| &theme.id)));
    t.text("theme_reason", themes.iter().map(|of| (!of.reason.is_empty()).then_some(&of.reason)));
    t.text("mission", themes.iter().map(|of| of.mission.map(|mission| &mission.code)));
    t.boolean("mission_printed", themes.iter().map(|of| of.mission.map(|_| of.mission_printed)));
    place_columns(&mut t, || indicators().map(|i| &i.source));
    t.finish()
}

/// One row per baseline, target and actual.
fn values(plans: &[&Plan]) -> PolarsResult<DataFrame> {
    let mut rows: Vec<(&DocumentCard, &Indicator, &str, &DatedMeasure)> = Vec::new();
    for plan in plans {
        for indicator in &plan.indicators {
            let named = |role| move |value| (&plan.card, indicator, role, value);
            rows.extend(indicator.baseline.iter().map(named("baseline")));
            rows.extend(indicator.targets.iter().map(named("target")));
            rows.extend(indicator.actuals.iter().map(named("actual")));
        }
    }
    let mut t = Columns::new(rows.len());
    document_columns(&mut t, || rows.iter().map(|row| row.0));
    let values = || rows.iter().map(|row| row.3);
    let readings = || values().map(|value| &value.measure.reading);
    t.text("indicator_id", rows.iter().map(|row| Some(&row.1.indicator_id)));
    t.text("role", rows.iter().map(|row| Some(row.2)));
    t.date("period", values().map(|value| value.period));
    t.boolean("revised", values().map(|value| Some(value.revised)));
    t.text("raw", values().map(|value| Some(&value.measure.raw)));
    t.text("type", readings().map(|reading| Some(reading.kind.as_str())));
    t.text("operator", readings().map(|reading| reading.operator.map(|operator| operator.as_str())));
    t.decimal("value", values().map(|value| number(&value.measure)));
    t.decimal("value_high", readings().map(|reading| reading.value_high));
    t.boolean(
        "value_boolean",
        readings().map(|reading| match reading.value {
            Some(Value::Boolean(boolean)) => Some(boolean),
            _ => None,
        }),
    );
    t.date(
        "value_date",
        readings().map(|reading| match reading.value {
            Some(Value::Date(date)) => Some(date),
            _ => None,
        }),
    );
    t.text("unit", readings().map(|reading| reading.unit.as_deref()));
    t.decimal("confidence", values().map(|value| Some(value.measure.confidence.as_decimal())));
    let corrections = || values().map(|value| value.measure.corrected.as_ref());
    t.text("machine_raw", corrections().map(|correction| correction.map(|c| &c.raw)));
    t.text("corrected_by", corrections().map(|correction| correction.map(|c| &c.who)));
    t.text("corrected_why", corrections().map(|correction| correction.map(|c| &c.why)));
    place_columns(&mut t, || values().map(|value| &value.measure.source));
    t.finish()
}

/// One row per score.
fn scores(run: &Run) -> PolarsResult<DataFrame> {
    let rows: Vec<(&DocumentCard, &Score)> =
        run.read().flat_map(|(plan, scores)| scores.rows().map(|score| (&plan.card, score))).collect();
    let mut t = Columns::new(rows.len());
    document_columns(&mut t, || rows.iter().map(|(card, _)| *card));
    let scores = || rows.iter().map(|(_, score)| *score);
    t.text("subject", scores().map(|s| Some(s.subject.as_str())));
    t.text("subject_id", scores().map(|s| Some(&s.subject_id)));
    t.text("label", scores().map(|s| Some(&s.label)));
    t.date("period", scores().map(|s| s.period));
    t.text("policy", scores().map(|s| Some(&s.policy)));
    t.text("basis", scores().map(|s| Some(s.basis.as_str())));
    t.decimal("value", scores().map(|s| s.value));
    t.decimal("points", scores().map(|s| s.points));
    t.decimal("points_max", scores().map(|s| s.points_max));
    t.text("gap", scores().map(|s| s.gap.map(|gap| gap.as_str())));
    t.decimal("coverage", scores().map(|s| Some(s.coverage)));
    t.text("published_raw", scores().map(|s| s.published_raw.as_deref()));
    t.decimal("published", scores().map(|s| s.published));
    t.decimal("difference", scores().map(|s| s.difference));
    t.text("cause", scores().map(|s| s.cause.as_ref().map(|cause| cause.kind.as_str())));
    t.text("cause_text", scores().map(|s| s.cause.as_ref().map(|cause| &cause.text)));
    t.text("explanation", scores().map(|s| Some(&s.explanation)));
    t.finish()
}

/// One row per finding, file by file; those of no file last.
fn findings(run: &Run) -> PolarsResult<DataFrame> {
    let mut rows: Vec<(Option<&DocumentCard>, &Finding)> = Vec::new();
    for file in &run.files {
        if let FileResult::Read(read) = file {
            rows.extend(read.findings.iter().map(|finding| (Some(&read.plan.card), finding)));
        }
    }
    rows.extend(run.findings.iter().map(|finding| (None, finding)));
    let mut t = Columns::new(rows.len());
    let cards = || rows.iter().map(|(card, _)| *card);
    t.text("document_id", cards().map(|card| card.map(|card| &card.document_id)));
    t.text("source_file", cards().map(|card| card.map(|card| &card.source_file)));
    t.text("entity", cards().map(|card| card.and_then(entity_name)));
    t.integer("year", cards().map(|card| card?.year.map(i64::from)));
    let findings = || rows.iter().map(|(_, finding)| *finding);
    t.text("code", findings().map(|f| Some(f.code)));
    t.text("severity", findings().map(|f| Some(f.severity.as_str())));
    t.text("subject_id", findings().map(|f| f.subject_id.as_deref()));
    t.text("text", findings().map(|f| (!f.text.is_empty()).then_some(&f.text)));
    t.text("message", findings().map(|f| Some(&f.message)));
    t.text("hint", findings().map(|f| Some(&f.hint)));
    maybe_place_columns(&mut t, || findings().map(|f| f.source.as_ref()));
    t.finish()
}

/// The document each row is from.
fn document_columns<'a, I: Iterator<Item = &'a DocumentCard>>(t: &mut Columns, cards: impl Fn() -> I) {
    t.text("document_id", cards().map(|card| Some(&card.document_id)));
    t.text("source_file", cards().map(|card| Some(&card.source_file)));
    t.text("entity", cards().map(entity_name));
    t.integer("year", cards().map(|card| card.year.map(i64::from)));
}

/// A printed text, its number, and how far it is to be trusted (0 to 1).
fn measure_columns<'a, I: Iterator<Item = Option<&'a Measure>>>(t: &mut Columns, name: &str, measures: impl Fn() -> I) {
    t.text(&format!("{name}_raw"), measures().map(|measure| measure.map(|measure| &measure.raw)));
    t.decimal(name, measures().map(|measure| number(measure?)));
    t.decimal(&format!("{name}_confidence"), measures().map(|measure| Some(measure?.confidence.as_decimal())));
}

/// A printed sum and its figure, in euro.
fn amount_columns<'a, I: Iterator<Item = Option<&'a Amount>>>(t: &mut Columns, name: &str, amounts: impl Fn() -> I) {
    t.text(&format!("{name}_raw"), amounts().map(|amount| amount.map(|amount| &amount.raw)));
    t.decimal(name, amounts().map(|amount| amount?.value));
}

/// Page, box in points from the page's top left corner, and line.
fn place_columns<'a, I: Iterator<Item = &'a Source>>(t: &mut Columns, places: impl Fn() -> I) {
    maybe_place_columns(t, || places().map(Some));
}

/// The same, where a row may have no place.
fn maybe_place_columns<'a, I: Iterator<Item = Option<&'a Source>>>(t: &mut Columns, places: impl Fn() -> I) {
    t.integer("page", places().map(|place| Some(i64::from(place?.page))));
    for (edge, name) in ["box_x0", "box_y0", "box_x1", "box_y1"].into_iter().enumerate() {
        t.float(name, places().map(|place| place?.bbox.and_then(|edges| edges.get(edge).copied().map(tenths))));
    }
    t.integer("line", places().map(|place| place?.line.map(i64::from)));
}

fn number(measure: &Measure) -> Option<rust_decimal::Decimal> {
    match measure.reading.value {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    }
}

fn entity_name(card: &DocumentCard) -> Option<&str> {
    card.entity.map(|entity| entity.name.as_str())
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Pdf => "pdf",
        Format::Html => "html",
        Format::Text => "text",
    }
}

fn length<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}

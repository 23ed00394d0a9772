//! Plans made by hand for tests.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::document::{Format, Source};
use crate::extract::{AggregateKind, Confidence, Level};
use crate::normalise::{
    DatedMeasure, DocumentCard, DocumentKind, Group, Indicator, Kind, LeftOver, Measure, Objective, Operator, Plan,
    Polarity, Published, Reading, Value,
};

/// A reading of the plain forms the tests use: operator, number, percent, yes/no, range "a-b", placeholder "-", text.
pub(crate) fn reading(raw: &str) -> Reading {
    let signs = [
        (">=", Operator::AtLeast),
        ("<=", Operator::AtMost),
        (">", Operator::Above),
        ("<", Operator::Below),
        ("=", Operator::Equal),
    ];
    let sign = signs.into_iter().find(|(sign, _)| raw.starts_with(sign));
    let body = sign.map_or(raw, |(sign, _)| raw[sign.len()..].trim());
    let number = |text: &str| Decimal::from_str_exact(&text.replace('.', "").replace(',', ".")).ok();
    let (number_part, unit) = body.split_once(' ').map_or((body, None), |(number, unit)| (number, Some(unit)));
    let fraction = body.split_once(" su ").and_then(|(part, whole)| number(part)?.checked_div(number(whole)?));
    let (kind, value, value_high, unit) = if raw == "-" || raw == "===" {
        (Kind::Missing, None, None, None)
    } else if body.eq_ignore_ascii_case("si") || body.eq_ignore_ascii_case("no") {
        (Kind::Boolean, Some(Value::Boolean(body.eq_ignore_ascii_case("si"))), None, None)
    } else if let Some(fraction) = fraction {
        (Kind::Ratio, Some(Value::Number(fraction)), None, None)
    } else if raw.starts_with("entro") {
        (Kind::Date, None, None, None)
    } else if let Some((day, month, year)) = date_parts(body) {
        (Kind::Date, Date::new(year, month, day).ok().map(Value::Date), None, None)
    } else if let Some((low, high)) = body.split_once('-').and_then(|(low, high)| Some((number(low)?, number(high)?))) {
        (Kind::Range, Some(Value::Number(low)), Some(high), None)
    } else if let Some(points) = body.strip_suffix('%').and_then(number) {
        (Kind::Percent, Some(Value::Number(points)), None, None)
    } else if let Some(value) = number(number_part) {
        match unit {
            Some("gg") => (Kind::Duration, Some(Value::Number(value)), None, Some("days")),
            Some("ore") => (Kind::Duration, Some(Value::Number(value)), None, Some("hours")),
            Some("€") => (Kind::Currency, Some(Value::Number(value)), None, Some("EUR")),
            unit => (Kind::Number, Some(Value::Number(value)), None, unit),
        }
    } else {
        (Kind::Text, None, None, None)
    };
    Reading { kind, operator: sign.map(|(_, operator)| operator), value, value_high, unit: unit.map(str::to_owned) }
}

fn date_parts(text: &str) -> Option<(i8, i8, i16)> {
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((day, month, year))
}

/// A printed text with its plain reading.
pub(crate) fn measure(raw: &str) -> Measure {
    let source = Source { page: 7, bbox: Some([56.7, 301.2, 538.6, 402.9]), line: None };
    Measure { raw: raw.to_owned(), reading: reading(raw), source, corrected: None, confidence: Confidence::FULL }
}

/// An indicator of nothing, higher is better.
pub(crate) fn indicator(code: &str) -> Indicator {
    Indicator {
        indicator_id: format!("prova-2019-relazione/1/{code}"),
        same_as: None,
        objective: None,
        group: None,
        section: None,
        owner: None,
        code: Some(code.to_owned()),
        name: format!("Indicatore di prova {code}"),
        name_confidence: Confidence::FULL,
        types: Vec::new(),
        algorithm: None,
        unit: None,
        data_source: None,
        frequency: None,
        weight: None,
        polarity: Polarity::Higher,
        polarity_reason: String::new(),
        baseline: None,
        targets: Vec::new(),
        actuals: Vec::new(),
        variance: None,
        achievement: None,
        monitoring: None,
        note: None,
        strategic_link: None,
        source: Source { page: 7, bbox: Some([56.7, 301.2, 538.6, 402.9]), line: None },
        corrected: Vec::new(),
    }
}

pub(crate) fn dated(period: Option<Date>, raw: &str, revised: bool) -> DatedMeasure {
    DatedMeasure { period, revised, measure: measure(raw) }
}

pub(crate) fn set_target(indicator: &mut Indicator, period: Option<Date>, raw: &str) {
    indicator.targets.push(dated(period, raw, false));
}

pub(crate) fn set_target_revised(indicator: &mut Indicator, period: Option<Date>, raw: &str) {
    indicator.targets.push(dated(period, raw, true));
}

pub(crate) fn set_actual(indicator: &mut Indicator, period: Option<Date>, raw: &str) {
    indicator.actuals.push(dated(period, raw, false));
}

/// An objective with a code and nothing else.
pub(crate) fn objective(code: &str) -> Objective {
    Objective {
        objective_id: format!("prova-2019-relazione/{code}"),
        code: Some(code.to_owned()),
        title: format!("Obiettivo di prova {code}"),
        level: Level::Operativo,
        section: None,
        owner: None,
        weight: None,
        table_weight: None,
        revised_weight: None,
        achievement: None,
        parent: None,
        sheet: crate::normalise::ObjectiveSheet::default(),
        source: Source::default(),
    }
}

/// A group with its printed achievement, points available and points.
pub(crate) fn group(achievement: &str, available: &str, points: &str) -> Group {
    Group {
        achievement: Some(measure(achievement)),
        points_available: Some(measure(available)),
        points: Some(measure(points)),
        source: Source::default(),
    }
}

pub(crate) fn published(kind: AggregateKind, name: &str, within: Option<&str>, raw: &str) -> Published {
    let within = within.map(str::to_owned);
    Published { kind, name: name.to_owned(), within, weight: None, objective: None, measure: measure(raw) }
}

/// A report of 2019 with these indicators.
pub(crate) fn plan(indicators: Vec<Indicator>) -> Plan {
    Plan {
        card: DocumentCard {
            document_id: "prova-2019-relazione".to_owned(),
            source_file: "prova.pdf".to_owned(),
            sha256: "00".repeat(32),
            format: Format::Pdf,
            pages: 9,
            entity: None,
            entity_evidence: None,
            kind: DocumentKind::Report,
            year: Some(2019),
            years: None,
            reference_date: Some(Date::constant(2019, 12, 31)),
            title: None,
            approval: None,
            version: None,
            faults: Vec::new(),
            recognised: Vec::new(),
        },
        objectives: Vec::new(),
        groups: Vec::new(),
        indicators,
        published: Vec::new(),
        scale: Vec::new(),
        left_over: LeftOver::default(),
        passages: Vec::new(),
    }
}

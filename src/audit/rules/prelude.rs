//! What rules are made of.

pub(super) use rust_decimal::Decimal;

pub(super) use crate::audit::finding::{Finding, Severity};
pub(super) use crate::audit::phrases::said;
pub(super) use crate::audit::rule::{Check, Language, Rule, Text};
pub(super) use crate::audit::view::{
    View, alike, covered, cut, higher_is_better, number, objective_name, objective_name_in, shared, similar, stems,
    told, told_again, value_of, words,
};
pub(super) use crate::extract::{Field, key};
pub(super) use crate::normalise::{DatedMeasure, Indicator, Kind, Measure, Objective, Operator, Value};
pub(super) use crate::score::words::{at_day, count, number as italian};

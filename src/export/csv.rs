//! Frames as CSV.

use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::civil::Date;
use polars::prelude::*;

use super::schema::TableSchema;

/// How a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CsvDialect {
    /// Comma, decimal point, no byte order mark: RFC 4180 for programs.
    #[default]
    Standard,
    /// Byte order mark, semicolon, decimal comma, texts that begin like a formula guarded by an apostrophe: for
    /// spreadsheets in an Italian locale.
    Italian,
}

impl CsvDialect {
    /// What stands between two fields.
    pub(super) fn separator(self) -> char {
        match self {
            CsvDialect::Standard => ',',
            CsvDialect::Italian => ';',
        }
    }
}

/// Writes a table's header row, with what stands before it.
pub(super) fn write_header(out: &mut dyn Write, schema: &TableSchema, dialect: CsvDialect) -> io::Result<()> {
    if dialect == CsvDialect::Italian {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let names: Vec<&str> = schema.columns.iter().map(|column| column.name.as_str()).collect();
    writeln!(out, "{}", names.join(&dialect.separator().to_string()))
}

/// Writes a frame's rows.
pub(super) fn write_rows(out: &mut dyn Write, frame: &DataFrame, dialect: CsvDialect) -> io::Result<()> {
    let separator = dialect.separator().to_string();
    let columns = frame.columns();
    let mut line = String::new();
    for row in 0..frame.height() {
        line.clear();
        for (place, column) in columns.iter().enumerate() {
            if place > 0 {
                line.push_str(&separator);
            }
            push_value(&mut line, &column.get(row).map_err(io::Error::other)?, dialect);
        }
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

fn push_value(line: &mut String, value: &AnyValue<'_>, dialect: CsvDialect) {
    match value {
        AnyValue::Null => {}
        AnyValue::String(text) => push_text(line, text, dialect),
        AnyValue::StringOwned(text) => push_text(line, text, dialect),
        AnyValue::Boolean(boolean) => line.push_str(if *boolean { "true" } else { "false" }),
        AnyValue::Decimal(units, _, scale) => push_number(line, &decimal_text(*units, *scale), dialect),
        AnyValue::Float64(number) => push_number(line, &number.to_string(), dialect),
        AnyValue::Date(days) => line.push_str(&date_text(*days)),
        // The tables have no other columns but integers, which print as themselves.
        other => push_number(line, &other.to_string(), dialect),
    }
}

fn push_number(line: &mut String, number: &str, dialect: CsvDialect) {
    match dialect {
        CsvDialect::Standard => line.push_str(number),
        CsvDialect::Italian => line.push_str(&number.replace('.', ",")),
    }
}

fn push_text(line: &mut String, text: &str, dialect: CsvDialect) {
    line.push('"');
    if dialect == CsvDialect::Italian && begins_like_formula(text) {
        line.push('\'');
    }
    for c in text.chars() {
        if c == '"' {
            line.push('"');
        }
        line.push(c);
    }
    line.push('"');
}

/// What Excel, LibreOffice and Google Sheets may evaluate, full-width forms included.
pub(super) fn begins_like_formula(text: &str) -> bool {
    let first = text.trim_start_matches([' ', '\u{a0}']).chars().next();
    first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'))
}

/// The number without trailing zeros.
pub(super) fn decimal_text(units: i128, scale: usize) -> String {
    let mut digits = units.unsigned_abs().to_string();
    if digits.len() <= scale {
        digits.insert_str(0, &"0".repeat(scale + 1 - digits.len()));
    }
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let (sign, fraction) = (if units < 0 { "-" } else { "" }, fraction.trim_end_matches('0'));
    let mut text = format!("{sign}{whole}");
    if !fraction.is_empty() {
        // Writing into a string can't fail.
        let _ = write!(text, ".{fraction}");
    }
    text
}

fn date_text(days: i32) -> String {
    let epoch = Date::constant(1970, 1, 1);
    jiff::Span::new()
        .try_days(days)
        .and_then(|span| epoch.checked_add(span))
        .map_or_else(|_| String::new(), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::schema::{ColumnKind, ColumnSchema};
    use super::*;
    use crate::compare::frame::Columns;
    use rust_decimal::Decimal;

    fn text_of(dialect: CsvDialect) -> String {
        let mut columns = Columns::new(4);
        columns.text("raw", [Some("= 100%"), Some("\"a\", b"), None, Some("")].into_iter());
        let numbers = ["-4", "0.05", "1234.5", "98.606733333"].map(|n| Decimal::from_str_exact(n).ok());
        columns.decimal("value", numbers.into_iter());
        columns.date("day", [Some(Date::constant(2019, 6, 30)), None, None, None].into_iter());
        columns.boolean("revised", [Some(true), Some(false), None, None].into_iter());
        columns.integer("page", [Some(7), None, None, None].into_iter());
        columns.float("box_x0", [Some(56.7), None, None, None].into_iter());
        let mut out = Vec::new();
        let kinds = ["raw", "value", "day", "revised", "page", "box_x0"].map(|name| ColumnSchema {
            name: name.to_owned(),
            kind: ColumnKind::Text,
            title: String::new(),
            description: String::new(),
            personal: false,
        });
        let schema = TableSchema {
            name: "prova".to_owned(),
            title: String::new(),
            description: String::new(),
            key: Vec::new(),
            columns: kinds.to_vec(),
        };
        write_header(&mut out, &schema, dialect).unwrap();
        write_rows(&mut out, &columns.finish().unwrap(), dialect).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_standard_dialect_keeps_texts_as_printed() {
        assert_eq!(
            text_of(CsvDialect::Standard),
            "raw,value,day,revised,page,box_x0\n\"= 100%\",-4,2019-06-30,true,7,56.7\n\"\"\"a\"\", b\",0.05,,false,,\n\
             ,1234.5,,,,\n\"\",98.606733333,,,,\n"
        );
    }

    #[test]
    fn the_italian_dialect_is_for_spreadsheets() {
        let text = text_of(CsvDialect::Italian);
        assert!(text.starts_with("\u{feff}raw;value;day"));
        assert!(text.contains("\"'= 100%\";-4;2019-06-30;true;7;56,7\n"));
        assert!(text.contains("1234,5"));
    }

    #[test]
    fn texts_that_look_like_formulas() {
        for raw in ["=1+1", "+4%", "-4", "@SUM(A1)", " = 100%", "\t=1", "\u{a0}-1", "＝1"] {
            assert!(begins_like_formula(raw), "{raw:?}");
        }
        for raw in ["", "100%", ">= 4", "almeno 3", "'=1"] {
            assert!(!begins_like_formula(raw), "{raw:?}");
        }
    }

    #[test]
    fn decimals_lose_trailing_zeros_only() {
        for (units, text) in
            [(0, "0"), (1_000_000_000, "1"), (-72_630_000_000, "-72.63"), (50_000_000, "0.05"), (-1, "-0.000000001")]
        {
            assert_eq!(decimal_text(units, 9), text);
        }
        assert_eq!(decimal_text(42, 0), "42");
    }
}

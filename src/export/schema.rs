//! The dataset's description: tables and columns as `data/dataset.toml` names them.
//!
//! That file is the one place that says what the dataset has. Frames are brought into its order, the data package, the
//! workbook and its data dictionary are written from it; the tests hold every frame against it.

use std::sync::LazyLock;

use serde::Deserialize;

/// A table of the dataset.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSchema {
    /// The name of its files without extension.
    pub name: String,
    /// Italian.
    pub title: String,
    /// What a row stands for, in Italian.
    pub description: String,
    /// The columns that tell a row from all others; empty where several are needed that may repeat.
    #[serde(default)]
    pub key: Vec<String>,
    /// In the order written.
    pub columns: Vec<ColumnSchema>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSchema {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: ColumnKind,
    /// Italian.
    pub title: String,
    /// Values and units, in Italian.
    pub description: String,
    /// It can hold a person's name.
    #[serde(default)]
    pub personal: bool,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    Text,
    Integer,
    /// Exact.
    Decimal,
    /// Coordinates only.
    Float,
    Boolean,
    Date,
}

impl ColumnKind {
    /// The type's name in a Frictionless table schema.
    pub(super) fn frictionless(self) -> &'static str {
        match self {
            ColumnKind::Text => "string",
            ColumnKind::Integer => "integer",
            ColumnKind::Decimal | ColumnKind::Float => "number",
            ColumnKind::Boolean => "boolean",
            ColumnKind::Date => "date",
        }
    }

    /// The type's Italian name.
    pub(super) fn italian(self) -> &'static str {
        match self {
            ColumnKind::Text => "testo",
            ColumnKind::Integer => "numero intero",
            ColumnKind::Decimal | ColumnKind::Float => "numero",
            ColumnKind::Boolean => "vero o falso",
            ColumnKind::Date => "data",
        }
    }
}

/// All tables, in the order written.
pub fn schemas() -> &'static [TableSchema] {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        table: Vec<TableSchema>,
    }
    static SCHEMAS: LazyLock<Vec<TableSchema>> = LazyLock::new(|| {
        // The file is part of the program and read by the tests.
        let file: File = toml::from_str(include_str!("../../data/dataset.toml")).expect("a valid dataset description");
        file.table
    });
    &SCHEMAS
}

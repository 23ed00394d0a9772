//! `datapackage.json`: a Frictionless Data Package, version 2, that says what every file and column is.

use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::atomic::Content;
use super::csv::CsvDialect;
use super::publication::Publication;
use super::schema::{ColumnKind, ColumnSchema, TableSchema};
use super::table::WholeTable;
use crate::normalise::Plan;

/// The dataset's Italian title.
pub(super) const TITLE: &str = "Piani e relazioni della performance delle Camere di commercio";
/// What the dataset is, in Italian.
pub(super) const DESCRIPTION: &str = "Obiettivi, indicatori, pesi, valori di partenza, obiettivi e risultati letti nei documenti \
     della performance pubblicati dalle Camere di commercio, con il testo stampato, il posto in cui sta, i punteggi ricalcolati e \
     il confronto tra enti e anni.";
/// Words that lead to the dataset.
pub(super) const KEYWORDS: [&str; 5] =
    ["performance", "camere di commercio", "indicatori", "piano della performance", "trasparenza"];
/// The dataset's licence.
pub(super) const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// What a file holds that is no CSV: the tables again, for other programs.
pub(super) struct Form {
    /// Its path in the package's folder, with `/`.
    pub path: String,
    pub title: String,
    pub description: String,
    /// "parquet", "jsonl" or "xlsx".
    pub format: &'static str,
    pub mediatype: &'static str,
}

/// The tables' other forms.
pub(super) fn forms(tables: &[&TableSchema]) -> Vec<Form> {
    let parquet = |table: &&TableSchema| Form {
        path: format!("data/{}.parquet", table.name),
        title: table.title.clone(),
        description: format!("La tabella «{}» in Parquet, con i tipi delle colonne", table.title),
        format: "parquet",
        mediatype: "application/vnd.apache.parquet",
    };
    let mut forms: Vec<Form> = tables.iter().map(parquet).collect();
    forms.push(Form {
        path: "data/indicators.jsonl".to_owned(),
        title: "Indicatori annidati".to_owned(),
        description: "Gli stessi indicatori con obiettivo, valori e posto, un oggetto JSON per riga".to_owned(),
        format: "jsonl",
        mediatype: "application/jsonl",
    });
    forms.push(Form {
        path: "pianometro.xlsx".to_owned(),
        title: "Cartella di lavoro".to_owned(),
        description: "Tutte le tabelle in una cartella di lavoro".to_owned(),
        format: "xlsx",
        mediatype: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    });
    forms
}

/// A form as a resource of the package: a file with its length and digest. What its columns are, the CSV's schema says.
fn form(form: &Form, content: &Content) -> Json {
    let name = form.path.trim_start_matches("data/").replace('.', "-");
    json!({
        "name": name,
        "type": "file",
        "path": form.path,
        "title": form.title,
        "description": form.description,
        "format": form.format,
        "mediatype": form.mediatype,
        "bytes": content.bytes,
        "hash": format!("sha256:{}", content.sha256),
    })
}

/// The package, to be written as JSON.
#[derive(Serialize)]
pub(super) struct Package<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    keywords: [&'static str; 5],
    contributors: Json,
    licenses: Json,
    sources: Vec<Source<'a>>,
    resources: Vec<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<&'a str>,
}

/// A document that was read.
#[derive(Serialize)]
struct Source<'a> {
    title: &'a str,
}

/// The package; `sources` as [`source`] tells them. The CSV files come first, each with its schema; then their other
/// forms, of which `nested` is the JSON lines' content and `book` the workbook's.
pub(super) fn package<'a>(
    sources: &'a [String],
    tables: &[WholeTable],
    (nested, book): (&Content, &Content),
    dialect: CsvDialect,
    publication: &'a Publication,
) -> Package<'a> {
    let schemas: Vec<&TableSchema> = tables.iter().map(|own| own.schema).collect();
    let mut resources: Vec<Json> = tables.iter().map(|own| resource(own, dialect)).collect();
    let contents = tables.iter().map(|own| &own.parquet).chain([nested, book]);
    resources.extend(forms(&schemas).iter().zip(contents).map(|(own, content)| form(own, content)));
    Package {
        schema: "https://datapackage.org/profiles/2.0/datapackage.json",
        name: "pianometro",
        title: TITLE,
        description: DESCRIPTION,
        keywords: KEYWORDS,
        contributors: json!([{ "title": publication.publisher, "roles": ["publisher"] }]),
        licenses: json!([{ "name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribuzione 4.0" }]),
        sources: sources.iter().map(|title| Source { title }).collect(),
        resources,
        homepage: publication.url.as_deref(),
    }
}

/// The title of a document that was read. Its licence is its publisher's.
pub(super) fn source(plan: &Plan) -> String {
    let card = &plan.card;
    let entity = card.entity.map_or("ente non riconosciuto", |entity| &entity.name);
    let title = card.title.as_deref().unwrap_or("documento");
    format!("{entity}: {title} ({}). Il documento resta dell'ente, con la sua licenza", card.source_file)
}

fn resource(own: &WholeTable, dialect: CsvDialect) -> Json {
    let schema = own.schema;
    let mut table = json!({
        "fields": schema.columns.iter().map(|column| field(column, dialect)).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if let (false, Some(map)) = (schema.key.is_empty(), table.as_object_mut()) {
        map.insert("primaryKey".to_owned(), json!(schema.key));
    }
    json!({
        "name": schema.name,
        "type": "table",
        "path": format!("data/{}.csv", schema.name),
        "title": schema.title,
        "description": schema.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": own.content.bytes,
        "hash": format!("sha256:{}", own.content.sha256),
        "dialect": { "delimiter": dialect.separator().to_string(), "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": table,
    })
}

fn field(column: &ColumnSchema, dialect: CsvDialect) -> Json {
    let mut field = Map::new();
    let mut put = |name: &str, value: Json| field.insert(name.to_owned(), value);
    put("name", json!(column.name));
    put("type", json!(column.kind.frictionless()));
    put("title", json!(column.title));
    put("description", json!(column.description));
    let comma = dialect == CsvDialect::Italian && matches!(column.kind, ColumnKind::Decimal | ColumnKind::Float);
    if comma {
        put("decimalChar", json!(","));
    }
    if column.personal {
        put("personal", json!(true));
    }
    Json::Object(field)
}

/// The name of the data package beside the folder `data`.
pub(super) fn path(dir: &Path) -> std::path::PathBuf {
    dir.join("datapackage.json")
}

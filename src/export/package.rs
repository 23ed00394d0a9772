//! `datapackage.json`: a Frictionless Data Package, version 2, that says what every file and column is.

use std::path::Path;

use serde_json::{Map, Value as Json, json};

use super::csv::CsvDialect;
use super::publication::Publication;
use super::schema::{ColumnKind, ColumnSchema};
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

/// The package's JSON; `sources` as [`source`] makes them.
pub(super) fn package(
    sources: &[Json],
    resources: &[WholeTable],
    dialect: CsvDialect,
    publication: &Publication,
) -> Json {
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "pianometro",
        "title": TITLE,
        "description": DESCRIPTION,
        "keywords": KEYWORDS,
        "contributors": [{ "title": publication.publisher, "roles": ["publisher"] }],
        "licenses": [{ "name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribuzione 4.0" }],
        "sources": sources,
        "resources": resources.iter().map(|own| resource(own, dialect)).collect::<Vec<_>>(),
    });
    if let (Some(url), Some(map)) = (&publication.url, package.as_object_mut()) {
        map.insert("homepage".to_owned(), json!(url));
    }
    package
}

/// A document that was read. Its licence is its publisher's.
pub(super) fn source(plan: &Plan) -> Json {
    let card = &plan.card;
    let entity = card.entity.map_or("ente non riconosciuto", |entity| &entity.name);
    let title = card.title.as_deref().unwrap_or("documento");
    json!({
        "title": format!("{entity}: {title} ({}). Il documento resta dell'ente, con la sua licenza", card.source_file),
    })
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

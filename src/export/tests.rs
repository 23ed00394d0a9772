use std::fs;
use std::path::Path;

use jiff::civil::Date;
use polars::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::compare::frame::from_units;
use crate::compare::{Decisions, compare};
use crate::document::{Fault, Reason, Source};
use crate::normalise::{Monitoring, Plan};
use crate::score::sample::{dated, indicator, measure, objective, plan, set_actual, set_target, set_target_revised};
use crate::score::{Policy, score};

const HALF: Option<Date> = Some(Date::constant(2019, 6, 30));
const END: Option<Date> = Some(Date::constant(2019, 12, 31));

fn sample_plan() -> Plan {
    let mut one = indicator("1");
    one.objective = Some(0);
    one.section = Some("Area Anagrafica".to_owned());
    one.types = vec!["efficacia esterna".to_owned(), "qualità".to_owned()];
    one.weight = Some(measure("20,00%"));
    one.baseline = Some(dated(Some(Date::constant(2018, 12, 31)), "43 studenti accolti", false));
    set_target(&mut one, HALF, "15");
    set_target(&mut one, END, "20");
    set_target_revised(&mut one, END, "= 10-15");
    set_actual(&mut one, HALF, "11");
    one.variance = Some(measure("-4"));
    one.achievement = Some(measure("100%"));
    one.monitoring = Some(Monitoring {
        raw: "in linea con target 50% attività svolta".to_owned(),
        on_track: Some(true),
        progress: Some(Decimal::from(50)),
        source: Source::default(),
    });
    let mut two = indicator("2");
    two.same_as = Some(one.indicator_id.clone());
    two.source = Source::line(512);
    set_target(&mut two, END, "-");
    let mut plan = plan(vec![one, two]);
    let mut objective = objective("1.1.1");
    objective.weight = Some(measure("40%"));
    plan.objectives.push(objective);
    plan
}

fn run() -> Run {
    let plan = sample_plan();
    let mut partial = sample_plan();
    partial.card.source_file = "prova.html".to_owned();
    partial.card.format = crate::document::Format::Html;
    partial.card.faults.push(Fault {
        page: 3,
        reason: Reason::PageDamaged,
        message: "la tabella non si legge".to_owned(),
    });
    let scores = score(&plan, &Policy::default_policy());
    let failed = FailedFile {
        source_file: "rotto.pdf".to_owned(),
        sha256: None,
        format: None,
        reason_code: "damaged".to_owned(),
        message: "Il file è danneggiato.".to_owned(),
    };
    let read = |plan: Plan| FileResult::Read(Box::new(ReadFile::new(plan, scores.clone(), Vec::new())));
    let files = vec![read(plan), FileResult::Failed(failed), read(partial)];
    let mut run = Run { files, ..Run::default() };
    run.comparison = compare(&run.material(), &Decisions::default()).unwrap();
    run.spread_duplicates();
    run
}

fn options() -> ExportOptions {
    let publication = Publication::unpublished();
    ExportOptions { dialect: CsvDialect::Standard, publication, names_left_out: false }
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn all_files_are_written_whole_and_the_same_every_time() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let written = export(&run(), first.path(), &options()).unwrap();
    export(&run(), second.path(), &options()).unwrap();
    // Over what is already there.
    export(&run(), second.path(), &options()).unwrap();
    for name in ["pianometro.xlsx", "datapackage.json", "catalog.ttl"] {
        let bytes = |dir: &tempfile::TempDir| fs::read(dir.path().join(name)).unwrap();
        assert!(bytes(&first) == bytes(&second), "{name}");
    }
    let (first, second) = (first.path().join("data"), second.path().join("data"));
    assert_eq!(written.len(), 24);
    assert_eq!(names(&first).len(), 21, "{:?}", names(&first));
    for name in names(&first) {
        assert_eq!(fs::read(first.join(&name)).unwrap(), fs::read(second.join(&name)).unwrap(), "{name}");
    }
}

#[test]
fn an_empty_run_has_empty_tables_with_the_same_columns() {
    let (full, empty) = (run(), Run::default());
    for (name, build) in tables::TABLES {
        let (full, empty) = (build(&full).unwrap(), build(&empty).unwrap());
        assert_eq!(full.schema(), empty.schema(), "{name}");
        assert_eq!(empty.height(), 0);
    }
}

fn is_of(kind: ColumnKind, other: &DataType) -> bool {
    match kind {
        ColumnKind::Text => *other == DataType::String,
        ColumnKind::Integer => *other == DataType::Int64,
        ColumnKind::Decimal => matches!(other, DataType::Decimal(..)),
        ColumnKind::Float => *other == DataType::Float64,
        ColumnKind::Boolean => *other == DataType::Boolean,
        ColumnKind::Date => *other == DataType::Date,
    }
}

#[test]
fn every_table_and_column_is_described() {
    let built: Vec<&str> = tables::TABLES.iter().map(|(name, _)| *name).collect();
    let described: Vec<&str> = schemas().iter().map(|schema| schema.name.as_str()).collect();
    assert_eq!(built, described);
    for ((name, build), schema) in tables::TABLES.iter().zip(schemas()) {
        let frame = build(&run()).unwrap();
        let built: Vec<&str> = frame.get_column_names().into_iter().map(|name| name.as_str()).collect();
        let described: Vec<&str> = schema.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(built, described, "{name}");
        for (column, own) in frame.columns().iter().zip(&schema.columns) {
            assert!(is_of(own.kind, column.dtype()), "{name}.{}: {}", own.name, column.dtype());
            assert!(!own.title.is_empty() && !own.description.is_empty(), "{name}.{}", own.name);
        }
        assert!(schema.key.iter().all(|key| described.contains(&key.as_str())), "{name}");
    }
}

#[test]
fn the_workbook_comes_back_as_it_went() {
    use calamine::{Data, Reader, Xlsx};

    let dir = tempfile::tempdir().unwrap();
    export(&run(), dir.path(), &options()).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook(dir.path().join("pianometro.xlsx")).unwrap();
    let sheets = book.sheet_names();
    assert_eq!((sheets[0].as_str(), sheets.last().unwrap().as_str()), ("Leggimi", "Colonne"));
    for (schema, frame) in tables::frames(&run()).unwrap() {
        let range = book.worksheet_range(&schema.title).unwrap();
        assert!(book.worksheet_formula(&schema.title).unwrap().is_empty(), "{} has formulas", schema.title);
        let mut rows = range.rows();
        let header: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(header, schema.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>());
        assert_eq!(rows.len(), frame.height(), "{}", schema.name);
        for (number, row) in rows.enumerate() {
            for ((cell, own), column) in row.iter().zip(&schema.columns).zip(frame.columns()) {
                let value = column.get(number).unwrap();
                let place = format!("{}.{} {number}: {cell:?} {value:?}", schema.name, own.name);
                match (cell, &value) {
                    (Data::Empty, AnyValue::Null) => {}
                    (Data::String(cell), AnyValue::String(text)) => assert_eq!(cell, text, "{place}"),
                    (Data::Bool(cell), AnyValue::Boolean(boolean)) => assert_eq!(cell, boolean, "{place}"),
                    (Data::Float(cell), AnyValue::Int64(number)) => {
                        assert_eq!(*cell, i32::try_from(*number).map(f64::from).unwrap(), "{place}")
                    }
                    (Data::Float(cell), AnyValue::Float64(number)) => assert_eq!(cell, number, "{place}"),
                    (Data::Float(cell), AnyValue::Decimal(units, _, scale)) => {
                        assert_eq!(*cell, csv::decimal_text(*units, *scale).parse::<f64>().unwrap(), "{place}");
                    }
                    // Days are counted from the end of 1899.
                    (Data::DateTime(cell), AnyValue::Date(days)) => {
                        assert_eq!(cell.as_f64(), f64::from(*days) + 25_569.0, "{place}");
                    }
                    (_, AnyValue::String("")) => {}
                    _ => panic!("{place}"),
                }
            }
        }
    }
}

#[test]
fn the_data_package_names_every_file_and_column() {
    let dir = tempfile::tempdir().unwrap();
    export(&run(), dir.path(), &options()).unwrap();
    let text = fs::read_to_string(dir.path().join("datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_str(&text).unwrap();
    let resources = package["resources"].as_array().unwrap();
    // Every file but the package and the catalogue.
    let mut paths: Vec<String> = resources.iter().map(|own| own["path"].as_str().unwrap().to_owned()).collect();
    paths.sort();
    let data = names(&dir.path().join("data")).into_iter().map(|name| format!("data/{name}"));
    assert_eq!(paths, data.chain(["pianometro.xlsx".to_owned()]).collect::<Vec<_>>());
    for resource in resources {
        let bytes = fs::read(dir.path().join(resource["path"].as_str().unwrap())).unwrap();
        assert_eq!(resource["bytes"], bytes.len());
        assert_eq!(resource["hash"], format!("sha256:{}", crate::sha256(&bytes)));
        if resource["format"] != "csv" {
            continue;
        }
        let header = String::from_utf8(bytes).unwrap().lines().next().unwrap().to_owned();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let fields: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(header, fields.join(","));
    }
    let personal = |field: &&serde_json::Value| field["personal"] == true;
    let owner = resources[1]["schema"]["fields"].as_array().unwrap().iter().find(personal).unwrap();
    assert_eq!(owner["name"], "owner");
}

#[test]
fn column_names_are_short_lower_case_ascii() {
    for (table, build) in tables::TABLES {
        for name in build(&run()).unwrap().get_column_names() {
            let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            assert!(plain && name.len() <= 25, "{table}.{name}");
        }
    }
}

#[test]
fn csv_and_parquet_come_back_as_they_went() {
    let dir = tempfile::tempdir().unwrap();
    export(&run(), dir.path(), &options()).unwrap();
    for (name, build) in tables::TABLES {
        let frame = build(&run()).unwrap();
        let path = dir.path().join("data").join(name);
        let parquet = ParquetReader::new(fs::File::open(path.with_extension("parquet")).unwrap()).finish().unwrap();
        assert!(parquet.equals_missing(&frame), "{name}");
        assert_eq!(parquet.schema(), frame.schema(), "{name}");
        let csv = CsvReadOptions::default()
            .with_has_header(true)
            .with_schema(Some(frame.schema().clone()))
            .try_into_reader_with_file_path(Some(path.with_extension("csv")))
            .unwrap()
            .finish()
            .unwrap();
        assert!(csv.equals_missing(&frame), "{name}\n{csv}\n{frame}");
    }
}

#[test]
fn documents_say_what_became_of_every_file() {
    let frame = tables::TABLES[0].1(&run()).unwrap();
    let text = |column: &str| -> Vec<Option<String>> {
        frame.column(column).unwrap().str().unwrap().iter().map(|text| text.map(str::to_owned)).collect()
    };
    let some = |texts: [&str; 3]| texts.map(|text| (!text.is_empty()).then(|| text.to_owned())).to_vec();
    assert_eq!(text("status"), some(["ok", "failed", "partial"]));
    assert_eq!(text("reason_code"), some(["", "damaged", "page_damaged"]));
    assert_eq!(text("message"), some(["", "Il file è danneggiato.", "pag. 3: la tabella non si legge"]));
    assert_eq!(text("duplicate_of"), some(["", "", "prova.pdf"]));
}

#[test]
fn values_keep_the_printed_text_and_the_typed_one() {
    let values = tables::TABLES.iter().find(|(name, _)| *name == "values").unwrap();
    let frame = values.1(&run()).unwrap();
    assert_eq!(frame.height(), 12);
    assert_eq!(frame.column("raw").unwrap().get(3).unwrap(), AnyValue::String("= 10-15"));
    let AnyValue::Decimal(units, 38, 9) = frame.column("value_high").unwrap().get(3).unwrap() else {
        panic!("a decimal")
    };
    assert_eq!(from_units(units), Some(Decimal::from(15)));
}

#[test]
fn json_lines_follow_the_contract() {
    let mut out = Vec::new();
    write_indicators(&mut out, &sample_plan()).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        concat!(
            r#"{"indicator_id":"prova-2019-relazione/1/1","document_id":"prova-2019-relazione","source_file":"prova.pdf","#,
            r#""entity":null,"year":2019,"section":"Area Anagrafica","objective_id":"prova-2019-relazione/1.1.1","#,
            r#""objective_code":"1.1.1","objective_level":"operativo","objective_title":"Obiettivo di prova 1.1.1","#,
            r#""objective_weight":{"raw":"40%","value":"40"},"owner":null,"code":"1","name":"Indicatore di prova 1","#,
            r#""types":["efficacia esterna","qualità"],"algorithm":null,"unit":null,"data_source":null,"frequency":null,"#,
            r#""weight":{"raw":"20,00%","value":"20.00"},"polarity":"higher","baseline":{"period":"2018-12-31","#,
            r#""raw":"43 studenti accolti","type":"number","value":"43","unit":"studenti accolti"},"targets":["#,
            r#"{"period":"2019-06-30","raw":"15","revised":false,"type":"number","operator":null,"value":"15"},"#,
            r#"{"period":"2019-12-31","raw":"20","revised":false,"type":"number","operator":null,"value":"20"},"#,
            r#"{"period":"2019-12-31","raw":"= 10-15","revised":true,"type":"range","operator":"=","value":"10","value_high":"15"}],"#,
            r#""actuals":[{"period":"2019-06-30","raw":"11","type":"number","value":"11"}],"variance":{"raw":"-4","value":"-4"},"#,
            r#""achievement":{"raw":"100%","value":"100"},"monitoring":{"raw":"in linea con target 50% attività svolta","#,
            r#""on_track":true,"progress":"50"},"note":null,"strategic_link":null,"#,
            r#""provenance":{"page":7,"bbox":[56.7,301.2,538.6,402.9],"line":null}}"#,
        )
    );
    assert!(lines[1].contains(r#""same_as":"prova-2019-relazione/1/1""#));
    assert!(lines[1].contains(r#""type":"missing","operator":null,"value":null"#));
    assert!(lines[1].ends_with(r#""provenance":{"page":1,"bbox":null,"line":512}}"#));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let occupied = dir.path().join("file");
    fs::write(&occupied, "x").unwrap();
    let error = export(&run(), &occupied, &options()).unwrap_err();
    assert!(error.to_string().contains("non si può creare"), "{error}");
}

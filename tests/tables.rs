//! `tables` and `value`: the parts of the way, one by one.

mod support;

use serde_json::Value;
use support::{fixture, json_lines, pianometro, text};

fn tables(file: &str, format: &[&str]) -> String {
    let output = pianometro().arg("tables").arg(fixture(file)).args(format).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn head(text: &str, lines: usize) -> String {
    text.lines().take(lines).collect::<Vec<_>>().join("\n")
}

/// Boxes to whole points: what a reader of the snapshot looks at.
fn round(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => *value = (number.as_f64().unwrap().round() as i64).into(),
        Value::Array(values) => values.iter_mut().for_each(round),
        Value::Object(fields) => fields.values_mut().for_each(round),
        _ => {}
    }
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!("markdown", head(&tables("brescia-2019-semestrale.html", &["--format", "md"]), 24));
}

#[test]
fn as_csv() {
    let printed = tables("treviso-belluno-2019-relazione.html", &["--format", "csv"]);
    insta::assert_snapshot!("csv", head(&printed, 8));
    // Tables are apart by an empty line, and each is as wide as its header.
    for table in printed.split("\n\n") {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
        assert!(reader.records().all(|row| row.is_ok()), "{table}");
    }
}

#[test]
fn as_json_with_spans_and_boxes() {
    let printed = json_lines(&tables("brescia-2019-semestrale.pdf", &[]));
    let [file] = printed.as_slice() else { panic!("one object for one file") };
    assert_eq!(file["file"], "brescia-2019-semestrale.pdf");
    let tables = file["tables"].as_array().unwrap();
    let mut first = tables[0].clone();
    first["cells"].as_array_mut().unwrap().truncate(3);
    round(&mut first);
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&first).unwrap());

    for table in tables {
        let size = |of: &Value, what: &str| of[what].as_u64().unwrap();
        for cell in table["cells"].as_array().unwrap() {
            assert!(size(cell, "row") + size(cell, "rowspan") <= size(table, "rows"), "{cell}");
            assert!(size(cell, "col") + size(cell, "colspan") <= size(table, "cols"), "{cell}");
        }
    }
}

#[test]
fn a_page_is_drawn_with_what_was_seen_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("pagina.png");
    let draw = |file: &str, more: &[&str]| {
        pianometro().arg("tables").arg(fixture(file)).arg("--debug-image").arg(&picture).args(more).output().unwrap()
    };
    let output = draw("brescia-2019-semestrale.pdf", &["--page", "1"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let told = text(&output.stdout);
    assert!(told.contains("17 righe, 3 colonne, con filetti, affidabilità"), "{told}");
    assert!(std::fs::read(&picture).unwrap().starts_with(b"\x89PNG"));

    let refused = [
        (draw("brescia-2019-semestrale.html", &[]), "disegna solo pagine di PDF"),
        (draw("brescia-2019-semestrale.pdf", &["--page", "900"]), "non ha una pagina 900"),
    ];
    for (output, reason) in refused {
        assert!(!output.status.success() && text(&output.stderr).contains(reason), "{}", text(&output.stderr));
    }
}

#[test]
fn several_files_and_one_that_is_missing() {
    let output = pianometro()
        .arg("tables")
        .args([fixture("brescia-2020-piano.html"), fixture("manca.pdf"), fixture("brescia-2020-piano.pdf")])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let files: Vec<String> =
        json_lines(&text(&output.stdout)).iter().map(|file| file["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, ["brescia-2020-piano.html", "brescia-2020-piano.pdf"]);
    assert!(text(&output.stderr).contains("manca.pdf: non esiste"));
}

#[test]
fn values_one_by_one() {
    let questions = [
        r#"{"context": "target", "raw": "almeno 1.500 posizioni"}"#,
        "",
        r#"{"context": "baseline", "raw": "659.206,67"}"#,
        r#"{"context": "weight", "raw": "20,00%"}"#,
        r#"{"context": "target", "raw": "= 10-15"}"#,
        r#"{"context": "actual", "raw": "//"}"#,
    ];
    let output = pianometro().arg("value").write_stdin(questions.join("\n")).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!("values", text(&output.stdout));

    let output = pianometro().arg("value").write_stdin("almeno 1.500 posizioni\n").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("errore: riga 1: "));
}

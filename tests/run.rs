//! `run`: what it writes and prints, that it is the same every time, and what becomes of files that can't be read.

mod support;

use std::fs;
use std::path::Path;

use support::{FIXTURES, Row, extract, files, fixture, json_lines, names, pianometro, run, table, text};

const WRITTEN: [&str; 21] = [
    "budget.csv",
    "budget.parquet",
    "comparison.csv",
    "comparison.parquet",
    "documents.csv",
    "documents.parquet",
    "findings.csv",
    "findings.parquet",
    "indicators.csv",
    "indicators.jsonl",
    "indicators.parquet",
    "matches.csv",
    "matches.parquet",
    "objectives.csv",
    "objectives.parquet",
    "scores.csv",
    "scores.parquet",
    "values.csv",
    "values.parquet",
    "years.csv",
    "years.parquet",
];

/// What a run printed, with the folder's name replaced by the one the README uses.
fn printed(stdout: &[u8], out: &Path) -> String {
    text(stdout).replace(&out.display().to_string(), "output")
}

#[test]
fn the_first_command_of_the_readme() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&[Path::new(FIXTURES)], out.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    assert_eq!(names(&out.path().join("data")), WRITTEN);
    assert_eq!(
        names(out.path()),
        [".pianometro", "catalog.ttl", "data", "datapackage.json", "pianometro.xlsx", "report"]
    );

    insta::assert_snapshot!("summary", printed(&output.stdout, out.path()));
}

#[test]
fn the_readme_shows_what_is_printed_and_written() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&[Path::new(FIXTURES)], out.path(), &[]);
    let readme = include_str!("../README.md");

    let summary = printed(&output.stdout, out.path());
    assert!(readme.contains(summary.trim()), "README.md shows another summary than this one:\n{summary}");

    let written = json_lines(&fs::read_to_string(out.path().join("data/indicators.jsonl")).unwrap());
    let shown = readme.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let shown: serde_json::Value = serde_json::from_str(shown).unwrap();
    assert!(written.contains(&shown), "README.md shows an indicator that is not in indicators.jsonl");

    let scores = table(out.path(), "scores");
    let entities = scores.iter().filter(|row| row["subject"] == "entity" && !row["published"].is_empty());
    for row in entities {
        let explanation = &row["explanation"];
        assert!(readme.contains(explanation.as_str()), "README.md doesn't show this explanation:\n{explanation}");
    }

    for (name, _) in WRITTEN.iter().filter_map(|file| file.rsplit_once('.')) {
        assert!(readme.contains(&format!("| `{name}")), "README.md's table lacks {name}");
    }
}

#[test]
fn every_table_has_rows_and_every_row_its_document() {
    let out = tempfile::tempdir().unwrap();
    run(&[Path::new(FIXTURES)], out.path(), &[]);
    let documents = table(out.path(), "documents");
    assert!(documents.iter().all(|row| row["status"] == "ok" && row["entity"].starts_with("Camera di commercio")));
    for name in ["objectives", "indicators", "values", "scores", "comparison"] {
        let rows = table(out.path(), name);
        assert!(!rows.is_empty(), "{name} is empty");
        let known = |row: &Row| {
            documents.iter().any(|d| d["source_file"] == row["source_file"] && d["document_id"] == row["document_id"])
        };
        assert!(rows.iter().all(known), "{name} has rows of no document");
    }
    // Within a file, an indicator has one id, and its values name it.
    let id = |row: &Row| (row["source_file"].clone(), row["indicator_id"].clone());
    let mut ids: Vec<_> = table(out.path(), "indicators").iter().map(id).collect();
    assert!(table(out.path(), "values").iter().all(|row| ids.contains(&id(row))));
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
}

#[test]
fn extract_prints_what_run_writes() {
    let out = tempfile::tempdir().unwrap();
    run(&[Path::new(FIXTURES)], out.path(), &[]);
    let written = json_lines(&fs::read_to_string(out.path().join("data/indicators.jsonl")).unwrap());
    for file in ["brescia-2019-semestrale.txt", "treviso-belluno-2019-relazione.pdf"] {
        let of_file: Vec<_> = written.iter().filter(|line| line["source_file"] == file).cloned().collect();
        assert!(!of_file.is_empty());
        assert_eq!(extract(&fixture(file)), of_file, "{file}");
    }
}

#[test]
fn the_same_bytes_every_time_and_with_any_number_of_threads() {
    let first = tempfile::tempdir().unwrap();
    let printed_first = run(&[Path::new(FIXTURES)], first.path(), &[]).stdout;
    let expected = files(&first.path().join("data"));
    for options in [&[][..], &["--jobs", "1"], &["--jobs", "2"], &["--jobs", "7"]] {
        let again = tempfile::tempdir().unwrap();
        let output = run(&[Path::new(FIXTURES)], again.path(), options);
        assert_eq!(printed(&output.stdout, again.path()), printed(&printed_first, first.path()), "{options:?}");
        for ((name, bytes), (_, other)) in expected.iter().zip(files(&again.path().join("data"))) {
            assert!(*bytes == other, "{name} differs with {options:?}");
        }
    }
    // The files' order on the command line doesn't matter either.
    let again = tempfile::tempdir().unwrap();
    let (a, b) = (fixture("brescia-2020-piano.html"), fixture("brescia-2019-semestrale.pdf"));
    let ordered = tempfile::tempdir().unwrap();
    run(&[&a, &b], again.path(), &[]);
    run(&[&b, &a, &b], ordered.path(), &[]);
    assert!(files(&again.path().join("data")) == files(&ordered.path().join("data")));
}

/// A folder with a good document, one inside a folder, and three that can't be read.
fn broken_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let pdf = fs::read(fixture("treviso-belluno-2019-relazione.pdf")).unwrap();
    write("buono.pdf", &fs::read(fixture("brescia-2020-piano.pdf")).unwrap());
    write("vuoto.pdf", b"");
    // The head of a PDF whose table of contents, at the end, is lost.
    write("troncato.pdf", &pdf[..1000]);
    // Bytes with no order in them, the same at every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    })
    .take(20_000)
    .collect();
    write("casuale.pdf", &noise);
    fs::create_dir(folder.path().join("altri")).unwrap();
    fs::copy(fixture("brindisi-2021-monitoraggio.html"), folder.path().join("altri/nome-qualsiasi.pdf")).unwrap();
    folder
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_others_are_read() {
    let (folder, out) = (broken_folder(), tempfile::tempdir().unwrap());
    let output = run(&[folder.path()], out.path(), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    insta::assert_snapshot!("summary_with_failures", printed(&output.stdout, out.path()));

    let documents = table(out.path(), "documents");
    let told: Vec<(&str, &str, &str)> =
        documents.iter().map(|row| (&*row["source_file"], &*row["status"], &*row["reason_code"])).collect();
    assert_eq!(
        told,
        [
            ("altri/nome-qualsiasi.pdf", "ok", ""),
            ("buono.pdf", "ok", ""),
            ("casuale.pdf", "failed", "unknown_format"),
            ("troncato.pdf", "failed", "damaged"),
            ("vuoto.pdf", "failed", "empty"),
        ]
    );
    assert_eq!(documents[0]["format"], "html");
    let failed = documents.iter().filter(|row| row["status"] == "failed");
    assert!(failed.into_iter().all(|row| !row["message"].is_empty() && row["indicators"].is_empty()));
}

#[test]
fn a_pdf_cut_anywhere_is_read_in_part_or_refused() {
    let pdf = fs::read(fixture("brescia-2019-semestrale.pdf")).unwrap();
    for tenth in 1..10 {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("troncato.pdf"), &pdf[..pdf.len() * tenth / 10]).unwrap();
        let output = run(&[folder.path()], &folder.path().join("output"), &[]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{tenth}/10: {:?}", output.status);
    }
}

#[test]
fn csv_for_italian_spreadsheets() {
    let out = tempfile::tempdir().unwrap();
    let file = fixture("treviso-belluno-2019-relazione.html");
    assert_eq!(run(&[&file], out.path(), &["--csv-dialect", "it"]).status.code(), Some(0));
    let values = fs::read_to_string(out.path().join("data/values.csv")).unwrap();
    assert!(values.starts_with("\u{feff}document_id;source_file;entity;"));
    assert!(
        values.contains(r#";"'= 100%";"percent";"#),
        "a text that begins like a formula has an apostrophe in front"
    );
    assert!(!values.contains(";\"="));
    let scores = fs::read_to_string(out.path().join("data/scores.csv")).unwrap();
    assert!(scores.contains(";98,606734667;"));
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_do() {
    let file = fixture("README.md").display().to_string();
    let wrong: [(&[&str], &str); 12] = [
        (&["run"], "manca un argomento: <PERCORSO>"),
        (&["run", "non-esiste"], "non-esiste: non esiste"),
        (&["run", "src"], "nessun documento da leggere"),
        (&["runn", "fixtures"], "si può dare: run"),
        (&["run", "fixtures", "--jbs", "2"], "si può dare: --jobs"),
        (&["run", "fixtures", "--jobs", "0"], "--jobs <N> non può essere «0»"),
        (&["run", "fixtures", "--csv-dialect", "fr"], "si può dare: standard, it"),
        (&["run", "fixtures", "--out"], "manca il valore di --out <CARTELLA>"),
        (&["run", "fixtures", "--policy", "Cargo.toml"], "data/policies/default.toml"),
        (&["run", "fixtures", "--out", &file], "--out"),
        (&["tables", "a.pdf", "--format", "xls"], "si può dare: json, csv, md"),
        (&["extract"], "manca un argomento: <FILE>"),
    ];
    for (arguments, message) in wrong {
        let output = pianometro().args(arguments).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.starts_with("errore: ") && said.contains("\naiuto: "), "{arguments:?}: {said}");
        assert!(said.contains(message), "{arguments:?}: {said}");
        assert_eq!(text(&output.stdout), "");
    }
}

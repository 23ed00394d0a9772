//! Themes and matches against what a person says of them, a person's decisions, the names of persons, and the files for
//! catalogues and spreadsheets.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use support::{FIXTURES, Row, fixture, names, run, table, text};

/// A file of labels: rows of a CSV in `tests/data`.
fn labels(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let mut reader = csv::Reader::from_path(&path).expect("a file of labels");
    reader.deserialize().map(|row| row.expect("a row as wide as the header")).collect()
}

/// The clean renditions of the corpus, where there is one.
fn corpus() -> Option<Vec<PathBuf>> {
    let root = std::env::var_os("PIANOMETRO_CORPUS").map(PathBuf::from);
    let folder = root.map(|root| root.join("fixtures")).filter(|folder| folder.is_dir());
    let Some(folder) = folder else {
        // Nowhere to say it is no fault of the tested program.
        let _ = writeln!(std::io::stderr().lock(), "\n*** CORPUS TEST SKIPPED: set PIANOMETRO_CORPUS. ***\n");
        return None;
    };
    Some(names(&folder).iter().filter(|name| name.ends_with(".pulito.html")).map(|name| folder.join(name)).collect())
}

/// How many labelled indicators of a run have the theme that a person gave them, of how many.
fn right_themes(out: &Path) -> (usize, usize, Vec<String>) {
    let found: BTreeMap<String, String> = table(out, "indicators")
        .into_iter()
        .map(|mut row| (row["indicator_id"].clone(), row.remove("theme").unwrap()))
        .collect();
    let labels = labels("themes.csv");
    let there: Vec<&Row> = labels.iter().filter(|label| found.contains_key(&label["indicator_id"])).collect();
    let wrong: Vec<String> = there
        .iter()
        .filter(|label| found[&label["indicator_id"]] != label["theme"])
        .map(|label| {
            format!("{}: {} instead of {}", label["indicator_id"], found[&label["indicator_id"]], label["theme"])
        })
        .collect();
    (there.len() - wrong.len(), there.len(), wrong)
}

#[test]
fn themes_are_what_a_person_says() {
    let out = tempfile::tempdir().unwrap();
    run(&[Path::new(FIXTURES)], out.path(), &[]);
    let (right, all, wrong) = right_themes(out.path());
    assert!(all >= 30, "only {all} labelled indicators are in the fixtures");
    assert!(right * 100 >= all * 95, "{right} of {all}: {wrong:#?}");
    let unreasoned =
        table(out.path(), "indicators").into_iter().filter(|r| r["theme"].is_empty() != r["theme_reason"].is_empty());
    assert_eq!(unreasoned.count(), 0);
}

#[test]
fn themes_of_the_corpus_are_what_a_person_says() {
    let Some(files) = corpus() else { return };
    let out = tempfile::tempdir().unwrap();
    run(&files.iter().map(PathBuf::as_path).collect::<Vec<_>>(), out.path(), &[]);
    let (right, all, wrong) = right_themes(out.path());
    assert!(all >= 140, "only {all} labelled indicators are in the corpus");
    assert!(right * 100 >= all * 95, "{right} of {all}: {wrong:#?}");
}

#[test]
fn themes_of_layouts_are_what_a_person_says() {
    let out = tempfile::tempdir().unwrap();
    run(&[&layouts()], out.path(), &[]);
    let key = |row: &Row| (row["source_file"].clone(), row["indicator_id"].clone());
    let found: BTreeMap<(String, String), String> =
        table(out.path(), "indicators").iter().map(|row| (key(row), row["theme"].clone())).collect();
    let labels = labels("themes-layouts.csv");
    // Where more than one theme fits, the label names them all.
    let fits = |label: &&Row| found.get(&key(label)).is_some_and(|own| label["theme"].split('|').any(|one| one == own));
    let right = labels.iter().filter(fits).count();
    let there = labels.iter().filter(|label| found.contains_key(&key(label))).count();
    assert!(there >= 90, "only {there} labelled indicators are read");
    assert!(right * 100 >= there * 95, "{right} of {there}");
}

/// The plans of many chambers in as many layouts.
fn layouts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/layouts")
}

/// The pairs of a run with a verdict.
fn pairs(out: &Path, verdict: &str) -> BTreeSet<(String, String)> {
    let of = table(out, "matches").into_iter().filter(|row| row["verdict"] == verdict);
    of.map(|row| (row["left_indicator"].clone(), row["right_indicator"].clone())).collect()
}

/// Checks all pairs that a run calls sure, and those it calls related, against what a person says of each: "sì" the same,
/// measured in the same way; "affine" the same, measured in another; "no".
fn pairs_are_right(out: &Path, file: &str, least: usize) {
    let labels: BTreeMap<(String, String), String> = labels(file)
        .into_iter()
        .map(|row| ((row["left"].clone(), row["right"].clone()), row["same"].clone()))
        .collect();
    for (verdict, fits) in [("sure", &["sì"][..]), ("related", &["sì", "affine"][..])] {
        let pairs = pairs(out, verdict);
        let unknown: Vec<_> = pairs.iter().filter(|pair| !labels.contains_key(*pair)).collect();
        assert!(unknown.is_empty(), "nobody has looked at these {verdict} pairs yet: {unknown:#?}");
        let right = pairs.iter().filter(|pair| fits.contains(&labels[*pair].as_str())).count();
        assert!(right * 100 >= pairs.len() * 95, "{right} of {} {verdict}", pairs.len());
        assert!(pairs.len() >= least, "only {} pairs are {verdict}", pairs.len());
    }
}

#[test]
fn matches_of_the_corpus_are_right() {
    let Some(files) = corpus() else { return };
    let out = tempfile::tempdir().unwrap();
    run(&files.iter().map(PathBuf::as_path).collect::<Vec<_>>(), out.path(), &[]);
    pairs_are_right(out.path(), "matches.csv", 6);
}

#[test]
fn matches_of_layouts_are_right() {
    let out = tempfile::tempdir().unwrap();
    run(&[&layouts()], out.path(), &[]);
    pairs_are_right(out.path(), "matches-layouts.csv", 10);
}

#[test]
fn values_that_cant_stand_side_by_side_have_a_reason() {
    let out = tempfile::tempdir().unwrap();
    run(&[&layouts(), Path::new(FIXTURES)], out.path(), &[]);
    for row in table(out.path(), "matches") {
        assert_ne!(row["unit"].is_empty(), row["not_comparable"].is_empty(), "{row:?}");
        assert!(row["verdict"] != "related" || !row["not_comparable"].is_empty(), "{row:?}");
    }
}

#[test]
fn a_person_decides_on_pairs() {
    let (before, after) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(&[Path::new(FIXTURES)], before.path(), &[]);
    let sure = pairs(before.path(), "sure");
    let (left, right) = sure.first().expect("a sure pair in the fixtures");
    let decisions = before.path().join("decisioni.csv");
    fs::write(&decisions, format!("left,right,same,who,why\n{right},{left},no,Anna Rossi,altra cosa\nx,y,sì,,\n"))
        .unwrap();
    let output = run(&[Path::new(FIXTURES)], after.path(), &["--matches", decisions.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let rows = table(after.path(), "matches");
    let row = rows.iter().find(|row| row["left_indicator"] == *left && row["right_indicator"] == *right).unwrap();
    assert_eq!((row["verdict"].as_str(), row["decided_by"].as_str()), ("rejected", "Anna Rossi"));
    assert!(table(after.path(), "findings").iter().any(|row| row["code"] == "COR002"));

    fs::write(&decisions, "left,right\na,b\n").unwrap();
    let output = run(&[Path::new(FIXTURES)], after.path(), &["--matches", decisions.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("manca la colonna «same»"), "{}", text(&output.stderr));
}

#[test]
fn two_years_of_one_chamber_are_joined() {
    let out = tempfile::tempdir().unwrap();
    run(&[&fixture("brescia-2019-semestrale.html"), &fixture("brescia-2020-piano.html")], out.path(), &[]);
    let rows = table(out.path(), "years");
    let of = |status: &str| rows.iter().filter(|row| row["status"] == status).count();
    assert!(of("continued") > 0 && of("dropped") > 0 && of("new") > 0, "{rows:#?}");
    let indicators = table(out.path(), "indicators");
    let once = |year: &str| indicators.iter().filter(|row| row["year"] == year && row["same_as"].is_empty()).count();
    assert_eq!((of("continued") + of("dropped"), of("continued") + of("new")), (once("2019"), once("2020")));
}

/// Every file of a folder and the folders in it, as bytes.
fn all_bytes(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(all_bytes(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            out.push((path, bytes));
        }
    }
    out
}

/// Every text in a run's workbook.
fn workbook_texts(out: &Path) -> String {
    use calamine::{Data, Reader, Xlsx};

    let mut book: Xlsx<_> = calamine::open_workbook(out.join("pianometro.xlsx")).expect("a workbook");
    let mut texts = String::new();
    for (_, range) in book.worksheets() {
        for cell in range.rows().flatten() {
            if let Data::String(text) = cell {
                texts.push_str(text);
                texts.push('\n');
            }
        }
    }
    texts
}

#[test]
fn no_name_is_written_where_none_is_wanted() {
    let (input, with, without) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = input.path().join("piano.html");
    let text_of = fs::read_to_string(fixture("brescia-2019-semestrale.html")).unwrap();
    let owner = "Conservatore del Registro delle Imprese";
    assert!(text_of.contains(owner));
    fs::write(&file, text_of.replace(owner, &format!("{owner} dr Evaristo d'Ambrogi"))).unwrap();
    let corrections = input.path().join("correzioni.csv");
    let indicator = "brescia-2019-monitoraggio/1.1.2/5";
    fs::write(
        &corrections,
        format!("document,indicator,field,value,who,why\npiano.html,{indicator},note,visto,Zenobia Rossi,dr. Evaristo D'Ambrogi dice\n"),
    )
    .unwrap();
    let corrections = ["--corrections", corrections.to_str().unwrap()];
    run(&[&file], with.path(), &corrections);
    let output = run(&[&file], without.path(), &[&corrections[..], &["--no-names"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let written = |out: &Path| {
        let files = all_bytes(out).into_iter().filter(|(path, _)| path.extension().is_some_and(|e| e != "xlsx"));
        let texts: Vec<String> = files.map(|(_, bytes)| String::from_utf8_lossy(&bytes).to_lowercase()).collect();
        texts.join("\n") + &workbook_texts(out).to_lowercase()
    };
    let (with_names, without_names) = (written(with.path()), written(without.path()));
    for name in ["ambrogi", "zenobia"] {
        assert!(with_names.contains(name), "{name} should be in the data to begin with");
        assert!(!without_names.contains(name), "{name} is left");
    }
    let owners = ["objectives", "indicators"].into_iter().flat_map(|name| table(without.path(), name));
    assert_eq!(owners.filter(|row| !row["owner"].is_empty()).count(), 0);
}

#[test]
fn a_publication_is_told_in_catalogue_and_package() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("pubblicazione.toml");
    fs::write(&file, "publisher = \"Camera \\\"di prova\\\"\"\nidentifier = \"cciaa_xx\"\nurl = \"https://example.org/d\"\ndate = \"2026-05-31\"\n")
        .unwrap();
    let input = fixture("brescia-2020-piano.html");
    let output = run(&[&input], out.path(), &["--publication", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let catalog = fs::read_to_string(out.path().join("catalog.ttl")).unwrap();
    for part in [
        "@base <https://example.org/d/> .",
        "foaf:name \"Camera \\\"di prova\\\"\"@it",
        "dct:identifier \"cciaa_xx\"",
        "dct:modified \"2026-05-31\"^^xsd:date",
    ] {
        assert!(catalog.contains(part), "{part} is not in\n{catalog}");
    }
    let package = fs::read_to_string(out.path().join("datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_str(&package).unwrap();
    assert_eq!(package["homepage"], "https://example.org/d/");
    assert_eq!(package["licenses"][0]["name"], "CC-BY-4.0");

    fs::write(&file, "publisher = 3").unwrap();
    let output = run(&[&input], out.path(), &["--publication", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
}

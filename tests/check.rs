//! `pianometro check` and `pianometro rule` on the fixtures: what is found, in which form, with which exit code.

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use support::{fixture, json_lines, pianometro, run, table, text};

fn check(file: &Path, options: &[&str]) -> std::process::Output {
    pianometro().arg("check").arg(file).args(options).output().unwrap()
}

/// The findings on a fixture, as JSON.
fn findings(name: &str) -> Vec<Value> {
    json_lines(&text(&check(&fixture(name), &["--format", "json"]).stdout))
}

fn str_of<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

/// How often each rule speaks; reading apart.
fn codes(name: &str) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for finding in findings(name).iter().filter(|f| !str_of(f, "code").starts_with("NON")) {
        *out.entry(str_of(finding, "code").to_owned()).or_insert(0) += 1;
    }
    out
}

#[test]
fn what_is_found_in_each_document() {
    for name in [
        "brescia-2019-semestrale",
        "brindisi-2021-monitoraggio",
        "brescia-2020-piano",
        "treviso-belluno-2019-relazione",
    ] {
        insta::assert_debug_snapshot!(name, codes(&format!("{name}.html")));
    }
}

#[test]
fn a_pdf_gives_the_findings_of_the_web_page() {
    for name in ["brescia-2019-semestrale", "brescia-2020-piano"] {
        let of = |ending: &str| -> Vec<(String, String)> {
            let told = |f: &Value| (str_of(f, "code").to_owned(), str_of(f, "subject_id").to_owned());
            let mut all: Vec<_> = findings(&format!("{name}.{ending}")).iter().map(told).collect();
            all.retain(|(code, _)| !code.starts_with("NON"));
            all.sort();
            all
        };
        assert_eq!(of("pdf"), of("html"), "{name}");
    }
}

#[test]
fn every_finding_can_be_understood_alone() {
    for name in ["brescia-2019-semestrale.pdf", "treviso-belluno-2019-relazione.html"] {
        let all = findings(name);
        assert!(!all.is_empty());
        for finding in all {
            assert!(!str_of(&finding, "message").is_empty() && !str_of(&finding, "rule").is_empty(), "{finding}");
            assert!(!str_of(&finding, "hint").is_empty(), "{finding}");
        }
    }
}

#[test]
fn selections_and_exit_codes() {
    let file = fixture("brescia-2020-piano.html");
    let output = check(&file, &["--select", "COE101"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    insta::assert_snapshot!("sum_of_weights", text(&output.stdout));
    insta::assert_snapshot!("sum_of_weights_en", text(&check(&file, &["--select", "COE101", "--lang", "en"]).stdout));
    let nothing = check(&file, &["--select", "COE101", "--ignore", "COE101"]);
    assert_eq!(nothing.status.code(), Some(0));
    assert_eq!(text(&nothing.stdout), "Nessun rilievo.\n");
    let unknown = check(&file, &["--select", "XYZ"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("nessuna regola comincia con «XYZ»"));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("vuoto.pdf"), b"").unwrap();
    let broken = check(folder.path(), &[]);
    assert_eq!(broken.status.code(), Some(2));
    assert!(text(&broken.stderr).contains("vuoto.pdf"));
}

#[test]
fn sarif_names_rules_and_places() {
    let file = fixture("brescia-2019-semestrale.pdf");
    let sarif: Value = serde_json::from_slice(&check(&file, &["--format", "sarif"]).stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), findings("brescia-2019-semestrale.pdf").len());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&str_of(result, "level")));
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(place, "brescia-2019-semestrale.pdf");
        assert!(!str_of(&result["message"], "text").is_empty());
    }
    assert!(results.iter().any(|r| r["properties"]["page"].as_u64().is_some_and(|page| page > 1)));
}

#[test]
fn a_run_writes_the_same_findings() {
    let out = tempfile::tempdir().unwrap();
    let file = fixture("brescia-2019-semestrale.pdf");
    run(&[&file], out.path(), &[]);
    let written: Vec<(String, String)> =
        table(out.path(), "findings").iter().map(|f| (f["code"].clone(), f["message"].clone())).collect();
    let checked: Vec<(String, String)> = findings("brescia-2019-semestrale.pdf")
        .iter()
        .map(|f| (str_of(f, "code").to_owned(), str_of(f, "message").to_owned()))
        .collect();
    assert_eq!(written, checked);
}

#[test]
fn the_manual_of_a_rule() {
    let rule = |arguments: &[&str]| pianometro().arg("rule").args(arguments).output().unwrap();
    insta::assert_snapshot!("rule_coe101", text(&rule(&["coe101"]).stdout));
    let list = text(&rule(&[]).stdout);
    assert!(list.lines().count() > 60 && list.lines().all(|line| line.len() > 10));
    let unknown = rule(&["COE999"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("COE999"));
}

//! The acceptance case: a published table that gives its published result in one way of adding up, and not in the other.

mod support;

use rust_decimal::{Decimal, RoundingStrategy};
use support::{Row, fixture, run, table};

fn scores(file: &str) -> Vec<Row> {
    let out = tempfile::tempdir().unwrap();
    let output = run(&[&fixture(file)], out.path(), &[]);
    assert_eq!(output.status.code(), Some(0));
    table(out.path(), "scores")
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no decimal"))
}

/// With that many decimals, as a report prints it.
fn rounded(text: &str, places: u32) -> String {
    let mut number = decimal(text).round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    number.rescale(places);
    number.to_string()
}

/// The one row of a subject with a basis that fits.
fn one<'a>(scores: &'a [Row], subject: &str, basis: &str, fits: impl Fn(&Row) -> bool) -> &'a Row {
    let mut rows = scores.iter().filter(|row| row["subject"] == subject && row["basis"] == basis && fits(row));
    let row = rows.next().unwrap_or_else(|| panic!("no {basis} {subject}"));
    assert!(rows.next().is_none(), "{basis} {subject} stands twice");
    row
}

fn check(file: &str) {
    let scores = scores(file);

    let entity = one(&scores, "entity", "recomputed", |_| true);
    assert_eq!(rounded(&entity["value"], 4), "98.6067");
    assert_eq!(rounded(&entity["value"], 2), "98.61");
    assert_eq!(entity["published_raw"], "98,61%");
    assert_eq!(decimal(&entity["published"]), decimal("98.61"));
    assert_eq!(decimal(&entity["difference"]), Decimal::ZERO);
    assert_eq!(decimal(&entity["coverage"]), Decimal::ONE_HUNDRED);
    assert_eq!(entity["period"], "2019-12-31");
    assert_eq!(entity["policy"], "default");
    assert!(entity["explanation"].contains("= 98,6067 punti su 99,96 disponibili"), "{}", entity["explanation"]);

    let printed = one(&scores, "entity", "printed_points", |_| true);
    assert_eq!(rounded(&printed["value"], 2), "98.60");
    assert_eq!(decimal(&printed["difference"]), decimal("-0.01"));
    assert!(printed["explanation"].contains("3,14 +"), "{}", printed["explanation"]);

    let group = one(&scores, "group", "recomputed", |row| row["label"] == "Indicatori 26, 27, 28");
    assert_eq!(decimal(&group["value"]), decimal("97.9"));
    assert_eq!(group["published_raw"], "97,90%");
    assert_eq!(decimal(&group["points"]), decimal("7.832"));
    assert!(
        group["explanation"].starts_with("(100 × 40 + 100 × 30 + 93 × 30) / 100 = 97,90"),
        "{}",
        group["explanation"]
    );

    let indicator = one(&scores, "indicator", "recomputed", |row| row["subject_id"].ends_with("/3.1/14"));
    assert_eq!(rounded(&indicator["value"], 2), "72.63");
    assert_eq!(decimal(&indicator["difference"]), Decimal::ZERO);
    assert!(indicator["explanation"].starts_with("54,47 / 75 × 100 = 72,63"), "{}", indicator["explanation"]);

    // Every score says how it came about, and every missing one why.
    for row in &scores {
        assert!(!row["explanation"].is_empty());
        assert_eq!(row["value"].is_empty(), !row["gap"].is_empty(), "{}", row["subject_id"]);
    }
}

#[test]
fn from_the_page() {
    check("treviso-belluno-2019-relazione.html");
}

#[test]
fn from_the_pdf() {
    check("treviso-belluno-2019-relazione.pdf");
}

#[test]
fn a_policy_of_ones_own_is_named_in_the_scores() {
    let folder = tempfile::tempdir().unwrap();
    let policy = include_str!("../data/policies/default.toml").replace("at = \"never\"", "at = \"every_level\"");
    let path = folder.path().join("arrotondato.toml");
    std::fs::write(&path, policy).unwrap();
    let file = fixture("treviso-belluno-2019-relazione.html");
    let output = run(&[&file], folder.path(), &["--policy", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", support::text(&output.stderr));
    let scores = table(folder.path(), "scores");
    assert!(scores.iter().all(|row| row["policy"] == "arrotondato"));
    // With every step rounded to two decimals, as the document's own points are, the published figure is missed.
    assert_eq!(rounded(&one(&scores, "entity", "recomputed", |_| true)["value"], 2), "98.60");
}

#[test]
fn every_published_figure_has_a_cause_beside_it() {
    let scores = scores("treviso-belluno-2019-relazione.html");
    let published: Vec<&Row> = scores.iter().filter(|row| !row["published"].is_empty()).collect();
    assert!(published.len() > 60);
    for row in &published {
        assert!(!row["cause"].is_empty() && !row["cause_text"].is_empty(), "{}", row["subject_id"]);
        let agrees = !row["value"].is_empty() && decimal(&row["difference"]).is_zero();
        assert_eq!(row["cause"] == "agrees", agrees, "{}: {}", row["subject_id"], row["cause_text"]);
    }
    let printed = one(&scores, "entity", "printed_points", |_| true);
    assert_eq!(printed["cause"], "rounding");
    assert!(printed["cause_text"].contains("3,14 stampato per 3,144735"), "{}", printed["cause_text"]);
}

#[test]
fn printed_variances_stand_beside_actual_less_target() {
    let scores = scores("brescia-2019-semestrale.html");
    let variance = |id: &str| one(&scores, "indicator", "variance", |row| row["subject_id"].ends_with(id));
    let agreeing = variance("/1.1.1/1");
    assert_eq!((decimal(&agreeing["value"]), agreeing["cause"].as_str()), (Decimal::ONE, "agrees"));
    let year_end = variance("/1.1.1/3");
    assert_eq!((year_end["value"].as_str(), year_end["cause"].as_str()), ("", "other_target"));
    assert!(year_end["cause_text"].contains("al 31/12/2019: 38 − 20 = 18"), "{}", year_end["cause_text"]);
}

#[test]
fn stated_progress_is_no_achievement() {
    let scores = scores("brindisi-2021-monitoraggio.html");
    let entity = one(&scores, "entity", "recomputed", |_| true);
    assert_eq!(entity["value"], "");
    let progress = one(&scores, "entity", "stated_progress", |_| true);
    assert!(decimal(&progress["value"]) >= decimal("50"), "{}", progress["explanation"]);
}

#[test]
fn a_shipped_policy_goes_by_its_name() {
    let out = tempfile::tempdir().unwrap();
    let file = fixture("treviso-belluno-2019-relazione.html");
    let output = run(&[&file], out.path(), &["--policy", "arrotondato"]);
    assert_eq!(output.status.code(), Some(0), "{}", support::text(&output.stderr));
    let scores = table(out.path(), "scores");
    assert!(scores.iter().all(|row| row["policy"] == "arrotondato"));
    let entity = one(&scores, "entity", "recomputed", |_| true);
    assert_eq!((rounded(&entity["value"], 2).as_str(), entity["cause"].as_str()), ("98.60", "rounding"));
    let output = run(&[&file], out.path(), &["--policy", "inventato"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(support::text(&output.stderr).contains("senza-tetto"));
}

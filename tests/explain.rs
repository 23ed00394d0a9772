//! How a score is explained, and what an id may be.

mod support;

use support::{fixture, pianometro, text};

const REPORT: &str = "treviso-belluno-2019-relazione.pdf";

fn explain(arguments: &[&str]) -> (Option<i32>, String, String) {
    let (id, rest) = arguments.split_first().expect("an id");
    let output = pianometro().arg("explain").arg(id).arg(fixture(REPORT)).args(rest).output().unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn an_indicator_by_the_end_of_its_id() {
    let (code, told, errors) = explain(&["3.1/14"]);
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    insta::assert_snapshot!(told);
}

#[test]
fn the_entity_down_to_the_indicators() {
    let (code, told, _) = explain(&["ente"]);
    assert_eq!(code, Some(0));
    for part in [
        "Ricalcolo al 31/12/2019: 98,61 punti",
        "Somma dei punti come stampati al 31/12/2019: 98,60 punti",
        "97,90 (peso 8)  gruppo #group/17: Indicatori 26, 27, 28",
        "93 / 100 × 100 = 93",
    ] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
}

#[test]
fn as_json_with_decimals_as_strings() {
    let (code, told, _) = explain(&["ente", "--format", "json", "--depth", "1"]);
    assert_eq!(code, Some(0));
    let json: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(json["parts"].as_array().unwrap().len(), 18);
    assert_eq!(json["results"][1]["value"], "98.602");
    assert_eq!(json["results"][0]["period"], "2019-12-31");
    assert!(json["parts"][0]["part"]["parts"].as_array().unwrap().is_empty());
}

#[test]
fn an_unknown_id_names_the_nearest_and_a_doubtful_one_all() {
    let (code, _, errors) = explain(&["3.9/14"]);
    assert_eq!(code, Some(2));
    assert!(
        errors.contains("«3.9/14» non c'è") && errors.contains("treviso-belluno-2019-relazione/3.1/14"),
        "{errors}"
    );
    let (code, _, errors) = explain(&["14"]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("può essere più cose") && errors.contains("#group/14"), "{errors}");
}

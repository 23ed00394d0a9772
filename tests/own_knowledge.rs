//! What a user gives besides the documents: words of their own (`--lexicon`) and corrections (`--corrections`), and the
//! findings that say what was not understood.

mod support;

use std::fs;
use std::path::Path;

use support::{fixture, json_lines, pianometro, run, table, text};

const INDICATOR: &str = "treviso-belluno-2019-relazione/3.1/14";

/// A folder with files of these names and contents.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn option(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

/// A plan in the words of no chamber.
const STRANGE: &str = "<html><body><h2>Obiettivo operativo 1.1: Eventi per le imprese</h2><table>\
    <tr><th>Zibaldone</th><th>Asticciola 2019</th><th>Quadrante</th></tr>\
    <tr><td>Eventi organizzati</td><td>&gt;= 10</td><td>target: 12</td></tr>\
    <tr><td>Imprese che hanno partecipato</td><td>200</td><td>target: 250</td></tr></table></body></html>";

#[test]
fn what_is_not_understood_is_found_and_own_words_mend_it() {
    let lexicon = "[fields]\nindicator = [\"zibaldone\"]\ntarget = [\"asticciola\"]\nknown = [\"quadrante\"]\n";
    let files = folder(&[("piano.html", STRANGE), ("lessico.toml", lexicon)]);
    let out = tempfile::tempdir().unwrap();
    let piano = files.path().join("piano.html");
    run(&[&piano], out.path(), &[]);
    let findings = table(out.path(), "findings");
    let texts: Vec<&str> = findings.iter().filter(|f| f["code"] == "NON001").map(|f| &*f["text"]).collect();
    assert_eq!(texts, ["Eventi organizzati | >= 10 | target: 12", "Imprese che hanno partecipato | 200 | target: 250"]);
    assert!(table(out.path(), "indicators").is_empty());

    run(&[&piano], out.path(), &["--lexicon", &option(files.path(), "lessico.toml")]);
    assert!(table(out.path(), "findings").iter().all(|f| !f["code"].starts_with("NON")));
    let values = table(out.path(), "values");
    assert_eq!(values.iter().map(|v| &*v["raw"]).collect::<Vec<_>>(), [">= 10", "200"]);
}

#[test]
fn corrections_are_applied_and_shown() {
    let file = "treviso-belluno-2019-relazione.pdf";
    let rows = format!(
        "document,indicator,field,value,who,why\n\
         {file},{INDICATOR},actual 2019-12-31,\"64,47%\",Anna Rossi,verificato con la delibera\n\
         {file},{INDICATOR},weight,100,Anna Rossi,controllo\n\
         {file},{INDICATOR}/x,weight,90,Anna Rossi,controllo\n\
         altro.pdf,{INDICATOR},weight,90,Anna Rossi,controllo\n"
    );
    let files = folder(&[("correzioni.csv", &rows)]);
    let corrections = option(files.path(), "correzioni.csv");
    let out = tempfile::tempdir().unwrap();
    let output = run(&[&fixture(file)], out.path(), &["--corrections", &corrections]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));

    let values = table(out.path(), "values");
    let value = values.iter().find(|v| v["indicator_id"] == INDICATOR && v["role"] == "actual").unwrap();
    let shown = ["raw", "value", "machine_raw", "corrected_by", "corrected_why"].map(|column| &*value[column]);
    assert_eq!(shown, ["64,47%", "64.47", "54,47%", "Anna Rossi", "verificato con la delibera"]);
    assert_eq!(values.iter().filter(|v| !v["corrected_by"].is_empty()).count(), 1);

    let findings = table(out.path(), "findings");
    let told: Vec<&str> = findings.iter().filter(|f| f["code"] == "COR001").map(|f| &*f["message"]).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("riga 3") && told[1].contains("riga 4") && told[2].contains("riga 5"), "{told:?}");

    let output = pianometro().arg("extract").arg(fixture(file)).args(["--corrections", &corrections]).output().unwrap();
    let lines = json_lines(&text(&output.stdout));
    let line = lines.iter().find(|line| line["indicator_id"] == INDICATOR).unwrap();
    let kept = serde_json::json!({"raw": "54,47%", "who": "Anna Rossi", "why": "verificato con la delibera"});
    assert_eq!(line["actuals"][0]["corrected"], kept);
    assert_eq!(line["actuals"][0]["value"], "64.47");
    assert!(text(&output.stderr).contains("la correzione della riga 3 non si applica"));
}

#[test]
fn malformed_files_are_refused_with_their_name() {
    let header = "document,indicator,field,value,who,why\n";
    let files = folder(&[
        ("campo.toml", "[fields]\nnonsense = [\"x\"]\n"),
        ("elenco.toml", "[phrases]\nnonsense = [\"x\"]\n"),
        ("campo.csv", &format!("{header}a,b,peso,1,Anna,x\n")),
        ("corta.csv", &format!("{header}a,b,weight,1,Anna,x\na,b\n")),
    ]);
    for (option_name, file, says) in [
        ("--lexicon", "campo.toml", "nonsense"),
        ("--lexicon", "elenco.toml", "«nonsense»"),
        ("--lexicon", "manca.toml", "non esiste"),
        ("--corrections", "campo.csv", "riga 2: il campo «peso» non c'è"),
        ("--corrections", "corta.csv", "riga 3"),
    ] {
        for command in ["run", "extract"] {
            let output = pianometro()
                .args([command, "fixtures/brescia-2020-piano.html", option_name, &option(files.path(), file)])
                .output()
                .unwrap();
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{file}: {said}");
            assert!(said.contains(file) && said.contains(says) && said.contains("\naiuto: "), "{file}: {said}");
        }
    }
}

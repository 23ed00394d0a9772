//! Real documents with annotations, and files made to break readers, where they are at hand: under `PIANOMETRO_CORPUS`, or
//! `../shared` beside the repository. They are too large for it; without them these tests say so and pass.
//!
//! `<corpus>/gold/<stem>.jsonl` holds what is in the document, `<corpus>/fixtures/<stem>.<anything>` are its renditions.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use support::compare::compare;
use support::{corpus, json_lines, name, names, pianometro, say, text};

/// Least core-cell F1 of every rendition of a document.
const FLOORS: [(&str, f64); 3] =
    [("brescia-2019-semestrale", 0.90), ("brindisi-2021-monitoraggio", 0.90), ("treviso-belluno-2019-relazione", 0.75)];

/// Renditions that fall short of their document's floor, with what holds.
const SHORT: [(&str, f64); 0] = [];

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A document's annotation and renditions.
fn renditions(gold: &Path, fixtures: &Path) -> Vec<(String, PathBuf, Vec<PathBuf>)> {
    let stems = names(gold).into_iter().filter_map(|name| Some(name.strip_suffix(".jsonl")?.to_owned()));
    stems
        .filter(|stem| !stem.contains('.'))
        .map(|stem| {
            let own = |name: &String| name.strip_prefix(&stem).is_some_and(|rest| rest.starts_with('.'));
            let files = names(fixtures).into_iter().filter(own).map(|name| fixtures.join(name)).collect();
            (stem.clone(), gold.join(format!("{stem}.jsonl")), files)
        })
        .filter(|(_, _, files): &(_, _, Vec<PathBuf>)| !files.is_empty())
        .collect()
}

#[test]
fn annotated_documents_reach_their_floors() {
    let (Some(gold), Some(fixtures)) = (corpus("gold"), corpus("fixtures")) else { return };
    let mut short = Vec::new();
    for (stem, annotation, files) in renditions(&gold, &fixtures) {
        let expected = json_lines(&fs::read_to_string(&annotation).expect("an annotation"));
        let year = stem.split('-').find(|part| part.len() == 4 && part.starts_with("20")).unwrap_or_default();
        let floor = FLOORS.iter().find(|(known, _)| *known == stem).map_or(0.0, |(_, floor)| *floor);
        for file in files {
            let output = pianometro().arg("extract").arg(&file).timeout(PATIENCE).output().expect("the program starts");
            let said = text(&output.stderr);
            if output.status.code() == Some(1) && said.contains("OCR") {
                say(&format!("{:<62} only images", name(&file)));
                continue;
            }
            assert_eq!(output.status.code(), Some(0), "{}: {said}", file.display());
            let result = compare(&expected, &json_lines(&text(&output.stdout)), year);
            let f1 = result.core_f1();
            say(&format!(
                "{:<62} core cells {f1:.4}  context {:.4}  indicators {} of {}, {} found",
                name(&file),
                result.context_accuracy(),
                result.paired,
                result.expected,
                result.found
            ));
            let floor = SHORT.iter().find(|(known, _)| *known == name(&file)).map_or(floor, |(_, held)| *held);
            if f1 < floor {
                let faults: Vec<_> = result.faults.into_iter().take(10).collect();
                short.push(format!("{}: {f1:.4} < {floor}\n  {}", name(&file), faults.join("\n  ")));
            }
        }
    }
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn hostile_files_are_read_or_refused() {
    let Some(folder) = corpus("fixtures/bad") else { return };
    for file in names(&folder) {
        let out = tempfile::tempdir().expect("a folder");
        let begin = Instant::now();
        let run = pianometro()
            .arg("run")
            .arg(folder.join(&file))
            .arg("--out")
            .arg(out.path())
            .timeout(PATIENCE)
            .output()
            .expect("the program starts");
        // Neither a panic (101), nor a signal or the end of patience (no code).
        assert!(matches!(run.status.code(), Some(0 | 1)), "{file}: {} {}", run.status, text(&run.stderr));
        let rows = support::table(out.path(), "documents");
        assert_eq!(rows.len(), 1, "{file}");
        assert_eq!(rows[0]["status"] == "failed", run.status.code() == Some(1), "{file}");
        let reason = Some(rows[0]["reason_code"].as_str()).filter(|code| !code.is_empty()).unwrap_or("read");
        say(&format!("{file:<40} {reason:<24} {:.1} s", begin.elapsed().as_secs_f64()));
    }
}

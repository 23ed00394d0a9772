//! Runs over many documents: kept results, kills, limits, the same bytes everywhere.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use support::{fixture, pianometro, run, table, text};

/// A folder with copies of two fixtures, and an output folder beside it.
fn folders() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (documents, out) = (folder.path().join("documenti"), folder.path().join("output"));
    fs::create_dir(&documents).unwrap();
    for name in ["brescia-2019-semestrale.html", "brescia-2020-piano.pdf"] {
        fs::copy(fixture(name), documents.join(name)).unwrap();
    }
    (folder, documents, out)
}

/// All files below a folder that are the reader's, with their bytes.
fn visible(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![out.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_name() == ".pianometro" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(out).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The kept results with the time they were written at.
fn records(out: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let entries = fs::read_dir(out.join(".pianometro/records")).unwrap().map(|entry| entry.unwrap().path());
    let records = entries.filter(|path| path.extension().is_some_and(|ending| ending == "rec"));
    records.map(|path| (path.clone(), path.metadata().unwrap().modified().unwrap())).collect()
}

fn source_files(out: &Path) -> Vec<String> {
    table(out, "documents").iter().map(|row| row["source_file"].clone()).collect()
}

#[test]
fn a_second_run_over_the_same_documents_does_nothing() {
    let (_folder, documents, out) = folders();
    let first = run(&[&documents], &out, &[]);
    let times = |out: &Path| -> Vec<SystemTime> {
        visible(out).keys().map(|name| out.join(name).metadata().unwrap().modified().unwrap()).collect()
    };
    let before = times(&out);
    let second = run(&[&documents], &out, &[]);
    assert_eq!(times(&out), before);
    assert_eq!(second.status.code(), first.status.code());
    let (first, second) = (text(&first.stdout), text(&second.stdout));
    assert!(second.contains("Nulla è cambiato"), "{second}");
    assert_eq!(first.split("\nScritti").next(), second.split("\nNulla").next());
    // A file of the results that somebody changed is written anew.
    fs::write(out.join("data/documents.csv"), "x").unwrap();
    assert!(text(&run(&[&documents], &out, &[]).stdout).contains("Scritti"));
    assert_eq!(source_files(&out).len(), 2);
}

#[test]
fn only_what_changed_is_read_again() {
    let (_folder, documents, out) = folders();
    run(&[&documents], &out, &[]);
    let before = records(&out);
    fs::copy(fixture("brindisi-2021-monitoraggio.html"), documents.join("brescia-2019-semestrale.html")).unwrap();
    fs::copy(fixture("brescia-2019-semestrale.txt"), documents.join("nuovo.txt")).unwrap();
    run(&[&documents], &out, &[]);
    let after = records(&out);
    let same = before.iter().filter(|(path, time)| after.get(*path) == Some(time)).count();
    assert_eq!((before.len(), same, after.len()), (2, 1, 3));
    // The same as a run that knew nothing.
    let fresh = tempfile::tempdir().unwrap();
    run(&[&documents], fresh.path(), &[]);
    assert!(visible(&out) == visible(fresh.path()));
    fs::remove_file(documents.join("nuovo.txt")).unwrap();
    run(&[&documents], &out, &[]);
    assert_eq!(source_files(&out), ["brescia-2019-semestrale.html", "brescia-2020-piano.pdf"]);
    assert_eq!(records(&out).len(), 2);
}

#[test]
fn other_words_policies_and_corrections_make_kept_results_void() {
    let (folder, documents, out) = folders();
    run(&[&documents], &out, &[]);
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let words = file("parole.toml", "[fields]\ntarget = [\"traguardo\"]\n");
    let corrections = file("correzioni.csv", "document,indicator,field,value,who,why\nx,y,name,z,io,prova\n");
    for options in [["--policy", "peggiore"], ["--lexicon", &words], ["--corrections", &corrections]] {
        let before = records(&out);
        run(&[&documents], &out, &options);
        assert!(records(&out).keys().all(|path| !before.contains_key(path)), "{options:?}");
    }
}

/// Takes away what is kept; a worker of the killed run may still be at its last document.
fn forget(out: &Path) {
    for _ in 0..500 {
        if fs::remove_dir_all(out.join(".pianometro")).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the folder of kept results stays");
}

#[test]
fn a_run_that_is_killed_leaves_old_or_new_results_and_the_next_finishes() {
    let (_folder, documents, out) = folders();
    run(&[&documents], &out, &["--report-images", "0"]);
    let old = visible(&out);
    let options = ["--report-images", "0", "--csv-dialect", "it"];
    let fresh = tempfile::tempdir().unwrap();
    let begun = SystemTime::now();
    run(&[&documents], fresh.path(), &options);
    let whole = begun.elapsed().unwrap();
    let new = visible(fresh.path());
    assert!(old != new);
    for part in 1..=12 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pianometro"))
            .arg("run")
            .arg(&documents)
            .arg("--out")
            .arg(&out)
            .args(options)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * part / 10);
        child.kill().unwrap();
        child.wait().unwrap();
        let left = visible(&out);
        assert!(left == old || left == new, "killed after {part}/10");
        // Back to the old ones, without what is kept.
        forget(&out);
        run(&[&documents], &out, &["--report-images", "0"]);
        assert!(visible(&out) == old);
    }
    run(&[&documents], &out, &options);
    assert!(visible(&out) == new);
}

#[test]
fn a_full_disk_leaves_the_old_results() {
    let (_folder, documents, out) = folders();
    run(&[&documents], &out, &["--report-images", "0"]);
    let old = visible(&out);
    let program = env!("CARGO_BIN_EXE_pianometro");
    // No file may be larger than 32 KB: the records fit, some of the results don't.
    let script = format!(
        "trap '' XFSZ; ulimit -f 32; exec '{program}' run '{}' --out '{}' --csv-dialect it",
        documents.display(),
        out.display()
    );
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).starts_with("errore: "), "{}", text(&output.stderr));
    assert!(visible(&out) == old);
    let again = run(&[&documents], &out, &["--report-images", "0"]);
    assert_eq!(again.status.code(), Some(0));
    assert!(visible(&out) == old);
}

#[test]
fn the_same_bytes_in_any_place_language_order_and_number_of_threads() {
    let (_folder, documents, out) = folders();
    fs::write(documents.join("rotto.pdf"), "%PDF-1.4\nrotto").unwrap();
    run(&[&documents], &out, &[]);
    let expected = visible(&out);
    let (a, b) = (documents.join("brescia-2020-piano.pdf"), documents.join("brescia-2019-semestrale.html"));
    let c = documents.join("rotto.pdf");
    let ways: [(&[&Path], &str, &str, &str); 4] = [
        (&[&documents], "1", "C", "UTC"),
        (&[&documents], "2", "it_IT.UTF-8", "Pacific/Kiritimati"),
        (&[&a, &c, &b], "3", "tr_TR.UTF-8", "America/Los_Angeles"),
        (&[&b, &a, &c], "1", "POSIX", "Asia/Kolkata"),
    ];
    for (inputs, jobs, language, zone) in ways {
        let again = tempfile::tempdir().unwrap();
        let output = pianometro()
            .arg("run")
            .args(inputs)
            .arg("--out")
            .arg(again.path())
            .args(["--jobs", jobs])
            .envs([("LANG", language), ("LC_ALL", language), ("TZ", zone)])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        let written = visible(again.path());
        for (name, bytes) in &expected {
            assert!(written.get(name) == Some(bytes), "{} differs: {jobs} {language} {zone}", name.display());
        }
        assert_eq!(written.len(), expected.len());
    }
}

/// A table as long as nobody prints one.
fn huge(documents: &Path) {
    let mut page = String::from("<html><body><table><tr><th>Indicatore</th><th>Peso</th><th>Target 2020</th></tr>");
    for row in 0..120_000 {
        page.push_str(&format!("<tr><td>Indicatore numero {row}</td><td>{}%</td><td>{row}</td></tr>", row % 100));
    }
    page.push_str("</table></body></html>");
    fs::write(documents.join("enorme.html"), page).unwrap();
}

/// Status and reason of each file.
fn told(out: &Path) -> Vec<(String, String)> {
    table(out, "documents").iter().map(|row| (row["status"].clone(), row["reason_code"].clone())).collect()
}

fn pair(status: &str, reason: &str) -> (String, String) {
    (status.to_owned(), reason.to_owned())
}

#[test]
fn a_document_that_wants_too_much_memory_is_told_and_the_others_are_read() {
    let (_folder, documents, out) = folders();
    huge(&documents);
    let output = run(&[&documents], &out, &["--document-memory", "256", "--report-images", "0"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    assert_eq!(told(&out), [pair("ok", ""), pair("ok", ""), pair("failed", "memory")]);
}

#[test]
fn a_document_that_takes_too_long_is_told_and_the_others_are_read() {
    let (_folder, documents, out) = folders();
    huge(&documents);
    let begun = SystemTime::now();
    let output = run(&[&documents], &out, &["--document-timeout", "1", "--report-images", "0"]);
    assert!(begun.elapsed().unwrap() < Duration::from_secs(60));
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(told(&out), [pair("ok", ""), pair("ok", ""), pair("failed", "timeout")]);
    // It is tried again.
    let again = run(&[&documents], &out, &["--document-timeout", "1", "--report-images", "0"]);
    assert!(text(&again.stdout).contains("Scritti"));
}

#[test]
fn the_log_has_an_object_a_line() {
    let (_folder, documents, out) = folders();
    let output = run(&[&documents], &out, &["--log", "json"]);
    let lines = support::json_lines(&text(&output.stderr));
    let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    assert_eq!((events.first(), events.last()), (Some(&"start"), Some(&"end")));
    let documents: Vec<_> = lines.iter().filter(|line| line["event"] == "document").collect();
    assert_eq!(documents.len(), 2);
    assert!(documents.iter().all(|line| line["status"] == "ok" && line["seconds"].is_f64()));
    let timings = fs::read_to_string(out.join(".pianometro/timings.csv")).unwrap();
    assert_eq!(timings.lines().count(), 3);
}

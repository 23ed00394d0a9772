//! What the integration tests share: running the program, reading what it wrote, comparing with an annotation.

// Each test file takes what it needs.
#![allow(dead_code)]

pub mod compare;
pub mod hostile;
pub mod pdf;

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// The documents that the README's first command reads.
pub const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

/// The program, as wide as a plain terminal.
pub fn pianometro() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pianometro"));
    command.env("COLUMNS", "100").env_remove("CLICOLOR_FORCE");
    command
}

/// Runs over `inputs` into `out`, with further options; gives back what it printed.
pub fn run(inputs: &[&Path], out: &Path, options: &[&str]) -> std::process::Output {
    pianometro().arg("run").args(inputs).arg("--out").arg(out).args(options).output().expect("the program starts")
}

/// A fixture's path.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(FIXTURES).join(name)
}

/// A fixture's indicators, as `extract` prints them.
pub fn extract(file: &Path) -> Vec<Value> {
    let output = pianometro().arg("extract").arg(file).output().expect("the program starts");
    assert!(output.status.success(), "{}: {}", file.display(), text(&output.stderr));
    json_lines(&text(&output.stdout))
}

/// Output as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// One JSON value a line.
pub fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// A row of a table that a run wrote, by column.
pub type Row = HashMap<String, String>;

/// The rows of a table that a run wrote.
pub fn table(out: &Path, name: &str) -> Vec<Row> {
    let path = out.join("data").join(format!("{name}.csv"));
    let mut reader = csv::Reader::from_path(&path).expect("a table");
    reader.deserialize().map(|row| row.expect("a row as wide as the header")).collect()
}

/// The names of what is in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries.map(|entry| name(&entry.expect("an entry").path())).collect();
    names.sort();
    names
}

/// The files of a folder by name, in order, with their bytes.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| (name.clone(), fs::read(folder.join(name)).expect("a file"));
    names(folder).into_iter().map(read).collect()
}

/// A path's last part.
pub fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// Says something past the test harness, which keeps what passing tests print to itself.
pub fn say(line: &str) {
    // Nowhere to say it is no fault of the tested program.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// A folder of the corpus (`PIANOMETRO_CORPUS`, or `../shared` beside the repository); without it the test says that it is skipped.
pub fn corpus(part: &str) -> Option<PathBuf> {
    let given = std::env::var_os("PIANOMETRO_CORPUS").map(PathBuf::from);
    let root = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let folder = root.join(part);
    if folder.is_dir() {
        return Some(folder);
    }
    say(&format!(
        "\n*** CORPUS TEST SKIPPED: {} is no folder. Set PIANOMETRO_CORPUS to a folder with gold/ and fixtures/. ***\n",
        folder.display()
    ));
    None
}

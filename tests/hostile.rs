//! Files made to break readers: each gives one row with its reason and what to do, within bounds of time and memory, and
//! takes nothing of the others with it.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use support::hostile::{Trap, traps};
use support::{files, fixture, names, run, table, text};

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Memory one file may take, in megabytes.
const ROOM: u64 = 500;

/// The most memory a running program has had, in megabytes; `None` where the system doesn't tell.
fn peak(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// What is wrong with how a trap was handled; none if nothing is.
fn wrong(trap: &Trap) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join(&trap.name), folder.path().join("output"));
    fs::write(&file, &trap.bytes).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_pianometro"));
    command.arg("run").arg(&file).arg("--out").arg(&out).args(["--ocr", "never", "--report-images", "0"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let begin = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut most = 0;
    let status = loop {
        most = peak(&child).unwrap_or(0).max(most);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begin.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            return Some(format!("{}: not finished in {PATIENCE:?}, {most} MB", trap.name));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let took = begin.elapsed();
    let said = text(&child.wait_with_output().unwrap().stderr);
    if !matches!(status.code(), Some(0 | 1)) || said.contains("panicked") {
        return Some(format!("{}: {status} {said}", trap.name));
    }
    if most > ROOM {
        return Some(format!("{}: {most} MB", trap.name));
    }
    let rows = table(&out, "documents");
    let [row] = &rows[..] else { return Some(format!("{}: {} rows", trap.name, rows.len())) };
    let (status, reason, message) = (&*row["status"], &*row["reason_code"], &*row["message"]);
    println!("{:<34} {status:<8} {reason:<22} {:>5.1} s {most:>4} MB  {message}", trap.name, took.as_secs_f64());
    if !trap.reasons.contains(&reason) {
        return Some(format!("{}: {status} {reason:?} {message:?}, and not one of {:?}", trap.name, trap.reasons));
    }
    // What is not read is explained, and no longer than a person reads.
    let explained = (status == "ok") == message.is_empty() && (status == "ok") == reason.is_empty();
    (!explained).then(|| format!("{}: {status} {reason:?} {message:?}", trap.name))
}

#[test]
#[ignore = "writes the traps into the folder that PIANOMETRO_TRAPS names, to try other commands on them"]
fn lay_the_traps_out() {
    let folder = std::env::var_os("PIANOMETRO_TRAPS").expect("a folder");
    fs::create_dir_all(&folder).unwrap();
    for trap in traps() {
        fs::write(Path::new(&folder).join(&trap.name), &trap.bytes).unwrap();
    }
}

#[test]
fn every_trap_is_read_or_explained_within_bounds() {
    let faults: Vec<String> = traps().iter().filter_map(wrong).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_traps_take_nothing_of_a_good_document_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let good = "treviso-belluno-2019-relazione.pdf";
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write(good, &fs::read(fixture(good)).unwrap());
    // The quick ones: the rest are read one by one in the other test.
    let few: Vec<Trap> = traps().into_iter().filter(|trap| trap.bytes.len() < 20_000).collect();
    assert!(few.len() > 50);
    few.iter().for_each(|trap| write(&trap.name, &trap.bytes));
    let (out, alone) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(&[folder.path()], out.path(), &["--ocr", "never"]);
    run(&[&folder.path().join(good)], alone.path(), &["--ocr", "never"]);
    let documents = table(out.path(), "documents");
    assert_eq!(documents.len(), few.len() + 1);
    assert_eq!(names(&out.path().join("data")), names(&alone.path().join("data")));
    for name in ["objectives", "indicators", "values"] {
        let of =
            |out: &Path| -> Vec<_> { table(out, name).into_iter().filter(|row| row["source_file"] == good).collect() };
        assert_eq!(of(out.path()), of(alone.path()), "{name}");
    }
    assert!(files(&out.path().join("data")).iter().all(|(_, bytes)| !bytes.is_empty()));
}

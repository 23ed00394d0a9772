//! Results of single documents, kept on disk under what decides over them: bytes, name, program, knowledge.
//!
//! A record appears whole or not at all, and one that can't be read is none. Records of another program, lexicon, policy or
//! set of corrections have other keys; [`Store::sweep`] takes away what no document needs.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::export::FileResult;
use crate::{Knowledge, sha256};

/// What a record is found under: 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    /// The key of a file of this name and content. `settings` is [`settings`] of the knowledge it is read with.
    pub fn new(name: &str, content: &str, settings: &str) -> Self {
        Key(sha256(format!("{settings}\0{content}\0{name}").as_bytes()))
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A key read from outside; `None` where it can't be one.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then(|| Key(text.to_owned()))
    }
}

/// A digest of all that decides over a document's result besides the document: the program and the knowledge.
pub fn settings(knowledge: &Knowledge<'_>) -> String {
    let Knowledge { lexicon, policy, corrections, decisions: _, ocr } = knowledge;
    let build = env!("PIANOMETRO_BUILD");
    // Scans read otherwise once there is a recogniser, or another one.
    let recogniser = crate::read::recogniser(*ocr);
    let additions = lexicon.additions();
    sha256(format!("{build}\0{additions}\0{policy:?}\0{corrections:?}\0{ocr:?}\0{recogniser}").as_bytes())
}

/// Where the time of one document went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Timings {
    /// Bytes to a document.
    pub read: Duration,
    /// A document to a plan.
    pub understand: Duration,
    pub score: Duration,
    /// Findings.
    pub check: Duration,
    /// The most memory of the process that read it so far, in bytes, where the system tells.
    pub peak_memory: Option<u64>,
}

impl Timings {
    /// All of it.
    pub fn total(&self) -> Duration {
        self.read + self.understand + self.score + self.check
    }
}

/// What is kept of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub result: FileResult,
    pub timings: Timings,
}

/// The store can't be written, or a record that was there is gone; the messages are in Italian.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("i risultati intermedi non si possono scrivere in {path}: {source}", path = path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("il risultato intermedio {path} non si legge più: rilanciare il comando", path = path.display())]
    Gone { path: PathBuf },
}

/// A folder of records.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

/// Level 1: a third of the time of the usual one for a tenth more bytes.
const COMPRESSION: i32 = 1;
const ENDING: &str = "json.zst";

impl Store {
    /// Opens a folder, which is made where it doesn't exist.
    ///
    /// # Errors
    /// Where it can't be made.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(|source| StoreError::Write { path: folder.to_owned(), source })?;
        Ok(Store { folder: folder.to_owned() })
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(format!("{}.{ENDING}", key.0))
    }

    /// Whether a record is there; it may still be unreadable.
    pub fn has(&self, key: &Key) -> bool {
        self.path(key).is_file()
    }

    /// The record of a key; `None` where there is none that can be read.
    pub fn get(&self, key: &Key) -> Option<Record> {
        let file = File::open(self.path(key)).ok()?;
        let unpacked = zstd::stream::read::Decoder::with_buffer(BufReader::new(file)).ok()?;
        serde_json::from_reader(BufReader::new(unpacked)).ok()
    }

    /// The record of a key that has been put.
    ///
    /// # Errors
    /// Where it is gone.
    pub fn fetch(&self, key: &Key) -> Result<Record, StoreError> {
        self.get(key).ok_or_else(|| StoreError::Gone { path: self.path(key) })
    }

    /// Keeps a record.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn put(&self, key: &Key, record: &Record) -> Result<(), StoreError> {
        let path = self.path(key);
        // Two processes may read the same document.
        let beside = self.folder.join(format!(".{}.{}.tmp", key.0, std::process::id()));
        let write = || -> io::Result<()> {
            let mut packed = zstd::stream::write::Encoder::new(File::create(&beside)?, COMPRESSION)?;
            packed.include_checksum(true)?;
            let mut out = BufWriter::new(packed);
            serde_json::to_writer(&mut out, record)?;
            out.flush()?;
            let packed = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            packed.finish()?;
            fs::rename(&beside, &path)
        };
        write().map_err(|source| {
            // The draft may not exist; the error that matters is the first one.
            let _ = fs::remove_file(&beside);
            StoreError::Write { path, source }
        })
    }

    /// Takes away all records but these, and drafts that nobody finished.
    pub fn sweep(&self, needed: &HashSet<&Key>) {
        let names: HashSet<String> = needed.iter().map(|key| format!("{}.{ENDING}", key.0)).collect();
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(ENDING) && !names.contains(&name) || name.ends_with(".tmp") {
                // What can't be taken away takes room and does no harm.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::ReadFile;
    use crate::score::sample::{dated, indicator, measure, plan, set_actual, set_target};
    use crate::score::{Policy, score};

    fn record() -> Record {
        let mut one = indicator("1");
        let day = Some(jiff::civil::Date::constant(2019, 12, 31));
        set_target(&mut one, day, ">= 14,00%");
        set_actual(&mut one, day, "10,5%");
        one.baseline = Some(dated(None, "si", false));
        one.variance = Some(measure("99%"));
        let plan = plan(vec![one]);
        let scores = score(&plan, &Policy::default_policy());
        let findings = crate::audit::check(&plan, &scores, crate::extract::Lexicon::shipped());
        assert!(!findings.is_empty());
        Record {
            result: FileResult::Read(Box::new(ReadFile::new(plan, scores, findings))),
            timings: Timings { read: Duration::from_millis(3), ..Timings::default() },
        }
    }

    #[test]
    fn a_record_comes_back_as_it_was_and_a_damaged_one_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let key = Key::new("a.pdf", &sha256(b"x"), &settings(&Knowledge::default()));
        assert_eq!(store.get(&key), None);
        store.put(&key, &record()).unwrap();
        assert_eq!(store.get(&key), Some(record()));
        let path = store.path(&key);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0xff;
        fs::write(&path, &bytes).unwrap();
        assert_eq!(store.get(&key), None);
        fs::write(&path, &bytes[..middle]).unwrap();
        assert!(matches!(store.fetch(&key), Err(StoreError::Gone { .. })));
    }

    #[test]
    fn what_nobody_needs_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let keys = ["a", "b"].map(|name| Key::new(name, "", ""));
        keys.iter().for_each(|key| store.put(key, &record()).unwrap());
        fs::write(folder.path().join(".x.1.tmp"), "x").unwrap();
        store.sweep(&HashSet::from([&keys[1]]));
        assert!(!store.has(&keys[0]) && store.has(&keys[1]));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn whatever_decides_over_a_result_is_in_its_key() {
        let shipped = settings(&Knowledge::default());
        let own = crate::extract::Lexicon::with_additions("[fields]\ntarget = [\"traguardo\"]").unwrap();
        let worst = Policy::shipped("peggiore").unwrap();
        assert_ne!(shipped, settings(&Knowledge { lexicon: &own, ..Knowledge::default() }));
        assert_ne!(shipped, settings(&Knowledge { policy: worst, ..Knowledge::default() }));
        assert_eq!(shipped, settings(&Knowledge::default()));
        assert_ne!(Key::new("a", "x", "s"), Key::new("b", "x", "s"));
        assert_ne!(Key::new("a", "x", "s"), Key::new("a", "y", "s"));
    }
}

//! Results of single documents, kept on disk under what decides over them: bytes, name, program, knowledge.
//!
//! A record appears whole or not at all, and one that can't be read is none. Records of another program, lexicon, policy or
//! set of corrections have other keys; [`Store::sweep`] takes away what no document needs.

mod record;
mod scratch;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::places::Drawn;
use crate::{Knowledge, sha256};

pub(crate) use record::Lean;
pub use record::{Brief, Head, Record, Timings, Told};
pub(crate) use scratch::{Piece, Scratch, Sorter};

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
const ENDING: &str = "rec";
/// Of the pictures of a document's places.
const PICTURES: &str = "img";

/// How many bytes each part of a record has, at its beginning.
type Lengths = [u64; 3];

/// Bytes that the lengths take.
const LENGTHS: u64 = 3 * 8;

/// The parts of a record, in their order in the file.
#[derive(Clone, Copy)]
enum Part {
    Head,
    Lean,
    Whole,
}

impl Store {
    /// Opens a folder, which is made where it doesn't exist.
    ///
    /// # Errors
    /// Where it can't be made.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(|source| StoreError::Write { path: folder.to_owned(), source })?;
        Ok(Store { folder: folder.to_owned() })
    }

    /// Where it lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    fn path(&self, key: &Key, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", key.0))
    }

    /// Whether a record is there; it may still be unreadable.
    pub fn has(&self, key: &Key) -> bool {
        self.path(key, ENDING).is_file()
    }

    /// The first part of the record of a key; `None` where there is no record, or not all of it.
    pub fn head(&self, key: &Key) -> Option<Head> {
        self.part(key, Part::Head).ok()
    }

    /// The second part of a record that has been put.
    ///
    /// # Errors
    /// Where it is gone.
    pub(crate) fn lean(&self, key: &Key) -> Result<Lean, StoreError> {
        self.put_before(key, Part::Lean)
    }

    /// The record of a key that has been put.
    ///
    /// # Errors
    /// Where it is gone.
    pub fn fetch(&self, key: &Key) -> Result<Record, StoreError> {
        self.put_before(key, Part::Whole)
    }

    fn put_before<T: DeserializeOwned>(&self, key: &Key, part: Part) -> Result<T, StoreError> {
        self.part(key, part).map_err(|_| {
            let path = self.path(key, ENDING);
            // The next run reads the document again.
            let _ = fs::remove_file(&path);
            StoreError::Gone { path }
        })
    }

    fn part<T: DeserializeOwned>(&self, key: &Key, part: Part) -> io::Result<T> {
        let mut file = File::open(self.path(key, ENDING))?;
        let mut lengths: Lengths = [0; 3];
        for length in &mut lengths {
            let mut bytes = [0; 8];
            file.read_exact(&mut bytes)?;
            *length = u64::from_le_bytes(bytes);
        }
        let sum = |lengths: &[u64]| lengths.iter().fold(LENGTHS, |sum, length| sum.saturating_add(*length));
        if file.metadata()?.len() != sum(&lengths) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let (before, length) = lengths.split_at(part as usize);
        file.seek(SeekFrom::Start(sum(before)))?;
        unpack(file.take(length.first().copied().unwrap_or_default()))
    }

    /// Keeps a record.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn put(&self, key: &Key, record: &Record) -> Result<(), StoreError> {
        self.keep(&self.path(key, ENDING), |file| {
            file.write_all(&[0; LENGTHS as usize])?;
            let ends = [pack(file, &Head::of(record))?, pack(file, &Lean::of(record))?, pack(file, record)?];
            file.seek(SeekFrom::Start(0))?;
            let mut before = LENGTHS;
            for end in ends {
                file.write_all(&(end - before).to_le_bytes())?;
                before = end;
            }
            Ok(())
        })
    }

    /// The pictures of a document's places, where they were drawn.
    pub(crate) fn pictures(&self, key: &Key) -> Option<Vec<Drawn>> {
        unpack(File::open(self.path(key, PICTURES)).ok()?).ok()
    }

    /// Keeps the pictures of a document's places.
    pub(crate) fn put_pictures(&self, key: &Key, drawn: &[Drawn]) -> Result<(), StoreError> {
        self.keep(&self.path(key, PICTURES), |file| pack(file, &drawn).map(drop))
    }

    /// Writes a file so that it appears whole or not at all.
    fn keep(&self, path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), StoreError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Two processes may read the same document.
        let beside = self.folder.join(format!(".{name}.{}.tmp", std::process::id()));
        let written = File::create(&beside).and_then(|mut file| write(&mut file));
        written.and_then(|()| fs::rename(&beside, path)).map_err(|source| {
            // The draft may not exist; the error that matters is the first one.
            let _ = fs::remove_file(&beside);
            StoreError::Write { path: path.to_owned(), source }
        })
    }

    /// Takes away all records but these, and drafts that nobody finished.
    pub fn sweep(&self, needed: &HashSet<&Key>) {
        let named = |ending: &'static str| needed.iter().map(move |key| format!("{}.{ending}", key.0));
        let names: HashSet<String> = named(ENDING).chain(named(PICTURES)).collect();
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            if !names.contains(entry.file_name().to_string_lossy().as_ref()) {
                // What can't be taken away takes room and does no harm.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Writes something packed; gives back where it ends.
fn pack(file: &mut File, what: &impl Serialize) -> io::Result<u64> {
    let mut packed = zstd::stream::write::Encoder::new(&mut *file, COMPRESSION)?;
    packed.include_checksum(true)?;
    let mut out = BufWriter::new(packed);
    serde_json::to_writer(&mut out, what)?;
    let packed = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    packed.finish()?;
    file.stream_position()
}

fn unpack<T: DeserializeOwned>(packed: impl Read) -> io::Result<T> {
    // What is unpacked before it is read as JSON is read five times as fast.
    let mut plain = Vec::new();
    zstd::stream::read::Decoder::new(packed)?.read_to_end(&mut plain)?;
    Ok(serde_json::from_slice(&plain)?)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::export::{FileResult, ReadFile};
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
        assert_eq!(store.head(&key), None);
        store.put(&key, &record()).unwrap();
        assert_eq!(store.fetch(&key).unwrap(), record());
        let head = store.head(&key).unwrap();
        assert_eq!((&head, head.timings), (&Head::of(&record()), record().timings));
        assert_eq!(store.lean(&key).unwrap().plan.indicators.len(), 1);
        let path = store.path(&key, ENDING);
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 20;
        bytes[last] ^= 0xff;
        fs::write(&path, &bytes).unwrap();
        assert!(store.head(&key).is_some());
        assert!(matches!(store.fetch(&key), Err(StoreError::Gone { .. })));
        // So that the next run reads the document again.
        assert_eq!(store.head(&key), None);
        fs::write(&path, &bytes[..last]).unwrap();
        assert_eq!(store.head(&key), None);
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

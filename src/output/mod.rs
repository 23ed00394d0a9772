//! An output folder that holds the old results or the new ones.
//!
//! A run writes into `.pianometro/new` inside the output folder. When everything is there and on the disk, it is put in place:
//!
//! - Where the folder holds results and nothing else, and the system can exchange two folders, in one step: the new results
//!   become a folder beside it, and the two are exchanged ([`exchange`]).
//! - Elsewhere a journal says what is to be put in place, and the folders `data` and `report` are exchanged with the new ones,
//!   the other files renamed over the old: five steps of microseconds ([`journal`]).
//!
//! A run that is killed before leaves the old results; one that is killed afterwards, or between two steps of a journal, leaves
//! something to do, which the next run does first. Files that others have put into the folders go with them into the new ones.

mod exchange;
mod journal;

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use walkdir::WalkDir;

use journal::{Journal, Step};

/// The folder inside the output folder that is the program's own.
const OWN: &str = ".pianometro";
/// In it: the file that a run holds locked, the new results, the results of single documents.
const LOCK: &str = "lock";
const NEW: &str = "new";
const RECORDS: &str = "records";

/// How often another run's lock is tried again, and after what time each.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: std::time::Duration = std::time::Duration::from_millis(50);

/// The output folder can't be used; the messages are in Italian.
#[derive(Debug, Error)]
pub enum OutputError {
    #[error("la cartella {path} non si può creare: {source}", path = path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("un'altra esecuzione sta scrivendo in {path}", path = path.display())]
    Busy { path: PathBuf },
    #[error("{path} non si può scrivere: {source}", path = path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{path} non si può mettere al suo posto: {source}", path = path.display())]
    Place { path: PathBuf, source: io::Error },
}

/// Whether something is a run's results: an output folder, or what a run has put into one.
pub fn is_result(path: &Path) -> bool {
    let results = |dir: &Path| dir.join(OWN).is_dir();
    let name = path.file_name().unwrap_or_default();
    path.is_dir() && (results(path) || ((name == "data" || name == "report") && path.parent().is_some_and(results)))
}

/// What an output folder holds, and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// A digest of all that decides over the results.
    pub made_from: String,
    /// What the run said of its documents.
    pub told: String,
    /// The run's exit code.
    pub code: u8,
    /// Every file of the results; [`Output::publish`] fills it in.
    pub files: Vec<Written>,
}

/// A file of the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Inside the output folder, with `/`.
    pub path: String,
    pub bytes: u64,
    /// Nanoseconds since 1970 of the last change.
    modified: u128,
}

/// An output folder in use by this run and no other.
#[derive(Debug)]
pub struct Output {
    dir: PathBuf,
    /// Held as long as the run goes on; the system lets go of it even when the run is killed.
    lock: File,
}

impl Output {
    /// Takes an output folder, which is made where it doesn't exist, and finishes what a killed run has left to do in it.
    ///
    /// # Errors
    /// A folder that can't be made or written, or that another run is writing into.
    pub fn open(dir: &Path) -> Result<Self, OutputError> {
        let own = dir.join(OWN);
        fs::create_dir_all(&own).map_err(|source| OutputError::Folder { path: own.clone(), source })?;
        let output = Output { dir: dir.to_owned(), lock: lock(dir)? };
        exchange::finish(dir).map_err(|source| OutputError::Place { path: dir.to_owned(), source })?;
        output.forget_workers();
        if let Some(journal) = Journal::read(&own) {
            output.finish(&journal, &mut |_| true)?;
        }
        Ok(output)
    }

    /// Takes away what the workers of a killed run have said.
    fn forget_workers(&self) {
        let entries = fs::read_dir(self.dir.join(OWN)).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("worker-")) {
            // What can't be taken away does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }

    /// Where results of single documents are kept.
    pub fn records(&self) -> PathBuf {
        self.own(RECORDS)
    }

    /// A file of the program's own beside the results.
    pub fn own(&self, name: &str) -> PathBuf {
        self.dir.join(OWN).join(name)
    }

    /// An empty folder for the new results.
    ///
    /// # Errors
    /// Where it can't be made.
    pub fn staging(&self) -> Result<PathBuf, OutputError> {
        let path = self.own(NEW);
        clear(&path)
            .and_then(|()| fs::create_dir_all(&path))
            .map_err(|source| OutputError::Folder { path: path.clone(), source })?;
        Ok(path)
    }

    /// What the folder holds, if all of it stands there as it was written.
    pub fn manifest(&self) -> Option<Manifest> {
        let manifest = self.known()?;
        let stands = |file: &Written| Written::of(&self.dir, &self.dir.join(&file.path)).is_ok_and(|now| now == *file);
        manifest.files.iter().all(stands).then_some(manifest)
    }

    /// Puts what was written into [`Output::staging`] in its place.
    ///
    /// # Errors
    /// Where something can't be written or put in place. Before the exchange, or before the journal is written, nothing has
    /// changed; after it the next run goes on.
    pub fn publish(&mut self, manifest: Manifest) -> Result<(), OutputError> {
        let manifest = self.settle(manifest)?;
        let failed = |source| OutputError::Place { path: self.dir.clone(), source };
        if let Some(lock) = self.exchange(&manifest, &mut |_| true).map_err(failed)? {
            self.lock = lock;
            return Ok(());
        }
        let journal = self.journal(manifest)?;
        self.finish(&journal, &mut |_| true)
    }

    /// Brings the new results to the disk, and what others have put beside the old ones to the new.
    fn settle(&self, manifest: Manifest) -> Result<Manifest, OutputError> {
        let new = self.own(NEW);
        let entries: Vec<walkdir::DirEntry> = WalkDir::new(&new).min_depth(1).into_iter().flatten().collect();
        let written: Result<Vec<Option<Written>>, OutputError> = entries
            .par_iter()
            .map(|entry| {
                let path = entry.path();
                let failed = |source| OutputError::Write { path: path.to_owned(), source };
                File::open(path).and_then(|file| file.sync_all()).map_err(failed)?;
                let file = entry.file_type().is_file().then(|| Written::of(&new, path)).transpose();
                file.map_err(failed)
            })
            .collect();
        let files: Vec<Written> = written?.into_iter().flatten().collect();
        self.carry_over(&new)?;
        Ok(Manifest { files, ..manifest })
    }

    /// Puts the new results in place in one step; gives back the lock on the folder that stands there by then. `None` where that
    /// can't be done, and nothing has changed. `go_on` is asked before each step, so that tests can stop there.
    fn exchange(&self, manifest: &Manifest, go_on: &mut dyn FnMut(usize) -> bool) -> io::Result<Option<File>> {
        let known = self.known();
        let ours = known.iter().chain([manifest]).flat_map(|known| &known.files);
        let ours: HashSet<&str> = ours.filter_map(|file| file.path.split('/').next()).chain([OWN]).collect();
        let others = fs::read_dir(&self.dir)?.flatten().map(|entry| entry.file_name());
        if others.into_iter().any(|name| !ours.contains(name.to_string_lossy().as_ref())) {
            return Ok(None);
        }
        exchange::exchange(&self.dir, manifest, go_on)
    }

    /// What the last run has written, changed or not.
    fn known(&self) -> Option<Manifest> {
        serde_json::from_slice(&fs::read(self.own("run.json")).ok()?).ok()
    }

    /// Writes the journal that tells what to do with the new results.
    fn journal(&self, manifest: Manifest) -> Result<Journal, OutputError> {
        let mut steps = Vec::new();
        for entry in fs::read_dir(self.own(NEW)).into_iter().flatten().flatten() {
            let failed = |source| OutputError::Place { path: entry.path(), source };
            steps.push(Step::of(&entry.path()).map_err(failed)?);
        }
        steps.sort_by(|a, b| a.name.cmp(&b.name));
        let journal = Journal { steps, manifest };
        let own = self.dir.join(OWN);
        journal.write(&own).map_err(|source| OutputError::Write { path: own, source })?;
        Ok(journal)
    }

    /// Links into the new folders what others have put into the old ones.
    fn carry_over(&self, new: &Path) -> Result<(), OutputError> {
        let known = self.known();
        let ours: HashSet<&str> = known.iter().flat_map(|known| &known.files).map(|file| file.path.as_str()).collect();
        let folders = fs::read_dir(new).into_iter().flatten().flatten().filter(|entry| entry.path().is_dir());
        for folder in folders {
            let old = self.dir.join(folder.file_name());
            for entry in WalkDir::new(&old).min_depth(1).into_iter().flatten() {
                let Ok(inside) = entry.path().strip_prefix(&self.dir) else { continue };
                let place = new.join(inside);
                if ours.contains(slashed(inside).as_str()) || place.symlink_metadata().is_ok() {
                    continue;
                }
                let failed = |source| OutputError::Place { path: entry.path().to_owned(), source };
                if entry.file_type().is_dir() {
                    fs::create_dir_all(&place).map_err(failed)?;
                } else if fs::hard_link(entry.path(), &place).is_err() {
                    fs::copy(entry.path(), &place).map_err(failed)?;
                }
            }
        }
        Ok(())
    }

    /// Takes the steps of a journal that are left. `go_on` is asked before each, so that tests can stop there.
    fn finish(&self, journal: &Journal, go_on: &mut dyn FnMut(usize) -> bool) -> Result<(), OutputError> {
        let own = self.dir.join(OWN);
        for (number, step) in journal.steps.iter().enumerate() {
            if !go_on(number) {
                return Ok(());
            }
            let place = self.dir.join(&step.name);
            step.take(&own.join(NEW), &place).map_err(|source| OutputError::Place { path: place, source })?;
        }
        if !go_on(journal.steps.len()) {
            return Ok(());
        }
        let failed = |source| OutputError::Write { path: own.clone(), source };
        journal.close(&own, &self.dir).map_err(failed)?;
        // The old results; what can't be taken away now goes at the next run.
        let _ = clear(&own.join(NEW));
        Ok(())
    }
}

/// Takes the lock of an output folder, once nobody else has it.
fn lock(dir: &Path) -> Result<File, OutputError> {
    let path = dir.join(OWN).join(LOCK);
    let failed = |source| OutputError::Write { path: path.clone(), source };
    let mut tries = 0;
    loop {
        let lock = File::create(&path).map_err(failed)?;
        match lock.try_lock() {
            // The folder may have been exchanged for another one since.
            Ok(()) if journal::is_at(&lock, &path) => return Ok(lock),
            // A run that ends lets go of it a little later where it has just started another program.
            Ok(()) | Err(TryLockError::WouldBlock) if tries < LOCK_TRIES => {
                tries += 1;
                std::thread::sleep(LOCK_PAUSE);
            }
            Ok(()) | Err(TryLockError::WouldBlock) => return Err(OutputError::Busy { path: dir.to_owned() }),
            // Some file systems have no locks; two runs at once into one folder are the user's to avoid there.
            Err(TryLockError::Error(_)) => return Ok(lock),
        }
    }
}

impl Written {
    fn of(dir: &Path, path: &Path) -> io::Result<Written> {
        let facts = path.metadata()?;
        let modified = facts.modified()?.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
        Ok(Written { path: slashed(path.strip_prefix(dir).unwrap_or(path)), bytes: facts.len(), modified })
    }
}

fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Takes a folder away with all that is in it, if it is there.
fn clear(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;

//! What is left to do to put new results in their place.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Manifest;

const JOURNAL: &str = "swap.json";
/// What the folder holds.
pub(super) const MANIFEST: &str = "run.json";

/// The steps, and what the folder holds after them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    pub steps: Vec<Step>,
    pub manifest: Manifest,
}

/// One file or folder to be put in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Step {
    pub name: String,
    /// What it is to the file system, wherever it stands.
    identity: (u64, u64),
    folder: bool,
}

impl Journal {
    pub(super) fn read(own: &Path) -> Option<Journal> {
        serde_json::from_slice(&fs::read(own.join(JOURNAL)).ok()?).ok()
    }

    pub(super) fn write(&self, own: &Path) -> io::Result<()> {
        put(own, JOURNAL, self)
    }

    /// All steps are taken: says what the folder holds, and forgets the journal.
    pub(super) fn close(&self, own: &Path, dir: &Path) -> io::Result<()> {
        sync(dir)?;
        put(own, MANIFEST, &self.manifest)?;
        fs::remove_file(own.join(JOURNAL))?;
        sync(own)
    }
}

impl Step {
    pub(super) fn of(path: &Path) -> io::Result<Step> {
        let facts = path.symlink_metadata()?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Step { name, identity: identity(&facts), folder: facts.is_dir() })
    }

    /// Puts it in its place from the folder of new results, unless it stands there already.
    pub(super) fn take(&self, new: &Path, place: &Path) -> io::Result<()> {
        let is_it = |path: &Path| path.symlink_metadata().is_ok_and(|facts| identity(&facts) == self.identity);
        let from = new.join(&self.name);
        if is_it(place) || !is_it(&from) {
            // Done before, or taken away since by somebody else.
            return Ok(());
        }
        if self.folder && place.symlink_metadata().is_ok() { exchange(&from, place) } else { fs::rename(&from, place) }
    }
}

/// Exchanges two folders: at once where the system can, else with the place empty for a moment.
fn exchange(from: &Path, place: &Path) -> io::Result<()> {
    if at_once(from, place).is_ok() {
        return Ok(());
    }
    let aside = from.with_extension("old");
    super::clear(&aside)?;
    fs::rename(place, &aside)?;
    fs::rename(from, place)
}

/// Exchanges two folders at once.
///
/// # Errors
/// Where the system, or the file system, can't; then nothing has changed.
pub(super) fn at_once(one: &Path, other: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }
    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    {
        let _ = (one, other);
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Whether an open file is the one at a path.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    let own = file.metadata().map(|facts| identity(&facts));
    own.ok() == path.metadata().ok().map(|facts| identity(&facts))
}

#[cfg(unix)]
fn identity(facts: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (facts.dev(), facts.ino())
}

#[cfg(not(unix))]
fn identity(facts: &Metadata) -> (u64, u64) {
    let nanos = |time: io::Result<std::time::SystemTime>| {
        let since = time.ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        since.map_or(0, |time| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX))
    };
    (nanos(facts.created()), nanos(facts.modified()))
}

/// Writes a file of the program's own so that it is whole and on the disk, or as it was.
pub(super) fn put(own: &Path, name: &str, what: &impl Serialize) -> io::Result<()> {
    let beside = own.join(format!("{name}.tmp"));
    let mut file = File::create(&beside)?;
    file.write_all(&serde_json::to_vec(what)?)?;
    file.sync_all()?;
    fs::rename(&beside, own.join(name))?;
    sync(own)
}

/// Brings a folder's entries to the disk, where folders can be opened.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

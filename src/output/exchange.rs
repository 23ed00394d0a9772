//! The output folder exchanged, as a whole, for one with the new results.
//!
//! The new folder is made ready beside the old one, with what is the program's own in it: a lock that this run holds already,
//! and what the folder holds. After the exchange only the results of single documents go over to it, which nobody sees.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::journal::{MANIFEST, at_once, put, sync};
use super::{LOCK, Manifest, NEW, OWN, RECORDS, clear};

/// Where the new folder stands before the exchange, and the old one after it; a link leads to the folder itself.
fn beside(dir: &Path) -> io::Result<(PathBuf, PathBuf)> {
    let place = dir.canonicalize()?;
    let name = place.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = place.with_file_name(format!(".{name}{OWN}"));
    Ok((place, beside))
}

/// Exchanges the folder for the new results; gives back the new folder's lock. `None` where it can't be exchanged, and nothing
/// has changed. `go_on` is asked before each step.
pub(super) fn exchange(
    dir: &Path,
    manifest: &Manifest,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> io::Result<Option<File>> {
    let Ok((place, beside)) = beside(dir) else { return Ok(None) };
    // Who stands in the folder would stand in the old one.
    if std::env::current_dir().and_then(|here| here.canonicalize()).is_ok_and(|here| here.starts_with(&place)) {
        return Ok(None);
    }
    let new = place.join(OWN).join(NEW);
    let own = new.join(OWN);
    fs::create_dir(&own)?;
    let lock = File::create(own.join(LOCK))?;
    // Where there are no locks nobody holds the old one either.
    let _ = lock.try_lock();
    put(&own, MANIFEST, manifest)?;
    sync(&new)?;
    let ready = || -> io::Result<()> {
        clear(&beside)?;
        fs::set_permissions(&new, place.metadata()?.permissions())?;
        fs::rename(&new, &beside)
    };
    if ready().is_err() {
        clear(&own)?;
        return Ok(None);
    }
    if !go_on(0) {
        return Ok(Some(lock));
    }
    if at_once(&beside, &place).is_err() {
        fs::rename(&beside, &new)?;
        clear(&own)?;
        return Ok(None);
    }
    if let Some(above) = place.parent() {
        // It stands there; whether it would after a power cut is all that is open.
        let _ = sync(above);
    }
    if go_on(1) {
        finish(dir)?;
    }
    Ok(Some(lock))
}

/// Does what is left to do after an exchange, or takes away what was made ready for one.
pub(super) fn finish(dir: &Path) -> io::Result<()> {
    let Ok((place, beside)) = beside(dir) else { return Ok(()) };
    if !beside.join(OWN).is_dir() {
        return Ok(());
    }
    let (from, to) = (beside.join(OWN).join(RECORDS), place.join(OWN).join(RECORDS));
    if from.is_dir() && !to.exists() {
        fs::rename(&from, &to)?;
    }
    // What can't be taken away now goes at the next run.
    let _ = clear(&beside);
    Ok(())
}

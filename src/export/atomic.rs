//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::ExportError;

/// A file that is written beside its place and renamed when it is whole; what stood there before stays until then, and stays
/// on error.
pub(crate) struct Draft {
    path: PathBuf,
    beside: PathBuf,
    /// `None` once it stands in its place.
    out: Option<BufWriter<File>>,
    digest: Sha256,
    bytes: u64,
}

/// What was written into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

impl Draft {
    /// Starts a file that is to stand at `path`.
    pub(crate) fn create(path: &Path) -> Result<Self, ExportError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // The process id keeps two runs into one folder apart.
        let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&beside);
        let file = file.map_err(|source| ExportError::File { path: path.to_owned(), source })?;
        let out = Some(BufWriter::with_capacity(1 << 16, file));
        Ok(Draft { path: path.to_owned(), beside, out, digest: Sha256::new(), bytes: 0 })
    }

    /// Where it is to stand.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The error that writing it met.
    pub(crate) fn failed(&self, source: io::Error) -> ExportError {
        ExportError::File { path: self.path.clone(), source }
    }

    /// How many bytes were written so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What was written from one place to another.
    pub(crate) fn read(&mut self, start: u64, end: u64) -> io::Result<Vec<u8>> {
        let Some(out) = &mut self.out else { return Err(io::ErrorKind::BrokenPipe.into()) };
        out.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        out.get_ref().take(end.saturating_sub(start)).read_to_end(&mut bytes)?;
        out.seek(SeekFrom::End(0))?;
        Ok(bytes)
    }

    /// Puts the file in its place.
    pub(crate) fn finish(mut self) -> Result<Content, ExportError> {
        let out = self.out.take();
        let written = out.map_or(Ok(()), |out| out.into_inner().map(drop).map_err(io::IntoInnerError::into_error));
        let placed = written.and_then(|()| fs::rename(&self.beside, &self.path));
        placed.map_err(|source| {
            // The draft may not exist; the error that matters is the first one.
            let _ = fs::remove_file(&self.beside);
            self.failed(source)
        })?;
        Ok(Content { bytes: self.bytes, sha256: crate::hexadecimal(&self.digest.finalize_reset()) })
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(out) = &mut self.out else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let written = out.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.out.take().is_some() {
            // What is left of a file that was given up; nobody can be told that it stays.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// Writes a whole file at once.
pub(crate) fn write_atomically(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), ExportError> {
    let mut draft = Draft::create(path)?;
    fill(&mut draft).map_err(|source| draft.failed(source))?;
    draft.finish().map(drop)
}

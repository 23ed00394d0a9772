//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::ExportError;

/// Writes a file beside its place and renames it; what stood there before stays until then, and stays on error.
pub(crate) fn write_atomically(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), ExportError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // The process id keeps two runs into one folder apart.
    let draft = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let write = || {
        let mut out = BufWriter::new(File::create(&draft)?);
        fill(&mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?;
        fs::rename(&draft, path)
    };
    write().map_err(|source| {
        // The draft may not exist; the error that matters is the first one.
        let _ = fs::remove_file(&draft);
        ExportError::File { path: path.to_owned(), source }
    })
}

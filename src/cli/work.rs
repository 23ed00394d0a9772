//! What all commands that read documents share: which inputs are meant, threads, room on the stack.

use std::path::PathBuf;

use pianometro::{Input, InputError};

use super::failure::{Failure, reason};

/// Deeply nested pages and nested PDF forms are walked on the stack of libraries.
const STACK: usize = 64 << 20;

/// Does some work on threads of their own: `jobs` of them, or as many as there are processors.
pub fn with_threads<T: Send>(
    jobs: Option<u16>,
    work: impl FnOnce() -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    let threads = jobs.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    pool.map_err(Failure::usage)?.install(work)
}

/// The documents that the paths lead to, one at least.
pub fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let inputs = pianometro::inputs(paths).map_err(|error| {
        let message = match &error {
            InputError::NotFound { path, source } => format!("{}: {}", path.display(), reason(source)),
            InputError::Walk { .. } => error.to_string(),
        };
        Failure::usage(message).with_help("controllare il percorso; si possono dare file e cartelle")
    })?;
    if inputs.is_empty() {
        return Err(Failure::usage("nessun documento da leggere nei percorsi dati")
            .with_help("di una cartella si leggono i file .pdf, .html, .htm, .xhtml, .txt, .md e .p7m"));
    }
    Ok(inputs)
}

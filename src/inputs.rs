//! Which files a run reads: the named ones, and those of the named folders that can be plans.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::output;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The name the dataset knows it by: the file's name, or its path inside the named folder, with `/`.
    pub name: String,
    pub path: PathBuf,
}

/// A path that leads nowhere.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    #[error("{path}: {source}")]
    NotFound { path: PathBuf, source: std::io::Error },
    #[error("{path}: {source}")]
    Walk { path: PathBuf, source: walkdir::Error },
}

/// The inputs of a run, sorted by name and path, each file once. A named file is always taken; of a folder, with all that is
/// below it, the files that documents are published as (`.pdf`, `.html`, `.htm`, `.xhtml`, `.txt`, `.md`, signed ones `.p7m`),
/// save hidden ones and those named "readme"; what a run has written is left out.
///
/// # Errors
/// When a path doesn't exist or a folder can't be listed.
pub fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, InputError> {
    let mut out = Vec::new();
    for path in paths {
        let facts = path.metadata().map_err(|source| InputError::NotFound { path: path.clone(), source })?;
        if !facts.is_dir() {
            let name = path.file_name().map_or_else(|| path.to_string_lossy(), |n| n.to_string_lossy()).into_owned();
            out.push(Input { name, path: path.clone() });
            continue;
        }
        let visible = |entry: &walkdir::DirEntry| {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            entry.depth() == 0 || !(hidden || output::is_result(entry.path()))
        };
        for entry in WalkDir::new(path).follow_links(true).into_iter().filter_entry(visible) {
            let entry = entry.map_err(|source| InputError::Walk { path: path.clone(), source })?;
            if entry.file_type().is_file() && may_be_a_plan(entry.path()) {
                out.push(Input { name: name_within(path, entry.path()), path: entry.into_path() });
            }
        }
    }
    out.sort();
    let mut seen = std::collections::HashSet::new();
    out.retain(|input| seen.insert(input.path.clone()));
    Ok(out)
}

fn may_be_a_plan(path: &Path) -> bool {
    const ENDINGS: [&str; 7] = ["pdf", "html", "htm", "xhtml", "txt", "md", "p7m"];
    let lower = |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().to_lowercase()).unwrap_or_default();
    ENDINGS.contains(&lower(path.extension()).as_str()) && lower(path.file_stem()) != "readme"
}

fn name_within(folder: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_give_documents_and_named_files_are_always_taken() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["b.PDF", "a.html", "README.md", "facts.toml", ".hidden.pdf", "sub/c.txt"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, "x").expect("a file");
        }
        let names = |paths: &[PathBuf]| inputs(paths).expect("inputs").into_iter().map(|i| i.name).collect::<Vec<_>>();
        assert_eq!(names(&[folder.path().to_owned()]), ["a.html", "b.PDF", "sub/c.txt"]);
        assert_eq!(names(&[folder.path().join("facts.toml"), folder.path().join("facts.toml")]), ["facts.toml"]);
        for results in ["", "output"].map(|name| folder.path().join(name)) {
            std::fs::create_dir_all(results.join(".pianometro")).expect("a folder");
            std::fs::create_dir_all(results.join("report")).expect("a folder");
            std::fs::write(results.join("report/index.html"), "x").expect("a file");
        }
        assert_eq!(names(&[folder.path().to_owned()]), ["a.html", "b.PDF", "sub/c.txt"]);
        assert!(matches!(inputs(&[folder.path().join("nowhere")]), Err(InputError::NotFound { .. })));
    }
}

//! How long reading, understanding and a whole run take. `cargo bench --manifest-path benches/Cargo.toml --target-dir target`, with `-- tables` for a
//! part of it.
//!
//! The files are the repository's own fixtures and, where they are at hand, the real documents under `PIANOMETRO_CORPUS` (or
//! `../shared` beside the repository). `scripts/compare-peers` measures the same against other programs.

use divan::{Bencher, counter::BytesCount};
use pianometro::document::{Document, tables_json};
use pianometro::extract::Lexicon;
use pianometro::{Input, Knowledge, read};
use std::path::{Path, PathBuf};

fn main() {
    divan::main();
}

/// A file to read, shown by its name.
#[derive(Debug, Clone)]
struct Sample(PathBuf);

impl std::fmt::Display for Sample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0.file_name().unwrap_or_default().to_string_lossy())
    }
}

impl Sample {
    fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.0).expect("a sample is readable")
    }

    fn document(&self) -> Document {
        read::read(self.bytes()).expect("a sample is a document")
    }
}

/// The readable PDFs of the repository's fixtures and of the corpus.
fn pdfs() -> Vec<Sample> {
    let repository = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let corpus = std::env::var_os("PIANOMETRO_CORPUS").map_or_else(|| repository.join("../shared"), PathBuf::from);
    let mut found: Vec<PathBuf> = [repository.join("fixtures"), corpus.join("fixtures")]
        .into_iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .filter(|path| std::fs::read(path).is_ok_and(|bytes| read::read(bytes).is_ok()))
        .collect();
    found.sort();
    found.into_iter().map(Sample).collect()
}

/// Bytes → what stands on the pages.
#[divan::bench(args = pdfs())]
fn reading(bencher: Bencher, sample: &Sample) {
    let bytes = sample.bytes();
    bencher.counter(BytesCount::of_slice(&bytes)).with_inputs(|| bytes.clone()).bench_values(read::read);
}

/// What stands on the pages → the tables as JSON.
#[divan::bench(args = pdfs())]
fn printing_tables(bencher: Bencher, sample: &Sample) {
    let document = sample.document();
    bencher.bench(|| tables_json("sample", &document).to_string());
}

/// What stands on the pages → indicators with typed values.
#[divan::bench(args = pdfs())]
fn extracting(bencher: Bencher, sample: &Sample) {
    let document = sample.document();
    bencher.bench(|| pianometro::understand(&document, "sample", String::new(), Lexicon::shipped()));
}

/// Files → scores and comparison, on all processors, nothing written.
#[divan::bench(sample_count = 10)]
fn whole_run(bencher: Bencher) {
    let inputs: Vec<Input> = pdfs().into_iter().map(|s| Input { name: s.to_string(), path: s.0 }).collect();
    let knowledge = Knowledge::default();
    bencher.bench(|| pianometro::run(&inputs, &knowledge).expect("the comparison works"));
}

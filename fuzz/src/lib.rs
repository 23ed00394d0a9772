//! The program's stages from bytes to a plan, and what must hold of whatever comes out of them.

// Not everything that the program uses of them is used here.
#![allow(dead_code)]
#![forbid(unsafe_code)]

#[path = "../../src/document/mod.rs"]
pub mod document;
#[path = "../../src/extract/mod.rs"]
pub mod extract;
#[path = "../../src/normalise/mod.rs"]
pub mod normalise;
#[path = "../../src/read/mod.rs"]
pub mod read;

use document::{Document, Source, tables};
use extract::Lexicon;
use normalise::{FileFacts, Plan};

/// Reads bytes and understands them; a file that can't be read must say why and what to do.
///
/// # Panics
/// Where what comes out breaks a rule that its type states.
pub fn read_and_understand(bytes: &[u8]) {
    match read::read(bytes.to_vec()) {
        Ok(document) => {
            hold(&document);
            understand(&document);
        }
        Err(error) => {
            assert!(!error.reason().as_str().is_empty());
            assert!(error.to_string().len() < 1000, "{error}");
        }
    }
}

fn understand(document: &Document) {
    let facts = FileFacts {
        name: "prova.pdf".to_owned(),
        sha256: "00".repeat(32),
        format: document.format,
        pages: u32::try_from(document.pages.len()).unwrap_or(u32::MAX),
        faults: document.faults.clone(),
        recognised: document.recognised.clone(),
    };
    let lexicon = Lexicon::shipped();
    let plan: Plan = normalise::normalise(extract::extract(document, lexicon), facts, lexicon);
    let mut ids: Vec<&str> = plan.indicators.iter().map(|indicator| indicator.indicator_id.as_str()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an indicator's id stands twice");
}

/// The rules of a document: tables whose cells are in order, lie in the grid and don't overlap; places that are on its pages.
fn hold(document: &Document) {
    let on_a_page = |source: &Source| {
        assert!(source.page >= 1 && source.page as usize <= document.pages.len().max(1), "{source:?}");
        assert!(source.bbox.is_none_or(|b| b.iter().all(|v| v.is_finite())), "{source:?}");
    };
    for table in tables(document) {
        on_a_page(&table.source);
        assert!((0.0..=1.0).contains(&table.confidence), "{}", table.confidence);
        let places: usize = table.cells.iter().map(|c| c.rowspan as usize * c.colspan as usize).sum();
        assert!(places <= table.rows as usize * table.cols as usize, "cells overlap");
        for cell in &table.cells {
            on_a_page(&cell.source);
            assert!(cell.rowspan > 0 && cell.colspan > 0);
            assert!(cell.row + cell.rowspan <= table.rows && cell.col + cell.colspan <= table.cols);
        }
        assert!(table.cells.windows(2).all(|pair| (pair[0].row, pair[0].col) < (pair[1].row, pair[1].col)));
    }
}

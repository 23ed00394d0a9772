//! pianometro reads the performance plans and reports that Italian chambers of commerce publish, turns their indicator sheets
//! into one comparable dataset, recomputes the scores and compares chambers and years.
//!
//! One direction, no way back; each stage is a module with one function and one type going out:
//!
//! ```text
//! bytes ──read──▶ Document ──extract──▶ PrintedPlan ──normalise──▶ Plan ──score──▶ Scores ──compare──▶ Comparison ──export, report──▶ files
//! ```

#![forbid(unsafe_code)]

pub mod annotate;
pub mod audit;
pub mod batch;
pub mod compare;
pub mod document;
pub mod export;
pub mod extract;
pub mod normalise;
pub mod output;
pub mod read;
pub mod report;
pub mod score;
pub mod store;

mod fixed;
mod inputs;
mod kept;
mod places;
mod quiet;

pub use inputs::{Input, InputError, inputs};
pub use kept::KeptError;

use std::io::Read as _;
use std::time::Instant;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use audit::{Finding, Following, Standing};
use compare::{CompareError, Decision, Decisions};
use document::{Document, Reason};
use export::{FailedFile, FileResult, ReadFile, Run};
use extract::Lexicon;
use normalise::{Corrections, FileFacts, Plan, Unapplied};
use read::Ocr;
use score::Policy;
use store::Timings;

/// The knowledge a run rests on.
#[derive(Debug, Clone)]
pub struct Knowledge<'k> {
    pub lexicon: &'k Lexicon,
    pub policy: Policy,
    pub corrections: Corrections,
    /// A person's decisions on indicators that measure the same.
    pub decisions: Decisions,
    /// Which pages are read by optical recognition.
    pub ocr: Ocr,
}

impl Default for Knowledge<'static> {
    /// What ships with the program.
    fn default() -> Self {
        Knowledge {
            lexicon: Lexicon::shipped(),
            policy: Policy::default_policy(),
            corrections: Corrections::default(),
            decisions: Decisions::default(),
            ocr: Ocr::default(),
        }
    }
}

/// Understands one document: everything up to typed values. A pure function of the document, its file's facts and the lexicon.
pub fn understand(document: &Document, name: &str, sha256: String, lexicon: &Lexicon) -> Plan {
    let facts = FileFacts {
        name: name.to_owned(),
        sha256,
        format: document.format,
        pages: u32::try_from(document.pages.len()).unwrap_or(u32::MAX),
        faults: document.faults.clone(),
        recognised: document.recognised.clone(),
    };
    normalise::normalise(extract::extract(document, lexicon), facts, lexicon)
}

/// Reads, understands and scores every input, in parallel on rayon's current pool, and compares them, all in memory; for many
/// documents see [`batch`]. The result is in the inputs' order whatever the number of threads.
///
/// # Errors
/// Only where the comparison fails; an input that can't be read is a [`FileResult::Failed`] of the run.
pub fn run(inputs: &[Input], knowledge: &Knowledge<'_>) -> Result<Run, CompareError> {
    let files: Vec<FileResult> = inputs.par_iter().map(|input| read_one(input, knowledge, &|| ()).0).collect();
    let mut run = Run { files, ..Run::default() };
    let plans: Vec<&Plan> = run.read().map(|(plan, _)| plan).collect();
    let standing: Vec<Standing<'_>> = plans.iter().map(|plan| Standing::from(*plan)).collect();
    let mut across = vec![Vec::new(); plans.len()];
    for Following { before, after } in audit::following(&standing) {
        let before: Vec<&Plan> = before.iter().filter_map(|place| plans.get(*place).copied()).collect();
        for place in after {
            if let Some((plan, found)) = plans.get(place).zip(across.get_mut(place)) {
                *found = audit::check_across(plan, &before);
            }
        }
    }
    let named: Vec<(&str, &str)> =
        plans.iter().map(|plan| (plan.card.document_id.as_str(), plan.card.source_file.as_str())).collect();
    run.findings = unapplied(knowledge, &named);
    run.add_findings(across);
    run.comparison = compare::compare(&run.material(), &knowledge.decisions)?;
    run.findings.extend(run.comparison.idle.iter().map(idle));
    run.spread_duplicates();
    Ok(run)
}

/// The findings on corrections of no document; the documents are given by their ids and their files' names.
fn unapplied(knowledge: &Knowledge<'_>, documents: &[(&str, &str)]) -> Vec<Finding> {
    let elsewhere = knowledge.corrections.of_no_document(documents);
    elsewhere.into_iter().map(|line| audit::unapplied(line, Unapplied::NoDocument)).collect()
}

/// The finding on a decision that concerns no document.
fn idle(decision: &Decision) -> Finding {
    audit::idle(decision.line, &decision.left, &decision.right)
}

/// One input's result, and where the time went. `pulse` as of [`read::read_with`].
pub(crate) fn read_one(input: &Input, knowledge: &Knowledge<'_>, pulse: &(dyn Fn() + Sync)) -> (FileResult, Timings) {
    let mut timings = Timings::default();
    let failed = |sha256, format, reason: Reason, message: String| {
        FileResult::Failed(FailedFile {
            source_file: input.name.clone(),
            sha256,
            format,
            reason_code: reason.as_str().to_owned(),
            message,
        })
    };
    let begun = Instant::now();
    let bytes = match std::fs::read(&input.path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("il file non si apre ({error}): controllare il percorso e i permessi");
            return (failed(None, None, Reason::Unreadable, message), timings);
        }
    };
    let sha256 = sha256(&bytes);
    let bytes = read::opened(bytes);
    let format = read::format(&bytes);
    let document = read::read_with(bytes, knowledge.ocr, pulse);
    timings.read = begun.elapsed();
    let document = match document {
        Ok(document) => document,
        Err(error) => return (failed(Some(sha256), format, error.reason(), error.to_string()), timings),
    };
    let begun = Instant::now();
    let mut plan = understand(&document, &input.name, sha256, knowledge.lexicon);
    let unapplied = knowledge.corrections.apply(&mut plan, knowledge.lexicon);
    timings.understand = begun.elapsed();
    let begun = Instant::now();
    let scores = score::score(&plan, &knowledge.policy);
    timings.score = begun.elapsed();
    let begun = Instant::now();
    let mut findings = audit::check(&plan, &scores, knowledge.lexicon);
    findings.extend(audit::unread(&plan, knowledge.lexicon));
    findings.extend(unapplied.iter().map(|(line, why)| audit::unapplied(line, *why)));
    let file = ReadFile::new(plan, scores, findings);
    timings.check = begun.elapsed();
    (FileResult::Read(Box::new(file)), timings)
}

/// SHA-256 of some bytes, lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The same of what a file holds, read piece by piece.
fn sha256_of(mut file: std::fs::File) -> std::io::Result<String> {
    let mut digest = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hexadecimal(&digest.finalize())),
            read => digest.update(piece.get(..read).unwrap_or_default()),
        }
    }
}

/// Bytes in lower-case hexadecimal.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_standard_one() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}

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
pub mod compare;
pub mod document;
pub mod export;
pub mod extract;
pub mod normalise;
pub mod read;
pub mod report;
pub mod score;

mod inputs;
mod places;

pub use inputs::{Input, InputError, inputs};
pub use places::draw;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use compare::{CompareError, Decisions};
use document::{Document, Reason};
use export::{FailedFile, FileResult, ReadFile, Run};
use extract::Lexicon;
use normalise::{Corrections, FileFacts, Plan, Unapplied};
use read::Ocr;
use score::Policy;

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

/// Reads, understands and scores every input, in parallel on rayon's current pool, and compares them. The result is in the
/// inputs' order whatever the number of threads. `done` is told of each file as it is finished.
///
/// # Errors
/// Only where the comparison fails; an input that can't be read is a [`FileResult::Failed`] of the run.
pub fn run(
    inputs: &[Input],
    knowledge: &Knowledge<'_>,
    done: &(dyn Fn(&FileResult) + Sync),
) -> Result<Run, CompareError> {
    let files: Vec<FileResult> = inputs
        .par_iter()
        .map(|input| {
            let result = run_one(input, knowledge);
            done(&result);
            result
        })
        .collect();
    let mut run = Run { files, ..Run::default() };
    let plans: Vec<&Plan> = run.read().map(|(plan, _)| plan).collect();
    let mut across = audit::check_across(&plans).into_iter();
    let elsewhere = knowledge.corrections.of_no_document(&plans);
    let findings = elsewhere.into_iter().map(|line| audit::unapplied(line, Unapplied::NoDocument)).collect();
    run.findings = findings;
    for file in &mut run.files {
        if let FileResult::Read(read) = file {
            read.findings.extend(across.next().into_iter().flatten());
        }
    }
    run.comparison = compare::compare(&run.material(), &knowledge.decisions)?;
    run.findings.append(&mut run.comparison.findings);
    Ok(run)
}

fn run_one(input: &Input, knowledge: &Knowledge<'_>) -> FileResult {
    let failed = |sha256, format, reason: Reason, message: String| {
        FileResult::Failed(FailedFile {
            source_file: input.name.clone(),
            sha256,
            format,
            reason_code: reason.as_str().to_owned(),
            message,
        })
    };
    let bytes = match std::fs::read(&input.path) {
        Ok(bytes) => bytes,
        Err(error) => {
            return failed(
                None,
                None,
                Reason::Unreadable,
                format!("il file non si apre ({error}): controllare il percorso e i permessi"),
            );
        }
    };
    let sha256 = sha256(&bytes);
    let format = read::format(&bytes);
    match read::read_with(bytes, knowledge.ocr) {
        Ok(document) => {
            let mut plan = understand(&document, &input.name, sha256, knowledge.lexicon);
            let unapplied = knowledge.corrections.apply(&mut plan, knowledge.lexicon);
            let scores = score::score(&plan, &knowledge.policy);
            let mut findings = audit::check(&plan, &scores, knowledge.lexicon);
            findings.extend(audit::unread(&plan, knowledge.lexicon));
            findings.extend(unapplied.iter().map(|(line, why)| audit::unapplied(line, *why)));
            FileResult::Read(Box::new(ReadFile { plan, scores, findings }))
        }
        Err(error) => failed(Some(sha256), format, error.reason(), error.to_string()),
    }
}

/// SHA-256 of some bytes, lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_standard_one() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}

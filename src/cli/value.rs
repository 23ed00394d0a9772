//! `pianometro value`: how printed texts are read.

use std::io::{self, BufRead, BufWriter, Write};
use std::process::ExitCode;

use pianometro::normalise::{Role, read_value};

use super::failure::Failure;

/// A value to read, as `pianometro value` takes it.
#[derive(Debug, serde::Deserialize)]
struct Question {
    context: Role,
    raw: String,
}

/// Answers each line of the standard input with its typed reading.
pub fn values() -> Result<ExitCode, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let question: Question = serde_json::from_str(&line).map_err(|error| {
            Failure::usage(format!("riga {}: {error}", number + 1))
                .with_help("ogni riga è {\"context\": \"target\", \"raw\": \"…\"}")
        })?;
        writeln!(out, "{}", read_value(question.context, &question.raw).to_json())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

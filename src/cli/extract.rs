//! `pianometro extract`: the indicators of one document, a JSON object a line.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use pianometro::{export, read};

use super::failure::Failure;
use super::knowledge::OwnKnowledge;
use super::open;

#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Il documento: PDF, HTML o testo
    #[arg(help_heading = "Argomenti", value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    own: OwnKnowledge,
}

pub fn extract(args: &ExtractArgs) -> Result<ExitCode, Failure> {
    let ExtractArgs { file: path, own } = args;
    let (lexicon, corrections) = (own.lexicon()?, own.corrections()?);
    let (bytes, name) = open(path)?;
    let sha256 = pianometro::sha256(&bytes);
    let document = read::read_with(bytes, own.ocr(), &|| ()).map_err(|error| Failure::unreadable(path, error))?;
    let mut plan = pianometro::understand(&document, &name, sha256, &lexicon);
    let unapplied = corrections.apply(&mut plan, &lexicon);
    let mut err = io::stderr().lock();
    // The corrections of other documents may stand in the same file.
    for (line, why) in unapplied {
        writeln!(err, "avviso: {}", pianometro::audit::unapplied(&line, why).message)?;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    export::write_indicators(&mut out, &plan)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

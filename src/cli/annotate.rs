//! `pianometro annotate`: a copy of a PDF that shows what was read and found.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use pianometro::document::Format;
use pianometro::export::FileResult;
use pianometro::{Input, annotate as annotated, read};

use super::failure::{Failure, reason};
use super::knowledge::{OwnKnowledge, policy};

#[derive(Debug, Args)]
pub struct AnnotateArgs {
    /// Il documento: un PDF
    #[arg(help_heading = "Argomenti", value_name = "FILE.pdf")]
    file: PathBuf,
    /// La copia da scrivere
    #[arg(short, long, value_name = "COPIA.pdf")]
    out: PathBuf,
    /// Il criterio di calcolo dei punteggi: il nome di uno di data/policies o un file in quella forma; senza, «default»
    #[arg(long, value_name = "NOME|FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    own: OwnKnowledge,
}

/// Writes the copy and says what is on it.
pub fn annotate(args: &AnnotateArgs) -> Result<ExitCode, Failure> {
    let lexicon = args.own.lexicon()?;
    let knowledge = args.own.knowledge(&lexicon, policy(args.policy.as_deref())?)?;
    let (bytes, name) = super::open(&args.file)?;
    if read::format(&bytes) != Some(Format::Pdf) {
        return Err(Failure::usage(format!("{}: si annotano solo PDF", args.file.display())));
    }
    if same_file(&args.file, &args.out) {
        return Err(
            Failure::usage("la copia non può stare al posto dell'originale").with_help("dare a -o un altro nome")
        );
    }
    let input = Input { name, path: args.file.clone() };
    let run = pianometro::run(&[input], &knowledge).map_err(Failure::usage)?;
    let file = match run.files.first() {
        Some(FileResult::Read(file)) => file,
        Some(FileResult::Failed(failed)) => return Err(Failure::unreadable(&args.file, &failed.message)),
        None => return Err(Failure::usage(format!("{}: nulla da leggere", args.file.display()))),
    };
    let copy = annotated::annotate(&bytes, &file.plan, &file.scores, &file.findings)
        .map_err(|error| Failure::unreadable(&args.file, error))?;
    std::fs::write(&args.out, &copy.bytes).map_err(|error| {
        Failure::usage(format!("{}: {}", args.out.display(), reason(&error)))
            .with_help("scegliere con -o un file in una cartella in cui si può scrivere")
    })?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Scritta la copia {}: {} celle contornate, {} rilievi",
        args.out.display(),
        copy.outlines,
        copy.notes
    )?;
    if copy.unplaced > 0 {
        writeln!(out, "Senza un posto su una pagina, e quindi non segnati: {}", copy.unplaced)?;
    }
    if copy.was_encrypted {
        writeln!(
            io::stderr().lock(),
            "avviso: l'originale è protetto (si apre senza password), la copia non lo è più"
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether both are one file, by whatever names.
fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

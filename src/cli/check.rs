//! `pianometro check`: what a careful reader would find in the documents.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use pianometro::audit::{self, Finding, Language, Selection};
use pianometro::compare::Decisions;
use pianometro::export::FileResult;
use pianometro::{InputError, Knowledge};

use super::failure::{Failure, reason};
use super::knowledge::{OwnKnowledge, Reading, policy};

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Documenti e cartelle da controllare
    #[arg(required = true, help_heading = "Argomenti", value_name = "PERCORSO")]
    paths: Vec<PathBuf>,
    /// Solo queste regole: codici o inizi di codici, separati da virgole («COE,ACC101»)
    #[arg(long, value_delimiter = ',', value_name = "CODICI")]
    select: Vec<String>,
    /// Tutte meno queste regole
    #[arg(long, value_delimiter = ',', value_name = "CODICI")]
    ignore: Vec<String>,
    /// text (per leggere), json (un oggetto per rilievo) o sarif (SARIF 2.1.0)
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMATO")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    format: Format,
    /// La lingua dei messaggi: it o en
    #[arg(long, value_enum, default_value_t = Lang::It, value_name = "LINGUA")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    lang: Lang,
    /// Il criterio di calcolo con cui si ricalcolano i risultati stampati: il nome di uno di data/policies o un file in quella
    /// forma; senza, «default»
    #[arg(long, value_name = "NOME|FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    own: OwnKnowledge,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    It,
    En,
}

/// Exit code 0 where nothing is found, 1 where something is, 2 where a file can't be read.
pub fn check(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let selection = Selection { select: args.select.clone(), ignore: args.ignore.clone() };
    if let Some(code) = selection.unknown() {
        return Err(
            Failure::usage(format!("nessuna regola comincia con «{code}»")).with_help("pianometro rule le elenca")
        );
    }
    let inputs = pianometro::inputs(&args.paths).map_err(|error| {
        let message = match &error {
            InputError::NotFound { path, source } => format!("{}: {}", path.display(), reason(source)),
            InputError::Walk { .. } => error.to_string(),
        };
        Failure::usage(message).with_help("controllare il percorso; si possono dare file e cartelle")
    })?;
    if inputs.is_empty() {
        return Err(Failure::usage("nessun documento da leggere nei percorsi dati")
            .with_help("di una cartella si leggono i file .pdf, .html, .htm, .xhtml, .txt e .md"));
    }
    let lexicon = args.own.lexicon()?;
    let knowledge = Knowledge {
        lexicon: &lexicon,
        policy: policy(args.policy.as_deref())?,
        corrections: args.own.corrections()?,
        decisions: Decisions::default(),
        ocr: args.reading.ocr(),
    };
    let pool = rayon::ThreadPoolBuilder::new()
        // Deeply nested pages and nested PDF forms are walked on the stack of libraries.
        .stack_size(64 << 20)
        .build()
        .map_err(Failure::usage)?;
    let run = pool.install(|| pianometro::run(&inputs, &knowledge, &|_| ())).map_err(Failure::usage)?;
    let language = match args.lang {
        Lang::It => Language::Italian,
        Lang::En => Language::English,
    };
    let wanted = |finding: &&Finding| selection.wants(finding.code);
    let mut files: Vec<(&str, Option<&str>, Vec<&Finding>)> = Vec::new();
    let mut failed = false;
    for file in &run.files {
        match file {
            FileResult::Read(read) => {
                let card = &read.plan.card;
                let found = read.findings.iter().filter(wanted).collect();
                files.push((&card.source_file, Some(&card.document_id), found));
            }
            FileResult::Failed(file) => {
                failed = true;
                writeln!(io::stderr().lock(), "errore: {}: {}", file.source_file, file.message)?;
            }
        }
    }
    // Those of no document: corrections that name none of the files.
    let elsewhere: Vec<&Finding> = run.findings.iter().filter(wanted).collect();
    if !elsewhere.is_empty() {
        files.push(("-", None, elsewhere));
    }
    let all: Vec<&Finding> = files.iter().flat_map(|(_, _, found)| found.iter().copied()).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Text => {
            for (file, _, found) in files.iter().filter(|(_, _, found)| !found.is_empty()) {
                audit::text(&mut out, file, found, language)?;
            }
            audit::summary(&mut out, &all, language)?;
        }
        Format::Json => {
            for (file, id, found) in &files {
                for finding in found {
                    writeln!(out, "{}", audit::json(file, *id, finding, language))?;
                }
            }
        }
        Format::Sarif => {
            let listed: Vec<(&str, &Finding)> =
                files.iter().flat_map(|(file, _, found)| found.iter().map(move |f| (*file, *f))).collect();
            serde_json::to_writer_pretty(&mut out, &audit::sarif(&listed, language)).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::from(if failed { 2 } else { u8::from(!all.is_empty()) }))
}

//! `pianometro check`: what a careful reader would find in the documents.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use pianometro::audit::{self, Finding, Language, Selection};
use pianometro::export::{FileResult, Run};

use super::failure::Failure;
use super::knowledge::{OwnKnowledge, policy};
use super::work::inputs;

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
    let inputs = inputs(&args.paths)?;
    let lexicon = args.own.lexicon()?;
    let knowledge = args.own.knowledge(&lexicon, policy(args.policy.as_deref())?)?;
    let run = pianometro::run(&inputs, &knowledge).map_err(Failure::usage)?;
    let mut err = io::stderr().lock();
    for file in &run.files {
        if let FileResult::Failed(file) = file {
            writeln!(err, "errore: {}: {}", file.source_file, file.message)?;
        }
    }
    let failed = run.files.iter().any(|file| matches!(file, FileResult::Failed(_)));
    let lists = lists(&run, &selection);
    print(&lists, args.format, args.lang)?;
    let found = lists.iter().any(|(_, _, found)| !found.is_empty());
    Ok(ExitCode::from(if failed { 2 } else { u8::from(found) }))
}

/// A file, the document's id, and findings.
type Listed<'r> = (&'r str, Option<&'r str>, Vec<&'r Finding>);

/// The wanted findings, file by file; those of no document (corrections that name none of the files) last.
fn lists<'r>(run: &'r Run, selection: &Selection) -> Vec<Listed<'r>> {
    let wanted = |finding: &&Finding| selection.wants(finding.code);
    let mut files: Vec<Listed<'r>> = Vec::new();
    for file in &run.files {
        if let FileResult::Read(read) = file {
            let card = &read.plan.card;
            let found = read.findings.iter().filter(wanted).collect();
            files.push((&card.source_file, Some(&card.document_id), found));
        }
    }
    let elsewhere: Vec<&Finding> = run.findings.iter().filter(wanted).collect();
    if !elsewhere.is_empty() {
        files.push(("-", None, elsewhere));
    }
    files
}

fn print(files: &[Listed<'_>], format: Format, lang: Lang) -> Result<(), Failure> {
    let language = match lang {
        Lang::It => Language::Italian,
        Lang::En => Language::English,
    };
    let all: Vec<&Finding> = files.iter().flat_map(|(_, _, found)| found.iter().copied()).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        Format::Text => {
            for (file, _, found) in files.iter().filter(|(_, _, found)| !found.is_empty()) {
                audit::text(&mut out, file, found, language)?;
            }
            audit::summary(&mut out, &all, language)?;
        }
        Format::Json => {
            for (file, id, found) in files {
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
    Ok(out.flush()?)
}

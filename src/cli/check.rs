//! `pianometro check`: what a careful reader would find in the documents.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use pianometro::audit::{self, Finding, Language, Selection, Tally};
use pianometro::batch::{self, Batch, BatchError, Limits, Workers};
use pianometro::export::FileResult;
use pianometro::store::{Store, Told};

use super::failure::{Failure, reason};
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
    let records = Records::create()?;
    let store = Store::open(&records.0).map_err(Failure::usage)?;
    let options = args.own.options().into_iter().chain(args.policy.iter().map(|policy| ("--policy", policy.clone())));
    let program = std::env::current_exe().map_err(Failure::usage)?;
    let limits = Limits::default();
    let workers = Workers::new(program, batch::arguments(&records.0, options), limits, records.0.clone());
    let batch = batch::read(&batch::look(&inputs), &knowledge, store, &workers, &|_| ()).map_err(Failure::usage)?;
    drop(workers);
    let mut err = io::stderr().lock();
    let mut failed = false;
    for told in batch.files() {
        if let Told::Failed(file) = told {
            failed = true;
            writeln!(err, "errore: {}: {}", file.source_file, file.message)?;
        }
    }
    let found = print(&batch, &selection, args.format, args.lang)?;
    Ok(ExitCode::from(if failed { 2 } else { u8::from(found) }))
}

/// A folder for what is read of each document, as long as the command runs.
struct Records(PathBuf);

impl Records {
    fn create() -> Result<Self, Failure> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
        let path = std::env::temp_dir().join(format!("pianometro-{}-{since}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|error| {
            Failure::usage(format!("{}: {}", path.display(), reason(&error)))
                .with_help("indicare con la variabile TMPDIR una cartella in cui si può scrivere")
        })?;
        Ok(Records(path))
    }
}

impl Drop for Records {
    fn drop(&mut self) {
        // What can't be taken away is the system's to clear.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A file, the document's id, and findings.
struct Listed {
    file: String,
    document_id: Option<String>,
    findings: Vec<Finding>,
}

/// The wanted findings, file by file; those of no document (corrections that name none of the files) last.
fn listed<'b>(batch: &'b Batch, selection: &'b Selection) -> impl Iterator<Item = Result<Listed, BatchError>> + 'b {
    let wanted = |findings: Vec<Finding>| -> Vec<Finding> {
        findings.into_iter().filter(|finding| selection.wants(finding.code)).collect()
    };
    let elsewhere = wanted(batch.findings().to_vec());
    let elsewhere = Listed { file: "-".to_owned(), document_id: None, findings: elsewhere };
    let files = (0..batch.files().count()).filter_map(move |index| match batch.file(index).transpose()? {
        Ok(FileResult::Read(read)) => {
            let card = read.plan.card;
            let findings = wanted(read.findings);
            Some(Ok(Listed { file: card.source_file, document_id: Some(card.document_id), findings }))
        }
        Ok(FileResult::Failed(_)) => None,
        Err(error) => Some(Err(error)),
    });
    files.chain((!elsewhere.findings.is_empty()).then_some(Ok(elsewhere)))
}

/// Writes the findings as they come; whether there were any.
fn print(batch: &Batch, selection: &Selection, format: Format, lang: Lang) -> Result<bool, Failure> {
    let language = match lang {
        Lang::It => Language::Italian,
        Lang::En => Language::English,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut tally = Tally::default();
    let mut stopped = None;
    let mut files = listed(batch, selection).map_while(|listed| match listed {
        Ok(listed) => {
            listed.findings.iter().for_each(|finding| tally.add(finding));
            Some(listed)
        }
        Err(error) => {
            stopped = Some(error);
            None
        }
    });
    match format {
        Format::Text => {
            for Listed { file, findings, .. } in files.by_ref().filter(|listed| !listed.findings.is_empty()) {
                audit::text(&mut out, &file, &findings, language)?;
            }
        }
        Format::Json => {
            for Listed { file, document_id, findings } in files.by_ref() {
                for finding in &findings {
                    writeln!(out, "{}", audit::json(&file, document_id.as_deref(), finding, language))?;
                }
            }
        }
        Format::Sarif => {
            let each = files.by_ref().flat_map(|Listed { file, findings, .. }| {
                findings.into_iter().map(move |finding| (file.clone(), finding))
            });
            audit::sarif(&mut out, each, language)?;
        }
    }
    drop(files);
    if let Some(error) = stopped {
        return Err(Failure::usage(error));
    }
    if let Format::Text = format {
        audit::summary(&mut out, &tally, language)?;
    }
    out.flush()?;
    Ok(!tally.is_empty())
}

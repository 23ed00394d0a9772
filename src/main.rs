//! The command line: arguments in, exit code out.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use pianometro::document::Document;
use pianometro::export::{self, CsvDialect, FileResult, Run};
use pianometro::extract::Lexicon;
use pianometro::normalise::{Role, read_value};
use pianometro::score::{Policy, Subject};
use pianometro::{Knowledge, document, read};

/// Legge i piani e le relazioni sulla performance delle camere di commercio (PDF, HTML, testo) e ne fa un dataset.
#[derive(Debug, Parser)]
#[command(name = "pianometro", version, disable_help_subcommand = true, arg_required_else_help = true)]
#[command(after_help = "Per cominciare:
  pianometro run piani/ --out output      legge una cartella di documenti e scrive output/data/*.csv, *.parquet, *.jsonl
  pianometro extract piano.pdf            gli indicatori di un documento, uno per riga (JSON)
  pianometro tables piano.pdf --format md le tabelle di un documento, come sono

Codici di uscita: 0 tutto letto; 1 qualche file non si è potuto leggere (è nominato, con il motivo); 2 uso errato o guasto.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Legge documenti e cartelle, ricalcola i punteggi, confronta le camere e scrive il dataset
    #[command(after_help = "Di una cartella si leggono i file .pdf, .html, .htm, .xhtml, .txt, .md, anche nelle sottocartelle;
che cosa è un file lo decide il contenuto, non il nome. Un file che non si legge è riportato e si va avanti.

Esempi:
  pianometro run fixtures --out output
  pianometro run piano-2020.pdf relazione-2020.pdf --out confronto --csv-dialect it")]
    Run(RunArgs),
    /// Stampa gli indicatori di un documento: un oggetto JSON per riga
    #[command(after_help = "Esempio:
  pianometro extract piano.pdf | jq -r '[.objective_code, .name, .weight.raw] | @tsv'")]
    Extract {
        /// Il documento: PDF, HTML o testo
        file: PathBuf,
    },
    /// Stampa le tabelle di uno o più documenti, con le celle unite e il loro posto
    #[command(after_help = "Esempi:
  pianometro tables piano.pdf --format md
  pianometro tables a.pdf b.html --format json > tabelle.jsonl   (un oggetto per riga e per file)")]
    Tables {
        /// I documenti: PDF, HTML o testo
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// La forma in cui stamparle
        #[arg(long, value_enum, default_value_t = TableFormat::Json)]
        format: TableFormat,
    },
    /// Legge valori stampati (righe JSON su stdin) e ne dà la lettura tipizzata
    #[command(after_help = "Esempio:
  echo '{\"context\": \"target\", \"raw\": \"almeno 1.500 posizioni\"}' | pianometro value
Contesti: weight, baseline, target, actual, variance, achievement.")]
    Value,
}

#[derive(Debug, Args)]
struct RunArgs {
    /// Documenti e cartelle da leggere
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// La cartella in cui scrivere
    #[arg(long, default_value = "output")]
    out: PathBuf,
    /// Quanti file leggere insieme; senza, quanti sono i processori
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Dialetto dei CSV: «standard» (virgola, punto decimale) o «it» (per i fogli di calcolo in italiano)
    #[arg(long, value_enum, default_value_t = Dialect::Standard)]
    csv_dialect: Dialect,
    /// Regole di calcolo dei punteggi, nella forma di data/policies/default.toml
    #[arg(long)]
    policy: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TableFormat {
    Json,
    Csv,
    Md,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dialect {
    Standard,
    It,
}

/// Why the command can't do its work; exit code 2, or 1 where an input could not be read.
#[derive(Debug)]
struct Failure {
    message: String,
    help: Option<&'static str>,
    code: u8,
}

impl Failure {
    fn usage(message: impl ToString) -> Self {
        Failure { message: message.to_string(), help: None, code: 2 }
    }

    fn unreadable(path: &Path, reason: impl ToString) -> Self {
        Failure { message: format!("{}: {}", path.display(), reason.to_string()), help: None, code: 1 }
    }

    fn with_help(self, help: &'static str) -> Self {
        Failure { help: Some(help), ..self }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        // Who reads our output has had enough: no failure.
        let code = if error.kind() == io::ErrorKind::BrokenPipe { 0 } else { 2 };
        Failure { message: error.to_string(), help: None, code }
    }
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Run(args) => run(&args),
        Command::Extract { file } => extract(&file),
        Command::Tables { files, format } => tables(&files, format),
        Command::Value => values(),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) if failure.code == 0 => ExitCode::SUCCESS,
        Err(failure) => {
            // A terminal that can't be written to leaves nothing to tell it.
            let mut err = io::stderr().lock();
            let _ = writeln!(err, "errore: {}", failure.message);
            if let Some(help) = failure.help {
                let _ = writeln!(err, "aiuto: {help}");
            }
            ExitCode::from(failure.code)
        }
    }
}

fn run(args: &RunArgs) -> Result<ExitCode, Failure> {
    let inputs = pianometro::inputs(&args.paths)
        .map_err(|error| Failure::usage(error).with_help("controllare il percorso; si possono dare file e cartelle"))?;
    if inputs.is_empty() {
        let help = "di una cartella si leggono i file .pdf, .html, .htm, .xhtml, .txt e .md";
        return Err(Failure::usage("nessun documento da leggere nei percorsi dati").with_help(help));
    }
    let knowledge = Knowledge { policy: policy(args.policy.as_deref())?, ..Knowledge::default() };
    let bar = progress(inputs.len());
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, usize::from))
        // Deeply nested pages and nested PDF forms are walked on the stack of libraries.
        .stack_size(64 << 20)
        .build()
        .map_err(Failure::usage)?;
    let run = pool.install(|| pianometro::run(&inputs, &knowledge, &|_| bar.inc(1))).map_err(Failure::usage)?;
    bar.finish_and_clear();
    let dialect = match args.csv_dialect {
        Dialect::Standard => CsvDialect::Standard,
        Dialect::It => CsvDialect::Italian,
    };
    let written = export::export(&run, &args.out, dialect)
        .map_err(|error| Failure::usage(error).with_help("scegliere con --out una cartella in cui si può scrivere"))?;
    let mut out = BufWriter::new(io::stdout().lock());
    summary(&mut out, &run)?;
    writeln!(out, "\nScritti {} file in {}", written.len(), args.out.display())?;
    out.flush()?;
    let failed = run.files.iter().any(|file| matches!(file, FileResult::Failed(_)));
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn policy(path: Option<&Path>) -> Result<Policy, Failure> {
    let Some(path) = path else { return Ok(Policy::default_policy()) };
    let text = std::fs::read_to_string(path).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Policy::from_toml(&name, &text)
        .map_err(|error| Failure::usage(format!("{}: {error}", path.display())).with_help("partire da data/policies/default.toml"))
}

/// A bar on a terminal, nothing elsewhere.
fn progress(files: usize) -> ProgressBar {
    let bar = ProgressBar::new(files as u64);
    // A constant template, shown on every run at a terminal.
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} documenti, ancora {eta}") {
        bar.set_style(style);
    }
    bar
}

/// What was read, document by document, and what was not.
fn summary(out: &mut impl Write, run: &Run) -> io::Result<()> {
    let read = run.read().count();
    writeln!(out, "Letti {read} file su {}", run.files.len())?;
    if read > 0 {
        writeln!(out, "\n{:<34} {:<42} {:>9} {:>10} {:>8} {:>8}", "documento", "file", "obiettivi", "indicatori", "valutati", "ente")?;
    }
    for (plan, scores) in run.read() {
        let scored = scores.scores.iter().filter(|s| s.subject == Subject::Indicator && s.value.is_some()).count();
        let entity = scores.scores.iter().find(|s| s.subject == Subject::Entity).and_then(|s| s.value);
        let entity = entity.map_or("-".to_owned(), |v| v.round_dp(2).to_string().replace('.', ","));
        writeln!(
            out,
            "{:<34} {:<42} {:>9} {:>10} {:>8} {:>8}",
            plan.card.document_id,
            plan.card.source_file,
            plan.objectives.len(),
            plan.indicators.len(),
            scored,
            entity
        )?;
        for fault in &plan.card.faults {
            writeln!(out, "  letto in parte, pagina {}: {}", fault.page, fault.message)?;
        }
    }
    let failed: Vec<_> = run.files.iter().filter_map(|f| if let FileResult::Failed(f) = f { Some(f) } else { None }).collect();
    if !failed.is_empty() {
        writeln!(out, "\nNon letti:")?;
    }
    for file in failed {
        writeln!(out, "  {}: {}", file.source_file, file.message)?;
    }
    Ok(())
}

fn open(path: &Path) -> Result<(Vec<u8>, String), Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::unreadable(path, error))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((bytes, name))
}

fn extract(path: &Path) -> Result<ExitCode, Failure> {
    let (bytes, name) = open(path)?;
    let sha256 = pianometro::sha256(&bytes);
    let document = read::read(bytes).map_err(|error| Failure::unreadable(path, error))?;
    let plan = pianometro::understand(&document, &name, sha256, Lexicon::shipped());
    let mut out = BufWriter::new(io::stdout().lock());
    export::write_indicators(&mut out, &plan)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn tables(paths: &[PathBuf], format: TableFormat) -> Result<ExitCode, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for path in paths {
        match open(path).and_then(|(bytes, name)| Ok((read::read(bytes).map_err(|e| Failure::unreadable(path, e))?, name))) {
            Ok((document, name)) => print_tables(&mut out, &document, &name, format)?,
            Err(failure) => {
                writeln!(io::stderr().lock(), "errore: {}", failure.message)?;
                code = ExitCode::from(1);
            }
        }
    }
    out.flush()?;
    Ok(code)
}

fn print_tables(out: &mut impl Write, document: &Document, name: &str, format: TableFormat) -> Result<(), Failure> {
    match format {
        TableFormat::Json => writeln!(out, "{}", document::tables_json(name, document))?,
        TableFormat::Csv => write!(out, "{}", document::tables_csv(document).map_err(Failure::usage)?)?,
        TableFormat::Md => write!(out, "{}", document::tables_markdown(document))?,
    }
    Ok(())
}

/// A value to read, as `pianometro value` takes it.
#[derive(Debug, serde::Deserialize)]
struct Question {
    context: Role,
    raw: String,
}

fn values() -> Result<ExitCode, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let question: Question = serde_json::from_str(&line).map_err(|error| {
            Failure::usage(format!("riga {}: {error}", number + 1)).with_help("ogni riga è {\"context\": \"target\", \"raw\": \"…\"}")
        })?;
        writeln!(out, "{}", read_value(question.context, &question.raw).to_json())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

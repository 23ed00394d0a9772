//! The command line: arguments in, exit code out.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use pianometro::document::Document;
use pianometro::export::{self, CsvDialect, FileResult, Run};
use pianometro::extract::Lexicon;
use pianometro::normalise::{Corrections, Plan, Role, read_value};
use pianometro::score::{Basis, Policy, Score, Subject};
use pianometro::{InputError, Knowledge, document, read};

/// Legge i piani e le relazioni sulla performance delle camere di commercio (PDF, HTML, testo) e ne fa un dataset.
#[derive(Debug, Parser)]
#[command(name = "pianometro", version, help_template = HELP, override_usage = "pianometro <COMANDO> …")]
#[command(subcommand_help_heading = "Comandi", next_help_heading = "Opzioni", subcommand_value_name = "COMANDO")]
#[command(
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    arg_required_else_help = true
)]
#[command(after_help = "Per cominciare:
  pianometro run piani/ --out output        legge una cartella e scrive il dataset in output/data/
  pianometro extract piano.pdf              gli indicatori di un documento, uno per riga (JSON)
  pianometro tables piano.pdf --format md   le tabelle di un documento, come sono
  pianometro run --help                     le opzioni di un comando

Codici di uscita:
  0  tutto letto
  1  qualche file non si è potuto leggere (è nominato, con il motivo)
  2  uso errato, o non si può scrivere")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Mostra questo aiuto
    #[arg(short, long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Mostra la versione
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// The parser's own template, in the readers' language.
const HELP: &str = "{about-with-newline}\nUso: {usage}\n\n{all-args}{after-help}";

#[derive(Debug, Subcommand)]
enum Command {
    /// Legge documenti e cartelle, ricalcola i punteggi, confronta le camere e scrive il dataset
    #[command(help_template = HELP, next_help_heading = "Opzioni", override_usage = "pianometro run [OPZIONI] <PERCORSO>…")]
    #[command(
        after_help = "Di una cartella si leggono i file .pdf, .html, .htm, .xhtml, .txt e .md, anche nelle sottocartelle
(non quelli nascosti né i README); un file nominato si legge sempre. Che cosa è un file lo decide il
contenuto, non il nome. Un file che non si può leggere è riportato, e si va avanti.

Esempi:
  pianometro run fixtures --out output
  pianometro run piano-2020.pdf relazione-2020.pdf --out confronto --csv-dialect it"
    )]
    Run(RunArgs),
    /// Stampa gli indicatori di un documento: un oggetto JSON per riga
    #[command(help_template = HELP, next_help_heading = "Opzioni", override_usage = "pianometro extract [OPZIONI] <FILE>")]
    #[command(after_help = "Esempio:
  pianometro extract piano.pdf | jq -r '[.objective_code, .name, .weight.raw] | @tsv'")]
    Extract {
        /// Il documento: PDF, HTML o testo
        #[arg(help_heading = "Argomenti", value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        own: OwnKnowledge,
    },
    /// Stampa le tabelle di uno o più documenti, con le celle unite e il loro posto
    #[command(help_template = HELP, next_help_heading = "Opzioni", override_usage = "pianometro tables [OPZIONI] <FILE>…")]
    #[command(
        after_help = "In csv e md una cella unita sta nel suo primo posto, gli altri che copre sono vuoti; in json ha le
sue righe e colonne, e il riquadro in punti dall'angolo in alto a sinistra della pagina.

Esempi:
  pianometro tables piano.pdf --format md
  pianometro tables a.pdf b.html --format json > tabelle.jsonl   (una riga per file)
  pianometro tables piano.pdf --debug-image pagina.png --page 12   (che cosa vi si riconosce)"
    )]
    Tables {
        /// I documenti: PDF, HTML o testo
        #[arg(required = true, help_heading = "Argomenti", value_name = "FILE")]
        files: Vec<PathBuf>,
        /// La forma in cui stamparle: json (senza l'opzione), csv o md
        #[arg(long, value_enum, default_value_t = TableFormat::Json, value_name = "FORMA")]
        #[arg(hide_default_value = true, hide_possible_values = true)]
        format: TableFormat,
        /// Invece di stampare le tabelle, disegna una pagina di un PDF con le celle (un colore per tabella), i filetti (rosso) e le
        /// parole (blu) come sono stati riconosciuti
        #[arg(long, value_name = "PAGINA.png")]
        debug_image: Option<PathBuf>,
        /// La pagina da disegnare; senza, la prima che ha una tabella
        #[arg(long, requires = "debug_image", value_parser = clap::value_parser!(u32).range(1..), value_name = "N")]
        page: Option<u32>,
    },
    /// Legge valori come sono stampati (righe JSON dallo standard input) e dice come li intende
    #[command(help_template = HELP, next_help_heading = "Opzioni", override_usage = "pianometro value < righe.jsonl")]
    #[command(
        after_help = "Ogni riga dà il testo stampato e dove sta: weight (peso), baseline (valore di partenza), target
(obiettivo), actual (risultato), variance (scostamento), achievement (grado di realizzazione).

Esempio:
  echo '{\"context\": \"target\", \"raw\": \"almeno 1.500 posizioni\"}' | pianometro value"
    )]
    Value,
}

#[derive(Debug, Args)]
struct RunArgs {
    /// Documenti e cartelle da leggere
    #[arg(required = true, help_heading = "Argomenti", value_name = "PERCORSO")]
    paths: Vec<PathBuf>,
    /// La cartella in cui scrivere; senza, «output»
    #[arg(long, default_value = "output", hide_default_value = true, value_name = "CARTELLA")]
    out: PathBuf,
    /// Quanti file leggere insieme; senza, quanti sono i processori. Il risultato è lo stesso
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..), value_name = "N")]
    jobs: Option<u16>,
    /// I CSV: «standard» (virgola, punto decimale) o «it» (punto e virgola, virgola decimale: per i fogli di calcolo in italiano)
    #[arg(long, value_enum, default_value_t = Dialect::Standard, value_name = "DIALETTO")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    csv_dialect: Dialect,
    /// Il criterio di calcolo dei punteggi, nella forma di data/policies/default.toml; senza, quello
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    own: OwnKnowledge,
}

/// What the user knows besides what ships with the program.
#[derive(Debug, Args)]
struct OwnKnowledge {
    /// Parole da aggiungere al lessico, nella forma di data/lexicon.toml (ogni tabella è facoltativa)
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
    /// Le correzioni di una persona: un CSV con le colonne document, indicator, field, value, who, why
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
}

impl OwnKnowledge {
    fn lexicon(&self) -> Result<Lexicon, Failure> {
        let Some(path) = &self.lexicon else { return Ok(Lexicon::shipped().clone()) };
        Lexicon::with_additions(&text_of(path)?).map_err(|error| {
            Failure::usage(format!("{}: {error}", path.display())).with_help(
                "il file ha la forma di data/lexicon.toml: per esempio [fields], e sotto target = [\"traguardo\"]",
            )
        })
    }

    fn corrections(&self) -> Result<Corrections, Failure> {
        let Some(path) = &self.corrections else { return Ok(Corrections::default()) };
        Corrections::parse(&text_of(path)?).map_err(|error| {
            Failure::usage(format!("{}: {error}", path.display()))
                .with_help("la prima riga è document,indicator,field,value,who,why; correggere la riga nominata")
        })
    }
}

/// The text of a file that an option names.
fn text_of(path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path);
    text.map_err(|error| {
        let why = match error.kind() {
            io::ErrorKind::InvalidData => "non è un testo in UTF-8".to_owned(),
            _ => reason(&error),
        };
        Failure::usage(format!("{}: {why}", path.display())).with_help("controllare il percorso e il file")
    })
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

    /// What the command line's parser refused, in the readers' language where it is one of the usual mistakes.
    fn arguments(error: &clap::Error) -> Self {
        let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
        let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
        let mut message = match error.kind() {
            ErrorKind::MissingRequiredArgument => format!("manca un argomento: {argument}"),
            ErrorKind::UnknownArgument => format!("argomento sconosciuto: {argument}"),
            ErrorKind::InvalidSubcommand => format!("comando sconosciuto: {}", context(ContextKind::InvalidSubcommand)),
            ErrorKind::InvalidValue if value.is_empty() => format!("manca il valore di {argument}"),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{argument} non può essere «{value}»"),
            _ => error.to_string(),
        };
        for kind in [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::ValidValue] {
            let usable = context(kind);
            if !usable.is_empty() {
                message.push_str(&format!(" (si può dare: {usable})"));
            }
        }
        Failure::usage(message).with_help("pianometro --help dice i comandi, pianometro COMANDO --help le opzioni")
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
    let outcome = match Cli::try_parse().map(|cli| cli.command) {
        Ok(Command::Run(args)) => run(&args),
        Ok(Command::Extract { file, own }) => extract(&file, &own),
        Ok(Command::Tables { files, format, debug_image: None, .. }) => tables(&files, format),
        Ok(Command::Tables { files, debug_image: Some(image), page, .. }) => debug_image(&files, &image, page),
        Ok(Command::Value) => values(),
        Err(asked) if !asked.use_stderr() || asked.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            asked.exit()
        }
        Err(error) => Err(Failure::arguments(&error)),
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
    let inputs = pianometro::inputs(&args.paths).map_err(|error| {
        let message = match &error {
            InputError::NotFound { path, source } => format!("{}: {}", path.display(), reason(source)),
            InputError::Walk { .. } => error.to_string(),
        };
        Failure::usage(message).with_help("controllare il percorso; si possono dare file e cartelle")
    })?;
    if inputs.is_empty() {
        let help = "di una cartella si leggono i file .pdf, .html, .htm, .xhtml, .txt e .md";
        return Err(Failure::usage("nessun documento da leggere nei percorsi dati").with_help(help));
    }
    let lexicon = args.own.lexicon()?;
    let policy = policy(args.policy.as_deref())?;
    let knowledge = Knowledge { lexicon: &lexicon, policy, corrections: args.own.corrections()? };
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
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("{}: {}", path.display(), reason(&error))))?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Policy::from_toml(&name, &text).map_err(|error| {
        Failure::usage(format!("{}: {error}", path.display())).with_help("partire da data/policies/default.toml")
    })
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

/// What was read, file by file, and what was not.
fn summary(out: &mut impl Write, run: &Run) -> io::Result<()> {
    let read = run.read().count();
    writeln!(out, "Letti {read} file su {}", run.files.len())?;
    if read > 0 {
        documents(out, run)?;
    }
    let failed: Vec<_> =
        run.files.iter().filter_map(|f| if let FileResult::Failed(f) = f { Some(f) } else { None }).collect();
    if !failed.is_empty() {
        writeln!(out, "\nNon letti:")?;
    }
    for file in failed {
        writeln!(out, "  {}: {}", file.source_file, file.message)?;
    }
    Ok(())
}

fn documents(out: &mut impl Write, run: &Run) -> io::Result<()> {
    let wide = |text: fn(&Plan) -> &str, least: usize| {
        run.read().map(|(plan, _)| text(plan).chars().count()).fold(least, usize::max)
    };
    let file = wide(|plan| &plan.card.source_file, 4);
    let id = wide(|plan| &plan.card.document_id, 9);
    writeln!(out, "\n{:file$}  {:id$}  obiettivi  indicatori  con punteggio  ente", "file", "documento")?;
    for (plan, scores) in run.read() {
        let main = |score: &&Score| score.period == scores.period && score.basis == Basis::Recomputed;
        let of = |subject| scores.scores.iter().filter(main).filter(move |score| score.subject == subject);
        let scored = of(Subject::Indicator).filter(|score| score.value.is_some()).count();
        let entity = of(Subject::Entity).find_map(|score| score.value);
        let entity = entity.map_or("-".to_owned(), |value| format!("{:.2}", value.round_dp(2)).replace('.', ","));
        let (card, objectives, indicators) = (&plan.card, plan.objectives.len(), plan.indicators.len());
        let (name, document) = (&card.source_file, &card.document_id);
        writeln!(out, "{name:file$}  {document:id$}  {objectives:>9}  {indicators:>10}  {scored:>13}  {entity:>6}")?;
        if plan.indicators.is_empty() {
            writeln!(out, "  nessun indicatore riconosciuto")?;
        }
        for fault in &card.faults {
            writeln!(out, "  letto in parte, pagina {}: {}", fault.page, fault.message)?;
        }
    }
    let others = run.comparison.duplicate_of.iter().flatten().count();
    if others > 0 {
        writeln!(
            out,
            "\nAltre versioni di un documento già letto: {others} file (documents.csv, colonna duplicate_of);"
        )?;
        writeln!(out, "il confronto le conta una volta, le altre tabelle le riportano tutte.")?;
    }
    Ok(())
}

/// Why a file doesn't open.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "non esiste".to_owned(),
        io::ErrorKind::PermissionDenied => "non si ha il permesso di leggerlo".to_owned(),
        io::ErrorKind::IsADirectory => "è una cartella: serve un file (le cartelle le legge pianometro run)".to_owned(),
        _ => error.to_string(),
    }
}

fn open(path: &Path) -> Result<(Vec<u8>, String), Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::unreadable(path, reason(&error)))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((bytes, name))
}

fn extract(path: &Path, own: &OwnKnowledge) -> Result<ExitCode, Failure> {
    let (lexicon, corrections) = (own.lexicon()?, own.corrections()?);
    let (bytes, name) = open(path)?;
    let sha256 = pianometro::sha256(&bytes);
    let document = read::read(bytes).map_err(|error| Failure::unreadable(path, error))?;
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

fn tables(paths: &[PathBuf], format: TableFormat) -> Result<ExitCode, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for path in paths {
        match open(path)
            .and_then(|(bytes, name)| Ok((read::read(bytes).map_err(|e| Failure::unreadable(path, e))?, name)))
        {
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

/// Draws a page with what was seen on it, and says what its tables are.
fn debug_image(paths: &[PathBuf], image: &Path, page: Option<u32>) -> Result<ExitCode, Failure> {
    let [path] = paths else {
        return Err(Failure::usage("con --debug-image si può dare un solo documento"));
    };
    let (bytes, _) = open(path)?;
    if read::format(&bytes) != Some(document::Format::Pdf) {
        return Err(Failure::usage(format!("{}: --debug-image disegna solo pagine di PDF", path.display())));
    }
    let page = match page {
        Some(page) => page,
        None => {
            let document = read::read(bytes.clone()).map_err(|error| Failure::unreadable(path, error))?;
            document::tables(&document).next().map_or(1, |table| table.source.page)
        }
    };
    let (picture, tables) = read::tables_picture(bytes, page).map_err(|error| Failure::unreadable(path, error))?;
    let png = picture.png().map_err(Failure::usage)?;
    std::fs::write(image, png).map_err(|error| Failure::usage(format!("{}: {}", image.display(), reason(&error))))?;
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "Disegnata la pagina {page} in {} (tabelle: {})", image.display(), tables.len())?;
    for (number, table) in tables.iter().enumerate() {
        let method = if table.method == document::Method::Lattice { "con filetti" } else { "senza griglia di filetti" };
        let confidence = format!("{:.2}", table.confidence).replace('.', ",");
        let from = if table.source.page == page { String::new() } else { format!(", da pagina {}", table.source.page) };
        let (rows, cols) = (table.rows, table.cols);
        writeln!(out, "  {}: {rows} righe, {cols} colonne, {method}, affidabilità {confidence}{from}", number + 1)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn print_tables(out: &mut impl Write, document: &Document, name: &str, format: TableFormat) -> Result<(), Failure> {
    match format {
        TableFormat::Json => {
            document::write_tables_json(&mut *out, name, document)?;
            writeln!(out)?;
        }
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
            Failure::usage(format!("riga {}: {error}", number + 1))
                .with_help("ogni riga è {\"context\": \"target\", \"raw\": \"…\"}")
        })?;
        writeln!(out, "{}", read_value(question.context, &question.raw).to_json())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

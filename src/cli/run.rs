//! `pianometro run`: folders in, dataset out.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use pianometro::export::{self, CsvDialect, ExportOptions, FileResult, Run};
use pianometro::normalise::Plan;
use pianometro::report;
use pianometro::score::{Basis, Score, Subject};
use pianometro::{InputError, Knowledge};

use super::failure::{Failure, reason};
use super::knowledge::{OwnKnowledge, Reading, decisions, policy, publication};

#[derive(Debug, Args)]
pub struct RunArgs {
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
    /// Il criterio di calcolo dei punteggi: il nome di uno di data/policies (peggiore, senza-tetto, tetto-150 …) o un file in
    /// quella forma; senza, «default»
    #[arg(long, value_name = "NOME|FILE")]
    policy: Option<PathBuf>,
    /// Toglie i nomi delle persone da tutti i file: chi risponde di obiettivi e indicatori, chi ha corretto o deciso; nei testi
    /// restano solo i nomi senza titolo di chi non risponde di nulla
    #[arg(long)]
    no_names: bool,
    /// Chi pubblica il dataset, per catalog.ttl e datapackage.json: un TOML con publisher, identifier (il codice IPA) e, volendo,
    /// url e date
    #[arg(long, value_name = "FILE")]
    publication: Option<PathBuf>,
    /// Quanti kilobyte di immagini delle pagine mettere nel rapporto, al più; 0 per non metterne; senza, 400
    #[arg(long, default_value_t = 400, hide_default_value = true, value_name = "KB")]
    report_images: u32,
    /// Le decisioni di una persona sugli indicatori che misurano la stessa cosa: un CSV con le colonne left, right, same (sì o
    /// no), who, why; le coppie da decidere sono in data/matches.csv
    #[arg(long, value_name = "FILE")]
    matches: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    own: OwnKnowledge,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dialect {
    Standard,
    It,
}

/// Reads, scores, compares and writes; a file that can't be read is told and the run goes on.
pub fn run(args: &RunArgs) -> Result<ExitCode, Failure> {
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
    let publication = publication(args.publication.as_deref())?;
    let decisions = decisions(args.matches.as_deref())?;
    let knowledge = Knowledge {
        lexicon: &lexicon,
        policy,
        corrections: args.own.corrections()?,
        decisions,
        ocr: args.reading.ocr(),
    };
    let bar = progress(inputs.len());
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, usize::from))
        // Deeply nested pages and nested PDF forms are walked on the stack of libraries.
        .stack_size(64 << 20)
        .build()
        .map_err(Failure::usage)?;
    let run = pool.install(|| pianometro::run(&inputs, &knowledge, &|_| bar.inc(1))).map_err(Failure::usage)?;
    // A picture of a page would show the names that the texts leave out.
    let kilobytes = if args.no_names { 0 } else { args.report_images };
    let budget = usize::try_from(kilobytes).unwrap_or(usize::MAX).saturating_mul(1000);
    let clips = pool.install(|| pianometro::draw(&inputs, &run, budget));
    bar.finish_and_clear();
    let dialect = match args.csv_dialect {
        Dialect::Standard => CsvDialect::Standard,
        Dialect::It => CsvDialect::Italian,
    };
    let run = if args.no_names { run.without_names() } else { run };
    let options = ExportOptions { dialect, publication, names_left_out: args.no_names };
    let help = "scegliere con --out una cartella in cui si può scrivere";
    let written = export::export(&run, &args.out, &options).map_err(|error| Failure::usage(error).with_help(help))?;
    report::write(&run, &clips, &args.out.join("report")).map_err(|error| Failure::usage(error).with_help(help))?;
    let mut out = BufWriter::new(io::stdout().lock());
    summary(&mut out, &run)?;
    writeln!(out, "\nScritti {} file in {}", written.len(), args.out.display())?;
    writeln!(out, "Il rapporto si apre con un browser: {}", args.out.join("report").join("index.html").display())?;
    out.flush()?;
    let failed = run.files.iter().any(|file| matches!(file, FileResult::Failed(_)));
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
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
        if let Some(sure) = card.recognition() {
            let (pages, sure) = (card.recognised.len(), sure.as_hundredths());
            writeln!(
                out,
                "  letto con il riconoscimento ottico (OCR), pagine: {pages}; sicurezza delle lettere: {sure} %"
            )?;
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

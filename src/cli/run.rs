//! `pianometro run`: folders in, dataset out.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use pianometro::batch::{self, Batch, BatchError, Looked, Workers};
use pianometro::export::{CsvDialect, ExportOptions};
use pianometro::output::{Manifest, Output};
use pianometro::store::{Brief, Store, Told, settings};
use pianometro::{Input, Knowledge, sha256};

use super::failure::Failure;
use super::knowledge::{OwnKnowledge, decisions, policy, publication};
use super::watch::{Log, Watch, write_timings};
use super::work::inputs;
use super::worker::LimitArgs;

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
    /// Quanti kilobyte di immagini delle pagine mettere nel rapporto, al più; 0 per non metterne; senza, 450
    #[arg(long, default_value_t = 450, hide_default_value = true, value_name = "KB")]
    report_images: u32,
    /// Le decisioni di una persona sugli indicatori che misurano la stessa cosa: un CSV con le colonne left, right, same (sì o
    /// no), who, why; le coppie da decidere sono in data/matches.csv
    #[arg(long, value_name = "FILE")]
    matches: Option<PathBuf>,
    #[command(flatten)]
    own: OwnKnowledge,
    #[command(flatten)]
    limits: LimitArgs,
    /// Un diario per programmi sullo standard error: json, un oggetto per riga
    #[arg(long, value_enum, value_name = "FORMA", hide_possible_values = true)]
    log: Option<Log>,
    /// Dice alla fine dove è andato il tempo
    #[arg(long)]
    profile: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dialect {
    Standard,
    It,
}

impl RunArgs {
    fn options(&self) -> Result<ExportOptions, Failure> {
        let dialect = match self.csv_dialect {
            Dialect::Standard => CsvDialect::Standard,
            Dialect::It => CsvDialect::Italian,
        };
        let publication = publication(self.publication.as_deref())?;
        Ok(ExportOptions { dialect, publication, names_left_out: self.no_names })
    }

    /// A digest of all that decides over what is written.
    fn made_from(&self, looked: &[Looked], knowledge: &Knowledge<'_>, options: &ExportOptions) -> String {
        let mut all =
            format!("{}\n{:?}\n{options:?}\n{}\n", settings(knowledge), knowledge.decisions, self.report_images);
        for Looked { input, content } in looked {
            all.push_str(&format!("{:?} {content:?}\n", input.name));
        }
        sha256(all.as_bytes())
    }

    /// Processes of this program, which read what it is asked to.
    fn workers(&self, output: &Output) -> Result<Workers, Failure> {
        let program = std::env::current_exe().map_err(Failure::usage)?;
        let policy = self.policy.iter().map(|policy| ("--policy", policy.clone()));
        let own = self.own.options().into_iter().chain(policy);
        let arguments = batch::arguments(&output.records(), own);
        Ok(Workers::new(program, arguments, self.limits.limits(), output.own("")))
    }

    /// How many files are read at once; `None` for as many as there are processors.
    pub fn jobs(&self) -> Option<u16> {
        self.jobs
    }
}

/// Reads, scores, compares and writes; a file that can't be read is told and the run goes on. Where nothing has changed since
/// the last run into the same folder, nothing is done.
pub fn run(args: &RunArgs) -> Result<ExitCode, Failure> {
    let inputs = inputs(&args.paths)?;
    let mut watch = Watch::new(inputs.len(), args.log);
    let lexicon = args.own.lexicon()?;
    let knowledge = Knowledge {
        decisions: decisions(args.matches.as_deref())?,
        ..args.own.knowledge(&lexicon, policy(args.policy.as_deref())?)?
    };
    let options = args.options()?;
    let mut output = Output::open(&args.out).map_err(|error| Failure::usage(error).with_help(HELP))?;
    let looked = batch::look(&inputs);
    let made_from = args.made_from(&looked, &knowledge, &options);
    if let Some(before) = output.manifest().filter(|before| before.made_from == made_from) {
        watch.unchanged();
        return unchanged(args, &before);
    }
    watch.stage("sguardo");
    let written = write(args, &inputs, &looked, &knowledge, &options, &output, &mut watch)?;
    let Results { batch, files } = written;
    let mut told = Vec::new();
    summary(&mut told, &batch)?;
    let told = String::from_utf8_lossy(&told).into_owned();
    let code = u8::from(batch.files().any(|file| matches!(file, Told::Failed(_))));
    // What may go better next time is tried again.
    let made_from = if batch.is_settled() { made_from } else { String::new() };
    let manifest = Manifest { made_from, told: told.clone(), code, files: Vec::new() };
    output.publish(manifest).map_err(|error| Failure::usage(error).with_help(HELP))?;
    batch.sweep();
    watch.stage("messa al posto");
    watch.end();
    write_timings(&batch, &output.own("timings.csv"))?;
    if args.profile {
        watch.profile(&batch)?;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "{told}\nScritti {files} file in {}", args.out.display())?;
    report_path(&mut out, args)?;
    out.flush()?;
    Ok(ExitCode::from(code))
}

const HELP: &str = "scegliere con --out una cartella in cui si può scrivere";

struct Results {
    batch: Batch,
    /// How many files of the dataset.
    files: usize,
}

/// Reads what isn't known, compares, and writes everything into the staging folder.
fn write(
    args: &RunArgs,
    inputs: &[Input],
    looked: &[Looked],
    knowledge: &Knowledge<'_>,
    options: &ExportOptions,
    output: &Output,
    watch: &mut Watch,
) -> Result<Results, Failure> {
    let failure = |error: BatchError| Failure::usage(error).with_help(HELP);
    let store = Store::open(&output.records()).map_err(|error| failure(error.into()))?;
    let workers = args.workers(output)?;
    let batch = batch::batch(looked, knowledge, store, &workers, &|done| watch.done(done)).map_err(failure)?;
    watch.stage("lettura e confronto");
    // A picture of a page would show the names that the texts leave out.
    let kilobytes = if args.no_names { 0 } else { args.report_images };
    let budget = usize::try_from(kilobytes).unwrap_or(usize::MAX).saturating_mul(1000);
    let clips = batch.draw(inputs, &workers, budget);
    drop(workers);
    watch.stage("immagini");
    let batch = if args.no_names { batch.without_names().map_err(failure)? } else { batch };
    let staging = output.staging().map_err(|error| Failure::usage(error).with_help(HELP))?;
    let files = batch.write(&clips, &staging, options).map_err(failure)?;
    watch.stage("scrittura");
    Ok(Results { batch, files })
}

/// Says again what the last run said.
fn unchanged(args: &RunArgs, before: &Manifest) -> Result<ExitCode, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "{}\nNulla è cambiato: i file in {} restano come sono", before.told, args.out.display())?;
    report_path(&mut out, args)?;
    out.flush()?;
    Ok(ExitCode::from(before.code))
}

fn report_path(out: &mut impl Write, args: &RunArgs) -> io::Result<()> {
    writeln!(out, "Il rapporto si apre con un browser: {}", args.out.join("report").join("index.html").display())
}

/// What was read, file by file, and what was not.
fn summary(out: &mut impl Write, batch: &Batch) -> io::Result<()> {
    let read: Vec<&Brief> = batch.files().filter_map(Told::brief).collect();
    writeln!(out, "Letti {} file su {}", read.len(), batch.files().count())?;
    if !read.is_empty() {
        documents(out, &read)?;
    }
    let others = batch.duplicates();
    if others > 0 {
        writeln!(
            out,
            "\nAltre versioni di un documento già letto: {others} file (documents.csv, colonna duplicate_of);"
        )?;
        writeln!(out, "il confronto le conta una volta, le altre tabelle le riportano tutte.")?;
    }
    let failed: Vec<_> =
        batch.files().filter_map(|told| if let Told::Failed(file) = told { Some(file) } else { None }).collect();
    if !failed.is_empty() {
        writeln!(out, "\nNon letti:")?;
    }
    for file in failed {
        writeln!(out, "  {}: {}", file.source_file, file.message)?;
    }
    Ok(())
}

fn documents(out: &mut impl Write, read: &[&Brief]) -> io::Result<()> {
    let wide = |text: fn(&Brief) -> &str, least: usize| {
        read.iter().map(|brief| text(brief).chars().count()).fold(least, usize::max)
    };
    let file = wide(|brief| &brief.outline.source_file, 4);
    let id = wide(|brief| &brief.outline.document_id, 9);
    writeln!(out, "\n{:file$}  {:id$}  obiettivi  indicatori  con punteggio  ente", "file", "documento")?;
    for brief in read {
        let result = brief.result.map_or("-".to_owned(), |value| format!("{:.2}", value.round_dp(2)).replace('.', ","));
        let (name, document) = (&brief.outline.source_file, &brief.outline.document_id);
        let (objectives, indicators, scored) = (brief.objectives, brief.outline.indicators, brief.scored);
        writeln!(out, "{name:file$}  {document:id$}  {objectives:>9}  {indicators:>10}  {scored:>13}  {result:>6}")?;
        if indicators == 0 {
            writeln!(out, "  nessun indicatore riconosciuto")?;
        }
        if let Some((pages, sure)) = brief.recognition {
            let sure = sure.as_hundredths();
            writeln!(
                out,
                "  letto con il riconoscimento ottico (OCR), pagine: {pages}; sicurezza delle lettere: {sure} %"
            )?;
        }
        for fault in &brief.faults {
            writeln!(out, "  letto in parte, pagina {}: {}", fault.page, fault.message)?;
        }
    }
    Ok(())
}

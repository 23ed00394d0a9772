//! The command line: what can be asked, and which command answers.

mod annotate;
mod check;
mod explain;
mod extract;
mod failure;
mod knowledge;
mod rule;
mod run;
mod tables;
mod tree_text;
mod value;
mod watch;
mod work;
mod worker;

use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgAction, Parser, Subcommand};

use annotate::AnnotateArgs;
use check::CheckArgs;
use explain::ExplainArgs;
use extract::ExtractArgs;
use failure::reason;
use rule::RuleArgs;
use run::RunArgs;
use tables::TablesArgs;
use worker::WorkerArgs;

pub use failure::Failure;

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
  pianometro explain ente relazione.pdf     come nasce il risultato della camera
  pianometro run --help                     le opzioni di un comando

Codici di uscita:
  0  tutto letto
  1  qualche file non si è potuto leggere (è nominato, con il motivo)
  2  uso errato, o non si può scrivere")]
pub struct Cli {
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
        after_help = "Di una cartella si leggono i file .pdf, .html, .htm, .xhtml, .txt, .md e .p7m, anche nelle sottocartelle
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
    Extract(ExtractArgs),
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
    Tables(TablesArgs),
    /// Spiega un punteggio: testi stampati, calcolo, parti, dato pubblicato
    #[command(help_template = HELP, next_help_heading = "Opzioni", override_usage = "pianometro explain [OPZIONI] <ID> <FILE>…")]
    #[command(
        after_help = "Un id sconosciuto, o che può essere più cose, finisce con il codice 2 e l'elenco degli id che ci
sono.

Esempi:
  pianometro explain ente relazione.pdf               l'ente, dai gruppi o dagli obiettivi agli indicatori
  pianometro explain 3.1/14 relazione.pdf             un indicatore
  pianometro explain 3.1 relazione.pdf --policy peggiore
  pianometro explain ente relazione.pdf --format json --depth 0"
    )]
    Explain(ExplainArgs),
    /// Copia un PDF con le celle lette contornate e i rilievi come commenti
    #[command(help_template = HELP, next_help_heading = "Opzioni", override_usage = "pianometro annotate [OPZIONI] <FILE.pdf> -o <COPIA.pdf>")]
    #[command(
        after_help = "La copia si apre con qualunque lettore di PDF. Ogni cella letta ha un contorno nel colore del
suo campo, e nel commento l'indicatore, il testo stampato e come è stato inteso; ogni
rilievo è un commento al suo posto. La legenda è in alto a destra sulla prima pagina.
L'originale resta com'è.

Esempio:
  pianometro annotate piano.pdf -o piano-annotato.pdf"
    )]
    Annotate(AnnotateArgs),
    /// Controlla i documenti come farebbe un revisore attento
    #[command(help_template = HELP, next_help_heading = "Opzioni", override_usage = "pianometro check [OPZIONI] <PERCORSO>…")]
    #[command(after_help = "Ogni rilievo ha un codice stabile (ACC accuratezza, COE coerenza, COM completezza, ATT
attualità; NON e COR dicono come si è letto), la pagina, le parole stampate, il conto e che cosa
fare. «errore»: il documento si contraddice; «avviso»: da guardare; «nota»: da sapere. Più
documenti insieme si controllano anche fra loro.

Esempi:
  pianometro check piano.pdf
  pianometro check piano.pdf --select COE1,ACC --ignore ACC108
  pianometro check documenti/ --format sarif > rilievi.sarif

Codici di uscita: 0 nessun rilievo, 1 rilievi, 2 uso errato o un file che non si può leggere")]
    Check(CheckArgs),
    /// Spiega una regola di check, o le elenca tutte
    #[command(help_template = HELP, next_help_heading = "Opzioni", override_usage = "pianometro rule [CODICE]")]
    #[command(after_help = "Esempio:
  pianometro rule COE101")]
    Rule(RuleArgs),
    /// Legge valori come sono stampati (righe JSON dallo standard input) e dice come li intende
    #[command(help_template = HELP, next_help_heading = "Opzioni", override_usage = "pianometro value < righe.jsonl")]
    #[command(
        after_help = "Ogni riga dà il testo stampato e dove sta: weight (peso), baseline (valore di partenza), target
(obiettivo), actual (risultato), variance (scostamento), achievement (grado di realizzazione).

Esempio:
  echo '{\"context\": \"target\", \"raw\": \"almeno 1.500 posizioni\"}' | pianometro value"
    )]
    Value,
    /// Legge documenti per conto di run
    #[command(hide = true)]
    Worker(WorkerArgs),
}

/// Does what the arguments ask for.
///
/// # Errors
/// Wrong arguments, and whatever the command can't do.
pub fn main() -> Result<ExitCode, Failure> {
    match Cli::try_parse().map(|cli| cli.command) {
        Ok(Command::Rule(args)) => rule::rule(&args),
        Ok(Command::Value) => value::values(),
        Ok(Command::Run(args)) => work::with_threads(args.jobs(), || run::run(&args)),
        Ok(Command::Extract(args)) => work::with_threads(None, || extract::extract(&args)),
        Ok(Command::Tables(args)) => work::with_threads(None, || tables::tables(&args)),
        Ok(Command::Explain(args)) => work::with_threads(None, || explain::explain(&args)),
        Ok(Command::Annotate(args)) => work::with_threads(None, || annotate::annotate(&args)),
        Ok(Command::Worker(args)) => work::with_threads(Some(1), || worker::worker(&args)),
        Ok(Command::Check(args)) => work::with_threads(None, || check::check(&args)),
        Err(asked) if !asked.use_stderr() || asked.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            asked.exit()
        }
        Err(error) => Err(Failure::arguments(&error)),
    }
}

/// A file's bytes, of a signed one the document's, and its name without the folder.
fn open(path: &Path) -> Result<(Vec<u8>, String), Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::unreadable(path, reason(&error)))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((pianometro::read::opened(bytes), name))
}

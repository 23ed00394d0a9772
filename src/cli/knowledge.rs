//! What the user gives besides documents: a lexicon, corrections, a policy.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use pianometro::Knowledge;
use pianometro::compare::Decisions;
use pianometro::export::Publication;
use pianometro::extract::Lexicon;
use pianometro::normalise::Corrections;
use pianometro::read::Ocr;
use pianometro::score::Policy;

use super::failure::{Failure, reason};

/// What the user knows besides what ships with the program.
#[derive(Debug, Args)]
pub struct OwnKnowledge {
    /// Parole da aggiungere al lessico, nella forma di data/lexicon.toml (ogni tabella è facoltativa)
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
    /// Le correzioni di una persona: un CSV con le colonne document, indicator, field, value, who, why
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

/// How documents are read.
#[derive(Debug, Args)]
pub struct Reading {
    /// Il riconoscimento ottico dei caratteri (OCR), se Tesseract è installato: auto (le pagine di cui il PDF non dice il testo;
    /// senza l'opzione è questo), never (mai) o always (tutte le pagine dei PDF)
    #[arg(long, value_enum, default_value_t = OcrChoice::Auto, value_name = "QUANDO")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    ocr: OcrChoice,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OcrChoice {
    Auto,
    Never,
    Always,
}

impl Reading {
    pub fn ocr(&self) -> Ocr {
        match self.ocr {
            OcrChoice::Auto => Ocr::Auto,
            OcrChoice::Never => Ocr::Never,
            OcrChoice::Always => Ocr::Always,
        }
    }
}

impl OwnKnowledge {
    /// All that decides over documents' results, but for the decisions on matches.
    pub fn knowledge<'k>(&self, lexicon: &'k Lexicon, policy: Policy) -> Result<Knowledge<'k>, Failure> {
        let (corrections, decisions) = (self.corrections()?, Decisions::default());
        Ok(Knowledge { lexicon, policy, corrections, decisions, ocr: self.ocr() })
    }

    /// The options with their values, as given.
    pub fn options(&self) -> Vec<(&'static str, PathBuf)> {
        let given = [("--lexicon", &self.lexicon), ("--corrections", &self.corrections)];
        let ocr = self.reading.ocr.to_possible_value().map(|value| ("--ocr", PathBuf::from(value.get_name())));
        given.into_iter().filter_map(|(option, path)| Some((option, path.clone()?))).chain(ocr).collect()
    }

    pub fn ocr(&self) -> Ocr {
        self.reading.ocr()
    }

    pub fn lexicon(&self) -> Result<Lexicon, Failure> {
        let Some(path) = &self.lexicon else { return Ok(Lexicon::shipped().clone()) };
        Lexicon::with_additions(&text_of(path)?).map_err(|error| {
            Failure::usage(format!("{}: {error}", path.display())).with_help(
                "il file ha la forma di data/lexicon.toml: per esempio [fields], e sotto target = [\"traguardo\"]",
            )
        })
    }

    pub fn corrections(&self) -> Result<Corrections, Failure> {
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

/// The person's verdicts on matches that an option names; none without it.
pub fn decisions(path: Option<&Path>) -> Result<Decisions, Failure> {
    let Some(path) = path else { return Ok(Decisions::default()) };
    Decisions::parse(&text_of(path)?).map_err(|error| {
        Failure::usage(format!("{}: {error}", path.display()))
            .with_help("la prima riga è left,right,same,who,why; correggere la riga nominata")
    })
}

/// Who publishes the dataset.
pub fn publication(path: Option<&Path>) -> Result<Publication, Failure> {
    let Some(path) = path else { return Ok(Publication::unpublished()) };
    Publication::from_toml(&text_of(path)?).map_err(|error| {
        Failure::usage(format!("{}: {error}", path.display()))
            .with_help("per esempio: publisher = \"Camera di commercio di Roma\", e sotto identifier = \"cciaa_rm\"")
    })
}

/// The policy that an option names: one that ships with the program, else a file.
pub fn policy(path: Option<&Path>) -> Result<Policy, Failure> {
    let Some(path) = path else { return Ok(Policy::default_policy()) };
    if let Some(policy) = path.to_str().and_then(Policy::shipped) {
        return Ok(policy);
    }
    let text = std::fs::read_to_string(path).map_err(|error| {
        let names: Vec<&str> = Policy::shipped_names().collect();
        Failure::usage(format!("{}: {} (criteri del programma: {})", path.display(), reason(&error), names.join(", ")))
    })?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Policy::from_toml(&name, &text).map_err(|error| {
        Failure::usage(format!("{}: {error}", path.display())).with_help("partire da data/policies/default.toml")
    })
}

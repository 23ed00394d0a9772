//! Why a command can't do its work, as the terminal shows it.

use std::io;
use std::path::Path;

use clap::error::{ContextKind, ErrorKind};

/// Why the command can't do its work; exit code 2, or 1 where an input could not be read.
#[derive(Debug)]
pub struct Failure {
    pub message: String,
    pub help: Option<&'static str>,
    pub code: u8,
}

impl Failure {
    pub fn usage(message: impl ToString) -> Self {
        Failure { message: message.to_string(), help: None, code: 2 }
    }

    pub fn unreadable(path: &Path, reason: impl ToString) -> Self {
        Failure { message: format!("{}: {}", path.display(), reason.to_string()), help: None, code: 1 }
    }

    /// What the command line's parser refused, in the readers' language where it is one of the usual mistakes.
    pub fn arguments(error: &clap::Error) -> Self {
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

    pub fn with_help(self, help: &'static str) -> Self {
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

/// Why a file doesn't open.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "non esiste".to_owned(),
        io::ErrorKind::PermissionDenied => "non si ha il permesso di leggerlo".to_owned(),
        io::ErrorKind::IsADirectory => "è una cartella: serve un file (le cartelle le legge pianometro run)".to_owned(),
        _ => error.to_string(),
    }
}

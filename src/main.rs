//! The command line: arguments in, exit code out.

#![forbid(unsafe_code)]

mod cli;

use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::main() {
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

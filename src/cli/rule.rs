//! `pianometro rule`: the manual of the audit's rules.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Args;
use pianometro::audit::{self, Language};

use super::failure::Failure;

#[derive(Debug, Args)]
pub struct RuleArgs {
    /// Il codice di una regola; senza, l'elenco di tutte
    #[arg(help_heading = "Argomenti", value_name = "CODICE")]
    code: Option<String>,
}

pub fn rule(args: &RuleArgs) -> Result<ExitCode, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    match &args.code {
        Some(code) => {
            let rule = audit::rule(code).ok_or_else(|| {
                Failure::usage(format!("nessuna regola ha il codice «{code}»")).with_help("pianometro rule le elenca")
            })?;
            write!(out, "{}", rule.manual())?;
        }
        None => {
            for rule in audit::RULES {
                let severity = rule.severity.word(Language::Italian);
                writeln!(out, "{}  {severity:6}  {}", rule.code, rule.title.it)?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

//! `pianometro worker`: a process that `run` starts to read documents; see `pianometro::batch`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use pianometro::batch::{self, Limits};
use pianometro::store::Store;

use super::failure::Failure;
use super::knowledge::{OwnKnowledge, policy};

#[derive(Debug, Args)]
pub struct WorkerArgs {
    #[arg(long)]
    records: PathBuf,
    #[arg(long)]
    policy: Option<PathBuf>,
    #[command(flatten)]
    own: OwnKnowledge,
    #[command(flatten)]
    limits: LimitArgs,
}

/// What one document may cost.
#[derive(Debug, Args)]
pub struct LimitArgs {
    /// Quanti secondi può durare la lettura di un documento, poi è interrotta e riportata; senza, 120
    #[arg(long, default_value_t = 120, hide_default_value = true, value_name = "SECONDI")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    document_timeout: u32,
    /// Quanti megabyte di memoria (spazio di indirizzi) può chiedere; senza, 2048
    #[arg(long, default_value_t = 2048, hide_default_value = true, value_name = "MB")]
    #[arg(value_parser = clap::value_parser!(u32).range(256..))]
    document_memory: u32,
}

impl LimitArgs {
    pub fn limits(&self) -> Limits {
        Limits {
            time: Duration::from_secs(self.document_timeout.into()),
            memory: u64::from(self.document_memory) << 20,
        }
    }
}

pub fn worker(args: &WorkerArgs) -> Result<ExitCode, Failure> {
    let lexicon = args.own.lexicon()?;
    let knowledge = args.own.knowledge(&lexicon, policy(args.policy.as_deref())?)?;
    let store = Store::open(&args.records).map_err(Failure::usage)?;
    batch::serve(&knowledge, &store, args.limits.limits())?;
    Ok(ExitCode::SUCCESS)
}

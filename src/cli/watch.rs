//! What a run tells while it goes on: a bar at a terminal, a log for programs, where the time went.

use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use pianometro::batch::{Batch, Done};
use pianometro::store::{Timings, Told};
use serde_json::{Value, json};

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Log {
    Json,
}

/// Watches a run.
pub struct Watch {
    bar: ProgressBar,
    log: Option<Log>,
    begun: Instant,
    /// What was done between documents, in order.
    stages: Vec<(&'static str, Duration)>,
    last: Instant,
}

impl Watch {
    pub fn new(files: usize, log: Option<Log>) -> Self {
        let bar = if log.is_some() { ProgressBar::hidden() } else { ProgressBar::new(files as u64) };
        // A constant template, shown on every run at a terminal.
        let template = "{bar:30} {pos}/{len} documenti, {per_sec}, ancora {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let now = Instant::now();
        let watch = Watch { bar, log, begun: now, stages: Vec::new(), last: now };
        watch.line(&json!({ "event": "start", "files": files }));
        watch
    }

    /// A stage of the whole run has ended.
    pub fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        let took = now - self.last;
        self.last = now;
        self.stages.push((name, took));
        self.line(&json!({ "event": "stage", "stage": name, "seconds": seconds(took) }));
    }

    /// A file is done.
    pub fn done(&self, done: &Done<'_>) {
        self.bar.inc(1);
        if self.log.is_none() {
            return;
        }
        let mut line = json!({ "event": "document", "kept": done.kept, "seconds": seconds(done.took) });
        let Some(map) = line.as_object_mut() else { return };
        let mut put = |name: &str, value: Value| map.insert(name.to_owned(), value);
        match done.told {
            Told::Read(brief) => {
                put("file", json!(brief.outline.source_file));
                put("document_id", json!(brief.outline.document_id));
                put("status", json!(if brief.faults.is_empty() { "ok" } else { "partial" }));
                put("faults", json!(brief.faults.iter().map(|f| json!([f.page, f.message])).collect::<Vec<_>>()));
                put("indicators", json!(brief.outline.indicators));
                put("findings", json!(brief.findings));
                put("stages", stages(done.timings));
            }
            Told::Failed(failed) => {
                put("file", json!(failed.source_file));
                put("status", json!("failed"));
                put("reason_code", json!(failed.reason_code));
                put("message", json!(failed.message));
            }
        }
        put("peak_memory", json!(done.timings.peak_memory));
        self.line(&line);
    }

    /// Nothing had to be done.
    pub fn unchanged(&self) {
        self.bar.finish_and_clear();
        self.line(&json!({ "event": "unchanged" }));
    }

    /// The run is at its end.
    pub fn end(&self) {
        self.bar.finish_and_clear();
        self.line(&json!({ "event": "end", "seconds": seconds(self.begun.elapsed()) }));
    }

    fn line(&self, line: &Value) {
        if self.log == Some(Log::Json) {
            // A log that can't be written leaves nowhere to tell it.
            let _ = writeln!(io::stderr().lock(), "{line}");
        }
    }

    /// Where the time went, for people.
    pub fn profile(&self, batch: &Batch) -> io::Result<()> {
        let mut err = io::stderr().lock();
        let all = batch.timings().map(|(_, timings)| timings);
        let sum = all.fold(Timings::default(), |sum, one| Timings {
            read: sum.read + one.read,
            understand: sum.understand + one.understand,
            score: sum.score + one.score,
            check: sum.check + one.check,
            peak_memory: sum.peak_memory.max(one.peak_memory),
        });
        writeln!(
            err,
            "Dove è andato il tempo (secondi; i documenti: somma su tutti i processi, anche se letti prima)"
        )?;
        let documents = [
            ("lettura", sum.read),
            ("comprensione", sum.understand),
            ("punteggi", sum.score),
            ("controlli", sum.check),
        ];
        for (name, took) in documents {
            writeln!(err, "  documenti: {name:14} {:9.3}", took.as_secs_f64())?;
        }
        for (name, took) in &self.stages {
            writeln!(err, "  {name:25} {:9.3}", took.as_secs_f64())?;
        }
        writeln!(err, "  {:25} {:9.3}", "in tutto", self.begun.elapsed().as_secs_f64())?;
        if let Some(peak) = sum.peak_memory {
            writeln!(err, "  memoria del documento più grande: {} MB", peak >> 20)?;
        }
        Ok(())
    }
}

/// Writes each file's timings as a CSV: seconds, and bytes for the memory.
pub fn write_timings(batch: &Batch, path: &Path) -> io::Result<()> {
    let mut out = csv::Writer::from_path(path)?;
    out.write_record(["source_file", "read", "understand", "score", "check", "total", "peak_memory"])?;
    for (file, timings) in batch.timings() {
        let columns = [timings.read, timings.understand, timings.score, timings.check, timings.total()];
        let mut row = vec![file.source_file().to_owned()];
        row.extend(columns.map(|took| format!("{:.6}", took.as_secs_f64())));
        row.push(timings.peak_memory.map(|bytes| bytes.to_string()).unwrap_or_default());
        out.write_record(row)?;
    }
    out.flush()
}

fn stages(timings: Timings) -> Value {
    json!({
        "read": seconds(timings.read),
        "understand": seconds(timings.understand),
        "score": seconds(timings.score),
        "check": seconds(timings.check),
    })
}

/// With six places.
fn seconds(took: Duration) -> Value {
    json!((took.as_secs_f64() * 1e6).round() / 1e6)
}

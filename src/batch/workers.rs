//! Reading in processes of their own, so that a document that hangs, eats memory or brings its reader down ends that process
//! and nothing else.
//!
//! A worker is this program with a command of its own. It takes jobs from its standard input, a JSON object a line, puts the
//! record into the store and answers with a line. One that doesn't answer in time is killed; so is, by the system, one that
//! wants more memory than it may have. The next document gets a new one.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Read, Reader};
use crate::Knowledge;
use crate::document::Reason;
use crate::export::{FailedFile, FileResult};
use crate::inputs::Input;
use crate::places;
use crate::store::{Key, Record, Store, StoreError};

/// What one document may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub time: Duration,
    /// Bytes of address space of a worker.
    pub memory: u64,
}

impl Default for Limits {
    /// Two minutes, two gigabytes.
    fn default() -> Self {
        Limits { time: Duration::from_secs(120), memory: 2048 << 20 }
    }
}

/// The exit code of a worker whose document took too long.
const TOO_LONG: u8 = 124;
/// What a worker says while pages are recognised: each may take some seconds, and its number is limited where they are read.
const PULSE: &str = "pagina";
/// What a worker gets beyond the limit to end by itself.
const GRACE: Duration = Duration::from_secs(2);

/// A job, as it goes to a worker.
#[derive(Debug, Serialize, Deserialize)]
struct Job {
    task: Task,
    name: String,
    path: OsString,
    key: String,
}

/// What is to be done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Task {
    Read,
    Draw,
}

/// Reads in processes of `program`, started with `arguments`; see [`serve`].
pub struct Workers {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
    /// Where workers say what went wrong.
    logs: PathBuf,
    idle: Mutex<Vec<Worker>>,
}

struct Worker {
    child: Child,
    jobs: ChildStdin,
    answers: Receiver<String>,
    log: PathBuf,
    /// Documents read so far.
    done: usize,
}

/// Why a worker is no more.
enum End {
    Late,
    /// With what it said last.
    Dead(Option<ExitStatus>, String),
}

impl Workers {
    /// Workers are started when there is something to read, as many as threads ask for one. `logs` is a folder.
    pub fn new(program: PathBuf, arguments: Vec<OsString>, limits: Limits, logs: PathBuf) -> Self {
        Workers { program, arguments, limits, logs, idle: Mutex::default() }
    }

    fn worker(&self) -> io::Result<Worker> {
        let known = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        known.map_or_else(|| Worker::start(self), Ok)
    }
}

impl Reader for Workers {
    fn read(&self, input: &Input, key: &Key, store: &Store) -> Result<Read, StoreError> {
        let failed = |reason: Reason, message: String| {
            let bytes = std::fs::read(&input.path).ok();
            FailedFile {
                source_file: input.name.clone(),
                sha256: bytes.as_ref().map(|bytes| crate::sha256(bytes)),
                format: bytes.as_ref().and_then(|bytes| crate::read::format(bytes)),
                reason_code: reason.as_str().to_owned(),
                message,
            }
        };
        match self.ask(Task::Read, input, key) {
            Ok(Ok(())) => Ok(store.head(key).map_or_else(
                || {
                    let message = "il risultato della lettura non c'è più: rilanciare il comando".to_owned();
                    Read::Failed(failed(Reason::Crash, message))
                },
                |head| Read::Kept(Box::new(head)),
            )),
            Ok(Err(end)) => {
                let (reason, message) = self.told(&end);
                Ok(Read::Failed(failed(reason, message)))
            }
            Err(error) => Ok(Read::Failed(failed(Reason::Crash, format!("il processo di lettura non parte: {error}")))),
        }
    }

    fn draw(&self, input: &Input, key: &Key, _: &Store) {
        // What can't be drawn has no pictures, and the report says so by their absence.
        let _ = self.ask(Task::Draw, input, key);
    }
}

impl Workers {
    /// Has a worker do something; what comes back is how the worker ended, if it did, or why there is none.
    fn ask(&self, task: Task, input: &Input, key: &Key) -> io::Result<Result<(), End>> {
        loop {
            let mut worker = self.worker()?;
            let fresh = worker.done == 0;
            match worker.ask(task, input, key, self.limits.time + GRACE) {
                Ok(()) => {
                    self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                    return Ok(Ok(()));
                }
                // What the documents before it have left behind may be the reason.
                Err(End::Dead(..)) if !fresh => {}
                Err(end) => return Ok(Err(end)),
            }
        }
    }
}

impl Workers {
    /// The reason and a sentence in Italian.
    fn told(&self, end: &End) -> (Reason, String) {
        let late = || {
            let seconds = self.limits.time.as_secs();
            let text = format!(
                "la lettura non è finita entro {seconds} secondi ed è stata interrotta: dividere il documento o dare più tempo (--document-timeout)"
            );
            (Reason::Timeout, text)
        };
        match end {
            End::Late => late(),
            End::Dead(Some(status), _) if status.code() == Some(i32::from(TOO_LONG)) => late(),
            End::Dead(status, said) if said.contains("memory allocation") || killed(*status) => {
                let megabytes = self.limits.memory >> 20;
                let text = format!(
                    "la lettura ha chiesto più di {megabytes} MB di memoria ed è stata interrotta: dividere il documento o darne di più (--document-memory)"
                );
                (Reason::Memory, text)
            }
            End::Dead(..) => (
                Reason::Crash,
                "la lettura si è interrotta per un errore del programma: segnalarlo con il documento; gli altri sono stati letti"
                    .to_owned(),
            ),
        }
    }
}

/// Whether the system has killed it, which it does when there is no memory left.
#[cfg(unix)]
fn killed(status: Option<ExitStatus>) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.is_some_and(|status| status.signal() == Some(9))
}

#[cfg(not(unix))]
fn killed(_: Option<ExitStatus>) -> bool {
    false
}

impl Worker {
    fn start(of: &Workers) -> io::Result<Worker> {
        static NUMBER: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let log = of.logs.join(format!("worker-{}-{number}.log", std::process::id()));
        let mut child = Command::new(&of.program)
            .args(&of.arguments)
            .arg("--document-timeout")
            .arg(of.limits.time.as_secs().to_string())
            .arg("--document-memory")
            .arg((of.limits.memory >> 20).to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let Some((jobs, out)) = pipes else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let (tell, answers) = channel();
        // It ends with the worker, whose end closes the pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Worker { child, jobs, answers, log, done: 0 })
    }

    /// Has something done with a document.
    fn ask(&mut self, task: Task, input: &Input, key: &Key, patience: Duration) -> Result<(), End> {
        let (name, path) = (input.name.clone(), input.path.clone().into_os_string());
        let job = Job { task, name, path, key: key.as_str().to_owned() };
        let sent = serde_json::to_string(&job).map_err(io::Error::from).and_then(|line| writeln!(self.jobs, "{line}"));
        if sent.is_err() {
            return Err(self.end());
        }
        loop {
            match self.answers.recv_timeout(patience) {
                // The time counts anew.
                Ok(answer) if answer == PULSE => {}
                Ok(_) => {
                    self.done += 1;
                    return Ok(());
                }
                Err(RecvTimeoutError::Timeout) => {
                    // It may have ended by itself just now.
                    let _ = self.child.kill();
                    let _ = self.child.wait();
                    return Err(End::Late);
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.end()),
            }
        }
    }

    fn end(&mut self) -> End {
        let status = self.child.wait().ok();
        End::Dead(status, std::fs::read_to_string(&self.log).unwrap_or_default())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // One that waits for a job has nothing to lose; one that is no more can't be killed again.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.log);
    }
}

/// A worker's work: reads the documents that its standard input names into the store, until there are no more. Ends the
/// process where one takes longer than it may.
///
/// # Errors
/// Where the input is no list of jobs, or a record can't be written.
pub fn serve(knowledge: &Knowledge<'_>, store: &Store, limits: Limits) -> io::Result<()> {
    // What the system doesn't limit has no limit.
    let _ = rlimit::setrlimit(rlimit::Resource::AS, limits.memory, limits.memory);
    let (begin, begun) = channel::<bool>();
    std::thread::spawn(move || watch(&begun, limits.time));
    for line in io::stdin().lock().lines() {
        let job: Job = serde_json::from_str(&line?)?;
        let key = Key::parse(&job.key).ok_or(io::ErrorKind::InvalidData)?;
        let input = Input { name: job.name, path: PathBuf::from(job.path) };
        // Nobody watches any more only when the process ends.
        let _ = begin.send(true);
        forget_peak();
        let pulse = || {
            let _ = begin.send(true);
            // Who listens no more ends this process anyway.
            let _ = writeln!(io::stdout().lock(), "{PULSE}");
        };
        match job.task {
            Task::Read => {
                let (result, mut timings) = crate::read_one(&input, knowledge, &pulse);
                timings.peak_memory = peak();
                store.put(&key, &Record { result, timings }).map_err(io::Error::other)?;
            }
            Task::Draw => {
                if let FileResult::Read(read) = store.fetch(&key).map_err(io::Error::other)?.result {
                    let drawn = places::draw(&input.path, &read.plan);
                    store.put_pictures(&key, &drawn).map_err(io::Error::other)?;
                }
            }
        }
        let _ = begin.send(false);
        let mut out = io::stdout().lock();
        writeln!(out, "ok")?;
        out.flush()?;
    }
    Ok(())
}

/// Ends the process when a document that was begun isn't done in time.
fn watch(begun: &Receiver<bool>, time: Duration) {
    while let Ok(mut reading) = begun.recv() {
        while reading {
            match begun.recv_timeout(time) {
                // Another page, or the end of the document.
                Ok(goes_on) => reading = goes_on,
                Err(RecvTimeoutError::Timeout) => std::process::exit(i32::from(TOO_LONG)),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}

/// Lets the system count the most memory anew, where it can.
fn forget_peak() {
    if cfg!(target_os = "linux") {
        let _ = std::fs::write("/proc/self/clear_refs", "5");
    }
}

/// The most memory of this process since then, in bytes, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// The arguments that make a worker of this program, without its limits.
pub fn arguments(records: &Path, own: impl IntoIterator<Item = (&'static str, PathBuf)>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["worker".into(), "--records".into(), records.into()];
    for (option, value) in own {
        arguments.extend([OsStr::new(option).to_owned(), value.into_os_string()]);
    }
    arguments
}

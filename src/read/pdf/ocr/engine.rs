//! The optical recognition itself: Tesseract, run as a program of its own with a time limit.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

/// How long one picture may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a running recognition is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// The language of the documents, by Tesseract's name.
const LANGUAGE: &str = "ita";

/// A recognition program that is there, with its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Engine {
    program: PathBuf,
    /// As it names itself: "tesseract 5.3.0".
    pub version: String,
}

/// A program at work on a document.
#[derive(Clone, Copy)]
pub(super) struct Recogniser<'p> {
    pub engine: &'p Engine,
    /// Called after each picture.
    pub pulse: &'p (dyn Fn() + Sync),
}

impl Recogniser<'_> {
    /// As of [`Engine::recognise`].
    pub fn recognise(&self, picture: Vec<u8>, look: Look, dpi: u32) -> Result<String, EngineError> {
        let result = self.engine.recognise(picture, look, dpi);
        (self.pulse)();
        result
    }
}

/// What a picture is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Every word wherever it stands; how words hang together is the layout's work.
    Page,
    /// Some lines of text.
    Block,
    Line,
    Sign,
}

/// Why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::read::pdf) enum Missing {
    #[error(
        "per leggerlo installare Tesseract con l'italiano (Debian e Ubuntu: apt install tesseract-ocr tesseract-ocr-ita; macOS: brew install tesseract tesseract-lang; Windows: winget install UB-Mannheim.TesseractOCR, con la lingua Italian) e riprovare"
    )]
    Program,
    #[error(
        "Tesseract è installato, ma senza l'italiano: aggiungerlo (Debian e Ubuntu: apt install tesseract-ocr-ita; macOS: brew install tesseract-lang; Windows: ita.traineddata nella cartella tessdata) e riprovare"
    )]
    Language,
}

/// Why a page could not be recognised.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::read::pdf) enum EngineError {
    #[error("il riconoscimento ottico non è finito in {} secondi", PATIENCE.as_secs())]
    TooSlow,
    #[error("il riconoscimento ottico non è riuscito ({0})")]
    Failed(String),
}

impl Engine {
    /// The installed one; it is looked for once.
    pub fn installed() -> Result<&'static Engine, Missing> {
        static ENGINE: OnceLock<Result<Engine, Missing>> = OnceLock::new();
        ENGINE.get_or_init(Engine::find).as_ref().map_err(|missing| *missing)
    }

    fn find() -> Result<Engine, Missing> {
        let places = [Path::new("tesseract"), Path::new(r"C:\Program Files\Tesseract-OCR\tesseract.exe")];
        for program in places {
            let said = |argument: &str| {
                let output = Command::new(program).arg(argument).stdin(Stdio::null()).output().ok()?;
                // Some versions say it on the error output.
                Some(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
            };
            let Some(languages) = said("--list-langs") else { continue };
            if !languages.lines().any(|line| line.trim() == LANGUAGE) {
                return Err(Missing::Language);
            }
            let version = said("--version").unwrap_or_default().lines().next().unwrap_or_default().trim().to_owned();
            return Ok(Engine { program: program.to_owned(), version });
        }
        Err(Missing::Program)
    }

    /// What stands on a picture (PGM), as hOCR. `dpi` is its resolution.
    pub fn recognise(&self, picture: Vec<u8>, look: Look, dpi: u32) -> Result<String, EngineError> {
        let mut command = Command::new(&self.program);
        let segmentation = match look {
            Look::Page => "11",
            Look::Block => "6",
            Look::Line => "7",
            Look::Sign => "10",
        };
        command
            .args(["stdin", "stdout", "-l", LANGUAGE, "--psm", segmentation, "--dpi"])
            .arg(dpi.to_string())
            .arg("hocr");
        // The pages are the parallel part.
        command.env("OMP_THREAD_LIMIT", "1");
        run(command, picture, PATIENCE)
    }
}

/// Runs a program that reads `input` and gives back what it prints; it is ended when its time is up.
fn run(mut command: Command, input: Vec<u8>, patience: Duration) -> Result<String, EngineError> {
    let failed = |error: std::io::Error| EngineError::Failed(error.to_string());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    let stdin = child.stdin.take();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // Both pipes are emptied while the picture is handed over, or each side would wait for the other.
    let (status, out, err) = thread::scope(|scope| {
        scope.spawn(move || {
            // A program that ends early doesn't read all; its exit code tells.
            stdin.map(|mut pipe| pipe.write_all(&input))
        });
        let out = scope.spawn(move || all_of(stdout));
        let err = scope.spawn(move || all_of(stderr));
        let status = wait(&mut child, patience);
        (status, out.join().unwrap_or_default(), err.join().unwrap_or_default())
    });
    let status = status.map_err(failed)?.ok_or(EngineError::TooSlow)?;
    if !status.success() {
        let said = String::from_utf8_lossy(&err).lines().last().unwrap_or_default().to_owned();
        return Err(EngineError::Failed(if said.is_empty() { status.to_string() } else { said }));
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn all_of(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What came before an error is kept; the exit code tells whether it is all.
    let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
    bytes
}

/// Waits for the program's end, or ends it; `None` where its time was up.
fn wait(child: &mut Child, patience: Duration) -> std::io::Result<Option<ExitStatus>> {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begin.elapsed() > patience {
            // It may have ended by itself just now.
            let _ = child.kill();
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(GLANCE);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out_however_much_it_is() {
        let much = vec![b'a'; 3 << 20];
        assert_eq!(run(Command::new("cat"), much.clone(), PATIENCE).map(|s| s.len()), Ok(much.len()));
    }

    #[test]
    fn a_program_that_doesnt_end_is_ended() {
        let mut command = Command::new("sleep");
        command.arg("600");
        let begin = Instant::now();
        assert_eq!(run(command, Vec::new(), Duration::from_millis(100)), Err(EngineError::TooSlow));
        assert!(begin.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_program_that_fails_says_why() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo no such picture >&2; exit 3"]);
        assert_eq!(run(command, vec![0; 1 << 20], PATIENCE), Err(EngineError::Failed("no such picture".to_owned())));
        let missing = run(Command::new("/no/such/program"), Vec::new(), PATIENCE);
        assert!(matches!(missing, Err(EngineError::Failed(_))));
    }
}

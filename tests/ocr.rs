//! Scanned documents: our own fixtures as pictures, read by Tesseract where it is installed, and what is said where it is not.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use lopdf::{Dictionary, Document, Stream, dictionary};
use pianometro::read::page_pictures;
use support::compare::compare;
use support::{fixture, json_lines, pianometro, say, table, text};

/// Pixels a point: a scanner's usual 200 dpi.
const SCAN: f32 = 200.0 / 72.0;

/// Fixture, and the least core-cell F1 of its scan.
const FLOORS: [(&str, f64); 4] = [
    ("brescia-2019-semestrale", 0.90),
    ("brescia-2020-piano", 0.90),
    ("brindisi-2021-monitoraggio", 0.90),
    ("treviso-belluno-2019-relazione", 0.90),
];

/// Whether Tesseract is here with Italian; says so where it is not.
fn tesseract() -> bool {
    let listed = Command::new("tesseract").arg("--list-langs").output();
    let known = listed.is_ok_and(|output| {
        let all = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&all).lines().any(|line| line.trim() == "ita")
    });
    if !known {
        say(
            "\n*** OCR TEST SKIPPED: no Tesseract with Italian. Debian: apt install tesseract-ocr tesseract-ocr-ita ***\n",
        );
    }
    known
}

/// A PDF of nothing but pictures of another's pages.
fn scanned(bytes: &[u8], pages: u32) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let mut kids = Vec::new();
    let numbers: Vec<u32> = (1..=pages).collect();
    page_pictures(bytes.to_vec(), &numbers, &BTreeSet::new(), SCAN, &mut |_, picture, scale| {
        let grey: Vec<u8> = picture.rgba.chunks_exact(4).map(|pixel| pixel[1]).collect();
        let (width, height) = (picture.width as f32 / scale, picture.height as f32 / scale);
        let mut image = Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
                "Width" => i64::from(picture.width), "Height" => i64::from(picture.height),
            },
            grey,
        );
        image.compress().expect("memory takes it");
        let image = document.add_object(image);
        let content = format!("q {width} 0 0 {height} 0 0 cm /I Do Q").into_bytes();
        let content = document.add_object(Stream::new(Dictionary::new(), content));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
            "Resources" => dictionary! { "XObject" => dictionary! { "I" => image } },
        });
        kids.push(page.into());
    })
    .expect("a fixture's pages");
    let count = kids.len() as i64;
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut out = Vec::new();
    document.save_to(&mut out).expect("memory takes it");
    out
}

fn pages_of(bytes: &[u8]) -> u32 {
    Document::load_mem(bytes).expect("a fixture").get_pages().len() as u32
}

/// A folder with a fixture's scan, and the scan's path.
fn scan_of(stem: &str, most: u32) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = fs::read(fixture(&format!("{stem}.pdf"))).expect("a fixture");
    let path = folder.path().join(format!("{stem}.pdf"));
    fs::write(&path, scanned(&bytes, pages_of(&bytes).min(most))).expect("a file");
    (folder, path)
}

#[test]
fn a_scan_is_read_like_its_original() {
    if !tesseract() {
        return;
    }
    let mut short = Vec::new();
    for (stem, floor) in FLOORS {
        let (_folder, path) = scan_of(stem, u32::MAX);
        let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/expected/{stem}.jsonl"));
        let expected = json_lines(&fs::read_to_string(expected).expect("what is expected"));
        let year = stem.split('-').find(|part| part.len() == 4 && part.starts_with("20")).expect("a year");
        let lines = support::extract(&path);
        assert!(lines.iter().all(|line| line["provenance"]["ocr"] == true), "{stem}: recognised, and said so");
        let result = compare(&expected, &lines, year);
        say(&format!(
            "scan of {stem}: core cells {:.4}, indicators {} of {}",
            result.core_f1(),
            result.paired,
            result.expected
        ));
        if result.core_f1() < floor {
            short.push(format!("{stem}: {:.4}\n  {}", result.core_f1(), result.faults.join("\n  ")));
        }
    }
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn recognised_pages_are_counted_and_their_figures_doubted() {
    if !tesseract() {
        return;
    }
    let (_folder, path) = scan_of("brescia-2020-piano", 2);
    let out = tempfile::tempdir().expect("a folder");
    let run = support::run(&[&path], out.path(), &[]);
    assert!(text(&run.stdout).contains("riconoscimento ottico (OCR), pagine: 2"), "{}", text(&run.stdout));
    let documents = table(out.path(), "documents");
    assert_eq!((&*documents[0]["status"], &*documents[0]["ocr_pages"]), ("ok", "2"));
    let sure: f64 = documents[0]["ocr_confidence"].parse().expect("a number");
    assert!((0.5..1.0).contains(&sure), "{sure}");
    let values = table(out.path(), "values");
    assert!(!values.is_empty());
    assert!(values.iter().all(|row| row["confidence"].parse::<f64>().is_ok_and(|c| c < 1.0)));
}

#[test]
fn without_tesseract_the_row_says_what_to_install() {
    let (_folder, path) = scan_of("brescia-2020-piano", 1);
    for (options, place, advice) in [
        (&["--ocr", "auto"][..], "/nonexistent", "apt install tesseract-ocr tesseract-ocr-ita"),
        (&["--ocr", "never"], "/usr/bin:/bin", "--ocr auto"),
    ] {
        let out = tempfile::tempdir().expect("a folder");
        let mut command = pianometro();
        command.env("PATH", place).arg("run").arg(&path).arg("--out").arg(out.path()).args(options);
        assert_eq!(command.output().expect("the program starts").status.code(), Some(1));
        let documents = table(out.path(), "documents");
        assert_eq!((&*documents[0]["status"], &*documents[0]["reason_code"]), ("failed", "image_only"));
        assert!(documents[0]["message"].contains(advice), "{}", documents[0]["message"]);
    }
}

#[test]
fn a_scanned_page_among_others_is_missed_by_name() {
    let frame = support::pdf::Frame::new(60.0, 760.0, &[220.0, 120.0], 2);
    let words = frame.rules() + &frame.words(&[vec!["Indicatore", "Peso"], vec!["Eventi", "40%"]]);
    let picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{7f} EI Q\n".to_owned();
    let page = |content: String| support::pdf::Page { content, ..support::pdf::Page::default() };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("misto.pdf");
    fs::write(&path, support::pdf::pdf(&[page(words), page(picture)])).expect("a file");
    let out = tempfile::tempdir().expect("a folder");
    let mut command = pianometro();
    command.env("PATH", "/nonexistent").arg("run").arg(&path).arg("--out").arg(out.path());
    assert_eq!(command.output().expect("the program starts").status.code(), Some(0));
    let documents = table(out.path(), "documents");
    assert_eq!((&*documents[0]["status"], &*documents[0]["reason_code"]), ("partial", "image_page"));
    assert!(documents[0]["message"].starts_with("pag. 2: "), "{}", documents[0]["message"]);
    assert!(documents[0]["message"].contains("tesseract-ocr-ita"), "{}", documents[0]["message"]);
}

#[test]
fn all_pages_are_recognised_where_that_is_asked_for() {
    if !tesseract() {
        return;
    }
    let out = tempfile::tempdir().expect("a folder");
    let file = fixture("brescia-2020-piano.pdf");
    support::run(&[&file], out.path(), &["--ocr", "always"]);
    let documents = table(out.path(), "documents");
    assert_eq!(documents[0]["ocr_pages"], documents[0]["pages"]);
    assert!(!table(out.path(), "indicators").is_empty());
}

//! Every figure that is exported stands on its page for a second, independent reader (`pdf-extract`) too.
//!
//! It reads PDFs with other code from the first byte on, so that a figure which the program made up, took from another page or
//! joined wrongly is found. What the second reader itself can't read is listed, with the reason, in
//! `tests/data/second-reader.csv`.

mod support;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use support::{FIXTURES, name, names, run, say, table};
use unicode_normalization::UnicodeNormalization;

/// Letters, figures and signs without white space and ligatures: what two readers agree on.
fn plain(text: &str) -> String {
    let folded: String = text.nfkc().filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect();
    folded.replace(['‐', '‑', '–', '—', '−'], "-").replace(['’', '‘', '´', '`'], "'")
}

/// A file's pages as the second reader has them; `None` where it gives up.
fn pages(file: &Path) -> Option<Vec<String>> {
    let bytes = std::fs::read(file).ok()?;
    // It panics on some files that are sound.
    let read = std::thread::spawn(move || pdf_extract::extract_text_from_mem_by_pages(&bytes).ok());
    let read = read.join().ok().flatten()?;
    Some(read.iter().map(|page| plain(page)).collect())
}

/// A figure of the dataset: table, column, page and printed text.
struct Figure {
    column: &'static str,
    page: usize,
    raw: String,
}

/// The figures that a run over one file exports.
fn figures(file: &Path) -> Vec<Figure> {
    let out = tempfile::tempdir().expect("a folder");
    run(&[file], out.path(), &["--report-images", "0", "--ocr", "never"]);
    let mut figures = Vec::new();
    for (name, columns) in [
        ("values", &["raw"][..]),
        ("indicators", &["weight_raw", "variance_raw", "achievement_raw"]),
        ("objectives", &["achievement_raw"]),
    ] {
        for row in table(out.path(), name) {
            let page = row["page"].parse().unwrap_or(0);
            let raws = columns.iter().map(|column| (*column, row[*column].clone()));
            figures.extend(raws.filter(|(_, raw)| !raw.is_empty()).map(|(column, raw)| Figure { column, page, raw }));
        }
    }
    figures
}

/// The exceptions: file, page and word (`*` for any), with a reason.
fn exceptions() -> Vec<[String; 4]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/second-reader.csv");
    let mut reader = csv::Reader::from_path(path).expect("the list of exceptions");
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| std::array::from_fn(|i| row.get(i).unwrap_or_default().to_owned())).collect()
}

/// The words with figures in them that don't stand where the dataset says.
fn strangers(file: &Path, used: &mut HashMap<usize, usize>) -> Vec<String> {
    let exceptions = exceptions();
    let name = name(file);
    let mut excepted = |page: &str, word: &str| {
        let fits = |given: &str, own: &str| given == "*" || given == own;
        let found = exceptions.iter().position(|[f, p, w, _]| fits(f, &name) && fits(p, page) && fits(w, word));
        found.map(|index| *used.entry(index).or_default() += 1).is_some()
    };
    let Some(pages) = pages(file) else {
        return if excepted("*", "*") { Vec::new() } else { vec![format!("{name}: the second reader gives up")] };
    };
    let mut out = Vec::new();
    for figure in figures(file) {
        // A row that begins at a page's end may go on overleaf.
        let near: String = pages.iter().skip(figure.page.saturating_sub(1)).take(2).map(String::as_str).collect();
        for word in figure.raw.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_digit())) {
            if !near.contains(&plain(word)) && !excepted(&figure.page.to_string(), word) {
                out.push(format!("{name}, page {}: {} {:?} of {:?}", figure.page, figure.column, word, figure.raw));
            }
        }
    }
    out
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    names(folder).into_iter().filter(|name| name.ends_with(".pdf")).map(|name| folder.join(name)).collect()
}

#[test]
fn every_exported_figure_stands_on_its_page() {
    let mut files = pdfs(Path::new(FIXTURES));
    assert!(files.len() >= 4);
    let corpus = support::corpus("fixtures");
    files.extend(corpus.iter().flat_map(|folder| pdfs(folder)));
    let mut used = HashMap::new();
    let mut strange = Vec::new();
    for file in &files {
        let found = strangers(file, &mut used);
        if !found.is_empty() {
            say(&format!("{}: {} figures", name(file), found.len()));
        }
        strange.extend(found);
    }
    assert!(strange.is_empty(), "{}", strange.join("\n"));
    // An exception that nothing needs hides the next fault.
    if corpus.is_some() {
        let idle: Vec<_> =
            exceptions().into_iter().enumerate().filter(|(index, _)| !used.contains_key(index)).collect();
        assert!(idle.is_empty(), "exceptions that are not needed: {idle:?}");
    }
}

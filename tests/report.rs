//! `run`: the report it writes: whole, small, without network, the same every time, and deaf to markup in documents.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use support::{fixture, run, text};

/// One rendition of each of the repository's documents.
const DOCUMENTS: [&str; 4] = [
    "brescia-2019-semestrale.pdf",
    "brescia-2020-piano.pdf",
    "brindisi-2021-monitoraggio.pdf",
    "treviso-belluno-2019-relazione.html",
];

/// The report's files by their path inside its folder.
fn report(inputs: &[PathBuf], options: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    let output = run(&inputs, out.path(), options);
    assert!(output.status.code() == Some(0), "{}", text(&output.stderr));
    let folder = out.path().join("report");
    let mut files = BTreeMap::new();
    for inner in ["", "img"] {
        let Ok(entries) = fs::read_dir(folder.join(inner)) else { continue };
        for entry in entries.map(Result::unwrap).filter(|entry| entry.path().is_file()) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = if inner.is_empty() { name } else { format!("{inner}/{name}") };
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

fn documents() -> Vec<PathBuf> {
    DOCUMENTS.iter().map(|name| fixture(name)).collect()
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, String)> {
    files.iter().filter(|(name, _)| name.ends_with(".html")).map(|(name, bytes)| (name.as_str(), text(bytes)))
}

/// The values of an attribute.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let start = format!(" {name}=\"");
    page.match_indices(&start).filter_map(|(at, _)| page[at + start.len()..].split('"').next()).collect()
}

#[test]
fn every_address_leads_somewhere_inside_the_report() {
    let files = report(&documents(), &[]);
    assert_eq!(files.keys().filter(|name| name.ends_with(".html")).count(), 2 + DOCUMENTS.len());
    let ids: BTreeMap<&str, BTreeSet<String>> = pages(&files)
        .map(|(name, page)| (name, attributes(&page, "id").into_iter().map(str::to_owned).collect()))
        .collect();
    let mut pictures = 0;
    for (name, page) in pages(&files) {
        assert_eq!(attributes(&page, "id").len(), ids[name].len(), "{name}: an id twice");
        for address in attributes(&page, "href") {
            let (file, part) = address.split_once('#').unwrap_or((address, ""));
            let file = if file.is_empty() { name } else { file };
            assert!(files.contains_key(file), "{name}: {address}");
            assert!(part.is_empty() || ids[file].contains(part), "{name}: {address}");
        }
        for address in attributes(&page, "src") {
            assert!(files.contains_key(address), "{name}: {address}");
            pictures += usize::from(address.starts_with("img/"));
        }
    }
    assert!(pictures > 50, "{pictures} pictures");
}

#[test]
fn it_is_small_and_asks_for_no_network() {
    let files = report(&documents(), &[]);
    let size: usize = files.values().map(Vec::len).sum();
    assert!(size < 2_000_000, "{size} bytes");
    for (name, bytes) in files.iter().filter(|(name, _)| !name.starts_with("img/")) {
        let file = text(bytes);
        assert!(!attributes(&file, "src").iter().any(|address| address.contains("//")), "{name}");
        assert!(!file.contains("@import") && !file.contains("url(http"), "{name}");
    }
}

#[test]
fn the_same_documents_give_the_same_bytes_and_pictures_can_be_left_out() {
    let few = [fixture("brescia-2020-piano.pdf")];
    let first = report(&few, &["--jobs", "1"]);
    assert!(first == report(&few, &["--jobs", "2"]), "two runs differ");
    let without = report(&few, &["--report-images", "0"]);
    assert!(!without.keys().any(|name| name.starts_with("img/")));
    assert!(pages(&without).any(|(_, page)| page.contains("Questo rapporto è senza immagini delle pagine.")));
    let tight = report(&few, &["--report-images", "20"]);
    let size: usize = tight.iter().filter(|(name, _)| name.starts_with("img/")).map(|(_, bytes)| bytes.len()).sum();
    assert!(size > 0 && size <= 20_000, "{size} bytes of pictures");
    assert!(pages(&tight).any(|(_, page)| page.contains("Indicatori senza immagine della pagina")));
}

#[test]
fn texts_of_a_hostile_document_stay_texts() {
    const HOSTILE: &str = "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot; onclick=&quot;alert(2)";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("piano.html");
    let cells = |cells: [&str; 5]| format!("<tr>{}</tr>", cells.map(|cell| format!("<td>{cell}</td>")).concat());
    let html = format!(
        "<html><head><title>{HOSTILE}</title></head><body><h1>Piano della performance 2021 {HOSTILE}</h1>\
         <h2>Obiettivo 1.1 {HOSTILE}</h2><table>{}{}{}</table></body></html>",
        cells(["Indicatore", "Peso", "Target 2021", "Risultato 2021", "Note"]),
        cells([HOSTILE, "50%", "75%", "54,47%", HOSTILE]),
        cells(["Altro indicatore", HOSTILE, HOSTILE, HOSTILE, "="]),
    );
    fs::write(&file, html).unwrap();
    let files = report(&[file], &[]);
    let mut told = 0;
    for (name, page) in pages(&files) {
        assert!(!page.contains("<img src=x"), "{name}");
        assert!(!page.contains("\" onclick="), "{name}");
        assert_eq!(page.matches("<script").count(), 1, "{name}");
        assert_eq!(page.matches("</script").count(), 1, "{name}");
        told += page.matches("&lt;img src=x onerror=alert(1)&gt;").count();
    }
    assert!(told > 0, "the document's texts are not told at all");
}

#[test]
fn tables_have_captions_and_headers_and_charts_tell_what_they_show() {
    let files = report(&documents(), &["--report-images", "0"]);
    for (name, page) in pages(&files) {
        assert!(page.contains("<html lang=\"it\">") && page.contains("class=\"skip\""), "{name}");
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count(), "{name}");
        let heads = page.split("<th ").skip(1);
        assert!(heads.into_iter().all(|head| head.starts_with("scope=")), "{name}: a header without scope");
        let alone = page.matches("<svg").count() - page.matches("class=\"parts\" aria-hidden").count();
        assert_eq!(alone, page.matches("<desc").count(), "{name}: a chart with neither a legend nor a description");
        assert_eq!(page.matches("<img").count(), attributes(&page, "alt").len(), "{name}");
    }
}

//! The annotated copy, read back: by an independent library, and by the program itself.

mod support;

use std::path::Path;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use support::{extract, fixture, pianometro, text};

const PLAN: &str = "brescia-2019-semestrale.pdf";

fn annotate(input: &Path, out: &Path) -> String {
    let output = pianometro().arg("annotate").arg(input).arg("-o").arg(out).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// The outlines of all pages: page, rectangle, comment.
fn outlines(file: &Path) -> Vec<(u32, [f32; 4], String)> {
    let document = Document::load(file).unwrap();
    let mut found = Vec::new();
    for (number, page) in document.get_pages() {
        for annotation in document.get_page_annotations(page).unwrap() {
            if annotation.get(b"Subtype").unwrap().as_name().unwrap() == b"Square" {
                found.push((number, rectangle(annotation), contents(annotation)));
            }
        }
    }
    found
}

fn rectangle(annotation: &Dictionary) -> [f32; 4] {
    let numbers = annotation.get(b"Rect").unwrap().as_array().unwrap();
    std::array::from_fn(|index| numbers[index].as_float().unwrap())
}

fn contents(annotation: &Dictionary) -> String {
    let bytes = annotation.get(b"Contents").unwrap().as_str().unwrap();
    if !bytes.starts_with(&[0xFE, 0xFF]) {
        return bytes.iter().map(|byte| char::from(*byte)).collect();
    }
    let units: Vec<u16> = bytes[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

#[test]
fn every_cell_that_was_read_is_outlined() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copia.pdf");
    let told = annotate(&fixture(PLAN), &copy);
    let found = outlines(&copy);
    assert!(told.contains(&format!("{} celle contornate", found.len())), "{told}");
    let mut values = 0;
    for indicator in extract(&fixture(PLAN)) {
        for target in indicator["targets"].as_array().unwrap() {
            let printed = format!(": «{}»", target["raw"].as_str().unwrap());
            assert!(found.iter().any(|(_, _, comment)| comment.contains(&printed)), "{printed}");
            values += 1;
        }
    }
    assert!(values > 10);
    assert!(found.iter().any(|(_, _, comment)| comment.contains("letto: ")));
}

#[test]
fn the_copy_says_what_the_original_says() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join(PLAN);
    annotate(&fixture(PLAN), &copy);
    assert_eq!(extract(&copy), extract(&fixture(PLAN)));
}

/// Turns each page's contents and turns the page back, with its origin away from zero: it looks as before.
fn turned(input: &Path, out: &Path) {
    let mut document = Document::load(input).unwrap();
    for page in document.get_pages().into_values() {
        let [x0, y0, x1, y1] = media_box(&document, page);
        assert_eq!((x0, y0), (0.0, 0.0));
        let matrix = format!("q 0 1 -1 0 {} 50 cm\n", y1 + 100.0);
        let before = document.add_object(Stream::new(dictionary! {}, matrix.into_bytes()));
        let after = document.add_object(Stream::new(dictionary! {}, b"\nQ".to_vec()));
        let old = document.get_page_contents(page).into_iter().map(Object::Reference);
        let contents: Vec<Object> =
            [Object::Reference(before)].into_iter().chain(old).chain([Object::Reference(after)]).collect();
        let page = document.get_dictionary_mut(page).unwrap();
        page.set("Contents", contents);
        page.set("MediaBox", [100.0, 50.0, 100.0 + y1, 50.0 + x1].map(Object::Real).to_vec());
        page.remove(b"CropBox");
        page.set("Rotate", 90);
    }
    document.save(out).unwrap();
}

fn media_box(document: &Document, page: lopdf::ObjectId) -> [f32; 4] {
    let mut node = document.get_dictionary(page).unwrap();
    while !node.has(b"MediaBox") {
        node = document.get_dictionary(node.get(b"Parent").unwrap().as_reference().unwrap()).unwrap();
    }
    let numbers = document.dereference(node.get(b"MediaBox").unwrap()).unwrap().1.as_array().unwrap();
    std::array::from_fn(|index| numbers[index].as_float().unwrap())
}

#[test]
fn boxes_follow_turned_pages_with_another_origin() {
    let folder = tempfile::tempdir().unwrap();
    let (straight, input, copy) =
        (folder.path().join("dritto.pdf"), folder.path().join("girato.pdf"), folder.path().join("girato-annotato.pdf"));
    annotate(&fixture(PLAN), &straight);
    turned(&fixture(PLAN), &input);
    annotate(&input, &copy);
    let (before, after) = (outlines(&straight), outlines(&copy));
    assert!(before.len() > 20);
    assert_eq!(before.len(), after.len());
    let document = Document::load(fixture(PLAN)).unwrap();
    let pages = document.get_pages();
    for (page, [x0, y0, x1, y1], comment) in &before {
        let height = media_box(&document, pages[page])[3];
        // As the matrix of the turned page maps it.
        let wanted = [height + 100.0 - y1, x0 + 50.0, height + 100.0 - y0, x1 + 50.0];
        let near = |[a, b, c, d]: [f32; 4]| {
            [a - wanted[0], b - wanted[1], c - wanted[2], d - wanted[3]].iter().all(|difference| difference.abs() < 0.6)
        };
        assert!(
            after.iter().any(|(other, rectangle, _)| other == page && near(*rectangle)),
            "{page} {wanted:?} {comment}"
        );
    }
}

#[test]
fn only_pdfs_and_never_over_the_original() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("copia.pdf");
    let run = |file: &Path, out: &Path| {
        let output = pianometro().arg("annotate").arg(file).arg("-o").arg(out).output().unwrap();
        (output.status.code(), text(&output.stderr))
    };
    let (code, errors) = run(&fixture("brescia-2019-semestrale.html"), &out);
    assert_eq!((code, errors.contains("si annotano solo PDF")), (Some(2), true), "{errors}");
    let (code, errors) = run(&fixture(PLAN), &fixture(PLAN));
    assert_eq!((code, errors.contains("al posto dell'originale")), (Some(2), true), "{errors}");
    assert!(!out.exists());
}

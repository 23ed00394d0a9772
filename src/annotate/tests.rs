use super::*;
use crate::audit::unread;
use crate::document::Source;
use crate::extract::{Lexicon, Printed};
use crate::score::sample::{indicator, measure, plan, set_target};
use crate::score::{Policy, score};
use lopdf::dictionary;

/// Two pages, the second turned by 90° and with its box away from zero; annotations in an object of their own on the first.
fn two_pages() -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let link = document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Link" });
    let annotations = document.add_object(Object::Array(vec![link.into()]));
    let first = document.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Annots" => annotations });
    let box_of_second: Vec<Object> = vec![100.into(), 200.into(), 400.into(), 900.into()];
    let second = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Rotate" => 90, "MediaBox" => box_of_second,
    });
    let inherited: Vec<Object> = vec![0.into(), 0.into(), 595.into(), 842.into()];
    let tree = dictionary! {
        "Type" => "Pages", "Kids" => vec![first.into(), second.into()], "Count" => 2, "MediaBox" => inherited,
    };
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn on_page(page: u32, bbox: [f32; 4]) -> Source {
    Source { page, bbox: Some(bbox), line: None }
}

fn annotated() -> Annotated {
    let mut one = indicator("1");
    one.source = on_page(1, [50.0, 100.0, 500.0, 120.0]);
    set_target(&mut one, None, ">= 75%");
    one.targets[0].measure.source = on_page(2, [10.0, 20.0, 110.0, 40.0]);
    let mut homeless = measure("40");
    homeless.source = Source { page: 1, bbox: None, line: None };
    one.weight = Some(homeless);
    let plan = plan(vec![one]);
    let scores = score(&plan, &Policy::default_policy());
    let found = |source: Option<Source>| {
        let text = Printed::new("però".to_owned(), source.clone().unwrap_or_default());
        let mut with_text = plan.clone();
        with_text.left_over.texts.push(text);
        let mut finding = unread(&with_text, Lexicon::shipped()).remove(0);
        finding.source = source;
        finding
    };
    let findings =
        [found(Some(on_page(1, [60.0, 300.0, 200.0, 310.0]))), found(None), found(Some(on_page(9, [0.0; 4])))];
    annotate(&two_pages(), &plan, &scores, &findings).unwrap()
}

fn texts(annotation: &lopdf::Dictionary, key: &[u8]) -> String {
    let bytes = annotation.get(key).unwrap().as_str().unwrap();
    if !bytes.starts_with(&[0xFE, 0xFF]) {
        return bytes.iter().map(|byte| char::from(*byte)).collect();
    }
    let units: Vec<u16> = bytes[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

#[test]
fn the_copy_has_outlines_notes_and_a_legend() {
    let made = annotated();
    assert_eq!((made.outlines, made.notes, made.unplaced, made.was_encrypted), (2, 2, 2, false));
    let copy = Document::load_mem(&made.bytes).unwrap();
    let pages = copy.get_pages();
    let first = copy.get_page_annotations(pages[&1]).unwrap();
    let kinds: Vec<&[u8]> = first.iter().map(|a| a.get(b"Subtype").unwrap().as_name().unwrap()).collect();
    assert_eq!(kinds, [&b"Link"[..], b"Square", b"Text", b"Text", b"Stamp"]);
    assert!(
        texts(first[2], b"Contents")
            .contains("NON001 (avviso): testo che sembra un indicatore e non è stato capito\ntesto: «però»")
    );
    assert!(texts(first[4], b"Contents").contains("celle lette (2)"));
}

#[test]
fn boxes_lie_where_the_turned_page_shows_them() {
    let made = annotated();
    let copy = Document::load_mem(&made.bytes).unwrap();
    let second = copy.get_page_annotations(copy.get_pages()[&2]).unwrap();
    assert_eq!(second.len(), 1);
    let rectangle: Vec<f32> =
        second[0].get(b"Rect").unwrap().as_array().unwrap().iter().map(|n| n.as_float().unwrap()).collect();
    assert_eq!(rectangle, [120.0, 210.0, 140.0, 310.0]);
    let contents = texts(second[0], b"Contents");
    assert!(contents.contains("obiettivo: «>= 75%»\nletto: almeno 75 %"), "{contents}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(annotated().bytes, annotated().bytes);
}

#[test]
fn a_copy_annotated_again_has_each_mark_once() {
    let first = annotated();
    let marks = |bytes: &[u8]| {
        let copy = Document::load_mem(bytes).unwrap();
        let pages = copy.get_pages();
        let on = |page: &lopdf::ObjectId| copy.get_page_annotations(*page).unwrap().len();
        (pages.values().map(on).collect::<Vec<_>>(), copy.objects.len())
    };
    let mut one = indicator("1");
    one.source = on_page(1, [50.0, 100.0, 500.0, 120.0]);
    let plan = plan(vec![one]);
    let scores = score(&plan, &Policy::default_policy());
    let fresh = annotate(&two_pages(), &plan, &scores, &[]).unwrap();
    let again = annotate(&first.bytes, &plan, &scores, &[]).unwrap();
    // The link that was there, one outline and the legend.
    assert_eq!(marks(&again.bytes).0, [3, 0]);
    assert_eq!(marks(&fresh.bytes).0, [3, 0]);
    // Nothing of the first copy's marks is left behind.
    assert!(marks(&again.bytes).1 <= marks(&fresh.bytes).1);
}

#[test]
fn what_is_no_pdf_is_refused() {
    let plan = plan(Vec::new());
    let error = annotate(b"niente", &plan, &Scores::default(), &[]).unwrap_err();
    assert!(error.to_string().contains("non se ne può scrivere una copia"));
}

//! Annotations as PDF objects, each with an appearance of its own, so that every viewer shows the same.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::marks::{Note, Outline};
use super::page::Visible;
use crate::audit::Severity;

/// The side of a note's mark, in points.
pub(super) const NOTE_SIZE: f32 = 14.0;

/// Who the annotations are by.
const AUTHOR: &str = "pianometro";

/// Print, so that a printed copy shows them.
const FLAGS: i64 = 4;

/// The width of an outline, in points.
const LINE: f32 = 0.9;

/// A text string as PDF wants it: UTF-16 with a byte order mark.
pub(super) fn text(text: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

pub(super) fn numbers(numbers: &[f32]) -> Object {
    Object::Array(numbers.iter().map(|n| Object::Real((n * 100.0).round() / 100.0)).collect())
}

fn colour(colour: [u16; 3]) -> Object {
    Object::Array(colour.iter().map(|part| Object::Real(f32::from(*part) / 1000.0)).collect())
}

/// A colour as operands of a content stream.
pub(super) fn operands(colour: [u16; 3]) -> String {
    let part = |n: u16| format!("{}.{:03}", n / 1000, n % 1000);
    format!("{} {} {}", part(colour[0]), part(colour[1]), part(colour[2]))
}

/// A form that draws `content` in a box of this size.
pub(super) fn form(document: &mut Document, size: (f32, f32), resources: Dictionary, content: String) -> ObjectId {
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => numbers(&[0.0, 0.0, size.0, size.1]),
        "Resources" => resources,
    };
    document.add_object(Stream::new(dictionary, content.into_bytes()))
}

/// What all annotations have.
pub(super) fn annotation(
    kind: &str,
    page: Option<ObjectId>,
    rectangle: [f32; 4],
    contents: &str,
    appearance: ObjectId,
) -> Dictionary {
    let mut annotation = dictionary! {
        "Type" => "Annot",
        "Subtype" => kind,
        "Rect" => numbers(&rectangle),
        "Contents" => text(contents),
        "T" => text(AUTHOR),
        "F" => FLAGS,
        "AP" => dictionary! { "N" => appearance },
    };
    if let Some(page) = page {
        annotation.set("P", page);
    }
    annotation
}

/// A box around a cell, in its field's colour. Where an indicator's whole row is outlined too, the cells' boxes lie inside it:
/// each is drawn a little within its bounds.
pub(super) fn outline(
    document: &mut Document,
    page: Option<ObjectId>,
    visible: &Visible,
    outline: &Outline,
) -> ObjectId {
    let rectangle = visible.rectangle(outline.bbox);
    let (width, height) = (rectangle[2] - rectangle[0], rectangle[3] - rectangle[1]);
    let inset = LINE / 2.0;
    let (w, h) = ((width - LINE).max(0.1), (height - LINE).max(0.1));
    let paint = operands(outline.field.colour());
    let content = format!("{paint} RG {LINE} w {inset:.2} {inset:.2} {w:.2} {h:.2} re S");
    let appearance = form(document, (width, height), Dictionary::new(), content);
    let mut annotation = annotation("Square", page, rectangle, &outline.texts.join("\n\n"), appearance);
    annotation.set("C", colour(outline.field.colour()));
    annotation.set("BS", dictionary! { "W" => LINE, "S" => "S" });
    annotation.set("Subj", text(outline.field.name()));
    document.add_object(annotation)
}

/// The colour of a note, in thousandths.
fn severity_colour(severity: Severity) -> [u16; 3] {
    match severity {
        Severity::Error => [850, 150, 150],
        Severity::Warning => [950, 650, 100],
        Severity::Info => [300, 550, 850],
    }
}

/// A comment with its mark at `at`, in points from the visible page's top left corner.
pub(super) fn note(
    document: &mut Document,
    page: Option<ObjectId>,
    visible: &Visible,
    note: &Note,
    at: (f32, f32),
) -> ObjectId {
    let size = NOTE_SIZE;
    let rectangle = visible.rectangle([at.0, at.1, at.0 + size, at.1 + size]);
    let paint = severity_colour(note.severity);
    // A sheet with three lines of writing.
    let content = format!(
        "{fill} rg 1 1 1 RG 0.6 w 1 1 {inner} {inner} re B 1 1 1 RG 1.2 w 3.5 10 m 10.5 10 l S 3.5 7 m 10.5 7 l S 3.5 4 m \
         8 4 l S",
        fill = operands(paint),
        inner = size - 2.0,
    );
    let appearance = form(document, (size, size), Dictionary::new(), content);
    let mut annotation = annotation("Text", page, rectangle, &note.text, appearance);
    annotation.set("Name", "Comment");
    annotation.set("C", colour(paint));
    annotation.set("Subj", text(note.code));
    annotation.set("Open", false);
    document.add_object(annotation)
}

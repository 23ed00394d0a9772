//! Annotations as PDF objects, each with an appearance of its own, so that every viewer shows the same.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::marks::{Field, Note, Outline, tenths};
use super::page::Visible;
use crate::audit::Severity;

/// The side of a note's mark, in points.
pub(super) const NOTE_SIZE: f32 = 14.0;

/// Who the annotations are by.
const AUTHOR: &str = "pianometro";

/// Print, so that a printed copy shows them.
const FLAGS: i64 = 4;

/// The width of an outline, and how far inside its cell it is drawn, in points: the cell's own rule stays to be seen.
const LINE: f32 = 1.1;
const INSET: f32 = 1.1;

/// How much of the cell's colour lies over it, in thousandths.
const TINT: u16 = 130;

/// A text string: one byte a letter where all are in the part that PDFDocEncoding has in common with Latin-1, else UTF-16
/// with a byte order mark.
pub(super) fn text(text: &str) -> Object {
    let single: Option<Vec<u8>> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).ok().filter(|byte| matches!(byte, b'\n' | 0x20..=0x7E | 0xA1..=0xFF)))
        .collect();
    let bytes = single.unwrap_or_else(|| {
        let mut bytes = vec![0xFE, 0xFF];
        bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        bytes
    });
    Object::String(bytes, StringFormat::Literal)
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
fn form(document: &mut Document, size: (f32, f32), resources: Dictionary, content: String) -> ObjectId {
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => numbers(&[0.0, 0.0, size.0, size.1]),
        "Resources" => resources,
    };
    document.add_object(Stream::new(dictionary, content.into_bytes()))
}

/// A form that stands upright on a turned page: the viewer turns the page clockwise, so the form is turned the other way.
pub(super) fn turned_form(
    document: &mut Document,
    visible: &Visible,
    size: (f32, f32),
    resources: Dictionary,
    content: String,
) -> ObjectId {
    let id = form(document, size, resources, content);
    let matrix: [i64; 6] = match visible.turns() {
        0 => return id,
        1 => [0, 1, -1, 0, 0, 0],
        2 => [-1, 0, 0, -1, 0, 0],
        _ => [0, -1, 1, 0, 0, 0],
    };
    if let Ok(stream) = document.get_object_mut(id).and_then(Object::as_stream_mut) {
        stream.dict.set("Matrix", matrix.map(Object::Integer).to_vec());
    }
    id
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

/// Whether an annotation is one that this program wrote.
pub(super) fn is_own(document: &Document, annotation: &Object) -> bool {
    let author =
        document.dereference(annotation).ok().and_then(|(_, annotation)| annotation.as_dict().ok()?.get(b"T").ok());
    author.is_some_and(|author| author == &text(AUTHOR))
}

/// The appearances of outlines, by field and size in tenths of a point: cells of one column mostly have the same.
#[derive(Debug, Default)]
pub(super) struct Appearances {
    known: BTreeMap<(Field, i64, i64), ObjectId>,
    tint: Option<ObjectId>,
}

impl Appearances {
    fn of(&mut self, document: &mut Document, field: Field, (width, height): (f32, f32)) -> ObjectId {
        let key = (field, tenths(width), tenths(height));
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let (w, h) = ((width - 2.0 * INSET).max(0.1), (height - 2.0 * INSET).max(0.1));
        let rectangle = format!("{INSET:.2} {INSET:.2} {w:.2} {h:.2} re");
        let paint = operands(field.colour());
        let mut resources = Dictionary::new();
        let content = if field.is_sheet() {
            format!("{paint} RG {LINE} w [4 2] 0 d {rectangle} S")
        } else {
            let state = || dictionary! { "Type" => "ExtGState", "ca" => f32::from(TINT) / 1000.0 };
            let tint = *self.tint.get_or_insert_with(|| document.add_object(state()));
            resources.set("ExtGState", dictionary! { "T" => tint });
            format!("q /T gs {paint} rg {rectangle} f Q {paint} RG {LINE} w {rectangle} S")
        };
        let id = form(document, (width, height), resources, content);
        self.known.insert(key, id);
        id
    }
}

/// A box in a cell, in its field's colour; a broken line around what is more than a cell.
pub(super) fn outline(
    document: &mut Document,
    appearances: &mut Appearances,
    page: Option<ObjectId>,
    visible: &Visible,
    outline: &Outline,
) -> ObjectId {
    let rectangle = visible.rectangle(outline.bbox);
    let size = (rectangle[2] - rectangle[0], rectangle[3] - rectangle[1]);
    let appearance = appearances.of(document, outline.field, size);
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
    let appearance = turned_form(document, visible, (size, size), Dictionary::new(), content);
    let mut annotation = annotation("Text", page, rectangle, &note.text, appearance);
    annotation.set("Name", "Comment");
    annotation.set("C", colour(paint));
    annotation.set("Subj", text(note.code));
    annotation.set("Open", false);
    document.add_object(annotation)
}

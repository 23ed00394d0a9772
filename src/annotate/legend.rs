//! What the colours mean, on the first page.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, ObjectId, dictionary};

use super::Annotated;
use super::marks::{Field, Outline};
use super::objects::{annotation, operands, turned_form};
use super::page::Visible;
use crate::normalise::Plan;

/// Points.
const ROW: f32 = 9.0;
const WIDTH: f32 = 104.0;
const MARGIN: f32 = 6.0;

/// The legend as a comment's text.
pub(super) fn text(plan: &Plan, made: &Annotated) -> String {
    let colours: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
    let unplaced = match made.unplaced {
        0 => String::new(),
        n => format!("\nSenza un posto su una pagina, e quindi non segnati: {n}."),
    };
    format!(
        "Copia annotata da pianometro di {file} (documento {id}).\n\nSono contornate le celle lette ({outlines}): passandoci \
         sopra si vede di che indicatore sono, il campo, il testo stampato e come è stato inteso. I colori dicono il campo: \
         {colours}.\n\nI segni pieni sono i rilievi ({notes}): rosso errore, arancio avviso, azzurro nota. Quelli senza \
         un posto preciso stanno in cima alla pagina, quelli sull'intero documento in cima alla prima.{unplaced}\n\nLe pagine \
         sono quelle dell'originale: le annotazioni si possono nascondere o togliere.",
        file = plan.card.source_file,
        id = plan.card.document_id,
        outlines = made.outlines,
        notes = made.notes,
        colours = colours.join(", "),
    )
}

/// A small table of colours at the upper right of the first page, with the text as its comment.
pub(super) fn objects(
    document: &mut Document,
    page: ObjectId,
    visible: &Visible,
    outlines: &[Outline],
    text: String,
) -> Vec<ObjectId> {
    let used: BTreeSet<Field> = outlines.iter().map(|outline| outline.field).collect();
    let rows = f32::from(u8::try_from(used.len()).unwrap_or(u8::MAX)) + 1.0;
    let height = rows * ROW + 6.0;
    let left = (visible.width() - WIDTH - MARGIN).max(0.0);
    let rectangle = visible.rectangle([left, MARGIN, left + WIDTH, MARGIN + height]);
    let mut content = format!(
        "1 1 1 rg 0.6 0.6 0.6 RG 0.5 w 0.25 0.25 {:.2} {:.2} re B BT /F1 6.5 Tf 0.2 0.2 0.2 rg 4 {:.2} Td (pianometro: celle \
         lette) Tj ET\n",
        WIDTH - 0.5,
        height - 0.5,
        height - ROW,
    );
    for (row, field) in used.iter().enumerate() {
        let y = height - (f32::from(u8::try_from(row).unwrap_or(u8::MAX)) + 2.0) * ROW;
        content.push_str(&format!(
            "{} RG 0.9 w 4.5 {:.2} 9 6 re S BT /F1 6.5 Tf 0 0 0 rg 18 {y:.2} Td ({}) Tj ET\n",
            operands(field.colour()),
            y - 1.0,
            win_ansi(field.name()),
        ));
    }
    let font = dictionary! {
        "Type" => "Font",
        "Subtype" => "Type1",
        "BaseFont" => "Helvetica",
        "Encoding" => "WinAnsiEncoding",
    };
    let font = document.add_object(font);
    let mut resources = Dictionary::new();
    resources.set("Font", dictionary! { "F1" => font });
    let appearance = turned_form(document, visible, (WIDTH, height), resources, content);
    let mut annotation = annotation("Stamp", Some(page), rectangle, &text, appearance);
    annotation.set("Name", "Draft");
    annotation.set("Subj", super::objects::text("legenda"));
    vec![document.add_object(annotation)]
}

/// A text as operand of a content stream: brackets escaped, letters beyond ASCII as WinAnsi octal codes.
fn win_ansi(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '(' | ')' | '\\' => format!("\\{c}"),
            c if c.is_ascii() => c.to_string(),
            // The letters of Latin-1 have the same codes in WinAnsi.
            c if u32::from(c) < 256 => format!("\\{:03o}", u32::from(c)),
            _ => "?".to_owned(),
        })
        .collect()
}

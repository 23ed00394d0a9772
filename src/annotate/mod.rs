//! A copy of a PDF in which what was read is outlined and what was found stands as a comment.
//!
//! The pages stay as they are; annotations are added to them, which any viewer shows and can hide: an outline in the field's
//! colour with the printed text and its reading for each cell that was read, a note for each finding, and a legend on the
//! first page.

mod legend;
mod marks;
mod objects;
mod page;

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId, SaveOptions};
use thiserror::Error;

use crate::audit::Finding;
use crate::normalise::Plan;
use crate::score::Scores;
use marks::Note;
use page::Visible;

/// The annotated copy.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotated {
    pub bytes: Vec<u8>,
    /// How many cells are outlined.
    pub outlines: usize,
    /// How many notes there are, the legend apart.
    pub notes: usize,
    /// Values and findings with no place on a page that the copy has.
    pub unplaced: usize,
    /// The original was encrypted (and opens without a password); the copy isn't.
    pub was_encrypted: bool,
}

/// Why there is no copy; the messages are in Italian.
#[derive(Debug, Error)]
pub enum AnnotateError {
    #[error(
        "il PDF si legge, ma non se ne può scrivere una copia: {0}; salvarne una con un altro programma (per esempio qpdf) e \
         riprovare"
    )]
    Structure(String),
    #[error("la copia non si può scrivere: {0}")]
    Write(#[from] std::io::Error),
}

impl From<lopdf::Error> for AnnotateError {
    fn from(error: lopdf::Error) -> Self {
        AnnotateError::Structure(error.to_string())
    }
}

/// Adds the annotations to the PDF that `plan` was read from. The same input gives the same bytes.
///
/// # Errors
/// A file whose structure can't be taken apart and written again.
pub fn annotate(bytes: &[u8], plan: &Plan, scores: &Scores, findings: &[Finding]) -> Result<Annotated, AnnotateError> {
    let mut document = Document::load_mem(bytes)?;
    let pages = document.get_pages();
    remove_earlier(&mut document, &pages)?;
    let (outlines, homeless) = marks::outlines(plan, scores);
    let notes = marks::notes(findings);
    let mut made = Annotated {
        bytes: Vec::new(),
        outlines: 0,
        notes: 0,
        unplaced: homeless,
        was_encrypted: document.was_encrypted(),
    };
    let mut added: BTreeMap<u32, Vec<ObjectId>> = BTreeMap::new();
    let mut appearances = objects::Appearances::default();
    let mut lefts: BTreeMap<u32, f32> = BTreeMap::new();
    let visible: BTreeMap<u32, Visible> =
        pages.iter().map(|(number, id)| (*number, Visible::of(&document, *id))).collect();
    for outline in &outlines {
        match visible.get(&outline.page) {
            Some(page) => {
                let id =
                    objects::outline(&mut document, &mut appearances, pages.get(&outline.page).copied(), page, outline);
                added.entry(outline.page).or_default().push(id);
                made.outlines += 1;
            }
            None => made.unplaced += 1,
        }
    }
    for note in &notes {
        let number = note.page.unwrap_or(1);
        match visible.get(&number) {
            Some(page) => {
                let at = note_place(note, lefts.entry(number).or_insert(MARGIN));
                let id = objects::note(&mut document, pages.get(&number).copied(), page, note, at);
                added.entry(number).or_default().push(id);
                made.notes += 1;
            }
            None => made.unplaced += 1,
        }
    }
    if let (Some(first), Some(id)) = (visible.get(&1), pages.get(&1)) {
        let text = legend::text(plan, &made);
        added.entry(1).or_default().extend(legend::objects(&mut document, *id, first, &outlines, text));
    }
    for (number, annotations) in added {
        if let Some(page) = pages.get(&number) {
            add_to_page(&mut document, *page, annotations)?;
        }
    }
    document.objects.retain(|_, object| !is_linearization(object));
    let options = SaveOptions { use_object_streams: true, use_xref_streams: true, ..SaveOptions::default() };
    document.save_with_options(&mut made.bytes, options)?;
    Ok(made)
}

/// Where notes about a whole page stand, from its left and top edge, in points.
const MARGIN: f32 = 18.0;

/// The upper left corner of a note: its finding's, or the next free place at the top of the page.
fn note_place(note: &Note, left: &mut f32) -> (f32, f32) {
    match note.corner {
        Some((x, y)) => ((x - objects::NOTE_SIZE * 0.8).max(2.0), (y - 2.0).max(2.0)),
        None => {
            let here = *left;
            *left += objects::NOTE_SIZE + 4.0;
            (here, MARGIN / 2.0)
        }
    }
}

/// The parameters of a linearized file, which a copy written anew isn't.
fn is_linearization(object: &Object) -> bool {
    matches!(object, Object::Dictionary(dictionary) if dictionary.has(b"Linearized"))
}

/// Appends to the page's annotations, which may stand in the page or in an object of their own.
fn add_to_page(document: &mut Document, page: ObjectId, annotations: Vec<ObjectId>) -> Result<(), AnnotateError> {
    let added = annotations.into_iter().map(Object::Reference);
    let all: Vec<Object> = annotations_of(document, page)?.into_iter().chain(added).collect();
    document.get_dictionary_mut(page)?.set("Annots", Object::Array(all));
    Ok(())
}

fn annotations_of(document: &Document, page: ObjectId) -> Result<Vec<Object>, AnnotateError> {
    let list = match document.get_dictionary(page)?.get(b"Annots") {
        Ok(Object::Reference(id)) => document.get_object(*id).and_then(Object::as_array).cloned(),
        Ok(list) => list.as_array().cloned(),
        Err(_) => return Ok(Vec::new()),
    };
    Ok(list.unwrap_or_default())
}

/// Takes the program's own annotations off a copy that is annotated again, so that none stands twice.
fn remove_earlier(document: &mut Document, pages: &BTreeMap<u32, ObjectId>) -> Result<(), AnnotateError> {
    let mut found = false;
    for page in pages.values() {
        let before = annotations_of(document, *page)?;
        let (own, others): (Vec<Object>, Vec<Object>) =
            before.into_iter().partition(|annotation| objects::is_own(document, annotation));
        if !own.is_empty() {
            found = true;
            document.get_dictionary_mut(*page)?.set("Annots", Object::Array(others));
        }
    }
    if found {
        document.prune_objects();
    }
    Ok(())
}

#[cfg(test)]
mod tests;

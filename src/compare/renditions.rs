//! Which files are the same document in another format.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Material;
use crate::document::Format;
use crate::normalise::{DocumentKind, Plan};

/// For each plan the index of the rendition that stands for it, `None` for those that stand for themselves.
pub(super) fn duplicates(documents: &[Material<'_>]) -> Vec<Option<usize>> {
    let mut best: HashMap<&str, usize> = HashMap::new();
    for (index, plan) in documents.iter().map(|document| document.plan).enumerate() {
        best.entry(key(plan))
            .and_modify(|known| {
                if documents.get(*known).is_some_and(|other| rank(plan) < rank(other.plan)) {
                    *known = index;
                }
            })
            .or_insert(index);
    }
    documents
        .iter()
        .enumerate()
        .map(|(index, document)| best.get(key(document.plan)).copied().filter(|&other| other != index))
        .collect()
}

/// What renditions of one document share: its id where entity, year and kind are known, since only then the id says
/// more than the file's name; else the bytes themselves.
fn key(plan: &Plan) -> &str {
    let card = &plan.card;
    let known = card.entity.is_some() && card.year.is_some() && card.kind != DocumentKind::Other;
    if known { &card.document_id } else { &card.sha256 }
}

/// The smaller, the better.
fn rank(plan: &Plan) -> (Reverse<usize>, u8, &str) {
    let format = match plan.card.format {
        Format::Pdf => 0,
        Format::Html => 1,
        Format::Text => 2,
    };
    (Reverse(plan.indicators.len()), format, &plan.card.source_file)
}

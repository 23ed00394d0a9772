//! The files of a run with their records.

use rayon::prelude::*;

use super::BatchError;
use crate::audit::{self, Following, Standing};
use crate::compare::{CompareError, Opened, Outline, Plans};
use crate::normalise::Plan;
use crate::store::{Key, Piece, Scratch, Store, Timings, Told};

/// A file of the run.
pub(super) struct Filed {
    pub told: Told,
    pub timings: Timings,
    /// `None` where the result is no record.
    pub key: Option<Key>,
    /// Its findings between documents, set aside.
    pub across: Option<Piece>,
}

/// All files of a run, in its order. Those that could be read have a place among themselves.
pub(super) struct Shelf {
    pub store: Store,
    pub files: Vec<Filed>,
    /// The indices of those that could be read.
    read: Vec<usize>,
}

impl Shelf {
    pub(super) fn new(store: Store, files: Vec<Filed>) -> Self {
        let read = files.iter().enumerate().filter(|(_, file)| file.told.brief().is_some());
        Shelf { store, read: read.map(|(index, _)| index).collect(), files }
    }

    /// The index of the file at a place, and its outline.
    pub(super) fn outline(&self, place: usize) -> Option<(usize, &Outline)> {
        let index = *self.read.get(place)?;
        Some((index, &self.files.get(index)?.told.brief()?.outline))
    }

    /// The place of the file with an index.
    pub(super) fn place(&self, index: usize) -> Option<usize> {
        self.read.binary_search(&index).ok()
    }

    /// All outlines, each with its file's index.
    pub(super) fn indexed(&self) -> Vec<(usize, &Outline)> {
        (0..self.read.len()).filter_map(|place| self.outline(place)).collect()
    }

    /// Leaves out of the outlines what only the search for duplicates needs.
    pub(super) fn forget_contents(&mut self) {
        for file in &mut self.files {
            if let Told::Read(brief) = &mut file.told {
                brief.outline.forget_content();
            }
        }
    }

    /// Sets the findings between documents aside; a few documents are open at a time.
    pub(super) fn check_across(&mut self, scratch: &Scratch) -> Result<(), BatchError> {
        let following = {
            let outlines = self.outlines();
            let standing = outlines.iter().map(|outline| Standing {
                document_id: &outline.document_id,
                entity: outline.entity.map(|entity| entity.id.as_str()),
                year: outline.year,
            });
            audit::following(&standing.collect::<Vec<_>>())
        };
        let found = |Following { before, after }: &Following| -> Result<Vec<(usize, Piece)>, BatchError> {
            let opened: Result<Vec<Opened<'_>>, CompareError> = before.iter().map(|place| self.open(*place)).collect();
            let opened = opened?;
            let before: Vec<&Plan> = opened.iter().map(|opened| opened.plan.as_ref()).collect();
            let mut pieces = Vec::new();
            for place in after {
                let findings = audit::check_across(&self.open(*place)?.plan, &before);
                if !findings.is_empty() {
                    pieces.push((*place, scratch.put(&findings)?));
                }
            }
            Ok(pieces)
        };
        let pieces: Result<Vec<_>, BatchError> = following.par_iter().map(found).collect();
        for (place, piece) in pieces?.into_iter().flatten() {
            let file = self.read.get(place).and_then(|index| self.files.get_mut(*index));
            if let Some(file) = file {
                file.across = Some(piece);
            }
        }
        Ok(())
    }
}

impl Plans for Shelf {
    fn outlines(&self) -> Vec<&Outline> {
        self.indexed().into_iter().map(|(_, outline)| outline).collect()
    }

    fn open(&self, place: usize) -> Result<Opened<'_>, CompareError> {
        let file = self.read.get(place).and_then(|index| self.files.get(*index));
        let key = file.and_then(|file| file.key.as_ref()).ok_or(CompareError::NoPlan(place))?;
        let lean = self.store.lean(key).map_err(|error| CompareError::Kept(Box::new(error)))?;
        Ok(lean.into())
    }
}

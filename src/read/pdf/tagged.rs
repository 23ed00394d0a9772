//! The structure tree of a tagged PDF: which table cell, as its author meant it, each piece of a page's content belongs to.
//!
//! A page's content is numbered (`MCID`); the tree's parent tree leads from a page's numbers to the elements that own them,
//! and from there up to the cell (ISO 32000-2, 14.7.5.4).

use super::words::Word;
use hayro_syntax::Pdf;
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};
use hayro_syntax::page::Page;
use std::collections::HashMap;

/// Levels of the tree that are climbed or descended.
const MAX_DEPTH: usize = 40;
/// Entries of the parent tree that are read.
const MAX_ENTRIES: usize = 200_000;

/// The structure tree of a document, as far as it tells cells.
pub(super) struct Tags<'a> {
    pdf: &'a Pdf,
    roles: Option<Dict<'a>>,
    /// A page's key in the tree → the elements that own its content, by content number.
    owners: HashMap<i32, Array<'a>>,
    cells: HashMap<ObjectIdentifier, Option<u32>>,
}

impl<'a> Tags<'a> {
    /// The tree of a document; `None` where it has none.
    pub fn of(pdf: &'a Pdf) -> Option<Tags<'a>> {
        let root = pdf.xref().get::<Dict<'a>>(pdf.xref().root_id())?.get::<Dict<'a>>(keys::STRUCT_TREE_ROOT)?;
        let mut tags = Tags { pdf, roles: root.get(keys::ROLE_MAP), owners: HashMap::new(), cells: HashMap::new() };
        tags.enter(&root.get(keys::PARENT_TREE)?, 0);
        Some(tags)
    }

    /// Takes in a node of the parent tree and what lies under it.
    fn enter(&mut self, node: &Dict<'a>, depth: usize) {
        if depth > MAX_DEPTH || self.owners.len() > MAX_ENTRIES {
            return;
        }
        if let Some(kids) = node.get::<Array<'a>>(keys::KIDS) {
            for kid in kids.iter::<Dict<'a>>().take(MAX_ENTRIES) {
                self.enter(&kid, depth + 1);
            }
        }
        let Some(numbers) = node.get::<Array<'a>>(keys::NUMS) else { return };
        let mut entries = numbers.iter::<Object<'a>>().take(2 * MAX_ENTRIES);
        while let (Some(key), Some(value)) = (entries.next(), entries.next()) {
            // A single element instead of a list belongs to an annotation.
            if let (Some(key), Some(owners)) = (key.into_i32(), value.into_array()) {
                self.owners.insert(key, owners);
            }
        }
    }

    /// The cell of each of a page's pieces of content, by content number: 0 for none. Empty for a page without cells.
    pub fn cells(&mut self, page: &Page<'a>) -> Vec<u32> {
        let owners = page.raw().get::<i32>(keys::STRUCT_PARENTS).and_then(|key| self.owners.remove(&key));
        let Some(owners) = owners else { return Vec::new() };
        let cells: Vec<u32> = owners
            .raw_iter()
            .take(MAX_ENTRIES)
            .map(|owner| match owner {
                MaybeRef::Ref(element) => self.cell_over(element.into(), 0).unwrap_or(0),
                MaybeRef::NotRef(_) => 0,
            })
            .collect();
        if cells.iter().all(|&c| c == 0) { Vec::new() } else { cells }
    }

    /// The innermost cell that an element is or stands in.
    fn cell_over(&mut self, element: ObjectIdentifier, depth: usize) -> Option<u32> {
        if let Some(known) = self.cells.get(&element) {
            return *known;
        }
        let dict = self.pdf.xref().get::<Dict<'a>>(element)?;
        let cell = if self.is_cell(&dict) {
            u32::try_from(self.cells.len() + 1).ok()
        } else {
            let over = dict.get_ref(keys::P).filter(|_| depth < MAX_DEPTH);
            over.and_then(|parent| self.cell_over(parent.into(), depth + 1))
        };
        self.cells.insert(element, cell);
        cell
    }

    fn is_cell(&self, element: &Dict<'a>) -> bool {
        let Some(role) = element.get::<Name<'a>>(keys::S) else { return false };
        let standard = self.roles.as_ref().and_then(|roles| roles.get::<Name<'a>>(role.as_str()));
        matches!(standard.as_ref().unwrap_or(&role).as_str(), "TD" | "TH")
    }
}

/// How the cells found by geometry match the tagged ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Match {
    /// Tagged cells whose words make up just one cell.
    pub same: usize,
    /// All tagged cells, and cells with none but untagged words. 0 where the file tags no tables.
    pub all: usize,
}

impl Match {
    /// Compares the words of each cell with their tags.
    pub fn of(cells: &[Vec<&Word>]) -> Match {
        // A tagged cell, the cell it was found in, and whether the two are the same.
        let mut homes: HashMap<u32, (usize, bool)> = HashMap::new();
        let mut untagged = 0;
        for (i, words) in cells.iter().enumerate() {
            let mut tags: Vec<u32> = words.iter().filter_map(|w| w.cell).collect();
            let known = !tags.is_empty();
            tags.retain(|&t| t > 0);
            tags.sort_unstable();
            tags.dedup();
            untagged += usize::from(known && tags.is_empty());
            for &tag in &tags {
                let home = homes.entry(tag).or_insert((i, tags.len() == 1));
                home.1 &= home.0 == i && tags.len() == 1;
            }
        }
        Match { same: homes.values().filter(|(_, same)| *same).count(), all: homes.len() + untagged }
    }

    /// Both parts of a joined table together.
    pub fn with(self, other: Match) -> Match {
        Match { same: self.same + other.same, all: self.all + other.all }
    }

    /// The share of cells that are not as they were tagged, 0 to 1; `None` where nothing is known.
    pub fn off(self) -> Option<f32> {
        (self.all > 0).then(|| (self.all - self.same) as f32 / self.all as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::gutters::tests::word;

    fn tagged(cells: &[&[Option<u32>]]) -> Match {
        let words: Vec<Vec<Word>> =
            cells.iter().map(|tags| tags.iter().map(|&cell| Word { cell, ..word("a", 0.0, 10.0) }).collect()).collect();
        let refs: Vec<Vec<&Word>> = words.iter().map(|c| c.iter().collect()).collect();
        Match::of(&refs)
    }

    #[test]
    fn cells_that_were_tagged_so_match() {
        assert_eq!(tagged(&[&[Some(1), Some(1)], &[], &[Some(2)]]), Match { same: 2, all: 2 });
        assert_eq!(tagged(&[&[Some(1), Some(1)], &[Some(2)]]).off(), Some(0.0));
    }

    #[test]
    fn cells_cut_run_together_or_made_up_do_not() {
        assert_eq!(tagged(&[&[Some(1)], &[Some(1)], &[Some(2)]]), Match { same: 1, all: 2 });
        assert_eq!(tagged(&[&[Some(1), Some(2)], &[Some(3)]]), Match { same: 1, all: 3 });
        assert_eq!(tagged(&[&[Some(1)], &[Some(0)]]), Match { same: 1, all: 2 });
    }

    #[test]
    fn a_file_without_tags_says_nothing() {
        assert_eq!(tagged(&[&[None], &[None, None]]).off(), None);
    }
}

//! What a run sets aside on the disk until it writes its tables.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering as Atomic};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::COMPRESSION;

/// A file of pieces. It has no name while it is open, where the system allows that, so that nothing is left of it whatever
/// becomes of the run; elsewhere [`super::Store::sweep`] takes it away.
#[derive(Debug)]
pub(crate) struct Scratch {
    file: Mutex<File>,
}

/// Where a piece lies in its file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    at: u64,
    /// Bytes on the disk, and unpacked.
    packed: usize,
    plain: usize,
}

impl Scratch {
    /// An empty file in a folder.
    pub(crate) fn create(folder: &Path) -> io::Result<Self> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Atomic::Relaxed);
        let path = folder.join(format!(".scratch.{}.{number}.tmp", std::process::id()));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
        // Where an open file keeps its name, it is swept.
        let _ = fs::remove_file(&path);
        Ok(Scratch { file: Mutex::new(file) })
    }

    /// Adds a piece.
    pub(crate) fn put<T: Serialize>(&self, what: &T) -> io::Result<Piece> {
        let plain = serde_json::to_vec(what)?;
        let packed = zstd::bulk::compress(&plain, COMPRESSION)?;
        // Whoever panicked while holding it has at most left bytes at the end that nobody asks for.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let at = file.seek(SeekFrom::End(0))?;
        file.write_all(&packed)?;
        Ok(Piece { at, packed: packed.len(), plain: plain.len() })
    }

    /// A piece as it was put.
    pub(crate) fn get<T: DeserializeOwned>(&self, piece: Piece) -> io::Result<T> {
        let mut packed = vec![0; piece.packed];
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(piece.at))?;
            file.read_exact(&mut packed)?;
        }
        Ok(serde_json::from_slice(&zstd::bulk::decompress(&packed, piece.plain)?)?)
    }
}

/// Things that are put in any order and come back in theirs, of which few lie in memory: sorted runs on the disk, merged.
/// What compares equal keeps the order it was put in.
#[derive(Debug)]
pub(crate) struct Sorter<T> {
    scratch: Scratch,
    order: fn(&T, &T) -> Ordering,
    pending: Vec<T>,
    /// Each with how many merges it has behind it; in the order its things were put.
    runs: Vec<(u32, Run)>,
}

/// The pieces of a sorted run.
type Run = VecDeque<Piece>;

/// Things of a run that comes straight from memory.
const RUN: usize = 2048;
/// Runs that are merged into one, so that never many more are open at once.
const FAN: usize = 64;
/// Things of a piece.
const PIECE: usize = 32;

impl<T: Serialize + DeserializeOwned + Send + Sync> Sorter<T> {
    /// An empty one, which lays aside in a folder.
    pub(crate) fn create(folder: &Path, order: fn(&T, &T) -> Ordering) -> io::Result<Self> {
        let scratch = Scratch::create(folder)?;
        Ok(Sorter { scratch, order, pending: Vec::new(), runs: Vec::new() })
    }

    pub(crate) fn put(&mut self, thing: T) -> io::Result<()> {
        self.pending.push(thing);
        if self.pending.len() < RUN { Ok(()) } else { self.settle() }
    }

    /// Lays aside what still lies in memory.
    pub(crate) fn settle(&mut self) -> io::Result<()> {
        let mut pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return Ok(());
        }
        pending.par_sort_by(self.order);
        let pieces: io::Result<Vec<Piece>> = pending.par_chunks(PIECE).map(|chunk| self.scratch.put(&chunk)).collect();
        self.runs.push((0, pieces?.into()));
        self.merge_full()
    }

    /// Merges the last runs wherever there are [`FAN`] of one kind.
    fn merge_full(&mut self) -> io::Result<()> {
        while let Some(level) = self.runs.last().map(|(level, _)| *level) {
            let same = self.runs.iter().rev().take_while(|(own, _)| *own == level).count();
            if same < FAN {
                break;
            }
            let runs = self.runs.split_off(self.runs.len() - same).into_iter().map(|(_, run)| run).collect();
            let mut merged = Merged::new(&self.scratch, self.order, runs)?;
            let (mut run, mut chunk) = (Run::new(), Vec::with_capacity(PIECE));
            while let Some(thing) = merged.next().transpose()? {
                chunk.push(thing);
                if chunk.len() == PIECE {
                    run.push_back(self.scratch.put(&chunk)?);
                    chunk.clear();
                }
            }
            if !chunk.is_empty() {
                run.push_back(self.scratch.put(&chunk)?);
            }
            self.runs.push((level + 1, run));
        }
        Ok(())
    }

    /// All things in their order; everything has to be [settled](Self::settle) before.
    pub(crate) fn sorted(&self) -> io::Result<Merged<'_, T>> {
        Merged::new(&self.scratch, self.order, self.runs.iter().map(|(_, run)| run.clone()).collect())
    }
}

/// Things of several runs in their order.
pub(crate) struct Merged<'s, T> {
    scratch: &'s Scratch,
    order: fn(&T, &T) -> Ordering,
    runs: Vec<(VecDeque<T>, Run)>,
}

impl<'s, T: DeserializeOwned> Merged<'s, T> {
    fn new(scratch: &'s Scratch, order: fn(&T, &T) -> Ordering, runs: Vec<Run>) -> io::Result<Self> {
        let mut merged = Merged { scratch, order, runs: runs.into_iter().map(|run| (VecDeque::new(), run)).collect() };
        (0..merged.runs.len()).try_for_each(|place| merged.fill(place))?;
        Ok(merged)
    }

    /// Gets a run's next piece, where its last one is used up.
    fn fill(&mut self, place: usize) -> io::Result<()> {
        if let Some((head, left)) = self.runs.get_mut(place)
            && head.is_empty()
            && let Some(piece) = left.pop_front()
        {
            *head = self.scratch.get(piece)?;
        }
        Ok(())
    }
}

impl<T: DeserializeOwned> Iterator for Merged<'_, T> {
    type Item = io::Result<T>;

    fn next(&mut self) -> Option<io::Result<T>> {
        let heads = self.runs.iter().enumerate().filter_map(|(place, (head, _))| Some((place, head.front()?)));
        // Of equal ones the first, which was put before.
        let (place, _) = heads.min_by(|(_, a), (_, b)| (self.order)(a, b))?;
        let thing = self.runs.get_mut(place)?.0.pop_front()?;
        Some(self.fill(place).map(|()| thing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_back_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch::create(folder.path()).unwrap();
        let pieces = [vec!["a", "b"], vec![]].map(|words| scratch.put(&words).unwrap());
        assert_eq!(scratch.get::<Vec<String>>(pieces[1]).unwrap(), [""; 0]);
        assert_eq!(scratch.get::<Vec<String>>(pieces[0]).unwrap(), ["a", "b"]);
    }

    #[test]
    fn very_many_things_come_back_in_order_and_equal_ones_as_they_were_put() {
        let folder = tempfile::tempdir().unwrap();
        for count in [0, 1, RUN - 1, RUN * FAN + 3 * RUN + 7] {
            let by_first = |a: &(u32, u32), b: &(u32, u32)| a.0.cmp(&b.0);
            let mut sorter: Sorter<(u32, u32)> = Sorter::create(folder.path(), by_first).unwrap();
            let all: Vec<(u32, u32)> = (0..u32::try_from(count).unwrap()).map(|n| (n * 7919 % 1009, n)).collect();
            all.iter().for_each(|thing| sorter.put(*thing).unwrap());
            sorter.settle().unwrap();
            assert!(sorter.runs.len() < FAN + 8);
            let mut expected = all;
            expected.sort_by(by_first);
            assert!(sorter.sorted().unwrap().map(Result::unwrap).eq(expected));
        }
    }
}

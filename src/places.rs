//! The places that indicators stand at, cut out of the pages as pictures: what a report shows of the paper.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::document::Format;
use crate::export::{FileResult, Run};
use crate::inputs::Input;
use crate::read;
use crate::report::{Clip, Clips, Place, places};
use crate::sha256;

/// Pixels a point: small print stays readable, a row takes one or two kilobytes.
const SCALE: f32 = 1.4;

/// Draws the places of the indicators of all compared PDF files, as many as `budget` bytes of pictures hold: first one of each
/// document, then the next of each, repeated indicators last. What is left out is counted in [`Clips::left_out`]. Files that
/// have changed since they were read, or can't be drawn, have no pictures.
pub fn draw(inputs: &[Input], run: &Run, budget: usize) -> Clips {
    let mut clips = Clips::default();
    if budget == 0 {
        return clips;
    }
    let duplicate_of = &run.comparison.duplicate_of;
    let files: Vec<(usize, &Input, Vec<Place>)> = run
        .files
        .iter()
        .enumerate()
        .filter_map(|(index, file)| if let FileResult::Read(read) = file { Some((index, &read.plan)) } else { None })
        .zip(duplicate_of)
        .filter(|((_, plan), other)| plan.card.format == Format::Pdf && other.is_none())
        .filter_map(|((index, plan), _)| Some((index, inputs.get(index)?, places(plan))))
        .collect();
    let drawn: Vec<(usize, Vec<Clip>)> =
        files.into_par_iter().map(|(index, input, places)| (index, draw_file(input, run, index, &places))).collect();
    let longest = drawn.iter().map(|(_, all)| all.len()).max().unwrap_or(0);
    let mut queues: Vec<(usize, std::vec::IntoIter<Clip>)> =
        drawn.into_iter().map(|(index, all)| (index, all.into_iter())).collect();
    let mut left = budget;
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for _ in 0..longest {
        for (file, queue) in &mut queues {
            let Some(clip) = queue.next() else { continue };
            let size = if taken.contains(&clip.name) { 0 } else { clip.png.len() };
            if size > left {
                *clips.left_out.entry(*file).or_default() += 1;
                continue;
            }
            left -= size;
            taken.insert(clip.name.clone());
            clips.of.entry((*file, clip.indicator)).or_default().push(clip);
        }
    }
    clips
}

/// The pictures of one file's places, in the order of the places.
fn draw_file(input: &Input, run: &Run, index: usize, places: &[Place]) -> Vec<Clip> {
    let read_then = match run.files.get(index) {
        Some(FileResult::Read(file)) => file.plan.card.sha256.as_str(),
        _ => return Vec::new(),
    };
    let Ok(bytes) = std::fs::read(&input.path) else { return Vec::new() };
    if sha256(&bytes) != read_then {
        return Vec::new();
    }
    let mut by_page: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (number, place) in places.iter().enumerate() {
        by_page.entry(place.page).or_default().push(number);
    }
    let pages: Vec<u32> = by_page.keys().copied().collect();
    let mut found: BTreeMap<usize, Clip> = BTreeMap::new();
    // A file that was read and can't be opened again has no pictures; the report says so by their absence.
    let _ = read::page_pictures(bytes, &pages, SCALE, &mut |page, picture, scale| {
        for &number in by_page.get(&page).into_iter().flatten() {
            if let Some(clip) = places.get(number).and_then(|place| Clip::cut(picture, scale, place)) {
                found.insert(number, clip);
            }
        }
    });
    found.into_values().collect()
}

//! The places that indicators stand at, cut out of the pages as pictures: what a report shows of the paper.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::document::Format;
use crate::export::{FileResult, Run};
use crate::inputs::Input;
use crate::normalise::Plan;
use crate::read;
use crate::report::{Clip, Clips, Place, places};
use crate::sha256;

/// Pixels a point: small print stays readable, a row takes one or two kilobytes.
const SCALE: f32 = 1.3;

/// Draws the places of the indicators of all compared PDF files, as many as `budget` bytes of pictures hold: the indicators
/// that take least first, so that as many as can be have theirs; repeated ones last. An indicator has all its pictures or none.
/// Files that have changed since they were read, or can't be drawn, have no pictures.
pub fn draw(inputs: &[Input], run: &Run, budget: usize) -> Clips {
    let mut clips = Clips::default();
    if budget == 0 {
        return clips;
    }
    let duplicate_of = &run.comparison.duplicate_of;
    let files: Vec<(usize, &Input, &Plan)> = run
        .files
        .iter()
        .enumerate()
        .filter_map(|(index, file)| if let FileResult::Read(read) = file { Some((index, &read.plan)) } else { None })
        .zip(duplicate_of)
        .filter(|((_, plan), other)| plan.card.format == Format::Pdf && other.is_none())
        .filter_map(|((index, plan), _)| Some((index, inputs.get(index)?, plan)))
        .collect();
    let mut drawn: Vec<Drawn> =
        files.into_par_iter().flat_map_iter(|(index, input, plan)| draw_file(input, index, plan)).collect();
    drawn.sort_by_cached_key(|one| (one.repeated, size(&one.clips, &BTreeSet::new()), one.file, one.indicator));
    let mut left = budget;
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for one in drawn {
        // Equal pictures are one file.
        let size = size(&one.clips, &taken);
        if size <= left {
            left -= size;
            taken.extend(one.clips.iter().map(|clip| clip.name.clone()));
            clips.of.insert((one.file, one.indicator), one.clips);
        }
    }
    clips
}

/// The bytes of pictures that are not among those taken.
fn size(clips: &[Clip], taken: &BTreeSet<String>) -> usize {
    clips.iter().filter(|clip| !taken.contains(&clip.name)).map(|clip| clip.png.len()).sum()
}

/// The pictures of one indicator.
struct Drawn {
    /// Index in [`Run::files`].
    file: usize,
    /// Index in [`Plan::indicators`].
    indicator: usize,
    repeated: bool,
    /// In the order of its places.
    clips: Vec<Clip>,
}

/// The pictures of one file's indicators.
fn draw_file(input: &Input, file: usize, plan: &Plan) -> Vec<Drawn> {
    let Ok(bytes) = std::fs::read(&input.path) else { return Vec::new() };
    if sha256(&bytes) != plan.card.sha256 {
        return Vec::new();
    }
    let places = places(plan);
    let mut by_page: BTreeMap<u32, Vec<&Place>> = BTreeMap::new();
    for place in &places {
        by_page.entry(place.page).or_default().push(place);
    }
    let pages: Vec<u32> = by_page.keys().copied().collect();
    let doubtful: BTreeSet<u32> = plan.card.faults.iter().map(|fault| fault.page).collect();
    let mut found: BTreeMap<usize, Vec<Clip>> = BTreeMap::new();
    // A file that was read and can't be opened again has no pictures; the report says so by their absence.
    let _ = read::page_pictures(bytes, &pages, &doubtful, SCALE, &mut |page, picture, scale| {
        for place in by_page.get(&page).into_iter().flatten() {
            if let Some(clip) = Clip::cut(picture, scale, place) {
                found.entry(place.indicator).or_default().push(clip);
            }
        }
    });
    let repeated = |indicator: usize| plan.indicators.get(indicator).is_some_and(|one| one.same_as.is_some());
    found
        .into_iter()
        .map(|(indicator, clips)| Drawn { file, indicator, repeated: repeated(indicator), clips })
        .collect()
}

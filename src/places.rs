//! The places that indicators stand at, cut out of the pages as pictures: what a report shows of the paper.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::normalise::Plan;
use crate::read;
use crate::report::{Clip, Clips, Place, places};
use crate::sha256;

/// Pixels a point: small print stays readable, a row takes one or two kilobytes.
const SCALE: f32 = 1.3;

/// The pictures of one indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Drawn {
    /// Index in [`Plan::indicators`].
    indicator: usize,
    repeated: bool,
    /// In the order of its places.
    clips: Vec<Clip>,
}

/// Of the pictures of some files, each with its index in the run, as many as `budget` bytes hold: the indicators that take least
/// first, so that as many as can be have theirs; repeated ones last. An indicator has all its pictures or none.
pub(crate) fn choose(drawn: impl Iterator<Item = (usize, Vec<Drawn>)>, budget: usize) -> Clips {
    let mut drawn: Vec<(usize, Drawn)> =
        drawn.flat_map(|(file, all)| all.into_iter().map(move |one| (file, one))).collect();
    drawn.sort_by_cached_key(|(file, one)| (one.repeated, size(&one.clips, &BTreeSet::new()), *file, one.indicator));
    let mut clips = Clips::default();
    let mut left = budget;
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (file, one) in drawn {
        // Equal pictures are one file.
        let size = size(&one.clips, &taken);
        if size <= left {
            left -= size;
            taken.extend(one.clips.iter().map(|clip| clip.name.clone()));
            clips.of.insert((file, one.indicator), one.clips);
        }
    }
    clips
}

/// The bytes of pictures that are not among those taken.
fn size(clips: &[Clip], taken: &BTreeSet<String>) -> usize {
    clips.iter().filter(|clip| !taken.contains(&clip.name)).map(|clip| clip.png.len()).sum()
}

/// The pictures of the indicators of a PDF file. One that has changed since it was read, or can't be drawn, has none.
pub(crate) fn draw(path: &Path, plan: &Plan) -> Vec<Drawn> {
    let Ok(bytes) = std::fs::read(path) else { return Vec::new() };
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
    found.into_iter().map(|(indicator, clips)| Drawn { indicator, repeated: repeated(indicator), clips }).collect()
}

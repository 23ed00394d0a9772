//! Which documents are put beside each other.
//!
//! Of few documents each stands beside all of other chambers. Of very many each stands beside the nearest: so that what a run
//! costs, and what it has to say, grows with the documents and not with their square.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::outline::Outline;

/// Documents of other chambers that each one is put beside at least, where there are so many.
const BESIDE: usize = 12;

/// The pairs of documents of different chambers that are put beside each other, by their places. Each document stands beside
/// the [`BESIDE`] nearest others: of the nearest year first, of one kind before others. The pairs of documents that are near to
/// each other come together.
pub(super) fn neighbours(outlines: &[&Outline]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..outlines.len()).collect();
    let facts =
        |place: usize| outlines.get(place).map(|outline| (outline.year, outline.kind.as_str(), chamber(outline)));
    order.sort_by_key(|place| (facts(*place), *place));
    let sorted: Vec<&Outline> = order.iter().filter_map(|place| outlines.get(*place).copied()).collect();
    let mut pairs = BTreeSet::new();
    for (at, own) in sorted.iter().enumerate() {
        pairs.extend(nearest(&sorted, at, own).into_iter().map(|other| (at.min(other), at.max(other))));
    }
    let places = |(one, other): (usize, usize)| order.get(one).copied().zip(order.get(other).copied());
    pairs.into_iter().filter_map(places).collect()
}

/// The places of the documents of other chambers that are nearest to the one at a place, going out from it on both sides.
fn nearest(sorted: &[&Outline], at: usize, own: &Outline) -> Vec<usize> {
    let far = |place: usize| {
        sorted.get(place).map(|outline| {
            let years = own.year.zip(outline.year).map(|(a, b)| Reverse(a.abs_diff(b)));
            (years, outline.kind == own.kind, Reverse(place.abs_diff(at)))
        })
    };
    let (mut before, mut after) = (at.checked_sub(1), at + 1);
    let mut found = Vec::new();
    while found.len() < BESIDE {
        let left = before.and_then(far);
        let right = far(after);
        // Nothing compares less than something.
        let next = match (left, right) {
            (None, None) => break,
            (left, right) if left > right => {
                let place = before;
                before = before.and_then(|place| place.checked_sub(1));
                place
            }
            _ => {
                after += 1;
                Some(after - 1)
            }
        };
        found.extend(next.filter(|place| sorted.get(*place).is_some_and(|outline| of_two_chambers(own, outline))));
    }
    found
}

/// Whether two documents are of different chambers. A document that names none may be of any: it stands against all others.
pub(super) fn of_two_chambers(a: &Outline, b: &Outline) -> bool {
    match (a.entity, b.entity) {
        (Some(a), Some(b)) => a.id != b.id,
        _ => a.sha256 != b.sha256,
    }
}

fn chamber(outline: &Outline) -> &str {
    outline.entity.map_or(&outline.sha256, |entity| &entity.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::entities;
    use crate::score::sample::plan;

    fn outlines(chambers: usize, years: &[i16]) -> Vec<Outline> {
        let mut all = Vec::new();
        for entity in entities().iter().take(chambers) {
            for year in years {
                let mut one = plan(Vec::new());
                one.card.entity = Some(entity);
                one.card.year = Some(*year);
                all.push(Outline::of(&one));
            }
        }
        all
    }

    #[test]
    fn few_documents_stand_beside_all_of_other_chambers() {
        let outlines = outlines(4, &[2019, 2020, 2021]);
        let references: Vec<&Outline> = outlines.iter().collect();
        // Twelve documents, each beside the nine of three other chambers.
        assert_eq!(neighbours(&references).len(), 12 * 9 / 2);
    }

    #[test]
    fn of_many_documents_each_stands_beside_some_of_its_year() {
        let outlines = outlines(40, &[2018, 2019, 2020]);
        let references: Vec<&Outline> = outlines.iter().collect();
        let pairs = neighbours(&references);
        assert!(pairs.len() <= outlines.len() * BESIDE, "{}", pairs.len());
        let mut beside = vec![0; outlines.len()];
        for (one, other) in pairs {
            assert!(of_two_chambers(&outlines[one], &outlines[other]));
            assert_eq!(outlines[one].year, outlines[other].year);
            beside[one] += 1;
            beside[other] += 1;
        }
        assert!(beside.iter().all(|count| *count >= BESIDE));
    }
}

//! Which files are the same document: in another format, or in an earlier version.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::outline::Outline;
use crate::document::Format;

/// What a file is to the one that is compared in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The same bytes.
    Identical,
    /// The same content, by another producer or in another format.
    Rendition,
    /// An earlier version; the later one is compared.
    Superseded,
}

impl Relation {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Identical => "identical",
            Relation::Rendition => "rendition",
            Relation::Superseded => "superseded",
        }
    }
}

/// For each plan the index of the one that stands for it and what it is to that one; `None` for those that stand for
/// themselves. Of several files of one document only one is compared: of its versions the latest (by the day it reports
/// on, the day of approval, the revision), of that one's renditions (PDF, HTML, text) the one with most indicators, then PDF
/// before HTML before text, then by file name.
pub fn duplicates(outlines: &[&Outline]) -> Vec<Option<(usize, Relation)>> {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, outline) in outlines.iter().enumerate() {
        groups.entry(outline.key()).or_default().push(index);
    }
    let mut standing = vec![None; outlines.len()];
    for group in groups.values().filter(|group| group.len() > 1) {
        let versions: Vec<(usize, &Outline)> =
            group.iter().filter_map(|index| outlines.get(*index).map(|outline| (*index, *outline))).collect();
        let superseded = |one: &Outline| versions.iter().any(|(_, other)| one.is_before(other));
        let latest = versions.iter().filter(|(_, version)| !superseded(version));
        // Days and marks that contradict each other leave none: then all count the same.
        let best = latest.min_by_key(|(_, one)| rank(one)).or_else(|| versions.iter().min_by_key(|v| rank(v.1)));
        let Some((best, version)) = best else { continue };
        for (index, its) in versions.iter().filter(|(index, _)| index != best) {
            let relation = if its.sha256 == version.sha256 {
                Relation::Identical
            } else if its.is_before(version) || superseded(its) {
                Relation::Superseded
            } else {
                Relation::Rendition
            };
            if let Some(place) = standing.get_mut(*index) {
                *place = Some((*best, relation));
            }
        }
    }
    standing
}

/// The smaller, the better.
fn rank(outline: &Outline) -> (Reverse<usize>, u8, &str) {
    let format = match outline.format {
        Format::Pdf => 0,
        Format::Html => 1,
        Format::Text => 2,
    };
    (Reverse(outline.indicators), format, &outline.source_file)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::normalise::{DocumentKind, Plan, entities};
    use crate::score::sample::{indicator, plan, set_target};

    fn document(file: &str, target: &str) -> Plan {
        let indicators = (1..=6).map(|code: i32| {
            let mut one = indicator(&code.to_string());
            one.name = format!("Interventi di specie {code}");
            set_target(&mut one, Some(Date::constant(2020, 12, 31)), target);
            one
        });
        let mut plan = plan(indicators.collect());
        plan.card.source_file = file.to_owned();
        plan.card.sha256 = file.to_owned();
        plan.card.entity = entities().first();
        plan.card.kind = DocumentKind::Plan;
        plan.card.year = Some(2020);
        plan.card.reference_date = None;
        plan
    }

    fn relations(plans: &[Plan]) -> Vec<Option<(usize, Relation)>> {
        let outlines: Vec<Outline> = plans.iter().map(Outline::of).collect();
        duplicates(&outlines.iter().collect::<Vec<_>>())
    }

    #[test]
    fn the_latest_version_stands_for_the_earlier_ones() {
        let mut plans =
            [document("a.pdf", "10"), document("b.pdf", "12"), document("c.html", "12"), document("d", "9")];
        plans[1].card.version = Some("rev. 2".to_owned());
        plans[2].card.version = Some("Rev. 2".to_owned());
        plans[2].card.format = Format::Html;
        plans[3].card.version = Some("aggiornato".to_owned());
        let earlier = Some((1, Relation::Superseded));
        assert_eq!(relations(&plans), [earlier, None, Some((1, Relation::Rendition)), earlier]);
        // The day of approval says more than the mark.
        plans[0].card.approval = Some("Delibera n. 5 del 29 maggio 2020".to_owned());
        for plan in &mut plans[1..] {
            plan.card.approval = Some("Deliberazione della Giunta n. 76 del 29.01.2020".to_owned());
        }
        assert_eq!(relations(&plans)[1].map(|(by, _)| by), Some(0));
    }

    #[test]
    fn a_mark_that_was_missed_makes_no_other_version() {
        let mut plans = [document("a.pdf", "10"), document("b.html", "10"), document("c.pdf", "10")];
        plans[0].card.version = Some("aggiornato".to_owned());
        plans[2].card.sha256 = "a.pdf".to_owned();
        plans[1].indicators.pop();
        let relations = relations(&plans);
        assert_eq!(relations, [None, Some((0, Relation::Rendition)), Some((0, Relation::Identical))]);
    }

    #[test]
    fn content_tells_a_document_of_no_known_chamber() {
        let mut plans = [document("a.pdf", "10"), document("b.html", "10"), document("c.html", "11")];
        plans.iter_mut().for_each(|plan| plan.card.entity = None);
        assert_eq!(relations(&plans)[1..], [Some((0, Relation::Rendition)), None]);
    }
}

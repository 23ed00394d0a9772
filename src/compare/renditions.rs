//! Which files are the same document: in another format, or in an earlier version.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::Material;
use crate::document::{Format, MONTHS, month};
use crate::extract::key as folded;
use crate::normalise::{DocumentKind, Plan};

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

/// Indicators that a document of no known chamber, kind or year must have for its content to tell it.
const TELLING: usize = 5;
/// Percent of the smaller one's content from which two files say the same though only one of them is marked as revised.
const SAME: usize = 98;

/// For each plan the index of the one that stands for it and what it is to that one; `None` for those that stand for
/// themselves.
pub(super) fn duplicates(documents: &[Material<'_>]) -> Vec<Option<(usize, Relation)>> {
    let plans: Vec<&Plan> = documents.iter().map(|document| document.plan).collect();
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, plan) in plans.iter().enumerate() {
        groups.entry(key(plan)).or_default().push(index);
    }
    let mut standing = vec![None; plans.len()];
    for group in groups.values().filter(|group| group.len() > 1) {
        let versions: Vec<(usize, &Plan, Version)> =
            group.iter().filter_map(|index| plans.get(*index).map(|plan| (*index, *plan, Version::of(plan)))).collect();
        let superseded = |one: &Version| versions.iter().any(|(.., other)| one.is_before(other));
        let latest = versions.iter().filter(|(.., version)| !superseded(version));
        // Days and marks that contradict each other leave none: then all count the same.
        let best = latest.min_by_key(|(_, plan, _)| rank(plan)).or_else(|| versions.iter().min_by_key(|v| rank(v.1)));
        let Some((best, plan, version)) = best else { continue };
        for (index, other, its) in versions.iter().filter(|(index, ..)| index != best) {
            let relation = if other.card.sha256 == plan.card.sha256 {
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

/// What files of one document share: its id where entity, year and kind are known, since only then the id says more than the
/// file's name; else what it says, or the bytes themselves where that is little.
fn key(plan: &Plan) -> String {
    let card = &plan.card;
    if card.entity.is_some() && card.year.is_some() && card.kind != DocumentKind::Other {
        return card.document_id.clone();
    }
    let content = content(plan);
    if content.len() < TELLING { card.sha256.clone() } else { content.into_iter().collect::<Vec<_>>().join("\n") }
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

/// What tells the versions of a document apart.
struct Version {
    reported: Option<Date>,
    approved: Option<Date>,
    /// The number of the revision, 1 where the mark has none; `None` without a mark.
    revision: Option<u32>,
    content: BTreeSet<String>,
}

impl Version {
    fn of(plan: &Plan) -> Self {
        let card = &plan.card;
        Version {
            reported: card.reference_date,
            approved: card.approval.as_deref().and_then(date),
            revision: card.version.as_deref().map(revision),
            content: content(plan),
        }
    }

    /// Whether the other one comes after it: it reports on a later day, was approved later, has a higher revision. A file
    /// without any mark comes before a marked one only if it says something else: the mark may have been missed.
    fn is_before(&self, other: &Version) -> bool {
        for (own, its) in [(self.reported, other.reported), (self.approved, other.approved)] {
            if let (Some(own), Some(its)) = (own, its)
                && own != its
            {
                return own < its;
            }
        }
        match (self.revision, other.revision) {
            (Some(own), Some(its)) => own < its,
            (None, Some(_)) => !self.says_the_same(other),
            _ => false,
        }
    }

    fn says_the_same(&self, other: &Version) -> bool {
        let smaller = self.content.len().min(other.content.len());
        self.content.intersection(&other.content).count() * 100 >= smaller * SAME
    }
}

/// Each indicator's name with its last target and result.
fn content(plan: &Plan) -> BTreeSet<String> {
    let once = plan.indicators.iter().filter(|indicator| indicator.same_as.is_none());
    once.map(|indicator| {
        let raw =
            |value: Option<&crate::normalise::DatedMeasure>| value.map(|v| folded(&v.measure.raw)).unwrap_or_default();
        let (target, actual) = (raw(indicator.targets.last()), raw(indicator.actuals.last()));
        format!("{}\t{target}\t{actual}", folded(&indicator.name))
    })
    .collect()
}

/// The number in a mark ("rev. 2").
fn revision(mark: &str) -> u32 {
    let digits: String = mark.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    // A year is no number of a revision.
    digits.parse().ok().filter(|number| *number < 100).unwrap_or(1)
}

/// The day of an act ("Deliberazione della Giunta n. 7 dell'11/02/2021").
fn date(act: &str) -> Option<Date> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, used by the tests below.
        let months = MONTHS.split('|').filter_map(|name| name.get(..3)).collect::<Vec<_>>().join("|");
        Regex::new(&format!(r"(?i)\b(\d{{1,2}})\s*(?:[./-]\s*(\d{{1,2}})\s*[./-]|°?\s+({months})[a-z]*)\s*(\d{{4}})\b"))
            .expect("constant pattern")
    });
    let found = DAY.captures(act)?;
    let number = |group: usize| found.get(group)?.as_str().parse::<i16>().ok();
    let written = || i8::try_from(number(2)?).ok();
    let named = || month(&found.get(3)?.as_str().to_lowercase());
    Date::new(number(4)?, written().or_else(named)?, i8::try_from(number(1)?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::entities;
    use crate::score::sample::{indicator, plan, set_target};
    use crate::score::{Policy, Scores, score};

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
        let scores: Vec<Scores> = plans.iter().map(|plan| score(plan, &Policy::default_policy())).collect();
        let material: Vec<Material<'_>> =
            plans.iter().zip(&scores).map(|(plan, scores)| Material { plan, scores, findings: 0 }).collect();
        duplicates(&material)
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

    #[test]
    fn days_of_acts() {
        assert_eq!(date("n. 7 dell'11/02/2021"), Some(Date::constant(2021, 2, 11)));
        assert_eq!(date("del 1° Marzo 2020"), Some(Date::constant(2020, 3, 1)));
        assert_eq!(date("n. 7/2021"), None);
        assert_eq!((revision("rev. 1"), revision("aggiornato"), revision("agg. 2020")), (1, 1, 1));
    }
}

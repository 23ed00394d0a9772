//! What of a plan stays at hand while all are compared: what tells which document it is, and how large its chamber.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::document::{Format, MONTHS, month};
use crate::extract::{ScaleKind, key as folded};
use crate::normalise::{DatedMeasure, DocumentKind, Entity, Plan};

/// The outline of a plan: some hundred bytes, whatever the plan says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    pub document_id: String,
    pub source_file: String,
    pub sha256: String,
    pub format: Format,
    #[serde(with = "crate::normalise::entity_by_id")]
    pub entity: Option<&'static Entity>,
    pub kind: DocumentKind,
    pub year: Option<i16>,
    /// As printed, repetitions included.
    pub indicators: usize,
    pub(super) reported: Option<Date>,
    pub(super) approved: Option<Date>,
    /// The number of the revision, 1 where the mark has none; `None` without a mark.
    pub(super) revision: Option<u32>,
    /// A digest for each indicator's name with its last target and result.
    content: BTreeSet<u64>,
    /// The size of the chamber, one of each kind at most.
    pub(super) sizes: Vec<(ScaleKind, Decimal)>,
}

/// Indicators that a document of no known chamber, kind or year must have for its content to tell it.
const TELLING: usize = 5;
/// Percent of the smaller one's content from which two files say the same though only one of them is marked as revised.
const SAME: usize = 98;

impl Outline {
    /// The outline of a plan.
    pub fn of(plan: &Plan) -> Self {
        let card = &plan.card;
        Outline {
            document_id: card.document_id.clone(),
            source_file: card.source_file.clone(),
            sha256: card.sha256.clone(),
            format: card.format,
            entity: card.entity,
            kind: card.kind,
            year: card.year,
            indicators: plan.indicators.len(),
            reported: card.reference_date,
            approved: card.approval.as_deref().and_then(date),
            revision: card.version.as_deref().map(revision),
            content: content(plan),
            sizes: plan.scale.iter().map(|scale| (scale.kind, scale.value)).collect(),
        }
    }

    /// What files of one document share: its id where entity, year and kind are known, since only then the id says more than
    /// the file's name; else what it says, or the bytes themselves where that is little.
    pub(super) fn key(&self) -> String {
        if self.entity.is_some() && self.year.is_some() && self.kind != DocumentKind::Other {
            return self.document_id.clone();
        }
        if self.content.len() < TELLING { self.sha256.clone() } else { format!("{:?}", self.content) }
    }

    /// Whether the other one comes after it: it reports on a later day, was approved later, has a higher revision. A file
    /// without any mark comes before a marked one only if it says something else: the mark may have been missed.
    pub(super) fn is_before(&self, other: &Outline) -> bool {
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

    fn says_the_same(&self, other: &Outline) -> bool {
        let smaller = self.content.len().min(other.content.len());
        self.content.intersection(&other.content).count() * 100 >= smaller * SAME
    }

    /// What the document's size is the size of: its chamber, or itself where it names none.
    pub(super) fn owner(&self) -> &str {
        self.entity.map_or(&self.document_id, |entity| &entity.id)
    }
}

/// Each indicator's name with its last target and result.
fn content(plan: &Plan) -> BTreeSet<u64> {
    let once = plan.indicators.iter().filter(|indicator| indicator.same_as.is_none());
    once.map(|indicator| {
        let raw = |value: Option<&DatedMeasure>| value.map(|v| folded(&v.measure.raw)).unwrap_or_default();
        let (target, actual) = (raw(indicator.targets.last()), raw(indicator.actuals.last()));
        let digest = Sha256::digest(format!("{}\t{target}\t{actual}", folded(&indicator.name)).as_bytes());
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
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

    #[test]
    fn days_of_acts() {
        assert_eq!(date("n. 7 dell'11/02/2021"), Some(Date::constant(2021, 2, 11)));
        assert_eq!(date("del 1° Marzo 2020"), Some(Date::constant(2020, 3, 1)));
        assert_eq!(date("n. 7/2021"), None);
        assert_eq!((revision("rev. 1"), revision("aggiornato"), revision("agg. 2020")), (1, 1, 1));
    }
}

//! Indicators of different chambers that measure the same thing.
//!
//! A pair shares words (see [`super::alike`]) and is of one theme. What is *sure* counts one of the things that the knowledge
//! file knows, or has nearly the same words, and enough of them, and measures it in the same way. What does so in another way
//! (a share here and a number there, shares within different terms) is *related*: the figures can't stand side by side, and the
//! reason is told. What is *possible* is for a person to decide. A person's decision stands over all.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::CompareError;
use super::alike::Likeness;
use super::decisions::{Decision, Decisions};
use super::neighbours::neighbours;
use super::open::{At, Candidate, Document, Open};
use super::outline::Outline;
use super::plans::Plans;
use super::sides::{Apart, Beside, Quantity, Side, beside};
use super::themes::{self, Theme};
use crate::extract::ScaleKind;
use crate::fixed::{self, Word};

/// How far a match can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// A person says so.
    Confirmed,
    /// The same thing, measured in the same way.
    Sure,
    /// The same thing, measured in another way.
    Related,
    /// For a person to decide.
    Possible,
    /// A person says they don't measure the same.
    Rejected,
}

impl Verdict {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Sure => "sure",
            Verdict::Related => "related",
            Verdict::Possible => "possible",
            Verdict::Rejected => "rejected",
        }
    }
}

/// Two indicators that measure the same, or may.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Match {
    pub left: Side,
    pub right: Side,
    #[serde(with = "themes::by_id")]
    pub theme: Option<&'static Theme>,
    /// The known thing that both count ("valutazioni della maturità digitale").
    #[serde(deserialize_with = "fixed::maybe_word")]
    pub thing: Option<Word>,
    pub verdict: Verdict,
    /// How far the words agree, in percent points; at least 60 where both count a known thing.
    pub score: Decimal,
    /// The shared words, the weightier first.
    pub words: Vec<String>,
    /// The unit of both values and the values in it; `None` with `not_comparable`.
    pub common: Option<Common>,
    /// Why the values can't stand side by side, in Italian.
    pub not_comparable: Option<String>,
    /// Who decided, and why.
    pub decided: Option<(String, String)>,
}

/// Two values in one unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Common {
    /// "numero", "percento" (points), "EUR" or "giorni".
    pub unit: String,
    pub left: Decimal,
    pub right: Decimal,
    /// Both for the size of their chambers, where the documents state it and the values are counts.
    pub scaled: Option<Scaled>,
}

/// Two counts for the size of their chambers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scaled {
    /// "1.000 imprese registrate" or "100 dipendenti".
    #[serde(deserialize_with = "fixed::word")]
    pub per: Word,
    pub left: Decimal,
    pub right: Decimal,
}

impl Match {
    /// Those a person confirmed, the sure, the related and the possible ones, the rejected; in each, the better first.
    pub fn order(&self, other: &Match) -> Ordering {
        let left = || self.left.indicator_id.cmp(&other.left.indicator_id);
        let right = || self.right.indicator_id.cmp(&other.right.indicator_id);
        (self.verdict, other.score).cmp(&(other.verdict, self.score)).then_with(left).then_with(right)
    }
}

/// Percent points and substance from which a pair is sure.
const SURE: (u32, u32) = (75, 300);
/// The same for a pair that a person is asked about.
const POSSIBLE: (u32, u32) = (38, 200);

/// Percent points of a pair that counts a known thing, whatever its words.
const THING: u32 = 60;

/// Pairs of documents that are looked at together.
const TOGETHER: usize = 16;
/// Documents from which there are many.
const MANY: usize = 14;

/// Where matches go.
type Put<'p> = &'p mut dyn FnMut(Match) -> Result<(), CompareError>;

/// Puts the matches between documents of different chambers, in no useful order: see [`Match::order`]. `compared` are the
/// places of the plans that stand for their documents. Indicators that a document repeats are taken once.
///
/// # Errors
/// A plan that can't be opened, a match that can't be put.
pub fn matches(plans: &dyn Plans, compared: &[usize], decisions: &Decisions, put: Put<'_>) -> Result<(), CompareError> {
    let outlines = plans.outlines();
    let all: Vec<(usize, &Outline)> =
        compared.iter().filter_map(|place| Some((*place, *outlines.get(*place)?))).collect();
    let sizes = Sizes::of(all.iter().map(|(_, outline)| *outline));
    let (told, told_outlines): (Vec<usize>, Vec<&Outline>) =
        all.into_iter().filter(|(_, outline)| outline.indicators > 0).unzip();
    let place = |index: usize| told.get(index).copied();
    let pairs: Vec<(usize, usize)> =
        neighbours(&told_outlines).into_iter().filter_map(|(a, b)| place(a).zip(place(b))).collect();
    let mut decided: BTreeSet<(String, String)> = BTreeSet::new();
    let mut open = Open::new(plans, &pairs, told.len() >= MANY);
    for together in pairs.chunks(TOGETHER) {
        open.add(together)?;
        let found: Vec<Vec<Found<'_>>> = together
            .par_iter()
            .map(|(a, b)| open.get(*a).zip(open.get(*b)).map_or_else(Vec::new, |two| of_two(two, decisions)))
            .collect();
        for ((one, other), found) in together.iter().zip(found) {
            for found in found {
                decided.extend(found.decision.map(Decision::key));
                let is_possible = found.verdict == Verdict::Possible;
                if !open.allow((*one, found.at.0), (*other, found.at.1), is_possible, found.decision.is_some()) {
                    continue;
                }
                if let Some(two) = open.get(*one).zip(open.get(*other)) {
                    found.matched(two, &sizes).map_or(Ok(()), &mut *put)?;
                }
            }
        }
        open.forget(together);
    }
    decided_only(plans, &told, decisions, &decided, &sizes)?.into_iter().try_for_each(put)
}

/// The places of the compared plans that have the indicators a person has decided on, by the indicators' ids.
///
/// # Errors
/// A plan that can't be opened.
pub(super) fn named(
    plans: &dyn Plans,
    compared: &[usize],
    decisions: &Decisions,
) -> Result<BTreeMap<String, Vec<usize>>, CompareError> {
    let ids: BTreeSet<&str> = decisions.all().flat_map(|one| [one.left.as_str(), one.right.as_str()]).collect();
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(named);
    }
    let of = |place: &usize| -> Result<Vec<(String, usize)>, CompareError> {
        let opened = plans.open(*place)?;
        let own = opened.plan.indicators.iter().map(|indicator| &indicator.indicator_id);
        Ok(own.filter(|id| ids.contains(id.as_str())).map(|id| (id.clone(), *place)).collect())
    };
    let found: Result<Vec<_>, CompareError> = compared.par_iter().map(of).collect();
    for (id, place) in found?.into_iter().flatten() {
        named.entry(id).or_default().push(place);
    }
    Ok(named)
}

/// Pairs that a person names and the words don't.
fn decided_only(
    plans: &dyn Plans,
    told: &[usize],
    decisions: &Decisions,
    decided: &BTreeSet<(String, String)>,
    sizes: &Sizes<'_>,
) -> Result<Vec<Match>, CompareError> {
    let named = named(plans, told, decisions)?;
    let places: BTreeSet<usize> = named.values().flatten().copied().collect();
    let documents: Result<Vec<Document<'_>>, CompareError> =
        places.into_iter().map(|place| Ok(Document::of(plans.open(place)?))).collect();
    let documents = documents?;
    let mut by_id: BTreeMap<&str, (&Document<'_>, usize)> = BTreeMap::new();
    for document in &documents {
        for (index, candidate) in document.candidates.iter().enumerate() {
            by_id.insert(document.indicator(candidate).map_or("", |one| &one.indicator_id), (document, index));
        }
    }
    let of = |decision: &Decision| {
        let ((a, one), (b, other)) = (by_id.get(decision.left.as_str())?, by_id.get(decision.right.as_str())?);
        let (first, second) = (a.candidates.get(*one)?, b.candidates.get(*other)?);
        let likeness = first.signature.likeness(&second.signature);
        found((a, b), (first, second), (*one, *other), likeness, Some(decision))?.matched((a, b), sizes)
    };
    Ok(decisions.all().filter(|decision| !decided.contains(&decision.key())).filter_map(of).collect())
}

/// Two indicators of two documents that have enough in common, or that a person has decided on.
struct Found<'d> {
    /// Their places among the documents' candidates.
    at: (usize, usize),
    verdict: Verdict,
    likeness: Likeness,
    /// In the order of the documents.
    values: Beside,
    decision: Option<&'d Decision>,
}

/// What two documents have in common.
fn of_two<'d>((a, b): (&Document<'_>, &Document<'_>), decisions: &'d Decisions) -> Vec<Found<'d>> {
    let mut of_two = Vec::new();
    for at in a.words.shared(&b.words) {
        let Some((first, second)) = a.candidates.get(at.0).zip(b.candidates.get(at.1)) else { continue };
        let Some((one, other)) = a.indicator(first).zip(b.indicator(second)) else { continue };
        let decision = decisions.on(&one.indicator_id, &other.indicator_id);
        let likeness = first.signature.likeness(&second.signature);
        of_two.extend(found((a, b), (first, second), at, likeness, decision));
    }
    keep_best_possible(&mut of_two);
    of_two
}

/// Whether two indicators say as much of the same as a bound asks for.
fn reaches(likeness: &Likeness, (score, substance): (u32, u32)) -> bool {
    likeness.score >= score && likeness.substance >= substance
}

fn verdict(likeness: &Likeness, values: &Beside, decision: Option<&Decision>) -> Verdict {
    match decision {
        Some(decision) if decision.same => Verdict::Confirmed,
        Some(_) => Verdict::Rejected,
        None if likeness.thing.is_none() && !reaches(likeness, SURE) => Verdict::Possible,
        None if matches!(values.common, Err(Apart::Measure(_))) => Verdict::Related,
        None => Verdict::Sure,
    }
}

/// Two indicators put beside each other; `None` where they have too little in common and nobody has decided on them.
fn found<'d>(
    (a, b): (&Document<'_>, &Document<'_>),
    (first, second): (&Candidate, &Candidate),
    at: (usize, usize),
    likeness: Likeness,
    decision: Option<&'d Decision>,
) -> Option<Found<'d>> {
    if decision.is_none() && likeness.thing.is_none() && !reaches(&likeness, POSSIBLE) {
        return None;
    }
    let year = |document: &Document<'_>| document.opened.plan.card.year;
    let (one, other) = ((a.indicator(first)?, year(a)), (b.indicator(second)?, year(b)));
    // One order whatever the order of the files, so that a decision finds its pair.
    let values = if one.0.indicator_id <= other.0.indicator_id {
        beside(one, other, likeness.plain)
    } else {
        beside(other, one, likeness.plain).turned()
    };
    Some(Found { at, verdict: verdict(&likeness, &values, decision), likeness, values, decision })
}

impl Found<'_> {
    /// Percent points.
    fn score(&self) -> u32 {
        let score = self.likeness.score;
        self.likeness.thing.map_or(score, |_| THING + score * (100 - THING) / 100)
    }

    /// The match, its sides in the order of the indicators' ids.
    fn matched(self, (a, b): (&Document<'_>, &Document<'_>), sizes: &Sizes<'_>) -> Option<Match> {
        let (first, second) = (a.candidates.get(self.at.0)?, b.candidates.get(self.at.1)?);
        let (one, other) = (a.indicator(first)?, b.indicator(second)?);
        let score = Decimal::from(self.score());
        let turn = one.indicator_id > other.indicator_id;
        let values = if turn { self.values.turned() } else { self.values };
        let ((a, first), (b, second)) = if turn { ((b, second), (a, first)) } else { ((a, first), (b, second)) };
        let side = |of: &Document<'_>, at: &Candidate, shown| {
            Some(Side { shown, ..Side::of(&of.opened.plan, of.indicator(at)?) })
        };
        let (common, not_comparable) = match values.common {
            Ok((unit, left, right)) => {
                let counts = first.quantity.or_plain(self.likeness.plain) == Quantity::Count;
                let scaled = || sizes.scaled((a.owner(), left), (b.owner(), right));
                (Some(Common { unit, left, right, scaled: counts.then(scaled).flatten() }), None)
            }
            Err(why) => (None, Some(why.reason())),
        };
        Some(Match {
            left: side(a, first, values.left)?,
            right: side(b, second, values.right)?,
            theme: first.theme,
            thing: self.likeness.thing.map(|thing| thing.name.as_str()),
            verdict: self.verdict,
            score,
            words: first.signature.words(&second.signature),
            common,
            not_comparable,
            decided: self.decision.map(|decision| (decision.who.clone(), decision.why.clone())),
        })
    }
}

/// The size of each chamber, from whichever of its documents states it.
struct Sizes<'p>(BTreeMap<(&'p str, ScaleKind), Decimal>);

impl<'p> Sizes<'p> {
    fn of(outlines: impl Iterator<Item = &'p Outline>) -> Self {
        let mut sizes = BTreeMap::new();
        for outline in outlines {
            for (kind, value) in &outline.sizes {
                sizes.entry((outline.owner(), *kind)).or_insert(*value);
            }
        }
        Sizes(sizes)
    }

    /// Two counts for the number of enterprises, else of employees, of which both sizes are known.
    fn scaled(&self, left: (&str, Decimal), right: (&str, Decimal)) -> Option<Scaled> {
        let bases = [
            (ScaleKind::Enterprises, "1.000 imprese registrate", Decimal::ONE_THOUSAND),
            (ScaleKind::Employees, "100 dipendenti", Decimal::ONE_HUNDRED),
        ];
        bases.into_iter().find_map(|(kind, per, base)| {
            let of =
                |(owner, value): (&str, Decimal)| value.checked_mul(base)?.checked_div(*self.0.get(&(owner, kind))?);
            Some(Scaled { per, left: of(left)?, right: of(right)? })
        })
    }
}

/// Of the possible pairs, those that are the best of either indicator for the other's document; one that is sure needs no
/// other question.
fn keep_best_possible(found: &mut Vec<Found<'_>>) {
    let mut best: HashMap<(bool, usize), u32> = HashMap::new();
    let keys = |(left, right): At| [(true, left), (false, right)];
    for one in found.iter().filter(|one| one.verdict != Verdict::Rejected) {
        // What is sure or confirmed stands over every question.
        let score = if one.verdict == Verdict::Possible { one.score() } else { u32::MAX };
        for key in keys(one.at) {
            best.entry(key).and_modify(|most| *most = score.max(*most)).or_insert(score);
        }
    }
    found.retain(|one| {
        one.verdict != Verdict::Possible || keys(one.at).iter().all(|key| best.get(key) == Some(&one.score()))
    });
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::super::Material;
    use super::super::plans::InMemory;
    use super::super::themes::of_plan;
    use super::*;
    use crate::document::Source;
    use crate::normalise::{Plan, Scale, entities};
    use crate::score::sample::{indicator, objective, plan, set_target};
    use crate::score::{Policy, score};

    const END: Option<Date> = Some(Date::constant(2019, 12, 31));

    /// A plan of the chamber with this place in the register, with one indicator.
    fn of_chamber(place: usize, title: &str, name: &str, target: &str) -> Plan {
        let mut one = indicator("1");
        one.name = name.to_owned();
        one.objective = Some(0);
        one.indicator_id = format!("{place}/1");
        set_target(&mut one, END, target);
        let mut plan = plan(vec![one]);
        let mut own = objective("1");
        own.title = title.to_owned();
        plan.objectives.push(own);
        plan.card.entity = entities().get(place);
        plan.card.sha256 = place.to_string();
        plan
    }

    fn found(plans: &[Plan], decisions: &Decisions) -> Vec<Match> {
        let read: Vec<_> =
            plans.iter().map(|plan| (plan, score(plan, &Policy::default_policy()), of_plan(plan))).collect();
        let material: Vec<Material<'_>> =
            read.iter().map(|(plan, scores, themes)| Material { plan, scores, findings: 0, themes }).collect();
        let compared: Vec<usize> = (0..plans.len()).collect();
        let mut found = Vec::new();
        let mut put = |one| {
            found.push(one);
            Ok(())
        };
        matches(&InMemory::new(&material), &compared, decisions, &mut put).unwrap();
        found.sort_by(Match::order);
        found
    }

    fn two() -> [Plan; 2] {
        let a = of_chamber(0, "Impresa 4.0", "numero di imprese coinvolte in attività di assessment", "100");
        let b = of_chamber(1, "Punto impresa digitale", "Valutazioni della maturità digitale eseguite", "50");
        [a, b]
    }

    #[test]
    fn a_known_thing_is_sure_and_its_values_stand_side_by_side() {
        let found = found(&two(), &Decisions::default());
        assert_eq!((found.len(), found[0].verdict), (1, Verdict::Sure));
        assert_eq!(found[0].thing, Some("valutazioni della maturità digitale"));
        let common = found[0].common.as_ref().unwrap();
        assert_eq!((common.left, common.right, common.unit.as_str()), (100.into(), 50.into(), "numero"));
    }

    #[test]
    fn counts_are_scaled_where_both_sizes_are_known() {
        let mut plans = two();
        for (plan, people) in plans.iter_mut().zip([200, 50]) {
            let (value, raw) = (Decimal::from(people), String::new());
            plan.scale.push(Scale { kind: ScaleKind::Employees, value, day: None, raw, source: Source::default() });
        }
        let found = found(&plans, &Decisions::default());
        let scaled = found[0].common.as_ref().unwrap().scaled.clone().unwrap();
        assert_eq!((scaled.per, scaled.left, scaled.right), ("100 dipendenti", 50.into(), 100.into()));
    }

    #[test]
    fn different_units_are_named() {
        let a = of_chamber(0, "Registro imprese", "Tasso di evasione pratiche", "70%");
        let b = of_chamber(1, "Registro imprese", "Tempi medi di lavorazione", "5 gg");
        let found = found(&[a, b], &Decisions::default());
        assert_eq!(found[0].verdict, Verdict::Related);
        assert_eq!(found[0].not_comparable.as_deref(), Some("unità diverse: una percentuale e una durata"));
    }

    #[test]
    fn a_plain_number_is_a_time_only_where_a_time_is_measured() {
        let a = of_chamber(0, "Registro imprese", "Tempo medio di lavorazione", "6");
        let b = of_chamber(1, "Registro imprese", "Tempi medi di lavorazione", "5 gg");
        let c = of_chamber(2, "Registro imprese", "Pratiche evase in giornata", "33");
        let found = found(&[a, b, c], &Decisions::default());
        let sure: Vec<_> = found.iter().filter(|one| one.verdict == Verdict::Sure).collect();
        assert_eq!((sure.len(), sure[0].verdict), (1, Verdict::Sure));
        assert_eq!(sure[0].common.as_ref().map(|common| common.unit.as_str()), Some("giorni"));
    }

    #[test]
    fn one_chamber_alone_has_no_matches() {
        let [mut a, b] = two();
        a.card.entity = b.card.entity;
        assert!(found(&[a, b], &Decisions::default()).is_empty());
    }

    #[test]
    fn a_person_decides_over_both() {
        let text = "left,right,same,who,why\n1/1,0/1,no,Anna Rossi,altra cosa\n0/1,2/1,sì,Anna Rossi,\n";
        let [a, b] = two();
        let c = of_chamber(2, "Turismo", "Presenze", "9");
        let found = found(&[a, b, c], &Decisions::parse(text).unwrap());
        let verdicts: Vec<Verdict> = found.iter().map(|m| m.verdict).collect();
        assert_eq!(verdicts, [Verdict::Confirmed, Verdict::Rejected]);
        assert_eq!(found[1].decided, Some(("Anna Rossi".to_owned(), "altra cosa".to_owned())));
    }
}

//! Indicators of different chambers that measure the same thing.
//!
//! A pair shares words (see [`super::alike`]) and is of one theme. What is *sure* counts one of the things that the knowledge
//! file knows, or has nearly the same words, and enough of them, and measures it in the same way. What does so in another way
//! (a share here and a number there, shares within different terms) is *related*: the figures can't stand side by side, and the
//! reason is told. What is *possible* is for a person to decide. A person's decision stands over all.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

use super::alike::{Likeness, Signature};
use super::decisions::{Decision, Decisions};
use super::neighbours::neighbours;
use super::sides::{Apart, Beside, Quantity, Side, beside};
use super::themes::{Theme, ThemeOf};
use crate::extract::ScaleKind;
use crate::normalise::{Indicator, Plan};

/// How far a match can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    pub left: Side,
    pub right: Side,
    pub theme: Option<&'static Theme>,
    /// The known thing that both count ("valutazioni della maturità digitale").
    pub thing: Option<&'static str>,
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
#[derive(Debug, Clone, PartialEq)]
pub struct Common {
    /// "numero", "percento" (points), "EUR" or "giorni".
    pub unit: String,
    pub left: Decimal,
    pub right: Decimal,
    /// Both for the size of their chambers, where the documents state it and the values are counts.
    pub scaled: Option<Scaled>,
}

/// Two counts for the size of their chambers.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaled {
    /// "1.000 imprese registrate" or "100 dipendenti".
    pub per: &'static str,
    pub left: Decimal,
    pub right: Decimal,
}

/// Percent points and substance from which a pair is sure.
const SURE: (u32, u32) = (75, 300);
/// The same for a pair that a person is asked about.
const POSSIBLE: (u32, u32) = (38, 200);

/// Percent points of a pair that counts a known thing, whatever its words.
const THING: u32 = 60;

/// One indicator with what matching needs.
struct Candidate<'p> {
    plan: &'p Plan,
    indicator: &'p Indicator,
    theme: Option<&'static Theme>,
    signature: Signature,
    quantity: Quantity,
}

/// The matches between documents of different chambers: those a person confirmed, the sure, the related and the possible ones,
/// the rejected; in each, the better first. Indicators that a document repeats are taken once.
pub(super) fn matches(plans: &[(&Plan, &[ThemeOf])], decisions: &Decisions) -> Vec<Match> {
    let told: Vec<(&Plan, &[ThemeOf])> =
        plans.iter().copied().filter(|(plan, _)| !plan.indicators.is_empty()).collect();
    let documents: Vec<&Plan> = told.iter().map(|(plan, _)| *plan).collect();
    let sizes = Sizes::of(plans.iter().map(|(plan, _)| *plan));
    let mut decided = BTreeSet::new();
    let mut found = Vec::new();
    let mut counts = Counts::new(told.len());
    let mut open = Open::new(&told, neighbours(&documents));
    while let Some(((one, a), (other, b))) = open.next() {
        let mut of_two = Vec::new();
        for (first, second) in a.words.shared(&b.words) {
            let Some((a, b)) = a.candidates.get(first).zip(b.candidates.get(second)) else { continue };
            let decision = decisions.on(&a.indicator.indicator_id, &b.indicator.indicator_id);
            decided.extend(decision.map(Decision::key));
            let likeness = a.signature.likeness(&b.signature);
            let matched = matched((a, b), likeness, decision, &sizes);
            of_two.extend(matched.map(|matched| ((first, second), matched)));
        }
        keep_best_possible(&mut of_two);
        found.extend(of_two.into_iter().filter(|(at, m)| counts.allow((one, at.0), (other, at.1), m)).map(|(_, m)| m));
    }
    found.extend(decided_only(&told, decisions, &decided, &sizes));
    found.sort_by(|a, b| {
        let left = || a.left.indicator_id.cmp(&b.left.indicator_id);
        let right = || a.right.indicator_id.cmp(&b.right.indicator_id);
        (a.verdict, b.score).cmp(&(b.verdict, a.score)).then_with(left).then_with(right)
    });
    found
}

fn candidates<'p>(plan: &'p Plan, themes: &[ThemeOf]) -> Vec<Candidate<'p>> {
    let candidate = |(indicator, theme): (&'p Indicator, &ThemeOf)| Candidate {
        plan,
        indicator,
        theme: theme.theme,
        signature: Signature::of(indicator, indicator.objective.and_then(|index| plan.objectives.get(index))),
        quantity: Quantity::of(indicator),
    };
    plan.indicators.iter().zip(themes).filter(|(indicator, _)| indicator.same_as.is_none()).map(candidate).collect()
}

/// Pairs that a person names and the words don't.
fn decided_only(
    plans: &[(&Plan, &[ThemeOf])],
    decisions: &Decisions,
    decided: &BTreeSet<(String, String)>,
    sizes: &Sizes<'_>,
) -> Vec<Match> {
    let left: Vec<&Decision> = decisions.all().filter(|decision| !decided.contains(&decision.key())).collect();
    let named: BTreeSet<&str> = left.iter().flat_map(|one| [one.left.as_str(), one.right.as_str()]).collect();
    let is_named = |plan: &Plan| plan.indicators.iter().any(|one| named.contains(one.indicator_id.as_str()));
    let with_names = plans.iter().filter(|(plan, _)| is_named(plan));
    let candidates: Vec<Candidate> = with_names.flat_map(|(plan, themes)| candidates(plan, themes)).collect();
    let by_id: BTreeMap<&str, &Candidate> = candidates.iter().map(|c| (c.indicator.indicator_id.as_str(), c)).collect();
    let of = |decision: &Decision| {
        let (a, b) = (by_id.get(decision.left.as_str())?, by_id.get(decision.right.as_str())?);
        matched((a, b), a.signature.likeness(&b.signature), Some(decision), sizes)
    };
    left.into_iter().filter_map(of).collect()
}

/// Matches of each certainty that an indicator has, where there are many documents: those of the nearest.
const MOST: u8 = 3;
/// Documents from which there are many.
const MANY: usize = 14;

/// How many matches each indicator has.
struct Counts {
    /// By document and indicator; for what is sure or related, and for what is possible.
    of: HashMap<(usize, usize), [u8; 2]>,
    limited: bool,
}

impl Counts {
    fn new(documents: usize) -> Self {
        Counts { of: HashMap::new(), limited: documents >= MANY }
    }

    /// Counts a match, unless both have enough of its kind; what a person has decided always counts.
    fn allow(&mut self, one: (usize, usize), other: (usize, usize), found: &Match) -> bool {
        let kind = usize::from(found.verdict == Verdict::Possible);
        let full = |of: Option<&[u8; 2]>| of.and_then(|counts| counts.get(kind)).is_some_and(|count| *count >= MOST);
        if self.limited && found.decided.is_none() && full(self.of.get(&one)) && full(self.of.get(&other)) {
            return false;
        }
        for indicator in [one, other] {
            if let Some(count) = self.of.entry(indicator).or_default().get_mut(kind) {
                *count = count.saturating_add(1);
            }
        }
        true
    }
}

/// A document with what matching needs of it.
struct Document<'p> {
    candidates: Vec<Candidate<'p>>,
    words: Words,
}

/// Pairs of documents with what matching needs of them: made when the first pair of a document comes, and forgotten after the
/// last one.
struct Open<'p, 't> {
    plans: &'t [(&'p Plan, &'t [ThemeOf])],
    pairs: std::vec::IntoIter<(usize, usize)>,
    /// How many pairs of each document are to come.
    left: Vec<usize>,
    documents: HashMap<usize, Document<'p>>,
    last: Option<(usize, usize)>,
}

/// A document with its place.
type Placed<'o, 'p> = (usize, &'o Document<'p>);

impl<'p, 't> Open<'p, 't> {
    fn new(plans: &'t [(&'p Plan, &'t [ThemeOf])], pairs: Vec<(usize, usize)>) -> Self {
        let mut left = vec![0; plans.len()];
        for place in pairs.iter().flat_map(|(one, other)| [*one, *other]) {
            if let Some(left) = left.get_mut(place) {
                *left += 1;
            }
        }
        Open { plans, pairs: pairs.into_iter(), left, documents: HashMap::new(), last: None }
    }

    fn next(&mut self) -> Option<(Placed<'_, 'p>, Placed<'_, 'p>)> {
        for place in self.last.take().into_iter().flat_map(|(one, other)| [one, other]) {
            if let Some(left) = self.left.get_mut(place) {
                *left -= 1;
                if *left == 0 {
                    self.documents.remove(&place);
                }
            }
        }
        let (one, other) = self.pairs.next()?;
        for place in [one, other] {
            let (plan, themes) = *self.plans.get(place)?;
            self.documents.entry(place).or_insert_with(|| {
                let candidates = candidates(plan, themes);
                Document { words: Words::of(&candidates), candidates }
            });
        }
        self.last = Some((one, other));
        Some(((one, self.documents.get(&one)?), (other, self.documents.get(&other)?)))
    }
}

/// Which candidates of a document have a word within a theme, or count a thing.
struct Words(BTreeMap<(&'static str, String), Vec<usize>>);

impl Words {
    fn of(candidates: &[Candidate<'_>]) -> Self {
        let mut with: BTreeMap<(&'static str, String), Vec<usize>> = BTreeMap::new();
        for (index, candidate) in candidates.iter().enumerate() {
            let theme = candidate.theme.map_or("", |theme| theme.id.as_str());
            for word in candidate.signature.telling() {
                with.entry((theme, word.to_owned())).or_default().push(index);
            }
            for thing in &candidate.signature.things {
                with.entry(("", thing.name.clone())).or_default().push(index);
            }
        }
        Words(with)
    }

    /// The pairs that share something, in order.
    fn shared(&self, other: &Words) -> BTreeSet<(usize, usize)> {
        let mut pairs = BTreeSet::new();
        for (word, of_one) in &self.0 {
            for of_other in other.0.get(word).into_iter().flatten() {
                pairs.extend(of_one.iter().map(|one| (*one, *of_other)));
            }
        }
        pairs
    }
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

/// The match of two indicators; `None` where they have too little in common and nobody has decided on them.
fn matched(
    (a, b): (&Candidate, &Candidate),
    likeness: Likeness,
    decision: Option<&Decision>,
    sizes: &Sizes<'_>,
) -> Option<Match> {
    if decision.is_none() && likeness.thing.is_none() && !reaches(&likeness, POSSIBLE) {
        return None;
    }
    // One order whatever the order of the files, so that a decision finds its pair.
    let (a, b) = if a.indicator.indicator_id <= b.indicator.indicator_id { (a, b) } else { (b, a) };
    let plain = likeness.plain;
    let values = beside((a.indicator, a.plan.card.year), (b.indicator, b.plan.card.year), plain);
    let verdict = verdict(&likeness, &values, decision);
    let side = |of: &Candidate, shown| Side { shown, ..Side::of(of.plan, of.indicator) };
    let (common, not_comparable) = match values.common {
        Ok((unit, left, right)) => {
            let counts = a.quantity.or_plain(plain) == Quantity::Count;
            let scaled = if counts { sizes.scaled((a.plan, left), (b.plan, right)) } else { None };
            (Some(Common { unit, left, right, scaled }), None)
        }
        Err(why) => (None, Some(why.reason())),
    };
    Some(Match {
        left: side(a, values.left),
        right: side(b, values.right),
        theme: a.theme,
        thing: likeness.thing.map(|thing| thing.name.as_str()),
        verdict,
        score: Decimal::from(likeness.thing.map_or(likeness.score, |_| THING + likeness.score * (100 - THING) / 100)),
        words: likeness.words,
        common,
        not_comparable,
        decided: decision.map(|decision| (decision.who.clone(), decision.why.clone())),
    })
}

/// The size of each chamber, from whichever of its documents states it.
struct Sizes<'p>(BTreeMap<(&'p str, ScaleKind), Decimal>);

impl<'p> Sizes<'p> {
    fn of(plans: impl Iterator<Item = &'p Plan>) -> Self {
        let mut sizes = BTreeMap::new();
        for plan in plans {
            for scale in &plan.scale {
                sizes.entry((owner(plan), scale.kind)).or_insert(scale.value);
            }
        }
        Sizes(sizes)
    }

    /// Two counts for the number of enterprises, else of employees, of which both sizes are known.
    fn scaled(&self, left: (&Plan, Decimal), right: (&Plan, Decimal)) -> Option<Scaled> {
        let bases = [
            (ScaleKind::Enterprises, "1.000 imprese registrate", Decimal::ONE_THOUSAND),
            (ScaleKind::Employees, "100 dipendenti", Decimal::ONE_HUNDRED),
        ];
        bases.into_iter().find_map(|(kind, per, base)| {
            let of = |(plan, value): (&Plan, Decimal)| {
                value.checked_mul(base)?.checked_div(*self.0.get(&(owner(plan), kind))?)
            };
            Some(Scaled { per, left: of(left)?, right: of(right)? })
        })
    }
}

/// What a document's size is the size of: its chamber, or itself where it names none.
fn owner(plan: &Plan) -> &str {
    plan.card.entity.map_or(&plan.card.document_id, |entity| &entity.id)
}

/// Of the possible pairs, those that are the best of either indicator for the other's document; one that is sure needs no
/// other question.
fn keep_best_possible(found: &mut Vec<((usize, usize), Match)>) {
    let mut best: HashMap<(bool, usize), Decimal> = HashMap::new();
    let keys = |(left, right): &(usize, usize)| [(true, *left), (false, *right)];
    for (at, m) in found.iter().filter(|(_, m)| m.verdict != Verdict::Rejected) {
        // What is sure or confirmed stands over every question.
        let score = if m.verdict == Verdict::Possible { m.score } else { Decimal::ONE_THOUSAND };
        for key in keys(at) {
            best.entry(key).and_modify(|most| *most = score.max(*most)).or_insert(score);
        }
    }
    found
        .retain(|(at, m)| m.verdict != Verdict::Possible || keys(at).iter().all(|key| best.get(key) == Some(&m.score)));
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::super::themes::of_plan;
    use super::*;
    use crate::document::Source;
    use crate::normalise::{Scale, entities};
    use crate::score::sample::{indicator, objective, plan, set_target};

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
        let themes: Vec<Vec<ThemeOf>> = plans.iter().map(of_plan).collect();
        let themed: Vec<(&Plan, &[ThemeOf])> = plans.iter().zip(themes.iter().map(Vec::as_slice)).collect();
        matches(&themed, decisions)
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

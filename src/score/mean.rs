//! Means of weighted parts, with what is missing and how they came about.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::policy::{HUNDRED, MissingActual, MissingWeight, ObjectiveRule, Policy, Weights};
use super::scores::{Gap, Subject, Term};
use super::words::{count, number, percent};

/// The most parts whose arithmetic is written out.
const MOST_TERMS: usize = 12;

/// A part of something larger.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// What it is, with its id.
    pub of: (Subject, String),
    pub value: Result<Decimal, Gap>,
    /// As printed; `None` where the document prints none, or one that is no number or below zero.
    pub weight: Option<Decimal>,
    /// How much of the part itself could be scored, in percent points.
    pub coverage: Decimal,
}

/// What a part puts into a mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Share {
    pub value: Result<Decimal, Gap>,
    /// As [`Part::weight`].
    pub weight: Option<Decimal>,
}

impl Part {
    fn share(&self) -> Share {
        Share { value: self.value, weight: self.weight }
    }
}

/// What the parts give together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mean {
    pub value: Option<Decimal>,
    /// Percent points of the weight of all parts.
    pub coverage: Decimal,
    /// The arithmetic and what was left out, in Italian.
    pub explanation: String,
    /// As the parts.
    pub terms: Vec<Term>,
}

/// Weighted mean of the parts that have a value.
pub(super) fn weighted_mean(parts: &[Part], what: (&str, &str), policy: &Policy) -> Mean {
    let shares: Vec<Share> = parts.iter().map(Part::share).collect();
    let (weights, weighing) = weights_of(&shares, policy);
    let mean = combine(parts, &shares, &weights, weighing, what, policy).unwrap_or_else(too_large);
    Mean { terms: terms(parts, &weights, policy), ..mean }
}

/// The objective's achievement from its indicators', by the policy's rule.
pub(super) fn objective_mean(parts: &[Part], policy: &Policy) -> Mean {
    let what = ("indicatore", "indicatori");
    let mean = weighted_mean(parts, what, policy);
    if policy.objective == ObjectiveRule::WeightedMean || mean.value.is_none() {
        return mean;
    }
    let worst = worst(parts.iter().map(Part::share), policy);
    let explanation = format!(
        "decide il peggiore di {}: {}",
        count(parts.len(), what.0, what.1),
        worst.map_or_else(String::new, percent)
    );
    Mean { value: worst, explanation, ..mean }
}

/// The value of [`weighted_mean`], or of [`objective_mean`], alone.
pub(super) fn value(shares: &[Share], of_objective: bool, policy: &Policy) -> Option<Decimal> {
    let (weights, _) = weights_of(shares, policy);
    let mean = policy.round_aggregate(sums(shares, &weights, policy)?.mean()?);
    let worst_decides = of_objective && policy.objective == ObjectiveRule::Worst;
    if worst_decides { worst(shares.iter().copied(), policy) } else { Some(mean) }
}

/// The weighted sum divided by 100 whatever the weights' sum, where that is another figure than the mean.
pub(super) fn of_hundred(shares: &[Share], policy: &Policy) -> Option<Decimal> {
    let (weights, _) = weights_of(shares, policy);
    let sums = sums(shares, &weights, policy)?;
    let weighted = weights.iter().flatten().any(|weight| *weight != Decimal::ONE);
    if !weighted || sums.scored == HUNDRED || sums.scored.is_zero() {
        return None;
    }
    Some(policy.round_aggregate(sums.sum.checked_div(HUNDRED)?))
}

fn worst(shares: impl Iterator<Item = Share>, policy: &Policy) -> Option<Decimal> {
    shares.filter_map(|share| counted(share, policy)).min()
}

fn terms(parts: &[Part], weights: &[Option<Decimal>], policy: &Policy) -> Vec<Term> {
    let term = |(part, weight): (&Part, &Option<Decimal>)| Term {
        subject: part.of.0,
        subject_id: part.of.1.clone(),
        weight: *weight,
        value: counted(part.share(), policy),
    };
    parts.iter().zip(weights).map(term).collect()
}

fn too_large() -> Mean {
    Mean {
        value: None,
        coverage: Decimal::ZERO,
        explanation: "non calcolabile: i valori sono troppo grandi".to_owned(),
        terms: Vec::new(),
    }
}

/// The value a part goes into a mean with, if it does.
fn counted(share: Share, policy: &Policy) -> Option<Decimal> {
    match share.value {
        Ok(value) => Some(value),
        Err(Gap::NoActual) if policy.missing_actual == MissingActual::Zero => Some(Decimal::ZERO),
        Err(_) => None,
    }
}

/// How the weights of a mean were found.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Weighing {
    AsPrinted,
    /// All parts weigh the same: the policy wants it.
    EqualByPolicy,
    /// All parts weigh the same: none is printed, or all are zero, or some lack one.
    NonePrinted,
    AllZero,
    SomeLack,
    /// So many parts without weight have this one each.
    Remainder(usize, Decimal),
    /// So many parts without weight are left out.
    LeftOut(usize),
}

impl Weighing {
    fn remark(self, parts: usize) -> Option<String> {
        let equal = |why: &str| (parts > 1).then(|| format!("pesi uguali: {why}"));
        match self {
            Weighing::AsPrinted => None,
            Weighing::EqualByPolicy => equal("il criterio non usa quelli stampati"),
            Weighing::NonePrinted => equal("il documento non ne stampa"),
            Weighing::AllZero => equal("quelli stampati sono tutti zero"),
            Weighing::SomeLack => equal("non tutte le parti ne hanno uno stampato"),
            Weighing::Remainder(lacking, share) => Some(format!(
                "a {} senza peso va quanto manca a 100, {} a testa",
                count(lacking, "parte", "parti"),
                percent(share)
            )),
            Weighing::LeftOut(lacking) => {
                Some(format!("fuori dalla media {} senza peso stampato", count(lacking, "parte", "parti")))
            }
        }
    }
}

/// The weight of each part, `None` for those left out, and how they were found.
fn weights_of(shares: &[Share], policy: &Policy) -> (Vec<Option<Decimal>>, Weighing) {
    let printed: Vec<Decimal> = shares.iter().filter_map(|share| share.weight).collect();
    let equal = |how: Weighing| (vec![Some(Decimal::ONE); shares.len()], how);
    if policy.weights == Weights::Equal && !printed.is_empty() {
        return equal(Weighing::EqualByPolicy);
    }
    if printed.iter().all(Decimal::is_zero) {
        return equal(if printed.is_empty() { Weighing::NonePrinted } else { Weighing::AllZero });
    }
    let own = || shares.iter().map(|share| share.weight).collect();
    let lacking = shares.len() - printed.len();
    if lacking == 0 {
        return (own(), Weighing::AsPrinted);
    }
    let remainder = || {
        let sum = printed.iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight))?;
        let left = HUNDRED.checked_sub(sum).filter(|left| *left > Decimal::ZERO)?;
        left.checked_div(Decimal::from(lacking))
    };
    match (policy.missing_weight, remainder()) {
        (MissingWeight::Equal, _) => equal(Weighing::SomeLack),
        (MissingWeight::Remainder, Some(share)) => {
            let weights = shares.iter().map(|part| part.weight.or(Some(share))).collect();
            (weights, Weighing::Remainder(lacking, share))
        }
        (MissingWeight::Exclude | MissingWeight::Remainder, _) => (own(), Weighing::LeftOut(lacking)),
    }
}

/// The sums a mean is made of.
struct Sums {
    /// Of the weights of all parts, and of those that count.
    total: Decimal,
    scored: Decimal,
    /// Of value × weight.
    sum: Decimal,
}

impl Sums {
    /// `None` where nothing counts.
    fn mean(&self) -> Option<Decimal> {
        if self.scored.is_zero() { None } else { self.sum.checked_div(self.scored) }
    }
}

/// `None` on overflow.
fn sums(shares: &[Share], weights: &[Option<Decimal>], policy: &Policy) -> Option<Sums> {
    let mut sums = Sums { total: Decimal::ZERO, scored: Decimal::ZERO, sum: Decimal::ZERO };
    for (share, weight) in shares.iter().zip(weights).filter_map(|(share, weight)| Some((share, (*weight)?))) {
        sums.total = sums.total.checked_add(weight)?;
        if let Some(value) = counted(*share, policy) {
            sums.scored = sums.scored.checked_add(weight)?;
            sums.sum = sums.sum.checked_add(value.checked_mul(weight)?)?;
        }
    }
    Some(sums)
}

/// `None` on overflow.
fn combine(
    parts: &[Part],
    shares: &[Share],
    weights: &[Option<Decimal>],
    weighing: Weighing,
    what: (&str, &str),
    policy: &Policy,
) -> Option<Mean> {
    let sums = sums(shares, weights, policy)?;
    let (mut covered, mut terms, mut gaps) = (Decimal::ZERO, Vec::new(), BTreeMap::new());
    for (part, weight) in parts.iter().zip(weights).filter_map(|(part, weight)| Some((part, (*weight)?))) {
        match counted(part.share(), policy) {
            Some(value) => terms.push((value, weight)),
            None => *gaps.entry(part.value.err().unwrap_or(Gap::NoParts)).or_insert(0) += 1,
        }
        if part.value.is_ok() {
            covered = covered.checked_add(part.coverage.checked_mul(weight)?)?;
        }
    }
    let coverage = if sums.total.is_zero() { Decimal::ZERO } else { covered.checked_div(sums.total)? };
    let Some(mean) = sums.mean() else {
        let explanation = match parts.len() {
            0 => format!("nessun {} da cui calcolare", what.0),
            n => format!("nessun punteggio calcolabile su {}: {}", count(n, what.0, what.1), reasons(&gaps)),
        };
        return Some(Mean { value: None, coverage: Decimal::ZERO, explanation, terms: Vec::new() });
    };
    let mut remarks: Vec<String> = weighing.remark(parts.len()).into_iter().collect();
    if !gaps.is_empty() {
        remarks.push(format!("{}: il peso va alle altre parti", left_out(&gaps, what)));
    }
    let value = policy.round_aggregate(mean);
    if value != mean {
        remarks.push(format!("arrotondato a {}", number(value, 9)));
    }
    Some(Mean {
        value: Some(value),
        coverage,
        explanation: with_remarks(formula(&terms, sums.sum, sums.scored, mean, what), &remarks),
        terms: Vec::new(),
    })
}

/// "1 indicatore senza risultato per la data"; of several reasons "3 obiettivi senza punteggio, 2 senza …, 1 con …".
fn left_out(gaps: &BTreeMap<Gap, usize>, what: (&str, &str)) -> String {
    let parts = count(gaps.values().sum(), what.0, what.1);
    match gaps.first_key_value() {
        Some((gap, _)) if gaps.len() == 1 => format!("{parts} {}", reason(*gap)),
        _ => format!("{parts} senza punteggio, {}", reasons(gaps)),
    }
}

/// Why parts have no score: "2 senza obiettivo per la data, 1 con obiettivo e risultato che non si confrontano".
fn reasons(gaps: &BTreeMap<Gap, usize>) -> String {
    gaps.iter().map(|(gap, n)| format!("{n} {}", reason(*gap))).collect::<Vec<_>>().join(", ")
}

fn reason(gap: Gap) -> &'static str {
    match gap {
        Gap::NoTarget => "senza obiettivo per la data",
        Gap::NoActual => "senza risultato per la data",
        Gap::NotComparable => "con obiettivo e risultato che non si confrontano",
        Gap::NoParts => "senza parti calcolabili",
    }
}

fn with_remarks(formula: String, remarks: &[String]) -> String {
    if remarks.is_empty() { formula } else { format!("{formula} ({})", remarks.join("; ")) }
}

fn formula(terms: &[(Decimal, Decimal)], sum: Decimal, scored: Decimal, mean: Decimal, what: (&str, &str)) -> String {
    if let [(value, _)] = terms {
        return format!("{}, da 1 {}", percent(*value), what.0);
    }
    let unweighted = terms.iter().all(|(_, weight)| weight == &Decimal::ONE);
    if terms.len() > MOST_TERMS {
        let kind = if unweighted { "media" } else { "media ponderata" };
        return format!(
            "{kind} di {} {}: {} / {} = {}",
            terms.len(),
            what.1,
            number(sum, 2),
            number(scored, 2),
            percent(mean)
        );
    }
    let term = |(value, weight): &(Decimal, Decimal)| {
        if unweighted { percent(*value) } else { format!("{} × {}", percent(*value), percent(*weight)) }
    };
    let written: Vec<String> = terms.iter().map(term).collect();
    format!("({}) / {} = {}", written.join(" + "), number(scored, 2), percent(mean))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHAT: (&str, &str) = ("indicatore", "indicatori");

    fn part(value: Result<i64, Gap>, weight: Option<i64>) -> Part {
        let coverage = if value.is_ok() { HUNDRED } else { Decimal::ZERO };
        let of = (Subject::Indicator, "x".to_owned());
        Part { of, value: value.map(Decimal::from), weight: weight.map(Decimal::from), coverage }
    }

    fn mean(parts: &[Part]) -> Mean {
        weighted_mean(parts, WHAT, &Policy::default_policy())
    }

    #[test]
    fn weights_hold_whatever_their_sum() {
        let parts = [part(Ok(100), Some(40)), part(Ok(100), Some(30)), part(Ok(93), Some(30))];
        let mean = mean(&parts);
        assert_eq!(mean.value, Some(Decimal::new(979, 1)));
        assert_eq!(mean.explanation, "(100 × 40 + 100 × 30 + 93 × 30) / 100 = 97,90");
        let parts = [part(Ok(100), Some(1)), part(Ok(40), Some(2))];
        assert_eq!(super::weighted_mean(&parts, WHAT, &Policy::default_policy()).value, Some(60.into()));
    }

    #[test]
    fn without_weights_all_parts_weigh_the_same() {
        let parts = [part(Ok(100), None), part(Ok(50), None)];
        assert_eq!(mean(&parts).value, Some(75.into()));
        let zeros = [part(Ok(100), Some(0)), part(Ok(50), Some(0))];
        assert_eq!(mean(&zeros).value, Some(75.into()));
    }

    #[test]
    fn the_weight_of_a_gap_goes_to_the_others_and_coverage_says_so() {
        let parts = [part(Ok(80), Some(60)), part(Err(Gap::NoTarget), Some(40))];
        let mean = mean(&parts);
        assert_eq!((mean.value, mean.coverage), (Some(80.into()), 60.into()));
    }

    #[test]
    fn a_missing_actual_can_count_as_zero() {
        let policy = Policy { missing_actual: MissingActual::Zero, ..Policy::default_policy() };
        let parts = [part(Ok(80), Some(50)), part(Err(Gap::NoActual), Some(50))];
        let mean = weighted_mean(&parts, WHAT, &policy);
        assert_eq!((mean.value, mean.coverage), (Some(40.into()), 50.into()));
    }

    #[test]
    fn a_part_without_weight_follows_the_policy() {
        let parts = [part(Ok(100), Some(60)), part(Ok(0), None)];
        let with = |missing_weight| {
            let policy = Policy { missing_weight, ..Policy::default_policy() };
            weighted_mean(&parts, WHAT, &policy).value
        };
        assert_eq!(with(MissingWeight::Exclude), Some(100.into()));
        assert_eq!(with(MissingWeight::Remainder), Some(60.into()));
        assert_eq!(with(MissingWeight::Equal), Some(50.into()));
    }

    #[test]
    fn printed_weights_can_be_left_aside() {
        let policy = Policy { weights: Weights::Equal, ..Policy::default_policy() };
        let mean = weighted_mean(&[part(Ok(100), Some(90)), part(Ok(20), Some(10))], WHAT, &policy);
        assert_eq!(mean.value, Some(60.into()));
        assert_eq!(mean.terms.iter().map(|term| term.weight).collect::<Vec<_>>(), [Some(1.into()), Some(1.into())]);
    }

    #[test]
    fn the_worst_can_decide() {
        let policy = Policy { objective: ObjectiveRule::Worst, ..Policy::default_policy() };
        let parts = [part(Ok(100), Some(90)), part(Ok(20), Some(10)), part(Err(Gap::NoTarget), None)];
        assert_eq!(objective_mean(&parts, &policy).value, Some(20.into()));
    }

    #[test]
    fn nothing_to_take_the_mean_of() {
        assert_eq!(mean(&[]).value, None);
        let mean = mean(&[part(Err(Gap::NotComparable), Some(100))]);
        assert_eq!((mean.value, mean.coverage), (None, Decimal::ZERO));
    }

    #[test]
    fn huge_weights_are_a_gap_and_no_panic() {
        let huge = Part { weight: Some(Decimal::MAX), ..part(Ok(100), None) };
        assert_eq!(mean(&[huge.clone(), huge]).value, None);
    }
}

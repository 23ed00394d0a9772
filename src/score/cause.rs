//! Why a computed value and the published one are what they are to each other.
//!
//! Found by trying: the same plan is scored again with one choice of the policy changed at a time, and the first change that
//! gives the published figure is its cause. What is left is a mistake, of the document or of the reading.

use std::collections::HashMap;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::achievements;
use super::context::difference;
use super::policy::{
    BeyondRange, Equals, HUNDRED, MissedLower, MissingActual, MissingWeight, ObjectiveRule, PercentWithNumber, Policy,
    RoundAt, RoundMode, Rounding, Weights,
};
use super::scores::{Basis, Gap, Score, Subject};
use super::targets::other_target;
use super::words::{count, number, percent, quote};
use crate::normalise::Plan;

/// The kind of a cause, with a sentence that says it of this score, in Italian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    pub kind: CauseKind,
    pub text: String,
}

impl Cause {
    pub(super) fn new(kind: CauseKind, text: impl Into<String>) -> Self {
        Cause { kind, text: text.into() }
    }
}

/// What makes the published figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CauseKind {
    /// Both are the same at the published figure's decimals.
    Agrees,
    /// Rounding at another place, or cutting off in place of rounding.
    Rounding,
    /// Another cap, or none.
    Cap,
    /// The target of another day, or the one before or after a change.
    OtherTarget,
    /// Another divisor or starting point: 100 in place of the weights' sum, the target in place of nothing.
    OtherBase,
    /// "=" as equality, or the other way round.
    Equality,
    /// Another rule for ranges, missed "lower is better" targets or late dates.
    OtherRule,
    /// The plain mean in place of the weighted one, or other weights where some are missing.
    UnweightedMean,
    /// The worst indicator decides, or doesn't.
    WorstDecides,
    /// Parts without a result count zero, or don't.
    MissingAsZero,
    /// The parts' own published figures make it: the difference is theirs.
    Parts,
    /// Parts that could not be scored here.
    Incomplete,
    /// The opposite sign.
    OppositeSign,
    /// The actual stands where the variance should.
    RepeatsActual,
    /// A share in percent of the target, or of 1 in place of 100.
    Scale,
    /// Nothing was computed to set beside it.
    NotComputed,
    /// The published text is no figure.
    NoFigure,
    /// None of the computations tried gives it.
    Mistake,
}

impl CauseKind {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            CauseKind::Agrees => "agrees",
            CauseKind::Rounding => "rounding",
            CauseKind::Cap => "cap",
            CauseKind::OtherTarget => "other_target",
            CauseKind::OtherBase => "other_base",
            CauseKind::Equality => "equality",
            CauseKind::OtherRule => "other_rule",
            CauseKind::UnweightedMean => "unweighted_mean",
            CauseKind::WorstDecides => "worst_decides",
            CauseKind::MissingAsZero => "missing_as_zero",
            CauseKind::Parts => "parts",
            CauseKind::Incomplete => "incomplete",
            CauseKind::OppositeSign => "opposite_sign",
            CauseKind::RepeatsActual => "repeats_actual",
            CauseKind::Scale => "scale",
            CauseKind::NotComputed => "not_computed",
            CauseKind::NoFigure => "no_figure",
            CauseKind::Mistake => "mistake",
        }
    }
}

/// Whether a computed value is the published figure, at the published figure's decimals.
pub(super) fn gives(value: Option<Decimal>, published: Decimal) -> bool {
    difference(value, Some(published)).is_some_and(|difference| difference.is_zero())
}

type Key<'a> = (Subject, &'a str, Option<jiff::civil::Date>, Basis);

fn key(score: &Score) -> Key<'_> {
    (score.subject, &score.subject_id, score.period, score.basis)
}

/// One change of the policy, with its kind and what it means.
struct Variant {
    kind: CauseKind,
    text: String,
    policy: Policy,
}

/// Gives every row with a published figure its cause.
pub(super) fn tell(plan: &Plan, policy: &Policy, scores: &mut [Score]) {
    let mut told: Vec<Option<Cause>> = scores.iter().map(plain).collect();
    let open: Vec<usize> = (0..scores.len()).filter(|&index| is_open(&scores[index], told[index].as_ref())).collect();
    if !open.is_empty() {
        by_arithmetic(scores, &open, &mut told);
        by_variants(plan, policy, scores, &open, &mut told);
        for &index in &open {
            let (score, cause) = (&scores[index], &mut told[index]);
            if cause.is_none() {
                *cause = other_target(plan, policy, score).or_else(|| last_resort(score));
            }
        }
    }
    for (score, cause) in scores.iter_mut().zip(told) {
        score.cause = cause;
    }
}

/// Whether a cause is still to be looked for: a published figure that no computed value agrees with.
fn is_open(score: &Score, told: Option<&Cause>) -> bool {
    score.published.is_some() && told.is_none()
}

/// What needs no trying: no figure, or agreement.
fn plain(score: &Score) -> Option<Cause> {
    let raw = score.published_raw.as_deref()?;
    let Some(published) = score.published else {
        return Some(Cause::new(
            CauseKind::NoFigure,
            format!("il documento pubblica {}, che non è una cifra", quote(raw)),
        ));
    };
    gives(score.value, published).then(|| {
        let part = if score.coverage < HUNDRED {
            format!(", sulla parte che si può calcolare ({} %)", percent(score.coverage))
        } else {
            String::new()
        };
        Cause::new(CauseKind::Agrees, format!("coincide con il dato pubblicato{part}"))
    })
}

/// Causes that follow from the row, its parts and its siblings alone.
fn by_arithmetic(scores: &[Score], open: &[usize], told: &mut [Option<Cause>]) {
    let by_key: HashMap<Key<'_>, &Score> = scores.iter().map(|score| (key(score), score)).collect();
    for &index in open {
        let score = &scores[index];
        let (Some(published), Some(value)) = (score.published, score.value) else { continue };
        told[index] = truncated(value, published)
            .or_else(|| printed_points(score, published, &by_key))
            .or_else(|| of_parts(score, published, &by_key))
            .or_else(|| of_hundred(score, value, published))
            .or_else(|| of_scale(value, published));
    }
}

fn truncated(value: Decimal, published: Decimal) -> Option<Cause> {
    let cut = value.round_dp_with_strategy(published.scale(), RoundingStrategy::ToZero);
    (cut == published).then(|| {
        let text = format!("{} troncato e non arrotondato dà {}", number(value, 6), number(published, 9));
        Cause::new(CauseKind::Rounding, text)
    })
}

/// The sum of printed points against a published total that the unrounded points give.
fn printed_points(score: &Score, published: Decimal, by_key: &HashMap<Key<'_>, &Score>) -> Option<Cause> {
    if score.basis != Basis::PrintedPoints {
        return None;
    }
    let whole = by_key.get(&(score.subject, score.subject_id.as_str(), score.period, Basis::Recomputed))?;
    let value = whole.value.filter(|value| gives(Some(*value), published))?;
    let rounded: Vec<String> = score
        .terms
        .iter()
        .filter_map(|term| {
            let group = by_key.get(&(term.subject, term.subject_id.as_str(), score.period, Basis::Recomputed))?;
            let (points, printed) = (group.points?, term.value?);
            (points != printed).then(|| format!("{} stampato per {}", number(printed, 9), number(points, 6)))
        })
        .collect();
    let which = if rounded.is_empty() { String::new() } else { format!(" ({})", rounded.join("; ")) };
    let text = format!(
        "il totale pubblicato {} è la somma dei punti non arrotondati ({}); sommando i punti come sono stampati, già \
         arrotondati{which}, si ha {}",
        number(published, 9),
        number(value, 4),
        number(score.value?, 9)
    );
    Some(Cause::new(CauseKind::Rounding, text))
}

/// The mean of the parts' published figures.
fn of_parts(score: &Score, published: Decimal, by_key: &HashMap<Key<'_>, &Score>) -> Option<Cause> {
    let (mut sum, mut total, mut differing) = (Decimal::ZERO, Decimal::ZERO, Vec::new());
    for term in &score.terms {
        let row = by_key.get(&(term.subject, term.subject_id.as_str(), score.period, Basis::Recomputed));
        let printed = row.and_then(|row| row.published);
        let (Some(weight), Some(value)) = (term.weight, printed.or(term.value)) else { continue };
        sum = sum.checked_add(weight.checked_mul(value)?)?;
        total = total.checked_add(weight)?;
        if let (Some(row), Some(printed)) = (row, printed)
            && !gives(row.value, printed)
        {
            differing.push(format!("{}: {}", row.label, number(printed, 9)));
        }
    }
    if differing.is_empty() {
        return None;
    }
    let mean = sum.checked_div(total)?;
    gives(Some(mean), published).then(|| {
        let which = if differing.len() > 3 { format!("{} parti", differing.len()) } else { differing.join("; ") };
        let text = format!(
            "è la media dei risultati stampati delle parti: la differenza viene da quelli che non coincidono con i ricalcolati \
             ({which})"
        );
        Cause::new(CauseKind::Parts, text)
    })
}

/// Weights that don't sum to 100, divided by 100 all the same.
fn of_hundred(score: &Score, value: Decimal, published: Decimal) -> Option<Cause> {
    let weights = score.terms.iter().filter(|term| term.value.is_some()).filter_map(|term| term.weight);
    let total = weights.into_iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(weight))?;
    if total.is_zero() || total == HUNDRED || score.terms.iter().all(|term| term.weight == Some(Decimal::ONE)) {
        return None;
    }
    let other = value.checked_mul(total)?.checked_div(HUNDRED)?;
    gives(Some(other), published).then(|| {
        let text =
            format!("la somma pesata è divisa per 100 e non per la somma dei pesi contati, che è {}", number(total, 4));
        Cause::new(CauseKind::OtherBase, text)
    })
}

fn of_scale(value: Decimal, published: Decimal) -> Option<Cause> {
    let hundredfold = published.checked_mul(HUNDRED)?;
    gives(Some(value), hundredfold).then(|| {
        let text = format!("stampato come quota di 1: {} è il {} %", number(published, 9), number(hundredfold, 9));
        Cause::new(CauseKind::Scale, text)
    })
}

/// Scores the plan again with one choice changed at a time.
fn by_variants(plan: &Plan, policy: &Policy, scores: &[Score], open: &[usize], told: &mut [Option<Cause>]) {
    for variant in variants(policy) {
        // No choice gives a value where target or actual are missing.
        let triable = |score: &Score| score.value.is_some() || score.gap == Some(Gap::NotComparable);
        let left: Vec<usize> =
            open.iter().copied().filter(|&index| told[index].is_none() && triable(&scores[index])).collect();
        if left.is_empty() {
            return;
        }
        let others = achievements(plan, &variant.policy);
        let values: HashMap<Key<'_>, Option<Decimal>> = others.iter().map(|other| (key(other), other.value)).collect();
        for index in left {
            let score = &scores[index];
            let value = values.get(&key(score)).copied().flatten();
            if let (Some(published), Some(value)) = (score.published, value)
                && score.value != Some(value)
                && gives(Some(value), published)
            {
                let text = format!("{}: si ha {}", variant.text, number(published, 9));
                told[index] = Some(Cause::new(variant.kind, text));
            }
        }
    }
}

/// The changes to try, the likeliest first.
fn variants(policy: &Policy) -> Vec<Variant> {
    let mut variants = Vec::new();
    let mut add = |kind, text: &str, changed: Policy| {
        if changed != *policy {
            variants.push(Variant { kind, text: text.to_owned(), policy: changed });
        }
    };
    let with = |change: &dyn Fn(&mut Policy)| {
        let mut changed = policy.clone();
        change(&mut changed);
        changed
    };
    roundings(policy, &mut add);
    add(CauseKind::Cap, "senza tetto al grado di realizzazione", with(&|p| p.cap = None));
    for cap in [100_u32, 105, 110, 120, 125, 130, 150, 200] {
        let text = format!("con un tetto a {cap}");
        add(CauseKind::Cap, &text, with(&|p| p.cap = Some(Decimal::from(cap))));
    }
    let revised = if policy.use_revised {
        "con gli obiettivi e i pesi iniziali"
    } else {
        "con quelli modificati in corso d'anno"
    };
    add(CauseKind::OtherTarget, revised, with(&|p| p.use_revised = !policy.use_revised));
    add(CauseKind::Equality, "con \"=\" come uguaglianza", with(&|p| p.equals = Equals::Equality));
    add(CauseKind::Equality, "con \"=\" come \"almeno\"", with(&|p| p.equals = Equals::AtLeast));
    for (rule, text) in [
        (BeyondRange::Met, "se oltre l'intervallo l'obiettivo è raggiunto"),
        (BeyondRange::Missed, "se oltre l'intervallo l'obiettivo è mancato"),
        (BeyondRange::Proportional, "se oltre l'intervallo vale il rapporto con l'estremo"),
    ] {
        add(CauseKind::OtherRule, text, with(&|p| p.beyond_range = rule));
    }
    for (rule, text) in [
        (MissedLower::Ratio, "se \"più basso è meglio\" mancato vale obiettivo / risultato"),
        (MissedLower::Linear, "se \"più basso è meglio\" mancato perde in proporzione a quanto supera"),
        (MissedLower::Zero, "se \"più basso è meglio\" mancato vale 0"),
    ] {
        add(CauseKind::OtherRule, text, with(&|p| p.missed_lower = rule));
    }
    add(CauseKind::OtherRule, "se ogni giorno di ritardo costa un punto", with(&|p| p.late_day_points = Decimal::ONE));
    let half = Decimal::from(50);
    add(CauseKind::OtherRule, "se la risposta diversa da quella attesa vale 50", with(&|p| p.unmet_answer = half));
    let text = "se il numero senza unità vale come percentuale";
    add(CauseKind::OtherRule, text, with(&|p| p.percent_with_number = PercentWithNumber::Always));
    add(CauseKind::UnweightedMean, "con la media semplice, senza i pesi", with(&|p| p.weights = Weights::Equal));
    add(
        CauseKind::UnweightedMean,
        "se le parti senza peso si dividono quanto manca a 100",
        with(&|p| {
            p.missing_weight = MissingWeight::Remainder;
        }),
    );
    add(
        CauseKind::UnweightedMean,
        "se un peso mancante fa pesare tutte le parti uguale",
        with(&|p| {
            p.missing_weight = MissingWeight::Equal;
        }),
    );
    add(CauseKind::WorstDecides, "se decide l'indicatore peggiore", with(&|p| p.objective = ObjectiveRule::Worst));
    let text = "con la media degli indicatori";
    add(CauseKind::WorstDecides, text, with(&|p| p.objective = ObjectiveRule::WeightedMean));
    let text = "se gli indicatori senza risultato valgono 0";
    add(CauseKind::MissingAsZero, text, with(&|p| p.missing_actual = MissingActual::Zero));
    let text = "se gli indicatori senza risultato stanno fuori dalla media";
    add(CauseKind::MissingAsZero, text, with(&|p| p.missing_actual = MissingActual::Redistribute));
    variants
}

/// Rounding at other places, by other rules, to other decimals.
fn roundings(policy: &Policy, add: &mut impl FnMut(CauseKind, &str, Policy)) {
    for (mode, how) in [(RoundMode::HalfUp, "arrotondando"), (RoundMode::Truncate, "troncando")] {
        for (at, place) in [(RoundAt::EveryLevel, "ogni livello"), (RoundAt::Indicators, "gli indicatori")] {
            for decimals in [2_u32, 1, 0, 3] {
                let text = match decimals {
                    0 => format!("{how} {place} all'unità"),
                    n => format!("{how} {place} a {}", count(n as usize, "decimale", "decimali")),
                };
                add(CauseKind::Rounding, &text, Policy { rounding: Rounding { at, mode, decimals }, ..policy.clone() });
            }
        }
    }
    let rounding = Rounding { at: RoundAt::Never, ..policy.rounding };
    if policy.rounding.at != RoundAt::Never {
        add(CauseKind::Rounding, "senza arrotondare prima della fine", Policy { rounding, ..policy.clone() });
    }
}

/// What remains where nothing tried gives the figure.
fn last_resort(score: &Score) -> Option<Cause> {
    let published = score.published?;
    let Some(value) = score.value else {
        let why = match score.gap {
            Some(Gap::NoTarget) => "manca l'obiettivo per la data",
            Some(Gap::NoActual) => "manca il risultato per la data",
            Some(Gap::NotComparable) => "obiettivo e risultato non sono grandezze che si confrontano",
            Some(Gap::NoParts) | None => "nessuna delle parti si può calcolare",
        };
        return Some(Cause::new(
            CauseKind::NotComputed,
            format!("non si è calcolato nulla da mettergli accanto: {why}"),
        ));
    };
    if score.coverage < HUNDRED {
        let text = format!(
            "il valore calcolato rappresenta il {} % dei pesi: la differenza può venire dalle parti che non si sono potute calcolare",
            percent(score.coverage)
        );
        return Some(Cause::new(CauseKind::Incomplete, text));
    }
    let text = format!(
        "né arrotondamenti, né altri tetti, obiettivi, pesi o regole danno {} ({} ricalcolato): probabile errore, del documento \
         o della lettura",
        number(published, 9),
        percent(value)
    );
    Some(Cause::new(CauseKind::Mistake, text))
}

#[cfg(test)]
#[path = "cause_tests.rs"]
mod tests;

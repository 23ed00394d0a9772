//! Causes that follow from the row, its parts and its siblings alone.

use std::collections::HashMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Cause, CauseKind, Key, gives, key};
use crate::score::policy::HUNDRED;
use crate::score::scores::{Basis, Score, Term};
use crate::score::words::number;

/// Tells the open rows of which that is so.
pub(super) fn by_arithmetic(scores: &[Score], open: &[usize], told: &mut [Option<Cause>]) {
    let by_key: HashMap<Key<'_>, &Score> = scores.iter().map(|score| (key(score), score)).collect();
    for &index in open {
        let score = &scores[index];
        let (Some(published), Some(value)) = (score.published, score.value) else { continue };
        told[index] = truncated(value, published)
            .or_else(|| printed_points(score, published, &by_key))
            .or_else(|| of_parts(score, published, &by_key))
            .or_else(|| of_hundred(score, value, published))
            .or_else(|| of_one_weight(score, published, &by_key))
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

/// The mean of the parts' published figures, by their weights or without.
fn of_parts(score: &Score, published: Decimal, by_key: &HashMap<Key<'_>, &Score>) -> Option<Cause> {
    let (mut shares, mut differing, mut without) = (Vec::new(), Vec::new(), Vec::new());
    for term in &score.terms {
        let row = by_key.get(&(term.subject, term.subject_id.as_str(), score.period, Basis::Recomputed));
        let printed = row.and_then(|row| row.published);
        let Some(weight) = term.weight else { continue };
        let Some(value) = printed.or(term.value) else {
            without.push((Decimal::ZERO, weight));
            continue;
        };
        shares.push((value, weight));
        if let (Some(row), Some(printed)) = (row, printed)
            && !gives(row.value, printed)
        {
            differing.push(format!("{}: {}", row.label, number(printed, 9)));
        }
    }
    if differing.is_empty() {
        return None;
    }
    let which = if differing.len() > 3 { format!("{} parti", differing.len()) } else { differing.join("; ") };
    let why = format!("la differenza viene da quelli che non coincidono con i ricalcolati ({which})");
    if gives(mean(&shares), published) {
        return Some(Cause::new(CauseKind::Parts, format!("è la media dei risultati stampati delle parti: {why}")));
    }
    let with_zeros: Vec<(Decimal, Decimal)> = shares.iter().chain(&without).copied().collect();
    if gives(mean(&with_zeros), published) {
        let text = format!("è la media dei risultati stampati delle parti, con 0 per quelle che non ne hanno: {why}");
        return Some(Cause::new(CauseKind::Combined, text));
    }
    let plain: Vec<(Decimal, Decimal)> = shares.iter().map(|(value, _)| (*value, Decimal::ONE)).collect();
    gives(mean(&plain), published).then(|| {
        let text = format!("è la media semplice, senza i pesi, dei risultati stampati delle parti: {why}");
        Cause::new(CauseKind::Combined, text)
    })
}

/// Of values and weights; `None` on overflow.
fn mean(shares: &[(Decimal, Decimal)]) -> Option<Decimal> {
    let (mut sum, mut total) = (Decimal::ZERO, Decimal::ZERO);
    for (value, weight) in shares {
        sum = sum.checked_add(weight.checked_mul(*value)?)?;
        total = total.checked_add(*weight)?;
    }
    sum.checked_div(total)
}

/// Weights that don't sum to 100, divided by 100 all the same.
fn of_hundred(score: &Score, value: Decimal, published: Decimal) -> Option<Cause> {
    let weights = score.terms.iter().filter(|term| term.value.is_some()).filter_map(|term| term.weight);
    let total = weights.into_iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(weight))?;
    // Where parts without a result make the difference, that is told.
    if score.terms.iter().any(|term| term.weight.is_some() && term.value.is_none()) {
        return None;
    }
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

/// Weights that don't sum to 100 but would with another one in one place: of the parts as computed, or as printed.
fn of_one_weight(score: &Score, published: Decimal, by_key: &HashMap<Key<'_>, &Score>) -> Option<Cause> {
    let printed =
        |term: &Term| by_key.get(&(term.subject, &term.subject_id, score.period, Basis::Recomputed))?.published;
    let weighing: Vec<(&Term, Decimal)> = score.terms.iter().filter_map(|term| Some((term, term.weight?))).collect();
    let total = weighing.iter().try_fold(Decimal::ZERO, |sum, (_, weight)| sum.checked_add(*weight))?;
    if total == HUNDRED || weighing.iter().all(|(_, weight)| *weight == Decimal::ONE) {
        return None;
    }
    let computed = weighing.iter().map(|(term, weight)| Some((term.value?, *weight)));
    let as_printed = weighing.iter().map(|(term, weight)| Some((printed(term).or(term.value)?, *weight)));
    let all: [(Option<Vec<_>>, &str); 2] =
        [(computed.collect(), ""), (as_printed.collect(), ", e con i risultati stampati delle parti")];
    let more = HUNDRED.checked_sub(total)?;
    for (shares, which) in all {
        let shares = shares?;
        let places: Vec<usize> = (0..shares.len())
            .filter(|place| {
                let other = with_weight(&shares, *place, more);
                other.is_some_and(|other| gives(mean(&other), published))
            })
            .collect();
        let told = |place: &usize| {
            let (term, weight) = weighing.get(*place)?;
            let name = term.subject_id.rsplit('/').next().unwrap_or_default();
            Some(format!(
                "con il peso {} in luogo di {} ({name})",
                number(weight.checked_add(more)?, 4),
                number(*weight, 4)
            ))
        };
        if !places.is_empty() {
            let told: Vec<String> = places.iter().filter_map(told).collect();
            let text = format!(
                "i pesi fanno {}: {}, che li porta a 100{which}, si ha {}",
                number(total, 4),
                told.join(" o "),
                number(published, 9)
            );
            return Some(Cause::new(CauseKind::OtherBase, text));
        }
    }
    None
}

/// The shares with so much more weight in one place; `None` where that leaves none.
fn with_weight(shares: &[(Decimal, Decimal)], place: usize, more: Decimal) -> Option<Vec<(Decimal, Decimal)>> {
    let mut other = shares.to_vec();
    let (_, weight) = other.get_mut(place)?;
    *weight = weight.checked_add(more).filter(|weight| *weight > Decimal::ZERO)?;
    Some(other)
}

fn of_scale(value: Decimal, published: Decimal) -> Option<Cause> {
    let hundredfold = published.checked_mul(HUNDRED)?;
    gives(Some(value), hundredfold).then(|| {
        let text = format!("stampato come quota di 1: {} è il {} %", number(published, 9), number(hundredfold, 9));
        Cause::new(CauseKind::Scale, text)
    })
}

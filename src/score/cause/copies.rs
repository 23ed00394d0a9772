//! Whether another figure of the document stands where the published one should, or its digits are out of place.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Cause, CauseKind, gives};
use crate::normalise::{Indicator, Measure, Objective, Plan};
use crate::score::context::figure;
use crate::score::policy::HUNDRED;
use crate::score::scores::{Basis, Score, Subject};
use crate::score::words::{number, percent};

/// The figure that was copied, or the slip of the pen; `None` where the published figure is 0 or 100, which many things are.
pub(super) fn copied(plan: &Plan, scores: &[Score], index: usize) -> Option<Cause> {
    let score = &scores[index];
    let published = score.published.filter(|published| !published.is_zero() && *published != HUNDRED)?;
    let told = |text: String| Cause::new(CauseKind::OtherFigure, text);
    slip(score.value?, published)
        .or_else(|| of_parts(score, published).map(told))
        .or_else(|| of_its_own(plan, score, published).map(told))
        .or_else(|| of_a_neighbour(scores, index, published).map(told))
        .or_else(|| of_the_rest(score.value?, published).map(told))
}

/// The decimal point, or two neighbouring digits, out of place.
fn slip(value: Decimal, published: Decimal) -> Option<Cause> {
    if value.is_zero() {
        return None;
    }
    let (digits, scale) = (published.mantissa(), published.scale());
    if digits.unsigned_abs() >= 100 {
        let moved = [scale.checked_sub(1), Some(scale + 1), Some(scale + 2)].into_iter().flatten();
        for other in moved.filter_map(|scale| Decimal::try_from_i128_with_scale(digits, scale).ok()) {
            if gives(Some(value), other) {
                let text = format!("la virgola è al posto sbagliato: {} per {}", number(published, 9), percent(value));
                return Some(Cause::new(CauseKind::Digits, text));
            }
        }
    }
    let mut right = value.round_dp_with_strategy(published.scale(), RoundingStrategy::MidpointAwayFromZero);
    right.rescale(published.scale());
    let (printed, right) = (published.to_string(), right.to_string());
    let slip = slip_of_digits(&printed, &right)?;
    let text = format!("{slip}: {} per {}", number(published, 9), percent(value));
    Some(Cause::new(CauseKind::Digits, text))
}

/// How two texts of as many digits differ, where it is by one digit of four or more, or by two neighbouring digits that
/// changed places; in Italian.
fn slip_of_digits(one: &str, other: &str) -> Option<&'static str> {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (one, other) = (digits(one), digits(other));
    if one.len() != other.len() || one.len() < 3 {
        return None;
    }
    let differing: Vec<usize> = (0..one.len()).filter(|&place| one[place] != other[place]).collect();
    match differing[..] {
        [a, b] if b == a + 1 && one[a] == other[b] && one[b] == other[a] => Some("due cifre sono scambiate"),
        // By one in the last place it is rounding rather.
        [place] if one.len() > 3 && (place + 1 < one.len() || one[place].abs_diff(other[place]) > 1) => {
            Some("una cifra è un'altra")
        }
        _ => None,
    }
}

/// The sum of the parts' weights or results, or one part's result.
fn of_parts(score: &Score, published: Decimal) -> Option<String> {
    let sum =
        |figures: Vec<Decimal>| figures.into_iter().try_fold(Decimal::ZERO, |sum, figure| sum.checked_add(figure));
    if score.terms.len() < 2 {
        return None;
    }
    let weights = sum(score.terms.iter().filter_map(|term| term.weight).collect())?;
    if weights == published && score.terms.iter().any(|term| term.weight != Some(Decimal::ONE)) {
        return Some(format!("è la somma dei pesi delle parti ({}), non il risultato", number(weights, 9)));
    }
    if gives(sum(score.terms.iter().filter_map(|term| term.value).collect()), published) {
        return Some("è la somma dei risultati delle parti, non la loro media".to_owned());
    }
    let mut single = score.terms.iter().filter(|term| gives(term.value, published));
    let one = single.next().filter(|_| single.next().is_none())?;
    Some(format!("è il risultato di una sola delle sue parti ({})", short(&one.subject_id)))
}

/// One of the row's own figures.
fn of_its_own(plan: &Plan, score: &Score, published: Decimal) -> Option<String> {
    let same = |measure: &Measure| figure(measure) == Some(published);
    let of_objective = |objective: &Objective| {
        let weight = objective.weight.iter().chain(&objective.revised_weight).find(|weight| same(weight))?;
        Some(format!("è il peso dell'obiettivo (\"{}\")", weight.raw))
    };
    match score.subject {
        Subject::Indicator => {
            let indicator = plan.indicators.iter().find(|one| one.indicator_id == score.subject_id)?;
            of_indicator(indicator, score.value?, published, same)
        }
        Subject::Objective => {
            plan.objectives.iter().find(|one| one.objective_id == score.subject_id).and_then(of_objective)
        }
        Subject::Group if score.points.is_some_and(|points| gives(Some(points), published)) => {
            Some("sono i punti (A × B), non la realizzazione".to_owned())
        }
        _ => None,
    }
}

fn of_indicator(
    indicator: &Indicator,
    value: Decimal,
    published: Decimal,
    same: impl Fn(&Measure) -> bool,
) -> Option<String> {
    if let Some(weight) = indicator.weight.as_ref() {
        if same(weight) {
            return Some(format!("è il peso dell'indicatore (\"{}\")", weight.raw));
        }
        let share = figure(weight).and_then(|weight| value.checked_mul(weight)?.checked_div(HUNDRED));
        if gives(share, published) {
            return Some(format!("è il contributo pesato: {} × {} / 100", percent(value), weight.raw));
        }
    }
    let dated = [("risultato", &indicator.actuals), ("valore obiettivo", &indicator.targets)];
    for (name, values) in dated {
        if let Some(value) = values.iter().find(|value| same(&value.measure)) {
            return Some(format!("ripete il {name} (\"{}\")", value.measure.raw));
        }
    }
    let variance = indicator.variance.as_ref().filter(|variance| same(variance))?;
    Some(format!("ripete lo scostamento (\"{}\")", variance.raw))
}

/// The result of the row before or after, of the same kind: a column that slipped.
fn of_a_neighbour(scores: &[Score], index: usize, published: Decimal) -> Option<String> {
    let score = &scores[index];
    let alike = |other: &&Score| {
        other.subject == score.subject
            && other.basis == Basis::Recomputed
            && other.period == score.period
            && gives(other.value, published)
    };
    let before = index.checked_sub(1).and_then(|before| scores.get(before)).filter(alike);
    let (which, other) = match before {
        Some(other) => ("precede", other),
        None => ("segue", scores.get(index + 1).filter(alike)?),
    };
    Some(format!("è il risultato della riga che {which} ({})", short(&other.subject_id)))
}

fn of_the_rest(value: Decimal, published: Decimal) -> Option<String> {
    let rest = HUNDRED.checked_sub(value).filter(|rest| *rest != value);
    gives(rest, published).then(|| format!("è quanto manca a 100: 100 − {}", percent(value)))
}

/// An id without the document.
fn short(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_changed_places() {
        for (one, other) in [("72.36", "72.63"), ("27.63", "72.63"), ("78.50", "87.50")] {
            assert_eq!(slip_of_digits(one, other), Some("due cifre sono scambiate"), "{one} {other}");
        }
        assert_eq!(slip_of_digits("92.67", "82.67"), Some("una cifra è un'altra"));
        for (one, other) in
            [("72.63", "72.63"), ("23.67", "72.63"), ("12", "21"), ("100", "10"), ("9.6", "9.5"), ("98.60", "98.61")]
        {
            assert_eq!(slip_of_digits(one, other), None, "{one} {other}");
        }
    }
}

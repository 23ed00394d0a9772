//! Why a computed value and the published one are what they are to each other.
//!
//! Found by trying, the simplest first: the row's own arithmetic; one choice of the policy changed; another day's target; another
//! figure in the published one's place; two choices changed. Of causes that are as simple the one that explains most of the
//! document's figures is told. What is left is a mistake, of the document or of the reading.

mod arithmetic;
mod below;
mod choices;
mod copies;
mod search;
mod trial;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::context::difference;
use super::policy::{HUNDRED, Policy};
use super::scores::{Basis, Gap, Score, Subject};
use super::targets::other_target;
use super::words::{number, percent, quote};
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
    /// The objectives below it make it, alone or together with its indicators.
    OtherParts,
    /// Parts that could not be scored here.
    Incomplete,
    /// The opposite sign.
    OppositeSign,
    /// The actual stands where the variance should.
    RepeatsActual,
    /// A share in percent of the target, or of 1 in place of 100.
    Scale,
    /// Two of the choices above together.
    Combined,
    /// Another figure stands in its place: the weights' sum, a neighbour's result …
    OtherFigure,
    /// Digits changed places, or the decimal point did.
    Digits,
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
            CauseKind::OtherParts => "other_parts",
            CauseKind::Incomplete => "incomplete",
            CauseKind::OppositeSign => "opposite_sign",
            CauseKind::RepeatsActual => "repeats_actual",
            CauseKind::Scale => "scale",
            CauseKind::Combined => "combined",
            CauseKind::OtherFigure => "other_figure",
            CauseKind::Digits => "digits",
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

/// Gives every row with a published figure its cause.
pub(super) fn tell(plan: &Plan, policy: &Policy, scores: &mut [Score]) {
    let mut told: Vec<Option<Cause>> = scores.iter().map(plain).collect();
    let open: Vec<usize> = (0..scores.len()).filter(|&index| is_open(&scores[index], told[index].as_ref())).collect();
    if !open.is_empty() {
        arithmetic::by_arithmetic(scores, &open, &mut told);
        below::by_objectives_below(plan, scores, &open, &mut told);
        let mut search = search::Search::new(plan, policy, scores, &open);
        search.one_choice(&mut told);
        for &index in &open {
            let cause = &mut told[index];
            if cause.is_none() {
                *cause = other_target(plan, policy, &scores[index]);
            }
        }
        search.two_choices(&mut told, |index| copies::copied(plan, scores, index));
        for &index in &open {
            let cause = &mut told[index];
            if cause.is_none() {
                *cause = last_resort(&scores[index]);
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

/// What remains where nothing tried gives the figure.
fn last_resort(score: &Score) -> Option<Cause> {
    let published = score.published?;
    let Some(value) = score.value else {
        let why = match score.gap {
            Some(Gap::NoTarget) => "manca l'obiettivo per la data",
            Some(Gap::NoActual) => "manca il risultato per la data",
            Some(Gap::NotComparable) => "obiettivo e risultato non sono grandezze che si confrontano",
            Some(Gap::NoParts) | None => score.explanation.as_str(),
        };
        let text = format!("non si è calcolato nulla da mettergli accanto: {why}");
        return Some(Cause::new(CauseKind::NotComputed, text));
    };
    if score.coverage < HUNDRED {
        let text = format!(
            "il valore calcolato rappresenta il {} % dei pesi: la differenza può venire dalle parti che non si sono potute calcolare",
            percent(score.coverage)
        );
        return Some(Cause::new(CauseKind::Incomplete, text));
    }
    let given = if published == HUNDRED {
        "il documento lo dà per raggiunto, ma ".to_owned()
    } else if published.is_zero() {
        "il documento lo dà per mancato del tutto, ma ".to_owned()
    } else {
        String::new()
    };
    let text = format!(
        "{given}né arrotondamenti, né altri tetti, obiettivi, pesi o regole danno {} ({} ricalcolato): probabile errore, del \
         documento o della lettura",
        number(published, 9),
        percent(value)
    );
    Some(Cause::new(CauseKind::Mistake, text))
}

#[cfg(test)]
mod tests;

//! ACC103: il risultato pubblicato non torna con le sue parti.

use super::prelude::*;
use super::published::differs;
use crate::score::{Basis, CauseKind, Score, Subject};

pub(super) static RULE: Rule = Rule {
    code: "ACC103",
    severity: Severity::Error,
    title: Text {
        it: "il risultato pubblicato non torna con le sue parti",
        en: "the published result doesn't agree with its parts",
    },
    what: "Ricalcola i risultati pubblicati di obiettivi, gruppi, settori, aree e ente dalle loro parti, quando \
          tutte le parti si possono calcolare. Dove si sommano punti già stampati è un avviso, o una nota se il risultato \
          torna senza arrotondarli.",
    why: "È il numero che il documento pubblica come performance.",
    basis: "D.Lgs. 150/2009, art. 10, c. 1, lett. b): la relazione dice i risultati rispetto ai singoli \
          obiettivi, con la rilevazione degli scostamenti.",
    example: "Somma dei punti 98,61; il testo pubblica 98,60.",
    advice: Text {
        it: "controllare somma e arrotondamenti; pianometro explain mostra i passaggi",
        en: "check sum and rounding; pianometro explain shows the steps",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    // The sum of printed points needs no rounding on the way.
    let sum_differs =
        |score: &Score| score.basis == Basis::PrintedPoints && score.difference.is_some_and(|d| !d.is_zero());
    let wrong = |score: &&Score| {
        // A document that makes an objective of those below it has another rule, not a mistake.
        let other_parts = score.cause.as_ref().is_some_and(|cause| cause.kind == CauseKind::OtherParts);
        score.subject != Subject::Indicator
            && !other_parts
            && score.coverage == Decimal::ONE_HUNDRED
            && (score.basis != Basis::PrintedPoints && differs(score) || sum_differs(score))
    };
    let finding = |score: &Score| {
        let objective = view.plan.objectives.iter().position(|o| o.objective_id == score.subject_id);
        let mut finding = objective.map_or_else(|| Finding::of(rule), |o| view.on_objective(rule, o));
        if objective.is_none() {
            finding.subject_id = Some(score.subject_id.clone());
            finding.subject = Some(score.label.clone());
        }
        // The weights don't make 100 and one of them explains the result: told there. A node whose objectives below weigh
        // together with its indicators has more parts than these.
        if objective.is_some_and(|o| super::coe101::slip(view, o).is_some() || weighs_below(view, o)) {
            return None;
        }
        let raw = score.published_raw.clone()?;
        let printed = score.basis == Basis::PrintedPoints;
        let value = italian(score.value?, if printed { 4 } else { 2 });
        if printed && agrees_unrounded(view, score) {
            return Some(
                finding
                    .weighs(Severity::Info)
                    .quote("risultato pubblicato", "published result", &raw)
                    .says(
                        format!("i punti come sono stampati sommano {value}; il risultato pubblicato, {raw}, torna senza arrotondarli"),
                        format!("the points as printed add up to {value}; the published result, {raw}, is right without rounding them"),
                    )
                    .reckons_in(score.explanation.clone(), weighted(score)),
            );
        }
        if printed {
            finding = finding.weighs(Severity::Warning);
        }
        let own = objective.and_then(|o| stems_from(view, o));
        let cause = score.cause.as_ref().filter(|cause| tells(cause.kind));
        // The mean of parts that are wrong themselves: those are told.
        let follows = cause.is_some_and(|cause| cause.kind == CauseKind::Parts);
        if follows && matches!(score.subject, Subject::Section | Subject::Entity) {
            finding = finding.weighs(Severity::Info);
        }
        let why = cause.map_or_else(String::new, |cause| format!("; {}", cause.text));
        let why_en = if follows { "; it is the mean of the parts as printed, which differ themselves" } else { "" };
        let (why, why_en) = own.unwrap_or_else(|| (why, why_en.to_owned()));
        Some(
            finding
                .quote("risultato pubblicato", "published result", &raw)
                .says(
                    format!("il risultato pubblicato è {raw}, dalle parti si ricalcola {value}{why}"),
                    format!("the published result is {raw}, its parts give {value}{why_en}"),
                )
                .reckons_in(score.explanation.clone(), weighted(score)),
        )
    };
    view.scores.scores.iter().filter(wrong).filter_map(finding).collect()
}

/// The indicator whose printed achievement is wrong, where one is: the result follows from it.
fn stems_from(view: &View<'_>, objective: usize) -> Option<(String, String)> {
    let off = |(index, indicator): &(usize, &Indicator)| {
        let of = |s: &&Score| s.subject == Subject::Indicator && s.subject_id == indicator.indicator_id;
        view.scores.scores.iter().filter(of).any(differs)
            || super::acc109::finding(&super::acc109::RULE, view, *index, indicator).is_some()
    };
    let (_, indicator) = view.members(objective).find(off)?;
    let name = cut(&indicator.name);
    Some((
        format!(": viene dal grado stampato di «{name}», che non torna con il suo obiettivo"),
        format!(": it comes from the printed achievement of “{name}”, which doesn't fit its target"),
    ))
}

/// Whether an objective's indicators weigh less than 100 and those of the objectives right below make up the rest.
fn weighs_below(view: &View<'_>, objective: usize) -> bool {
    let own: Decimal = view.members(objective).filter_map(|(_, i)| number(i.weight.as_ref()?)).sum();
    let below: Decimal = view.children(objective).filter_map(|(_, o)| number(o.weight.as_ref()?)).sum();
    !below.is_zero() && own + below == Decimal::ONE_HUNDRED
}

/// Whether a cause is one that a reader sees at once; another cap or rule that gives the figure may do so by chance.
fn tells(kind: CauseKind) -> bool {
    matches!(
        kind,
        CauseKind::Parts
            | CauseKind::OtherBase
            | CauseKind::Digits
            | CauseKind::MissingAsZero
            | CauseKind::UnweightedMean
            | CauseKind::Rounding
            | CauseKind::OtherFigure
    )
}

/// The parts with their weights: "40 × 94,75 + 60 × 100".
fn weighted(score: &Score) -> String {
    let parts = score.terms.iter().filter_map(|t| {
        let value = italian(t.value?, 4);
        Some(t.weight.map_or(value.clone(), |w| format!("{} × {value}", italian(w, 4))))
    });
    let value = score.value.map_or_else(String::new, |v| format!(" → {}", italian(v, 4)));
    format!("{}{value}", parts.collect::<Vec<_>>().join(" + "))
}

/// Whether the same subject's result, computed without rounding on the way, is the published one.
fn agrees_unrounded(view: &View<'_>, score: &Score) -> bool {
    let same = |other: &&Score| other.subject == score.subject && other.subject_id == score.subject_id;
    let exact = |other: &Score| other.basis == Basis::Recomputed && other.difference.is_some_and(|d| d.is_zero());
    view.scores.scores.iter().filter(same).any(exact)
}

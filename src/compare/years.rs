//! The same chamber's documents of two years: which indicators go on, and what became of last year's figures.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::CompareError;
use super::alike::{Likeness, Signature};
use super::outline::Outline;
use super::plans::{Opened, Plans};
use super::sides::{Quantity, Shown, Side, number};
use super::themes::ThemeOf;
use crate::normalise::{DatedMeasure, DocumentKind, Indicator, Plan, Polarity};

/// What became of an indicator from one year to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Continued,
    Dropped,
    New,
}

impl Status {
    /// The name the dataset uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Continued => "continued",
            Status::Dropped => "dropped",
            Status::New => "new",
        }
    }
}

/// An indicator of one chamber over two years.
#[derive(Debug, Clone, PartialEq)]
pub struct YearRow {
    /// The chamber's name.
    pub entity: String,
    pub from_document: String,
    pub to_document: String,
    pub from_year: i16,
    pub to_year: i16,
    pub status: Status,
    /// With the last result of the earlier year shown; `None` for a new indicator.
    pub before: Option<Side>,
    /// With the last target of the later year shown; `None` for a dropped one.
    pub after: Option<Side>,
    /// How far the words agree, those of names or of targets, in percent points; `None` unless continued.
    pub score: Option<Decimal>,
    pub words: Vec<String>,
    /// The later document's starting value.
    pub baseline: Option<Shown>,
    /// The earlier year's last target.
    pub target_before: Option<Shown>,
    /// Whether the starting value is the result that the earlier document gives for the same day.
    pub baseline_is_result: Option<bool>,
    /// Whether the later year's target is worse than the earlier year's result.
    pub target_below_result: Option<bool>,
    /// What the two answers rest on, or why there is none, in Italian.
    pub explanation: String,
}

/// Percent points and substance from which two indicators of one chamber are the same.
const SAME: (u32, u32) = (50, 100);
/// Percent points of their targets' words from which they are.
const SAME_GOAL: u32 = 60;
/// Percent points from which they are the same though their themes differ.
const WHATEVER_THEME: u32 = 80;

/// The places of two plans of one chamber whose years follow each other, and the later year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Succession {
    pub before: usize,
    pub after: usize,
    pub to_year: i16,
}

/// One row per indicator of two documents of one chamber that follow each other.
///
/// # Errors
/// A plan that can't be opened.
pub fn years(plans: &dyn Plans, of: Succession) -> Result<Vec<YearRow>, CompareError> {
    Ok(joined(&plans.open(of.before)?, &plans.open(of.after)?))
}

/// Of each chamber and year the document that tells most of it, paired with the next year's, by chamber and year. What an
/// earlier year came to is told by its report, what a later one means to do by its plan. `compared` are the places of the plans
/// that stand for their documents.
pub fn successions(outlines: &[&Outline], compared: &[usize]) -> Vec<Succession> {
    /// A chamber's documents of one year, each with its place.
    type Year<'o> = ((&'o str, i16), Vec<(usize, &'o Outline)>);
    let mut of_year: BTreeMap<(&str, i16), Vec<(usize, &Outline)>> = BTreeMap::new();
    for place in compared {
        let Some(outline) = outlines.get(*place) else { continue };
        if let Some((entity, year)) = outline.entity.zip(outline.year) {
            let list = of_year.entry((&entity.id, year)).or_default();
            list.extend((outline.indicators > 0).then_some((*place, *outline)));
        }
    }
    let best = |list: &[(usize, &Outline)], rank: fn(DocumentKind) -> u8| {
        let best = list.iter().min_by_key(|(_, outline)| (rank(outline.kind), &outline.source_file));
        best.map(|(place, _)| *place)
    };
    let all: Vec<Year<'_>> = of_year.into_iter().collect();
    let pair = |two: &[Year<'_>]| match two {
        [((entity, _), earlier), ((same, to_year), later)] if entity == same => {
            let (before, after) = (best(earlier, as_result)?, best(later, as_plan)?);
            Some(Succession { before, after, to_year: *to_year })
        }
        _ => None,
    };
    all.windows(2).filter_map(pair).collect()
}

fn as_result(kind: DocumentKind) -> u8 {
    match kind {
        DocumentKind::Report => 0,
        DocumentKind::Monitoring => 1,
        _ => 2,
    }
}

fn as_plan(kind: DocumentKind) -> u8 {
    match kind {
        DocumentKind::Plan | DocumentKind::Piao => 0,
        DocumentKind::Monitoring => 1,
        DocumentKind::Report => 2,
        _ => 3,
    }
}

/// Pairs the indicators, the most alike first, each once.
fn joined(before: &Opened<'_>, after: &Opened<'_>) -> Vec<YearRow> {
    let (old_themes, new_themes) = (&before.themes, &after.themes);
    let (before, after) = (before.plan.as_ref(), after.plan.as_ref());
    let once = |plan: &'_ Plan| -> Vec<usize> {
        plan.indicators.iter().enumerate().filter(|(_, i)| i.same_as.is_none()).map(|(index, _)| index).collect()
    };
    let signed = |plan: &Plan, index: usize| {
        plan.indicators.get(index).map(|i| Signature::of(i, i.objective.and_then(|o| plan.objectives.get(o))))
    };
    let olds: Vec<(usize, Signature)> =
        once(before).into_iter().filter_map(|index| Some((index, signed(before, index)?))).collect();
    let news: Vec<(usize, Signature)> =
        once(after).into_iter().filter_map(|index| Some((index, signed(after, index)?))).collect();
    let mut pairs: Vec<(usize, usize, Likeness, [&Signature; 2])> = Vec::new();
    for (old, signature) in &olds {
        for (new, other) in &news {
            let likeness = signature.likeness(other);
            let theme = |of: &[ThemeOf], index: usize| of.get(index).and_then(|of| of.theme.map(|theme| &theme.id));
            let one_theme = theme(old_themes, *old) == theme(new_themes, *new) || likeness.score >= WHATEVER_THEME;
            let alike = (likeness.score >= SAME.0 && likeness.substance >= SAME.1) || likeness.goal >= SAME_GOAL;
            if one_theme && (alike || likeness.thing.is_some()) {
                pairs.push((*old, *new, likeness, [signature, other]));
            }
        }
    }
    pairs.sort_by_key(|(old, new, likeness, _)| {
        (std::cmp::Reverse((likeness.score.max(likeness.goal), likeness.substance)), *old, *new)
    });
    let mut of_old = vec![None; before.indicators.len()];
    let mut of_new = vec![false; after.indicators.len()];
    for (old, new, likeness, [signature, other]) in pairs {
        if let (Some(place @ None), Some(taken @ false)) = (of_old.get_mut(old), of_new.get_mut(new)) {
            (*place, *taken) = (Some((new, (likeness, signature.words(other)))), true);
        }
    }
    let mut rows = Vec::new();
    for (old, _) in &olds {
        let continued = of_old.get_mut(*old).and_then(Option::take);
        let new = continued.as_ref().and_then(|(new, _)| after.indicators.get(*new));
        rows.extend(row(before, after, before.indicators.get(*old), new, continued.map(|(_, likeness)| likeness)));
    }
    for (new, _) in news.iter().filter(|(new, _)| of_new.get(*new) == Some(&false)) {
        rows.extend(row(before, after, None, after.indicators.get(*new), None));
    }
    rows
}

fn row(
    before: &Plan,
    after: &Plan,
    old: Option<&Indicator>,
    new: Option<&Indicator>,
    likeness: Option<(Likeness, Vec<String>)>,
) -> Option<YearRow> {
    let result = old.and_then(last_result);
    let target = new.and_then(last_target);
    let (score, words) =
        likeness.map_or((None, Vec::new()), |(l, words)| (Some(Decimal::from(l.score.max(l.goal))), words));
    let (is_result, why_result) = old.zip(new).map_or((None, None), |(old, new)| baseline_is_result(old, new));
    let (below, why_below) = new.zip(result).zip(target).map_or((None, None), |((new, result), target)| {
        let same = old.is_some_and(|old| Quantity::of(old) == Quantity::of(new));
        target_below(new.polarity, result, target, same)
    });
    let side = |plan: &Plan, indicator: &Indicator, role, shown: Option<&DatedMeasure>| Side {
        shown: shown.map(|dated| Shown::of(role, dated)),
        ..Side::of(plan, indicator)
    };
    Some(YearRow {
        entity: before.card.entity?.name.clone(),
        from_document: before.card.document_id.clone(),
        to_document: after.card.document_id.clone(),
        from_year: before.card.year?,
        to_year: after.card.year?,
        status: match (old, new) {
            (Some(_), Some(_)) => Status::Continued,
            (Some(_), None) => Status::Dropped,
            _ => Status::New,
        },
        before: old.map(|old| side(before, old, "actual", result)),
        after: new.map(|new| side(after, new, "target", target)),
        score,
        words,
        baseline: new.and_then(|new| new.baseline.as_ref()).map(|dated| Shown::of("baseline", dated)),
        target_before: old.and_then(last_target).map(|dated| Shown::of("target", dated)),
        baseline_is_result: is_result,
        target_below_result: below,
        explanation: [why_result, why_below].into_iter().flatten().collect::<Vec<_>>().join("; "),
    })
}

fn last_result(indicator: &Indicator) -> Option<&DatedMeasure> {
    indicator.actuals.iter().rfind(|actual| number(actual).is_some()).or(indicator.actuals.last())
}

/// The target of the last day, the revised one before the original.
fn last_target(indicator: &Indicator) -> Option<&DatedMeasure> {
    indicator.targets.iter().rfind(|target| number(target).is_some()).or(indicator.targets.last())
}

fn baseline_is_result(old: &Indicator, new: &Indicator) -> (Option<bool>, Option<String>) {
    let Some(baseline) = &new.baseline else { return (None, None) };
    let (Some(value), Some(day)) = (number(baseline), baseline.period) else { return (None, None) };
    let Some(result) = old.actuals.iter().find(|actual| actual.period == Some(day)) else {
        let target = old.targets.iter().any(|t| t.period == Some(day) && number(t) == Some(value));
        let so = if target { " e il valore di partenza è il suo obiettivo" } else { "" };
        return (None, Some(format!("il documento precedente non dà un risultato al {day}{so}")));
    };
    let Some(actual) = number(result) else { return (None, None) };
    let (a, b) = (&baseline.measure.raw, &result.measure.raw);
    let same = actual == value;
    let sign = if same { "è" } else { "non è" };
    (Some(same), Some(format!("il valore di partenza «{a}» {sign} il risultato «{b}»")))
}

/// Whether the target is worse than the result. A result of part of the year can't be undone when it counts something, so
/// that a target it exceeds already is below it; where it doesn't, nothing is said.
fn target_below(
    polarity: Polarity,
    result: &DatedMeasure,
    target: &DatedMeasure,
    same_quantity: bool,
) -> (Option<bool>, Option<String>) {
    let (Some(actual), Some(goal)) = (number(result), number(target)) else { return (None, None) };
    let (a, b) = (&result.measure.raw, &target.measure.raw);
    if !same_quantity || result.measure.reading.kind != target.measure.reading.kind {
        return (None, Some(format!("risultato «{a}» e obiettivo «{b}» sono di specie diverse")));
    }
    let below = match polarity {
        Polarity::Higher => goal < actual,
        Polarity::Lower => goal > actual,
    };
    let days = result.period.zip(target.period);
    let whole = days.is_some_and(|(p, q)| (p.month(), p.day()) == (q.month(), q.day()));
    let counts = result.measure.reading.kind == crate::normalise::Kind::Number && polarity == Polarity::Higher;
    let at = result.period.map(|day| format!(" al {day}")).unwrap_or_default();
    if whole || (below && counts) {
        let sign = if below { "peggiore del" } else { "non peggiore del" };
        return (Some(below), Some(format!("l'obiettivo «{b}» è {sign} risultato «{a}»{at}")));
    }
    (None, Some(format!("il risultato «{a}»{at} non è di un anno intero come l'obiettivo «{b}»")))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::super::Material;
    use super::super::plans::InMemory;
    use super::super::themes::of_plan;
    use super::*;
    use crate::normalise::entities;
    use crate::score::sample::{dated, indicator, plan, set_actual, set_target};
    use crate::score::{Policy, score};

    fn of_year(year: i16, kind: DocumentKind, indicators: Vec<Indicator>) -> Plan {
        let mut plan = plan(indicators);
        plan.card.entity = entities().first();
        plan.card.year = Some(year);
        plan.card.kind = kind;
        plan.card.document_id = format!("{year}-{}", kind.as_str());
        plan
    }

    fn of(plans: &[&Plan]) -> Vec<YearRow> {
        let read: Vec<_> =
            plans.iter().map(|plan| (*plan, score(plan, &Policy::default_policy()), of_plan(plan))).collect();
        let material: Vec<Material<'_>> =
            read.iter().map(|(plan, scores, themes)| Material { plan, scores, findings: 0, themes }).collect();
        let plans = InMemory::new(&material);
        let compared: Vec<usize> = (0..material.len()).collect();
        successions(&plans.outlines(), &compared).into_iter().flat_map(|of| years(&plans, of).unwrap()).collect()
    }

    fn named(code: &str, name: &str) -> Indicator {
        let mut one = indicator(code);
        one.name = name.to_owned();
        one
    }

    fn day(year: i16) -> Option<Date> {
        Some(Date::constant(year, 12, 31))
    }

    #[test]
    fn indicators_go_on_are_dropped_and_come() {
        let mut old = named("1", "Imprese coinvolte in attività di assessment");
        set_target(&mut old, day(2019), "100");
        set_actual(&mut old, day(2019), "130");
        let mut new = named("7", "numero imprese coinvolte in assessment");
        new.baseline = Some(dated(day(2019), "130", false));
        set_target(&mut new, day(2020), "120");
        let before = of_year(2019, DocumentKind::Report, vec![old, named("2", "Bollatura dei registri contabili")]);
        let after = of_year(2020, DocumentKind::Plan, vec![new, named("8", "Cespiti del laboratorio chimico")]);
        let rows = of(&[&after, &before]);
        let statuses: Vec<Status> = rows.iter().map(|row| row.status).collect();
        assert_eq!(statuses, [Status::Continued, Status::Dropped, Status::New]);
        assert_eq!((rows[0].baseline_is_result, rows[0].target_below_result), (Some(true), Some(true)));
        assert_eq!(
            rows[0].explanation,
            "il valore di partenza «130» è il risultato «130»; l'obiettivo «120» è peggiore del risultato «130» al 2019-12-31"
        );
    }

    #[test]
    fn half_a_year_is_no_whole_one() {
        let mut old = named("1", "Imprese coinvolte in assessment");
        set_actual(&mut old, Some(Date::constant(2019, 6, 30)), "60");
        let mut new = named("1", "Imprese coinvolte in assessment");
        set_target(&mut new, day(2020), "100");
        let (before, after) =
            (of_year(2019, DocumentKind::Monitoring, vec![old]), of_year(2020, DocumentKind::Plan, vec![new]));
        let rows = of(&[&before, &after]);
        assert_eq!(rows[0].target_below_result, None);
        assert!(rows[0].explanation.contains("non è di un anno intero"), "{}", rows[0].explanation);
    }

    #[test]
    fn documents_of_one_year_or_of_two_chambers_are_not_joined() {
        let one = of_year(2019, DocumentKind::Plan, vec![named("1", "Assessment digitali")]);
        let mut other = of_year(2020, DocumentKind::Plan, vec![named("1", "Assessment digitali")]);
        other.card.entity = entities().get(1);
        let same_year = of_year(2019, DocumentKind::Report, vec![named("1", "Assessment digitali")]);
        assert!(of(&[&one, &other, &same_year]).is_empty());
    }
}

//! How far each figure and name is to be trusted, once the whole document is known.
//!
//! The extract stage says how a text was found. Here what it holds, what stands beside it and what the document says elsewhere
//! are weighed in: a text that was cut or run together, a weight that is no figure, a row that lacks what its table's rows have,
//! weights that add up, an indicator that is told again.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::plan::{DatedMeasure, Indicator, Measure, Plan};
use super::value::Value;
use crate::extract::{Confidence, Lexicon, key};

/// A text that can't be whole, or holds more than its own.
const CUT: Confidence = Confidence::hundredths(50);

/// A text that may be the end of another.
const HEADLESS: Confidence = Confidence::hundredths(75);

/// A header among the values.
const HEADER: Confidence = Confidence::hundredths(30);

/// A weight or an achievement that is no figure.
const NO_FIGURE: Confidence = Confidence::hundredths(40);

/// Words where most documents have a figure.
const WORDS: Confidence = Confidence::hundredths(95);

/// Something beside it is missing or doubtful.
const NEIGHBOUR: Confidence = Confidence::hundredths(85);

/// Weights that don't add up.
const SUM: Confidence = Confidence::hundredths(90);

/// A line of the document's running text in the place of a name.
const NOT_A_NAME: Confidence = Confidence::hundredths(20);

/// Hundredths of the doubt that other evidence takes away: the weights of an objective add up, the same is told elsewhere.
const BACKED: u8 = 40;

/// Gives every measure and name of a plan its confidence.
pub(super) fn weigh(plan: &mut Plan, lexicon: &Lexicon) {
    for indicator in &mut plan.indicators {
        weigh_texts(indicator, lexicon);
    }
    weigh_shapes(plan);
    weigh_sums(plan);
    weigh_repetitions(plan);
    for indicator in &mut plan.indicators {
        weigh_neighbours(indicator);
    }
}

/// Every measure of an indicator.
fn measures(indicator: &mut Indicator) -> impl Iterator<Item = &mut Measure> {
    let dated = indicator.baseline.iter_mut().chain(&mut indicator.targets).chain(&mut indicator.actuals);
    let plain = indicator.weight.iter_mut().chain(&mut indicator.variance).chain(&mut indicator.achievement);
    dated.map(|d| &mut d.measure).chain(plain)
}

/// What the texts themselves tell.
fn weigh_texts(indicator: &mut Indicator, lexicon: &Lexicon) {
    for measure in measures(indicator) {
        measure.confidence = measure.confidence.and(text_confidence(&measure.raw, lexicon));
    }
    let dated = indicator.baseline.iter_mut().chain(&mut indicator.targets).chain(&mut indicator.actuals);
    for value in dated.filter(|v| v.measure.reading.value.is_none()) {
        value.measure.confidence = value.measure.confidence.and(WORDS);
    }
    let hundred = Decimal::from(100);
    if let Some(weight) = &mut indicator.weight
        && number(weight).is_none_or(|w| w < Decimal::ZERO || w > hundred)
    {
        weight.confidence = weight.confidence.and(NO_FIGURE);
    }
    for measure in indicator.variance.iter_mut().chain(&mut indicator.achievement).filter(|m| number(m).is_none()) {
        measure.confidence = measure.confidence.and(NO_FIGURE);
    }
    indicator.name_confidence = indicator.name_confidence.and(name_confidence(&indicator.name, lexicon));
}

fn number(measure: &Measure) -> Option<Decimal> {
    match measure.reading.value {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    }
}

/// How whole a value's text is.
fn text_confidence(raw: &str, lexicon: &Lexicon) -> Confidence {
    let words: Vec<String> = raw.split_whitespace().map(key).filter(|w| !w.is_empty()).collect();
    let mut confidence = Confidence::FULL;
    if raw.ends_with(':') || lexicon.field(raw).is_some() || raw.len() > 4 && key(&without_periods(raw)).is_empty() {
        confidence = confidence.and(HEADER);
    }
    if cut(raw, &words, lexicon) || repeats_itself(&words) || several_figures(raw) {
        confidence = confidence.and(CUT);
    }
    if raw.starts_with([')', ']', ',', ';', '.']) {
        confidence = confidence.and(HEADLESS);
    }
    confidence
}

/// The text without "al 30/6" and the like.
fn without_periods(raw: &str) -> String {
    let dated = |word: &str| word.contains('/') && word.chars().all(|c| c.is_ascii_digit() || c == '/');
    let words: Vec<&str> = raw.split_whitespace().collect();
    if !words.iter().any(|w| dated(w)) || !words.contains(&"al") {
        return raw.to_owned();
    }
    words.into_iter().filter(|w| !dated(w) && *w != "al").collect::<Vec<_>>().join(" ")
}

/// Whether a text ends in the middle: with a bracket open, a hyphen, or a word that joins it to the next.
fn cut(raw: &str, words: &[String], lexicon: &Lexicon) -> bool {
    let count = |c: char| raw.matches(c).count();
    let joins = words.len() > 1
        && words.last().is_some_and(|w| lexicon.phrases.joining.contains(w))
        && raw.ends_with(char::is_lowercase);
    let hyphen = words.len() > 1 && raw.ends_with(['-', '–', ',']);
    count('(') > count(')') || joins || hyphen
}

/// Whether two or more words come twice in the same order: two columns read as one.
fn repeats_itself(words: &[String]) -> bool {
    const RUN: usize = 2;
    let telling = |run: &[String]| run.iter().map(String::len).sum::<usize>() >= 8;
    words.windows(RUN).enumerate().any(|(at, run)| {
        telling(run) && words.get(at + RUN..).is_some_and(|rest| rest.windows(RUN).any(|other| other == run))
    })
}

/// Whether a text is nothing but several figures.
fn several_figures(raw: &str) -> bool {
    let words: Vec<&str> = raw.split_whitespace().collect();
    let figure = |w: &&str| w.starts_with(|c: char| c.is_ascii_digit()) && !w.contains(|c: char| c.is_alphabetic());
    words.len() > 1
        && words.iter().filter(|w| **w != "%").all(figure)
        && words.iter().filter(|w| **w != "%").count() > 1
}

/// How much a text looks like an indicator's name.
fn name_confidence(name: &str, lexicon: &Lexicon) -> Confidence {
    let words: Vec<String> = name.split_whitespace().map(key).filter(|w| !w.is_empty()).collect();
    let mut confidence = Confidence::FULL;
    if words.is_empty() {
        return NO_FIGURE;
    }
    if Lexicon::starts_with(name, &lexicon.phrases.monitoring) || !name.chars().any(char::is_alphabetic) {
        confidence = confidence.and(NOT_A_NAME);
    }
    if cut(name, &words, lexicon) {
        confidence = confidence.and(CUT);
    }
    if name.starts_with(|c: char| c.is_lowercase()) || name.starts_with([')', ']', ',', ';', '.', '-']) {
        confidence = confidence.and(HEADLESS);
    }
    confidence
}

/// An indicator that lacks what nearly all others of its document have: what it has may stand in the wrong place.
fn weigh_shapes(plan: &mut Plan) {
    // Fields as bits: weight, baseline, target, revised target, actual, variance, achievement.
    let shape = |i: &Indicator| -> u32 {
        let has = |values: &[DatedMeasure], revised| values.iter().any(|v| v.revised == revised);
        [
            i.weight.is_some(),
            i.baseline.is_some(),
            has(&i.targets, false),
            i.targets.len() > 1,
            !i.actuals.is_empty(),
            i.variance.is_some(),
            i.achievement.is_some(),
        ]
        .iter()
        .enumerate()
        .fold(0, |bits, (at, &set)| bits | u32::from(set) << at)
    };
    let shapes: Vec<u32> = plan.indicators.iter().map(shape).collect();
    let mut by_objective: HashMap<Option<usize>, Vec<u32>> = HashMap::new();
    for (indicator, shape) in plan.indicators.iter().zip(&shapes) {
        by_objective.entry(indicator.objective).or_default().push(*shape);
    }
    let usual = |shapes: &[u32], tenths: usize| {
        (0..7).fold(0, |bits, at| {
            let with = shapes.iter().filter(|s| *s >> at & 1 == 1).count();
            bits | u32::from(shapes.len() > 2 && with * 10 >= shapes.len() * tenths) << at
        })
    };
    let everywhere = usual(&shapes, 9);
    for (indicator, shape) in plan.indicators.iter_mut().zip(&shapes) {
        let here = by_objective.get(&indicator.objective).map_or(0, |shapes| usual(shapes, 7));
        if (everywhere | here) & !shape != 0 {
            indicator.name_confidence = indicator.name_confidence.and(NEIGHBOUR);
            measures(indicator).for_each(|m| m.confidence = m.confidence.and(NEIGHBOUR));
        }
    }
}

/// Weights of an objective that add up to the whole back each other; those that don't are in doubt.
fn weigh_sums(plan: &mut Plan) {
    let mut sums: HashMap<usize, (Decimal, bool)> = HashMap::new();
    for indicator in plan.indicators.iter().filter(|i| i.same_as.is_none()) {
        let Some(objective) = indicator.objective else { continue };
        let (sum, all) = sums.entry(objective).or_insert((Decimal::ZERO, true));
        match indicator.weight.as_ref().and_then(number) {
            Some(weight) => *sum += weight,
            None => *all = false,
        }
    }
    let whole = |sum: Decimal| (sum - Decimal::from(100)).abs() <= Decimal::ONE || sum == Decimal::ONE;
    for indicator in &mut plan.indicators {
        let Some((sum, all)) = indicator.objective.and_then(|o| sums.get(&o)) else { continue };
        let Some(weight) = &mut indicator.weight else { continue };
        weight.confidence =
            if *all && whole(*sum) { weight.confidence.backed(BACKED) } else { weight.confidence.and(SUM) };
    }
}

/// What the document tells twice, alike, is surer than what it tells once.
fn weigh_repetitions(plan: &mut Plan) {
    let told_again: Vec<String> = plan.indicators.iter().filter_map(|i| i.same_as.clone()).collect();
    for indicator in &mut plan.indicators {
        if indicator.same_as.is_some() || told_again.contains(&indicator.indicator_id) {
            indicator.name_confidence = indicator.name_confidence.backed(BACKED);
            let dated = indicator.targets.iter_mut().chain(&mut indicator.actuals);
            dated.for_each(|d| d.measure.confidence = d.measure.confidence.backed(BACKED));
        }
    }
}

/// Where one text of a row is cut or run together, the ones beside it may have lost or gained what it has too much or too little.
fn weigh_neighbours(indicator: &mut Indicator) {
    let doubtful = |c: Confidence| c <= CUT;
    if measures(indicator).any(|m| doubtful(m.confidence)) || doubtful(indicator.name_confidence) {
        measures(indicator)
            .filter(|m| !doubtful(m.confidence))
            .for_each(|m| m.confidence = m.confidence.and(NEIGHBOUR));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample;

    fn text(raw: &str) -> Confidence {
        text_confidence(raw, Lexicon::shipped())
    }

    #[test]
    fn whole_texts_are_trusted() {
        for raw in [
            "40",
            "≥ 90%",
            "15,00%",
            "3 riunioni (almeno)",
            "entro il 31/12/2021",
            "1.798",
            "85 %",
            "SI",
            "al 30/6 il 50%",
        ] {
            assert_eq!(text(raw), Confidence::FULL, "{raw}");
        }
    }

    #[test]
    fn cut_and_run_together_texts_are_not() {
        for raw in [
            "Avvio del servizio con un'agenzia pilota e",
            "energia media annua (salvo",
            "40 100 120",
            "esame di un campione di esame di un campione di almeno 2.500",
        ] {
            assert_eq!(text(raw), CUT, "{raw}");
        }
        assert_eq!(text("al 30/6 al 31/12"), HEADER);
        assert_eq!(text("riferimento:"), HEADER);
    }

    #[test]
    fn a_sentence_on_the_state_of_affairs_is_no_name() {
        assert_eq!(name_confidence("monitoraggio semestrale in linea", Lexicon::shipped()), NOT_A_NAME.and(HEADLESS));
        assert_eq!(name_confidence("Numero di eventi", Lexicon::shipped()), Confidence::FULL);
    }

    #[test]
    fn a_row_that_lacks_what_the_others_have_is_in_doubt() {
        let mut indicators: Vec<Indicator> = (1..=9).map(|i| sample::indicator(&i.to_string())).collect();
        for indicator in indicators.iter_mut().skip(1) {
            sample::set_target(indicator, None, "5");
        }
        indicators[0].weight = Some(sample::measure("40%"));
        let mut plan = sample::plan(indicators);
        weigh_shapes(&mut plan);
        assert_eq!(plan.indicators[0].weight.as_ref().map(|w| w.confidence), Some(Confidence::FULL));
        let mut more: Vec<Indicator> = plan.indicators.clone();
        more.push(plan.indicators[8].clone());
        plan.indicators = more;
        weigh_shapes(&mut plan);
        assert_eq!(plan.indicators[0].weight.as_ref().map(|w| w.confidence), Some(NEIGHBOUR));
        assert_eq!(plan.indicators[1].targets[0].measure.confidence, Confidence::FULL);
    }
}

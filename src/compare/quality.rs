//! How well a document plans: what its indicators are of, how far they can be checked, how hard they were set.
//!
//! Indicators that a document repeats count once, as in [`super::measures`].

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::Material;
use super::measures::Figure;
use super::sides::{Quantity, number};
use super::themes::{ThemeOf, themes};
use super::weights::shares;
use crate::extract::{ScaleKind, key};
use crate::normalise::{DatedMeasure, Indicator, Kind, Plan, Polarity};
use crate::score::{Basis, Subject};

/// Times a target from which its result shows that it was planned too low, in percent.
const EXCEEDED: Decimal = Decimal::from_parts(150, 0, 0, false, 0);

/// A measure's name, label, theme and figure.
pub(super) type Measured = (&'static str, &'static str, Option<&'static str>, Figure);

/// What the types of indicators are called, with what tells them at the beginning of a printed type.
const TYPES: [(&str, &str, &str); 4] = [
    ("type_effectiveness", "Indicatori di efficacia", "efficac"),
    ("type_efficiency", "Indicatori di efficienza", "efficien"),
    ("type_quality", "Indicatori di qualità", "qualit"),
    ("type_economy", "Indicatori di economicità", "econom"),
];

/// All measures of one document.
pub(super) fn measures(document: &Material<'_>) -> Vec<Measured> {
    let plan = document.plan;
    let once: Vec<(usize, &Indicator)> =
        plan.indicators.iter().enumerate().filter(|(_, indicator)| indicator.same_as.is_none()).collect();
    let count = |fits: &dyn Fn(&Indicator) -> bool| size(once.iter().filter(|(_, indicator)| fits(indicator)).count());
    let all = size(once.len());
    let mut out: Vec<Measured> = Vec::new();
    let mut put = |name, label, figure| out.push((name, label, None, figure));
    let mut objectives: Vec<usize> = once.iter().filter_map(|(_, indicator)| indicator.objective).collect();
    objectives.sort_unstable();
    objectives.dedup();
    put(
        "indicators_per_objective",
        "Indicatori per obiettivo",
        Figure::Ratio(Decimal::from(all), size(objectives.len())),
    );
    for (name, label, start) in TYPES {
        let n = count(&|indicator| indicator.types.iter().any(|own| key(own).starts_with(start)));
        put(name, label, Figure::Share(n, all));
    }
    put("type_none", "Indicatori senza tipo stampato", Figure::Share(count(&|i| i.types.is_empty()), all));
    let only = |kind: Kind| {
        move |indicator: &Indicator| {
            let mut given = indicator.targets.iter().map(|t| t.measure.reading.kind).filter(|k| *k != Kind::Missing);
            given.next().is_some_and(|first| first == kind) && given.all(|next| next == kind)
        }
    };
    put("target_text", "Indicatori con un obiettivo solo a parole", Figure::Share(count(&only(Kind::Text)), all));
    put("target_date", "Indicatori con una data per obiettivo", Figure::Share(count(&only(Kind::Date)), all));
    put(
        "with_intermediate",
        "Indicatori con un obiettivo intermedio nell'anno",
        Figure::Share(count(&intermediate), all),
    );
    let (worse, both) = not_above_baseline(&once);
    put("not_above_baseline", "Obiettivi non migliori del valore di partenza", Figure::Share(worse, both));
    let (weights, sections) = shares(plan);
    put("weight_top_fifth", "Peso del quinto di indicatori più pesante", Figure::Mean(top_fifth(&weights), sections));
    let achieved = achievements(document);
    let middle = median(achieved.values().copied().collect());
    put("median_achievement", "Grado di realizzazione mediano degli indicatori", Figure::Percent(middle));
    let (exceeded, compared) = exceeded(document, &once);
    put("exceeded", "Risultati almeno del 150% dell'obiettivo", Figure::Share(exceeded, compared));
    let findings = Figure::PerHundred(document.findings, all);
    put("findings_per_100", "Rilievi ogni 100 indicatori", findings);
    scale(document, once.len(), &mut put);
    out.extend(by_theme(document.plan, &achieved, document.themes, (&weights, sections)));
    out
}

/// Two targets of one year: how far it should be at half of it can be checked.
fn intermediate(indicator: &Indicator) -> bool {
    let days: Vec<_> = indicator.targets.iter().filter_map(|target| target.period).collect();
    days.iter().any(|day| days.iter().any(|other| day.year() == other.year() && day < other))
}

/// How many targets are no better than the baseline, of how many that can be compared with it.
fn not_above_baseline(once: &[(usize, &Indicator)]) -> (u32, u32) {
    let compared = once.iter().filter_map(|(_, indicator)| {
        let baseline = indicator.baseline.as_ref()?;
        let target = indicator.targets.last()?;
        if baseline.measure.reading.kind != target.measure.reading.kind {
            return None;
        }
        let (start, goal) = (number(baseline)?, number(target)?);
        Some(match indicator.polarity {
            Polarity::Higher => goal <= start,
            Polarity::Lower => goal >= start,
        })
    });
    let compared: Vec<bool> = compared.collect();
    (size(compared.iter().filter(|worse| **worse).count()), size(compared.len()))
}

/// The sum, in percent points over all sections, of the heaviest fifth of the weights, rounded up.
fn top_fifth(weights: &[Option<Decimal>]) -> Decimal {
    let mut given: Vec<Decimal> = weights.iter().copied().flatten().collect();
    given.sort_unstable_by(|a, b| b.cmp(a));
    let sum: Decimal = given.iter().take(given.len().div_ceil(5)).sum();
    sum * Decimal::ONE_HUNDRED
}

/// The computed values of the document's indicators on its main day, by the indicators' ids; repeated indicators left out.
fn achievements<'a>(document: &Material<'a>) -> HashMap<&'a str, Decimal> {
    let scores = document.scores;
    let main = scores.scores.iter().filter(|score| {
        score.subject == Subject::Indicator && score.basis == Basis::Recomputed && score.period == scores.period
    });
    let values: HashMap<&str, Decimal> = main.filter_map(|s| Some((s.subject_id.as_str(), s.value?))).collect();
    let once = document.plan.indicators.iter().filter(|indicator| indicator.same_as.is_none());
    once.filter_map(|i| Some((i.indicator_id.as_str(), *values.get(i.indicator_id.as_str())?))).collect()
}

fn median(mut sorted: Vec<Decimal>) -> Option<Decimal> {
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle).copied()?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    upper.checked_add(*sorted.get(middle.checked_sub(1)?)?)?.checked_div(Decimal::TWO)
}

/// How many results are half as good again as their target, of how many that can be compared with it on the main day.
fn exceeded(document: &Material<'_>, once: &[(usize, &Indicator)]) -> (u32, u32) {
    let day = document.scores.period;
    let at = |values: &[DatedMeasure]| values.iter().rfind(|value| value.period == day).cloned();
    let percent = once.iter().filter_map(|(_, indicator)| {
        let (target, actual) = (at(&indicator.targets)?, at(&indicator.actuals)?);
        if target.measure.reading.kind != actual.measure.reading.kind || Quantity::of(indicator) == Quantity::None {
            return None;
        }
        let (goal, result) = (number(&target)?, number(&actual)?);
        let (part, whole) = match indicator.polarity {
            Polarity::Higher => (result, goal),
            Polarity::Lower => (goal, result),
        };
        // Against a target of nothing no result can be measured.
        if goal <= Decimal::ZERO || result < Decimal::ZERO {
            return None;
        }
        // Nothing at all where less is better is as good as it gets.
        Some(if whole.is_zero() { EXCEEDED } else { part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)? })
    });
    let percent: Vec<Decimal> = percent.collect();
    (size(percent.iter().filter(|percent| **percent >= EXCEEDED).count()), size(percent.len()))
}

/// How large the chamber is, where the document says so, and what that makes of its figures.
fn scale(document: &Material<'_>, once: usize, put: &mut dyn FnMut(&'static str, &'static str, Figure)) {
    let of = |kind| document.plan.scale.iter().find(|scale| scale.kind == kind).map(|scale| scale.value);
    let (enterprises, employees) = (of(ScaleKind::Enterprises), of(ScaleKind::Employees));
    put("enterprises", "Imprese registrate, come le dichiara il documento", Figure::Stated(enterprises));
    put("employees", "Dipendenti, come li dichiara il documento", Figure::Stated(employees));
    let whole = |value: Option<Decimal>| value.and_then(|value| u32::try_from(value).ok());
    if let (Some(enterprises), Some(people)) = (enterprises, whole(employees)) {
        put("enterprises_per_employee", "Imprese registrate per dipendente", Figure::Ratio(enterprises, people));
    }
    if let Some(people) = whole(employees) {
        let figure = Figure::PerHundred(once, people);
        put("indicators_per_100_staff", "Indicatori ogni 100 dipendenti", figure);
    }
}

/// Share of indicators, weight and mean achievement of each theme that the document has.
fn by_theme(
    plan: &Plan,
    achieved: &HashMap<&str, Decimal>,
    of: &[ThemeOf],
    (weights, sections): (&[Option<Decimal>], u32),
) -> Vec<Measured> {
    let all = size(plan.indicators.iter().filter(|indicator| indicator.same_as.is_none()).count());
    let mut out = Vec::new();
    for theme in themes() {
        let own: Vec<usize> = plan
            .indicators
            .iter()
            .zip(of)
            .enumerate()
            .filter(|(_, (i, of))| i.same_as.is_none() && of.theme.is_some_and(|own| own.id == theme.id))
            .map(|(index, _)| index)
            .collect();
        if own.is_empty() {
            continue;
        }
        let weight: Decimal = own.iter().filter_map(|index| *weights.get(*index)?).sum();
        let values: Vec<&Decimal> =
            own.iter().filter_map(|index| achieved.get(plan.indicators.get(*index)?.indicator_id.as_str())).collect();
        let mut put = |name, label, figure| out.push((name, label, Some(theme.id.as_str()), figure));
        put("theme_indicators", "Indicatori del tema", Figure::Share(size(own.len()), all));
        put("theme_weight", "Peso del tema", Figure::Mean(weight * Decimal::ONE_HUNDRED, sections));
        let mean = Figure::Mean(values.iter().copied().sum(), size(values.len()));
        put("theme_achievement", "Grado di realizzazione medio del tema", mean);
    }
    out
}

fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::super::themes::of_plan;
    use super::*;
    use crate::normalise::Scale;
    use crate::score::sample::{dated, indicator, objective, plan, set_actual, set_target};
    use crate::score::{Policy, score};

    const HALF: Option<Date> = Some(Date::constant(2019, 6, 30));
    const END: Option<Date> = Some(Date::constant(2019, 12, 31));

    fn value(plan: &Plan, name: &str, theme: Option<&str>) -> Option<(Decimal, Option<u32>)> {
        let scores = score(plan, &Policy::default_policy());
        let measured = measures(&Material { plan, scores: &scores, findings: 0, themes: &of_plan(plan) });
        let (.., figure) = measured.into_iter().find(|(own, _, of, _)| *own == name && *of == theme)?;
        let (_, value, _, denominator) = figure.parts();
        Some((value?.round_dp(2), denominator))
    }

    fn sample() -> Plan {
        let rows = [
            ("1", "Visite ispettive", "10", "20", "8", "efficacia esterna"),
            ("2", "Strumenti metrologici", "10", "10", "10", "Efficienza"),
            ("3", "Eventi sul turismo", "50%", "40%", "-", "qualità"),
            ("4", "Presenze turistiche", "Nuovo portale", "fatto", "-", ""),
        ];
        let mut list = Vec::new();
        for (code, name, target, actual, baseline, of_type) in rows {
            let mut one = indicator(code);
            one.name = name.to_owned();
            one.objective = Some(0);
            set_target(&mut one, END, target);
            set_actual(&mut one, END, actual);
            one.baseline = Some(dated(None, baseline, false));
            one.types = (!of_type.is_empty()).then(|| of_type.to_owned()).into_iter().collect();
            list.push(one);
        }
        list[0].targets.insert(0, dated(HALF, "4", false));
        let mut plan = plan(list);
        plan.objectives.push(objective("1"));
        plan
    }

    #[test]
    fn shares_of_types_and_targets() {
        let plan = sample();
        let share = |name| value(&plan, name, None);
        let quarter = Some((Decimal::from(25), Some(4)));
        assert_eq!(share("indicators_per_objective"), Some((Decimal::from(4), Some(1))));
        for name in
            ["type_effectiveness", "type_efficiency", "type_quality", "type_none", "target_text", "with_intermediate"]
        {
            assert_eq!(share(name), quarter, "{name}");
        }
        assert_eq!(share("not_above_baseline"), Some((Decimal::from(50), Some(2))));
        assert_eq!(share("exceeded"), Some((Decimal::new(3333, 2), Some(3))));
        assert_eq!(share("weight_top_fifth"), Some((Decimal::from(25), Some(1))));
        assert_eq!(share("median_achievement"), Some((Decimal::from(100), None)));
        assert_eq!(share("findings_per_100"), Some((Decimal::ZERO, Some(4))));
    }

    #[test]
    fn themes_have_weight_and_achievement() {
        let plan = sample();
        assert_eq!(value(&plan, "theme_weight", Some("mercato")), Some((Decimal::from(50), Some(1))));
        assert_eq!(value(&plan, "theme_achievement", Some("mercato")), Some((Decimal::from(100), Some(2))));
        assert_eq!(value(&plan, "theme_achievement", Some("turismo")), Some((Decimal::from(80), Some(1))));
        assert_eq!(value(&plan, "theme_weight", Some("crisi")), None);
    }

    #[test]
    fn the_size_of_a_chamber_scales_its_figures() {
        let mut plan = sample();
        let scale = |kind, value: i64| Scale {
            kind,
            value: value.into(),
            day: None,
            raw: String::new(),
            source: crate::document::Source::default(),
        };
        plan.scale = vec![scale(ScaleKind::Enterprises, 117_576), scale(ScaleKind::Employees, 137)];
        assert_eq!(value(&plan, "enterprises", None), Some((Decimal::from(117_576), None)));
        assert_eq!(value(&plan, "enterprises_per_employee", None), Some((Decimal::new(85_822, 2), Some(137))));
        assert_eq!(value(&plan, "indicators_per_100_staff", None), Some((Decimal::new(292, 2), Some(137))));
    }

    #[test]
    fn medians_of_even_numbers_lie_between() {
        let of = |values: &[i64]| median(values.iter().map(|v| Decimal::from(*v)).collect());
        assert_eq!((of(&[]), of(&[3, 1, 2]), of(&[1, 4])), (None, Some(2.into()), Some(Decimal::new(25, 1))));
    }
}

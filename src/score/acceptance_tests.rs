//! A published calculation table: 31 indicators in 18 groups with points, whose result is 98,61.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::sample::{dated, group, indicator, measure, objective, plan, published, set_actual, set_target};
use super::*;
use crate::extract::AggregateKind;

const END: Option<Date> = Some(Date::constant(2019, 12, 31));

/// Objective, indicator, target, actual, weight, printed achievement; and on the first row of each group its printed
/// achievement (A), points available (B) and points (A × B).
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<(&'static str, &'static str, &'static str)>,
);

#[rustfmt::skip]
const ROWS: [Row; 31] = [
    ("1.1", "1", ">= 1", "1", "50", "100%", Some(("100%", "4,33", "4,33"))),
    ("1.1", "2", ">= 100", "964", "50", "100%", None),
    ("1.2", "3", "= 100%", "100%", "100", "100%", Some(("100%", "8", "8"))),
    ("1.3", "4", "= 100%", "100%", "100", "100%", Some(("100%", "8", "8"))),
    ("1.4", "5", ">= 6", "8", "100", "100%", Some(("100%", "4,33", "4,33"))),
    ("1.5", "6", ">= 4", "13", "50", "100%", Some(("100%", "4,33", "4,33"))),
    ("1.5", "7", ">= 3,5", "4,35", "50", "100%", None),
    ("1.6", "8", ">= 10", "37", "50", "100%", Some(("100%", "4,33", "4,33"))),
    ("1.6", "9", ">= 3,5", "4,27", "50", "100%", None),
    ("1.7", "10", ">= 2", "5", "100", "100%", Some(("100%", "4,33", "4,33"))),
    ("2.1", "11", ">= 4", "14", "100", "100%", Some(("100%", "4,33", "4,33"))),
    ("2.2", "12", "= 100%", "100%", "50", "100%", Some(("100%", "8", "8"))),
    ("2.2", "13", ">= 4", "13", "50", "100%", None),
    ("3.1", "14", ">= 75%", "54,47%", "100", "72,63%", Some(("72,63%", "4,33", "3,14"))),
    ("3.2", "15", ">= 8", "44", "50", "100%", Some(("100%", "4,33", "4,33"))),
    ("3.2", "16", ">= 3,5", "4,50", "50", "100%", None),
    ("3.3", "17", "si", "SI", "50", "100%", Some(("100%", "4,33", "4,33"))),
    ("3.3", "18", "<= 90", "67", "50", "100%", None),
    ("3.4", "19", ">= 8", "> 8", "50", "100%", Some(("100%", "4,33", "4,33"))),
    ("3.4", "20", "si", "SI", "50", "100%", None),
    ("3.5", "21", ">= 15", "33", "50", "100%", Some(("100%", "4,33", "4,33"))),
    ("3.5", "22", ">= 3,5", "4,80", "50", "100%", None),
    ("4.1", "23", "10-15", "19", "50", "100%", Some(("100%", "8", "8"))),
    ("4.1", "24", "= 100%", "100%", "50", "100%", None),
    ("4.1", "25", ">= 3", "12", "100", "100%", Some(("100%", "8", "8"))),
    ("6.1", "26", ">= 80%", "98,7%", "40", "100%", Some(("97,90%", "8", "7,832"))),
    ("6.3", "27", "<= 5 gg", "2,3", "30", "100%", None),
    ("2.2", "28", "= 100%", "93%", "30", "93%", None),
    ("5.2", "29", ">= 2", "4", "30", "100%", Some(("100%", "4,33", "4,33"))),
    ("5.2", "30", ">= 3", "10", "30", "100%", None),
    ("1.10", "31", "= 300.000", "676.433,56", "40", "100%", None),
];

fn calculation_table() -> Plan {
    let mut table = plan(Vec::new());
    for (code, number, target, actual, weight, achievement, result) in ROWS {
        if let Some((achievement, available, points)) = result {
            table.groups.push(group(achievement, available, points));
        }
        let position =
            table.objectives.iter().position(|known| known.code.as_deref() == Some(code)).unwrap_or_else(|| {
                table.objectives.push(objective(code));
                table.objectives.len() - 1
            });
        let mut row = indicator(number);
        row.objective = Some(position);
        row.group = Some(table.groups.len() - 1);
        row.weight = Some(measure(weight));
        row.achievement = Some(measure(achievement));
        set_target(&mut row, END, target);
        set_target(&mut row, Some(Date::constant(2020, 12, 31)), target);
        set_actual(&mut row, END, actual);
        table.indicators.push(row);
    }
    table.published.push(published(AggregateKind::Entity, "Performance raggiunta", None, "98,61%"));
    table
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn of(scores: &Scores, subject: Subject) -> Vec<&Score> {
    scores.scores.iter().filter(|score| score.subject == subject).collect()
}

#[test]
fn the_published_result_is_recomputed_from_targets_actuals_weights_and_points() {
    let scores = score(&calculation_table(), &Policy::default_policy());
    let entity = of(&scores, Subject::Entity);
    assert_eq!(entity.len(), 2);
    let recomputed = entity[0];
    assert_eq!(recomputed.basis, Basis::Recomputed);
    assert_eq!(recomputed.value.map(|value| value.round_dp(4)), Some(decimal("98.6067")));
    assert_eq!((recomputed.points_max, recomputed.coverage), (Some(decimal("99.96")), 100.into()));
    assert_eq!((recomputed.published, recomputed.difference), (Some(decimal("98.61")), Some(decimal("0.00"))));
    assert!(recomputed.explanation.contains("= 98,6067 punti su 99,96 disponibili"), "{}", recomputed.explanation);
    let printed = entity[1];
    assert_eq!(printed.basis, Basis::PrintedPoints);
    assert_eq!(printed.value, Some(decimal("98.602")));
    assert_eq!((printed.published, printed.difference), (Some(decimal("98.61")), Some(decimal("-0.01"))));
}

#[test]
fn groups_span_objectives_and_agree_with_their_printed_results() {
    let scores = score(&calculation_table(), &Policy::default_policy());
    let groups = of(&scores, Subject::Group);
    assert_eq!(groups.len(), 18);
    assert!(groups.iter().all(|group| group.difference.is_some_and(|difference| difference.is_zero())));
    let spanning = groups.iter().find(|group| group.label == "Indicatori 26, 27, 28").unwrap();
    assert_eq!((spanning.value, spanning.points), (Some(decimal("97.90")), Some(decimal("7.832"))));
    assert_eq!(
        spanning.explanation,
        "(100 × 40 + 100 × 30 + 93 × 30) / 100 = 97,90; punti: 97,90 × 8 / 100 = 7,832, stampati \"7,832\""
    );
}

#[test]
fn every_indicator_agrees_with_its_printed_achievement() {
    let scores = score(&calculation_table(), &Policy::default_policy());
    let indicators = of(&scores, Subject::Indicator);
    assert_eq!(indicators.len(), 31);
    assert!(indicators.iter().all(|score| score.difference.is_some_and(|difference| difference.is_zero())));
    let missed = indicators.iter().find(|score| score.published == Some(decimal("72.63"))).unwrap();
    assert_eq!(missed.value.map(|value| value.round_dp(2)), Some(decimal("72.63")));
    assert!(indicators.iter().all(|score| score.policy == "default" && score.period == END));
}

#[test]
fn a_group_without_result_leaves_its_points_to_the_others() {
    let mut table = calculation_table();
    table.indicators[2].actuals.clear();
    let scores = score(&table, &Policy::default_policy());
    let entity = of(&scores, Subject::Entity)[0];
    // 90.60673 points of 91.96, brought to 99.96.
    assert_eq!(entity.value.map(|value| value.round_dp(4)), Some(decimal("98.4890")));
    assert_eq!(entity.coverage.round_dp(2), decimal("92.00"));
    assert!(entity.explanation.contains("1 gruppo senza punteggio"), "{}", entity.explanation);
}

#[test]
fn repeated_indicators_count_once() {
    let mut one = indicator("1");
    set_target(&mut one, END, "10");
    set_actual(&mut one, END, "5");
    one.objective = Some(0);
    let mut again = one.clone();
    again.indicator_id.push_str("-bis");
    again.same_as = Some(one.indicator_id.clone());
    again.objective = Some(1);
    let mut other = indicator("2");
    set_target(&mut other, END, "10");
    set_actual(&mut other, END, "10");
    other.objective = Some(2);
    let mut plan = plan(vec![one, again, other]);
    plan.objectives = ["A", "B", "C"].map(objective).to_vec();
    let scores = score(&plan, &Policy::default_policy());
    assert_eq!(of(&scores, Subject::Indicator).len(), 3);
    assert_eq!(of(&scores, Subject::Objective)[1].value, Some(50.into()));
    let entity = of(&scores, Subject::Entity)[0];
    assert_eq!(entity.value, Some(75.into()));
    assert!(entity.explanation.contains("1 obiettivo già contato"), "{}", entity.explanation);
}

#[test]
fn objectives_make_owners_and_sections_by_their_weights() {
    let mut plan = plan(Vec::new());
    for (index, (code, weight, revised, actual)) in
        [("A", "80", Some("50"), "10"), ("B", "20", None, "5")].into_iter().enumerate()
    {
        let mut objective = objective(code);
        objective.owner = Some("Dirigente".to_owned());
        objective.section = Some("Area Servizi".to_owned());
        objective.weight = Some(measure(weight));
        objective.revised_weight = revised.map(measure);
        plan.objectives.push(objective);
        let mut one = indicator(code);
        one.objective = Some(index);
        set_target(&mut one, END, "10");
        set_actual(&mut one, END, actual);
        plan.indicators.push(one);
    }
    plan.published.push(published(AggregateKind::Area, "performance di area Servizi", None, "85,7%"));
    let scores = score(&plan, &Policy::default_policy());
    // (100 × 50 + 50 × 20) / 70
    let owner = of(&scores, Subject::Owner)[0];
    assert_eq!(
        (owner.subject_id.as_str(), owner.value.map(|v| v.round_dp(2))),
        ("prova-2019-relazione/#owner/dirigente", Some(decimal("85.71")))
    );
    let section = of(&scores, Subject::Section)[0];
    assert_eq!((section.published, section.difference), (Some(decimal("85.7")), Some(decimal("0.0"))));
    let first = score(&plan, &Policy { use_revised: false, ..Policy::default_policy() });
    assert_eq!(of(&first, Subject::Owner)[0].value, Some(90.into()));
}

#[test]
fn published_areas_are_the_plain_means_of_their_published_sectors() {
    let mut plan = plan(Vec::new());
    for (kind, name, within, raw) in [
        (AggregateKind::Sector, "Settore A", Some("STAFF"), "100%"),
        (AggregateKind::Sector, "Settore B", Some("STAFF"), "98%"),
        (AggregateKind::Area, "performance di area STAFF", None, "99,0%"),
        (AggregateKind::Sector, "Settore C", Some("SERVIZI"), "90%"),
        (AggregateKind::Area, "performance di area SERVIZI", Some("SERVIZI"), "100,0%"),
    ] {
        plan.published.push(published(kind, name, within, raw));
    }
    let scores = score(&plan, &Policy::default_policy());
    let sections = of(&scores, Subject::Section);
    assert_eq!(sections.len(), 5);
    let areas: Vec<_> = sections.iter().filter(|score| score.basis == Basis::PrintedMean).collect();
    assert_eq!((areas[0].value, areas[0].difference), (Some(99.into()), Some(decimal("0.0"))));
    assert_eq!((areas[1].value, areas[1].difference), (Some(90.into()), Some(decimal("-10.0"))));
    assert!(sections[0].gap == Some(Gap::NoParts) && sections[0].published == Some(100.into()));
}

#[test]
fn a_text_target_carries_the_published_figure() {
    let mut one = indicator("1");
    set_target(&mut one, END, "Predisposizione del regolamento");
    set_actual(&mut one, END, "si");
    one.achievement = Some(measure("100%"));
    let scores = score(&plan(vec![one]), &Policy::default_policy());
    let row = &scores.scores[0];
    assert_eq!((row.value, row.gap, row.published), (None, Some(Gap::NotComparable), Some(100.into())));
    assert!(row.explanation.ends_with("il documento pubblica \"100%\""), "{}", row.explanation);
    let entity = of(&scores, Subject::Entity)[0];
    assert_eq!((entity.gap, entity.coverage), (Some(Gap::NoParts), Decimal::ZERO));
}

#[test]
fn a_half_year_report_is_scored_for_the_half_year() {
    let half = Some(Date::constant(2019, 6, 30));
    let mut one = indicator("1");
    set_target(&mut one, half, "15");
    set_target(&mut one, END, "20");
    one.targets.push(dated(END, "11", true));
    set_actual(&mut one, half, "11");
    let mut two = indicator("2");
    set_target(&mut two, half, "-");
    set_target(&mut two, END, "20");
    set_actual(&mut two, half, "38");
    let scores = score(&plan(vec![one, two]), &Policy::default_policy());
    assert_eq!(scores.scores[0].value.map(|value| value.round_dp(2)), Some(decimal("73.33")));
    assert_eq!(scores.scores[1].gap, Some(Gap::NoTarget));
    let entity = of(&scores, Subject::Entity)[0];
    assert_eq!((entity.period, entity.coverage), (half, 50.into()));
}

#[test]
fn references_in_a_circle_end() {
    let mut one = indicator("1");
    let mut two = indicator("2");
    (one.same_as, two.same_as) = (Some(two.indicator_id.clone()), Some(one.indicator_id.clone()));
    set_target(&mut one, END, "1");
    set_actual(&mut one, END, "1");
    assert!(!score(&plan(vec![one, two]), &Policy::default_policy()).scores.is_empty());
}

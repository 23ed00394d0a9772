use jiff::civil::Date;

use super::*;
use crate::normalise::Indicator;
use crate::score::sample::{indicator, measure, objective, plan, set_actual, set_target};
use crate::score::{Scores, score};

const HALF: Option<Date> = Some(Date::constant(2019, 6, 30));
const END: Option<Date> = Some(Date::constant(2019, 12, 31));

fn printed(target: &str, actual: &str, achievement: &str) -> Indicator {
    let mut one = indicator("1");
    set_target(&mut one, END, target);
    set_actual(&mut one, END, actual);
    one.achievement = Some(measure(achievement));
    one
}

fn scored(indicators: Vec<Indicator>) -> Scores {
    score(&plan(indicators), &Policy::default_policy())
}

fn cause_of(target: &str, actual: &str, achievement: &str) -> Cause {
    scored(vec![printed(target, actual, achievement)]).scores[0].cause.clone().unwrap()
}

#[test]
fn each_choice_is_found_by_its_figure() {
    for (target, actual, achievement, kind, said) in [
        ("10", "12", "100%", CauseKind::Agrees, "coincide"),
        ("10", "12", "120%", CauseKind::Cap, "senza tetto"),
        ("10", "20", "150%", CauseKind::Cap, "con un tetto a 150"),
        ("3", "2", "66,66%", CauseKind::Rounding, "troncato"),
        ("= 10", "12", "0%", CauseKind::Equality, "uguaglianza"),
        ("10-15", "19", "78,95%", CauseKind::OtherRule, "il rapporto con l'estremo"),
        ("<= 10", "12", "80%", CauseKind::OtherRule, "in proporzione"),
        ("10", "5", "0,5", CauseKind::Scale, "quota di 1"),
        ("10", "5", "37%", CauseKind::Mistake, "probabile errore"),
        ("10", "5", "raggiunto", CauseKind::NoFigure, "non è una cifra"),
        ("Regolamento", "si", "100%", CauseKind::NotComputed, "non sono grandezze"),
    ] {
        let cause = cause_of(target, actual, achievement);
        assert_eq!(cause.kind, kind, "{target}, {actual}, {achievement}: {}", cause.text);
        assert!(cause.text.contains(said), "{}", cause.text);
    }
}

#[test]
fn nothing_published_has_no_cause() {
    let mut one = printed("10", "5", "50%");
    one.achievement = None;
    assert_eq!(scored(vec![one]).scores[0].cause, None);
}

#[test]
fn the_target_of_another_day() {
    let mut one = indicator("1");
    set_target(&mut one, HALF, "5");
    set_target(&mut one, END, "10");
    set_actual(&mut one, HALF, "5");
    one.achievement = Some(measure("50%"));
    let cause = scored(vec![one]).scores[0].cause.clone().unwrap();
    assert_eq!(cause.kind, CauseKind::OtherTarget);
    assert!(cause.text.contains("al 31/12/2019 (\"10\")"), "{}", cause.text);
}

/// Two indicators of 100 and 50 with these weights, and the objective's printed result.
fn of_objective(weights: (&str, &str), achievement: &str) -> Cause {
    let mut plan = plan(Vec::new());
    for (code, weight, actual) in [("1", weights.0, "10"), ("2", weights.1, "5")] {
        let mut one = indicator(code);
        one.objective = Some(0);
        one.weight = Some(measure(weight));
        set_target(&mut one, END, "10");
        set_actual(&mut one, END, actual);
        plan.indicators.push(one);
    }
    let mut whole = objective("A");
    whole.achievement = Some(measure(achievement));
    plan.objectives.push(whole);
    let scores = score(&plan, &Policy::default_policy());
    let row = scores.scores.iter().find(|row| row.subject == Subject::Objective).unwrap();
    row.cause.clone().unwrap()
}

#[test]
fn means_of_objectives() {
    for (weights, achievement, kind) in [
        (("90", "10"), "95%", CauseKind::Agrees),
        (("90", "10"), "75%", CauseKind::UnweightedMean),
        (("90", "10"), "50%", CauseKind::WorstDecides),
        (("40", "20"), "50%", CauseKind::OtherBase),
    ] {
        let cause = of_objective(weights, achievement);
        assert_eq!(cause.kind, kind, "{weights:?} {achievement}: {}", cause.text);
    }
}

#[test]
fn the_difference_of_a_part_is_the_cause_of_the_whole() {
    let mut plan = plan(vec![printed("10", "5", "80%"), printed("10", "10", "100%")]);
    let mut whole = objective("A");
    whole.achievement = Some(measure("90%"));
    plan.objectives.push(whole);
    for (index, one) in plan.indicators.iter_mut().enumerate() {
        one.indicator_id.push_str(&index.to_string());
        one.objective = Some(0);
    }
    let scores = score(&plan, &Policy::default_policy());
    let row = scores.scores.iter().find(|row| row.subject == Subject::Objective).unwrap();
    assert_eq!(row.cause.as_ref().map(|cause| cause.kind), Some(CauseKind::Parts));
}

#[test]
fn variances() {
    let told = |target: &str, actual: &str, variance: &str| {
        let mut one = printed(target, actual, "100%");
        set_target(&mut one, HALF, "7");
        one.variance = Some(measure(variance));
        let row = scored(vec![one]).variances.remove(0);
        (row.value, row.cause.unwrap().kind)
    };
    assert_eq!(told("10", "12", "2"), (Some(2.into()), CauseKind::Agrees));
    assert_eq!(told("10", "12", "-2"), (Some(2.into()), CauseKind::OppositeSign));
    assert_eq!(told("10", "12", "20%"), (Some(2.into()), CauseKind::Scale));
    assert_eq!(told("10", "12", "5"), (Some(2.into()), CauseKind::OtherTarget));
    assert_eq!(told("10", "12", "12"), (Some(2.into()), CauseKind::RepeatsActual));
    assert_eq!(told("10", "12", "3"), (Some(2.into()), CauseKind::Mistake));
    assert_eq!(told("10-15", "12", "0"), (Some(0.into()), CauseKind::Agrees));
    assert_eq!(told("10", "12", "in linea").1, CauseKind::NoFigure);
    let mut none = printed("10", "12", "100%");
    none.variance = Some(measure("-"));
    assert!(scored(vec![none]).variances.is_empty());
}

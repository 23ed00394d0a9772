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
        ("10", "5", "100%", CauseKind::Mistake, "lo dà per raggiunto, ma"),
        ("10", "7", "0%", CauseKind::OtherRule, "\"più alto è meglio\" mancato vale 0"),
        ("75", "54,47", "76,23%", CauseKind::Digits, "due cifre sono scambiate: 76,23 per 72,63"),
        ("75", "54,47", "7,26%", CauseKind::Digits, "la virgola"),
        ("75", "54,47", "54,47%", CauseKind::OtherFigure, "ripete il risultato"),
        ("75", "60", "20%", CauseKind::OtherFigure, "quanto manca a 100"),
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

/// The causes of the indicators' figures.
fn told(indicators: &[(&str, &str, &str)]) -> Vec<Cause> {
    let one = |(number, (target, actual, achievement)): (usize, &(&str, &str, &str))| {
        let mut one = printed(target, actual, achievement);
        one.indicator_id.push_str(&number.to_string());
        one
    };
    let scores = scored(indicators.iter().enumerate().map(one).collect());
    scores.scores.iter().filter_map(|row| row.cause.clone()).collect()
}

#[test]
fn of_causes_as_simple_the_one_that_explains_more() {
    let alone = told(&[("10", "12", "120%")]);
    assert!(alone[0].text.contains("senza tetto"), "{}", alone[0].text);
    let capped = told(&[("10", "12", "120%"), ("10", "30", "120%"), ("10", "25", "120%")]);
    assert!(capped.iter().all(|cause| cause.text.contains("con un tetto a 120")), "{capped:?}");
}

#[test]
fn a_figure_of_the_row_before() {
    let told = told(&[("75", "54,47", "72,63%"), ("10", "5", "72,63%")]);
    assert_eq!((told[0].kind, told[1].kind), (CauseKind::Agrees, CauseKind::OtherFigure));
    assert!(told[1].text.contains("riga che precede"), "{}", told[1].text);
}

#[test]
fn two_choices_together() {
    // 126 and 50 without a cap, and without the weights 90 and 10: (126 + 50) / 2.
    let mut plan = plan(Vec::new());
    for (code, weight, target, actual) in [("1", "90", "10", "12,6"), ("2", "10", "10", "5")] {
        let mut one = indicator(code);
        one.objective = Some(0);
        one.weight = Some(measure(weight));
        set_target(&mut one, END, target);
        set_actual(&mut one, END, actual);
        plan.indicators.push(one);
    }
    let mut whole = objective("A");
    whole.achievement = Some(measure("88%"));
    plan.objectives.push(whole);
    let cause = cause_of_objective(&plan);
    assert_eq!(cause.kind, CauseKind::Combined, "{}", cause.text);
    let said = "senza tetto al grado di realizzazione e con la media semplice, senza i pesi: si ha 88";
    assert!(cause.text.contains(said) && cause.text.contains("coppie di scelte"), "{}", cause.text);
    // Cap and rounding: 118,4 without a cap, 118 rounded; 119 with the indicators cut to 120 would be another.
    plan.objectives[0].achievement = Some(measure("118%"));
    assert_eq!(cause_of_objective(&plan).kind, CauseKind::Cap);
}

#[test]
fn an_equals_sign_and_what_is_missing_together() {
    let mut plan = plan(Vec::new());
    for (code, target, actual) in [("1", "= 10", "12"), ("2", "10", "10"), ("3", "10", "-")] {
        let mut one = indicator(code);
        one.objective = Some(0);
        set_target(&mut one, END, target);
        set_actual(&mut one, END, actual);
        plan.indicators.push(one);
    }
    let mut whole = objective("A");
    whole.achievement = Some(measure("33,33%"));
    plan.objectives.push(whole);
    let cause = cause_of_objective(&plan);
    assert_eq!(cause.kind, CauseKind::Combined, "{}", cause.text);
    assert!(cause.text.contains("uguaglianza e se gli indicatori senza risultato valgono 0"), "{}", cause.text);
}

#[test]
fn the_sum_of_weights_or_of_results_in_the_results_place() {
    let cause = of_objective(("40", "20"), "60%");
    assert_eq!((cause.kind, cause.text.contains("somma dei pesi delle parti (60)")), (CauseKind::OtherFigure, true));
    let cause = of_objective(("60", "40"), "150%");
    assert_eq!((cause.kind, cause.text.contains("somma dei risultati")), (CauseKind::OtherFigure, true));
}

#[test]
fn a_weight_that_would_make_the_sum_a_hundred() {
    // 100 and 50; with 60 and 50 the second weight was meant as 40.
    let cause = of_objective(("60", "50"), "80%");
    assert_eq!(cause.kind, CauseKind::OtherBase, "{}", cause.text);
    assert!(cause.text.contains("con il peso 40 in luogo di 50"), "{}", cause.text);
}

#[test]
fn printed_parts_by_another_mean() {
    let mut plan = plan(vec![printed("10", "5", "80%"), printed("10", "10", "100%")]);
    let mut whole = objective("A");
    whole.achievement = Some(measure("90%"));
    plan.objectives.push(whole);
    for (one, weight) in plan.indicators.iter_mut().zip(["30", "70"]) {
        one.indicator_id.push_str(weight);
        one.weight = Some(measure(weight));
        one.objective = Some(0);
    }
    let cause = cause_of_objective(&plan);
    assert_eq!(cause.kind, CauseKind::Combined);
    assert!(cause.text.contains("media semplice, senza i pesi, dei risultati stampati"), "{}", cause.text);
}

fn cause_of_objective(plan: &Plan) -> Cause {
    let scores = score(plan, &Policy::default_policy());
    let row = scores.scores.iter().find(|row| row.subject == Subject::Objective).unwrap();
    row.cause.clone().unwrap()
}

/// What another policy gives in figures alone is what scoring by it gives.
#[test]
fn trials_agree_with_scores() {
    let mut plan = plan(Vec::new());
    for (number, (target, actual, weight)) in [
        ("= 10", "12", "40"),
        ("<= 4", "6", "30"),
        ("10-15", "19", "20"),
        ("10", "-", "10"),
        ("31/12/2019", "05/01/2020", "25"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut one = indicator(&number.to_string());
        one.objective = Some(number / 3);
        one.weight = Some(measure(weight));
        set_target(&mut one, END, target);
        set_actual(&mut one, END, actual);
        plan.indicators.push(one);
    }
    for (code, weight, revised) in [("A", "70", Some("55")), ("B", "30", None)] {
        let mut whole = objective(code);
        whole.owner = Some("Rossi".to_owned());
        whole.weight = Some(measure(weight));
        whole.revised_weight = revised.map(measure);
        plan.objectives.push(whole);
    }
    let policy = Policy::default_policy();
    let rows = score(&plan, &policy).scores;
    let all: Vec<usize> = (0..rows.len()).collect();
    let (trial, nodes) = trial::Trial::new(&plan, &rows, &all);
    let mut changed = 0;
    for choice in choices::choices(&policy) {
        let other = choice.applied(&policy);
        let leaves = trial.leaves(&other);
        let scored = score(&plan, &other).scores;
        for (row, node) in rows.iter().zip(&nodes) {
            let wanted = scored.iter().find(|other| key(other) == key(row)).and_then(|other| other.value);
            assert_eq!(trial.value(*node, &leaves, &other), wanted, "{} {}", choice.text, row.subject_id);
            changed += usize::from(wanted != row.value);
        }
    }
    assert!(changed > 40, "{changed}");
}

//! What the report calls a document: how it planned, and whether it can be trusted. `data/report/judgement.toml` draws the lines.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Shown;
use super::clip::measures;
use super::format::Number;
use crate::audit::Severity;
use crate::normalise::Kind;
use crate::score::Basis;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    planning: PlanningBounds,
    trust: TrustBounds,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanningBounds {
    numeric: u32,
    baseline: u32,
    easy: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrustBounds {
    agree: Grades,
    errors: Grades,
    unsure: Grades,
}

/// From where on a figure is good, and from where on it asks for care.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grades {
    good: u32,
    care: u32,
}

impl Grades {
    fn at_least(&self, value: Decimal) -> &'static str {
        match value {
            value if value >= Decimal::from(self.good) => "good",
            value if value >= Decimal::from(self.care) => "care",
            _ => "bad",
        }
    }

    fn at_most(&self, value: Decimal) -> &'static str {
        match value {
            value if value <= Decimal::from(self.good) => "good",
            value if value <= Decimal::from(self.care) => "care",
            _ => "bad",
        }
    }
}

static BOUNDS: LazyLock<Bounds> = LazyLock::new(|| {
    // The file is part of the program and read by the tests below.
    toml::from_str(include_str!("../../data/report/judgement.toml")).expect("a valid file of bounds")
});

/// One thing that speaks for or against a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Reason {
    /// "good", "care" or "bad"; "none" where nothing can be said.
    pub mood: &'static str,
    pub text: &'static str,
    pub figure: Option<String>,
}

/// How a document planned: how many of the things that can be asked of a plan it has.
#[derive(Debug, Serialize)]
pub(super) struct Planning {
    pub met: usize,
    /// What the document lets be asked.
    pub of: usize,
    pub reasons: Vec<Reason>,
}

/// Whether a document can be trusted, and why.
#[derive(Debug, Serialize)]
pub(super) struct Trust {
    /// "yes", "care" or "check".
    pub level: &'static str,
    pub reasons: Vec<Reason>,
}

pub(super) fn planning(shown: &Shown<'_>) -> Planning {
    let bounds = &BOUNDS.planning;
    let least = |value: Decimal, bound: u32| value >= Decimal::from(bound);
    let most = |value: Decimal, bound: u32| value <= Decimal::from(bound);
    type Fits<'f> = &'f dyn Fn(Decimal, u32) -> bool;
    let asked: [(&str, &'static str, Fits<'_>, u32); 3] = [
        ("target_numeric", "target in cifre", &least, bounds.numeric),
        ("with_baseline", "indicatori con un valore di partenza", &least, bounds.baseline),
        ("not_above_baseline", "target non migliori della partenza", &most, bounds.easy),
    ];
    let reasons: Vec<Reason> = asked
        .into_iter()
        .map(|(measure, text, fits, bound)| match shown.measures.value(measure) {
            None => Reason { mood: "none", text, figure: None },
            Some(value) => {
                Reason { mood: if fits(value, bound) { "good" } else { "bad" }, text, figure: Some(percent(value)) }
            }
        })
        .collect();
    let of = |moods: &[&str]| reasons.iter().filter(|reason| moods.contains(&reason.mood)).count();
    Planning { met: of(&["good"]), of: of(&["good", "bad"]), reasons }
}

/// The judgement is that of the worst reason.
pub(super) fn trust(shown: &Shown<'_>) -> Trust {
    let file = shown.file;
    let bounds = &BOUNDS.trust;
    let mut reasons = vec![agreement(shown), errors(shown)];
    if let Some(unsure) = unsure(shown) {
        let figure = Some(percent(Decimal::ONE_HUNDRED - unsure));
        reasons.push(Reason { mood: bounds.unsure.at_most(unsure), text: "valori letti con sicurezza", figure });
    }
    let faults = file.plan.card.faults.len();
    if faults > 0 {
        reasons.push(Reason { mood: "care", text: "parti non lette", figure: Some(faults.to_string()) });
    }
    if file.plan.indicators.is_empty() {
        reasons.push(Reason { mood: "bad", text: "nessun indicatore riconosciuto", figure: None });
    }
    let any = |mood| reasons.iter().any(|reason| reason.mood == mood);
    let level = match (any("bad"), any("care")) {
        (true, _) => "check",
        (false, true) => "care",
        _ => "yes",
    };
    Trust { level, reasons }
}

/// Whether what the document reckons comes out again.
fn agreement(shown: &Shown<'_>) -> Reason {
    let scores = &shown.file.scores;
    let reckoned = scores.scores.iter().chain(&scores.variances);
    let mut checked = 0_u32;
    let mut agree = 0_u32;
    for score in reckoned.filter(|score| matches!(score.basis, Basis::Recomputed | Basis::Variance)) {
        if let (Some(_), Some(difference)) = (score.published, score.difference) {
            checked += 1;
            agree += u32::from(difference.is_zero());
        }
    }
    match (Decimal::from(agree) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(checked)) {
        None => Reason { mood: "none", text: "nessun risultato stampato da ricalcolare", figure: None },
        Some(share) => Reason {
            mood: BOUNDS.trust.agree.at_least(share),
            text: "conti stampati che tornano",
            figure: Some(format!("{agree} / {checked}")),
        },
    }
}

fn errors(shown: &Shown<'_>) -> Reason {
    let errors = shown.file.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let once = shown.file.plan.indicators.iter().filter(|indicator| indicator.same_as.is_none()).count();
    if errors == 0 {
        return Reason { mood: "good", text: "nessun errore trovato", figure: None };
    }
    let hundred = Decimal::from(errors) * Decimal::ONE_HUNDRED;
    let rate = hundred.checked_div(Decimal::from(once)).unwrap_or(Decimal::ONE_HUNDRED);
    Reason {
        mood: BOUNDS.trust.errors.at_most(rate),
        text: "errori ogni 100 indicatori",
        figure: Some(format!("{} ({errors})", Number::plain(rate.round_dp(1)).text)),
    }
}

/// The share of the printed values that were read with a confidence of less than a half, in percent points.
fn unsure(shown: &Shown<'_>) -> Option<Decimal> {
    let half = Decimal::new(5, 1);
    let values = shown.file.plan.indicators.iter().flat_map(measures);
    let given: Vec<bool> = values
        .filter(|measure| measure.reading.kind != Kind::Missing)
        .map(|measure| measure.confidence.as_decimal() < half)
        .collect();
    let unsure = Decimal::from(given.iter().filter(|unsure| **unsure).count());
    (unsure * Decimal::ONE_HUNDRED).checked_div(Decimal::from(given.len()))
}

fn percent(value: Decimal) -> String {
    format!("{}%", Number::plain(value.round_dp(1)).text)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::super::Entry;
    use super::*;
    use crate::audit::{Finding, idle};
    use crate::compare::measures as measures_of;
    use crate::export::{FileResult, ReadFile, Run};
    use crate::extract::Confidence;
    use crate::normalise::Plan;
    use crate::score::sample::{dated, indicator, measure, plan, set_actual, set_target};
    use crate::score::{Policy, score};

    fn judged(plan: Plan, findings: Vec<Finding>) -> (Planning, Trust) {
        let scores = score(&plan, &Policy::default_policy());
        let file = FileResult::Read(Box::new(ReadFile::new(plan, scores, findings)));
        let run = Run { files: vec![file], ..Run::default() };
        let rows = measures_of(&run.material()).unwrap();
        let entry = Entry { index: 0, page: String::new(), others: Vec::new(), is_late: true };
        let shown = super::super::shown(&entry, &run.files[0], &rows).unwrap();
        (planning(&shown), trust(&shown))
    }

    /// One indicator of which the document says it reached this much.
    fn sample(published: &str) -> Plan {
        let end = Some(Date::constant(2019, 12, 31));
        let mut one = indicator("1");
        set_target(&mut one, end, "20");
        set_actual(&mut one, end, "10");
        one.baseline = Some(dated(None, "30", false));
        one.achievement = Some(measure(published));
        plan(vec![one])
    }

    #[test]
    fn the_page_tells_where_the_lines_are() {
        let page = include_str!("../../data/report/overview.html");
        let (planning, trust) = (&BOUNDS.planning, &BOUNDS.trust);
        assert_eq!((planning.baseline, planning.easy), (50, 50), "the page says «metà»");
        for told in [
            format!("almeno il {}% degli indicatori ha un target in cifre", planning.numeric),
            format!("al più {} ogni 100 indicatori", trust.errors.good),
            format!("fino a {} errori", trust.errors.care),
            format!("almeno il {}% dei valori è stato letto con sicurezza", 100 - trust.unsure.good),
            format!("almeno il {}% dei valori. Altrimenti", 100 - trust.unsure.care),
            format!("in almeno il {}% dei casi", trust.agree.care),
        ] {
            assert!(page.contains(&told), "{told}");
        }
    }

    #[test]
    fn a_plan_is_asked_for_figures_a_start_and_an_aim_above_it() {
        let (planning, _) = judged(sample("50%"), Vec::new());
        let moods: Vec<&str> = planning.reasons.iter().map(|reason| reason.mood).collect();
        assert_eq!((planning.met, planning.of, moods), (2, 3, vec!["good", "good", "bad"]));
        let mut plain = sample("50%");
        plain.indicators[0].baseline = None;
        let (planning, _) = judged(plain, Vec::new());
        assert_eq!((planning.met, planning.of), (1, 2));
    }

    #[test]
    fn what_comes_out_again_is_trusted_and_what_does_not_is_not() {
        let (_, trust) = judged(sample("50%"), Vec::new());
        assert_eq!(trust.level, "yes", "{trust:?}");
        assert_eq!(trust.reasons[0].figure.as_deref(), Some("1 / 1"));
        let (_, trust) = judged(sample("60%"), Vec::new());
        assert_eq!((trust.level, trust.reasons[0].mood), ("check", "bad"));
    }

    #[test]
    fn errors_and_doubtful_values_count_against_it() {
        let mut error = idle(1, "a", "b");
        error.severity = Severity::Error;
        let (_, trust) = judged(sample("50%"), vec![error]);
        assert_eq!((trust.level, trust.reasons[1].figure.as_deref()), ("check", Some("100 (1)")));
        let mut doubtful = sample("50%");
        doubtful.indicators[0].targets[0].measure.confidence = Confidence::hundredths(40);
        let (_, trust) = judged(doubtful, Vec::new());
        assert_eq!(
            (trust.level, trust.reasons[2].mood, trust.reasons[2].figure.as_deref()),
            ("check", "bad", Some("75%"))
        );
    }
}

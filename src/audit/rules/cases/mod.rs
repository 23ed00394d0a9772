//! Positive and negative cases of the rules: facts of published plans, written short.

use crate::audit::{Finding, check, check_across};
use crate::document::Source;
use crate::extract::{AggregateKind, Lexicon, Passage, Printed};
use crate::normalise::{
    Amount, BudgetLine, DatedMeasure, DocumentKind, Group, Indicator, Measure, Monitoring, Objective, Plan, Published,
    Role, read_value_of_year,
};
use crate::score::{Policy, sample, score};
use jiff::civil::Date;

fn measure(role: Role, raw: &str) -> Measure {
    Measure { raw: raw.to_owned(), reading: read_value_of_year(role, raw, Some(2019)), ..sample::measure("-") }
}

/// "t6" is a target of 30/6/2019, "t12" of 31/12, "t20" of the end of 2020; "r12" a revised one.
fn dated(role: Role, tag: &str, raw: &str) -> DatedMeasure {
    let day = match tag.trim_start_matches(char::is_alphabetic) {
        "6" => Some(Date::constant(2019, 6, 30)),
        "12" => Some(Date::constant(2019, 12, 31)),
        "18" => Some(Date::constant(2018, 12, 31)),
        "20" => Some(Date::constant(2020, 12, 31)),
        "21" => Some(Date::constant(2021, 12, 31)),
        _ => None,
    };
    DatedMeasure { period: day, revised: tag.starts_with('r'), measure: measure(role, raw) }
}

/// "3 presenza istituti | b=31 | t6=- | t12=20 | a6=38 | v=18 | w=20%".
fn indicator(text: &str) -> Indicator {
    let mut parts = text.split('|').map(str::trim);
    let (code, name) = parts.next().and_then(|head| head.split_once(' ')).expect("code and name");
    let mut out = sample::indicator(code);
    out.indicator_id = format!("prova/{code}");
    name.clone_into(&mut out.name);
    for part in parts {
        let (tag, raw) = part.split_once('=').expect("tag=value");
        let owned = Some(raw.to_owned());
        match tag {
            "b" | "b12" => out.baseline = Some(dated(Role::Baseline, tag, raw)),
            "v" => out.variance = Some(measure(Role::Variance, raw)),
            "w" => out.weight = Some(measure(Role::Weight, raw)),
            "p" => out.achievement = Some(measure(Role::Achievement, raw)),
            "alg" => out.algorithm = owned,
            "unit" => out.unit = owned,
            "src" => out.data_source = owned,
            "freq" => out.frequency = owned,
            "own" => out.owner = owned,
            "type" => out.types = vec![raw.to_owned()],
            "sec" => out.section = owned,
            "link" => out.strategic_link = owned,
            "note" => out.note = owned,
            "mon" => {
                let progress = raw.split('%').next().and_then(|p| p.rsplit(' ').next()).and_then(|p| p.parse().ok());
                out.monitoring =
                    Some(Monitoring { raw: raw.to_owned(), on_track: None, progress, source: Source::default() });
            }
            _ if tag.starts_with('a') => out.actuals.push(dated(Role::Actual, tag, raw)),
            _ => out.targets.push(dated(Role::Target, tag, raw)),
        }
    }
    out.targets.sort_by_key(|t| (t.period, t.revised));
    out
}

/// A half-year report of 2019 with one objective and its indicators.
fn plan(indicators: &[&str]) -> Plan {
    let mut plan = sample::plan(Vec::new());
    plan.card.kind = DocumentKind::Monitoring;
    plan.card.reference_date = Some(Date::constant(2019, 6, 30));
    add(&mut plan, "1.1.1", "Alternanza scuola lavoro", indicators);
    plan
}

/// One more objective.
fn add(plan: &mut Plan, code: &str, title: &str, indicators: &[&str]) -> usize {
    let index = plan.objectives.len();
    plan.objectives.push(Objective { title: title.to_owned(), ..sample::objective(code) });
    for text in indicators {
        let mut one = indicator(text);
        one.objective = Some(index);
        one.indicator_id = format!("prova/{code}/{}", one.code.clone().unwrap_or_default());
        plan.indicators.push(one);
    }
    index
}

/// Rows of a table under an objective; cells are apart by "|".
fn rows(plan: &mut Plan, objective: Option<usize>, texts: &[&str]) {
    for text in texts {
        let cells: Vec<Printed> =
            text.split('|').map(|c| Printed::new(c.trim().to_owned(), Source::default())).collect();
        let columns = (0..cells.len()).filter_map(|c| u32::try_from(c).ok()).collect();
        plan.passages.push(Passage { objective, table: Some(0), heading: None, cells, columns });
    }
}

fn budget(plan: &mut Plan, objective: usize, raw: &str, account: Option<&str>) {
    let value = crate::audit::rules::sums::sums(raw).first().copied();
    let amount = Amount { raw: raw.to_owned(), value, source: Source::default() };
    plan.objectives[objective].sheet.budget.push(BudgetLine {
        amount,
        account: account.map(str::to_owned),
        cost_centre: None,
    });
}

fn all(plan: &Plan) -> Vec<Finding> {
    check(plan, &score(plan, &Policy::default_policy()), Lexicon::shipped())
}

/// The findings of a rule; those that a finding gathers are counted one by one.
fn found(plan: &Plan, code: &str) -> Vec<Finding> {
    all(plan).into_iter().filter(|f| f.code == code).collect()
}

#[track_caller]
fn yes(code: &str, indicators: &[&str]) -> Finding {
    let found = found(&plan(indicators), code);
    assert_eq!(found.len(), 1, "{code} {indicators:?}: {found:#?}");
    let finding = found.into_iter().next().expect("one finding");
    assert!(!finding.message.is_empty() && !finding.message_en.is_empty() && !finding.hint.is_empty());
    finding
}

#[track_caller]
fn no(code: &str, indicators: &[&str]) {
    let found = found(&plan(indicators), code);
    assert!(found.is_empty(), "{code} {indicators:?}: {found:#?}");
}

#[track_caller]
fn yes_in(code: &str, plan: &Plan) -> Finding {
    let found = found(plan, code);
    assert_eq!(found.len(), 1, "{code}: {found:#?}");
    found.into_iter().next().expect("one finding")
}

#[track_caller]
fn no_in(code: &str, plan: &Plan) {
    let found = found(plan, code);
    assert!(found.is_empty(), "{code}: {found:#?}");
}

mod figures;
mod further;
mod more;
mod plans;
mod right;
mod texts;

//! What a plan says, as printed → the same with typed values, dates and ids.
//!
//! Nothing printed is lost here: every [`Measure`] keeps its text beside its reading.

mod card;
mod confidence;
mod correct;
mod entity;
mod groups;
mod identity;
mod mention;
mod naming;
mod parents;
mod period;
mod plan;
mod polarity;
mod recognition;
mod results;
mod scale;
mod value;

pub use card::DocumentKind;
pub use correct::{CorrectionError, CorrectionLine, Corrections, Unapplied};
pub(crate) use entity::by_id as entity_by_id;
pub use entity::{Entity, entities};
pub use identity::{same_office, slug};
pub use period::{Period, read_period};
pub use plan::*;
pub use value::{Kind, Operator, Reading, Role, Value, read_value, read_value_of_year};

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use rust_decimal::Decimal;

use crate::document::{Fault, Format, Recognised};
use crate::extract::{
    Lexicon, Printed, PrintedGroup, PrintedIndicator, PrintedObjective, PrintedPlan, PrintedValue, key,
};

/// What is known of a file besides its contents.
#[derive(Debug, Clone, PartialEq)]
pub struct FileFacts {
    /// The file's name without its folder.
    pub name: String,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    pub format: Format,
    pub pages: u32,
    pub faults: Vec<Fault>,
    /// The pages whose words come from optical recognition.
    pub recognised: Vec<Recognised>,
}

/// Types every value of a printed plan, tells whose document it is and of which year, and gives everything its id.
pub fn normalise(printed: PrintedPlan, file: FileFacts, lexicon: &Lexicon) -> Plan {
    let recognised = recognition::Recognition::of(&file.recognised);
    let card = document_card(&printed, file);
    let types = Typing { year: card.year, reference_date: card.reference_date, lexicon };
    let mut plan = Plan {
        objectives: printed.objectives.into_iter().map(|o| types.objective(o)).collect(),
        groups: printed.groups.into_iter().map(|g| types.group(g)).collect(),
        indicators: printed.indicators.into_iter().map(|i| types.indicator(i)).collect(),
        published: Vec::new(),
        scale: scale::scale(printed.scale),
        left_over: LeftOver {
            texts: printed.not_understood,
            headers: printed.unknown_headers,
            guessed: printed.guessed_headers,
        },
        passages: printed.passages,
        card,
    };
    identity::give_ids(&mut plan);
    identity::link_repetitions(&mut plan);
    groups::complete(&mut plan);
    results::weigh(&mut plan, printed.listed_weights, &types);
    results::publish(&mut plan, printed.aggregates, &types);
    parents::give_parents(&mut plan, lexicon);
    recognition::weigh(&mut plan, &recognised);
    confidence::weigh(&mut plan, lexicon);
    plan
}

fn document_card(printed: &PrintedPlan, file: FileFacts) -> DocumentCard {
    let lead: Vec<&str> = printed.lead.iter().map(String::as_str).collect();
    let labels = printed.indicators.iter().flat_map(|i| i.targets.iter().map(|t| t.label.as_str()));
    let mentions: Vec<&str> = printed.mentions.iter().map(String::as_str).collect();
    let body: Vec<&str> = mentions.iter().copied().chain(labels).collect();
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let card = card::read_card(&lead, &body, stem);
    let guess = entity::find_entity(&lead, &mentions, stem, card.year);
    let document_id = match (&guess, card.year) {
        (Some(guess), Some(year)) => format!("{}-{year}-{}", guess.entity.id, card.kind.as_str()),
        _ => slug(stem, 80),
    };
    DocumentCard {
        document_id,
        source_file: file.name.clone(),
        sha256: file.sha256,
        format: file.format,
        pages: file.pages,
        entity: guess.as_ref().map(|g| g.entity),
        entity_evidence: guess.map(|g| g.evidence),
        kind: card.kind,
        year: card.year,
        years: card.years,
        reference_date: card.reference_date,
        title: card.title,
        approval: card.approval,
        version: card.version,
        faults: file.faults,
        recognised: file.recognised.iter().map(|page| (page.page, recognition::share(page.confidence))).collect(),
    }
}

fn objective_sheet(printed: crate::extract::ObjectiveSheet) -> ObjectiveSheet {
    let line = |line: crate::extract::PrintedBudgetLine| BudgetLine {
        amount: amount(line.amount),
        account: line.account,
        cost_centre: line.cost_centre,
    };
    ObjectiveSheet {
        parent_code: printed.parent,
        mission: printed.mission,
        programme: printed.programme,
        perspective: printed.perspective,
        relevance: printed.relevance,
        value_executives: printed.value_executives.map(amount),
        value_staff: printed.value_staff.map(amount),
        budget: printed.budget.into_iter().map(line).collect(),
        refers_to: printed.refers_to,
    }
}

/// A sum as printed: a figure alone, or the result of a calculation ("3.041 euro x 5 = 15.205 euro" is 15205).
fn amount(printed: Printed) -> Amount {
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"-?\d+(?:\.\d{3})*(?:,\d+)?").expect("constant pattern")
    });
    let result = printed.raw.rsplit('=').next().unwrap_or_default();
    let money = ["€", "eur", "Eur", "EUR"].iter().any(|w| result.contains(w));
    let words = result.chars().filter(|c| c.is_alphabetic()).count();
    let mut figures = FIGURE.find_iter(result);
    // Where several figures or many words stand, no figure is sure to be the sum.
    let figure = figures.next().filter(|_| figures.next().is_none() && (money || words == 0));
    let value = figure.and_then(|f| f.as_str().replace('.', "").replace(',', ".").parse().ok());
    Amount { raw: printed.raw, value, source: printed.source }
}

/// What a document's values are typed with.
struct Typing<'l> {
    year: Option<i16>,
    reference_date: Option<Date>,
    lexicon: &'l Lexicon,
}

impl Typing<'_> {
    fn measure(&self, role: Role, printed: Printed) -> Measure {
        Measure {
            reading: read_value_of_year(role, &printed.raw, self.year),
            raw: printed.raw,
            source: printed.source,
            corrected: None,
            confidence: printed.confidence,
        }
    }

    /// A value with its period: from its label, else the one that values of its role have in this document.
    fn dated(&self, role: Role, printed: PrintedValue) -> DatedMeasure {
        let told = read_period(&printed.label, self.year).map(|p| p.end);
        let year_end = self.year.and_then(|y| Date::new(y, 12, 31).ok());
        let usual = match role {
            Role::Target => year_end,
            Role::Actual => self.reference_date.or(year_end),
            _ => None,
        };
        DatedMeasure {
            period: told.or(usual),
            revised: printed.revised,
            measure: self.measure(role, printed.printed()),
        }
    }

    fn objective(&self, printed: PrintedObjective) -> Objective {
        let weight = |v: &PrintedValue| self.measure(Role::Weight, v.printed());
        let in_table = |revised: bool| printed.table_weights.iter().find(|w| w.revised == revised).map(weight);
        let revised_weight = in_table(true);
        let first_weight = in_table(false);
        Objective {
            objective_id: String::new(),
            code: printed.code,
            title: printed.title,
            level: printed.level,
            section: printed.section,
            owner: printed.owner,
            weight: printed.weight.map(|w| self.measure(Role::Weight, w)).or_else(|| first_weight.clone()),
            table_weight: first_weight,
            revised_weight,
            achievement: printed.achievement.map(|a| self.measure(Role::Achievement, a)),
            parent: None,
            sheet: objective_sheet(printed.sheet),
            source: printed.source,
        }
    }

    fn group(&self, printed: PrintedGroup) -> Group {
        let typed = |p: Option<Printed>| p.map(|p| self.measure(Role::Achievement, p));
        Group {
            achievement: typed(printed.achievement),
            points_available: typed(printed.points_available),
            points: typed(printed.points),
            source: printed.source,
        }
    }

    fn indicator(&self, printed: PrintedIndicator) -> Indicator {
        let mut targets: Vec<DatedMeasure> = printed.targets.into_iter().map(|t| self.dated(Role::Target, t)).collect();
        targets.sort_by_key(|t| (t.period, t.revised));
        let mut actuals: Vec<DatedMeasure> = printed.actuals.into_iter().map(|a| self.dated(Role::Actual, a)).collect();
        actuals.sort_by_key(|a| a.period);
        let mut baseline = printed.baseline.map(|b| self.dated(Role::Baseline, b));
        if baseline.is_none() {
            baseline = self.earlier_result(&mut actuals, &targets);
        }
        let (polarity, polarity_reason) =
            polarity::polarity(&printed.name, printed.unit.as_deref(), &targets, self.lexicon);
        Indicator {
            indicator_id: String::new(),
            same_as: None,
            objective: printed.objective,
            group: printed.group,
            section: printed.section,
            owner: printed.owner,
            code: printed.code,
            name: printed.name,
            name_confidence: printed.name_confidence,
            types: printed.types,
            algorithm: printed.algorithm,
            unit: printed.unit,
            data_source: printed.data_source,
            frequency: printed.frequency,
            weight: printed.weight.map(|w| self.measure(Role::Weight, w)),
            polarity,
            polarity_reason,
            baseline,
            targets,
            actuals,
            variance: printed.variance.map(|v| self.measure(Role::Variance, v)),
            achievement: self.achievement(printed.achievements),
            monitoring: printed.monitoring.map(|m| self.monitoring(m)),
            note: printed.note,
            strategic_link: printed.strategic_link,
            source: printed.source,
            corrected: Vec::new(),
        }
    }

    /// Of achievements for several years the one of the document's year, else the last; figures before words.
    fn achievement(&self, mut printed: Vec<PrintedValue>) -> Option<Measure> {
        let figure = |a: &PrintedValue| a.raw.contains(|c: char| c.is_ascii_digit());
        if printed.len() > 1 {
            if printed.iter().any(figure) {
                printed.retain(figure);
            } else {
                printed.truncate(1);
            }
        }
        let own = printed.iter().position(|a| {
            let period = read_period(&a.label, self.year);
            period.is_some_and(|p| Some(p.end.year()) == self.year)
        });
        let value = match own {
            Some(at) => printed.swap_remove(at),
            None => printed.pop()?,
        };
        Some(self.measure(Role::Achievement, value.printed()))
    }

    /// The result of an earlier year for which no target stands beside it is the baseline.
    fn earlier_result(&self, actuals: &mut Vec<DatedMeasure>, targets: &[DatedMeasure]) -> Option<DatedMeasure> {
        let year = self.year?;
        let earlier = |a: &DatedMeasure| a.period.is_some_and(|p| p.year() < year);
        let planned = |a: &DatedMeasure| targets.iter().any(|t| t.period == a.period);
        let of_its_own = actuals.iter().any(|a| !earlier(a));
        let at = actuals.iter().rposition(|a| earlier(a) && !(of_its_own && planned(a)))?;
        Some(actuals.remove(at))
    }

    fn monitoring(&self, printed: Printed) -> Monitoring {
        static SHARE: LazyLock<Regex> = LazyLock::new(|| {
            // A constant pattern, compiled by the test below.
            Regex::new(r"(\d{1,3})(?:[.,](\d+))?\s*%").expect("constant pattern")
        });
        let words = format!(" {} ", key(&printed.raw));
        let says = |list: &[String]| list.iter().any(|w| words.contains(&format!(" {w} ")));
        let on_track = if says(&self.lexicon.phrases.off_track) {
            Some(false)
        } else {
            says(&self.lexicon.phrases.on_track).then_some(true)
        };
        let progress = SHARE.captures(&printed.raw).and_then(|share| {
            let decimals = share.get(2).map_or(String::new(), |d| format!(".{}", d.as_str()));
            format!("{}{decimals}", &share[1]).parse::<Decimal>().ok()
        });
        Monitoring { on_track, progress, raw: printed.raw, source: printed.source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::extract::Confidence;

    fn typing() -> Typing<'static> {
        Typing { year: Some(2021), reference_date: Date::new(2021, 6, 30).ok(), lexicon: Lexicon::shipped() }
    }

    #[test]
    fn monitoring_sentences_are_read() {
        let read = |raw: &str| {
            let m = typing().monitoring(Printed::new(raw.into(), Source::default()));
            (m.on_track, m.progress.map(|p| p.to_string()))
        };
        assert_eq!(read("in linea con target 50% attività svolta"), (Some(true), Some("50".into())));
        assert_eq!(read("non in linea con target"), (Some(false), None));
        assert_eq!(read("da verificare, 12,5 %"), (None, Some("12.5".into())));
    }

    #[test]
    fn periods_come_from_the_label_else_from_the_document() {
        let value = |label: &str| PrintedValue {
            raw: "5".into(),
            label: label.into(),
            revised: false,
            source: Source::default(),
            confidence: Confidence::FULL,
        };
        let period = |role, label: &str| typing().dated(role, value(label)).period.map(|d| d.to_string());
        assert_eq!(period(Role::Target, "Valore Target: al 30/6").as_deref(), Some("2021-06-30"));
        assert_eq!(period(Role::Target, "target annuale").as_deref(), Some("2021-12-31"));
        assert_eq!(period(Role::Actual, "Risultati raggiunti").as_deref(), Some("2021-06-30"));
        assert_eq!(period(Role::Baseline, ""), None);
    }
}

//! A plan as the rules look at it: who belongs to whom, and the helpers many rules share.

use std::cell::RefCell;
use std::collections::HashMap;

use rust_decimal::Decimal;

use super::finding::Finding;
use super::phrases::Phrases;
use super::places::Places;
use super::rule::{Language, Rule};
use crate::document::Source;
use crate::extract::{Field, Lexicon, key};
use crate::normalise::{
    DatedMeasure, DocumentKind, Indicator, Kind, Measure, Objective, Operator, Plan, Polarity, Reading, Value,
};
use crate::score::Scores;

/// One plan with its scores.
pub(super) struct View<'a> {
    pub plan: &'a Plan,
    pub scores: &'a Scores,
    pub lexicon: &'a Lexicon,
    pub phrases: &'a Phrases,
    /// As [`Plan::objectives`]: the indicators of each, in document order.
    members: Vec<Vec<usize>>,
    /// As [`Plan::objectives`]: the words of each title.
    titles: Vec<Vec<String>>,
    /// Titles asked for, and whether many offices have them.
    usual: RefCell<HashMap<String, bool>>,
    pub places: Places<'a>,
    /// Labels asked for, and what they head: the same words head many tables.
    fields: RefCell<HashMap<String, Option<Field>>>,
}

/// The longest part of a name that a subject shows, in characters.
const SHOWN: usize = 60;

impl<'a> View<'a> {
    pub fn new(plan: &'a Plan, scores: &'a Scores, lexicon: &'a Lexicon) -> Self {
        let mut members = vec![Vec::new(); plan.objectives.len()];
        for (index, indicator) in plan.indicators.iter().enumerate() {
            if let Some(list) = indicator.objective.and_then(|o| members.get_mut(o)) {
                list.push(index);
            }
        }
        let titles = plan.objectives.iter().map(|o| words(&o.title)).collect();
        let (usual, fields) = (RefCell::default(), RefCell::default());
        let places = Places::of(plan);
        View { plan, scores, lexicon, phrases: Phrases::shipped(), members, titles, places, usual, fields }
    }

    /// What a label heads.
    pub fn field(&self, label: &str) -> Option<Field> {
        if let Some(known) = self.fields.borrow().get(label) {
            return *known;
        }
        let field = self.lexicon.field(label);
        self.fields.borrow_mut().insert(label.to_owned(), field);
        field
    }

    /// The indicators of an objective, in document order.
    pub fn members(&self, objective: usize) -> impl Iterator<Item = (usize, &'a Indicator)> + '_ {
        let list = self.members.get(objective).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|&i| Some((i, self.plan.indicators.get(i)?)))
    }

    pub fn objective_of(&self, indicator: &Indicator) -> Option<&'a Objective> {
        self.plan.objectives.get(indicator.objective?)
    }

    pub fn indicators(&self) -> impl Iterator<Item = (usize, &'a Indicator)> + use<'a> {
        self.plan.indicators.iter().enumerate()
    }

    pub fn objectives(&self) -> impl Iterator<Item = (usize, &'a Objective)> + use<'a> {
        self.plan.objectives.iter().enumerate()
    }

    /// Whether many offices have an objective of this title each: then it and its indicators are no repetitions.
    pub fn usual_title(&self, title: &str) -> bool {
        const MANY: usize = 5;
        let many = || {
            let title = words(title);
            self.titles.iter().filter(|own| similar_words(own, &title)).count() > MANY
        };
        *self.usual.borrow_mut().entry(title.to_owned()).or_insert_with(many)
    }

    /// The objectives right below one.
    pub fn children(&self, objective: usize) -> impl Iterator<Item = (usize, &'a Objective)> + use<'a> {
        self.objectives().filter(move |(_, o)| o.parent == Some(objective))
    }

    /// Whether the document tells results.
    pub fn reports(&self) -> bool {
        let with = || self.plan.indicators.iter().filter(|i| i.actuals.iter().any(|a| told(&a.measure))).count();
        match self.plan.card.kind {
            DocumentKind::Report | DocumentKind::Monitoring => with() > 0,
            // The results of the budget's indicators are told in a document of the same name as their plan.
            DocumentKind::Pira => with() * 3 > self.plan.indicators.len() * 2,
            _ => false,
        }
    }

    /// The last target of the document's year (of the last year where it has none), as first set.
    pub fn year_target(&self, indicator: &'a Indicator) -> Option<&'a DatedMeasure> {
        let first = |t: &&DatedMeasure| !t.revised;
        let own = |t: &&DatedMeasure| t.period.map(|p| p.year()) == self.plan.card.year;
        indicator.targets.iter().filter(first).rfind(own).or_else(|| indicator.targets.iter().rfind(first))
    }

    /// The first target of the year of another one that is for an earlier day of it.
    pub fn target_within(&self, indicator: &'a Indicator, year: &DatedMeasure) -> Option<&'a DatedMeasure> {
        let of = |t: &DatedMeasure| t.period.map(|p| p.year());
        indicator.targets.iter().find(|t| !t.revised && t.period < year.period && of(t) == of(year))
    }

    /// The actual that counts: the last one of the document's period.
    pub fn actual(&self, indicator: &'a Indicator) -> Option<&'a DatedMeasure> {
        indicator.actuals.last()
    }

    /// The target, as first set, for an actual's day.
    pub fn target_for(&self, indicator: &'a Indicator, actual: &DatedMeasure) -> Option<&'a DatedMeasure> {
        indicator.targets.iter().find(|t| !t.revised && t.period == actual.period)
    }

    /// A finding about an indicator.
    pub fn on(&self, rule: &Rule, index: usize) -> Finding {
        let mut finding = Finding::of(rule);
        let Some(indicator) = self.plan.indicators.get(index) else { return finding };
        finding.subject_id = Some(indicator.indicator_id.clone());
        finding.subject = Some(self.name(indicator));
        finding.subject_en = Some(self.name_in(indicator, Language::English));
        finding.source = Some(indicator.source.clone());
        finding.place = indicator.objective.and_then(|o| self.places.of_objective(o));
        finding.order = (indicator.objective.map_or(0, |o| o + 1), index + 1);
        finding
    }

    /// A finding about an objective.
    pub fn on_objective(&self, rule: &Rule, index: usize) -> Finding {
        let mut finding = Finding::of(rule);
        let Some(objective) = self.plan.objectives.get(index) else { return finding };
        finding.subject_id = Some(objective.objective_id.clone());
        finding.subject = Some(objective_name(objective));
        finding.subject_en = Some(objective_name_in(objective, Language::English));
        finding.source = Some(objective.source.clone());
        finding.place = self.places.of_objective(index);
        finding.order = (index + 1, 0);
        finding
    }

    /// A finding about words at a place under an objective. Words under the heading of another chapter are not the
    /// objective's, though no other objective has begun.
    pub fn at(&self, rule: &Rule, objective: Option<usize>, source: &Source) -> Finding {
        let passage = self.places.passage(source);
        let own = objective.filter(|_| passage.is_none_or(|p| !self.places.is_past(p)));
        let mut finding = own.map_or_else(|| Finding::of(rule), |o| self.on_objective(rule, o)).at(source);
        if let (None, Some(passage)) = (own, passage) {
            finding.place = self.places.of_passage(passage);
            // In document order all the same: behind the objective before it.
            finding.order = objective.map_or((0, 0), |o| (o + 1, usize::MAX));
        }
        finding
    }

    /// "obiettivo 1.1.1, indicatore 3 («presenza degli istituti…»)".
    pub fn name(&self, indicator: &Indicator) -> String {
        self.name_in(indicator, Language::Italian)
    }

    /// The same in a language.
    pub fn name_in(&self, indicator: &Indicator, language: Language) -> String {
        let (word, nameless) = match language {
            Language::Italian => ("indicatore", "senza nome"),
            Language::English => ("indicator", "without a name"),
        };
        let name = quoted(&indicator.name, language);
        let own = match (&indicator.code, indicator.name.is_empty()) {
            (Some(code), true) => format!("{word} {code} ({nameless})"),
            (Some(code), false) => format!("{word} {code} ({name})"),
            (None, true) => format!("{word} {nameless}"),
            (None, false) => format!("{word} {name}"),
        };
        match self.objective_of(indicator) {
            Some(above) => format!("{}, {own}", short_objective(above, language)),
            None => own,
        }
    }
}

/// A name in the language's quotation marks, cut where it is long.
fn quoted(name: &str, language: Language) -> String {
    match language {
        Language::Italian => format!("«{}»", cut(name)),
        Language::English => format!("“{}”", cut(name)),
    }
}

fn short_objective(objective: &Objective, language: Language) -> String {
    let word = match language {
        Language::Italian => "obiettivo",
        Language::English => "objective",
    };
    match &objective.code {
        Some(code) => format!("{word} {}", code.trim_matches('.')),
        None => format!("{word} {}", quoted(&objective.title, language)),
    }
}

/// "obiettivo 2.1.4 («Procedimento unificato …»)".
pub(super) fn objective_name(objective: &Objective) -> String {
    objective_name_in(objective, Language::Italian)
}

/// The same in a language.
pub(super) fn objective_name_in(objective: &Objective, language: Language) -> String {
    let short = short_objective(objective, language);
    match &objective.code {
        Some(_) if !objective.title.is_empty() => format!("{short} ({})", quoted(&objective.title, language)),
        _ => short,
    }
}

/// A name cut at a word where it is long.
pub(super) fn cut(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let head: String = text.chars().take(SHOWN).collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head);
    format!("{head}…")
}

/// Whether something is printed that is no placeholder.
pub(super) fn told(measure: &Measure) -> bool {
    measure.reading.kind != Kind::Missing
}

/// Whether two indicators of one objective are one that the document tells twice: the same number and name.
pub(super) fn told_again(a: &Indicator, b: &Indicator) -> bool {
    let kind = |i: &Indicator| i.targets.last().map(|t| t.measure.reading.kind);
    a.objective == b.objective
        && a.code.is_some()
        && a.code == b.code
        && similar(&a.name, &b.name) >= 0.9
        && (kind(a) == kind(b) || kind(a).is_none() || kind(b).is_none())
}

pub(super) fn number(measure: &Measure) -> Option<Decimal> {
    match measure.reading.value {
        Some(Value::Number(number)) if measure.reading.kind != Kind::Range => Some(number),
        _ => None,
    }
}

/// The number that a run of figures prints the Italian way: "1.234,5". Points divide thousands, or end a sentence.
pub(super) fn value_of(text: &str) -> Option<Decimal> {
    text.trim_end_matches(',').replace('.', "").replace(',', ".").parse().ok()
}

/// Whether two readings count the same thing in the same unit, so that their numbers can be compared.
pub(super) fn alike(a: &Reading, b: &Reading) -> bool {
    let unit = |r: &Reading| r.unit.as_deref().map(|u| key(u).split(' ').next().unwrap_or_default().to_owned());
    let same_unit = match (unit(a), unit(b)) {
        (Some(a), Some(b)) => a == b || a.get(..4).is_some_and(|head| b.starts_with(head)),
        _ => true,
    };
    a.kind == b.kind && same_unit && !matches!(a.kind, Kind::Text | Kind::Missing | Kind::Range)
}

/// Whether more is better for this target: its operator tells, else the indicator's polarity.
pub(super) fn higher_is_better(indicator: &Indicator, target: &Measure) -> bool {
    match target.reading.operator {
        Some(Operator::AtLeast | Operator::Above) => true,
        Some(Operator::AtMost | Operator::Below) => false,
        _ => indicator.polarity == Polarity::Higher,
    }
}

/// The words of a text that carry meaning, in order, without accents and case.
pub(super) fn words(text: &str) -> Vec<String> {
    const LITTLE: [&str; 33] = [
        "nell", "dell", "all", "dall", "sull", "alla", "alle", "allo", "agli", "anche", "come", "con", "dal", "dalla",
        "dalle", "degli", "dei", "del", "della", "delle", "dello", "nel", "nella", "nelle", "per", "che", "sul",
        "sulla", "sulle", "tra", "una", "uno", "gli",
    ];
    let meant = |w: &&str| w.chars().count() > 2 && !LITTLE.contains(w);
    key(text).split(' ').filter(meant).map(str::to_owned).collect()
}

/// What [`words`] are compared by: their first six letters ("formazione" and "formativa" differ, "impresa" and "imprese" don't).
pub(super) fn stems(text: &str) -> Vec<String> {
    words(text).into_iter().map(|w| w.chars().take(6).collect()).collect()
}

/// The share of the [`stems`] of `a` that stand in `b`; 0 where `a` has none.
pub(super) fn covered(a: &str, b: &str) -> f64 {
    shared(&stems(a), &stems(b))
}

/// The same of texts whose stems are at hand.
pub(super) fn shared(a: &[String], b: &[String]) -> f64 {
    if a.is_empty() {
        return 0.0;
    }
    let shared = a.iter().filter(|w| b.contains(w)).count();
    // Counts of words are far below what a float holds.
    shared as f64 / a.len() as f64
}

/// How much two texts say the same, 0 to 1: the smaller of both coverages.
pub(super) fn similar(a: &str, b: &str) -> f64 {
    covered(a, b).min(covered(b, a))
}

/// Whether two lists of words are the same but for one word of many.
fn similar_words(a: &[String], b: &[String]) -> bool {
    let only = |x: &[String], y: &[String]| x.iter().filter(|w| !y.contains(w)).count();
    a == b || a.len() > 3 && only(a, b) + only(b, a) <= a.len() / 3
}

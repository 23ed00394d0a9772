//! A run's results without the names of persons.
//!
//! Who answers for an objective or an indicator is left out altogether, and so is who corrected or decided. In all other
//! texts and in ids the names of those persons, and names that follow a title ("dott.ssa Maria Rossi"), give way to a
//! placeholder. A name that stands in a text without title and answers for nothing can't be told from other words.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::run::{FileResult, Run};
use crate::audit::Finding;
use crate::compare::{Shown, Side};
use crate::extract::key;
use crate::normalise::{Correction, DatedMeasure, Indicator, Measure, Objective, Plan, slug};
use crate::score::{Score, Subject};

/// What stands where a name stood.
const PLACEHOLDER: &str = "[nome]";
/// The same in an id.
const IN_ID: &str = "nome";
/// Words that an office has and a person has not.
const OFFICES: [&str; 20] = [
    "area",
    "azienda",
    "camera",
    "conservatore",
    "direzione",
    "dirigente",
    "dirigenti",
    "generale",
    "giunta",
    "personale",
    "po",
    "posizione",
    "presidente",
    "promozione",
    "registro",
    "responsabile",
    "segreteria",
    "servizio",
    "settore",
    "ufficio",
];

/// A title and the name that follows it: two to four words with a capital.
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    // A constant pattern, compiled by the tests below.
    Regex::new(concat!(
        r"\b(?P<title>(?i:dott\.?\s?ssa|dott|dr\.?\s?ssa|dr|avv|ing|rag|geom|prof\.?\s?ssa|prof|arch|sig\.?\s?ra|sig)\.?\s+)",
        r"(?P<name>\p{Lu}[\p{L}'’.]*(?:\s+(?:\p{Lu}[\p{L}'’]+|[dD]['’]\p{Lu}\p{L}+|de|di|del|della|lo|la)){1,3})"
    ))
    .expect("constant pattern")
});

impl Run {
    /// The same results without the names of persons.
    #[must_use]
    pub fn without_names(mut self) -> Run {
        let names = Names::of(&self);
        for file in &mut self.files {
            if let FileResult::Read(read) = file {
                names.plan(&mut read.plan);
                names.scores(&mut read.scores.scores);
                names.scores(&mut read.scores.variances);
                names.scores(&mut read.scores.progress);
                read.findings.iter_mut().for_each(|finding| names.finding(finding));
            }
        }
        self.findings.iter_mut().for_each(|finding| names.finding(finding));
        for found in &mut self.comparison.matches {
            names.side(&mut found.left);
            names.side(&mut found.right);
            if let Some((who, why)) = &mut found.decided {
                who.clear();
                names.text(why);
            }
        }
        for row in &mut self.comparison.years {
            row.before.iter_mut().chain(&mut row.after).for_each(|side| names.side(side));
            let shown = row.baseline.iter_mut().chain(&mut row.target_before);
            shown.for_each(|shown| names.shown(shown));
            names.text(&mut row.explanation);
        }
        for of in self.comparison.themes.iter_mut().flatten() {
            names.text(&mut of.reason);
        }
        self
    }
}

/// The names that the results hold.
struct Names {
    /// Any of them, whatever the case; `None` where there are none.
    pattern: Option<Regex>,
    slugs: Vec<String>,
    /// Each name's words, as slugs.
    words: Vec<BTreeSet<String>>,
}

impl Names {
    fn of(run: &Run) -> Self {
        let mut names: BTreeSet<String> = BTreeSet::new();
        for (plan, _) in run.read() {
            let owners = plan.objectives.iter().map(|o| &o.owner).chain(plan.indicators.iter().map(|i| &i.owner));
            for owner in owners.flatten() {
                names.extend(
                    TITLED.captures_iter(owner).filter_map(|found| Some(found.name("name")?.as_str().to_owned())),
                );
                if is_person(owner) {
                    names.insert(owner.clone());
                }
            }
        }
        // The longer first, so that none is replaced in part.
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let any: Vec<String> = names
            .iter()
            .map(|name| name.split_whitespace().map(regex::escape).collect::<Vec<_>>().join(r"\s+"))
            .collect();
        let pattern = if any.is_empty() { None } else { Regex::new(&format!(r"(?i)\b(?:{})\b", any.join("|"))).ok() };
        let words =
            names.iter().map(|name| name.split_whitespace().map(|word| slug(word, usize::MAX)).collect()).collect();
        Names {
            pattern,
            words,
            slugs: names.iter().map(|name| slug(name, usize::MAX)).filter(|s| s.len() > 5).collect(),
        }
    }

    /// Whether all words, of which there is one at least, are of one name: "Rossi" where Mario Rossi is known.
    fn is_part<'w>(&self, words: impl Iterator<Item = &'w str>) -> bool {
        let words: Vec<String> = words.map(|word| slug(word, usize::MAX)).collect();
        !words.is_empty()
            && self.words.iter().any(|name| words.iter().all(|word| word.len() > 2 && name.contains(word)))
    }

    fn text(&self, text: &mut String) {
        if self.is_part(text.split_whitespace()) {
            PLACEHOLDER.clone_into(text);
            return;
        }
        let titled = TITLED.replace_all(text, |found: &Captures<'_>| {
            format!("{}{PLACEHOLDER}", found.name("title").map_or("", |title| title.as_str()))
        });
        let bare = match &self.pattern {
            Some(pattern) => pattern.replace_all(&titled, PLACEHOLDER).into_owned(),
            None => titled.into_owned(),
        };
        *text = bare;
    }

    fn id(&self, id: &mut String) {
        for slug in &self.slugs {
            if id.contains(slug.as_str()) {
                *id = id.replace(slug.as_str(), IN_ID);
            }
        }
        let part = |part: &str| if self.is_part(part.split('-')) { IN_ID.to_owned() } else { part.to_owned() };
        *id = id.split('/').map(part).collect::<Vec<_>>().join("/");
    }

    fn maybe(&self, text: &mut Option<String>) {
        text.iter_mut().for_each(|text| self.text(text));
    }

    fn measure(&self, measure: &mut Measure) {
        self.text(&mut measure.raw);
        measure.corrected.iter_mut().for_each(|correction| self.correction(correction));
    }

    fn correction(&self, correction: &mut Correction) {
        correction.who.clear();
        self.text(&mut correction.raw);
        self.text(&mut correction.why);
    }

    fn plan(&self, plan: &mut Plan) {
        plan.objectives.iter_mut().for_each(|objective| self.objective(objective));
        plan.indicators.iter_mut().for_each(|indicator| self.indicator(indicator));
        plan.published.iter_mut().for_each(|published| self.text(&mut published.name));
        let guessed = plan.left_over.guessed.iter_mut().map(|(printed, _)| printed);
        let left = plan.left_over.texts.iter_mut().chain(&mut plan.left_over.headers).chain(guessed);
        left.for_each(|printed| self.text(&mut printed.raw));
        plan.passages.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| self.text(&mut cell.raw));
        self.maybe(&mut plan.card.approval);
    }

    fn objective(&self, objective: &mut Objective) {
        objective.owner = None;
        self.id(&mut objective.objective_id);
        self.text(&mut objective.title);
        self.maybe(&mut objective.section);
        self.maybe(&mut objective.sheet.refers_to);
    }

    fn indicator(&self, indicator: &mut Indicator) {
        indicator.owner = None;
        self.id(&mut indicator.indicator_id);
        indicator.same_as.iter_mut().for_each(|id| self.id(id));
        self.text(&mut indicator.name);
        let texts = [
            &mut indicator.section,
            &mut indicator.algorithm,
            &mut indicator.data_source,
            &mut indicator.note,
            &mut indicator.strategic_link,
        ];
        texts.into_iter().for_each(|text| self.maybe(text));
        indicator.monitoring.iter_mut().for_each(|monitoring| self.text(&mut monitoring.raw));
        let values = indicator.baseline.iter_mut().chain(&mut indicator.targets).chain(&mut indicator.actuals);
        values.for_each(|value: &mut DatedMeasure| self.measure(&mut value.measure));
        let measures = [&mut indicator.weight, &mut indicator.variance, &mut indicator.achievement];
        measures.into_iter().flatten().for_each(|measure| self.measure(measure));
        indicator.corrected.retain(|(field, _)| *field != "owner");
        indicator.corrected.iter_mut().for_each(|(_, correction)| self.correction(correction));
    }

    /// Owners get numbers, in order: which of them is which stays known, who they are doesn't.
    fn scores(&self, scores: &mut [Score]) {
        let mut owners: Vec<String> = Vec::new();
        for score in scores {
            if score.subject == Subject::Owner {
                let number = owners.iter().position(|id| *id == score.subject_id).unwrap_or_else(|| {
                    owners.push(score.subject_id.clone());
                    owners.len() - 1
                }) + 1;
                let document = score.subject_id.split("/#").next().unwrap_or_default();
                score.subject_id = format!("{document}/#owner/{number}");
                score.label = format!("Responsabile {number}");
            }
            self.id(&mut score.subject_id);
            self.text(&mut score.label);
            self.text(&mut score.explanation);
            score.cause.iter_mut().for_each(|cause| self.text(&mut cause.text));
            score.terms.iter_mut().for_each(|term| self.id(&mut term.subject_id));
        }
    }

    fn finding(&self, finding: &mut Finding) {
        finding.subject_id.iter_mut().for_each(|id| self.id(id));
        let Finding { text, message, message_en, subject, quotes, related, .. } = finding;
        [text, message, message_en].into_iter().for_each(|text| self.text(text));
        self.maybe(subject);
        quotes.iter_mut().for_each(|quote| self.text(&mut quote.raw));
        for place in related {
            place.subject_id.iter_mut().for_each(|id| self.id(id));
            self.text(&mut place.subject);
            self.text(&mut place.text);
        }
    }

    fn side(&self, side: &mut Side) {
        self.id(&mut side.indicator_id);
        self.text(&mut side.name);
        self.maybe(&mut side.objective_title);
        side.shown.iter_mut().for_each(|shown| self.shown(shown));
    }

    fn shown(&self, shown: &mut Shown) {
        self.text(&mut shown.raw);
    }
}

/// Two or three words with a capital, none of them an office's.
fn is_person(owner: &str) -> bool {
    let words: Vec<&str> = owner.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    (2..=3).contains(&words.len())
        && words.iter().all(capital)
        && !words.iter().any(|word| OFFICES.contains(&key(word).as_str()) || word.chars().any(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::ReadFile;
    use crate::score::sample::{indicator, measure, objective, plan};
    use crate::score::{Policy, score};

    #[test]
    fn persons_are_told_from_offices() {
        for (owner, person) in [
            ("Mario Rossi", true),
            ("Anna Maria Verdi", true),
            ("Segretario Generale", false),
            ("Servizio Registro Imprese", false),
            ("Ufficio innovazione", false),
            ("Personale in diretta collaborazione", false),
        ] {
            assert_eq!(is_person(owner), person, "{owner}");
        }
    }

    #[test]
    fn no_name_is_left_anywhere() {
        let mut one = indicator("1");
        one.objective = Some(0);
        one.indicator_id = "d/dr-ssa-anna-verdi/1".to_owned();
        one.owner = Some("Mario Rossi".to_owned());
        one.note = Some("a cura di MARIO ROSSI con l'avv. Ugo de Bianchi".to_owned());
        one.achievement = Some(measure("100%"));
        let mut plan = plan(vec![one]);
        let mut own = objective("1");
        own.owner = Some("Dirigente Area Anagrafe dr.ssa Anna d'Verdi".to_owned());
        own.section = Some("Rossi".to_owned());
        plan.objectives.push(own);
        let scores = score(&plan, &Policy::default_policy());
        let mut owner = scores.scores[0].clone();
        owner.subject = Subject::Owner;
        owner.subject_id = "d/#owner/mario-rossi".to_owned();
        owner.label = "Mario Rossi".to_owned();
        let mut scores = scores;
        scores.scores.push(owner);
        let read = ReadFile { plan, scores, findings: Vec::new() };
        let run = Run { files: vec![FileResult::Read(Box::new(read))], ..Run::default() }.without_names();
        let text = format!("{run:?}").to_lowercase();
        for name in ["rossi", "verdi\"", "d'verdi", "bianchi"] {
            assert!(!text.contains(name), "{name} in {text}");
        }
        let FileResult::Read(read) = &run.files[0] else { panic!("read") };
        assert_eq!(read.plan.indicators[0].note.as_deref(), Some("a cura di [nome] con l'avv. [nome]"));
        // The objective's owner is the first.
        assert_eq!(read.scores.scores.last().unwrap().label, "Responsabile 2");
    }
}

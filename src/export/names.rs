//! A run's results without the names of persons.
//!
//! Who answers for an objective or an indicator is left out altogether, and so is who corrected or decided. In all other
//! texts and in ids the names of those persons, and names that follow a title ("dott.ssa Maria Rossi"), give way to a
//! placeholder. A name that stands in a text without title and answers for nothing can't be told from other words.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::run::{FileResult, Run};
use crate::audit::Finding;
use crate::compare::{Match, Shown, Side, YearRow};
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
        Names::of(self.read().map(|(plan, _)| plan)).run(&mut self);
        self
    }
}

/// The names that the results hold. A text is looked at for those only of which it has the first word, so that what a text
/// costs doesn't grow with their number.
pub struct Names {
    /// The longer first, so that none is replaced in part.
    names: Vec<String>,
    /// Places in `names` by the first word in lower case.
    by_first: HashMap<String, Vec<usize>>,
    /// Slugs of whole names by their first word.
    slugs: HashMap<String, Vec<String>>,
    /// Places in `names` by each word's slug.
    by_word: HashMap<String, BTreeSet<usize>>,
}

impl Names {
    /// Takes the names out of everything.
    pub fn run(&self, run: &mut Run) {
        run.files.iter_mut().for_each(|file| self.file(file));
        run.findings.iter_mut().for_each(|finding| self.finding(finding));
        run.comparison.matches.iter_mut().for_each(|found| self.found(found));
        run.comparison.years.iter_mut().for_each(|row| self.year(row));
    }

    /// Takes the names out of a match.
    pub fn found(&self, found: &mut Match) {
        self.side(&mut found.left);
        self.side(&mut found.right);
        if let Some((who, why)) = &mut found.decided {
            who.clear();
            self.text(why);
        }
    }

    /// Takes the names out of what became of an indicator.
    pub fn year(&self, row: &mut YearRow) {
        row.before.iter_mut().chain(&mut row.after).for_each(|side| self.side(side));
        let shown = row.baseline.iter_mut().chain(&mut row.target_before);
        shown.for_each(|shown| self.shown(shown));
        self.text(&mut row.explanation);
    }

    /// Takes the names out of one file's results.
    pub fn file(&self, file: &mut FileResult) {
        let FileResult::Read(read) = file else { return };
        self.plan(&mut read.plan);
        self.scores(&mut read.scores.scores);
        self.scores(&mut read.scores.variances);
        self.scores(&mut read.scores.progress);
        read.findings.iter_mut().for_each(|finding| self.finding(finding));
        read.themes.iter_mut().for_each(|of| self.text(&mut of.reason));
    }

    /// The names of those who answer for something in any of the plans.
    pub fn of<'p>(plans: impl Iterator<Item = &'p Plan>) -> Self {
        Names::new(plans.flat_map(Names::in_plan).collect())
    }

    /// The names of those who answer for something in a plan.
    pub(crate) fn in_plan(plan: &Plan) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = BTreeSet::new();
        let owners = plan.objectives.iter().map(|o| &o.owner).chain(plan.indicators.iter().map(|i| &i.owner));
        for owner in owners.flatten() {
            names.extend(TITLED.captures_iter(owner).filter_map(|found| Some(found.name("name")?.as_str().to_owned())));
            if is_person(owner) {
                names.insert(owner.clone());
            }
        }
        names
    }

    /// Of all these names, each as [`Names::in_plan`] gives it.
    pub(crate) fn new(names: BTreeSet<String>) -> Self {
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        let mut slugs: HashMap<String, Vec<String>> = HashMap::new();
        let mut by_word: HashMap<String, BTreeSet<usize>> = HashMap::new();
        for (place, name) in names.iter().enumerate() {
            by_first.entry(words(name).next().unwrap_or_default()).or_default().push(place);
            let whole = slug(name, usize::MAX);
            if whole.len() > 5 {
                let first = whole.split('-').next().unwrap_or_default().to_owned();
                slugs.entry(first).or_default().push(whole);
            }
            for word in name.split_whitespace() {
                by_word.entry(slug(word, usize::MAX)).or_default().insert(place);
            }
        }
        Names { names, by_first, slugs, by_word }
    }

    /// Whether all words, of which there is one at least, are of one name: "Rossi" where Mario Rossi is known.
    fn is_part<'w>(&self, words: impl Iterator<Item = &'w str>) -> bool {
        let mut of_all: Option<BTreeSet<usize>> = None;
        for word in words {
            let word = slug(word, usize::MAX);
            let Some(of_word) = self.by_word.get(&word).filter(|_| word.len() > 2) else { return false };
            of_all = Some(match of_all {
                None => of_word.clone(),
                Some(known) => known.intersection(of_word).copied().collect(),
            });
        }
        of_all.is_some_and(|names| !names.is_empty())
    }

    fn text(&self, text: &mut String) {
        if self.is_part(text.split_whitespace()) {
            PLACEHOLDER.clone_into(text);
            return;
        }
        let titled = TITLED.replace_all(text, |found: &Captures<'_>| {
            format!("{}{PLACEHOLDER}", found.name("title").map_or("", |title| title.as_str()))
        });
        let mut bare = titled.into_owned();
        for name in self.named_in(&bare) {
            let words = name.split_whitespace().map(regex::escape).collect::<Vec<_>>().join(r"\s+");
            if let Ok(pattern) = Regex::new(&format!(r"(?i)\b(?:{words})\b")) {
                bare = pattern.replace_all(&bare, PLACEHOLDER).into_owned();
            }
        }
        *text = bare;
    }

    /// The names of which a text has all words, the longer first.
    fn named_in(&self, text: &str) -> Vec<&str> {
        let told: HashSet<String> = words(text).collect();
        let places: BTreeSet<usize> =
            told.iter().filter_map(|word| self.by_first.get(word)).flatten().copied().collect();
        let names = places.into_iter().filter_map(|place| self.names.get(place));
        names.filter(|name| words(name).all(|word| told.contains(&word))).map(String::as_str).collect()
    }

    fn id(&self, id: &mut String) {
        let known = |word| self.slugs.get(word).into_iter().flatten();
        let slugs: BTreeSet<&String> = id.split(|c: char| !c.is_alphanumeric()).flat_map(known).collect();
        let mut bare = id.clone();
        // The longer of two that begin alike is the later one.
        for slug in slugs.into_iter().rev() {
            bare = bare.replace(slug.as_str(), IN_ID);
        }
        let part = |part: &str| if self.is_part(part.split('-')) { IN_ID.to_owned() } else { part.to_owned() };
        *id = bare.split('/').map(part).collect::<Vec<_>>().join("/");
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
        self.maybe(&mut plan.card.title);
        plan.scale.iter_mut().for_each(|scale| self.text(&mut scale.raw));
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

    /// Takes the names out of a finding.
    pub fn finding(&self, finding: &mut Finding) {
        finding.subject_id.iter_mut().for_each(|id| self.id(id));
        let Finding {
            text,
            message,
            message_en,
            hint,
            hint_en,
            place,
            subject,
            subject_en,
            arithmetic,
            arithmetic_en,
            quotes,
            related,
            ..
        } = finding;
        [text, message, message_en, hint, hint_en].into_iter().for_each(|text| self.text(text));
        [place, subject, subject_en, arithmetic, arithmetic_en].into_iter().for_each(|text| self.maybe(text));
        quotes.iter_mut().for_each(|quote| self.text(&mut quote.raw));
        for place in related {
            place.subject_id.iter_mut().for_each(|id| self.id(id));
            self.text(&mut place.subject);
            self.text(&mut place.subject_en);
            self.text(&mut place.text);
            self.maybe(&mut place.place);
            self.maybe(&mut place.text_en);
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

/// The words of a text in lower case: what stands between signs and blanks.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
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
    fn very_many_names_are_found_all_the_same() {
        let letters = |n: usize| ((b'a' + u8::try_from(n % 26).unwrap()) as char).to_string();
        let name = |n: usize| format!("Aldo{} Di {}{}ossi", letters(n / 676), letters(n / 26), letters(n));
        let names = Names::new((0..15_000).map(name).collect());
        let mut text = format!("a cura di {} e di {}", name(14_999).to_uppercase(), name(7));
        names.text(&mut text);
        assert_eq!(text, "a cura di [nome] e di [nome]");
        let mut id = format!("d/{}/1", slug(&name(1234), usize::MAX));
        names.id(&mut id);
        assert_eq!(id, "d/nome/1");
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
        let read = ReadFile::new(plan, scores, Vec::new());
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

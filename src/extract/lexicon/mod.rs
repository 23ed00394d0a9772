//! The words by which headers, labels and headings are recognised: `data/lexicon.toml`, compiled for matching.

mod field;
mod file;
mod slips;
mod stems;
mod words;

pub use field::Field;
pub use file::{LexiconError, Phrases, PolarityWords};
pub use words::{key, without_dates};

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::confidence::Confidence;
use super::printed::Level;
use super::sheet::SheetField;
use file::{Additions, LexiconFile};
use slips::Slips;
use stems::Stems;
use words::{mended, skeleton, without_code, without_parentheses};

/// The lexicon that ships with the program, as text.
const SHIPPED: &str = include_str!("../../../data/lexicon.toml");

/// A header has at most so many characters.
const LONGEST_HEADER: usize = 110;

/// How alike a text and a known label must be for the label to be worth naming.
const ALIKE: f64 = 0.8;

/// A header whose words' stems tell what it means.
const BY_STEMS: Confidence = Confidence::hundredths(85);

/// A header that differs from a known one by a slip.
const BY_LIKENESS: Confidence = Confidence::hundredths(75);

/// What a header means, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    pub field: Field,
    /// Full where the lexicon has the header itself.
    pub trust: Confidence,
}

/// The compiled lexicon.
#[derive(Debug, Clone)]
pub struct Lexicon {
    exact: HashMap<String, Field>,
    /// Labels that ended in `*`, longest first.
    prefixes: Vec<(String, Field)>,
    /// Skeletons of the exact labels of seven letters or more, where no two fields share one.
    skeletons: HashMap<String, Field>,
    stems: Stems,
    slips: Slips,
    levels: Vec<(String, Level)>,
    pub phrases: Phrases,
    pub polarity: PolarityWords,
    /// The words of sheets, each with whether anything may follow it.
    sheet: Vec<(String, bool, SheetField)>,
    /// The text of the user's own words, as given; empty without any.
    additions: String,
}

impl Lexicon {
    /// The lexicon that ships with the program.
    pub fn shipped() -> &'static Lexicon {
        static COMPILED: LazyLock<Lexicon> = LazyLock::new(|| {
            // The test `the_shipped_lexicon_compiles` proves that this can't fail.
            Lexicon::parse(SHIPPED).expect("the shipped lexicon compiles")
        });
        &COMPILED
    }

    /// Compiles a lexicon from the text of a TOML file in the form of `data/lexicon.toml`.
    ///
    /// # Errors
    /// When the text is not such a file, or gives one label two meanings.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        Self::compile(toml::from_str(text)?)
    }

    /// The shipped lexicon with the words of the user's own: a TOML file in the form of `data/lexicon.toml`, every table
    /// optional. A label that the shipped lexicon gives another meaning has the user's.
    ///
    /// # Errors
    /// When the text is not such a file, or gives one label two meanings itself.
    pub fn with_additions(text: &str) -> Result<Self, LexiconError> {
        let added: Additions = toml::from_str(text)?;
        let mut file: LexiconFile = toml::from_str(SHIPPED)?;
        let own: HashSet<String> = added.fields.values().flatten().map(|label| key(label)).collect();
        for labels in file.fields.values_mut() {
            labels.retain(|label| !own.contains(&key(label)));
        }
        for (field, labels) in added.fields {
            file.fields.entry(field).or_default().extend(labels);
        }
        let own: HashSet<String> = added.levels.values().flatten().map(|word| key(word)).collect();
        for words in file.levels.values_mut() {
            words.retain(|word| !own.contains(&key(word)));
        }
        for (level, words) in added.levels {
            file.levels.entry(level).or_default().extend(words);
        }
        let keys = |words: Vec<String>| words.into_iter().map(|word| key(&word)).filter(|word| !word.is_empty());
        for (name, words) in added.phrases {
            match file.phrases.list(&name) {
                Some(list) => list.extend(keys(words)),
                None => return Err(LexiconError::UnknownList { table: "phrases", list: name }),
            }
        }
        for (name, words) in added.polarity {
            match name.as_str() {
                "lower" => file.polarity.lower.extend(keys(words)),
                "higher" => file.polarity.higher.extend(keys(words)),
                _ => return Err(LexiconError::UnknownList { table: "polarity", list: name }),
            }
        }
        for (field, stems) in added.stems {
            file.stems.entry(field).or_default().extend(stems);
        }
        for (field, labels) in added.sheet {
            file.sheet.entry(field).or_default().extend(labels);
        }
        Ok(Lexicon { additions: text.to_owned(), ..Self::compile(file)? })
    }

    /// What tells this lexicon from the shipped one: the text of the user's own words, empty without any.
    pub fn additions(&self) -> &str {
        &self.additions
    }

    fn compile(file: LexiconFile) -> Result<Self, LexiconError> {
        let mut exact = HashMap::new();
        let mut prefixes = Vec::new();
        let mut skeletons: HashMap<String, Option<Field>> = HashMap::new();
        for (&field, labels) in &file.fields {
            for label in labels {
                if let Some(start) = label.strip_suffix('*') {
                    prefixes.push((key(start), field));
                    continue;
                }
                let label_key = key(label);
                if exact.insert(label_key.clone(), field).is_some_and(|other| other != field) {
                    return Err(LexiconError::Ambiguous { label: label.clone() });
                }
                let bones = skeleton(&label_key);
                if bones.len() >= 7 {
                    skeletons.entry(bones).and_modify(|f| *f = f.filter(|&f| f == field)).or_insert(Some(field));
                }
            }
        }
        prefixes.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let mut levels: Vec<(String, Level)> =
            file.levels.iter().flat_map(|(&level, words)| words.iter().map(move |word| (key(word), level))).collect();
        levels.sort_by_key(|(word, level)| (level_rank(*level), word.clone()));
        let skeletons = skeletons.into_iter().filter_map(|(bones, field)| Some((bones, field?))).collect();
        let open = |label: &str| (key(label.trim_end_matches('*')), label.ends_with('*'));
        let mut sheet: Vec<(String, bool, SheetField)> = file
            .sheet
            .iter()
            .flat_map(|(&field, labels)| labels.iter().map(move |label| (open(label), field)))
            .map(|((label, open), field)| (label, open, field))
            .collect();
        // The longer word decides; the maps have no order.
        sheet.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let stems = Stems::compile(&file.stems);
        let slips = Slips::compile(&exact);
        Ok(Lexicon {
            exact,
            prefixes,
            skeletons,
            stems,
            slips,
            levels,
            phrases: file.phrases,
            polarity: file.polarity,
            sheet,
            additions: String::new(),
        })
    }

    /// What a column header or a row's label says its values are; `None` for a text the lexicon doesn't know.
    pub fn field(&self, label: &str) -> Option<Field> {
        if label.len() > 200 {
            return None;
        }
        self.field_of_key(&key(&without_dates(label)))
            .or_else(|| self.field_of_key(&key(&without_dates(&without_parentheses(label)))))
    }

    /// What a text means that stands where a header or a label stands: the lexicon's own label, else what the stems of its words
    /// tell, else the label it differs from by a slip.
    pub(super) fn sense(&self, label: &str) -> Option<Sense> {
        let whole = mended(label);
        if let Some(field) = self.field(label).or_else(|| self.field(&whole)) {
            return Some(Sense { field, trust: Confidence::FULL });
        }
        let whole = without_code(&without_dates(&whole));
        if whole.chars().count() > LONGEST_HEADER {
            return None;
        }
        let (bare, all) = (without_parentheses(&whole), whole);
        let (bare_key, all_key) = (key(&bare), key(&all));
        if all_key.is_empty() || all_key.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let by_stems = |words: &str| self.stems.field(words, &self.phrases);
        if let Some(field) = by_stems(&bare).or_else(|| by_stems(&all)) {
            return Some(Sense { field, trust: BY_STEMS });
        }
        self.slips.field(&bare_key).map(|field| Sense { field, trust: BY_LIKENESS })
    }

    /// The known label that is most like a text, with its field and the distance between them (0 the same, 1 nothing in
    /// common, by Jaro and Winkler); `None` where no label is near.
    pub fn nearest(&self, label: &str) -> Option<(Field, String, f64)> {
        let label = key(&without_dates(&without_parentheses(label)));
        if label.is_empty() || label.len() > 200 {
            return None;
        }
        let known = self.exact.iter().map(|(known, &field)| (known, field));
        let known = known.chain(self.prefixes.iter().map(|(known, field)| (known, *field)));
        known
            .map(|(known, field)| (strsim::jaro_winkler(&label, known), known, field))
            .filter(|(likeness, ..)| *likeness >= ALIKE)
            // Of labels that are equally near, the first by the alphabet: the maps have no order.
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
            .map(|(likeness, known, field)| (field, known.clone(), 1.0 - likeness))
    }

    fn field_of_key(&self, label: &str) -> Option<Field> {
        if label.is_empty() {
            return None;
        }
        if let Some(&field) = self.exact.get(label) {
            return Some(field);
        }
        let opens =
            |start: &str| label.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        if let Some(&(_, field)) = self.prefixes.iter().find(|(start, _)| opens(start)) {
            return Some(field);
        }
        let bones = skeleton(label);
        if bones.len() >= 7 { self.skeletons.get(&bones).copied() } else { None }
    }

    /// What a label of an objective's sheet names; `opening`: the words may open a sentence.
    pub fn sheet_field(&self, label: &str, opening: bool) -> Option<SheetField> {
        let words = key(label);
        let budget_header = |f: SheetField| {
            matches!(f, SheetField::BudgetAmount | SheetField::BudgetAccount | SheetField::BudgetCostCentre)
        };
        self.sheet_words(&words, opening).find(|&f| !budget_header(f) && (f == SheetField::Reference) == opening)
    }

    /// What a header of a budget table names.
    pub fn budget_header(&self, label: &str) -> Option<SheetField> {
        use SheetField::{BudgetAccount, BudgetAmount, BudgetCostCentre};
        let words = key(label);
        self.sheet_words(&words, false).find(|f| matches!(f, BudgetAmount | BudgetAccount | BudgetCostCentre))
    }

    fn sheet_words<'a>(&'a self, words: &'a str, opening: bool) -> impl Iterator<Item = SheetField> + 'a {
        self.sheet
            .iter()
            .filter(move |(label, open, _)| {
                let rest = words.strip_prefix(label.as_str());
                rest.is_some_and(|r| r.is_empty() || ((*open || opening) && r.starts_with([' ', '%'])))
            })
            .map(|&(_, _, field)| field)
    }

    /// The level that a heading's words name.
    pub fn level(&self, heading: &str) -> Option<Level> {
        let words = format!(" {} ", key(heading));
        self.levels.iter().find(|(word, _)| words.contains(&format!(" {word} "))).map(|&(_, level)| level)
    }

    /// Whether a text, after its number, starts with one of the phrases.
    pub fn starts_with(text: &str, phrases: &[String]) -> bool {
        let words = key(text);
        let words = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        phrases.iter().any(|p| words.strip_prefix(p.as_str()).is_some_and(|r| r.is_empty() || r.starts_with(' ')))
    }
}

/// Where the lexicon's levels are looked for first: the more telling word decides ("obiettivo annuale strategico" is annual).
fn level_rank(level: Level) -> usize {
    const ORDER: [Level; 8] = [
        Level::Strumento,
        Level::Annuale,
        Level::Individuale,
        Level::Trasversale,
        Level::Dirigenziale,
        Level::Operativo,
        Level::Strategico,
        Level::Ente,
    ];
    ORDER.iter().position(|&l| l == level).unwrap_or(ORDER.len())
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lexicon_compiles() {
        let text = include_str!("../../../data/lexicon.toml");
        assert!(Lexicon::parse(text).is_ok(), "{:?}", Lexicon::parse(text).err());
    }

    #[test]
    fn headers_are_found_through_years_case_and_lost_ligatures() {
        let lexicon = Lexicon::shipped();
        for (label, field) in [
            ("Target 2019", Field::Target),
            ("Valore Target:", Field::Target),
            ("Previsione al 30.6.2019", Field::Target),
            ("Nuova previsione al 31/12", Field::RevisedTarget),
            ("Target storico di riferimento: anno 2018", Field::Baseline),
            ("peso ind. (%)", Field::Weight),
            ("Un.mis.", Field::Unit),
            ("Monitoraggio 31.12.2019", Field::Actual),
            ("Valore indicatori monitoraggi 2019", Field::Actual),
            ("Risultato effe vo 2012", Field::Actual),
            ("Target 2012 (Risultato atteso)", Field::Target),
            ("Realizzazione obiettivo/strumento (A)", Field::GroupAchievement),
            ("Obiettivo annuale strategico", Field::StrategicLink),
            ("Peso dell'obiettivo dirigenziale", Field::ObjectiveWeight),
        ] {
            assert_eq!(lexicon.field(label), Some(field), "{label}");
        }
        for label in ["", "100%", "2019", "al 30/6", "Importanza del risultato per le imprese della provincia"] {
            assert_eq!(lexicon.field(label), None, "{label}");
        }
    }

    #[test]
    fn levels_are_told_by_the_most_telling_word() {
        let lexicon = Lexicon::shipped();
        assert_eq!(lexicon.level("OBIETTIVO OPERATIVO 1.1"), Some(Level::Operativo));
        assert_eq!(lexicon.level("Obiettivo annuale strategico 3"), Some(Level::Annuale));
        assert_eq!(lexicon.level("Obiettivo 3"), None);
    }

    #[test]
    fn the_users_words_are_added_and_win() {
        let own = "[fields]\ntarget = [\"Asticella\", \"Peso\"]\n[phrases]\nsection_starts = [\"Ripartizione\"]\n";
        let lexicon = Lexicon::with_additions(own).unwrap();
        assert_eq!(lexicon.field("ASTICELLA 2023"), Some(Field::Target));
        assert_eq!(lexicon.field("Peso"), Some(Field::Target));
        assert_eq!(lexicon.field("Valore target"), Some(Field::Target));
        assert_eq!(Lexicon::shipped().field("Asticella"), None);
        assert!(Lexicon::starts_with("Ripartizione II", &lexicon.phrases.section_starts));
        for (wrong, says) in [
            ("[fields]\nnonsense = [\"x\"]", "nonsense"),
            ("[fields]\ntarget = [\"x\"]\nweight = [\"X\"]", "due significati"),
            ("[phrases]\nother = [\"x\"]", "«other»"),
            ("[fields", "non si legge"),
        ] {
            let error = Lexicon::with_additions(wrong).unwrap_err().to_string();
            assert!(error.contains(says), "{wrong}: {error}");
        }
    }

    #[test]
    fn the_nearest_label_is_named_where_one_is_near() {
        let nearest = |label: &str| Lexicon::shipped().nearest(label).map(|(field, ..)| field);
        assert_eq!(nearest("Valore tagret 2019"), Some(Field::Target));
        assert_eq!(nearest("Pesso"), Some(Field::Weight));
        assert_eq!(nearest("Quattordici zebre"), None);
        assert_eq!(nearest("2019"), None);
    }

    #[test]
    fn an_ambiguous_lexicon_is_refused() {
        let text = include_str!("../../../data/lexicon.toml").replace("code = [", "code = [\"peso\", ");
        assert!(matches!(Lexicon::parse(&text), Err(LexiconError::Ambiguous { .. })));
    }
}

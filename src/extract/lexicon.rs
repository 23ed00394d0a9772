//! The words by which headers, labels and headings are recognised: `data/lexicon.toml`, compiled for matching.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::printed::Level;

/// What a column or a label of a plan holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Code,
    Indicator,
    Objective,
    Weight,
    ObjectiveWeight,
    RevisedObjectiveWeight,
    Baseline,
    Target,
    RevisedTarget,
    Actual,
    Variance,
    Achievement,
    ObjectiveAchievement,
    GroupAchievement,
    PointsAvailable,
    Points,
    Algorithm,
    Unit,
    DataSource,
    Frequency,
    Owner,
    /// Who answers, as a column; as a form's label it may speak of anybody.
    Responsible,
    /// The name of a card, where a code goes before it.
    Title,
    Type,
    Note,
    StrategicLink,
    Section,
    Mission,
    SectorPerformance,
    AreaPerformance,
    /// Known, and not kept.
    Known,
}

/// A lexicon that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    #[error("il lessico non si legge: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("il lessico dà a «{label}» due significati")]
    Ambiguous { label: String },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconFile {
    fields: HashMap<Field, Vec<String>>,
    levels: HashMap<Level, Vec<String>>,
    phrases: Phrases,
    polarity: PolarityWords,
}

/// Phrases that open or mark a line; see the comments in `data/lexicon.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    pub section_starts: Vec<String>,
    pub owner_starts: Vec<String>,
    pub level_headings: Vec<String>,
    pub monitoring: Vec<String>,
    pub on_track: Vec<String>,
    pub off_track: Vec<String>,
    pub totals: Vec<String>,
    pub entity_result: Vec<String>,
    pub objective_result: Vec<String>,
    pub area_words: Vec<String>,
    pub honorifics: Vec<String>,
    pub unit_types: Vec<String>,
    pub no_baseline: Vec<String>,
}

/// Words that tell which way an indicator is better.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolarityWords {
    pub lower: Vec<String>,
}

/// The compiled lexicon.
#[derive(Debug, Clone)]
pub struct Lexicon {
    exact: HashMap<String, Field>,
    /// Labels that ended in `*`, longest first.
    prefixes: Vec<(String, Field)>,
    /// Skeletons of the exact labels of seven letters or more, where no two fields share one.
    skeletons: HashMap<String, Field>,
    levels: Vec<(String, Level)>,
    pub phrases: Phrases,
    pub polarity: PolarityWords,
}

impl Lexicon {
    /// The lexicon that ships with the program.
    pub fn shipped() -> &'static Lexicon {
        static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| {
            // The test `the_shipped_lexicon_compiles` proves that this can't fail.
            Lexicon::parse(include_str!("../../data/lexicon.toml")).expect("the shipped lexicon compiles")
        });
        &SHIPPED
    }

    /// Compiles a lexicon from the text of a TOML file in the form of `data/lexicon.toml`.
    ///
    /// # Errors
    /// When the text is not such a file, or gives one label two meanings.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let file: LexiconFile = toml::from_str(text)?;
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
        Ok(Lexicon { exact, prefixes, skeletons, levels, phrases: file.phrases, polarity: file.polarity })
    }

    /// What a column header or a row's label says its values are; `None` for a text the lexicon doesn't know.
    pub fn field(&self, label: &str) -> Option<Field> {
        if label.len() > 200 {
            return None;
        }
        self.field_of_key(&key(&without_dates(label)))
            .or_else(|| self.field_of_key(&key(&without_dates(&without_parentheses(label)))))
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

/// A label as it is compared: lower case, no accents, words of letters, digits and `%` separated by single blanks.
pub fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        if c == '\u{ad}' {
            continue;
        }
        if c.is_alphanumeric() || c == '%' {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// What is left of a word when the letters of the ligatures that fonts lose (fi, fl, ff, tt, ti) are gone, blanks too.
fn skeleton(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, 't' | 'i' | 'f' | 'l' | ' ')).collect()
}

/// A label without its dates and years, and the little words that lead to them ("al 30/6", "anno 2018", "del 31 dicembre").
pub fn without_dates(label: &str) -> String {
    static DATES: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that reads a label.
        Regex::new(
            r"(?ix) \b(?:(?:al|dal|del|nel|anno|a)\s+)* (?:
                \d{1,2}\s*[./-]\s*\d{1,2}(?:\s*[./-]\s*(?:19|20)?\d\d)?
              | \d{1,2}\s+(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)(?:\s+(?:19|20)\d\d)?
              | (?:i{1,3}|iv|primo|secondo|terzo|quarto|[1-4]°?)\s*(?:sem|semestre|trim|trimestre|quadr|quadrimestre)\b\.?(?:\s+(?:19|20)\d\d)?
              | (?:19|20)\d\d(?:\s*[-/]\s*(?:19|20)?\d\d)? ) \b",
        )
        .expect("constant pattern")
    });
    DATES.replace_all(label, " ").into_owned()
}

fn without_parentheses(label: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(label.len());
    for c in label.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lexicon_compiles() {
        let text = include_str!("../../data/lexicon.toml");
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
    fn an_ambiguous_lexicon_is_refused() {
        let text = include_str!("../../data/lexicon.toml").replace("code = [", "code = [\"peso\", ");
        assert!(matches!(Lexicon::parse(&text), Err(LexiconError::Ambiguous { .. })));
    }
}

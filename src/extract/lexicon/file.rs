//! The form of a lexicon's file.

use std::collections::HashMap;

use serde::Deserialize;

use super::field::Field;
use crate::extract::printed::Level;
use crate::extract::sheet::SheetField;

/// A lexicon that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    #[error("il lessico non si legge: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("il lessico dà a «{label}» due significati")]
    Ambiguous { label: String },
    #[error("il lessico non ha un elenco «{list}» in [{table}]")]
    UnknownList { table: &'static str, list: String },
}

/// A lexicon of the user's own: the form of the shipped one, every table optional.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Additions {
    pub fields: HashMap<Field, Vec<String>>,
    pub levels: HashMap<Level, Vec<String>>,
    pub phrases: HashMap<String, Vec<String>>,
    pub polarity: HashMap<String, Vec<String>>,
    pub sheet: HashMap<SheetField, Vec<String>>,
    pub stems: HashMap<Field, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LexiconFile {
    pub fields: HashMap<Field, Vec<String>>,
    pub levels: HashMap<Level, Vec<String>>,
    pub phrases: Phrases,
    pub polarity: PolarityWords,
    pub sheet: HashMap<SheetField, Vec<String>>,
    pub stems: HashMap<Field, Vec<String>>,
}

/// Phrases that open or mark a line; see the comments in `data/lexicon.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    pub section_starts: Vec<String>,
    pub part_starts: Vec<String>,
    pub document_titles: Vec<String>,
    pub owner_starts: Vec<String>,
    pub level_headings: Vec<String>,
    pub monitoring: Vec<String>,
    pub on_track: Vec<String>,
    pub off_track: Vec<String>,
    pub totals: Vec<String>,
    pub entity_result: Vec<String>,
    pub objective_result: Vec<String>,
    pub result_starts: Vec<String>,
    pub target_levels: Vec<String>,
    pub node_words: Vec<String>,
    pub area_words: Vec<String>,
    pub honorifics: Vec<String>,
    pub unit_types: Vec<String>,
    pub no_baseline: Vec<String>,
    pub value_words: Vec<String>,
    pub joining: Vec<String>,
    pub light: Vec<String>,
    pub revising: Vec<String>,
    pub traffic_lights: Vec<String>,
    pub budget_words: Vec<String>,
}

impl Phrases {
    pub(super) fn list(&mut self, name: &str) -> Option<&mut Vec<String>> {
        Some(match name {
            "section_starts" => &mut self.section_starts,
            "part_starts" => &mut self.part_starts,
            "document_titles" => &mut self.document_titles,
            "owner_starts" => &mut self.owner_starts,
            "level_headings" => &mut self.level_headings,
            "monitoring" => &mut self.monitoring,
            "on_track" => &mut self.on_track,
            "off_track" => &mut self.off_track,
            "totals" => &mut self.totals,
            "entity_result" => &mut self.entity_result,
            "objective_result" => &mut self.objective_result,
            "result_starts" => &mut self.result_starts,
            "target_levels" => &mut self.target_levels,
            "node_words" => &mut self.node_words,
            "area_words" => &mut self.area_words,
            "honorifics" => &mut self.honorifics,
            "unit_types" => &mut self.unit_types,
            "no_baseline" => &mut self.no_baseline,
            "value_words" => &mut self.value_words,
            "joining" => &mut self.joining,
            "light" => &mut self.light,
            "revising" => &mut self.revising,
            "traffic_lights" => &mut self.traffic_lights,
            "budget_words" => &mut self.budget_words,
            _ => return None,
        })
    }
}

/// Words that tell which way an indicator is better.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolarityWords {
    pub lower: Vec<String>,
    /// Names that hold a word of the others, and of which more is better all the same.
    pub higher: Vec<String>,
}

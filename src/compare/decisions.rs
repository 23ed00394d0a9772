//! What a person decides on pairs of indicators: a CSV of `left,right,same,who,why`.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::audit::{Finding, Severity};
use crate::document::fold;

/// The columns, in any order.
const COLUMNS: [&str; 5] = ["left", "right", "same", "who", "why"];

/// A file of decisions that can't be used; lines count from 1, the header's included.
#[derive(Debug, Error)]
pub enum DecisionError {
    #[error("riga {line}: non è una riga CSV: {message}")]
    Syntax { line: u64, message: String },
    #[error("riga 1: manca la colonna «{0}»")]
    Column(&'static str),
    #[error("riga {line}: «{column}» è vuoto")]
    Empty { line: u64, column: &'static str },
    #[error("riga {line}: «{same}» non è né «sì» né «no»")]
    Same { line: u64, same: String },
    #[error("riga {line}: decide sulla stessa coppia della riga {first}")]
    Twice { line: u64, first: u64 },
}

/// A person's decision on one pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The line in the file, the header's included.
    pub line: u64,
    /// The smaller of the two indicators' ids.
    pub left: String,
    /// The greater one.
    pub right: String,
    /// They measure the same.
    pub same: bool,
    pub who: String,
    pub why: String,
}

impl Decision {
    /// What it decides on.
    pub(super) fn key(&self) -> (String, String) {
        (self.left.clone(), self.right.clone())
    }
}

/// The finding on a decision of which an indicator is in no document.
pub(super) fn idle(decision: &Decision) -> Finding {
    Finding {
        subject_id: Some(decision.left.clone()),
        text: format!("{}, {}", decision.left, decision.right),
        message: format!(
            "la decisione della riga {} sulle coppie non si applica: uno dei due indicatori non c'è",
            decision.line
        ),
        hint: "controllare left e right; se i documenti non si leggono in questa esecuzione, ignorare".to_owned(),
        ..Finding::bare("COR002", Severity::Warning)
    }
}

/// A person's decisions, one a pair.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decisions {
    of: BTreeMap<(String, String), Decision>,
}

impl Decisions {
    /// Reads a CSV with comma or semicolon between fields; `same` is "sì" or "no", the order of left and right doesn't matter.
    ///
    /// # Errors
    /// A line that is no CSV, a column that is missing, a field that is empty or not understood, a pair decided twice.
    pub fn parse(text: &str) -> Result<Self, DecisionError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let header = text.lines().next().unwrap_or_default();
        let delimiter = if header.contains(';') && !header.contains(',') { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
        let syntax = |error: csv::Error| DecisionError::Syntax {
            line: error.position().map_or(1, csv::Position::line),
            message: error.to_string(),
        };
        let names = reader.headers().map_err(syntax)?.clone();
        let mut places = [0; COLUMNS.len()];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            *place = names.iter().position(|name| name.trim() == column).ok_or(DecisionError::Column(column))?;
        }
        let mut decisions = Decisions::default();
        for record in reader.records() {
            let record = record.map_err(syntax)?;
            let line = record.position().map_or(0, csv::Position::line);
            let field =
                |index: usize| places.get(index).and_then(|place| record.get(*place)).map(fold).unwrap_or_default();
            let needed = |index: usize| {
                let column = COLUMNS.get(index).copied().unwrap_or_default();
                Some(field(index)).filter(|text| !text.is_empty()).ok_or(DecisionError::Empty { line, column })
            };
            let (one, other, same) = (needed(0)?, needed(1)?, needed(2)?);
            let same = match same.to_lowercase().as_str() {
                "sì" | "si" | "s" | "si'" => true,
                "no" | "n" => false,
                _ => return Err(DecisionError::Same { line, same }),
            };
            let (left, right) = if one <= other { (one, other) } else { (other, one) };
            let decision = Decision { line, left, right, same, who: field(3), why: field(4) };
            if let Some(first) = decisions.of.insert(decision.key(), decision) {
                return Err(DecisionError::Twice { line, first: first.line });
            }
        }
        Ok(decisions)
    }

    /// The decision on a pair, in either order.
    pub(super) fn on(&self, one: &str, other: &str) -> Option<&Decision> {
        let (left, right) = if one <= other { (one, other) } else { (other, one) };
        self.of.get(&(left.to_owned(), right.to_owned()))
    }

    /// All decisions, by pair.
    pub fn all(&self) -> impl Iterator<Item = &Decision> {
        self.of.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_found_in_either_order() {
        let text = "\u{feff}left;right;same;who;why\nb/2;a/1;SÌ;Anna Rossi;stesso servizio\nc/1;d/1;no;;\n";
        let decisions = Decisions::parse(text).unwrap();
        let first = decisions.on("a/1", "b/2").unwrap();
        assert_eq!((first.same, first.line, first.who.as_str()), (true, 2, "Anna Rossi"));
        assert!(!decisions.on("d/1", "c/1").unwrap().same);
        assert!(decisions.on("a/1", "d/1").is_none());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let error = |text: &str| Decisions::parse(text).unwrap_err().to_string();
        assert_eq!(error("left,right,who,why\n"), "riga 1: manca la colonna «same»");
        assert_eq!(error("left,right,same,who,why\na,b,forse,,\n"), "riga 2: «forse» non è né «sì» né «no»");
        assert_eq!(error("left,right,same,who,why\na,,no,,\n"), "riga 2: «right» è vuoto");
        assert_eq!(
            error("left,right,same,who,why\na,b,no,,\nb,a,si,,\n"),
            "riga 3: decide sulla stessa coppia della riga 2"
        );
        assert!(error("left,right,same,who,why\na,b\n").starts_with("riga 2: non è una riga CSV"));
    }
}

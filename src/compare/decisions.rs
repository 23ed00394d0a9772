//! What a person decides on pairs of indicators: a CSV of `left,right,same,who,why`.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::kept::{self, KeptError};

/// The columns, in any order.
const COLUMNS: [&str; 5] = ["left", "right", "same", "who", "why"];

/// A file of decisions that can't be used; lines count from 1, the header's included.
#[derive(Debug, Error)]
pub enum DecisionError {
    #[error(transparent)]
    File(#[from] KeptError),
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

/// A person's decisions, one a pair.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decisions {
    of: BTreeMap<(String, String), Decision>,
}

impl Decisions {
    /// Reads a CSV with a header row, comma or semicolon between the fields; `same` is "sì" or "no", the order of left and right doesn't matter.
    ///
    /// # Errors
    /// A line that is no CSV, a column that is missing, a field that is empty or not understood, a pair decided twice.
    pub fn parse(text: &str) -> Result<Self, DecisionError> {
        let mut decisions = Decisions::default();
        // Who and why may be left empty.
        for row in kept::rows(text, COLUMNS, 3)? {
            let line = row.line;
            let [one, other, same, who, why] = row.fields;
            let same = match same.to_lowercase().as_str() {
                "sì" | "si" | "s" | "si'" => true,
                "no" | "n" => false,
                _ => return Err(DecisionError::Same { line, same }),
            };
            let (left, right) = if one <= other { (one, other) } else { (other, one) };
            let decision = Decision { line, left, right, same, who, why };
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

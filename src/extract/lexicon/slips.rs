//! Known labels from which a header differs by a slip: "Indicatroe", "Valore ateso".

use std::collections::HashMap;

use super::field::Field;

/// How alike a header and a known label must be to be taken for the same, and from how many letters on.
const SLIP: f64 = 0.85;
const SLIP_FROM: usize = 5;

/// How often each letter stands in a text; what is no letter from a to z counts together.
type Letters = [u8; 27];

fn letters(key: &str) -> Letters {
    let mut out = [0_u8; 27];
    for c in key.chars() {
        let place = if c.is_ascii_lowercase() { usize::from(c as u8 - b'a') } else { 26 };
        // `place` is 26 at most.
        out[place] = out[place].saturating_add(1);
    }
    out
}

#[derive(Debug, Clone)]
struct Known {
    key: String,
    length: usize,
    letters: Letters,
    field: Field,
}

/// The known labels by which slips are found, in the order of their keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Slips(Vec<Known>);

impl Slips {
    pub fn compile(exact: &HashMap<String, Field>) -> Self {
        let known = |(key, &field): (&String, &Field)| Known {
            key: key.clone(),
            length: key.chars().count(),
            letters: letters(key),
            field,
        };
        let mut all: Vec<Known> = exact.iter().map(known).filter(|known| known.length >= SLIP_FROM).collect();
        all.sort_by(|a, b| a.key.cmp(&b.key));
        Slips(all)
    }

    /// The field of the known label that a key is a slip of, if there is one: the most alike, of several the first by its letters.
    pub fn field(&self, key: &str) -> Option<Field> {
        let length = key.chars().count();
        if length < SLIP_FROM {
            return None;
        }
        let own = letters(key);
        let mut best: Option<(f64, Field)> = None;
        for known in &self.0 {
            // Measuring costs the product of both lengths: what can't be a slip is told by its length and letters.
            let longer = length.max(known.length) as f64;
            let slips = (longer * (1.0 - SLIP)).floor() as usize;
            if length.abs_diff(known.length) > slips {
                continue;
            }
            let missing: usize = own.iter().zip(&known.letters).map(|(a, b)| usize::from(a.abs_diff(*b))).sum();
            // A slip changes the counts of two letters at most.
            if missing > 2 * slips {
                continue;
            }
            let likeness = strsim::normalized_damerau_levenshtein(key, &known.key);
            if likeness >= SLIP && best.is_none_or(|(so_far, _)| likeness > so_far) {
                best = Some((likeness, known.field));
            }
        }
        best.map(|(_, field)| field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_other_words_are_not() {
        let known = [("valore atteso", Field::Target), ("valore rilevato", Field::Actual), ("peso", Field::Weight)];
        let slips = Slips::compile(&known.into_iter().map(|(key, field)| (key.to_owned(), field)).collect());
        assert_eq!(slips.field("valore ateso"), Some(Field::Target));
        assert_eq!(slips.field("valroe rilevato"), Some(Field::Actual));
        assert_eq!(slips.field("valore netto"), None);
        assert_eq!(slips.field("pesi"), None);
    }
}

//! What sentences tell of one indicator.

use crate::document::Source;
use crate::extract::draft::Draft;
use crate::extract::lexicon::Field;

/// A value and the words that name it, where words do.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::extract) struct Clause {
    pub field: Field,
    pub label: String,
    pub value: String,
}

/// What sentences tell of one indicator.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::extract) struct Reading {
    pub code: Option<String>,
    /// Its name, where the sentences give one of their own.
    pub name: Option<String>,
    pub values: Vec<Clause>,
}

impl Reading {
    /// The reading with a value more, if there is one.
    pub fn with(mut self, field: Field, value: Option<String>) -> Self {
        if let Some(value) = value {
            self.set(field, value);
        }
        self
    }

    /// Sets a value, in place of one that the same field had.
    pub fn set(&mut self, field: Field, value: String) {
        self.values.retain(|c| c.field != field);
        self.values.push(Clause { field, label: String::new(), value });
    }

    pub fn get(&self, field: Field) -> Option<&str> {
        self.values.iter().find(|c| c.field == field).map(|c| c.value.as_str())
    }

    /// Whether it tells a value, not just a remark.
    pub fn says_something(&self) -> bool {
        self.values.iter().any(|c| c.field != Field::Note)
    }

    /// Sets what it tells and the draft doesn't have yet.
    pub fn fill(&self, draft: &mut Draft, source: &Source) {
        let told = &draft.told;
        let taken: Vec<Field> = [
            (Field::Target, told.targets.iter().any(|t| !t.revised)),
            (Field::RevisedTarget, told.targets.iter().any(|t| t.revised)),
            (Field::Actual, !told.actuals.is_empty()),
            (Field::Achievement, !told.achievements.is_empty()),
            (Field::Note, told.note.is_some()),
        ]
        .into_iter()
        .filter_map(|(field, taken)| taken.then_some(field))
        .collect();
        for clause in self.values.iter().filter(|c| !taken.contains(&c.field)) {
            draft.set(clause.field, &clause.label, &clause.value, source);
        }
    }
}

//! Corrections that a person keeps beside the documents: a CSV of `document,indicator,field,value,who,why`.

use std::collections::HashSet;

use jiff::civil::Date;
use thiserror::Error;

use super::plan::{Correction, DatedMeasure, Indicator, Measure, Plan};
use super::polarity;
use super::value::{Role, read_value_of_year};
use crate::extract::{Confidence, Lexicon};
use crate::kept::{self, KeptError};

/// The columns, in any order.
const COLUMNS: [&str; 6] = ["document", "indicator", "field", "value", "who", "why"];

/// The fields that can be corrected, as messages name them.
const FIELDS: &str = "name, owner, section, code, algorithm, unit, data_source, frequency, note, weight, baseline, variance, \
                      achievement, «target DATA», «target DATA revised», «actual DATA» (DATA come 2019-12-31)";

/// A file of corrections that can't be used; lines count from 1, the header's included.
#[derive(Debug, Error)]
pub enum CorrectionError {
    #[error(transparent)]
    File(#[from] KeptError),
    #[error("riga {line}: il campo «{field}» non c'è; si può dare: {FIELDS}")]
    Field { line: u64, field: String },
    #[error("riga {line}: corregge lo stesso campo della riga {first}")]
    Twice { line: u64, first: u64 },
}

/// What a correction is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Field {
    /// A field that is a text, by its name.
    Text(&'static str),
    Weight,
    Baseline,
    Variance,
    Achievement,
    Target(Date, bool),
    Actual(Date),
}

impl Field {
    fn parse(text: &str) -> Option<Field> {
        const TEXTS: [&str; 9] =
            ["name", "owner", "section", "code", "algorithm", "unit", "data_source", "frequency", "note"];
        let words: Vec<&str> = text.split_whitespace().collect();
        Some(match words[..] {
            ["weight"] => Field::Weight,
            ["baseline"] => Field::Baseline,
            ["variance"] => Field::Variance,
            ["achievement"] => Field::Achievement,
            ["target", day] => Field::Target(day.parse().ok()?, false),
            ["target", day, "revised"] => Field::Target(day.parse().ok()?, true),
            ["actual", day] => Field::Actual(day.parse().ok()?),
            [name] => Field::Text(TEXTS.into_iter().find(|known| *known == name)?),
            _ => return None,
        })
    }
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectionLine {
    /// Counted from 1, the header's included.
    pub line: u64,
    /// A `document_id` or a file's name.
    pub document: String,
    /// An `indicator_id`.
    pub indicator: String,
    /// The field as written.
    pub field: String,
    pub value: String,
    pub who: String,
    pub why: String,
    of: Field,
}

/// Why a correction was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unapplied {
    NoDocument,
    NoIndicator,
    NoField,
    /// The machine reads what the correction says.
    ReadSo,
}

impl Unapplied {
    /// In Italian.
    pub fn message(self) -> &'static str {
        match self {
            Unapplied::NoDocument => "il documento non c'è fra quelli letti",
            Unapplied::NoIndicator => "il documento non ha un indicatore con questo identificativo",
            Unapplied::NoField => "l'indicatore non ha un valore di questo campo e di questa data",
            Unapplied::ReadSo => "il valore letto è già quello della correzione",
        }
    }
}

/// The corrections of a file, in its order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Corrections {
    lines: Vec<CorrectionLine>,
}

impl Corrections {
    /// Reads a CSV with a header row; comma or semicolon between the fields.
    ///
    /// # Errors
    /// Where a line is not well formed, with its number.
    pub fn parse(text: &str) -> Result<Self, CorrectionError> {
        let mut lines: Vec<CorrectionLine> = Vec::new();
        for row in kept::rows(text, COLUMNS, COLUMNS.len())? {
            let line = row.line;
            let [document, indicator, field, value, who, why] = row.fields;
            let of = Field::parse(&field).ok_or_else(|| CorrectionError::Field { line, field: field.clone() })?;
            let same = |l: &&CorrectionLine| l.document == document && l.indicator == indicator && l.of == of;
            if let Some(first) = lines.iter().find(same) {
                return Err(CorrectionError::Twice { line, first: first.line });
            }
            lines.push(CorrectionLine { line, document, indicator, field, value, who, why, of });
        }
        Ok(Corrections { lines })
    }

    /// Applies what is of this document, and gives back what could not be applied.
    pub fn apply(&self, plan: &mut Plan, lexicon: &Lexicon) -> Vec<(CorrectionLine, Unapplied)> {
        let mut unapplied = Vec::new();
        for line in &self.lines {
            if !line.is_of(plan) {
                continue;
            }
            let year = plan.card.year;
            let Some(indicator) = plan.indicators.iter_mut().find(|i| i.indicator_id == line.indicator) else {
                unapplied.push((line.clone(), Unapplied::NoIndicator));
                continue;
            };
            match line.apply(indicator, year) {
                Ok(()) => {
                    let (polarity, reason) =
                        polarity::polarity(&indicator.name, indicator.unit.as_deref(), &indicator.targets, lexicon);
                    (indicator.polarity, indicator.polarity_reason) = (polarity, reason);
                }
                Err(why) => unapplied.push((line.clone(), why)),
            }
        }
        unapplied
    }

    /// The corrections of documents that are not among these, each given by its id and its file's name.
    pub fn of_no_document<'a>(&'a self, documents: &[(&str, &str)]) -> Vec<&'a CorrectionLine> {
        let known: HashSet<&str> = documents.iter().flat_map(|(id, file)| [*id, *file]).collect();
        self.lines.iter().filter(|line| !known.contains(line.document.as_str())).collect()
    }
}

impl CorrectionLine {
    fn is_of(&self, plan: &Plan) -> bool {
        self.document == plan.card.document_id || self.document == plan.card.source_file
    }

    fn correction(&self, raw: &str) -> Correction {
        Correction { raw: raw.to_owned(), who: self.who.clone(), why: self.why.clone() }
    }

    fn apply(&self, indicator: &mut Indicator, year: Option<i16>) -> Result<(), Unapplied> {
        let of = |values: &mut Vec<DatedMeasure>, day: Date, revised: bool, role: Role| {
            let value = values.iter_mut().find(|v| v.period == Some(day) && v.revised == revised);
            self.measure(&mut value.ok_or(Unapplied::NoField)?.measure, role, year)
        };
        match &self.of {
            Field::Text(name) => self.text(indicator, name),
            Field::Weight => self.optional(indicator, |i| &mut i.weight, Role::Weight, year),
            Field::Variance => self.optional(indicator, |i| &mut i.variance, Role::Variance, year),
            Field::Achievement => self.optional(indicator, |i| &mut i.achievement, Role::Achievement, year),
            Field::Baseline => match &mut indicator.baseline {
                Some(baseline) => self.measure(&mut baseline.measure, Role::Baseline, year),
                None => Err(Unapplied::NoField),
            },
            &Field::Target(day, revised) => of(&mut indicator.targets, day, revised, Role::Target),
            &Field::Actual(day) => {
                let revised = indicator.actuals.iter().find(|a| a.period == Some(day)).is_some_and(|a| a.revised);
                of(&mut indicator.actuals, day, revised, Role::Actual)
            }
        }
    }

    fn measure(&self, measure: &mut Measure, role: Role, year: Option<i16>) -> Result<(), Unapplied> {
        if measure.raw == self.value {
            return Err(Unapplied::ReadSo);
        }
        measure.corrected = Some(self.correction(&measure.raw));
        measure.raw = self.value.clone();
        // A person has looked.
        measure.confidence = Confidence::FULL;
        measure.reading = read_value_of_year(role, &self.value, year);
        Ok(())
    }

    /// A value the sheet has once; one that the machine missed can be added.
    fn optional(
        &self,
        indicator: &mut Indicator,
        slot: impl Fn(&mut Indicator) -> &mut Option<Measure>,
        role: Role,
        year: Option<i16>,
    ) -> Result<(), Unapplied> {
        let source = indicator.source.clone();
        let reading = read_value_of_year(role, "", year);
        let confidence = Confidence::FULL;
        let missed = || Measure { raw: String::new(), reading, source, corrected: None, confidence };
        self.measure(slot(indicator).get_or_insert_with(missed), role, year)
    }

    fn text(&self, indicator: &mut Indicator, name: &'static str) -> Result<(), Unapplied> {
        let machine = match name {
            "name" => {
                indicator.name_confidence = Confidence::FULL;
                std::mem::replace(&mut indicator.name, self.value.clone())
            }
            _ => {
                let slot = match name {
                    "owner" => &mut indicator.owner,
                    "section" => &mut indicator.section,
                    "code" => &mut indicator.code,
                    "algorithm" => &mut indicator.algorithm,
                    "unit" => &mut indicator.unit,
                    "data_source" => &mut indicator.data_source,
                    "frequency" => &mut indicator.frequency,
                    "note" => &mut indicator.note,
                    _ => return Err(Unapplied::NoField),
                };
                slot.replace(self.value.clone()).unwrap_or_default()
            }
        };
        if machine == self.value {
            return Err(Unapplied::ReadSo);
        }
        indicator.corrected.push((name, self.correction(&machine)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::{Polarity, Value};
    use crate::score::sample::{indicator, measure, plan, set_target};

    const DAY: Option<Date> = Some(Date::constant(2019, 12, 31));

    fn sample() -> Plan {
        let mut one = indicator("1");
        set_target(&mut one, DAY, "5");
        one.weight = Some(measure("20%"));
        plan(vec![one])
    }

    fn parse(rows: &str) -> Result<Corrections, CorrectionError> {
        Corrections::parse(&format!("document,indicator,field,value,who,why\n{rows}"))
    }

    #[test]
    fn a_correction_is_typed_and_the_machines_reading_is_kept() {
        let rows = "prova.pdf,prova-2019-relazione/1/1,target 2019-12-31,<= 6,Anna,si legge male\n\
                    prova-2019-relazione,prova-2019-relazione/1/1,name,Altro nome,Anna,x\n\
                    prova.pdf,prova-2019-relazione/1/1,achievement,\"97,5%\",Anna,x\n";
        let mut plan = sample();
        assert_eq!(parse(rows).unwrap().apply(&mut plan, Lexicon::shipped()), []);
        let one = &plan.indicators[0];
        let target = &one.targets[0].measure;
        assert_eq!(target.raw, "<= 6");
        assert_eq!(target.corrected.as_ref().map(|c| (&*c.raw, &*c.who)), Some(("5", "Anna")));
        assert_eq!(one.polarity, Polarity::Lower);
        assert_eq!(one.name, "Altro nome");
        assert_eq!(one.corrected[0].1.raw, "Indicatore di prova 1");
        let achievement = one.achievement.as_ref().and_then(|a| a.reading.value);
        assert!(matches!(achievement, Some(Value::Number(n)) if n.to_string() == "97.5"));
    }

    #[test]
    fn what_no_longer_applies_is_told() {
        let rows = "prova.pdf,prova-2019-relazione/1/9,weight,6,A,x\n\
                    prova.pdf,prova-2019-relazione/1/1,target 2019-06-30,6,A,x\n\
                    prova.pdf,prova-2019-relazione/1/1,weight,20%,A,x\n\
                    altro.pdf,prova-2019-relazione/1/1,weight,30%,A,x\n";
        let corrections = parse(rows).unwrap();
        let mut plan = sample();
        let told: Vec<_> =
            corrections.apply(&mut plan, Lexicon::shipped()).into_iter().map(|(line, why)| (line.line, why)).collect();
        assert_eq!(told, [(2, Unapplied::NoIndicator), (3, Unapplied::NoField), (4, Unapplied::ReadSo)]);
        assert_eq!(plan, sample());
        let elsewhere: Vec<u64> = corrections
            .of_no_document(&[(&plan.card.document_id, &plan.card.source_file)])
            .iter()
            .map(|line| line.line)
            .collect();
        assert_eq!(elsewhere, [5]);
    }

    #[test]
    fn a_malformed_file_is_refused_with_its_line() {
        for (rows, says) in [
            ("a,b,weight,1,who\n", "riga 2"),
            ("a,b,weight,1,w,y\na,b,weight,2,w,y\n", "riga 3: corregge lo stesso campo della riga 2"),
            ("a,b,peso,1,w,y\n", "riga 2: il campo «peso»"),
            ("a,b,target 2019,1,w,y\n", "riga 2: il campo «target 2019»"),
            ("a,b,weight,,w,y\n", "riga 2: «value» è vuoto"),
        ] {
            let error = parse(rows).unwrap_err().to_string();
            assert!(error.contains(says), "{rows}: {error}");
        }
        assert!(matches!(Corrections::parse("a,b\n"), Err(CorrectionError::File(KeptError::Column("document")))));
        assert!(Corrections::parse("\u{feff}document;indicator;field;value;who;why\na;b;weight;1,5;w;y\n").is_ok());
    }
}

//! What a person has written down and did nothing (`COR…`): corrections, decisions on pairs.

use super::finding::{Finding, Severity};
use crate::normalise::{CorrectionLine, Unapplied};

/// The finding on a correction that was not applied.
pub fn unapplied(line: &CorrectionLine, why: Unapplied) -> Finding {
    let (hint, why_en, hint_en) = match why {
        Unapplied::ReadSo => (
            "la riga si può togliere dal file delle correzioni",
            "the value read is already the correction's",
            "the line can be dropped from the file of corrections",
        ),
        Unapplied::NoDocument => (
            "controllare la colonna document; se il documento non si legge in questa esecuzione, ignorare",
            "the document is not among those read",
            "check the column document; ignore where the document isn't read in this run",
        ),
        Unapplied::NoIndicator => (
            "controllare indicator e field: la lettura del documento può essere cambiata",
            "the document has no indicator of this id",
            "check indicator and field: the reading of the document may have changed",
        ),
        Unapplied::NoField => (
            "controllare indicator e field: la lettura del documento può essere cambiata",
            "the indicator has no value of this field and day",
            "check indicator and field: the reading of the document may have changed",
        ),
    };
    let severity = if why == Unapplied::ReadSo { Severity::Info } else { Severity::Warning };
    Finding {
        subject_id: Some(line.indicator.clone()),
        text: format!("{}, {}, {}: {}", line.document, line.indicator, line.field, line.value),
        message: format!("la correzione della riga {} non si applica: {}", line.line, why.message()),
        hint: hint.to_owned(),
        message_en: format!("the correction of line {} doesn't apply: {why_en}", line.line),
        hint_en: hint_en.to_owned(),
        ..Finding::bare("COR001", severity)
    }
}

/// The finding on a decision (of this line, on these two indicators) of which an indicator is in no document.
pub fn idle(line: u64, left: &str, right: &str) -> Finding {
    Finding {
        subject_id: Some(left.to_owned()),
        text: format!("{left}, {right}"),
        message: format!("la decisione della riga {line} sulle coppie non si applica: uno dei due indicatori non c'è"),
        hint: "controllare left e right; se i documenti non si leggono in questa esecuzione, ignorare".to_owned(),
        ..Finding::bare("COR002", Severity::Warning)
    }
}

//! What could not be read or understood (`NON…`).

use std::collections::HashSet;

use super::finding::{Finding, Severity};
use crate::document::Source;
use crate::extract::{Field, Lexicon};
use crate::normalise::Plan;

/// What reading and extraction left: texts that look like indicators, unknown headers, parts that could not be read.
pub fn unread(plan: &Plan, lexicon: &Lexicon) -> Vec<Finding> {
    let texts = plan.left_over.texts.iter().map(|text| Finding {
        source: Some(text.source.clone()),
        text: text.raw.clone(),
        message: "testo che sembra un indicatore e non è stato capito".to_owned(),
        hint: "controllare sul documento; se le intestazioni sono di un altro vocabolario, darle con --lexicon"
            .to_owned(),
        message_en: "a text that looks like an indicator and was not understood".to_owned(),
        hint_en: "check it in the document; where the headings are of another vocabulary, give them with --lexicon"
            .to_owned(),
        ..Finding::bare("NON001", Severity::Warning)
    });
    // A header that is printed again is told once, with its first place.
    let mut known = HashSet::new();
    let headers = plan.left_over.headers.iter().filter(|header| known.insert(header.raw.as_str())).map(|header| {
        let more = (
            "se la colonna serve, aggiungerla al suo campo in un lessico e darlo con --lexicon".to_owned(),
            "if the column matters, add it to its field in a lexicon and give it with --lexicon".to_owned(),
        );
        let (message, message_en, (hint, hint_en)) = match lexicon.nearest(&header.raw) {
            Some((Field::Known, known, _)) => (
                format!("intestazione sconosciuta; la più vicina è «{known}», che non si tiene"),
                format!("unknown heading; the nearest is “{known}”, which isn't kept"),
                more,
            ),
            Some((field, known, _)) => (
                format!("intestazione sconosciuta; la più vicina è «{known}» ({})", field.as_str()),
                format!("unknown heading; the nearest is “{known}” ({})", field.as_str()),
                (
                    format!(
                        "se è quella, aggiungerla al campo «{}» di un lessico e darlo con --lexicon",
                        field.as_str()
                    ),
                    format!(
                        "if it is that, add it to the field “{}” of a lexicon and give it with --lexicon",
                        field.as_str()
                    ),
                ),
            ),
            None => (
                "intestazione sconosciuta, lontana da tutte quelle note".to_owned(),
                "unknown heading, far from all those known".to_owned(),
                more,
            ),
        };
        Finding {
            source: Some(header.source.clone()),
            text: header.raw.clone(),
            message,
            hint,
            message_en,
            hint_en,
            ..Finding::bare("NON002", Severity::Info)
        }
    });
    let mut told = HashSet::new();
    let guessed = plan.left_over.guessed.iter().filter(|(header, _)| told.insert(header.raw.as_str()));
    let guessed = guessed.map(|(header, field)| Finding {
        source: Some(header.source.clone()),
        text: header.raw.clone(),
        message: format!("intestazione non riconosciuta, letta come «{}»", field.as_str()),
        hint: format!(
            "se è giusto, aggiungerla al campo «{}» di un lessico; se no a quello suo; e darlo con --lexicon",
            field.as_str()
        ),
        message_en: format!("a header that is not known, read as “{}”", field.as_str()),
        hint_en: format!(
            "if that is right, add it to the field “{}” of a lexicon, else to its own, and give it with --lexicon",
            field.as_str()
        ),
        ..Finding::bare("NON002", Severity::Info)
    });
    let faults = plan.card.faults.iter().map(|fault| Finding {
        source: Some(Source { page: fault.page, bbox: None, line: None }),
        message: format!("una parte non si è potuta leggere: {}", fault.message),
        hint: "controllare la pagina sul documento; i dati che vi stanno mancano".to_owned(),
        message_en: format!("a part could not be read: {}", fault.message),
        hint_en: "check the page in the document; the data on it is missing".to_owned(),
        ..Finding::bare("NON003", Severity::Error)
    });
    texts.chain(headers).chain(guessed).chain(faults).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Fault, Reason};
    use crate::extract::Printed;
    use crate::score::sample::plan;

    #[test]
    fn everything_left_is_a_finding() {
        let printed = |raw: &str| Printed::new(raw.to_owned(), Source::line(7));
        let mut plan = plan(Vec::new());
        plan.left_over.texts.push(printed("Numero eventi: target 10"));
        plan.left_over.headers.extend([printed("Valore tagret"), printed("Zebre")]);
        plan.card.faults.push(Fault {
            page: 3,
            reason: Reason::PageDamaged,
            message: "la pagina è danneggiata".to_owned(),
        });
        let found = unread(&plan, Lexicon::shipped());
        let codes: Vec<_> = found.iter().map(|f| f.code).collect();
        assert_eq!(codes, ["NON001", "NON002", "NON002", "NON003"]);
        assert!(found[1].message.contains("«valore target» (target)"), "{}", found[1].message);
        assert!(found[2].message.contains("lontana"));
        assert_eq!(found[3].source.as_ref().map(|s| s.page), Some(3));
    }
}

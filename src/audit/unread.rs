//! What could not be read or understood (`NON…`).

use std::collections::HashSet;

use super::finding::{Finding, Severity, gathered};
use super::rules::rule;
use crate::document::Source;
use crate::extract::{Field, Lexicon, Printed};
use crate::normalise::Plan;

/// From this many texts on one finding lists them.
const MANY: usize = 3;

/// What reading and extraction left: texts that look like indicators, unknown headers, parts that could not be read.
pub fn unread(plan: &Plan, lexicon: &Lexicon) -> Vec<Finding> {
    let mut out = texts(plan);
    out.extend(unknown(plan, lexicon));
    out.extend(guessed(plan));
    out.extend(faults(plan));
    out
}

/// A finding on printed words, which it quotes.
fn at(code: &'static str, severity: Severity, label: (&'static str, &'static str), printed: &Printed) -> Finding {
    Finding::bare(code, severity).at(&printed.source).quote(label.0, label.1, &printed.raw)
}

/// Rows and short lines with figures that are in no indicator.
fn texts(plan: &Plan) -> Vec<Finding> {
    let found: Vec<Finding> = plan
        .left_over
        .texts
        .iter()
        .filter(|text| !is_prose(&text.raw))
        .map(|text| {
            let mut finding = at("NON001", Severity::Warning, ("testo", "text"), text);
            finding.hint =
                "controllare sul documento; se le intestazioni sono di un altro vocabolario, darle con --lexicon"
                    .into();
            finding.hint_en =
                "check it in the document; where the headings are of another vocabulary, give them with --lexicon"
                    .into();
            finding.says(
                "testo che sembra un indicatore e non è stato capito",
                "a text that looks like an indicator and was not understood",
            )
        })
        .collect();
    let n = found.len();
    match rule("NON001").filter(|_| n >= MANY) {
        Some(rule) => gathered(rule, found)
            .map(|finding| {
                finding.says(
                    format!("{n} righe con cifre non sono entrate nei dati degli indicatori"),
                    format!("{n} lines with figures are in no indicator's data"),
                )
            })
            .into_iter()
            .collect(),
        None => found,
    }
}

/// A sentence, or several: it tells how things are measured and holds no row of an indicator.
fn is_prose(text: &str) -> bool {
    const LONG: usize = 16;
    let cells = text.contains(" | ") || text.contains('\n');
    let ends = text.trim_end().ends_with(['.', ';', '…', ':']) || text.contains(". ");
    !cells && ends && text.split_whitespace().count() >= LONG
}

/// Headings that the lexicon doesn't have, each once, with the nearest that it has.
fn unknown(plan: &Plan, lexicon: &Lexicon) -> Vec<Finding> {
    let mut known = HashSet::new();
    let headers = plan.left_over.headers.iter().filter(|header| known.insert(header.raw.as_str()));
    let found: Vec<Finding> = headers
        .map(|header| {
            let mut finding = at("NON002", Severity::Info, ("intestazione", "heading"), header);
            let near = lexicon.nearest(&header.raw).filter(|(field, ..)| *field != Field::Known);
            finding.hint = "se la colonna serve, aggiungerla al suo campo in un lessico e darlo con --lexicon".into();
            finding.hint_en =
                "if the column matters, add it to its field in a lexicon and give it with --lexicon".into();
            if let Some((field, ..)) = near {
                let field = field.as_str();
                finding.hint =
                    format!("se è quella, aggiungerla al campo «{field}» di un lessico e darlo con --lexicon");
                finding.hint_en =
                    format!("if it is that, add it to the field “{field}” of a lexicon and give it with --lexicon");
            }
            let raw = &header.raw;
            match near {
                Some((field, known, _)) => finding.says(
                    format!(
                        "la colonna «{raw}» non è stata capita e non è nei dati; la più vicina è «{known}» ({})",
                        name(field)
                    ),
                    format!(
                        "the column “{raw}” was not understood and isn't in the data; the nearest is “{known}” ({})",
                        field.as_str()
                    ),
                ),
                None => finding.says(
                    format!("la colonna «{raw}» non è stata capita e non è nei dati"),
                    format!("the column “{raw}” was not understood and isn't in the data"),
                ),
            }
        })
        .collect();
    let n = found.len();
    match rule("NON002").filter(|_| n > 1) {
        Some(rule) => gathered(rule, found)
            .map(|finding| {
                finding.says(
                    format!("{n} colonne non sono state capite e non sono nei dati"),
                    format!("{n} columns were not understood and aren't in the data"),
                )
            })
            .into_iter()
            .collect(),
        None => found,
    }
}

/// Headings that the lexicon doesn't have and that were understood all the same: one note.
fn guessed(plan: &Plan) -> Option<Finding> {
    let mut told = HashSet::new();
    let all: Vec<&(Printed, Field)> =
        plan.left_over.guessed.iter().filter(|(header, _)| told.insert(header.raw.as_str())).collect();
    let (first, _) = all.first()?;
    let mut finding = Finding::bare("NON002", Severity::Info).at(&first.source);
    let (mut it, mut en) = (Vec::new(), Vec::new());
    for (header, field) in &all {
        finding = finding.quote("intestazione", "heading", &header.raw);
        it.push(format!("«{}» come {}", header.raw, name(*field)));
        en.push(format!("“{}” as {}", header.raw, field.as_str().replace('_', " ")));
    }
    finding.hint = "se è giusto non serve fare nulla; se no, dire il campo in un lessico e darlo con --lexicon".into();
    finding.hint_en =
        "if that is right, nothing is to be done; else name the field in a lexicon and give it with --lexicon".into();
    Some(finding.says(
        format!("intestazioni che non sono fra quelle note, capite così: {}", it.join(", ")),
        format!("headings that are not among the known ones, understood so: {}", en.join(", ")),
    ))
}

fn faults(plan: &Plan) -> impl Iterator<Item = Finding> + '_ {
    let paged = plan.card.format == crate::document::Format::Pdf;
    plan.card.faults.iter().map(move |fault| Finding {
        place: (paged && fault.page == 1).then(|| "pagina 1".to_owned()),
        source: Some(Source { page: fault.page, bbox: None, line: None }),
        message: format!("una parte non si è potuta leggere: {}", fault.message),
        hint: "controllare la pagina sul documento; i dati che vi stanno mancano".to_owned(),
        message_en: format!("a part could not be read: {}", fault.message),
        hint_en: "check the page in the document; the data on it is missing".to_owned(),
        ..Finding::bare("NON003", Severity::Error)
    })
}

/// A field as Italian readers call it.
fn name(field: Field) -> &'static str {
    match field {
        Field::Code => "codice",
        Field::Indicator => "indicatore",
        Field::Objective => "obiettivo",
        Field::Weight => "peso",
        Field::ObjectiveWeight => "peso dell'obiettivo",
        Field::RevisedObjectiveWeight => "peso ridefinito dell'obiettivo",
        Field::Baseline => "valore di partenza",
        Field::Target => "valore da raggiungere",
        Field::RevisedTarget => "nuovo valore da raggiungere",
        Field::Actual => "risultato",
        Field::Variance => "scostamento",
        Field::Achievement => "grado di raggiungimento",
        Field::ObjectiveAchievement => "grado di raggiungimento dell'obiettivo",
        Field::GroupAchievement => "grado di raggiungimento del gruppo",
        Field::PointsAvailable => "punti disponibili",
        Field::Points => "punti",
        Field::Algorithm => "metodo di calcolo",
        Field::Unit => "unità di misura",
        Field::DataSource => "fonte dei dati",
        Field::Frequency => "frequenza della rilevazione",
        Field::Owner | Field::Responsible => "responsabile",
        Field::Title => "titolo",
        Field::Type => "tipo",
        Field::Note => "nota",
        Field::StrategicLink => "obiettivo strategico collegato",
        Field::Section => "area o sezione",
        Field::Mission => "missione",
        Field::SectorPerformance => "risultato del settore",
        Field::AreaPerformance => "risultato dell'area",
        Field::Known => "colonna che non si tiene",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Fault, Reason};
    use crate::score::sample::plan;

    fn printed(raw: &str) -> Printed {
        Printed::new(raw.to_owned(), Source::line(7))
    }

    #[test]
    fn everything_left_is_a_finding() {
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
        assert_eq!(codes, ["NON001", "NON002", "NON003"]);
        assert_eq!(found[0].quotes[0].raw, "Numero eventi: target 10");
        let told: Vec<&str> = found[1].related.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(told.len(), 2);
        assert!(told[0].contains("«Valore tagret»") && told[0].contains("«valore target»"), "{told:?}");
        assert_eq!(found[2].source.as_ref().map(|s| s.page), Some(3));
    }

    #[test]
    fn many_are_one_and_sentences_none() {
        let mut plan = plan(Vec::new());
        plan.left_over.texts = ["Ambito 1 | 40% | 94,92%", "Ambito 2 | 25% | 96,55%", "Ambito 3 | 35% | 92,08%"]
            .into_iter()
            .map(printed)
            .collect();
        plan.left_over.texts.push(printed(
            "Il grado di raggiungimento è il rapporto tra il valore a consuntivo e il target: vale al massimo 100, \
             anche dove il risultato supera il target.",
        ));
        plan.left_over.guessed =
            vec![(printed("Raggiung."), Field::Achievement), (printed("Peso ob."), Field::ObjectiveWeight)];
        let found = unread(&plan, Lexicon::shipped());
        let codes: Vec<_> = found.iter().map(|f| f.code).collect();
        assert_eq!(codes, ["NON001", "NON002"]);
        assert_eq!(found[0].related.len(), 3);
        assert!(found[1].message.contains("«Raggiung.» come grado di raggiungimento"), "{}", found[1].message);
    }
}

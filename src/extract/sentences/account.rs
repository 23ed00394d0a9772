//! The paragraphs below an indicator's label: "Risultati: … il target era >100 … – Valutazione OIV = 100/100". What is one indicator
//! by its label may be several by its figures ("n. eventi, n. partecipanti" with a target and a result each).

use std::sync::LazyLock;

use super::figures::*;
use super::reading::Reading;
use super::things::{assign, speaks_of, things};
use crate::document::fold;
use crate::extract::lexicon::Field;

/// What the paragraphs below the label of an indicator with this name say of it. One part at least.
pub(super) fn account(name: &str, texts: &[String]) -> Vec<Reading> {
    let whole = texts.join(" ");
    let (told, mark) = match evaluation(&whole) {
        Some((start, mark)) => {
            (whole.get(..start).unwrap_or(&whole).trim_end_matches([' ', '–', '-', ',']).to_owned(), Some(mark))
        }
        None => (whole.clone(), None),
    };
    let (told, mark) = match verdict(&told).filter(|_| mark.is_none()) {
        Some((start, verdict)) => (told[..start].trim_end().to_owned(), Some(verdict)),
        None => (told, mark),
    };
    // The mark may stand behind the last item.
    let alone = |text: &String| item(evaluation(text).and_then(|(start, _)| text.get(..start)).unwrap_or(text));
    let items: Vec<Reading> = texts.iter().filter_map(alone).collect();
    let mut parts = if items.len() > 1 { items } else { figures(name, &told) };
    let (told, revised) = without_revision(&told);
    if let [part] = &mut parts[..] {
        if let Some(revised) = revised {
            part.set(Field::RevisedTarget, revised);
            if part.get(Field::Target).is_none()
                && let Some(target) = target_in_name(name)
            {
                part.set(Field::Target, target);
            }
        }
        if part.get(Field::Actual).is_none() && mark.is_some() && !told.is_empty() {
            let statement = main_statement(&told);
            part.set(Field::Actual, statement.to_owned());
            if statement.len() < told.trim_end_matches('.').len() {
                part.set(Field::Note, told.clone());
            }
        }
    }
    for part in &mut parts {
        if let Some(mark) = &mark {
            part.set(Field::Achievement, mark.clone());
        }
    }
    parts
}

/// An item of a list of targets: "rapporto tra … e …: 100% (risultato 100%, 112/112)".
pub(super) fn item(text: &str) -> Option<Reading> {
    static FORM: Pattern = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^[-–•*\s]*(\S.{7,}?)\s*:\s*([^:()]{1,40}?)\s*",
            r"\((?:risultat[oi]|consuntivo|realizzat[oi]|conseguit[oi]|raggiunt[oi])\s*[:=]?\s*([^()]+)\)\s*[.;]?$"
        ))
    });
    static LED: Pattern = LazyLock::new(|| pattern(&format!(r"^({FIGURE})\s*[,;]\s+(\S.*)$")));
    let text = fold(text);
    let found = FORM.captures(&text)?;
    let (actual, note) = match LED.captures(&found[3]) {
        Some(led) => (led[1].to_owned(), Some(led[2].to_owned())),
        None => (found[3].to_owned(), None),
    };
    let named = Reading { name: Some(found[1].to_owned()), ..Reading::default() };
    let target = found[2].to_owned();
    Some(named.with(Field::Target, Some(target)).with(Field::Actual, Some(actual)).with(Field::Note, note))
}

/// Targets and results that sentences give as figures: one part for each, where the name names as many things.
fn figures(name: &str, told: &str) -> Vec<Reading> {
    let paired = paired(told);
    if !paired.is_empty() {
        return distribute(name, paired);
    }
    let targets = targets(told);
    let results = bracketed_result(told).map(|inside| (results(&inside), inside));
    let one = || {
        let actual = results.as_ref().map(|(figures, inside)| match &figures[..] {
            [(label, figure)] if speaks_of(label, name) => figure.clone(),
            _ => inside.clone(),
        });
        vec![Reading::default().with(Field::Target, target(told)).with(Field::Actual, actual)]
    };
    let Some((results, _)) = results.as_ref().filter(|(r, _)| r.len() == targets.len() && r.len() > 1) else {
        return one();
    };
    let labels: Vec<&str> = targets.iter().map(|(label, _)| label.as_str()).collect();
    let Some(of_target) = assign(&labels, results) else { return one() };
    let parts = targets.iter().zip(of_target).map(|((label, target), result)| {
        let part =
            Reading::default().with(Field::Target, Some(target.clone())).with(Field::Actual, Some(result.clone()));
        (label.clone(), part)
    });
    match distribute(name, parts.collect()) {
        parts if parts.len() > 1 => parts,
        _ => one(),
    }
}

/// Results with their targets in brackets: "sono stati realizzati 23 eventi (il target era >= 8)"; each with its clause.
fn paired(told: &str) -> Vec<(String, Reading)> {
    static FORM: Pattern = LazyLock::new(|| {
        pattern(
            r"(?i)([^(),;]*\d[^(),;]*)\s*\((?:a fronte di\s+|su\s+)?(?:il\s+|un\s+)?target\s*(?:era|previsto|di|:|=)*\s*([^()]+)\)",
        )
    });
    static RESULT: Pattern = LazyLock::new(|| pattern(&format!(r"(?:^|\s)({FIGURE})(?:\s|$)")));
    static REACHED: Pattern =
        LazyLock::new(|| pattern(r"(?i)raggiunt[oaie]\s+(?:al|nella misura del)\s+(\d[\d,]*\s*%)"));
    let part = |found: regex::Captures<'_>| {
        let actual = RESULT.captures(&found[1])?[1].trim().to_owned();
        let target = FIRST_TARGET.find(&found[2])?.as_str().trim_end_matches([',', '.', ' ']).to_owned();
        let achievement = REACHED.captures(&found[2]).map(|c| c[1].to_owned());
        let part = Reading::default().with(Field::Target, Some(target)).with(Field::Actual, Some(actual));
        let part = part.with(Field::Achievement, achievement);
        Some((found[1].to_owned(), part))
    };
    FORM.captures_iter(told).filter_map(part).collect()
}

/// Gives each part the name of the thing it speaks of, where the name names as many things as there are parts; otherwise the
/// first part has what all say.
fn distribute(name: &str, parts: Vec<(String, Reading)>) -> Vec<Reading> {
    let names = things(name, parts.len());
    let (labels, parts): (Vec<String>, Vec<Reading>) = parts.into_iter().unzip();
    if let [part] = &parts[..] {
        return vec![part.clone()];
    }
    let described: Vec<(String, Reading)> = labels.into_iter().zip(parts.iter().cloned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match assign(&names, &described) {
        Some(of_name) => {
            let named = |(name, part): (&&str, &Reading)| Reading { name: Some((*name).to_owned()), ..part.clone() };
            names.iter().zip(of_name).map(named).collect()
        }
        None => {
            let all = |field: Field| {
                let texts: Vec<&str> = parts.iter().filter_map(|p| p.get(field)).collect();
                (!texts.is_empty()).then(|| texts.join("; "))
            };
            vec![Reading::default().with(Field::Target, all(Field::Target)).with(Field::Actual, all(Field::Actual))]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, target, revised target, result, mark and remark; empty where there is none.
    #[derive(Debug, Clone, Default, PartialEq)]
    struct Part {
        name: String,
        target: String,
        revised: String,
        actual: String,
        achievement: String,
        note: String,
    }

    fn told(name: &str, texts: &[&str]) -> Vec<Part> {
        let texts: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
        let part = |reading: Reading| {
            let text = |field: Field| reading.get(field).unwrap_or_default().to_owned();
            Part {
                target: text(Field::Target),
                revised: text(Field::RevisedTarget),
                actual: text(Field::Actual),
                achievement: text(Field::Achievement),
                note: text(Field::Note),
                name: reading.name.unwrap_or_default(),
            }
        };
        account(name, &texts).into_iter().map(part).collect()
    }

    fn part(target: &str, actual: &str, achievement: &str) -> Part {
        let (target, actual, achievement) = (target.to_owned(), actual.to_owned(), achievement.to_owned());
        Part { target, actual, achievement, ..Part::default() }
    }

    fn named(name: &str, part: Part) -> Part {
        Part { name: name.to_owned(), ..part }
    }

    #[test]
    fn target_result_and_mark_in_one_paragraph() {
        let parts = told(
            "Ritardo medio dei pagamenti",
            &[
                "era previsto l'indicatore, con target ≤ 0 . Per l'anno 2022 obiettivo raggiunto (ritardo medio -8,75) – Valutazione OIV = 100/100",
            ],
        );
        assert_eq!(parts, [part("≤ 0", "-8,75", "100/100")]);
    }

    #[test]
    fn a_bracketed_result_in_other_words_than_the_name_stays_whole() {
        let parts = told("Tempo di risposta", &["Il target era < 10. Obiettivo raggiunto (gruppo A 8, gruppo B 9)."]);
        assert_eq!(parts[0].actual, "gruppo A 8, gruppo B 9");
    }

    #[test]
    fn two_things_with_a_target_and_a_result_each_are_two_indicators() {
        let parts = told(
            "Giorni per le uscite (media) e Giorni per le entrate (media)",
            &[
                "Il target era per le entrate <75 gg, per le uscite < 60 gg.",
                "Obiettivo raggiunto (media entrate: 49,96, uscite 53,1) – Valutazione OIV = 100/100",
            ],
        );
        let expected = [
            named("Giorni per le uscite (media)", part("< 60 gg", "53,1", "100/100")),
            named("Giorni per le entrate (media)", part("<75 gg", "49,96", "100/100")),
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn results_with_their_targets_in_brackets_find_their_names() {
        let parts = told(
            "n. eventi di informazione, n. assessment, capacità di coinvolgimento negli eventi",
            &[
                "Sono stati svolti 194 assessment (il target era >100), sono stati realizzati 23 eventi di informazione (il target era >= 8), sono stati coinvolti 1.134 partecipanti (il target era >= 700). Valutazione OIV 100/100",
            ],
        );
        let expected = [
            named("n. eventi di informazione", part(">= 8", "23", "100/100")),
            named("n. assessment", part(">100", "194", "100/100")),
            named("capacità di coinvolgimento negli eventi", part(">= 700", "1.134", "100/100")),
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn a_list_of_targets_with_results_is_a_list_of_indicators() {
        let parts = told(
            "procedimenti attivati",
            &[
                "I target erano definiti come di seguito:",
                "procedimenti attivati e da attivare (2490 C.C.): 100% (risultato 100%, 112/112)",
                "domicili regolarizzati e non validi: 95% (risultato 97%) Valutazione OIV 100/100.",
            ],
        );
        let first = Part { note: "112/112".to_owned(), ..part("100%", "100%", "100/100") };
        let expected = [
            named("procedimenti attivati e da attivare (2490 C.C.)", first),
            named("domicili regolarizzati e non validi", part("95%", "97%", "100/100")),
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn one_result_for_two_things_stays_one_indicator() {
        let parts = told(
            "attivazione dello sportello; risposta entro 5 gg.",
            &[
                "Lo sportello è attivo e si sono registrate 12 risposte (il target era ≥ 10 , target raggiunto al 100%).",
            ],
        );
        assert_eq!(parts, [part("≥ 10", "12", "100%")]);
    }

    #[test]
    fn a_revised_target_and_the_one_in_the_name() {
        let parts = told(
            "attivazione del sistema (ENTRO SETTEMBRE CON 8 PROGETTI)",
            &[
                "al monitoraggio il target era stato revisionato e modificato in ENTRO 31/12 CON 4 PROGETTI. Il sistema è stato messo a punto. Valutazione OIV 100/100.",
            ],
        );
        let revised = "ENTRO 31/12 CON 4 PROGETTI".to_owned();
        let expected =
            Part { revised, ..part("ENTRO SETTEMBRE CON 8 PROGETTI", "Il sistema è stato messo a punto", "100/100") };
        assert_eq!(parts, [expected]);
    }

    #[test]
    fn a_result_without_figures_ends_where_it_is_limited() {
        let parts = told(
            "creazione del modello entro il 31/7/2022",
            &["il modello è pronto da luglio, anche se non è stato usato. Valutazione OIV 100/100."],
        );
        assert_eq!(parts[0].actual, "il modello è pronto da luglio");
        assert_eq!(parts[0].note, "il modello è pronto da luglio, anche se non è stato usato.");
    }

    #[test]
    fn a_mark_in_words_and_a_verdict() {
        let parts =
            told("x", &["Il piano è stato rispettato in pieno, la valutazione dell'OIV è stata pari a 99/100."]);
        assert_eq!(parts, [part("", "Il piano è stato rispettato in pieno", "99/100")]);
        let parts = told("x", &["gli sportelli sono partiti a gennaio. Non raggiunto."]);
        assert_eq!(parts, [part("", "gli sportelli sono partiti a gennaio", "Non raggiunto")]);
    }
}

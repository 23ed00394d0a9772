//! The forms in which plans print objectives' headings, numbered names, tick marks and narrative indicators.

mod told;

pub(super) use told::{cut_before_result, narrative, yearly_targets};

use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{Lexicon, key};
use super::printed::Level;
use crate::document::fold;

/// A longer text, in bytes, heads nothing.
const LONGEST_HEADING: usize = 600;

/// A constant pattern: each is compiled by a test of this module, so it can't fail at run time.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("constant pattern")
}

/// An objective as its heading prints it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heading {
    pub level: Option<Level>,
    pub code: Option<String>,
    /// Empty where the title stands in the next line.
    pub title: String,
}

/// Reads "OBIETTIVO OPERATIVO 1.1.1", "Obiettivo 3 - …", "Obiettivo strategico: 1.1 …", "OBIETTIVO INDIVIDUALE: …",
/// "Obiettivo annuale 1.1⏎…", "Strumento 6⏎6.1 …", "obiettivo operativo OP 1.1.6. …"; `None` for a sentence that merely
/// speaks of objectives.
pub(super) fn objective_heading(text: &str, lexicon: &Lexicon) -> Option<Heading> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?isx)^ (?:nuovo\s+obiettivo\s*[-–—:]\s*)? (?P<word>obiettivo|ob\.|strumento)
              (?P<level>(?:\s+(?:strategico|operativo|annuale|triennale|individuale|trasversale|dirigenziale|specifico|gestionale|di\s+ente|di\s+valore\s+pubblico|di\s+performance))*)
              (?P<mission>\s*\((?:mission|missione)\))?
              \s* (?P<colon>[:.]?) \s* (?:n\.?\s*|nr\.?\s*|num\.?\s*|op\.?\s+)?
              (?P<code>[A-Z]{0,3}\d+(?:\.\d+)*\.?|(?-i:[A-Z]{1,3})[.\s]\d{1,2}(?:\.\d+)*\.?)? (?P<rest>.*)$",
        )
    });
    static TAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)^(?P<sep>\s*[-–—:.]\s*|\s*)(?P<title>.*)$"));
    static INNER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)^(?P<code>\d+(?:\.\d+)+)\.?\s+(?P<title>\S.*)$"));
    let form = FORM.captures(text.trim())?;
    if form.name("mission").is_some() {
        return None;
    }
    // A title that starts in the heading's first line ends with it; what follows is a remark.
    if let Some((first, below)) = text.trim().split_once('\n')
        && !(first.contains(" 1) ") && below.trim_start().starts_with("2)"))
        && let Some(heading) = objective_heading(first, lexicon)
        && !heading.title.is_empty()
    {
        return Some(heading);
    }
    let part = |name: &str| form.name(name).map_or("", |m| m.as_str());
    let level = lexicon.level(&format!("{}{}", part("word"), part("level")));
    let code = form.name("code").map(|m| m.as_str().trim_end_matches('.').to_owned());
    let rest = part("rest");
    if code.is_none() && (part("colon").is_empty() || level.is_none()) {
        return None;
    }
    let tail = TAIL.captures(rest)?;
    let title = fold(tail.name("title").map_or("", |m| m.as_str()));
    // "Strumento 6⏎6.1 TRASPARENZA": the inner number is the objective's own.
    if let Some(inner) = INNER.captures(&title)
        && code.as_deref().is_some_and(|c| inner["code"].starts_with(&format!("{c}.")))
    {
        return Some(Heading { level, code: Some(inner["code"].to_owned()), title: inner["title"].to_owned() });
    }
    let separated = tail.name("sep").is_some_and(|s| s.as_str().trim() != "");
    // "Obiettivo 3 di Area" is a sentence; a title starts a new line, follows a separator, or starts with a capital.
    let starts_like_a_title = title.chars().next().is_none_or(|c| !c.is_lowercase());
    let colon_before = !part("colon").is_empty();
    (separated || colon_before || starts_like_a_title || rest.trim_start_matches(' ').starts_with('\n'))
        .then_some(Heading { level, code, title })
}

/// The objective that a header names behind a remark in capitals: "SOSTITUITO CON REVISIONE Obiettivo 3 - …".
pub(super) fn numbered_objective_within(text: &str, lexicon: &Lexicon) -> Option<Heading> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s(Obiettivo\s+\d+(?:\.\d+)*\s*[-–:]\s)"));
    let at = FORM.captures(text)?.get(1)?.start();
    if in_capitals(&text[..at]) { objective_heading(&text[at..], lexicon) } else { None }
}

/// The objective that a cell of a table of objectives names: its level and code are enough, whatever its title starts with.
pub(super) fn listed_objective(text: &str, lexicon: &Lexicon) -> Option<Heading> {
    static FORM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?s)^(?P<head>\D{3,40}?\s(?P<code>\d+(?:\.\d+)+))\.?\s+(?P<title>\p{Ll}.*)$"));
    objective_heading(text, lexicon).or_else(|| {
        let form = FORM.captures(text.trim())?;
        let heading = objective_heading(&form["head"], lexicon).filter(|h| h.level.is_some())?;
        Some(Heading { title: fold(&form["title"]), ..heading })
    })
}

/// The objective that a cell or a label's value names: with the word or without it, with a code or without.
pub(super) fn objective_title(label: &str, text: &str, lexicon: &Lexicon) -> Heading {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?s)^(?P<code>(?:[A-Z]{1,3}[.\s])?[A-Z]{0,3}\.?\d+(?:\.\d+)*)\.?\s*(?:[-–—:)]\s*|\s)(?P<title>\p{L}.*)$",
        )
    });
    let level = lexicon.level(label);
    if let Some(heading) = objective_heading(text, lexicon)
        && !heading.title.is_empty()
    {
        return Heading { level: heading.level.or(level), ..heading };
    }
    static CODE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:[A-Z]{1,4}[.\s-]?)?\d+(?:[.\s-]?(?:[A-Z]{1,3})?\d+)*\.?$"));
    if CODE.is_match(text.trim()) && text.contains(|c: char| c.is_ascii_uppercase() || c == '.') {
        // The title stands elsewhere.
        return Heading { level, code: Some(fold(text).trim_end_matches('.').to_owned()), title: String::new() };
    }
    match FORM.captures(text.trim()) {
        Some(form) => Heading { level, code: Some(form["code"].to_owned()), title: fold(&form["title"]) },
        None => Heading { level, code: None, title: fold(text) },
    }
}

/// Splits a line at its first colon or equals sign into a label and what it labels, which may be empty.
pub(super) fn label_and_value(text: &str) -> (&str, &str) {
    text.split_once([':', '=']).map_or((text, ""), |(label, value)| (label.trim(), value))
}

/// Reads "TM.1 – Potenziare i servizi" and "Scheda obiettivo OP.02": a heading that may be an objective's, without the word or
/// without the title.
pub(super) fn coded_heading(text: &str) -> Option<Heading> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?sx)^(?:
                (?i:scheda(?:\s+(?:di\s+)?obiettivo)?)\s+(?:n\.?\s*)?(?P<sheet>[A-Z]{1,4}[.\s-]?\d{1,2}(?:\.\d+)*)
              | (?i:scheda\s+(?:di\s+)?obiettivo(?:\s+(?:strategico|operativo|annuale|individuale|dirigenziale|trasversale))?)
                \s+(?:n\.?\s*)?(?P<plain>[A-Z]{0,4}[.\s-]?\d{1,2}(?:\.\d+)*)
              | (?P<alone>[A-Z]{1,4}[.\s-]?\d{1,2}(?:\.\d+)*)
              )\.?(?:\s*[-–—:]\s*|\s+|$)(?P<title>.*)$",
        )
    });
    // A longer text is no heading.
    let form = (text.len() <= LONGEST_HEADING).then(|| FORM.captures(text.trim())).flatten()?;
    let title = fold(&form["title"]);
    let starts = title.chars().next().is_none_or(char::is_uppercase);
    let code = ["sheet", "plain", "alone"].iter().find_map(|name| form.name(name))?;
    starts.then(|| Heading { level: None, code: Some(code.as_str().trim().to_owned()), title })
}

/// Reads "SCHEDA OBIETTIVO OPERATIVO 1.1.1", the first row of a sheet: the code of the objective whose title follows.
pub(super) fn sheet_code(text: &str) -> Option<Heading> {
    coded_heading(text).filter(|heading| heading.title.is_empty() && key(text).starts_with("scheda "))
}

/// Reads "6.3 MIGLIORAMENTO DELL'EFFICIENZA …": a heading that goes on numbering the objectives without the word.
pub(super) fn numbered_heading(text: &str) -> Option<(String, String)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)^(\d+(?:\.\d+)+)\.?\s+(\p{Lu}.*)$"));
    let form = FORM.captures(text.trim())?;
    let title = fold(&form[2]);
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = title.chars().filter(|c| c.is_uppercase()).count();
    (letters > 3 && capitals * 10 >= letters * 8).then(|| (form[1].to_owned(), title))
}

/// Whether a text is written in capitals.
pub(super) fn in_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters > 3 && capitals * 10 >= letters * 8
}

/// Splits "AREA SERVIZI ALLE IMPRESE OBIETTIVI TRASVERSALI ALLA DIRIGENZA", two headings in one, before the second.
pub(super) fn heading_of_two(text: &str) -> Option<(&str, &str)> {
    let at = text.find(" OBIETTIVI ")?;
    Some((text[..at].trim(), text[at..].trim()))
}

/// "Allegato D Rendiconto degli obiettivi …" without the annex's letter.
pub(super) fn without_annex(text: &str) -> &str {
    static FORM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(?:allegato|parte|sezione)\s+(?:n\.?\s*)?[a-z0-9]{1,3}\b[\s:.–-]*"));
    let start = FORM.find(text).map_or(0, |m| m.end());
    if start < text.len() { &text[start..] } else { text }
}

/// A mission's or a programme's name without its number: "011 – Competitività e sviluppo delle imprese".
pub(super) fn without_code(text: &str) -> String {
    static FORM: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,3}\s*[-–—:._]\s*"));
    fold(&FORM.replace(text.trim(), ""))
}

/// A title without the money that is set aside for it: "Tutelare il mercato (risorse € 120.000,00)"; the sum where there is one.
pub(super) fn trailing_budget(title: &str) -> Option<(String, String)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?P<title>.*\S)\s*[(\[]\s*(?:risorse|budget|stanziamento)[^()\d€]*(?P<sum>(?:€|euro)?\s*\d[\d.,]*\s*(?:€|euro)?)\s*[)\]]$",
        )
    });
    let form = FORM.captures(title.trim())?;
    Some((form["title"].to_owned(), fold(&form["sum"])))
}

/// A title in capitals without the label that a cell holds below it: "EFFICIENTAMENTO Peso dell'obiettivo dirigenziale".
pub(super) fn without_label_below(title: &str, is_label: impl Fn(&str) -> bool) -> &str {
    const WORDS: usize = 6;
    let blanks = title.match_indices(char::is_whitespace).map(|(at, _)| at);
    let cut = blanks.collect::<Vec<_>>().into_iter().rev().take(WORDS);
    let label = cut.filter(|&at| is_label(title[at..].trim()) && in_capitals(&title[..at])).last();
    label.map_or(title, |at| title[..at].trim_end())
}

/// Whether a text is nothing but an annex's name: "Allegato D".
pub(super) fn is_annex(text: &str) -> bool {
    key(text).strip_prefix("allegato ").is_some_and(|rest| rest.len() <= 3 && !rest.contains(' '))
}

/// Whether a line of a heading can't be its last: it ends with a comma, a dash or a word that leads on.
pub(super) fn is_unfinished(line: &str) -> bool {
    const LEADING_ON: [&str; 14] =
        ["e", "ed", "di", "del", "della", "dei", "delle", "degli", "per", "al", "alla", "alle", "con", "tra"];
    let line = line.trim_end();
    let words = key(line);
    line.ends_with([',', '-', '–', '/']) || words.rsplit(' ').next().is_some_and(|w| LEADING_ON.contains(&w))
}

/// A section's heading without the remark behind it, on when its head changed or on whom it concerns: "SETTORE X in data
/// 21.05.2019 avvenuto …".
pub(super) fn without_remark(text: &str) -> &str {
    const SHORTEST: usize = 20;
    static FORM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s+in data \d"));
    static SENTENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s\p{Lu}\p{Ll}+(?:\s\p{Ll}[\p{Ll}'’]*){3,}"));
    let text = FORM.find(text).map_or(text, |m| &text[..m.start()]);
    // What a heading in capitals is followed by in small letters describes it.
    let describes = |m: &regex::Match<'_>| {
        let heading = text[..m.start()].trim_end();
        heading.chars().count() >= SHORTEST && in_capitals(heading) && !heading.ends_with(['-', '–', '—', ':', ','])
    };
    let sentence = SENTENCE.find(text).filter(describes);
    sentence.map_or(text, |m| &text[..m.start()])
}

/// Whether a text is the heading of an office with its number: "1.1.2 Ufficio Provveditorato".
pub(super) fn numbered_office(text: &str) -> bool {
    static FORM: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d+(?:\.\d+)+\.?\s+\p{Lu}\p{L}+"));
    text.chars().count() <= 120 && FORM.is_match(text.trim())
}

/// Whether a text is the heading of a part of the strategy with its number: "Missione 011 – Competitività", "Ambito A – Imprese".
pub(super) fn numbered_part(text: &str) -> bool {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^\p{Lu}\p{L}+(?:\s+\p{L}+)?\s+(?:n\.\s*)?(?:\d{1,3}(?:\.\d+)*|[A-Z]|[IVX]{1,4})\s*[-–—:]\s*\p{Lu}")
    });
    FORM.is_match(text.trim())
}

/// Reads "Indicatore 3: name", "INDICATORE n. 2 - name": the code and the name, which may be empty.
pub(super) fn indicator_heading(text: &str) -> Option<(String, String)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?is)^(?:(?:sostituzione|nuovo|modifica)\s+)?(?:indicatore|kpi)\s*(?:n\.?\s*|nr\.?\s*)?(?P<code>[a-z]{0,3}\d+(?:\.\d+)*(?:\.?[a-z]\b)?|(?-i:[A-Z])\b)\s*(?:[:.)]|[-–—]\s)\s*(?P<name>.*)$",
        )
    });
    let form = FORM.captures(text.trim())?;
    Some((form["code"].to_owned(), fold(&form["name"])))
}

/// Reads "kpi operativo 1.1.6.-001": the code of the form that follows.
pub(super) fn form_code(text: &str) -> Option<String> {
    static FORM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(?:kpi|indicatore)\s+[a-z]+\s+(?P<code>\d[\d.]*(?:\s*[-–]\s*\d[\d.]*)?)\s*$"));
    Some(FORM.captures(text.trim())?["code"].replace(' ', ""))
}

/// A code without the word that announces it: "Indicatore A" is "A".
pub(super) fn bare_code(text: &str) -> String {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^(?:indicatore|kpi|ind\.)\s+(?:n\.?\s*|nr\.?\s*)?([a-z]|[a-z]{0,3}\d[\d.a-z]*)$")
    });
    FORM.captures(text.trim()).map_or_else(|| text.to_owned(), |form| form[1].to_owned())
}

/// A title and the weight that stands at its end: "Tutelare il mercato (peso 25)", "Tutelare il mercato – Peso: 25%".
pub(super) fn trailing_weight(title: &str) -> Option<(String, String)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?P<title>.*\S)(?:\s*(?:[(\[]|[-–—·•|;,]\s)\s*peso\s*(?:obiettivo|dell'obiettivo)?\s*[:=]?|\s+peso\s*(?:obiettivo|dell'obiettivo)?\s*:)\s*(?P<weight>\d+(?:[.,]\d+)?\s*(?:%|/\s*100|punti)?)\s*[)\]]?\.?$",
        )
    });
    let form = FORM.captures(title.trim())?;
    Some((form["title"].trim_end_matches(['-', '–', '—', '·', ' ']).to_owned(), fold(&form["weight"])))
}

/// Splits "1) name" and "2. name" into number and name.
pub(super) fn numbered_name(text: &str) -> (Option<String>, String) {
    static FORM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)^(\d{1,3}(?:\.\d+)*)\s*[).]\s*(\D.*)$"));
    match FORM.captures(text.trim()) {
        Some(form) => (Some(form[1].to_owned()), fold(&form[2])),
        None => (None, fold(text)),
    }
}

/// Splits "name Tipologia KPI:efficacia" into the name and its types.
pub(super) fn trailing_type(name: &str) -> (String, Vec<String>) {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?is)^(?P<name>.*\S)\s+tipologia(?:\s+(?:kpi|indicatore|dell'indicatore))?\s*:\s*(?P<types>.+)$")
    });
    match FORM.captures(name) {
        Some(form) => (fold(&form["name"]), split_types(&form["types"])),
        None => (fold(name), Vec::new()),
    }
}

/// Splits printed types at commas and semicolons.
pub(super) fn split_types(text: &str) -> Vec<String> {
    text.split([',', ';']).map(fold).filter(|t| !t.is_empty()).collect()
}

/// The labels that stand ticked in a text: `☒ efficacia ☐ qualità` gives "efficacia"; also "□X", "□XX" and a bare "X" before a
/// label. `None` where the text has no boxes at all.
pub(super) fn ticked(text: &str) -> Option<Vec<String>> {
    static MARK: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:[☒☑☐□]\s*(?P<x>[Xx]{0,3}\b)?|(?:^|\s)(?P<bare>X{1,3})\b)\s*"));
    let marks: Vec<_> = MARK.captures_iter(text).collect();
    if marks.is_empty() {
        return None;
    }
    let mut labels = Vec::new();
    for (i, mark) in marks.iter().enumerate() {
        let whole = mark.get(0)?;
        let end = marks.get(i + 1).and_then(|m| m.get(0)).map_or(text.len(), |m| m.start());
        let label = fold(text.get(whole.end()..end).unwrap_or(""));
        let on = whole.as_str().contains(['☒', '☑'])
            || mark.name("x").is_some_and(|x| !x.as_str().is_empty())
            || mark.name("bare").is_some();
        if on && !label.is_empty() {
            labels.push(label);
        }
    }
    Some(labels)
}

/// A weight as a sheet prints it beside a title: "Peso: 40%", "Peso 40%", "peso: 100", "Peso dell'obiettivo sul
/// Servizio: 60%".
pub(super) fn labelled_weight(text: &str) -> Option<String> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^peso(?:(?:\s+(?:dell['’]\s*)?obiettivo)?\s*[:=]?|\s+(?:dell['’]\s*)?obiettivo\s[^:\d]{1,40}[:=])",
            r"\s*(\d+(?:[.,]\d+)?\s*(?:%|punti)?)$"
        ))
    });
    Some(fold(&FORM.captures(text.trim())?[1]))
}

/// Whether a line may be the start of a narrative indicator.
pub(super) fn starts_numbered(text: &str) -> bool {
    static FORM: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*[-•*]?\s*\d{1,2}\s*\)\s*\S"));
    FORM.is_match(text)
}

/// Splits "monitoraggio semestrale: in linea con target 50%" into the phrase and what it says.
pub(super) fn after_phrase<'t>(text: &'t str, phrases: &[String]) -> Option<&'t str> {
    let text = text.trim();
    phrases.iter().find_map(|phrase| {
        let mut words = phrase.split(' ').peekable();
        let mut rest = text;
        while let Some(word) = words.next() {
            let cut = rest.char_indices().nth(word.chars().count()).map_or(rest.len(), |(i, _)| i);
            if key(rest.get(..cut)?) != word {
                return None;
            }
            rest = rest.get(cut..)?;
            if words.peek().is_some() {
                rest = rest.strip_prefix(' ')?;
            }
        }
        if rest.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        Some(rest.trim_start_matches([':', '-', '–', '.']).trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(text: &str) -> Option<(Option<Level>, Option<String>, String)> {
        objective_heading(text, Lexicon::shipped()).map(|h| (h.level, h.code, h.title))
    }

    #[test]
    fn objective_headings_in_all_their_forms() {
        let read = |l, c: &str, t: &str| Some((l, (!c.is_empty()).then(|| c.to_owned()), t.to_owned()));
        assert_eq!(heading("OBIETTIVO OPERATIVO 1.1.1"), read(Some(Level::Operativo), "1.1.1", ""));
        assert_eq!(heading("NUOVO OBIETTIVO - OBIETTIVO OPERATIVO 1.4"), read(Some(Level::Operativo), "1.4", ""));
        assert_eq!(heading("Obiettivo strategico:1.5 rafforzare"), read(Some(Level::Strategico), "1.5", "rafforzare"));
        assert_eq!(heading("OBIETTIVO INDIVIDUALE:\" Azioni"), read(Some(Level::Individuale), "", "\" Azioni"));
        assert_eq!(heading("Obiettivo 3 - REALIZZAZIONE DEI"), read(None, "3", "REALIZZAZIONE DEI"));
        assert_eq!(heading("Obiettivo 2: RAZIONALIZZAZIONE"), read(None, "2", "RAZIONALIZZAZIONE"));
        assert_eq!(
            heading("Obiettivo annuale 1.10\nRICERCA DI RISORSE"),
            read(Some(Level::Annuale), "1.10", "RICERCA DI RISORSE")
        );
        assert_eq!(
            heading("Strumento 6\n6.1 TRASPARENZA, CRM"),
            read(Some(Level::Strumento), "6.1", "TRASPARENZA, CRM")
        );
        assert_eq!(heading("obiettivo operativo OP 1.1.6."), read(Some(Level::Operativo), "1.1.6", ""));
    }

    #[test]
    fn sentences_about_objectives_are_not_headings() {
        for text in [
            "Obiettivo trasversale tra 0/1 Segretario, 2 Servizi",
            "Obiettivo sviluppato ai sensi dell'art. 67",
            "Obiettivo di performance dirigenziale",
            "Obiettivo annuale strategico",
            "Obiettivo strategico (mission) 1.1.",
            "Obiettivo 3 di area servizi",
            "Obiettivi",
        ] {
            assert_eq!(heading(text), None, "{text}");
        }
    }

    #[test]
    fn years_within_one_cell() {
        let read = yearly_targets("baseline 12 Anno:2021--->=12 Anno:2022---≥2 Anno 2023 -100%").unwrap_or_default();
        assert_eq!(read.baseline.as_deref(), Some("12"));
        let values: Vec<&str> = read.targets.iter().map(|(_, v)| v.as_str()).collect();
        assert_eq!(values, [">=12", "≥2", "100%"]);
        assert_eq!(yearly_targets("N >= 12"), None);
    }

    #[test]
    fn narrative_values_before_and_after_the_parenthesis() {
        let a = narrative("1) Azioni sviluppate = 2 (target >= 2, peso 50)").expect("a narrative");
        assert_eq!(
            (a.code.as_deref(), &*a.name, &*a.target, &*a.weight, &*a.actual),
            (Some("1"), "Azioni sviluppate", ">= 2", "50", "2")
        );
        let b = narrative("2) Incontri (target = 2, peso 50) oltre 10").expect("a narrative");
        assert_eq!((&*b.name, &*b.target, &*b.actual), ("Incontri", "= 2", "oltre 10"));
        let c = narrative("1) Formazione con manuale SI (target = SI, peso 50)").expect("a narrative");
        assert_eq!((&*c.name, &*c.actual), ("Formazione con manuale", "SI"));
    }

    #[test]
    fn tick_marks_in_their_several_forms() {
        assert_eq!(ticked("☒ efficacia esterna ☐ efficacia interna"), Some(vec!["efficacia esterna".into()]));
        assert_eq!(ticked("□X efficacia esterna"), Some(vec!["efficacia esterna".into()]));
        assert_eq!(ticked("□ efficienza"), Some(vec![]));
        assert_eq!(ticked("X qualità"), Some(vec!["qualità".into()]));
        assert_eq!(ticked("efficienza"), None);
    }

    #[test]
    fn headings_glued_to_what_stands_beside_them() {
        let label = |tail: &str| tail == "Peso dell'obiettivo";
        assert_eq!(without_label_below("RINNOVO DEGLI ORGANI Peso dell'obiettivo", label), "RINNOVO DEGLI ORGANI");
        assert_eq!(without_label_below("RINNOVO DEGLI ORGANI", label), "RINNOVO DEGLI ORGANI");
        let staff = "SETTORE DI STAFF. CERTIFICAZIONE Tutti gli obiettivi coinvolgono il personale";
        assert_eq!(without_remark(staff), "SETTORE DI STAFF. CERTIFICAZIONE");
        let area = "AREA I – Servizi anagrafici e regolazione del mercato";
        assert_eq!(without_remark(area), area);
        let lexicon = Lexicon::shipped();
        let listed = listed_objective("Obiettivo Operativo 1.4 ulteriori iniziative", lexicon);
        assert_eq!(listed.map(|h| (h.code, h.title)), Some((Some("1.4".into()), "ulteriori iniziative".into())));
        assert_eq!(listed_objective("Obiettivo 3 di area servizi", lexicon), None);
        let within = numbered_objective_within("SOSTITUITO CON REVISIONE Obiettivo 3 - QUALITÀ", lexicon);
        assert_eq!(within.and_then(|h| h.code).as_deref(), Some("3"));
        assert_eq!(numbered_objective_within("si veda Obiettivo 3 - QUALITÀ", lexicon), None);
        let listed = heading("OBIETTIVO INDIVIDUALE: Dati: 1) tempi\n2) verifiche").map(|h| h.2);
        assert_eq!(listed.as_deref(), Some("Dati: 1) tempi 2) verifiche"));
    }

    #[test]
    fn small_forms() {
        assert_eq!(form_code("kpi operativo 1.1.6.-001"), Some("1.1.6.-001".into()));
        assert_eq!(form_code("KPI associati"), None);
        assert_eq!(labelled_weight("Peso: 40%"), Some("40%".into()));
        assert_eq!(labelled_weight("Peso dell'obiettivo"), None);
        assert_eq!(numbered_name("1) Riunioni"), (Some("1".into()), "Riunioni".into()));
        assert_eq!(numbered_name("12 imprese"), (None, "12 imprese".into()));
        assert_eq!(indicator_heading("Indicatore 3: eventi"), Some(("3".into(), "eventi".into())));
        assert_eq!(indicator_heading("KPI 1.1.a – Imprese"), Some(("1.1.a".into(), "Imprese".into())));
        assert_eq!(indicator_heading("Indicatore A: eventi"), Some(("A".into(), "eventi".into())));
        assert_eq!((bare_code("Indicatore A"), bare_code("OS 1")), ("A".into(), "OS 1".into()));
        assert_eq!(trailing_weight("Tutelare il mercato (peso 25)"), Some(("Tutelare il mercato".into(), "25".into())));
        assert_eq!(trailing_weight("Il peso della burocrazia"), None);
        assert_eq!(
            numbered_heading("6.3 MIGLIORAMENTO DELL'EFFICIENZA"),
            Some(("6.3".into(), "MIGLIORAMENTO DELL'EFFICIENZA".into()))
        );
        assert_eq!(numbered_heading("6.3 Miglioramento"), None);
        assert_eq!(trailing_type("Verifiche Tipologia KPI:efficacia"), ("Verifiche".into(), vec!["efficacia".into()]));
        let phrases = ["monitoraggio semestrale".to_owned()];
        assert_eq!(after_phrase("Monitoraggio semestrale: in linea", &phrases), Some("in linea"));
        assert_eq!(after_phrase("Monitoraggio semestralex", &phrases), None);
    }
}

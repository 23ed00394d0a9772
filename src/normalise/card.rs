//! A document's card: what kind of document it is, of which year, approved by which act.
//!
//! The title page tells first: the words that name the kind, the years beside them, and what qualifies them ("rendicontazione
//! semestrale al 30 giugno 2019"). Where it doesn't, the opening of the body, then the years of the targets, and last the
//! file's name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::document::{MONTHS, month as named_month};

use super::mention::plain;
use super::naming::{Naming, clean, without_citations};

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// Piano della performance.
    #[serde(rename = "piano")]
    Plan,
    /// Relazione sulla performance, rapporto sui risultati.
    #[serde(rename = "relazione")]
    Report,
    /// Monitoraggio, rendicontazione semestrale.
    #[serde(rename = "monitoraggio")]
    Monitoring,
    /// Piano integrato di attività e organizzazione.
    Piao,
    /// Piano degli indicatori e dei risultati attesi di bilancio.
    Pira,
    /// Piano di miglioramento.
    #[serde(rename = "miglioramento")]
    Improvement,
    #[serde(rename = "altro")]
    Other,
}

impl DocumentKind {
    /// The name the dataset uses: Italian, lower-case ASCII.
    pub fn as_str(self) -> &'static str {
        match self {
            DocumentKind::Plan => "piano",
            DocumentKind::Report => "relazione",
            DocumentKind::Monitoring => "monitoraggio",
            DocumentKind::Piao => "piao",
            DocumentKind::Pira => "pira",
            DocumentKind::Improvement => "miglioramento",
            DocumentKind::Other => "altro",
        }
    }
}

/// A document's card.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub kind: DocumentKind,
    /// The year the document is about; the first one of a plan for several years.
    pub year: Option<i16>,
    /// First and last year, where the document is for several.
    pub years: Option<(i16, i16)>,
    /// The day the figures refer to: 30 June for a half-year report, 31 December for a final one; `None` for a plan.
    pub reference_date: Option<Date>,
    /// The title as printed, its lines joined by blanks.
    pub title: Option<String>,
    /// The act of approval as printed on the title page.
    pub approval: Option<String>,
    /// What marks a later version, as printed ("aggiornato", "rev. 1").
    pub version: Option<String>,
}

/// So many lines may make up the title page.
const TITLE_PAGE_LINES: usize = 40;
/// So many texts open the body, where the document may name itself when no title page does.
const OPENING_TEXTS: usize = 60;
/// So many characters may stand before and after an act of approval in its line ("Allegato A alla …").
const BESIDE_ACT: usize = 40;
/// So many may stand before "approvata con …".
const TITLE_CHARS: usize = 120;
/// Years that a document of the performance cycle (law of 2009) can be about.
const YEARS: std::ops::RangeInclusive<i16> = 2009..=2099;

/// Reads the card. `lead_texts` are the title page's lines, the file's title and headings, in order of weight; `body` is the
/// document's texts in reading order; `file_stem` is the file's name without its extension.
pub fn read_card(lead_texts: &[&str], body: &[&str], file_stem: &str) -> Card {
    let lead = lines_of(lead_texts);
    let opening = lines_of(body.get(..OPENING_TEXTS).unwrap_or(body));
    let name = Naming::of_lines(&lead).or_else(|| Naming::of_lines(&opening)).or_else(|| Naming::of_stem(file_stem));
    let kind = name.as_ref().map_or(DocumentKind::Other, |n| n.kind);
    let title = name.as_ref().and_then(|n| n.title.clone());
    let stated = name.as_ref().map(|n| n.context.as_str()).unwrap_or_default();
    let whole_lead = without_citations(&plain(&lead.join("\n")));
    // In prose, the span beside a plan's name may be another thing's ("il mandato 2020-2024").
    let years = Some(stated).filter(|_| title.is_some()).and_then(|t| span(t, &SPAN));
    let years = years.or_else(|| [stated, &whole_lead].into_iter().find_map(|t| span(t, &SPAN_BESIDE)));
    let year = stated_day(kind, stated)
        .map(Date::year)
        .or_else(|| year_beside(stated))
        .or_else(|| years.map(|(first, _)| first))
        .or_else(|| year_beside(&whole_lead))
        .or_else(|| target_year(body))
        .or_else(|| any_year(&plain(file_stem)));
    Card {
        kind,
        year,
        // A span that the document's own year lies outside of belongs to something else it speaks of.
        years: years.filter(|(first, last)| year.is_some_and(|y| (*first..=*last).contains(&y))),
        reference_date: reference_date(kind, year, stated, [&whole_lead, &plain(&opening.join("\n"))]),
        approval: approval(&lead).or_else(|| approval(&opening)),
        version: title.iter().cloned().chain([clean(file_stem)]).find_map(|t| version(&t)),
        title,
    }
}

/// A text's lines as they stand on a title page: cleaned, none empty.
fn lines_of(texts: &[&str]) -> Vec<String> {
    texts.iter().flat_map(|t| t.lines()).map(clean).filter(|t| !t.is_empty()).collect()
}

/// A regular expression of this file.
fn pattern(text: &str) -> Regex {
    // All are literals of this file, and the tests use every one.
    Regex::new(text).expect("a literal pattern")
}

type Pattern = LazyLock<Regex>;

/// An act of approval with its number and date, as printed.
static APPROVAL: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:deliberazion[ei]|delibera|determinazion[ei]|determina|provvedimento|atto\s+d[ei]l(?:la)?)\b[^;()]{0,70}?",
        r"\bn(?:\.|°|r\.)?\s*\d+(?:\s?/\s?\w+)?[^;()]{0,25}?",
        r"\b(?:del|dell['’]|in data|di data)\s*\d{1,2}°?(?:[./-]\d{1,2}[./-]\d{2,4}|\s+\p{L}+\s+\d{4})"
    ))
});

/// What leads from a title to the act that approved it.
static APPROVED_BY: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[^\sèÈ]['’]?[\s,(]+)approvat[oaie]\s+(?:dal(?:la)?\s+\p{L}+\s+(?:camerale\s+)?)?con\s+(?:la\s+)?$",
    )
});

/// What marks a later version.
static VERSION: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:aggiorna(?:t[oa]|mento)(?:\s+(?:al|il|in data)\s+\d{1,2}[\s./-]+[\p{L}\d]+[\s./-]+\d{2,4})?",
        r"|rev(?:isione|\.)?\s*(?:n\.?\s*)?\d+|vers(?:ione|\.)\s*(?:n\.?\s*)?\d+(?:\.\d+)*",
        r"|(?:\d+[ªa°]|prim[oa]|second[oa]|terz[oa])\s+(?:revisione|variazione|aggiornamento))"
    ))
});

/// Two years, or a year and the last digits of another, that make a span.
static SPAN: Pattern = LazyLock::new(|| pattern(r"\b(20\d\d) (?:al |a )?(20\d\d|\d\d)\b"));

/// The same beside words that say what the span is of.
static SPAN_BESIDE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:performance|triennio|piao|pira|organizzazione|miglioramento|attesi) ",
        r"(20\d\d) (?:al |a )?(20\d\d|\d\d)\b"
    ))
});

/// A year beside the words that say that the document is of it.
static YEAR: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:performance|piao|pira|miglioramento|organizzazione|attesi|risultati|obiettivi|monitoraggio|semestrale",
        r"|annuale|anno|anni|esercizio|triennio)",
        r"(?: (?:per|l|il|dell|del|anno|anni|triennio|esercizio|periodo|di|bilancio))* (20\d\d)\b"
    ))
});

/// A year for which the body states a target.
static TARGET_YEAR: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:target|valore atteso|risultato atteso|previsione|anno)",
        r"(?: (?:anno|annuale|al|31|12|dicembre|30|0?6|giugno))* (20\d\d)\b"
    ))
});

/// A day from the 28th on, with its year where printed.
static DAY: Pattern = LazyLock::new(|| pattern(&format!(r"\b(31|30|29|28) ({MONTHS}|0?[1-9]|1[0-2])(?: (20\d\d))?\b")));

/// The act of approval, where it stands by itself in one line of the title page or in two: prose tells of other acts too.
fn approval(lead: &[String]) -> Option<String> {
    let alone = |line: &str| {
        let act = APPROVAL.find(line)?;
        let (before, after) = (line.get(..act.start())?, line.get(act.end()..)?);
        let short = |text: &str| text.chars().count() <= BESIDE_ACT;
        // "Relazione sulla performance 2016 approvata con deliberazione …": a title with its act, no sentence ("è approvata con").
        let of_a_title = before.chars().count() <= TITLE_CHARS && APPROVED_BY.is_match(before);
        // An act's line may go on with another act's.
        let ends = short(after) || after.trim_start().starts_with(['–', '-', ';', ',']) && APPROVAL.is_match(after);
        ((short(before) || of_a_title) && ends).then(|| act.as_str().trim().to_owned())
    };
    let page = || lead.iter().take(TITLE_PAGE_LINES);
    let mut pairs = page().zip(page().skip(1)).map(|(line, next)| format!("{line} {next}"));
    page().find_map(|l| alone(l)).or_else(|| pairs.find_map(|l| alone(&l)))
}

fn version(text: &str) -> Option<String> {
    VERSION.find(text).map(|m| m.as_str().to_owned())
}

/// The day that the figures refer to. `others` are texts to look at where the document's name doesn't tell.
fn reference_date(kind: DocumentKind, year: Option<i16>, stated: &str, others: [&str; 2]) -> Option<Date> {
    let year = year?;
    let of_year = |text: &str| last_days(text, Some(year)).into_iter().find(|d| d.year() == year);
    match kind {
        DocumentKind::Report => Date::new(year, 12, 31).ok(),
        DocumentKind::Monitoring => {
            of_year(stated).or_else(|| half_year(stated, year)).or_else(|| others.into_iter().find_map(of_year))
        }
        _ => None,
    }
}

/// The day with its year that a report's or a monitoring's name states.
fn stated_day(kind: DocumentKind, stated: &str) -> Option<Date> {
    let of_a_day = matches!(kind, DocumentKind::Report | DocumentKind::Monitoring);
    last_days(stated, None).into_iter().find(|d| of_a_day && YEARS.contains(&d.year()))
}

/// Last days of months in a plain text ("30 giugno 2019", "30 06"), those without a year in the given one.
pub(super) fn last_days(text: &str, year: Option<i16>) -> Vec<Date> {
    let date = |found: regex::Captures| {
        let month = found.get(2)?.as_str();
        let month = named_month(month).or_else(|| month.parse().ok())?;
        let printed = found.get(3).and_then(|y| y.as_str().parse().ok());
        let date = Date::new(printed.or(year)?, month, found.get(1)?.as_str().parse().ok()?).ok()?;
        (date.day() == date.days_in_month()).then_some(date)
    };
    DAY.captures_iter(text).filter_map(date).collect()
}

/// The last day of the half-year that a plain text speaks of.
pub(super) fn half_year(text: &str, year: i16) -> Option<Date> {
    let has = |phrases: &[&str]| phrases.iter().any(|p| format!(" {text} ").contains(&format!(" {p} ")));
    if has(&["secondo semestre", "ii semestre", "2 semestre"]) {
        return Date::new(year, 12, 31).ok();
    }
    has(&["semestrale", "semestrali", "semestre", "infrannuale"]).then(|| Date::new(year, 6, 30).ok())?
}

fn in_range(year: &str) -> Option<i16> {
    year.parse().ok().filter(|y| YEARS.contains(y))
}

/// The first span of two to five years that the pattern finds: "2021 2023", "2021 23".
fn span(text: &str, pattern: &Regex) -> Option<(i16, i16)> {
    pattern.captures_iter(text).find_map(|found| {
        let first = in_range(found.get(1)?.as_str())?;
        let last = found.get(2)?.as_str();
        let last = if last.len() == 2 { first / 100 * 100 + last.parse::<i16>().ok()? } else { in_range(last)? };
        (1..=4).contains(&(last - first)).then_some((first, last))
    })
}

/// The first year beside the words that it qualifies, else the first year at all.
fn year_beside(text: &str) -> Option<i16> {
    let beside = YEAR.captures_iter(text).find_map(|found| in_range(found.get(1)?.as_str()));
    beside.or_else(|| any_year(text))
}

fn any_year(text: &str) -> Option<i16> {
    text.split(' ').filter(|w| w.len() == 4).find_map(in_range)
}

/// The year that most targets of the body are for; of years named about equally often, the first.
fn target_year(body: &[&str]) -> Option<i16> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for text in body {
        for found in TARGET_YEAR.captures_iter(&plain(text)) {
            if let Some(year) = found.get(1).and_then(|y| in_range(y.as_str())) {
                *counts.entry(year).or_default() += 1;
            }
        }
    }
    let most = *counts.values().max()?;
    // A plan for three years states each year's target; an odd one missing must not make it start later.
    counts.into_iter().find(|(_, n)| n * 10 >= most * 9).map(|(year, _)| year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(lead: &[&str]) -> Card {
        read_card(lead, &[], "documento")
    }

    fn day(date: &str) -> Option<Date> {
        Some(date.parse().expect("a date"))
    }

    #[test]
    fn a_half_year_report_over_several_lines() {
        let lead = [
            "**CAMERA DI COMMERCIO",
            "INDUSTRIA ARTIGIANATO E AGRICOLTURA",
            "BRESCIA**",
            "",
            "**PIANO",
            "DELLA PERFORMANCE",
            "2019**",
            "“rendicontazione semestrale”",
            "al 30 giugno 2019",
            "Pesi degli Obiettivi 2019 delle Aree dirigenziali",
        ];
        let card = card(&lead);
        assert_eq!((card.kind, card.year, card.years), (DocumentKind::Monitoring, Some(2019), None));
        assert_eq!(card.reference_date, day("2019-06-30"));
        let title = "PIANO DELLA PERFORMANCE 2019 “rendicontazione semestrale” al 30 giugno 2019";
        assert_eq!(card.title.as_deref(), Some(title));
    }

    #[test]
    fn the_files_title_is_completed_by_the_pages() {
        let lead = [
            "PIANO DELLA PERFORMANCE 2019",
            "CAMERA DI COMMERCIO",
            "PIANO",
            "DELLA PERFORMANCE",
            "2019",
            "“rendicontazione semestrale”",
        ];
        let card = card(&lead);
        assert_eq!((card.kind, card.reference_date), (DocumentKind::Monitoring, day("2019-06-30")));
    }

    #[test]
    fn a_report_is_of_31_december_and_laws_dont_date_it() {
        let lead = [
            "RELAZIONE SULLA PERFORMANCE",
            "(D. Lgs. n. 150 del 27 ottobre 2009 art. 10, comma 1, lettera b)",
            "ANNO 2019",
            "Deliberazione della Giunta n. 76 del 29.05.2020",
            "Sommario",
        ];
        let report = card(&lead);
        assert_eq!((report.kind, report.year), (DocumentKind::Report, Some(2019)));
        assert_eq!(report.reference_date, day("2019-12-31"));
        assert_eq!(report.title.as_deref(), Some("RELAZIONE SULLA PERFORMANCE ANNO 2019"));
        assert_eq!(report.approval.as_deref(), Some("Deliberazione della Giunta n. 76 del 29.05.2020"));
        let lead = [
            "Programmi di cui all'art. 67, comma 5, lettera b) c.c.n.l. 2016 – 2018 –",
            "Relazione sulla Performance 2022**",
            "OBIETTIVO N. 1",
        ];
        let report = card(&lead);
        assert_eq!((report.kind, report.year, report.years), (DocumentKind::Report, Some(2022), None));
        assert_eq!(report.title.as_deref(), Some("Relazione sulla Performance 2022"));
    }

    #[test]
    fn kinds_and_years_of_title_lines() {
        use DocumentKind::*;
        for (line, kind, year, years, date) in [
            (
                "SCHEDE OBIETTIVI STRATEGICI E OPERATIVI PIANO PERFORMANCE 2021/2023-MONITORAGGIO SEMESTRALE",
                Monitoring,
                2021,
                Some((2021, 2023)),
                Some("2021-06-30"),
            ),
            ("Piano della performance 2020 (aggiornato)", Plan, 2020, None, None),
            (
                "CCIAA Roma - Piano della performance 2019 - rendicontazione semestrale",
                Monitoring,
                2019,
                None,
                Some("2019-06-30"),
            ),
            (
                "Monitoraggio al 30/09/2022 del Piano della performance 2021-23",
                Monitoring,
                2022,
                Some((2021, 2023)),
                Some("2022-09-30"),
            ),
            ("PIAO 2023-2025", Piao, 2023, Some((2023, 2025)), None),
            ("Piano integrato di a vità e organizzazione 2024 - 2026", Piao, 2024, Some((2024, 2026)), None),
            ("Piano degli indicatori e dei risultati attesi di bilancio 2017", Pira, 2017, None, None),
            ("Rapporto sui risultati - P.I.R.A. 2018", Report, 2018, None, Some("2018-12-31")),
            ("Piano di miglioramento 2021", Improvement, 2021, None, None),
            (
                "Relazione sullo stato di attuazione del Piano di miglioramento - anno 2021",
                Report,
                2021,
                None,
                Some("2021-12-31"),
            ),
            ("Relazione semestrale sulla performance 2021", Monitoring, 2021, None, Some("2021-06-30")),
            ("Sistema di misurazione e valutazione della performance 2021", Other, 2021, None, None),
            (
                "Relazione sul funzionamento complessivo del sistema di valutazione, trasparenza e integrità 2020",
                Other,
                2020,
                None,
                None,
            ),
            ("La Relazione sulla performance 2020", Report, 2020, None, Some("2020-12-31")),
            ("Rapporto di monitoraggio al 30 settembre 2014", Monitoring, 2014, None, Some("2014-09-30")),
        ] {
            let card = card(&[line]);
            let date = date.map(|d| d.parse().expect("a date"));
            assert_eq!(
                (card.kind, card.year, card.years, card.reference_date),
                (kind, Some(year), years, date),
                "{line}"
            );
            assert_eq!(card.title.as_deref(), Some(line));
        }
    }

    #[test]
    fn prose_gives_kind_and_year_but_no_title() {
        let text = [
            "PREMESSA",
            "Il  Piano  della  Performance  2020  della  Camera  di  Commercio  si  pone  in  un momento che vede",
            "la conclusione del mandato 2014-2019 e l’avvio del nuovo mandato 2020-2024.",
            "Il Piano della Performance 2020-2022 è approvato con deliberazione di Giunta n. 5 del 30.01.2020, e fissa gli indirizzi",
        ];
        for card in [card(&text), read_card(&text, &[], "x"), read_card(&[], &text, "x")] {
            assert_eq!((card.kind, card.year, card.title, card.approval), (DocumentKind::Plan, Some(2020), None, None));
        }
        assert_eq!(card(&text).years, Some((2020, 2022)));
    }

    #[test]
    fn acts_and_versions_are_given_as_printed() {
        for (line, act) in [
            (
                "Allegato sub a) alla deliberazione n. 16/GC del 4 febbraio 2019",
                "deliberazione n. 16/GC del 4 febbraio 2019",
            ),
            (
                "determinazione commissariale n.29, del 30 giugno 2020",
                "determinazione commissariale n.29, del 30 giugno 2020",
            ),
            ("(Delibera di Giunta n. 4 del 28 gennaio 2020)", "Delibera di Giunta n. 4 del 28 gennaio 2020"),
            ("Atto del Consiglio n. 108/341 del 20/12/2016", "Atto del Consiglio n. 108/341 del 20/12/2016"),
            (
                "La Relazione sulla performance 2016 Approvata con deliberazione della Giunta camerale n. 22 del 25.07.2017",
                "deliberazione della Giunta camerale n. 22 del 25.07.2017",
            ),
            (
                "Determinazione del Segretario generale n. 118 del 28 luglio 2023 – Presa d’atto della Giunta: deliberazione n. 44 del 4 agosto 2023",
                "Determinazione del Segretario generale n. 118 del 28 luglio 2023",
            ),
        ] {
            assert_eq!(card(&["Piano della performance", line]).approval.as_deref(), Some(act));
        }
        let split = card(&["Deliberazione della Giunta camerale", "n. 7 dell'11/02/2021"]);
        assert_eq!(split.approval.as_deref(), Some("Deliberazione della Giunta camerale n. 7 dell'11/02/2021"));
        for (lead, version) in [
            (["Piano della performance 2018-2020", "rev 1"], "rev 1"),
            (["Piano della performance 2020 - aggiornamento", ""], "aggiornamento"),
            (["Piano della performance 2020", "(aggiornato al 25 giugno 2020)"], "aggiornato al 25 giugno 2020"),
        ] {
            assert_eq!(card(&lead).version.as_deref(), Some(version));
        }
    }

    #[test]
    fn targets_then_the_file_name_tell_where_no_title_does() {
        let body = ["Target 2021", "Anno:2021---12 Anno:2022---12 Anno:2023---12", "anno 2022", "legge 580/1993"];
        let from_body = read_card(&["Schede"], &body, "x");
        assert_eq!((from_body.kind, from_body.year), (DocumentKind::Other, Some(2021)));
        let from_name = read_card(&[], &[], "roma_piano_2020_monitoraggio");
        assert_eq!((from_name.kind, from_name.year), (DocumentKind::Monitoring, Some(2020)));
        assert_eq!(read_card(&[], &[], "x").year, None);
    }

    #[test]
    fn a_monitoring_and_an_assignment_name_themselves() {
        let kind = |line: &str| card(&[line]).kind;
        assert_eq!(kind("Monitoraggio intermedio della performance 2022"), DocumentKind::Monitoring);
        assert_eq!(kind("Stato di attuazione degli obiettivi 2021"), DocumentKind::Monitoring);
        assert_eq!(kind("Assegnazione degli obiettivi individuali alla dirigenza – Anno 2024"), DocumentKind::Plan);
    }
}

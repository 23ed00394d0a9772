//! How a document names its own kind: "Piano della performance", "Relazione sulla performance", "PIAO", over one line or more.

use std::sync::LazyLock;

use regex::Regex;

use super::card::{DocumentKind, half_year, last_days};
use super::mention::plain;
use crate::document::fold;

/// So many lines after the one that names the kind may complete or qualify it.
const QUALIFYING_LINES: usize = 5;
/// A longer line is prose, not a line of a title page.
const TITLE_LINE_CHARS: usize = 200;
/// How many bytes of plain text before and after the words of the kind may qualify it.
const QUALIFIED_BEFORE: usize = 60;
const QUALIFIED_AFTER: usize = 130;
/// The page's title stands at most so many lines after the file's.
const TOLD_AGAIN_WITHIN: usize = 12;

/// A regular expression of this file.
fn pattern(text: &str) -> Regex {
    // All are literals of this file, and the tests of the card use every one.
    Regex::new(text).expect("a literal pattern")
}

/// The words that name a kind, in plain form; of those that start at one place the first in the list is meant.
static KINDS: LazyLock<Vec<(DocumentKind, Regex)>> = LazyLock::new(|| {
    [
        (
            DocumentKind::Report,
            concat!(
                r"\b(relazione ((annuale|finale|consuntiva|semestrale|intermedia) )?((sull|dell)[ae] )?performance",
                r"|relazione (\w+ ){0,6}(piano di miglioramento|piano dell[ae] performance|piao)",
                r"|rapporto sui risultati|consuntivo (\w+ ){0,3}performance)\b"
            ),
        ),
        (DocumentKind::Piao, r"\b(piano integrato d\w+ a\w* ?\w* (e )?(di )?organizzazione|piao|p i a o)\b"),
        (DocumentKind::Pira, r"\b(piano degli indicatori( e (dei )?risultati)?|pira|p i r a)\b"),
        (DocumentKind::Improvement, r"\bpiano (triennale )?di miglioramento\b"),
        (
            DocumentKind::Plan,
            concat!(
                r"\b(piano (triennale )?(dell[ae] )?performance|piano (\w+ ){0,2}obiettivi|schede obiettiv[oi]",
                r"|assegnazione (degli )?obiettivi)\b"
            ),
        ),
        (
            DocumentKind::Monitoring,
            r"\b((rapporto|report) di monitoraggio|monitoraggio (\w+ )?(dell[ae] |degli )(performance|obiettivi)|stato di attuazione (\w+ )?(dell[ae] |degli )(performance|obiettivi))\b",
        ),
        (
            DocumentKind::Other,
            concat!(
                r"\b(sistema di misurazione e (di )?valutazione|documento di validazione|relazione (dell )?o ?i ?v",
                r"|relazione sul(lo)? (funzionamento|stato) (complessivo )?del sistema)\b"
            ),
        ),
    ]
    .map(|(kind, words)| (kind, pattern(words)))
    .into()
});

/// Words beside the kind that make the document an interim one.
static INTERIM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(monitoraggi[oi]|semestral[ei]|infrannual[ei]|trimestral[ei]|(verifica|rendicontazione|report) intermedi[ao]",
        r"|stato (di )?(attuazione|avanzamento)|(primo|secondo|i|ii) semestre|al 30 (giugno|0?6|settembre|0?9))\b"
    ))
});

/// References to laws, contracts and acts, whose years are not the document's.
static CITATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:d lgs|dlgs|decreto legislativo|decreto|legge|d l|d p r|dpr|dpcm|d m|c c n l|ccnl",
        r"|deliberazion[ei]|delibera|determinazion[ei]|circolare|direttiva)",
        r"(?: \w+){0,9}? (?:19|20)\d\d(?: (?:19|20)\d\d)?\b"
    ))
});

/// What parts a title from what stands beside it in one line.
const SEPARATORS: [&str; 5] = [" - ", " – ", " — ", " | ", ": "];
/// Words that a title's line may consist of besides those that name the kind, numbers and months.
const QUALIFIERS: [&str; 29] = [
    "anno",
    "anni",
    "triennio",
    "esercizio",
    "per",
    "l",
    "il",
    "al",
    "a",
    "del",
    "e",
    "di",
    "n",
    "rendicontazione",
    "aggiornato",
    "aggiornamento",
    "versione",
    "rev",
    "revisione",
    "variazione",
    "relazione",
    "report",
    "primo",
    "secondo",
    "prima",
    "seconda",
    "semestre",
    "giugno",
    "dicembre",
];

/// A text in plain form without references to laws and acts.
pub(super) fn without_citations(plain: &str) -> String {
    let own = ["performance", "anno", "piano", "piao", "pira", "relazione"];
    let cut = |found: &regex::Captures| {
        let cited = found.get(0).map_or("", |m| m.as_str());
        // A reference without a year of its own must not reach over to the document's.
        if cited.split(' ').any(|w| own.contains(&w)) { cited.to_owned() } else { " ".to_owned() }
    };
    CITATION.replace_all(plain, cut).into_owned()
}

/// White space folded, Markdown's emphasis and a heading's marks gone.
pub(super) fn clean(text: &str) -> String {
    fold(&text.replace("**", " ").replace('_', " ")).trim_start_matches(['#', ' ']).to_owned()
}

/// Where the document names its own kind.
pub(super) struct Naming {
    pub kind: DocumentKind,
    /// The kind that its words alone name, before what qualifies them.
    base: DocumentKind,
    /// The title as printed; `None` where the naming stands in prose or in the file's name.
    pub title: Option<String>,
    /// The words of the kind and those around them, in plain form, references to laws left out.
    pub context: String,
}

impl Naming {
    /// The first place in the lines that names a kind; the words may be spread over lines. Where the title is told again
    /// soon after (the file's title, then the page's), the telling that makes it an interim document counts.
    pub fn of_lines(lines: &[String]) -> Option<Naming> {
        let plains: Vec<String> = lines.iter().map(|l| plain(l)).collect();
        let (at, first) = (0..lines.len()).find_map(|at| Some((at, Naming::at(lines, &plains, at)?)))?;
        let again = (at + 1..lines.len().min(at + 1 + TOLD_AGAIN_WITHIN))
            .filter(|&i| lines.get(i).is_some_and(|l| !l.starts_with(|c: char| c.is_ascii_digit())))
            .filter_map(|i| Naming::at(lines, &plains, i))
            .find(|n| n.title.is_some() && n.kind == DocumentKind::Monitoring && (n.base == first.base || n.reports()));
        Some(again.unwrap_or(first))
    }

    /// Whether it names itself a report on a monitoring, whatever plan it speaks of.
    fn reports(&self) -> bool {
        self.base == DocumentKind::Monitoring && self.context.contains("di monitoraggio")
    }

    /// The kind that the file's name tells.
    pub fn of_stem(stem: &str) -> Option<Naming> {
        let context = plain(&clean(stem));
        let kinds = [
            ("monitor", DocumentKind::Monitoring),
            ("semestral", DocumentKind::Monitoring),
            ("rendicontazione", DocumentKind::Monitoring),
            ("relazion", DocumentKind::Report),
            ("piao", DocumentKind::Piao),
            ("pira", DocumentKind::Pira),
            ("piano", DocumentKind::Plan),
        ];
        let (_, kind) = kinds.into_iter().find(|(start, _)| context.split(' ').any(|w| w.starts_with(start)))?;
        Some(Naming { kind, base: kind, title: None, context })
    }

    /// The naming that starts in line `at`.
    fn at(lines: &[String], plains: &[String], at: usize) -> Option<Naming> {
        let own = plains.get(at)?;
        let joined = plains.get(at..(at + qualifying(lines, at)).min(plains.len()))?.join(" ");
        // Words that start in a later line are found when that line's turn comes.
        let (base, start, end) = KINDS
            .iter()
            .filter_map(|(kind, words)| words.find(&joined).map(|m| (*kind, m.start(), m.end())))
            .filter(|(_, start, _)| *start < own.len())
            .min_by_key(|(_, start, _)| *start)?;
        // "Monitoraggio semestrale del piano della performance": what qualifies may stand before the words.
        let near = window(&joined, start.saturating_sub(QUALIFIED_BEFORE), end + QUALIFIED_AFTER);
        let context = without_citations(&near);
        let interim = match base {
            DocumentKind::Other => false,
            // Final reports speak of monitoring too; only a day within the year makes one an interim report.
            DocumentKind::Report => {
                half_year(&context, 2000).is_some() || last_days(&context, Some(2000)).iter().any(|d| d.month() < 12)
            }
            _ => INTERIM.is_match(&context),
        };
        let title = joined.get(start..end).and_then(|words| title(lines, plains, at, (words, start)));
        let kind = if interim { DocumentKind::Monitoring } else { base };
        Some(Naming { kind, base, title, context })
    }
}

/// A part of a text, cut at blanks.
fn window(text: &str, from: usize, to: usize) -> String {
    let mut at = 0;
    let words = text.split(' ').filter(|w| {
        let start = at;
        at += w.len() + 1;
        start >= from && start < to
    });
    words.collect::<Vec<_>>().join(" ")
}

fn is_long(line: &str) -> bool {
    line.chars().count() > TITLE_LINE_CHARS
}

/// How many lines from `at` on belong together: prose stands alone, a title's line is followed by a few short ones.
fn qualifying(lines: &[String], at: usize) -> usize {
    let short = |i: usize| lines.get(i).is_some_and(|l| !is_long(l));
    if short(at) { 1 + (1..QUALIFYING_LINES).take_while(|n| short(at + n)).count() } else { 1 }
}

/// The title that the naming in line `at` is part of, if the line is a title's and not prose: the words of the kind
/// (in plain form, with the place where they start) open it, or follow a separator, or it is in capitals. Following lines
/// belong to it while they only complete or qualify it; references to laws in brackets are passed over.
fn title(lines: &[String], plains: &[String], at: usize, kind: (&str, usize)) -> Option<String> {
    let line = lines.get(at).filter(|l| !is_long(l))?;
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count() * 4 > letters().count() * 3;
    let words_of_kind = kind.0;
    let opens = |part: &str| !part.is_empty() && (part.starts_with(words_of_kind) || words_of_kind.starts_with(part));
    let parted = SEPARATORS.iter().any(|s| line.split(s).skip(1).any(|part| opens(&plain(part))));
    let before = plains.get(at)?.get(..kind.1)?;
    // A title does not begin with an article, unless it is nothing but the name; a sentence does.
    let named =
        matches!(before, "il " | "la ") && plains.get(at)?.get(kind.1 + kind.0.len()..).is_some_and(only_qualifies);
    let opening = named || only_qualifies(before) && !before.starts_with("il ");
    if !capitals && !parted && !opening {
        return None;
    }
    let mut title = line.clone();
    let mut covered = plains.get(at)?.len();
    for i in at + 1..lines.len().min(at + QUALIFYING_LINES) {
        let (Some(next), Some(words)) = (lines.get(i), plains.get(i)) else { break };
        let completes = covered < kind.1 + kind.0.len();
        covered += words.len() + 1;
        if next.starts_with('(') && CITATION.is_match(words) {
            continue;
        }
        if !completes && (words.is_empty() || !only_qualifies(words)) {
            break;
        }
        title.push(' ');
        title.push_str(next);
    }
    Some(title)
}

/// "anno 2019", "rendicontazione semestrale", "al 30 giugno 2019", "2021 2023", "aggiornato", or nothing.
fn only_qualifies(words: &str) -> bool {
    let rest = INTERIM.replace_all(words, " ");
    rest.split_whitespace().all(|w| QUALIFIERS.contains(&w) || w.chars().all(|c| c.is_ascii_digit()))
}

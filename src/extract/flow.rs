//! Indicator boxes whose cells came as running text: a converter has printed headers and values one after another in reading order.
//!
//! ```text
//! Base Line Valore Target:
//! 173
//! al 30/6 al 31/12 Nuova previsione al 31/12 Peso
//! 40 100 120 30,00%
//! ```
//!
//! The headers tell how many values there must be and in which order; the values' kinds tell where one ends.

use std::sync::LazyLock;

use regex::Regex;

use super::confidence::Confidence;
use super::draft::Draft;
use super::lexicon::{Field, Lexicon, key};
use super::patterns;
use crate::document::{Source, fold};

/// A constant pattern, compiled by the tests below.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("constant pattern")
}

/// The lines below the types of a box.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    lines: Vec<(String, Source)>,
}

/// A column that the headers announce.
#[derive(Debug, Clone, PartialEq)]
struct Announced {
    field: Field,
    label: String,
}

/// What the headers say.
#[derive(Debug, Default)]
struct Headers {
    /// In the box's order: baseline, targets, weight.
    columns: Vec<Announced>,
    /// Values that stand between the headers, behind the header of their own column.
    baseline: Option<String>,
    weight: Option<String>,
    /// The text after the headers.
    rest: String,
}

/// How much text may stand between two headers: the value of the column in between.
const GAP: usize = 120;

impl Flow {
    /// How much it holds, in bytes of its texts.
    pub fn size(&self) -> usize {
        1 + self.lines.iter().map(|(text, _)| text.len()).sum::<usize>()
    }

    pub fn add(&mut self, text: &str, source: &Source) {
        self.lines.push((fold(text), source.clone()));
    }

    /// Reads the headers and puts the values under them; tells whether there were headers.
    pub fn fill(self, draft: &mut Draft, lexicon: &Lexicon) -> bool {
        let mut lines = Vec::new();
        for (line, source) in &self.lines {
            match patterns::ticked(line) {
                Some(types) if lines.is_empty() => draft.told.types.extend(types),
                _ => lines.push((line.as_str(), source)),
            }
        }
        let Some((_, source)) = lines.last() else { return false };
        let source = lines.iter().fold((*source).clone(), |all, (_, s)| all.union(s));
        let text = lines.iter().map(|(line, _)| *line).collect::<Vec<_>>().join("\n");
        let Some(headers) = headers(&text, lexicon) else { return false };
        let values = place(&headers, lexicon);
        draft.trust = draft.trust.and(trust(&values));
        for (column, value) in headers.columns.iter().zip(values) {
            draft.set(column.field, &column.label, &value, &source);
        }
        draft.confirmed = true;
        true
    }
}

/// Finds the headers at the start of a text; `None` where there are none.
fn headers(text: &str, lexicon: &Lexicon) -> Option<Headers> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:[a-zàèéìòù]+\s+){0,3}?previsione\s+al\s+\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?",
            r"|\b(?:[a-zàèéìòù]+\s+){0,3}?(?:storico\s+di\s+riferimento|storico|base\s*line|valore\s+target|valore\s+atteso|peso)\b",
            r"\s*:?(?:\s*\[?anno\s+\d{4}\b\]?)?",
            r"|\bal\s+(?:al\s+)?\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?"
        ))
    });
    let mut out = Headers::default();
    let mut columns: Vec<Announced> = Vec::new();
    let mut end = 0;
    let mut group = None;
    for found in WORDS.find_iter(text) {
        let label = fold(found.as_str());
        let field = lexicon.field(&label);
        let dated = key(&label).starts_with("al ");
        let complete =
            columns.iter().any(|c| c.field == Field::Weight) && columns.iter().any(|c| c.field == Field::Target);
        let gap = text.get(end..found.start()).unwrap_or("");
        if (field.is_none() && !dated) || gap.len() > GAP || (complete && !gap.trim().is_empty()) {
            if columns.is_empty() { continue } else { break }
        }
        if columns.is_empty() && group.is_none() && !gap.trim().is_empty() {
            return None;
        }
        let value = Some(fold(gap)).filter(|g| !g.is_empty());
        match columns.last().map(|c| c.field) {
            Some(Field::Weight) => out.weight = out.weight.or(value),
            _ => out.baseline = out.baseline.or(value),
        }
        end = found.end();
        match field {
            // "Valore Target:" heads the dates that follow.
            Some(Field::Target) if !dated => group = Some(label),
            Some(field) => columns.push(Announced { field, label }),
            None => {
                let label = group.as_ref().map_or(label.clone(), |g| format!("{g} {label}"));
                columns.push(Announced { field: Field::Target, label });
            }
        }
    }
    if !columns.iter().any(|c| c.field == Field::Target) {
        return None;
    }
    // In the box the weight stands last, wherever its header was printed, and the baseline first.
    let rank = |c: &Announced| match c.field {
        Field::Baseline => 0,
        Field::Weight => 2,
        _ => 1,
    };
    columns.sort_by_key(rank);
    Some(Headers { columns, rest: text.get(end..)?.to_owned(), ..out })
}

/// How sure it is which value belongs to which column: figures for every column leave no doubt where one ends.
fn trust(values: &[String]) -> Confidence {
    let figure = |value: &String| value.chars().any(|c| c.is_ascii_digit()) && !value.contains(' ');
    if values.iter().any(String::is_empty) {
        Confidence::hundredths(50)
    } else if values.iter().all(figure) {
        Confidence::hundredths(90)
    } else {
        Confidence::hundredths(65)
    }
}

/// The value of each column, empty where there is none.
fn place(headers: &Headers, lexicon: &Lexicon) -> Vec<String> {
    let columns = &headers.columns;
    let mut out = vec![String::new(); columns.len()];
    let has_baseline = columns.first().is_some_and(|c| c.field == Field::Baseline);
    let has_weight = columns.last().is_some_and(|c| c.field == Field::Weight);
    let mut lines: Vec<String> = headers.rest.lines().map(fold).filter(|l| !l.is_empty()).collect();
    let mut below = Vec::new();
    if has_weight
        && let Some(weight) = headers.weight.clone().or_else(|| take_weight(&mut lines, &mut below))
        && let Some(last) = out.last_mut()
    {
        *last = weight;
    }
    let first_target = usize::from(has_baseline);
    let targets = columns.len() - first_target - usize::from(has_weight);
    let mut baseline = headers.baseline.clone().filter(|_| has_baseline);
    if has_baseline && baseline.is_none() {
        baseline = take_absent(&mut lines, lexicon);
    }
    let wanted = targets + usize::from(has_baseline && baseline.is_none());
    let whole = lines.len();
    lines.append(&mut below);
    let (mut values, in_words) = broken(&lines, whole, wanted).unwrap_or_else(|| split(&lines, wanted));
    // Of one value too few the figures are the targets; of words the first say where things stood, unless they tell a step.
    let first_is_a_state = || values.first().is_some_and(|v| in_words && !tells_a_step(v));
    if wanted > targets && (values.len() == wanted || (values.len() > 1 && first_is_a_state())) {
        baseline = Some(values.remove(0));
    }
    if let Some(baseline) = baseline {
        out[0] = baseline;
    }
    // Fewer values than dates: the later dates are the ones that are always told.
    let start = first_target + targets.saturating_sub(values.len());
    for (slot, value) in out.iter_mut().skip(start).zip(values) {
        *slot = value;
    }
    out
}

/// Whether words tell something to be done ("Adozione del protocollo"), not how things stand ("Vecchio regolamento").
fn tells_a_step(value: &str) -> bool {
    let words = key(value);
    let first = words.split(' ').next().unwrap_or_default();
    ["zione", "sione", "mento", "avvio", "stesura", "verifica"].iter().any(|end| first.ends_with(end))
}

/// The values of cells that a page break cut in two: the beginnings of all stand before the weight (`whole` lines), their rests
/// one after another behind it. `None` where the rests are not as many as the beginnings.
fn broken(lines: &[String], whole: usize, wanted: usize) -> Option<(Vec<String>, bool)> {
    let (before, below) = lines.split_at_checked(whole)?;
    if below.is_empty() || !below.first()?.starts_with(char::is_lowercase) {
        return None;
    }
    let (mut values, in_words) = split(before, wanted);
    if values.len() != wanted || wanted < 2 {
        return None;
    }
    let text = below.join(" ");
    let words: Vec<&str> = text.split(' ').collect();
    let mut lines = vec![0];
    for line in below {
        lines.push(lines.last().copied().unwrap_or(0) + line.split(' ').count());
    }
    // Cells that say nearly the same go on with the same two words, each in a line of its own.
    let pair = |at: usize| (words.get(at).map(|w| key(w)), words.get(at + 1).map(|w| key(w)));
    let starts = (0..words.len().saturating_sub(1)).find_map(|first| {
        let mut starts: Vec<usize> =
            (first..words.len() - 1).filter(|&at| pair(at) == pair(first) && lines.contains(&at)).collect();
        if first > 0 {
            starts.insert(0, 0);
        }
        (starts.len() == wanted && starts.len() - usize::from(first > 0) > 1).then_some(starts)
    })?;
    for (value, rest) in values.iter_mut().zip(cut(&words, &starts)) {
        *value = format!("{value} {rest}");
    }
    Some((values, in_words))
}

/// Takes the weight: a percentage alone in a line, else the last figure of the last line. What stands behind a weight that is
/// alone in its line goes to `below`.
fn take_weight(lines: &mut Vec<String>, below: &mut Vec<String>) -> Option<String> {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,3}(?:[.,]\d+)?\s*%$"));
    static LAST: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:(.*)\s)?(\d{1,3}(?:[.,]\d+)?\s*%?)$"));
    if let Some(at) = lines.iter().rposition(|l| ALONE.is_match(l)) {
        below.extend(lines.split_off(at + 1));
        return lines.pop();
    }
    let at = lines.iter().position(|l| l.ends_with('%')).or(lines.len().checked_sub(1))?;
    let line = lines.get(at)?.clone();
    let found = LAST.captures(&line)?;
    let before = found.get(1).map_or(String::new(), |m| fold(m.as_str()));
    let weight = fold(&found[2]);
    if before.is_empty() {
        lines.remove(at);
    } else {
        lines[at] = before;
    }
    Some(weight)
}

/// Takes words at the start that say that there was nothing before: "Nuova attività", "nessuno", a dash.
fn take_absent(lines: &mut Vec<String>, lexicon: &Lexicon) -> Option<String> {
    let first = lines.first()?.clone();
    let words = key(&first);
    let phrase = lexicon.phrases.no_baseline.iter().find(|p| words == **p || words.starts_with(&format!("{p} ")));
    let count = match phrase {
        Some(phrase) => phrase.split(' ').count(),
        None => usize::from(
            first.starts_with(['-', '–', '/', '=']) && first.split(' ').next().is_some_and(|w| key(w).is_empty()),
        ),
    };
    if count == 0 {
        return None;
    }
    let mut parts = first.split(' ');
    let taken: Vec<&str> = parts.by_ref().take(count).collect();
    let left = parts.collect::<Vec<_>>().join(" ");
    if left.is_empty() {
        lines.remove(0);
    } else {
        lines[0] = left;
    }
    Some(taken.join(" "))
}

/// Cuts text into `wanted` values: by its figures, by a first word that comes again, by lines that start with a capital;
/// tells whether there are words among them. What can't be cut stays whole, as one value.
fn split(lines: &[String], wanted: usize) -> (Vec<String>, bool) {
    static ATOM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:€\s*[-+]?\d[\d.,]*|[<>≥≤=]+\s*\d[\d.,]*\s*%?|[-+]?\d[\d.,]*\s*(?:%|€|gg\.?)?|-+|/+|=+|s[iì]|no)(?:\s+|$)",
        )
    });
    static LAST: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.*\S)\s+([-+]?\d[\d.,]*\s*%)$"));
    let text = lines.join(" ");
    if text.is_empty() {
        return (Vec::new(), false);
    }
    let mut atoms = Vec::new();
    let mut rest = text.as_str();
    while let Some(atom) = ATOM.find(rest) {
        atoms.push(fold(atom.as_str()));
        rest = &rest[atom.end()..];
    }
    if rest.is_empty() && atoms.len() <= wanted {
        return (atoms, false);
    }
    if wanted <= 1 {
        return (vec![text], true);
    }
    if let Some(pieces) = by_first_word(&text, wanted).or_else(|| by_last_word(&text, wanted)) {
        return (pieces, true);
    }
    // Figures before one piece of words, or one figure behind it; a bare number before a small letter counts what follows.
    let counts = atoms.last().is_some_and(|a| !a.contains(['%', '€']) && a.contains(|c: char| c.is_ascii_digit()))
        && rest.starts_with(|c: char| c.is_lowercase());
    if !rest.is_empty() && atoms.len() + 1 == wanted && !counts {
        atoms.push(rest.to_owned());
        return (atoms, true);
    }
    if let Some(form) = LAST.captures(&text)
        && atoms.is_empty()
        && wanted == 2
    {
        return (vec![form[1].to_owned(), form[2].to_owned()], true);
    }
    (by_capitals(lines, wanted).or_else(|| by_last_step(&text, wanted)).unwrap_or_else(|| vec![text]), true)
}

/// Cuts "Avvio del processo riorganizzazione" before the step that is its last word alone: nothing but a cell's end parts it from
/// what stands before.
fn by_last_step(text: &str, wanted: usize) -> Option<Vec<String>> {
    let (before, last) = text.rsplit_once(' ')?;
    let joins = |word: &str| {
        matches!(
            key(word).as_str(),
            "di" | "del" | "della" | "dei" | "delle" | "e" | "in" | "per" | "la" | "il" | "una" | "un"
        )
    };
    let previous = before.rsplit(' ').next()?;
    let parts = wanted == 2 && tells_a_step(before) && tells_a_step(last) && !joins(previous);
    parts.then(|| vec![before.to_owned(), last.to_owned()])
}

/// Cuts where the text's first word comes again as a word: "risoluzione di … risoluzione di …".
fn by_first_word(text: &str, wanted: usize) -> Option<Vec<String>> {
    let words: Vec<&str> = text.split(' ').collect();
    let first = key(words.first()?);
    let starts: Vec<usize> = (0..words.len()).filter(|&i| key(words[i]) == first).collect();
    if starts.len() != wanted || first.is_empty() {
        return None;
    }
    Some(cut(&words, &starts))
}

/// Cuts behind the places where the text's last word stands: "700 posizioni 1.200 posizioni".
fn by_last_word(text: &str, wanted: usize) -> Option<Vec<String>> {
    let words: Vec<&str> = text.split(' ').collect();
    let last = key(words.last()?);
    let ends: Vec<usize> = (0..words.len()).filter(|&i| key(words[i]) == last).collect();
    if ends.len() < 2 || ends.len() > wanted || last.chars().count() < 4 {
        return None;
    }
    let starts: Vec<usize> = [0].into_iter().chain(ends.iter().map(|end| end + 1)).take(ends.len()).collect();
    Some(cut(&words, &starts))
}

/// Cuts before lines that start with a capital or a figure.
fn by_capitals(lines: &[String], wanted: usize) -> Option<Vec<String>> {
    let opens = |l: &String| l.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let starts: Vec<usize> = (0..lines.len()).filter(|&i| i == 0 || opens(&lines[i])).collect();
    if starts.len() < 2 || starts.len() > wanted {
        return None;
    }
    let words: Vec<&str> = lines.iter().map(String::as_str).collect();
    Some(cut(&words, &starts))
}

fn cut(pieces: &[&str], starts: &[usize]) -> Vec<String> {
    let ends = starts.iter().skip(1).copied().chain([pieces.len()]);
    starts.iter().zip(ends).map(|(&start, end)| pieces[start..end].join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> (Option<String>, Vec<(String, bool)>, Option<String>) {
        let mut flow = Flow::default();
        for line in lines {
            flow.add(line, &Source::default());
        }
        let mut draft = Draft::default();
        flow.fill(&mut draft, Lexicon::shipped());
        let targets = draft.told.targets.into_iter().map(|t| (t.raw, t.revised)).collect();
        (draft.told.baseline.map(|b| b.raw), targets, draft.told.weight.map(|w| w.raw))
    }

    fn plain(values: &[&str]) -> Vec<(String, bool)> {
        values.iter().map(|v| ((*v).to_owned(), false)).collect()
    }

    #[test]
    fn a_baseline_between_the_headers() {
        let read = read(&[
            "☐ efficienza ☐ qualità",
            "Base Line Valore Target:",
            "7,00%",
            "al 30/6 al 31/12 Peso",
            "88,00% 90,00% 15,00%",
        ]);
        assert_eq!(read, (Some("7,00%".into()), plain(&["88,00%", "90,00%"]), Some("15,00%".into())));
    }

    #[test]
    fn a_third_column_cut_over_lines() {
        let lines = [
            "Base Line Valore Target:",
            "al 30/6 al 31/12 Nuova",
            "previsione al",
            "31/12",
            "Peso",
            "€ 1.800.000,00 € 3.200.000,00 € 6.490.000,00 5,00%",
        ];
        let (baseline, targets, weight) = read(&lines);
        assert_eq!(baseline, None);
        assert_eq!(targets.len(), 3);
        assert_eq!(targets[2], ("€ 6.490.000,00".into(), true));
        assert_eq!(weight.as_deref(), Some("5,00%"));
    }

    #[test]
    fn cells_that_a_page_break_cut_go_on_behind_the_weight() {
        let lines = [
            "Base Line Valore Target:",
            "al 30/6 al 31/12 Nuova",
            "previsione al",
            "31/12",
            "Peso",
            "Nuova attività Avvio del servizio",
            "con un ufficio e",
            "Avvio a regime",
            "con",
            "Avvio a regime",
            "con",
            "25,00%",
            "corsi di formazione",
            "tutti gli",
            "uffici di oggi",
            "tutti gli",
            "uffici e 20",
            "intermediari",
        ];
        let (baseline, targets, weight) = read(&lines);
        assert_eq!((baseline.as_deref(), weight.as_deref()), (Some("Nuova attività"), Some("25,00%")));
        let raws: Vec<&str> = targets.iter().map(|t| t.0.as_str()).collect();
        assert_eq!(
            raws,
            [
                "Avvio del servizio con un ufficio e corsi di formazione",
                "Avvio a regime con tutti gli uffici di oggi",
                "Avvio a regime con tutti gli uffici e 20 intermediari"
            ]
        );
    }

    #[test]
    fn steps_are_targets_and_states_are_where_things_stood() {
        let heads = ["Target storico di riferimento: Valore Target: Peso", "al 30/6 al 31/12"];
        let with = |rest: &[&'static str]| read(&[&heads[..], rest].concat());
        let steps = with(&["Adozione protocollo", "aziendale", "Eventuale aggiornamento 50%"]);
        assert_eq!((steps.0, steps.1), (None, plain(&["Adozione protocollo aziendale", "Eventuale aggiornamento"])));
        let states = with(&["Vecchio regolamento", "Nuovo regolamento 50,00%"]);
        assert_eq!((states.0.as_deref(), states.1), (Some("Vecchio regolamento"), plain(&["Nuovo regolamento"])));
        let two = with(&["Nessuno Avvio del processo riorganizzazione 50,00%"]);
        assert_eq!((two.0.as_deref(), two.1), (Some("Nessuno"), plain(&["Avvio del processo", "riorganizzazione"])));
    }

    #[test]
    fn words_with_the_weight_before_the_dates() {
        let lines = [
            "Target storico di riferimento:",
            "anno 2019",
            "Valore Target: Peso",
            "al 30/6 al 31/12",
            "Nuova attività Avvio del servizio",
            "Rilascio di almeno 300",
            "dispositivi",
            "25,00%",
        ];
        let read = read(&lines);
        assert_eq!(read.0.as_deref(), Some("Nuova attività"));
        assert_eq!(read.1, plain(&["Avvio del servizio", "Rilascio di almeno 300 dispositivi"]));
        assert_eq!(read.2.as_deref(), Some("25,00%"));
    }
}

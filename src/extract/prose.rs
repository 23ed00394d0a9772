//! Indicators told in running text under labels: "Indicatore: …", "Risultati: … il target era >100 … – Valutazione OIV = 100/100".
//!
//! The paragraphs that speak of an indicator are collected while they come, and understood together: what is one indicator
//! by its label may be several by its figures ("n. eventi, n. partecipanti" with a target and a result each).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::draft::Draft;
use super::lexicon::{Field, key};
use crate::document::{MONTHS, Source, fold};

/// A constant pattern, compiled by the tests below.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("constant pattern")
}

type Pattern = LazyLock<Regex>;

/// A figure as results print it: sign, digits with their separators, percent sign.
const FIGURE: &str = r"[-+]?\d[\d.]*(?:,\d+)?(?:\s*%)?";

/// A paragraph that speaks of an indicator.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// The field that its label names; `None` for a paragraph below.
    pub label: Option<Field>,
    pub text: String,
    pub source: Source,
}

/// What one indicator of an account has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Part {
    /// Its name, where it isn't the label's.
    name: Option<String>,
    target: Option<String>,
    revised: Option<String>,
    actual: Option<String>,
    achievement: Option<String>,
    /// What the account says beyond that.
    note: Option<String>,
}

impl Part {
    fn says_something(&self) -> bool {
        [&self.target, &self.revised, &self.actual, &self.achievement].into_iter().any(Option::is_some)
    }
}

/// Whether a paragraph below a label goes on with the account of an indicator.
pub(super) fn goes_on(text: &str) -> bool {
    evaluation(text).is_some() || item(text).is_some() || target(text).is_some()
}

/// The indicators that a draft told in running text amounts to: itself, or one for each of its figures.
pub(super) fn settle(mut draft: Draft) -> Vec<Draft> {
    let statements = std::mem::take(&mut draft.account);
    let mut drafts = vec![draft];
    for group in statements.chunk_by(|_, next| next.label.is_none()) {
        let Some(first) = group.first() else { continue };
        let source = group.iter().fold(first.source.clone(), |all, s| all.union(&s.source));
        let texts: Vec<String> = group.iter().map(|s| fold(&s.text)).collect();
        let name = drafts.first().map(|d| d.told.name.clone()).unwrap_or_default();
        let parts = account(&name, &texts);
        match &parts[..] {
            // A text from which nothing could be told is its label's value as it stands.
            [part] if !part.says_something() => {
                if let (Some(field), Some(draft)) = (first.label, drafts.first_mut()) {
                    draft.set(field, "", &first.text, &first.source);
                }
            }
            [part] => {
                if let Some(draft) = drafts.first_mut() {
                    fill(draft, part, &source);
                }
            }
            several if drafts.len() == 1 => {
                let whole = drafts.remove(0);
                drafts = several.iter().map(|part| with_part(whole.clone(), part, &source)).collect();
            }
            _ => {}
        }
    }
    for draft in &mut drafts {
        if draft.told.targets.is_empty()
            && !draft.told.actuals.is_empty()
            && let Some(day) = deadline(&draft.told.name)
            && let Some(source) = draft.source.clone()
        {
            draft.set(Field::Target, "", &day, &source);
        }
    }
    drafts
}

fn with_part(mut draft: Draft, part: &Part, source: &Source) -> Draft {
    if let Some(name) = &part.name {
        draft.told.name.clone_from(name);
    }
    fill(&mut draft, part, source);
    draft
}

/// Sets what a part tells and the draft doesn't have yet.
fn fill(draft: &mut Draft, part: &Part, source: &Source) {
    let told = &draft.told;
    let free = [
        (Field::Target, &part.target, !told.targets.iter().any(|t| !t.revised)),
        (Field::RevisedTarget, &part.revised, !told.targets.iter().any(|t| t.revised)),
        (Field::Actual, &part.actual, told.actuals.is_empty()),
        (Field::Achievement, &part.achievement, told.achievements.is_empty()),
        (Field::Note, &part.note, told.note.is_none()),
    ];
    for (field, text, free) in free {
        if let Some(text) = text.as_ref().filter(|_| free) {
            draft.set(field, "", text, source);
        }
    }
}

/// What the paragraphs below the label of an indicator with this name say of it. One part at least.
fn account(name: &str, texts: &[String]) -> Vec<Part> {
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
    let items: Vec<Part> = texts.iter().filter_map(alone).collect();
    let mut parts = if items.len() > 1 { items } else { figures(name, &told) };
    let (told, revised) = without_revision(&told);
    if let [part] = &mut parts[..] {
        if let Some(revised) = revised {
            part.revised = Some(revised);
            part.target = part.target.take().or_else(|| target_in_name(name));
        }
        if part.actual.is_none() && mark.is_some() && !told.is_empty() {
            let statement = main_statement(&told);
            part.note = (statement.len() < told.trim_end_matches('.').len()).then(|| told.clone());
            part.actual = Some(statement.to_owned());
        }
    }
    for part in &mut parts {
        part.achievement = mark.clone().or_else(|| part.achievement.take());
    }
    parts
}

/// The mark that the evaluation body gives: "Valutazione OIV = 100/100", "la valutazione dell'OIV è stata pari a 99/100".
fn evaluation(text: &str) -> Option<(usize, String)> {
    static FORM: Pattern = LazyLock::new(|| {
        pattern(
            r"(?i)(?:la\s+)?valutazione\s+(?:dell['’]\s*)?oiv\s*(?:è\s+stata\s*)?(?:pari\s+a|di|=|:)?\s*(\d{1,3}(?:[.,]\d+)?\s*(?:/\s*\d{2,3}|%))",
        )
    });
    let found = FORM.captures(text)?;
    Some((found.get(0)?.start(), fold(&found[1])))
}

/// A last sentence that only says whether the objective was reached.
fn verdict(text: &str) -> Option<(usize, String)> {
    static FORM: Pattern = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|[.;]\s+)((?:obiettivo\s+)?(?:non|parzialmente|pienamente|totalmente)?\s*raggiunto)\s*\.?\s*$",
        )
    });
    let found = FORM.captures(text)?.get(1)?;
    Some((found.start(), fold(found.as_str())))
}

/// An item of a list of targets: "rapporto tra … e …: 100% (risultato 100%, 112/112)".
fn item(text: &str) -> Option<Part> {
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
    let target = Some(found[2].to_owned());
    Some(Part { name: Some(found[1].to_owned()), target, actual: Some(actual), note, ..Part::default() })
}

/// Targets and results that sentences give as figures: one part for each, where the name names as many things.
fn figures(name: &str, told: &str) -> Vec<Part> {
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
        vec![Part { target: target(told), actual, ..Part::default() }]
    };
    let Some((results, _)) = results.as_ref().filter(|(r, _)| r.len() == targets.len() && r.len() > 1) else {
        return one();
    };
    let labels: Vec<&str> = targets.iter().map(|(label, _)| label.as_str()).collect();
    let Some(of_target) = assign(&labels, results) else { return one() };
    let parts = targets.iter().zip(of_target).map(|((label, target), result)| {
        let part = Part { target: Some(target.clone()), actual: Some(result.clone()), ..Part::default() };
        (label.clone(), part)
    });
    match distribute(name, parts.collect()) {
        parts if parts.len() > 1 => parts,
        _ => one(),
    }
}

/// Results with their targets in brackets: "sono stati realizzati 23 eventi (il target era >= 8)"; each with its clause.
fn paired(told: &str) -> Vec<(String, Part)> {
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
        let part = Part { target: Some(target), actual: Some(actual), achievement, ..Part::default() };
        Some((found[1].to_owned(), part))
    };
    FORM.captures_iter(told).filter_map(part).collect()
}

/// A target as running text prints it.
static FIRST_TARGET: Pattern =
    LazyLock::new(|| pattern(r"(?:[<>≤≥]\s*=?|=)?\s*-?\d[\d.,]*\d*\s*(?:%|gg\.?|giorni|ore|mesi)?"));

/// The same with the sign that tells it from other figures.
static SIGNED_TARGET: Pattern =
    LazyLock::new(|| pattern(r"(?:[<>≤≥]\s*=?|=)\s*-?\d[\d.,]*\d*\s*(?:%|gg\.?|giorni|ore|mesi)?"));

/// Gives each part the name of the thing it speaks of, where the name names as many things as there are parts; otherwise the
/// first part has what all say.
fn distribute(name: &str, parts: Vec<(String, Part)>) -> Vec<Part> {
    let names = things(name, parts.len());
    let (labels, parts): (Vec<String>, Vec<Part>) = parts.into_iter().unzip();
    if let [part] = &parts[..] {
        return vec![part.clone()];
    }
    let described: Vec<(String, Part)> = labels.into_iter().zip(parts.iter().cloned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match assign(&names, &described) {
        Some(of_name) => {
            let named = |(name, part): (&&str, &Part)| Part { name: Some((*name).to_owned()), ..part.clone() };
            names.iter().zip(of_name).map(named).collect()
        }
        None => {
            let all = |field: fn(&Part) -> &Option<String>| {
                let texts: Vec<&str> = parts.iter().filter_map(|p| field(p).as_deref()).collect();
                (!texts.is_empty()).then(|| texts.join("; "))
            };
            vec![Part { target: all(|p| &p.target), actual: all(|p| &p.actual), ..Part::default() }]
        }
    }
}

/// The things that an indicator's name lists: as many as `count`, or none.
fn things(name: &str, count: usize) -> Vec<String> {
    static LAST: Pattern = LazyLock::new(|| pattern(r"\s+e(?:d)?\s+"));
    let clean = |text: &str| text.trim().trim_end_matches(['.', ',', ';']).to_owned();
    let listed = |separator: char| -> Vec<String> { name.split(separator).map(clean).collect() };
    let with_last = || {
        let mut all = listed(',');
        if let Some(last) = all.pop() {
            all.extend(LAST.splitn(&last, 2).map(clean));
        }
        all
    };
    let two = || LAST.splitn(name, 2).map(clean).collect::<Vec<_>>();
    let ways = [listed(';'), listed(','), with_last(), two()];
    let fits = |way: &Vec<String>| way.len() == count && way.iter().all(|t| t.split_whitespace().count() > 1);
    ways.into_iter().find(fits).unwrap_or_default()
}

/// For each name the value whose label shares most words with it that the other labels don't have; the last pair is found by
/// elimination. `None` where that leaves a doubt.
fn assign<'v, V>(names: &[&str], values: &'v [(String, V)]) -> Option<Vec<&'v V>> {
    if names.len() != values.len() || names.is_empty() {
        return None;
    }
    let words_of_names: Vec<BTreeSet<String>> = names.iter().map(|n| words(n)).collect();
    let words_of_values: Vec<BTreeSet<String>> = values.iter().map(|(label, _)| words(label)).collect();
    let shared = |n: usize, v: usize| {
        let common = words_of_names[n].intersection(&words_of_values[v]);
        let elsewhere = |w: &&String| words_of_names.iter().filter(|of| of.contains(*w)).count();
        // A word of several names tells little of which one is meant.
        common.map(|w| 12 / elsewhere(&w).max(1)).sum::<usize>()
    };
    let mut chosen: Vec<Option<usize>> = vec![None; names.len()];
    for round in 0..names.len() {
        let free = |v: &usize| !chosen.contains(&Some(*v));
        let open: Vec<usize> = (0..names.len()).filter(|&n| chosen[n].is_none()).collect();
        let mut pairs: Vec<(usize, usize, usize)> = open
            .iter()
            .flat_map(|&n| (0..values.len()).filter(free).map(move |v| (n, v)))
            .map(|(n, v)| (shared(n, v), n, v))
            .collect();
        pairs.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let &(best, n, v) = pairs.first()?;
        let rivals = pairs.iter().skip(1).any(|&(score, other, at)| score == best && (other == n || at == v));
        let last = round + 1 == names.len();
        if !last && (best == 0 || rivals) {
            return None;
        }
        chosen[n] = Some(v);
    }
    chosen.into_iter().map(|v| values.get(v?).map(|(_, value)| value)).collect()
}

/// The stems of a text's words that tell things apart.
fn words(text: &str) -> BTreeSet<String> {
    let stem = |word: &str| word.chars().take(if word.chars().count() > 6 { 6 } else { 4 }).collect::<String>();
    key(text)
        .split_whitespace()
        .filter(|w| w.chars().count() > 3 && w.chars().all(char::is_alphabetic))
        .map(stem)
        .collect()
}

/// Whether a label only repeats words of a name.
fn speaks_of(label: &str, name: &str) -> bool {
    let (label, name) = (words(label), words(name));
    label.is_subset(&name)
}

/// The targets of a clause that gives several, each with the words before it: "per l'entrata <75 gg, per l'uscita < 60 gg".
fn targets(text: &str) -> Vec<(String, String)> {
    for clause in clauses(text) {
        let mut before = 0;
        let mut found = Vec::new();
        for figure in SIGNED_TARGET.find_iter(clause) {
            let label = clause.get(before..figure.start()).unwrap_or_default().trim();
            found.push((label.to_owned(), figure.as_str().trim_end_matches([',', '.', ' ']).to_owned()));
            before = figure.end();
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// What follows the word "target", up to the end of its clause.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    static CLAUSE: Pattern = LazyLock::new(|| {
        pattern(r"(?i)\btarget\b\s*(?:era|erano|è|previsto|di|:|=)?\s*((?:[^.;(–]|\.\d|\.\s*\p{Ll})*)")
    });
    CLAUSE.captures_iter(text).filter_map(|c| Some(c.get(1)?.as_str().trim()))
}

/// The target that a sentence mentions: "con target ≤ 0", "il target era >100"; of several, the clause that has them all.
fn target(text: &str) -> Option<String> {
    for clause in clauses(text) {
        let figures: Vec<_> = SIGNED_TARGET.find_iter(clause).collect();
        match figures[..] {
            [] => {}
            [only] => return Some(only.as_str().trim_end_matches([',', '.', ' ']).to_owned()),
            [.., last] => return Some(clause[..last.end()].trim_end_matches([',', ' ']).to_owned()),
        }
    }
    None
}

/// The account without the sentence that tells a target's revision, and the target as revised: "il target era stato
/// revisionato e modificato in …".
fn without_revision(text: &str) -> (String, Option<String>) {
    static FORM: Pattern = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)(?:^|\.\s+)[^.]*\btarget\b[^.;]*?\b(?:revisionat|rivist|modificat|ridefinit|rimodulat|aggiornat|ridott)[oa]",
            r"(?:\s+e\s+\p{L}+t[oa])?\s+(?:in|a)\s+([^.;]+)"
        ))
    });
    let Some(found) = FORM.captures(text) else { return (text.to_owned(), None) };
    let (Some(sentence), Some(revised)) = (found.get(0), found.get(1)) else { return (text.to_owned(), None) };
    let rest = format!("{} {}", &text[..sentence.start()], text[sentence.end()..].trim_start_matches(['.', ' ']));
    (rest.trim().to_owned(), Some(revised.as_str().trim().to_owned()))
}

/// A target that stands in brackets at the end of the indicator's name.
fn target_in_name(name: &str) -> Option<String> {
    static FORM: Pattern = LazyLock::new(|| pattern(r"\(([^()]*\d[^()]*)\)\s*$"));
    Some(FORM.captures(name)?[1].trim().to_owned())
}

/// The day that an indicator's name sets: "creazione del modello entro il 31/7/2022".
fn deadline(name: &str) -> Option<String> {
    static FORM: Pattern = LazyLock::new(|| {
        let day = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}";
        pattern(&format!(r"(?i)\bentro\s+(?:il\s+)?(?:{day}|\d{{1,2}}\s+(?:{MONTHS})(?:\s+\d{{4}})?)\s*$"))
    });
    Some(FORM.find(name)?.as_str().trim().to_owned())
}

/// The result in brackets behind the statement that the objective was reached: "Obiettivo raggiunto (n. gg. 49,96)".
fn bracketed_result(text: &str) -> Option<String> {
    static FORM: Pattern = LazyLock::new(|| pattern(r"(?i)raggiunt[oaie]\s*\(([^()]*\d[^()]*)\)"));
    Some(fold(&FORM.captures(text)?[1]))
}

/// The figures of a result, each with the words before it: "provv. entrata: 49,96, provv. uscita 53,1".
fn results(text: &str) -> Vec<(String, String)> {
    static FORM: Pattern = LazyLock::new(|| pattern(&format!(r"([^\d,;]*?\p{{L}}[^\d,;]*?)[:=\s]\s*({FIGURE})")));
    FORM.captures_iter(text).map(|c| (c[1].trim().to_owned(), c[2].trim().to_owned())).collect()
}

/// The statement of a result without what limits it: the first sentence, up to a concession.
fn main_statement(text: &str) -> &str {
    static ENDS: Pattern =
        LazyLock::new(|| pattern(r"(?i)[,;]\s+(?:anche se|sebbene|benché|pur se|ancorché|tuttavia)\b|\.\s+\p{Lu}"));
    let end = ENDS.find(text).map_or(text.len(), |found| found.start());
    text[..end].trim_end_matches(['.', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, texts: &[&str]) -> Vec<Part> {
        let texts: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
        account(name, &texts)
    }

    fn part(target: &str, actual: &str, achievement: &str) -> Part {
        let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
        Part { target: text(target), actual: text(actual), achievement: text(achievement), ..Part::default() }
    }

    fn named(name: &str, part: Part) -> Part {
        Part { name: Some(name.to_owned()), ..part }
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
        assert_eq!(parts[0].actual.as_deref(), Some("gruppo A 8, gruppo B 9"));
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
        let first = Part { note: Some("112/112".to_owned()), ..part("100%", "100%", "100/100") };
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
        let revised = Some("ENTRO 31/12 CON 4 PROGETTI".to_owned());
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
        assert_eq!(deadline("creazione del modello entro il 31/7/2022").as_deref(), Some("entro il 31/7/2022"));
        assert_eq!(deadline("istruttorie concluse entro 60 giorni"), None);
        assert_eq!(parts[0].actual.as_deref(), Some("il modello è pronto da luglio"));
        assert_eq!(parts[0].note.as_deref(), Some("il modello è pronto da luglio, anche se non è stato usato."));
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

//! COE239: una formula fissa scritta in un altro modo.

use std::collections::BTreeMap;

use super::prelude::*;

use crate::audit::remarks::shortened;
use crate::extract::Printed;

pub(super) static RULE: Rule = Rule {
    code: "COE239",
    severity: Severity::Info,
    title: Text { it: "una formula fissa scritta in un altro modo", en: "a set phrase worded otherwise" },
    what: "Confronta le voci che in quasi tutte le schede hanno una di poche frasi fisse (rilevanza, finalità): cerca quelle con una frase che nessun'altra scheda ha.",
    why: "La classe dell'obiettivo dipende dalla frase: con altre parole non si sa quale sia.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«RILEVANZA ALTA: azioni dirette a migliorare il flusso di comunicazione», dove le altre dicono «azioni dirette a dare attuazione a programmi …».",
    advice: Text { it: "usare la frase delle altre schede", en: "use the other sheets' phrase" },
    gather: Some(2),
    check: Check::Document(check),
};

/// A value where it is printed.
struct Told<'a> {
    objective: Option<usize>,
    cell: &'a Printed,
    text: String,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut entries: Vec<(String, &str, Vec<Told<'_>>)> = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some() && p.objective.is_some()) {
        let [label, value] = &passage.cells[..] else { continue };
        if label.raw.chars().count() > 40 || value.raw.chars().count() < 40 {
            continue;
        }
        let told = Told { objective: passage.objective, cell: value, text: key(&value.raw) };
        match entries.iter_mut().find(|(known, ..)| *known == key(&label.raw)) {
            Some((.., list)) => list.push(told),
            None => entries.push((key(&label.raw), &label.raw, vec![told])),
        }
    }
    let mut out = Vec::new();
    for (_, label, list) in &entries {
        let counts = counts(&list.iter().map(|told| told.text.as_str()).collect::<Vec<_>>());
        let usual = counts.iter().filter(|n| **n > 1).count();
        // Entries of free text have no set phrases.
        if list.len() < 6 || usual * 10 < list.len() * 7 {
            continue;
        }
        for (told, _) in list.iter().zip(&counts).filter(|(_, n)| **n == 1) {
            let near = |other: &&Told<'_>| covered(&told.text, &other.text).max(covered(&other.text, &told.text));
            let phrases = list.iter().zip(&counts).filter(|(_, n)| **n > 1).map(|(t, _)| t);
            let Some(other) = phrases.max_by(|a, b| near(a).total_cmp(&near(b))) else { continue };
            // Short entries, and those that share little with any phrase, are of their own; and what says a phrase in full, or
            // another of its parts, says it.
            let head = |t: &str| t.split(':').next().map(key).filter(|h| h.len() < t.len() / 2);
            let same_head = head(&told.cell.raw) == head(&other.cell.raw) && head(&told.cell.raw).is_some();
            let several = other.cell.raw.contains('\n') && !told.cell.raw.contains('\n');
            let full = covered(&other.text, &told.text) >= 0.8 && told.text.len() > other.text.len();
            let alike = (near(&other) >= 0.5 || same_head) && !several && !full;
            if !alike || told.text.chars().count().max(other.text.chars().count()) < 80 {
                continue;
            }
            out.push(
                view.at(rule, told.objective, &told.cell.source)
                    .quote("qui", "here", &shortened(&told.cell.raw))
                    .quote("nelle altre", "elsewhere", &shortened(&other.cell.raw))
                    .says(
                        format!("la voce «{}» ha una frase che nessun'altra scheda ha", label.trim_end_matches(':')),
                        format!("the entry “{}” has a phrase that no other sheet has", label.trim_end_matches(':')),
                    ),
            );
        }
    }
    out
}

/// How many of the texts say the same as each, but for some letters; itself is one of them.
fn counts(texts: &[&str]) -> Vec<usize> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts {
        *times.entry(text).or_default() += 1;
    }
    let distinct: Vec<(&str, Letters)> = times.keys().map(|text| (*text, Letters::of(text))).collect();
    let mut all = times.clone();
    for (at, (a, letters)) in distinct.iter().enumerate() {
        for (b, others) in distinct.iter().skip(at + 1) {
            let longest = letters.length.max(others.length);
            if letters.apart(others) * 10 < longest && strsim::normalized_levenshtein(a, b) > 0.9 {
                *all.entry(a).or_default() += times.get(b).copied().unwrap_or(0);
                *all.entry(b).or_default() += times.get(a).copied().unwrap_or(0);
            }
        }
    }
    texts.iter().map(|text| all.get(text).copied().unwrap_or(0)).collect()
}

/// How often each character stands in a text: two texts are at least as far apart as their counts, and counting is quick where
/// the edits between two long texts are slow to find.
struct Letters {
    counts: BTreeMap<char, usize>,
    length: usize,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut counts = BTreeMap::new();
        for c in text.chars() {
            *counts.entry(c).or_default() += 1;
        }
        Letters { counts, length: text.chars().count() }
    }

    /// The fewest edits that can make one text of the other.
    fn apart(&self, other: &Self) -> usize {
        let more = |a: &Self, b: &Self| -> usize {
            a.counts.iter().map(|(c, n)| n.saturating_sub(b.counts.get(c).copied().unwrap_or(0))).sum()
        };
        more(self, other).max(more(other, self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_with_those_like_them() {
        let (a, b) = ("azioni dirette a dare attuazione ai programmi", "azioni dirette a dare attuazione ai programma");
        assert_eq!(counts(&[a, b, a, "azioni che migliorano la comunicazione"]), [3, 3, 3, 1]);
        let (x, y) = (Letters::of("presa"), Letters::of("spesa"));
        assert_eq!((x.apart(&y), x.length), (1, 5));
    }
}

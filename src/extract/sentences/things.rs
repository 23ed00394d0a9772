//! Several things that one name lists, and which of several values belongs to which.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::figures::{Pattern, pattern};
use crate::extract::lexicon::key;

/// The things that an indicator's name lists: as many as `count`, or none.
pub(super) fn things(name: &str, count: usize) -> Vec<String> {
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
pub(super) fn assign<'v, V>(names: &[&str], values: &'v [(String, V)]) -> Option<Vec<&'v V>> {
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
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let stem = |word: &str| word.chars().take(if word.chars().count() > 6 { 6 } else { 4 }).collect::<String>();
    key(text)
        .split_whitespace()
        .filter(|w| w.chars().count() > 3 && w.chars().all(char::is_alphabetic))
        .map(stem)
        .collect()
}

/// Whether a label only repeats words of a name.
pub(super) fn speaks_of(label: &str, name: &str) -> bool {
    let (label, name) = (words(label), words(name));
    label.is_subset(&name)
}

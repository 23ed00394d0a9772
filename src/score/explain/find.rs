//! Which score a person means: ids may be short.

use std::collections::BTreeMap;

use crate::normalise::Plan;
use crate::score::scores::Scores;

/// The most near ids that are named.
const MOST: usize = 6;

/// What an id was found to mean.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// The place of the document among those given, and the whole id.
    One(usize, String),
    /// Several subjects fit as well: their ids and labels.
    Several(Vec<(String, String)>),
    /// None does: the nearest, best first.
    None(Vec<(String, String)>),
}

struct Subject<'a> {
    document: usize,
    id: &'a str,
    label: &'a str,
    /// Without the document's id, lower case.
    short: String,
}

/// Finds the subject of an id. In turn: the whole id; the id without the document; its end, from a `/` on, or the name a
/// reader knows the subject by; part of either. Case doesn't matter, and "ente" is the entity.
pub fn find(read: &[(&Plan, &Scores)], wanted: &str) -> Found {
    let subjects = subjects(read);
    let wanted = wanted.trim().trim_matches('/').to_lowercase();
    let wanted = if wanted == "ente" { "#entity".to_owned() } else { wanted };
    let tests: [&dyn Fn(&Subject<'_>) -> bool; 4] = [
        &|subject| subject.id.to_lowercase() == wanted,
        &|subject| subject.short == wanted || subject.short.trim_start_matches('#') == wanted,
        &|subject| {
            subject.short.ends_with(&wanted) && subject.short[..subject.short.len() - wanted.len()].ends_with('/')
                || subject.label.to_lowercase() == wanted
        },
        &|subject| {
            wanted.chars().count() > 3
                && (subject.short.contains(&wanted) || subject.label.to_lowercase().contains(&wanted))
        },
    ];
    for fits in tests {
        // The same id in several renditions of a document is one subject.
        let mut fitting: BTreeMap<&str, &Subject<'_>> = BTreeMap::new();
        for subject in subjects.iter().filter(|subject| fits(subject)) {
            fitting.entry(subject.id).or_insert(subject);
        }
        match fitting.len() {
            0 => {}
            1 => {
                return fitting
                    .values()
                    .next()
                    .map_or(Found::None(Vec::new()), |one| Found::One(one.document, one.id.to_owned()));
            }
            _ => return Found::Several(fitting.values().map(|one| named(one)).collect()),
        }
    }
    Found::None(nearest(&subjects, &wanted))
}

fn named(subject: &Subject<'_>) -> (String, String) {
    (subject.id.to_owned(), subject.label.to_owned())
}

fn subjects<'a>(read: &[(&'a Plan, &'a Scores)]) -> Vec<Subject<'a>> {
    let of = |(document, (plan, scores)): (usize, &(&'a Plan, &'a Scores))| {
        let prefix = format!("{}/", plan.card.document_id);
        scores
            .rows()
            .map(|row| Subject {
                document,
                id: row.subject_id.as_str(),
                label: row.label.as_str(),
                short: row.subject_id.strip_prefix(&prefix).unwrap_or(&row.subject_id).to_lowercase(),
            })
            .collect::<Vec<_>>()
    };
    read.iter().enumerate().flat_map(of).collect()
}

fn nearest(subjects: &[Subject<'_>], wanted: &str) -> Vec<(String, String)> {
    let likeness = |subject: &Subject<'_>| {
        let of_label = strsim::jaro_winkler(&subject.label.to_lowercase(), wanted);
        let whole = strsim::normalized_damerau_levenshtein(&subject.id.to_lowercase(), wanted);
        strsim::normalized_damerau_levenshtein(&subject.short, wanted).max(whole).max(of_label * 0.8)
    };
    let mut rated: Vec<(f64, (String, String))> =
        subjects.iter().map(|subject| (likeness(subject), named(subject))).collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    rated.dedup_by(|a, b| a.1.0 == b.1.0);
    rated.into_iter().take(MOST).map(|(_, subject)| subject).collect()
}

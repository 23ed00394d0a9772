//! Which section of a document a published sector is, where the table of results prints only its abbreviation.
//!
//! Three kinds of evidence, the surest first: another objective refers to one of the section's by the abbreviation
//! ("consultare obiettivo n. 3 di 2.3 REI2"); the abbreviation is made of the beginnings of the section's words ("SEFI",
//! servizi finanziari); one abbreviation and one section are left.

use std::collections::{BTreeMap, BTreeSet};

use super::published::whole_slug;
use crate::extract::AggregateKind;
use crate::normalise::Plan;

/// A published sector found among the sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Index in [`Plan::published`].
    pub published: usize,
    /// What it rests on, in Italian.
    pub evidence: &'static str,
}

/// Words too common to be part of an abbreviation.
const SHORT: usize = 3;

/// The sections that published sectors are, by the section's slug.
pub(super) fn sectors(plan: &Plan) -> BTreeMap<String, Found> {
    let named: Vec<(usize, String, String)> = plan
        .published
        .iter()
        .enumerate()
        .filter(|(_, published)| published.kind == AggregateKind::Sector)
        .filter_map(|(index, published)| {
            let (kind, abbreviation) = published.name.trim().rsplit_once(char::is_whitespace)?;
            is_abbreviation(abbreviation).then(|| (index, whole_slug(kind), abbreviation.to_owned()))
        })
        .collect();
    let mut found = BTreeMap::new();
    if named.is_empty() {
        return found;
    }
    let witnesses = witnesses(plan);
    let kinds: BTreeSet<&str> = named.iter().map(|(_, kind, _)| kind.as_str()).collect();
    for kind in kinds {
        let of_kind: Vec<(usize, &str)> =
            named.iter().filter(|(_, own, _)| own == kind).map(|(index, _, name)| (*index, name.as_str())).collect();
        match_kind(&witnesses, kind, of_kind, &mut found);
    }
    found
}

/// "SOPQ", "REI1": capitals, with digits at the end.
fn is_abbreviation(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    (2..=6).contains(&letters.chars().count()) && letters.chars().all(char::is_uppercase)
}

/// An objective as far as it can be evidence: the slugs of its section and title, its code, and what it refers to.
struct Witness<'a> {
    section: String,
    title: String,
    code: Option<&'a str>,
    refers_to: Option<&'a str>,
    measured: bool,
}

fn witnesses(plan: &Plan) -> Vec<Witness<'_>> {
    let measured: BTreeSet<usize> = plan.indicators.iter().filter_map(|indicator| indicator.objective).collect();
    plan.objectives
        .iter()
        .enumerate()
        .map(|(index, objective)| Witness {
            section: objective.section.as_deref().map(whole_slug).unwrap_or_default(),
            title: whole_slug(&objective.title),
            code: objective.code.as_deref(),
            refers_to: objective.sheet.refers_to.as_deref(),
            measured: measured.contains(&index),
        })
        .collect()
}

/// Whether a published name and a section may be the same.
type Fits<'f> = &'f dyn Fn(&str, &str) -> bool;

fn match_kind(
    witnesses: &[Witness<'_>],
    kind: &str,
    mut open: Vec<(usize, &str)>,
    found: &mut BTreeMap<String, Found>,
) {
    let prefix = format!("{kind}-");
    let mut sections: BTreeSet<String> =
        witnesses.iter().filter(|one| one.section.starts_with(&prefix)).map(|one| one.section.clone()).collect();
    let steps: [(&'static str, Fits<'_>); 3] = [
        ("un altro obiettivo vi rimanda con questa sigla", &|name, section| referred(witnesses, name, section)),
        ("la sigla è fatta delle sue parole", &|name, section| {
            spells(name, section.strip_prefix(&prefix).unwrap_or(section))
        }),
        ("è l'unico che resta", &|_, _| true),
    ];
    for (evidence, fits) in steps {
        // Only what is unmistakable: one section for the sector, one sector for the section.
        let pairs: Vec<(usize, String)> = open
            .iter()
            .filter_map(|(index, name)| {
                let mut fitting = sections.iter().filter(|section| fits(name, section));
                let section = fitting.next().filter(|_| fitting.next().is_none())?;
                let rivals = open.iter().filter(|(_, other)| fits(other, section)).count();
                (rivals == 1).then(|| (*index, section.clone()))
            })
            .collect();
        for (published, section) in pairs {
            open.retain(|(index, _)| *index != published);
            sections.remove(&section);
            found.insert(section, Found { published, evidence });
        }
    }
}

/// Whether an objective sends the reader, by the abbreviation, to an objective that this section measures.
fn referred(witnesses: &[Witness<'_>], abbreviation: &str, section: &str) -> bool {
    let measured = |title: &str, code: Option<&str>| {
        witnesses.iter().any(|other| {
            other.measured
                && other.refers_to.is_none()
                && other.section == section
                && other.title == title
                && code.is_none_or(|code| other.code == Some(code))
        })
    };
    witnesses.iter().filter_map(|one| Some((one, one.refers_to?))).any(|(one, text)| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word.eq_ignore_ascii_case(abbreviation)) && measured(&one.title, first_number(text))
    })
}

/// The first whole number of a text: the objective's number in "consultare obiettivo n. 3 di …".
fn first_number(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()))
}

/// Whether the abbreviation's letters are the beginnings of words that follow each other in the slug.
fn spells(abbreviation: &str, slug: &str) -> bool {
    let letters = abbreviation.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    let words: Vec<&str> = slug.split('-').filter(|word| word.len() > SHORT).collect();
    (0..words.len()).any(|start| begins(&letters, &words[start..]))
}

fn begins(letters: &str, words: &[&str]) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((word, rest)) = words.split_first() else { return false };
    (1..=letters.len())
        .filter(|&end| letters.is_char_boundary(end))
        .take_while(|&end| word.starts_with(&letters[..end]))
        .any(|end| begins(&letters[end..], rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{indicator, objective, plan, published};

    #[test]
    fn abbreviations_are_the_beginnings_of_words() {
        assert!(spells("SEFI", "servizi-finanziari-e-provveditorato"));
        assert!(spells("MERC", "regolamentazione-e-tutela-del-mercato"));
        assert!(spells("PROT", "progetti-territoriali-programmi"));
        assert!(!spells("PROT", "servizi-finanziari-e-provveditorato"));
        assert!(!spells("GESI", "integrazione-dell-organizzazione-camerale"));
        assert!(is_abbreviation("REI1") && !is_abbreviation("Anagrafe") && !is_abbreviation("12"));
    }

    #[test]
    fn references_are_surer_than_letters_and_the_last_is_left() {
        let mut plan = plan(Vec::new());
        for (code, title, section) in [
            ("1", "Bilanci", "Settore Registro imprese"),
            ("2", "Albo", "Settore Registro imprese individuali"),
            ("3", "Sportello", "Settore Integrazione"),
        ] {
            let mut one = objective(code);
            (one.title, one.section) = (title.to_owned(), Some(section.to_owned()));
            plan.objectives.push(one);
            let mut measured = indicator(code);
            measured.objective = Some(plan.objectives.len() - 1);
            plan.indicators.push(measured);
        }
        let mut referring = objective("9");
        referring.title = "Albo".to_owned();
        referring.sheet.refers_to = Some("Consultare obiettivo n. 2 di 2.3 REI1".to_owned());
        plan.objectives.push(referring);
        for name in ["Settore REI1", "Settore REI2", "Settore GESI"] {
            plan.published.push(published(AggregateKind::Sector, name, None, "100%"));
        }
        let found = sectors(&plan);
        let of = |section: &str| found.get(section).map(|found| found.published);
        assert_eq!(of("settore-registro-imprese-individuali"), Some(0));
        assert_eq!(of("settore-registro-imprese"), Some(1));
        assert_eq!(of("settore-integrazione"), Some(2));
    }
}

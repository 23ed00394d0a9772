//! Who answers for an objective, where its sheet names several.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::policy::HUNDRED;
use super::published::whole_slug;
use crate::normalise::Objective;

/// One of an objective's owners.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Owner<'a> {
    pub name: &'a str,
    /// The objective's weight with this owner, where the sheet prints one for each: "Rossi (60%); Bianchi (40%)".
    pub weight: Option<Decimal>,
    /// Whether others answer for it too.
    pub shared: bool,
}

/// What may stand between two names only where both are owners of other objectives: it may be part of one name as well
/// ("Segretario Generale e Dirigente Area Amministrativa").
const DOUBTFUL: [&str; 5] = [", ", " e ", " ed ", "/", " - "];

/// What always stands between two names.
const SURE: [char; 3] = [';', '|', '\n'];

/// The owner texts of all objectives, as slugs: names that stand alone somewhere.
pub(super) fn known<'a>(objectives: impl Iterator<Item = &'a Objective>) -> BTreeSet<String> {
    objectives
        .filter_map(|objective| objective.owner.as_deref())
        .map(|owner| whole_slug(split_share(owner).0))
        .collect()
}

/// The owners of an objective, in printed order. Shares that add up to 100 part the objective's weight among them; others are
/// its weights in each one's own sheet.
pub(super) fn owners<'a>(text: &'a str, weight: Option<Decimal>, known: &BTreeSet<String>) -> Vec<Owner<'a>> {
    let named = |pieces: Vec<&'a str>| -> Vec<(&'a str, Option<Decimal>)> {
        pieces.into_iter().map(split_share).filter(|(name, _)| !whole_slug(name).is_empty()).collect()
    };
    let mut pieces = named(text.split(SURE).collect());
    if pieces.len() < 2 {
        let doubtful = DOUBTFUL.iter().map(|between| named(text.split(between).collect()));
        let all_known = |pieces: &Vec<(&str, Option<Decimal>)>| {
            pieces.len() > 1 && pieces.iter().all(|(name, share)| share.is_some() || known.contains(&whole_slug(name)))
        };
        if let Some(found) = doubtful.into_iter().find(all_known) {
            pieces = found;
        }
    }
    let mut seen = BTreeSet::new();
    pieces.retain(|(name, _)| seen.insert(whole_slug(name)));
    let shared = pieces.len() > 1;
    let total = pieces.iter().try_fold(Decimal::ZERO, |sum, (_, share)| sum.checked_add((*share)?));
    let of_share = |share: Decimal| match total {
        Some(total) if total == HUNDRED => weight.unwrap_or(HUNDRED).checked_mul(share)?.checked_div(HUNDRED),
        Some(_) => Some(share),
        None => None,
    };
    let owner = |(name, share): (&'a str, Option<Decimal>)| Owner {
        name,
        weight: if shared { share.and_then(of_share) } else { None },
        shared,
    };
    pieces.into_iter().map(owner).collect()
}

/// A name and the percentage after it, in brackets or not.
fn split_share(text: &str) -> (&str, Option<Decimal>) {
    let text = text.trim();
    let Some(body) = text.trim_end_matches(')').trim_end().strip_suffix('%') else { return (text, None) };
    let body = body.trim_end();
    let name = body.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    let share = Decimal::from_str_exact(&body[name.len()..].replace(',', ".")).ok();
    let name = name.trim_end().trim_end_matches(['(', ':', '-', '–']).trim_end();
    if share.is_none() || name.is_empty() { (text, None) } else { (name, share) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::objective;

    fn told(text: &str, weight: Option<i64>, known: &[&str]) -> Vec<(String, Option<Decimal>)> {
        let known = known.iter().map(|name| whole_slug(name)).collect();
        let owners = owners(text, weight.map(Decimal::from), &known);
        assert!(owners.iter().all(|owner| owner.shared == (owners.len() > 1)));
        owners.iter().map(|owner| (owner.name.to_owned(), owner.weight)).collect()
    }

    fn names(text: &str, known: &[&str]) -> Vec<String> {
        told(text, None, known).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn one_name_stays_one() {
        for name in [
            "Segretario Generale e Dirigente Area Amministrativa dr Massimo Ziletti",
            "Area promozione, studi e ambiente",
            "Uffici 0/1",
        ] {
            assert_eq!(names(name, &["Segretario Generale"]), [name]);
        }
        assert_eq!(names("Rossi (100%)", &[]), ["Rossi"]);
    }

    #[test]
    fn several_names() {
        assert_eq!(names("dr. Rossi; dr.ssa Bianchi", &[]), ["dr. Rossi", "dr.ssa Bianchi"]);
        assert_eq!(names("Rossi e Bianchi", &["rossi", "BIANCHI"]), ["Rossi", "Bianchi"]);
        assert_eq!(names("Rossi e Bianchi", &["rossi"]), ["Rossi e Bianchi"]);
        assert_eq!(names("Rossi; Rossi", &[]), ["Rossi"]);
    }

    #[test]
    fn weights_by_owner() {
        let d = |n: i64| Some(Decimal::from(n));
        let wanted = |a, b| vec![("Rossi".to_owned(), a), ("Bianchi".to_owned(), b)];
        assert_eq!(told("Rossi (60%); Bianchi (40%)", Some(50), &[]), wanted(d(30), d(20)));
        assert_eq!(told("Rossi 60%, Bianchi 40%", None, &[]), wanted(d(60), d(40)));
        assert_eq!(told("Rossi: 30% | Bianchi: 20%", Some(50), &[]), wanted(d(30), d(20)));
        assert_eq!(told("Rossi; Bianchi (40%)", Some(50), &[]), wanted(None, None));
    }

    #[test]
    fn known_owners_are_those_of_the_objectives() {
        let mut one = objective("A");
        one.owner = Some("Rossi (60%)".to_owned());
        assert_eq!(known([&one, &objective("B")].into_iter()), BTreeSet::from(["rossi".to_owned()]));
    }
}

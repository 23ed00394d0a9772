//! Readable, stable ids, and the links between the places where a document tells one indicator.

use std::collections::{HashMap, HashSet};

use super::plan::{DatedMeasure, Indicator, Plan};
use crate::extract::key;

/// The longest slug made from a title or a name, in characters.
const SLUG_LENGTH: usize = 48;

/// A text as a piece of an id: lower-case ASCII letters, digits and single hyphens, cut at a word near `length` characters.
pub fn slug(text: &str, length: usize) -> String {
    let mut out = String::new();
    for word in key(text).split(' ') {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() && out.len() + 1 + word.len() > length {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&word);
    }
    out.truncate(length);
    out
}

/// A printed code as a piece of an id: no blanks or slashes, no dots at the ends.
fn code_part(code: &str) -> String {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '/' { '-' } else { c }).collect();
    code.trim_matches('.').to_owned()
}

/// Gives every objective and indicator its id. What is told twice under one code gets `~2`, `~3` in document order.
pub(super) fn give_ids(plan: &mut Plan) {
    let document = plan.card.document_id.clone();
    let part = |code: &Option<String>, name: &str| match code.as_deref().map(code_part).filter(|c| !c.is_empty()) {
        Some(code) => code,
        None => slug(name, SLUG_LENGTH),
    };
    // A code that several sections use needs its section beside it.
    let mut sections: HashMap<String, HashSet<Option<String>>> = HashMap::new();
    for objective in &plan.objectives {
        sections.entry(part(&objective.code, &objective.title)).or_default().insert(objective.section.clone());
    }
    let mut used = HashMap::new();
    for objective in &mut plan.objectives {
        let own = part(&objective.code, &objective.title);
        let shared = sections.get(&own).is_some_and(|s| s.len() > 1);
        let id = match &objective.section {
            Some(section) if shared => format!("{document}/{}/{own}", slug(section, SLUG_LENGTH)),
            _ => format!("{document}/{own}"),
        };
        objective.objective_id = unique(&mut used, id);
    }
    let mut used = HashMap::new();
    for indicator in &mut plan.indicators {
        let above = indicator.objective.and_then(|i| plan.objectives.get(i)).map_or(&document, |o| &o.objective_id);
        let own = match part(&indicator.code, &indicator.name) {
            own if own.is_empty() => "senza-nome".to_owned(),
            own => own,
        };
        indicator.indicator_id = unique(&mut used, format!("{above}/{own}"));
    }
}

fn unique(used: &mut HashMap<String, usize>, id: String) -> String {
    let count = used.entry(id.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { id } else { format!("{id}~{count}") }
}

/// Links an indicator to the earlier one that is the same, told at another place: same objective title, name, targets and
/// results, under sections that name the same office.
pub(super) fn link_repetitions(plan: &mut Plan) {
    let titles: Vec<String> = plan.objectives.iter().map(|o| key(&o.title)).collect();
    let mut seen: HashMap<(String, String, String), Vec<usize>> = HashMap::new();
    for i in 0..plan.indicators.len() {
        let indicator = &plan.indicators[i];
        let title = indicator.objective.and_then(|o| titles.get(o).cloned()).unwrap_or_default();
        if title.is_empty() || indicator.name.is_empty() || indicator.actuals.is_empty() {
            continue;
        }
        let identity = (title, key(&indicator.name), values(indicator));
        let earlier = seen.entry(identity).or_default();
        let twin = earlier
            .iter()
            .map(|&e| &plan.indicators[e])
            .find(|e| {
                e.objective != indicator.objective && same_office(e.section.as_deref(), indicator.section.as_deref())
            })
            .map(|e| e.indicator_id.clone());
        match twin {
            Some(id) => plan.indicators[i].same_as = Some(id),
            None => earlier.push(i),
        }
    }
}

/// The figures of an indicator, written so that signs and shapes don't matter.
fn values(indicator: &Indicator) -> String {
    let figures = |values: &[DatedMeasure]| {
        let of =
            |v: &DatedMeasure| v.measure.reading.value.as_ref().map_or_else(|| key(&v.measure.raw), |v| v.to_string());
        values.iter().map(of).collect::<Vec<_>>().join(" ")
    };
    format!("{}|{}", figures(&indicator.targets), figures(&indicator.actuals))
}

/// Whether the words of the shorter section name stand in the longer one.
pub fn same_office(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let (a, b) = (key(a), key(b));
    let words = |text: &str| text.split(' ').filter(|w| w.len() > 2).map(str::to_owned).collect::<HashSet<_>>();
    let (a, b) = (words(&a), words(&b));
    let shorter = a.len().min(b.len());
    shorter > 0 && a.intersection(&b).count() * 10 >= shorter * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii_and_cut_at_words() {
        assert_eq!(slug("Qualità dell'aria – città", 40), "qualita-dell-aria-citta");
        assert_eq!(slug("alfa beta gamma", 11), "alfa-beta");
        assert_eq!(slug("  ", 10), "");
    }

    #[test]
    fn ids_stay_unique() {
        let mut used = HashMap::new();
        assert_eq!(unique(&mut used, "a".into()), "a");
        assert_eq!(unique(&mut used, "a".into()), "a~2");
    }

    #[test]
    fn offices_are_compared_by_their_words() {
        assert!(same_office(
            Some("SETTORE STUDI E STATISTICA"),
            Some("Posizione organizzativa Settore Studi e Statistica")
        ));
        assert!(!same_office(Some("Ufficio Ragioneria"), Some("Ufficio Protocollo")));
        assert!(!same_office(None, Some("Ufficio")));
    }
}

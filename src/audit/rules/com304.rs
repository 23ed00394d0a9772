//! COM304: una voce della scheda è vuota.

use super::prelude::*;
use crate::audit::finding::gathered;
use crate::extract::Printed;

pub(super) static RULE: Rule = Rule {
    code: "COM304",
    severity: Severity::Info,
    title: Text { it: "una voce della scheda è vuota", en: "an entry of the sheet is empty" },
    what: "Cerca, nelle schede a due colonne, le voci senza contenuto (budget, risultati attesi, benefici) che \
          nelle altre schede del documento sono compilate.",
    why: "La scheda non dice con quali risorse o per quale risultato si lavora.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. g): gli obiettivi sono correlati alla quantità e alla qualità \
          delle risorse disponibili.",
    example: "Budget: cella vuota in sette schede su ventuno.",
    advice: Text {
        it: "compilare la voce, o scrivere che non ci sono costi",
        en: "fill in the entry, or write that there are no costs",
    },
    gather: None,
    check: Check::Document(check),
};

/// How many sheets must have an entry for its lack to be a gap.
const USUAL: usize = 3;

/// Entries of a label that are empty: their objective's index and the cell.
type Empty = Vec<(Option<usize>, Printed)>;

/// A label, the objectives whose sheets have something beside it, and where it has nothing.
type Entry = (String, Vec<Option<usize>>, Empty);

/// The entries of the sheets.
fn entries(view: &View<'_>) -> Vec<Entry> {
    // A label printed in several ways is one: "Budget (proventi …)" and "Budget (quadro finanziario …)".
    let short = |text: &str| key(text.split('(').next().unwrap_or_default());
    let mut labels: Vec<Entry> = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some()) {
        let (Some(first), n) = (passage.cells.first(), passage.cells.len()) else { continue };
        let label = short(&first.raw);
        let words = label.split(' ').count();
        if n > 2
            || label.chars().filter(|c| c.is_alphabetic()).count() < 4
            || words > 4
            || label.chars().count() > 40
            || indicator_field(view, &label)
        {
            continue;
        }
        let at = match labels.iter().position(|(known, _, _)| *known == label) {
            Some(at) => at,
            None => {
                labels.push((label, Vec::new(), Vec::new()));
                labels.len() - 1
            }
        };
        let Some((_, filled, empty)) = labels.get_mut(at) else { continue };
        if n == 2 {
            if !filled.contains(&passage.objective) {
                filled.push(passage.objective);
            }
        } else if first.raw.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ')' || c == ':') {
            empty.push((passage.objective, first.clone()));
        }
    }
    // "Budget QUADRO FINANZIARIO Proventi …" is "budget" told in full.
    let short: Vec<String> = labels.iter().filter(|l| !l.0.contains(' ')).map(|l| l.0.clone()).collect();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some() && p.cells.len() < 3) {
        let Some(first) = passage.cells.first() else { continue };
        let whole = key(&first.raw);
        let long = !first.raw.contains('(') && (whole.split(' ').count() > 4 || whole.chars().count() > 40);
        let known =
            short.iter().find(|s| long && whole.strip_prefix(s.as_str()).is_some_and(|rest| rest.starts_with(' ')));
        let Some((_, filled, empty)) = known.and_then(|k| labels.iter_mut().find(|l| l.0 == *k)) else { continue };
        if whole.chars().count() > 120 {
            continue;
        }
        match passage.cells.len() {
            2 if !filled.contains(&passage.objective) => filled.push(passage.objective),
            1 => empty.push((passage.objective, first.clone())),
            _ => {}
        }
    }
    labels
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (label, filled, empty) in entries(view) {
        let empty: Empty = empty.into_iter().filter(|(o, _)| o.is_some() && !filled.contains(o)).collect();
        if filled.len() < USUAL || empty.is_empty() || empty.len() > filled.len() {
            continue;
        }
        let total = filled.len() + empty.len();
        let gaps: Vec<Finding> =
            empty.iter().map(|(o, cell)| view.at(rule, *o, &cell.source).quote("voce", "entry", &cell.raw)).collect();
        let n = gaps.len();
        let money =
            ["budget", "costi", "costo", "risorse", "spesa", "importo", "oneri"].iter().any(|w| label.starts_with(w));
        let says = |mut finding: Finding| {
            if !money {
                "compilare la voce".clone_into(&mut finding.hint);
                "fill in the entry".clone_into(&mut finding.hint_en);
            }
            finding.says(
                match n {
                    1 => format!("la voce «{label}» è vuota in una scheda su {total}"),
                    _ => format!("la voce «{label}» è vuota in {n} schede su {total}"),
                },
                format!("the entry “{label}” is empty in {n} of {total} sheets"),
            )
        };
        match n {
            1 => out.extend(gaps.into_iter().map(says)),
            _ => out.extend(gathered(rule, gaps).map(says)),
        }
    }
    out
}

/// Labels of values that have rules of their own.
fn indicator_field(view: &View<'_>, label: &str) -> bool {
    use Field::{
        Achievement, Actual, Baseline, Code, Indicator, Note, ObjectiveWeight, RevisedTarget, Target, Variance, Weight,
    };
    let own = [
        Achievement,
        Actual,
        Baseline,
        Code,
        Indicator,
        Note,
        ObjectiveWeight,
        RevisedTarget,
        Target,
        Variance,
        Weight,
    ];
    view.lexicon.field(label).is_some_and(|f| own.contains(&f))
}

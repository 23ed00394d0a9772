//! Published results outside the sheets: which year's they are, and whose.

use super::plan::{Objective, Plan, Published};
use super::{Role, Typing};
use crate::extract::{AggregateKind, PrintedAggregate, key};
use crate::normalise::value::figure::year;

/// Gives the plan what its document publishes for the document's year. A line of an objective that the document doesn't know is
/// no result; one of an objective that has no weight or no result of its own gives it them.
pub(super) fn publish(plan: &mut Plan, printed: Vec<PrintedAggregate>, types: &Typing<'_>) {
    for aggregate in printed.into_iter().filter(|a| is_of_year(&a.label, types.year)) {
        let objective = match aggregate.kind {
            AggregateKind::Entity => None,
            _ => named(&plan.objectives, &aggregate.name),
        };
        // A line under "Servizio" may name an office as well as an objective; one under "Obiettivo" names an objective.
        let kind = match (aggregate.kind, objective) {
            (AggregateKind::Objective, None) => continue,
            (AggregateKind::Area, Some(_)) => AggregateKind::Objective,
            (kind, _) => kind,
        };
        let weight = aggregate.weight.map(|w| types.measure(Role::Weight, w));
        let measure = types.measure(Role::Achievement, aggregate.value);
        if let Some(of) =
            objective.filter(|_| kind == AggregateKind::Objective).and_then(|i| plan.objectives.get_mut(i))
        {
            of.achievement.get_or_insert_with(|| measure.clone());
            if let Some(weight) = weight.as_ref().filter(|_| of.weight.is_none() && of.revised_weight.is_none()) {
                of.weight = Some(weight.clone());
            }
        }
        let objective = objective.filter(|_| kind == AggregateKind::Objective);
        plan.published.push(Published {
            kind,
            name: aggregate.name,
            within: aggregate.within,
            weight,
            objective,
            measure,
        });
    }
}

/// Whether a label names no other year than the document's.
fn is_of_year(label: &str, document: Option<i16>) -> bool {
    let mut years = label.split(|c: char| !c.is_ascii_digit()).filter_map(year).peekable();
    years.peek().is_none() || years.any(|year| Some(year) == document)
}

/// The one objective that a line names: by its title, with its code or without.
fn named(objectives: &[Objective], name: &str) -> Option<usize> {
    let line = key(name);
    let fits = |objective: &Objective| {
        let title = key(&objective.title);
        let code = objective.code.as_deref().map(key).unwrap_or_default();
        let bare = |text: &str| text.replace(' ', "");
        !title.is_empty() && (line == title || bare(&line) == bare(&format!("{code}{title}")))
    };
    let mut found = objectives.iter().enumerate().filter(|(_, o)| fits(o)).map(|(index, _)| index);
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_label() {
        assert!(is_of_year("Performance area", Some(2014)));
        assert!(is_of_year("Stato avanzamento 2014", Some(2014)));
        assert!(!is_of_year("Stato avanzamento 2013", Some(2014)));
        assert!(!is_of_year("Risultato 2016", None));
    }
}

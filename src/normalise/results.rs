//! Published results outside the sheets: which year's they are, and whose.

use super::plan::{Measure, Objective, Plan, Published};
use super::{Role, Typing};
use crate::extract::{AggregateKind, Printed, PrintedAggregate, key};
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

/// Gives the objectives the weights that tables list beside the sheets. A table that mostly says other weights than the sheets has
/// weights of something else.
pub(super) fn weigh(plan: &mut Plan, tables: Vec<Vec<(String, Printed)>>, types: &Typing<'_>) {
    for table in tables {
        let lines: Vec<(usize, Measure)> = table
            .into_iter()
            .filter_map(|(name, weight)| Some((named(&plan.objectives, &name)?, types.measure(Role::Weight, weight))))
            .collect();
        let own = |index: usize| plan.objectives.get(index).and_then(|objective| objective.weight.as_ref());
        let told = lines.iter().filter_map(|(index, weight)| Some(own(*index)?.reading.value == weight.reading.value));
        let (agree, all) = told.fold((0, 0), |(agree, all), same| (agree + usize::from(same), all + 1));
        if agree * 2 < all {
            continue;
        }
        for (index, weight) in lines {
            let Some(objective) = plan.objectives.get_mut(index).filter(|o| o.table_weight.is_none()) else { continue };
            objective.weight.get_or_insert_with(|| weight.clone());
            objective.table_weight = Some(weight);
        }
    }
}

/// Whether a label names no other year than the document's.
fn is_of_year(label: &str, document: Option<i16>) -> bool {
    let mut years = label.split(|c: char| !c.is_ascii_digit()).filter_map(year).peekable();
    years.peek().is_none() || years.any(|year| Some(year) == document)
}

/// The one objective that a line names: by its title, with its code or without; by its code alone where that has parts.
fn named(objectives: &[Objective], name: &str) -> Option<usize> {
    let line = key(name);
    let fits = |objective: &Objective| {
        let title = key(&objective.title);
        let code = objective.code.as_deref().map(key).unwrap_or_default();
        let bare = |text: &str| text.replace(' ', "");
        !title.is_empty() && (line == title || bare(&line) == bare(&format!("{code}{title}")))
    };
    let plain = |code: &str| code.replace(' ', "").trim_matches('.').to_uppercase();
    let start = name.split_once(char::is_whitespace).map_or(name, |(start, _)| start).trim_end_matches([':', '–', '-']);
    let coded = |objective: &Objective| {
        objective.code.as_deref().is_some_and(|code| code.contains('.') && plain(code) == plain(start))
    };
    let one = |fits: &dyn Fn(&Objective) -> bool| {
        let mut found = objectives.iter().enumerate().filter(|(_, o)| fits(o)).map(|(index, _)| index);
        found.next().filter(|_| found.next().is_none())
    };
    one(&fits).or_else(|| one(&coded))
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

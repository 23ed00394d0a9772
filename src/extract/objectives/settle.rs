//! What is settled of the objectives once the whole document is read.

use std::collections::HashSet;

use crate::extract::printed::{Level, ObjectiveSheet, PrintedObjective};
use crate::extract::walker::Walker;

/// Whether a code numbers the objectives through the whole document: "2.1", not the "2" of each section's second.
fn is_dotted(code: Option<&str>) -> bool {
    code.is_some_and(|code| code.trim_end_matches('.').contains('.'))
}

impl Walker<'_> {
    /// Joins the tables of weights to the objectives they speak of, drops headings that turned out to head nothing, and
    /// gives every indicator its objective's owner and section where it has none of its own.
    pub(in crate::extract) fn settle_objectives(&mut self) {
        for row in std::mem::take(&mut self.weights.rows) {
            let same =
                |o: &PrintedObjective| o.code == row.heading.code && row.heading.level.is_none_or(|l| l == o.level);
            let named: Vec<usize> =
                (0..self.plan.objectives.len()).filter(|&i| same(&self.plan.objectives[i])).collect();
            // Of several mentions the one that has indicators is its sheet.
            let told = |i: &&usize| self.plan.indicators.iter().any(|x| x.objective == Some(**i));
            let own = named.iter().find(told).or(named.first()).copied();
            match own.and_then(|i| self.plan.objectives.get_mut(i)) {
                Some(objective) => {
                    objective.owner = row.owner.or(objective.owner.take());
                    objective.table_weights.extend(row.weights);
                    if objective.title.is_empty() {
                        objective.title = row.heading.title;
                    }
                }
                None => self.plan.objectives.push(PrintedObjective {
                    code: row.heading.code,
                    title: row.heading.title,
                    level: row.heading.level.unwrap_or(Level::Altro),
                    section: None,
                    owner: row.owner,
                    weight: None,
                    table_weights: row.weights,
                    achievement: None,
                    sheet: ObjectiveSheet::default(),
                    source: row.source,
                }),
            }
        }
        self.drop_empty_objectives();
        self.settle_tree();
        for indicator in &mut self.plan.indicators {
            let Some(objective) = indicator.objective.and_then(|i| self.plan.objectives.get(i)) else { continue };
            if indicator.owner.is_none() {
                indicator.owner = objective.owner.clone();
            }
        }
    }

    /// A heading without code, weight or indicators was a picture's or a list's, not an objective's.
    fn drop_empty_objectives(&mut self) {
        let used: Vec<bool> = (0..self.plan.objectives.len())
            .map(|i| self.plan.indicators.iter().any(|x| x.objective == Some(i)))
            .collect();
        let told: HashSet<(Option<String>, Level)> = self
            .plan
            .objectives
            .iter()
            .zip(&used)
            .filter(|(o, used)| **used || o.weight.is_some() || !o.table_weights.is_empty())
            .map(|(o, _)| (o.code.clone(), o.level))
            .collect();
        let mut named = HashSet::new();
        let mut kept = 0;
        let mut places = Vec::with_capacity(used.len());
        for (objective, used) in self.plan.objectives.iter().zip(&used) {
            let name = (objective.code.clone(), objective.level);
            // A list names again the objectives that have sheets; of several lists one is enough.
            let mention = objective.code.is_some()
                && !objective.title.is_empty()
                && (!told.contains(&name) || (objective.section.is_some() && !is_dotted(objective.code.as_deref())))
                && named.insert((name, objective.section.clone()));
            let told = objective.weight.is_some() || !objective.table_weights.is_empty();
            let keep = *used || told || objective.sheet.refers_to.is_some() || mention;
            places.push(keep.then_some(kept));
            kept += usize::from(keep);
        }
        let mut flags = places.iter();
        self.plan.objectives.retain(|_| flags.next().is_some_and(Option::is_some));
        for indicator in &mut self.plan.indicators {
            indicator.objective = indicator.objective.and_then(|i| places.get(i).copied().flatten());
        }
        for passage in &mut self.plan.passages {
            passage.objective = passage.objective.and_then(|i| places.get(i).copied().flatten());
        }
    }
}

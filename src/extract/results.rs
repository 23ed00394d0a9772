//! What a document prints about results: monitoring sentences, performance of objectives, areas and the entity, points.

use std::sync::LazyLock;

use regex::Regex;

use super::draft::RowDraft;
use super::grid::Grid;
use super::lexicon::{Field, Lexicon, key};
use super::patterns::after_phrase;
use super::printed::{AggregateKind, Printed, PrintedAggregate, PrintedGroup};
use super::rows::Cells;
use super::walker::Walker;
use crate::document::{Cell, Source, fold};

/// A text that is one figure and nothing else: "98,61%", "100.".
pub(super) fn only_a_figure(text: &str) -> Option<String> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the tests below.
        Regex::new(r"^\*?\s*(\d{1,3}(?:[.,]\d+)?\s*%?)\s*\.?\*?$").expect("constant pattern")
    });
    Some(fold(&FORM.captures(text.trim())?[1]))
}

impl Walker<'_> {
    /// "PERFORMANCE RAGGIUNTA 100%.", "PERFORMANCE ORGANIZZATIVA RAGGIUNTA 98,61", and a figure that an earlier line announced.
    pub(super) fn result_line(&mut self, text: &str, source: &Source) -> bool {
        let lexicon = self.lexicon;
        let first_line = text.lines().next().unwrap_or("");
        if let Some((name, _)) = &self.announced
            && let Some(raw) = only_a_figure(text)
        {
            let name = name.clone();
            self.publish(AggregateKind::Entity, name, None, Printed::new(raw, source.clone()));
            self.announced = None;
            return true;
        }
        if let Some(rest) = after_phrase(first_line, &lexicon.phrases.entity_result) {
            let name = fold(first_line);
            let figure = only_a_figure(rest).or_else(|| text.lines().nth(1).and_then(only_a_figure));
            match figure {
                Some(raw) => {
                    let label = name.trim_end_matches(rest).trim().to_owned();
                    self.publish(AggregateKind::Entity, label, None, Printed::new(raw, source.clone()));
                }
                None => self.announced = Some((name, source.clone())),
            }
            return true;
        }
        if let Some(rest) = after_phrase(first_line.trim_start_matches('*'), &lexicon.phrases.objective_result)
            && let Some(raw) = only_a_figure(rest)
        {
            self.close();
            self.objective_achievement(Printed::new(raw, source.clone()));
            return true;
        }
        false
    }

    /// A row that gives a published result: its name and the figure.
    pub(super) fn result_row(&mut self, name: &Cell, value: &Cell) -> bool {
        let Some(raw) = only_a_figure(&value.text) else { return false };
        let printed = Printed::new(raw, value.source.clone());
        if after_phrase(&name.text, &self.lexicon.phrases.entity_result).is_some() {
            self.publish(AggregateKind::Entity, fold(&name.text), None, printed);
            return true;
        }
        if let Some((announced, _)) = self.announced.take() {
            self.publish(AggregateKind::Entity, announced, None, printed);
            return true;
        }
        false
    }

    /// A row of an indicator table that sums up the rows above it: one text ("Performance obiettivo 1.1", "Totale area"), a
    /// code at most beside it, and figures, among them a result but no target. The objective's result is kept.
    pub(super) fn summing_row(&mut self, grid: &Grid, row: &Cells) -> bool {
        use Field::{Achievement, Actual, Code, ObjectiveAchievement, ObjectiveWeight, Variance, Weight};
        let phrases = &self.lexicon.phrases;
        let sums_up =
            |text: &str| [&phrases.result_starts, &phrases.totals].iter().any(|list| Lexicon::starts_with(text, list));
        let (mut label, mut result) = (None, None);
        for cell in &row.cells {
            let field = grid.column_of(cell).and_then(|i| grid.columns.get(i)).map(|column| column.field);
            match (only_a_figure(&cell.text), field) {
                (None, _) if label.is_none() && sums_up(&cell.text) => label = Some(cell),
                (None, Some(Code)) if label.is_none() => {}
                (Some(raw), Some(Achievement | ObjectiveAchievement)) => result = Some((raw, cell)),
                (Some(_), Some(Weight | ObjectiveWeight | Actual | Variance)) => {}
                _ => return false,
            }
        }
        let Some((label, (raw, cell))) = label.zip(result) else { return false };
        self.close_row_under(grid);
        let words = format!(" {} ", key(&label.text));
        let objective = self.headings.objective.and_then(|i| self.plan.objectives.get(i));
        let code = objective.and_then(|o| o.code.as_deref()).map(|code| format!(" {} ", key(code)));
        if words.contains(" obiettiv") || code.is_some_and(|code| words.contains(&code)) {
            self.objective_achievement(Printed { raw, source: cell.source.clone(), confidence: row.trust });
        }
        true
    }

    fn publish(&mut self, kind: AggregateKind, name: String, within: Option<String>, value: Printed) {
        self.plan.aggregates.push(PrintedAggregate { kind, name, within, label: String::new(), weight: None, value });
    }

    /// A row of a table of sectors and areas.
    pub(super) fn aggregate_row(&mut self, grid: &Grid, row: &Cells) {
        let [name, values @ ..] = &row.cells[..] else { return };
        let name = fold(&name.text);
        let values = RowDraft::new(grid, values, row.trust);
        let within = self.headings.table_head.clone();
        for (field, kind) in
            [(Field::SectorPerformance, AggregateKind::Sector), (Field::AreaPerformance, AggregateKind::Area)]
        {
            if let Some(value) = values.get(grid, field) {
                // A row that spans the sectors' column belongs to the area, whichever column its figure leans to.
                let area = Lexicon::starts_with(&name, &self.lexicon.phrases.area_words);
                let kind = if area { AggregateKind::Area } else { kind };
                self.publish(kind, name.clone(), within.clone(), value);
                return;
            }
        }
    }

    /// A sentence on the state of affairs: it speaks of every indicator since the last such sentence.
    pub(super) fn monitoring_line(&mut self, text: &str, source: &Source) -> bool {
        let Some(rest) = after_phrase(text, &self.lexicon.phrases.monitoring) else { return false };
        let says = format!(" {} ", key(rest));
        let known = self.lexicon.phrases.on_track.iter().chain(&self.lexicon.phrases.off_track);
        if !known.into_iter().any(|w| says.contains(&format!(" {w} "))) {
            return false;
        }
        self.close();
        let printed = Printed::new(fold(rest), source.clone());
        for indicator in self.plan.indicators.iter_mut().skip(self.unmonitored) {
            indicator.monitoring.get_or_insert_with(|| printed.clone());
        }
        self.unmonitored = self.plan.indicators.len();
        true
    }

    /// The group a row of a calculation table belongs to: a printed result opens one, a row without goes on with it.
    pub(super) fn group_of(&mut self, grid: &Grid, row: &RowDraft) -> Option<usize> {
        if !grid.has(Field::GroupAchievement) && !grid.has(Field::Points) {
            return None;
        }
        let achievement = row.get(grid, Field::GroupAchievement);
        let points_available = row.get(grid, Field::PointsAvailable);
        let points = row.get(grid, Field::Points);
        if let Some(source) = achievement.as_ref().or(points.as_ref()).map(|p| p.source.clone()) {
            self.plan.groups.push(PrintedGroup { achievement, points_available, points, source });
        }
        self.plan.groups.len().checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_alone_is_told_from_a_sentence() {
        assert_eq!(only_a_figure(" 98,61% "), Some("98,61%".into()));
        assert_eq!(only_a_figure("100%."), Some("100%".into()));
        assert_eq!(only_a_figure("100% dei casi"), None);
        assert_eq!(only_a_figure(""), None);
    }
}

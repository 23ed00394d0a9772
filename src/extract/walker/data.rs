//! Rows of data under a header: indicators, bands between them, revised values.

use super::{MOVED, Walker};
use crate::document::{Cell, fold};
use crate::extract::align;
use crate::extract::content::is_value;
use crate::extract::draft::{Draft, RowDraft, push_new};
use crate::extract::grid::Grid;
use crate::extract::lexicon::{Field, Lexicon, key};
use crate::extract::patterns::{self, Heading};
use crate::extract::printed::{Level, Printed, PrintedIndicator};
use crate::extract::rows::Cells;

/// What a row of a printed tree is, when it is no indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Entity,
    Section,
    Objective(Level),
}

impl Walker<'_> {
    /// Whether a row heads something else: the first of another table with words where the headers in force head values, or one
    /// further down with two dated headers there ("Preventivo 2015 | Consuntivo 2015").
    pub(super) fn is_foreign(&self, row: &Cells) -> bool {
        const WORDS: usize = 2;
        let Some(grid) = self.grid.as_ref().filter(|grid| grid.has(Field::Indicator)) else { return false };
        let under_values = |cell: &&Cell| {
            let field = grid.column_of(cell).and_then(|i| grid.columns.get(i)).map(|column| column.field);
            matches!(field, Some(Field::Target | Field::Baseline | Field::Weight | Field::Actual | Field::Achievement))
        };
        let words = row.cells.iter().all(|c| !is_value(&c.text));
        let dated =
            |c: &&Cell| c.text.contains(|c: char| c.is_ascii_digit()) && self.lexicon.sense(&fold(&c.text)).is_some();
        let heads = row.cells.iter().filter(dated).count() >= WORDS;
        words && (row.first && row.cells.iter().filter(under_values).count() >= WORDS || heads)
    }

    /// A row under the headers in force.
    pub(super) fn data(&mut self, row: &Cells) {
        let Some(grid) = self.grid.take() else { return };
        if grid.has(Field::Indicator) {
            self.indicator_row(&grid, row);
        } else if self.open.is_some() && (grid.has(Field::Target) || grid.has(Field::Weight)) {
            if let Some(mut draft) = self.open.take() {
                RowDraft::new(&grid, &row.cells, row.trust).fill(&grid, self.lexicon, &mut draft);
                self.push(draft);
                self.current = self.plan.indicators.len().checked_sub(1);
            }
            // A box has one row of values; what follows is something else.
            return;
        } else if grid.has(Field::SectorPerformance) || grid.has(Field::AreaPerformance) {
            self.aggregate_row(&grid, row);
        } else if grid.has(Field::Objective) && (grid.has(Field::ObjectiveWeight) || grid.has(Field::Weight)) {
            self.weights.row(&grid, row, self.lexicon);
        }
        self.grid = Some(grid);
    }

    /// A row of an indicator table: a new indicator, or more of the one before.
    pub(super) fn indicator_row(&mut self, grid: &Grid, row: &Cells) {
        if self.band_row(grid, row)
            || self.node_row(grid, row)
            || self.summing_row(grid, row)
            || self.objective_row(grid, row)
        {
            return;
        }
        let (mut cells, moved) = align::aligned(grid, row);
        self.carry(grid, row, &mut cells);
        let draft = RowDraft::new(grid, &cells, if moved { row.trust.and(MOVED) } else { row.trust });
        let Some(name) = draft.get(grid, Field::Indicator) else {
            if let Some(open) = &mut self.open_row {
                open.add(grid, &row.cells);
            }
            return;
        };
        if key(&name.raw).is_empty() {
            // A dash where the indicator's name would stand: the row tells none.
            self.close_row_under(grid);
            return;
        }
        if !draft.has_values(grid) {
            let goes_on = name.raw.chars().next().is_some_and(|c| c.is_lowercase());
            match &mut self.open_row {
                Some(open) if goes_on => open.add(grid, &row.cells),
                _ => self.close_row_under(grid),
            }
            return;
        }
        self.close_row_under(grid);
        if Lexicon::starts_with(&name.raw, &self.lexicon.phrases.totals) && draft.get(grid, Field::Target).is_none() {
            return;
        }
        if let Some((code, rest)) = patterns::indicator_heading(&format!("{}:", name.raw.trim_end_matches(':')))
            && rest.is_empty()
        {
            self.revise(&code, grid, &draft);
            return;
        }
        self.open_row = Some(draft);
    }

    /// Who answers for several rows stands in one merged cell: it goes with every row it reaches into.
    pub(super) fn carry(&mut self, grid: &Grid, row: &Cells, cells: &mut Vec<Cell>) {
        let Some(at) = row.cells.first().map(|c| c.row) else { return };
        self.merged.retain(|(table, cell)| *table == row.table && at < cell.row + cell.rowspan);
        for (_, cell) in &self.merged {
            if !cells.iter().any(|c| c.col < cell.col + cell.colspan && cell.col < c.col + c.colspan) {
                cells.push(cell.clone());
            }
        }
        cells.sort_by_key(|c| c.col);
        let owner = |c: &Cell| {
            let field = grid.column_of(c).and_then(|i| grid.columns.get(i)).map(|column| column.field);
            matches!(field, Some(Field::Owner | Field::Responsible | Field::Section))
        };
        self.merged.extend(row.cells.iter().filter(|c| c.rowspan > 1 && owner(c)).map(|c| (row.table, c.clone())));
    }

    /// A cell across the indicator's column and the ones before it, with a result beside it: what it sums up is no indicator.
    pub(super) fn band_row(&mut self, grid: &Grid, row: &Cells) -> bool {
        let Some(home) = grid.columns.iter().find(|c| c.field == Field::Indicator) else { return false };
        let [first, others @ ..] = &row.cells[..] else { return false };
        let across = row.spans_known && first.col < home.start && first.col + first.colspan > home.end;
        let figures: Vec<(Field, &Cell)> =
            others.iter().filter_map(|c| Some((grid.columns.get(grid.column_of(c)?)?.field, c))).collect();
        let planned = |f: &Field| matches!(f, Field::Target | Field::RevisedTarget | Field::Baseline | Field::Code);
        let sums_up = Lexicon::starts_with(&first.text, &self.lexicon.phrases.totals);
        if across && sums_up && figures.is_empty() {
            self.close_row_under(grid);
            return true;
        }
        if !across || figures.is_empty() || figures.iter().any(|(f, _)| planned(f)) && !sums_up {
            return false;
        }
        self.close_row_under(grid);
        let result = |f: &Field| matches!(f, Field::Achievement | Field::ObjectiveAchievement);
        if let Some((_, cell)) = figures.iter().find(|(f, _)| result(f))
            && key(&first.text).contains("obiettiv")
        {
            let printed = Printed { raw: fold(&cell.text), source: cell.source.clone(), confidence: row.trust };
            self.objective_achievement(printed);
        }
        true
    }

    /// A row of a table that prints the whole tree: its name is no indicator's but what another cell calls it, a part of the
    /// strategy or an objective; its code, weight and result stand in the columns of the indicators'.
    fn node_row(&mut self, grid: &Grid, row: &Cells) -> bool {
        let draft = RowDraft::new(grid, &row.cells, row.trust);
        let measured = [Field::Target, Field::RevisedTarget, Field::Actual, Field::Baseline];
        let Some(title) = draft.get(grid, Field::Indicator) else { return false };
        if measured.iter().any(|&field| draft.get(grid, field).is_some()) {
            return false;
        }
        let Some(node) = row.cells.iter().filter(|c| fold(&c.text) != title.raw).find_map(|c| self.node(&c.text))
        else {
            return false;
        };
        self.close_row_under(grid);
        let Node::Objective(level) = node else {
            if node == Node::Section {
                self.headings.set_table_section(title.raw);
            }
            return true;
        };
        let code = draft.get(grid, Field::Code).map(|code| code.raw);
        self.objective(Heading { level: Some(level), code, title: title.raw }, &title.source);
        if let Some(weight) = draft.get(grid, Field::Weight) {
            self.objective_weight(&weight.raw, &weight.source);
        }
        let results = [Field::ObjectiveAchievement, Field::Achievement];
        if let Some(result) = results.iter().find_map(|&field| draft.get(grid, field)) {
            self.objective_achievement(result);
        }
        true
    }

    /// What a cell that calls a node by its kind calls it.
    fn node(&self, text: &str) -> Option<Node> {
        let (words, phrases) = (key(text), &self.lexicon.phrases);
        if words == "ente" {
            return Some(Node::Entity);
        }
        if phrases.node_words.contains(&words) {
            return Some(Node::Objective(Level::Operativo));
        }
        if words.starts_with("obiettivo ") && words.split(' ').count() <= 3 {
            return self.lexicon.level(text).map(Node::Objective);
        }
        phrases.section_starts.contains(&words).then_some(Node::Section)
    }

    /// A row between the indicators that names the objective of those below it; its code, weight and result stand in the columns
    /// of theirs, who answers for it under a label or in the column of those who do.
    fn objective_row(&mut self, grid: &Grid, row: &Cells) -> bool {
        let field = |cell: &Cell| grid.column_of(cell).and_then(|i| grid.columns.get(i)).map(|column| column.field);
        let named = row.cells.iter().find(|c| field(c) == Some(Field::Indicator));
        let Some(title) = named else { return false };
        let Some(mut heading) = patterns::objective_heading(&title.text, self.lexicon) else { return false };
        if heading.title.is_empty() {
            return false;
        }
        let (mut weight, mut owner, mut result) = (None, None, None);
        for cell in row.cells.iter().filter(|c| *c != title) {
            let (label, told) = patterns::label_and_value(&cell.text);
            let labelled = if told.trim().is_empty() { None } else { self.lexicon.sense(label).map(|s| s.field) };
            match labelled.or_else(|| field(cell)) {
                Some(Field::Code) => heading.code = heading.code.or_else(|| Some(fold(&cell.text))),
                Some(Field::Weight | Field::ObjectiveWeight) => weight = Some(cell),
                Some(Field::Achievement | Field::ObjectiveAchievement) => result = Some(cell),
                Some(Field::Owner | Field::Responsible | Field::Section) => {
                    owner = Some(if labelled.is_some() { told } else { &cell.text });
                }
                _ if is_value(&cell.text) => return false,
                _ => {}
            }
        }
        self.close_row_under(grid);
        self.objective(heading, &title.source);
        if let Some(cell) = weight {
            self.objective_weight(&cell.text, &cell.source);
        }
        if let Some(owner) = owner {
            self.objective_owner(owner);
        }
        if let Some(cell) = result {
            let printed = Printed { raw: fold(&cell.text), source: cell.source.clone(), confidence: row.trust };
            self.objective_achievement(printed);
        }
        true
    }

    /// A row "Indicatore 3: …" of a table that changes targets: its new values go to the objective's own indicator.
    pub(super) fn revise(&mut self, code: &str, grid: &Grid, row: &RowDraft) {
        let mut changes = Draft::default();
        row.fill(grid, self.lexicon, &mut changes);
        let objective = self.headings.objective;
        let own = |i: &&mut PrintedIndicator| i.objective == objective && i.code.as_deref() == Some(code);
        let Some(indicator) = self.plan.indicators.iter_mut().rev().find(own) else { return };
        for target in changes.told.targets.into_iter().filter(|t| t.revised) {
            push_new(&mut indicator.targets, target);
        }
    }

    pub(super) fn close_row(&mut self) {
        if let Some(grid) = self.grid.take() {
            self.close_row_under(&grid);
            self.grid = Some(grid);
        }
    }

    /// Makes an indicator of the row that is open.
    pub(in crate::extract) fn close_row_under(&mut self, grid: &Grid) {
        let Some(row) = self.open_row.take() else { return };
        self.objective_of_row(grid, &row);
        let mut draft = Draft { confirmed: true, ..Draft::default() };
        row.fill(grid, self.lexicon, &mut draft);
        self.push(draft);
        let group = self.group_of(grid, &row);
        if let Some(indicator) = self.plan.indicators.last_mut() {
            indicator.group = group;
        }
        if let Some(achievement) = row.get(grid, Field::ObjectiveAchievement) {
            self.objective_achievement(achievement);
        }
    }
}

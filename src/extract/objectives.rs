//! Objectives and the headings they stand under: sections, owners, levels, tables of weights.

use std::collections::HashSet;

use super::draft::RowDraft;
use super::grid::Grid;
use super::lexicon::{Field, Lexicon, key};
use super::patterns::{self, Heading};
use super::printed::{Level, ObjectiveSheet, Printed, PrintedObjective, PrintedValue};
use super::rows::{Cells, Line};
use super::walker::Walker;
use crate::document::{Cell, Source, fold};

/// The headings in force.
#[derive(Debug, Default)]
pub(super) struct Headings {
    /// Index of the objective in force.
    pub objective: Option<usize>,
    /// The objective's heading had no title: the next text is it.
    untitled: bool,
    /// The title in force may go on in the next line.
    title_open: bool,
    section: Option<String>,
    /// The section's heading is a strong one and no objective has come since.
    section_stands: bool,
    /// The heading level of the row before, if it is marked as a heading, where that row headed a section.
    section_heading: Option<Option<u8>>,
    /// A line that heads a section if an objective follows it.
    pub candidate: Option<String>,
    /// A section that a table's own label gives, in force until the next heading outside tables.
    table_section: Option<String>,
    /// The person a heading names.
    owner: Option<String>,
    /// The level that a heading over several objectives gives.
    level: Option<Level>,
    /// The level that a heading over a whole part of the document gives.
    part_level: Option<Level>,
    /// The annual or strategic objective a sheet says it serves.
    pub strategic_link: Option<String>,
    /// The last line that the file marks as a heading, in force where nothing names a section.
    heading: Option<String>,
    /// The code and the title of a heading that may be an objective's: "TM.1 – Potenziare i servizi", "Scheda obiettivo OP.02".
    coded: Option<(Heading, Source)>,
    /// The first header cell of a table, where it heads its rows.
    pub table_head: Option<String>,
}

impl Headings {
    pub fn section(&self) -> Option<&str> {
        self.table_section.as_deref().or(self.section.as_deref())
    }

    /// The section, or where nothing names one the last heading.
    pub fn section_or_heading(&self) -> Option<&str> {
        self.section().or(self.heading.as_deref())
    }

    pub fn set_table_section(&mut self, section: String) {
        self.table_section = Some(section).filter(|s| !s.is_empty());
    }
}

/// What a table of weights prints of one objective.
#[derive(Debug)]
struct TableWeight {
    heading: Heading,
    owner: Option<String>,
    weights: Vec<PrintedValue>,
    source: Source,
}

/// The tables of objective weights by executive.
#[derive(Debug, Default)]
pub(super) struct TableWeights {
    rows: Vec<TableWeight>,
    owner: Option<String>,
}

impl TableWeights {
    /// How many rows it has.
    pub fn size(&self) -> usize {
        self.rows.len()
    }

    /// Reads a row: the executive (once for all its objectives), the objective with its code, its weights.
    pub fn row(&mut self, grid: &Grid, row: &Cells, lexicon: &Lexicon) {
        let values = RowDraft::new(grid, &row.cells, row.trust);
        let Some(objective) = values.get(grid, Field::Objective) else { return };
        let unheaded = row.cells.iter().find(|c| grid.column_of(c).is_none());
        if let Some(cell) = unheaded {
            self.owner = Some(fold(&cell.text));
        }
        if Lexicon::starts_with(&objective.raw, &lexicon.phrases.totals) {
            return;
        }
        let Some(heading) = patterns::objective_heading(&objective.raw, lexicon) else { return };
        let value = |field: Field, revised: bool| {
            let column = grid.columns.iter().find(|c| c.field == field)?;
            let printed = values.get(grid, field)?;
            Some(PrintedValue {
                raw: printed.raw,
                label: column.label.clone(),
                revised,
                source: printed.source,
                confidence: printed.confidence,
            })
        };
        let first = value(Field::ObjectiveWeight, false).or_else(|| value(Field::Weight, false));
        let weights = first.into_iter().chain(value(Field::RevisedObjectiveWeight, true)).collect();
        self.rows.push(TableWeight { heading, owner: self.owner.clone(), weights, source: row.source() });
    }
}

impl Walker<'_> {
    /// A line that may head what follows.
    pub(super) fn heading_line(&mut self, line: &Line, in_table: bool) {
        if let Some(heading) = patterns::objective_heading(&line.text, self.lexicon) {
            let told = !heading.title.is_empty();
            self.objective(heading, &line.source);
            if told && let Some((_, remark)) = line.text.split_once('\n') {
                self.level_statement(remark);
            }
            return;
        }
        if self.headings.untitled && self.take_title(line, in_table) {
            return;
        }
        if self.headings.objective.is_some()
            && (in_table || self.in_indicator_rows())
            && let Some((code, title)) = patterns::numbered_heading(&line.text)
        {
            let level = self.headings.objective.and_then(|i| self.plan.objectives.get(i)).map(|o| o.level);
            self.objective(Heading { level, code: Some(code), title }, &line.source);
            return;
        }
        if in_table {
            if patterns::in_capitals(&line.text) || patterns::numbered_office(&line.text) {
                self.section_line(&line.text, None);
            }
            return;
        }
        if self.bare_objective_heading(line) {
            return;
        }
        if line.heading.is_some() {
            self.close();
            self.headings.coded = patterns::coded_heading(&line.text).map(|heading| (heading, line.source.clone()));
            if self.headings.coded.is_none() {
                self.headings.heading = Some(fold(&line.text)).filter(|h| h.chars().count() <= 160);
            }
        }
        if self.section_goes_on(line) {
            return;
        }
        let mut heads = false;
        for part in self.heading_parts(&line.text) {
            heads |= self.section_line(&part, line.heading);
        }
        self.headings.section_heading = heads.then_some(line.heading);
        if heads || line.heading.is_some_and(|level| level <= 3) {
            self.headings.table_section = None;
        }
        self.level_statement(&line.text);
    }

    /// More of a section's heading in capitals that the file breaks into two headings of one level.
    fn section_goes_on(&mut self, line: &Line) -> bool {
        let Some(level) = self.headings.section_heading.take() else { return false };
        let phrases = &self.lexicon.phrases;
        let starts = Lexicon::starts_with(&line.text, &phrases.section_starts)
            || Lexicon::starts_with(&line.text, &phrases.level_headings);
        if level != line.heading || starts || !patterns::in_capitals(&line.text) {
            return false;
        }
        let Some(section) = &mut self.headings.section else { return false };
        // Where the file marks no headings, only a line that can't be the last one goes on.
        if !patterns::in_capitals(section) || (level.is_none() && !patterns::is_unfinished(section)) {
            return false;
        }
        *section = format!("{section} {}", fold(&line.text));
        self.headings.section_heading = Some(level);
        true
    }

    /// The headings that one paragraph of several lines holds: a line that starts none goes on with the one before.
    fn heading_parts(&self, text: &str) -> Vec<String> {
        let phrases = &self.lexicon.phrases;
        let mut parts: Vec<String> = Vec::new();
        for line in text.lines() {
            let starts = Lexicon::starts_with(line, &phrases.section_starts)
                || Lexicon::starts_with(line, &phrases.level_headings);
            let remark = parts.last().is_some_and(|p| patterns::in_capitals(p)) && !patterns::in_capitals(line);
            match parts.last_mut() {
                Some(before) if !remark && (!starts || patterns::is_unfinished(before)) => {
                    *before = format!("{before} {line}")
                }
                _ => parts.push(line.to_owned()),
            }
        }
        parts
    }

    /// "OBIETTIVO STRATEGICO" alone, as a heading: an objective whose title follows.
    fn bare_objective_heading(&mut self, line: &Line) -> bool {
        let words = key(&line.text);
        if !patterns::in_capitals(&line.text) {
            return false;
        }
        let Some(level) =
            words.strip_prefix("obiettivo ").filter(|w| !w.contains(' ')).and_then(|w| self.lexicon.level(w))
        else {
            return false;
        };
        self.objective(Heading { level: Some(level), code: None, title: String::new() }, &line.source);
        true
    }

    /// Sections, owners and levels; tells whether the line is such a heading.
    fn section_line(&mut self, text: &str, heading: Option<u8>) -> bool {
        let phrases = &self.lexicon.phrases;
        if patterns::is_annex(text) {
            // A new part of the document: nothing that headed the one before heads this one.
            self.close();
            self.headings.part_level = None;
            self.headings.level = None;
            self.headings.section = None;
            return heading.is_some();
        }
        if let Some((section, level)) = patterns::heading_of_two(text)
            && Lexicon::starts_with(section, &phrases.section_starts)
        {
            return self.section_line(section, heading) | self.section_line(level, heading);
        }
        let text = patterns::without_annex(text);
        let text = patterns::without_remark(text);
        let short = text.chars().count() <= 260 && !text.ends_with(['.', ';', ':', ',']);
        if !short {
            return false;
        }
        let exact = |list: &[String]| list.contains(&key(text));
        if Lexicon::starts_with(text, &phrases.level_headings) && !exact(&phrases.section_starts) {
            let level = self.lexicon.level(text);
            // "OBIETTIVI OPERATIVI INDIVIDUALI" heads a few objectives, "Rendiconto degli obiettivi del Piano operativo" a part.
            if !key(text).starts_with("obiettivi") {
                self.headings.part_level = level;
                self.headings.level = None;
            } else if level.is_some() {
                self.headings.level = level;
            }
            return heading.is_some();
        }
        if Lexicon::starts_with(text, &phrases.owner_starts) && heading.is_some() {
            self.headings.owner = Some(fold(text));
            return true;
        }
        if !Lexicon::starts_with(text, &phrases.section_starts) {
            return false;
        }
        // A line that the file doesn't mark as a heading must look like one: all capitals, a numbered office, or a few words.
        let capital = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        let strong = patterns::in_capitals(text) || patterns::numbered_office(text);
        let weak = capital && text.chars().count() <= 80 && !self.headings_are_marked;
        if heading.is_none() && !strong {
            // The first words below a heading in capitals describe it; elsewhere an objective below them proves the heading.
            if weak && !self.headings.section_stands {
                self.headings.candidate = Some(fold(text));
            }
            return false;
        }
        self.headings.section_stands = strong || heading.is_some();
        self.close();
        if self.names_a_person(text) {
            self.headings.owner = Some(fold(text));
            self.headings.section = None;
        } else {
            self.headings.section = Some(fold(text));
            self.headings.owner = None;
        }
        self.headings.level = None;
        self.headings.strategic_link = None;
        true
    }

    fn names_a_person(&self, text: &str) -> bool {
        let words = key(text);
        self.lexicon.phrases.honorifics.iter().any(|h| words.split(' ').any(|w| w == h))
    }

    /// "Obiettivo di performance dirigenziale (trasversale tra i dirigenti)" below a heading: the objective's level.
    fn level_statement(&mut self, text: &str) {
        if text.chars().count() > 120 || !key(text).starts_with("obiettivo ") {
            return;
        }
        let Some(level) = self.lexicon.level(text) else { return };
        let told = |index: usize| self.plan.indicators.iter().any(|i| i.objective == Some(index));
        if let Some(index) = self.headings.objective.filter(|&i| !told(i))
            && let Some(objective) = self.plan.objectives.get_mut(index)
            && objective.level == Level::Altro
        {
            objective.level = level;
        }
    }

    /// Makes the objective of a coded heading that indicators follow.
    pub(super) fn coded_heading_stands(&mut self) {
        if self.headings.coded.as_ref().is_some_and(|(heading, _)| !heading.title.is_empty())
            && let Some((heading, source)) = self.headings.coded.take()
        {
            self.objective(heading, &source);
        }
    }

    /// A new objective comes into force.
    pub(super) fn objective(&mut self, mut heading: Heading, source: &Source) {
        self.close();
        if let Some((coded, _)) = self.headings.coded.take()
            && coded.title.is_empty()
            && heading.code.is_none()
        {
            // The heading of the sheet gives the code, the sheet the title.
            heading.code = coded.code;
        }
        if let Some(section) = self.headings.candidate.take() {
            self.headings.section = Some(section);
            self.headings.table_section = None;
        }
        let level = heading.level.or(self.headings.level).or(self.headings.part_level).unwrap_or(Level::Altro);
        self.headings.untitled = heading.title.is_empty();
        self.headings.section_stands = false;
        self.headings.section_heading = None;
        self.headings.title_open = false;
        self.headings.strategic_link = None;
        self.label = None;
        self.headings.objective = Some(self.plan.objectives.len());
        self.plan.objectives.push(PrintedObjective {
            code: heading.code,
            title: heading.title,
            level,
            section: self.headings.section_or_heading().map(str::to_owned),
            owner: self.headings.owner.clone(),
            weight: None,
            table_weights: Vec::new(),
            achievement: None,
            sheet: std::mem::take(&mut self.sheets.pending),
            source: source.clone(),
        });
    }

    /// The objective that a row of an indicator table names in a column of its own: in force until another row names one.
    pub(super) fn objective_of_row(&mut self, grid: &Grid, row: &RowDraft) {
        let home = grid.columns.iter().position(|c| c.field == Field::Indicator).unwrap_or(grid.columns.len());
        // Of several levels side by side the one next to the indicator is its own.
        let before = grid.columns.iter().take(home).rposition(|c| c.field == Field::Objective);
        let Some(at) = before.or_else(|| grid.columns.iter().position(|c| c.field == Field::Objective)) else { return };
        let Some(column) = grid.columns.get(at) else { return };
        if let Some(cell) = row.at(at) {
            let mut heading = patterns::objective_title(&column.label, &cell.raw, self.lexicon);
            let code = (0..at)
                .rev()
                .find(|&i| grid.columns.get(i).is_some_and(|c| c.field == Field::Code))
                .and_then(|i| row.at(i));
            if heading.code.is_none() {
                heading.code = code.map(|c| c.raw);
            }
            let same = |o: &PrintedObjective| o.title == heading.title && o.code == heading.code;
            let in_force = self.headings.objective.and_then(|i| self.plan.objectives.get(i)).is_some_and(same);
            if !in_force {
                self.objective(heading, &cell.source);
            }
        }
        let own_weight = (0..home).find(|&i| grid.columns.get(i).is_some_and(|c| c.field == Field::Weight));
        let two_weights = grid.columns.iter().filter(|c| c.field == Field::Weight).count() > 1;
        let weight = row.get(grid, Field::ObjectiveWeight);
        if let Some(weight) = weight.or_else(|| own_weight.filter(|_| two_weights).and_then(|i| row.at(i))) {
            self.objective_weight(&weight.raw, &weight.source);
        }
    }

    /// Whether the objective in force has no indicators yet.
    pub(super) fn objective_is_new(&self) -> bool {
        self.headings.objective.is_some_and(|index| !self.plan.indicators.iter().any(|i| i.objective == Some(index)))
    }

    /// Who answers for the objective in force.
    pub(super) fn objective_owner(&mut self, raw: &str) {
        self.coded_heading_stands();
        if let Some(objective) = self.in_force() {
            objective.owner.get_or_insert_with(|| fold(raw));
        }
    }

    /// The office that the objective in force belongs to, as its own form gives it.
    pub(super) fn objective_section(&mut self, raw: &str) {
        if let Some(objective) = self.in_force() {
            objective.section = Some(fold(raw));
        }
    }

    /// The title of an objective whose heading had none.
    fn take_title(&mut self, line: &Line, in_table: bool) -> bool {
        if self.headings.title_open {
            return self.continue_title(line);
        }
        let title = fold(&line.text);
        if title.is_empty() || title.chars().count() > 500 {
            return false;
        }
        if self.lexicon.field(&title).is_some() {
            return false;
        }
        // A title in capitals may go on in the next line.
        let goes_on =
            !in_table && line.heading.is_none() && line.source.line.is_some() && patterns::in_capitals(&title);
        self.headings.title_open = goes_on;
        self.headings.untitled = goes_on;
        let Some(objective) = self.in_force() else { return false };
        match patterns::numbered_heading(&title) {
            // "Strumento 6" over "6.1 TRASPARENZA": the inner number is the objective's own.
            Some((code, inner)) if objective.code.as_deref().is_some_and(|c| code.starts_with(&format!("{c}."))) => {
                objective.code = Some(code);
                objective.title = inner;
            }
            _ => objective.title = title,
        }
        true
    }

    /// More of a title in capitals that the file breaks over lines.
    fn continue_title(&mut self, line: &Line) -> bool {
        self.headings.untitled = false;
        self.headings.title_open = false;
        let more = fold(&line.text);
        if !patterns::in_capitals(&more) || self.lexicon.field(&more).is_some() {
            return false;
        }
        let Some(objective) = self.in_force() else { return false };
        objective.title = format!("{} {more}", objective.title);
        self.headings.untitled = true;
        self.headings.title_open = true;
        true
    }

    fn in_force(&mut self) -> Option<&mut PrintedObjective> {
        self.headings.objective.and_then(|i| self.plan.objectives.get_mut(i))
    }

    /// A title with the objective's weight beside it; other rows with a weight beside them are not the objective's.
    pub(super) fn titled_weight(&mut self, title: &Cell, weight: &str, source: &Source) -> bool {
        let names_the_weight = self.lexicon.field(&title.text) == Some(Field::ObjectiveWeight);
        if !self.headings.untitled && !names_the_weight {
            return false;
        }
        if self.headings.untitled && !names_the_weight {
            let line = Line { text: title.text.clone(), heading: None, source: title.source.clone() };
            self.take_title(&line, true);
        }
        self.objective_weight(weight, source);
        true
    }

    /// The weight in the objective's own sheet.
    pub(super) fn objective_weight(&mut self, raw: &str, source: &Source) {
        self.coded_heading_stands();
        let raw = patterns::labelled_weight(raw).unwrap_or_else(|| fold(raw));
        let confidence = self.trust;
        if let Some(objective) = self.in_force() {
            objective.weight.get_or_insert(Printed { raw, source: source.clone(), confidence });
        }
    }

    /// The achievement printed for the whole objective in force.
    pub(super) fn objective_achievement(&mut self, achievement: Printed) {
        if let Some(objective) = self.in_force() {
            objective.achievement.get_or_insert(achievement);
        }
    }

    /// Joins the tables of weights to the objectives they speak of, drops headings that turned out to head nothing, and
    /// gives every indicator its objective's owner and section where it has none of its own.
    pub(super) fn settle_objectives(&mut self) {
        for row in std::mem::take(&mut self.weights.rows) {
            let same = |o: &&mut PrintedObjective| {
                o.code == row.heading.code && row.heading.level.is_none_or(|l| l == o.level)
            };
            match self.plan.objectives.iter_mut().find(same) {
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
                && (objective.section.is_some() || !told.contains(&name))
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

//! Objectives and the headings they stand under: sections, owners, levels, tables of weights.

mod lines;
mod settle;
mod told_weights;
mod weights;

pub(super) use weights::TableWeights;

use super::draft::RowDraft;
use super::grid::Grid;
use super::labelled;
use super::lexicon::{Field, key};
use super::patterns::{self, Heading};
use super::printed::{Level, Printed, PrintedBudgetLine, PrintedObjective};
use super::rows::Line;
use super::walker::Walker;
use crate::document::{Cell, Source, fold};

/// Over how many lines the name of who answers may go.
const OWNER_LINES: usize = 4;

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
    /// The offices that the sheet of the objective in force names, where it hasn't said who answers.
    offices: Option<String>,
    /// Who answers for what follows the last heading, as a line or a form below it says.
    pub section_owner: Option<String>,
    /// No objective has come since the last line that the file marks as a heading.
    pub headed: bool,
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
    pub coded: Option<(Heading, Source)>,
    /// The same as printed: what heads a section where it turns out to be no objective's.
    coded_line: Option<String>,
    /// The line before named who answers, and how many lines of the name have come.
    owner_open: Option<usize>,
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

    /// Whether the objective in force has no title yet.
    pub fn wants_title(&self) -> bool {
        self.untitled && !self.title_open
    }

    /// A new part of the document begins.
    pub fn leave_part(&mut self) {
        self.part_level = None;
        self.level = None;
        self.section = None;
        self.table_section = None;
        self.heading = None;
        self.owner = None;
    }

    /// A title that lines of text may go on with ends where a table begins.
    pub fn close_title(&mut self) {
        self.untitled &= !self.title_open;
        self.title_open = false;
    }

    /// Whether a row has given the code of an objective whose title is still to come.
    pub fn has_a_code_alone(&self) -> bool {
        self.coded.as_ref().is_some_and(|(heading, _)| heading.title.is_empty())
    }

    pub fn set_table_section(&mut self, section: String) {
        self.table_section = Some(section).filter(|s| !s.is_empty());
    }
}

impl Walker<'_> {
    /// Makes the objective of a coded heading that indicators follow.
    pub(super) fn coded_heading_stands(&mut self) {
        if self.headings.coded.as_ref().is_some_and(|(heading, _)| !heading.title.is_empty())
            && let Some((heading, source)) = self.headings.coded.take()
        {
            self.headings.coded_line = None;
            self.objective(heading, &source);
        }
    }

    /// A new objective comes into force.
    pub(super) fn objective(&mut self, mut heading: Heading, source: &Source) {
        self.close();
        let coded_line = self.headings.coded_line.take();
        match self.headings.coded.take() {
            // The heading of the sheet gives the code, the sheet the title.
            Some((coded, _)) if coded.title.is_empty() && heading.code.is_none() => heading.code = coded.code,
            // The sheet names the objective above its own first.
            Some(coded) if coded.0.title.is_empty() => self.headings.coded = Some(coded),
            // A heading with a code over an objective with one of its own.
            Some(_) => self.headings.heading = coded_line,
            None => {}
        }
        if let Some(section) = self.headings.candidate.take() {
            self.headings.section = Some(section);
            self.headings.table_section = None;
        }
        let weight = patterns::trailing_weight(&heading.title).map(|(title, weight)| {
            heading.title = title;
            Printed { raw: weight, source: source.clone(), confidence: self.trust }
        });
        // What a line break set apart where the file keeps none: "Tutelare il mercato Responsabile: Area Anagrafe".
        let told = labelled::behind(&heading.title, self.lexicon);
        if let Some(first) = told.first() {
            heading.title.truncate(first.start);
            heading.title.truncate(heading.title.trim_end_matches([' ', '-', '–', '—', ',', ';', '|', '(']).len());
        }
        let mut sheet = std::mem::take(&mut self.sheets.pending);
        if let Some((title, sum)) = patterns::trailing_budget(&heading.title) {
            heading.title = title;
            let amount = Printed { raw: sum, source: source.clone(), confidence: self.trust };
            sheet.budget.push(PrintedBudgetLine { amount, account: None, cost_centre: None });
        }
        let level = heading.level.or(self.headings.level).or(self.headings.part_level).unwrap_or(Level::Altro);
        self.headings.untitled = heading.title.is_empty();
        self.headings.section_stands = false;
        self.headings.headed = false;
        self.headings.section_heading = None;
        self.headings.title_open = false;
        self.headings.strategic_link = None;
        self.headings.offices = None;
        self.headings.owner_open = None;
        self.label = None;
        self.headings.objective = Some(self.plan.objectives.len());
        self.plan.objectives.push(PrintedObjective {
            code: heading.code,
            title: heading.title,
            level,
            section: self.headings.section_or_heading().map(str::to_owned),
            owner: self.headings.owner.clone().or_else(|| self.headings.section_owner.clone()),
            weight,
            table_weights: Vec::new(),
            achievement: None,
            sheet,
            source: source.clone(),
        });
        for part in told {
            match part.field {
                Field::Weight | Field::ObjectiveWeight => self.objective_weight(&part.value, source),
                _ => self.own_owner(&part.value),
            }
        }
    }

    /// Who answers for the objective in force, as its own heading says: it goes before what the headings above say.
    pub(super) fn own_owner(&mut self, raw: &str) {
        if let Some(objective) = self.in_force() {
            objective.owner = Some(fold(raw));
        }
    }

    /// The objective that a row of an indicator table names in a column of its own: in force until another row names one.
    pub(super) fn objective_of_row(&mut self, grid: &Grid, row: &RowDraft) {
        let home = grid.columns.iter().position(|c| c.field == Field::Indicator).unwrap_or(grid.columns.len());
        // Of several levels side by side the one next to the indicator is its own.
        let before = grid.columns.iter().take(home).rposition(|c| c.field == Field::Objective);
        let Some(at) = before.or_else(|| grid.columns.iter().position(|c| c.field == Field::Objective)) else { return };
        let Some(column) = grid.columns.get(at) else { return };
        if let Some(cell) = row.at(at)
            && let Some(told) = self.objective_with_code(&cell.raw)
        {
            // A table that sums up names the objectives by their codes.
            self.headings.objective = Some(told);
        } else if let Some(cell) = row.at(at) {
            let mut heading = patterns::objective_title(&column.label, &cell.raw, self.lexicon);
            let code = (0..at)
                .rev()
                .find(|&i| grid.columns.get(i).is_some_and(|c| c.field == Field::Code))
                .and_then(|i| row.at(i));
            if heading.code.is_none() {
                heading.code = code.map(|c| c.raw);
            }
            // A weight or a budget at the title's end is not in the objective's own.
            let same = |o: &PrintedObjective| {
                heading.title.starts_with(&o.title)
                    && o.title.is_empty() == heading.title.is_empty()
                    && o.code == heading.code
            };
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

    /// The objective of a code that stands alone.
    fn objective_with_code(&self, text: &str) -> Option<usize> {
        let code = fold(text);
        let code = code.trim_end_matches('.');
        let bare = code.chars().count() <= 10 && code.contains(|c: char| c.is_ascii_digit());
        let same = |o: &PrintedObjective| o.code.as_deref().is_some_and(|c| c.trim_end_matches('.') == code);
        if bare { self.plan.objectives.iter().position(same) } else { None }
    }

    /// Whether a label of the sheet of the objective in force names one of a higher level.
    pub(super) fn names_one_above(&self, label: &str) -> bool {
        let rank = |level: Level| match level {
            Level::Ente => 0,
            Level::Strategico => 1,
            Level::Annuale | Level::Strumento => 2,
            Level::Operativo | Level::Trasversale | Level::Individuale | Level::Dirigenziale => 3,
            Level::Altro => 9,
        };
        let own = self.headings.objective.and_then(|i| self.plan.objectives.get(i));
        let Some((own, named)) = own.zip(self.lexicon.level(label)) else { return false };
        // An objective that its sheet calls by code and title is its own, though nothing says on which level.
        let told = own.code.is_some() && !own.title.is_empty();
        let above = if own.level == Level::Altro { told } else { rank(named) < rank(own.level) };
        self.in_form() && self.objective_is_new() && above
    }

    /// Whether the objective in force has no indicators yet.
    pub(super) fn objective_is_new(&self) -> bool {
        self.headings.objective.is_some_and(|index| !self.plan.indicators.iter().any(|i| i.objective == Some(index)))
    }

    /// Who answers for the objective in force.
    pub(super) fn objective_owner(&mut self, raw: &str) {
        self.coded_heading_stands();
        if !raw.contains(char::is_alphabetic) {
            return;
        }
        if let Some(objective) = self.in_force() {
            objective.owner.get_or_insert_with(|| fold(raw));
        }
    }

    /// The same as a label of the objective's sheet says it: who answers goes before the offices that work on it.
    pub(super) fn labelled_owner(&mut self, label: &str, raw: &str) {
        let answers = key(label).starts_with("responsabil");
        let offices = self.headings.offices.take().filter(|_| answers);
        let before = self.in_force().and_then(|o| o.owner.clone());
        if offices.is_some()
            && offices == before
            && let Some(objective) = self.in_force()
        {
            objective.owner = None;
        }
        self.objective_owner(raw);
        if !answers && before.is_none() {
            self.headings.offices = Some(fold(raw));
        }
    }

    /// Who answers for all the objectives that follow: a person goes before the office.
    pub(super) fn section_owner(&mut self, raw: &str) {
        let told = self.headings.section_owner.as_deref().is_some_and(|owner| self.names_a_person(owner));
        if !told || self.names_a_person(raw) {
            self.headings.section_owner = Some(fold(raw));
        }
    }

    /// Whether a label in a form of no objective's own is that of a budget's mission.
    pub(super) fn heads_several(&self, label: &str) -> bool {
        let mission = key(label).starts_with("mission");
        mission && self.in_form() && !self.objective_is_new() && !self.open_draft()
    }

    /// The title of the objective in force, as a label of its sheet gives it.
    pub(super) fn objective_titled(&mut self, raw: &str) {
        self.headings.untitled = false;
        if let Some(objective) = self.in_force() {
            objective.title = fold(raw);
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
        let capitals = more.contains(char::is_alphabetic) && !more.contains(char::is_lowercase);
        if !capitals || self.lexicon.field(&more).is_some() {
            return false;
        }
        let Some(objective) = self.in_force() else { return false };
        objective.title = format!("{} {more}", objective.title);
        self.headings.untitled = true;
        self.headings.title_open = true;
        true
    }

    /// The next point of a title that lists its points: "… 1) tempi di evasione", then "2) verifica dei requisiti".
    pub(in crate::extract) fn title_lists(&mut self, line: &Line) -> bool {
        let number = |text: &str| text.split_once(')')?.0.trim().parse::<u32>().ok();
        let Some(next) = number(&line.text).filter(|_| patterns::starts_numbered(&line.text)) else { return false };
        if !self.objective_is_new() {
            return false;
        }
        let more = fold(&line.text);
        let Some(objective) = self.in_force() else { return false };
        let goes_on = next > 1 && objective.title.contains(&format!(" {}) ", next - 1));
        if goes_on {
            objective.title = format!("{} {more}", objective.title);
        }
        goes_on
    }

    /// "Responsabili Segretario Generale e Dirigenti": a row of the objective's sheet that came as a line, its label without a colon.
    pub(in crate::extract) fn answers_in_line(&mut self, line: &Line) -> bool {
        if let Some(lines) = self.headings.owner_open.take() {
            let more = fold(&line.text);
            let label = self.begins_with_label(&more) || patterns::in_capitals(&more) || line.heading.is_some();
            if lines < OWNER_LINES
                && !label
                && let Some(owner) = self.in_force().and_then(|o| o.owner.as_mut())
            {
                *owner = format!("{owner} {more}");
                self.headings.owner_open = Some(lines + 1);
                return true;
            }
        }
        let Some((label, value)) = line.text.split_once(' ').filter(|_| line.source.line.is_some()) else {
            return false;
        };
        let answers = key(label).starts_with("responsabil") && self.lexicon.field(label) == Some(Field::Responsible);
        let named = value.trim_start().starts_with(char::is_uppercase);
        if !answers || !named || !self.objective_is_new() || self.open_draft() {
            return false;
        }
        self.labelled_owner(label, value);
        self.headings.owner_open = Some(1);
        true
    }

    /// Whether a line begins with the label of another row: "Impegno Richiesto: …", "Aree Area Anagrafica".
    fn begins_with_label(&self, text: &str) -> bool {
        const WORDS: usize = 4;
        if text.split_once(':').is_some_and(|(label, _)| label.split(' ').count() <= WORDS) {
            return true;
        }
        let ends = text.match_indices(' ').map(|(at, _)| at).take(WORDS).chain([text.len()]);
        ends.into_iter().any(|at| {
            let label = &text[..at];
            self.lexicon.sheet_field(label, false).is_some() || self.lexicon.field(label).is_some()
        })
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
            let lexicon = self.lexicon;
            let of_the_weight = |tail: &str| lexicon.field(tail) == Some(Field::ObjectiveWeight);
            let text = patterns::without_label_below(&title.text, of_the_weight).to_owned();
            let line = Line { text, heading: None, source: title.source.clone() };
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
}

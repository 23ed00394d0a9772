//! The walk through a document's rows: what is in force, and which reader a row goes to.

use super::align;
use super::confidence::Confidence;
use super::draft::{Draft, RowDraft, push_new};
use super::flow::Flow;
use super::grid::Grid;
use super::labelled;
use super::lexicon::{Field, Lexicon, key, without_dates};
use super::objectives::{Headings, TableWeights};
use super::passages::Passage;
use super::patterns;
use super::printed::{Printed, PrintedIndicator, PrintedObjective, PrintedPlan, PrintedValue};
use super::prose;
use super::rows::{Cells, Line, Row};
use super::sheet::Sheets;
use crate::document::{Cell, Source, fold};

/// How many tables back a repeated header may leave blank what stood there.
const EARLIER_GRIDS: usize = 4;

/// The label of an indicator told in running text, behind other words of its paragraph.
const INDICATOR_LABEL: &str = " Indicatore: ";

/// How long a paragraph goes on before such a label, in bytes; "Tipo Indicatore: …" is a label of its own.
const LABEL_AFTER: usize = 40;

/// What sentences tell: where a value ends is told by words alone.
const IN_PROSE: Confidence = Confidence::hundredths(90);

/// A row that did not stand under its headers and was moved.
const MOVED: Confidence = Confidence::hundredths(80);

/// A narrative indicator whose sentence is not finished.
#[derive(Debug, Clone)]
struct Sentence {
    text: String,
    source: Source,
    lines: usize,
}

/// What is in force at a row, and what has been collected.
pub(super) struct Walker<'l> {
    pub(super) lexicon: &'l Lexicon,
    pub(super) headings_are_marked: bool,
    pub(super) plan: PrintedPlan,
    pub(super) headings: Headings,
    pub(super) weights: TableWeights,
    pub(super) sheets: Sheets,
    grid: Option<Grid>,
    /// The headers of earlier tables, the last one last.
    earlier: Vec<Grid>,
    /// Merged cells that tell who answers for several rows, each with its table.
    merged: Vec<(usize, Cell)>,
    /// The row before was a header row, so that a second level may follow.
    header_open: bool,
    /// The row of an indicator table that the next row may go on with.
    open_row: Option<RowDraft>,
    /// An indicator box or form that is being told.
    open: Option<Draft>,
    /// The lines below the types of a box, while they may be its cells one after another.
    flow: Option<Flow>,
    /// The label that the lines below it belong to, and how many have come.
    pub(super) label: Option<(Field, usize)>,
    /// The indicator that results below a box belong to.
    current: Option<usize>,
    sentence: Option<Sentence>,
    /// The first indicator that no monitoring sentence has spoken of yet.
    pub(super) unmonitored: usize,
    /// The name of a published result whose figure follows.
    pub(super) announced: Option<(String, Source)>,
    /// How far the row at hand is to be trusted.
    pub(super) trust: Confidence,
}

impl<'l> Walker<'l> {
    /// `headings_are_marked`: the file tells which of its lines are headings, so that others need not be taken for such.
    pub fn new(lexicon: &'l Lexicon, headings_are_marked: bool) -> Self {
        Walker {
            lexicon,
            headings_are_marked,
            plan: PrintedPlan::default(),
            headings: Headings::default(),
            weights: TableWeights::default(),
            sheets: Sheets::default(),
            grid: None,
            earlier: Vec::new(),
            merged: Vec::new(),
            header_open: false,
            open_row: None,
            open: None,
            flow: None,
            label: None,
            current: None,
            sentence: None,
            unmonitored: 0,
            announced: None,
            trust: Confidence::FULL,
        }
    }

    /// Takes the next row.
    pub fn row(&mut self, row: Row) {
        let announced_before = self.announced.is_some();
        let candidate_before = self.headings.candidate.clone().filter(|_| matches!(row, Row::Line(_)));
        self.trust = match &row {
            Row::Line(_) => Confidence::FULL,
            Row::Cells(cells) => cells.trust,
        };
        if let Some(draft) = &mut self.open {
            draft.trust = if draft.prose { self.trust.and(IN_PROSE) } else { self.trust };
        }
        match &row {
            Row::Line(line) => self.line(line, false),
            Row::Cells(cells) => self.cells(cells),
        }
        self.sheet_row(&row);
        if announced_before {
            // A result stands in the row below its name or nowhere.
            self.announced = None;
        }
        if candidate_before.is_some() && self.headings.candidate == candidate_before {
            // A section's heading stands right above its first objective or is none.
            self.headings.candidate = None;
        }
    }

    /// Keeps the passage of the row that was just taken, under the objective in force.
    pub fn keep(&mut self, passage: Passage) {
        self.plan.passages.push(Passage { objective: self.headings.objective, ..passage });
    }

    /// How much has been taken, what is still open included: the same before and after a row that told nothing.
    pub fn taken(&self) -> usize {
        let indicators = self.plan.indicators.iter().map(PrintedIndicator::size).sum::<usize>();
        let objectives = self.plan.objectives.iter().map(PrintedObjective::size).sum::<usize>();
        let open = self.open.as_ref().map_or(0, |draft| draft.clone().into_indicator().size());
        let row = self.open_row.as_ref().map_or(0, RowDraft::size);
        let waiting = self.sentence.as_ref().map_or(0, |s| s.text.len()) + self.flow.as_ref().map_or(0, Flow::size);
        let other = self.plan.aggregates.len() + self.plan.groups.len() + self.weights.size();
        indicators + objectives + open + row + waiting + other
    }

    /// Closes what is open and gives the plan.
    pub fn finish(mut self) -> PrintedPlan {
        self.close();
        self.plan.indicators.retain(PrintedIndicator::says_something);
        self.number_the_nameless();
        self.settle_objectives();
        self.plan
    }

    /// Ends the row, the box, the form and the sentence that are being told.
    pub(super) fn close(&mut self) {
        self.close_flow();
        self.close_sentence();
        self.close_row();
        self.close_draft();
    }

    /// A box whose head is lost has the number that its neighbours leave free.
    fn number_the_nameless(&mut self) {
        let number = |code: &Option<String>| code.as_deref().and_then(|c| c.parse::<u32>().ok());
        for i in 0..self.plan.indicators.len() {
            let indicator = &self.plan.indicators[i];
            if !indicator.name.is_empty() || indicator.code.is_some() {
                continue;
            }
            let objective = indicator.objective;
            let neighbour = |at: Option<usize>| {
                at.and_then(|at| self.plan.indicators.get(at))
                    .filter(|n| n.objective == objective)
                    .and_then(|n| number(&n.code))
            };
            let free = neighbour(Some(i + 1)).and_then(|n| n.checked_sub(1));
            let free = free.or_else(|| neighbour(i.checked_sub(1)).map(|n| n + 1)).filter(|&n| n > 0);
            self.plan.indicators[i].code = free.map(|n| n.to_string());
        }
    }

    fn close_draft(&mut self) {
        if let Some(mut draft) = self.open.take()
            && draft.confirmed
            && (draft.has_values() || !draft.told.name.is_empty() || !draft.title.is_empty())
        {
            if draft.told.name.is_empty() {
                draft.told.name = std::mem::take(&mut draft.title);
            }
            self.push(draft);
        }
    }

    /// Adds a finished indicator under what is in force.
    fn push(&mut self, draft: Draft) {
        let mut indicator = draft.into_indicator();
        indicator.objective = self.headings.objective;
        indicator.section = self.headings.section_or_heading().map(str::to_owned);
        if indicator.strategic_link.is_none() {
            indicator.strategic_link = self.headings.strategic_link.clone();
        }
        let unit_types = &self.lexicon.phrases.unit_types;
        if let [only] = &indicator.types[..]
            && indicator.unit.is_none()
            && unit_types.contains(&key(only))
        {
            // "Tipo indicatore: percentuale" tells the unit, not what the indicator is good for.
            indicator.unit = indicator.types.pop();
        }
        self.current = None;
        self.plan.indicators.push(indicator);
    }

    // ---- lines -------------------------------------------------------------------------------------------------------

    /// A line of text, or a row of a table that is one cell (`in_table`).
    fn line(&mut self, line: &Line, in_table: bool) {
        self.header_open = false;
        if !in_table {
            self.current = None;
        }
        if self.flow_line(line, in_table) {
            return;
        }
        if let Some((before, after)) = patterns::cut_before_result(&line.text, &self.lexicon.phrases.objective_result) {
            for text in [before, after] {
                self.line(&Line { text, ..line.clone() }, in_table);
            }
            return;
        }
        if let Some(at) = line.text.find(INDICATOR_LABEL).filter(|&at| at > LABEL_AFTER && !in_table) {
            // A paragraph that runs into the indicator's label.
            for text in [&line.text[..at], line.text[at..].trim_start()] {
                self.line(&Line { text: text.to_owned(), ..line.clone() }, in_table);
            }
            return;
        }
        if line.heading.is_none() && self.labelled_paragraph(line) {
            return;
        }
        if line.heading.is_none() && self.several_labels(&line.text) {
            for text in line.text.lines() {
                self.line(&Line { text: text.to_owned(), ..line.clone() }, in_table);
            }
            return;
        }
        if self.continue_sentence(line) {
            return;
        }
        if self.result_line(&line.text, &line.source) || self.monitoring_line(&line.text, &line.source) {
            return;
        }
        let in_rows = in_table && self.in_indicator_rows();
        if patterns::starts_numbered(&line.text) && !in_rows {
            self.sentence = Some(Sentence { text: line.text.clone(), source: line.source.clone(), lines: 1 });
            return;
        }
        if let Some(code) = patterns::form_code(&line.text) {
            self.close();
            self.open = Some(Draft::named(Some(code), String::new(), line.source.clone(), self.trust));
            return;
        }
        if let Some((code, name)) = patterns::indicator_heading(&line.text) {
            self.close();
            self.coded_heading_stands();
            self.grid = None;
            self.open = Some(Draft::named(Some(code), name, line.source.clone(), self.trust));
            return;
        }
        if let Some(weight) = patterns::labelled_weight(&line.text)
            && self.open.is_none()
            && self.objective_is_new()
        {
            self.objective_weight(&weight, &line.source);
            return;
        }
        if self.labelled_line(line) || self.below_label(line) {
            return;
        }
        self.heading_line(line, in_table);
    }

    /// "Tipo Indicatore: …", "Area strategica: …", "Indicatore: …", and labels that stand alone above what they name.
    fn labelled_line(&mut self, line: &Line) -> bool {
        let (label, value) = patterns::label_and_value(&line.text);
        let Some(field) = self.lexicon.field(label) else { return false };
        self.label = Some((field, 0));
        if value.trim().is_empty() {
            // A label alone: what it names follows.
            return self.open.as_ref().is_some_and(|d| d.prose) || field == Field::StrategicLink;
        }
        let in_prose = self.open.as_ref().is_some_and(|d| d.prose);
        match field {
            Field::Indicator => {
                self.close();
                self.open =
                    Some(Draft { prose: true, confirmed: true, trust: self.trust.and(IN_PROSE), ..Draft::default() });
                if let Some(draft) = &mut self.open {
                    draft.set(field, label, value, &line.source);
                }
            }
            Field::Actual | Field::Achievement if in_prose => self.tell(value, field, line),
            Field::Weight
            | Field::Baseline
            | Field::Target
            | Field::RevisedTarget
            | Field::Variance
            | Field::Unit
            | Field::Algorithm
            | Field::DataSource
            | Field::Frequency
            | Field::Owner
            | Field::Note
            | Field::Code
                if in_prose =>
            {
                if let Some(draft) = &mut self.open {
                    draft.set(field, label, value, &line.source);
                }
            }
            Field::Type => {
                self.type_label(&line.source);
                self.ticks(value);
                self.flow = Some(Flow::default());
            }
            Field::StrategicLink => self.headings.strategic_link = Some(fold(value)),
            Field::Section => self.headings.set_table_section(fold(value)),
            _ => return false,
        }
        true
    }

    /// Whether a paragraph holds several labelled lines, the indicator's among them or below it.
    fn several_labels(&self, text: &str) -> bool {
        let field = |line: &str| self.lexicon.field(patterns::label_and_value(line).0);
        let fields: Vec<Field> = text.lines().filter_map(field).collect();
        text.contains('\n')
            && !fields.is_empty()
            && (fields.contains(&Field::Indicator) || self.open.as_ref().is_some_and(|d| d.prose))
    }

    /// A result told in running text, or printed alone behind its label.
    fn tell(&mut self, text: &str, field: Field, line: &Line) {
        let Some(draft) = &mut self.open else { return };
        let before = (draft.told.targets.len(), draft.told.actuals.len(), draft.told.achievements.len());
        prose::tell(draft, text, &line.source);
        if before == (draft.told.targets.len(), draft.told.actuals.len(), draft.told.achievements.len()) {
            draft.set(field, "", text, &line.source);
        }
    }

    /// A line below a label that stands alone, or below an indicator told in running text.
    fn below_label(&mut self, line: &Line) -> bool {
        const REACH: usize = 3;
        let Some((field, lines)) = self.label else { return false };
        let heading = patterns::objective_heading(&line.text, self.lexicon);
        let next_sheet = heading.is_some_and(|h| h.title.is_empty() || field != Field::StrategicLink);
        if lines >= REACH || next_sheet {
            self.label = None;
            return false;
        }
        self.label = Some((field, lines + 1));
        match field {
            Field::StrategicLink => {
                let reference = fold(&line.text);
                self.headings.strategic_link.get_or_insert(reference);
                true
            }
            Field::Indicator | Field::Actual | Field::Target | Field::Achievement
                if line.heading.is_none() && self.open.as_ref().is_some_and(|d| d.prose) =>
            {
                if let Some(draft) = &mut self.open {
                    prose::tell(draft, &line.text, &line.source);
                }
                true
            }
            _ => false,
        }
    }

    /// The row or line with the types' label: it belongs to the box that is open, unless that one has its types already or
    /// none is open; then it is the first trace of a box whose head is lost.
    fn type_label(&mut self, source: &Source) {
        if self.open.as_ref().is_none_or(|draft| draft.typed) {
            self.close();
            self.grid = None;
            self.open = Some(Draft::at(source.clone(), self.trust));
        }
        if let Some(draft) = &mut self.open {
            draft.confirmed = true;
            draft.typed = true;
        }
    }

    /// Tick marks of the box that is open.
    fn ticks(&mut self, text: &str) {
        if let (Some(draft), Some(types)) = (&mut self.open, patterns::ticked(text)) {
            draft.told.types.extend(types);
        }
    }

    /// Whether a line is one of the cells of a box that come one after another.
    fn flow_line(&mut self, line: &Line, in_table: bool) -> bool {
        let Some(flow) = &mut self.flow else { return false };
        let ends = in_table
            || line.heading.is_some()
            || patterns::indicator_heading(&line.text).is_some()
            || patterns::objective_heading(&line.text, self.lexicon).is_some()
            || patterns::in_capitals(&line.text) && line.text.contains(' ');
        if ends {
            self.close_flow();
            return false;
        }
        flow.add(&line.text, &line.source);
        true
    }

    fn close_flow(&mut self) {
        let Some(flow) = self.flow.take() else { return };
        if let Some(mut draft) = self.open.take() {
            if flow.fill(&mut draft, self.lexicon) {
                self.push(draft);
                self.current = self.plan.indicators.len().checked_sub(1);
            } else {
                self.open = Some(draft);
            }
        }
    }

    /// Whether a line goes on with the sentence that is being told; a sentence that can't go on is closed.
    fn continue_sentence(&mut self, line: &Line) -> bool {
        let Some(sentence) = &mut self.sentence else { return false };
        let whole = patterns::narrative(&sentence.text);
        let starts_anew = patterns::starts_numbered(&line.text) || line.heading.is_some();
        let wanted = match &whole {
            // The value may stand in the line below: short, or led by an equals sign.
            Some(found) => {
                found.actual.is_empty()
                    && (line.text.starts_with('=') || line.text.chars().count() <= 40)
                    && patterns::after_phrase(&line.text, &self.lexicon.phrases.objective_result).is_none()
            }
            None => sentence.lines < 6 && !key(&sentence.text).is_empty(),
        };
        if starts_anew || !wanted {
            self.close_sentence();
            return false;
        }
        sentence.text = format!("{} {}", sentence.text, line.text);
        sentence.source = sentence.source.union(&line.source);
        sentence.lines += 1;
        true
    }

    fn close_sentence(&mut self) {
        let Some(sentence) = self.sentence.take() else { return };
        self.narrative(&sentence.text, "", &sentence.source);
    }

    /// An indicator told in a sentence, its value in the text or beside it.
    fn narrative(&mut self, text: &str, beside: &str, source: &Source) -> bool {
        let Some(found) = patterns::narrative(text) else { return false };
        let beside = fold(beside);
        let actual = if beside.is_empty() { found.actual } else { beside.trim_start_matches('=').trim().to_owned() };
        let mut draft = Draft::named(found.code, String::new(), source.clone(), self.trust.and(IN_PROSE));
        draft.told.name = found.name;
        draft.set(Field::Target, "", &found.target, source);
        draft.set(Field::Weight, "", &found.weight, source);
        draft.set(Field::Actual, "", &actual, source);
        self.push(draft);
        true
    }

    /// Whether an indicator is being told that is not among the plan's yet.
    pub(super) fn tells_an_indicator(&self) -> bool {
        self.open.is_some() || self.open_row.is_some() || self.sentence.is_some()
    }

    /// Whether the headers in force are those of an indicator table.
    pub(super) fn in_indicator_rows(&self) -> bool {
        self.grid.as_ref().is_some_and(|g| g.has(Field::Indicator))
    }

    // ---- rows of tables ----------------------------------------------------------------------------------------------

    fn cells(&mut self, row: &Cells) {
        self.close_flow();
        if row.first {
            self.enter_table(row);
        }
        if self.sentence_row(row) {
            return;
        }
        if let [cell] = &row.cells[..]
            && (cell.col == 0 || cell.colspan == row.cols)
        {
            let line = Line { text: cell.text.clone(), heading: None, source: cell.source.clone() };
            self.line(&line, true);
            return;
        }
        self.close_sentence();
        if let Some(below) = self.glued_header(row) {
            self.data(&below);
            return;
        }
        if let Some(grid) = Grid::from_row(row, self.lexicon) {
            self.header(grid, row);
            return;
        }
        if self.header_open && Grid::is_second_level(row, self.lexicon) {
            if let Some(grid) = &mut self.grid {
                grid.add_level(row, self.lexicon);
            }
            return;
        }
        self.header_open = false;
        if row.first && row.cells.iter().filter(|c| self.lexicon.field(&c.text).is_some()).count() >= 2 {
            // The headers of a table about something else.
            self.close_row();
            self.grid = None;
            return;
        }
        if self.tick_row(row) || self.labelled_cell(row) || self.title_row(row) || self.two_cells(row) {
            return;
        }
        if self.pairs(row) {
            return;
        }
        self.data(row);
    }

    /// A row that starts or goes on with a sentence laid out in cells: "1) name | = 4" over "(target >= 2, peso 40)".
    fn sentence_row(&mut self, row: &Cells) -> bool {
        if self.sentence.is_some() && row.cells.len() > 1 && Grid::from_row(row, self.lexicon).is_some() {
            // Column headers: the numbered line above was no sentence that goes on.
            self.close_sentence();
            return false;
        }
        let joined = row.cells.iter().map(|c| fold(&c.text)).collect::<Vec<_>>().join(" ");
        let line = Line { text: joined, heading: None, source: row.source() };
        if self.sentence.is_some() && self.continue_sentence(&line) {
            return true;
        }
        let in_rows = self.in_indicator_rows();
        let starts = row.cells.len() > 1 && patterns::starts_numbered(&line.text) && !in_rows;
        if starts && patterns::narrative(&line.text).is_none() {
            self.sentence = Some(Sentence { text: line.text, source: line.source, lines: 1 });
            return true;
        }
        false
    }

    /// The title of an objective with its weight in the last cell.
    fn title_row(&mut self, row: &Cells) -> bool {
        let [title, .., last] = &row.cells[..] else { return false };
        if let [title, last] = &row.cells[..]
            && let Some(weight) = patterns::labelled_weight(&last.text)
            && let Some(heading) = patterns::objective_heading(&title.text, self.lexicon)
            && !heading.title.is_empty()
        {
            self.objective(heading, &title.source);
            self.objective_weight(&weight, &last.source);
            return true;
        }
        match patterns::labelled_weight(&last.text) {
            Some(weight) => self.titled_weight(title, &weight, &last.source),
            None => false,
        }
    }

    /// A row whose cells hold a header printed again and the values below it, as where a page break took the line between
    /// them: the headers come into force, and the values are given back.
    fn glued_header(&mut self, row: &Cells) -> Option<Cells> {
        let before = self.grid.iter().chain(self.earlier.iter().rev()).find(|g| g.has(Field::Indicator))?;
        let mut below = Cells { first: false, trust: row.trust.and(MOVED), cells: Vec::new(), ..row.clone() };
        let mut headed = 0;
        for cell in &row.cells {
            let column = before.columns.iter().find(|c| c.start == cell.col)?;
            let text = fold(&cell.text);
            let rest = text.strip_prefix(column.label.as_str())?.trim();
            headed += 1;
            if !rest.is_empty() {
                below.cells.push(Cell { text: rest.to_owned(), ..cell.clone() });
            }
        }
        if headed < 3 || below.cells.len() * 2 < headed {
            return None;
        }
        let grid = before.clone();
        self.close_row();
        self.header_open = false;
        self.grid = Some(grid);
        Some(below)
    }

    /// A new table ends the headers in force unless it may be more of the same.
    fn enter_table(&mut self, row: &Cells) {
        // A text file's table is as wide as its longest row happens to be.
        let slack = if row.spans_known { 0 } else { 2 };
        if self.grid.as_ref().is_some_and(|g| g.cols.abs_diff(row.cols) > slack) {
            self.close_row();
            self.keep_earlier();
        }
        if self.starts_a_form(row) {
            self.close_row();
            self.keep_earlier();
        }
        self.header_open = false;
    }

    /// The headers in force are those of an earlier table now.
    fn keep_earlier(&mut self) {
        self.earlier.extend(self.grid.take());
        if self.earlier.len() > EARLIER_GRIDS {
            self.earlier.remove(0);
        }
    }

    /// Whether a table's first row is a label and its value, or an objective's heading and its title: no row of the table before.
    fn starts_a_form(&self, row: &Cells) -> bool {
        let [label, value] = &row.cells[..] else { return false };
        let names = self.lexicon.field(&label.text).is_some()
            || patterns::form_code(&label.text).is_some()
            || patterns::objective_heading(&label.text, self.lexicon).is_some_and(|h| h.title.is_empty());
        names && self.lexicon.field(&value.text).is_none() && label.col == 0
    }

    /// New column headers.
    fn header(&mut self, mut grid: Grid, row: &Cells) {
        self.close_row();
        if self.header_open
            && let Some(upper) = &mut self.grid
        {
            // A second row of known headers below the first one narrows it.
            upper.add_level(row, self.lexicon);
            return;
        }
        for cell in std::mem::take(&mut grid.unknown) {
            let text = fold(&cell.text);
            if let Some(heading) = patterns::objective_heading(&cell.text, self.lexicon) {
                self.objective(heading, &cell.source);
            } else if row.cells.first().is_some_and(|c| *c == cell) && self.announced.is_none() {
                self.headings.table_head = Some(text.clone());
            }
            let of_indicators = grid.has(Field::Indicator) || grid.has(Field::Target) || grid.has(Field::Baseline);
            if of_indicators && !key(&without_dates(&text)).is_empty() {
                let known_as_objective = patterns::objective_heading(&cell.text, self.lexicon).is_some();
                if !known_as_objective {
                    self.plan.unknown_headers.push(Printed::new(text, cell.source.clone()));
                }
            }
            grid.unknown.push(cell);
        }
        match &self.grid {
            Some(before) => grid.inherit(before),
            None => {
                if let Some(before) = self.earlier.iter().rev().find(|before| grid.repeats(before)) {
                    grid.inherit(before);
                }
            }
        }
        let boxed = !grid.has(Field::Indicator)
            && (grid.has(Field::Target) || grid.has(Field::Baseline))
            && grid.has(Field::Weight);
        let boxed = boxed || (!grid.has(Field::Indicator) && grid.has(Field::Baseline) && grid.has(Field::Target));
        if boxed {
            // A box whose head is lost is an indicator all the same.
            let source = row.source();
            let trust = self.trust;
            let draft = self.open.get_or_insert_with(|| Draft::at(source, trust));
            draft.confirmed = true;
        } else {
            self.close_draft();
        }
        if grid.has(Field::Indicator) && !grid.has(Field::Objective) {
            self.coded_heading_stands();
        }
        self.grid = Some(grid);
        self.header_open = true;
    }

    /// A row of tick boxes: the types of the indicator.
    fn tick_row(&mut self, row: &Cells) -> bool {
        let labelled = row.cells.first().is_some_and(|c| self.lexicon.field(&c.text) == Some(Field::Type));
        let boxes = if labelled { row.cells.get(1..).unwrap_or(&[]) } else { &row.cells[..] };
        if !labelled && !boxes.iter().all(|c| patterns::ticked(&c.text).is_some()) {
            return false;
        }
        if let [only] = boxes
            && labelled
            && patterns::ticked(&only.text).is_none()
        {
            // A printed type in a form.
            if let Some(draft) = &mut self.open {
                draft.set(Field::Type, "", &only.text, &only.source);
            }
            return true;
        }
        if labelled {
            self.type_label(&row.source());
        }
        for cell in boxes {
            self.ticks(&cell.text);
        }
        true
    }

    /// Rows of two cells: a title and its weight, a label and its value, a sentence and its result.
    fn two_cells(&mut self, row: &Cells) -> bool {
        let [first, second] = &row.cells[..] else { return false };
        if self.narrative(&first.text, &second.text, &row.source()) {
            return true;
        }
        if self.result_row(first, second) {
            return true;
        }
        let in_indicator_grid = self.grid.as_ref().is_some_and(|g| g.has(Field::Indicator) && g.cols > 2);
        if in_indicator_grid && !self.heads_a_form(first, second) {
            return false;
        }
        if let Some(mut heading) = patterns::objective_heading(&first.text, self.lexicon)
            && heading.title.is_empty()
            && self.lexicon.field(&second.text).is_none()
        {
            heading.title = fold(&second.text);
            self.objective(heading, &row.source());
            return true;
        }
        if let Some(code) = patterns::form_code(&first.text) {
            self.close();
            let title = fold(&second.text);
            self.open = Some(Draft { title, ..Draft::named(Some(code), String::new(), row.source(), self.trust) });
            return true;
        }
        match labelled::field_of(&first.text, self.lexicon) {
            Some((Field::Indicator, number @ Some(_))) if self.lexicon.field(&second.text).is_none() => {
                self.open_told(number, &first.text, &second.text, &second.source);
                if let Some(draft) = &mut self.open {
                    draft.prose = false;
                }
                true
            }
            Some((field, _)) => self.labelled(field, first, second),
            None => false,
        }
    }

    /// Whether a row of a label and its value within an indicator table begins the form of another objective, whose labels
    /// are no indicators; the table's headers are in force no longer then.
    fn heads_a_form(&mut self, label: &Cell, value: &Cell) -> bool {
        use Field::{Mission, Objective, Owner, Responsible, Section};
        let field = self.lexicon.field(&label.text);
        let opens = patterns::objective_heading(&label.text, self.lexicon).is_some_and(|h| h.title.is_empty());
        let heads = opens || matches!(field, Some(Mission | Objective | Owner | Responsible | Section));
        if !heads || label.col > 0 || self.lexicon.field(&value.text).is_some() {
            return false;
        }
        self.close_row();
        self.keep_earlier();
        true
    }

    /// A row of labels, each with its value beside it.
    fn pairs(&mut self, row: &Cells) -> bool {
        let in_indicator_grid = self.grid.as_ref().is_some_and(|g| g.has(Field::Indicator) && g.cols > 2);
        if row.cells.len() < 4 || row.cells.len() % 2 == 1 || in_indicator_grid {
            return false;
        }
        let pair = |cells: &[Cell]| match cells {
            [label, value] => self.lexicon.field(&label.text).filter(|_| self.lexicon.field(&value.text).is_none()),
            _ => None,
        };
        let Some(fields) = row.cells.chunks(2).map(pair).collect::<Option<Vec<Field>>>() else { return false };
        for (field, cells) in fields.into_iter().zip(row.cells.chunks(2)) {
            if let [label, value] = cells {
                self.labelled(field, label, value);
            }
        }
        true
    }

    /// An indicator whose name a label gives; what belongs to it follows under labels.
    pub(super) fn open_told(&mut self, code: Option<String>, label: &str, name: &str, source: &Source) {
        self.close();
        self.coded_heading_stands();
        let trust = self.trust.and(IN_PROSE);
        let mut draft = Draft { prose: true, confirmed: true, trust, ..Draft::default() };
        draft.told.code = code;
        draft.set(Field::Indicator, label, name, source);
        self.open = Some(draft);
    }

    /// Whether an indicator is being told.
    pub(super) fn open_draft(&self) -> bool {
        self.open.is_some()
    }

    /// Gives the indicator that is being told a field; tells whether there is one, and the field one of an indicator's.
    pub(super) fn set_in_open(&mut self, field: Field, label: &str, value: &str, source: &Source) -> bool {
        let Some(draft) = &mut self.open else { return false };
        if matches!(field, Field::ObjectiveWeight | Field::Objective | Field::Section) {
            return false;
        }
        draft.set(field, label, value, source);
        draft.confirmed = true;
        true
    }

    /// The objective that the cells of a row name beside a cell that tells indicators, and who answers for it.
    pub(super) fn objective_of_cells(&mut self, cells: &[Cell], row: &Cells) {
        let Some(grid) = self.grid.take() else { return };
        let others = RowDraft::new(&grid, cells, row.trust);
        if others.get(&grid, Field::Objective).is_some() {
            self.close();
            self.objective_of_row(&grid, &others);
            let owner = [Field::Responsible, Field::Owner, Field::Section].iter().find_map(|&f| others.get(&grid, f));
            if let Some(owner) = owner {
                self.objective_owner(&owner.raw);
            }
        }
        self.grid = Some(grid);
    }

    /// A label and its value.
    fn labelled(&mut self, field: Field, label: &Cell, value: &Cell) -> bool {
        match field {
            Field::Indicator => {
                if self.open.as_ref().is_none_or(|d| !d.told.name.is_empty()) {
                    self.close();
                    self.open = Some(Draft { trust: self.trust, ..Draft::default() });
                }
                if let Some(draft) = &mut self.open {
                    draft.set(field, &label.text, &value.text, &value.source);
                    draft.confirmed = true;
                }
            }
            Field::Code => {
                if self.open.as_ref().is_none_or(|d| d.told.code.is_some()) {
                    self.close();
                    self.open = Some(Draft { trust: self.trust, ..Draft::default() });
                }
                if let Some(draft) = &mut self.open {
                    draft.set(field, &label.text, &value.text, &value.source);
                }
            }
            Field::Title => {
                if let Some(draft) = self.open.as_mut().filter(|d| d.told.code.is_some() && d.told.name.is_empty()) {
                    draft.set(Field::Indicator, &label.text, &value.text, &value.source);
                }
            }
            Field::Section => {
                self.close();
                self.headings.set_table_section(fold(&value.text));
                if self.objective_is_new() {
                    // A row of the objective's own form.
                    self.objective_section(&value.text);
                }
            }
            Field::Objective => {
                let heading = patterns::objective_title(&label.text, &value.text, self.lexicon);
                self.objective(heading, &value.source);
            }
            Field::Weight if self.open.is_none() && self.objective_is_new() => {
                self.objective_weight(&value.text, &value.source);
            }
            Field::Owner if self.open.is_none() && self.objective_is_new() => self.objective_owner(&value.text),
            Field::ObjectiveWeight => self.objective_weight(&value.text, &value.source),
            Field::Actual | Field::Variance | Field::Achievement if self.open.is_none() => {
                return self.result_below(field, label, value);
            }
            Field::Responsible if self.open.is_none() && self.objective_is_new() => self.objective_owner(&value.text),
            Field::Known | Field::Mission | Field::Responsible => {}
            _ => match &mut self.open {
                Some(draft) => {
                    draft.set(field, &label.text, &value.text, &value.source);
                    draft.confirmed |= !draft.told.name.is_empty() || draft.has_values();
                }
                None => return false,
            },
        }
        true
    }

    /// A result printed below the box of its indicator.
    fn result_below(&mut self, field: Field, label: &Cell, value: &Cell) -> bool {
        let Some(indicator) = self.current.and_then(|i| self.plan.indicators.get_mut(i)) else { return false };
        let raw = fold(&value.text);
        let source = value.source.clone();
        let confidence = self.trust;
        match field {
            Field::Actual => {
                let actual = PrintedValue { raw, label: fold(&label.text), revised: false, source, confidence };
                if indicator.actuals.is_empty() {
                    push_new(&mut indicator.actuals, actual);
                }
            }
            Field::Variance => {
                indicator.variance.get_or_insert(Printed { raw, source, confidence });
            }
            _ => {
                let achievement = PrintedValue { raw, label: fold(&label.text), revised: false, source, confidence };
                if indicator.achievements.is_empty() {
                    indicator.achievements.push(achievement);
                }
            }
        }
        true
    }

    /// A row under the headers in force.
    fn data(&mut self, row: &Cells) {
        let Some(grid) = self.grid.take() else { return };
        if grid.has(Field::Indicator) {
            self.indicator_row(&grid, row);
        } else if self.open.is_some() && (grid.has(Field::Target) || grid.has(Field::Weight)) {
            if let Some(mut draft) = self.open.take() {
                RowDraft::new(&grid, &row.cells, row.trust).fill(&grid, &mut draft);
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
    fn indicator_row(&mut self, grid: &Grid, row: &Cells) {
        if self.band_row(grid, row) {
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
    fn carry(&mut self, grid: &Grid, row: &Cells, cells: &mut Vec<Cell>) {
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
            matches!(field, Some(Field::Owner | Field::Responsible))
        };
        self.merged.extend(row.cells.iter().filter(|c| c.rowspan > 1 && owner(c)).map(|c| (row.table, c.clone())));
    }

    /// A cell across the indicator's column and the ones before it, with a result beside it: what it sums up is no indicator.
    fn band_row(&mut self, grid: &Grid, row: &Cells) -> bool {
        let Some(home) = grid.columns.iter().find(|c| c.field == Field::Indicator) else { return false };
        let [first, others @ ..] = &row.cells[..] else { return false };
        let across = row.spans_known && first.col < home.start && first.col + first.colspan > home.end;
        let figures: Vec<(Field, &Cell)> =
            others.iter().filter_map(|c| Some((grid.columns.get(grid.column_of(c)?)?.field, c))).collect();
        let planned = |f: &Field| matches!(f, Field::Target | Field::RevisedTarget | Field::Baseline | Field::Code);
        let sums_up = Lexicon::starts_with(&first.text, &self.lexicon.phrases.totals);
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

    /// A row "Indicatore 3: …" of a table that changes targets: its new values go to the objective's own indicator.
    fn revise(&mut self, code: &str, grid: &Grid, row: &RowDraft) {
        let mut changes = Draft::default();
        row.fill(grid, &mut changes);
        let objective = self.headings.objective;
        let own =
            |i: &&mut super::printed::PrintedIndicator| i.objective == objective && i.code.as_deref() == Some(code);
        let Some(indicator) = self.plan.indicators.iter_mut().rev().find(own) else { return };
        for target in changes.told.targets.into_iter().filter(|t| t.revised) {
            push_new(&mut indicator.targets, target);
        }
    }

    fn close_row(&mut self) {
        if let Some(grid) = self.grid.take() {
            self.close_row_under(&grid);
            self.grid = Some(grid);
        }
    }

    /// Makes an indicator of the row that is open.
    fn close_row_under(&mut self, grid: &Grid) {
        let Some(row) = self.open_row.take() else { return };
        self.objective_of_row(grid, &row);
        let mut draft = Draft { confirmed: true, ..Draft::default() };
        row.fill(grid, &mut draft);
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

//! The walk through a document's rows: what is in force, and which reader a row goes to.

mod data;
mod forms;
mod headers;
mod lines;

use super::confidence::Confidence;
use super::content::is_value;
use super::draft::{Draft, RowDraft};
use super::flow::Flow;
use super::grid::Grid;
use super::heads;
use super::labelled;
use super::lexicon::{Field, Lexicon, Phrases, key};
use super::objectives::{Headings, TableWeights};
use super::passages::Passage;
use super::patterns;
use super::printed::{PrintedIndicator, PrintedObjective, PrintedPlan, PrintedValue};
use super::rows::{Cells, Line, Row};
use super::sentences;
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
    /// The rows after the one at hand.
    pub(super) ahead: &'l [Row],
    /// Rows of the table at hand before this one are header rows that were read with an earlier one.
    headed_until: u32,
    /// The table at hand is a form: labels with their values beside them.
    form: bool,
    /// Years over the values of the form that tells an indicator.
    years: Vec<Cell>,
    /// So many of the next lines were read with an earlier one.
    pub(super) read_ahead: usize,
}

/// Whether what stands in a column "Stato" is no value but tells how things stand: by a colour, or in words ("in linea").
fn tells_how_things_stand(value: &PrintedValue, phrases: &Phrases) -> bool {
    let words = key(&value.raw);
    let spoken = |list: &[String]| list.iter().any(|phrase| words.contains(phrase.as_str()));
    let state = key(&value.label) == "stato" && !is_value(&value.raw) && !phrases.no_baseline.contains(&words);
    phrases.traffic_lights.contains(&words) || spoken(&phrases.on_track) || spoken(&phrases.off_track) || state
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
            ahead: &[],
            headed_until: 0,
            form: false,
            years: Vec::new(),
            read_ahead: 0,
        }
    }

    /// Takes the next row; `ahead` are the rows after it.
    pub fn row(&mut self, row: &Row, ahead: &'l [Row]) {
        if self.read_ahead > 0 {
            self.read_ahead -= 1;
            return;
        }
        self.ahead = ahead;
        let announced_before = self.announced.is_some();
        let coded_before = self.headings.coded.is_some();
        let candidate_before = self.headings.candidate.clone().filter(|_| matches!(row, Row::Line(_)));
        self.trust = match row {
            Row::Line(_) => Confidence::FULL,
            Row::Cells(cells) => cells.trust,
        };
        if let Some(draft) = &mut self.open {
            draft.trust = if draft.prose { self.trust.and(IN_PROSE) } else { self.trust };
        }
        match row {
            Row::Line(line) => self.line(line, false),
            Row::Cells(cells) => self.cells(cells),
        }
        self.sheet_row(row);
        if announced_before {
            // A result stands in the row below its name or nowhere.
            self.announced = None;
        }
        let sheet_begins = self.headings.coded.is_some() && !coded_before;
        if candidate_before.is_some() && self.headings.candidate == candidate_before && !sheet_begins {
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
        let open = self.open.as_ref().map_or(0, Draft::size);
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
        let Some(draft) = self.open.take().filter(|draft| draft.confirmed) else { return };
        for mut draft in sentences::settle(draft, self.lexicon) {
            if draft.has_values() || !draft.told.name.is_empty() || !draft.title.is_empty() {
                if draft.told.name.is_empty() {
                    draft.told.name = std::mem::take(&mut draft.title);
                }
                self.push(draft);
            }
        }
    }

    /// Adds a finished indicator under what is in force.
    fn push(&mut self, draft: Draft) {
        let mut indicator = draft.into_indicator();
        indicator.objective = self.headings.objective;
        if indicator.section.is_none() {
            indicator.section = self.headings.section_or_heading().map(str::to_owned);
        }
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
        if let Some(state) = indicator.baseline.take_if(|b| tells_how_things_stand(b, &self.lexicon.phrases)) {
            indicator.monitoring.get_or_insert(state.printed());
        }
        self.current = None;
        self.plan.indicators.push(indicator);
    }

    fn cells(&mut self, row: &Cells) {
        self.close_flow();
        if row.first {
            self.enter_table(row);
            self.headed_until = 0;
            self.form = self.is_form(row);
            self.years.clear();
        }
        if row.cells.first().is_some_and(|c| c.row < self.headed_until) {
            return;
        }
        self.headings.close_title();
        if self.sentence_row(row) || self.banner(row) {
            return;
        }
        if let [cell] = &row.cells[..]
            && (cell.col == 0 || cell.colspan * 2 > row.cols)
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
        if self.form_row(row) || self.years_row(row) || self.values_row(row) {
            return;
        }
        if let Some((grid, rows)) = heads::several_levels(row, self.ahead, self.lexicon) {
            self.header_of(grid, rows, row);
            return;
        }
        if let Some(grid) = Grid::from_row(row, self.lexicon) {
            self.header(grid, row);
            return;
        }
        if self.header_open && Grid::is_second_level(row, self.lexicon) {
            if let Some(grid) = &mut self.grid {
                grid.add_level(row, self.lexicon);
                grid.one_level(self.lexicon);
            }
            return;
        }
        if self.header_by_sense(row) {
            return;
        }
        // What stands right below headers are their values.
        let headed = std::mem::take(&mut self.header_open);
        let known = || row.cells.iter().filter(|c| self.lexicon.field(&c.text).is_some()).count();
        if self.is_foreign(row) || row.first && known() >= 2 {
            // The headers of a table about something else.
            self.close_row();
            self.grid = None;
            return;
        }
        if self.tick_row(row)
            || self.labelled_cells(row)
            || self.labelled_cell(row)
            || self.title_row(row)
            || self.two_cells(row)
        {
            return;
        }
        if !headed && self.pairs(row) {
            return;
        }
        self.data(row);
    }

    /// A line across an indicator table that its columns' gaps cut in two: a sentence on the state of affairs, an objective's heading.
    fn banner(&mut self, row: &Cells) -> bool {
        let [first, second] = &row.cells[..] else { return false };
        let next_to_it = first.col == 0 && second.col == first.colspan.max(1);
        if !row.spans_known || !next_to_it || !self.in_indicator_rows() {
            return false;
        }
        let goes_on = second.text.starts_with(char::is_lowercase);
        let heading = || patterns::objective_heading(&first.text, self.lexicon).is_some_and(|h| !h.title.is_empty());
        let monitors = || patterns::after_phrase(&first.text, &self.lexicon.phrases.monitoring).is_some();
        let across = first.colspan + second.colspan >= row.cols || second.colspan > 1;
        if !goes_on || !across || !(heading() || monitors()) {
            return false;
        }
        let text = format!("{} {}", fold(&first.text), fold(&second.text));
        self.line(&Line { text, heading: None, source: row.source() }, true);
        true
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

    /// Whether the table that starts with a row is a form: labels, most of them known, each with its value beside it.
    fn is_form(&self, first: &Cells) -> bool {
        const LABELS: usize = 3;
        const KNOWN: usize = 60;
        let (mut labels, mut fields) = (0, Vec::new());
        let mut take = |cells: &Cells| {
            if !matches!(cells.cells.len(), 2 | 4) {
                return;
            }
            for label in cells.cells.iter().step_by(2) {
                labels += 1;
                fields.extend(self.lexicon.sense(&fold(&label.text)).map(|s| s.field));
            }
        };
        take(first);
        for row in self.ahead {
            match row {
                Row::Cells(cells) if cells.table == first.table => take(cells),
                _ => break,
            }
        }
        let known = fields.len();
        fields.sort_unstable();
        fields.dedup();
        labels >= LABELS && fields.len() > 1 && known * 100 >= KNOWN * labels
    }

    /// Whether the table at hand is a form.
    pub(super) fn in_form(&self) -> bool {
        self.form
    }

    /// What the label of a row of a form means.
    pub(super) fn form_field(&self, label: &str) -> Option<(Field, Option<String>)> {
        // What else a sheet prints has words of its own.
        let of_the_sheet = self.lexicon.sheet_field(label, false).is_some();
        if self.form && !of_the_sheet {
            labelled::field_of(label, self.lexicon)
        } else {
            labelled::known_field(label, self.lexicon)
        }
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
}

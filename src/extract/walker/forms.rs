//! Rows of forms: a label and its value, pairs of them, ticks, results below a box.

use super::{IN_PROSE, Sentence, Walker};
use crate::document::{Cell, Source, fold};
use crate::extract::content::is_value;
use crate::extract::draft::{Draft, RowDraft, is_office, push_new};
use crate::extract::grid::{Grid, is_date_label};
use crate::extract::lexicon::{Field, key};
use crate::extract::patterns;
use crate::extract::printed::{Printed, PrintedValue};
use crate::extract::results::only_a_figure;
use crate::extract::rows::{Cells, Line};

impl Walker<'_> {
    /// A row that starts or goes on with a sentence laid out in cells: "1) name | = 4" over "(target >= 2, peso 40)".
    pub(super) fn sentence_row(&mut self, row: &Cells) -> bool {
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

    /// A row of tick boxes: the types of the indicator.
    pub(super) fn tick_row(&mut self, row: &Cells) -> bool {
        let labelled = row.cells.first().is_some_and(|c| self.lexicon.field(&c.text) == Some(Field::Type));
        // One of several labels with their values.
        let paired = row.cells.len() == 4 && row.cells.get(2).is_some_and(|c| self.form_field(&c.text).is_some());
        if labelled && paired {
            return false;
        }
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

    /// Whether two labels stand beside each other without their values: the first is that of a figure, and the second is none.
    fn label_beside_label(&self, first: &str, second: &str) -> bool {
        use Field::{Achievement, Actual, Baseline, RevisedTarget, Target, Variance, Weight};
        let figure = |field: Field| {
            matches!(field, Weight | Baseline | Target | RevisedTarget | Actual | Variance | Achievement)
        };
        self.form_field(first).is_some_and(|(field, _)| figure(field))
            && !is_value(second)
            && self.form_field(second).is_some_and(|(field, _)| figure(field))
    }

    /// Rows of two cells: a title and its weight, a label and its value, a sentence and its result.
    pub(super) fn two_cells(&mut self, row: &Cells) -> bool {
        let [first, second] = &row.cells[..] else { return false };
        if self.in_form() && self.label_beside_label(&first.text, &second.text) {
            return true;
        }
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
        match self.form_field(&first.text) {
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
    pub(super) fn heads_a_form(&mut self, label: &Cell, value: &Cell) -> bool {
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

    /// A row of a form: it is no header row though a value may be a word that heads columns elsewhere.
    pub(super) fn form_row(&mut self, row: &Cells) -> bool {
        let sensed = |at: usize| row.cells.get(at).is_some_and(|c| self.lexicon.sense(&fold(&c.text)).is_some());
        let labelled = match row.cells.len() {
            2 => sensed(0) && row.cells.first().is_some_and(|c| c.col == 0),
            4 => sensed(0) && sensed(2) && !(sensed(1) && sensed(3)),
            _ => false,
        };
        // The row right below headers holds their values.
        self.in_form()
            && !self.header_open
            && !self.in_indicator_rows()
            && labelled
            && (self.pairs(row) || self.two_cells(row))
    }

    /// A row of years or days within the form of an indicator: what stands below them refers to these.
    pub(super) fn years_row(&mut self, row: &Cells) -> bool {
        let dates: Vec<Cell> = row.cells.iter().filter(|c| is_date_label(&fold(&c.text))).cloned().collect();
        let others = row.cells.len() - dates.len();
        let below_a_name = !self.header_open
            && self.open.as_ref().is_some_and(|d| !d.told.name.is_empty())
            && !self.in_indicator_rows();
        if !below_a_name || dates.len() < 2 || others > 1 || row.cells.first().is_some_and(|c| c.col > 0 && others > 0)
        {
            return false;
        }
        self.years = dates;
        true
    }

    /// A row of such a form: what its values are, and one value below every year.
    pub(super) fn values_row(&mut self, row: &Cells) -> bool {
        let [label, values @ ..] = &row.cells[..] else { return false };
        let Some(sense) = self.lexicon.sense(&fold(&label.text)) else { return false };
        let year_of =
            |cell: &Cell| self.years.iter().find(|y| y.col < cell.col + cell.colspan && cell.col < y.col + y.colspan);
        let dated: Vec<(String, Cell)> =
            values.iter().filter_map(|cell| Some((fold(&year_of(cell)?.text), cell.clone()))).collect();
        let measured = matches!(
            sense.field,
            Field::Target | Field::RevisedTarget | Field::Actual | Field::Baseline | Field::Achievement
        );
        if dated.is_empty() || dated.len() < values.len() || !measured || label.col > 0 {
            return false;
        }
        for (year, cell) in dated {
            self.set_in_open(sense.field, &format!("{} {year}", fold(&label.text)), &cell.text, &cell.source);
        }
        true
    }

    /// A row of labels, each with its value beside it.
    pub(super) fn pairs(&mut self, row: &Cells) -> bool {
        let in_indicator_grid = self.grid.as_ref().is_some_and(|g| g.has(Field::Indicator) && g.cols > 2);
        if row.cells.len() < 4 || row.cells.len() % 2 == 1 || in_indicator_grid {
            return false;
        }
        let pair = |cells: &[Cell]| match cells {
            [label, value] => {
                let field = self.form_field(&label.text).map(|(field, _)| field);
                field.filter(|_| self.in_form() || self.lexicon.field(&value.text).is_none())
            }
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
    pub(in crate::extract) fn open_told(&mut self, code: Option<String>, label: &str, name: &str, source: &Source) {
        self.close();
        self.coded_heading_stands();
        let trust = self.trust.and(IN_PROSE);
        let mut draft = Draft { prose: true, confirmed: true, trust, ..Draft::default() };
        draft.told.code = code;
        draft.set(Field::Indicator, label, name, source);
        self.open = Some(draft);
    }

    /// Whether an indicator is being told.
    pub(in crate::extract) fn open_draft(&self) -> bool {
        self.open.is_some()
    }

    /// Gives the indicator that is being told a field; tells whether there is one, and the field one of an indicator's.
    pub(in crate::extract) fn set_in_open(&mut self, field: Field, label: &str, value: &str, source: &Source) -> bool {
        let Some(draft) = &mut self.open else { return false };
        if matches!(field, Field::ObjectiveWeight | Field::Objective | Field::Section) {
            return false;
        }
        draft.set(field, label, value, source);
        draft.confirmed = true;
        true
    }

    /// The objective that the cells of a row name beside a cell that tells indicators, and who answers for it.
    pub(in crate::extract) fn objective_of_cells(&mut self, cells: &[Cell], row: &Cells) {
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
    pub(super) fn labelled(&mut self, field: Field, label: &Cell, value: &Cell) -> bool {
        match field {
            Field::Indicator => self.labelled_indicator(label, value),
            Field::Code => self.labelled_code(label, value),
            Field::Title => self.labelled_title(label, value),
            Field::Section => self.labelled_section(label, value),
            // An objective's own sheet names the one above it.
            Field::Objective if self.names_one_above(&label.text) => {
                self.headings.strategic_link.get_or_insert_with(|| fold(&value.text));
            }
            Field::Objective => {
                let heading = patterns::objective_title(&label.text, &value.text, self.lexicon);
                self.objective(heading, &value.source);
            }
            Field::Weight
                if self.open.is_none()
                    && self.objective_is_new()
                    && value.text.contains(|c: char| c.is_ascii_digit()) =>
            {
                self.objective_weight(&value.text, &value.source);
            }
            Field::Owner if self.open.is_none() && self.objective_is_new() => {
                self.labelled_owner(&label.text, &value.text);
            }
            Field::ObjectiveWeight => self.objective_weight(&value.text, &value.source),
            Field::ObjectiveAchievement => {
                let Some(raw) = only_a_figure(&value.text) else { return false };
                self.close();
                self.objective_achievement(Printed::new(raw, value.source.clone()));
            }
            // Who answers for all the objectives that follow.
            Field::Responsible | Field::Owner if self.open.is_none() && self.in_form() && !self.objective_is_new() => {
                // "Settore X: 100%" tells a figure of the sector.
                if !is_value(&value.text) {
                    self.section_owner(&value.text);
                }
            }
            Field::Actual | Field::Variance | Field::Achievement if self.open.is_none() => {
                return self.result_below(field, label, value);
            }
            Field::Responsible if self.open.is_none() && self.objective_is_new() => {
                self.labelled_owner(&label.text, &value.text);
            }
            // The budget's mission that the objectives below serve.
            Field::Mission if self.heads_several(&label.text) => {
                self.headings.set_table_section(patterns::without_code(&value.text));
            }
            Field::Known | Field::Mission | Field::Responsible => {}
            _ => match &mut self.open {
                // A state told by a colour.
                Some(draft) if self.lexicon.phrases.traffic_lights.contains(&key(&value.text)) => {
                    let printed =
                        Printed { raw: fold(&value.text), source: value.source.clone(), confidence: self.trust };
                    draft.told.monitoring.get_or_insert(printed);
                }
                Some(draft) => {
                    draft.set(field, &label.text, &value.text, &value.source);
                    // A figure of the past alone, without a name, is any form's.
                    let told = &draft.told;
                    let planned = told.weight.is_some() || !told.targets.is_empty() || !told.actuals.is_empty();
                    draft.confirmed |= !told.name.is_empty() || planned;
                }
                None => return false,
            },
        }
        true
    }

    fn labelled_indicator(&mut self, label: &Cell, value: &Cell) {
        // Of several labels that may name an indicator the one that named it names the next; another describes it.
        let named_by = key(&label.text);
        let describes = |d: &Draft| !d.named_by.is_empty() && d.named_by != named_by;
        if self.open.as_ref().is_none_or(|d| !d.told.name.is_empty() && !describes(d)) {
            self.close();
            self.open = Some(Draft { trust: self.trust, named_by, ..Draft::default() });
        }
        if let Some(draft) = &mut self.open {
            draft.set(Field::Indicator, &label.text, &value.text, &value.source);
            draft.confirmed = true;
        }
    }

    fn labelled_code(&mut self, label: &Cell, value: &Cell) {
        if key(&label.text).contains("obiettiv") {
            self.close();
            let heading = patterns::Heading { level: None, code: Some(fold(&value.text)), title: String::new() };
            self.headings.coded = Some((heading, value.source.clone()));
            return;
        }
        if self.open.as_ref().is_none_or(|d| d.told.code.is_some()) {
            self.close();
            self.open = Some(Draft { trust: self.trust, ..Draft::default() });
        }
        if let Some(draft) = &mut self.open {
            draft.set(Field::Code, &label.text, &value.text, &value.source);
        }
    }

    fn labelled_title(&mut self, label: &Cell, value: &Cell) {
        match &mut self.open {
            None if self.headings.wants_title() => self.objective_titled(&value.text),
            // Below the row that gave its code.
            None if self.headings.has_a_code_alone() => {
                let heading = patterns::objective_title("", &value.text, self.lexicon);
                self.objective(heading, &value.source);
            }
            Some(draft) if draft.told.code.is_some() && draft.told.name.is_empty() => {
                draft.set(Field::Indicator, &label.text, &value.text, &value.source);
            }
            _ => {}
        }
    }

    fn labelled_section(&mut self, label: &Cell, value: &Cell) {
        let office = self.open.is_none() && self.in_form() && is_office(&label.text);
        if office && self.objective_is_new() {
            // The office that answers for the sheet's objective.
            self.labelled_owner(&label.text, &value.text);
        } else if office {
            self.section_owner(&value.text);
        } else {
            self.close();
            self.headings.set_table_section(fold(&value.text));
            if self.objective_is_new() {
                // A row of the objective's own form.
                self.objective_section(&value.text);
            }
        }
    }

    /// A result printed below the box of its indicator.
    pub(super) fn result_below(&mut self, field: Field, label: &Cell, value: &Cell) -> bool {
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
}

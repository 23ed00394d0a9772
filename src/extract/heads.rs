//! Header rows whose words the lexicon doesn't have: read by the stems of their words, by where they stand and by what the
//! columns below them hold.

use super::confidence::Confidence;
use super::content::{Column as Below, is_figure};
use super::grid::{Column, Grid, is_date_label, reach};
use super::lexicon::{Field, Lexicon, Sense, key, without_dates};
use super::rows::{Cells, Row};
use crate::document::{Cell, fold};

/// A column that is told by what stands in it alone.
const BY_CONTENT: Confidence = Confidence::hundredths(60);

/// A column whose year goes on with the header before it.
const BY_NEIGHBOUR: Confidence = Confidence::hundredths(95);

/// Hundredths of a column's cells that must be values for its header to head values.
const VALUES: usize = 30;

/// Hundredths of sums of money from which on a column of targets is a budget's.
const MONEY: usize = 80;

/// So many rows at the start of a table may be header rows.
const HEADER_ROWS: u32 = 4;

/// Parts the words of two levels of headers.
const LEVEL: char = '\n';

/// The longest text of a header row's cell, in characters.
const LONGEST: usize = 110;

/// Fields whose columns hold values.
fn is_measure(field: Field) -> bool {
    use Field::*;
    matches!(field, Target | RevisedTarget | Actual | Baseline | Weight | Achievement | Variance)
}

/// The row of header cells at the place of `row`: where merged cells show that headers stand on several levels, every cell of
/// the lowest level with the words of those above it; and how many rows they take.
fn levels(row: &Cells, ahead: &[Row]) -> (Cells, usize) {
    let at = row.cells.first().map_or(0, |c| c.row);
    let deep = row.cells.iter().map(|c| c.rowspan).max().unwrap_or(1);
    let wide = row.cells.iter().any(|c| c.rowspan < deep);
    if !row.spans_known || deep < 2 || !wide || deep > HEADER_ROWS {
        let cells = row.cells.iter().map(|c| Cell { text: fold(&c.text), ..c.clone() }).collect();
        return (Cells { cells, ..row.clone() }, 1);
    }
    let mut all: Vec<Cell> = row.cells.clone();
    let mut rows = 1;
    for next in ahead {
        let Row::Cells(next) = next else { break };
        if next.table != row.table || next.cells.first().is_none_or(|c| c.row >= at + deep) {
            break;
        }
        all.extend(next.cells.iter().cloned());
        rows += 1;
    }
    let covers = |c: &Cell, col: u32| c.col <= col && col < c.col + c.colspan;
    let lowest = |c: &&Cell| !all.iter().any(|d| d.row > c.row && d.col < reach(c) && c.col < reach(d));
    let folded = |c: &Cell| Cell { text: fold(&c.text), ..c.clone() };
    let mut cells: Vec<Cell> = all.iter().filter(lowest).map(folded).collect();
    for cell in &mut cells {
        let above: Vec<String> =
            all.iter().filter(|c| c.row < cell.row && covers(c, cell.col)).map(|c| fold(&c.text)).collect();
        if !above.is_empty() {
            cell.text = format!("{}{LEVEL}{}", above.join(" "), cell.text);
        }
    }
    cells.sort_by_key(|c| c.col);
    (Cells { cells, ..row.clone() }, rows)
}

/// What a header cell means: its own words, else those with the level above, else the level above alone.
fn sense(text: &str, lexicon: &Lexicon) -> Option<Sense> {
    let Some((above, own)) = text.split_once(LEVEL) else { return lexicon.sense(&fold(text)) };
    let together = || lexicon.sense(&format!("{above} {own}"));
    let own_sense = lexicon.sense(own);
    match own_sense {
        // "Valore" below "Target" is the target's.
        Some(own) if own.field == Field::Actual => together().or(Some(own)),
        Some(own) => Some(own),
        None => together().or_else(|| lexicon.sense(above)),
    }
}

/// The headers of several levels that merged cells show, as by [`read`].
pub(super) fn several_levels(row: &Cells, ahead: &[Row], lexicon: &Lexicon) -> Option<(Grid, usize)> {
    let deep = row.cells.iter().any(|c| c.rowspan > 1);
    if deep { read(row, ahead, lexicon).filter(|(_, rows)| *rows > 1) } else { None }
}

/// The headers in a row that the lexicon alone doesn't know for such, and how many rows they take; `None` where the row heads
/// no table of indicators.
pub(super) fn read(row: &Cells, ahead: &[Row], lexicon: &Lexicon) -> Option<(Grid, usize)> {
    let first = row.cells.first()?;
    if row.cells.len() < 2 {
        return None;
    }
    let (heads, rows) = levels(row, ahead);
    // Further down a row of nothing but headers is one.
    if first.row > HEADER_ROWS && heads.cells.iter().any(|c| sense(&c.text, lexicon).is_none()) {
        return None;
    }
    let long = |c: &Cell| c.text.chars().count() > LONGEST || is_figure(&c.text) && !is_date_label(&c.text);
    if heads.cells.len() < 3 || heads.cells.iter().any(long) {
        return None;
    }
    let below = ahead.get(rows - 1..)?;
    let mut grid = Grid { columns: Vec::new(), unknown: Vec::new(), cols: heads.cols };
    let mut dates = 0;
    for cell in &heads.cells {
        match sense(&cell.text, lexicon) {
            Some(Sense { field, trust }) => {
                grid.columns.push(Column { field, label: fold(&cell.text), start: cell.col, end: reach(cell), trust })
            }
            None => {
                dates += usize::from(is_date_label(&fold(&cell.text)));
                grid.unknown.push(Cell { text: fold(&cell.text), ..cell.clone() });
            }
        }
    }
    let mut measures: Vec<Field> = grid.columns.iter().map(|c| c.field).filter(|&f| is_measure(f)).collect();
    measures.sort_unstable();
    measures.dedup();
    if (grid.columns.len() + dates) * 2 <= heads.cells.len() || measures.is_empty() {
        return None;
    }
    grid.settle(row.table, below, lexicon);
    (grid.has(Field::Indicator) && holds_values(&grid, row.table, below)).then_some((grid, rows))
}

/// Whether what stands under the headers of values are values.
fn holds_values(grid: &Grid, table: usize, below: &[Row]) -> bool {
    let named = grid.columns.iter().find(|c| c.field == Field::Indicator);
    if named.is_some_and(|c| Below::below(below, table, c.start, c.end).values() > 60) {
        return false;
    }
    let under = |c: &Column| Below::below(below, table, c.start, c.end);
    let mut columns = grid.columns.iter().filter(|c| is_measure(c.field)).map(under).filter(|b| b.rows() > 0);
    columns.any(|b| b.values() >= VALUES)
}

impl Grid {
    /// Finds the meaning of the columns whose headers the lexicon doesn't know, and of the indicator's column where no header
    /// names it.
    pub(super) fn settle(&mut self, table: usize, below: &[Row], lexicon: &Lexicon) {
        let unknown = std::mem::take(&mut self.unknown);
        for cell in unknown {
            let label = fold(&cell.text);
            match lexicon.sense(&label).filter(|_| !key(&without_dates(&label)).is_empty()) {
                Some(Sense { field, trust }) => {
                    self.columns.push(Column { field, label, start: cell.col, end: reach(&cell), trust });
                }
                None => self.unknown.push(cell),
            }
        }
        self.columns.sort_by_key(|c| c.start);
        self.counted(table, below);
        self.dated_codes();
        self.years_go_on();
        self.one_level(lexicon);
        let content = |c: &Cell| Below::below(below, table, c.col, reach(c));
        if !self.has(Field::Indicator) && self.speaks_of_indicators(table, below, lexicon) {
            self.name_column(table, below);
        }
        if !self.has(Field::Indicator) {
            return;
        }
        self.bare_shares(table, below);
        self.outcomes(table, below);
        self.aims(table, below);
        self.one_weight(table, below);
        if !self.has(Field::Weight)
            && let Some(at) = self.unknown.iter().position(|c| content(c).weighs())
        {
            self.take(at, Field::Weight);
        }
        if !self.has(Field::Target) && !self.has(Field::RevisedTarget) {
            let mut values = self.unknown.iter().enumerate().filter(|(_, c)| {
                let content = content(c);
                content.rows() > 0 && content.values() >= 60
            });
            if let (Some((at, _)), None) = (values.next(), values.next()) {
                self.take(at, Field::Target);
            }
        }
    }

    /// A column that is called indicators and holds figures counts them ("N. KPI").
    fn counted(&mut self, table: usize, below: &[Row]) {
        for column in self.columns.iter_mut().filter(|c| c.field == Field::Indicator) {
            let content = Below::below(below, table, column.start, column.end);
            if content.rows() > 1 && content.values() > 60 {
                column.field = Field::Known;
            }
        }
    }

    /// Of targets on several levels ("soglia", "atteso", "eccellente") the expected one is the target.
    pub(super) fn one_level(&mut self, lexicon: &Lexicon) {
        let other_level = |c: &Column| {
            let words = key(&without_dates(&c.label));
            c.field == Field::Target
                && lexicon.phrases.target_levels.iter().any(|level| words.split(' ').any(|word| word == level))
        };
        let dates = |label: &str| label.chars().filter(char::is_ascii_digit).collect::<String>();
        let expected = |c: &&Column| c.field == Field::Target && !other_level(c);
        let told: Vec<String> = self.columns.iter().filter(expected).map(|c| dates(&c.label)).collect();
        let undated = |label: &str| dates(label).is_empty();
        let beside = |c: &&mut Column| {
            other_level(c) && (told.contains(&dates(&c.label)) || undated(&c.label) && !told.is_empty())
        };
        self.columns.iter_mut().filter(beside).for_each(|c| c.field = Field::Known);
    }

    /// Beside targets and results a column of shares under a bare percent sign tells how far the target was reached.
    fn bare_shares(&mut self, table: usize, below: &[Row]) {
        if self.has(Field::Achievement) || !self.has(Field::Target) || !self.has(Field::Actual) {
            return;
        }
        let shares = |c: &Cell| c.text.trim() == "%" && Below::below(below, table, c.col, reach(c)).shares() >= 60;
        if let Some(at) = self.unknown.iter().position(shares) {
            self.take(at, Field::Achievement);
        }
    }

    /// Of several weights behind the indicator one is its own: the one that adds up, else the first.
    fn one_weight(&mut self, table: usize, below: &[Row]) {
        let Some(home) = self.columns.iter().find(|c| c.field == Field::Indicator).map(|c| c.start) else { return };
        let weighs = |c: &Column| Below::below(below, table, c.start, c.end).weighs();
        let behind = |c: &Column| c.field == Field::Weight && c.start > home;
        let mut all = self.columns.iter().filter(|c| behind(c));
        let Some(first) = all.next().map(|c| c.start) else { return };
        let Some(_) = all.next() else { return };
        let own = self.columns.iter().filter(|c| behind(c)).find(|c| weighs(c)).map_or(first, |c| c.start);
        self.columns.iter_mut().filter(|c| behind(c) && c.start != own).for_each(|c| c.field = Field::Known);
    }

    /// A year that stands alone right behind a header of the year before goes on with it: "Target 2024 | 2025 | 2026".
    fn years_go_on(&mut self) {
        let years = |label: &str| {
            label.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok()).collect::<Vec<_>>()
        };
        let mut waiting: Vec<Cell> = std::mem::take(&mut self.unknown);
        waiting.sort_by_key(|c| c.col);
        for cell in waiting {
            let year = cell.text.trim().parse::<u32>().ok().filter(|_| is_date_label(&cell.text));
            let before = self.columns.iter().find(|c| c.end == cell.col && is_measure(c.field));
            match year.zip(before) {
                Some((year, before)) if years(&before.label).last() == Some(&(year - 1)) => {
                    let label = before.label.replacen(&(year - 1).to_string(), &year.to_string(), 1);
                    let trust = before.trust.and(BY_NEIGHBOUR);
                    self.columns.push(Column { field: before.field, label, start: cell.col, end: reach(&cell), trust });
                }
                _ => self.unknown.push(cell),
            }
        }
        self.columns.sort_by_key(|c| c.start);
    }

    /// A column of codes with a year over it holds the values of that year ("Rif. 2023").
    fn dated_codes(&mut self) {
        let dated = |label: &str| key(label) != key(&without_dates(label));
        for column in self.columns.iter_mut().filter(|c| c.field == Field::Code && dated(&c.label)) {
            column.field = Field::Baseline;
            column.trust = column.trust.and(BY_CONTENT);
        }
    }

    /// Columns that are called objectives, have a year over them and hold values are targets ("Ob. 2025").
    fn aims(&mut self, table: usize, below: &[Row]) {
        for column in self.columns.iter_mut().filter(|c| c.field == Field::Objective) {
            let dated = column.label.contains(|c: char| c.is_ascii_digit());
            let content = Below::below(below, table, column.start, column.end);
            if dated && content.rows() > 0 && content.values() >= 60 {
                column.field = Field::Target;
                column.trust = column.trust.and(BY_CONTENT);
            }
        }
    }

    /// Beside targets without results a column of outcomes that are no shares holds the results ("Esito": 931).
    fn outcomes(&mut self, table: usize, below: &[Row]) {
        let planned = self.has(Field::Target) || self.has(Field::RevisedTarget);
        let told = self.has(Field::Actual);
        let mut marks = self.columns.iter_mut().filter(|c| c.field == Field::Achievement);
        let (first, second) = (marks.next(), marks.next().is_some());
        if let Some(column) = first {
            let content = Below::below(below, table, column.start, column.end);
            // Of two the first is the result, the second what it is worth.
            let results = content.rows() > 0 && content.values() >= 60;
            let shares = content.shares() >= 60;
            let apart = if second { !(told && shares) } else { !(told || shares) };
            if planned && results && apart {
                column.field = Field::Actual;
                column.trust = column.trust.and(BY_CONTENT);
            }
        }
    }

    /// The unknown header at `at` heads a field.
    fn take(&mut self, at: usize, field: Field) {
        let cell = self.unknown.remove(at);
        let label = fold(&cell.text);
        self.columns.push(Column { field, label, start: cell.col, end: reach(&cell), trust: BY_CONTENT });
        self.columns.sort_by_key(|c| c.start);
    }

    /// Whether the other headers are those of indicators: two kinds of them at least, the targets no mere sums of money.
    fn speaks_of_indicators(&self, table: usize, below: &[Row], lexicon: &Lexicon) -> bool {
        use Field::*;
        let telling = [Target, Weight, Achievement, Algorithm, Unit, Baseline, DataSource, Type, Frequency, Actual];
        let count = telling.iter().filter(|&&f| self.has(f)).count();
        let budgeted = |label: &str| {
            let words = key(label);
            words
                .split(' ')
                .any(|word| lexicon.phrases.budget_words.iter().any(|start| word.starts_with(start.as_str())))
        };
        let targets = || self.columns.iter().filter(|c| matches!(c.field, Target | RevisedTarget));
        let planned = targets().any(|c| !budgeted(&c.label));
        let budget = |c: &Column| Below::below(below, table, c.start, c.end).money() >= MONEY;
        let values = || self.columns.iter().filter(|c| matches!(c.field, Target | Actual | Baseline));
        let sums = !self.has(Unit) && values().count() > 0 && values().all(budget);
        planned && count >= 2 && !sums
    }

    /// The column of names among those whose headers say nothing of what they hold: the one with the longest texts, before the
    /// first values.
    fn name_column(&mut self, table: usize, below: &[Row]) {
        let first_value = self.columns.iter().filter(|c| is_measure(c.field)).map(|c| c.start).min().unwrap_or(0);
        let content = |start: u32, end: u32| Below::below(below, table, start, end);
        // What a plan does in steps, and when, is no list of indicators.
        const STEPS: [&str; 4] = ["fase", "fasi", "adempimento", "adempimenti"];
        let steps = |label: &str| STEPS.contains(&key(label).as_str());
        let labels = self.unknown.iter().map(|c| c.text.as_str()).chain(self.columns.iter().map(|c| c.label.as_str()));
        if labels.into_iter().any(steps) {
            return;
        }
        let fits = |start: u32, end: u32| {
            let content = content(start, end);
            (start < first_value && content.names()).then(|| content.length())
        };
        let unknown = self.unknown.iter().enumerate().filter_map(|(i, c)| Some((fits(c.col, reach(c))?, i)));
        if let Some((_, at)) = unknown.max() {
            self.take(at, Field::Indicator);
            return;
        }
        let open = |c: &Column| matches!(c.field, Field::Known | Field::Title | Field::Section | Field::Type);
        let known = self.columns.iter().enumerate().filter(|(_, c)| open(c));
        let known = known.filter_map(|(i, c)| Some((fits(c.start, c.end)?, i))).max();
        if let Some(column) = known.and_then(|(_, at)| self.columns.get_mut(at)) {
            column.field = Field::Indicator;
            column.trust = BY_CONTENT;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;

    fn row(at: u32, cells: &[(u32, u32, u32, &str)]) -> Cells {
        let cell = |&(col, rowspan, colspan, text): &(u32, u32, u32, &str)| Cell {
            row: at,
            col,
            rowspan,
            colspan,
            text: text.into(),
            source: Source::default(),
        };
        let cells: Vec<Cell> = cells.iter().map(cell).collect();
        Cells { table: 0, first: at == 0, cols: 6, spans_known: true, trust: Confidence::FULL, cells }
    }

    fn plain(at: u32, texts: &[&str]) -> Cells {
        let cells: Vec<(u32, u32, u32, &str)> = (0..).zip(texts).map(|(i, t)| (i, 1, 1, *t)).collect();
        row(at, &cells)
    }

    fn fields(rows: Vec<Cells>) -> Option<(Vec<Field>, usize)> {
        let (first, rest) = rows.split_first()?;
        let ahead: Vec<Row> = rest.iter().cloned().map(Row::Cells).collect();
        let (grid, rows) = read(first, &ahead, Lexicon::shipped())?;
        Some((grid.columns.iter().map(|c| c.field).collect(), rows))
    }

    #[test]
    fn columns_without_known_headers_are_told_by_their_words_and_contents() {
        use Field::*;
        let rows = vec![
            plain(
                0,
                &["Che cosa guardiamo", "Quanto pesa", "Da dove si parte", "Valore programmabile", "Val. ottenuto"],
            ),
            plain(1, &["Numero di eventi organizzati", "40%", "12", "≥ 15", "16"]),
            plain(2, &["Imprese che vi hanno partecipato", "60%", "300", "≥ 320", "298"]),
        ];
        let found = fields(rows).map(|(fields, _)| fields);
        assert_eq!(found, Some(vec![Indicator, Weight, Baseline, Target, Actual]));
    }

    #[test]
    fn a_budget_is_no_table_of_indicators() {
        let rows = vec![
            plain(0, &["Voce di bilancio", "Consuntivo 2023", "Previsione 2024", "Variazione"]),
            plain(1, &["Diritto annuale dell'esercizio", "5.250.000", "5.100.000", "-150.000"]),
            plain(2, &["Spese per il personale dipendente", "2.100.000", "2.050.000", "-50.000"]),
        ];
        assert_eq!(fields(rows), None);
    }

    #[test]
    fn levels_of_headers_are_joined_by_their_spans() {
        use Field::*;
        let rows = vec![
            row(0, &[(0, 2, 1, "Indicatore"), (1, 1, 3, "Valori 2024"), (4, 2, 1, "Motivi del ritardo")]),
            row(1, &[(1, 1, 1, "Atteso"), (2, 1, 1, "Conseguito"), (3, 1, 1, "Conseguito %")]),
            plain(2, &["Numero di eventi organizzati", "12", "13", "100%", "nessuno"]),
        ];
        assert_eq!(fields(rows), Some((vec![Indicator, Target, Actual, Achievement, Note], 2)));
    }
}

//! Column headers: which field of an indicator each column of a table holds.

use super::confidence::Confidence;
use super::lexicon::{Field, Lexicon, key, without_dates};
use super::rows::Cells;
use super::sheet::SheetField;
use crate::document::{Cell, fold};

/// A second level of headers that stands under none of the first: its parent is the nearest on the left.
const NEAREST: Confidence = Confidence::hundredths(95);

/// A column whose header an earlier table printed.
const INHERITED: Confidence = Confidence::hundredths(90);

/// The longest words of upper levels, in bytes, that those of a lower one are added to: more is no header, but rows without end
/// that look like one.
const LONGEST: usize = 400;

/// A column whose header the lexicon knows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub field: Field,
    /// The header's words, those of the levels above it first: "Valore Target: al 30/6".
    pub label: String,
    /// First grid column, and the one after the last.
    pub start: u32,
    pub end: u32,
    /// How sure it is that this header heads the column.
    pub trust: Confidence,
}

/// The headers in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    pub columns: Vec<Column>,
    /// Header cells that the lexicon doesn't know.
    pub unknown: Vec<Cell>,
    /// Number of columns of the table the headers stand in.
    pub cols: u32,
}

/// Whether a field alone tells that a table is about indicators or results.
fn is_core(field: Field) -> bool {
    use Field::*;
    matches!(
        field,
        Indicator
            | Objective
            | Weight
            | ObjectiveWeight
            | Baseline
            | Target
            | RevisedTarget
            | Actual
            | Achievement
            | SectorPerformance
            | AreaPerformance
    )
}

/// Whether a cell holds nothing but a date that heads a column: "al 30/6", "anno 2018", "31.12.2019".
pub(super) fn is_date_label(text: &str) -> bool {
    // "al" alone has lost its date and heads a column all the same.
    if matches!(key(text).as_str(), "al" | "al al") {
        return true;
    }
    let plain_number = text.trim().chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
    !key(text).is_empty()
        && key(&without_dates(text)).is_empty()
        && (!plain_number || (text.trim().len() == 4 && text.trim().starts_with("20")))
}

impl Grid {
    /// The headers in a row, or `None` when it is not a header row: more than half of its cells must be known
    /// headers or dates, at least two of them different ones and one telling.
    pub fn from_row(row: &Cells, lexicon: &Lexicon) -> Option<Grid> {
        let mut columns: Vec<Column> = Vec::new();
        let mut unknown = Vec::new();
        let mut dates = 0;
        for cell in &row.cells {
            let label = fold(&cell.text);
            let end = reach(cell);
            match lexicon.field(&label) {
                Some(field) => columns.push(Column { field, label, start: cell.col, end, trust: Confidence::FULL }),
                None => {
                    dates += usize::from(is_date_label(&label));
                    unknown.push(cell.clone());
                }
            }
        }
        let mut fields: Vec<Field> = columns.iter().map(|c| c.field).collect();
        fields.sort_unstable();
        fields.dedup();
        // Beside indicators without weights the column of relevance weighs them.
        let relevance = |c: &&Cell| lexicon.sheet_field(&c.text, false) == Some(SheetField::Relevance);
        if fields.contains(&Field::Indicator)
            && !fields.contains(&Field::Weight)
            && let Some(at) = unknown.iter().position(|c| relevance(&c))
        {
            let cell = unknown.remove(at);
            let column = Column {
                field: Field::Weight,
                label: fold(&cell.text),
                start: cell.col,
                end: reach(&cell),
                trust: NEAREST,
            };
            columns.push(column);
            columns.sort_by_key(|c| c.start);
        }
        let enough = fields.len() >= 2 || (fields.len() == 1 && columns.len() >= 2 && fields[0] != Field::Indicator);
        let known = (columns.len() + dates) * 2 > row.cells.len();
        (enough && known && fields.iter().any(|&f| is_core(f))).then_some(Grid { columns, unknown, cols: row.cols })
    }

    /// Whether a row can be the second level of these headers: only dates and known headers.
    pub fn is_second_level(row: &Cells, lexicon: &Lexicon) -> bool {
        let level = |c: &Cell| lexicon.phrases.target_levels.contains(&key(&c.text));
        let levels = row.cells.iter().any(level);
        // Beside the names of other levels the expected one may be called by a word of its own ("atteso").
        let known = |c: &Cell| {
            lexicon.field(&c.text).is_some()
                || levels && lexicon.sense(&c.text).is_some_and(|s| s.field == Field::Target)
        };
        row.cells.iter().all(|c| is_date_label(&c.text) || level(c) || known(c))
            && row.cells.iter().any(|c| is_date_label(&c.text) || level(c))
    }

    /// Puts a second level of headers under the first: a date narrows the header above it, a known header replaces it.
    pub fn add_level(&mut self, row: &Cells, lexicon: &Lexicon) {
        let upper = std::mem::take(&mut self.columns);
        let mut covered: Vec<(u32, u32)> = Vec::new();
        for cell in &row.cells {
            let (start, end) = (cell.col, reach(cell));
            // Without known spans a header may reach over empty places to its right: the nearest on the left is the parent.
            let parent = upper
                .iter()
                .find(|c| c.start <= start && start < c.end)
                .or_else(|| if row.spans_known { None } else { upper.iter().rfind(|c| c.start <= start) });
            let label = fold(&cell.text);
            let level = lexicon.phrases.target_levels.contains(&key(&label));
            let own = lexicon.sense(&label).map(|sense| sense.field).filter(|_| !level);
            let Some(field) = own.or(parent.map(|p| p.field)) else { continue };
            // A year over known headers dates them; without known spans the nearest on the left.
            let dated = |c: &&Cell| is_date_label(&c.text) && c.col <= start && !key(&c.text).is_empty();
            let year = self.unknown.iter().filter(dated).rfind(|c| start < reach(c) || !row.spans_known);
            let between = |c: &Cell| upper.iter().any(|u| u.start > c.col && u.start <= start);
            let year = year.filter(|c| start < reach(c) || !between(c));
            let parent = parent.filter(|p| p.start <= start && start < p.end || year.is_none());
            let label = match (parent, year) {
                (Some(p), _) if own.is_none_or(|f| f == p.field) && p.label.len() < LONGEST => {
                    format!("{} {label}", p.label)
                }
                (None, Some(year)) => format!("{label} {}", fold(&year.text)),
                _ => label,
            };
            covered.push((start, end));
            let above = parent.is_none_or(|p| p.start <= start && start < p.end);
            let trust = if above { Confidence::FULL } else { NEAREST };
            self.columns.push(Column { field, label, start, end, trust });
        }
        for column in upper {
            if !covered.iter().any(|&(start, end)| start < column.end && column.start < end) {
                self.columns.push(column);
            }
        }
        self.columns.sort_by_key(|c| c.start);
    }

    /// Takes over the columns that a repeated header leaves blank, where the table's shape is the same: as many columns, or
    /// fewer at the end while all that stand again stand where they stood.
    pub fn inherit(&mut self, before: &Grid) {
        if before.cols != self.cols && !self.repeats(before) {
            return;
        }
        let missing: Vec<Column> = before
            .columns
            .iter()
            .filter(|old| {
                old.start < self.cols
                    && !self.columns.iter().any(|c| c.start < old.end && old.start < c.end)
                    && !self.unknown.iter().any(|c| c.col < old.end && old.start < c.col + c.colspan)
            })
            .map(|old| Column { trust: old.trust.min(INHERITED), ..old.clone() })
            .collect();
        self.columns.extend(missing);
        self.columns.sort_by_key(|c| c.start);
    }

    /// Whether these headers are earlier ones printed again, at least three of them and all where they stood, some perhaps left out.
    pub fn repeats(&self, before: &Grid) -> bool {
        let stands_again =
            |c: &Column| before.columns.iter().any(|b| b.start == c.start && b.field == c.field && b.label == c.label);
        before.cols >= self.cols && self.columns.len() > 2 && self.columns.iter().all(stands_again)
    }

    pub fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|c| c.field == field)
    }

    /// The column a cell stands in: the one it overlaps most.
    pub fn column_of(&self, cell: &Cell) -> Option<usize> {
        let overlap = |c: &Column| (cell.col + cell.colspan).min(c.end).saturating_sub(cell.col.max(c.start));
        (0..self.columns.len())
            .filter(|&i| overlap(&self.columns[i]) > 0)
            .max_by_key(|&i| (overlap(&self.columns[i]), std::cmp::Reverse(i)))
    }
}

/// The column after the last that a header cell covers. Where the file tells no spans, a header covers its own column only:
/// what stands below and to the right finds its header by nearness.
pub(super) fn reach(cell: &Cell) -> u32 {
    cell.col + cell.colspan.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::extract::Confidence;

    fn row(cols: u32, spans_known: bool, cells: &[(u32, u32, &str)]) -> Cells {
        let cells = cells
            .iter()
            .map(|&(col, colspan, text)| Cell {
                row: 0,
                col,
                rowspan: 1,
                colspan,
                text: text.into(),
                source: Source::default(),
            })
            .collect();
        Cells { table: 0, first: true, cols, spans_known, trust: Confidence::FULL, cells }
    }

    fn labels(grid: &Grid) -> Vec<(Field, &str)> {
        grid.columns.iter().map(|c| (c.field, c.label.as_str())).collect()
    }

    #[test]
    fn two_levels_with_spans() {
        let lexicon = Lexicon::shipped();
        let upper = row(5, true, &[(0, 1, "Base Line"), (1, 4, "Valore Target:")]);
        let mut grid = Grid::from_row(&upper, lexicon).expect("a header");
        let lower =
            row(5, true, &[(1, 1, "al 30/6"), (2, 1, "al 31/12"), (3, 1, "Nuova previsione al 31/12"), (4, 1, "Peso")]);
        assert!(Grid::is_second_level(&lower, lexicon));
        grid.add_level(&lower, lexicon);
        assert_eq!(
            labels(&grid),
            [
                (Field::Baseline, "Base Line"),
                (Field::Target, "Valore Target: al 30/6"),
                (Field::Target, "Valore Target: al 31/12"),
                (Field::RevisedTarget, "Nuova previsione al 31/12"),
                (Field::Weight, "Peso"),
            ]
        );
    }

    #[test]
    fn two_levels_without_spans() {
        let lexicon = Lexicon::shipped();
        let upper =
            row(4, false, &[(0, 1, "Target storico di riferimento:"), (1, 1, "Valore Target:"), (3, 1, "Peso")]);
        let mut grid = Grid::from_row(&upper, lexicon).expect("a header");
        grid.add_level(&row(4, false, &[(0, 1, "anno 2018"), (1, 1, "al 30/6"), (2, 1, "al 31/12")]), lexicon);
        assert_eq!(
            labels(&grid),
            [
                (Field::Baseline, "Target storico di riferimento: anno 2018"),
                (Field::Target, "Valore Target: al 30/6"),
                (Field::Target, "Valore Target: al 31/12"),
                (Field::Weight, "Peso"),
            ]
        );
    }

    #[test]
    fn a_repeated_header_with_blanks_keeps_the_columns_it_leaves_blank() {
        let lexicon = Lexicon::shipped();
        let first = Grid::from_row(
            &row(4, true, &[(0, 2, "Obiettivi annuali strategici"), (2, 1, "Consuntivo"), (3, 1, "Peso")]),
            lexicon,
        );
        let mut again =
            Grid::from_row(&row(4, true, &[(0, 1, "Indicatore"), (1, 1, "Target 2019")]), lexicon).expect("a header");
        again.inherit(&first.expect("a header"));
        assert_eq!(
            again.columns.iter().map(|c| c.field).collect::<Vec<_>>(),
            [Field::Indicator, Field::Target, Field::Actual, Field::Weight]
        );
    }

    #[test]
    fn data_rows_and_foreign_headers_are_not_headers() {
        let lexicon = Lexicon::shipped();
        assert_eq!(Grid::from_row(&row(2, true, &[(0, 1, "Risultati raggiunti"), (1, 1, "6")]), lexicon), None);
        assert_eq!(
            Grid::from_row(&row(2, true, &[(0, 1, "Indicatore"), (1, 1, "Documentazione da presentare")]), lexicon),
            None
        );
        assert_eq!(Grid::from_row(&row(3, true, &[(0, 1, "13"), (1, 1, "5"), (2, 1, "20,00%")]), lexicon), None);
        assert!(!Grid::is_second_level(&row(3, true, &[(0, 1, "13"), (1, 1, "5"), (2, 1, "20,00%")]), lexicon));
    }
}

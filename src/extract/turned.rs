//! Tables that lie on their side: the labels run down the first column, and every further column is an indicator.

use super::lexicon::{Field, Lexicon};
use crate::document::{Cell, Table, fold};

/// Of a hundred labels in the first column so many must be known.
const KNOWN: usize = 60;

/// So many kinds of values must be among the labels.
const MEASURES: usize = 2;

/// A table with its rows and columns changed places, where its labels run down the first column; `None` for any other.
pub(super) fn upright(table: &Table, lexicon: &Lexicon) -> Option<Table> {
    use Field::{Achievement, Actual, Baseline, RevisedTarget, Target, Variance, Weight};
    if table.cols < 3 || table.rows < 4 {
        return None;
    }
    let filled = |c: &&Cell| !fold(&c.text).is_empty();
    let labels: Vec<&Cell> = table.cells.iter().filter(|c| c.col == 0 && c.row > 0).filter(filled).collect();
    let fields: Vec<Field> = labels.iter().filter_map(|c| lexicon.sense(&fold(&c.text))).map(|s| s.field).collect();
    let mut measures = fields.clone();
    measures.retain(|f| matches!(f, Target | RevisedTarget | Actual | Baseline | Weight | Achievement | Variance));
    measures.sort_unstable();
    measures.dedup();
    let known = !labels.is_empty() && fields.len() * 100 >= KNOWN * labels.len();
    if !known || measures.len() < MEASURES || labels.iter().any(|c| c.colspan > 1 || c.rowspan > 1) {
        return None;
    }
    // A form has its values in one column, whatever columns it is drawn in.
    let values = |col: u32| table.cells.iter().filter(|c| c.col == col && c.row > 0).filter(filled).count();
    if (1..table.cols).filter(|&col| values(col) * 2 >= labels.len()).count() < 2 {
        return None;
    }
    // Headers over the columns that mean different things make it an upright table.
    let mut heads = table.row(0).filter(|c| c.col > 0).filter(filled).filter_map(|c| lexicon.sense(&fold(&c.text)));
    if heads.any(|s| s.field != Field::Indicator) {
        return None;
    }
    // So does a row of headers further down.
    let heads = |row: u32| {
        let mut fields: Vec<Field> = table.row(row).filter_map(|c| lexicon.field(&fold(&c.text))).collect();
        fields.sort_unstable();
        fields.dedup();
        fields.len() > 2
    };
    if (1..table.rows).any(heads) {
        return None;
    }
    let turn = |c: &Cell| Cell { row: c.col, col: c.row, rowspan: c.colspan, colspan: c.rowspan, ..c.clone() };
    let mut cells: Vec<Cell> = table.cells.iter().map(turn).collect();
    if let Some(corner) = cells.iter_mut().find(|c| c.row == 0 && c.col == 0)
        && fold(&corner.text).is_empty()
    {
        // What heads the columns numbers the indicators.
        corner.text = "N.".to_owned();
    }
    cells.sort_by_key(|c| (c.row, c.col));
    Some(Table { rows: table.cols, cols: table.rows, cells, ..table.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Method, Source};

    fn table(rows: &[&[&str]]) -> Table {
        let mut cells = Vec::new();
        for (row, texts) in (0..).zip(rows) {
            for (col, text) in (0..).zip(*texts) {
                let text = (*text).to_owned();
                cells.push(Cell { row, col, rowspan: 1, colspan: 1, text, source: Source::default() });
            }
        }
        let (rows, cols) = (rows.len() as u32, rows.iter().map(|r| r.len()).max().unwrap_or(0) as u32);
        Table { rows, cols, cells, method: Method::Markup, confidence: 1.0, source: Source::default() }
    }

    #[test]
    fn labels_down_the_first_column_turn_a_table() {
        let lying = table(&[
            &["", "Indicatore A", "Indicatore B"],
            &["Descrizione", "Pratiche evase in tempo", "Tempo medio di evasione"],
            &["Peso", "40", "60"],
            &["Risultato atteso 2021", "≥ 75%", "≤ 5 gg"],
            &["Risultato ottenuto 2021", "79,2%", "5,4 gg"],
        ]);
        let upright = upright(&lying, Lexicon::shipped()).expect("a table on its side");
        assert_eq!((upright.rows, upright.cols), (3, 5));
        let first: Vec<&str> = upright.row(1).map(|c| c.text.as_str()).collect();
        assert_eq!(first, ["Indicatore A", "Pratiche evase in tempo", "40", "≥ 75%", "79,2%"]);
    }

    #[test]
    fn upright_tables_stay() {
        let rows: [&[&str]; 4] = [
            &["Indicatore", "Peso", "Target"],
            &["Risultati dei controlli", "40", "5"],
            &["Target raggiunti dagli uffici", "30", "5"],
            &["Peso delle pratiche", "30", "5"],
        ];
        assert_eq!(upright(&table(&rows), Lexicon::shipped()), None);
        let boxed: [&[&str]; 4] = [
            &["Indicatore 1: presentazioni", "", ""],
            &["Tipo indicatore", "☒ efficacia", "☐ qualità"],
            &["Target storico", "Valore target", "Peso"],
            &["monitoraggio dei dati", "2 presentazioni", "10%"],
        ];
        assert_eq!(upright(&table(&boxed), Lexicon::shipped()), None);
    }
}

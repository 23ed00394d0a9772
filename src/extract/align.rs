//! Rows whose cells do not stand under their headers, put back by what the cells hold.
//!
//! Converters to text lose empty cells, and page breaks lose the remains of merged ones; a row then slips sideways. What a cell
//! holds (a numbered name, a weight, a percentage, a sentence) tells under which header it makes sense.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::content;
use super::grid::Grid;
use super::lexicon::Field;
use super::patterns;
use super::rows::Cells;
use crate::document::{Cell, fold};

/// How much better another placing must be than the one at hand.
const CLEARLY_BETTER: i32 = 4;

/// The row's cells under the columns where they make most sense: as they stand, unless another placing is clearly better.
/// Where the file knows its cells' places, only a row with a numbered name outside the indicator's column is moved.
/// The second value tells whether it was moved.
pub(super) fn aligned(grid: &Grid, row: &Cells) -> (Vec<Cell>, bool) {
    let as_it_stands = row.cells.clone();
    let slipped = slipped_name(grid, &row.cells);
    if row.spans_known {
        return slipped.map_or((as_it_stands, false), |shift| (moved(&row.cells, shift), true));
    }
    let mut best = (fitness(grid, &as_it_stands), as_it_stands, false);
    let floor = best.0 + CLEARLY_BETTER;
    for shift in -2..=2 {
        let shifted = moved(&row.cells, shift);
        let gaps = (0..shifted.len()).map(|at| with_gap(&shifted, at));
        for candidate in gaps.chain([shifted.clone()]) {
            let value = fitness(grid, &candidate);
            if value >= floor && value > best.0 {
                best = (value, candidate, true);
            }
        }
    }
    (best.1, best.2)
}

/// How far a row must move for its numbered name ("2) …") to stand under the indicator's header, where it doesn't.
fn slipped_name(grid: &Grid, cells: &[Cell]) -> Option<i64> {
    let home = grid.columns.iter().find(|c| c.field == Field::Indicator)?;
    let at_home = |c: &Cell| home.start <= c.col && c.col < home.end;
    if cells.iter().any(|c| at_home(c) && patterns::starts_numbered(&c.text)) {
        return None;
    }
    let field_of = |c: &Cell| grid.column_of(c).map(|i| grid.columns[i].field);
    let name = cells.iter().find(|c| {
        c.col >= home.end
            && patterns::starts_numbered(&c.text)
            && !matches!(field_of(c), Some(Field::Note | Field::StrategicLink))
    })?;
    Some(i64::from(home.start) - i64::from(name.col))
}

/// The cells moved sideways; those that fall off the left side are no part of the row.
fn moved(cells: &[Cell], shift: i64) -> Vec<Cell> {
    let place = |c: &Cell| u32::try_from(i64::from(c.col) + shift).ok();
    cells.iter().filter_map(|c| Some(Cell { col: place(c)?, ..c.clone() })).collect()
}

/// The cells with an empty place before the one at `at`.
fn with_gap(cells: &[Cell], at: usize) -> Vec<Cell> {
    let moved = |(i, c): (usize, &Cell)| Cell { col: c.col + u32::from(i >= at), ..c.clone() };
    cells.iter().enumerate().map(moved).collect()
}

/// How well the cells fit the headers they stand under.
fn fitness(grid: &Grid, cells: &[Cell]) -> i32 {
    cells.iter().map(|cell| grid.column_of(cell).map_or(0, |i| fit(grid.columns[i].field, &fold(&cell.text)))).sum()
}

/// How well a text fits a field: positive where it is what the field holds, negative where it can't be.
fn fit(field: Field, text: &str) -> i32 {
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the tests below.
        Regex::new(r"^(?:[<>=≥≤]+\s*)?[-+]?(?:€\s*)?\d[\d.,]*\s*(?:%|€|gg\.?)?$").expect("constant pattern")
    });
    let figure = FIGURE.is_match(text);
    let percent = figure && text.ends_with('%');
    let yes_or_no = matches!(text.to_lowercase().as_str(), "si" | "sì" | "no" | "= si" | "= sì");
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    match field {
        Field::Indicator if patterns::starts_numbered(text) => 4,
        Field::Indicator => {
            if letters >= 6 {
                1
            } else {
                -4
            }
        }
        Field::Weight => {
            let share = |n: Decimal| n >= Decimal::ZERO && n <= Decimal::from(100);
            if content::number(text).is_some_and(share) { 2 } else { -3 }
        }
        Field::Target | Field::RevisedTarget | Field::Actual | Field::Baseline => {
            if figure || yes_or_no || letters <= 40 { 1 } else { -1 }
        }
        Field::Achievement | Field::ObjectiveAchievement | Field::GroupAchievement => {
            if percent {
                2
            } else {
                -2
            }
        }
        Field::Note => {
            if figure {
                -2
            } else {
                1
            }
        }
        Field::StrategicLink | Field::Objective => {
            if figure {
                -2
            } else {
                2
            }
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::extract::Confidence;
    use crate::extract::lexicon::Lexicon;

    fn row(spans_known: bool, texts: &[&str]) -> Cells {
        let cells = texts.iter().enumerate().filter(|(_, t)| !t.is_empty()).map(|(i, text)| Cell {
            row: 0,
            col: i as u32,
            rowspan: 1,
            colspan: 1,
            text: (*text).to_owned(),
            source: Source::default(),
        });
        Cells {
            table: 0,
            first: false,
            cols: texts.len() as u32,
            spans_known,
            trust: Confidence::FULL,
            cells: cells.collect(),
        }
    }

    fn placed(header: &[&str], spans_known: bool, texts: &[&str]) -> Vec<(u32, String)> {
        let grid = Grid::from_row(&row(spans_known, header), Lexicon::shipped()).expect("a header");
        aligned(&grid, &row(spans_known, texts)).0.into_iter().map(|c| (c.col, c.text)).collect()
    }

    const HEADER: [&str; 8] = [
        "Obiettivo 1 - TITOLO",
        "Indicatori",
        "Target 2019",
        "Monitoraggio 31.12.2019",
        "Commenti e note",
        "Peso",
        "Performance raggiunta",
        "Obiettivo annuale strategico",
    ];

    #[test]
    fn a_row_in_its_place_stays() {
        let texts = ["testo", "1) Riunioni", "= 2", "2", "nota", "50", "100%", "Strumento 6.4"];
        assert_eq!(placed(&HEADER, false, &texts).len(), 8);
        assert_eq!(placed(&HEADER, false, &texts)[1].0, 1);
    }

    #[test]
    fn a_row_that_lost_its_first_cell_moves_right() {
        let placed = placed(&HEADER, false, &["2) Iniziative", ">= 3", "22", "nota lunga a sufficienza", "50", "", ""]);
        assert_eq!(placed[0], (1, "2) Iniziative".into()));
        assert_eq!(placed[4], (5, "50".into()));
    }

    #[test]
    fn a_row_that_lost_a_cell_in_the_middle_gets_a_gap() {
        let placed = placed(&HEADER, false, &["testo", "1) Riunioni", "= 2", "2", "50", "100%", "Strumento 6.4"]);
        assert_eq!(placed[4], (5, "50".into()));
        assert_eq!(placed[6], (7, "Strumento 6.4".into()));
    }

    #[test]
    fn where_places_are_known_only_a_numbered_name_moves_a_row() {
        let placed = placed(&HEADER, true, &["", "NOTA", "2) Iniziative", ">= 3", "22", "nota", "50"]);
        assert_eq!(placed[0], (0, "NOTA".into()));
        assert_eq!(placed[1], (1, "2) Iniziative".into()));
    }
}

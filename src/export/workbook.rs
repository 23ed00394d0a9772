//! All tables in one workbook, for people who work in a spreadsheet.
//!
//! A cover sheet says what is what, a sheet for each table follows, and a data dictionary at the end. Texts are written as
//! texts: what looks like a formula is none, and stays none when the cell is edited. The workbook holds numbers as a
//! spreadsheet does, in double precision; the exact decimals are in the other files.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use polars::prelude::{AnyValue, DataFrame};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::atomic::{Content, Draft};
use super::csv::{begins_like_formula, decimal_text};
use super::schema::{ColumnKind, TableSchema, schemas};
use super::{ExportError, Written};
use crate::quiet;

/// Characters that a cell can hold.
const CELL: usize = 32_767;
/// What stands at the end of a text that was cut.
const CUT: &str = " […]";
/// Rows that a sheet can hold under its header.
const ROWS: usize = 1_048_575;
/// Columns of this many at most are wide.
const WIDE: f64 = 40.0;
const NARROW: f64 = 14.0;

struct Formats {
    title: Format,
    header: Format,
    text: Format,
    guarded: Format,
    date: Format,
    wrapped: Format,
}

impl Formats {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Formats {
            title: Format::new().set_bold().set_font_size(16),
            header: Format::new()
                .set_bold()
                .set_background_color(0x00D9_E6F2)
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            text: top(),
            guarded: top().set_quote_prefix(),
            date: top().set_num_format("dd/mm/yyyy"),
            wrapped: top().set_text_wrap(),
        }
    }
}

/// The workbook being written. The tables' sheets go to the disk row by row; only the row at hand lies in memory.
pub(super) struct Book {
    path: PathBuf,
    book: Workbook,
    formats: Formats,
    /// Rows of each table's sheet so far, those that a sheet can't hold included.
    rows: Vec<usize>,
}

impl Book {
    /// Starts `pianometro.xlsx` under a folder, which also takes what is unfinished.
    pub(super) fn create(dir: &Path) -> Result<Self, ExportError> {
        let path = dir.join("pianometro.xlsx");
        let formats = Formats::new();
        match start(dir, &formats) {
            Ok(book) => Ok(Book { path, book, formats, rows: vec![0; tables().count()] }),
            Err(source) => Err(ExportError::Workbook { path, source }),
        }
    }

    /// Adds rows to the sheet of the table at a place.
    pub(super) fn append(&mut self, place: usize, frame: &DataFrame) -> Result<(), ExportError> {
        let Some(done) = self.rows.get_mut(place) else { return Ok(()) };
        let from = *done;
        *done += frame.height();
        // The cover stands before the tables.
        let sheet = self.book.worksheet_from_index(place + 1);
        // The library panics where it can't write what it keeps on the disk.
        let added = quiet::catch(|| sheet.and_then(|sheet| rows(sheet, frame, from, &self.formats)));
        self.added(added)
    }

    fn added(&self, done: Result<Result<(), XlsxError>, String>) -> Result<(), ExportError> {
        let path = || self.path.clone();
        match done {
            Ok(done) => done.map_err(|source| ExportError::Workbook { path: path(), source }),
            Err(said) => Err(ExportError::File { path: path(), source: std::io::Error::other(said) }),
        }
    }

    /// Adds what can be said at the end, of the tables and how many rows they have, and puts the file in its place.
    pub(super) fn finish(
        mut self,
        tables: &[(&TableSchema, usize)],
        names_left_out: bool,
    ) -> Result<(Written, Content), ExportError> {
        let mut draft = Draft::create(&self.path)?;
        let book = &mut self.book;
        let told = tables.iter().enumerate().try_for_each(|(place, (schema, rows))| {
            let last = column_number(schema.columns.len().saturating_sub(1));
            book.worksheet_from_index(place + 1)?.autofilter(0, 0, row_number((*rows).min(ROWS)), last)?;
            Ok(())
        });
        let told = told.and_then(|()| cover(book.worksheet_from_index(0)?, tables, names_left_out, &self.formats));
        let told = told.and_then(|()| dictionary(book.add_worksheet(), &self.formats));
        let saved = quiet::catch(|| told.and_then(|()| book.save_to_writer(&mut draft)));
        self.added(saved)?;
        let content = draft.finish()?;
        Ok((Written { path: self.path, rows: tables.iter().map(|(_, rows)| rows).sum() }, content))
    }
}

/// The tables in the order written.
fn tables() -> impl Iterator<Item = &'static TableSchema> {
    super::tables::TABLES.iter().filter_map(|(name, _)| schemas().iter().find(|schema| schema.name == *name))
}

/// A workbook with the cover still empty, and the heads of the tables' sheets.
fn start(dir: &Path, formats: &Formats) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    // A workbook states when it was made; the zip format's first day keeps the bytes the same.
    let made = ExcelDateTime::from_ymd(1980, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("pianometro").set_creation_datetime(&made));
    book.set_tempdir(dir)?;
    book.add_worksheet().set_name("Leggimi")?;
    for schema in tables() {
        head(book.add_worksheet_with_constant_memory()?, schema, formats)?;
    }
    Ok(book)
}

fn cover(
    sheet: &mut Worksheet,
    tables: &[(&TableSchema, usize)],
    names_left_out: bool,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 24)?.set_column_width(1, 96)?.set_column_width(2, 10)?;
    sheet.write_string_with_format(
        0,
        0,
        "Piani e relazioni della performance delle Camere di commercio",
        &formats.title,
    )?;
    let names = if names_left_out {
        "I nomi delle persone sono stati tolti."
    } else {
        "Il foglio «Colonne» dice quali colonne possono contenere nomi di persone; run --no-names li toglie."
    };
    let lines = [
        "Dati letti da pianometro nei documenti pubblicati dagli enti: una tabella per foglio, con filtri sulla prima riga.",
        "Le colonne «… stampato» hanno il testo del documento, mai cambiato; accanto sta il valore come numero o data. Una cella \
         vuota è un dato che manca.",
        "Le percentuali sono in punti: 14,5 sta per 14,5%. I numeri esatti stanno nei file CSV e Parquet della cartella data.",
        "Un documento dato in più formati sta in più righe: il foglio «Documenti», colonna «Altra versione di», dice quale conta.",
        names,
        "Licenza del dataset: Creative Commons Attribuzione 4.0 (CC BY 4.0). I documenti di partenza restano degli enti che li \
         hanno pubblicati, con le loro licenze.",
    ];
    let mut row = 2;
    for line in lines {
        sheet.merge_range(row, 0, row, 2, line, &formats.wrapped)?.set_row_height(row, 32)?;
        row += 1;
    }
    row += 1;
    for (column, head) in ["Foglio", "Una riga per", "Righe"].into_iter().enumerate() {
        sheet.write_string_with_format(row, column_number(column), head, &formats.header)?;
    }
    for (schema, rows) in tables {
        row += 1;
        sheet.write_url_with_text(row, 0, format!("internal:'{}'!A1", schema.title).as_str(), &schema.title)?;
        let rows = *rows;
        let cut = if rows > ROWS { format!(" (qui le prime {ROWS}: il resto è nel CSV)") } else { String::new() };
        sheet.write_string_with_format(row, 1, format!("{}{cut}", schema.description), &formats.wrapped)?;
        sheet.write_number(row, 2, u32::try_from(rows).unwrap_or(u32::MAX))?;
    }
    sheet.write_url_with_text(row + 1, 0, "internal:'Colonne'!A1", "Colonne")?;
    sheet.write_string_with_format(row + 1, 1, "Che cosa c'è in ogni colonna di ogni foglio", &formats.wrapped)?;
    Ok(())
}

/// Name, header row and column widths of a table's sheet.
fn head(sheet: &mut Worksheet, schema: &TableSchema, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(&schema.title)?.set_freeze_panes(1, 0)?;
    for (place, column) in schema.columns.iter().enumerate() {
        let place = column_number(place);
        sheet.set_column_width(place, if column.kind == ColumnKind::Text { WIDE } else { NARROW })?;
        sheet.write_string_with_format(0, place, &column.title, &formats.header)?;
    }
    Ok(())
}

/// Writes a frame's rows after the first `done` ones, as far as the sheet has room.
fn rows(sheet: &mut Worksheet, frame: &DataFrame, done: usize, formats: &Formats) -> Result<(), XlsxError> {
    let room = ROWS.saturating_sub(done);
    for row in 0..frame.height().min(room) {
        for (place, column) in frame.columns().iter().enumerate() {
            // A row of the column's own height always has a value.
            let Ok(value) = column.get(row) else { continue };
            cell(sheet, row_number(done + row + 1), column_number(place), &value, formats)?;
        }
    }
    Ok(())
}

fn cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &AnyValue<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match value {
        AnyValue::Null => {}
        AnyValue::String(text) => write_text(sheet, row, column, text, formats)?,
        AnyValue::StringOwned(text) => write_text(sheet, row, column, text, formats)?,
        AnyValue::Boolean(boolean) => {
            sheet.write_boolean(row, column, *boolean)?;
        }
        AnyValue::Float64(number) => {
            sheet.write_number(row, column, *number)?;
        }
        AnyValue::Int64(number) => match i32::try_from(*number) {
            Ok(number) => {
                sheet.write_number(row, column, number)?;
            }
            // Years, pages and counts are all smaller.
            Err(_) => write_text(sheet, row, column, &number.to_string(), formats)?,
        },
        AnyValue::Decimal(units, _, scale) => {
            if let Ok(number) = decimal_text(*units, *scale).parse::<f64>() {
                sheet.write_number(row, column, number)?;
            }
        }
        AnyValue::Date(days) => match day(*days) {
            Some(day) => {
                sheet.write_datetime_with_format(row, column, &day, &formats.date)?;
            }
            None => write_text(sheet, row, column, &value.to_string(), formats)?,
        },
        // The tables have no other columns.
        other => write_text(sheet, row, column, &other.to_string(), formats)?,
    }
    Ok(())
}

fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, formats: &Formats) -> Result<(), XlsxError> {
    let format = if begins_like_formula(text) { &formats.guarded } else { &formats.text };
    // A spreadsheet counts a character beyond the basic plane as two.
    if text.encode_utf16().count() > CELL {
        let cut: String = text.chars().take((CELL - CUT.len()) / 2).collect();
        sheet.write_string_with_format(row, column, cut + CUT, format)?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// A day that a spreadsheet can hold: from 1900 on.
fn day(days: i32) -> Option<ExcelDateTime> {
    let date = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    let part = |number: i8| u8::try_from(number).ok();
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, part(date.month())?, part(date.day())?).ok()
}

/// What every column of every table holds.
fn dictionary(sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Colonne")?.set_freeze_panes(1, 0)?;
    let heads = ["Foglio", "Colonna", "Nome nei CSV", "Tipo", "Nomi di persone", "Descrizione"];
    for (place, (head, width)) in heads.into_iter().zip([18.0, 34.0, 22.0, 16.0, 16.0, 100.0]).enumerate() {
        sheet.write_string_with_format(0, column_number(place), head, &formats.header)?;
        sheet.set_column_width(column_number(place), width)?;
    }
    let mut row = 0;
    for table in schemas() {
        for column in &table.columns {
            row += 1;
            let personal = if column.personal { "sì" } else { "" };
            let cells =
                [&table.title, &column.title, &column.name, column.kind.italian(), personal, &column.description];
            for (place, text) in cells.into_iter().enumerate() {
                write_text(sheet, row, column_number(place), text, formats)?;
            }
        }
    }
    sheet.autofilter(0, 0, row, column_number(heads.len() - 1))?;
    Ok(())
}

fn column_number(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn row_number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

//! The CSV files that a person keeps beside the documents: corrections of what was read, decisions on what was compared.

use thiserror::Error;

use crate::document::fold;

/// A file that can't be used; lines count from 1, the header's included.
#[derive(Debug, Error)]
pub enum KeptError {
    #[error("riga {line}: non è una riga CSV: il numero dei campi o le virgolette non tornano")]
    Syntax { line: u64 },
    #[error("riga 1: manca la colonna «{0}»")]
    Column(&'static str),
    #[error("riga {line}: «{column}» è vuoto")]
    Empty { line: u64, column: &'static str },
}

/// A line of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptRow<const N: usize> {
    /// Counted from 1, the header's included.
    pub line: u64,
    /// As the columns asked for, white space folded.
    pub fields: [String; N],
}

/// Reads a CSV with a header row: a byte order mark or none, semicolon between the fields where the header has one, else comma,
/// the columns in any order and others among them. The first `needed` of the columns are empty in no line.
///
/// # Errors
/// A line that is no CSV, a column that is missing, a needed field that is empty.
pub(crate) fn rows<const N: usize>(
    text: &str,
    columns: [&'static str; N],
    needed: usize,
) -> Result<Vec<KeptRow<N>>, KeptError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let syntax = |error: csv::Error| KeptError::Syntax { line: error.position().map_or(1, csv::Position::line) };
    let names = reader.headers().map_err(syntax)?.clone();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        *place = names.iter().position(|name| name.trim() == column).ok_or(KeptError::Column(column))?;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(syntax)?;
        let line = record.position().map_or(0, |start| line_of(text, start));
        let fields = places.map(|place| record.get(place).map(fold).unwrap_or_default());
        let empty = fields.iter().zip(columns).take(needed).find(|(field, _)| field.is_empty());
        if let Some((_, column)) = empty {
            return Err(KeptError::Empty { line, column });
        }
        rows.push(KeptRow { line, fields });
    }
    Ok(rows)
}

/// The line a record begins on: the reader counts the empty lines before it as its own.
fn line_of(text: &str, start: &csv::Position) -> u64 {
    let begin = usize::try_from(start.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(begin..).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n');
    start.line() + empty.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Vec<KeptRow<2>>, String> {
        rows(text, ["a", "b"], 1).map_err(|error| error.to_string())
    }

    #[test]
    fn columns_are_found_whatever_their_order_and_what_parts_them() {
        let row = |line, a: &str, b: &str| KeptRow { line, fields: [a.to_owned(), b.to_owned()] };
        assert_eq!(of("a,b\n1,\"x;  y\"\n"), Ok(vec![row(2, "1", "x; y")]));
        assert_eq!(of("\u{feff}b; a;c\n1,5;2;3\n\n;4;\n"), Ok(vec![row(2, "2", "1,5"), row(4, "4", "")]));
        // A comma in the header's name of another column doesn't part the fields.
        assert_eq!(of("a;b;\"x,y\"\n1;2;3\n"), Ok(vec![row(2, "1", "2")]));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        assert_eq!(of("a\n1\n"), Err("riga 1: manca la colonna «b»".to_owned()));
        assert_eq!(of("a,b\n1,2\n,2\n"), Err("riga 3: «a» è vuoto".to_owned()));
        assert!(of("a,b\n1\n").unwrap_err().starts_with("riga 2: non è una riga CSV"));
    }
}

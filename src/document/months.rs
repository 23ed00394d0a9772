//! The Italian names of months, which every stage meets in what it reads.

/// The names from January on, as alternatives of a regular expression.
pub(crate) const MONTHS: &str =
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre";

/// The month of a lower-case name or an abbreviation ("nov", "sett"), 1 to 12.
pub(crate) fn month(word: &str) -> Option<i8> {
    let abbreviated = word.len() == 3 || word == "sett";
    (1..)
        .zip(MONTHS.split('|'))
        .find_map(|(n, name)| (name == word || abbreviated && name.starts_with(word)).then_some(n))
}

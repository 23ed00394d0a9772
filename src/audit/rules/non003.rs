//! NON003: una parte non si è potuta leggere.

use super::prelude::*;
pub(super) static RULE: Rule = Rule {
    code: "NON003",
    severity: Severity::Error,
    title: Text { it: "una parte non si è potuta leggere", en: "a part could not be read" },
    what: "Pagine o parti del file che il programma non ha potuto leggere.",
    why: "I dati che vi stanno mancano nel dataset.",
    basis: "Dice come il programma ha letto il documento: non è un giudizio sul documento.",
    example: "Una pagina con un flusso danneggiato.",
    advice: Text { it: "controllare la pagina sul documento", en: "look at the page of the document" },
    gather: None,
    check: Check::Elsewhere,
};

// Found while reading.

//! NON002: intestazione sconosciuta.

use super::prelude::*;
pub(super) static RULE: Rule = Rule {
    code: "NON002",
    severity: Severity::Info,
    title: Text { it: "intestazione sconosciuta", en: "unknown heading" },
    what: "Intestazioni di tabelle di indicatori che il lessico non conosce.",
    why: "La colonna non entra nel dataset.",
    basis: "Dice come il programma ha letto il documento: non è un giudizio sul documento.",
    example: "«Valore tagret».",
    advice: Text {
        it: "se la colonna serve, aggiungerla al suo campo in un lessico e darlo con --lexicon",
        en: "if the column matters, add it to its field in a lexicon and give that with --lexicon",
    },
    gather: None,
    check: Check::Elsewhere,
};

// Found while reading.

//! COR001: una correzione non si applica.

use super::prelude::*;
pub(super) static RULE: Rule = Rule {
    code: "COR001",
    severity: Severity::Warning,
    title: Text { it: "una correzione non si applica", en: "a correction doesn't apply" },
    what: "Righe del file delle correzioni che non trovano il loro documento, indicatore o campo, o che dicono \
          ciò che si legge già.",
    why: "La correzione non ha effetto.",
    basis: "Dice come il programma ha letto il documento: non è un giudizio sul documento.",
    example: "La riga corregge un indicatore che ora ha un altro codice.",
    advice: Text {
        it: "controllare le colonne document, indicator e field",
        en: "check the columns document, indicator and field",
    },
    gather: None,
    check: Check::Elsewhere,
};

// Found while correcting.

//! COR002: una decisione su una coppia non si applica.

use super::prelude::*;
pub(super) static RULE: Rule = Rule {
    code: "COR002",
    severity: Severity::Warning,
    title: Text { it: "una decisione su una coppia non si applica", en: "a decision on a pair doesn't apply" },
    what: "Righe del file delle decisioni (run --matches) di cui almeno un indicatore non sta in nessun documento letto.",
    why: "La decisione non ha effetto.",
    basis: "Dice come il programma ha letto il documento: non è un giudizio sul documento.",
    example: "La riga conferma una coppia con un indicatore che ora ha un altro codice.",
    advice: Text { it: "controllare le colonne left e right", en: "check the columns left and right" },
    gather: None,
    check: Check::Elsewhere,
};

// Found while comparing.

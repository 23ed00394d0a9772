//! NON001: testo non capito.

use super::prelude::*;
pub(super) static RULE: Rule = Rule {
    code: "NON001",
    severity: Severity::Warning,
    title: Text { it: "testo non capito", en: "text not understood" },
    what: "Testi con una cifra accanto a una parola come obiettivo o peso, da cui il programma non ha preso \
          nulla.",
    why: "Può essere un indicatore che manca nel dataset.",
    basis: "Dice come il programma ha letto il documento: non è un giudizio sul documento.",
    example: "«Numero eventi: target 10» in un paragrafo.",
    advice: Text {
        it: "controllare sul documento; se le intestazioni sono di un altro vocabolario, darle con --lexicon",
        en: "look at the document; if the headings are of another vocabulary, give them with --lexicon",
    },
    gather: None,
    check: Check::Elsewhere,
};

// Found while reading.

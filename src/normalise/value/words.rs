//! The Italian words around numbers: units, and the words that say what a number is or is not.

use crate::document::month;

/// Whether `word` is one of the words of `list`.
fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

/// Whether a month's name is written out, so that it can stand alone ("set" and "mar" are other words too).
pub(crate) fn is_full_month(word: &str) -> bool {
    word.len() > 4 && month(word).is_some()
}

/// The unit of a duration, in the plural, in English.
pub(crate) fn duration(word: &str) -> Option<&'static str> {
    Some(match word {
        "gg" | "giorno" | "giorni" | "ggl" => "days",
        "ora" | "ore" | "h" | "hh" => "hours",
        "minuto" | "minuti" | "min" => "minutes",
        "secondo" | "secondi" | "sec" => "seconds",
        "settimana" | "settimane" => "weeks",
        "mese" | "mesi" => "months",
        "anno" | "anni" => "years",
        _ => return None,
    })
}

/// Units that may stand before their number ("Kwh 612.863,800", "mq 500").
pub(crate) fn is_leading_unit(word: &str) -> bool {
    const UNITS: &str = "kwh mwh gwh kw mw smc mc mq m² m³ km kg ton tonnellate litri tep tco2 gb mb tb fte punti";
    listed(UNITS, word)
}

pub(crate) fn is_currency(word: &str) -> bool {
    matches!(word, "euro" | "eur" | "€uro")
}

/// What a word multiplies the number before it by.
pub(crate) fn multiplier(word: &str, glued: bool) -> Option<u32> {
    match word {
        "mila" => Some(1_000),
        "k" if glued => Some(1_000),
        "milione" | "milioni" | "mln" => Some(1_000_000),
        "miliardo" | "miliardi" | "mld" => Some(1_000_000_000),
        _ => None,
    }
}

/// Abbreviations of "number" before a count ("n. 3", "nr 3", "num. 3").
pub(crate) fn is_number_mark(word: &str) -> bool {
    matches!(word, "n" | "nr" | "nn" | "no" | "num" | "nro" | "numero" | "n°" | "nº")
}

/// Prepositions with and without article, as their plain form; other words stay as they are.
pub(crate) fn plain_form(word: &str) -> &str {
    match word {
        "di" | "del" | "dello" | "della" | "dell" | "dei" | "degli" | "delle" | "d" => "di",
        "a" | "ad" | "al" | "allo" | "alla" | "all" | "ai" | "agli" | "alle" => "a",
        "da" | "dal" | "dallo" | "dalla" | "dall" | "dai" | "dagli" | "dalle" => "da",
        "su" | "sul" | "sullo" | "sulla" | "sull" | "sui" | "sugli" | "sulle" => "su",
        "fra" => "tra",
        "sino" => "fino",
        "e" | "ed" => "e",
        "od" | "oppure" => "o",
        "piu" | "piu'" => "più",
        "superiori" => "superiore",
        "inferiori" => "inferiore",
        "maggiori" => "maggiore",
        "minori" => "minore",
        "uguali" | "eguale" => "uguale",
        other => other,
    }
}

pub(crate) fn is_article(word: &str) -> bool {
    matches!(word, "il" | "lo" | "la" | "l" | "i" | "gli" | "le")
}

/// Words that may stand between an operator and its number and change nothing.
pub(crate) fn is_filler(word: &str) -> bool {
    const OTHERS: &str =
        "altri altre ulteriori nuovi nuove circa ca quota soglia limite valore termine importo percentuale";
    is_article(word) || matches!(plain_form(word), "di" | "a") || is_number_mark(word) || listed(OTHERS, word)
}

/// Words that announce the sum of the quantities around them.
pub(crate) fn is_total(word: &str) -> bool {
    matches!(word, "complessivamente" | "complessivi" | "complessive" | "totale" | "totali")
}

/// Words whose number is a name, not a count: parts of a document, acts, periods' ordinals.
pub(crate) fn is_label(word: &str) -> bool {
    const LABELS: &str = "allegato all tabella tab figura fig pagina pag scheda capitolo cap paragrafo par punto sezione titolo \
        nota colonna riga articolo art artt comma lettera lett indicatore kpi obiettivo azione progetto fase \
        livello step attività linea conto missione programma cod codice lotto modulo versione ver classe gruppo \
        area ambito settore ufficio piano conferenza delibera deliberazione determina determinazione decreto \
        legge regolamento reg ordinanza circolare direttiva dl dlgs lgs dpr dm dpcm dg dgr dgc dcc ods prot \
        protocollo provv provvedimento repertorio rep cciaa iso uni covid impresa industria transizione tel telefono via bando avviso \
        misura asse horizon agenda trimestre semestre quadrimestre bimestre";
    listed(LABELS, word)
}

/// Words after which a plain four-digit number is a year.
pub(crate) fn is_year_cue(word: &str) -> bool {
    const CUES: &str = "anno anni annualità esercizio triennio biennio quinquennio nel del dal al dell nell dall all bilancio \
        consuntivo preventivo budget piano piao relazione target monitoraggio dato dati valore entro fine inizio";
    listed(CUES, word) || month(word).is_some()
}

/// Words that announce a figure for comparison, not the quantity itself.
pub(crate) fn is_comparison(word: &str) -> bool {
    matches!(
        plain_form(word),
        "su" | "rispetto" | "fronte" | "contro" | "anziché" | "invece" | "target" | "versus" | "vs"
    )
}

/// Where the noun after a number ends.
pub(crate) fn ends_unit(word: &str) -> bool {
    const STOPS: &str = "che con in nel nella nello nell nei negli nelle per entro presso oltre o e come ogni tra circa rispetto \
        mediante attraverso dopo prima senza cui di a da su sono è ma più max massimo minimo meno almeno durante \
        x";
    listed(STOPS, plain_form(word)) || word.ends_with("mente")
}

/// "sì" and "no", in the spellings documents print.
pub(crate) fn boolean(word: &str) -> Option<bool> {
    match word {
        "sì" | "si" | "sí" | "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// What is printed where there is no value, whatever the role; lower case, without dots.
pub(crate) fn is_placeholder(text: &str) -> bool {
    const PLACEHOLDERS: &[&str] = &[
        "nd",
        "na",
        "np",
        "nc",
        "nr",
        "nq",
        "nv",
        "n/d",
        "n/a",
        "n/p",
        "n/c",
        "n d",
        "n a",
        "non disponibile",
        "non disponibili",
        "non applicabile",
        "non applicabili",
        "non previsto",
        "non previsti",
        "non prevista",
        "non rilevato",
        "non rilevabile",
        "non rilevati",
        "non definito",
        "non definita",
        "kpi non definito",
        "non pertinente",
        "non presente",
        "non valorizzato",
        "non determinato",
        "non determinabile",
        "non calcolabile",
        "non pervenuto",
        "dato non disponibile",
        "dati non disponibili",
        "dato non rilevato",
        "dato non pervenuto",
        "nessun dato",
        "nessun valore",
        "da definire",
        "da determinare",
        "da stabilire",
        "da rilevare",
        "da quantificare",
        "null",
        "none",
        "vuoto",
    ];
    PLACEHOLDERS.contains(&text)
}

/// What is printed instead of a baseline where there is no earlier figure: "nessuno", "nuova attività".
pub(crate) fn is_no_baseline(text: &str) -> bool {
    const THINGS: &str = "attività attivita' progetto indicatore obiettivo servizio iniziativa azione kpi intervento processo \
        procedura prodotto linea misura adempimento programma";
    let mut words = text.split(' ').filter(|word| !matches!(*word, "trattasi" | "di" | "si" | "tratta"));
    match (words.next(), words.next(), words.next()) {
        (Some("nessuno" | "nessuna" | "nuovo" | "nuova" | "assente"), None, _) => true,
        (Some("nuovo" | "nuova" | "nuovi" | "nuove"), Some(thing), None) => listed(THINGS, thing),
        (Some("nessun" | "nessuna"), Some("baseline" | "riferimento" | "storico" | "precedente"), None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_by_name_and_abbreviation() {
        assert_eq!(month("settembre"), Some(9));
        assert_eq!(month("dic"), Some(12));
        assert_eq!(month("mese"), None);
        assert!(is_full_month("maggio") && !is_full_month("mar"));
    }

    #[test]
    fn nothing_earlier_to_compare_with() {
        assert!(is_no_baseline("nuova attività") && is_no_baseline("nessuno") && is_no_baseline("nuovo progetto"));
        assert!(!is_no_baseline("nuovo regolamento") && !is_no_baseline("vecchio regolamento"));
    }
}

//! Cases that must stay silent, or be told once: what careful readers of real documents called wrong or useless.

use super::*;

/// A paragraph, under an objective or none.
fn line(plan: &mut Plan, objective: Option<usize>, text: &str) {
    let cells = vec![Printed::new(text.to_owned(), Source::default())];
    plan.passages.push(Passage { objective, table: None, heading: None, cells, columns: vec![0] });
}

#[test]
fn less_is_better_for_what_goes_to_nothing() {
    no("COE301", &["1 Domande in giacenza al 31 dicembre | b=312 | t12=0"]);
    let slower = yes("COE301", &["1 Tempo medio di evasione | b=3 gg | t12=<= 4 gg"]);
    assert!(slower.hint.contains("abbassarlo") && !slower.hint.contains("alzarlo"), "{}", slower.hint);
    let lower = yes("COE301", &["2 Imprese coinvolte | b=43% | t12=20%"]);
    assert!(lower.hint.contains("alzarlo") && lower.message.contains("«20%»"), "{} {}", lower.message, lower.hint);
}

#[test]
fn values_that_cannot_be_raised() {
    no("COE302", &["1 ispezioni | b=100% | t12=100%", "2 bilancio | b=SI | t12=SI"]);
    no("COE303", &["1 audit | b=100% | t12=100% | t20=100%"]);
    no("COE304", &["1 istanze | t6=75% | t12=75%", "2 bando | t6=si | t12=si", "3 tempi | t6=<= 4 | t12=<= 4"]);
    // The year of one heading is wrong: a half-year and a year-end target are no series.
    no("COE303", &["1 pagamenti | t18=<= -5 | t6=<= -5"]);
}

#[test]
fn causes_that_are_printed() {
    no("COE310", &["1 voucher erogati | t6=>= 90% | a6=86% | note=Ritardo dei Confidi nella rendicontazione"]);
    yes("COE310", &["1 voucher erogati | t6=>= 90% | a6=86% | note=Dato Priamo"]);
    yes("COE310", &["1 Relazione presentata | t6=SI | a6=NO"]);
    let mut one = plan(&["1 mediazioni gestite | t6=>= 150 | a6=118"]);
    line(&mut one, Some(0), "Le mediazioni gestite sono calate per effetto della sentenza della Corte costituzionale.");
    no_in("COE310", &one);
    one.passages[0].cells[0].raw =
        "Le mediazioni gestite riguardano tutte le materie previste dalla legge di riforma.".to_owned();
    yes_in("COE310", &one);
    let mut coded = plan(&["K12 durata media | t6=<= 40 | a6=52"]);
    rows(&mut coded, None, &["K12 | Carenza di mediatori nel secondo trimestre, ora risolta"]);
    no_in("COE310", &coded);
}

#[test]
fn weights_of_a_document_that_gives_none() {
    let levels = |text: Option<&str>| {
        let mut one = sample::plan(Vec::new());
        add(&mut one, "1", "Imprese", &["1 a | t12=1", "2 b | t12=1"]);
        let upper = &mut one.objectives[0];
        upper.level = crate::extract::Level::Strategico;
        add(&mut one, "1.1", "Sportello", &["1 c | t12=1 | w=50", "2 d | t12=1 | w=50", "3 e | t12=1 | w=50"]);
        text.iter().for_each(|text| line(&mut one, None, text));
        one
    };
    no_in("COM303", &levels(None));
    let mut some = levels(None);
    some.indicators[1].weight = Some(measure(Role::Weight, "50"));
    yes_in("COM303", &some);
    let mut equal = levels(Some("Gli indicatori di ente concorrono alla performance con pari peso."));
    equal.indicators[1].weight = Some(measure(Role::Weight, "50"));
    no_in("COM303", &equal);
}

#[test]
fn nodes_that_weigh_indicators_and_objectives() {
    let mut one = sample::plan(Vec::new());
    let upper = add(&mut one, "1.1", "Transizione digitale", &["1 imprese | t12=1 | w=40%"]);
    let upper2 = add(&mut one, "1.2", "Mercati esteri", &[]);
    for (code, above, weight) in
        [("1.1.1", upper, "30%"), ("1.1.2", upper, "30%"), ("1.2.1", upper2, "70%"), ("1.2.2", upper2, "30%")]
    {
        let at = add(&mut one, code, code, &["1 x | t12=1 | w=100%"]);
        one.objectives[at].weight = Some(measure(Role::Weight, weight));
        one.objectives[at].section = Some("Competitività".to_owned());
        one.objectives[at].parent = Some(above);
    }
    no_in("COE101", &one);
    no_in("COE111", &one);
    one.objectives[5].weight = Some(measure(Role::Weight, "50%"));
    assert!(yes_in("COE111", &one).subject.is_some_and(|s| s.contains("1.2")));
}

#[test]
fn a_weight_that_explains_the_printed_result() {
    let mut one = plan(&["1 a | t6=10 | a6=9 | p=90% | w=70", "2 b | t6=5 | a6=5 | p=100% | w=40"]);
    one.objectives[0].achievement = Some(measure(Role::Achievement, "93,00%"));
    assert!(yes_in("COE101", &one).message.contains("con 30 invece di 40"));
    no_in("ACC103", &one);
}

#[test]
fn headings_of_another_year_are_told_once() {
    let finding = yes("ATT102", &["1 progetti | t18=>= 2 | a12=7", "2 eventi | t18=>= 3 | a12=7"]);
    assert_eq!(finding.related.len(), 2);
    assert!(finding.message.contains("(2 indicatori)"));
}

#[test]
fn texts_that_promise_no_more() {
    let mut one = plan(&["2 azioni di miglioramento concluse | t12=>= 1"]);
    line(
        &mut one,
        Some(0),
        "L'obiettivo si propone l'avvio di almeno due azioni di miglioramento; ci si propone di concludere almeno un'azione.",
    );
    no_in("COE227", &one);
    no(
        "COE234",
        &[
            "2 azioni di miglioramento concluse | t6=>= 1 | a6=1 | note=Mancano alla conclusione 30 interviste. Nell'anno è stata avviata (e conclusa) la mappatura",
        ],
    );
    no(
        "COE234",
        &[
            "1 sottoscrizione accordi | t6=3 | a6=4 | note=1 Accordo con il Comune; 1 Accordo per le PA; 2 progetti; in corso di sottoscrizione accordi con la Provincia",
        ],
    );
    let mut planned = plan(&["1 aspiranti imprenditori assistiti dallo sportello | t6=>= 150 | a6=148"]);
    line(
        &mut planned,
        None,
        "Come programmato, nel primo semestre lo sportello avrebbe dovuto assistere 150 aspiranti imprenditori assistiti dallo sportello.",
    );
    no_in("COE232", &planned);
}

#[test]
fn methods_that_say_how() {
    for method in
        ["data graduatoria – data chiusura bando", "conteggio delle imprese", "Proventi / oneri", "SI/NO nei termini"]
    {
        no("COM104", &[&format!("1 graduatoria | alg={method} | t12=Sì")]);
    }
}

#[test]
fn starting_values_that_nobody_has() {
    no("COM301", &["1 a | b=3 | t12=4", "2 b | b=5 | t12=6", "3 Adozione del regolamento | t12=31/12/2019"]);
    let mut noted = plan(&["1 a | b=3 | t12=4", "2 b | b=5 | t12=6", "3 eventi | b=– | t12=4"]);
    yes_in("COM301", &noted);
    line(&mut noted, None, "Quelli contrassegnati con “–” si riferiscono ad attività di nuova istituzione.");
    no_in("COM301", &noted);
}

#[test]
fn a_gap_in_a_series_of_the_document() {
    let series = |numbers: [&str; 6]| {
        let mut one = sample::plan(Vec::new());
        for (objective, pair) in numbers.chunks(2).enumerate() {
            let texts: Vec<String> = pair.iter().map(|n| format!("{n} nome {n}{objective} | t12=1")).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            add(&mut one, &format!("1.{objective}"), &format!("Titolo {objective}"), &texts);
        }
        one
    };
    no_in("COE219", &series(["K1", "K2", "K3", "K4", "K5", "K6"]));
    assert!(yes_in("COE219", &series(["K1", "K2", "K3", "K4", "K4", "K5"])).message.contains("K4"));
    assert!(yes_in("COE219", &series(["K1", "K2", "K3", "K5", "K6", "K7"])).message.contains("manca il numero 4"));
}

#[test]
fn objectives_that_are_announced() {
    let with = |text: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        for code in ["OS1", "OS2", "OS3"] {
            add(&mut one, code, &format!("Titolo {code}"), &["1 a | t12=1"]);
        }
        line(&mut one, None, text);
        one
    };
    yes_in("COE204", &with("Come detto, si veda l'obiettivo OS5 per i dettagli."));
    no_in("COE204", &with("L'obiettivo OS5 sarà declinato nell'aggiornamento di giugno."));
}

#[test]
fn lists_that_name_two_codes_in_a_cell() {
    let mut one = sample::plan(Vec::new());
    let codes = ["1.1.1", "1.1.2", "1.2.1", "1.2.2", "2.1.1", "2.1.2"];
    for code in codes {
        add(&mut one, code, &format!("Titolo {code}"), &["1 a | t12=1"]);
    }
    rows(
        &mut one,
        None,
        &["1.1.1 Bandi; 1.1.2 Sportello", "1.2.1 Missioni; 1.2.2 Fiere", "2.1.1 Tempi; 2.1.2 Pagamenti"],
    );
    no_in("COE233", &one);
    one.passages[2].cells[0].raw = "2.1.1 Tempi".to_owned();
    assert!(yes_in("COE233", &one).message.contains("2.1.2"));
}

#[test]
fn dates_of_notes_and_averages_kept() {
    no("ATT104", &["4 consumi | t6=-1% | a6=6/8/19: fatture fino al 3/5/2019, -6,93%"]);
    no("ACC101", &["4 consumi | t6=Mantenimento dei consumi rispetto alla media | t12=-1,00% | a6=-6,93% | v=-6,93%"]);
}

#[test]
fn a_target_in_words_is_a_target() {
    let mut one = plan(&["1 sportelli attivati | w=100"]);
    yes_in("COM101", &one);
    line(
        &mut one,
        Some(0),
        "A inizio lavori si era stimato un numero di sportelli aggiuntivi pari a 30. Non raggiunto.",
    );
    no_in("COM101", &one);
}

#[test]
fn accounts_in_another_column() {
    let mut one = plan(&["1 a | t12=1"]);
    for n in 1..6 {
        budget(&mut one, 0, &format!("{n}.000,00"), Some("conto 330001 linea 1"));
    }
    budget(&mut one, 0, "40.000,00", None);
    yes_in("COM307", &one);
    rows(&mut one, Some(0), &["40.000,00 | conto 330001 - linea 1 | B002"]);
    no_in("COM307", &one);
    // Years are no account.
    budget(&mut one, 0, "7.122,19", Some("bandi 2018/2019"));
    yes_in("COM307", &one);
}

#[test]
fn entries_of_sheets_are_no_titles() {
    let mut one = plan(&["1 a | t12=1"]);
    one.objectives[0].title = "Rendicontazione chiara dei risultati dell'attività dell'Ente".to_owned();
    rows(&mut one, None, &["Altrove | Rendicontazione chiare dei risultati dell'attività dell'Ente"]);
    no_in("COE205", &one);
    one.passages[0].cells.remove(0);
    one.passages[0].columns.remove(0);
    yes_in("COE205", &one);
    one.passages[0].cells[0].raw =
        "Obiettivo E01 - Rendicontazione chiare dei risultati dell'attività dell'Ente".to_owned();
    no_in("COE205", &one);
}

#[test]
fn shares_made_to_add_up() {
    let table = |first: &str, last: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        let (first, last) = (format!("fino a 25 | 61 | {first}"), format!("oltre | 38 | {last}"));
        rows(&mut one, None, &[&first, "fino a 40 | 38 | 28%", &last]);
        one
    };
    // 44,53, 27,74 and 27,74 make 100 only so.
    no_in("ACC123", &table("44%", "28%"));
    yes_in("ACC123", &table("45%", "29%"));
}

//! Cases of the rules on tables, prose, codes and dates.

use super::*;

/// Rows of a table of its own.
fn table(plan: &mut Plan, number: usize, texts: &[&str]) {
    let before = plan.passages.len();
    rows(plan, None, texts);
    plan.passages.iter_mut().skip(before).for_each(|p| p.table = Some(number));
}

fn with_table(texts: &[&str]) -> Plan {
    let mut one = plan(&["1 a | t12=1"]);
    table(&mut one, 1, texts);
    one
}

fn with_text(text: &str) -> Plan {
    let mut one = plan(&["1 incontri con le scuole | t12=2", "2 tempi | t12=5"]);
    rows(&mut one, Some(0), &[text]);
    one
}

#[test]
fn totals() {
    let staff = |total: &str| {
        let total = format!("TOTALE | {total}");
        with_table(&[
            "Area | Dipendenti",
            "Staff | 8",
            "Promozione | 27",
            "Anagrafica | 64",
            "Amministrativa | 37",
            &total,
        ])
    };
    let finding = yes_in("ACC115", &staff("137"));
    assert_eq!(finding.arithmetic.as_deref(), Some("8 + 27 + 64 + 37 = 136"));
    no_in("ACC115", &staff("136"));
    // A mean, and figures that aren't added up.
    no_in("ACC115", &staff("34"));
    let shares = with_table(&["Età | %", "a | 15%", "b | 44%", "c | 42%", "Totale | 100%"]);
    no_in("ACC115", &shares);
    let results = |whole: &str| {
        let whole = format!("Performance dell'ente | 100% | {whole}");
        with_table(&["Ambito | Peso | Performance", "A | 40% | 97,56%", "B | 35% | 95,51%", "C | 25% | 99,20%", &whole])
    };
    yes_in("ACC116", &results("98,25%"));
    no_in("ACC116", &results("97,25%"));
}

#[test]
fn achievements() {
    yes("ACC117", &["1 imprese aderenti | t6=>= 70 | a6=n.d. | p=100%"]);
    no("ACC117", &["1 imprese aderenti | t6=>= 70 | a6=72 | p=100%"]);
    let capped = ["1 a | t6=>= 10 | a6=12 | p=100%", "2 b | t6=>= 20 | a6=22 | p=100%"];
    yes("ACC120", &[capped[0], capped[1], "3 c | t6=>= 2.000 | a6=2.315 | p=115,75%"]);
    no("ACC120", &[capped[0], capped[1], "3 c | t6=>= 2.000 | a6=2.315 | p=100%"]);
    yes("ACC109", &["1 bando | t6=entro il 31/01/2019 | a6=15/02/2019 | p=100%"]);
    no("ACC109", &["1 bando | t6=entro il 31/01/2019 | a6=15/01/2019 | p=100%"]);
    yes("COE310", &["1 a | t6=>= 75% | a6=54,47%"]);
    no("COE310", &["1 a | t6=>= 75% | a6=80%", "2 b | t6=<= 90 | a6=67", "3 c | t6=>= 4 | a6=3 | p=100%"]);
}

#[test]
fn words_in_texts() {
    yes_in("ACC118", &with_text("Obiettivo 2: Obiettivo 2 - PROGETTO PID"));
    no_in("ACC118", &with_text("Obiettivo 2: progetto 2"));
    let acronyms = "adozione del SMVP, aggiornamento del SMVP, parere sul SMVP, SMVP vigente, SMVP pubblicato";
    yes_in("ACC119", &with_text(&format!("{acronyms} | nuovo SVMP")));
    no_in("ACC119", &with_text(&format!("{acronyms} | nuovo SMVP")));
    yes_in("ACC104", &with_text("incontri svolti: 12 + 7 = 20"));
    no_in("ACC104", &with_text("incontri svolti: 12 + 7 = 19, 41 su 50 (82%)"));
    yes_in("ATT106", &with_text("entro il 31/06/2019"));
    no_in("ATT106", &with_text("entro il 30/06/2019"));
    yes_in("COE226", &with_text("La guida è articolata in tre sezioni: 1) norme; 2) schede; 3) domande; 4) novità"));
    no_in("COE226", &with_text("La guida è articolata in tre sezioni: 1) norme; 2) schede; 3) domande"));
    yes_in(
        "COM404",
        &with_text("Il dato sarà noto a luglio. [DA VERIFICARE CON UFFICIO PROMOZIONE prima della Giunta]"),
    );
    yes_in("COM404", &with_text("Le imprese assistite crescono (inserire grafico)."));
    no_in(
        "COM404",
        &with_text("Il dato (da verificare con l'ente gestore entro l'anno secondo la norma) è provvisorio"),
    );
    let promise = "Nel corso dell'anno dovranno essere sviluppati con le reti del territorio almeno 3 incontri.";
    yes_in("COE227", &with_text(promise));
    no_in("COE227", &with_text(&promise.replace('3', "2")));
    yes_in("COE217", &with_text("responsabile il sig. Aldo Neri | e il dr Aldo Neri"));
    no_in("COE217", &with_text("responsabile il dott. Aldo Neri | e il dr Aldo Neri"));
}

#[test]
fn acts() {
    let cited = |last: &str| {
        let first = "approvato dalla Giunta con deliberazione della Giunta n. 42 del 21.04.2019";
        with_text(&format!("{first} | con deliberazione della Giunta n. 43 del {last}"))
    };
    yes_in("COE225", &cited("15.4.2019"));
    no_in("COE225", &cited("25.4.2019"));
}

#[test]
fn references_and_codes() {
    let mut one = sample::plan(Vec::new());
    for code in ["OS1.1", "OS1.2", "OS2.1"] {
        add(&mut one, code, &format!("Titolo di {code}"), &[]);
    }
    rows(&mut one, None, &["per le azioni di vigilanza si veda l'obiettivo OS2.4."]);
    yes_in("COE204", &one);
    rows(&mut one, None, &["OS2.4 Vigilanza | 10%"]);
    no_in("COE204", &one);
    let mut twice = sample::plan(Vec::new());
    for (code, title) in
        [("3.1", "Salute economica"), ("3.2", "Digitale"), ("2.1", "Tempi"), ("2.2", "Turismo"), ("1.1", "Export")]
    {
        add(&mut twice, code, title, &["1 a | t12=1"]);
    }
    no_in("COE224", &twice);
    add(&mut twice, "3.1", "Valorizzare le persone", &["1 b | t12=1"]);
    yes_in("COE224", &twice);
    let mut spelt = plan(&["1 a | t12=1"]);
    spelt.objectives[0].title = "Dotazione del personale dipendente appositamente individuato".to_owned();
    rows(&mut spelt, None, &["3 | Dotazione del personale dipendenti appositamente individuato"]);
    yes_in("COE205", &spelt);
    spelt.passages[0].cells[1].raw = "DOTAZIONE DEL PERSONALE DIPENDENTE, APPOSITAMENTE INDIVIDUATO".to_owned();
    no_in("COE205", &spelt);
}

#[test]
fn the_same_measure_elsewhere() {
    let two = |second: &str| {
        let mut one = sample::plan(Vec::new());
        add(
            &mut one,
            "1.6",
            "Estero",
            &["8 iniziative per l'internazionalizzazione svolte direttamente | t12=>= 10 | a12=37"],
        );
        add(&mut one, "3", "Programma per l'estero", &[second]);
        one
    };
    yes_in("COE223", &two("1 iniziative realizzate per l'internazionalizzazione | t12=>= 7 | a12=37"));
    no_in("COE223", &two("1 iniziative realizzate per l'internazionalizzazione | t12=>= 10 | a12=37"));
    no_in("COE223", &two("1 procedure per le nomine | t12=>= 7 | a12=37"));
    let mut prose = plan(&["1 imprese assistite dal punto digitale | t6=>= 200 | a6=247"]);
    rows(&mut prose, None, &["Nel semestre le imprese assistite dal punto digitale sono state 274, in crescita"]);
    yes_in("COE232", &prose);
    prose.passages[0].cells[0].raw = "Nel semestre le imprese assistite dal punto digitale sono state 247".to_owned();
    no_in("COE232", &prose);
}

#[test]
fn weights_of_objectives() {
    let mut one = sample::plan(Vec::new());
    for (code, section, weight) in [("1.1", "A", "60%"), ("1.2", "A", "40%"), ("2.1", "B", "50%"), ("2.2", "B", "40%")]
    {
        let index = add(&mut one, code, &format!("Titolo {code}"), &["1 a | t12=1"]);
        one.objectives[index].section = Some(section.to_owned());
        one.objectives[index].weight = Some(measure(Role::Weight, weight));
    }
    yes_in("COE111", &one);
    one.objectives[3].weight = Some(measure(Role::Weight, "50%"));
    no_in("COE111", &one);
    let mut groups = sample::plan(Vec::new());
    groups.groups.push(sample::group("97,90%", "8", "7,83"));
    add(&mut groups, "6.1", "Sedi", &["26 piano | t12=1 | w=40"]);
    add(&mut groups, "6.3", "Tempi", &["27 tempi | t12=1 | w=60"]);
    groups.indicators.iter_mut().for_each(|i| i.group = Some(0));
    yes_in("COE112", &groups);
    groups.indicators[1].objective = Some(0);
    no_in("COE112", &groups);
}

#[test]
fn series_and_deadlines() {
    yes("COE311", &["1 a | b=250 | t12=>= 280 | t20=>= 300 | t21=>= 290"]);
    no("COE311", &["1 a | b=250 | t12=>= 280 | t20=>= 300 | t21=>= 310"]);
    yes("COE311", &["1 tempi | t12=>= 2,8 | t20=<= 2,7 | t21=<= 2,6"]);
    no("COE311", &["1 tempi | t12=<= 82 | t20=<= 81 | t21=<= 80"]);
    yes("ATT107", &["1 bando | t12=entro il 31/10/2018"]);
    no("ATT107", &["1 bando | t12=entro il 31/10/2019"]);
    yes("ATT107", &["1 bando | t6=entro il 15/04/2019 | t12=entro il 15/03/2019"]);
    yes("COE313", &["1 a | t12=>= 150 | r12=>= 185 | note=Rimodulato in riduzione"]);
    no("COE313", &["1 a | t12=>= 150 | r12=>= 115 | note=Rimodulato in riduzione"]);
    yes("COM308", &["1 riduzione rispetto all'anno precedente | b=Nuova attività | t12=5%"]);
    no("COM308", &["1 riduzione rispetto all'anno precedente | b=120 | t12=5%"]);
}

#[test]
fn types_and_perspectives() {
    let mut one = plan(&["1 a | t12=1"]);
    one.indicators[0].types = vec!["efficacia esterna".to_owned(), "efficacia interna".to_owned()];
    yes_in("COE229", &one);
    one.indicators[0].types.pop();
    no_in("COE229", &one);
    let mut sheets = sample::plan(Vec::new());
    for n in 1..8 {
        let index = add(&mut sheets, &format!("1.{n}"), "Titolo", &[]);
        sheets.objectives[index].sheet.perspective = Some("Crescita".to_owned());
    }
    no_in("COE228", &sheets);
    sheets.objectives[6].sheet.perspective = Some("Tutela della legalità".to_owned());
    yes_in("COE228", &sheets);
    let comments: Vec<String> = (1..8).map(|n| format!("{n} a{n} | t6=1 | a6=1 | note=svolto")).collect();
    let mut texts: Vec<&str> = comments.iter().map(String::as_str).collect();
    no("COM206", &texts);
    texts.push("8 b | t6=1 | a6=37");
    yes("COM206", &texts);
}

#[test]
fn lists_of_objectives() {
    let listed = |codes: &[&str]| {
        let mut one = sample::plan(Vec::new());
        for code in ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"] {
            add(&mut one, code, &format!("Titolo {code}"), &["1 a | t12=1"]);
        }
        let texts: Vec<String> = codes.iter().map(|c| format!("{c} Titolo | 10%")).collect();
        table(&mut one, 1, &texts.iter().map(String::as_str).collect::<Vec<_>>());
        one
    };
    let all = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"];
    no_in("COE233", &listed(&all));
    assert!(yes_in("COE233", &listed(&["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4"])).message.contains("2.4"));
    assert!(yes_in("COE233", &listed(&["1.1", "1.2", "1.3", "2.1", "2.2"])).message.contains("5 obiettivi su 6"));
    no_in("COE233", &listed(&["1.1", "1.2"]));
}

#[test]
fn years_of_headings() {
    let headed = |text: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        rows(&mut one, None, &[text]);
        one.passages[0].table = None;
        one
    };
    yes_in("ATT108", &headed("Allegato 1 – Risultati dell'esercizio 2018"));
    no_in("ATT108", &headed("Allegato 1 – Risultati dell'esercizio 2019"));
    no_in("ATT108", &headed("Allegato 1 – Confronto con l'esercizio 2018"));
    let mut title = headed("Obiettivo 1: recupero dei bilanci dell'esercizio 2015");
    title.passages[0].heading = Some(2);
    no_in("ATT108", &title);
}

#[test]
fn headings_and_orders() {
    let years = |last: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        for (number, head) in ["2022", "2022", last].iter().enumerate() {
            let head = format!("Cosa | Val. att. {head} | Ris. 31/12");
            table(&mut one, number + 1, &[&head, "a | 1 | 2"]);
        }
        one
    };
    yes_in("COE230", &years("2021"));
    no_in("COE230", &years("2022"));
    let order =
        |day: &str| with_table(&["8/3/20 | a", "10/3/20 | b", "12/3/20 | c", "22/3/20 | d", day, "25/3/20 | f"]);
    yes_in("COE231", &order("20/3/20 | e"));
    no_in("COE231", &order("23/3/20 | e"));
    let tree = |last: &str| with_table(&["4.1 Lavoro | PCTO", "4.2 Incontro | bando", "4.3 Competenze | corsi", last]);
    yes_in("COM406", &tree("4.4 Valutazione"));
    no_in("COM406", &tree("4.4 Valutazione | esami"));
}

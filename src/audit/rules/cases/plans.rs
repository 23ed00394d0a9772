//! Cases of the rules on what a plan says of itself in two places: counts, lists, bands, sums, copied texts.

use super::*;

fn text(plan: &mut Plan, raw: &str) {
    let cells = vec![Printed::new(raw.to_owned(), Source::default())];
    plan.passages.push(Passage { objective: None, table: None, heading: None, cells, columns: vec![0] });
}

/// A table of its own number.
fn table(plan: &mut Plan, number: usize, texts: &[&str]) {
    let from = plan.passages.len();
    rows(plan, None, texts);
    for passage in plan.passages.iter_mut().skip(from) {
        passage.table = Some(number);
    }
}

/// A report of 2019 with five objectives of two indicators each.
fn five() -> Plan {
    let mut one = sample::plan(Vec::new());
    for n in 1..6 {
        let code = format!("1.{n}");
        add(
            &mut one,
            &code,
            &format!("Titolo numero {n}"),
            &["1 prima misura | t12=10 | a12=11", "2 altra misura | t12=5 | a12=5"],
        );
    }
    one
}

#[test]
fn signs_lost_in_a_series() {
    let of = |raw: &[&str]| {
        let mut one = sample::plan(Vec::new());
        let text = format!("1 imprese soddisfatte | t12={} | t20={} | t21={}", raw[0], raw[1], raw[2]);
        add(&mut one, "1.1", "Qualità", &[&text]);
        one
    };
    yes_in("ACC105", &of(&[">= 88%", "90", ">= 92%"]));
    no_in("ACC105", &of(&[">= 88%", "90%", ">= 92%"]));
    // A count beside a share.
    no_in("ACC105", &of(&[">= 8%", "90", ">= 9%"]));
}

#[test]
fn announced_counts() {
    let mut one = five();
    text(&mut one, "Il Piano individua cinque obiettivi e 10 indicatori, misurati a fine anno.");
    no_in("COE256", &one);
    text(&mut one, "Hanno concorso alla performance due Servizi, con sei obiettivi e 9 indicatori.");
    let found = found(&one, "COE256");
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn missions_and_programmes() {
    let mut one = five();
    for code in ["011", "012", "016"] {
        text(&mut one, &format!("Missione {code} – titolo"));
    }
    text(&mut one, "Per gli obiettivi della missione 012 si rinvia al bilancio.");
    no_in("COE257", &one);
    text(&mut one, "Per gli obiettivi della missione 033 si rinvia al Piano.");
    yes_in("COE257", &one);
    let mut two = five();
    table(
        &mut two,
        1,
        &["011-005 Competitività | 10.000,00", "012-004 Mercati | 9.000,00", "032-003 Servizi | 8.000,00"],
    );
    table(&mut two, 2, &["Missione-Programma | 011-005", "Missione-Programma | 012-004"]);
    no_in("COE257", &two);
    table(&mut two, 3, &["Missione-Programma | 032-002"]);
    yes_in("COE257", &two);
}

#[test]
fn copied_texts() {
    let mut one = sample::plan(Vec::new());
    let formula = "n. pratiche evase entro 5 giorni / n. pratiche pervenute";
    add(&mut one, "3.1", "Tempi", &[&format!("1 pratiche evase entro 5 giorni | alg={formula} | t12=80%")]);
    add(&mut one, "4.2", "Dematerializzare", &[&format!("1 comunicazioni inviate via PEC | alg={formula} | t12=60%")]);
    assert!(yes_in("COE258", &one).subject.is_some_and(|s| s.contains("PEC")));
    one.indicators[1].name = "pratiche evase a norma".to_owned();
    no_in("COE258", &one);

    let mut two = sample::plan(Vec::new());
    let note = "Webinar molto partecipati, con le associazioni";
    add(&mut two, "1.1", "Tecnologie", &[&format!("1 seminari e webinar | t12=5 | a12=6 | note={note}")]);
    add(&mut two, "2.1", "Vigilanza", &[&format!("1 ispezioni su prodotti | t12=5 | a12=6 | note={note}")]);
    assert!(yes_in("COE263", &two).subject.is_some_and(|s| s.contains("ispezioni")));
    two.indicators[1].note = Some("Ispezioni concluse".to_owned());
    no_in("COE263", &two);

    let mut three = sample::plan(Vec::new());
    let title = "Recupero dell'arretrato dei bilanci e dell'artigianato";
    add(&mut three, "PO.1", title, &["1 bilanci arretrati lavorati | t12=100%"]);
    add(&mut three, "PO.2", title, &["1 acquisti sul mercato elettronico | t12=80%"]);
    three.objectives[1].owner = Some("Provveditorato".to_owned());
    assert!(yes_in("COE259", &three).subject.is_some_and(|s| s.contains("PO.2")));
    three.indicators[1].name = "bilanci arretrati ancora sospesi".to_owned();
    no_in("COE259", &three);
}

#[test]
fn one_name_with_two_targets() {
    let mut one = sample::plan(Vec::new());
    add(&mut one, "2.2", "Mediazione", &["1 procedure di mediazione avviate | t12=>= 150 | a12=131"]);
    add(&mut one, "4.2", "Trasparenza", &["1 procedure di mediazione avviate | t12=8 | a12=8"]);
    yes_in("COE203", &one);
    one.indicators[1].name = "sezioni aggiornate del sito".to_owned();
    no_in("COE203", &one);
}

#[test]
fn counts_over_the_year() {
    yes("COE260", &["1 imprese partecipanti | t6=45 | t12=40"]);
    no("COE260", &["1 imprese partecipanti | t6=20 | t12=40"]);
    no("COE260", &["1 tempo medio di attesa | t6=45 | t12=40"]);
    let falling = |name: &str, last: &str| {
        let mut one = plan(&[&format!("1 {name} | t12=>= 450 | a6=260")]);
        let mut later = dated(Role::Actual, "a12", last);
        later.period = Some(Date::constant(2019, 9, 30));
        one.indicators[0].actuals.push(later);
        one
    };
    yes_in("COE261", &falling("incontri organizzati", "241"));
    no_in("COE261", &falling("incontri organizzati", "300"));
    no_in("COE261", &falling("tempo medio di attesa", "241"));
    yes("ACC135", &["1 imprese coinvolte | t12=250 | t20=300 | t21=1.350"]);
    no("ACC135", &["1 imprese coinvolte | t12=250 | t20=300 | t21=350"]);
    yes("COE305", &["1 posizioni cancellate | t12=400 | r12=240 | a6=252"]);
    no("COE305", &["1 posizioni cancellate | t12=400 | r12=340 | a6=252"]);
}

#[test]
fn the_same_decimals_at_two_dates() {
    let of = |last: &str| {
        let mut one = sample::plan(Vec::new());
        for n in 0..5 {
            add(&mut one, &format!("1.{n}"), "Titolo", &[&format!("1 misura | t12=80% | a6=4{n},5% | a12=6{n},5%")]);
        }
        add(&mut one, "2.1", "Riscossione", &[&format!("1 riscossione | t12=80% | a6=64,10% | a12={last}")]);
        one
    };
    yes_in("ACC136", &of("64,10%"));
    no_in("ACC136", &of("71,30%"));
}

#[test]
fn resources() {
    let mut one = five();
    text(&mut one, "Stanziate € 640.000,00 – Utilizzate € 611.200,00");
    no_in("COE262", &one);
    text(&mut one, "Stanziate € 900.000,00 – Utilizzate € 948.000,00");
    yes_in("COE262", &one);
    let mut two = five();
    table(&mut two, 1, &["Ambito | di cui maggiorazione | Totale", "Ambito 1 | 10.000,00 | 20.000,00"]);
    no_in("COE262", &two);
    table(&mut two, 2, &["Ambito | di cui maggiorazione | Totale", "Ambito 3 | 40.000,00 | 35.000,00"]);
    yes_in("COE262", &two);
    let mut three = five();
    let summary = |last: &'static str| ["Missione | Risorse (€)", "011 | 300,00", "012 | 200,00", last];
    for (at, code) in ["011", "012", "032"].iter().enumerate() {
        text(&mut three, &format!("Missione {code} – titolo"));
        table(
            &mut three,
            at + 1,
            &["Obiettivo | Risorse (€)", "primo | 100,00", if at == 0 { "altro | 200,00" } else { "altro | 100,00" }],
        );
    }
    let mut right = three.clone();
    table(&mut right, 9, &summary("032 | 200,00"));
    no_in("COE270", &right);
    table(&mut three, 9, &summary("032 | 150,00"));
    yes_in("COE270", &three);
}

#[test]
fn comments_with_another_figure() {
    let of = |note: &str| {
        let mut one = sample::plan(Vec::new());
        add(
            &mut one,
            "3.3",
            "Mercati",
            &[&format!("1 imprese partecipanti a missioni | t12=30 | a12=27 | note={note}")],
        );
        one
    };
    yes_in("COE264", &of("31 imprese, di cui 12 alla prima esperienza"));
    no_in("COE264", &of("27 imprese, di cui 12 alla prima esperienza"));
    no_in("COE264", &of("12 imprese alla prima esperienza"));
}

#[test]
fn amounts_of_the_text() {
    let mut one = five();
    table(&mut one, 1, &["Missione | Risorse", "011 | 335.000,00", "Totale | 475.000,00"]);
    text(&mut one, "Le risorse ammontano complessivamente a € 475.000,00.");
    no_in("COE265", &one);
    text(&mut one, "Le risorse ammontano complessivamente a € 457.000,00.");
    yes_in("COE265", &one);
    text(
        &mut one,
        "Le iniziative sono costate € 120.000,00, di cui € 70.000,00 per i bandi e € 50.000,00 per le fiere.",
    );
    no_in("ACC134", &one);
    text(
        &mut one,
        "Le iniziative sono costate € 120.000,00, di cui € 80.000,00 per i bandi e € 50.000,00 per le fiere.",
    );
    yes_in("ACC134", &one);
}

#[test]
fn staff_of_the_text() {
    let mut one = five();
    let rows = [
        "Categoria | Uomini | Donne | Totale",
        "Dirigenti | 2 | 1 | 3",
        "Categoria D | 6 | 11 | 17",
        "Totale | 20 | 41 | 61",
    ];
    table(&mut one, 1, &rows);
    text(&mut one, "La Camera opera con 61 dipendenti in due sedi.");
    no_in("COE269", &one);
    text(&mut one, "La Camera opera con 63 dipendenti in due sedi.");
    yes_in("COE269", &one);
}

#[test]
fn day_of_the_survey() {
    let mut one = five();
    text(&mut one, "Rilevazione: consuntivo al 31/12/2019");
    text(&mut one, "I dati si riferiscono al 31/12/2019.");
    no_in("COE266", &one);
    let mut two = five();
    text(&mut two, "Rilevazione: consuntivo al 30/06/2019");
    text(&mut two, "I dati si riferiscono al 31/12/2019.");
    yes_in("COE266", &two);
}

#[test]
fn bands_and_statuses() {
    let legend =
        ["Semaforo | Avanzamento", "VERDE | da 75% a 100%", "GIALLO | da 50% a 74,99%", "ROSSO | inferiore a 50%"];
    let good = ["prima voce | 80,00% | VERDE", "altra voce | 60,00% | GIALLO", "terza voce | 99,00% | VERDE"];
    let mut one = five();
    table(&mut one, 1, &legend);
    table(&mut one, 2, &good);
    no_in("COE267", &one);
    table(&mut one, 3, &["quarta voce | 45,00% | VERDE"]);
    yes_in("COE267", &one);
    let mut two = plan(&[]);
    let states = ["VERDE", "VERDE", "VERDE", "GIALLO", "GIALLO"];
    let texts: Vec<String> =
        states.iter().enumerate().map(|(n, s)| format!("{n} misura {n} | t12=5 | a6=2 | mon={s}")).collect();
    add(&mut two, "2.1", "Stati", &texts.iter().map(String::as_str).collect::<Vec<_>>());
    text(&mut two, "Degli indicatori 3 sono in verde e 2 in giallo.");
    no_in("COE268", &two);
    text(&mut two, "Degli indicatori 4 sono in verde e 2 in giallo.");
    yes_in("COE268", &two);
}

#[test]
fn calculations_of_tables() {
    let head = "Processo | Probabilità | Impatto | Rischio";
    let good = ["Contributi | 3 | 4 | 12 – medio", "Acquisti | 3 | 3 | 9 – medio", "Cancellazioni | 2 | 3 | 6 – basso"];
    let mut one = five();
    table(&mut one, 1, &[&[head][..], &good[..]].concat());
    no_in("ACC133", &one);
    let mut two = five();
    table(&mut two, 1, &[&[head][..], &good[..], &["Sanzioni | 2 | 4 | 9 – medio"][..]].concat());
    yes_in("ACC133", &two);
    let budget = [
        "Programma | Preventivo | Consuntivo | %",
        "a | 100,00 | 50,00 | 50,00%",
        "b | 200,00 | 80,00 | 40,00%",
        "c | 300,00 | 90,00 | 30,00%",
        "d | 18.000 | 12.060 | 76,00%",
    ];
    let mut three = five();
    table(&mut three, 1, &budget);
    yes_in("ACC133", &three);
    let staff = [
        "Categoria | In servizio | Cessazioni | Assunzioni",
        "Dirigenti | 2 | 1 | -",
        "D | 17 | 1 | 1",
        "C | 32 | 2 | 3",
        "Totale | 51 | 4 | 3",
    ];
    let mut four = five();
    table(&mut four, 1, &staff);
    yes_in("ACC115", &four);
}

#[test]
fn periods_out_of_place() {
    let mut one = five();
    one.card.kind = DocumentKind::Plan;
    one.card.years = Some((2019, 2021));
    table(&mut one, 1, &["Fase | I trim. | II trim.", "Iscrizione (entro il 31/12/2019) | X | -"]);
    text(&mut one, "Il Piano della performance 2019-2021 è pubblicato nel sito.");
    no_in("ATT116", &one);
    no_in("ATT118", &one);
    table(&mut one, 2, &["Fase | I trim. | II trim.", "Iscrizione (entro il 31/01/2020) | X | -"]);
    text(&mut one, "Il Piano della performance 2018-2020 è pubblicato nel sito.");
    yes_in("ATT116", &one);
    yes_in("ATT118", &one);
    let mut two = five();
    text(&mut two, "Il prossimo monitoraggio sarà effettuato al 31 dicembre 2020.");
    text(&mut two, "Il bando, che sarà rifinanziato, è stato approvato il 3 marzo 2018.");
    no_in("ATT117", &two);
    text(&mut two, "Il prossimo monitoraggio sarà effettuato al 31 dicembre 2018.");
    yes_in("ATT117", &two);
}

#[test]
fn next_years_target() {
    yes_in("ATT119", &{
        let mut one = sample::plan(Vec::new());
        add(&mut one, "2", "Turismo", &["1 operatori coinvolti | t12=>= 60 | a12=63 | t20=>= 60"]);
        one
    });
    no_in("ATT119", &{
        let mut one = sample::plan(Vec::new());
        add(&mut one, "2", "Turismo", &["1 operatori coinvolti | t12=>= 60 | a12=63 | t20=>= 70"]);
        one
    });
}

#[test]
fn headings_of_another_year() {
    let of = |tag: &str| {
        let mut one = sample::plan(Vec::new());
        for n in 1..8 {
            add(&mut one, &format!("1.{n}"), "Titolo", &["1 misura | b18=3 | t12=5"]);
        }
        add(&mut one, "2.1", "Studenti", &["1 studenti coinvolti | b=900 | t12=950"]);
        let last = one.indicators.len() - 1;
        let mut start = dated(Role::Baseline, "b18", "900");
        start.period = Some(if tag == "odd" { Date::constant(2017, 12, 31) } else { Date::constant(2018, 12, 31) });
        one.indicators[last].baseline = Some(start);
        for indicator in &mut one.indicators[..last] {
            indicator.baseline = Some(dated(Role::Baseline, "b18", "3"));
        }
        one
    };
    yes_in("ATT120", &of("odd"));
    no_in("ATT120", &of("same"));
}

#[test]
fn references_in_the_documents_own_form() {
    let mut one = sample::plan(Vec::new());
    for code in ["A.1", "A.2", "B.1", "B.2"] {
        add(&mut one, code, &format!("Titolo {code}"), &["1 misura | t12=5"]);
    }
    text(&mut one, "Si veda l'obiettivo B.2.");
    no_in("COE204", &one);
    text(&mut one, "Si rinvia all'obiettivo D.1.");
    yes_in("COE204", &one);
    let mut two = five();
    for n in 1..4 {
        table(&mut two, n, &[&format!("OP 1.{n} Titolo")]);
    }
    text(&mut two, "La performance è collegata agli obiettivi OP 1.1, OP 1.2 e OP 1.3.");
    no_in("COE204", &two);
    text(&mut two, "La performance è collegata agli obiettivi OP 1.1, OP 1.2 e OP 1.9.");
    yes_in("COE204", &two);
    let mut three = five();
    table(&mut three, 1, &["2.1 | Semplificazione", "2.2 | Tutela", "3.1 | Equilibrio"]);
    for code in ["2.1 Semplificazione", "2.2 Tutela", "3.1 Equilibrio"] {
        rows(&mut three, Some(0), &[&format!("Obiettivo strategico collegato | {code}")]);
    }
    no_in("COE204", &three);
    rows(&mut three, Some(1), &["Obiettivo strategico collegato | 2.4 Legalità"]);
    yes_in("COE204", &three);
}

#[test]
fn marks_of_the_draft() {
    for mark in [
        "Responsabile [??]",
        "indicatori a cura del Servizio [????]",
        "1.012 ore (dato incerto!!)",
        "assistite XX imprese nell'anno",
    ] {
        let mut one = five();
        text(&mut one, mark);
        yes_in("COM404", &one);
    }
    let mut one = five();
    text(&mut one, "La XX edizione della fiera, in via XX settembre, nel XX secolo.");
    no_in("COM404", &one);
}

#[test]
fn days_and_shares_of_the_text() {
    let mut one = sample::plan(Vec::new());
    add(&mut one, "4.1", "Pagamenti", &["1 tempo medio di pagamento delle fatture | t12=<= 30 gg | a12=19 gg"]);
    text(&mut one, "Il tempo medio di pagamento dei fornitori è pari a 19 giorni.");
    no_in("COE232", &one);
    text(&mut one, "Si segnala il tempo medio di pagamento dei fornitori, sceso a 22 giorni.");
    yes_in("COE232", &one);
}

#[test]
fn counts_of_the_text_and_of_summaries() {
    let mut one = sample::plan(Vec::new());
    add(&mut one, "1.3", "Mercati", &["1 incontri B2B organizzati | t12=>= 450 | a12=241"]);
    text(&mut one, "Nell'anno gli incontri B2B hanno raggiunto quota 241.");
    no_in("COE232", &one);
    text(&mut one, "Si segnala che gli incontri B2B hanno raggiunto quota 341.");
    yes_in("COE232", &one);
    let mut two = five();
    let lines = |last: &'static str| {
        [
            "Obiettivo | N. indicatori",
            "1.1 Titolo numero 1 | 2",
            "1.2 Titolo numero 2 | 2",
            "1.3 Titolo numero 3 | 2",
            last,
        ]
    };
    table(&mut two, 1, &lines("1.4 Titolo numero 4 | 2"));
    no_in("COE256", &two);
    table(&mut two, 2, &lines("1.4 Titolo numero 4 | 3"));
    yes_in("COE256", &two);
}

#[test]
fn rows_of_a_summary_without_a_sheet() {
    let mut one = five();
    table(
        &mut one,
        1,
        &[
            "1 | Titolo numero 1 | 90%",
            "2 | Titolo numero 2 | 80%",
            "3 | Titolo numero 3 | 80%",
            "4 | Titolo numero 4 | 80%",
            "5 | Titolo numero 5 | 80%",
        ],
    );
    no_in("COE233", &one);
    table(
        &mut one,
        2,
        &[
            "1 | Titolo numero 1 | 90%",
            "2 | Titolo numero 2 | 80%",
            "3 | Titolo numero 3 | 80%",
            "4 | Titolo numero 4 | 80%",
            "8 | Comunicazione istituzionale | 80%",
        ],
    );
    yes_in("COE233", &one);
}

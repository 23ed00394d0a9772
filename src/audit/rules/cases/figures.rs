//! Cases of the rules on weights, results and targets.

use super::*;

// ---- variance and results ------------------------------------------------------------------------------------------------

#[test]
fn variances() {
    let year_end = yes("ACC101", &["3 istituti presenti | t6=- | t12=20 | a6=38 | v=18"]);
    assert!(year_end.message.contains("fine anno") && year_end.arithmetic.as_deref() == Some("38 − 20 = 18"));
    let repeated = yes("ACC101", &["1 attivazione | t6=- | t12=almeno 300 utenti | a6=49 | v=49"]);
    assert!(repeated.arithmetic.is_some_and(|a| a.contains("-251")));
    let rate = yes("ACC101", &["2 assistenza | t6=100,00% | t12=100,00% | a6=100,00% | v=100,00%"]);
    assert!(rate.message.contains("grado di raggiungimento"));
    no("ACC101", &["1 eventi | t6=5 | t12=10 | a6=6 | v=1", "2 studenti | t6=15 | t12=20 | a6=11 | v=-4"]);
    no("ACC101", &["3 istanze | t6=75,00% | t12=75,00% | a6=81,00% | v=6,00%", "4 bando | t6=si | a6=si | v=-"]);
    // Three deliverables in words, one of them not held.
    no(
        "ACC101",
        &[
            "5 evento | t6=1 corso rivolto agli ordini; organizzazione della presentazione finale presso l'Ente, coordinamento per l'evento | a6=2 | v=- 1 evento",
        ],
    );
}

#[test]
fn results() {
    yes("ACC105", &["5 consumi | t6=-7,00% | t12=-15,00% | a6=-9,01 | v=-2,01"]);
    yes("ACC105", &["1 posizioni | t6== 100 | a6=100%"]);
    no("ACC105", &["5 consumi | t6=-7,00% | a6=-9,01%", "6 eventi | t6=3 | a6=4"]);
    yes("ACC106", &["4 consumi | t6=Mantenimento dei consumi | a6=Ft fino al 3/5/2019 – si stima -6,93%"]);
    no("ACC106", &["4 consumi | t6=-7% | a6=-6,93%"]);
    yes("ACC107", &["2 manuale | t6=SI | a6=Il manuale è stato aggiornato e messo a disposizione dei dipendenti"]);
    no("ACC107", &["2 manuale | t6=SI | a6=si", "3 eventi | t6=3 | a6=53 eventi realizzati nel semestre"]);
    yes("ACC108", &["5 consumi | b=Kwh 612,863 energia media annua | t12=-15,00%"]);
    no("ACC108", &["5 consumi | b=Kwh 612.863,800 energia media annua | t12=-15,00%"]);
    no("ACC108", &["5 consumi | b=Kwh 659.206,67 energia | t12=12.000 | a6=1.798"]);
    yes("ACC109", &["23 placement | t6=compresi tra n. 10 e n. 15 | a6=19 | p=100%"]);
    no(
        "ACC109",
        &["23 placement | t6=compresi tra n. 10 e n. 15 | a6=12 | p=100%", "18 giorni | t6=<= 90 | a6=67 | p=100%"],
    );
    assert!(yes("ACC110", &["4 posizioni | t12=1.200 posizioni1.200 posizioni"]).message.contains("1.200 posizioni"));
    no("ACC110", &["4 posizioni | t12=1.200 posizioni"]);
    yes("ACC113", &["19 moltiplicatore | t6=>= 8 | a6=> 8"]);
    no("ACC113", &["19 moltiplicatore | t6=>= 8 | a6=9"]);
    yes("COE308", &["2 interventi | t6=>= 100 | a6=964"]);
    no("COE308", &["2 interventi | t6=>= 100 | a6=264", "3 giorni | t6=<= 5 | a6=20"]);
    yes("COE309", &["31 risorse | t6== 300.000 | a6=676.433,56 | p=100%"]);
    no("COE309", &["31 risorse | t6=>= 300.000 | a6=676.433,56 | p=100%", "4 progetto | t6== 100% | a6=100% | p=100%"]);
}

#[test]
fn published_results() {
    let wrong = yes("ACC102", &["14 interventi | t6=75% | a6=54,47% | p=80%"]);
    assert!(wrong.message.contains("72,63"), "{}", wrong.message);
    no("ACC102", &["14 interventi | t6=75% | a6=54,47% | p=72,63%", "15 eventi | t6=3 | a6=2 | p=66,67%"]);
    let mut one = plan(&["1 interventi | t6=75% | a6=54,47% | w=100"]);
    one.objectives[0].achievement = Some(measure(Role::Achievement, "100%"));
    yes_in("ACC103", &one);
    one.objectives[0].achievement = Some(measure(Role::Achievement, "72,63%"));
    no_in("ACC103", &one);
    let published = |kind, raw: &str| Published {
        kind,
        name: "Performance dell'ente".to_owned(),
        within: None,
        weight: None,
        objective: (kind == AggregateKind::Objective).then_some(0),
        measure: measure(Role::Achievement, raw),
    };
    one.published = vec![published(AggregateKind::Objective, "72,63%")];
    no_in("ACC124", &one);
    one.published.extend([published(AggregateKind::Entity, "94,07%"), published(AggregateKind::Entity, "94%")]);
    no_in("ACC124", &one);
    one.published.push(published(AggregateKind::Entity, "96,07%"));
    assert!(yes_in("ACC124", &one).message.contains("94,07% in un punto e 96,07% in un altro"));
    one.published = vec![published(AggregateKind::Objective, "75%")];
    yes_in("ACC124", &one);
    one.published.clear();
    let group = |points: &str| Group {
        achievement: None,
        points_available: Some(measure(Role::Achievement, points)),
        points: None,
        source: Source::default(),
    };
    one.groups = vec![group("48"), group("4,33"), group("47,63")];
    assert!(yes_in("COE110", &one).arithmetic.is_some_and(|a| a.ends_with("= 99,96")));
    one.groups[1] = group("4,37");
    no_in("COE110", &one);
}

// ---- weights -------------------------------------------------------------------------------------------------------------

#[test]
fn weights() {
    let sum = yes("COE101", &["1 a | t12=1 | w=50,00%", "2 b | t12=1 | w=30,00%", "3 c | t12=1 | w=50,00%"]);
    assert_eq!(sum.arithmetic.as_deref(), Some("50 + 30 + 50 = 130"));
    no("COE101", &["1 a | t12=1 | w=70%", "2 b | t12=1 | w=30%"]);
    no("COE101", &["1 a | t12=1 | w=33,33%", "2 b | t12=1 | w=33,33%", "3 c | t12=1 | w=33,33%"]);
    yes("COE103", &["1 a | t12=1 | w=33,33%", "2 b | t12=1 | w=33,33%", "3 c | t12=1 | w=33,33%"]);
    no("COE103", &["1 a | t12=1 | w=33,33%", "2 b | t12=1 | w=33,33%", "3 c | t12=1 | w=33,34%"]);
    let by_action = ["1 a | t12=1 | w=100", "2 b | t12=1 | w=50", "3 c | t12=1 | w=50", "4 d | t12=1 | w=100"];
    assert!(yes("COE102", &by_action).message.contains("3 volte"));
    no("COE101", &by_action);
    no("COE102", &["1 a | t12=1 | w=50", "2 b | t12=1 | w=30", "3 c | t12=1 | w=50"]);
    yes("COE109", &["1 a | t12=1 | w=100", "2 b | t12=1 | w=0"]);
    no("COE109", &["1 a | t12=1 | w=100"]);
    yes("COM303", &["1 a | t12=1 | w=50", "2 b | t12=1", "3 c | t12=1 | w=50"]);
    no("COM303", &["1 a | t12=1", "2 b | t12=1"]);
}

#[test]
fn weights_of_larger_things() {
    let mut one = plan(&["1 a | t12=1 | w=6"]);
    for (code, weight) in [("2", "1 a | t12=1 | w=5"), ("3", "1 a | t12=1 | w=8")] {
        add(&mut one, code, "Progetto", &[weight]);
    }
    assert!(yes_in("COE104", &one).message.contains("insieme 19"));
    no("COE104", &["1 a | t12=1 | w=100"]);
    // What the operational objectives contribute belongs to the sum.
    let mut shared = plan(&["1 a | t12=1 | w=30%", "2 b | t12=1 | w=20%"]);
    assert_eq!(found(&shared, "COE101").len(), 1);
    rows(&mut shared, Some(0), &["Contributo degli obiettivi operativi | Peso: 50%"]);
    no_in("COE101", &shared);
}

#[test]
fn weights_in_tables() {
    let mut one = plan(&["1 a | t12=1 | w=100%"]);
    let weight = |raw: &str| Some(measure(Role::Weight, raw));
    (one.objectives[0].weight, one.objectives[0].table_weight) = (weight("20%"), weight("25,00%"));
    yes_in("COE105", &one);
    one.objectives[0].table_weight = weight("20,00%");
    no_in("COE105", &one);
    one.objectives[0].revised_weight = weight("10,00%");
    assert!(yes_in("COE107", &one).message.contains("da 20 a 10"));
    one.objectives[0].weight = weight("10%");
    no_in("COE107", &one);
    let mut table = plan(&["1 a | t12=1 | w=100%"]);
    let header = "Obiettivi | Peso per obiettivo";
    rows(&mut table, None, &[header, "Obiettivo 1 | 15,00%", "Obiettivo 2 | 75,00%", "Totale dr Rossi | 100,00%"]);
    assert!(yes_in("COE106", &table).message.contains("fanno 90"));
    table.passages[2].cells[1].raw = "85,00%".to_owned();
    no_in("COE106", &table);
    let mut list = plan(&["1 a | t12=1 | w=15%", "2 b | t12=1 | w=85%"]);
    rows(
        &mut list,
        Some(0),
        &["Prospettiva | • indicatore 1: utenti (a)", "Peso: 20%", "indicatore 2: utenti (b) | Peso: 85%"],
    );
    yes_in("COE108", &list);
    list.passages[1].cells[0].raw = "Peso: 15%".to_owned();
    no_in("COE108", &list);
}

// ---- targets -------------------------------------------------------------------------------------------------------------

#[test]
fn targets_and_baselines() {
    yes("COE301", &["2 studenti | b=43 studenti accolti | t12=20"]);
    let second = "esame di un campione di almeno 5.500 istanze esaminate in 5 riunioni";
    yes(
        "COE301",
        &[&format!(
            "2 campione | b={second} | t12=esame di un campione di almeno 8.500 istanze esaminate in 4 riunioni"
        )],
    );
    no(
        "COE301",
        &["3 imprese iscritte | b=1.798 | t12=10,00%", "4 giorni | b=18 | t12=<=15", "5 eventi | b=2 | t12=4"],
    );
    yes("COE302", &["1 ispezioni | b=40% | t12=40%"]);
    no("COE302", &["1 ispezioni | b=40% | t12=45%", "2 tempi | b=nuova attività | t12=3"]);
    yes("COE303", &["1 audit | t12=≥2 | t20=≥2 | t21=≥2"]);
    no("COE303", &["1 audit | t12=≥2 | t20=≥2 | t21=≥3", "2 eventi | t6=2 | t12=2"]);
    yes("COE304", &["1 contratti | t6=39 | t12=39"]);
    no("COE304", &["1 contratti | t6=20 | t12=39", "2 eventi | t6=- | t12=-"]);
    let lowered = yes("COE305", &["2 studenti | t6=15 | t12=20 | r12=11 | a6=11 | v=-4"]);
    assert!(lowered.message.contains("abbassato"));
    no("COE305", &["3 istituti | t6=10 | t12=20 | r12=45 | a6=38"]);
    yes("COE306", &["2 fascicolo | t6=32.000 | t12=35.000 | a6=34.503"]);
    no(
        "COE306",
        &[
            "2 eventi | t6=5 | t12=10 | a6=6",
            "3 istanze | t6=75% | t12=75% | a6=81%",
            "4 bandi | t12=20 | r12=45 | a6=38",
        ],
    );
    yes("COE221", &["2 istruttoria dei contributi | b=173 | t12=90,00%"]);
    no("COE221", &["5 incremento imprese iscritte | b=1.798 | t12=10,00%", "6 tasso | b=40% | t12=50%"]);
    yes("ATT102", &["1 progetti | t18=>= 2 | a12=7"]);
    no("ATT102", &["1 progetti | t12=>= 2 | t20=>= 2"]);
    yes("ATT105", &["1 incarico | b12=// | t12=100,00%"]);
    no("ATT105", &["1 incarico | b=// | t12=100,00%"]);
}

#[test]
fn targets_that_miss() {
    yes("COM101", &["1 eventi | w=50% | b=3"]);
    no("COM101", &["1 eventi | w=50% | t12=3", "2 gare"]);
    yes("COM102", &["5 evento | t6=1 corso | t12=-"]);
    no("COM102", &["5 evento | t6=- | t12=2 corsi", "6 corsi | t6=1 | t12=- | r12=3"]);
    yes("COM103", &["1 procedura | t12=sperimentazione"]);
    no("COM103", &["1 procedura | t12=almeno tre procedure", "2 dati | t12=Aggiornamento almeno del 95% dei dati"]);
    let others = ["1 a | t6=1 | t12=2", "2 b | t6=- | t12=2", "3 c | t6=3 | t12=4"];
    yes("COM105", &[others[0], others[1], others[2], "4 d | t12=5"]);
    no("COM105", &others);
    no("COM105", &["1 a | t12=2", "2 b | t12=2"]);
}

#[test]
fn titles_and_targets() {
    let mut one = sample::plan(Vec::new());
    add(&mut one, "1.5.1", "Miglioramento dell'attività di ispezione", &["1 tasso | b=40% | t12=40%"]);
    yes_in("COE307", &one);
    one.objectives[0].title = "Attività di ispezione".to_owned();
    no_in("COE307", &one);
    let mut kept = sample::plan(Vec::new());
    add(&mut kept, "1.6.1", "Mantenimento dei tempi di evasione", &["1 tasso | b=65% | t12=>=70%"]);
    yes_in("COE307", &kept);
    kept.indicators[0].targets[0] = dated(Role::Target, "t12", ">=65%");
    no_in("COE307", &kept);
}

#[test]
fn targets_below_last_year() {
    let entity = crate::normalise::entities().first();
    let mut report = sample::plan(Vec::new());
    report.card.entity = entity;
    report.card.document_id = "a-2019-relazione".to_owned();
    add(&mut report, "1", "Tutela", &["2 interventi di vigilanza metrica | t12=>= 100 | a12=964"]);
    let mut next = sample::plan(Vec::new());
    next.card.entity = entity;
    next.card.year = Some(2020);
    next.card.document_id = "a-2020-piano".to_owned();
    add(&mut next, "1", "Tutela", &["2 interventi di vigilanza metrica | t20=>= 100"]);
    let across = check_across(&next, &[&report]);
    assert_eq!(across.iter().map(|f| f.code).collect::<Vec<_>>(), ["ATT101"]);
    next.indicators[0].targets[0] = dated(Role::Target, "t20", ">= 1.000");
    assert!(check_across(&next, &[&report]).is_empty());
}

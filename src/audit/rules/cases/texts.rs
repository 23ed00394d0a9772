//! Cases of the rules on texts, repetitions and gaps.

use super::*;

#[test]
fn twins_of_two_levels() {
    let mut one = sample::plan(Vec::new());
    let upper = add(&mut one, "1.8", "Sportello", &["1 volume di attività alternanza scuola lavoro | b=2 | t12=>= 4"]);
    let lower = add(&mut one, "1.8.1", "Sportello", &["1 volume di attività alternanza scuola lavoro | b=4 | t12=>=4"]);
    one.objectives[lower].parent = Some(upper);
    assert!(yes_in("COE201", &one).message.contains("valore di partenza «2» là e «4» qui"));
    one.indicators[1].baseline = Some(dated(Role::Baseline, "b", "2"));
    no_in("COE201", &one);
    no_in("COE218", &one);
    let other = add(&mut one, "1.8.2", "Servizi digitali", &["1 assistenza alle imprese | t12=SI"]);
    one.objectives[other].parent = Some(upper);
    assert!(yes_in("COE218", &one).message.contains("1.8.2"));
}

#[test]
fn the_same_told_twice() {
    let told = |first: &str, second: &str, sections: [&str; 2]| {
        let mut one = sample::plan(Vec::new());
        add(&mut one, "5", "Ricerca di risorse", &[first]);
        add(&mut one, "5", "Ricerca di risorse", &[second]);
        for (indicator, section) in one.indicators.iter_mut().zip(sections) {
            indicator.section = Some(section.to_owned());
        }
        one
    };
    let (a, b) = ("2 risorse acquisite | t12=> 100 | a12=614", "2 risorse acquisite | t12=> 100 | a12=676");
    let heads = ["Settore Promozione", "Posizione organizzativa Settore Promozione"];
    yes_in("COE202", &told(a, b, heads));
    no_in("COE202", &told(a, a, heads));
    no_in("COE202", &told(a, b, ["Settore Promozione", "Settore Registro imprese"]));
}

#[test]
fn names_and_codes() {
    let mut one = sample::plan(Vec::new());
    add(&mut one, "1.3.1", "Trasparenza", &["1 gestione degli obblighi | alg=ciclo della trasparenza | t12=SI"]);
    add(&mut one, "1.4.1", "Anticorruzione", &["1 gestione degli obblighi | alg=piano di prevenzione | t12=SI"]);
    yes_in("COE203", &one);
    one.indicators[1].name = "gestione del piano".to_owned();
    no_in("COE203", &one);
    yes("COE219", &["2 riunioni | t12=2", "2 standard | t12=90%"]);
    yes("COE219", &["1 incontri | t12=3", "3 moduli | t12=2"]);
    no("COE219", &["1 incontri | t12=3", "2 moduli | t12=2"]);
    no("COE219", &["26 piano | t12=3", "27 tempi | t12=2"]);
    let codes = |last: &str| {
        let mut one = sample::plan(Vec::new());
        let good: Vec<String> = (1..6).map(|n| format!("1.{n}.1.-001 nome | t12=1")).collect();
        add(&mut one, "1", "Codici", &good.iter().map(String::as_str).chain([last]).collect::<Vec<_>>());
        one
    };
    yes_in("COE216", &codes("1.5.2.001.2. nome | t12=1"));
    no_in("COE216", &codes("1.5.2.-001 nome | t12=1"));
    let mut twice = plan(&["1 a | t12=1 | w=100"]);
    add(&mut twice, "1.1.1", "Alternanza scuola lavoro", &["2 b | t12=1 | w=100"]);
    yes_in("COE222", &twice);
    twice.objectives[1].title = "Orientamento".to_owned();
    no_in("COE222", &twice);
}

#[test]
fn references() {
    let with = |texts: &[&str]| {
        let mut one = plan(&["1 attivazione applicativo | t12=300"]);
        rows(&mut one, Some(0), texts);
        one
    };
    yes_in("COE204", &with(&["Impegno | l'indicatore 5: partecipazione attiva alla fase di avvio"]));
    no_in(
        "COE204",
        &with(&["Impegno | l'indicatore 1: partecipazione attiva", "Nota | l'indicatore 3 dell'obiettivo 2.1.1"]),
    );
    yes_in("COM403", &with(&["Indicatore | Documentazione e report da presentare", "1 | Report", "2 | Elenco"]));
    no_in("COM403", &with(&["Indicatore | Documentazione e report da presentare", "1 | Report"]));
    yes_in(
        "COM402",
        &with(&["Prospettiva | indicatore 1: utenti (a) | Peso: 85%", "indicatore 2: qualità (b) | Peso: 15%"]),
    );
    no_in("COM402", &with(&["Prospettiva | indicatore 1: utenti (a) | Peso: 100%"]));
}

#[test]
fn lists_and_titles() {
    let mut one = plan(&[
        "4 gradimento di almeno 10 corsi | t12=70%",
        "5 predisposizione delle schede di secondo livello | t12=SI",
    ]);
    rows(
        &mut one,
        Some(0),
        &["indicatore 4 e 5: crescita (predisposizione schede di secondo livello, formazione utenti) | Peso: 40%"],
    );
    assert!(yes_in("COE206", &one).message.contains("indicatore 4"));
    one.passages[0].cells[0].raw =
        "indicatore 4 e 5: crescita (gradimento corsi, predisposizione schede di secondo livello)".to_owned();
    no_in("COE206", &one);
    let mut titles = plan(&["1 a | t12=1"]);
    titles.objectives[0].title = "PROCEDIMENTO UNIFICATO: TERZA FASE".to_owned();
    rows(&mut titles, None, &["Obiettivo Operativo 1.1.1 Procedimento unificato: seconda fase | 20,00%"]);
    assert!(yes_in("COE205", &titles).message.contains("«seconda» e «terza»"));
    titles.passages[0].cells[0].raw = "Obiettivo Operativo 1.1.1 Procedimento unificato: terza fase".to_owned();
    no_in("COE205", &titles);
}

#[test]
fn comments() {
    let with = |indicator: &str, text: &str| {
        let mut one = plan(&[indicator]);
        rows(&mut one, Some(0), &[&format!("Breve descrizione dei risultati | {text}")]);
        one
    };
    let met = "Indicatore 3: Le attività hanno consentito di raggiungere i risultati previsti.";
    yes_in("COE208", &with("3 posizioni | t6=600 posizioni | a6=575 posizioni | v=-25", met));
    no_in("COE208", &with("3 posizioni | t6=600 posizioni | a6=603 posizioni | v=3", met));
    let later = "Indicatore 2: l'istruttoria si è conclusa dopo il 30/6/2019.";
    yes_in("ATT104", &with("2 bandi | t6=si | a6=si", later));
    no_in("ATT104", &with("2 bandi | t6=si | a6=-", later));
    no_in("ATT104", &with("2 bandi | t6=si | a6=si", "Indicatore 2: l'istruttoria si è conclusa il 23/5/2019."));
}

#[test]
fn notes_and_deferrals() {
    let with = |text: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        rows(&mut one, Some(0), &[text]);
        one
    };
    yes_in("COM404", &with("VANNO AGGIORNATI ALCUNI IMPORTI"));
    no_in("COM404", &with("Azioni | elenco delle posizioni da aggiornare nel registro delle imprese"));
    yes_in("COM405", &with("Risultati attesi | I risultati saranno definiti nel corso del 2019"));
    no_in("COM405", &with("Descrizione | I criteri saranno definiti dalla Giunta"));
    yes_in("ACC104", &with("Fondo Dirigenti | 3.041 euro x 5 = 15.250 euro"));
    no_in("ACC104", &with("Fondo Dirigenti | 3.041 euro x 5 = 15.205 euro"));
    yes_in("ACC111", &with("in linea con target 66% attività svolta (4/6)"));
    no_in("ACC111", &with("in linea con target 67% attività svolta (4/6)"));
    yes_in("ACC114", &with("una spesa di euro 35.00,00 circa"));
    no_in("ACC114", &with("una spesa di euro 3.500,00 circa"));
    yes_in("ATT103", &with("Politica di Coesione Europea 2007 – 2013"));
    no_in("ATT103", &with("Politica di Coesione Europea 2014 – 2020"));
    let factors = |last: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        let usual = "Fondo Dirigenti | 3.106 euro x 5 = 15.530 euro";
        rows(&mut one, Some(0), &[usual, usual, usual, usual, last]);
        one
    };
    yes_in("ACC112", &factors("Fondo Dirigenti | 3.100 euro x 1 = 3.100 euro"));
    no_in("ACC112", &factors("Fondo Dirigenti | 3.106 euro x 1 = 3.106 euro"));
    let repeated = |rows_of: &[&str]| {
        let mut one = plan(&["5 imprese | t12=1"]);
        rows(&mut one, Some(0), rows_of);
        one
    };
    yes_in("ACC110", &repeated(&["Risultati raggiunti | 14,00%", "Scostamenti | +4%", "Risultati raggiunti | 14,00%"]));
    no_in(
        "ACC110",
        &repeated(&["Risultati raggiunti | 14,00%", "Indicatore 6: altro", "Risultati raggiunti | 14,00%"]),
    );
}

#[test]
fn forms_of_fields() {
    yes("COE210", &["1 a | t12=1 | freq=Semestrale", "2 b | t12=1 | freq=6 mesi"]);
    no("COE210", &["1 a | t12=1 | freq=Semestrale", "2 b | t12=1 | freq=Annuale"]);
    yes("COE211", &["2 evasione | alg=pratiche rilevate da banca dati Diana | src=Rilevazione da Priamo | t12=70%"]);
    no("COE211", &["2 evasione | alg=pratiche rilevate da banca dati Priamo | src=Rilevazione da Priamo | t12=70%"]);
    yes("COE212", &["1 piano | t12=SI | freq=Annuale | mon=in linea con target 50%"]);
    no("COE212", &["1 piano | t12=SI | freq=Semestrale | mon=in linea con target 50%"]);
    yes("COE213", &["1 pensioni | alg=n. pensioni elaborate/n. richiedenti =100% | t12=si"]);
    no(
        "COE213",
        &[
            "1 pensioni | alg=n. pensioni elaborate/n. richiedenti | t12=100%",
            "2 piano | alg=adozione ai sensi della legge n.190/2012 | t12=si",
        ],
    );
    yes("COE214", &["1 numero dipendenti coinvolti | t12=7%"]);
    no("COE214", &["1 numero dipendenti coinvolti | t12=7", "2 percentuale dipendenti | t12=7%"]);
    yes("COE217", &["1 a | t12=1 | own=Dott.ssa Maria Bianchi", "2 b | t12=1 | own=Dott.ssa Rosa Bianchi"]);
    no("COE217", &["1 a | t12=1 | own=Dott.ssa Maria Bianchi", "2 b | t12=1 | own=Dott. Ugo Neri"]);
    yes("COM104", &["1 client | alg=Aggiornamento client | t12=Sì"]);
    no("COM104", &["1 client | alg=Numero di client aggiornati | t12=Sì", "2 atti | alg=Si/no | t12=Sì"]);
}

#[test]
fn budgets() {
    let mut one = plan(&["1 a | t12=1"]);
    add(&mut one, "1.1.2", "Bandi", &["1 b | t12=1"]);
    budget(&mut one, 0, "95.061,92", Some("330003 \"formazione\""));
    budget(&mut one, 1, "95.061,92 di cui 8.000,00 di contributo", Some("330003 \"azioni per la formazione\""));
    yes_in("COE215", &one);
    yes_in("COE207", &one);
    no_in("COM305", &one);
    no_in("COE220", &one);
    one.objectives[1].sheet.budget.clear();
    budget(&mut one, 1, "//", None);
    no_in("COE215", &one);
    no_in("COE207", &one);
    yes_in("COM305", &one);
    budget(&mut one, 0, "3.500,00", Some("313011 ricavi organizzazione corsi"));
    yes_in("COE220", &one);
    let mut tree = plan(&["1 a | t12=1"]);
    let part = add(&mut tree, "1.1.1.1", "Parte", &["1 b | t12=1"]);
    tree.objectives[part].parent = Some(0);
    budget(&mut tree, 0, "100,00", None);
    budget(&mut tree, part, "115,00", None);
    yes_in("COE209", &tree);
    budget(&mut tree, 0, "15,00", None);
    no_in("COE209", &tree);
    for _ in 0..4 {
        budget(&mut tree, 0, "10,00", Some("330003 \"formazione\""));
    }
    budget(&mut tree, part, "5,00", Some("330004 \"territorio\""));
    tree.objectives[0].sheet.budget.drain(..2);
    yes_in("COM307", &tree);
    tree.objectives[part].sheet.budget.remove(0);
    no_in("COM307", &tree);
}

#[test]
fn gaps() {
    yes("COM201", &["1 eventi | t6=3 | a6=4", "2 verifica | t6=100%"]);
    no("COM201", &["1 eventi | t6=3 | a6=4"]);
    // A plan tells no results.
    no("COM201", &["1 eventi | t6=3", "2 verifica | t6=100%"]);
    yes("COM202", &["1 a | t6=3 | a6=4 | v=1", "2 b | t6=3 | a6=4 | v=1", "4 partecipanti | t12=200 | a6=188"]);
    no("COM202", &["1 a | t6=3 | a6=4", "2 b | t6=3 | a6=4"]);
    yes("COM203", &["2 voucher | t6=- | t12=si | a6=si | v=-"]);
    no("COM203", &["2 voucher | t6=si | t12=si | a6=si | v=-", "3 istituti | t6=- | t12=20 | a6=38 | v=18"]);
    let share = "mon=in linea con target 50% attività svolta";
    yes("COM204", &[&format!("1 tempi | t12=<=15 | {share}")]);
    no("COM204", &[&format!("1 piano | t12=SI | {share}")]);
    let progress: Vec<String> = (1..10).map(|n| format!("{n} a{n} | t12=SI | {share}")).collect();
    let mut all: Vec<&str> = progress.iter().map(String::as_str).collect();
    no("COM205", &all);
    all.push("10 fabbisogno | t12=SI | mon=in linea con target 100% attività svolta");
    yes("COM205", &all);
    yes("COM301", &["1 a | b=3 | t12=4", "2 b | b=5 | t12=6", "3 c | t12=1"]);
    no("COM301", &["1 a | b=nuova attività | t12=4", "2 b | b=5 | t12=6", "3 c | b=3 | t12=4"]);
    no("COM301", &["1 a | t12=4", "2 b | t12=6", "3 c | b=3 | t12=4"]);
    yes("COM302", &["1 a | t12=1 | type=x", "2 b | t12=1 | type=x", "3 c | t12=1 | type=x", "4 d | t12=1"]);
    no("COM302", &["1 a | t12=1", "2 b | t12=1"]);
    let mut weightless = plan(&["1 a | t12=1"]);
    let empty = add(&mut weightless, "9", "Fiere", &[]);
    no_in("COM401", &weightless);
    weightless.objectives[empty].weight = Some(measure(Role::Weight, "10%"));
    yes_in("COM401", &weightless);
    let sheets = |last: &[&str]| {
        let mut one = plan(&["1 a | t12=1"]);
        for code in ["2", "3", "4"] {
            let index = add(&mut one, code, "Altro", &["1 b | t12=1"]);
            rows(&mut one, Some(index), &["Benefici per gli utenti | snellimento"]);
        }
        rows(&mut one, Some(0), last);
        one
    };
    yes_in("COM304", &sheets(&["Benefici per gli utenti"]));
    no_in("COM304", &sheets(&["Benefici per gli utenti | rapidità"]));
    let mut relevance = plan(&["1 a | t12=1"]);
    for code in ["2", "3", "4", "5", "6"] {
        let index = add(&mut relevance, code, "Altro", &["1 b | t12=1"]);
        relevance.objectives[index].sheet.relevance = Some("5".to_owned());
        relevance.objectives[index].sheet.perspective = Some("Utenti".to_owned());
    }
    yes_in("COM306", &relevance);
    relevance.objectives[0].sheet.relevance = Some("3".to_owned());
    no_in("COM306", &relevance);
}

#[test]
fn every_rule_on_documents_has_its_cases() {
    let cases = [
        include_str!("figures.rs"),
        include_str!("further.rs"),
        include_str!("more.rs"),
        include_str!("plans.rs"),
        include_str!("texts.rs"),
    ]
    .concat();
    for rule in crate::audit::RULES {
        let elsewhere = matches!(rule.code.get(..3), Some("NON" | "COR"));
        assert!(elsewhere || cases.contains(&format!("\"{}\"", rule.code)), "{} has no case", rule.code);
    }
}

#[test]
fn many_findings_of_a_rule_become_one_that_lists_them() {
    let many: Vec<String> = (1..9).map(|n| format!("{n} ispezioni {n} | b=40% | t12=40%")).collect();
    let finding = yes("COE302", &many.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(finding.related.len(), 8);
    assert!(finding.message.contains("8 casi") && finding.message_en.contains("8 cases"));
}

//! Cases of rules on texts, sheets and lists.

use super::*;
use crate::normalise::DocumentKind;

fn sheet(objective: usize, plan: &mut Plan, texts: &[&str]) {
    rows(plan, Some(objective), texts);
}

fn paragraphs(plan: &mut Plan, objective: Option<usize>, texts: &[&str]) {
    for text in texts {
        let cells = vec![Printed::new((*text).to_owned(), Source::default())];
        plan.passages.push(Passage { objective, table: None, heading: None, cells, columns: vec![0] });
    }
}

#[test]
fn signs_of_reductions_and_counts_against_words() {
    yes("ACC130", &["1 riduzione delle pratiche sospese | t12=-5%"]);
    no("ACC130", &["1 riduzione delle pratiche sospese | t12=5%", "2 variazione della spesa | t12=-5%"]);
    yes(
        "ACC129",
        &[
            "1 organizzazione del progetto | t6=1 corso agli ordini; presentazione del progetto finale presso l'ente, coordinamento dell'evento regionale | a6=2",
        ],
    );
    no("ACC129", &["1 eventi | t6=2 | a6=2", "2 manuale | t6=SI | a6=si"]);
}

#[test]
fn slips_and_quotation_marks() {
    let mut one = plan(&["1 a | t12=1"]);
    paragraphs(&mut one, None, &["verranno realizzati i appositi interventi", "(*)"]);
    assert!(found(&one, "ACC127").len() == 1);
    let mut fine = plan(&["1 a | t12=1"]);
    paragraphs(&mut fine, None, &["nel 2019 sono stati realizzati gli interventi (*)", "(*) dati provvisori"]);
    no_in("ACC127", &fine);
    let titled = |title: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        sheet(0, &mut one, &[&format!("Missione | {title}")]);
        one
    };
    yes_in("ACC128", &titled("012 Regolazione dei mercati\""));
    no_in("ACC128", &titled("012 \"Regolazione dei mercati”"));
}

#[test]
fn reckonings_in_the_text() {
    let with = |gap: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        let text = format!(
            "Bando finanziato con € 130.000,00.\nSono state presentate 23 domande per € 850.000,00, con un disavanzo sullo stanziamento previsto di € {gap}."
        );
        sheet(0, &mut one, &[&format!("Risultati | {text}")]);
        one
    };
    yes_in("ACC131", &with("590.000,00"));
    no_in("ACC131", &with("720.000,00"));
    let grown = |raw: &str| {
        let mut one = plan(&[&format!("1 incremento % delle imprese iscritte | b=1.798 | t12=10% | a6={raw}")]);
        sheet(
            0,
            &mut one,
            &["Risultati | Al 30 giugno risultano iscritte 2.048 imprese, con un incremento di circa il 14%."],
        );
        one
    };
    yes_in("ACC131", &grown("14,00%"));
    no_in("ACC131", &grown("14%"));
    let note = "note=Progetto 1) Provento da rendicontare: € 1.500,00 Totale costi rendicontati: € 1.800,00";
    yes("ACC126", &[&format!("1 utilizzazione delle risorse | t12=100% | a12=100% | {note}")]);
    no("ACC126", &[&format!("1 utilizzazione delle risorse | t12=100% | a12=120% | {note}")]);
}

#[test]
fn a_trend_that_figures_deny() {
    let with = |last: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        paragraphs(&mut one, None, &["La spesa è stata oggetto di misure di progressivo contenimento:"]);
        rows(&mut one, None, &["Anno | Spesa", "2016 | 6.078", "2017 | 5.869", &format!("2018 | {last}")]);
        one
    };
    yes_in("ACC132", &with("5.892"));
    no_in("ACC132", &with("5.792"));
}

#[test]
fn parts_in_running_text() {
    let note = "11 incontri svolti nelle scuole + 2 visite aziendali. Altri 7 incontri di orientamento";
    yes("ACC122", &[&format!("1 realizzazione di incontri e visite | t12=11 | a12=18 | note={note}")]);
    no("ACC122", &[&format!("1 realizzazione di incontri e visite | t12=11 | a12=20 | note={note}")]);
    let list = "A quanto indicato (2 conferenze; seminario a Lamon, evento a Castelfranco, evento a Roncade), si aggiungono 7 eventi pubblici";
    yes("ACC122", &[&format!("1 eventi pubblici realizzati | t12=3 | a12=13 | note={list}")]);
    no("ACC122", &[&format!("1 eventi pubblici realizzati | t12=3 | a12=12 | note={list}")]);
    let voices = "iniziativa sulla sicurezza; fatturazione elettronica; registro degli aiuti; fatturazione attiva; iniziativa giovani";
    yes("ACC122", &[&format!("1 processi condivisi | t12=2 | a12=6 | note={voices}")]);
    no("ACC122", &[&format!("1 processi condivisi | t12=2 | a12=5 | note={voices}")]);
}

#[test]
fn events_put_off_and_acts_on_sundays() {
    let with = |text: &str| {
        let mut one = plan(&["1 realizzazione eventi: Futura e Convention Assocamerestero | t12=2"]);
        one.card.year = Some(2019);
        paragraphs(&mut one, None, &[text]);
        one
    };
    yes_in("ATT111", &with("La Convention con Assocamerestero è stata rinviata al 2020."));
    no_in("ATT111", &with("La Convention con Assocamerestero è stata confermata per il 2019."));
    yes_in("ATT112", &with("approvato con deliberazione del Consiglio n. 2 del 2 febbraio 2020"));
    no_in("ATT112", &with("approvato con deliberazione del Consiglio n. 2 del 4 febbraio 2020 e D.M. 2 giugno 2019"));
}

#[test]
fn twins_with_other_names() {
    let with = |name: &str| {
        let mut one = plan(&[
            "1 tasso di evasione pratiche | b=65% | t12=>= 70% | alg=numero pratiche evase nei termini su totale pratiche",
        ]);
        one.objectives[0].code = Some("1.6".to_owned());
        let below = add(
            &mut one,
            "1.6.1",
            "Tempi delle pratiche",
            &[&format!("1 {name} | b=65% | t12=>= 70% | alg=numero pratiche evase nei termini su totale pratiche")],
        );
        one.objectives[below].parent = Some(0);
        one
    };
    yes_in("COE241", &with("iscrizione delle domande"));
    no_in("COE241", &with("tasso di evasione delle pratiche"));
}

#[test]
fn promises_with_yes_or_no() {
    let with = |target: &str| {
        let mut one = plan(&[&format!("1 realizzazione attività | t12={target}")]);
        sheet(0, &mut one, &["Risultati attesi | almeno 3 eventi di informazione e almeno 40 imprese assistite"]);
        one
    };
    yes_in("COE242", &with("si"));
    no_in("COE242", &with("40"));
    yes("COE242", &["1 emissione certificati | t12=si | alg=emissione entro 6 giorni dalla richiesta"]);
}

#[test]
fn working_days() {
    let with = |name: &str| {
        let mut one = plan(&[&format!("1 {name} | t12=<=15")]);
        sheet(0, &mut one, &["Risultati attesi | conclusione entro 15 gg. lavorativi dalla richiesta"]);
        one
    };
    yes_in("COE243", &with("tempo medio di lavorazione"));
    no_in("COE243", &with("tempo medio in giorni lavorativi"));
}

#[test]
fn programmes_of_sheets() {
    let with = |forms: [&str; 4]| {
        let mut one = plan(&["1 a | t12=1"]);
        for (n, form) in forms.iter().enumerate() {
            let at = add(&mut one, &format!("1.1.{}", n + 2), "Scheda", &["1 b | t12=1"]);
            one.objectives[at].parent = Some(0);
            one.objectives[at].sheet.programme = Some((*form).to_owned());
        }
        one
    };
    yes_in("COE244", &with(["004 Vigilanza", "004 Vigilanza", "Codice 04 Vigilanza", "004 Vigilanza"]));
    yes_in("COE244", &with(["003 Servizi", "003 Servizi", "003 Servizi", "004 Formazione"]));
    no_in("COE244", &with(["003 Servizi", "003 Servizi", "003 Servizi", "003 Servizi"]));
}

#[test]
fn texts_copied_between_sheets() {
    let long = "La trasparenza consente una diffusione delle informazioni prodotte, crea un canale informativo verso l'utenza e permette il controllo dell'operato dell'ente";
    let with = |second: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        let other = add(&mut one, "1.1.2", "Prevenzione della corruzione", &["1 b | t12=1"]);
        sheet(0, &mut one, &[&format!("Benefici | {long}")]);
        sheet(other, &mut one, &[&format!("Benefici | {second}")]);
        let third = add(&mut one, "1.1.3", "Organi collegiali", &["1 c | t12=1"]);
        sheet(third, &mut one, &[&format!("Benefici | {}", long.replace("trasparenza", "collegialità"))]);
        let fourth = add(&mut one, "1.1.4", "Ragioneria generale", &["1 d | t12=1"]);
        sheet(fourth, &mut one, &[&format!("Benefici | {}", long.replace("trasparenza", "contabilità"))]);
        one
    };
    yes_in("COE245", &with(long));
    no_in("COE245", &with(&long.replace("trasparenza", "prevenzione")));
}

#[test]
fn names_one_letter_apart() {
    let with = |name: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        rows(
            &mut one,
            None,
            &["Componenti | Settore", "Quarenghi Barbara | Commercio", &format!("{name} | Commercio")],
        );
        one
    };
    yes_in("COE246", &with("Quarenghi Barabara"));
    no_in("COE246", &with("Quarenghi Roberta"));
}

#[test]
fn annexes_that_are_not_there() {
    let with = |annex: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        paragraphs(&mut one, None, &["Allegato A", "Allegato B", "Allegato C"]);
        paragraphs(&mut one, None, &[&format!("Si rimanda all'allegato {annex} al presente documento.")]);
        one
    };
    yes_in("COE247", &with("1"));
    no_in("COE247", &with("B"));
    let mut report = plan(&["1 a | t12=1"]);
    report.card.kind = DocumentKind::Report;
    paragraphs(&mut report, None, &["Si veda l'appendice al presente Piano operativo."]);
    yes_in("COE247", &report);
}

#[test]
fn one_thing_with_several_signs() {
    yes("COE248", &["1 a | t6=1 | a6=5 | v=4", "2 b | t6=10% | a6=14% | v=+4%"]);
    no("COE248", &["1 a | t6=1 | a6=5 | v=+4", "2 b | t6=10% | a6=14% | v=+4%"]);
}

#[test]
fn sums_of_the_sheet_and_targets_in_euro() {
    let with = |target: &str| {
        let mut one = plan(&[&format!("1 contributi | t12=€ 3.200.000,00 | r12={target}")]);
        budget(&mut one, 0, "€ 3.200.000,00", None);
        budget(&mut one, 0, "€ 3.300.000,00", None);
        one
    };
    yes_in("COE250", &with("€ 6.490.000,00"));
    no_in("COE250", &with("€ 6.500.000,00"));
}

#[test]
fn signs_of_the_same_figure() {
    let with = |sign: &str| {
        let others: Vec<String> = (2..8).map(|n| format!("{n} gradimento | t12=>= 3,5")).collect();
        let mut all = vec![format!("1 gradimento | t12={sign} 3,5")];
        all.extend(others);
        plan(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    yes_in("COE251", &with(">"));
    no_in("COE251", &with(">="));
}

#[test]
fn accounts_and_lines() {
    let with = |account: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        let other = add(&mut one, "1.1.2", "Sportello", &["1 b | t12=1"]);
        sheet(
            0,
            &mut one,
            &[
                "€ 10,00 | Conto 330001, linea 1 “innovazione”",
                "€ 20,00 | Conto 330002, linea 2 “estero”",
                "€ 30,00 | Conto 330009 – linea 009 “governo elettronico” - progetto 6 “qualità del dato”",
            ],
        );
        sheet(other, &mut one, &[&format!("€ 40,00 | Conto {account}, linea 4 “territorio”")]);
        one
    };
    yes_in("COE252", &with("333004"));
    no_in("COE252", &with("330004"));
}

#[test]
fn documents_of_indicators() {
    let with = |second: &str| {
        let mut one = plan(&[
            "1 % determinazioni digitali | t12=100%",
            "2 % gestione del personale | t12=100%",
            "3 % collaudo forniture | t12=100%",
        ]);
        sheet(
            0,
            &mut one,
            &[
                "Indicatore | Documentazione e report",
                "1 | determinazioni digitali",
                &format!("2 | {second}"),
                "3 | collaudo forniture",
            ],
        );
        one
    };
    yes_in("COE253", &with("elenco collaudo forniture firmato"));
    no_in("COE253", &with("atti di gestione del personale"));
    let mut empty = plan(&["1 determinazioni | t12=100%", "2 atti | t12=100%"]);
    sheet(0, &mut empty, &["Indicatore | Documentazione e report", "1 | determinazioni digitali", "2"]);
    yes_in("COM419", &empty);
}

#[test]
fn sentences_with_lower_numbers() {
    yes("COE254", &["1 esame | b=esame di almeno 8.500 istanze di test | t12=esame di almeno 8.000 stanze di test"]);
    no("COE254", &["1 esame | b=esame di almeno 8.500 istanze di test | t12=esame di almeno 9.000 stanze di test"]);
    let days = "b=presentazione il 31 marzo, il 31 maggio, il 30 settembre e il 30 novembre";
    yes("COE254", &[&format!("1 presentazione dei dati | {days} | t12=3 presentazioni dei dati")]);
    no("COE254", &[&format!("1 presentazione dei dati | {days} | t12=4 presentazioni dei dati")]);
}

#[test]
fn what_is_never_given() {
    let with = |weight: Option<&str>| {
        let mut one = plan(&["1 a | b=1 | t12=1 | w=100%", "2 b | b=1 | t12=2 | w=50%"]);
        for n in 2..7 {
            add(&mut one, &format!("1.1.{n}"), "Titolo", &["1 a | b=1 | t12=1 | w=50%", "2 b | b=1 | t12=1 | w=50%"]);
        }
        one.objectives[0].weight = weight.map(|raw| measure(Role::Weight, raw));
        one
    };
    yes_in("COM412", &with(None));
    no_in("COM412", &with(Some("40%")));
}

#[test]
fn numbers_of_objectives() {
    let with = |last: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        one.objectives[0].code = Some("1".to_owned());
        for code in ["2", "1", "2", "3", "1", "2", "3", "4", last] {
            add(&mut one, code, "Titolo", &["1 a | t12=1"]);
        }
        one
    };
    yes_in("COM413", &with("3"));
    no_in("COM413", &with("1"));
}

#[test]
fn announced_tables_and_legends() {
    let with = |table: bool| {
        let mut one = plan(&["1 a | t12=1"]);
        paragraphs(&mut one, None, &["La dotazione risulta dal prospetto che segue:"]);
        if table {
            rows(&mut one, None, &["Categoria | Posti", "D | 12"]);
        }
        paragraphs(&mut one, None, &["Fine."]);
        one
    };
    yes_in("COM414", &with(false));
    no_in("COM414", &with(true));
    let legend = |entries: [&str; 2]| {
        let mut one = plan(&["1 a | t12=1"]);
        paragraphs(&mut one, None, &["Legenda:"]);
        rows(&mut one, None, &entries);
        one
    };
    yes_in("COM415", &legend(["monitoraggio in linea con il target", "monitoraggio non in linea"]));
    no_in("COM415", &legend(["verde | in linea con il target", "rosso | non in linea"]));
}

#[test]
fn results_in_comments_and_proposals() {
    let with = |actual: &str| {
        let mut one = plan(&[&format!("1 gradimento dei corsi | t12=70% | a6={actual}"), "2 corsi | t6=1 | a6=1"]);
        let cell = "Indicatore 1: Nel primo semestre sono stati tenuti due seminari.\nIndicatore 2: in linea.";
        sheet(0, &mut one, &[&format!("Breve descrizione | {cell}")]);
        one
    };
    yes_in("COM416", &with("-"));
    no_in("COM416", &with("80%"));
    let proposal = |revised: &str| {
        let mut one = plan(&[&format!("1 consumi | t12=10{revised}")]);
        sheet(
            0,
            &mut one,
            &[
                "Proposta di variazione dei valori attesi | Indicatore 1: le temperature molto alte rendono probabile uno scostamento rispetto all'obiettivo di fine anno",
            ],
        );
        one
    };
    yes_in("COM417", &proposal(""));
    no_in("COM417", &proposal(" | r12=8"));
    yes("COM417", &["1 contributi alle imprese | t12=100 | r12=200"]);
}

#[test]
fn names_that_say_nothing() {
    yes("COM418", &["1 SAL | t12=100%"]);
    yes("COM418", &["1 Alternanza scuola lavoro | t12=10"]);
    no("COM418", &["1 imprese assistite | t12=10"]);
}

#[test]
fn years_without_a_value() {
    let with = |raw: &str| {
        let mut all: Vec<String> = (2..12).map(|n| format!("{n} b{n} | t12=1 | t20=2")).collect();
        all.push(format!("1 nuove iniziative | t12=1 | t20={raw}"));
        let mut one = plan(&all.iter().map(String::as_str).collect::<Vec<_>>());
        one.card.year = Some(2019);
        one
    };
    yes_in("COM420", &with("==="));
    no_in("COM420", &with("3"));
}

#[test]
fn members_of_a_body() {
    let with = |told: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        paragraphs(
            &mut one,
            None,
            &[&format!("la Giunta, organo esecutivo, composta dal Presidente e da n. {told} membri eletti")],
        );
        paragraphs(&mut one, None, &["Componenti la Giunta camerale"]);
        rows(&mut one, None, &["Rossi Anna | Industria", "Bianchi Ugo | Commercio", "Verdi Ada | Turismo"]);
        one
    };
    yes_in("COE226", &with("6"));
    no_in("COE226", &with("3"));
}

#[test]
fn cost_centres() {
    let with = |centre: &str| {
        let mut one = plan(&["1 a | t12=1 | own=Domenico Calefati"]);
        sheet(
            0,
            &mut one,
            &["Centro di costo | Servizio Economia locale (CDC A202)", &format!("Centro di costo | {centre}")],
        );
        one
    };
    yes_in("COE244", &with("Calefati"));
    yes_in("COE244", &with("A202 \"Servizio Economia locale\"."));
    no_in("COE244", &with("Servizio Ragioneria"));
}

#[test]
fn perspectives_of_the_map() {
    let with = |own: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        for (code, perspective) in [
            ("1.1.2", "Crescita e apprendimento"),
            ("1.1.3", "Crescita e apprendimento"),
            ("1.1.4", "Processi interni"),
            ("1.1.5", "Processi interni"),
            ("2.4", own),
        ] {
            let at = add(&mut one, code, "Titolo", &["1 a | t12=1"]);
            one.objectives[at].sheet.perspective = Some(perspective.to_owned());
        }
        paragraphs(
            &mut one,
            None,
            &["Processi interni:", "2.4 azioni con altre amministrazioni", "Crescita e apprendimento", "1.1.2 corsi"],
        );
        one
    };
    yes_in("COE228", &with("Crescita e apprendimento"));
    no_in("COE228", &with("Processi interni"));
}

#[test]
fn names_in_lists_and_labels_of_tables() {
    let with = |name: &str| {
        let mut one = plan(&["1 gestione delle incongruenze presentate nel registro delle imprese | t12=1"]);
        sheet(0, &mut one, &[&format!("Prospettiva | Indicatore 1: processi ({name}) | Peso: 20%")]);
        one
    };
    yes_in("COE249", &with("gestione delle incongruenze o incoerenze presentate nel registro delle imprese"));
    no_in("COE249", &with("Gestione delle incongruenze presentate nel Registro delle imprese"));
    let labelled = |label: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        let rows: Vec<String> =
            (0..12).map(|n| format!("Nome indicatore 1.{n} | imprese assistite dagli sportelli nel {n}")).collect();
        sheet(0, &mut one, &rows.iter().map(String::as_str).collect::<Vec<_>>());
        sheet(0, &mut one, &[&format!("{label} 1.9 | imprese assistite dagli sportelli nel 13")]);
        one
    };
    yes_in("COE255", &labelled("Nome indicatori"));
    no_in("COE255", &labelled("Nome indicatore"));
}

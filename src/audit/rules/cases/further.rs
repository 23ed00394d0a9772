//! Cases of the rules on comments, summaries, trees and set phrases.

use super::*;

fn paragraph(plan: &mut Plan, text: &str) {
    let cells = vec![Printed::new(text.to_owned(), Source::default())];
    plan.passages.push(Passage { objective: None, table: None, heading: None, cells, columns: vec![0] });
}

fn year_end(indicators: &[&str]) -> Plan {
    let mut plan = plan(indicators);
    plan.card.reference_date = Some(Date::constant(2019, 12, 31));
    plan.card.kind = DocumentKind::Report;
    plan.card.year = Some(2019);
    plan
}

#[test]
fn part_of_what_is_counted() {
    let with = |note: &str| {
        year_end(&[&format!("1 sorveglianze con condivisione modulistica | t12=15 | a12=70 | note={note}")])
    };
    assert!(yes_in("ACC121", &with("n. 70 ispezioni di cui n. 12 condivise con altri")).message.contains("12"));
    no_in("ACC121", &with("n. 70 ispezioni di cui n. 12 nei supermercati"));
    no_in("ACC121", &year_end(&["1 riunioni di riesame | t12=2 | a12=5 | note=di cui n. 1 riunione con altri uffici"]));
}

#[test]
fn figures_of_a_comment() {
    let parts = "aperture (135 partitari), movimentati (23), conto economico (164)";
    let with = |actual: &str| year_end(&[&format!("2 partitari verificati | t12=20 | a12={actual} | note={parts}")]);
    assert!(yes_in("ACC122", &with("299")).message.contains("lascia fuori 23"));
    no_in("ACC122", &with("322"));
    let entries = |actual: &str| {
        let note = "1. Caricamento del catalogo; 2. Circolazione; 3. Predisposizione";
        year_end(&[&format!("1 azioni | t12=>= 2 | a12={actual} | note={note}")])
    };
    yes_in("ACC122", &entries("2"));
    no_in("ACC122", &entries("3"));
}

#[test]
fn percentages_of_figures() {
    let with = |share: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        let row = format!("tra 16 e 25 anni | 61 | {share}");
        rows(&mut one, None, &["fino a 15 anni | 24 | 18 %", &row, "oltre 25 anni | 52 | 38 %"]);
        one
    };
    yes_in("ACC123", &with("46 %"));
    no_in("ACC123", &with("45 %"));
    // With 45 the shares would make 101.
    no_in("ACC123", &with("44 %"));
    let told = |share: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        rows(&mut one, None, &["Costruzioni | 60.000", "Servizi | 57.576", "Totale | 117.576"]);
        paragraph(&mut one, &format!("le imprese straniere sono 13.315 e rappresentano il {share}% del totale"));
        one
    };
    yes_in("ACC123", &told("11,2"));
    no_in("ACC123", &told("11,3"));
}

#[test]
fn halves_and_approvals() {
    let with = |day: &str| {
        let note = format!(
            "Primo semestre: n. 1; 15.04.2019 Comune. Secondo semestre: n. 2: {day} Onlus; 04.07.2019 Università"
        );
        year_end(&[&format!("1 accordi | t12=2 | a12=3 | note={note}")])
    };
    yes_in("ATT109", &with("27.05.2019"));
    no_in("ATT109", &with("27.09.2019"));
    let approved = |day: &str| {
        let mut one = year_end(&["1 a | t12=1"]);
        paragraph(
            &mut one,
            &format!("allegata al Bilancio d'esercizio 2019 approvato dalla Giunta con atto n. 42 del {day}."),
        );
        one
    };
    yes_in("ATT110", &approved("21.04.2019"));
    no_in("ATT110", &approved("21.04.2020"));
    let mut early = year_end(&["1 a | t12=1"]);
    early.card.approval = Some("deliberazione n. 52 del 28 giugno 2019".to_owned());
    yes_in("ATT110", &early);
}

#[test]
fn counted_before_it_is_done() {
    yes_in(
        "COE234",
        &year_end(&[
            "1 dashboard pubblicati sul sito | t12=>= 3 | a12=3 | note=Predisposte 3, ora in fase di pubblicazione",
        ]),
    );
    no_in(
        "COE234",
        &year_end(&["1 dashboard predisposti | t12=>= 3 | a12=3 | note=Predisposte 3, ora in fase di pubblicazione"]),
    );
    yes_in(
        "COE234",
        &year_end(&["1 conclusione dei due progetti | t12=SI | a12=SI | note=Concluso il primo. Avviato il secondo"]),
    );
    no_in(
        "COE234",
        &year_end(&["1 conclusione dei due progetti | t12=SI | a12=SI | note=Conclusi nel mese di maggio"]),
    );
}

#[test]
fn another_target_in_the_comment() {
    let with = |n: u8| {
        let note = format!("realizza il target concordato con l'Università ({n} tirocini)");
        year_end(&[&format!("1 attivazione tirocini | t12=tra 10 e 15 | a12=19 | note={note}")])
    };
    yes_in("COE235", &with(18));
    no_in("COE235", &with(15));
    let mut one = year_end(&["2 attivazione tirocini | t12=15 | a12=19"]);
    rows(
        &mut one,
        Some(0),
        &[
            "Nel corso dell'anno si lavora con gli atenei delle province vicine, con le associazioni di categoria e con le scuole superiori del territorio, per fare incontrare i laureati con le imprese. Prevista l'attivazione di 40 tirocini sulla base del budget. | x",
        ],
    );
    yes_in("COE227", &one);
}

#[test]
fn branches_of_the_tree() {
    let with = |link: &str| {
        let mut one = year_end(&[]);
        add(
            &mut one,
            "1",
            "Gestione degli accordi turistici sottoscritti",
            &[&format!("1 accordi | t12=2 | link={link}")],
        );
        rows(
            &mut one,
            None,
            &[
                "5.1 Esercizio | Contatti con le amministrazioni locali",
                "5.2 Cooperazione | Funzioni associate regionali",
                "5.3 Sostegno agli attori | Gestione degli accordi turistici sottoscritti",
                "6.1 Trasparenza | Protezione dei dati personali",
            ],
        );
        one
    };
    yes_in("COE236", &with("Obiettivo annuale 5.2 Cooperazione"));
    no_in("COE236", &with("Obiettivo annuale 5.3 Sostegno"));
}

#[test]
fn references_to_annexes_and_objectives() {
    let with = |letter: char| {
        let mut one = plan(&["1 a | t12=1"]);
        rows(
            &mut one,
            None,
            &[
                "A | Albero della performance",
                "B | Tabella di calcolo",
                "D | Rendiconto degli obiettivi della dirigenza",
            ],
        );
        paragraph(
            &mut one,
            &format!("si veda l'allegato tecnico {letter} (Rendiconto degli obiettivi della dirigenza)"),
        );
        one
    };
    yes_in("COE237", &with('A'));
    no_in("COE237", &with('D'));
    let refers = |title: &str| {
        let mut one = plan(&[]);
        add(&mut one, "1", "Potenziamento della strumentazione informatica del personale dipendente", &["1 a | t12=1"]);
        let other = add(&mut one, "1", title, &[]);
        one.objectives[other].sheet.refers_to = Some("Consultare obiettivo n. 1 di 0.1 Staff".to_owned());
        one
    };
    yes_in("COE238", &refers("Dotazione al personale dipendente individuato di strumentazione informatica mobile"));
    no_in("COE238", &refers("Potenziamento della strumentazione informatica del personale dipendente"));
}

#[test]
fn set_phrases() {
    const USUAL: &str = "RILEVANZA ALTA: azioni dirette a dare attuazione a programmi regionali, nazionali o comunitari, o alla riforma";
    let with = |last: &str| {
        let mut one = plan(&[]);
        for code in ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"] {
            let at = add(&mut one, code, code, &["1 a | t12=1"]);
            let text = if code == "1.7" { last } else { USUAL };
            rows(&mut one, Some(at), &[&format!("Rilevanza oggettiva: | {text}")]);
        }
        one
    };
    yes_in(
        "COE239",
        &with("RILEVANZA ALTA: azioni dirette a migliorare il flusso di comunicazione sui servizi e sulle iniziative"),
    );
    no_in("COE239", &with(USUAL));
}

#[test]
fn weights_and_bands_of_tables() {
    let with = |last: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        let row = format!("Apprendimento | 1 obiettivo | {last}");
        rows(
            &mut one,
            None,
            &[
                "Prospettiva | Obiettivi | Peso",
                "Utenti | 2 obiettivi | 35%",
                "Processi | 2 obiettivi | 25%",
                "Risorse | 1 obiettivo | 20%",
                &row,
            ],
        );
        one
    };
    yes_in("COE113", &with("25%"));
    no_in("COE113", &with("20%"));
    let bands = |second: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        paragraph(&mut one, &format!("Parzialmente raggiunto: da 70% a 90%; raggiunto: {second}"));
        one
    };
    yes_in("COE114", &bands("da 85% a 100%"));
    no_in("COE114", &bands("da 90% a 100%"));
    yes_in("COE114", &bands("da 95% a 100%"));
}

#[test]
fn sheets_heavier_than_their_area() {
    let with = |weights: [&str; 3]| {
        let mut one = plan(&[]);
        for (code, raw) in ["1.1", "1.2", "1.3"].into_iter().zip(weights) {
            let at = add(&mut one, code, code, &["1 a | t12=1"]);
            one.objectives[at].section = Some("Area Anagrafica".to_owned());
            one.objectives[at].weight = Some(measure(Role::Weight, raw));
            one.objectives[at].table_weight = Some(measure(Role::Weight, "45%"));
            one.objectives[at].revised_weight = Some(measure(Role::Weight, "30%"));
        }
        one
    };
    yes_in("COE115", &with(["45%", "45%", "20%"]));
    no_in("COE115", &with(["30%", "30%", "30%"]));
}

#[test]
fn series_signs_and_sums() {
    let cited = |numbers: &[u8]| {
        let mut one = plan(&["1 a | t12=1"]);
        for n in numbers {
            paragraph(&mut one, &format!("per il dettaglio si rimanda alla Scheda progetto n. {n}"));
        }
        one
    };
    assert!(yes_in("COM407", &cited(&[1, 2, 3, 4, 5, 6, 8, 9, 10])).message.ends_with(": 7"));
    no_in("COM407", &cited(&[1, 2, 3, 4, 5, 6, 7, 8, 9]));
    yes("COM408", &["1 a | t12=100 | t20=>="]);
    no("COM408", &["1 a | t12=100 | t20=>= 110"]);
    let held = |sums: &[&str]| {
        let mut one = plan(&[]);
        let upper = add(&mut one, "1", "Strategico", &["1 a | t12=1"]);
        one.objectives[upper].level = crate::extract::Level::Strategico;
        let lower = add(&mut one, "1.1", "Operativo", &["1 a | t12=1"]);
        one.objectives[lower].level = crate::extract::Level::Operativo;
        budget(&mut one, lower, "€ 20.000,00", None);
        for sum in sums {
            budget(&mut one, upper, sum, None);
        }
        rows(&mut one, Some(upper), &["COSTI, COMPRENSIVO DELLE SOMME DESTINATE AGLI OBIETTIVI OPERATIVI"]);
        one
    };
    yes_in("COM409", &held(&["€ 5.000,00"]));
    no_in("COM409", &held(&["€ 5.000,00", "€ 20.000,00"]));
}

#[test]
fn one_event_one_day() {
    let with = |day: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        paragraph(
            &mut one,
            "L'insediamento del Consiglio camerale e l'elezione del Presidente sono del 26 novembre 2019.",
        );
        paragraph(
            &mut one,
            &format!(
                "Il Consiglio camerale, nella seduta di insediamento del {day} novembre 2019, con l'elezione del Presidente ha iniziato."
            ),
        );
        one
    };
    yes_in("COE240", &with("28"));
    no_in("COE240", &with("26"));
}

#[test]
fn figures_of_the_summary() {
    let with = |more: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        one.passages.clear();
        paragraph(&mut one, "Indicatori più significativi");
        rows(&mut one, None, &["Numero di imprese coinvolte nella valutazione digitale | 190"]);
        rows(&mut one, Some(0), &[&format!("note | {more}")]);
        one
    };
    yes_in("COM410", &with("sono state valutate 180 imprese"));
    no_in("COM410", &with("sono state valutate 190 imprese"));
    yes("COM411", &["1 assistenza alle associazioni | t12=100,00%"]);
    no("COM411", &["1 assistenza alle associazioni | t12=100,00% | alg=richieste evase su ricevute"]);
    no("COM411", &["1 assistenza alle associazioni | t12=80,00%"]);
}

#[test]
fn figures_of_the_prose() {
    let with = |n: u16| {
        let mut one = year_end(&["1 imprese partecipanti a fiere estere | t12=45 | a12=47"]);
        paragraph(
            &mut one,
            &format!("Nell'anno hanno partecipato a fiere estere {n} imprese delle due province, un buon risultato."),
        );
        one
    };
    yes_in("COE232", &with(52));
    no_in("COE232", &with(47));
    let mut other = with(52);
    other.passages[0].cells[0].raw =
        "Nel 2018 hanno partecipato a fiere estere 52 imprese delle due province, un buon risultato.".to_owned();
    no_in("COE232", &other);
}

#[test]
fn variances_in_percent_and_headings_of_other_years() {
    let shares = |last: &str| {
        year_end(&[
            "1 a | t12=100 | a12=110 | v=10",
            "2 b | t12=50 | a12=60 | v=20",
            "3 c | t12=200 | a12=250 | v=25",
            &format!("4 d | t12=92 | a12=83,72 | v={last}"),
        ])
    };
    assert!(yes_in("ACC101", &shares("9,0")).message.contains("segno opposto"));
    no_in("ACC101", &shares("-9,0"));
    no_in("ACC101", &year_end(&["1 a | t18=100 | a12=110 | v=10"]));
}

#[test]
fn told_twice_under_one_objective() {
    let with = |actual: &str| {
        year_end(&[
            "3 prodotti controllati | t12=200 | a12=214",
            &format!("3 prodotti controllati | t12=200 | a12={actual}"),
        ])
    };
    yes_in("COE202", &with("241"));
    no_in("COE202", &with("214"));
    no_in("COE219", &with("241"));
}

#[test]
fn points_of_a_sheet() {
    let with = |last: &str| {
        let mut one = plan(&[]);
        for (section, code, weight) in
            [("A", "1", "60"), ("A", "2", "40"), ("B", "1", "70"), ("B", "2", "30"), ("C", "1", "50"), ("C", "2", last)]
        {
            let at = add(&mut one, code, &format!("{section}{code}"), &[&format!("1 x | t12=1 | w={weight}")]);
            one.objectives[at].section = Some(format!("Scheda {section}"));
        }
        one
    };
    assert!(yes_in("COE101", &with("60")).subject.is_some_and(|s| s == "Scheda C"));
    no_in("COE101", &with("50"));
}

#[test]
fn totals_across_a_row() {
    let with = |total: &str| {
        let mut one = plan(&["1 a | t12=1"]);
        let row = format!("Dipendenti | 52 | 27 | {total}");
        rows(
            &mut one,
            None,
            &[
                "Anno | Catania | Ragusa | Totale",
                "Imprese 2017 | 101 | 36 | 137",
                "Imprese 2018 | 102 | 37 | 139",
                &row,
            ],
        );
        one
    };
    yes_in("ACC115", &with("81"));
    no_in("ACC115", &with("79"));
    let mut years = plan(&["1 a | t12=1"]);
    rows(
        &mut years,
        None,
        &[
            "Settore | 2019 | 2020",
            "Agricoltura | 11.402 | 11.388",
            "Servizi | 21.987 | 22.153",
            "Totale | 33.389 | 33.541",
        ],
    );
    no_in("ACC115", &years);
}

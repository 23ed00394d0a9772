use proptest::prelude::*;

use super::Role::{Achievement, Actual, Baseline, Target, Variance, Weight};
use super::*;

/// "type operator value…high", the parts that are there.
fn read(role: Role, raw: &str) -> String {
    let reading = read_value(role, raw);
    let mut parts = vec![reading.kind.as_str().to_owned()];
    parts.extend(reading.operator.map(|operator| operator.as_str().to_owned()));
    parts.extend(reading.value.map(|value| match reading.value_high {
        Some(high) => format!("{value}…{high}"),
        None => value.to_string(),
    }));
    parts.join(" ")
}

fn unit(role: Role, raw: &str) -> Option<String> {
    read_value(role, raw).unit
}

fn check(role: Role, cases: &[(&str, &str)]) {
    for (raw, expected) in cases {
        assert_eq!(read(role, raw), *expected, "{role:?} {raw}");
    }
}

#[test]
fn figures() {
    check(
        Target,
        &[
            ("1.798", "number 1798"),
            ("3,5", "number 3.5"),
            ("612.863,800", "number 612863.800"),
            ("1’200", "number 1200"),
            ("1\u{a0}200 imprese", "number 1200"),
            ("0.500", "number 0.500"),
            ("1.5", "number 1.5"),
            ("14,00%", "percent 14.00"),
            ("50 %", "percent 50"),
            ("10 per cento", "percent 10"),
            ("5 punti percentuali", "percent 5"),
            ("+4%", "percent 4"),
            ("-4", "number -4"),
            ("\u{2212}4", "number -4"),
            ("- 1,00%", "percent -1.00"),
            ("(2.800,00)", "number -2800.00"),
            ("€ (2.800,00)", "currency -2800.00"),
            ("meno 5%", "percent -5"),
            ("€ 300.000", "currency 300000"),
            ("300.000,00 euro", "currency 300000.00"),
            ("€ 1,5 mln", "currency 1500000"),
            ("150 mila euro", "currency 150000"),
            ("due milioni di euro", "currency 2000000"),
            ("10 gg", "duration 10"),
            ("gg. 10", "duration 10"),
            ("20gg.+5", "duration 20"),
            ("48h", "duration 48"),
            ("2 giornate formative", "number 2"),
            ("n. 3 incontri", "number 3"),
            ("n°3", "number 3"),
            ("circa 40", "number 40"),
            ("80,00% 80,00%", "percent 80.00"),
            ("1.200 posizioni1.200 posizioni", "number 1200"),
            ("Kwh 612.863,800 energia elettrica", "number 612863.800"),
            ("ventuno", "number 21"),
            ("43 studenti accolti", "number 43"),
        ],
    );
}

#[test]
fn operators() {
    check(
        Target,
        &[
            (">= 2.355", "number >= 2355"),
            ("≥2", "number >= 2"),
            ("\\geq 90\\%", "percent >= 90"),
            ("> = 3", "number >= 3"),
            ("> o = 90%", "percent >= 90"),
            ("N >= 12", "number >= 12"),
            ("<= 10 gg.", "duration <= 10"),
            (">= -5%", "percent >= -5"),
            ("= 100%", "percent = 100"),
            ("non < 5", "number >= 5"),
            ("> 300.000 €", "currency > 300000"),
            ("almeno 8.500", "number >= 8500"),
            ("almeno12.000 posizioni", "number >= 12000"),
            ("almeno tre procedure", "number >= 3"),
            ("Almeno una convenzione", "number >= 1"),
            ("Aggiornamento almeno del 95% dei dati (D.Lgs. n. 33/2013)", "percent >= 95"),
            ("almeno l'80% delle pratiche", "percent >= 80"),
            ("non meno di 32.000 imprese", "number >= 32000"),
            ("non inferiore al 80%", "percent >= 80"),
            ("maggiore o uguale a 90,00%", "percent >= 90.00"),
            ("maggiore/uguale a 90%", "percent >= 90"),
            ("minimo 3", "number >= 3"),
            ("3 o più incontri", "number >= 3"),
            ("non superiore a 30 giorni", "duration <= 30"),
            ("entro 5 giorni dalla richiesta", "duration <= 5"),
            ("fino a 20", "number <= 20"),
            ("max. 5 gg", "duration <= 5"),
            ("5 giorni max", "duration <= 5"),
            ("inferiore o uguale a 3", "number <= 3"),
            ("oltre 10", "number > 10"),
            ("oltre il 50%", "percent > 50"),
            ("più di 3", "number > 3"),
            ("superiore alle 15", "number > 15"),
            ("meno di 5 giorni", "duration < 5"),
            ("< 60 gg", "duration < 60"),
            ("pari al 100%", "percent = 100"),
            (">=", "missing >="),
            ("Anno 2017: >=", "missing >="),
        ],
    );
    check(
        Actual,
        &[
            ("=100%", "percent = 100"),
            ("> 175", "number > 175"),
            ("6 oltre ad ulteriori incontri", "number 6"),
            ("pari a 30", "number 30"),
        ],
    );
}

#[test]
fn ranges_and_ratios() {
    check(
        Target,
        &[
            ("compresi tra n. 10 e n. 15", "range 10…15"),
            ("= compresi tra n. 10 e n. 15", "range = 10…15"),
            ("fra 10 e 15 giorni", "range 10…15"),
            ("dal 10% al 15%", "range 10…15"),
            ("10-15", "range 10…15"),
            ("10 – 15 incontri", "range 10…15"),
            (">= 80% e <= 90%", "range 80…90"),
            ("minimo 10 massimo 15", "range 10…15"),
            ("80% ≤ x ≤ 90%", "range 80…90"),
            ("± 5%", "range -5…5"),
            ("10/15 gg", "range 10…15"),
            ("da 50 a 40", "number 40"),
            ("2018-2020", "text"),
            ("4/5", "ratio 0.8"),
            ("1.958/1.958", "ratio 1"),
            ("3.1296/3.196", "text"),
            ("9 su 10", "ratio 0.9"),
            ("8 / 10", "ratio 0.8"),
            ("2 o 3 incontri", "range 2…3"),
            ("5/0", "text"),
        ],
    );
    check(Achievement, &[("99/100", "percent 99"), ("Valutazione OIV = 100/100", "percent 100")]);
}

#[test]
fn answers_and_placeholders() {
    for raw in ["si", "SI", "Sì", "si'", "si\u{300}", "sì.", "SI (vedi nota)", "SI SI", "Sì, entro l'anno"] {
        assert_eq!(read(Target, raw), "boolean true", "{raw}");
    }
    check(Target, &[("= SI", "boolean = true"), ("no", "boolean false"), ("SI/NO", "text"), ("no. 3", "number 3")]);
    for raw in ["-", "--", "-----", "//", "===", "…", "n.d.", "N.D.", "n/a", "", "- (vedi nota)", "Non disponibile"] {
        assert_eq!(read(Actual, raw), "missing", "{raw}");
    }
    for raw in ["Nuova attività", "Nuovo progetto", "nessuno"] {
        assert_eq!(read(Baseline, raw), "missing", "{raw}");
        assert_eq!(read(Actual, raw), "text", "{raw}");
    }
}

#[test]
fn several_quantities_and_the_leading_one() {
    check(
        Actual,
        &[
            ("complessivamente 22 di cui n. 2 attinenti i servizi e n. 7 digitali", "number 22"),
            ("12 di cui n. 5 in collaborazione", "number 12"),
            ("3.766 e 6 riunioni", "number 3766"),
            ("2 incontri a Treviso e 3 a Belluno per un totale di 5", "number 5"),
            ("a fronte dei 1551 controlli, individuate 74 società", "number 74"),
            ("nell'anno 2019 n. 47 non conformità su un totale di n. 955 fatture", "number 47"),
            ("100% (112/112)", "percent 100"),
            ("13 (somma eventi e comunicazioni mirate)", "number 13"),
            ("1.798 (al 31/12/2018)", "number 1798"),
            ("Effettuati (n. 5)", "number 5"),
        ],
    );
    check(
        Target,
        &[
            ("esame di un campione di almeno 3.500 istanze in 2 riunioni", "number >= 3500"),
            ("entro 5 gg il 95% delle pratiche", "percent 95"),
            ("75% istanze istruite entro 2 giorni solari", "percent 75"),
            ("OPERATIVITA' ENTRO 31/12 CON 4 PROGETTI GESTITI", "number 4"),
            ("3 report entro il 31/12/2019", "number 3"),
        ],
    );
}

#[test]
fn figures_that_name_things_are_no_values() {
    check(
        Actual,
        &[
            ("B06", "text"),
            ("D02.02", "text"),
            ("fase 2", "text"),
            ("indicatore 1, 2 e 3", "text"),
            ("Covid-19", "text"),
            ("Impresa 4.0", "text"),
            ("3a edizione", "text"),
            ("D.Lgs. n. 33/2013", "text"),
            ("approvato con deliberazione n. 43 del 15.4.2019 dalla Giunta", "text"),
            ("Con determinazione n. 85/sg del 26/6/2019 è stato approvato il modello", "text"),
            ("monitoraggio alla data del 31 marzo, del 31 maggio e del 30 settembre", "text"),
            ("il servizio con un'agenzia pilota", "text"),
            ("accordo ai sensi dell'art. 15 della legge 7.8.1990 n. 241", "text"),
            ("aggiornato il preventivo economico 2019 approvato a luglio", "text"),
            ("nel 2019", "text"),
            ("non inferiore al valore 2019", "text"),
            ("= 2010", "number = 2010"),
            ("2018: 12", "number 12"),
            ("2000 imprese", "number 2000"),
            ("= Σ delle 3 riunioni", "text ="),
            ("6/8/19: fino al 3/5/2019 – si stima -6,93% (in attesa)", "percent -6.93"),
        ],
    );
    check(Target, &[(&"9".repeat(60), "text")]);
}

#[test]
fn dates() {
    check(
        Target,
        &[
            ("entro il 31/12/2019", "date <= 2019-12-31"),
            ("creazione del modello entro il 31/7/2022", "date <= 2022-07-31"),
            ("entro e non oltre il 30.6.20", "date <= 2020-06-30"),
            ("entro settembre 2020", "date <= 2020-09-30"),
            ("entro il primo semestre 2020", "date <= 2020-06-30"),
            ("entro il 2020", "date <= 2020-12-31"),
            ("31 dicembre 2020", "date 2020-12-31"),
            ("entro il 31/12", "date <="),
            ("entro l'anno", "date <="),
            ("31/11/2019", "text"),
        ],
    );
    check(
        Actual,
        &[
            ("approvato il 15/4/2019", "date 2019-04-15"),
            ("Il manuale è stato aggiornato al 30/06/2019 e reso disponibile on line", "text"),
        ],
    );
    let reading = read_value_of_year(Target, "entro il 31/12", Some(2019));
    assert_eq!(reading.value.map(|value| value.to_string()).as_deref(), Some("2019-12-31"));
}

#[test]
fn roles() {
    check(
        Weight,
        &[("40", "percent 40"), ("20,00%", "percent 20.00"), ("Peso: 20 %", "percent 20"), ("0", "percent 0")],
    );
    check(
        Variance,
        &[
            ("- 1 evento non coordinato", "number -1"),
            ("+ 266 campioni esaminati e + 4 riunioni", "number 266"),
            ("-2,01", "number -2.01"),
            ("-", "missing"),
        ],
    );
    // Set off by a space, before a noun: a bullet.
    assert_eq!(read(Target, "- 3 incontri"), "number 3");
    assert_eq!(serde_json::from_str::<Role>("\"objective_weight\"").ok(), Some(Weight));
}

#[test]
fn units() {
    for (raw, expected) in [
        ("43 studenti accolti", Some("studenti accolti")),
        ("risoluzione di almeno 3.000 posizioni che presentano dati", Some("posizioni")),
        (
            "almeno 2 accordi di collaborazione e/o convenzioni con altre",
            Some("accordi di collaborazione e/o convenzioni"),
        ),
        ("Kwh 612.863,800 energia elettrica", Some("kwh")),
        (">= 55% dei verbali emessi", Some("verbali emessi")),
        ("€ 5", Some("EUR")),
        ("5 gg.", Some("days")),
        ("10-15%", Some("%")),
        ("12 di cui 5 nuovi", None),
        ("12", None),
    ] {
        assert_eq!(unit(Target, raw).as_deref(), expected, "{raw}");
    }
}

#[test]
fn json_has_the_keys_of_the_dataset() {
    let json = |raw| read_value(Target, raw).to_json().to_string();
    assert_eq!(json("almeno 14,00%"), r#"{"type":"percent","operator":">=","value":"14.00","unit":null}"#);
    assert_eq!(json("10-15 gg"), r#"{"type":"range","operator":null,"value":"10","value_high":"15","unit":"days"}"#);
    assert_eq!(json("Avvio"), r#"{"type":"text","operator":null,"value":null,"unit":null}"#);
}

/// A decimal as Italians print it.
fn printed(mantissa: u64, scale: u32) -> (Decimal, String) {
    let value = Decimal::from_i128_with_scale(i128::from(mantissa), scale);
    let text = value.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if scale > 0 {
        out.push(',');
        out.push_str(decimals);
    }
    (value, out)
}

const ROLES: [Role; 6] = [Weight, Baseline, Target, Actual, Variance, Achievement];

proptest! {
    #[test]
    fn printed_decimals_read_back_exactly(
        mantissa in 0_u64..1_000_000_000_000,
        scale in 0_u32..6,
        negative: bool,
        dress in 0_usize..6,
        role in prop::sample::select(ROLES.to_vec()),
    ) {
        let (value, text) = printed(mantissa, scale);
        let sign = if negative { "-" } else { "" };
        let text = match dress {
            0 => format!("{sign}{text}"),
            1 => format!("{sign}{text}%"),
            2 => format!("{sign}{text} %"),
            3 => format!("{sign}€ {text}"),
            4 => format!("{sign}{text} €"),
            _ => format!("{sign}{text} euro"),
        };
        let reading = read_value(role, &text);
        let kind = match dress {
            0 if role == Weight => Kind::Percent,
            0 => Kind::Number,
            1 | 2 => Kind::Percent,
            _ => Kind::Currency,
        };
        let expected = if negative && !value.is_zero() { -value } else { value };
        prop_assert_eq!(reading.kind, kind, "{}", &text);
        // As texts: the printed number of decimals is kept.
        prop_assert_eq!(reading.value.map(|value| value.to_string()), Some(expected.to_string()), "{}", &text);
    }

    #[test]
    fn operators_keep_their_figure(
        mantissa in 0_u64..1_000_000_000,
        scale in 0_u32..4,
        which in 0_usize..8,
    ) {
        let (value, text) = printed(mantissa, scale);
        let (prefix, operator) = [
            (">= ", Operator::AtLeast), ("≤", Operator::AtMost), ("almeno ", Operator::AtLeast), ("oltre ", Operator::Above),
            ("non superiore a ", Operator::AtMost), ("= ", Operator::Equal), ("< ", Operator::Below), ("max ", Operator::AtMost),
        ][which];
        let reading = read_value(Target, &format!("{prefix}{text}"));
        prop_assert_eq!(reading.operator, Some(operator));
        prop_assert_eq!(reading.value, Some(Value::Number(value)));
    }

    #[test]
    fn no_text_is_too_odd(raw in any::<String>(), role in prop::sample::select(ROLES.to_vec()), year in any::<Option<i16>>()) {
        let _ = read_value_of_year(role, &raw, year).to_json();
        let _ = crate::normalise::period::read_period(&raw, year);
    }

    #[test]
    fn no_row_of_pieces_is_too_odd(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "1", "12.000", "3,5", "2019", "31/12", "31/12/2019", "4/0", "-", "–", "---", "%", "€", "gg", "(", ")", ">=", "<", "=", "≤",
            " ", "almeno", "non", "oltre", "tra", "da", "e", "a", "al", "di", "del", "entro", "il", "n", ".", ",", ":", "/", "tre",
            "un", "mila", "milioni", "per", "cento", "su", "terzi", "x", "±", "+", "maggio", "semestre", "anno", "incontri", "Σ",
            "\u{a0}", "'", "999999999999999999999999999", "°", "B06", "no", "si", "meno", "totale", "o", "più", "uguale", "maggiore",
        ]), 0..14),
        role in prop::sample::select(ROLES.to_vec()),
        spaced: bool,
        year in any::<Option<i16>>(),
    ) {
        let raw = pieces.join(if spaced { " " } else { "" });
        let reading = read_value_of_year(role, &raw, year);
        prop_assert_eq!(reading.value_high.is_some(), reading.kind == Kind::Range);
        let _ = crate::normalise::period::read_period(&raw, year);
    }

    #[test]
    fn any_weight_is_a_share(weight in 0_u64..=10_000) {
        let (value, text) = printed(weight, 2);
        for text in [text.clone(), format!("{text}%"), format!("Peso: {text} %")] {
            let reading = read_value(Weight, &text);
            prop_assert_eq!(reading.kind, Kind::Percent);
            prop_assert_eq!(reading.value, Some(Value::Number(value)));
        }
    }
}

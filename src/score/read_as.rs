//! A typed reading in words.

use super::words::{day, number};
use crate::normalise::{Kind, Operator, Reading, Value};

/// How a printed value was understood, in Italian: "almeno 75 %", "tra 10 e 15", "31/12/2019", "segnaposto".
pub fn read_as(reading: &Reading) -> String {
    let operator = match reading.operator {
        Some(Operator::AtLeast) => "almeno ",
        Some(Operator::AtMost) => "al massimo ",
        Some(Operator::Above) => "più di ",
        Some(Operator::Below) => "meno di ",
        Some(Operator::Equal) => "= ",
        None => "",
    };
    match (reading.kind, reading.value) {
        (Kind::Missing, _) => "segnaposto: nessun valore".to_owned(),
        (Kind::Text, _) => "testo".to_owned(),
        (Kind::Date, Some(Value::Date(date))) => {
            let side = match reading.operator {
                Some(Operator::AtMost | Operator::Below) => "entro il ",
                Some(Operator::AtLeast | Operator::Above) => "non prima del ",
                Some(Operator::Equal) | None => "",
            };
            format!("data: {side}{}", day(date))
        }
        (_, Some(Value::Boolean(true))) => "sì".to_owned(),
        (_, Some(Value::Boolean(false))) => "no".to_owned(),
        (_, Some(Value::Date(date))) => day(date),
        (kind, Some(Value::Number(value))) => {
            let unit = unit(kind, reading.unit.as_deref());
            match reading.value_high {
                Some(high) => format!("tra {} e {}{unit}", number(value, 9), number(high, 9)),
                None if kind == Kind::Ratio => format!("{operator}rapporto {}", number(value, 9)),
                None => format!("{operator}{}{unit}", number(value, 9)),
            }
        }
        (Kind::Date, None) => "data senza anno".to_owned(),
        (_, None) => "senza cifra".to_owned(),
    }
}

fn unit(kind: Kind, unit: Option<&str>) -> String {
    match (kind, unit) {
        (Kind::Percent, _) => " %".to_owned(),
        (_, Some("percent")) => " %".to_owned(),
        (_, Some("EUR")) => " euro".to_owned(),
        (_, Some("minutes")) => " minuti".to_owned(),
        (_, Some("hours")) => " ore".to_owned(),
        (_, Some("days")) => " giorni".to_owned(),
        (_, Some("weeks")) => " settimane".to_owned(),
        (_, Some("months")) => " mesi".to_owned(),
        (_, Some("years")) => " anni".to_owned(),
        (_, Some(unit)) => format!(" {unit}"),
        (_, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::reading;

    #[test]
    fn readings_in_words() {
        let told = |raw: &str| read_as(&reading(raw));
        assert_eq!(told(">= 75%"), "almeno 75 %");
        assert_eq!(told("10-15"), "tra 10 e 15");
        assert_eq!(told("676.433,56"), "676.433,56");
        assert_eq!(told("<= 5 gg"), "al massimo 5 giorni");
        assert_eq!(told("si"), "sì");
        assert_eq!(told("-"), "segnaposto: nessun valore");
        assert_eq!(told("31/12/2019"), "data: 31/12/2019");
        assert_eq!(told("<= 31/12/2019"), "data: entro il 31/12/2019");
    }
}

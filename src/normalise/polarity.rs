//! Whether more of what an indicator counts is better.

use super::plan::{DatedMeasure, Polarity};
use super::value::{Kind, Operator, Value};
use crate::extract::{Lexicon, key};

/// The polarity of an indicator and, in Italian, what it rests on: its targets' operators, else its words and unit, else
/// the usual case.
pub(super) fn polarity(
    name: &str,
    unit: Option<&str>,
    targets: &[DatedMeasure],
    lexicon: &Lexicon,
) -> (Polarity, String) {
    for target in targets {
        let operator = target.measure.reading.operator;
        let polarity = match operator {
            Some(Operator::AtLeast | Operator::Above) => Polarity::Higher,
            Some(Operator::AtMost | Operator::Below) if target.measure.reading.kind != Kind::Date => Polarity::Lower,
            _ => continue,
        };
        return (polarity, format!("dall'operatore del target «{}»", target.measure.raw));
    }
    let figure = |t: &DatedMeasure| match t.measure.reading.value {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    };
    let figures: Vec<_> = targets.iter().filter_map(figure).collect();
    if !figures.is_empty() && figures.iter().all(|f| f.is_sign_negative() && !f.is_zero()) {
        return (Polarity::Lower, "dal target, che è una diminuzione".to_owned());
    }
    // What is measured stands at the start of a name: "Tempi medi di …", but not "Riduzione dei tempi".
    const REDUCES: [&str; 4] = ["riduzione", "contenimento", "diminuzione", "abbattimento"];
    let words = key(name);
    let first: Vec<&str> = words.split(' ').take(3).collect();
    let grows = lexicon.polarity.higher.iter().any(|p| words.starts_with(p.as_str()));
    if !grows
        && !first.iter().any(|w| REDUCES.contains(w))
        && let Some(word) =
            lexicon.polarity.lower.iter().find(|w| format!(" {} ", first.join(" ")).contains(&format!(" {w} ")))
    {
        return (Polarity::Lower, format!("dalla parola «{word}» nel nome"));
    }
    if let Some(unit) = unit
        && let Some(word) = lexicon.polarity.lower.iter().find(|w| key(unit).split(' ').any(|u| u == w.as_str()))
    {
        return (Polarity::Lower, format!("dalla parola «{word}» nell'unità di misura"));
    }
    (Polarity::Higher, "di regola".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::normalise::{Measure, Role, read_value};

    fn target(raw: &str) -> DatedMeasure {
        let measure = Measure {
            raw: raw.into(),
            reading: read_value(Role::Target, raw),
            source: Source::default(),
            corrected: None,
            confidence: crate::extract::Confidence::FULL,
        };
        DatedMeasure { period: None, revised: false, measure }
    }

    #[test]
    fn operators_decide_before_words_and_words_before_the_rule() {
        let lexicon = Lexicon::shipped();
        let read = |name: &str, raw: &str| polarity(name, None, &[target(raw)], lexicon).0;
        assert_eq!(read("Tempi medi di lavorazione", "<= 5 gg"), Polarity::Lower);
        assert_eq!(read("Tempi medi di lavorazione", "5"), Polarity::Lower);
        assert_eq!(read("Tempi medi di lavorazione", ">= 5"), Polarity::Higher);
        assert_eq!(read("Riduzione dei tempi", "5"), Polarity::Higher);
        assert_eq!(read("Consumi di energia", "-7,00%"), Polarity::Lower);
        assert_eq!(read("Imprese coinvolte", "100"), Polarity::Higher);
        assert_eq!(read("Capacità di spesa sugli interventi", "35%"), Polarity::Higher);
        assert_eq!(read("Arretrato delle domande", "0"), Polarity::Lower);
    }
}
